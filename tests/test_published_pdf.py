"""A PDF as a stream: what is drawn becomes the grid that was meant, text the paragraphs printed."""

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pages
import pytest
from browser import needs_browser, printed_by_browser
from door import PROJECT, Docgen
from drawn_pdf import Leaf, draw_grid, pdf_of, write_cells
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.errors import InputStop
from docgen.finding import Place
from docgen.read import read_report
from docgen.read.published import pdf_apart
from docgen.read.published.pdf import read_stream
from docgen.read.published.stream import StreamLine, StreamPicture, StreamTable

COLUMNS = (50.0, 190.0, 270.0, 350.0, 430.0)
LONG = "依法公开政府信息是行政机关的职责。各科室按时报送，逐件登记，按期答复。"


def read(*leaves: Leaf) -> tuple[list[str], list[list[list[str]]]]:
    """Return the paragraphs and the grids of a PDF of these pages."""
    stream = read_stream(pdf_of(leaves), Place("年报.pdf"))
    texts = [item.text for item in stream if isinstance(item, StreamLine)]
    tables = [item for item in stream if isinstance(item, StreamTable)]
    return texts, [[[entry.text for entry in row] for row in table.grid] for table in tables]


def grid(*leaves: Leaf) -> list[list[str]]:
    """Return the one grid of a PDF of these pages."""
    _, [only] = read(*leaves)
    return only


def rows_from(top: float, count: int, height: float = 24) -> list[float]:
    """Return the edges of so many rows."""
    return [top + height * number for number in range(count + 1)]


HEAD = ["事项", "上年", "本年", "合计"]
BODY = [["规章", "1", "20", "21"], ["文件", "7", "11", "18"], ["许可", "0", "447228", "447228"]]


def table_leaf() -> Leaf:
    """Return a page with a table."""
    leaf = Leaf()
    draw_grid(leaf, COLUMNS, rows_from(100, 4), [HEAD, *BODY])
    return leaf


# ---------------------------------------------------------------- tables


def test_a_table_is_its_grid() -> None:
    assert grid(table_leaf()) == [HEAD, *BODY]


def test_a_place_names_page_table_row_and_cell() -> None:
    first = Leaf()
    first.text(80, 100, "正文。")
    [line, table] = read_stream(pdf_of([first, table_leaf()]), Place("年报.pdf"))
    assert isinstance(line, StreamLine)
    assert isinstance(table, StreamTable)
    assert str(table.grid[2][1].place) == "年报.pdf 页 2 第 1 张表 第 3 行第 2 格"
    assert str(line.place) == "年报.pdf 页 1 第 1 段"


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), min_size=1, max_size=12),
    st.integers(0, 10**6),
    st.sampled_from([0, 90, 180, 270]),
)
def test_a_changed_figure_changes_its_cell_alone(
    figures: list[list[int]], chance: int, turn: int
) -> None:
    """Whatever the figures are, and however the page is turned."""

    def drawn(values: list[list[int]]) -> Leaf:
        leaf = Leaf(turn=turn)
        texts = [[f"（{n}）事项", *map(str, row)] for n, row in enumerate(values, start=1)]
        if turn:
            leaf.raw(
                {
                    90: "q 0 1 -1 0 595 0 cm",
                    180: "q -1 0 0 -1 595 842 cm",
                    270: "q 0 -1 1 0 0 842 cm",
                }[turn]
            )
        draw_grid(leaf, COLUMNS, rows_from(300, len(values)), texts)
        if turn:
            leaf.raw("Q")
        return leaf

    row, column = chance % len(figures), chance % 3
    changed = [list(own) for own in figures]
    changed[row][column] += 1
    before, after = grid(drawn(figures)), grid(drawn(changed))
    assert [own[1:] for own in before] == [list(map(str, own)) for own in figures]
    assert [own[1:] for own in after] == [list(map(str, own)) for own in changed]


def test_cells_without_a_line_between_are_one() -> None:
    leaf = Leaf()
    rows = rows_from(100, 3)
    for y in rows:
        leaf.line(COLUMNS[0] if y != rows[2] else COLUMNS[1], y, COLUMNS[-1], y)
    for x in (COLUMNS[0], COLUMNS[1], COLUMNS[-1]):
        leaf.line(x, rows[0], x, rows[-1])
    for x in COLUMNS[2:4]:
        leaf.line(x, rows[1], x, rows[-1])
    texts = [["事项", "各年件数", "", ""], ["一、本年", "1", "2", "3"], ["", "4", "5", "6"]]
    write_cells(leaf, COLUMNS, rows, texts)
    assert grid(leaf) == texts


