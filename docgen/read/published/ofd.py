"""An OFD (GB/T 33190, a zip of XML) as a stream: what stands where becomes pages as a PDF has.

Text, lines and pictures of every page and of the template pages under it are read. Seals and
annotations lie in parts of their own and are not: of a seal, a picture and the shapes of letters
nothing is known. Lengths in the file are millimetres from the upper left corner.
"""

import math
import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import NamedTuple

from docgen.files import ooxml
from docgen.files.ooxml import Element, NotPackage
from docgen.finding import Place
from docgen.read.published.pdf import stream_of_pages
from docgen.read.published.pdf_apart import Told, page_of
from docgen.read.published.pdf_sight import COVERED
from docgen.read.published.stream import Stream

#: A report has some tens of pages, 5,000 characters and as many ends of lines.
_PAGES, _CHARACTERS, _POINTS = 200, 200_000, 200_000
#: Grounds on a page that may lie over a character; a table has one a cell.
_COVERS = 2_000
#: How deep drawings may stand in drawings.
_DEPTH = 20

_POINT = 72 / 25.4
#: A filled shape as thin as this, in millimetres, is a line; how far a line may lean.
_THIN, _LEAN = 0.9, 0.35
#: A colour with no part darker than this is not seen on paper.
_WHITE = 245
_TOO_MUCH = "这个 OFD 里的字或线条太多，不是一份报告"
#: The largest number that is a length on a page.
_FAR = 20_000

# `210.5`, `-3e2`; of `M 10 20 L 30 20` the numbers.
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?")
# The parts of a path: `M 0 0`, `L 30 0`, `C`; not a number.
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")

Affine = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_PLAIN: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _Letter(NamedTuple):
    """A character and where it stands, in millimetres; `order` is when it was drawn."""

    text: str
    at: tuple[float, float]  # on its base line
    advance: float
    size: float
    quarter: float
    order: int


def read_stream(data: bytes, place: Place) -> Stream:
    """Return the text and tables of an OFD. Raise NotPackage or InputStop where there is none."""
    parts = ooxml.read_parts(data)
    pages = [page_of(told, number) for number, told in enumerate(_read_pages(parts), start=1)]
    return stream_of_pages(pages, place)


def _read_pages(parts: Mapping[str, bytes]) -> Iterator[Told]:
    """Yield what stands on each page, as rows."""
    if "OFD.xml" not in parts:
        raise NotPackage("不是 OFD 文件")
    roots = list(ooxml.parse(parts["OFD.xml"], "OFD.xml").iter("{*}DocRoot"))
    if len(roots) != 1:
        raise NotPackage(f"这个 OFD 里有 {len(roots)} 份文件，应是一份")

    name, root = _part_at(parts, "OFD.xml", roots[0].text)
    size = _numbers(root.findtext(".//{*}CommonData/{*}PageArea/{*}PhysicalBox"))
    templates = {one.get("ID", ""): one.get("BaseLoc") for one in root.iter("{*}TemplatePage")}
    pages = [one.get("BaseLoc") for one in root.iterfind("{*}Pages/{*}Page")]
    if not 0 < len(pages) <= _PAGES:
        raise NotPackage(f"这个 OFD 有 {len(pages)} 页，不是一份报告")

    params = _read_params(parts, name, root)
    counted = _Counted()
    for location in pages:
        _, page = _part_at(parts, name, location)
        own = _numbers(page.findtext("{*}Area/{*}PhysicalBox")) or size
        drawn = _Drawn(own, counted, params)
        for under in page.iterfind("{*}Template"):
            known = templates.get(under.get("TemplateID", ""))
            if known:
                drawn.add_all(_part_at(parts, name, known)[1])
        drawn.add_all(page)
        yield drawn.told()


def _read_params(parts: Mapping[str, bytes], name: str, root: Element) -> dict[str, Element]:
    """Return by their numbers the colours and the like that objects refer to."""
    params: dict[str, Element] = {}
    for kind in ("PublicRes", "DocumentRes"):
        for location in root.iterfind(f"{{*}}CommonData/{{*}}{kind}"):
            _, resource = _part_at(parts, name, location.text)
            params |= {one.get("ID", ""): one for one in resource.iter("{*}DrawParam")}
    return params


def _part_at(parts: Mapping[str, bytes], beside: str, location: str | None) -> tuple[str, Element]:
    """Return the part that another one names, and its root."""
    told = (location or "").strip().replace("\\", "/")
    name = posixpath.normpath(posixpath.join("/", posixpath.dirname(beside), told)).lstrip("/")
    if name not in parts:
        raise NotPackage(f"这个 OFD 里缺少 {name[:80]}")
    return name, ooxml.parse(parts[name], name)


