"""What somebody changed in an issued document, by the address of each value that was changed.

The issued document is known to the letter: it is what its input makes. So every block and cell of
it has its address, and a returned document is held against it block by block, row by row.
"""

import difflib
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from docgen.address import Address
from docgen.merge.addresses import FIXED, Addressed, expected_addresses
from docgen.merge.expected import expected_blocks
from docgen.model import Reading
from docgen.word.blocks import Block, Table, TableCell
from docgen.word.revisions import RevisionSpot

Kind = Literal["changed", "added", "removed", "row removed", "row added", "table"]

#: More blocks than this are no report's: they are not held against each other.
MOST_BLOCKS = 5000
#: Stretches of more pairs than this are paired in their order alone.
_MOST_PAIRS = 4000
#: Two paragraphs that share so little are not one and the same, changed.
_LEAST_ALIKE = 0.4
#: Of a long paragraph so much is looked at to see which one it was.
_LOOKED_AT = 2000
_TABLE = "\0"  # stands for a table among paragraphs: no paragraph can hold it


class Edit(NamedTuple):
    """One value that a returned document says otherwise.

    `address` is blank for what the form prescribes; of an added paragraph it is that of the
    paragraph or section after which it stands. `where` names the place in the document.
    """

    kind: Kind
    address: Address
    before: str
    after: str
    where: str
    spot: RevisionSpot  # in the returned document; no block where nothing stands there any more


class KnownBlock(NamedTuple):
    """A block of the issued document and what it says: an address, or one for each cell."""

    block: Block
    address: Addressed


def know_blocks(reading: Reading, issued: Sequence[Block]) -> list[KnownBlock] | None:
    """Return the blocks of an issued document with their addresses; None if it is another's.

    What a template prints beside the report has no address.
    """
    expected = expected_blocks(reading.form, reading.report)
    addresses = expected_addresses(reading.form, reading.report)
    pairs = [KnownBlock(*pair) for pair in zip(expected, addresses, strict=True) if pair[0]]

    known: list[KnownBlock] = []
    for block in filter(None, issued):
        if pairs and pairs[0].block == block:
            known.append(pairs.pop(0))
        elif isinstance(block, str):
            known.append(KnownBlock(block, FIXED))
        else:
            return None

    return None if pairs else known


class Compared(NamedTuple):
    """What a returned body says otherwise, and the address of all that it still says."""

    edits: list[Edit]
    addresses: dict[RevisionSpot, Address]


def compare_bodies(known: Sequence[KnownBlock], returned: Sequence[Block]) -> Compared:
    """Hold a returned body against the issued one, in the order of the document.

    Raise ValueError for more than any report holds.
    """
    there = [(number, block) for number, block in enumerate(returned) if block]
    if len(there) > MOST_BLOCKS:
        raise ValueError(f"{len(there)} blocks")

    was = [_spoken(one.block) for one in known]
    now = [_spoken(block) for _, block in there]
    same_tables = was.count(_TABLE) == now.count(_TABLE)
    found: list[Edit] = []
    addresses: dict[RevisionSpot, Address] = {}
    last, tables = FIXED, 0

    if not same_tables:
        before, after = (f"{each.count(_TABLE)} 张表" for each in (was, now))
        found.append(Edit("table", FIXED, before, after, "整份文件", RevisionSpot()))

    for old, new in _pair(was, now):
        spot = RevisionSpot(there[new][0]) if new is not None else RevisionSpot()
        if old is None:
            if new is not None and now[new] != _TABLE:
                found.append(Edit("added", last, "", now[new], f"第 {new + 1} 段", spot))
            continue

        one = known[old]
        if isinstance(one.address, Address):
            last = addresses[spot] = one.address
            said = now[new] if new is not None else None
            found += _of_paragraph(one.address, was[old], said, f"第 {old + 1} 段", spot)
            continue

        last, tables = FIXED, tables + 1
        other = there[new][1] if new is not None else ""
        if same_tables and not isinstance(one.block, str) and not isinstance(other, str):
            found += _of_table(one.block, one.address, other, f"第 {tables} 张表", spot)
            for old_row, row in _pair_rows(one.block, other):
                if old_row is not None and row is not None:
                    cells = enumerate(one.address[old_row])
                    addresses |= {RevisionSpot(spot.block, row, at): each for at, each in cells}

    return Compared(found, addresses)


def _of_paragraph(
    address: Address, before: str, after: str | None, where: str, spot: RevisionSpot
) -> Iterator[Edit]:
    if after is None:
        yield Edit("removed", address, before, "", where, spot)
    elif after != before:
        yield Edit("changed", address, before, after, where, spot)


