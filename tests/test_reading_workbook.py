"""The cells of a workbook: what openpyxl reads of it, and what it reads wrongly or not at all."""

import io
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

import openpyxl
import pytest
from busy import edit_xlsx, errors, read, refused, write_xlsx
from door import INPUTS, Docgen
from forms import FORM
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.utils.datetime import MAC_EPOCH

from docgen.files import ooxml
from docgen.model import FACT_SHEET, Report
from docgen.read.entry import NoResult
from docgen.read.formats import show
from docgen.read.workbook import read_workbook

SHEET_TWO, STYLES = "xl/worksheets/sheet4.xml", "xl/styles.xml"
TWO = FORM.tables[1].name

_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)
_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e300, 1e300),  # of what is written of larger ones, some are beyond a double
    _text.filter(lambda text: "_x" not in text and not text.startswith("=")),
    st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)).map(
        lambda t: t.replace(microsecond=0)
    ),
    st.times().map(lambda t: t.replace(microsecond=0)),
    st.sampled_from(["=1+1", "#DIV/0!", " 12 ", "１２", "第一行\n第二行"]),
)
_formats = st.sampled_from(
    [
        "General",
        "0.00",
        "#,##0",
        '0"年"',
        "[Red]0",
        "@",
        'yyyy"年"m"月"d"日"',
        "[$-804]yyyy/m/d;@",
        "h:mm",
    ]
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.tuples(_values, _formats), max_size=6), max_size=8), st.booleans())
def test_as_openpyxl_reads_it(rows: list[list[tuple[Any, str]]], from_1904: bool) -> None:
    """Whatever stands in a workbook reads as openpyxl reads it, formulas and results apart."""
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = MAC_EPOCH
    filled = book.worksheets[0]
    for number, given_row in enumerate(rows, start=1):
        for index, (content, code) in enumerate(given_row, start=1):
            filled.cell(number, index, content)
            if type(content) in (int, float) and 60 < content < 99_999:
                filled.cell(number, index).number_format = code
    data = io.BytesIO()
    book.save(data)
    ((title, found, *_),) = read_workbook(ooxml.read_parts(data.getvalue()))
    values = openpyxl.load_workbook(data, data_only=True).worksheets[0]
    formulas = openpyxl.load_workbook(data).worksheets[0]
    assert title == values.title
    for number, row in enumerate(formulas.iter_rows()):
        for index, cell in enumerate(row):
            value = found.get(number, {}).get(index)
            if cell.data_type == "f":
                assert isinstance(value, NoResult)
            else:
                expected = values.cell(number + 1, index + 1).value
                assert (value, type(value)) == (expected, type(expected))


@pytest.fixture
def book(report: Report, folder: Path) -> Path:
    """The report as a workbook, to spoil."""
    return write_xlsx(report, folder / "2024.xlsx")


def spoil(book: Path, part: str, old: str, new: str, count: int = 1) -> None:
    """Replace in a part of the workbook what this pattern matches."""
    parts = ooxml.read_parts(book.read_bytes())
    text, found = re.subn(old, new, parts[part].decode())
    assert found >= count
    parts[part] = text.encode()
    book.write_bytes(ooxml.write_package(parts))


@pytest.mark.parametrize("number", [14, 31, 57])
def test_dates_of_chinese_programs(
    docgen: Docgen, report: Report, folder: Path, number: int
) -> None:
    """Excel and WPS in Chinese have formats of their own built in, without a code in the file."""
    path = edit_xlsx(report, folder / "2024.xlsx", {(FACT_SHEET, "B9"): datetime(2025, 1, 20)})
    spoil(path, STYLES, '(<xf [^>]*)numFmtId="(?:14|22|164)"', rf'\1numFmtId="{number}"')
    assert docgen("check", path, "--json").codes == []
    assert read(path) == report


