"""Sums that a form bounds: one at most the other, or two that are likely to be equal.

No cell is suspected and no total computed: which of the figures is wrong, such a relation does
not say.
"""

from collections.abc import Iterator

from docgen.check.passages import Prose
from docgen.check.rules.sums import facts_of_sums, rule_of
from docgen.finding import Finding
from docgen.forms.relation import Balance
from docgen.forms.sums import Sides, sides


def check_bounds(prose: Prose) -> Iterator[Finding]:
    """Report every relation of two sums that does not hold, with both and all their cells."""
    reading = prose.reading
    form = reading.form

    for balance in form.bounds:
        both = sides(balance, reading.report.figures)
        if both is None or _holds(balance, both):
            continue

        facts = facts_of_sums(form, balance, both)
        over = "前者多出" if balance.equation.relation == "<=" else "相差"
        yield rule_of(form, balance).at(
            *(reading.place(address) for address in (*balance.left, *balance.right)),
            expected=facts["right"],
            actual=facts["left"],
            suspects=(),
            fault=f"{over} {facts['difference']}",
            more="",  # for the words of a sum, where the form has none of its own
            **facts,
        )


def _holds(balance: Balance, both: Sides) -> bool:
    if balance.equation.relation == "<=":
        return both.left <= both.right
    return both.left == both.right
