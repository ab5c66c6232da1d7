"""Which cell is wrong: the changes to one cell, or two, that make every broken sum hold.

Figures that were computed are replaced by the cells they were computed from, so that only
what somebody entered can be suspected. No change makes a figure negative that cannot be.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from docgen.forms.form import Form
from docgen.forms.sums import Figures
from docgen.forms.table import Kind, Number

CellChange = tuple[str, Number]  # an address and the value it should have
Residuals = Mapping[int, Number]  # balance index → left − right, where it is not 0


@dataclass(frozen=True)
class BrokenSums:
    """Balances broken together, and the likeliest explanations first: sets of changes."""

    balances: tuple[int, ...]
    explanations: tuple[tuple[CellChange, ...], ...]


class Sums:
    """The balances of a form over the cells somebody entered."""

    def __init__(self, form: Form, figures: Figures, computed: Set[str]) -> None:
        self.form, self.figures, self.computed = form, figures, computed

    @cached_property
    def terms(self) -> list[dict[str, int]]:
        """Return each balance as entered cells with their signs: left +1, right −1."""
        return [
            self._expand_totals([(a, 1) for a in balance.left] + [(a, -1) for a in balance.right])
            for balance in self.form.balances
        ]

    def _expand_totals(self, signed: Iterable[tuple[str, int]]) -> dict[str, int]:
        """Return these signed cells as entered ones: a computed cell by its parts."""
        terms: dict[str, int] = {}
        pending = list(signed)
        while pending:
            address, sign = pending.pop()
            if address in self.computed:
                pending += [(part, sign) for part in self.form.totals[address]]
            else:
                terms[address] = terms.get(address, 0) + sign
        return {address: sign for address, sign in terms.items() if sign}

    @cached_property
    def balances_of(self) -> dict[str, list[int]]:
        """Return the balances each entered cell stands in."""
        found: dict[str, list[int]] = {}
        for index, terms in enumerate(self.terms):
            if all(address in self.figures for address in terms):
                for address in terms:
                    found.setdefault(address, []).append(index)
        return found

    def change(self, address: str, residuals: Residuals) -> CellChange | None:
        """Return the change of this one cell that makes every balance it stands in hold."""
        deltas = {
            -residuals.get(index, 0) * self.terms[index][address]
            for index in self.balances_of.get(address, ())
        }
        if len(deltas) != 1:
            return None
        return self._changed_by(address, deltas.pop())

    def _changed_by(self, address: str, delta: Number) -> CellChange | None:
        """Return a cell changed by so much; None for no change, or a value it cannot have."""
        value = self.figures[address] + delta
        may_be = value >= 0 or self.form.figures[address].kind is Kind.CHANGE
        return (address, value) if delta and may_be else None

    def singles(self, residuals: Residuals) -> dict[str, tuple[CellChange, frozenset[int]]]:
        """Return each cell whose change mends all its balances, with the balances it mends."""
        found = {}
        for index in residuals:
            for address in self.terms[index]:
                if address not in found and (change := self.change(address, residuals)):
                    found[address] = (change, frozenset(self.balances_of[address]))
        return found

    def pairs(self, residuals: Residuals) -> Iterator[tuple[CellChange, CellChange]]:
        """Yield two changes that together mend everything broken."""
        # each broken balance holds one of the two: the shortest leaves the fewest to try
        index = min(residuals, key=lambda index: len(self.terms[index]))
        for address in self.terms[index]:
            deltas = {
                -residuals[other] * self.terms[other][address]
                for other in self.balances_of[address]
                if other in residuals
            }
            for delta in deltas:
                first = self._changed_by(address, delta)
                if first:
                    left = self._left_after(residuals, address, delta)
                    for change, mended in self.singles(left).values():
                        if mended == left.keys() and change[0] != address:
                            yield first, change

    def _left_after(self, residuals: Residuals, address: str, delta: Number) -> dict[int, Number]:
        """Return what is still broken when this cell is changed by so much."""
        left = dict(residuals)
        for index in self.balances_of[address]:
            left[index] = left.get(index, 0) + self.terms[index][address] * delta
        return {index: residual for index, residual in left.items() if residual}


def explain(sums: Sums, residuals: Residuals) -> list[BrokenSums]:
    """Return the broken balances in groups, one for each fault as far as sums can tell."""
    singles = sums.singles(residuals)
    groups = []
    orphans = dict(residuals)

    for balances in _joined_balances(singles.values()):
        covering = [(change,) for change, mended in singles.values() if mended == balances]
        if covering:
            groups.append(BrokenSums(tuple(sorted(balances)), _likeliest_first(sums, covering)))
            orphans = {i: residual for i, residual in orphans.items() if i not in balances}

    if orphans:
        # a pair may come twice, once from either cell
        pairs = {tuple(sorted(pair)): pair for pair in sums.pairs(orphans)}
        if pairs:
            groups.append(BrokenSums(tuple(orphans), _likeliest_first(sums, pairs.values())))
        else:
            groups += [BrokenSums((index,), ()) for index in orphans]

    return sorted(groups, key=lambda group: group.balances)


def _joined_balances(singles: Iterable[tuple[CellChange, frozenset[int]]]) -> list[frozenset[int]]:
    """Return balances joined by the cells that may explain them."""
    components: list[frozenset[int]] = []
    for _, mended in singles:
        apart = [component for component in components if not component & mended]
        joined = [component for component in components if component & mended]
        components = [*apart, mended.union(*joined)]
    return components


def _likeliest_first(
    sums: Sums, explanations: Iterable[tuple[CellChange, ...]]
) -> tuple[tuple[CellChange, ...], ...]:
    """Return the likeliest first: two cells swapped, a slip of the keys, a figure before a 0."""
    order = {address: number for number, address in enumerate(sums.form.figures)}

    def rank(changes: tuple[CellChange, ...]) -> tuple[bool, int, int, list[int]]:
        before = [sums.figures[address] for address, _ in changes]
        swapped = len(changes) == 2 and before == [value for _, value in reversed(changes)]
        others = sum(not _is_slip(sums.figures[a], value) for a, value in changes)
        zeros = sum(not sums.figures[address] for address, _ in changes)
        return not swapped, others, zeros, [order[address] for address, _ in changes]

    return tuple(sorted(explanations, key=rank))


def _is_slip(actual: Number, expected: Number) -> bool:
    """Return whether one is the other with digits swapped, or one digit more, less or other."""
    one, other = sorted((str(actual), str(expected)), key=len)
    if len(other) < 2:
        return False
    if len(one) == len(other):
        wrong = sum(a != b for a, b in zip(one, other, strict=True))
        return wrong == 1 or sorted(one) == sorted(other)
    return any(other[:i] + other[i + 1 :] == one for i in range(len(other)))
