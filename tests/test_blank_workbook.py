"""The blank workbook looks like the form: printed, counted, prompted, and read back as it was."""

import json
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from door import PROJECT, Docgen
from forms import FORM, FORMS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from proofs import needs_office
from random_forms import form_texts
from toy import TOY
from toy_reports import reports
from validator import VALIDATOR, assert_valid, needs_validator

from docgen.blank import blank_report
from docgen.blank.to_xlsx import write_workbook
from docgen.finding import has_errors
from docgen.forms import loader
from docgen.forms.form import Form
from docgen.model import Reading, Report
from docgen.read import read_report

BODY = "石河乡人民政府"
#: What is said of a blank that nobody has touched: that it is empty.
EMPTY = {"R103", "R345", "R377", "E101", "E505"}
CHINESE = 0x2E80  # where its characters begin
KEYS = sorted(FORMS)


def year_of(form: Form) -> int:
    """A year that the form is for."""
    return form.last_year or 2025


def make_blank(docgen: Docgen, key: str, *more: str) -> Path:
    """Make the blank of a form; return the workbook, or the folder of CSV files."""
    run = docgen("new", year_of(FORMS[key]), "--form", key, "--body", BODY, "-o", "made", *more)
    assert run.code == 0
    path = Path(run.out.splitlines()[0])
    return path if path.suffix == ".xlsx" else path.parent


def convert(path: Path, kind: str, folder: Path) -> Path:
    """Have LibreOffice open a workbook and save it as another kind."""
    command = ["soffice", "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    profile = f"-env:UserInstallation={(folder / 'profile').absolute().as_uri()}"
    subprocess.run(
        [*command, profile], check=True, timeout=180, capture_output=True, stdin=subprocess.DEVNULL
    )
    return folder / f"{path.stem}.{kind.partition(':')[0]}"


def counts_of(book: Workbook) -> dict[str, int]:
    """What the first sheet says is still empty, by sheet."""
    rows = book["填表说明"].iter_rows(max_col=2, values_only=True)
    return {str(name): count for name, count in rows if isinstance(count, int)}


# ── as a clerk gets it ──


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("kind", ["--xlsx", ""])
def test_an_untouched_blank_is_only_empty(docgen: Docgen, key: str, kind: str) -> None:
    form = FORMS[key]
    blank = make_blank(docgen, key, *filter(None, [kind]))
    run = docgen("check", blank, "--json")
    assert set(run.codes) <= EMPTY
    tables, facts = len(form.tables), 2
    assert len(run.codes) <= tables + facts + len(form.text_sections)


def next_year(key: str) -> int:
    """Return the year after that of a form's example."""
    year: int = json.loads(example_of(key).read_text(encoding="utf-8"))["year"] + 1
    return year


def example_of(key: str) -> Path:
    return PROJECT / "docgen" / "forms" / key / "example.json"


@pytest.mark.parametrize("key", [key for key in KEYS if FORMS[key].is_for(next_year(key))])
def test_so_is_one_with_last_years_figures_beside(docgen: Docgen, key: str) -> None:
    """Also where the units of last year are carried over: a table is told of once."""
    form, year, example = FORMS[key], next_year(key), example_of(key)
    run = docgen("new", year, "--form", key, "--from", example, "--xlsx", "-o", "made")
    assert run.code == 0
    path = Path(run.out.splitlines()[0])
    marked = [
        sheet.title
        for sheet in openpyxl.load_workbook(path)
        if any(str(cell.value).startswith("上年（") for cell in sheet[1])
    ]
    assert marked == [table.name for table in form.tables]
    run = docgen("check", path, "--json")
    assert set(run.codes) <= EMPTY
    assert len(run.codes) <= len(form.tables) + 2 + len(form.text_sections)


@pytest.mark.parametrize("key", KEYS)
def test_no_line_of_program_is_in_a_blank(docgen: Docgen, key: str) -> None:
    book = openpyxl.load_workbook(make_blank(docgen, key, "--xlsx"))
    texts = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "s" and cell.value != key
    ]
    assert not [text for text in texts if re.search("[{}|]|[A-Za-z_]{4,}\\.", text)]


@pytest.mark.parametrize("key", KEYS)
def test_a_blank_is_set_up_for_paper_and_screen(docgen: Docgen, key: str) -> None:
    form = FORMS[key]
    book = openpyxl.load_workbook(make_blank(docgen, key, "--xlsx"))
    wide = {t.name for t in form.tables if t.landscape or form.page.landscape}
    for sheet in book:
        assert int(sheet.page_setup.paperSize or 0) == 9  # A4
        assert (sheet.page_setup.orientation == "landscape") == (sheet.title in wide)
        assert sheet.page_setup.fitToWidth == 1
        properties = sheet.sheet_properties.pageSetUpPr
        assert properties is not None
        assert properties.fitToPage
        fonts = {c.font.name for row in sheet.iter_rows() for c in row if c.value is not None}
        assert fonts <= {"宋体", "黑体"}

    for table in form.tables:
        sheet = book[table.name]
        assert sheet.freeze_panes or not any(band.label_columns for band in table.bands)
        assert all(sheet.row_dimensions[n].height for n in range(1, sheet.max_row + 1))