def test_a_ground_behind_text_is_no_table() -> None:
    leaf = Leaf()
    for number in range(4):
        leaf.fill(50, 90 + 27 * number, 450, 27, grey=0.9)
        leaf.text(74 if not number else 50, 110 + 27 * number, LONG[:36])
    texts, tables = read(leaf)
    assert not tables
    assert len(texts) == 1


def test_thin_grounds_are_lines() -> None:
    leaf, rows = Leaf(), rows_from(100, 4)
    for y in rows:
        leaf.fill(COLUMNS[0], y, COLUMNS[-1] - COLUMNS[0], 1)
    for x in COLUMNS:
        leaf.fill(x, rows[0], 1.5, rows[-1] - rows[0])
    write_cells(leaf, COLUMNS, rows, [HEAD, *BODY])
    assert grid(leaf) == [HEAD, *BODY]


def test_double_lines_and_sides_of_cells_drawn_one_by_one() -> None:
    leaf, rows = Leaf(), rows_from(100, 4)
    for top, bottom in pairwise(rows):
        for left, right in pairwise(COLUMNS):
            leaf.raw(
                f"0.5 w {left + 1} {842 - bottom + 1} {right - left - 2} {bottom - top - 2} re S"
            )
    write_cells(leaf, COLUMNS, rows, [HEAD, *BODY])
    assert grid(leaf) == [HEAD, *BODY]


def test_a_table_without_its_outer_sides() -> None:
    leaf, rows = Leaf(), rows_from(100, 4)
    for y in rows:
        leaf.line(COLUMNS[0], y, COLUMNS[-1], y)
    for x in COLUMNS[1:-1]:
        leaf.line(x, rows[0], x, rows[-1])
    write_cells(leaf, COLUMNS, rows, [HEAD, *BODY])
    assert grid(leaf) == [HEAD, *BODY]


def test_the_frame_of_a_page_is_no_table() -> None:
    leaf = table_leaf()
    leaf.raw("20 20 555 802 re S")
    leaf.text(74, 80, "二、主动公开情况")
    assert read(leaf) == (["二、主动公开情况"], [[HEAD, *BODY]])


# ---------------------------------------------------------------- tables over pages


def test_a_table_goes_on_without_a_line_at_the_end_of_the_page() -> None:
    first, second = Leaf(), Leaf()
    rows = rows_from(700, 2)
    for y in rows[:-1]:
        first.line(COLUMNS[0], y, COLUMNS[-1], y)
    for x in COLUMNS:
        first.line(x, rows[0], x, rows[-1])
    write_cells(first, COLUMNS, rows, [HEAD, BODY[0]])
    draw_grid(second, COLUMNS, rows_from(60, 2), BODY[1:])
    assert grid(first, second) == [HEAD, *BODY]


def test_a_head_alone_on_its_page_stands_over_its_columns() -> None:
    first, second = Leaf(), Leaf()
    draw_grid(first, (50, 190, 430), rows_from(740, 1), [["事项", "各年件数"]])
    draw_grid(second, COLUMNS, rows_from(60, 4), [["", *HEAD[1:]], *BODY])
    assert grid(first, second) == [["事项", "各年件数", "", ""], ["", *HEAD[1:]], *BODY]


def test_a_head_printed_again_is_read_once() -> None:
    first, second = Leaf(), Leaf()
    draw_grid(first, COLUMNS, rows_from(700, 3), [HEAD, *BODY[:2]])
    draw_grid(second, COLUMNS, rows_from(60, 2), [HEAD, BODY[2]])
    assert grid(first, second) == [HEAD, *BODY]


LABEL = "公开政府信息的其他各类"  # fills its column


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([f"{LABEL}\n{LABEL}", "1", "2", "3"], ["事项", "", "", ""]),
        ([f"{LABEL}\n{LABEL}", "", "", ""], ["事项", "1", "2", "3"]),
    ],
)
def test_a_row_cut_by_the_end_of_the_page_is_one(above: list[str], below: list[str]) -> None:
    first, second = Leaf(), Leaf()
    columns = (50, 165, *COLUMNS[2:])
    draw_grid(first, columns, [700, 730, 770], [HEAD, above])
    draw_grid(second, columns, rows_from(60, 2), [below, BODY[1]])
    whole = [LABEL + LABEL + "事项", "1", "2", "3"]
    assert grid(first, second) == [HEAD, whole, BODY[1]]


