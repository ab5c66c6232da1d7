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
from docgen.rules.mentions import Tie, agrees, scaled, sum_of, ties
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
    scoped = set()  # one scope a sentence is told of once
    for _, alike in groupby(sorted(whole, key=_key), key=_key):
        for finding, tie in _one_fact(reading, list(alike)):
            wrong.append(tie)
            if finding.rule is not text.SCOPE or tie.sentence not in scoped:
                yield finding
            if finding.rule is text.SCOPE:
                scoped.add(tie.sentence)
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
        narrow = tie.narrow and all(tie.value < cell for _, cell in cells)
        if (other or narrow) and _adds_up(tie, cells):
            continue
        if other:
            yield _scopes(other, tie), tie
        elif narrow:
            yield _own_level(reading, tie, cells), tie
        else:
            yield _contradiction(reading, tie, cells), tie
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
    counted = _counted(reading, tie, before)
    cell = sum_of(reading, counted)
    return known if cell is None else [(counted, cell)]


def _counted(reading: Reading, tie: Tie, before: Sequence[Tie]) -> Sum:
    """The cells of a part in the rows of the total before it: 上年结转7件，其中自然人6件.

    No cells if no total stands before it, or one that is no cell's, or if a number between the
    two may be what it is a part of.
    """
    columns = dict.fromkeys(_column(address) for address in tie.mention.sums[0])
    others = (one for one in reversed(before) if one.mention.wholes != tie.mention.wholes)
    total = next(others, None)
    if total is None:
        return ()
    known = {one.at for one in before}
    if any(at not in known for at in tie.sentence.signs_at if total.at < at < tie.at):
        return ()
    for addresses in total.mention.sums:
        cell = sum_of(reading, addresses)
        if cell is not None and agrees(total, cell):
            rows = dict.fromkeys(address.rpartition(".")[0] for address in addresses)
            made = tuple(f"{row}.{column}" for row in rows for column in columns)
            apart = columns.keys().isdisjoint(map(_column, addresses))
            return made if apart and set(made) <= reading.form.figures.keys() else ()
    return ()


def _column(address: str) -> str:
    return address.rpartition(".")[2]


def _other_scope(one: Tie, other: Tie) -> bool:
    return bool(one.scope and other.scope and one.scope != other.scope)


def _contradiction(reading: Reading, tie: Tie, sums: Cells) -> Finding:
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


def _own_level(reading: Reading, tie: Tie, sums: Cells) -> Finding:
    """What a government counts for itself, where its table counts all that are below it."""
    (addresses, cell), *_ = sums
    return text.SCOPE.at(
        tie.sentence.place,
        *(reading.place(address) for address in addresses),
        expected=_plain(reading, addresses[0], cell),
        actual=tie.said,
        label=tie.mention.label,
        first=reading.form.figures[addresses[0]].table.short,
        second=tie.scope,
        quote=tie.quote,
    )


def _adds_up(tie: Tie, sums: Cells) -> bool:
    """Whether the sentence gives the whole as well, or the rest of it: 县政府20件，各部门37件."""
    others = [scaled(number) for number in tie.sentence.numbers if number.value is not None]
    return any(one in (cell, cell - tie.value) for one in others for _, cell in sums)


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