class _Counted:
    """How much there is on all pages together."""

    def __init__(self) -> None:
        self.characters, self.points = 0, 0

    def add(self, characters: int = 0, points: int = 0) -> None:
        self.characters, self.points = self.characters + characters, self.points + points
        if self.characters > _CHARACTERS or self.points > _POINTS:
            raise NotPackage(_TOO_MUCH)


class _Drawn:
    """What is drawn on one page, in order."""

    def __init__(self, size: list[float], counted: _Counted, params: Mapping[str, Element]) -> None:
        if len(size) != 4 or not (0 < size[2] < _FAR and 0 < size[3] < _FAR):
            raise NotPackage("这个 OFD 没有写明纸张的大小")
        self._width, self._height, self._counted = size[2], size[3], counted
        self._params, self._layer = params, ""  # and what the layer refers to
        self._letters: list[_Letter] = []
        self._rulings: list[list[float]] = []
        self._pictures: list[list[float]] = []
        self._covers: list[tuple[int, Box, bool]] = []  # each with whether it is white
        self._hidden = self._points = self._order = 0

    def add_all(self, page: Element) -> None:
        """Take every layer of a page."""
        for layer in page.iterfind("{*}Content/{*}Layer"):
            self._layer = layer.get("DrawParam", "")
            self._add_inside(layer, _PLAIN, _DEPTH)

    def _add_inside(self, holder: Element, view: Affine, depth: int) -> None:
        for thing in holder:
            kind = ooxml.tag_of(thing).rpartition("}")[2]
            self._order += 1
            if thing.get("Visible", "true") in ("false", "0"):
                continue

            at = _joined(_view_of(thing), view)
            if kind == "TextObject":
                self._add_text(thing, at)
            elif kind == "PathObject":
                self._add_path(thing, at)
            elif kind == "ImageObject":
                corners = (_put(at, x, y) for x in (0, 1) for y in (0, 1))
                self._pictures.append(_points(_bounds(list(corners))))
            elif depth and kind == "PageBlock":
                self._add_inside(thing, view, depth - 1)

    def _colour_of(self, thing: Element, kind: str) -> Element | None:
        """Return the colour of an object: its own, else that of what it or its layer refers to."""
        for number in (thing.get("DrawParam", ""), self._layer):
            own = thing.find(f"{{*}}{kind}")
            if own is not None:
                return own
            if number in self._params:
                thing = self._params[number]
        return thing.find(f"{{*}}{kind}")

    def _add_text(self, text: Element, at: Affine) -> None:
        """Take the characters of a text, each at its own place."""
        size = _number(text.get("Size"), 3.7)
        quarter = math.degrees(math.atan2(at[1], at[0])) / 90
        seen = text.get("Fill", "true") != "false" or text.get("Stroke") == "true"
        seen = seen and _is_seen(text, self._colour_of(text, "FillColor"))
        x = y = 0.0

        for code in text.iterfind("{*}TextCode"):
            letters = "".join(code.itertext())
            self._counted.add(characters=len(letters))
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            across = list(islice(_deltas(code.get("DeltaX")), len(letters)))
            down = list(islice(_deltas(code.get("DeltaY")), len(letters)))
            left, base = x, y

            for number, letter in enumerate(letters):
                width = size if ord(letter) > 0x2E7F or letter in "“”‘’…—·" else size / 2
                if letter.isprintable() and not letter.isspace():
                    if seen:
                        scale = math.hypot(at[2], at[3])
                        place = _put(at, left, base)
                        one = _Letter(letter, place, width, size * scale, quarter, self._order)
                        self._letters.append(one)
                    else:
                        self._hidden += 1
                left += across[number] if number < len(across) else 0 if down else width
                base += down[number] if number < len(down) else 0

    def _add_path(self, path: Element, at: Affine) -> None:
        """Take the level and upright lines of a path, and what is a ground over other things."""
        data = path.findtext("{*}AbbreviatedData") or ""
        self._counted.add(points=len(data) // 4)
        lines = [[_put(at, x, y) for x, y in line] for line in _lines_of(data)]
        self._points += sum(map(len, lines))

        if path.get("Stroke", "true") != "false" and _is_seen(
            path, self._colour_of(path, "StrokeColor")
        ):
            for points in lines:
                for pair in pairwise(points):
                    self._add_line(_bounds(list(pair)), _LEAN)

        if path.get("Fill") == "true" and _number(path.get("Alpha"), 255) > 0:
            colour = self._colour_of(path, "FillColor")
            for points in lines:
                box = _bounds(points)
                if min(box[2] - box[0], box[3] - box[1]) > _THIN:
                    self._covers.append((self._order, box, not _is_seen(path, colour)))
                    if len(self._covers) > _COVERS:
                        raise NotPackage(_TOO_MUCH)
                elif _is_seen(path, colour):
                    self._add_line(box, _THIN)

    def _add_line(self, box: Box, lean: float) -> None:
        left, top, right, bottom = box
        x, y = (left + right) / 2, (top + bottom) / 2
        if bottom - top <= lean and right - left > bottom - top:
            self._rulings.append(_points((left, y, right, y)))
        elif right - left <= lean and bottom > top:
            self._rulings.append(_points((x, top, x, bottom)))

    def told(self) -> Told:
        """Return all of it as the reader of a PDF tells a page."""
        glyphs = [row for row in map(self._glyph, self._letters) if row]
        hidden = self._hidden + len(self._letters) - len(glyphs)
        size = [self._width * _POINT, self._height * _POINT, hidden, self._points]
        return {
            "facts": [size],
            "glyphs": glyphs,  # type: ignore[dict-item]  # the first of each row is its text
            "rulings": self._rulings,
            "pictures": self._pictures,
        }

    def _glyph(self, one: _Letter) -> list[float | str]:
        """Return a character as a row; nothing if it is off the page, or white lies over it."""
        turn = one.quarter * math.pi / 2
        along, up = (math.cos(turn), math.sin(turn)), (math.sin(turn), -math.cos(turn))
        x, y = one.at

        def at(right: float, rise: float) -> tuple[float, float]:
            return x + right * along[0] + rise * up[0], y + right * along[1] + rise * up[1]

        wide = one.advance
        box = _bounds([at(0, -0.12 * one.size), at(wide, 0.88 * one.size)])
        middle = at(wide / 2, 0.38 * one.size)
        if not (0 <= middle[0] <= self._width and 0 <= middle[1] <= self._height):
            return []

        over = [white for order, cover, white in self._covers
                if order > one.order and _is_in(middle, cover)]  # fmt: skip
        if any(over):
            return []
        places = _points((*box, *middle, *one.at, one.size))
        return [one.text, *places, one.quarter, COVERED if over and one.text.isdigit() else 0]


def _view_of(thing: Element) -> Affine:
    """Return how a point of an object becomes one of what it stands in."""
    boundary = _numbers(thing.get("Boundary"))
    left, top = boundary[:2] if len(boundary) == 4 else (0.0, 0.0)
    matrix = _numbers(thing.get("CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else _PLAIN
    return (a, b, c, d, e + left, f + top)


def _joined(inner: Affine, outer: Affine) -> Affine:
    """Return what puts a point first by the one, then by the other."""
    a, b, c, d, e, f = inner
    x, y = _put(outer, e, f)
    turned = [_put(outer, *side) for side in ((a, b), (c, d))]
    (aa, bb), (cc, dd) = ((one - outer[4], other - outer[5]) for one, other in turned)
    return (aa, bb, cc, dd, x, y)


def _put(at: Affine, x: float, y: float) -> tuple[float, float]:
    return at[0] * x + at[2] * y + at[4], at[1] * x + at[3] * y + at[5]


def _bounds(points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _is_in(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _points(numbers: tuple[float, ...]) -> list[float]:
    """Return millimetres as points. Raise NotPackage where one is no length on a page."""
    if not all(abs(number) < _FAR for number in numbers):  # also for what is not a number
        raise NotPackage("这个 OFD 里有不在纸上的东西")
    return [round(number * _POINT, 2) for number in numbers]


def _is_seen(thing: Element, colour: Element | None) -> bool:
    """Whether something in this colour is seen on paper; without one it is black."""
    if _number(thing.get("Alpha"), 255) <= 0:
        return False
    if colour is None:
        return True
    shades = _numbers(colour.get("Value"))
    is_white = bool(shades) and min(shades) > _WHITE and len(shades) in (1, 3)
    return _number(colour.get("Alpha"), 255) > 0 and not is_white


def _lines_of(data: str) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of each part of a path; a curve counts as its end."""
    points: list[tuple[float, float]] = []
    for step, told in _STEP.findall(data):
        numbers = _numbers(told)
        if step in "MS":
            if len(points) > 1:
                yield points
            points = []
        if step in "Cc" and points:
            points.append(points[0])
        elif len(numbers) >= 2:
            points.append((numbers[-2], numbers[-1]))

    if len(points) > 1:
        yield points


def _deltas(told: str | None) -> Iterator[float]:
    """Yield the steps between characters: `3.5 3.5 4`, or `g 2 3.5 4` for the same."""
    words = iter((told or "").split())
    for word in words:
        if word != "g":
            yield _number(word, 0.0)
            continue
        count, step = _number(next(words, ""), 0.0), _number(next(words, ""), 0.0)
        yield from (step for _ in range(min(int(count), _CHARACTERS)))


def _number(told: str | None, usual: float) -> float:
    """Return the number that a text is; what is usual where it is none."""
    text = (told or "").strip()
    return float(text) if _NUMBER.fullmatch(text) and abs(float(text)) < 1e9 else usual


def _numbers(told: str | None) -> list[float]:
    return [float(one) for one in _NUMBER.findall(told or "") if abs(float(one)) < 1e9]
