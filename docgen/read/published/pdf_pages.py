"""What stands on the pages of a PDF: characters, lines drawn, pictures. Runs in a process apart.

pdfium is a large library in C++ and what it reads here is a stranger's: a file that makes it
crash, hang or swell ends this process, not docgen. Started by its path (`pdf_apart.py`), it
imports nothing of docgen: PDF on its standard input, JSON on its standard output.

Lengths are points from the upper left corner of a page as it is looked at, downwards.
"""

import json
import math
import sys
from collections.abc import Callable, Iterator
from ctypes import byref, c_double, c_float, c_int, c_uint, c_void_p, cast
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

PAGES = 200
#: Characters, and ends of drawn lines, of all pages together. A report has some 5,000 of each.
CHARACTERS = 200_000
POINTS = 200_000
#: How deep drawings may stand in drawings.
DEPTH = 6

#: A filled shape as thin as this is a line; thicker ones are the ground behind a text.
_THIN = 2.5
#: How far a line may lean, in points, and still be level or upright.
_LEAN = 1.0
#: Ways to draw a text by which it is not filled, and by which it is not drawn at all: as what was
#: recognised of a scan is, or to clip other things.
_UNFILLED, _INVISIBLE = (1, 5), (3, 7)
_WHITE, _DARK = 245, 160
#: A colour differs from that behind it by so much at least, of 255, or it is hardly seen, or not.
_CONTRAST, _UNSEEN = 50, 10
#: The part of a character that is inside of what its text is clipped to: seen whole, or at all.
_WHOLE, _ANY = 0.6, 0.05
_MOST_CLIPS = 100
_HYPHEN = 2  # what pdfium gives for a hyphen at the end of a line

Number = float
Affine = tuple[float, float, float, float, float, float]
Box = tuple[Number, Number, Number, Number]
Row = list[str | Number]
Colour = tuple[int, int, int]

#: How well a character is seen.
_CLEAR, _UNCLEAR, _COVERED = 0, 1, 2


class Refused(Exception):
    """A file that is not read; the word says why, to `pdf_apart.py`."""


def read(data: bytes) -> list[dict[str, object]]:
    """Return what stands on each page. Raise Refused where it is no PDF, locked or too much."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise Refused("locked" if locked else "broken") from None

    if len(document) > PAGES:
        raise Refused("long")

    reader = _Reader()
    try:
        return [reader.read_page(document[number]) for number in range(len(document))]
    except pypdfium2.PdfiumError:
        raise Refused("broken") from None


class _Reader:
    """Reads page after page and counts what there is of all."""

    def __init__(self) -> None:
        self._characters, self._points = 0, 0

    def read_page(self, page: pypdfium2.PdfPage) -> dict[str, object]:
        """Return the size, the characters, the lines and the pictures of a page."""
        width, height = page.get_size()
        if not (0 < width < 20_000 and 0 < height < 20_000):
            raise Refused("broken")

        view = _view_of(page, width, height)
        drawn = _Drawing()
        self._draw(page, None, view, drawn, DEPTH)
        text = page.get_textpage()
        self._characters += text.count_chars()
        if self._characters > CHARACTERS:
            raise Refused("large")

        glyphs, hidden = _glyphs_of(text, view, drawn, (0.0, 0.0, width, height))
        text.close()
        return {
            "facts": [[width, height, hidden, drawn.points]],
            "glyphs": glyphs,
            "rulings": drawn.rulings,
            "pictures": drawn.pictures,
        }

    def _draw(
        self,
        page: pypdfium2.PdfPage,
        form: object,
        view: Affine,
        drawn: "_Drawing",
        depth: int,
    ) -> None:
        """Take every object of a page, or of a drawing in it."""
        if form is None:
            count = pdfium.FPDFPage_CountObjects(page)
            things = (pdfium.FPDFPage_GetObject(page, at) for at in range(count))
        else:
            count = pdfium.FPDFFormObj_CountObjects(form)
            things = (pdfium.FPDFFormObj_GetObject(form, at) for at in range(count))

        for thing in things:
            kind = pdfium.FPDFPageObj_GetType(thing)
            drawn.order += 1
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                drawn.orders[cast(thing, c_void_p).value] = drawn.order
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._points += max(0, pdfium.FPDFPath_CountSegments(thing))
                if self._points > POINTS:
                    raise Refused("large")
                drawn.add_path(thing, _joined(_matrix_of(thing), view))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                drawn.add_picture(_joined(_matrix_of(thing), view))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
                self._draw(page, thing, _joined(_matrix_of(thing), view), drawn, depth - 1)


class _Ground(NamedTuple):
    """A filled rectangle: its place in the order of all that is drawn, and its colour if known."""

    order: int
    box: Box
    colour: Colour | None
    is_opaque: bool

    @property
    def is_dark(self) -> bool:
        """Whether white letters can be seen on it, as far as it is known."""
        return self.colour is None or sum(self.colour) // 3 < _DARK


_PAPER = _Ground(0, (0, 0, 0, 0), (255, 255, 255), is_opaque=True)


class _Drawing:
    """The lines, filled grounds and pictures of one page, and in what order all was drawn."""

    def __init__(self) -> None:
        self.order = 0
        self.orders: dict[int | None, int] = {}  # of each piece of text
        self.rulings: list[list[Number]] = []
        self._grounds: list[_Ground] = []
        self.pictures: list[list[Number]] = []
        self.points = 0

    def add_picture(self, at: Affine) -> None:
        """Take a picture: the unit square, put somewhere."""
        self.pictures.append(_rounded(_bounds([_put(at, x, y) for x in (0, 1) for y in (0, 1)])))

    def add_path(self, path: object, at: Affine) -> None:
        """Take the level and upright lines of a path, and what is a dark ground."""
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
        parts = list(_parts_of(path, at))
        self.points += sum(map(len, parts))

        if stroke.value and _darkness(path, pdfium.FPDFPageObj_GetStrokeColor) is not None:
            for points in parts:
                for one, other in pairwise(points):
                    self._add_line(*_bounds([one, other]))

        if fill.value:
            shade = _darkness(path, pdfium.FPDFPageObj_GetFillColor)
            colour = _colour_of(path)
            is_opaque = not pdfium.FPDFPageObj_HasTransparency(path)
            for points in parts:
                bounds = _bounds(points)
                if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) > _THIN:
                    if all(x in bounds and y in bounds for x, y in points):  # else no rectangle
                        self._grounds.append(_Ground(self.order, bounds, colour, is_opaque))
                elif shade is not None:
                    self._add_line(*bounds, lean=_THIN)

    def ground_of(self, point: tuple[Number, Number], order: int) -> "_Ground":
        """Return the last ground below a text drawn here; the paper where there is none."""
        below = (one for one in reversed(self._grounds) if one.order < order)
        return next((one for one in below if _is_in(point, one.box)), _PAPER)

    def cover_of(self, point: tuple[Number, Number], order: int) -> "_Ground | None":
        """Return what was drawn over a text here, if anything was."""
        above = (one for one in reversed(self._grounds) if one.order > order and one.is_opaque)
        return next((one for one in above if _is_in(point, one.box)), None)

    def _add_line(
        self, left: Number, top: Number, right: Number, bottom: Number, lean: Number = _LEAN
    ) -> None:
        if bottom - top <= lean and right - left > bottom - top:
            y = (top + bottom) / 2
            self.rulings.append(_rounded((left, y, right, y)))
        elif right - left <= lean:
            x = (left + right) / 2
            self.rulings.append(_rounded((x, top, x, bottom)))


def _parts_of(path: object, at: Affine) -> Iterator[list[tuple[Number, Number]]]:
    """Yield the points of each part of a path; a curve counts as its end."""
    x, y = c_float(), c_float()
    points: list[tuple[Number, Number]] = []
    for number in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []

        points.append(_put(at, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])

    if len(points) > 1:
        yield points


def _darkness(path: object, colour_of: Callable[..., int]) -> int | None:
    """Return how light a colour is, 0 for black; None where it cannot be seen."""
    parts = [c_uint() for _ in range(4)]
    if not colour_of(path, *map(byref, parts)):
        return 0
    *colours, seen = (part.value for part in parts)
    lightness = sum(colours) // 3
    return None if not seen or lightness > _WHITE else lightness


def _colour_of(path: object) -> Colour | None:
    """Return the colour that a path is filled with; None for a pattern."""
    parts = [c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(path, *map(byref, parts)):
        return None
    red, green, blue, _ = (part.value for part in parts)
    return (red, green, blue)


def _glyphs_of(
    text: pypdfium2.PdfTextPage, view: Affine, drawn: _Drawing, sheet: Box
) -> tuple[list[Row], int]:
    """Return the characters that can be seen, and how many cannot.

    Each is its text, left and right end by its advance, the middle of what is inked (of the em
    box for punctuation, whose ink is in one corner), base line, size, direction in quarters, and
    how well it is seen.
    """
    clips: dict[int | None, Box | None] = {}
    tight = [c_double() for _ in range(4)]
    x, y = c_double(), c_double()
    loose, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    glyphs: list[Row] = []
    hidden = 0

    for index, letter in _letters_of(text):
        thing = pdfium.FPDFText_GetTextObject(text, index)
        pdfium.FPDFText_GetCharBox(text, index, *map(byref, tight))
        pdfium.FPDFText_GetLooseCharBox(text, index, byref(loose))
        pdfium.FPDFText_GetCharOrigin(text, index, byref(x), byref(y))
        pdfium.FPDFText_GetMatrix(text, index, byref(matrix))
        along = _turned(view, matrix.a, matrix.b)
        up = _turned(view, matrix.c, matrix.d)
        size = pdfium.FPDFText_GetFontSize(text, index) * (math.hypot(*up) or 1.0)

        left, right, bottom, top = (one.value for one in tight)
        ink = _bounds([_put(view, left, top), _put(view, right, bottom)])
        em = _bounds([_put(view, loose.left, loose.top), _put(view, loose.right, loose.bottom)])
        if not _is_around(em, ink, size):  # as in fonts that are set downwards
            em = _around(ink, size)
        middle = _middle_of(ink if letter.isalnum() and ink[0] < ink[2] else em)
        origin = _put(view, x.value, y.value)
        quarter = math.degrees(math.atan2(along[1], along[0])) / 90
        key = cast(thing, c_void_p).value
        if key not in clips:
            clips[key] = _clip_of(thing, view)
        order = drawn.orders.get(key, sys.maxsize)  # else on top of all
        sight = _sight_of(text, index, drawn, middle, order) if _is_in(middle, sheet) else None
        inside = _part_inside(ink, clips[key])
        if sight is not None and inside < _WHOLE:
            sight = _UNCLEAR if inside > _ANY else None

        if not (letter.isdigit() or letter in ".,-"):  # only figures are asked about
            sight = None if sight == _COVERED else sight and _CLEAR
        if sight is None:
            hidden += 1
        else:
            places = _rounded((*em, *middle, *origin, size, quarter))
            glyphs.append([letter, *places, sight])

    return glyphs, hidden


def _sight_of(
    text: pypdfium2.PdfTextPage,
    index: int,
    drawn: _Drawing,
    middle: tuple[Number, Number],
    order: int,
) -> int | None:
    """Return how well a character is seen; None where it is not."""
    mode = pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text, index))
    parts = [c_uint() for _ in range(4)]
    is_known = pdfium.FPDFText_GetFillColor(text, index, *map(byref, parts))
    *shades, opaque = (part.value for part in parts)
    if mode in _INVISIBLE or (is_known and not opaque):
        return None

    if cover := drawn.cover_of(middle, order):
        is_bright = cover.colour is not None and min(cover.colour) > _WHITE
        return None if is_bright else _COVERED

    if not is_known or mode in _UNFILLED:
        return _CLEAR
    ground = drawn.ground_of(middle, order)
    if ground.colour is None or not ground.is_opaque:
        return None if min(shades) > _WHITE and not ground.is_dark else _CLEAR

    pairs = zip(shades, ground.colour, strict=True)
    contrast = max(abs(one - other) for one, other in pairs) * opaque / 255
    if contrast >= _CONTRAST:
        return _CLEAR
    return None if contrast < _UNSEEN and not ground.is_dark else _UNCLEAR


def _clip_of(thing: object, view: Affine) -> Box | None:
    """Return what a text is clipped to, as the box around it; None where it is not."""
    clip = pdfium.FPDFPageObj_GetClipPath(thing) if thing else None
    if not clip:
        return None

    x, y = c_float(), c_float()
    boxes = []
    for path in range(min(pdfium.FPDFClipPath_CountPaths(clip), _MOST_CLIPS)):
        points = []
        for number in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), _MOST_CLIPS)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, number)
            pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            points.append(_put(view, x.value, y.value))
        if points:
            boxes.append(_bounds(points))

    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return max(lefts), max(tops), min(rights), min(bottoms)


def _part_inside(ink: Box, clip: Box | None) -> Number:
    """Return which part of a character is inside of what it is clipped to, from 0 to 1."""
    if clip is None or not (ink[0] < ink[2] and ink[1] < ink[3]):
        return 1.0
    width = max(0.0, min(ink[2], clip[2]) - max(ink[0], clip[0]))
    height = max(0.0, min(ink[3], clip[3]) - max(ink[1], clip[1]))
    return width * height / ((ink[2] - ink[0]) * (ink[3] - ink[1]))


def _letters_of(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Yield the characters that are no white space and that pdfium did not add, with index.

    What the file does not name as a character is given as U+FFFD: nobody takes it for a figure.
    """
    high = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # half of a character beyond the first plane
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0

        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        if code == _HYPHEN:
            code = ord("-")
        unknown = pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        if unknown or 0xD800 <= code < 0xE000 or 0xE000 <= code < 0xF900 or code > 0x10FFFF:
            code = 0xFFFD
        letter = chr(code)
        if code > 32 and letter.isprintable():
            yield index, letter


def _is_around(em: Box, ink: Box, size: Number) -> bool:
    """Whether an em box may be one: about as large as the type, and around what is inked."""
    x, y = _middle_of(ink)
    is_small = em[2] - em[0] <= 2 * size and em[3] - em[1] <= 3 * size
    return is_small and em[0] - 1 <= x <= em[2] + 1 and em[1] - 1 <= y <= em[3] + 1


def _around(ink: Box, size: Number) -> Box:
    """Return a box of this size with the ink in its middle."""
    x, y = _middle_of(ink)
    return (x - size / 2, y - size / 2, x + size / 2, y + size / 2)


def _middle_of(box: Box) -> tuple[Number, Number]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _is_in(point: tuple[Number, Number], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _view_of(page: pypdfium2.PdfPage, width: Number, height: Number) -> Affine:
    """Return how a point of the page becomes one of what is looked at: turned, cut, downwards."""
    scale = 1000
    x, y = c_int(), c_int()
    seen = []
    for point in ((0.0, 0.0), (100.0, 0.0), (0.0, 100.0)):
        size = (int(width * scale), int(height * scale))
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, *point, byref(x), byref(y))
        seen.append((x.value / scale, y.value / scale))

    (e, f), (ax, ay), (bx, by) = seen
    return ((ax - e) / 100, (ay - f) / 100, (bx - e) / 100, (by - f) / 100, e, f)


