"""Digits that people do not see, or see elsewhere: never part of a figure without a finding."""

from pathlib import Path

import pages
import pytest

from docgen.files import ooxml
from docgen.merge import load_template, merge_report
from docgen.model import Reading
from docgen.read import read_report

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
ADDRESS = "disclosure.regulations.issued"


def page_with(cell: str, sheet: str) -> str:
    """A page with this in the cell of a figure, and this style sheet."""
    text = pages.as_bytes(pages.page_of(pages.input_of("jinhu_2023")), "utf-8").decode()
    at = text.index("<td", text.index("规章"))
    start, end = text.index(">", at) + 1, text.index("</td>", at)
    text = f"{text[:start]}{cell}{text[end:]}"
    return text.replace("</head>", f"{sheet}</head>", 1)


X = '<span class="x">7</span>'
#: What a cell holds, the sheet of the page, and what people see: a figure; None where the reader
#: must ask; a digit that must be told of and be none of the figure.
CASES: list[tuple[str, str, int | str | None]] = [
    (f"1{X}", "span .x, td span.x{display:none}", 1),
    ("1<b><i>7</i></b>", "td b i{display:none}", 1),
    (f"1{X}", ".x{display:none} td .x{display:inline}", 17),
    (f"1{X}", ".x{display:none !important} td .x{display:inline}", 1),
    ('1<span class="x" style="display:inline">7</span>', ".x{display:none}", 17),
    ('1<span class="x" style="display:inline">7</span>', ".x{display:none!important}", 1),
    ('1<span style="d\\69splay:none">7</span>', "", 1),
    ('1<span style="/*a*/display/**/:/**/none">7</span>', "", 1),
    ('1<span style="position:absolute;left:-9999px">7</span>', "", None),
    ('<span style="position:absolute;left:-9999px">17</span>', "", None),
    ('<span style="text-indent:-9999px;display:block">17</span>', "", None),
    ('1<span style="width:0;height:0;overflow:hidden;display:inline-block">7</span>', "", None),
    ('<div style="height:0;overflow:hidden">17</div>', "", None),
    ('1<span style="color:rgba(0,0,0,0)">7</span>', "", "7"),
    ('1<span style="color:transparent">7</span>', "", "7"),
    ('1<span style="color:#fff0">7</span>', "", "7"),
    ('1<span style="color:hsl(0 0% 100%)">7</span>', "", "7"),
    ('1<span style="opacity:.01">7</span>', "", "7"),
    ('1<span style="color:#fff;background:#fff">7</span>', "", "7"),
    ("1<rt>7</rt>", "", "7"),
    ("<ruby>1<rp>(</rp><rt>7</rt><rp>)</rp></ruby>", "", "7"),
    ('<bdo dir="rtl">17</bdo>', "", None),
    ('<span style="direction:rtl;unicode-bidi:bidi-override">17</span>', "", None),
    ('1<span style="font-size:0">7</span>', "", "7"),
    ('1<span style="font-size:1px">7</span>', "", None),
    ('1<span style="font:1px/1 a">7</span>', "", None),
    ('1<span style="font-size:40%">7</span>', "", None),
    ('<font size="7">1</font><font size="1">7</font>', "", None),
    ('<span style="font-size:9pt">17</span>', "", 17),
    (
        '<span style="font-size:9pt;color:red">1</span><span style="font-size:10pt">7</span>',
        "",
        17,
    ),
    ('1<span style="font-size:0">.</span>7', "", None),
    ('1<img src="7.png" width="8" height="12">', "", None),
    ('1<img src="7.png" width="1" height="1">', "", 1),
    ("1<svg><text>7</text></svg>", "", None),
    ('1<input value="7">', "", None),
    ('1<input type=hidden style="display:none" value="7">', "", 1),
    (f"1{X}", "td .x::before{content:'3'}", None),
    ("17", "td::after{content:'3'}", None),
    ("17", "td::after{content:''}", 17),
    (f"1{X}", "@media print{.x{display:none}}", 17),
    (f"1{X}", "@media screen{.x{display:none}}", 1),
    (f"1{X}", "@media (max-width:600px){.x{display:none}}", 17),
    (f"1{X}", "@media (min-width:600px){.x{display:none}}", 1),
    (f"1{X}", "@supports (display:grid){.x{display:none}}", None),
    (f"1{X}", "td{ .x{display:none} }", 1),
    (f"1{X}", "td{ & > .x{display:none} }", 1),
    (f"1{X}", "td:where(:focus-within, td) .x{display:none}", None),
    (f"1{X}", ".x:hover{display:none}", 17),
    (f"1{X}", ".x{float:left}", None),
    (f"1{X}", ".x{position:relative;left:-3em}", None),
    (f"1{X}", ".x{margin-left:-1em}", None),
    (f"1{X}", ".x{vertical-align:8px}", None),
    (f"1{X}", ".x{transform:scale(0)}", None),
    (f"1{X}", ".x{clip-path:inset(50%)}", None),
    (f"1{X}", ".x{display:var(--a)}", None),
    (f"1{X}", ".x{letter-spacing:-1em}", None),
    ("17", "tr{display:flex;flex-direction:row-reverse}", None),
    ("17", "td{float:right}", None),
    ("17", "table td:first-of-type{visibility:hidden}", None),
    ('<span style="visibility:hidden">1<span style="visibility:visible">7</span></span>3', "", 73),
    ('<span hidden style="display:inline">1</span>7', "", 17),
    ("<ol><li>7</li></ol>", "", None),
    ("1<o:p>7</o:p>", "", 17),
    ("1\u202e7", "", None),
    ("\u202e17", "", None),
    ("1\u200b7", "", None),
    ("1<wbr>7", "", 17),
    ("1<blink>7</blink>", "", None),
    ("1<q>7</q>", "", None),
    (f"1{X}", "@layer a{.x{display:none}}", None),
    (f"1{X}", "@import 'a.css'; .x{display:none}", 1),
    (f"1{X}", "<!-- .x{display:none} -->", 1),
    (f"1{X}", ".y{content:'}'} .x{display:none}", 1),
    (f"1{X}", ".\\78{display:none}", 1),
    (f"1{X}", "[class=x]{display:none}", 1),
    (f"1{X}", "td > :last-child{display:none}", 1),
    (f"1{X}", "td>span:nth-child(1){display:none}", 1),
]


