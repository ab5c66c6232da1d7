"""The reference report comes out cell for cell and paragraph for paragraph."""

import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from door import INPUTS, Docgen, write_json

#: The notes on the reference's own text.
OF_ITS_TEXT = ["E801", "E803", "E822"]

TEXT = Path(__file__).parent / "data" / "ganhezi-2024.txt"


def squeezed(text: str) -> str:
    """White space inside a cell aside."""
    return "".join(text.split())


def exported() -> tuple[list[str], list[list[list[str]]]]:
    """Paragraphs and tables of the export: a tab begins a cell, a blank line ends a row."""
    lines = TEXT.read_text(encoding="utf-8").split("\n")
    paragraphs: list[str] = []
    tables: list[list[list[str]]] = []
    row: list[str] = []
    in_table = False
    for line in lines:
        if line.startswith("\t"):
            if not in_table:
                tables.append([])
                in_table = True
            row.append(line[1:])
        elif in_table and row and line.strip():
            row[-1] += line  # a cell that goes on in the next line
        elif in_table and row:
            tables[-1].append(row)
            row = []
        else:
            in_table = False
            if line.strip():
                paragraphs.append(line.strip())
    return paragraphs, tables


def rendered(path: Path) -> tuple[list[str], list[list[list[str]]]]:
    """The same from a DOCX, read with python-docx; a merged continuation is an empty cell."""
    document = Document(str(path))
    paragraphs = [p.text for p in document.paragraphs if p.text.strip()]
    tables = []
    for table in document.tables:
        rows = []
        for row in table._tbl.tr_lst:
            cells = []
            for cell in row.tc_lst:
                text = "".join(node.text or "" for node in cell.iter(qn("w:t")))
                cells.append(text)
            rows.append(cells)
        tables.append(rows)
    return paragraphs, tables


@pytest.fixture
def issued(docgen: Docgen, folder: Path) -> Path:
    assert docgen("render", INPUTS / "2024.json").code == 0
    return folder / "outputs" / "2024.docx"


def test_every_paragraph_and_cell(issued: Path) -> None:
    """19 paragraphs besides the split head, and tables of 14, 28 and 4 rows, as in the export."""
    paragraphs, tables = exported()
    printed, grids = rendered(issued)
    assert printed == paragraphs
    assert [len(table) for table in grids] == [14, 28, 4]
    for table, expected in zip(grids, tables, strict=True):
        for row, cells in zip(table, expected, strict=True):
            assert [squeezed(cell) for cell in row] == [squeezed(cell) for cell in cells]


def test_official_wording_unless_told_otherwise(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """Without `wording` the form's own labels are printed and no note is given."""
    del reference["wording"]
    run = docgen("render", write_json(folder / "plain.json", reference), "--json")
    assert (run.code, run.codes) == (0, OF_ITS_TEXT)
    _, tables = rendered(folder / "outputs" / "plain.docx")
    labels = {cell for table in tables for row in table for cell in row}
    assert {"行政规范性文件", "2.其他法律行政法规禁止公开"} <= labels
    assert not any("不再受理" in label for label in labels)


def test_departures_from_official_wording_are_notes(docgen: Docgen) -> None:
    """The reference words four labels its own way: four notes, and those of its text, no more."""
    run = docgen("check", INPUTS / "2024.json", "--json")
    assert (run.code, sorted(run.codes)) == (0, sorted(["E401"] * 4 + OF_ITS_TEXT))


def test_what_is_noted_of_the_text(docgen: Docgen) -> None:
    """Two of the five parts are not there, no appraisal is, and ＜＞ stands for 〈〉."""
    run = docgen("check", INPUTS / "2024.json", "--json")
    found = {f["code"]: f["message"] for f in run.lines[0]["findings"]}
    assert found["E801"].endswith("没有看到：主动公开、政府信息公开平台建设")
    assert "考核" in found["E803"]
    assert "“＜＞”应为“〈〉”" in found["E822"]


def test_page(issued: Path) -> None:
    """GB/T 9704: paper, margins and grid; figures of clause 5 and 7 in millimetres."""
    section = Document(str(issued)).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(margin.mm, 1) for margin in margins if margin] == [37.0, 28.0, 26.0, 35.0]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert grid.get(qn("w:linePitch")) == "579"


def test_run_in_heading_is_set_apart(issued: Path) -> None:
    """（一）…。 runs in 楷体, what follows in 仿宋; a heading alone is a heading."""
    paragraphs = Document(str(issued)).paragraphs
    run_in = next(p for p in paragraphs if p.text.startswith("（二）依申请公开情况。"))
    assert [run.text for run in run_in.runs] == [
        "（二）依申请公开情况。",
        "2024年甘河子镇未收到政府信息公开申请。",
    ]
    assert next(run.style.name for run in run_in.runs if run.style) == "Lead"
    alone = next(p for p in paragraphs if p.text == "（一）存在的主要问题")
    assert alone.style is not None
    assert alone.style.name == "Heading 2"


def test_quotes_are_set_in_the_chinese_font(issued: Path) -> None:
    """Every run with “” ‘’ — … carries the East Asian hint."""
    body = Document(str(issued)).element.body
    runs = [r for r in body.iter(qn("w:r")) if re.search("[“”‘’—…]", "".join(r.itertext()))]
    assert runs
    for run in runs:
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts is not None
        assert fonts.get(qn("w:hint")) == "eastAsia"


@pytest.mark.parametrize(("date", "left"), [("2025-01-05", 4364), ("2025-12-31", 4044)])
def test_name_and_date_share_an_axis(
    docgen: Docgen, folder: Path, reference: dict[str, Any], date: str, left: int
) -> None:
    """Both centred in a box that ends at the margin: the date lies four characters from it.

    156 mm are 8844 twips; 2025年1月5日 is 6 characters of 320 twips, so its left edge is at
    8844 − 4 × 320 − 6 × 320 and the box begins 4 × 320 before that.
    """
    reference["signature"]["date"] = date
    docgen("render", write_json(folder / "a.json", reference))
    for paragraph in Document(str(folder / "outputs" / "a.docx")).paragraphs[-2:]:
        layout = paragraph.paragraph_format
        assert layout.left_indent is not None
        assert (layout.left_indent.twips, layout.right_indent) == (left, 0)
        assert layout.alignment == WD_ALIGN_PARAGRAPH.CENTER
