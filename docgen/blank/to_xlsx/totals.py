"""Totals as formulas, and their results."""

from collections.abc import Collection

from docgen.blank.sheets import Rows
from docgen.files.xlsx import cell_name
from docgen.forms.form import Form
from docgen.model import Report


def total_formulas(
    form: Form, rows: Rows, units: Collection[str], report: Report
) -> dict[str, str]:
    """Return the formula of every total that is, or will be, the sum of its parts.

    It shows nothing before all its parts are filled in. The rows of the units are one range, which
    grows with the rows that are put in. A total that was published otherwise has none: it is kept.
    """
    places: dict[str, tuple[int, int]] = {
        cell.figure.address: (number, column)
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if cell.figure
    }
    formulas = {}
    for total, parts in form.totals.items():
        if total not in places or any(part not in places for part in parts):
            continue
        if not _is_sum(form, report, total):
            continue

        column = places[total][1]
        of_units = [
            places[part][0]
            for part in parts
            if places[part][1] == column and form.cells[part].row[-1].key in units
        ]
        listed = [cell_name(*at) for at in map(places.get, parts) if at and at[0] not in of_units]
        wanted = str(len(listed))

        if of_units:
            first, last = min(of_units), max(of_units)
            wanted = f"{wanted}+" if listed else ""
            wanted += f"MAX(1,COUNTA({cell_name(first, 1)}:{cell_name(last, 1)}))"
            listed.append(f"{cell_name(first, column)}:{cell_name(last, column)}")

        cells = ",".join(listed)
        formulas[total] = f'=IF(COUNT({cells})={wanted},SUM({cells}),"")'

    return formulas


def _is_sum(form: Form, report: Report, total: str) -> bool:
    """Whether a total that is filled in already is what its formula would show."""
    figures = report.figures
    if total not in figures:
        return True
    parts = form.totals.get(total, ())
    known = all(part in figures for part in parts)
    return known and sum((figures[part] for part in parts), 0) == figures[total]


def stored_totals(rows: Rows) -> dict[str, str]:
    """Return the value of every figure by its cell, for those of them that are formulas."""
    return {
        cell_name(number, column): str(cell.value)
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if cell.figure and cell.figure.kind.is_number and cell.value is not None
    }
