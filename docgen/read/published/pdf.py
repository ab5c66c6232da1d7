"""A PDF with a layer of text as a stream: its pages in order, tables over pages as one.

pdfium tells what stands where (`pdf_pages.py`, in a process apart); lines and paragraphs
(`pdf_lines.py`) and tables (`pdf_grid.py`) are found from that.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence

from docgen.finding import Place
from docgen.read.published.pdf_apart import SeenPage, read_pages_apart
from docgen.read.published.pdf_grid import GridPiece, pieces_of
from docgen.read.published.pdf_lines import (
    Margins,
    TextLine,
    begins_paragraph,
    is_far,
    join_lines,
    lines_of,
    margins_of,
    pitch_of,
    running_text,
)
from docgen.read.published.pdf_margins import is_at_side, running_lines
from docgen.read.published.pdf_refused import refuse_columns, refuse_unreadable
from docgen.read.published.pdf_rows import grid_of, is_continued
from docgen.read.published.pdf_sight import with_sight
from docgen.read.published.stream import Stream, StreamLine, StreamPicture, StreamTable, table_place

Item = TextLine | GridPiece


def read_stream(data: bytes, place: Place) -> Stream:
    """Return the text and tables of a PDF. Raise InputStop where it cannot be read."""
    return stream_of_pages(read_pages_apart(data, place), place)


def stream_of_pages(seen: Sequence[SeenPage], place: Place) -> Stream:
    """Return the text and tables on pages. Raise InputStop where they cannot be told."""
    pages = [with_sight(page) for page in seen]
    refuse_unreadable(pages, place)
    items = _items_of(pages, place)
    layout = _Layout(pages, [item for item in items if isinstance(item, TextLine)])
    return list(_stream_of(_groups_of(items, layout), pages, place))


def _items_of(pages: Sequence[SeenPage], place: Place) -> list[Item]:
    """Return the lines of text and the tables of all pages, downwards, without running heads."""
    pieces = [pieces_of(page, place) for page in pages]
    lines = [_lines_beside(page, own) for page, own in zip(pages, pieces, strict=True)]
    running = running_lines(pages, lines)

    items: list[Item] = []
    for tables, text in zip(pieces, lines, strict=True):
        kept = [line for line in text if line not in running]
        refuse_columns(kept, place)
        items += sorted([*tables, *kept], key=lambda item: item.top)
    return items


def _lines_beside(page: SeenPage, pieces: Sequence[GridPiece]) -> list[TextLine]:
    """Return the lines of a page that stand in no table."""
    inside = {glyph for piece in pieces for glyph in piece.glyphs}
    outside = (one for one in page.glyphs if one not in inside and not is_at_side(page, one))
    return lines_of(outside, page.number)


class _Layout:
    """The margins of each page and the usual step between its lines; pages of one size share."""

    def __init__(self, pages: Sequence[SeenPage], lines: Sequence[TextLine]) -> None:
        self._of: dict[int, tuple[Margins, float]] = {}
        sizes = {page.number: (page.width, page.height) for page in pages}
        for size in set(sizes.values()):
            own = [line for line in lines if sizes[line.page] == size]
            if own:
                text = running_text(own)
                shared = margins_of(text, size[0]), pitch_of(text)
                self._of |= {number: shared for number, one in sizes.items() if one == size}

    def begins(self, last: Item | None, line: TextLine) -> bool:
        """Whether a line begins a paragraph, after what stands before it."""
        margins, pitch = self._of[line.page]
        if not isinstance(last, TextLine) or is_far(last, line, pitch):
            return True
        return begins_paragraph(last, line, margins, self._of[last.page][0])


def _groups_of(items: Sequence[Item], layout: _Layout) -> list[list[Item]]:
    """Return the lines of each paragraph, the parts of each table, also over pages."""
    groups: list[list[Item]] = []
    for last, item in zip((None, *items), items, strict=False):
        if isinstance(item, TextLine):
            goes_on = not layout.begins(last, item)
        else:
            goes_on = isinstance(last, GridPiece) and is_continued(last, item)

        if goes_on:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _stream_of(
    groups: Sequence[Sequence[Item]], pages: Sequence[SeenPage], place: Place
) -> Iterator[StreamLine | StreamTable | StreamPicture]:
    """Yield paragraphs, tables and pictures, each with the page where it begins."""
    pictures = deque((page.number, top) for page in pages for top in page.pictures)
    lines_on: Counter[int] = Counter()
    tables = 0
    for group in groups:
        first = group[0]
        on_page = place._replace(sheet=f"页 {first.page}")
        while pictures and pictures[0] < (first.page, first.top):
            yield StreamPicture(place._replace(sheet=f"页 {pictures.popleft()[0]}"))

        if isinstance(first, TextLine):
            lines_on[first.page] += 1
            lines = [one for one in group if isinstance(one, TextLine)]
            own_place = on_page._replace(cell=f"第 {lines_on[first.page]} 段")
            yield StreamLine(join_lines([one.text for one in lines]), own_place, lines)
        else:
            tables += 1
            named = table_place(place, tables)
            grid = grid_of([one for one in group if isinstance(one, GridPiece)], named)
            yield StreamTable(grid, on_page._replace(sheet=f"{on_page.sheet} {named.sheet}"))

    yield from (StreamPicture(place._replace(sheet=f"页 {page}")) for page, _ in pictures)
