"""The board of a county as a person sees it: page, workbook, screen, lines for programs."""

import html
import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from boards import BoardMaker, unit_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from docgen.county.board import STATES, Board, BoardRow
from docgen.county.board_screen import board_json, board_lines
from docgen.county.board_words import HEAD
from docgen.county.body_names import LISTED_TWICE
from docgen.county.results import PAGE, WORKBOOK, write_results
from docgen.files.visible import as_json, visible
from docgen.finding import Place

STATE = {name: key for key, name in STATES.items()}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """A small county: five bodies whose reports are spoilt, each in another way, and others."""
    maker = BoardMaker(tmp_path_factory.mktemp("county"))
    maker.add("issued", 2).add("faulty", 5).add("unreadable").add("several")
    return maker.add("missing", 2).add("unlisted").board()


def page_rows(folder: Path) -> list[list[str]]:
    """The cells of the page's table, each with its text."""
    root = etree.HTML((folder / PAGE).read_text(encoding="utf-8"))
    rows = root.findall(".//tr")
    return [["".join(map(str, cell.itertext())) for cell in row] for row in rows]


def sheet_of(folder: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(folder / WORKBOOK)["进度"]
    assert isinstance(sheet, Worksheet)
    return sheet


def sheet_rows(folder: Path) -> list[list[str]]:
    """The rows of the workbook from its head."""
    rows = [[str(cell.value or "") for cell in row] for row in sheet_of(folder).iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == HEAD[0])
    return [row[: len(HEAD)] for row in rows[head:]]


def test_page_and_workbook_hold_every_row_in_order(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    page, sheet = page_rows(tmp_path), sheet_rows(tmp_path)
    assert page[0] == sheet[0] == list(HEAD)
    names = [row.name for row in board.rows]
    assert [row[0] for row in page[1:]] == [row[0] for row in sheet[1:]] == names
    assert [STATE[row[1]] for row in page[1:]] == [row.state for row in board.rows]
    assert [STATE[row[1]] for row in sheet[1:]] == [row.state for row in board.rows]
    assert [STATE[row[1]] for row in page[1:]] == sorted(
        (row.state for row in board.rows), key=list(STATES).index
    )
    for told, also, row in zip(page[1:], sheet[1:], board.rows, strict=True):
        why = told[2].partition("标好的表：")[0]
        assert why == also[2] == row.why
        assert not re.match("[A-Z][0-9]{3}", why)
        assert also[3].split("\n") == [each.where for each in row.returns] or not row.returns
        assert told[5] == also[5] == row.contact
    # the first of the spoilt ones, word for word
    assert sheet[1] == [
        "乌苏市三镇人民政府",
        "要改",
        "表二“商业企业”列不平",
        "三镇/2025.xlsx",
        "1月12日",
        "王芳3 0992-6000003",
        "",
    ]
    assert sheet[2][2].endswith("不是一个数；另有 4 处")


def test_counts_and_news_stand_on_top(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    page = html.unescape((tmp_path / PAGE).read_text(encoding="utf-8"))
    counts = {"已签发": 2, "要改": 5, "读不了": 1, "重复": 1, "未交": 2, "不在名单": 1}
    marks = re.findall('<li><span class="state [a-z]+">([^ ]+) ([0-9]+)</span></li>', page)
    assert marks == [(name, str(count)) for name, count in counts.items()]
    news = "截至 2026年1月12日 09:30。自上次（1月11日 16:20）以来：新交 11 份，新签发 2 份"
    assert f"名单 11 个机关，{news}。" in page
    sheet = sheet_of(tmp_path)
    told = " / ".join(f"{name} {count}" for name, count in counts.items())
    assert sheet["A2"].value == f"名单 11 个机关：{told}"
    assert sheet["A3"].value == news
    assert board_lines(board)[-1] == f"名单 11 个机关：{told}"
    assert board_lines(board)[-2] == news


def test_the_first_run_has_no_news(board: Board, tmp_path: Path) -> None:
    first = replace(board, before=None)
    write_results(first, tmp_path)
    assert "自上次" not in (tmp_path / PAGE).read_text(encoding="utf-8")
    assert sheet_of(tmp_path)["A3"].value == "截至 2026年1月12日 09:30"


def test_a_count_of_nothing_is_told_without_colour(board: Board, tmp_path: Path) -> None:
    write_results(replace(board, rows=tuple(board.of("missing"))), tmp_path)
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert '<span class="state none">要改 0</span>' in page


def test_the_workbook_is_ready_to_filter_and_to_print(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    sheet = sheet_of(tmp_path)
    last = 4 + len(board.rows)
    assert sheet.auto_filter.ref == f"A4:H{last}"
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area == f"'进度'!$A$1:$G${last}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    colours = {row[1].value: row[1].fill.fgColor.rgb for row in sheet.iter_rows(min_row=5)}
    assert len(set(colours.values())) == len(STATES)


def test_links_lead_to_the_marked_workbooks(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    sheet = sheet_of(tmp_path)
    links = [
        unquote(cell.hyperlink.target or "")
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    root = etree.HTML((tmp_path / PAGE).read_text(encoding="utf-8"))
    on_page = [unquote(link.get("href", "")) for link in root.findall(".//a")]
    assert links == on_page
    assert links == [f"退回/{row.name}.xlsx" for row in board.of("faulty")]
    assert all((tmp_path / link).is_file() for link in links)


def test_the_page_fetches_nothing_and_runs_nothing(board: Board, tmp_path: Path) -> None:
    write_results(board, tmp_path)
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "<script" not in page
    assert not re.search(r"src=|https?://|url\(|@import", page)
    assert "default-src 'none'" in page


def test_findings_of_the_roster_and_what_was_not_read_are_told(
    board: Board, tmp_path: Path
) -> None:
    found = LISTED_TWICE.at(Place("名单.xlsx", "Sheet1", "A7"), name="甲<镇>")
    told = replace(board, findings=(found,), ignored=("甲/Thumbs.db", "~$a.xlsx"))
    write_results(told, tmp_path)
    page = html.unescape((tmp_path / PAGE).read_text(encoding="utf-8"))
    assert "名单里“甲<镇>”有不止一行（名单.xlsx Sheet1 A7）。删去重复的行。" in page
    assert "甲/Thumbs.db、~$a.xlsx" in page
    assert sheet_of(tmp_path)["A4"].value == "名单里“甲<镇>”有不止一行（名单.xlsx Sheet1 A7）"
    lines = board_lines(told)
    assert "名单里“甲<镇>”有不止一行" in lines
    assert "没有用上的：甲/Thumbs.db、~$a.xlsx" in lines


@pytest.mark.parametrize("columns", [30, 80, 120])
def test_the_screen_wraps_and_cuts_nothing(board: Board, columns: int) -> None:
    lines = board_lines(board, columns)
    assert max(map(cell_len, lines)) <= columns
    said = "".join("".join(lines).split())
    for row in board.rows:
        for text in (row.name, row.why, row.contact, *(each.where for each in row.returns)):
            if row.state != "issued" or text == row.name:
                assert "".join(text.split()) in said
    "\n".join(lines).encode("gbk")


def test_the_screen_tells_failures_first(board: Board) -> None:
    lines = board_lines(board)
    heads = [line for line in lines if re.fullmatch("[^ ]+ [0-9]+", line)]
    assert heads == ["要改 5", "读不了 1", "重复 1", "未交 2", "不在名单 1", "已签发 2"]
    assert lines[1:4] == [
        "  乌苏市三镇人民政府  王芳3 0992-6000003  自 1月12日",
        "    表二“商业企业”列不平",
        "    交来：三镇/2025.xlsx",
    ]
    assert lines[-4] == "  乌苏市一镇人民政府、乌苏市二镇人民政府"


def test_what_lies_in_an_archive_is_told_in_gbk(board: Board) -> None:
    row = board.of("faulty")[0]
    came = replace(row.returns[0], where="三镇/报送.zip › 2025.xlsx", also=("三镇/2025(1).xlsx",))
    lines = board_lines(replace(board, rows=(replace(row, returns=(came,)),)))
    assert "    交来：三镇/报送.zip > 2025.xlsx、三镇/2025(1).xlsx" in lines


def test_a_folder_that_is_one_return_is_named_once(board: Board) -> None:
    row = board.of("faulty")[0]
    sheets = replace(
        row.returns[0], where="三镇/2025", also=("三镇/2025/正文.csv", "三镇/副本.xlsx")
    )
    page = replace(sheets, where="网页.html", also=("网页_files/1.png", "网页_files/2.png"))
    lines = board_lines(replace(board, rows=(replace(row, returns=(sheets, page)),)))
    assert "    交来：三镇/2025、三镇/副本.xlsx、网页.html、网页_files" in lines


def test_no_line_begins_with_what_ends_a_sentence(board: Board) -> None:
    row = replace(board.of("missing")[0], why="甲、乙，丙。" * 80)
    lines = board_lines(replace(board, rows=(row,)), 41)
    assert len(lines) > 20
    assert not any(line.strip()[:1] in set("，。、") for line in lines if line)


def test_programs_read_a_line_for_each_row(board: Board) -> None:
    lines = [json.loads(as_json(each)) for each in board_json(board)]
    *rows, last = lines
    assert [row["body"] for row in rows] == [row.name for row in board.rows]
    assert set(rows[0]) == {
        *("body", "state", "report", "why", "since", "chased", "new", "short_name", "contact"),
        *("phone", "mend", "returns", "notes"),
    }
    assert set(rows[0]["returns"][0]) == {
        *("where", "also", "input", "outputs", "unchanged", "sha256", "first_seen", "verdict"),
        "findings",
    }
    assert [row["mend"] for row in rows] == [row.state == "faulty" for row in board.rows]
    assert rows[0]["returns"][0]["findings"][0]["code"]
    assert last["summary"]["counts"] == {
        "issued": 2, "faulty": 5, "unreadable": 1, "several": 1, "missing": 2, "unlisted": 1
    }  # fmt: skip
    assert last["summary"]["made"] == "2026-01-12T09:30:00"


#: Names as an enemy writes them.
HOSTILE = st.lists(
    st.one_of(
        st.sampled_from(
            ["=HYPERLINK(1)", "+1", "@a", "<script>x</script>", "&amp;", '"', "\u202e", "\x1b[31m",
             "\n", "\r\n", "\0", "..", "/", "\\", "con", "_x0041_", "‘", "{{ x }}", "\ud800",
             "镇" * 90, "a" * 300, "､", "👩‍👩‍👧", "\ufeff", " ", "①"]
        ),
        st.text(max_size=6),
    ),
    min_size=1,
    max_size=3,
).map("".join)  # fmt: skip


def renamed(row: BoardRow, name: str, number: int) -> BoardRow:
    """A row with this name wherever a name of another stands."""
    unit = unit_of(number)._replace(name=name, short_name=name, contact=name, phone=name)
    returns = tuple(replace(each, where=f"{name}/{number}", also=(name,)) for each in row.returns)
    return replace(row, name=name, unit=row.unit and unit, returns=returns, why=name)


@pytest.mark.slow
def test_hostile_names_do_no_harm(board: Board, tmp_path: Path) -> None:
    """They are shown, obeyed by nothing, and no file is written outside the folder."""

    @given(st.lists(HOSTILE, min_size=12, max_size=12))
    @settings(max_examples=10, deadline=None)
    def write_and_look(names: list[str]) -> None:
        rows = [
            renamed(row, name, n)
            for n, (row, name) in enumerate(zip(board.rows, names, strict=True))
        ]
        hostile = replace(board, rows=tuple(rows), ignored=tuple(names))
        folder = Path(tempfile.mkdtemp(dir=tmp_path)) / "结果"
        written = write_results(hostile, folder)
        assert [*folder.parent.iterdir()] == [folder]
        assert {path.parent for path in written} <= {folder, folder / "退回", folder / "消息"}
        assert {path for path in folder.rglob("*.*") if path.is_file() and path.name[0] != "."} == {
            *written
        }

        assert "<script" not in (folder / PAGE).read_text(encoding="utf-8")
        assert [row[0] for row in page_rows(folder)[1:]] == [visible(name) for name in names]
        for row in sheet_of(folder).iter_rows():
            assert all(isinstance(cell.value, str | None) and cell.data_type != "f" for cell in row)
        for path in (folder / "消息").iterdir():
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "")
            assert visible(text) == text
        assert max(map(cell_len, board_lines(hostile))) <= 80
        assert not any("\n" in as_json(each) for each in board_json(hostile))

    write_and_look()
