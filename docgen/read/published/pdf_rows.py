"""A table over several pages of a PDF as one grid: rows and cells that a page's end cut in two."""

import re
from collections.abc import Iterable, Iterator, Sequence

from docgen.finding import Place
from docgen.read.entry import Entry, Grid
from docgen.read.published.pdf_grid import CellBox, GridPiece, has_room, joined_edges
from docgen.read.published.stream import cell_place

Row = list[CellBox]

#: How far the sides of one table may differ from page to page, in points.
_ASIDE = 4.0

#: What a new row or group begins with: 2.乙类, （三）其他, 四、合计; not 的情况.
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")


def is_continued(piece: GridPiece, following: GridPiece) -> bool:
    """Whether two tables with nothing between them but a page's end are one."""
    left, right = piece.left - following.left, piece.right - following.right
    return piece.page < following.page and abs(left) <= _ASIDE and abs(right) <= _ASIDE


def grid_of(pieces: Sequence[GridPiece], place: Place) -> Grid:
    """Return the grid of a table; all its pieces stand on the columns of all."""
    inked = [glyph.x for piece in pieces for glyph in piece.glyphs]
    columns = joined_edges((edge for piece in pieces for edge in piece.columns), inked)
    parts: list[tuple[int, list[Row]]] = []  # the rows of each page
    for piece in pieces:
        rows = piece.cells(columns)
        if parts:
            rows = rows[_count_repeated(parts[0][1], rows) :]
            rows = _joined(parts[-1][1], rows)
        if rows:
            parts.append((piece.page, rows))

    return list(_entries(parts, place))


def _count_repeated(head: list[Row], rows: list[Row]) -> int:
    """Return how many rows at the top of a page repeat the head of the table."""
    for count, (one, other) in enumerate(zip(head, rows, strict=False)):
        texts = [box.text for box in one]
        if texts != [box.text for box in other] or not all(map(_is_words, filter(None, texts))):
            return count
    return min(len(head), len(rows))


def _joined(above: list[Row], rows: list[Row]) -> list[Row]:
    """Return the rows of a page without what belongs to the last row of the page before."""
    if not rows:
        return rows

    last, first = above[-1], rows[0]
    pairs = list(dict.fromkeys(zip(last, first, strict=True)))
    filled = [(one, two) for one, two in pairs if one.lines and two.lines]
    if not all(_goes_on(one, two) for one, two in filled):
        tall = {*_shared(above[-2:]), *_shared(rows[:2])}
        _take_over(pair for pair in filled if not tall.isdisjoint(pair) and _goes_on(*pair))
        return rows

    is_cut = filled and all((one.left, one.right) == (two.left, two.right) for one, two in pairs)
    if is_cut:
        _take_over(pairs)
    return rows[1:] if is_cut else rows


def _shared(rows: list[Row]) -> Iterator[CellBox]:
    """Yield the cells that stand in both of two rows."""
    if len(rows) == 2:
        yield from (one for one, other in zip(*rows, strict=True) if one is other)


def _goes_on(one: CellBox, two: CellBox) -> bool:
    """Whether the second cell is the rest of the first: that is full, and this begins nothing."""
    if (one.left, one.right) != (two.left, two.right) or _NUMBERED.match(two.text):
        return False
    return _is_words(one.text) and _is_words(two.text) and not has_room(one, two)


def _take_over(pairs: Iterable[tuple[CellBox, CellBox]]) -> None:
    """Give the lines of each second cell to the first."""
    for one, two in pairs:
        one.lines, two.lines = [*one.lines, *two.lines], []


def _is_words(text: str) -> bool:
    return any(map(str.isalpha, text))


def _entries(parts: list[tuple[int, list[Row]]], place: Place) -> Iterator[list[Entry]]:
    """Yield the rows of a grid: the text of a cell where it begins, blanks in its other places."""
    said: set[CellBox] = set()
    number = 0
    for page, rows in parts:
        on_page = place._replace(sheet=f"页 {page} {place.sheet}")
        for row in rows:
            number += 1
            entries = []
            for column, box in enumerate(row, start=1):
                text = "" if box in said else box.text
                said.add(box)
                entries.append(Entry(text or None, cell_place(on_page, number, column)))
            yield entries
