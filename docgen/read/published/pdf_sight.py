"""Digits on a page of a PDF that are no part of the figure they stand beside.

A digit struck through, in tiny type, hardly seen or painted over is in the text of the file as any
other is: 2 and a struck 7 would be 27. Here is told which they are; they are read in brackets.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from docgen.read.published.pdf_apart import Glyph, Ruling, SeenPage

#: How a character is seen, and what is said of it; 1 and 2 are what `pdf_pages.py` tells.
UNCLEAR, COVERED, STRUCK, SMALL = 1, 2, 3, 4
SIGHTS = {UNCLEAR: "看不清的", COVERED: "涂掉的", STRUCK: "删去", SMALL: "小字"}

#: In parts of the size of type: how near to the middle of a digit a line strikes it through, and
#: how far to either side it goes then.
_STRIKES = 0.2
#: Type of this part of the size on the page is not seen, of the digit beside it is no digit of it.
_TINY, _SMALL = 0.3, 0.75


def with_sight(page: SeenPage) -> SeenPage:
    """Return a page with its digits marked that are struck through, or too small to be seen."""
    if not page.glyphs:
        return page

    strokes = _Strokes(page.rulings)
    usual = median(one.size for one in page.glyphs)
    glyphs = []
    for one in page.glyphs:
        if one.text.isdigit() and not one.sight:
            if one.size < _TINY * usual:
                one = one._replace(sight=UNCLEAR)
            elif strokes.strike(one):
                one = one._replace(sight=STRUCK)
        glyphs.append(one)
    return replace(page, glyphs=glyphs)


class _Strokes:
    """The level lines of a page, by the whole point that each stands at."""

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        spans: dict[int, list[tuple[float, float]]] = {}
        for line in rulings:
            if line.is_level:
                spans.setdefault(round(line.top), []).append((line.left, line.right))
        self._spans = {at: joined_spans(own, 0) for at, own in spans.items()}
        self._heights = sorted(spans)

    def strike(self, one: Glyph) -> bool:
        """Whether a line goes through the middle of a character."""
        near = _STRIKES * one.size
        first = bisect_left(self._heights, one.y - near)
        end = bisect_right(self._heights, one.y + near)
        for at in self._heights[first:end]:
            spans = self._spans[at]
            number = bisect_right(spans, (one.x - near, float("inf"))) - 1
            if number >= 0 and spans[number][1] >= one.x + near:
                return True
        return False


def text_of(glyphs: Sequence[Glyph]) -> str:
    """Return characters that stand together as text, in brackets what is no part of a figure."""
    if not any(one.sight for one in glyphs) and len({one.size for one in glyphs}) == 1:
        return "".join(one.text for one in glyphs)  # as most are

    pieces = []
    for is_figure, beside in groupby(glyphs, lambda one: one.text.isdigit() or one.text in ".,"):
        own = list(beside)
        if is_figure:
            largest = max((one.size for one in own if not one.sight), default=0.0)
            own = [
                one._replace(sight=SMALL) if not one.sight and one.size < _SMALL * largest else one
                for one in own
            ]
        pieces += [_said(sight, list(same)) for sight, same in groupby(own, lambda one: one.sight)]
    return "".join(pieces)


def _said(sight: float, glyphs: Sequence[Glyph]) -> str:
    text = "".join(one.text for one in glyphs)
    return f"（{SIGHTS[int(sight)]}{text}）" if sight else text


def joined_spans(spans: list[tuple[float, float]], touch: float) -> list[tuple[float, float]]:
    """Return these spans, those as one that are no farther apart than this."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + touch:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
