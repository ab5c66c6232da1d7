"""What the sums of a published report prove of each table, and the figures that none proves."""

from typing import NamedTuple

from docgen.forms.form import Form
from docgen.forms.sums import sides
from docgen.forms.table import Table
from docgen.model import Report


class ProvenTable(NamedTuple):
    """How far one table is proved."""

    table: Table
    read: int  # figures
    missing: int  # cells without a figure that must have one
    waiting: int  # figures whose sums all lack another one
    unproved: tuple[str, ...]  # figures that no sum of the form is about


class Proven(NamedTuple):
    """What the sums of a report prove."""

    tables: tuple[ProvenTable, ...]
    held: int  # sums that hold
    broken: int


def prove_tables(form: Form, report: Report) -> Proven:
    """Return what the sums that are known prove of each table."""
    both = [(b, found) for b in form.balances if (found := sides(b, report.figures)) is not None]
    holding = sum(found.left == found.right for _, found in both)
    judged = {a for balance, _ in both for a in (*balance.left, *balance.right)}
    in_sums = {a for balance in form.balances for a in (*balance.left, *balance.right)}
    tables = []
    for table in form.tables:
        cells = [a for a, figure in form.figures.items() if figure.table is table]
        read = [a for a in cells if a in report.figures]
        missing = sum(a not in report.figures and not form.figures[a].cell.optional for a in cells)
        unproved = tuple(a for a in read if a not in in_sums)
        if cells:
            waiting = sum(a in in_sums and a not in judged for a in read)
            tables.append(ProvenTable(table, len(read), missing, waiting, unproved))

    return Proven(tuple(tables), holding, len(both) - holding)
