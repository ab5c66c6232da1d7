"""The address of what each block and cell of a document says, as `expected` lays them out."""

from collections.abc import Iterator, Sequence

from docgen.address import PREFACE, Address
from docgen.forms.form import Form, unit_keys
from docgen.forms.layout import printed_lines, printed_rows
from docgen.forms.table import Table
from docgen.model import Report

#: Blank for words that the form prescribes.
FIXED = Address()

#: The address of a paragraph, or those of the cells of a table, row by row.
Addressed = Address | list[list[Address]]


def expected_addresses(form: Form, report: Report) -> list[Addressed]:
    """Return an address for each block of `expected_blocks`, in the same order.

    The heading of running text has the address of its section; a label that of its wording.
    """
    signature = [Address("signature.name"), Address("signature.date")] if form.signed else []
    return [Address("title"), *_of_text(form, report), *signature]


def _of_text(form: Form, report: Report) -> Iterator[Addressed]:
    tables = {table.key: table for table in form.tables}
    texts = {section.key for section in form.text_sections}
    if form.preface:
        yield from _of_paragraphs(PREFACE, report)

    for section in form.sections:
        if section.title:
            yield Address.of_section(section.key) if section.key in texts else FIXED
        if section.key in tables:
            yield from _of_table(form, tables[section.key], report)
        else:
            yield from _of_paragraphs(section.key, report)


def _of_paragraphs(section: str, report: Report) -> Iterator[Address]:
    for number in range(len(report.paragraphs_of(section))):
        yield Address.of_paragraph(section, number)


def _of_table(form: Form, table: Table, report: Report) -> Iterator[Addressed]:
    if table.is_absent:
        yield FIXED
        return

    if table.shape == "lines":
        for _, figure in printed_lines(form, table, report.wording):
            yield Address(figure.address)
    else:
        yield _of_cells(form, table, report.units.get(table.key, ()))
    yield from (FIXED for _ in table.notes)


def _of_cells(form: Form, table: Table, units: Sequence[str]) -> list[list[Address]]:
    """Return the addresses of a table: it is laid out with addresses in place of its labels.

    The label of a unit is its name, which has an address of its own.
    """
    named = {address: address for address in form.wordings}
    own = {Address.of(table.key, key) for key in unit_keys(len(units))}
    rows: list[list[Address]] = []

    for row in printed_rows(form, table, named):
        cells = []
        for text, figure, _, _ in row.cells:
            if figure:
                cells.append(Address(figure.address))
            elif text in named:
                cells.append(Address(text) if text in own else Address.of_wording(text))
            else:
                cells.append(FIXED)
        rows.append(cells)

    return rows