def test_dates_from_1904(docgen: Docgen, report: Report, folder: Path) -> None:
    """Excel for the Mac counted the days from another one."""
    path = edit_xlsx(report, folder / "2024.xlsx", {(FACT_SHEET, "B9"): datetime(2025, 1, 20)})
    spoil(path, "xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>')
    run = docgen("check", path, "--json")
    assert read(path).signature.date == date(2029, 1, 21)
    assert run.code == 0


def test_strict_open_xml(docgen: Docgen, book: Path, report: Report) -> None:
    """A workbook saved as “Strict Open XML” has other namespaces and the same cells."""
    parts = ooxml.read_parts(book.read_bytes())
    for name in parts:
        for kind in ("spreadsheetml", "officeDocument"):
            usual = f"http://schemas.openxmlformats.org/{kind}/2006/".encode()
            parts[name] = parts[name].replace(usual, f"http://purl.oclc.org/ooxml/{kind}/".encode())
    book.write_bytes(ooxml.write_package(parts))
    assert docgen("check", book, "--json").codes == []
    assert read(book) == report


def share_strings(book: Path) -> None:
    """Keep the texts of a workbook where Excel keeps them: in one part, in runs, by number."""
    parts = ooxml.read_parts(book.read_bytes())
    strings: list[str] = []

    def shared(match: re.Match[str]) -> str:
        strings.append(match[2])
        return f'{match[1]}t="s"><v>{len(strings) - 1}</v>'

    inline = r'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")? )t="inlineStr"[^>]*><is>(.*?)</is>'
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            text = re.sub(inline, shared, parts[name].decode(), flags=re.DOTALL)
            assert "inlineStr" not in text
            parts[name] = text.encode()
    runs = "</r><r>".join
    items = (
        f"<si><r>{runs([text, '<rPr><b/></rPr><t/>'])}</r><rPh sb='0' eb='1'><t>yin</t></rPh></si>"
        for text in strings
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{"".join(items)}</sst>'.encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = (
        f'<Relationship Id="s" Type="{kind}" Target="/xl/sharedStrings.xml"/></Relationships>'
    )
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation.encode())
    book.write_bytes(ooxml.write_package(parts))


def test_shared_strings(docgen: Docgen, book: Path, report: Report) -> None:
    """Texts in runs, with how they are read aloud, as Excel keeps them: the same report."""
    share_strings(book)
    assert docgen("check", book, "--json").codes == []
    assert read(book) == report


def test_escaped_characters(docgen: Docgen, report: Report, folder: Path) -> None:
    """`_x000D_` is the line break of a Mac or a pasted text; `_x005F_` is a `_`."""
    text = "第一段_x005F_x000A_。_x000D_\n第二段。"
    path = edit_xlsx(report, folder / "2024.xlsx", {("正文", "B2"): text})
    assert "R107" not in docgen("check", path, "--json").codes
    assert read(path).preface[:2] == ("第一段_x000A_。", "第二段。")


def test_nothing_is_passed_over(docgen: Docgen, book: Path, report: Report) -> None:
    """Hidden rows and columns count, and it is said; comments and merged areas are no content."""
    workbook = openpyxl.load_workbook(write_xlsx(report, book), data_only=True)
    sheet = workbook[TWO]
    sheet.row_dimensions[9].hidden = sheet.row_dimensions[10].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet["E9"].comment = Comment("核对过", "某人")
    sheet.merge_cells("A40:C41")
    workbook.save(book)
    assert docgen("check", book, "--json").codes == ["R405", "R408"]
    assert read(book) == report
    sheet["E9"].value = 1 + sheet["E9"].value
    workbook.save(book)
    assert "E302" in errors(docgen("check", book, "--json"))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET_TWO, '<c r="E9"', '<c r="E10"'),  # twice there
        (SHEET_TWO, '<c r="E9"', '<c r="9E"'),
        (SHEET_TWO, '<c r="E9"[^>]*>', '<c r="E9" t="s">'),  # a shared string that is not there
        (SHEET_TWO, '<row r="9"', '<row r="九"'),
        (SHEET_TWO, '<row r="9"', '<row r="-9"'),
        (SHEET_TWO, '<c r="E9"', '<c r="E0"'),
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet4.xml", "worksheets/none.xml"),
        ("_rels/.rels", "relationships/officeDocument", "relationships/other"),
    ],
)
def test_no_workbook(
    docgen: Docgen, book: Path, folder: Path, part: str, old: str, new: str
) -> None:
    """Cells that no program would write, and parts that are not there, are refused by name."""
    spoil(book, part, old, new)
    refused(docgen("render", book, "--json"), 3, "X308", "2024.xlsx", folder)