def test_the_text_says_what_to_write(docgen: Docgen) -> None:
    """A row for each of the five sides, the ready sentence in its own; how long it is to be."""
    sheet = openpyxl.load_workbook(make_blank(docgen, FORM.key, "--xlsx"))["正文"]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["部分", "正文", "说明"]
    spans = [str(one.sqref) for one in sheet.conditional_formatting]
    assert spans == ["B4:B8", "B9:B11", "B12:B14"]  # B3 heads the five rows below it
    start = next(n for n, row in enumerate(rows) if row[0] == "一、总体情况")
    hints = [row[2] for row in rows[start : start + 6]]
    assert "1000 字左右" in hints[0]
    sides = ["主动公开", "政府信息管理", "政府信息公开平台建设", "监督保障"]
    assert [s for s in sides if f"填法：写“{s}”的情况" in hints] == sides
    assert rows[start + 2][1].startswith("（二）依申请公开情况。【年度】年新收")
    fees = next(row for row in rows if row[0] == "六、其他需要报告的事项")
    assert "信息处理费" in fees[2]


def test_the_guide_tells_until_when(docgen: Docgen) -> None:
    sheet = openpyxl.load_workbook(make_blank(docgen, FORM.key, "--xlsx"))["填表说明"]
    told = "\n".join(str(row[0]) for row in sheet.iter_rows(max_col=1, values_only=True))
    assert "部门 2026年1月31日前；省级、市级、县级 2026年3月31日前" in told
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'基本情况'!A1", *(f"'{t.name}'!A1" for t in FORM.tables), "'正文'!A1"]


@needs_validator
@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_a_blank_is_a_valid_workbook(docgen: Docgen, key: str) -> None:
    assert_valid(make_blank(docgen, key, "--xlsx"))


# ── counted ──


def fill(sheet: Worksheet, every: int) -> None:
    """Type a 0 into every so many of the open cells for figures."""
    validated = [r for r in sheet.data_validations.dataValidation if r.type in ("whole", "decimal")]
    open_cells = [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if any(cell.coordinate in rule.sqref for rule in validated)
    ]
    for number, cell in enumerate(open_cells):
        if number % every == 0:
            cell.value = 0


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("key", [FORM.key, "enforcement-hubei", "enforcement-shandong"])
def test_what_the_guide_counts_is_what_check_tells(docgen: Docgen, key: str) -> None:
    """The formulas, worked out by LibreOffice, say of every sheet how many cells are told of."""
    path = make_blank(docgen, key, "--xlsx")
    stored = openpyxl.load_workbook(path, data_only=True)
    assert counts_of(stored)["基本情况"] == (2 if FORMS[key].signed else 1)

    book = openpyxl.load_workbook(path)  # saved again without any results of formulas
    for table in FORMS[key].tables:
        sheet = book[table.name]
        if table.each:
            first = next(c.row for c in sheet["A"] if c.value is None and not c.protection.locked)
            sheet.cell(first, 1).value = "本级"
            fill_row = [c for c in sheet[first] if c.value is None and not c.protection.locked]
            fill_row[0].value = 0
        else:
            fill(sheet, 3)

    book.save(path)
    again = openpyxl.load_workbook(convert(path, "xlsx", Path("saved")), data_only=True)
    counts = counts_of(again)

    findings = docgen("check", path, "--json").lines[0]["findings"]
    for table in FORMS[key].tables:
        places = [
            (f["code"], p["cell"])
            for f in findings
            if f["code"] in ("R301", "R330", "R377")
            for p in f["places"]
            if p["sheet"] == table.name
        ]
        untouched = places == [("R377", "")]
        told = counts_of(stored)[table.name] if untouched else len(set(places))
        assert counts[table.name] == told, table.name

    assert counts["全部"] == sum(n for name, n in counts.items() if name != "全部")


@needs_office
@pytest.mark.slow
def test_an_untouched_blank_is_counted_alike_by_both(docgen: Docgen) -> None:
    """What is stored for those who only look is what a spreadsheet works out."""
    for key in KEYS:
        path = make_blank(docgen, key, "--xlsx")
        stored = counts_of(openpyxl.load_workbook(path, data_only=True))
        openpyxl.load_workbook(path).save(path)
        saved = convert(path, "xlsx", Path("saved"))
        assert counts_of(openpyxl.load_workbook(saved, data_only=True)) == stored
        assert stored["全部"] > 0
        shutil.rmtree("made")


