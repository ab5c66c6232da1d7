"""Workbooks as Excel, WPS and other programs save them; totals left out in every kind of input."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from busy import (
    THREE,
    TWO,
    Rows,
    as_json,
    cells,
    change,
    edit_xlsx,
    errors,
    nothing_written,
    read,
    said,
    write_folder,
    write_xlsx,
)
from door import Docgen, write_json
from forms import FORM
from openpyxl.chart import BarChart, Reference

from docgen.files import ooxml
from docgen.model import Report

SHEETS = [table.name for table in FORM.tables]


@pytest.fixture
def book(report: Report, folder: Path) -> Path:
    """The report as a workbook, to spoil."""
    return write_xlsx(report, folder / "2024.xlsx")


def test_stored_results(docgen: Docgen, book: Path, report: Report) -> None:
    """Totals with their stored results are given, not computed."""
    assert docgen("check", book, "--json").codes == []
    assert read(book) == report


def test_totals_without_results(docgen: Docgen, book: Path, report: Report) -> None:
    """A program that keeps no results leaves the totals out: they are computed, and said so."""
    openpyxl.load_workbook(book).save(book)
    run = docgen("check", book, "--json")
    assert (run.code, run.codes) == (0, ["R307", "R307"])
    assert read(book) == report
    named = set(cells(run, "R307"))
    assert {"J4", "J28", "D27", "E4", "O4"} <= named
    assert not named & {"D4", "D28", "A4"}


def test_formula_in_a_cell(docgen: Docgen, report: Report, folder: Path) -> None:
    """A formula elsewhere without a result is a fault, with what the sums imply."""
    edit_xlsx(report, folder / "2024.xlsx", {(SHEETS[1], "E9"): "=D9+1"})
    run = docgen("render", "2024.xlsx", "--json")
    assert (run.code, errors(run), cells(run, "R306")) == (1, ["R306"], ["E9"])
    expected = str(report.figures["requests.denied_law.commercial"])
    assert said(run, "R306")[0]["expected"] == expected
    assert nothing_written(folder)


def test_formula_with_a_result(docgen: Docgen, book: Path, report: Report) -> None:
    """A formula with its stored result is the number it gave."""
    with_result(book, "xl/worksheets/sheet4.xml", "E9", b"<f>1+2</f><v>%d</v>")
    run = docgen("check", book, "--json")
    assert (run.code, run.codes) == (0, [])
    assert read(book) == report


def with_result(path: Path, part: str, cell: str, content: bytes) -> None:
    """Put a formula before the stored value of a cell."""
    parts = ooxml.read_parts(path.read_bytes())
    pattern = rf'(<c r="{cell}"[^>]*>)<v>(\d+)</v>'.encode()

    def formula(match: re.Match[bytes]) -> bytes:
        return match[1] + content % int(match[2])

    parts[part], count = re.subn(pattern, formula, parts[part])
    assert count == 1
    path.write_bytes(ooxml.write_package(parts))


def test_error_result(docgen: Docgen, report: Report, folder: Path) -> None:
    """#DIV/0! is no number."""
    edit_xlsx(report, folder / "2024.xlsx", {(SHEETS[1], "E9"): "#DIV/0!"})
    run = docgen("check", "2024.xlsx", "--json")
    assert (run.code, errors(run), cells(run, "R304")) == (1, ["R304"], ["E9"])


def test_numbers_as_text(docgen: Docgen, report: Report, folder: Path) -> None:
    """Numbers that a workbook holds as text read as the same figures."""
    path = write_xlsx(report, folder / "2024.xlsx")
    workbook = openpyxl.load_workbook(path, data_only=True)
    for title in SHEETS:
        for row in workbook[title].iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    cell.value = str(cell.value)
    workbook.save(path)
    run = docgen("check", path, "--json")
    assert (run.code, run.codes) == (0, [])
    assert read(path) == report


