"""A template to start from, made from the form alone: a plain DOCX, to be dressed in Word or WPS.

Its tags say every word that a finished document of the form must say: tables with heads, merges
and loops, and where a part stands in the form. Page and type follow the form's page
(`template_styles`); landscape tables have pages of their own, with what stands alone above them.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from docgen.blank.template_markup import marker, paragraph, run
from docgen.blank.template_styles import (
    DECLARATION,
    NAMESPACES,
    OFF_GRID,
    SETTINGS,
    TURNED,
    UPRIGHT,
    font_table,
    footer,
    paper_of,
    section,
    sizes_of,
    styles,
    turned_footer,
)
from docgen.blank.template_table import LEAST_HEIGHT, ROOMY, ROW_LINE, row_count, table_xml
from docgen.files.ooxml import write_package
from docgen.forms.form import Form, PageStyle
from docgen.forms.table import Table
from docgen.printing import paragraph as split_heading

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# What stands beside the document: identifier, file, type of relationship and of content.
Beside = tuple[str, str, str]
ALWAYS: tuple[Beside, ...] = (
    ("rId1", "styles.xml", "styles"),
    ("rId2", "settings.xml", "settings"),
    ("rId3", "fontTable.xml", "fontTable"),
)
FOOTERS = {
    UPRIGHT[0]: footer("right"),
    UPRIGHT[1]: footer("left"),
    TURNED[0]: turned_footer("right"),
    TURNED[1]: turned_footer("left"),
}
# An empty paragraph that takes no room: between tables, after the last, to end a section.
NO_ROOM = f'{OFF_GRID}<w:spacing w:line="20" w:lineRule="exact"/>'
# Under the title of what must stand on one page.
LITTLE_ROOM = f'{OFF_GRID}<w:spacing w:line="120" w:lineRule="exact"/>'
# A line of text stands in the middle of its room, the border of a table at its end: the seal
# needs half of the difference.
UNDER_TABLE = '<w:spacing w:before="140"/>'
# Where no standard sets the lines: between a table and what follows, above lines to be signed.
APART = '<w:spacing w:before="240"/>'
# On one page so much of the room is left for cells that break into two lines.
RESERVE = 0.1


def write_template(form: Form) -> bytes:
    """Return a template for reports of this form, the same bytes each time."""
    notes = any(table.notes for table in form.tables)
    return write_document(_document(form), form.page, notes=notes)


def write_document(text: str, page: PageStyle, *, notes: bool = False) -> bytes:
    """Return the DOCX of a document on such pages; with the style for `notes` under tables."""
    parts = package(text, page, notes=notes)
    return write_package({name: part.encode() for name, part in parts.items()})


def _text_block(source: str) -> str:
    """Return the paragraphs of a preface or section."""
    runs = (run("{{ p.lead }}", style="Lead"), run("{{ p.rest }}"))
    parts = [
        marker(f"for p in {source}"),
        marker("if p.heading"),
        paragraph("Heading2", run("{{ p.lead }}")),
    ]
    parts += [marker("else"), paragraph("BodyText", *runs), marker("endif"), marker("endfor")]
    return "".join(parts)


Part = tuple[bool | None, str]  # whether it lies across; None: as its neighbour does


def _parts(form: Form) -> Iterator[Part]:
    """Yield what the document says, part by part."""
    across = form.page.landscape
    gap = "" if form.page.standard or not form.page.one_page else LITTLE_ROOM
    title = paragraph("Title", run("{{ title }}")) + paragraph("Normal", properties=gap)
    yield (across, title + _text_block("preface")) if form.preface else (None, title)

    tables = {table.key: table for table in form.tables}
    height = _row_height(form)
    apart = "" if form.page.standard or form.page.one_page else APART
    ends_in_table = False
    for part in form.sections:
        heading = ""
        if part.title:
            style = "Heading2" if split_heading(part.title).heading else "Heading1"
            title = run(f"{{{{ sections.{part.key}.title }}}}")
            heading = paragraph(style, title, properties=apart if ends_in_table else "")
        elif ends_in_table:
            heading = paragraph("Normal", properties=NO_ROOM)  # or two tables would be one

        table = tables.get(part.key)
        if apart and table is not None and table.shape == "lines" and not part.title:
            heading = paragraph("Normal", properties=APART)
        ends_in_table = table is not None and table.shape != "lines"
        if table is not None:
            turned = across or table.landscape
            block = heading + _table_block(form, table, height)
            yield turned if turned or ends_in_table else None, block
        elif part.is_heading:
            yield None, heading
        else:
            yield across, heading + _text_block(f"sections.{part.key}.paragraphs")

    if form.signed:
        gap = f"<w:keepNext/>{UNDER_TABLE if ends_in_table else ''}"
        lines = [paragraph("Normal", properties=gap)]
        lines.append(paragraph("Signature", run("{{ signature.name }}")))
        lines.append(paragraph("Date", run("{{ signature.date }}")))
        yield None, "".join(lines)
    elif ends_in_table:
        yield None, paragraph("Normal", properties=NO_ROOM)  # Word wants one after a table


def _table_block(form: Form, table: Table, height: int) -> str:
    """Return a table or lines, the sentence that may stand in their place, the notes under them."""
    if table.shape == "lines":
        line = paragraph("BodyText", run("{{ row.label }}：{{ row.value }}"))
        block = marker(f"for row in {table.bands[0].key}.rows") + line + marker("endfor")
    else:
        across = form.page.landscape or table.landscape
        block = table_xml(form, table, paper_of(form.page, landscape=across), height)

    if table.absent:
        sentence = paragraph("BodyText", run(f"{{{{ {table.key}.absent }}}}"))
        no_business = marker(f"if {table.key}.absent") + sentence + marker("else")
        block = f"{no_business}{block}{marker('endif')}"

    if table.notes:
        block += marker(f"for note in sections.{table.key}.notes")
        block += paragraph("TableNote", run("{{ note.text }}")) + marker("endfor")
    return block


def _row_height(form: Form) -> int:
    """Return the height of every row where all must stand on one page; 0 where it need not."""
    if not form.page.one_page:
        return 0
    sizes = sizes_of(form.page)
    tables = {table.key: table for table in form.tables}
    used = sizes.title_line * (1 + form.title.count("\n"))
    line = sizes.text_line or sizes.title_line
    lines, rows = 3 * form.signed + bool(form.preface) + bool(form.page.standard), 0
    for part in form.sections:
        lines += bool(part.title)
        table = tables.get(part.key)
        if table is None:
            lines += not part.is_heading
        elif table.shape == "lines":
            lines += len(table.bands[0].row_paths)
        else:
            rows += row_count(form, table)
            lines += len(table.notes)

    room = paper_of(form.page, landscape=form.page.landscape).text_height
    left = (room - used - lines * line) * (1 - RESERVE)
    return max(LEAST_HEIGHT, min(ROOMY[0], int(left) // max(rows, 1) - ROW_LINE))


def _with_directions(form: Form) -> list[tuple[bool, str]]:
    """Return the parts, those that take their neighbour's direction with it: the next one's."""
    parts = list(_parts(form))
    known = [across for across, _ in parts if across is not None]
    after = known[-1] if known else form.page.landscape
    found: list[tuple[bool, str]] = []
    for across, xml in reversed(parts):
        after = after if across is None else across
        found.insert(0, (after, xml))
    return found


def _document(form: Form) -> str:
    """Return the document: its parts in sections, a new one where the page turns."""
    body: list[str] = []
    grouped = groupby(_with_directions(form), lambda part: part[0])
    for across, parts in grouped:
        if body:
            ended = f"{NO_ROOM}{body.pop()}"
            body.append(paragraph("Normal", properties=ended))
        body += [xml for _, xml in parts]
        paper = paper_of(form.page, landscape=across)
        body.append(section(paper, numbered=bool(form.page.standard) or not form.page.one_page))

    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"


def content_types(beside: Iterable[Beside]) -> str:
    """Return what kind of part each is."""
    types = {f"/word/{name}": f"{WORD_TYPE}.{kind}+xml" for _, name, kind in beside}
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


def relationships(entries: Iterable[Beside]) -> str:
    """Return a part of relationships: identifier, target and type of each."""
    inner = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, target, kind in entries
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def package(text: str, page: PageStyle, *, notes: bool) -> dict[str, str]:
    """Return the parts of the file by name, in the order they are written."""
    top = (
        ("rId1", "word/document.xml", f"{OFFICE}/relationships/officeDocument"),
        ("rId2", "docProps/core.xml", f"{PACKAGE}/relationships/metadata/core-properties"),
        ("rId3", "docProps/app.xml", f"{OFFICE}/relationships/extended-properties"),
    )
    used = [name for name in FOOTERS if f'r:id="{name}"' in text]
    footers = {name: f"footer{number}.xml" for number, name in enumerate(used, 1)}
    beside = [*ALWAYS, *((name, target, "footer") for name, target in footers.items())]
    related = [(name, target, f"{OFFICE}/relationships/{kind}") for name, target, kind in beside]
    return {
        "[Content_Types].xml": content_types(beside),
        "_rels/.rels": relationships(top),
        "docProps/core.xml": f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>",
        "docProps/app.xml": f'{DECLARATION}<Properties xmlns="{OFFICE}/extended-properties"/>',
        "word/document.xml": text,
        "word/styles.xml": styles(page, notes=notes),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": font_table(),
        **{
            f"word/{target}": FOOTERS[name] if page.standard else footer("center")
            for name, target in footers.items()
        },
        "word/_rels/document.xml.rels": relationships(related),
    }
