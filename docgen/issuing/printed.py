"""What is printed otherwise than the words of a document say: hidden, moved, other signs, fields.

A mark is one such thing in one place. Those that a document has and the issued one has not are
what was done to it.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from docgen.files import ooxml
from docgen.files.ooxml import Element
from docgen.issuing.look import ways_unread
from docgen.word.blocks import text_of
from docgen.word.markup import HOLDERS, W, child_value
from docgen.word.package import open_parts
from docgen.word.styles import NO_STYLE, Style, Styles


class Mark(NamedTuple):
    """A text in its place, and in what way it is printed otherwise."""

    where: str
    text: str
    what: str


_P, _R, _T, _TBL, _TR, _TC = (f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc"))
_VAL = f"{W}val"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_SHAPES = (f"{W}drawing", f"{W}pict", f"{W}object", _ALTERNATE)
_TRACKED = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_PRINTS = (_T, f"{W}sym", *_SHAPES)
# `word/header1.xml`, `word/footnotes.xml`; not `word/document.xml`
_FURNITURE = re.compile(r"word/(header|footer|footnotes|endnotes)[0-9]*\.xml")
_PLACES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_SHOWN = 40
_NO_HEIGHT = 120  # twips: no line of text is seen in a row so low


def find_marks(parts: Mapping[str, bytes]) -> Counter[Mark]:
    """Return all marks of a document."""
    found: list[Mark] = []
    with contextlib.suppress(ooxml.NotPackage, ValueError):
        opened = open_parts(parts, forgiving=True)
        body = opened.document.find(f"{W}body")
        if body is not None:
            found += _Body(Styles.of(opened)).blocks(body)

    found += sorted(set(_furniture(parts)))
    if any(name.startswith("word/fonts/") for name in parts):
        found.append(Mark("整份文件", "字体", "嵌在文件里，印出的字形可能不是原字"))
    return Counter(found)


class _Body:
    """A document's body, looked through from its beginning."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._number = self._tables = 0

    def blocks(self, parent: Element) -> Iterator[Mark]:
        """Yield the marks of paragraphs and tables, counted as where a difference is told of."""
        for child in parent.iterchildren(tag=etree.Element):
            if child.tag == _P:
                self._number += bool(text_of(child))
                yield from self._paragraph(child, self._where)
            elif child.tag == _TBL:
                self._number, self._tables = self._number + 1, self._tables + 1
                yield from self._table(child)
            elif child.tag in HOLDERS:
                if child.tag in _TRACKED:
                    yield Mark(self._where, _text_in(child), "带着修订标记")
                yield from self.blocks(child)
            elif child.tag == f"{W}altChunk":
                yield Mark(self._where, "另一个文件", "插在这里（altChunk），打开时才并进来")
            elif next(child.iter(_PRINTS), None) is not None:
                name = etree.QName(child).localname
                yield Mark(self._where, _text_in(child), f"放在别处（{name}），照段落读不到")

    @property
    def _where(self) -> str:
        return f"第 {max(self._number, 1)} 段"

    def _table(self, table: Element) -> Iterator[Mark]:
        name = f"第 {self._tables} 张表"

        if next(table.iter(f"{W}tblpPr"), None) is not None:
            yield Mark(name, "表格", "挪了位置，浮在版面上")
        rows = {row: number for number, row in enumerate(table.iter(_TR), start=1)}
        columns: Counter[Element | None] = Counter()
        cells: dict[Element | None, str] = {}

        for cell in table.iter(_TC):
            row = next(cell.iterancestors(_TR), None)
            columns[row] += 1
            number = 0 if row is None else rows.get(row, 0)
            cells[cell] = f"{name}第 {number} 行第 {columns[row]} 格"

        for row, number in rows.items():
            if what := _why_unseen(row):
                yield Mark(f"{name}第 {number} 行", _text_in(row), what)

        style = self._styles.style(child_value(table.find(f"{W}tblPr"), "tblStyle"), "table")
        style = style._replace(run=style.anywhere)
        for paragraph in table.iter(_P):
            holder = next(paragraph.iterancestors(_TC), None)
            grounds = [] if holder is None else holder.findall(f"{W}tcPr/{W}shd")
            where = cells.get(holder, name)
            yield from self._paragraph(
                paragraph, where, grounds, style._replace(run=style.anywhere)
            )

    def _paragraph(
        self,
        paragraph: Element,
        where: str,
        grounds: Sequence[Element] = (),
        table: Style = NO_STYLE,
    ) -> Iterator[Mark]:
        properties = paragraph.find(f"{W}pPr")
        under = [] if properties is None else properties.findall(f"{W}shd")
        if properties is not None:
            yield from _moved_or_numbered(properties, where, text_of(paragraph))

        base = self._styles.paragraph(properties, table).run
        said: dict[str, list[str]] = {}
        for run in paragraph.iter(_R):
            text = "".join(piece.text or "" for piece in run.findall(_T))
            if text.strip():
                props = self._styles.run(base, run.find(f"{W}rPr"))
                for what in ways_unread(props, [*under, *grounds]):
                    said.setdefault(what, []).append(text)

        for what, texts in said.items():
            yield Mark(where, _cut_short("".join(texts)), what)
        yield from _unusual_prints(paragraph, where)