@pytest.mark.parametrize("reference", ["A1", "A1:B2", "A1:XFD1048576", "Z9:AA99"])
def test_wrong_dimension(docgen: Docgen, book: Path, report: Report, reference: str) -> None:
    """WPS states the extent of a sheet wrongly; what is in it counts."""
    parts = ooxml.read_parts(book.read_bytes())
    for number in range(1, 6):
        name = f"xl/worksheets/sheet{number}.xml"
        wrong = f'<dimension ref="{reference}"'.encode()
        parts[name] = re.sub(rb'<dimension ref="[^"]*"', wrong, parts[name])
        assert wrong in parts[name]
    book.write_bytes(ooxml.write_package(parts))
    assert docgen("check", book, "--json").codes == []
    assert read(book) == report


def test_without_references(docgen: Docgen, book: Path, report: Report) -> None:
    """Rows and cells need not say where they stand."""
    parts = ooxml.read_parts(book.read_bytes())
    for number in range(1, 6):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = re.sub(rb'(<dimension )ref="[^"]*"', rb'\1ref="A1"', parts[name])
        parts[name] = re.sub(rb'(<row) r="\d+"', rb"\1", parts[name])
    book.write_bytes(ooxml.write_package(parts))
    assert docgen("check", book, "--json").codes == []
    assert read(book) == report


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
@pytest.mark.parametrize("content", [None, " ", "旧表", 7])
def test_extra_sheet(docgen: Docgen, book: Path, state: str, content: Any) -> None:
    """An empty sheet too many is nothing; one with content is a finding, hidden or not."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.create_sheet("Sheet1")
    sheet["C3"].value = content
    sheet.sheet_state = state
    workbook.save(book)
    run = docgen("check", book, "--json")
    assert errors(run) == (["R208"] if content in ("旧表", 7) else [])
    assert [p["sheet"] for f in said(run, "R208") for p in f["places"]] == ["Sheet1"] * (
        content in ("旧表", 7)
    )


def test_sheets_in_another_order(docgen: Docgen, book: Path, report: Report) -> None:
    """Sheets are known by name, spaces aside; a chart sheet is no table."""
    workbook = openpyxl.load_workbook(write_xlsx(report, book), data_only=True)
    workbook.move_sheet("正文", -4)
    workbook[SHEETS[0]].title = "表一主动公开"
    chart = BarChart()
    chart.add_data(Reference(workbook[SHEETS[1]], min_col=4, min_row=4, max_row=9))
    workbook.create_chartsheet("图").add_chart(chart)
    workbook.save(book)
    assert docgen("check", book, "--json").code == 0
    assert read(book) == report


def test_moved_right_and_down(docgen: Docgen, book: Path, report: Report) -> None:
    """Rows and columns may be put before a table."""
    workbook = openpyxl.load_workbook(book, data_only=True)
    for sheet in workbook.worksheets:
        merged = [str(area) for area in sheet.merged_cells.ranges]
        for area in merged:
            sheet.unmerge_cells(area)
        sheet.insert_rows(1, 3)
        sheet.insert_cols(1, 2)
    workbook.save(book)
    assert docgen("check", book, "--json").codes == []
    assert read(book) == report


@pytest.mark.parametrize("date", ["2025年1月20日", "2025-01-20", "2025/1/20", "2025.1.20", "date"])
def test_date(docgen: Docgen, report: Report, folder: Path, date: str) -> None:
    """成文日期 may be a date of the workbook or written in the usual ways."""
    value: Any = datetime(2025, 1, 20) if date == "date" else date
    path = edit_xlsx(report, folder / "2024.xlsx", {("基本情况", "B9"): value})
    assert openpyxl.load_workbook(path)["基本情况"]["A9"].value == "成文日期"
    assert docgen("check", path, "--json").codes == []
    assert read(path) == report


def no_total_cells(rows: Rows) -> Rows:
    return [[*row[:9], ""] if i > 2 else row for i, row in enumerate(rows)]


def no_total_column(rows: Rows) -> Rows:
    return [row[:9] for row in rows]


def no_total_row(rows: Rows) -> Rows:
    return [row for row in rows if "（七）总计" not in row]


def blank_total_row(rows: Rows) -> Rows:
    return [[*row[:3], *[""] * 7] if "（七）总计" in row else row for row in rows]


def no_dispute_totals(rows: Rows) -> Rows:
    return [[*row[:4], "", *row[5:9], "", *row[10:14], ""] for row in rows]


@pytest.mark.parametrize(
    ("file", "spoil", "count"),
    [
        (TWO, no_total_cells, 25),
        (TWO, no_total_column, 25),
        (TWO, no_total_row, 7),
        (TWO, blank_total_row, 7),
        (TWO, lambda rows: no_total_column(no_total_row(rows)), 31),
        (THREE, no_dispute_totals, 3),
        (THREE, lambda rows: [*rows[:3], no_dispute_totals(rows)[3]], 3),
    ],
)
def test_totals_left_out(
    docgen: Docgen, report: Report, folder: Path, file: str, spoil: Any, count: int
) -> None:
    """Totals may be left out, cell, row or column; the document is the one with them."""
    write_folder(report, folder / "2024")
    assert docgen("render", "2024").code == 0
    given = (folder / "outputs" / "2024.docx").read_bytes()
    change(folder / "2024" / file, spoil)
    run = docgen("render", "2024", "-o", "again", "--json")
    assert (run.code, run.codes) == (0, ["R307"])
    assert f"有 {count} 个总计" in said(run, "R307")[0]["message"]
    assert (folder / "again" / "2024.docx").read_bytes() == given
    assert read(folder / "2024") == report


def test_json_totals_left_out(docgen: Docgen, report: Report, folder: Path) -> None:
    """JSON without any total gives the document of the JSON with them."""
    tree = as_json(report)
    assert docgen("render", write_json(folder / "2024.json", tree)).code == 0
    given = (folder / "outputs" / "2024.docx").read_bytes()
    del tree["figures"]["requests"]["handled"]
    for rows in (tree["figures"]["requests"], tree["figures"]["disputes"]):
        for row in rows.values():
            del row["total"]
    path = write_json(folder / "2024.json", tree)
    run = docgen("render", path, "-o", "again", "--json")
    assert (run.code, run.codes) == (0, ["R307", "R307"])
    assert (folder / "again" / "2024.docx").read_bytes() == given


@pytest.mark.parametrize("written", ["无", "/", "—"])
def test_no_total_is_not_left_out(
    docgen: Docgen, report: Report, folder: Path, written: str
) -> None:
    """A total of 无 is not blank: it is told of, with what the sums imply."""
    write_folder(report, folder / "2024")
    change(folder / "2024" / TWO, lambda rows: rows[5].__setitem__(9, written))
    run = docgen("check", "2024", "--json")
    assert (run.code, errors(run), cells(run, "R301")) == (1, ["R301"], ["J6"])
    assert said(run, "R301")[0]["expected"] == str(report.figures["requests.granted.total"])


def test_total_of_unknown_parts(docgen: Docgen, report: Report, folder: Path) -> None:
    """A total left out beside a figure that is not there is not made up."""
    write_folder(report, folder / "2024")
    change(folder / "2024" / TWO, lambda rows: rows[5].__setitem__(slice(3, 10), [""] * 7))
    run = docgen("check", "2024", "--json")
    assert run.code == 1
    assert errors(run) == ["R301"] * 6
    assert "J6" not in cells(run, "R307")


def test_a_workbook_of_one_sheet(docgen: Docgen, book: Path, folder: Path) -> None:
    """A workbook without 基本情况 says which sheet it misses."""
    workbook = openpyxl.load_workbook(book)
    workbook.remove(workbook["基本情况"])
    workbook.save(book)
    run = docgen("render", book, "--json")
    assert (run.code, run.codes) == (3, ["X314"])
    assert nothing_written(folder)
