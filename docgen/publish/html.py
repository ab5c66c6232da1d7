"""The portal's page: one HTML file, complete in itself, that says what the document says.

No script, nothing fetched, no clock. A cell names its heads (`headers`), because a report's
tables have several heads one below the other, which `scope` alone cannot tell apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from docgen.forms.form import Figure, Form, Section
from docgen.forms.layout import (
    PrintedCell,
    PrintedRow,
    grid_columns,
    print_line,
    printed_lines,
    printed_rows,
    rows_covered,
)
from docgen.forms.table import Table
from docgen.model import Report
from docgen.printing import paragraph, print_figure, print_signature, print_title
from docgen.publish.style import STYLE, STYLE_MORE

#: A table of more rows has a page to itself when printed.
LONG = 20


def write_html(form: Form, report: Report) -> bytes:
    """Return the page of a report; the same bytes for the same report."""
    return ("\n".join(_page_lines(form, report)) + "\n").encode()


def _page_lines(form: Form, report: Report) -> Iterator[str]:
    """Yield the lines of the page."""
    title = print_title(report)
    # ArticleTitle and ContentSource are the names a government portal indexes by.
    metas = {
        "viewport": "width=device-width, initial-scale=1",
        "ArticleTitle": title.replace("\n", ""),
        "ContentSource": report.body.name or "",
    }
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    for name, content in metas.items():
        yield f'<meta name="{name}" content="{escape(content)}">'

    yield f"<title>{escape(metas['ArticleTitle'])}</title>"
    style = f"{STYLE}\n{STYLE_MORE}" if _needs_more(form) else STYLE
    yield f"<style>\n{style}\n</style>\n</head>\n<body>\n<main>"
    for is_wide, parts in groupby(_parts_of(form, report), key=lambda part: part[0]):
        if is_wide:
            yield '<div class="landscape">'
        for _, lines in parts:
            yield from lines
        if is_wide:
            yield "</div>"

    yield "</main>\n</body>\n</html>"


def _parts_of(form: Form, report: Report) -> Iterator[tuple[bool, Iterable[str]]]:
    """Yield the lines of each part, and whether it is printed on a landscape page.

    A wide table takes the headings alone above it, and the title, to its page.
    """
    tables = {table.key: table for table in form.tables}
    wide: dict[str, bool] = {}
    is_wide = False
    for section in reversed(form.sections):
        table = tables.get(section.key)
        is_wide = (
            table.landscape and not table.is_absent if table else section.is_heading and is_wide
        )
        wide[section.key] = is_wide

    yield is_wide and not form.preface, [f"<h1>{_escaped_text(print_title(report))}</h1>"]
    if form.preface:
        yield False, _paragraph_lines(report.preface, "h2")  # no level is left out under the title
    for section in form.sections:
        lines = _section_lines(form, section, tables.get(section.key), report)
        yield wide[section.key], lines
    if form.signed:
        yield False, _signature_lines(report)


def _escaped_text(text: str) -> str:
    """Return a text as HTML, with its line breaks."""
    return escape(text).replace("\n", "<br>")


def _section_lines(
    form: Form, section: Section, table: Table | None, report: Report
) -> Iterator[str]:
    """Yield the heading of a section, if it has one, and its text or table."""
    printed = table is not None and table.shape != "lines" and not table.is_absent
    writer = TableWriter(form, table, report) if table and printed else None
    page = ' class="long"' if writer and len(writer.rows) > LONG else ""
    if section.title:
        below = paragraph(section.title).heading and section is not form.sections[0]  # （一）
        tag = "h3" if below else "h2"
        yield f'<{tag} id="{section.key}"{page}>{_escaped_text(section.title)}</{tag}>'
    if table is None:
        yield from _paragraph_lines(report.sections.get(section.key, ()), "h3")
        return

    if table.is_absent:
        yield f"<p>{_escaped_text(table.absent)}</p>"
        return
    if writer:
        yield from writer.write()
    else:
        for label, figure in printed_lines(form, table, report.wording):
            line = print_line(label, print_figure(report, figure))
            yield f"<p>{_escaped_text(line)}</p>"

    for note in table.notes:
        yield f'<p class="note">{_escaped_text(note)}</p>'


def _needs_more(form: Form) -> bool:
    """Whether a page has more than running text and tables of numbers."""
    return bool(form.answers) or any(table.notes or table.landscape for table in form.tables)


def _paragraph_lines(texts: tuple[str, ...], heading: str) -> Iterator[str]:
    """Yield paragraphs, those that are headings as such."""
    for text in texts:
        part = paragraph(text)
        if part.heading:
            yield f"<{heading}>{_escaped_text(text)}</{heading}>"
        else:
            lead = f"<b>{_escaped_text(part.lead)}</b>" if part.lead else ""
            yield f"<p>{lead}{_escaped_text(part.rest)}</p>"


def _signature_lines(report: Report) -> Iterator[str]:
    """Yield name and date of issue."""
    name, date = print_signature(report)
    day = report.signature.date
    shown = f'<time datetime="{day.isoformat()}">{date}</time>' if day else _escaped_text(date)
    yield f'<div class="signature">\n<p>{_escaped_text(name)}</p>\n<p>{shown}</p>\n</div>'


class TableWriter:
    """One table: its printed rows with spans, and for each cell the ids of its heads.

    What stands in a cell is `cell_content`: another page may have a field there.
    """

    def __init__(self, form: Form, table: Table, report: Report) -> None:
        self.table = table
        self.report = report
        self.rows = list(printed_rows(form, table, report.wording))
        self.above: dict[int, list[str]] = {}  # grid column → the heads above it, top down
        self.groups: dict[int, str] = {}  # grid column → the row group that goes on there

    def write(self) -> Iterator[str]:
        name = escape(self.table.name)
        yield self.scroll_tag(name)
        yield self.table_tag()
        yield f"<caption><span>{name}</span></caption>"
        part = ""
        for number, row in enumerate(self.rows):
            begins = self._part_begun(number)
            if begins:
                yield from filter(None, [part and f"</{part}>", f"<{begins}>"])
                part = begins
            yield f"<tr>{''.join(self._cell_tags(number, row))}</tr>"

        yield f"</{part}>\n</table>\n</div>"

    def _part_begun(self, number: int) -> str:
        """Return the part of the table that begins here: head and body, or a body a band."""
        in_head = self.rows[number].kind != "figures"
        after_head = number > 0 and self.rows[number - 1].kind != "figures"
        if len(self.table.bands) == 1:
            return "" if number and in_head == after_head else "thead" if in_head else "tbody"
        if not in_head or after_head:
            return ""

        self.above, self.groups = {}, {}
        return "tbody"

    def _cell_tags(self, number: int, row: PrintedRow) -> Iterator[str]:
        """Yield the cells of a row, and remember which of them are heads of others."""
        column = 0
        labels: list[str] = []  # the heads at the left of a figure, outermost first
        for cell in row.cells:
            identity = f"{self.table.key}-{number}-{column}"
            columns = range(column, column + cell.span)
            heads = dict.fromkeys(head for at in columns for head in self.above.get(at, ()))
            spans = self._span_attributes(number, column, cell)

            if cell.merge == "continue":
                if row.kind == "figures":
                    labels.append(self.groups[column])
            elif cell.figure or not cell.text:
                text = self.cell_content(cell.figure, [*heads, *labels]) if cell.figure else ""
                named = f' headers="{" ".join([*heads, *labels])}"' if cell.figure else ""
                words = ' class="words"' if cell.figure and not cell.figure.kind.is_number else ""
                yield f"<td{spans}{named}{words}>{text}</td>"
            else:
                named = f' headers="{" ".join([*heads, *labels])}"' if heads or labels else ""
                scope, text = self._scope_of(row), self.head_content(row, cell)
                yield f'<th id="{identity}"{spans} scope="{scope}"{named}>{text}</th>'
                if row.kind == "figures":
                    self.groups[column] = identity
                    labels.append(identity)
                else:
                    for at in columns:
                        self.above.setdefault(at, []).append(identity)

            column += cell.span

    def scroll_tag(self, name: str) -> str:
        """Return the start of what scrolls a wide table, of this escaped name."""
        # A scrolling region must be named and reachable from the keyboard.
        return f'<div class="scroll" role="region" aria-label="{name}" tabindex="0">'

    def table_tag(self) -> str:
        """Return what begins the table: not narrower than its columns can be read."""
        return f'<table style="min-width: {grid_columns(self.table) * 4}em">'

    def head_content(self, _row: PrintedRow, cell: PrintedCell) -> str:
        """Return what stands in a head, as HTML."""
        return _escaped_text(cell.text)

    def cell_content(self, figure: Figure, _heads: Sequence[str]) -> str:
        """Return what stands in a cell, as HTML; `_heads` are the ids of its heads."""
        return _escaped_text(print_figure(self.report, figure))

    def _scope_of(self, row: PrintedRow) -> str:
        """Return what the heads of a row are heads of."""
        if row.kind == "title" and len(self.table.bands) > 1:
            return "rowgroup"  # the band's own tbody
        return "row" if row.kind == "figures" else "col"

    def _span_attributes(self, number: int, column: int, cell: PrintedCell) -> str:
        """`colspan`, and `rowspan` on whatever begins a vertical merge, be it of one row."""
        wide = f' colspan="{cell.span}"' if cell.span > 1 else ""
        if cell.merge != "restart":
            return wide

        return f'{wide} rowspan="{rows_covered(self.rows, number, column)}"'