def judge(after: Reading, shown: int | str | None) -> None:
    """Fail where a figure is read that people do not see, and no finding tells of it."""
    figure = after.report.figures.get(ADDRESS)
    told = [finding.message for finding in after.findings if finding.severity != "note"]
    if isinstance(shown, int):
        assert figure == shown, told
    elif shown is None:
        assert figure is None
        assert any("规章" in message for message in told) or len(told) > 1
    else:
        assert figure in (None, 1)
        assert any(shown in message for message in told)


@pytest.mark.parametrize(("cell", "sheet", "shown"), CASES)
def test_out_of_sight(tmp_path: Path, cell: str, sheet: str, shown: int | str | None) -> None:
    path = tmp_path / "a.html"
    path.write_text(page_with(cell, f"<style>{sheet}</style>"), encoding="utf-8")
    judge(read_report(path), shown)


def test_a_sheet_in_its_archive_is_read(tmp_path: Path) -> None:
    """Chrome saves the sheets of a page as parts of an MHT; one that is not there may hide."""
    link = '<link rel="stylesheet" href="cid:css-1@mhtml.blink">'
    page = page_with(f"1{X}", link).encode()
    part = (
        b"\r\n------M--a----\r\nContent-Type: text/css\r\nContent-ID: <css-1@mhtml.blink>\r\n\r\n"
        b".x{display:none}\r\n------M--a----\r\nContent-Type: image/png"
    )
    archive = pages.as_archive(page, "utf-8")
    path = tmp_path / "a.mht"
    for data, shown in (
        (archive, None),
        (archive.replace(b"\r\n------M--a----\r\nContent-Type: image/png", part), 1),
    ):
        path.write_bytes(data)
        judge(read_report(path), shown)


def test_sheets_too_large_to_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    sheet = ".a{color:red}" * 100_000
    path.write_text(page_with("17", f"<style>{sheet}</style>"), encoding="utf-8")
    assert "R392" in [finding.code for finding in read_report(path).findings]


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


