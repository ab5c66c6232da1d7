"""What looks like another figure than it is, and what would be lost, in published reports."""

import copy
import json
import re
import time
from pathlib import Path

import pages
import pytest
from door import Docgen
from lxml import etree

from docgen.files import ooxml
from docgen.merge import load_template, merge_report
from docgen.read import read_report

BODY, STYLES = ooxml.DOCUMENT, "word/styles.xml"
#: The text of a cell that holds a figure: `<w:t>12</w:t></w:r>`, not `<w:t>12件</w:t></w:r>`.
_FIGURE = re.compile(rb"<w:t(?: [^>]*)?>[0-9.]+</w:t></w:r>(?=</w:p></w:tc>)")
_STYLE = (
    '<w:style w:type="character" w:styleId="Apart"><w:name w:val="Apart"/><w:rPr>{}</w:rPr>'
    "</w:style></w:styles>"
)


@pytest.mark.parametrize("styled", [False, True])
@pytest.mark.parametrize(
    "look",
    [
        '<w:vertAlign w:val="superscript"/>',
        '<w:vertAlign w:val="subscript"/>',
        "<w:strike/>",
        "<w:dstrike/>",
        '<w:color w:val="FFFFFF"/>',
        "<w:vanish/>",
    ],
)
def test_a_mark_beside_a_figure_is_none_of_its_digits(
    tmp_path: Path, look: str, *, styled: bool
) -> None:
    before = pages.input_of("enforcement-hubei")
    template = load_template(before.form, None)
    parts = ooxml.read_parts(merge_report(template, before.form, before.report))
    own = '<w:rStyle w:val="Apart"/>' if styled else look
    mark = f"<w:r><w:rPr>{own}</w:rPr><w:t>7</w:t></w:r>".encode()

    parts[STYLES] = parts[STYLES].replace(b"</w:styles>", _STYLE.format(look).encode())
    parts[BODY], count = _FIGURE.subn(lambda found: found[0] + mark, parts[BODY], 1)
    assert count
    path = tmp_path / "marked.docx"
    path.write_bytes(ooxml.write_package(parts))

    after = read_report(path)
    told = [finding for finding in after.findings if "7" in finding.message]
    assert after.report.figures == before.report.figures
    assert bool(told) is ("vanish" not in look)


def test_the_rest_of_a_table_is_never_dropped(tmp_path: Path) -> None:
    """Its last column may be blank: it is as wide all the same."""
    before = pages.input_of("enforcement-guangdong")
    page = pages.page_of(before)
    table = list(page.iter("table"))[2]
    rest = copy.deepcopy(table)
    for row in [*list(table.iter("tr"))[3:], *list(rest.iter("tr"))[:3]]:
        above = row.getparent()
        assert above is not None
        above.remove(row)
    for row in rest.iter("tr"):
        for inside in row[-1].iter():
            inside.text = None
    table.addnext(rest)
    path = tmp_path / "cut.html"
    path.write_bytes(pages.as_bytes(page, "utf-8"))

    after = read_report(path)
    assert after.report.figures.items() <= before.report.figures.items()
    assert len(after.report.figures) > len(before.report.figures) - 4
    assert any(finding.severity == "error" for finding in after.findings)


@pytest.mark.parametrize(
    "style",
    [
        "vertical-align:super",
        "vertical-align: sub; font-size:6pt",
        "text-decoration: line-through",
        "text-decoration-line:line-through",
        "color:#FFFFFF",
        "mso-hide:all",
        "font-size:0px",
    ],
)
@pytest.mark.parametrize("in_sheet", [False, True])
def test_a_style_beside_a_figure_marks_none_of_its_digits(
    tmp_path: Path, style: str, *, in_sheet: bool
) -> None:
    """Word writes the marks of notes so: span.MsoFootnoteReference {vertical-align:super}."""
    before = pages.input_of("enforcement-hubei")
    page = pages.page_of(before)
    cell = pages.figure_cells(page)[5]
    mark = etree.SubElement(cell, "span")
    mark.text = "7"
    if in_sheet:
        mark.set("class", "note")
        sheet = next(page.iter("style"))
        sheet.text = f"{sheet.text or ''}\nspan.note {{{style}}}"
    else:
        mark.set("style", style)
    path = tmp_path / "marked.html"
    path.write_bytes(pages.as_bytes(page, "utf-8"))

    after = read_report(path)
    assert after.report.figures == before.report.figures
    hidden = style == "mso-hide:all"
    assert any("7" in finding.message for finding in after.findings) is not hidden


