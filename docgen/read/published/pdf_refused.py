"""PDFs whose text cannot be read in order: scans, text without codes, pages set in columns."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from docgen.errors import InputStop
from docgen.finding import Place, Rule
from docgen.read.published.pdf_apart import Glyph, SeenPage
from docgen.read.published.pdf_lines import UNKNOWN, TextLine

NO_TEXT = Rule(
    code="X382",
    name="PDF 里读不出字",
    severity="error",
    message="“{name}”{pages}{why}，读不出字",
    why="扫描件和图片只是画面，没有字；从画面认字会认错数，docgen 不认。",
    example="盖章后扫描成的 PDF；表是一张截图。",
    cure="请找 Word 原件，或网页上公开的那一份。",
    since="0.3.0",
)
IN_COLUMNS = Rule(
    code="X383",
    name="PDF 分栏",
    severity="error",
    message="“{name}”第 {page} 页的文字分成左右两栏，分不清先后",
    why="并排的可能是两栏，也可能是两份报告；读错次序，段落就接错了。",
    example="登在公报上的报告，一页两栏；两页并作一页打印的 PDF。",
    cure="请找不分栏的 Word 原件或网页。",
    since="0.3.0",
)

#: A page is a picture if one covers so much of it, and so few characters are seen beside it.
_PICTURED, _FEW = 0.5, 10
#: Letters drawn as shapes: so many ends of lines, and no character.
_DRAWN = 2_000
#: The part of characters without a code that makes a text one that cannot be read.
_UNKNOWN = 0.05

#: Two columns: lines with this many characters at either side of a gap this wide, in ems.
_SIDE, _GAP = 6, 1.2
#: At least so many such lines, and such a part of those on the page.
_LINES, _PART = 5, 0.5


def refuse_unreadable(pages: Sequence[SeenPage], place: Place) -> None:
    """Raise InputStop if a page is a picture, or the text has no codes."""
    pictured = [page.number for page in pages if _is_picture(page)]
    seen = sum(len(page.glyphs) for page in pages)
    if pictured or not seen:
        numbers = "" if len(pictured) in (0, len(pages)) else f"第 {_listed(pictured)} 页"
        raise InputStop(NO_TEXT.at(place, name=place.file, pages=numbers, why="是扫描件或图片"))

    unknown = sum(one.text == UNKNOWN for page in pages for one in page.glyphs)
    if unknown > _UNKNOWN * seen:
        raise InputStop(NO_TEXT.at(place, name=place.file, pages="", why="里的字没有编码"))


def _is_picture(page: SeenPage) -> bool:
    """Whether a page shows a picture instead of text, also one with the text hidden behind."""
    few = len(page.glyphs) < _FEW or page.hidden > len(page.glyphs)
    return few and (page.pictured > _PICTURED or page.points > _DRAWN)


def _listed(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:5]))
    return shown if len(numbers) <= 5 else f"{shown} 等 {len(numbers)}"


def refuse_columns(lines: Sequence[TextLine], place: Place) -> None:
    """Raise InputStop if the lines of a page stand in two columns."""
    rows: list[list[Glyph]] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda one: one.top):
        is_beside = bool(rows) and line.top + 0.3 * line.size < bottom
        if is_beside:
            rows[-1] += line.glyphs
        else:
            rows.append(list(line.glyphs))
        bottom = max(bottom, line.bottom) if is_beside else line.bottom

    edges = [edge for row in rows for edge in _gap_edges_of(row)]
    count = 0
    for _, step in sorted(edges):  # how many gaps are one above the other
        count += step
        if count >= max(_LINES, _PART * len(rows)):
            raise InputStop(IN_COLUMNS.at(place, name=place.file, page=lines[0].page))


def _gap_edges_of(row: list[Glyph]) -> Iterator[tuple[float, int]]:
    """Yield where gaps with words at both sides begin (1) and end (-1)."""
    ordered = sorted(row, key=lambda one: one.left)
    words = sum(one.text.isalpha() for one in ordered)
    before = 0
    for last, one in pairwise(ordered):
        before += last.text.isalpha()
        is_wordy = before >= _SIDE and words - before >= _SIDE
        if is_wordy and one.left - last.right > _GAP * one.size:
            yield last.right, 1
            yield one.left, -1