def _matrix_of(thing: object) -> Affine:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, byref(matrix)):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _joined(inner: Affine, outer: Affine) -> Affine:
    """Return what puts a point first by the one, then by the other."""
    a, b = _turned(outer, inner[0], inner[1])
    c, d = _turned(outer, inner[2], inner[3])
    e, f = _put(outer, inner[4], inner[5])
    return (a, b, c, d, e, f)


def _put(at: Affine, x: Number, y: Number) -> tuple[Number, Number]:
    dx, dy = _turned(at, x, y)
    return dx + at[4], dy + at[5]


def _turned(at: Affine, x: Number, y: Number) -> tuple[Number, Number]:
    return at[0] * x + at[2] * y, at[1] * x + at[3] * y


def _bounds(points: list[tuple[Number, Number]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _rounded(numbers: tuple[Number, ...]) -> list[Number]:
    """Round to hundredths of a point. Raise Refused where a number is none, or off every page."""
    if not all(abs(number) < 1e6 for number in numbers):  # also for what is not a number
        raise Refused("broken")
    return [round(number, 2) for number in numbers]


def _hold() -> None:
    """Hold this process to its time and memory, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    seconds, memory = map(int, sys.argv[1:3])
    for limit, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        resource.setrlimit(limit, (most, most))


def main() -> None:
    """Read the one, write the other."""
    data = sys.stdin.buffer.read()
    _hold()
    try:
        told: object = read(data)
    except Refused as error:
        told = str(error)
    except MemoryError:
        told = "large"

    sys.stdout.write(json.dumps(told, ensure_ascii=True))


if __name__ == "__main__":
    main()