def _moved_or_numbered(properties: Element, where: str, text: str) -> Iterator[Mark]:
    if properties.find(f"{W}framePr") is not None:
        yield Mark(where, _cut_short(text), "挪了位置，放进了图文框")
    number = properties.find(f"{W}numPr/{W}numId")
    if number is not None and number.get(_VAL) != "0":
        yield Mark(where, _cut_short(text), "带自动编号，前面会多印出编号")


def _unusual_prints(paragraph: Element, where: str) -> Iterator[Mark]:
    """Yield what a paragraph holds that prints, or changes print, and is no plain text."""
    for sign in paragraph.iter(f"{W}sym"):
        shown = f"{sign.get(f'{W}font', '')} {sign.get(f'{W}char', '')}".strip()
        yield Mark(where, shown, "是插入的符号（w:sym），会印出来，照字面读不到")

    for shape in paragraph.iter(_SHAPES):
        if not any(above.tag in _SHAPES for above in shape.iterancestors()):
            yield Mark(where, _text_in(shape) or "图形", "放在图形或文本框里")

    for field in paragraph.iter(f"{W}fldSimple", f"{W}instrText"):
        code = field.get(f"{W}instr") or field.text or ""
        if code.strip():
            yield Mark(where, _cut_short(code.strip()), "是域代码，打印时会算出别的内容")

    for change in paragraph.iter(*_TRACKED):
        if next(change.iter(_T, f"{W}delText"), None) is not None:
            yield Mark(where, _text_in(change), "带着修订标记")


def _why_unseen(row: Element) -> str:
    """Return why a row is not seen, or nothing."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        return ""

    if properties.find(f"{W}hidden") is not None:
        return "整行设成了隐藏，印不出来"
    height = properties.find(f"{W}trHeight")
    exact = height is not None and height.get(f"{W}hRule") == "exact"
    value = height.get(_VAL, "") if height is not None and exact else ""
    low = value.isascii() and value.isdigit() and int(value[:9]) < _NO_HEIGHT

    return "行高压得太低，印不出来" if low else ""


def _furniture(parts: Mapping[str, bytes]) -> Iterator[Mark]:
    """Yield what heads, feet and notes say; a page number is the field, not what it last showed."""
    for name, part in parts.items():
        kind = _FURNITURE.fullmatch(name)
        if kind is None:
            continue

        try:
            root = ooxml.parse(part)
        except (ooxml.NotPackage, ValueError):
            continue

        for paragraph in root.iter(_P):
            if text := " ".join("".join(_furniture_text(paragraph)).split()):
                yield Mark(_PLACES[kind[1]], _cut_short(text), "印在那里，签发时不是这样")
            yield from _shapes_in(paragraph, _PLACES[kind[1]])


def _shapes_in(paragraph: Element, where: str) -> Iterator[Mark]:
    if next(paragraph.iter(_SHAPES), None) is not None:
        yield Mark(where, _text_in(paragraph) or "图形", "放在图形或文本框里")


def _furniture_text(paragraph: Element) -> Iterator[str]:
    """Yield text as it stands, fields by their code: the result of one is another on every page."""
    depth, shown = 0, True
    simple = f"{W}fldSimple"
    for element in paragraph.iter(_T, simple, f"{W}fldChar", f"{W}instrText"):
        if element.tag == simple:
            yield _name_field(element.get(f"{W}instr", ""))
        elif element.tag == f"{W}instrText":
            yield _name_field(element.text or "")
        elif element.tag == _T:
            inside = any(above.tag == simple for above in element.iterancestors())
            yield "" if inside or not shown else element.text or ""
        else:
            kind = element.get(f"{W}fldCharType", "")
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            shown = depth <= 0


def _name_field(code: str) -> str:
    """Return a field as it is told of: page numbers by their name, others by their code."""
    words = code.split()
    return "〔页码〕" if words[:1] == ["PAGE"] else f"〔{' '.join(words)}〕" if words else ""


def _text_in(element: Element) -> str:
    return _cut_short("".join(piece.text or "" for piece in element.iter(_T, f"{W}delText")))


def _cut_short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
