"""What stands in a document and how it looks: sections, paragraphs with their runs, tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from docgen.files.ooxml import Element, tag_of
from docgen.finding import Place
from docgen.word.markup import (
    CHARACTERS,
    HOLDERS,
    LAYOUT_BREAKS,
    W,
    child_value,
    has_toggle,
    number,
)
from docgen.word.package import Opened
from docgen.word.styles import NO_STYLE, Look, Props, Setting, Style, Styles, setting_of

_QUOTED = 20

_WRAPPERS = tuple(
    f"{W}{name}"
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml")
)


@dataclass(slots=True)
class Run:
    """A stretch of characters set alike; `field` is the instruction it is the result of."""

    text: str
    look: Look
    field: str = ""


@dataclass(eq=False)
class Paragraph:
    """A paragraph with what it is in the end; `style` is its style's name in lower case."""

    place: Place
    element: Element
    style: str
    setting: Setting
    em: float  # of its first characters, in twips
    written: list[Run]  # the hidden ones, too
    section: int = 0

    @cached_property
    def runs(self) -> list[Run]:
        """The runs that are printed."""
        return [run for run in self.written if not run.look.hidden]

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @cached_property
    def stripped(self) -> str:
        return self.text.strip()

    def part(self, start: int, end: int) -> Iterator[tuple[str, Look]]:
        """Yield the text between two places, look by look."""
        at = 0
        for run in self.runs:
            text = run.text[max(start - at, 0) : max(end - at, 0)]
            if text:
                yield text, run.look
            at += len(run.text)


@dataclass(eq=False)
class GridCell:
    """A cell: how many columns of the grid it takes, how it is merged with those above and below.

    Of several rows merged into one the first says "restart", the others "continue".
    """

    span: int
    merge: str
    paragraphs: list[Paragraph]


@dataclass(eq=False)
class Row:
    """A row of a table: its element, its cells, and the columns it leaves out at either end."""

    place: Place
    element: Element
    cells: list[GridCell]
    skipped: int

    @property
    def is_head(self) -> bool:
        """Whether it stands again on top of every page."""
        return has_toggle(self.element.find(f"{W}trPr"), "tblHeader")


@dataclass(eq=False)
class PlacedTable:
    """A table and where it stands."""

    place: Place
    element: Element
    rows: list[Row]
    section: int = 0


@dataclass(eq=False)
class Content:
    """The body of a document in order, and the section properties its blocks stand in."""

    styles: Styles
    blocks: list[Paragraph | PlacedTable] = field(default_factory=list)
    sections: list[Element] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def tables(self) -> list[PlacedTable]:
        return [block for block in self.blocks if isinstance(block, PlacedTable)]


def quoted(text: str) -> str:
    """Return the first characters of a text in quotation marks."""
    shown = " ".join(text.split())
    return f"“{shown[:_QUOTED]}{'…' if len(shown) > _QUOTED else ''}”" if shown else ""


class _Reader:
    """Reads blocks one after another, counting paragraphs, tables and sections."""

    def __init__(self, opened: Opened, name: str) -> None:
        self.content = Content(Styles.of(opened))
        self._name = name
        self._paragraphs = self._tables = 0

    def blocks(self, parent: Element) -> None:
        content = self.content
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraphs += 1
                place = Place(self._name, "", f"第 {self._paragraphs} 段")
                block = read_paragraph(child, content.styles, place)
                block.section = len(content.sections)
                content.blocks.append(block)
                ended = child.find(f"{W}pPr/{W}sectPr")
                if ended is not None:
                    content.sections.append(ended)
            elif child.tag == f"{W}tbl":
                self._tables += 1
                table = self._table(child, f"第 {self._tables} 张表")
                table.section = len(content.sections)
                content.blocks.append(table)
            elif child.tag == f"{W}sectPr":
                content.sections.append(child)
            elif child.tag in HOLDERS:
                self.blocks(child)

    def _table(self, element: Element, sheet: str) -> PlacedTable:
        styles = self.content.styles
        style = styles.style(child_value(element.find(f"{W}tblPr"), "tblStyle"), "table")
        rows: list[Row] = []
        for line in _held_in(element, "tr"):
            place = Place(self._name, sheet, f"第 {len(rows) + 1} 行")
            properties = line.find(f"{W}trPr")
            skipped = sum(
                number(child_value(properties, name)) for name in ("gridBefore", "gridAfter")
            )
            cells: list[GridCell] = []
            for cell in _held_in(line, "tc"):
                at = place._replace(cell=f"{place.cell}第 {len(cells) + 1} 格")
                shape = cell.find(f"{W}tcPr")
                span = number(child_value(shape, "gridSpan"), 1)
                inner = [read_paragraph(p, styles, at, style) for p in cell.iter(f"{W}p")]
                cells.append(GridCell(int(span), merge_of(shape), inner))
            rows.append(Row(place, line, cells, int(skipped)))
        return PlacedTable(Place(self._name, sheet), element, rows)


