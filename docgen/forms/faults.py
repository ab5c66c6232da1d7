"""What is wrong with a declaration: a slip in a form would switch a sum off, or print a row twice.

Checked by the tests for every form of `FORMS`, and by tools/make_template.py before it writes.
"""

from collections import Counter
from collections.abc import Iterator

from docgen.address import Address
from docgen.forms.form import Band, Equation, Form, Table

#: Names a template context uses itself.
RESERVED = {"title", "corner", "rows", "label", "depth", "preface", "sections", "signature"}


def faults(form: Form) -> list[str]:
    """Return every fault of a form, in words; empty for a sound one."""
    found = list(_table_faults(form))
    for equation in form.equations:
        found += _equation_faults(form, equation)
    return found


def _table_faults(form: Form) -> Iterator[str]:
    """Yield what is wrong with the tables and their bands."""
    sections = {section.key for section in form.sections}
    bands = Counter(band.key for table in form.tables for band in table.bands)
    yield from (f"band key {key} stands twice" for key, count in bands.items() if count > 1)
    yield from (f"band key {key} is reserved" for key in bands if key in RESERVED)
    for table in form.tables:
        if table.key not in sections:
            yield f"table {table.key} has no section of its key: it would not be printed"
        yield from _line_faults(table)


def _line_faults(table: Table) -> Iterator[str]:
    """Yield what is wrong with the rows and columns of a table."""
    addresses: Counter[Address] = Counter()
    for band in table.bands:
        deepest = max(len(path) for path in band.row_paths)
        if band.row_paths[0][-1].label and deepest > band.label_columns:
            yield f"band {band.key} needs {deepest} label columns"
        lines = (line for path in (*band.row_paths, *band.column_paths) for line in path)
        for key in dict.fromkeys(line.key for line in lines if line.key):
            if key in RESERVED or not key.isidentifier():
                yield f"key {key} of {table.key} cannot be a name in a template"
        addresses.update(_figure_addresses(table, band))

    for address, count in addresses.items():
        if count > 1:
            yield f"two figures have the address {address}"
        if len(address.keys) != 3:
            yield f"address {address} must have three parts: table, row, column"


def _figure_addresses(table: Table, band: Band) -> Iterator[Address]:
    """Yield the address of every figure of a band."""
    for row in band.row_paths:
        for column in band.column_paths:
            yield table.figure_address(row, column)


def _equation_faults(form: Form, equation: Equation) -> Iterator[str]:
    """Yield what is wrong with an equation."""
    where = f"equation {equation.code} of {equation.table}"
    figures = form.figures.values()
    here = [f.address.keys for f in figures if f.address.is_below(equation.table)]
    if equation.across not in ("rows", "columns"):
        yield f"{where}: across must be rows or columns"
        return

    place = 1 if equation.across == "columns" else 2
    known = {parts[place] for parts in here if len(parts) > 2}
    for key in (*equation.left, *equation.right):
        if key not in known:
            yield f"{where}: {key} is no {'row' if place == 1 else 'column'} of the table"
