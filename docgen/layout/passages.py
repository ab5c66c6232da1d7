"""What a DOCX says, passage by passage, and what each passage is: heading, cell, signature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from docgen.files import ooxml
from docgen.files.ooxml import Element, NotPackage
from docgen.word.blocks import W

_STYLES = "word/styles.xml"
_DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
_CONTAINERS = tuple(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "customXml"))
_LINE_BREAK = re.compile(r"\s+")


class Piece(NamedTuple):
    """The visible characters of a run, and the fonts named for its Chinese and Latin ones."""

    text: str
    chinese: str
    latin: str


class Spot(NamedTuple):
    """Where in a table a passage stands: numbers from 1."""

    table: int
    row: int
    is_head: bool
    is_merged: bool  # spans rows, so that it belongs to none of them alone


@dataclass(frozen=True)
class Passage:
    """A paragraph with visible text, in the body or in a cell."""

    number: int
    pieces: tuple[Piece, ...]
    style: str
    is_heading: bool
    is_numbered: bool
    spot: Spot | None

    @property
    def text(self) -> str:
        """Its characters, white space aside."""
        return "".join(piece.text for piece in self.pieces)


class Layout(NamedTuple):
    """The page of a section, in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True)
class Source:
    """A DOCX as far as its proof is concerned."""

    passages: tuple[Passage, ...]
    layout: Layout
    number_font: str  # that of the page numbers

    @property
    def date(self) -> Passage | None:
        """The date of issue: the last paragraph in the body that is a date."""
        body = [passage for passage in self.passages if passage.spot is None]
        return next((p for p in reversed(body) if _DATE.match(p.text)), None)

    @property
    def names(self) -> tuple[Passage, ...]:
        """What stands above the date as signature: all of that style, or the one paragraph."""
        if self.date is None:
            return ()
        above = [p for p in self.passages if p.number < self.date.number]
        if not above or above[-1].spot is not None:
            return ()
        found = [above.pop()]
        while above and found[-1].style == above[-1].style == "Signature":
            found.append(above.pop())
        return tuple(reversed(found))


def read_source(document: bytes) -> Source:
    """Raises NotPackage if this is no DOCX."""
    parts = ooxml.read_parts(document)
    if ooxml.DOCUMENT not in parts:
        raise NotPackage("里面没有 Word 正文")
    body = ooxml.parse(parts[ooxml.DOCUMENT], ooxml.DOCUMENT).find(f"{W}body")
    styles = _Styles(ooxml.parse(parts[_STYLES], _STYLES) if _STYLES in parts else None)
    if body is None:
        raise NotPackage("里面没有 Word 正文")
    passages: list[Passage] = []
    for paragraph, spot in _paragraphs(body):
        pieces = tuple(styles.pieces(paragraph))
        if any(piece.text for piece in pieces):
            style = styles.of(paragraph)
            passages.append(
                Passage(
                    len(passages) + 1,
                    pieces,
                    styles.name(style),
                    styles.value(paragraph, "pPr", "outlineLvl") in set("012345678"),
                    styles.value(paragraph, "pPr", "numPr/numId") not in ("", "0"),
                    spot,
                )
            )
    return Source(tuple(passages), _layout(body), styles.font_of_style("footer"))


def _layout(body: Element) -> Layout:
    sections = list(body.iter(f"{W}sectPr"))
    last = sections[-1] if sections else body
    size, margins = last.find(f"{W}pgSz"), last.find(f"{W}pgMar")

    def points(element: Element, name: str, default: int) -> float:
        value = "" if element is None else element.get(f"{W}{name}", "")
        return float(value or default) / 20

    return Layout(
        points(size, "w", 11906),
        points(size, "h", 16838),
        points(margins, "top", 1440),
        points(margins, "right", 1800),
        points(margins, "bottom", 1440),
        points(margins, "left", 1800),
    )


def _paragraphs(body: Element) -> Iterator[tuple[Element, Spot | None]]:
    tables = 0
    for child in _children(body):
        if child.tag == f"{W}p":
            yield child, None
        elif child.tag == f"{W}tbl":
            tables += 1
            yield from _cells(child, tables)


def _children(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in _CONTAINERS:
            yield from _children(child)
        else:
            yield child


def _cells(table: Element, number: int) -> Iterator[tuple[Element, Spot | None]]:
    for row_number, row in enumerate(table.iter(f"{W}tr"), start=1):
        head = row.find(f"{W}trPr/{W}tblHeader")
        is_head = head is not None and head.get(f"{W}val", "1") not in ("0", "false", "off")
        for cell in row.iter(f"{W}tc"):
            is_merged = cell.find(f"{W}tcPr/{W}vMerge") is not None
            for paragraph in cell.iter(f"{W}p"):
                yield paragraph, Spot(number, row_number, is_head, is_merged)


class _Styles:
    """The styles of a document, with what they take from one another."""

    def __init__(self, part: Element | None) -> None:
        self._styles = {} if part is None else {_id(style): style for style in part}
        self._defaults = None if part is None else part.find(f"{W}docDefaults")
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph"
            ),
            "",
        )

    def of(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._default if style is None else str(style.get(f"{W}val", ""))

    def name(self, style: str) -> str:
        """The name of a style, which editors keep."""
        named = self._styles[style].find(f"{W}name") if style in self._styles else None
        return "" if named is None else str(named.get(f"{W}val", ""))

    def value(self, paragraph: Element, holder: str, path: str) -> str:
        """The value of a property, the paragraph's own or its style's."""
        own = "/".join(f"{W}{name}" for name in (holder, *path.split("/")))
        for element in (paragraph, *self._chain(self.of(paragraph))):
            if (found := element.find(own)) is not None:
                return str(found.get(f"{W}val", ""))
        return ""

    def _chain(self, style: str) -> Iterator[Element]:
        seen = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            base = self._styles[style].find(f"{W}basedOn")
            style = "" if base is None else str(base.get(f"{W}val", ""))

    def pieces(self, paragraph: Element) -> Iterator[Piece]:
        """The runs of a paragraph."""
        chain = list(self._chain(self.of(paragraph)))
        for run in paragraph.iter(f"{W}r"):
            text = _LINE_BREAK.sub("", "".join(_written(run)))
            if text:
                style = run.find(f"{W}rPr/{W}rStyle")
                own = self._chain("" if style is None else str(style.get(f"{W}val", "")))
                places = [run, *own, *chain]
                yield Piece(text, self._font(places, "eastAsia"), self._font(places, "ascii"))

    def font_of_style(self, name: str) -> str:
        """The Latin font of the style of this name; nothing if there is no such style."""
        style = next((key for key in self._styles if self.name(key).lower() == name), "")
        return self._font([*self._chain(style)], "ascii") if style else ""

    def _font(self, places: list[Element], slot: str) -> str:
        for place in places:
            fonts = place.find(f"{W}rPr/{W}rFonts")
            if fonts is not None and (name := fonts.get(f"{W}{slot}")):
                return str(name)
        path = f"{W}rPrDefault/{W}rPr/{W}rFonts"
        fonts = None if self._defaults is None else self._defaults.find(path)
        return "" if fonts is None else str(fonts.get(f"{W}{slot}", ""))


def _id(style: Element) -> str:
    return str(style.get(f"{W}styleId", ""))


def _written(run: Element) -> Iterator[str]:
    for piece in run:
        if piece.tag == f"{W}t":
            yield piece.text or ""
        elif piece.tag == f"{W}noBreakHyphen":
            yield "-"
