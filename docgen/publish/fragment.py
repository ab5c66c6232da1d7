"""The report to paste into a portal's editor: nothing but paragraphs, headings and tables.

An editor throws away what is said in a style sheet, and every class and identity: each element
says its own looks. Without a head it names no encoding, so it begins with the mark of UTF-8.
"""

from collections.abc import Iterator
from html import escape

from docgen.forms.form import Form
from docgen.forms.layout import print_line, printed_lines, printed_rows, rows_covered
from docgen.forms.table import Table
from docgen.model import Report
from docgen.printing import paragraph, print_figure, print_signature, print_title

#: What follows the document's name: `2024.粘贴.html`.
SUFFIX = ".粘贴.html"

_TITLE = "text-align: center; font-size: 22px; line-height: 1.5;"
_HEADING = "font-size: 18px; margin: 1em 0 0.5em;"
_BELOW = "font-size: 16px; text-indent: 2em; margin: 0.5em 0;"
_TEXT = "text-indent: 2em; line-height: 1.8;"
_NOTE = "text-indent: 2em; font-size: 14px;"
_SIGNED = "text-align: right;"
_TABLE = "border-collapse: collapse; width: 100%; border: 1px solid #333333; font-size: 14px;"
_CELL = "border: 1px solid #333333; padding: 4px;"


def write_fragment(form: Form, report: Report) -> bytes:
    """Return the report as a fragment of HTML; the same bytes for the same report."""
    return ("\n".join(_fragment_lines(form, report)) + "\n").encode("utf-8-sig")


def _fragment_lines(form: Form, report: Report) -> Iterator[str]:
    tables = {table.key: table for table in form.tables}
    yield f'<p align="center" style="{_TITLE}"><strong>{_escaped(print_title(report))}</strong></p>'
    for text in report.preface if form.preface else ():
        yield _paragraph(text)

    for section in form.sections:
        if section.title:
            is_below = paragraph(section.title).heading and section is not form.sections[0]
            yield _heading(section.title, is_below=bool(is_below))
        table = tables.get(section.key)
        if table is None:
            yield from map(_paragraph, report.sections.get(section.key, ()))
        else:
            yield from _of_table(form, table, report)

    for text in print_signature(report) if form.signed else ():
        yield f'<p align="right" style="{_SIGNED}">{_escaped(text)}</p>'


def _heading(text: str, *, is_below: bool) -> str:
    tag, style = ("h3", _BELOW) if is_below else ("h2", _HEADING)
    return f'<{tag} style="{style}">{_escaped(text)}</{tag}>'


def _paragraph(text: str) -> str:
    part = paragraph(text)
    if part.heading:
        return _heading(text, is_below=True)
    lead = f"<strong>{_escaped(part.lead)}</strong>" if part.lead else ""
    return f'<p style="{_TEXT}">{lead}{_escaped(part.rest)}</p>'


def _of_table(form: Form, table: Table, report: Report) -> Iterator[str]:
    """Yield what stands for a table: a grid, lines, or the words that there is none."""
    if table.is_absent:
        yield f'<p style="{_TEXT}">{_escaped(table.absent)}</p>'
        return

    if table.shape == "lines":
        for label, figure in printed_lines(form, table, report.wording):
            line = print_line(label, print_figure(report, figure))
            yield f'<p style="{_TEXT}">{_escaped(line)}</p>'
    else:
        yield from _grid_lines(form, table, report)
    for note in table.notes:
        yield f'<p style="{_NOTE}">{_escaped(note)}</p>'


def _grid_lines(form: Form, table: Table, report: Report) -> Iterator[str]:
    rows = list(printed_rows(form, table, report.wording))
    # Some editors keep of the lines and the sides nothing but the old attributes.
    yield f'<table border="1" cellspacing="0" cellpadding="4" style="{_TABLE}">\n<tbody>'
    for number, row in enumerate(rows):
        cells, column = [], 0
        for cell in row.cells:
            if cell.merge != "continue":
                across = f' colspan="{cell.span}"' if cell.span > 1 else ""
                down = f' rowspan="{rows_covered(rows, number, column)}"' if cell.merge else ""
                text = print_figure(report, cell.figure) if cell.figure else cell.text
                is_label = row.kind == "figures" and cell.text and not cell.figure
                side = "left" if is_label else "center"
                looks = f'align="{side}" style="{_CELL} text-align: {side};"'
                cells.append(f"<td{across}{down} {looks}>{_escaped(text)}</td>")
            column += cell.span
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>\n</table>"


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
