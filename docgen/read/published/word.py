"""A DOCX as a stream: what it shows, as if every revision in it were accepted.

Text boxes follow the paragraph they hang on, tables in a cell follow the row they stand in.
Deleted text, codes of fields, comments, hidden text and what stands in merged-over cells is not
shown, and not read. What is raised, struck through or white beside a figure is none of its digits;
what may not be seen where it stands is marked (`pieces.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from docgen.errors import InputStop
from docgen.files import TOO_LARGE, ooxml
from docgen.files.ooxml import Element, NotPackage, tag_of
from docgen.finding import Place, Rule
from docgen.read.entry import Entry, Grid
from docgen.read.published.pieces import PICTURE_SIGN, SeenPiece, join_pieces
from docgen.read.published.stream import (
    Stream,
    StreamLine,
    StreamPicture,
    StreamTable,
    cell_place,
    table_place,
)
from docgen.read.published.word_looks import (
    is_displaced,
    is_displaced_run,
    is_out_of_sight,
    is_unseen,
    odd_props,
)
from docgen.read.sheets import MOST_COLUMNS, MOST_ROWS
from docgen.word.blocks import span_of
from docgen.word.content import merge_of
from docgen.word.markup import (
    CHARACTERS,
    HOLDERS,
    LAYOUT_BREAKS,
    W,
    child_value,
    is_on,
    number,
)
from docgen.word.numbering import Numbering
from docgen.word.package import open_parts
from docgen.word.styles import NO_STYLE, Props, Styles

BROKEN_WORD = Rule(
    code="X340",
    name="Word 文件打不开",
    severity="error",
    message="“{name}”不是完好的 Word 文件（.docx）：{why}",
    why="文件坏了、没有下载完，或只是把别的文件改了后缀名。",
    example="把 .doc 的后缀名改成了 .docx。",
    cure="用 Word 或 WPS 打开它，另存为 .docx；打不开的，重新取一份。",
    since="0.3.0",
)
REVISED = Rule(
    code="R351",
    name="文件里有修订",
    severity="warning",
    needs=("report",),
    message="文件里有没有接受的修订：插入 {inserted} 处、删除 {deleted} 处，按都接受读",
    why="修订没有接受，打印和公布的是哪一稿就看不准；这里按改过以后的读。",
    example="领导改的稿子没有点“接受修订”就发了出来。",
    cure="核对这几处；用 Word 或 WPS 接受或拒绝全部修订，另存一份再读。",
    since="0.3.0",
)

EMBEDDED = Rule(
    code="R393",
    name="文件里嵌着别的文件",
    severity="warning",
    needs=("report",),
    message="{where}嵌着另一个文件，里面的没有读",
    why="Word 打开时把嵌着的网页或文档显示成正文的一部分；docgen 只读文件自己的内容。",
    example="用软件生成的 .docx，正文是嵌进去的一个网页。",
    cure="用 Word 打开，另存为 .docx，再读一次。",
    since="0.4.0",
)

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _TABLE, _BOX = f"{W}p", f"{W}tbl", f"{W}txbxContent"
_DELETED = (f"{W}del", f"{W}moveFrom")
_INSERTED = (f"{W}ins", f"{W}moveTo")
_NOT_SHOWN = {
    *(f"{W}{name}" for name in ("pPr", "rPr", "rt", "sdtPr", "instrText", "delText")),
    f"{_MC}Fallback",
}
_HOLDERS = (*HOLDERS, *_INSERTED, f"{W}smartTag")
#: The elements of a picture in DrawingML and in VML, whatever their namespace.
_PICTURES = ("}blip", "}imagedata")
#: A formula of Word's, which is shown as any text is.
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
#: What shows something that no text says: perhaps digits.
_SHOWS_OTHER = {
    *(f"{W}{name}" for name in ("drawing", "pict", "object", "sym", "rt", "pgNum", "ptab")),
    *(f"{W}{day}{form}" for day in ("day", "month", "year") for form in ("Short", "Long")),
}
_EMBEDDED = (f"{W}altChunk", f"{W}subDoc")
#: No report has so many paragraphs, nor so many cells in all its tables.
_MOST_LINES, _MOST_CELLS = 10_000, 100_000


def read_stream(data: bytes, place: Place) -> Stream:
    """Return what a DOCX shows. Raise InputStop for what is none, or holds more than a report."""
    try:
        opened = open_parts(ooxml.read_parts(data), forgiving=True)
        body = opened.document.find(f"{W}body")
        walker = _Walker(place, Numbering(opened), Styles.of(opened))
        if body is not None:
            walker.read_blocks(body)
    except NotPackage as error:
        raise InputStop(BROKEN_WORD.at(place, name=place.file, why=str(error))) from None

    stream = walker.stream
    if walker.inserted or walker.deleted:
        stream.insert(0, REVISED.at(place, inserted=walker.inserted, deleted=walker.deleted))
    return stream


@dataclass
class _Text:
    """What is gathered of a paragraph: its characters, and what hangs on it."""

    look: Props  # what its runs start from
    is_doubted: bool = False  # whether people may not see it where it stands
    pieces: list[SeenPiece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # of each open field: whether in its code
    has_picture: bool = False


class _Walker:
    """Reads blocks in order into `stream`, counting paragraphs, tables and revisions."""

    def __init__(self, place: Place, numbering: Numbering, styles: Styles) -> None:
        self.stream: Stream = []
        self.inserted = self.deleted = 0
        self._place, self._numbering, self._styles = place, numbering, styles
        self._lines = self._tables = self._cells = 0
        self._begun = ""  # a paragraph whose end is deleted goes on in the next

    def read_blocks(self, parent: Element) -> None:
        """Read what stands in a body, a text box or the cell of a table for layout."""
        for child in parent:
            tag = tag_of(child)
            if tag == _P:
                self._read_line(child)
            elif tag == _TABLE:
                self._read_table(child)
            elif tag in _HOLDERS:
                self.read_blocks(child)
            elif tag == f"{_MC}AlternateContent":
                self.read_blocks(_chosen(child))
            elif tag in _EMBEDDED:
                self._tell_embedded(f"第 {self._lines} 段后面")

    def _tell_embedded(self, where: str) -> None:
        self.stream.append(EMBEDDED.at(self._place, where=where))

    def _read_line(self, paragraph: Element) -> None:
        """Read a paragraph: its text, then the boxes and pictures that hang on it."""
        self._lines += 1
        place = self._place._replace(cell=f"第 {self._lines} 段")
        if self._lines > _MOST_LINES:
            self._refuse(place, f"{self._lines} 段", f"{_MOST_LINES} 段")

        text = self._text_of(paragraph)
        said = f"{self._begun}{join_pieces(text.pieces, in_cell=False)}"
        self._begun = said if _ends_deleted(paragraph) else ""
        if not self._begun and said.strip():
            self.stream.append(StreamLine(said.strip(), place))

        if text.has_picture:
            self.stream.append(StreamPicture(place))
        for box in text.boxes:
            self.read_blocks(box)

    def _text_of(self, paragraph: Element, *, is_doubted: bool = False) -> _Text:
        """Return what a paragraph shows, its number in a list included."""
        style = self._styles.paragraph(paragraph.find(f"{W}pPr"), NO_STYLE)
        text = _Text(style.run, is_doubted or is_displaced(style.paragraph))
        self._gather(paragraph, text)
        if any(piece.text.strip() for piece in text.pieces):
            label = self._numbering.next_label(paragraph)
            text.pieces.insert(0, SeenPiece(label, look=frozenset(["number"])))
        return text

    def _gather(self, element: Element, text: _Text) -> None:
        """Add what an element of a paragraph shows."""
        for child in element:
            tag = tag_of(child)
            if tag in _DELETED:
                self.deleted += 1
            elif tag == f"{W}fldChar":
                if _follow_field(text.fields, child.get(f"{W}fldCharType", "")):
                    text.pieces.append(SeenPiece(PICTURE_SIGN))
            elif tag in (f"{W}t", _MATH_TEXT):
                shown = "" if any(text.fields) else child.text or ""
                text.pieces.append(SeenPiece(shown, look=_place_in_formula(child)))
            elif tag in CHARACTERS:
                if element.tag == f"{W}r" and child.get(f"{W}type") not in LAYOUT_BREAKS:
                    text.pieces.append(SeenPiece(CHARACTERS[tag]))
            elif tag == _BOX:
                text.boxes.append(child)
            elif tag == f"{W}r":
                self._gather_run(child, text)
            else:
                self._gather_other(child, text)

    def _gather_other(self, element: Element, text: _Text) -> None:
        """Add what stands in an element that is no text itself, and a sign for what is drawn."""
        tag = tag_of(element)
        if tag not in _NOT_SHOWN:
            self.inserted += tag in _INSERTED
            text.has_picture |= tag.endswith(_PICTURES)
            begin = len(text.pieces)
            self._gather(_chosen(element), text)
            if tag == f"{W}bdo":  # its letters run the other way
                text.pieces[begin:] = [p._replace(is_doubted=True) for p in text.pieces[begin:]]

        if tag in _SHOWS_OTHER and not any(text.fields):
            text.pieces.append(SeenPiece(PICTURE_SIGN))

    def _gather_run(self, run: Element, text: _Text) -> None:
        """Add what a run shows; what is set apart from the text beside it, in brackets.

        12 with a raised 1 is not 121, and 15 after 12 struck through is not 1215.
        """
        look = self._styles.run(text.look, run.find(f"{W}rPr"))
        if is_on(look.get("vanish")):
            return

        begin = len(text.pieces)
        self._gather(run, text)
        said = "".join(piece.text for piece in text.pieces[begin:]).strip()
        if said and is_on(look.get("strike")) | is_on(look.get("dstrike")):
            text.pieces[begin:] = [SeenPiece(f"（删去{said}）")]
        elif said and look.get("vertAlign") in ("superscript", "subscript"):
            text.pieces[begin:] = [SeenPiece(f"（{said}）")]
        else:
            seen = SeenPiece(
                "",
                points=number(look.get("sz"), 20) / 2,
                look=odd_props(look),
                is_unseen=is_unseen(run, look),
                is_doubted=text.is_doubted or is_displaced_run(look),
            )
            text.pieces[begin:] = [_seen_as(piece, seen) for piece in text.pieces[begin:]]

    def _read_table(self, table: Element) -> None:
        """Read a table; one that only lays out what stands in it is read as what it holds."""
        rows = [r for r in _held_in(table, "tr") if r.find(f"{W}trPr/{W}del") is None]
        cells = [cell for row in rows for cell in _held_in(row, "tc")]
        inner = [found for cell in cells for found in cell.iter(_TABLE)]
        if inner and _is_layout(cells):
            for cell in cells:
                self.read_blocks(cell)
            return

        self._tables += 1
        place = table_place(self._place, self._tables)
        found = StreamTable([], place)
        self.stream.append(found)
        found.grid.extend(self._read_rows(table, place))
        for other in inner:
            if next(other.iterancestors(_TABLE)) is table:
                self._read_table(other)

    def _read_rows(self, table: Element, place: Place) -> Grid:
        """Return the rows of a table as a grid."""
        grid: Grid = []
        for row in _held_in(table, "tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.deleted += 1
                continue

            self.inserted += row.find(f"{W}trPr/{W}ins") is not None
            texts = self._read_cells(row, place)
            self._cells += len(texts)
            if len(grid) == MOST_ROWS or self._cells > _MOST_CELLS:
                self._refuse(place, f"{self._cells} 格以上", f"{_MOST_CELLS} 格、{MOST_ROWS} 行")
            grid.append(
                [
                    Entry(text or None, cell_place(place, len(grid) + 1, column))
                    for column, text in enumerate(texts, start=1)
                ]
            )

        return grid

    def _read_cells(self, row: Element, place: Place) -> list[str]:
        """Return the text of each column of a row; blank where a cell goes on."""
        before = int(number(child_value(row.find(f"{W}trPr"), "gridBefore")))
        texts: list[str] = [""] * max(min(before, MOST_COLUMNS), 0)
        is_doubted = is_out_of_sight(row)
        for cell in _held_in(row, "tc"):
            shape = cell.find(f"{W}tcPr")
            span = shape.find(f"{W}gridSpan") if shape is not None else None
            wide = 1 if span is None else max(span_of(span), 1)
            if len(texts) + wide > MOST_COLUMNS:
                self._refuse(place, f"{len(texts) + wide} 列", f"{MOST_COLUMNS} 列")

            shown = (
                ""
                if merge_of(shape) == "continue"
                else self._cell_text(cell, is_doubted=is_doubted)
            )
            texts += [shown, *[""] * (wide - 1)]
        return texts

    def _cell_text(self, cell: Element, *, is_doubted: bool) -> str:
        """Return the paragraphs of a cell, without those of tables in it."""
        lines = []
        for paragraph in _paragraphs_in(cell):
            text = self._text_of(paragraph, is_doubted=is_doubted)
            boxed = [self._text_of(p) for box in text.boxes for p in box.iter(_P)]
            lines += [join_pieces(part.pieces, in_cell=True).strip() for part in (text, *boxed)]
            if any(part.has_picture for part in (text, *boxed)):
                self.stream.append(StreamPicture(table_place(self._place, self._tables)))
        if any(True for _ in cell.iter(*_EMBEDDED)):
            self._tell_embedded(f"第 {self._tables} 张表里")
            lines.append(PICTURE_SIGN if any(lines) else "")
        return "\n".join(filter(None, lines))

    def _refuse(self, place: Place, size: str, limit: str) -> None:
        """Raise InputStop for more than any report has."""
        raise InputStop(TOO_LARGE.at(place, name=place.file, size=size, limit=limit))


def _place_in_formula(text: Element) -> frozenset[str]:
    """Return the parts of a formula that a text stands in: its exponent is none of its base."""
    if text.tag != _MATH_TEXT:
        return frozenset()
    inside = takewhile(lambda each: each.tag != _P, text.iterancestors())
    names = {etree.QName(each).localname for each in inside}
    return frozenset(names - {"r", "oMath", "oMathPara"})


def _seen_as(piece: SeenPiece, seen: SeenPiece) -> SeenPiece:
    """Return a piece of a run as the run looks."""
    if piece.text == PICTURE_SIGN:
        return piece
    is_doubted = seen.is_doubted or piece.is_doubted
    look = seen.look | piece.look
    return seen._replace(text=piece.text, look=look, is_doubted=is_doubted)


def _is_layout(cells: list[Element]) -> bool:
    """Whether more stands in the tables in these cells than beside them."""
    beside = sum(any("".join(p.itertext()).strip() for p in _paragraphs_in(cell)) for cell in cells)
    inside = sum(1 for cell in cells for inner in cell.iter(_TABLE) for _ in inner.iter(f"{W}tc"))
    return beside < inside


def _paragraphs_in(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell, in content controls too, none of a table in it."""
    for child in parent:
        if child.tag == _P:
            yield child
        elif child.tag in _HOLDERS:
            yield from _paragraphs_in(child)


def _held_in(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, in content controls too."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _HOLDERS:
            yield from _held_in(child, name)


def _chosen(element: Element) -> Element:
    """Return what is shown of an element: of alternatives the first, of all else itself."""
    if element.tag != f"{_MC}AlternateContent":
        return element
    choice = element.find(f"{_MC}Choice")
    fallback = element.find(f"{_MC}Fallback")
    return next((each for each in (choice, fallback) if each is not None), element)


def _ends_deleted(paragraph: Element) -> bool:
    """Whether the end of a paragraph is deleted, so that it goes on in the next."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{tag}") is not None for tag in _DELETED)


def _follow_field(fields: list[bool], kind: str) -> bool:
    """Follow the parts of a field: its code, which is not shown, then its result.

    Return whether it ends without one: Word then shows what it makes of the code.
    """
    if kind == "begin":
        fields.append(True)
    elif kind == "separate" and fields:
        fields[-1] = False
    elif kind == "end" and fields:
        return fields.pop()
    return False
