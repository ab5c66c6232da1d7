"""What stands at the head and foot of every page of a PDF, and is no part of its text.

It is told by where it stands and that it comes again, not by its words: a page number goes up
with the pages, a running head stays.
"""

import re
from collections import Counter
from collections.abc import Sequence

from docgen.read.published.pdf_apart import Glyph, SeenPage
from docgen.read.published.pdf_lines import TextLine

#: How far from the edge such lines stand: a part of the page, or points on a small one.
_EDGE, _EDGE_LEAST = 0.12, 100.0
#: How often, of all pages, a line has to come again.
_OFTEN = 0.4
#: How many such lines there may be at each edge.
_MOST = 3

#: Each number in 第 3 页 共 12 页.
_NUMBER = re.compile(r"\d+")
#: A page number by itself: - 3 -, 3, —3—, ·3·; not 3 件, 0 0 0.
_ALONE = re.compile(r"[-–—―·•~\s]{0,4}\d{1,3}[-–—―·•~\s]{0,4}")


def running_lines(pages: Sequence[SeenPage], lines: Sequence[Sequence[TextLine]]) -> set[TextLine]:
    """Return the lines of each page that belong to no page alone, but to all."""
    found: set[TextLine] = set()
    for is_foot in (False, True):
        rest = [list(reversed(own)) if is_foot else list(own) for own in lines]
        for _ in range(_MOST):
            outer = [
                (page, own[0])
                for page, own in zip(pages, rest, strict=True)
                if own and _is_at_edge(page, own[0], is_foot)
            ]
            repeated = _repeated(outer, len(pages))
            if not repeated:
                break
            found |= repeated
            rest = [own[1:] if own and own[0] in repeated else own for own in rest]
    return found


def is_at_side(page: SeenPage, glyph: Glyph) -> bool:
    """Whether a character is part of a turned line at the edge: the number of a page turned."""
    edge_x, edge_y = _edge_of(page.width), _edge_of(page.height)
    is_inside = edge_x < glyph.x < page.width - edge_x and edge_y < glyph.y < page.height - edge_y
    return glyph.is_turned and not is_inside


def _edge_of(length: float) -> float:
    return max(_EDGE * length, _EDGE_LEAST)


def _is_at_edge(page: SeenPage, line: TextLine, is_foot: bool) -> bool:
    edge = _edge_of(page.height)
    return line.top > page.height - edge if is_foot else line.bottom < edge


def _repeated(outer: Sequence[tuple[SeenPage, TextLine]], pages: int) -> set[TextLine]:
    """Return those of the outermost lines that come again, the same or counting the pages."""
    keys = {line: _keys_of(page.number, line) for page, line in outer}
    often = Counter(key for own in keys.values() for key in own)
    least = max(2, _OFTEN * pages)
    return {
        line
        for line, own in keys.items()
        if any(often[key] >= least for key in own) or _ALONE.fullmatch(line.text)
    }


def _keys_of(page: int, line: TextLine) -> set[tuple[str, str]]:
    """Return what a line has in common with the like on other pages: itself, or its count."""
    numbers = [int(one) for one in _NUMBER.findall(line.text)]
    shape = _NUMBER.sub("#", "".join(line.text.split()))
    keys = {(shape, str(number - page)) for number in numbers[:3]}
    if not _is_all_numbers(shape):
        keys.add((line.text, ""))
    return keys


def _is_all_numbers(shape: str) -> bool:
    """Whether a line holds no words: the same figures on many pages are no running head."""
    return not any(map(str.isalpha, shape))
