"""Blanks of a form unlike the first: what docgen writes, a clerk fills in and docgen reads."""

import csv
import io
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from door import Docgen, write_json
from hypothesis import HealthCheck, given, settings
from openpyxl.worksheet.worksheet import Worksheet
from proofs import needs_office
from toy import TOY, UNITS, toy_report, toy_tree
from toy_reports import reports

from docgen.blank import blank_report, write_blank
from docgen.blank.schema import json_schema
from docgen.blank.sheets import table_rows
from docgen.finding import has_errors
from docgen.forms.form import Form
from docgen.forms.table import Table
from docgen.model import HOW_TO_FILL, Body, Reading, Report
from docgen.publish.data import JSON, write_data
from docgen.read import read_report

pytestmark = pytest.mark.usefixtures("toy")

CONVERT = ("soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir")
BLANK = blank_report(TOY, 2024, "南山镇人民政府")


def reported(report: Report) -> Form:
    return TOY.as_reported(report.units, report.absent)


def reading_of(report: Report) -> Reading:
    return Reading("toy.json", reported(report), report, {}, frozenset(), (), {})


def sheets_of(folder: Path) -> dict[str, list[list[str]]]:
    """The rows of every CSV file by its name."""
    return {
        path.stem: [*csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))]
        for path in folder.iterdir()
    }


def open_cells(table: Table) -> Iterator[tuple[int, int, str]]:
    """Row and column of each cell of the form in a blank, from 1, and its address."""
    form = reported(BLANK)
    table = next(one for one in form.tables if one.key == table.key)
    for number, row in enumerate(table_rows(form, table, BLANK), start=1):
        for column, cell in enumerate(row, start=1):
            if cell.figure:
                yield number, column, cell.figure.address


def fill_in(sheet: Worksheet, table: Table, report: Report) -> None:
    """Type a report into the cells that are open, as Excel lets a clerk."""
    for row, column, address in open_cells(table):
        cell = sheet.cell(row, column)
        value = report.figures.get(address, report.answers.get(address))
        if not cell.protection.locked:
            cell.value = value
        else:
            assert address in reported(report).totals

    if table.each:
        for number, name in enumerate(report.units[table.key]):
            cell = sheet.cell(next(open_cells(table))[0] + number, 1)
            assert not cell.protection.locked
            cell.value = name


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """The workbook docgen makes, filled in with the toy report."""
    (path,) = write_blank(TOY, BLANK, tmp_path, workbook=True)
    book = openpyxl.load_workbook(path)
    for row in book["基本情况"].iter_rows():
        if row[0].value == "机关层级":
            row[1].value = "乡镇级"
    for table in TOY.tables:
        fill_in(book[table.name], table, toy_report())
    book.save(path)
    return path


def test_a_workbook_filled_in_is_read(filled: Path) -> None:
    reading = read_report(filled)
    assert not has_errors(reading.findings)
    assert reading.report == toy_report()
    assert reading.computed == {a for a in reading.form.totals if a in reading.form.figures}