@pytest.mark.parametrize("below", [["2.重复申请", "", "", ""], ["事项", "4", "5", "6"]])
def test_whole_rows_stay_apart_at_the_end_of_a_page(below: list[str]) -> None:
    first, second = Leaf(), Leaf()
    columns = (50, 165, *COLUMNS[2:])
    draw_grid(first, columns, rows_from(700, 2), [HEAD, [LABEL, "1", "2", "3"]])
    draw_grid(second, columns, rows_from(60, 1), [below])
    assert grid(first, second) == [HEAD, [LABEL, "1", "2", "3"], below]


def test_a_label_over_the_end_of_a_page_is_one() -> None:
    first, second = Leaf(), Leaf()
    columns = (50.0, 78.0, *COLUMNS[1:])
    head = ["", "事项", "上年", "本年", "合计"]
    draw_grid(first, columns, rows_from(700, 2, 32), [head, ["无法", "1.甲", "1", "2", "3"]])
    rows = rows_from(60, 2)
    for y in (rows[0], rows[2]):
        second.line(columns[0], y, columns[-1], y)
    second.line(columns[1], rows[1], columns[-1], rows[1])
    for x in columns:
        second.line(x, rows[0], x, rows[2])
    write_cells(
        second, columns, rows, [["提供", "2.乙", "4", "5", "9"], ["", "3.丙", "0", "0", "0"]]
    )
    assert grid(first, second)[1:] == [
        ["无法提供", "1.甲", "1", "2", "3"],
        ["", "2.乙", "4", "5", "9"],
        ["", "3.丙", "0", "0", "0"],
    ]


def test_two_tables_with_text_between_stay_two() -> None:
    leaf = Leaf()
    draw_grid(leaf, COLUMNS, rows_from(100, 2), [HEAD, BODY[0]])
    leaf.text(74, 180, "三、申请情况")
    draw_grid(leaf, COLUMNS, rows_from(200, 2), [HEAD, BODY[1]])
    assert read(leaf) == (["三、申请情况"], [[HEAD, BODY[0]], [HEAD, BODY[1]]])


# ---------------------------------------------------------------- what is seen in a cell


def test_figures_side_by_side_or_below_are_no_one_figure() -> None:
    leaf = Leaf()
    draw_grid(leaf, COLUMNS, rows_from(100, 2, 40), [HEAD, ["规章", "4\n0", "", "5"]])
    leaf.text(275, 154, "21", size=10)
    leaf.text(300, 154, "0", size=10)
    assert grid(leaf)[1] == ["规章", "4\n0", "21 0", "5"]


def test_what_cannot_be_seen_is_not_read() -> None:
    """White on white, drawn by no means, off the page, painted over: none is part of the text."""
    leaf = table_leaf()
    leaf.raw("1 g")
    leaf.text(240, 138, "9", size=10)
    leaf.raw("0 g")
    leaf.text(240, 138, "8", size=10, mode=3)
    leaf.text(700, 138, "7", size=10)
    leaf.fill(270.5, 125, 79, 22, grey=1)
    leaf.text(273, 138, "3", size=10)
    assert grid(leaf)[1] == ["规章", "1", "3", "21"]


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    leaf = Leaf()
    leaf.fill(50, 100, 380, 24, grey=0.2)
    leaf.raw("1 g")
    draw_grid(leaf, COLUMNS, rows_from(100, 1), [HEAD])
    leaf.raw("0 g")
    draw_grid(leaf, COLUMNS, rows_from(124, 1), [BODY[0]])
    assert grid(leaf) == [HEAD, BODY[0]]


def test_bold_by_printing_twice_is_one_figure_and_two_over_each_other_none() -> None:
    leaf = table_leaf()
    leaf.text(193.3, 138, "1", size=10)
    leaf.text(354, 138, "54", size=10)
    assert grid(leaf)[1] == ["规章", "1", "20", "\ufffd\ufffd"]