# ── printed ──


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_a_blank_prints_a_page_a_sheet_with_every_label(docgen: Docgen, key: str) -> None:
    """As many pages as sheets; all that is written in the cells is on them, none cut short."""
    path = make_blank(docgen, key, "--xlsx")
    book = openpyxl.load_workbook(path)
    pdf = pypdfium2.PdfDocument(convert(path, "pdf", Path()))
    assert len(pdf) == len(book.sheetnames)

    for page, sheet in zip(pdf, book, strict=True):
        shown = page.get_textpage()
        written = Counter(character for _, value in labels_of(sheet) for character in value)
        missing = written - Counter(shown.get_text_range())
        assert not {character for character in missing if character.strip()}
        assert not list(cut_short(shown, sheet))


def labels_of(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Every text of a sheet, with its cell."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "s" and cell.value:
                yield cell.coordinate, str(cell.value)


def cut_short(shown: pypdfium2.PdfTextPage, sheet: Worksheet) -> Iterator[str]:
    """Texts that are higher in print than the rows they stand in."""
    boxes = [
        (shown.get_text_range(i, 1), shown.get_charbox(i), shown.get_charbox(i, loose=True))
        for i in range(shown.count_chars())
    ]
    boxes = [(c, tight, loose) for c, tight, loose in boxes if c.strip()]
    line = "".join(c for c, _, _ in boxes)
    spans = {str(merge).partition(":")[0]: merge for merge in sheet.merged_cells.ranges}
    for cell, value in labels_of(sheet):
        wanted = "".join(value.split())
        at = line.find(wanted)
        if not any(ord(c) > CHINESE for c in wanted) or line.count(wanted) != 1:
            continue
        found = boxes[at : at + len(wanted)]
        size = sheet[cell].font.size
        em = max(loose[2] - loose[0] for c, _, loose in found if ord(c) > CHINESE)
        high = (max(t[3] for _, t, _ in found) - min(t[1] for _, t, _ in found)) * size / em
        rows = range(
            sheet[cell].row, (spans[cell].max_row if cell in spans else sheet[cell].row) + 1
        )
        room = sum(sheet.row_dimensions[n].height or 15 for n in rows)
        if high > room + 1:
            yield f"{cell} {value[:20]}: {high:.0f} in {room:.0f}"


# ── the sentence that is ready ──


def filled_example(docgen: Docgen, **changed: int) -> Path:
    """The first form's blank with a 0 in every cell, but for what is changed by its label."""
    path = make_blank(docgen, FORM.key, "--xlsx")
    book = openpyxl.load_workbook(path)
    for table in FORM.tables:
        fill(book[table.name], 1)
    sheet = book["表二 申请办理"]
    for cell, value in changed.items():
        sheet[cell].value = value
    facts = {"机关层级": "乡镇级", "成文日期": "2026年1月20日"}
    for row in book["基本情况"].iter_rows():
        if row[0].value in facts:
            row[1].value = facts[str(row[0].value)]
    texts = book["正文"]
    for row in texts.iter_rows(min_row=2):
        if row[0].value and row[0].value != "引言":
            row[1].value = f"我乡{str(row[0].value)[2:]}如下。"
    book.save(path)
    return path


def ready_printed(path: Path) -> str:
    texts = read_report(path).report.sections["overview"]
    return next(text for text in texts if text.startswith("（二）"))


def test_the_ready_sentence_is_bound(docgen: Docgen) -> None:
    path = filled_example(docgen, D4=2, D7=2)
    assert ready_printed(path) == (
        "（二）依申请公开情况。2025年新收政府信息公开申请2件，办结2件。"
        "未发生政府信息公开行政复议，未发生政府信息公开行政诉讼。"
    )
    assert not {"E501", "E502", "E503", "E505"} & {*docgen("check", path, "--json").codes}
    path = filled_example_again(path, D4=0, D7=0)
    assert "2025年未收到政府信息公开申请。未发生" in ready_printed(path)


def filled_example_again(path: Path, **changed: int) -> Path:
    book = openpyxl.load_workbook(path)
    for cell, value in changed.items():
        book["表二 申请办理"][cell].value = value
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("written", "printed", "code"),
    [
        ("（二）我乡收到申请【本年新收】件。", "（二）我乡收到申请2件。", ""),
        ("（二）收到 3 件，办结【办理总计】件。", "（二）收到 3 件，办结2件。", ""),
        ("（二）收到【本年新受】件。", None, "E501"),
        ("（二）收到【本年新收】，都已办结。", None, "E831"),
        ("（二）【行政处罚】全年未作决定。", "（二）【行政处罚】全年未作决定。", "E831"),
        ("（二）宣传品【政策问答】印发。", "（二）宣传品【政策问答】印发。", ""),
        ("（二）见【附件】条例。", "（二）见【附件】条例。", ""),
    ],
)
def test_names_in_brackets(docgen: Docgen, written: str, printed: str | None, code: str) -> None:
    """Brackets before a unit are a reference; others are words."""
    path = filled_example(docgen, D4=2, D7=2)
    book = openpyxl.load_workbook(path)
    cell = next(c for c in book["正文"]["B"] if str(c.value).startswith("（二）"))
    cell.value = written
    book.save(path)
    found = set(docgen("check", path, "--json").codes) & {"E501", "E502", "E503", "E831"}
    assert found == ({code} if code else set())
    if printed:
        assert ready_printed(path) == printed