def _of_table(
    table: Table, addresses: list[list[Address]], other: Table, where: str, spot: RevisionSpot
) -> Iterator[Edit]:
    """Yield what was changed in a table, a row that was taken out or put in as one."""
    for old, new in _pair_rows(table, other):
        if old is None:
            if new is not None:
                row, at = other[new], RevisionSpot(spot.block, new)
                yield Edit("row added", FIXED, "", _row_text(row), f"{where}第 {new + 1} 行", at)
            continue

        place = f"{where}第 {old + 1} 行"
        if new is None:
            first = next((each for each in addresses[old] if each), FIXED)
            yield Edit("row removed", first, _row_text(table[old]), "", place, RevisionSpot())
        elif len(table[old]) != len(other[new]):
            before, after = (f"{len(row)} 格" for row in (table[old], other[new]))
            yield Edit("table", FIXED, before, after, place, RevisionSpot(spot.block, new))
        else:
            cells = zip(table[old], addresses[old], other[new], strict=True)
            for number, (cell, address, changed) in enumerate(cells):
                before, after = tidied(cell.text), tidied(changed.text)
                if before != after and cell.merge != "continue":
                    at = RevisionSpot(spot.block, new, number)
                    name = f"{place}第 {number + 1} 格"
                    yield Edit("changed", address, before, after, name, at)


def _pair_rows(table: Table, other: Table) -> Iterator[tuple[int | None, int | None]]:
    """Pair the rows of two tables; of as many rows each with the one that stands there."""
    if len(table) == len(other):
        return ((number, number) for number in range(len(table)))
    return _pair([_row_text(row) for row in table], [_row_text(row) for row in other])


def _row_text(row: Sequence[TableCell]) -> str:
    return " ".join(tidied(cell.text) for cell in row if cell.text.strip()) or "（空行）"


def _spoken(block: Block) -> str:
    """Return what a paragraph says, or the mark of a table."""
    return tidied(block) if isinstance(block, str) else _TABLE


def tidied(text: str) -> str:
    """Return a text without the white space around it and around its lines."""
    return "\n".join(filter(None, (line.strip() for line in text.split("\n"))))


def _pair(was: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pair texts of two documents, in order: those that are alike, then what is left between.

    A text with no partner is yielded with None in its place.
    """
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    for kind, start, end, other, stop in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(range(start, end), range(other, stop), strict=True)
        else:
            yield from _pair_between(was, now, range(start, end), range(other, stop))


def _pair_between(
    was: Sequence[str], now: Sequence[str], old: range, new: range
) -> Iterator[tuple[int | None, int | None]]:
    """Pair the texts of a stretch in which none is the same."""
    alike = _most_alike(was, now, old, new) if len(old) * len(new) <= _MOST_PAIRS else []
    start, other = old.start, new.start
    for end, stop in [*alike, (old.stop, new.stop)]:
        yield from _pair_in_order(was, now, range(start, end), range(other, stop))
        if end < old.stop or stop < new.stop:
            yield end, stop
        start, other = end + 1, stop + 1


def _pair_in_order(
    was: Sequence[str], now: Sequence[str], old: range, new: range
) -> Iterator[tuple[int | None, int | None]]:
    """Pair what is alike to nothing: as many as there are on both sides are held to be rewritten.

    A table is never a paragraph rewritten.
    """
    both = min(len(old), len(new))
    mixed = any(was[one] == _TABLE for one in old) or any(now[one] == _TABLE for one in new)
    both = 0 if mixed else both
    yield from zip(old[:both], new[:both], strict=True)
    yield from ((None, one) for one in new[both:])
    yield from ((one, None) for one in old[both:])


def _most_alike(
    was: Sequence[str], now: Sequence[str], old: range, new: range
) -> list[tuple[int, int]]:
    """Return the pairs, in order, that are most alike taken together."""
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            likeness = _likeness(was[old[i]], now[new[j]])
            paired = best[i + 1][j + 1] + likeness if likeness else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])

    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1

    return pairs


def _likeness(one: str, other: str) -> float:
    """Return how much two texts share, from 0 to 1; 0 too where it is little."""
    if _TABLE in (one, other):
        return float(one == other)
    one, other = one[:_LOOKED_AT], other[:_LOOKED_AT]
    ratio = difflib.SequenceMatcher(None, one, other, autojunk=False).quick_ratio()
    return ratio if ratio >= _LEAST_ALIKE else 0.0


def plain_number(text: str) -> str | None:
    """Return a figure as digits alone: `１,024` is 1024; None where the text is none."""
    digits = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    return digits if _is_number(digits) else None


def _is_number(digits: str) -> bool:
    whole, point, part = digits.removeprefix("-").partition(".")
    sound = whole.isascii() and whole.isdigit() and (not point or part.isdigit())
    return sound and len(digits) <= _LONGEST


#: No figure of a report has more digits.
_LONGEST = 20
