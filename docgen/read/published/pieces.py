"""A line made of pieces that do not all look alike: what a reader cannot be sure of is marked.

A digit out of sight, moved, much smaller, or drawn as a picture beside a figure is none of its
digits, and may be one that people see: a figure with such a mark is asked about.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

#: What stands for a picture, a symbol, or another thing that is no text.
PICTURE_SIGN = "［图或符号］"
#: How a piece is marked that people may see, or not, or elsewhere.
_DOUBTED, _UNSEEN = "［看不准：{}］", "（看不见的{}）"

#: `12`, `１,234`, `.`; not `12件`.
_OF_FIGURE = re.compile(r"[0-9０-９.,，．\s－-]+")
#: `12`, `1 234件`, `22（其中修订3件）`: what a cell with a figure says; not `2024年1月3日`,
#: `1.其他`.
_FIGURE_LINE = re.compile(
    r"\s*[－-]?[0-9０-９.．,，\s]*[0-9０-９]\s*(?:[^\d.．、（(〔\[【][^\d（(〔\[【]{0,5})?(?:[（(〔\[【].*)?",
    re.DOTALL,
)
#: A piece so much smaller than the largest of its line is another thing; so is a size no one sees.
_SMALLER, _LEAST_POINTS = 0.6, 4.0


class SeenPiece(NamedTuple):
    """Some text of a line, and how it looks: points, and whatever may put it out of its place."""

    text: str
    points: float = 0.0  # 0: not said
    look: frozenset[str] = frozenset()
    is_unseen: bool = False  # surely not to be seen, though it takes its place
    is_doubted: bool = False  # perhaps not to be seen, whatever stands beside it


def join_pieces(pieces: Iterable[SeenPiece], *, in_cell: bool) -> str:
    """Return the text of a line; in a cell with a figure, what is not sure of it is marked."""
    pieces = [piece for piece in pieces if piece.text]
    text = "".join(piece.text for piece in pieces)
    plain = text.replace(PICTURE_SIGN, "")
    is_figure = in_cell and bool(_FIGURE_LINE.fullmatch(plain))
    if not is_figure:
        pieces = [piece._replace(text=piece.text.replace(PICTURE_SIGN, "")) for piece in pieces]

    marks = _marks_of(pieces, is_figure=is_figure)
    said = ""
    for mark, group in groupby(zip(marks, pieces, strict=True), key=lambda pair: pair[0]):
        words = "".join(piece.text for _, piece in group)
        if mark and (_OF_FIGURE.fullmatch(words) or is_figure) and words.strip():
            words = mark.format(words.strip())
        said += words
    return said


def is_doubtful(text: str) -> bool:
    """Whether something in a text is marked: people may see another figure there."""
    return PICTURE_SIGN in text or _DOUBTED[:5] in text


def _marks_of(pieces: list[SeenPiece], *, is_figure: bool) -> Iterator[str]:
    """Yield how each piece is to be marked, blank for one that is sure."""
    shown = [piece for piece in pieces if piece.text.strip() and not piece.is_unseen]
    is_mixed = is_figure and len({piece.look for piece in shown}) > 1
    largest = max((piece.points for piece in shown), default=0.0) if is_figure else 0.0
    for piece in pieces:
        small = piece.points and piece.points < max(_SMALLER * largest, _LEAST_POINTS)
        if piece.text == PICTURE_SIGN:
            yield ""
        elif piece.is_unseen:
            yield _UNSEEN
        elif piece.is_doubted or (is_mixed and piece.look) or (is_figure and small):
            yield _DOUBTED
        else:
            yield ""
