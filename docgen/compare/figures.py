"""The tables and facts of two reports side by side: only what differs, by address.

An address means the same in every edition of a form, so reports on different forms compare;
a figure that only one form asks for is named, not compared.
"""

from collections.abc import Iterator
from typing import NamedTuple

from docgen.address import Address
from docgen.forms.form import Form, Number
from docgen.model import FACTS, LEVELS, Report, print_date, print_number

EMPTY = "未填"


class Difference(NamedTuple):
    """One value that differs: its table (empty for a fact), its label, both values, the change."""

    address: str
    table: str
    label: str
    first: str
    second: str
    change: str = ""


class Only(NamedTuple):
    """A figure that only one of the two forms has; its value."""

    address: str
    table: str
    label: str
    value: str


class Side(NamedTuple):
    """A report and its form."""

    form: Form
    report: Report


def different_facts(first: Side, second: Side) -> list[Difference]:
    """The facts and wordings that differ."""
    facts = (
        Difference(address, "", label, *values)
        for address, label in FACTS.items()
        for values in [(_fact(first.report, address), _fact(second.report, address))]
    )
    wordings = (
        Difference(Address.of_wording(address), "", f"用语“{label}”", *values)
        for address, label in _labels(first.form, second.form).items()
        for values in [
            tuple(side.report.wording.get(address, "按表式") for side in (first, second))
        ]
    )
    return [each for each in (*facts, *wordings) if each.first != each.second]


def _labels(first: Form, second: Form) -> dict[str, str]:
    both = {**second.wordings, **first.wordings}
    return {address: line.label for address, line in both.items()}


def _fact(report: Report, address: str) -> str:
    value = report.fact(address)
    if value is None:
        return EMPTY
    if address == "body.level":
        return next(names[0] for level, names in LEVELS.items() if level == value)
    if address == "signature.date" and report.signature.date:
        return print_date(report.signature.date)
    return str(value).replace("\n", "")


def different_figures(first: Side, second: Side) -> list[Difference]:
    """The figures of both forms that differ, in printed order."""
    return list(_different(first, second))


def _different(first: Side, second: Side) -> Iterator[Difference]:
    for address, figure in first.form.figures.items():
        if address not in second.form.figures:
            continue
        one, other = first.report.figures.get(address), second.report.figures.get(address)
        if one != other:
            change = "" if one is None or other is None else _signed(other - one)
            shown = (_shown(one), _shown(other))
            yield Difference(address, figure.table.short, figure.label, *shown, change)


def only_in(side: Side, other: Side) -> list[Only]:
    """The figures that only this form has."""
    return [
        Only(address, figure.table.short, figure.label, _shown(side.report.figures.get(address)))
        for address, figure in side.form.figures.items()
        if address not in other.form.figures
    ]


def _shown(number: Number | None) -> str:
    return EMPTY if number is None else print_number(number)


def _signed(number: Number) -> str:
    return f"+{print_number(number)}" if number > 0 else print_number(number)
