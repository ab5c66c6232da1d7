"""Published reports in Word read back: the same report, and nothing wrong that is not told."""

import datetime
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from door import DATA, PROJECT, Docgen
from forms import FORMS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from printed_word import docx_of, print_block
from toy import TOY
from toy_reports import reports

from docgen.errors import InputStop
from docgen.finding import Finding
from docgen.forms import loader
from docgen.forms.form import Form
from docgen.merge.expected import expected_blocks
from docgen.model import Reading, Report, align_cells
from docgen.read import read_report
from docgen.word.blocks import Block, Table, TableCell

EVERY = [*FORMS.values(), TOY]
DRAWN = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

#: What no published report says.
_UNSAID = ("body.level",)


@pytest.fixture(autouse=True)
def _with_toy() -> None:
    """The toy is among the forms at hand."""
    loader.use_folder(DATA / "forms")


def dated(report: Report, form: Form) -> Report:
    """The report in a year that its form is for."""
    year = form.last_year or 2024
    title = (report.title or "").replace("2024", str(year))
    return report.model_copy(update={"year": year, "title": title})


def printed(report: Report, form: Form) -> list[Block]:
    """The blocks of a report as docgen prints them."""
    return expected_blocks(form.as_reported(report.units, report.absent), report)


def read_blocks(blocks: Sequence[Block], folder: Path, **parts: str) -> Reading:
    """A document of these blocks read back."""
    path = folder / "published.docx"
    path.write_bytes(docx_of(blocks, parts))
    return read_report(path)


def asked(reading: Reading) -> list[Finding]:
    """What is more than a note, but for what no published report says."""
    findings = (finding for finding in reading.findings if finding.severity != "note")
    return [f for f in findings if {p.address for p in f.places} != {*_UNSAID}]


def without_breaks(report: Report) -> dict[str, Any]:
    """All that a report prints; the breaks of its title are of its layout."""
    tree = report.model_dump(exclude={"body": {"level", "short_name"}})
    tree["title"] = "".join((report.title or "").split())
    return tree


@pytest.mark.slow
@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.key)
@DRAWN
@given(data=st.data())
def test_a_report_of_any_form_is_read_back_the_same(
    form: Form, data: st.DataObject, tmp_path: Path
) -> None:
    report = dated(data.draw(reports(form, whole=True, plain=True)), form)
    reading = read_blocks(printed(report, form), tmp_path)
    assert without_breaks(reading.report) == without_breaks(report)
    assert not asked(reading)


@pytest.mark.slow
@pytest.mark.parametrize("form", [f for f in EVERY if f.template], ids=lambda form: form.key)
def test_what_docgen_issues_is_read_back_the_same(form: Form, docgen: Docgen, folder: Path) -> None:
    """From the example of every form to its document, and back."""
    example = Path(form.folder or loader.OWN / form.key) / "example.json"
    assert docgen("render", example, "-o", "outputs").code == 0
    issued = read_report(folder / "outputs" / "example.docx")
    given = read_report(example).report
    assert without_breaks(issued.report) == without_breaks(given)


@pytest.mark.slow
@DRAWN
@given(data=st.data())
def test_a_figure_changed_in_the_file_changes_just_that_one(
    data: st.DataObject, tmp_path: Path
) -> None:
    form = data.draw(st.sampled_from([form for form in EVERY if form.tables]))
    report = dated(data.draw(reports(form, whole=True, plain=True)), form)
    blocks = printed(report, form)
    before = read_blocks(blocks, tmp_path).report
    cells = [
        (number, row, column)
        for number, block in enumerate(blocks)
        if not isinstance(block, str)
        for row, line in enumerate(block)
        for column, cell in enumerate(line)
        if cell.text.isdigit()
    ]
    if not cells:
        return

    number, row, column = data.draw(st.sampled_from(cells))
    block = blocks[number]
    assert not isinstance(block, str)
    table = [list(line) for line in block]
    cell = table[row][column]
    table[row][column] = cell._replace(text=f"{cell.text[:-1]}{(int(cell.text[-1]) + 1) % 10}")
    blocks[number] = table
    after = read_blocks(blocks, tmp_path).report
    changed = {a for a in before.figures if before.figures[a] != after.figures.get(a)}
    changed |= {a for a in before.answers if before.answers[a] != after.answers.get(a)}
    assert len(changed) == 1


