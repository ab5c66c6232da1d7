"""The tables and facts of two reports side by side: only what differs, by address.

An address means the same in every edition of a form, so reports on different forms compare;
a cell that only one form asks for is named, not compared. The rows of units go by their names,
wherever each stands in its report.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from docgen.address import Address
from docgen.forms.form import Figure, Form, unit_keys
from docgen.model import FACTS, LEVELS, Report, print_date, print_number

EMPTY = "未填"


class DifferentValue(NamedTuple):
    """One value that differs: its table (empty for a fact), its label, both values, the change."""

    address: str
    table: str
    label: str
    first: str
    second: str
    change: str = ""


class OneSidedFigure(NamedTuple):
    """A cell that only one of the two forms has; its value."""

    address: str
    table: str
    label: str
    value: str


class Side(NamedTuple):
    """A report and its form."""

    form: Form
    report: Report


def different_facts(first: Side, second: Side) -> list[DifferentValue]:
    """Return the facts and wordings that differ."""
    facts = (
        DifferentValue(address, "", label, *values)
        for address, label in FACTS.items()
        for values in [(_print_fact(first.report, address), _print_fact(second.report, address))]
    )
    wordings = (
        DifferentValue(Address.of_wording(address), "", f"用语“{label}”", *values)
        for address, label in _wording_labels(first.form, second.form).items()
        for values in [
            tuple(side.report.wording.get(address, "按表式") for side in (first, second))
        ]
    )
    return [each for each in (*facts, *wordings) if each.first != each.second]


def _wording_labels(first: Form, second: Form) -> dict[str, str]:
    both = {**second.wordings, **first.wordings}
    return {address: line.label for address, line in both.items()}


def _print_fact(report: Report, address: str) -> str:
    value = report.fact(address)

    if value is None:
        return EMPTY
    if address == "body.level":
        return next(names[0] for level, names in LEVELS.items() if level == value)
    if address == "signature.date" and report.signature.date:
        return print_date(report.signature.date)
    return str(value).replace("\n", "")


def different_figures(first: Side, second: Side) -> list[DifferentValue]:
    """Return the cells of both forms that differ, in printed order."""
    return list(_find_different(first, second))


def _find_different(first: Side, second: Side) -> Iterator[DifferentValue]:
    """Yield the cells of both forms that differ; of figures, with the change."""
    others = _cells_by_meaning(second)
    for meaning, figure in _cells_by_meaning(first).items():
        if meaning not in others:
            continue

        shown = _print_value(first.report, figure), _print_value(second.report, others[meaning])
        one = first.report.figures.get(figure.address)
        other = second.report.figures.get(others[meaning].address)
        if one != other or (one is None and shown[0] != shown[1]):
            change = "" if one is None or other is None else _print_change(other - one)
            yield DifferentValue(figure.address, figure.table.short, figure.label, *shown, change)


def only_in(side: Side, other: Side) -> list[OneSidedFigure]:
    """Return the cells that only this form has."""
    others = _cells_by_meaning(other)
    return [
        OneSidedFigure(
            figure.address, figure.table.short, figure.label, _print_value(side.report, figure)
        )
        for meaning, figure in _cells_by_meaning(side).items()
        if meaning not in others
    ]


def _cells_by_meaning(side: Side) -> dict[tuple[str, ...], Figure]:
    """Return the cells of a report by what they mean: the address, of a unit's row its name."""
    units = {table: unit_keys(len(names)) for table, names in side.report.units.items()}
    cells = {}
    for figure in side.form.cells.values():
        row, keys = figure.row[-1], figure.address.keys
        named = row.label if row.key in units.get(figure.table.key, ()) else row.key
        meant = [named if key == row.key else key for key in keys]
        cells[(side.form.family, *meant)] = figure

    return cells


def _print_value(report: Report, figure: Figure) -> str:
    """Return what stands in a cell."""
    number = report.figures.get(figure.address)
    return report.answers.get(figure.address) or EMPTY if number is None else print_number(number)


def _print_change(number: int | Decimal) -> str:
    return f"+{print_number(number)}" if number > 0 else print_number(number)
