"""`docgen check --report 结果.xlsx`: the office's own cells, the faulty ones marked."""

import csv
import io
import json
import re
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from door import INPUTS, Docgen, write_json
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet
from reviews import WAIVER, spoil

from docgen.messages.review import write_report
from docgen.pipeline import check

RED, YELLOW, BLUE, GREEN = "00FFC7CE", "00FFEB9C", "00DDEBF7", "00E2EFDA"
REQUESTS = "表二 申请办理"


def marked(sheet: Worksheet) -> dict[str, str]:
    """The colour of each cell of a sheet that has a comment."""
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.comment)
    return {cell.coordinate: cell.fill.fgColor.rgb for cell in cells}


def column(book: openpyxl.Workbook, number: int) -> list[Any]:
    """A column of the sheet of findings."""
    return [row[number].value for row in book["核对结果"].iter_rows(max_col=11)]


@pytest.fixture
def workbook(folder: Path) -> Path:
    """The reference workbook as an office has it: with a look, notes and a chart of its own."""
    path = folder / "2024.xlsx"
    book = openpyxl.load_workbook(INPUTS / "2024.xlsx", data_only=True)
    sheet = book[REQUESTS]
    sheet["E6"] = 7
    sheet["D7"].comment = Comment("王科员：待核", "王科员")
    sheet["E6"].comment = Comment("王科员：已核", "王科员")
    sheet["D8"].font = Font(name="楷体", size=15, color="FF112233")
    sheet["D9"].fill = PatternFill("solid", fgColor="FF445566")
    sheet.column_dimensions["E"].width = 33
    sheet.row_dimensions[9].hidden = True
    book["基本情况"]["C3"] = "=1+1"
    book.create_sheet("  ").sheet_state = "hidden"
    book.properties.creator = "王科员"
    book.save(path)
    return path


def test_own_workbook_is_kept_and_marked(docgen: Docgen, workbook: Path) -> None:
    before = workbook.read_bytes()
    run = docgen("check", workbook, "--report", "结果.xlsx")
    assert run.code == 1
    assert workbook.read_bytes() == before
    own, copy = openpyxl.load_workbook(workbook), openpyxl.load_workbook("结果.xlsx")
    assert copy.sheetnames == ["核对结果", *own.sheetnames]
    assert copy.active is copy["核对结果"]
    assert copy.properties.creator == "王科员"
    assert copy["  "].sheet_state == "hidden"
    marks = marked(copy[REQUESTS])
    hidden = {f"{column}9": YELLOW for column in "DEFGHIJ"}
    assert marks == {"E6": RED, "D7": "00000000", **hidden}
    for sheet in own:
        for row in sheet.iter_rows():
            for cell in row:
                twin = copy[sheet.title][cell.coordinate]
                assert (twin.value, twin.number_format) == (cell.value, cell.number_format)
                assert repr((twin.font, twin.border)) == repr((cell.font, cell.border))
                if not twin.comment:
                    assert repr(twin.fill) == repr(cell.fill)
        assert copy[sheet.title].merged_cells.ranges == sheet.merged_cells.ranges
        assert copy[sheet.title].protection.sheet == sheet.protection.sheet
        rules = sheet.data_validations.dataValidation
        assert len(copy[sheet.title].data_validations.dataValidation) == len(rules)
    sheet = copy[REQUESTS]
    assert sheet.column_dimensions["E"].width == 33
    assert sheet.row_dimensions[9].hidden
    assert sheet["D7"].comment.text == "王科员：待核"
    comment = sheet["E6"].comment.text
    assert comment.startswith("王科员：已核\n\n错误 E302：表二“商业企业”列不平")
    assert "怀疑：E6（（一）予以公开·商业企业）应为 0，现为 7" in comment
    assert "多半应把 2024.xlsx 表二 申请办理 E6 由 7 改为 0" in comment
    assert "公式的结果要用 Excel 或 WPS 打开后才显示。" in column(copy, 0)


