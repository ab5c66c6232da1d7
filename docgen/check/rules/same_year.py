"""Another report of the same body and year: what both say of one thing, as the form declares it.

Always a note: two reports may count by two definitions, and then both are right.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from docgen.check.ties import SCALE
from docgen.finding import Finding
from docgen.forms.loader import find_form, own_keys
from docgen.forms.relation import Agreement
from docgen.model import Reading

_MOST_NAMES = 3  # of the cells of a sum that are named one by one


class BothSums(NamedTuple):
    """What this report says and what the other one says, in the unit of this one."""

    here: Decimal
    there: Decimal


def find_disagreements(reading: Reading, beside: Sequence[Reading]) -> Iterator[Finding]:
    """Yield each agreement of the form that does not hold against one of these reports."""
    for agreement in reading.form.agreements:
        other = find_of_family(beside, agreement.family)
        both = compare_sums(agreement, reading, other) if other else None
        if not other or both is None or both.here == both.there:
            continue

        here, there = map(_print_sum, both)
        yield reading.form.rules[agreement.code].at(
            *(reading.place(address) for address in agreement.here),
            *(other.place(address) for address in agreement.there),
            expected=there,
            actual=here,
            here=here,
            there=there,
            here_names=_names_of(reading, agreement.here),
            there_names=_names_of(other, agreement.there),
            name=other.name,
            difference=_print_sum(abs(both.here - both.there)),
            text=agreement.text,
        )


def find_of_family(readings: Sequence[Reading], family: str) -> Reading | None:
    """Return the report of this family among these, if there is one."""
    return next((each for each in readings if each.form.family == family), None)


def compare_sums(agreement: Agreement, reading: Reading, other: Reading) -> BothSums | None:
    """Return what both reports say; None where a figure is not known."""
    here, there = _sum_in_yuan(reading, agreement.here), _sum_in_yuan(other, agreement.there)
    if here is None or there is None:
        return None
    unit = SCALE.get(reading.form.figures[agreement.here[0]].unit, Decimal(1))
    return BothSums(here / unit, there / unit)


def _sum_in_yuan(reading: Reading, addresses: Sequence[str]) -> Decimal | None:
    """Return a sum of cells, amounts in 元; None if one is not known."""
    figures, known = reading.form.figures, reading.report.figures
    if not all(address in figures and address in known for address in addresses):
        return None
    return sum(
        (Decimal(known[a]) * SCALE.get(figures[a].unit, Decimal(1)) for a in addresses),
        Decimal(0),
    )


def _print_sum(number: Decimal) -> str:
    """Return a sum without the zeros that another unit leaves at its end."""
    return f"{number.normalize():f}"


def _names_of(reading: Reading, addresses: Sequence[str]) -> str:
    """Return what the cells of a sum are called, each with its table; of many, the first."""
    figures = [reading.form.figures[address] for address in addresses]
    names = [f"{figure.table.short}“{figure.label}”" for figure in figures]
    return "＋".join(names) if len(names) <= _MOST_NAMES else f"{names[0]}等 {len(names)} 格之和"


def name_family(family: str) -> str:
    """Return what reports of a family are called; its key where docgen carries none of it.

    The keys of its forms begin with the family's: the others need not be read.
    """
    keys = [key for key in own_keys() if key.replace("-", "_").startswith(family)]
    forms = (find_form(key) for key in keys)
    return next((form.report_name for form in forms if form and form.family == family), family)
