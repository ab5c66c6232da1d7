"""The pages of a PDF as they were set: every character with its place, every rule drawn.

Lengths are points (1/72 inch) from the upper left corner of the page, downwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

POINTS_PER_MM = 72 / 25.4
#: Where a full-width character stands about the base line, in parts of its size.
_ABOVE, _BELOW = 0.88, 0.12
#: The place for the seal is drawn in this grey (red, green, blue, opacity).
GUIDE_COLOUR = (150, 150, 150, 255)


class Character(NamedTuple):
    """A visible character: its page (from 1), its em box and the font the PDF carries."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    font: str

    @property
    def top(self) -> float:
        return self.base - _ABOVE * self.size

    @property
    def bottom(self) -> float:
        return self.base + _BELOW * self.size

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Box(NamedTuple):
    """What a line or a frame drawn on a page covers."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """One page: its size, its visible characters in the order of the text, its rules."""

    number: int
    width: float
    height: float
    characters: tuple[Character, ...]
    rules: tuple[Box, ...]

    @property
    def is_turned(self) -> bool:
        """Whether it lies on its side."""
        return self.width > self.height


def read_pages(pdf: bytes, *, guide: bool = True) -> tuple[Page, ...]:
    """Return every page of a PDF; `guide` is whether the place drawn for the seal is told of."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        pages = (document[number] for number in range(len(document)))
        return tuple(_read_page(page, at, guide) for at, page in enumerate(pages, start=1))


def _read_page(page: "PdfPage", number: int, guide: bool) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    characters = _characters_of(page, text, number, height)
    text.close()
    return Page(number, width, height, tuple(characters), tuple(_rules_of(page, height, guide)))


def _characters_of(
    page: "PdfPage", text: "PdfTextPage", number: int, height: float
) -> list[Character]:
    """Return the visible characters, as the page draws them.

    pdfium sorts what stands on one line from left to right, cells of a table included: the
    order of the drawn objects is that of the document.
    """
    from ctypes import byref, c_double, c_void_p, cast, create_string_buffer

    import pypdfium2.raw as pdfium

    things = (
        pdfium.FPDFPage_GetObject(page, at) for at in range(pdfium.FPDFPage_CountObjects(page))
    )
    drawn = {cast(thing, c_void_p).value: at for at, thing in enumerate(things)}
    box, name = pdfium.FS_RECTF(), create_string_buffer(128)
    x, y = c_double(), c_double()
    found = []
    for index, character in _visible_of(text):
        thing = cast(pdfium.FPDFText_GetTextObject(text, index), c_void_p).value
        pdfium.FPDFText_GetLooseCharBox(text, index, byref(box))
        pdfium.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
        pdfium.FPDFText_GetFontInfo(text, index, name, 128, None)
        size = pdfium.FPDFText_GetFontSize(text, index)
        font = name.value.decode("utf-8", "replace")
        place = (box.left, box.right, height - y.value)
        found.append((drawn.get(thing, -1), Character(character, number, *place, size, font)))

    found.sort(key=lambda pair: pair[0])
    return [character for _, character in found]


def _visible_of(text: "PdfTextPage") -> Iterator[tuple[int, str]]:
    """Yield the characters that are no white space and that pdfium did not add, with index."""
    import pypdfium2.raw as pdfium

    high = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # half of a character beyond the first plane
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        character = chr(code)
        is_added = pdfium.FPDFText_IsGenerated(text, index) == 1
        if code >= 32 and not character.isspace() and not is_added:
            yield index, character


def _rules_of(page: "PdfPage", height: float, guide: bool) -> list[Box]:
    """Return what every line and frame drawn on a page covers."""
    from ctypes import byref, c_uint

    import pypdfium2.raw as pdfium

    found = []
    colour = [c_uint() for _ in GUIDE_COLOUR]
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        pdfium.FPDFPageObj_GetStrokeColor(thing.raw, *map(byref, colour))
        if not guide and tuple(part.value for part in colour) == GUIDE_COLOUR:
            continue
        left, bottom, right, top = thing.get_bounds()
        found.append(Box(left, height - top, right, height - bottom))

    return found