def test_every_finding_is_listed_with_a_link(docgen: Docgen, workbook: Path) -> None:
    run = docgen("check", workbook, "--report", "a.xlsx", "--json")
    sheet = openpyxl.load_workbook("a.xlsx")["核对结果"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(rows) if row[0] == "级别")
    findings = run.lines[0]["findings"]
    listed = rows[head + 1 : head + 1 + len(findings)]
    for row, finding in zip(listed, findings, strict=True):
        assert (row[1], row[4], row[8]) == (finding["code"], finding["message"], finding["cure"])
        assert row[0] == {"error": "错误", "warning": "警告", "note": "提示"}[finding["severity"]]
    wrong = next(number for number, row in enumerate(rows, start=1) if row[1] == "E302")
    link = sheet.cell(wrong, 4).hyperlink
    assert link is not None
    assert link.location == f"'{REQUESTS}'!E6"
    why = {row[1]: row[3] for row in rows[head + 1 + len(findings) :] if row[1]}
    assert set(why) >= {*run.lines[0]["rules_ran"]} - {finding["code"] for finding in findings}
    assert why["E711"] == "没有与上年的报告核对"
    assert why["E301"] is None


def test_what_the_copy_may_lose_is_said(docgen: Docgen, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    chart = BarChart()
    chart.add_data(Reference(book[REQUESTS], min_col=4, min_row=4, max_row=8))
    chart.anchor = "L2"
    book[REQUESTS].add_chart(chart)
    book.save(workbook)
    with zipfile.ZipFile(workbook) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["customXml/item1.xml"] = b"<own/>"
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</worksheet>", b"<extLst/></worksheet>")
    with zipfile.ZipFile(workbook, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    assert docgen("check", workbook, "--report", "a.xlsx").code == 1
    said = next(text for text in column(openpyxl.load_workbook("a.xlsx"), 0) if "副本里" in text)
    for lost in ("图表", "图形", "customXml/item1.xml", "数据条、迷你图等扩展的设置"):
        assert lost in said


@pytest.mark.parametrize("bomb", ['ref="A1:XFD1048576"', 'ref="A:XFD"'])
def test_a_workbook_that_cannot_be_copied_has_its_findings(
    docgen: Docgen, workbook: Path, bomb: str
) -> None:
    with zipfile.ZipFile(workbook) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = next(name for name in parts if name.endswith("sheet5.xml"))
    text = parts[name].decode()
    merged = f'</sheetData><mergeCells count="1"><mergeCell {bomb}/></mergeCells>'
    parts[name] = text.replace("</sheetData>", merged, 1).encode()
    with zipfile.ZipFile(workbook, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    assert docgen("check", workbook, "--report", "a.xlsx").code == 1
    book = openpyxl.load_workbook("a.xlsx")
    assert book.sheetnames == ["核对结果"]
    assert "这个工作簿写法特别，不能照抄一份，这里只列结果。" in column(book, 0)
    assert "E302" in column(book, 1)


def test_csv_cells_stand_as_they_are(docgen: Docgen, csv_folder: Path) -> None:
    spoil(
        csv_folder, f"{REQUESTS}.csv", "（一）予以公开,,0,0,0,0", "（一）予以公开,,007,=1+1,１２,7"
    )
    spoil(csv_folder, "正文.csv", "2024年，我镇", "=HYPERLINK(1)_x0041_\x02")
    assert docgen("check", csv_folder, "--report", "a.xlsx").code == 1
    book = openpyxl.load_workbook("a.xlsx")
    assert sorted(book.sheetnames[1:]) == sorted(path.stem for path in csv_folder.iterdir())
    row = [(cell.value, cell.data_type) for cell in book[REQUESTS][6][3:8]]
    assert row == [("007", "s"), ("=1+1", "s"), ("１２", "s"), (7, "n"), (0, "n")]
    assert book[REQUESTS]["E6"].quotePrefix
    text = book["正文"]["B3"]
    assert text.data_type == "s"
    assert text.value.startswith("=HYPERLINK(1)_x005F_x0041_␂")
    assert marked(book[REQUESTS])["E6"] == RED
    assert marked(book[REQUESTS])["D6"] == RED  # 007 is repaired (a note) and in a wrong sum
    with zipfile.ZipFile("a.xlsx") as package:
        sheets = [n for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not [name for name in sheets if re.search(rb"<f[ >/]", package.read(name))]


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_any_csv_text_is_copied(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        own = Path(shutil.copytree(INPUTS / "2024", Path(folder, "2024")))
        stream = io.StringIO(newline="")
        csv.writer(stream).writerow(["备注", *(text.replace("\0", "") for text in texts), "完"])
        with (own / "正文.csv").open("ab") as file:
            file.write(("\n" + stream.getvalue()).encode("utf-8", "replace"))
        outcome = check(own)
        assert outcome.reading
        book = openpyxl.load_workbook(io.BytesIO(write_report(".xlsx", [outcome])))
        rows = list(csv.reader(io.StringIO((own / "正文.csv").read_text("utf-8-sig"), newline="")))
    copied = [[cell.value for cell in row] for row in book["正文"].iter_rows()]
    for row, twin in zip(rows, copied, strict=True):
        shown = ["" if value is None else str(value) for value in twin]
        for text, value in zip(row, shown, strict=False):
            assert unescaped(value) == re.sub("[\x00-\x1f]", picture, plain(text))


def plain(text: str) -> str:
    """The line breaks a cell has."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def picture(match: re.Match[str]) -> str:
    return match[0] if match[0] in "\t\n" else chr(0x2400 + ord(match[0]))


def unescaped(text: str) -> str:
    """As a spreadsheet reads it, which openpyxl does not."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def test_colours_follow_the_gravest(docgen: Docgen, csv_folder: Path) -> None:
    spoil(csv_folder, "正文.csv", "2024年，我镇", "2023年，我镇")
    docgen("check", csv_folder, "--report", "a.xlsx")
    book = openpyxl.load_workbook("a.xlsx")
    assert marked(book["正文"]) == {"B3": YELLOW, "B11": BLUE}
    assert "警告 E604" in book["正文"]["B3"].comment.text
    assert "提示 E801" in book["正文"]["B3"].comment.text


def test_waived_is_green(docgen: Docgen, csv_folder: Path) -> None:
    first = "一是政府信息公开工作开展不平衡。"
    spoil(csv_folder, "正文.csv", first, first + WAIVER["value"])
    row = [WAIVER[key] for key in ("code", "value", "reason", "by", "date")]
    head = "编号,位置,原值或原句,理由,批准人,日期"
    (csv_folder / "豁免.csv").write_text(
        f"{head}\n{row[0]},,{','.join(row[1:])}\n", encoding="utf-8"
    )
    docgen("check", csv_folder, "--report", "a.xlsx")
    book = openpyxl.load_workbook("a.xlsx")
    comments = {
        c.coordinate: c.comment.text for r in book["正文"].iter_rows() for c in r if c.comment
    }
    here = next(cell for cell, text in comments.items() if "E604" in text)
    assert "警告（已豁免） E604" in comments[here]
    assert "豁免：旧账本年才核对完（李主任，2025年1月10日）" in comments[here]
    assert marked(book["正文"])[here] == GREEN


def test_json_and_the_unreadable_have_a_sheet_of_findings(
    docgen: Docgen, reference: dict[str, Any]
) -> None:
    reference["figures"]["requests"]["granted"]["natural"] = 9
    docgen("check", write_json(Path("a.json"), reference), "--report", "a.xlsx")
    book = openpyxl.load_workbook("a.xlsx")
    assert book.sheetnames == ["核对结果"]
    assert "JSON 里没有表格，不能在上面标出，这里只列结果。" in column(book, 0)
    assert "E302" in column(book, 1)
    assert docgen("check", "没有", "--report", "b.xlsx").code == 3
    book = openpyxl.load_workbook("b.xlsx")
    assert "输入读不了，这里只列结果。" in column(book, 0)
    assert "X301" in column(book, 1)


def test_last_years_cells_are_not_marked(docgen: Docgen, folder: Path) -> None:
    """Last year's workbook may have the same name, and the same sheets and cells."""
    (folder / "旧").mkdir()
    book = openpyxl.load_workbook(INPUTS / "2024.xlsx", data_only=True)
    book["基本情况"]["B3"] = "2023"
    book[REQUESTS]["E7"] = 5
    book.save(folder / "旧" / "年报.xlsx")
    shutil.copy(INPUTS / "2024.xlsx", folder / "年报.xlsx")
    run = docgen("check", "年报.xlsx", "--previous", "旧/年报.xlsx", "--report", "a.xlsx", "--json")
    assert "E703" in run.codes
    assert marked(openpyxl.load_workbook("a.xlsx")[REQUESTS]) == {}


def test_hostile_names_of_sheets(docgen: Docgen, csv_folder: Path) -> None:
    (csv_folder / ("坏[名]" + "长" * 60 + ".csv")).write_text("=1,'x\n", encoding="utf-8")
    (csv_folder / "'引号'.csv").write_text("a,b\n", encoding="utf-8")
    assert docgen("check", csv_folder, "--report", "a.xlsx").code == 1
    book = openpyxl.load_workbook("a.xlsx")
    assert len(book.sheetnames) == 8
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert json.dumps(book.sheetnames, ensure_ascii=False).count("坏_名_") == 1


def test_marks_are_seen_whatever_the_sheet_colours_by_a_condition(
    docgen: Docgen, workbook: Path
) -> None:
    """Such a colour would lie over the mark; Excel goes by the priority, Calc by the order."""
    book = openpyxl.load_workbook(workbook)
    for cells in ("A1:J30", "E6"):
        look = DifferentialStyle(fill=PatternFill("solid", bgColor="FFFFF8DC"))
        rule = Rule("expression", dxf=look, formula=["LEN(A1)=0"])
        book[REQUESTS].conditional_formatting.add(cells, rule)
    book.save(workbook)
    assert docgen("check", workbook, "--report", "a.xlsx").code == 1
    found = [
        (str(ranges.sqref), [(rule.priority, rule.dxf.fill.bgColor.rgb) for rule in ranges.rules])
        for ranges in openpyxl.load_workbook("a.xlsx")[REQUESTS].conditional_formatting
    ]
    assert found == [
        ("D9 E9 F9 G9 H9 I9 J9", [(1, YELLOW)]),
        ("E6", [(2, RED), (4, "FFFFF8DC")]),
        ("A1:J30", [(3, "FFFFF8DC")]),
    ]


def test_a_blank_table_has_a_mark(docgen: Docgen, folder: Path) -> None:
    """Its first cell has the comment: no single cell of it is at fault."""
    assert docgen("new", 2025, "--xlsx", "--body", "乌苏市甘河子镇人民政府", "-o", ".").code == 0
    assert "R377" in docgen("check", "2025.xlsx", "--report", "核对.xlsx").err
    book = openpyxl.load_workbook(folder / "核对.xlsx")
    for sheet in book.worksheets[3:6]:
        assert "R377" in str(sheet["A1"].comment and sheet["A1"].comment.text)


def test_the_findings_are_read_on_paper(docgen: Docgen, workbook: Path, folder: Path) -> None:
    """Landscape, as wide as a page; what no finding says takes no room."""
    docgen("check", workbook, "--report", "核对.xlsx")
    sheet = openpyxl.load_workbook(folder / "核对.xlsx")["核对结果"]
    shown = [one for one in sheet.column_dimensions.values() if not one.hidden]
    assert sum(one.width for one in shown) < 180
    assert sheet.column_dimensions["K"].hidden  # nothing is waived
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows
