"""Tables on a page of a PDF: lines drawn become a grid, and what stands between them its cells."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from functools import cached_property

from docgen.finding import Place
from docgen.read.published.pdf_apart import Glyph, Ruling, SeenPage, pdf_stop
from docgen.read.published.pdf_lines import TextLine, lines_of
from docgen.read.published.pdf_sight import joined_spans

#: How near ends and crossings of lines must be, in points, to touch.
_TOUCH = 3.0
#: Two lines so near, and nothing between them, are one border.
_STRIP = 8.0
#: Cells have some room at either side of their text, in points.
_ROOM = 10.8

#: Pairs of a level and an upright line on a page: a table of forty rows and columns has 1,600.
_CROSSINGS = 20_000

Spot = tuple[int, int]  # a row and a column of a grid


class GridPiece:
    """What of a table stands on one page: its grid of lines, and the text of each cell."""

    def __init__(self, rulings: Sequence[Ruling], page: int) -> None:
        self.page = page
        self._rulings = rulings
        self.left, self.right = min(x.left for x in rulings), max(x.right for x in rulings)
        self.top, self.bottom = min(x.top for x in rulings), max(x.bottom for x in rulings)
        self.glyphs: list[Glyph] = []

    def holds(self, one: Glyph) -> bool:
        """Whether a character stands in the table."""
        return self.left <= one.x <= self.right and self.top <= one.y <= self.bottom

    @cached_property
    def columns(self) -> list[float]:
        """Where columns begin and end; the outermost also where no line is drawn."""
        upright = [line.left for line in self._rulings if not line.is_level]
        return joined_edges([*upright, self.left, self.right], [one.x for one in self.glyphs])

    @cached_property
    def rows(self) -> list[float]:
        """Where rows begin and end; at a page's end programs draw no line."""
        level = [line.top for line in self._rulings if line.is_level]
        return joined_edges([*level, self.top, self.bottom], [one.y for one in self.glyphs])

    @property
    def is_table(self) -> bool:
        """Whether it has more than one cell."""
        return len(self.columns) + len(self.rows) > 4

    def cells(self, columns: Sequence[float]) -> list[list["CellBox"]]:
        """Return the rows of cells on these columns; one that spans many stands in each."""
        height, width = len(self.rows) - 1, len(columns) - 1
        upright = _by_edge(columns, [x for x in self._rulings if not x.is_level])
        level = _by_edge(self.rows, [x for x in self._rulings if x.is_level])
        spots = _Spots()
        for row in range(height):
            y = (self.rows[row] + self.rows[row + 1]) / 2
            for column in range(width):
                x = (columns[column] + columns[column + 1]) / 2
                if column and not _is_covered(upright[column], y):
                    spots.join((row, column), (row, column - 1))
                if row and not _is_covered(level[row], x):
                    spots.join((row, column), (row - 1, column))

        held: dict[Spot, list[Glyph]] = {}
        for one in self.glyphs:
            spot = (_index_of(self.rows, one.y), _index_of(columns, one.x))
            held.setdefault(spots.first_of(spot), []).append(one)

        boxes: dict[Spot, CellBox] = {}
        for row in range(height):
            for column in range(width):
                first = spots.first_of((row, column))
                if first not in boxes:
                    left = columns[first[1]]
                    boxes[first] = CellBox(first, left, lines_of(held.get(first, ()), self.page))
                boxes[first].right = max(boxes[first].right, columns[column + 1])

        return [[boxes[spots.first_of((r, c))] for c in range(width)] for r in range(height)]


class _Spots:
    """Places of a grid that are joined to cells, each known by its first place."""

    def __init__(self) -> None:
        self._before: dict[Spot, Spot] = {}

    def first_of(self, spot: Spot) -> Spot:
        """Return the first place of the cell that a place belongs to."""
        while spot in self._before:
            spot = self._before[spot]
        return spot

    def join(self, one: Spot, other: Spot) -> None:
        """Make one cell of two."""
        first, second = sorted((self.first_of(one), self.first_of(other)))
        if first != second:
            self._before[second] = first


class CellBox:
    """One cell: its first row and column in its piece, its width, its lines of text."""

    def __init__(self, first: Spot, left: float, lines: list[TextLine]) -> None:
        self.first, self.lines = first, lines
        self.left = self.right = left

    @property
    def text(self) -> str:
        """The text as printed: lines that were broken for want of room are one."""
        return _joined_lines(self.lines, self.right - self.left)


