"""A PDF with a layer of text as a stream: its pages in order, tables over pages as one.

pdfium tells what stands where (`pdf_pages.py`, in a process apart); lines and paragraphs
(`pdf_lines.py`) and tables (`pdf_grid.py`) are found from that.
"""

from collections.abc import Iterator, Sequence

from docgen.finding import Place
from docgen.read.published.pdf_apart import SeenPage, read_pages_apart
from docgen.read.published.pdf_grid import Piece, pieces_of
from docgen.read.published.pdf_lines import (
    Margins,
    TextLine,
    begins_paragraph,
    is_far,
    join_lines,
    lines_of,
    margins_of,
    pitch_of,
)
from docgen.read.published.pdf_margins import running_lines
from docgen.read.published.pdf_refused import refuse_columns, refuse_unreadable
from docgen.read.published.pdf_rows import grid_of, is_continued
from docgen.read.published.stream import Stream, StreamLine, StreamTable, table_place

Item = TextLine | Piece


def read_stream(data: bytes, place: Place) -> Stream:
    """Return the text and tables of a PDF. Raise InputStop where it cannot be read."""
    pages = read_pages_apart(data, place)
    refuse_unreadable(pages, place)
    items = _items_of(pages, place)
    layout = _Layout(pages, [item for item in items if isinstance(item, TextLine)])
    return list(_stream_of(items, layout, place))


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


def _lines_beside(page: SeenPage, pieces: Sequence[Piece]) -> list[TextLine]:
    """Return the lines of a page that stand in no table."""
    inside = {glyph for piece in pieces for glyph in piece.glyphs}
    return lines_of((one for one in page.glyphs if one not in inside), page.number)


class _Layout:
    """The margins of each page and the usual step between its lines; pages of one size share."""

    def __init__(self, pages: Sequence[SeenPage], lines: Sequence[TextLine]) -> None:
        self._of: dict[int, tuple[Margins, float]] = {}
        sizes = {page.number: (page.width, page.height) for page in pages}
        for size in set(sizes.values()):
            own = [line for line in lines if sizes[line.page] == size]
            if own:
                shared = margins_of(own, size[0]), pitch_of(own)
                self._of |= {number: shared for number, one in sizes.items() if one == size}

    def begins(self, last: Item | None, line: TextLine) -> bool:
        """Whether a line begins a paragraph, after what stands before it."""
        margins, pitch = self._of[line.page]
        if not isinstance(last, TextLine) or is_far(last, line, pitch):
            return True
        return begins_paragraph(last, line, margins, self._of[last.page][0])


def _stream_of(
    items: Sequence[Item], layout: _Layout, place: Place
) -> Iterator[StreamLine | StreamTable]:
    """Yield paragraphs and tables, whole also where a page ends in them."""
    said, tables = 0, 0
    open_lines: list[TextLine] = []
    open_pieces: list[Piece] = []
    for last, item in zip((None, *items), (*items, None), strict=True):
        is_same_table = (
            isinstance(item, Piece)
            and isinstance(last, Piece)
            and (last.page < item.page)
            and is_continued(last, item)
        )
        if open_pieces and not is_same_table:
            tables += 1
            at = table_place(place, tables)
            yield StreamTable(
                grid_of(open_pieces, at), at._replace(sheet=f"页 {open_pieces[0].page} {at.sheet}")
            )
            open_pieces = []
        if open_lines and not (isinstance(item, TextLine) and not layout.begins(last, item)):
            said += 1
            yield StreamLine(
                join_lines([line.text for line in open_lines]),
                place._replace(sheet=f"页 {open_lines[0].page}"),
            )
            open_lines = []
        if isinstance(item, Piece):
            open_pieces.append(item)
        elif item is not None:
            open_lines.append(item)
