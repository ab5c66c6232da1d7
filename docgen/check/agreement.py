"""Numbers of the text against cells of the tables: in one unit, to the digits that are stated."""

from collections.abc import Sequence
from decimal import Decimal

from docgen.address import Address
from docgen.check.ties import SCALE, Tie
from docgen.forms.speech import Sum
from docgen.model import Reading
from docgen.prose.numerals import StatedNumber
from docgen.prose.sentences import is_sign

Cells = list[tuple[Sum, Decimal]]  # sums of cells that a number may agree with, each computed


def in_unit(amount: Decimal, like: StatedNumber) -> Decimal:
    """Return a count as it is, an amount in 元 in the unit of a stated one."""
    return amount / SCALE.get(like.unit, 1)


def sum_of(reading: Reading, addresses: Sum) -> Decimal | None:
    """Return the sum of these cells in the text's unit (amounts in 元); None if one is missing."""
    form, figures = reading.form, reading.report.figures
    if not addresses or any(a not in figures for a in addresses):
        return None
    total = sum((Decimal(figures[address]) for address in addresses), Decimal(0))
    return total * SCALE.get(form.figures[addresses[0]].unit, 1)


def agrees(tie: Tie, cell: Decimal) -> bool:
    """Return whether a stated number is the cell's, an amount to the digits that are stated."""
    return meets(tie.number, tie.value, cell)


def meets(number: StatedNumber | None, value: Decimal, cell: Decimal) -> bool:
    """Return whether this number in its smallest unit is the cell's, to the digits stated."""
    if number is None or number.unit not in SCALE:
        return value == cell
    last = SCALE[number.unit].scaleb(-number.decimals)
    return abs(value - cell) * 2 <= last


def sums_for(reading: Reading, tie: Tie, before: Sequence[Tie], whole: Tie | None) -> Cells:
    """Return the sums this number may agree with, after these; none where a figure is missing."""
    sums = [(addresses, sum_of(reading, addresses)) for addresses in tie.fact.sums]
    known = [(addresses, cell) for addresses, cell in sums if cell is not None]
    if len(known) < len(sums):
        return []
    if len(known) < 2 or not tie.fact.wholes:
        return known
    counted = _counted_cells(reading, tie, before, whole)
    cell = sum_of(reading, counted)
    return known if cell is None else [(counted, cell)]


def _counted_cells(reading: Reading, tie: Tie, before: Sequence[Tie], total: Tie | None) -> Sum:
    """Return the cells of a part in the rows of its total: 检查7次，其中镇村6次.

    No cells if no total stands before it, or one that is no cell's, or if a number between the
    two may be what it is a part of.
    """
    columns = dict.fromkeys(_column(address) for address in tie.fact.sums[0])
    if total is None:
        others = (one for one in reversed(before) if one.fact.wholes != tie.fact.wholes)
        total = next(others, None)
        known = {one.measure.at for one in before}
        between = range(total.measure.at + 1 if total else 0, tie.measure.at)
        if any(at not in known and is_sign(tie.sentence.signs[at]) for at in between):
            return ()

    if total is None:
        return ()

    for addresses in total.fact.sums:
        cell = sum_of(reading, addresses)
        if cell is not None and agrees(total, cell):
            rows = dict.fromkeys(Address(address).above for address in addresses)
            made = tuple(Address.of(row, column) for row in rows for column in columns)
            apart = columns.keys().isdisjoint(map(_column, addresses))
            return made if apart and set(made) <= reading.form.figures.keys() else ()

    return ()


def _column(address: str) -> str:
    return Address(address).last