def test_a_page_that_says_one_style_very_often_is_read_in_time(tmp_path: Path) -> None:
    page = pages.as_bytes(pages.page_of(pages.input_of("enforcement-hubei")), "utf-8")
    sheet = b"<style>" + b".a{display:none}" * 300_000 + b"</style>"
    path = tmp_path / "often.html"
    path.write_bytes(page.replace(b"</head>", sheet + b"</head>"))

    begun = time.monotonic()
    read_report(path)
    assert time.monotonic() - begun < 10


GRID = '''
[[part]]
grid = "{key}"
heading = "{number}、{name}"
name = "{name}"
corner = "类别"
columns = """
件数 count count:件
金额 money count:元
"""
rows = """
城东 east
城西 west
"""
'''


def test_tables_with_the_same_labels_are_told_apart_by_their_headings(
    docgen: Docgen, folder: Path
) -> None:
    head = (
        'name = "试验报表"\ncalled = "报表"\nbasis = "《某规定》"\nyears = [2024]\n'
        'title = "{name}\\n{year}年试验报表"\nsigned = false\n[page]\nstandard = ""\n'
    )
    form = folder / "forms" / "alike"
    form.mkdir(parents=True)
    tables = (("first", "一", "表一 甲"), ("second", "二", "表二 乙"))
    text = "".join(GRID.format(key=key, number=number, name=name) for key, number, name in tables)
    (form / "form.toml").write_text(head + text, encoding="utf-8")
    cells = ("east", "west")
    figures = {
        key: {row: {"count": 3 * n + at, "money": 5 * n + at} for at, row in enumerate(cells)}
        for n, (key, *_) in enumerate(tables)
    }
    report = {
        "form": "alike",
        "year": 2024,
        "body": {"name": "青山县档案馆", "level": "department"},
        "figures": figures,
    }
    (folder / "alike.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")

    assert docgen("render", "alike.json", "--html").code == 0
    for kind in ("docx", "html"):
        docgen("import", f"outputs/alike.{kind}", "--form", "alike", "-o", f"{kind}.json")
        after = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
        assert after["figures"] == figures


@pytest.mark.parametrize("labels", [("1", "2", "3"), ("2022", "2023", "2024")])
def test_rows_named_by_numbers_are_no_figures(
    docgen: Docgen, folder: Path, labels: tuple[str, ...]
) -> None:
    """Their figures may be the names of other rows."""
    rows = "\n".join(f"{label} {key}" for label, key in zip(labels, "xyz", strict=True))
    grid = GRID.format(key="first", number="一", name="表一 甲")
    grid = grid.replace("城东 east\n城西 west", rows)
    head = (
        'name = "试验报表"\ncalled = "报表"\nbasis = "《某规定》"\nyears = [2024]\n'
        'title = "{name}\\n{year}年试验报表"\nsigned = false\n[page]\nstandard = ""\n'
    )
    form = folder / "forms" / "numbered"
    form.mkdir(parents=True)
    (form / "form.toml").write_text(head + grid, encoding="utf-8")
    names = [int(label) for label in labels]
    figures = {
        key: {"count": names[-1 - at], "money": names[(at + 1) % 3]} for at, key in enumerate("xyz")
    }
    report = {
        "form": "numbered",
        "year": 2024,
        "body": {"name": "青山县档案馆", "level": "department"},
        "figures": {"first": figures},
    }
    text = json.dumps(report, ensure_ascii=False)
    (form / "example.json").write_text(text, encoding="utf-8")
    (folder / "a.json").write_text(text, encoding="utf-8")

    assert docgen("form", "check", "forms/numbered").code == 0
    assert docgen("render", "a.json", "--html").code == 0
    for kind in ("docx", "html"):
        docgen("import", f"outputs/a.{kind}", "--form", "numbered", "-o", f"{kind}.json")
        after = json.loads((folder / f"{kind}.json").read_text(encoding="utf-8"))
        assert after["figures"] == {"first": figures}
