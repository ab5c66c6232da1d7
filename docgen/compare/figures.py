"""The tables and facts of two reports side by side: only what differs, by address.

An address means the same in every edition of a form, so reports on different editions compare;
a figure that only one of them asks for is named, not compared. Of two reports that are no editions
of one, no figure means what one of the other does.
"""

from collections.abc import Iterator
from typing import NamedTuple

from docgen.address import Address
from docgen.forms.form import Form
from docgen.forms.table import Number
from docgen.model import FACTS, LEVELS, Report, align_cells, print_date, print_number

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
    """A figure that only one of the two forms has; its value."""

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
    """Return the cells of both forms that differ, in printed order; none of unlike reports."""
    return list(_find_different(first, second))


def _find_different(first: Side, second: Side) -> Iterator[DifferentValue]:
    there = _cells_of_both(first, second)
    for address, figure in first.form.cells.items():
        if address not in there:
            continue
        one, other = first.report.figures.get(address), second.report.figures.get(there[address])
        shown = _print_cell(first, address), _print_cell(second, there[address])
        if one != other or (one is None and shown[0] != shown[1]):
            change = "" if one is None or other is None else _print_change(other - one)
            yield DifferentValue(address, figure.table.short, figure.label, *shown, change)


def _cells_of_both(first: Side, second: Side) -> dict[str, str]:
    """Return where the second has each cell of the first: none, if they are unlike reports."""
    if not first.form.is_kin(second.form):
        return {}
    return align_cells(first.report, second.report, second.form.cells)


def only_in(side: Side, other: Side) -> list[OneSidedFigure]:
    """Return the cells that only this report has; none of unlike reports, which share none."""
    if not side.form.is_kin(other.form):
        return []

    of_both = _cells_of_both(side, other)
    return [
        OneSidedFigure(
            address,
            figure.table.short,
            figure.label,
            _print_cell(side, address),
        )
        for address, figure in side.form.cells.items()
        if address not in of_both
    ]


def _print_cell(side: Side, address: str) -> str:
    """Return what stands in a cell, a figure or an answer."""
    number = side.report.figures.get(address)
    if number is not None:
        return print_number(number)
    return side.report.answers.get(address) or EMPTY


def _print_change(number: Number) -> str:
    return f"+{print_number(number)}" if number > 0 else print_number(number)