def with_seven(draw: Callable[[Leaf], None]) -> str:
    """Return a cell of a table in which 2 is printed, and 7 is drawn right behind it."""
    leaf = Leaf()
    draw_grid(leaf, COLUMNS, rows_from(100, 4), [HEAD, ["规章", "2", "5", "9"], *BODY[1:]])
    draw(leaf)
    return grid(leaf)[1][1]


def seven(leaf: Leaf, size: float = 10) -> None:
    """Write 7 behind the 2."""
    leaf.text(198, 138, "7", size=size)


def struck(leaf: Leaf, at: float) -> None:
    """Write 7 with a line as high above its base."""
    seven(leaf)
    leaf.line(198, 138 - at, 203, 138 - at)


def grey(leaf: Leaf, shade: float) -> None:
    """Write 7 in grey."""
    leaf.raw(f"{shade} g")
    seven(leaf)
    leaf.raw("0 g")


def clipped(leaf: Leaf, width: float) -> None:
    """Write 7 where so much of it can be seen."""
    leaf.raw(f"q 198 690 {width} 40 re W n")
    seven(leaf)
    leaf.raw("Q")


def painted_over(leaf: Leaf, shade: float) -> None:
    """Write 7 and fill a rectangle over it."""
    seven(leaf)
    leaf.fill(198, 128, 6, 12, grey=shade)


@pytest.mark.parametrize(
    ("draw", "seen"),
    [
        (seven, "27"),
        (lambda leaf: struck(leaf, 3), "2（删去7）"),
        (lambda leaf: struck(leaf, -1), "27"),  # underlined
        (lambda leaf: struck(leaf, 9), "27"),
        (lambda leaf: seven(leaf, 1), "2（看不清的7）"),
        (lambda leaf: seven(leaf, 6), "2（小字7）"),
        (lambda leaf: seven(leaf, 9), "27"),
        (lambda leaf: grey(leaf, 0.5), "27"),
        (lambda leaf: grey(leaf, 0.9), "2（看不清的7）"),
        (lambda leaf: grey(leaf, 1), "2"),
        (lambda leaf: clipped(leaf, 100), "27"),
        (lambda leaf: clipped(leaf, 2), "2（看不清的7）"),
        (lambda leaf: clipped(leaf, 0.1), "2"),
        (lambda leaf: painted_over(leaf, 0), "2（涂掉的7）"),
        (lambda leaf: painted_over(leaf, 1), "2"),
    ],
)
def test_a_digit_that_is_none_of_the_figure_stands_in_brackets(
    draw: Callable[[Leaf], None], seen: str
) -> None:
    assert with_seven(draw) == seen


@pytest.mark.parametrize(
    ("ground", "seen"), [(0.2, "2"), (0.6, "2"), (0.9, "（看不清的2）"), (0.98, "")]
)
def test_a_white_digit_is_seen_as_far_as_the_ground_is_dark(ground: float, seen: str) -> None:
    leaf = Leaf()
    leaf.fill(190, 124, 80, 24, grey=ground)
    draw_grid(leaf, COLUMNS, rows_from(100, 2), [HEAD, ["规章", "", "5", "9"]])
    leaf.raw("1 g")
    leaf.text(193, 138, "2", size=10)
    assert grid(leaf)[1] == ["规章", seen, "5", "9"]


def test_a_digit_as_dark_as_the_ground_behind_it_is_told() -> None:
    leaf = Leaf()
    leaf.fill(190, 124, 80, 24, grey=0.1)
    draw_grid(leaf, COLUMNS, rows_from(100, 2), [HEAD, BODY[0]])
    assert grid(leaf)[1] == ["规章", "（看不清的1）", "20", "21"]


#: A figure as a browser prints it, and what of it a reader takes for one; blank where he asks.
PRINTED = {
    "2<s>7</s>": "2",
    "<s>12</s>27": "",
    "<del>27</del>": "",
    "2<span style='font-size: 2px'>7</span>": "2",
    "2<span style='font-size: 60%'>7</span>": "2",
    "2<span style='color: #eee'>7</span>": "2",
    "2<span style='color: rgb(0 0 0 / 5%)'>7</span>": "2",
    "2<sup>7</sup>": "",
    "<span style='background: black'>2</span>7": "",
}


