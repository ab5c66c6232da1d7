"""Tables of a PDF without ruling lines: read where labels and sums prove all, else refused."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pages
import pytest
from browser import needs_browser, printed_by_browser
from drawn_report import Edit, Table, draw_report
from hypothesis import given, settings
from hypothesis import strategies as st
from proofs import needs_office
from test_published_pdf_office import document, printed

from docgen.errors import InputStop
from docgen.files import ooxml
from docgen.model import Reading
from docgen.read import read_report

#: Forms of different shape: rows in groups, a row for each unit, 26 columns; and real figures.
REPORTS = ("disclosure-2021", "enforcement-zhejiang", "enforcement-shandong", "suqian_2023")

pytestmark = pytest.mark.usefixtures("folder")


def read(data: bytes) -> Reading:
    """Return the reading of a PDF."""
    path = Path("2024.pdf")
    path.write_bytes(data)
    return read_report(path)


def refused(data: bytes) -> str:
    """Return what is said of a PDF that is not read."""
    with pytest.raises(InputStop) as stop:
        read(data)
    [finding] = stop.value.findings
    assert finding.code == "X343"
    return finding.message


def asked_about(reading: Reading) -> list[str]:
    """Return the tables that are asked about, because they have no lines."""
    return [f.places[0].address for f in reading.findings if f.code == "R390"]


@pytest.mark.parametrize("at", [0, 0.5, 1])
@pytest.mark.parametrize("name", REPORTS)
def test_all_figures_are_read_and_asked_about(name: str, at: float) -> None:
    """Wherever figures stand in their rows."""
    told = pages.input_of(name)
    reading = read(draw_report(told, at=at))
    assert reading.report.figures == told.report.figures
    assert reading.report.units == told.report.units
    tables = [table for table in reading.form.tables if table.shape == "grid" and table.bands]
    assert asked_about(reading) == [table.key for table in tables]


def test_the_question_shows_the_labels_beside_the_figures() -> None:
    reading = read(draw_report(pages.input_of("enforcement-zhejiang")))
    [_, licences, *_] = [f for f in reading.findings if f.code == "R390"]
    assert str(licences.places[0]) == "2024.pdf 页 3 表二"
    assert licences.message == (
        "表二没有画线：行名、列名都对上了，5 条勾稽全部成立。请对照原文看一眼，是不是："
        "宁川县市场监督管理局 1240／1231／1218／9／2；合计 1240／1231／1218／9／2；其余 2 行都是 0"
    )


def test_beside_tables_with_lines_one_without_is_read_and_asked_about() -> None:
    told = pages.input_of("suqian_2023")
    reading = read(draw_report(told, lined=("disclosure", "disputes")))
    assert reading.report.figures == told.report.figures
    assert asked_about(reading) == ["requests"]
    assert not asked_about(read(draw_report(told, lined=("disclosure", "requests", "disputes"))))


# ---------------------------------------------------------------- one thing amiss


def replaced(key: str, row: int, cell: int, text: str) -> Edit:
    """Return what puts another text in a cell of a table."""

    def edit(table: str, rows: Table) -> None:
        if table == key:
            rows[row][cell] = rows[row][cell]._replace(text=text)

    return edit


def last_row(*, again: bool) -> Edit:
    """Return what leaves out the last row of each table, or prints it twice."""
    return lambda _, rows: rows.append(rows[-1]) if again else rows.__delitem__(-1)


def swapped(key: str, row: int, cells: tuple[int, int]) -> Edit:
    """Return what swaps two cells of a row."""

    def edit(table: str, rows: Table) -> None:
        if table == key:
            one, two = cells
            rows[row][one], rows[row][two] = rows[row][two], rows[row][one]

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (replaced("requests", 3, 3, "3403"), "表二的勾稽不成立"),
        (replaced("requests", 5, 1, "（一）予以公布"), "表二“（一）予以公开”一行的行名对不上"),
        (
            replaced("requests", 6, 4, ""),
            "表二“（二）部分公开（区分处理的，只计这一情形，不计其他情形）”",
        ),
        (
            replaced("requests", 6, 4, "/"),
            "表二“（二）部分公开（区分处理的，只计这一情形，不计其他情形）”",
        ),
        (replaced("requests", 6, 4, "1 2"), "应有 7 个数，有 8 个"),
        (replaced("disputes", 3, 3, "2６"), "应有 15 个数"),
        (swapped("disputes", 1, (0, 1)), "表三“结果维持”一列的列名对不上"),
        (swapped("requests", 1, (2, 1)), "表二"),
        (swapped("disputes", 0, (0, 1)), "表三“行政复议”这几列的列名对不上"),
        (last_row(again=False), "表一有 5 行数，表式是 6 行"),
        (last_row(again=True), "表一有 7 行数，表式是 6 行"),
    ],
)
def test_one_thing_amiss_and_nothing_is_read(edit: Edit, said: str) -> None:
    told = refused(draw_report(pages.input_of("suqian_2023"), edit))
    assert told.startswith("“2024.pdf”里没有画线的表格：表一、表二、表三的数读不出（")
    assert said in told


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(REPORTS), st.integers(0, 10**6))
def test_a_changed_figure_is_that_figure_or_refused(name: str, chance: int) -> None:
    """Where no sum is about it, exactly its address changes."""
    choice = random.Random(chance)
    told = pages.input_of(name)
    address = choice.choice(list(told.report.figures))
    value = told.report.figures[address] + choice.randrange(1, 100)
    figures = {**told.report.figures, address: value}
    changed = replace(told, report=told.report.model_copy(update={"figures": figures}))
    in_sums = {a for balance in told.form.balances for a in (*balance.left, *balance.right)}
    if address in in_sums:
        assert "勾稽不成立" in refused(draw_report(changed))
    else:
        assert read(draw_report(changed)).report.figures == figures


def spoiled(chance: int) -> Edit:
    """Return what spoils every table the same way each time: cells or rows trade places, or go."""

    def edit(table: str, rows: Table) -> None:
        choice = random.Random(f"{table} {chance}")
        row = choice.choice(rows)
        at, other = choice.randrange(len(row)), choice.randrange(len(row))
        match choice.randrange(6):
            case 0:
                row[at], row[other] = row[other], row[at]
            case 1:
                one, two = choice.randrange(len(rows)), choice.randrange(len(rows))
                rows[one], rows[two] = rows[two], rows[one]
            case 2:
                row[at] = row[at]._replace(text=choice.choice(("", "/", "0", "7", "1 0", "其他")))
            case 3:
                row[at] = row[at]._replace(text=row[at].text[1:])
            case 4:
                width = len(rows[-1])
                one, two = choice.randrange(width), choice.randrange(width)
                for cells in rows:
                    if len(cells) == width:
                        cells[one], cells[two] = cells[two], cells[one]
            case _:
                pass

    return edit


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(REPORTS), st.integers(0, 10**6))
def test_what_is_read_is_what_is_read_with_lines(name: str, chance: int) -> None:
    """However a table is spoiled: refused, or every figure as the labels and lines say it."""
    told = pages.input_of(name)
    keys = [table.key for table in told.form.tables]
    try:
        reading = read(draw_report(told, spoiled(chance)))
    except InputStop:
        return
    lined = read(draw_report(told, spoiled(chance), lined=keys)).report
    assert {a: lined.figures.get(a) for a in reading.report.figures} == reading.report.figures
    assert reading.report.units == lined.units


# ---------------------------------------------------------------- as programs print it


def without_borders(data: bytes) -> bytes:
    """Return a DOCX with no lines around the cells of its tables."""
    parts = dict(ooxml.read_parts(data))
    body = parts[ooxml.DOCUMENT].decode()
    borders = r"<w:(tblBorders|tcBorders)>.*?</w:\1>|<w:tblStyle [^>]*/>"
    body, count = re.subn(borders, "", body, flags=re.DOTALL)
    assert count
    return ooxml.write_package(parts | {ooxml.DOCUMENT: body.encode()})


@pytest.mark.slow
@needs_office
def test_as_libreoffice_prints_it(folder: Path) -> None:
    keys = ("disclosure-2021", "enforcement-shandong")
    told = [pages.input_of(key) for key in keys]
    bare = [without_borders(document(one.form, one.report)) for one in told]
    for path, one in zip(printed(folder, *bare), told, strict=True):
        reading = read_report(path)
        assert reading.report.figures == one.report.figures
        assert reading.report.sections == one.report.sections
        assert {finding.code for finding in reading.findings} == {"R358", "R390"}


@pytest.mark.slow
@needs_browser
@pytest.mark.parametrize("key", ["disclosure-2021", "enforcement-shandong"])
def test_as_a_browser_prints_it(key: str, folder: Path) -> None:
    told = pages.input_of(key)
    page = pages.as_bytes(pages.page_of(told), "utf-8").decode()
    style = "<style>table, tr, th, td { border: none !important }</style></head>"
    reading = read_report(printed_by_browser(folder, page.replace("</head>", style)))
    assert reading.report.figures == told.report.figures
    assert reading.report.sections == told.report.sections
    assert {finding.code for finding in reading.findings} == {"R358", "R390"}