#: What the paragraph of a cell holds, what its row says of itself, and what people see.
WORD_CASES: list[tuple[str, str, int | str | None]] = [
    (run("1", '<w:b/><w:rFonts w:ascii="Arial"/>') + run("7", '<w:color w:val="FF0000"/>'), "", 17),
    (run("1") + run("7", '<w:sz w:val="2"/>'), "", None),
    (run("1", '<w:sz w:val="24"/>') + run("7", '<w:sz w:val="12"/>'), "", None),
    (run("17", '<w:sz w:val="12"/>'), "", 17),
    (run("17", '<w:sz w:val="2"/>'), "", None),
    (run("1") + run("7", '<w:position w:val="12"/>'), "", None),
    (run("1") + run("7", '<w:w w:val="1"/>'), "", None),
    (run("1") + run("7", '<w:spacing w:val="-300"/>'), "", None),
    (run("1") + run("7", '<w:fitText w:val="5"/>'), "", None),
    (run("1") + run("7", '<w:rFonts w:ascii="Wingdings"/>'), "", None),
    (
        run("1") + run("7", '<w:shd w:val="clear" w:fill="000000"/><w:color w:val="000000"/>'),
        "",
        "7",
    ),
    (run("1") + '<w:r><w:sym w:font="Wingdings" w:char="F08C"/></w:r>', "", None),
    (run("1") + "<w:r><w:pict/></w:r>", "", None),
    (
        "<m:oMath><m:sSup><m:e><m:r><m:t>1</m:t></m:r></m:e><m:sup><m:r><m:t>7</m:t></m:r></m:sup>"
        "</m:sSup></m:oMath>",
        "",
        None,
    ),
    (run("1") + "<w:r><w:dayShort/></w:r>", "", None),
    (run("1") + "<w:r><w:lastRenderedPageBreak/></w:r>" + run("7"), "", 17),
    (f'<w:bdo w:val="rtl">{run("17")}</w:bdo>', "", None),
    (
        run("1") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        r"<w:r><w:instrText>EQ \o(7)</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "",
        None,
    ),
    (
        f"{run('1')}<w:ruby><w:rt>{run('7')}</w:rt><w:rubyBase>{run('3')}</w:rubyBase></w:ruby>",
        "",
        None,
    ),
    (f'<w:pPr><w:ind w:left="-9000"/></w:pPr>{run("17")}', "", None),
    (f'<w:pPr><w:spacing w:line="5" w:lineRule="exact"/></w:pPr>{run("17")}', "", None),
    (run("17"), "<w:hidden/>", None),
    (run("17"), '<w:trHeight w:val="5" w:hRule="exact"/>', None),
    (run("17"), '<w:trHeight w:val="300"/>', 17),
]


def document() -> tuple[dict[str, bytes], str, int]:
    """The parts of a document, its body, and where the cell of the figure begins in it."""
    before = pages.input_of("jinhu_2023")
    template = load_template(before.form, None)
    parts = ooxml.read_parts(merge_report(template, before.form, before.report))
    body = parts[ooxml.DOCUMENT].decode()
    return parts, body, body.index("</w:tc>", body.index("规章<")) + len("</w:tc>")


@pytest.mark.parametrize(("cell", "row", "shown"), WORD_CASES)
def test_out_of_sight_in_word(tmp_path: Path, cell: str, row: str, shown: int | str | None) -> None:
    parts, body, at = document()
    begin, end = body.index("<w:p>", at), body.index("</w:p>", at)
    cell = cell.replace("<m:oMath>", f'<m:oMath xmlns:m="{MATH}">')
    body = f"{body[:begin]}<w:p>{cell}{body[end:]}"
    if row:
        begin = body.rindex("<w:trPr>", 0, at) + len("<w:trPr>")
        body = f"{body[:begin]}{row}{body[body.index('</w:trPr>', begin) :]}"
    path = tmp_path / "a.docx"
    path.write_bytes(ooxml.write_package(parts | {ooxml.DOCUMENT: body.encode()}))
    judge(read_report(path), shown)


def test_what_is_embedded_is_told(tmp_path: Path) -> None:
    parts, body, at = document()
    path = tmp_path / "a.docx"
    for where in (body.index("</w:tc>", at), body.index("<w:sectPr")):
        chunk = f'{body[:where]}<w:altChunk r:id="rId99"/>{body[where:]}'
        path.write_bytes(ooxml.write_package(parts | {ooxml.DOCUMENT: chunk.encode()}))
        after = read_report(path)
        assert "R393" in [finding.code for finding in after.findings]
        assert (ADDRESS in after.report.figures) is (where > at + 5000)
