"""Write a starting template for a form: a Word file whose tags docgen fills.

Run from the project root: `python tools/make_template.py [FORM]`. Tables, heads and merges follow
from the form; page and styles follow GB/T 9704—2012 and may then be changed in Word or WPS.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from template_styles import (
    DECLARATION,
    HINT,
    NAMESPACES,
    SECTION,
    SETTINGS,
    STYLES,
    TYPE_AREA,
    font_table,
    footer,
)

from docgen.files.ooxml import write_package
from docgen.forms.form import Band, Form, Line, Table, key_of
from docgen.forms.layout import PrintedCell, PrintedRow, grid_columns, printed_rows
from docgen.forms.loader import find_form, usual_form
from docgen.merge.compiled import compile_template

FOLDER = Path("templates")
# The official grids in twips, by table; other tables get columns of one width. In table two the
# first column has 36 of the third's, for three characters a line.
GRIDS = {
    "disclosure": (2435,) * 4,
    "requests": (790, 921, 3235, *(685,) * 7),
    "disputes": (649,) * 15,
}
# Row height and the space above and below a cell's text, in twips. A table of many rows is
# tight enough to stand whole on a page.
LONG = 20
ROOMY, TIGHT = (350, 28), (330, 15)
TABLE_WIDTH = TYPE_AREA - 10  # the outer borders lie half outside the grid
NARROW = 800  # a column below this holds its words only between small cell margins
GREY = '<w:color w:val="7F7F7F"/>'

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# What stands beside the document: identifier, file, type of relationship and of content.
BESIDE = (
    ("rId1", "styles.xml", "styles"),
    ("rId2", "settings.xml", "settings"),
    ("rId3", "fontTable.xml", "fontTable"),
    ("rId4", "footer1.xml", "footer"),
    ("rId5", "footer2.xml", "footer"),
)


def run(text: str, style: str = "", properties: str = "") -> str:
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    return f"<w:r><w:rPr>{named}{HINT}{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def figure(text: str) -> str:
    """Digits are Latin whatever a hint says: two elements less in each of 200 cells."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'


def marker(text: str) -> str:
    """A paragraph that docxtpl replaces by its tag; grey, because it is not printed."""
    return paragraph("BodyText", run(f"{{%p {text} %}}", properties=GREY))


def text_block(source: str) -> str:
    """The paragraphs of a preface or section."""
    runs = (run("{{ p.lead }}", style="Lead"), run("{{ p.rest }}"))
    parts = [
        marker(f"for p in {source}"),
        marker("if p.heading"),
        paragraph("Heading2", run("{{ p.lead }}")),
    ]
    parts += [marker("else"), paragraph("BodyText", *runs), marker("endif"), marker("endfor")]
    return "".join(parts)


def tagged_line(line: Line, above: tuple[str, ...]) -> Line:
    """A column or group whose label is the tag that prints it."""
    inner = (*above, line.key) if line.in_address else above
    path = [*above, line.key]
    if line.parts and line.in_address:
        path.append("label")
    parts = tuple(tagged_line(part, inner) for part in line.parts)
    return replace(line, label=f"{{{{ {'.'.join(path)} }}}}", parts=parts)


def tagged_band(band: Band) -> Band:
    """A band whose title, corner and columns are the tags that print them."""
    return replace(
        band,
        columns=tuple(tagged_line(line, (band.key,)) for line in band.columns),
        title=band.title and f"{{{{ {band.key}.title }}}}",
        corner=band.corner and f"{{{{ {band.key}.corner }}}}",
    )