def _joined_lines(lines: Sequence[TextLine], width: float) -> str:
    """Return the lines of a cell as one text; digits are never joined to digits."""
    text = ""
    for last, line in zip((None, *lines), lines, strict=False):
        if last is not None:
            is_number = text[-1:].isdigit() and line.text[:1].isdigit()
            text += "\n" if is_number or _room_after(last, width) >= line.first_word else ""
        text += line.text
    return text


def _room_after(line: TextLine, width: float) -> float:
    return width - _ROOM - (line.right - line.left)


def has_room(one: CellBox, two: CellBox) -> bool:
    """Whether the first word of a cell would have stood in the last line of another."""
    return _room_after(one.lines[-1], one.right - one.left) >= two.lines[0].first_word


def pieces_of(page: SeenPage, place: Place) -> list[GridPiece]:
    """Return the tables drawn on a page, downwards, each with the characters in it.

    Raise InputStop where so much is drawn that it is no report.
    """
    rulings = _merged(page.rulings)
    level = sum(line.is_level for line in rulings)
    if level * (len(rulings) - level) > _CROSSINGS:
        raise pdf_stop("large", place)

    pieces = [GridPiece(group, page.number) for group in _touching(rulings)]
    pieces.sort(key=lambda one: (one.right - one.left) * (one.bottom - one.top))
    for glyph in page.glyphs:
        inner = next((piece for piece in pieces if piece.holds(glyph)), None)
        if inner:
            inner.glyphs.append(glyph)
    return sorted((piece for piece in pieces if piece.is_table), key=lambda one: one.top)


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return the lines, each whole that is drawn in parts: dashes, sides of cells."""
    level: dict[int, list[tuple[float, float]]] = {}
    upright: dict[int, list[tuple[float, float]]] = {}
    for line in rulings:
        if line.is_level:
            level.setdefault(round(line.top), []).append((line.left, line.right))
        else:
            upright.setdefault(round(line.left), []).append((line.top, line.bottom))

    return [
        *(
            Ruling(a, at, b, at)
            for at, spans in level.items()
            for a, b in joined_spans(spans, _TOUCH)
        ),
        *(
            Ruling(at, a, at, b)
            for at, spans in upright.items()
            for a, b in joined_spans(spans, _TOUCH)
        ),
    ]


def _touching(rulings: list[Ruling]) -> list[list[Ruling]]:
    """Return groups of lines that cross or meet; a line alone is none."""
    level = [line for line in rulings if line.is_level]
    upright = [line for line in rulings if not line.is_level]
    spots = _Spots()
    for i, across in enumerate(level):
        for j, down in enumerate(upright):
            meets = across.left - _TOUCH <= down.left <= across.right + _TOUCH
            if meets and down.top - _TOUCH <= across.top <= down.bottom + _TOUCH:
                spots.join((0, i), (1, j))

    groups: dict[Spot, list[Ruling]] = {}
    for kind, lines in enumerate((level, upright)):
        for at, line in enumerate(lines):
            groups.setdefault(spots.first_of((kind, at)), []).append(line)
    return [group for group in groups.values() if len(group) > 2]


def joined_edges(values: Iterable[float], inked: Iterable[float]) -> list[float]:
    """Return edges, those as one that stand close and have nothing between them."""
    ink = sorted(inked)
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups:
            first, last = groups[-1][0], groups[-1][-1]
            is_empty = bisect(ink, last) == bisect(ink, value)
            if value - last <= _TOUCH or (value - first <= _STRIP and is_empty):
                groups[-1].append(value)
                continue
        groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _by_edge(edges: Sequence[float], rulings: list[Ruling]) -> list[list[tuple[float, float]]]:
    """Return for each edge what the lines drawn along it cover."""
    found: list[list[tuple[float, float]]] = [[] for _ in edges]
    for line in rulings:
        at = line.top if line.is_level else line.left
        after = min(max(bisect(edges, at), 1), len(edges) - 1)
        nearest = after if edges[after] - at < at - edges[after - 1] else after - 1
        span = (line.left, line.right) if line.is_level else (line.top, line.bottom)
        found[nearest].append(span)
    return found


def _is_covered(spans: list[tuple[float, float]], at: float) -> bool:
    return any(start - 1 <= at <= end + 1 for start, end in spans)


def _index_of(edges: Sequence[float], at: float) -> int:
    """Return between which edges a point stands."""
    return min(max(bisect(edges, at) - 1, 0), len(edges) - 2)
