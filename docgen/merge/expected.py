"""What the finished document must say."""

from docgen.forms.form import Form, Table
from docgen.forms.layout import printed_rows
from docgen.model import Report
from docgen.printing import print_figure, print_signature_lines, print_title_lines
from docgen.word import blocks
from docgen.word.blocks import Block, TableCell


def expected_blocks(form: Form, report: Report) -> list[Block]:
    """Title, preface, every section with its text or table, name and date: in this order."""
    tables = {table.key: table for table in form.tables}
    expected: list[Block] = [print_title_lines(form, report), *report.preface]
    for section in form.sections:
        expected.append(section.title)
        if section.key in tables:
            expected.append(_table(form, tables[section.key], report))
        else:
            expected += report.sections.get(section.key, ())

    return [*expected, *print_signature_lines(report)]


def _table(form: Form, table: Table, report: Report) -> blocks.Table:
    return [
        [
            TableCell(print_figure(report, figure.address) if figure else text, span, merge)
            for text, figure, span, merge in row.cells
        ]
        for row in printed_rows(form, table, report.wording)
    ]