def tagged_row(row: PrintedRow) -> PrintedRow:
    """A row of figures as the shape of every row of its depth: labels and figures are tags."""
    labels = [cell for cell in row.cells if not cell.figure]
    cells: list[PrintedCell] = []
    for level, cell in enumerate(labels, 1):
        group = f"row.group{level}"
        text = f"{{% vmerge {group}.merge %}}{{{{ {group}.label }}}}"
        cells.append(
            PrintedCell("{{ row.label }}" if level == len(labels) else text, span=cell.span)
        )
    for cell in row.cells[len(labels) :]:
        assert cell.figure
        cells.append(cell._replace(text=f"{{{{ row.{key_of(cell.figure.column)} }}}}"))
    return PrintedRow(row.kind, tuple(cells))


def grid(table: Table) -> tuple[int, ...]:
    """The widths of a table's columns: its official grid scaled to fill the type area."""
    columns = grid_columns(table)
    official = GRIDS.get(table.key, ())
    if len(official) != columns:
        official = (1,) * columns
    widths = [TABLE_WIDTH * width // sum(official) for width in official]
    # The odd twips go to the columns that lost most, the leftmost first: spread evenly, they
    # make LibreOffice see a column more where merged cells end.
    lost = sorted(
        range(columns), key=lambda at: widths[at] * sum(official) - TABLE_WIDTH * official[at]
    )
    for at in lost[: TABLE_WIDTH - sum(widths)]:
        widths[at] += 1
    return tuple(widths)


def row_xml(
    row: PrintedRow, widths: Sequence[int], height: int, *, repeat: bool = False, ends: bool = False
) -> str:
    """A row; `repeat` a head's over every page, `ends` where the page may end after it."""
    loose = '<w:keepNext w:val="0"/>' if ends else ""  # the styles of cells keep with the next
    cells, at = [], 0
    for cell in row.cells:
        width = sum(widths[at : at + cell.span])
        at += cell.span
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
        style = "TableFigure" if cell.figure else "TableLabel"
        style = style if row.kind == "figures" else "TableHead"
        runs = [figure(cell.text) if cell.figure else run(cell.text)] if cell.text else []
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
            f'<w:vAlign w:val="center"/></w:tcPr>{paragraph(style, *runs, properties=loose)}</w:tc>'
        )
    header = "<w:tblHeader/>" if repeat else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>'
        f"{header}</w:trPr>{''.join(cells)}</w:tr>"
    )


def marker_row(text: str, widths: Sequence[int]) -> str:
    """A row that docxtpl replaces by its tag."""
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" '
        f'w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
        f"{paragraph('TableLabel', run(f'{{%tr {text} %}}', properties=GREY))}</w:tc></w:tr>"
    )


def body_rows(
    band: Band, rows: Iterable[PrintedRow], widths: Sequence[int], height: int, ending: str
) -> Iterator[str]:
    """The loop over a band's rows: a shape for each number of labels.

    Where the test `ending` holds for a row with as many labels as the last, the page may end.
    """
    shapes: dict[int, PrintedRow] = {}
    for row in rows:
        last = sum(cell.figure is None for cell in row.cells)
        shapes.setdefault(last, tagged_row(row))
    variants = [(depth, False, f"row.depth == {depth}") for depth in sorted(shapes)]
    if ending:
        variants.insert(0, (last, True, f"row.depth == {last} and {ending}"))
    if len(band.row_paths) == 1:
        del variants[1:]
    yield marker_row(f"for row in {band.key}.rows", widths)
    for at, (depth, ends, test) in enumerate(variants):
        if len(variants) > 1:
            word = "else" if at == len(variants) - 1 else f"{'elif' if at else 'if'} {test}"
            yield marker_row(word, widths)
        yield row_xml(shapes[depth], widths, height, ends=ends)
    if len(variants) > 1:
        yield marker_row("endif", widths)
    yield marker_row("endfor", widths)


def is_long(form: Form, table: Table) -> bool:
    return sum(1 for _ in printed_rows(form, table, {})) > LONG


