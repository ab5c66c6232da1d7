"""Lines of text on a page of a PDF, and the paragraphs they were printed as.

A PDF holds neither: lines are characters on one base line; a paragraph begins at an indent, after
a line that ends short, at another size of type or after a space.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from docgen.read.published.pdf_apart import Glyph
from docgen.read.published.pdf_sight import text_of

#: In parts of the size of type: how far characters of one line may stand apart in height,
_SAME_LINE = 0.3
#: the same character again, so near, is printed twice to look bold;
_TWICE = 0.12
#: a digit, so near to another, is printed over it;
_OVER = 0.25
#: a space between Latin letters or digits, and between any two characters.
_LATIN_SPACE, _WIDE_SPACE = 0.15, 1.0

#: In parts of the size of type: an indent, a line that ends short.
_INDENT, _SHORT = 1.2, 2.5
#: A step between lines this much larger than usual is a space between paragraphs.
_FAR = 1.7
#: Another size of type, as a ratio.
_OTHER_SIZE = 1.12

#: What stands for a character that cannot be told.
UNKNOWN = "\ufffd"

#: A numbered heading: 一、基本情况; not 一是加强学习.
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")


class TextLine:
    """Characters on one base line, from left to right."""

    def __init__(self, glyphs: Iterable[Glyph], page: int = 0) -> None:
        ordered = sorted(glyphs, key=lambda one: one.start)
        self.glyphs = [ordered[0]]
        for one in ordered[1:]:
            last = self.glyphs[-1]
            step = one.start - last.start
            if one.text == last.text and step <= _TWICE * one.size:
                continue
            if last.text.isdigit() and one.text.isdigit() and step < _OVER * one.size:
                self.glyphs[-1] = last._replace(text=UNKNOWN)  # which of the two is meant?
            else:
                self.glyphs.append(one)

        self.page = page
        self.left, self.right = self.glyphs[0].left, max(one.right for one in self.glyphs)
        self.base = median(one.base for one in self.glyphs)
        self.size = median(one.size for one in self.glyphs)
        self.top, self.bottom = self.base - 0.88 * self.size, self.base + 0.12 * self.size

    @cached_property
    def text(self) -> str:
        """The text, with a space where one is seen."""
        gaps = [(one.left - last.right) / max(one.size, 1.0) for last, one in pairwise(self.glyphs)]
        usual = median(gaps) if gaps else 0.0  # letters may be set apart, to fill the line

        words = [[self.glyphs[0]]]
        for (last, one), gap in zip(pairwise(self.glyphs), gaps, strict=True):
            is_latin = last.text.isascii() and one.text.isascii()
            if gap > (_LATIN_SPACE if is_latin else max(_WIDE_SPACE, 2 * usual)):
                words.append([])
            words[-1].append(one)
        return " ".join(map(text_of, words))

    @property
    def first_word(self) -> float:
        """How wide the first word is: what did not fit on the line before."""
        end = self.glyphs[0].right
        for last, one in pairwise(self.glyphs):
            if not (last.text.isascii() and one.text.isascii()) or one.left - last.right > 1:
                break
            end = one.right
        return end - self.left


def lines_of(glyphs: Iterable[Glyph], page: int = 0) -> list[TextLine]:
    """Return the lines of text, downwards."""
    lines: list[list[Glyph]] = []
    for one in sorted(glyphs, key=lambda one: one.base):
        if lines and one.base - lines[-1][-1].base <= _SAME_LINE * one.size:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [TextLine(line, page) for line in lines]


def join_lines(texts: Sequence[str]) -> str:
    """Return lines of one paragraph as one: words of Latin letters stay apart."""
    joined = ""
    for text in texts:
        if joined[-1:].isascii() and text[:1].isascii() and joined[-1:].isalnum():
            joined += " "
        joined += text
    return joined


def running_text(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """Return the lines without those of tables that have no ruling lines.

    Gone is what stands between rows of figures, and what is set smaller than the text: heads.
    """
    rows: dict[int, list[float]] = {}  # of each page, where lines stand that end in figures
    for line in lines:
        if _ends_in_figure(line):
            rows.setdefault(line.page, []).append(line.base)

    plain = [
        line
        for line in lines
        if line.page not in rows or not min(rows[line.page]) <= line.base <= max(rows[line.page])
    ]
    if not rows or not plain:
        return lines

    often: Counter[int] = Counter()
    for line in plain:
        often[round(line.size)] += len(line.glyphs)
    [(size, _)] = often.most_common(1)
    return [line for line in plain if round(line.size) >= size]


def _ends_in_figure(line: TextLine) -> bool:
    """Whether a figure stands by itself at the end of a line, as in the row of a table."""
    words = line.text.split()
    return len(words) > 1 and words[-1].replace(".", "").isdigit()


class Margins(NamedTuple):
    """Where the lines of a page begin and end."""

    left: float
    right: float


def margins_of(lines: Sequence[TextLine], width: float) -> Margins:
    """Return the margins that these lines keep, on pages this wide.

    What stands outside of them, as far from the right edge as the text from the left, is left
    out unless much of the text does.
    """
    least, size = min(line.left for line in lines), median(line.size for line in lines)
    rights = [line.right for line in lines]
    inner = [right for right in rights if right <= width - least + size]
    right = max(inner if len(inner) > 0.8 * len(rights) else rights)

    following = [
        line.left
        for last, line in pairwise(lines)
        if last.right > right - line.size and last.page == line.page
    ]
    left = median(following) if following else least
    return Margins(left, right)


def begins_paragraph(last: TextLine, line: TextLine, margins: Margins, before: Margins) -> bool:
    """Whether a line begins a paragraph; `before` are the margins of the line above it."""
    size = line.size
    if max(size, last.size) > min(size, last.size) * _OTHER_SIZE:
        return True
    if line.left > margins.left + _INDENT * size:
        return not _is_centred_rest(last, line, margins, before)
    if last.right + max(line.first_word, _SHORT * size) < before.right:
        return True
    return bool(_HEADING.match(line.text))


def _is_centred_rest(last: TextLine, line: TextLine, margins: Margins, before: Margins) -> bool:
    """Whether a line is the rest of a full one, set in the middle: of the page, or of that."""
    if last.right < before.right - _INDENT * line.size or line.text[0].isnumeric():
        return False  # a date below a name begins with a number

    if last.left > before.left + _INDENT * last.size:  # the one above is set in, too
        return abs(last.left + last.right - line.left - line.right) < line.size
    sides = (line.left - margins.left, margins.right - line.right)
    return abs(sides[0] - sides[1]) < line.size and min(sides) > 3 * line.size


def is_far(last: TextLine, line: TextLine, pitch: float) -> bool:
    """Whether more space than usual stands between two lines of a page."""
    return last.page == line.page and line.base - last.base > _FAR * pitch


def pitch_of(lines: Sequence[TextLine]) -> float:
    """Return the usual step from line to line on a page."""
    steps = [line.base - last.base for last, line in pairwise(lines)]
    return median(steps) if steps else 0.0