# Reports as others lay them out

Spoiler = Callable[[list[Block], random.Random], None]


def _some_table(blocks: list[Block], chance: random.Random) -> tuple[int, Table] | None:
    """One of the tables with more than one row of figures."""
    found = [(n, b) for n, b in enumerate(blocks) if not isinstance(b, str) and _rows(b)]
    return chance.choice(found) if found else None


def _rows(table: Table) -> list[int]:
    """The rows with figures."""
    return [n for n, row in enumerate(table) if any(cell.text.isdigit() for cell in row)]


def _split(blocks: list[Block], chance: random.Random) -> None:
    """A table goes on in a table of its own, as over a page."""
    if found := _some_table(blocks, chance):
        at, table = found
        end = chance.choice(_rows(table))
        rest = [[c._replace(merge=c.merge and "restart") for c in table[end]], *table[end + 1 :]]
        if end:
            blocks[at : at + 1] = [table[:end], rest]


def _join_tables(blocks: list[Block], _chance: random.Random) -> None:
    """All tables are one."""
    tables = [(n, b) for n, b in enumerate(blocks) if not isinstance(b, str)]
    for n, _ in reversed(tables[1:]):
        del blocks[n]
    if tables:
        blocks[tables[0][0]] = [row for _, table in tables for row in table]


def _space_labels(blocks: list[Block], chance: random.Random) -> None:
    """White space stands in the heads."""
    for n, block in enumerate(blocks):
        if not isinstance(block, str):
            first = next(iter(_rows(block)), len(block))
            heads = [
                [c._replace(text=chance.choice(" \n\u3000\xa0").join(c.text)) for c in row]
                for row in block[:first]
            ]
            blocks[n] = [*heads, *block[first:]]


def _drop_cell(blocks: list[Block], chance: random.Random) -> None:
    """A row has lost a cell."""
    if found := _some_table(blocks, chance):
        at, table = found
        row = chance.choice(_rows(table))
        cells = [n for n, cell in enumerate(table[row]) if cell.text.isdigit()]
        gone = chance.choice(cells)
        short = [cell for n, cell in enumerate(table[row]) if n != gone]
        blocks[at] = [*table[:row], short, *table[row + 1 :]]


def _add_cell(blocks: list[Block], chance: random.Random) -> None:
    """A row has a cell too many."""
    if found := _some_table(blocks, chance):
        at, table = found
        row = chance.choice(_rows(table))
        place = chance.randrange(len(table[row]))
        more = [*table[row][:place], TableCell("7", 1, ""), *table[row][place:]]
        blocks[at] = [*table[:row], more, *table[row + 1 :]]


def _double_row(blocks: list[Block], chance: random.Random) -> None:
    """A row is there twice, with other figures."""
    if found := _some_table(blocks, chance):
        at, table = found
        row = chance.choice(_rows(table))
        again = [c._replace(text="9") if c.text.isdigit() else c for c in table[row]]
        blocks[at] = [*table[: row + 1], again, *table[row + 1 :]]


def _take_label(blocks: list[Block], chance: random.Random) -> None:
    """A row has lost its label."""
    if found := _some_table(blocks, chance):
        at, table = found
        row = chance.choice(_rows(table))
        bare = [c if c.text.isdigit() else c._replace(text="") for c in table[row]]
        blocks[at] = [*table[:row], bare, *table[row + 1 :]]


def _turn(blocks: list[Block], chance: random.Random) -> None:
    """Rows and columns of a table have changed places."""
    if found := _some_table(blocks, chance):
        at, table = found
        grid = [[t for c in row for t in (c.text, *[""] * (c.span - 1))] for row in table]
        blocks[at] = [
            [TableCell(text, 1, "") for text in column] for column in zip(*grid, strict=False)
        ]


def _describe(blocks: list[Block], chance: random.Random) -> None:
    """A portal's table about the file stands somewhere."""
    rows = [["名称", "年度报告"], ["索引号", "014314799/2024-00002"], ["发布日期", "2024-01-17"]]
    about = [[TableCell(text, 1, "") for text in row] for row in rows]
    blocks.insert(chance.randrange(len(blocks)), about)


