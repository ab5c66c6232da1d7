"""What the text states, held against the tables and against itself."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from docgen.catalogue import text
from docgen.finding import Finding, Place
from docgen.forms.form import Kind
from docgen.forms.speech import Sum
from docgen.model import Reading
from docgen.rules.changes import check_stated_changes
from docgen.rules.lists import check_lists
from docgen.rules.mentions import Tie, agrees, sum_of, ties
from docgen.rules.sentences import sentences
from docgen.rules.shares import check_shares


def check_mentions(reading: Reading) -> Iterator[Finding]:
    """Every figure in the text that is not the table's, or not the text's own elsewhere."""
    spoken = sentences(reading)
    stated = ties(reading, spoken)
    wrong: list[Tie] = []
    whole = [tie for tie in stated if not tie.part]
    for _, group in groupby(sorted(whole, key=_key), key=_key):
        for finding, tie in _one_fact(reading, list(group)):
            wrong.append(tie)
            yield finding
    yield from check_lists(reading, spoken, stated, wrong)
    yield from check_shares(reading, spoken, stated)
    yield from check_stated_changes(spoken)


def _key(tie: Tie) -> str:
    return tie.mention.key


def _one_fact(reading: Reading, stated: Sequence[Tie]) -> Iterator[tuple[Finding, Tie]]:
    sums = [(tie, _sums(reading, tie)) for tie in stated]
    known = [(tie, cells) for tie, cells in sums if cells]
    right = [tie for tie, cells in known if any(agrees(tie, cell) for _, cell in cells)]
    for tie, cells in known:
        if tie not in right:
            wider = (one for one in right if _other_scope(one, tie) and tie.value < one.value)
            other = next(wider, None)
            yield (_scopes(other, tie) if other else _contradiction(reading, tie, cells)), tie
    if known:
        return
    single = [tie for tie in stated if len(tie.mention.sums) < 2]
    for tie in single[1:]:
        if tie.value != single[0].value:
            yield (_scopes if _other_scope(single[0], tie) else _twice)(single[0], tie), tie


def _sums(reading: Reading, tie: Tie) -> list[tuple[Sum, Decimal]]:
    """The sums this number may agree with; none where a figure is missing."""
    sums = [(addresses, sum_of(reading, addresses)) for addresses in tie.mention.sums]
    known = [(addresses, cell) for addresses, cell in sums if cell is not None]
    return known if len(known) == len(sums) else []


def _other_scope(one: Tie, other: Tie) -> bool:
    return bool(one.scope and other.scope and one.scope != other.scope)


def _contradiction(reading: Reading, tie: Tie, sums: list[tuple[Sum, Decimal]]) -> Finding:
    addresses = list(dict.fromkeys(address for addresses, _ in sums for address in addresses))
    cells = "，或".join(_cells(reading, addresses, cell) for addresses, cell in sums)
    return text.TEXT_AGAINST_TABLE.at(
        tie.sentence.place,
        *(reading.place(address) for address in addresses),
        expected=" 或 ".join(dict.fromkeys(_plain(reading, a[0], cell) for a, cell in sums)),
        actual=tie.said,
        quote=tie.quote,
        label=tie.mention.label,
        cells=cells,
    )


def _cells(reading: Reading, addresses: Sequence[str], cell: Decimal) -> str:
    figures = [reading.form.figures[address] for address in addresses]
    table = figures[0].table.short
    shown = "＋".join(f"“{figure.label}”" for figure in figures[:3])
    if len(figures) > 3:
        shown = f"“{figures[0].label}”等 {len(figures)} 格之和"
    return f"{table}{shown}是 {_plain(reading, addresses[0], cell)}"


def _plain(reading: Reading, address: str, cell: Decimal) -> str:
    if reading.form.figures[address].kind is Kind.AMOUNT:
        return f"{(cell / 10**4).normalize():f}万元"
    return f"{cell:f}"


def _twice(first: Tie, tie: Tie) -> Finding:
    return text.TWO_NUMBERS.at(
        *_places(first, tie),
        expected=first.said,
        actual=tie.said,
        label=tie.mention.label,
        quote=tie.quote,
    )


def _scopes(first: Tie, tie: Tie) -> Finding:
    return text.SCOPE.at(
        *_places(tie, first),
        expected=first.said,
        actual=tie.said,
        label=tie.mention.label,
        first=first.scope,
        second=tie.scope,
        quote=tie.quote,
    )


def _places(one: Tie, other: Tie) -> list[Place]:
    return list(dict.fromkeys((one.sentence.place, other.sentence.place)))