@pytest.mark.slow
@needs_browser
def test_what_a_browser_prints_beside_a_figure_is_told(folder: Path) -> None:
    page = pages.page_of(pages.input_of("suqian_2023"))
    cells = pages.figure_cells(page)[20:]
    for number in range(len(PRINTED)):
        cells[9 * number].text = f"@{number}@"
    text = pages.as_bytes(page, "utf-8").decode()
    for number, printed in enumerate(PRINTED):
        text = text.replace(f"@{number}@", printed)

    reading = read_report(printed_by_browser(folder, text))
    told = {str(place.address): f for f in reading.findings for place in f.places}
    asked = [a for a in reading.form.figures if a in told and told[a].code != "R210"]
    read = [str(reading.report.figures.get(address, "")) for address in asked]
    assert read == list(PRINTED.values())


# ---------------------------------------------------------------- paragraphs


def page_of_text(number: int, lines: list[tuple[float, str]], head: str = "") -> Leaf:
    """Return a page of lines, each with its left end, and its number at the foot."""
    leaf = Leaf()
    if head:
        leaf.text(200, 40, head, size=9)
    for at, (left, text) in enumerate(lines):
        leaf.text(left, 100 + 27 * at, text)
    leaf.text(280, 810, f"- {number} -", size=9)
    return leaf


FULL = (LONG * 2)[:38]  # 456 points: a line from margin to margin


def test_paragraphs_are_as_printed() -> None:
    """An indent, a short line before, a heading begin one; page numbers and heads are none."""
    first = page_of_text(
        1,
        [
            (74, "一、总体情况"),
            (74, FULL[2:]),
            (50, FULL),
            (50, "到此为止。"),
            (50, FULL),
            (50, FULL),
        ],
        "某某市年度报告",
    )
    second = page_of_text(
        2, [(50, FULL), (50, "完。"), (74, "二、主动公开"), (74, "共 12 件。")], "某某市年度报告"
    )
    texts, tables = read(first, second)
    assert not tables
    assert texts == [
        "一、总体情况",
        FULL[2:] + FULL + "到此为止。",
        FULL * 3 + "完。",
        "二、主动公开",
        "共12件。",
    ]


def test_the_same_figures_at_the_foot_of_pages_are_no_page_numbers() -> None:
    leaves = [page_of_text(n, [(74, "正文。")]) for n in (1, 2, 3)]
    for leaf in leaves:
        leaf.text(74, 780, "0 0 0", size=10)
    texts, _ = read(*leaves)
    assert texts.count("0 0 0") == 3


def test_margins_are_those_of_the_page() -> None:
    """A page on its side has longer lines: a full line of an upright page is short there."""
    upright = page_of_text(1, [(74, FULL[2:]), (50, FULL), (50, "完。")])
    side = Leaf(842, 595)
    wide = (LONG * 3)[:58]
    for at, (left, text) in enumerate([(74, wide[2:]), (50, FULL), (50, wide), (50, "完。")]):
        side.text(left, 100 + 27 * at, text)
    assert read(upright, side)[0] == [FULL[2:] + FULL + "完。", wide[2:] + FULL, wide + "完。"]


def test_words_in_latin_letters_keep_their_spaces() -> None:
    leaf = Leaf()
    leaf.text(50, 100, "见 Open Data 2025 年版")
    assert read(leaf)[0] == ["见Open Data 2025年版"]


# ---------------------------------------------------------------- refusals and limits


def refused(data: bytes) -> str:
    """Return what is said of a PDF that is not read."""
    with pytest.raises(InputStop) as stop:
        read_stream(data, Place("年报.pdf"))
    return f"{stop.value.findings[0].code} {stop.value}"


def columns_leaf(step: float = 0) -> Leaf:
    """Return a page set in two columns, the right one a little lower."""
    leaf = Leaf()
    for at in range(12):
        leaf.text(50, 100 + 20 * at, LONG[:18])
        leaf.text(310, 100 + step + 20 * at, LONG[18:34])
    return leaf


@pytest.mark.parametrize("step", [0, 7])
def test_two_columns_of_text_are_refused(step: float) -> None:
    assert refused(pdf_of([table_leaf(), columns_leaf(step)])) == (
        "X383 “年报.pdf”第 2 页的文字分成左右两栏，分不清先后"
    )


