"""What the text states, held against the tables and against itself."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

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

Cells = list[tuple[Sum, Decimal]]  # sums of cells that a number may agree with, each computed
Stated = tuple[Tie, Cells]


def check_mentions(reading: Reading) -> Iterator[Finding]:
    """Every figure in the text that is not the table's, or not the text's own elsewhere."""
    spoken = sentences(reading)
    stated = ties(reading, spoken)
    wrong: list[Tie] = []
    whole = [
        (tie, _sums(reading, tie, told[:index]))
        for _, group in groupby(stated, key=attrgetter("sentence"))
        for told in [list(group)]
        for index, tie in enumerate(told)
        if not tie.part
    ]
    for _, alike in groupby(sorted(whole, key=_key), key=_key):
        for finding, tie in _one_fact(reading, list(alike)):
            wrong.append(tie)
            yield finding
    yield from check_lists(reading, spoken, stated, wrong)
    yield from check_shares(reading, spoken, stated)
    yield from check_stated_changes(spoken)


def _key(stated: Stated) -> str:
    return stated[0].mention.key


def _one_fact(reading: Reading, sums: Sequence[Stated]) -> Iterator[tuple[Finding, Tie]]:
    known = [(tie, cells) for tie, cells in sums if cells]
    right: list[Stated] = []
    wrong: list[Stated] = []
    for tie, cells in known:
        agreed = any(agrees(tie, cell) for _, cell in cells)
        (right if agreed else wrong).append((tie, cells))
    firsts = {(tie.scope, tie.value): tie for tie, _ in reversed(right)}.values()
    for tie, cells in wrong:
        wider = (one for one in firsts if _other_scope(one, tie) and tie.value < one.value)
        other = next(wider, None)
        yield (_scopes(other, tie) if other else _contradiction(reading, tie, cells)), tie
    if known:
        return
    single = [tie for tie, _ in sums if len(tie.mention.sums) < 2]
    for tie in single[1:]:
        if tie.value != single[0].value:
            yield (_scopes if _other_scope(single[0], tie) else _twice)(single[0], tie), tie


def _sums(reading: Reading, tie: Tie, before: Sequence[Tie]) -> Cells:
    """The sums this number may agree with, after these; none where a figure is missing."""
    sums = [(addresses, sum_of(reading, addresses)) for addresses in tie.mention.sums]
    known = [(addresses, cell) for addresses, cell in sums if cell is not None]
    if len(known) < len(sums):
        return []
    if len(known) < 2 or not tie.mention.wholes:
        return known
    rows = _rows_counted(reading, tie, before)
    return [(addresses, cell) for addresses, cell in known if _rows(addresses) == rows] or known


def _rows_counted(reading: Reading, tie: Tie, before: Sequence[Tie]) -> set[str]:
    """The rows of the total that a part follows: 新收12件，其中自然人10件，商业企业2件."""
    wholes = tie.mention.wholes
    total = next((one for one in reversed(before) if one.mention.wholes != wholes), None)
    if total and total.mention.key in wholes:
        for addresses in total.mention.sums:
            cell = sum_of(reading, addresses)
            if cell is not None and agrees(total, cell):
                return _rows(addresses)
    return set()


def _rows(addresses: Sum) -> set[str]:
    return {address.split(".")[1] for address in addresses}


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