SPOILERS = [
    _split, _join_tables, _space_labels, _drop_cell, _add_cell, _double_row, _take_label, _turn,
    _describe,
]  # fmt: skip
#: These lose nothing: every figure is still where its labels are.
SOUND = (_split, _space_labels, _describe)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", SPOILERS)
@DRAWN
@given(data=st.data())
def test_no_layout_makes_a_figure_wrong_untold(
    spoil: Spoiler, data: st.DataObject, tmp_path: Path
) -> None:
    """A figure is right, or it is not read and asked about, or the file is refused."""
    form = data.draw(st.sampled_from([form for form in EVERY if form.tables]))
    report = dated(data.draw(reports(form, whole=True, plain=True)), form)
    blocks = printed(report, form)
    spoil(blocks, random.Random(data.draw(st.integers(0, 10**6))))
    try:
        reading = read_blocks(blocks, tmp_path)
    except InputStop:
        assert spoil not in SOUND
        return

    here = align_cells(report, reading.report, reading.report.figures)
    read = {a: reading.report.figures.get(here.get(a, "")) for a in report.figures}
    assert not {a for a, number in read.items() if number not in (None, report.figures[a])}
    if any(number is None for number in read.values()):
        assert asked(reading)
        assert spoil not in SOUND


# What Word does to a document


def _revised(change: str) -> str:
    return f"<w:p>{change.replace('<r>', '<w:r><w:t>').replace('</r>', '</w:t></w:r>')}</w:p>"


def _lines_of(blocks: Sequence[Block], folder: Path, **parts: str) -> list[str]:
    """The text of the first part of a report with these blocks in it."""
    form = FORMS["rule-of-law"]
    title = ["甲县人民政府2024年" + form.bare_title, form.sections[0].title]
    rest = [x for section in form.sections[1:] for x in (section.title, "没有。")]
    reading = read_blocks([*title, *blocks, *rest, "甲县人民政府", "2025年1月9日"], folder, **parts)
    assert reading.report.signature.date == datetime.date(2025, 1, 9)
    return list(reading.report.sections[form.sections[0].key])


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<w:ins><r>新写的</r></w:ins><r>一段。</r>", "新写的一段。"),
        (
            "<r>留下</r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><r>的。</r>",
            "留下的。",
        ),
        ("<w:moveFrom><r>移走</r></w:moveFrom><r>在此。</r>", "在此。"),
        ("<w:hyperlink><r>网址</r></w:hyperlink><r>见上。</r>", "网址见上。"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText>REF a</w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><r>12</r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><r>件。</r>',
            "12件。",
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><r>看得见。</r>", "看得见。"),
        ("<w:sdt><w:sdtContent><r>控件里。</r></w:sdtContent></w:sdt>", "控件里。"),
        ("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙。</w:t></w:r>", "甲-乙。"),
    ],
)
def test_text_is_what_the_document_shows(markup: str, said: str, tmp_path: Path) -> None:
    assert _lines_of([_revised(markup)], tmp_path) == [said]


def test_a_paragraph_whose_end_is_deleted_goes_on(tmp_path: Path) -> None:
    broken = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>"
    assert _lines_of([broken, "后半。"], tmp_path) == ["前半后半。"]


def test_text_boxes_follow_their_paragraph_and_are_read_once(tmp_path: Path) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{print_block('框里的话。')}</w:txbxContent>"
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    line = (
        f"<w:p {mc}><w:r><w:t>框外的话。</w:t></w:r>"
        f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>"
    )
    assert _lines_of([line], tmp_path) == ["框外的话。", "框里的话。"]