def test_scans_are_refused() -> None:
    scan, behind = Leaf(), Leaf()
    scan.picture(0, 0, 595, 842)
    behind.picture(20, 20, 555, 802)
    for at in range(20):
        behind.text(50, 100 + 20 * at, LONG, mode=3)
    whole = "X382 “年报.pdf”是扫描件或图片，读不出字"
    assert refused(pdf_of([scan])) == whole
    assert refused(pdf_of([behind])) == whole
    assert refused(pdf_of([Leaf()])) == whole
    part = "X382 “年报.pdf”第 2、4 页是扫描件或图片，读不出字"
    assert refused(pdf_of([table_leaf(), scan, table_leaf(), behind])) == part


def test_a_picture_beside_text_is_no_scan() -> None:
    leaf = table_leaf()
    leaf.picture(0, 250, 595, 500)
    leaf.text(50, 800, "注：略。")
    [table, picture, _] = read_stream(pdf_of([leaf]), Place("年报.pdf"))
    assert isinstance(table, StreamTable)
    assert picture == StreamPicture(Place("年报.pdf", "页 1"))


LOCKED = "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{0}>/U<{0}>>>/ID[<00><00>]".format("41" * 32)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "X380 “年报.pdf”打不开：不是 PDF，或文件不完整"),
        (b"%PDF-1.5\n", "X380 “年报.pdf”打不开：不是 PDF，或文件不完整"),
        (pdf_of([table_leaf()], trailer=LOCKED), "X380 “年报.pdf”打不开：有密码"),
        (pdf_of([Leaf()] * 201), "X381 “年报.pdf”太大：超过 200 页"),
    ],
)
def test_what_cannot_be_opened_is_said(data: bytes, said: str) -> None:
    assert refused(data) == said


def test_a_drawing_with_hundreds_of_lines_each_way_is_refused() -> None:
    leaf = page_of_text(1, [(74, FULL)])
    for at in range(0, 500, 2):
        leaf.line(50, 50 + at, 550, 50 + at)
        leaf.line(50 + at, 50, 50 + at, 550)
    assert refused(pdf_of([leaf])) == "X381 “年报.pdf”太大：字或线条太多"


def test_more_text_than_any_report_has_is_refused() -> None:
    leaf = Leaf()
    for at in range(300):
        leaf.text(50, 50 + at, "字" * 1000, size=1)
    assert refused(pdf_of([leaf])) == "X381 “年报.pdf”太大：字或线条太多"


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose drawing never ends: forms that each draw the next ten times."""
    monkeypatch.setattr(pdf_apart, "SECONDS", 2)
    leaf = Leaf()
    leaf.raw("q " * 10 + "0 0 m 1 1 l S " * 3_000_000)
    before = time.monotonic()
    assert refused(pdf_of([leaf])).startswith("X381")
    assert time.monotonic() - before < 10


WHOLE = pdf_of([table_leaf(), page_of_text(2, [(74, FULL)])])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE)), st.binary(max_size=6)), min_size=1, max_size=5)
)
def test_a_broken_file_is_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    """Whatever bytes are changed: a stream or a sentence, never a crash."""
    data = bytearray(WHOLE)
    for at, new in changes:
        data[at : at + len(new)] = new
    with suppress(InputStop):
        read_stream(bytes(data), Place("年报.pdf"))


def test_a_table_without_lines_is_told_of(docgen: Docgen) -> None:
    """Figures that no line parts are not guessed at: the file is refused, with what to do."""
    leaf = Leaf()
    leaf.text(150, 60, "青山县青山镇人民政府2024年政府信息公开工作年度报告", size=14)
    leaf.text(74, 90, "三、收到和处理政府信息公开申请情况")
    write_cells(leaf, COLUMNS, rows_from(100, 4), [HEAD, *BODY])
    Path("2024.pdf").write_bytes(pdf_of([leaf]))
    run = docgen("check", "2024.pdf", "--json")
    assert run.code == 3
    assert run.codes == ["X343"]


def test_the_process_apart_imports_nothing_of_docgen() -> None:
    """It is started by its path, in the folder of the readers: none of them stands in its way."""
    script = PROJECT / "docgen" / "read" / "published" / "pdf_pages.py"
    ended = subprocess.run(
        [sys.executable, "-P", "-X", "importtime", str(script), "10", str(10**9)],
        input=pdf_of([table_leaf()]),
        capture_output=True,
        check=True,
    )
    assert b"docgen" not in ended.stderr
    assert ended.stdout.startswith(b"[{")
