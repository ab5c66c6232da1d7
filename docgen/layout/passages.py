"""What a DOCX says, passage by passage, and what each passage is: heading, cell, signature."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from docgen.files.ooxml import Element, NotPackage
from docgen.forms.form import Form
from docgen.layout.printed import POINTS_PER_MM, Page
from docgen.layout.roles import form_tables
from docgen.word.content import Content, Paragraph, Run, read_content
from docgen.word.markup import W, child_value, twips
from docgen.word.package import open_document
from docgen.word.signature import find_signature


class Piece(NamedTuple):
    """The visible characters of a run, and the fonts named for its Chinese and Latin ones."""

    text: str
    chinese: str
    latin: str


class Spot(NamedTuple):
    """Where in a table a passage stands: numbers from 1, its column of the grid from 0."""

    table: int
    row: int
    is_head: bool
    is_merged: bool  # spans rows, so that it belongs to none of them alone
    column: int


@dataclass(frozen=True)
class Passage:
    """A paragraph with visible text, in the body or in a cell; its style's name in lower case."""

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

    @property
    def sides_mm(self) -> tuple[float, float]:
        """Where its text begins and ends, in millimetres from the left edge."""
        return self.left / POINTS_PER_MM, (self.width - self.right) / POINTS_PER_MM


@dataclass(frozen=True)
class Source:
    """A DOCX as far as its proof is concerned, with the form it is of where that is known."""

    passages: tuple[Passage, ...]
    layouts: tuple[Layout, ...]  # of its sections
    number_font: str  # that of the page numbers
    names: tuple[Passage, ...]  # of the signature
    date: Passage | None
    form: Form | None = None
    headless: frozenset[int] = frozenset()  # the tables that have no head to be repeated

    @property
    def layout(self) -> Layout:
        """The page of the last section, which holds the signature."""
        return self.layouts[-1]

    def layout_on(self, page: Page) -> Layout:
        """Return the page of the last section that lies as this printed page does."""
        alike = [one for one in self.layouts if (one.width > one.height) == page.is_turned]
        return alike[-1] if alike else self.layout


def read_source(document: bytes, form: Form | None = None) -> Source:
    """Return what a proof of a document, of this form, must show.

    Raise NotPackage if this is no DOCX.
    """
    opened = open_document(document)
    if opened.document.find(f"{W}body") is None:
        raise NotPackage("里面没有 Word 正文")

    content = read_content(opened, "")
    passages: dict[Paragraph, Passage] = {}
    for paragraph, spot in _paragraphs(content):
        pieces = tuple(_pieces(paragraph.written))
        if pieces:
            setting = paragraph.setting
            passages[paragraph] = Passage(
                len(passages) + 1,
                pieces,
                paragraph.style,
                setting.level > 0,
                setting.numbered,
                spot,
            )

    signature = find_signature(content) if form is None or form.signed else None
    return Source(
        tuple(passages.values()),
        tuple(map(_layout, content.sections)),
        content.styles.latin_font("footer"),
        tuple(passages[name] for name in signature.names) if signature else (),
        passages[signature.date] if signature else None,
        form,
        frozenset(
            content.tables.index(placed) + 1
            for placed, table in form_tables(content, form).items()
            if table.shape == "sheet"
        ),
    )


def _paragraphs(content: Content) -> Iterator[tuple[Paragraph, Spot | None]]:
    """Yield every paragraph in order, those of tables with the spot of their cell."""
    tables = 0
    for block in content.blocks:
        if isinstance(block, Paragraph):
            yield block, None
            continue

        tables += 1
        for number, row in enumerate(block.rows, start=1):
            column = row.skipped
            for cell in row.cells:
                spot = Spot(tables, number, row.is_head, cell.merge != "", column)
                column += cell.span
                for paragraph in cell.paragraphs:
                    yield paragraph, spot


def _pieces(runs: list[Run]) -> Iterator[Piece]:
    for run in runs:
        text = "".join(run.text.split())
        if text:
            yield Piece(text, run.look.east_asia, run.look.ascii)


def _layout(section: Element) -> Layout:
    def points(name: str, attribute: str, default: int) -> float:
        return twips(child_value(section, name, attribute), default) / 20

    return Layout(
        points("pgSz", "w", 11906),
        points("pgSz", "h", 16838),
        points("pgMar", "top", 1440),
        points("pgMar", "right", 1800),
        points("pgMar", "bottom", 1440),
        points("pgMar", "left", 1800),
    )
