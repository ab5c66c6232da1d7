"""What the finished document must say."""

from collections.abc import Iterator

from docgen.forms.form import Form
from docgen.forms.layout import print_line, printed_lines, printed_rows
from docgen.forms.table import Table
from docgen.model import Report
from docgen.printing import print_figure, print_signature_lines, print_title_lines
from docgen.word import blocks
from docgen.word.blocks import Block, TableCell


def expected_blocks(form: Form, report: Report) -> list[Block]:
    """Return title, text and tables, then name and date where the report is signed."""
    signature = print_signature_lines(report) if form.signed else ()
    return [print_title_lines(form, report), *expected_text(form, report), *signature]


def expected_text(form: Form, report: Report) -> list[Block]:
    """Return what stands between title and signature: every section with its text or table."""
    tables = {table.key: table for table in form.tables}
    expected: list[Block] = [*report.preface] if form.preface else []
    for section in form.sections:
        if section.title:
            expected.append(section.title)
        if section.key in tables:
            expected += _table_blocks(form, tables[section.key], report)
        else:
            expected += report.sections.get(section.key, ())

    return expected


def _table_blocks(form: Form, table: Table, report: Report) -> Iterator[Block]:
    """Yield a table and its notes, its lines of text, or the sentence in its place."""
    if table.is_absent:
        yield table.absent
        return

    if table.shape == "lines":
        for label, figure in printed_lines(form, table, report.wording):
            yield print_line(label, print_figure(report, figure))
    else:
        yield _printed_table(form, table, report)

    yield from table.notes


def _printed_table(form: Form, table: Table, report: Report) -> blocks.Table:
    """Return the cells of a table as they are printed."""
    return [
        [
            TableCell(print_figure(report, figure) if figure else text, span, merge)
            for text, figure, span, merge in row.cells
        ]
        for row in printed_rows(form, table, report.wording)
    ]