def read_content(opened: Opened, name: str) -> Content:
    """Return the body of a document; a document without section properties has empty ones."""
    reader = _Reader(opened, name)
    body = opened.document.find(f"{W}body")
    if body is not None:
        reader.blocks(body)
    content = reader.content
    if not content.sections or any(b.section >= len(content.sections) for b in content.blocks):
        content.sections.append(opened.document.makeelement(f"{W}sectPr"))
    return content


def merge_of(shape: Element | None) -> str:
    """Return what the `w:tcPr` of a cell says of its `w:vMerge`: "restart", "continue", or ""."""
    merge = None if shape is None else shape.find(f"{W}vMerge")
    return "" if merge is None else merge.get(f"{W}val", "continue")


def _held_in(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, in content controls too."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in HOLDERS:
            yield from _held_in(child, name)


def read_paragraph(
    element: Element, styles: Styles, place: Place, table: Style = NO_STYLE
) -> Paragraph:
    """Return a paragraph with its runs; its place quotes it."""
    style = styles.paragraph(element.find(f"{W}pPr"), table)

    written = list(_runs(element, styles, style.run))
    runs = [run for run in written if not run.look.hidden]
    first = next((run.look for run in runs if run.text.strip()), None)
    em = 20 * (first or styles.look(style.run, None)).size
    setting = setting_of(style.paragraph, em)
    text = "".join(run.text for run in runs)
    named = place._replace(cell=f"{place.cell}{quoted(text)}")
    return Paragraph(named, element, style.name, setting, em, written)


def _runs(element: Element, styles: Styles, base: Props) -> Iterator[Run]:
    """Yield the runs of a paragraph, hidden ones too, with the field each is the result of."""
    fields: list[list[str]] = []  # of each open field: its instruction, "result" once that began
    for run, simple in _run_elements(element, ""):
        properties = run.find(f"{W}rPr")
        text = ""
        for piece in run:
            if piece.tag == f"{W}fldChar":
                _open_or_close(fields, piece.get(f"{W}fldCharType", ""))
            elif piece.tag == f"{W}instrText" and fields:
                fields[-1][0] += piece.text or ""
            elif piece.tag == f"{W}t":
                text += piece.text or ""
            elif piece.get(f"{W}type") not in LAYOUT_BREAKS:
                text += CHARACTERS.get(tag_of(piece), "")
        instruction = simple or (fields[-1][0] if fields else "")
        if text or instruction:
            yield Run(text, styles.look(base, properties), instruction)


def _open_or_close(fields: list[list[str]], kind: str) -> None:
    if kind == "begin":
        fields.append([""])
    elif kind == "end" and fields:
        fields.pop()


def _run_elements(parent: Element, field_of: str) -> Iterator[tuple[Element, str]]:
    """Yield every `w:r` that is not deleted, with the simple field around it."""
    for child in parent:
        if child.tag == f"{W}r":
            yield child, field_of
        elif child.tag == f"{W}fldSimple":
            instruction = child.get(f"{W}instr", "") or " "
            if child.find(f"{W}r") is None:
                yield child, instruction  # never updated: no result yet
            yield from _run_elements(child, instruction)
        elif child.tag in _WRAPPERS:
            yield from _run_elements(child, field_of)