def table_xml(form: Form, table: Table) -> str:
    widths = grid(table)
    height, space = TIGHT if is_long(form, table) else ROOMY
    tagged = replace(table, bands=tuple(tagged_band(band) for band in table.bands))
    # Repeated over a page, the head of one band would stand above the rows of another.
    repeat = len(table.bands) == 1
    *others, last = table.bands
    # A table stays whole. One that would leave most of a page empty may break, with its head
    # repeated, before a row that begins a group of rows or stands by itself; not after the first.
    endings = dict.fromkeys(others, "") | {last: "loop.last"}
    if is_long(form, table):
        endings = dict.fromkeys(table.bands, "not loop.first")
    bands = iter(table.bands)
    rows: list[str] = []
    for kind, printed in groupby(printed_rows(form, tagged, {}), lambda row: row.kind == "figures"):
        if kind:
            band = next(bands)
            rows += body_rows(band, printed, widths, height, endings[band])
        else:
            rows += [row_xml(row, widths, height, repeat=repeat) for row in printed]
    side = 40 if min(widths) < NARROW else 108
    margins = "".join(
        f'<w:{name} w:w="{width}" w:type="dxa"/>'
        for name, width in (("top", space), ("left", side), ("bottom", space), ("right", side))
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def document(form: Form) -> str:
    tables = {table.key: table for table in form.tables}
    parts = [paragraph("Title", run("{{ title }}")), paragraph("Normal"), text_block("preface")]
    for section in form.sections:
        title = run(f"{{{{ sections.{section.key}.title }}}}")
        table = tables.get(section.key)
        parts.append(paragraph("Heading1", title))
        if table:
            parts.append(table_xml(form, table))
        else:
            source = f"sections.{section.key}.paragraphs"
            parts.append(text_block(source))
    parts += [
        paragraph("Normal", properties="<w:keepNext/>"),
        paragraph("Signature", run("{{ signature.name }}")),
        paragraph("Date", run("{{ signature.date }}")),
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:footerReference w:type="even" r:id="rId5"/>{SECTION}</w:sectPr>',
    ]
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(parts)}</w:body></w:document>"


def content_types() -> str:
    types = {f"/word/{name}": f"{WORD_TYPE}.{kind}+xml" for _, name, kind in BESIDE}
    types["/word/document.xml"] = f"{WORD_TYPE}.document.main+xml"
    types["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    types["/docProps/app.xml"] = (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    )
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relationships(entries: Iterable[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, target, kind in entries
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def package(form: Form) -> dict[str, str]:
    """The parts of the file by name, in the order they are written."""
    top = (
        ("rId1", "word/document.xml", f"{OFFICE}/relationships/officeDocument"),
        ("rId2", "docProps/core.xml", f"{PACKAGE}/relationships/metadata/core-properties"),
        ("rId3", "docProps/app.xml", f"{OFFICE}/relationships/extended-properties"),
    )
    beside = [(name, target, f"{OFFICE}/relationships/{kind}") for name, target, kind in BESIDE]
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(top),
        "docProps/core.xml": f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>",
        "docProps/app.xml": f'{DECLARATION}<Properties xmlns="{OFFICE}/extended-properties"/>',
        "word/document.xml": document(form),
        "word/styles.xml": STYLES,
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": font_table(),
        "word/footer1.xml": footer("right"),
        "word/footer2.xml": footer("left"),
        "word/_rels/document.xml.rels": relationships(beside),
    }


def main() -> None:
    """Write the template of a form and its compiled form, the same bytes each time."""
    form = find_form(sys.argv[1]) if sys.argv[1:] else usual_form()
    if form is None:
        sys.exit(f"there is no form {sys.argv[1:]}")
    path = FOLDER / (form.template or f"{form.key}.docx")
    parts = {name: text.encode() for name, text in package(form).items()}
    data = write_package(parts)
    path.write_bytes(data)
    beside = path.with_suffix(".jinja.json")
    beside.write_text(compile_template(data, parts).as_json(data), encoding="utf-8")
    print(path, beside)


if __name__ == "__main__":
    main()
