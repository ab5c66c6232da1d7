"""Where a line of text comes to stand between the edges of the 版心, by arithmetic."""

import re
from dataclasses import dataclass

from docgen.layout.fonts import SHARED_MARKS
from docgen.layout.sheet import WIDTH_TWIPS
from docgen.word.content import Paragraph

#: What Word adds where a Chinese character meets a digit or letter.
_AUTO_SPACE = 0.25
#: Where they meet: in `第1`, `1号`; not in `12`, `一二`.
_MEETING = re.compile(r"(?<=[0-9A-Za-z])(?=[⺀-鿿])|(?<=[⺀-鿿])(?=[0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class LinePosition:
    """The ends of a line from the left edge of the 版心, in characters of its own size.

    The edges are those of the standard's 版心, not of these margins: a fault of the margins is
    told once, and a position is right when it will be right with them.
    """

    start: float
    end: float
    width: float  # of the 版心
    full: bool  # it reaches from edge to edge, and may go on below

    @property
    def before(self) -> float:
        return self.start

    @property
    def after(self) -> float:
        return self.width - self.end

    @property
    def axis(self) -> float:
        return (self.start + self.end) / 2

    @property
    def off_centre(self) -> float:
        """How far right of the middle its axis lies."""
        return self.axis - self.width / 2


def position_of(
    paragraph: Paragraph, text: str | None = None, *, room: float = WIDTH_TWIPS
) -> LinePosition | None:
    """Return where its text stands; None where a tab puts it. Of several lines the axis is right.

    `text` stands for the paragraph's own where a field is not yet filled; `room` is the width of
    the text on its page.
    """
    text = (paragraph.text if text is None else text).rstrip("\n")
    em, setting = paragraph.em, paragraph.setting
    if "\t" in text or not text.strip() or em <= 0:
        return None
    whole = max((_width_in_ems(line, setting.auto_space) for line in text.split("\n")), default=0)
    left = (setting.left + setting.first) / em
    box = room / em
    right = box - setting.right / em
    whole = min(whole, max(right - left, 0))
    if setting.align == "center":
        start = (left + right - whole) / 2
    elif setting.align == "right":
        start = right - whole
    else:
        start = left

    shown = text.strip("　 ")
    leading = _width_in_ems(text[: len(text) - len(text.lstrip("　 "))], False)
    trailing = _width_in_ems(text[len(text.rstrip("　 ")) :], False) if shown else 0
    return LinePosition(start + leading, start + whole - trailing, box, whole >= right - left)


def _width_in_ems(text: str, auto_space: bool) -> float:
    """Return how wide a text is in characters: Latin ones are half as wide."""
    wide = sum(1.0 if is_wide(character) else 0.5 for character in text)
    return wide + (_AUTO_SPACE * len(_MEETING.findall(text)) if auto_space else 0)


def is_wide(character: str) -> bool:
    """Return whether a character is as wide as it is high."""
    return character > "⺀" or character in SHARED_MARKS