def test_the_numbers_that_word_counts_are_read(tmp_path: Path) -> None:
    """`（一）` stands in no text: the list says how it counts."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    numbering = (
        f'<w:numbering {w}><w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num>'
        "</w:numbering>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/numbering" Target="numbering.xml"/></Relationships>'
    )
    parts = {"word/numbering.xml": numbering, "word/_rels/document.xml.rels": relations}
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    lines = [f"<w:p>{listed}<w:r><w:t>第{n}件事。</w:t></w:r></w:p>" for n in (1, 2)]
    assert _lines_of(lines, tmp_path, **parts) == ["（一）第1件事。", "（二）第2件事。"]


def test_deleted_rows_and_tables_in_tables(tmp_path: Path) -> None:
    """A deleted row is gone; a table that only lays out another is read as that one."""
    form = FORMS["disclosure-2021"]
    report = read_report(PROJECT / "inputs" / "2024.json").report
    blocks = printed(report, form)
    at = next(n for n, block in enumerate(blocks) if not isinstance(block, str))
    table = print_block(blocks[at])
    row = re.findall("<w:tr>.*?</w:tr>", table)[3]
    gone = row.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
    table = table.replace(row, gone + row)
    blocks[at] = f"<w:tbl><w:tr><w:tc>{table}{print_block('')}</w:tc></w:tr></w:tbl>"
    reading = read_blocks(blocks, tmp_path)
    assert reading.report.figures == report.figures
    assert [f.code for f in asked(reading)] == ["R351"]


# Hostile files


@pytest.mark.slow
def test_mutated_documents_never_stop_docgen(docgen: Docgen, folder: Path, times: int) -> None:
    """Bytes of the parts, or of the package, changed at random: an answer, never a fault."""
    assert docgen("render", PROJECT / "inputs" / "2024.json", "-o", "o").code == 0
    whole = (folder / "o" / "2024.docx").read_bytes()
    with zipfile.ZipFile(BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}

    path = folder / "spoiled.docx"
    for seed in range(150 * times):
        chance = random.Random(seed)
        path.write_bytes(_spoiled(whole, parts, chance))
        run = docgen("check", path)
        assert run.code in (0, 1, 3), (seed, run.err)
        assert "Traceback" not in run.err


def _spoiled(whole: bytes, parts: dict[str, bytes], chance: random.Random) -> bytes:
    """The document with some bytes changed, or some elements of its body moved."""
    if chance.random() < 0.2:
        return _changed(whole, chance)

    stream = BytesIO()
    body = chance.random() < 0.8
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            if name == "word/document.xml" and body:
                data = _shuffled(data, chance)
            elif chance.random() < 0.3:
                data = _changed(data, chance)
            package.writestr(name, data)
    return stream.getvalue()


def _changed(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out or doubled."""
    start = chance.randrange(len(data))
    end = start + chance.choice((1, 1, 3, 200))
    new = chance.choice((b"", bytes([chance.randrange(256)]), data[start:end] * 2))
    return data[:start] + new + data[end:]


def _shuffled(data: bytes, chance: random.Random) -> bytes:
    """Pieces of markup taken out, doubled or put elsewhere."""
    pieces = re.split(rb"(?=<w:(?:p|tr|tc|tbl|r|t)[ >])", data)
    for _ in range(chance.choice((1, 3, 10))):
        one, other = (chance.randrange(1, len(pieces)) for _ in range(2))
        how = chance.choice(("drop", "double", "swap", "text"))
        if how == "drop":
            pieces[one] = b""
        elif how == "double":
            pieces[one] *= 2
        elif how == "swap":
            pieces[one], pieces[other] = pieces[other], pieces[one]
        else:
            pieces[one] = re.sub(rb">[^<]+<", ">１２,3 件①<".encode(), pieces[one])
    return b"".join(pieces)


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        (
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr>'
            "</w:tbl>",
            "X304",
        ),
        (
            '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr><w:tc/></w:tr></w:tbl>',
            "X304",
        ),
        ("<w:p/>" * 10_001, "X304"),
        ("<w:tbl>" + "<w:tr><w:tc/></w:tr>" * 3001 + "</w:tbl>", "X304"),
        ("<w:tbl><w:tr><w:tc>" * 100 + "</w:tc></w:tr></w:tbl>" * 100, "X340"),
    ],
    ids=["span", "before", "lines", "rows", "depth"],
)
def test_more_than_any_report_holds_is_refused(markup: str, code: str, tmp_path: Path) -> None:
    report = read_report(PROJECT / "inputs" / "2024.json").report
    with pytest.raises(InputStop) as stopped:
        read_blocks([*printed(report, FORMS[report.form]), markup], tmp_path)
    assert stopped.value.findings[0].code == code