@needs_office
def test_its_totals_are_right_in_a_spreadsheet(filled: Path) -> None:
    profile = f"-env:UserInstallation={(filled.parent / 'profile').as_uri()}"
    subprocess.run(
        [*CONVERT, str(filled.parent / "saved"), str(filled), profile],
        check=True,
        timeout=120,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    reading = read_report(filled.parent / "saved" / filled.name)
    assert reading.report == toy_report()
    assert reading.computed == frozenset()  # all totals were there


def test_only_what_is_to_be_filled_in_is_open(tmp_path: Path) -> None:
    """Labels, hints and totals are locked; choices are lists, numbers have bounds."""
    (path,) = write_blank(TOY, BLANK, tmp_path, workbook=True)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["填表说明", "基本情况", *(table.name for table in TOY.tables)]
    rules = [r for sheet in book for r in sheet.data_validations.dataValidation]
    lists = {rule.formula1 for rule in rules if rule.type == "list"}
    assert {'"是,否"', '"独立设置,与文化站合建"'} <= lists
    said = {rule.error for rule in rules}
    assert {"只能填 0 或正数，单位元。", "只能填 0 或正数，单位天。", "只能填“是”或“否”。"} <= said
    branches = book["表二 各分馆借阅"]
    assert [branches.cell(row, 1).protection.locked for row in range(3, 7)] == [False] * 3 + [True]
    assert not branches.protection.insertRows  # rows may be put in
    assert branches["E6"].value == '=IF(COUNT(E3:E5)=MAX(1,COUNTA(A3:A5)),SUM(E3:E5),"")'
    assert branches["D3"].value == '=IF(COUNT(B3,C3)=2,SUM(B3,C3),"")'


def test_every_cell_of_a_sheet_says_how_to_fill_it(tmp_path: Path) -> None:
    (path, *_) = write_blank(TOY, BLANK, tmp_path, workbook=False)
    sheets = sheets_of(path.parent)
    assert set(sheets) == {"基本情况", *(table.name for table in TOY.tables)}  # no text
    facts = [row[0] for row in sheets["基本情况"]]
    assert not {"署名", "成文日期"} & {*facts}
    library = {row[1] or row[0]: row[3] for row in sheets["表一 基本信息"]}
    assert library["网址"].startswith("可不填；")
    assert library["建设方式"] == "选一个：独立设置、与文化站合建"
    assert library["启用日期"] == "日期写成 2025年1月20日 的样子"
    assert library["平均借阅天数"] == "填 0 或正数，单位天"
    assert library["关注人数"] == "可不填；填 0 或正整数，单位人"
    how = [r[0] for rows in sheets.values() for r in rows if r[0].startswith(HOW_TO_FILL)]
    assert any(text.endswith("改写成：本图书室不收取任何费用") for text in how)
    assert any("分馆名称下面一个单位一行" in text for text in how)


@pytest.mark.parametrize("workbook", [False, True])
def test_no_such_business_is_said_in_the_hint(tmp_path: Path, workbook: bool) -> None:
    sentence = "本图书室不收取任何费用"
    (*paths,) = write_blank(TOY, BLANK, tmp_path, workbook=workbook)
    if workbook:
        book = openpyxl.load_workbook(paths[0])
        cells = [c for row in book["表三 收费"].iter_rows() for c in row if c.value]
        (hint,) = [cell for cell in cells if sentence in str(cell.value)]
        assert not hint.protection.locked
        hint.value = sentence
        book.save(paths[0])
    else:
        (path,) = (path for path in paths if path.stem == "表三 收费")
        rows = path.read_text("utf-8-sig").splitlines()
        path.write_text("\n".join([*rows[:-1], sentence]), encoding="utf-8-sig")

    reading = read_report(paths[0] if workbook else paths[0].parent)
    assert reading.report.absent == ("fees",)
    assert not [f for f in reading.findings if any("表三" in str(place) for place in f.places)]


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reports(plain=True))
def test_what_is_written_is_read(report: Report) -> None:
    """Sheets of a whole report, and its open data, say the report to docgen again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (workbook,) = write_blank(TOY, report, folder, workbook=True)
        sheet, *_ = write_blank(TOY, report, folder, workbook=False)
        data = folder / "2024.json"
        data.write_bytes(write_data(reported(report), report)[JSON])
        for path in (data, sheet.parent, workbook):
            reading = read_report(path)
            assert not has_errors(reading.findings)
            assert reading.report == report


def test_from_last_year_units_are_kept_and_nothing_that_was_filled_in() -> None:
    report = blank_report(TOY, 2025, "", reading_of(toy_report()))
    assert report.units == {"branches": UNITS}
    assert (report.figures, report.answers, report.absent) == ({}, {}, ())
    assert report.title == "南山镇人民政府2025年图书室工作年度报表"


def test_from_another_report_only_the_body_is_kept() -> None:
    """The title of one kind of report is not that of another."""
    from forms import FORM

    other = Report(
        form=FORM.key,
        year=2024,
        body=Body(name="南山镇人民政府", level="township"),
        title="南山镇人民政府2024年政府信息公开工作年度报告",
        units={"branches": ("别的表里的单位",)},
    )
    report = blank_report(TOY, 2025, "", Reading("x", FORM, other, {}, frozenset(), (), {}))
    assert report.title is None
    assert report.units == {"branches": ("", "", "")}
    assert report.body.level == "township"


def test_the_schema_takes_its_reports_and_no_others() -> None:
    schema = json_schema(TOY)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    tree = toy_tree()
    assert [*validator.iter_errors(tree)] == []
    del tree["figures"]["fees"]
    assert [*validator.iter_errors(tree | {"absent": ["fees"]})] == []
    wrongs: tuple[dict[str, object], ...] = (
        {"absent": ["branches"]},
        {"units": {"branches": []}},
        {"signature": {"name": "某", "date": "2025-01-01"}},
        {"preface": []},
    )
    for wrong in wrongs:
        assert [*validator.iter_errors(tree | wrong)]

    tree["figures"]["library"]["free"]["value"] = "有"
    tree["figures"]["branches"]["unit4"] = {"books": -1}
    paths = {".".join(map(str, e.absolute_path)) for e in validator.iter_errors(tree)}
    assert {"figures.library.free.value", "figures.branches.unit4.books"} <= paths


def test_new_writes_a_blank_of_the_form(docgen: Docgen) -> None:
    write_json(Path("2024.json"), toy_tree())
    assert docgen("new", 2025, "--from", "2024.json", "-o", "made").code == 0
    rows = sheets_of(Path("made/2025-toy-2024"))["表二 各分馆借阅"]
    assert [row[0] for row in rows[2:5]] == [*UNITS]
    assert not any(cell for row in rows[2:5] for cell in row[1:])