@pytest.mark.parametrize("cell", ["A3001", "GS2"])
@pytest.mark.parametrize("content", ["", "<v>1</v>"])
def test_far_cells(docgen: Docgen, book: Path, folder: Path, cell: str, content: str) -> None:
    """A cell beyond 3000 rows or 200 columns is refused, if only formatted, too."""
    more = f'<row><c r="{cell}" s="1">{content}</c></row></sheetData>'
    spoil(book, SHEET_TWO, "</sheetData>", more)
    assert TWO in refused(docgen("render", book, "--json"), 3, "X308", "2024.xlsx", folder)


@pytest.mark.parametrize(
    "endless", ["<x/>", "<row/>", "<row><c/></row>", "<c/>", "<row>" + "<c/>" * 300 + "</row>"]
)
def test_endless_sheets(docgen: Docgen, book: Path, folder: Path, endless: str) -> None:
    """Millions of empty rows or cells are refused."""
    many = endless * (10_000_000 // len(endless))
    spoil(book, SHEET_TWO, "</sheetData>", many + "</sheetData>")
    refused(docgen("render", book, "--json"), 3, "X308", "2024.xlsx", folder)


_JUNK = [
    b"<!-- -->",
    b"<?x y?>",
    b"<c/>",
    b"<v>-1</v>",
    b"1e999",
    b"\xff",
    b"<row r='0'/>",
    b"<is/>",
    b"9" * 5000,
]


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    """The parts of a workbook that is sound."""
    return ooxml.read_parts((INPUTS / "2024.xlsx").read_bytes())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_damage_is_refused_or_read(sound: dict[str, bytes], data: st.DataObject) -> None:
    """Whatever becomes of the XML, reading ends in cells or in one of the errors it declares."""
    name = data.draw(
        st.sampled_from(["xl/workbook.xml", "xl/_rels/workbook.xml.rels", STYLES, SHEET_TWO])
    )
    tokens = re.findall(rb"<[^>]*>|[^<]+", sound[name])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(tokens) - 1))
        other = data.draw(st.sampled_from(tokens) | st.sampled_from(_JUNK))
        tokens[at] = data.draw(st.sampled_from([b"", other, tokens[at] * 2, tokens[at] + other]))
    try:
        sheets = [each.cells for each in read_workbook(sound | {name: b"".join(tokens)})]
    except (ooxml.NotPackage, LookupError, ValueError, SyntaxError, ExpatError):
        return
    found = [(row, column) for rows in sheets for row in rows for column in rows[row]]
    assert all(row >= 0 and column >= 0 for row, column in found)


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**15), 10**15),
    st.text('0#?.,%;"\\!_*[]>=<-5eEyG/@万元$', max_size=40),
)
def test_any_format_shows_something_or_is_left(value: float, code: str) -> None:
    """Whatever a cell's format is, a number is shown, or the format is of another kind."""
    shown = show(Decimal(repr(value)), code)
    assert shown is None or isinstance(shown, str)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("125000", "0!.0,", "12.5"),
        ("125000", r"0\.0,", "12.5"),
        ("125000", '[>=10000]0!.0,"万";0', "12.5万"),
        ("5", '[>=10000]0!.0,"万";0', "5"),
        ("0.5", "0%", "50%"),
        ("5", ";;;", ""),
        ("0", "0;-0;;@", ""),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        ("190.457379", "0.00", "190.46"),
        ("125000", "#,##0,", "125"),
        ("-5", "0_ ;[Red]-0 ", "-5"),
        ("3", 'G/通用格式"件"', "3件"),
        ("5", "yyyy", None),
    ],
)
def test_what_a_format_shows(value: str, code: str, shown: str | None) -> None:
    """As Excel and WPS show it."""
    assert show(Decimal(value), code) == shown
