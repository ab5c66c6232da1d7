"""The arithmetic a form declares, over figures that may be incomplete."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from docgen.forms.form import Form
from docgen.forms.relation import Balance
from docgen.forms.table import Kind, Number

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
    known = {**figures, address: 0}
    for balance in _balances_at(form).get(address, ()):
        both = sides(balance, known)
        if both is not None:
            gap = both.right - both.left
            values.add(gap if address in balance.left else -gap)

    may_be_negative = form.figures[address].kind is Kind.CHANGE
    one = values.pop() if len(values) == 1 else None
    return one if one is not None and (one >= 0 or may_be_negative) else None


@lru_cache(maxsize=16)
def _balances_at(form: Form) -> dict[str, list[Balance]]:
    """Return the balances that each figure takes part in, by its address."""
    found: dict[str, list[Balance]] = {}
    for balance in form.balances:
        for address in dict.fromkeys((*balance.left, *balance.right)):
            found.setdefault(address, []).append(balance)

    return found