# ── last year's ──


def reading_of(form: Form, report: Report, year: int) -> Reading:
    reported = form.as_reported(report.units, report.absent)
    report = report.model_copy(update={"year": year})
    return Reading(f"{year}.json", reported, report, {}, frozenset(), (), {})


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reports(plain=True), reports(plain=True))
@pytest.mark.usefixtures("toy")
def test_last_years_figures_are_not_read(report: Report, before: Report) -> None:
    """What stands beside the cells changes nothing of what is read, and nothing is said of it."""
    form = TOY.as_reported(report.units, report.absent)
    with tempfile.TemporaryDirectory() as name:
        plain, beside = Path(name) / "plain.xlsx", Path(name) / "beside.xlsx"
        plain.write_bytes(write_workbook(form, report))
        beside.write_bytes(write_workbook(form, report, reading_of(TOY, before, 2023)))
        one, other = read_report(plain), read_report(beside)
        assert other.report == one.report == report
        assert [f.code for f in other.findings] == [f.code for f in one.findings]
        assert not has_errors(other.findings)


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(form_texts(), st.data())
def test_nor_are_they_in_any_form(text: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "forms" / "any"
        folder.mkdir(parents=True)
        (folder / "form.toml").write_text(text, encoding="utf-8")
        before = loader.folders_used()
        loader.use_folders([folder.parent])
        try:
            form = loader.find_form("any")
            assert form is not None
            report = data.draw(reports(form, plain=True, whole=True))
            reported = form.as_reported(report.units, report.absent)
            path = Path(name) / "2024.xlsx"
            path.write_bytes(write_workbook(reported, report, reading_of(form, report, 2023)))
            again = read_report(path)
            assert not has_errors(again.findings)
            assert again.report == report
        finally:
            loader.use_folders(before)


def test_last_years_figures_stand_beside_this_years(docgen: Docgen, tmp_path: Path) -> None:
    last = read_report(filled_example(docgen, D4=7, D7=7))
    report = blank_report(FORM, 2026, BODY, last)
    path = tmp_path / "2026.xlsx"
    path.write_bytes(write_workbook(FORM, report, last))
    if VALIDATOR:
        assert_valid(path)
    sheet = openpyxl.load_workbook(path)["表二 申请办理"]
    assert sheet["L1"].value == "上年（2025年）供对照"
    assert [sheet[cell].value for cell in ("M2", "M4", "N4", "S4")] == ["自然人", 7, 0, 7]
    assert sheet.print_area == "'表二 申请办理'!$A$1:$J$28"
    codes = docgen("check", path, "--json").codes
    assert set(codes) <= EMPTY

    # of another year, or another kind of report, there is nothing to hold against
    for year, form in ((2027, FORM), (2026, FORMS["enforcement-hubei"])):
        report = blank_report(form, year, BODY)
        reported = form.as_reported(report.units, ())
        data = write_workbook(reported, report, last)
        assert data == write_workbook(reported, report)


def test_what_stands_right_of_last_years_is_told(docgen: Docgen, tmp_path: Path) -> None:
    last = read_report(filled_example(docgen, D4=7, D7=7))
    path = tmp_path / "2026.xlsx"
    path.write_bytes(write_workbook(FORM, blank_report(FORM, 2026, BODY, last), last))
    book = openpyxl.load_workbook(path)
    fill(book["表二 申请办理"], 1)
    book["表二 申请办理"]["T5"].value = 12
    book.save(path)
    findings = docgen("check", path, "--json").lines[0]["findings"]
    (stray,) = [f for f in findings if f["code"] == "R210"]
    assert json.dumps(stray["places"], ensure_ascii=False).count("T5") == 1
