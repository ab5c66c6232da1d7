"""Cells that cover rows and columns, laid out in a grid as a browser does it.

A rowspan may say more rows than it means. A browser then moves the cells of the next row to the
right, beyond the edge of the table; where that row alone is as wide as the table is, the span is
taken to end above it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docgen.read.sheets import MOST_COLUMNS, MOST_ROWS


class TooWide(Exception):
    """A row has more columns than any table of a report."""


class SpanBox(NamedTuple):
    """A cell as it is written: its text, and how many columns and rows it says it covers."""

    text: str
    across: int = 1
    down: int = 1  # 0 for all rows that follow


class _Carried(NamedTuple):
    """A cell that reaches into later rows: its columns, and how many rows it still covers."""

    text: str
    start: int
    across: int
    rows: int


def lay_out(rows: Sequence[Sequence[SpanBox]]) -> list[list[str]]:
    """Return the text of each cell at its row and column, and blanks where a cell covers more.

    Raise TooWide.
    """
    usual = Counter(len(row) for row in _lay_rows(rows, None)).most_common(1)
    width = usual[0][0] if usual else None
    return list(_lay_rows(rows, width))


def _lay_rows(rows: Sequence[Sequence[SpanBox]], width: int | None) -> Iterator[list[str]]:
    """Yield the rows; those that would be wider than `width` are freed of false spans."""
    carried: list[_Carried] = []
    for row in rows:
        if width is not None:
            carried = _without_false(row, carried, width)

        taken = {
            column for span in carried for column in range(span.start, span.start + span.across)
        }
        placed: list[str] = []
        begun: list[_Carried] = []
        column = 0
        for box in row:
            while column in taken:
                column += 1
            across = min(max(box.across, 1), MOST_COLUMNS)
            if column + across > MOST_COLUMNS:
                raise TooWide

            placed += [""] * (column - len(placed)) + [box.text] + [""] * (across - 1)
            down = MOST_ROWS if box.down == 0 else box.down
            if down > 1:
                begun.append(_Carried(box.text, column, across, down - 1))
            column += across

        end = max(taken, default=-1) + 1
        yield placed + [""] * (end - len(placed))
        left = (span._replace(rows=span.rows - 1) for span in carried)
        carried = [span for span in left if span.rows] + begun


def _without_false(row: Sequence[SpanBox], carried: list[_Carried], width: int) -> list[_Carried]:
    """Return the spans from above without those that make a row wider than the table is."""
    own = sum(max(box.across, 1) for box in row)
    excess = own + sum(span.across for span in carried) - width
    if excess <= 0 or not carried:
        return carried
    if own == width:
        return []

    # A figure stands in one row; a label may well stand beside several.
    figures = [span for span in carried if span.text[:1].isdecimal()]
    if sum(span.across for span in figures) == excess:
        return [span for span in carried if span not in figures]

    false = [span for span in carried if span.across == excess]
    return [span for span in carried if span is not false[0]] if len(false) == 1 else carried
