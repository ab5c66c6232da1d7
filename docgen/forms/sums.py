"""The arithmetic a form declares, over figures that may be incomplete."""

from collections.abc import Mapping
from typing import NamedTuple

from docgen.forms.form import Balance, Form, Number

Figures = Mapping[str, Number]


class Sides(NamedTuple):
    """The two sums of a balance."""

    left: Number
    right: Number


def sides(balance: Balance, figures: Figures) -> Sides | None:
    """Return both sums, or None where a figure is not known: then nothing is judged."""
    try:
        return Sides(
            sum(map(figures.__getitem__, balance.left)),
            sum(map(figures.__getitem__, balance.right)),
        )
    except KeyError:
        return None


def compute_totals(form: Form, figures: Figures, left_out: set[str]) -> dict[str, Number]:
    """Return the totals among `left_out` whose parts are known; one may feed another."""
    known = dict(figures)
    computed: dict[str, Number] = {}
    waiting = [address for address in form.totals if address in left_out]
    while ready := [a for a in waiting if all(part in known for part in form.totals[a])]:
        for address in ready:
            total = sum((known[part] for part in form.totals[address]), 0)
            computed[address] = known[address] = total
            waiting.remove(address)

    return computed


def implied_value(form: Form, figures: Figures, address: str) -> Number | None:
    """Return what an unknown figure must be, if all its known sums say the same; else None."""
    values: set[Number] = set()
    for balance in form.balances:
        if address in balance.left or address in balance.right:
            both = sides(balance, {**figures, address: 0})
            if both is not None:
                gap = both.right - both.left
                values.add(gap if address in balance.left else -gap)

    return values.pop() if len(values) == 1 and min(values) >= 0 else None
