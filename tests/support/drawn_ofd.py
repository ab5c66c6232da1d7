"""OFD files (GB/T 33190) of an issued document, as an exporter makes them of its pages.

A line is several text objects, some set character by character (`DeltaX`); tables are drawn with
lines; a seal stands in its annotations. Pictures and what a signature says cannot be drawn here.
"""

import io
import zipfile
from collections.abc import Callable
from html import escape

from docgen.word.blocks import Block, Table

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 210.0, 297.0, 28.0, 184.0, 37.0, 262.0
SIZE, PITCH = 5.5, 10.2
CELL_SIZE, CELL_PITCH = 3.0, 4.0
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'

#: What an object in white refers to.
WHITE = (
    '<ofd:DrawParams><ofd:DrawParam ID="5"><ofd:FillColor Value="255 255 255"/>'
    "</ofd:DrawParam></ofd:DrawParams>"
)
Change = Callable[[str], str]  # of the objects of a page, as XML


class _Paper:
    """Pages that fill downwards."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.y = TOP
        self._number = 10

    def feed(self, height: float) -> None:
        """Go to a new page unless so much room is left."""
        if self.y + height > BOTTOM:
            self.pages.append([])
            self.y = TOP

    def text(self, x: float, y: float, text: str, size: float, *, apart: bool = False) -> None:
        """Write a text with its top left here."""
        self._number += 1
        widths = [size if ord(one) > 255 else size / 2 for one in text]
        steps = "" if not apart else f' DeltaX="{" ".join(f"{one:g}" for one in widths[:-1])}"'
        box = f"{x:.2f} {y:.2f} {sum(widths):.2f} {size * 1.2:.2f}"
        self.pages[-1].append(
            f'<ofd:TextObject ID="{self._number}" Boundary="{box}" Font="3" Size="{size}">'
            f'<ofd:TextCode X="0" Y="{size * 0.88:.2f}"{steps}>{escape(text)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )

    def line(self, x: float, y: float, wide: float, high: float) -> None:
        self._number += 1
        box = f"{x:.2f} {y:.2f} {max(wide, 0.2):.2f} {max(high, 0.2):.2f}"
        self.pages[-1].append(
            f'<ofd:PathObject ID="{self._number}" Boundary="{box}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {wide:.2f} {high:.2f}</ofd:AbbreviatedData>"
            "</ofd:PathObject>"
        )


def draw_ofd(blocks: list[Block], change: Change = lambda page: page) -> bytes:
    """Return an OFD of a document's paragraphs and tables."""
    paper = _Paper()
    for block in blocks:
        if isinstance(block, str):
            _draw_paragraph(paper, block)
        else:
            _draw_table(paper, block)

    for number, page in enumerate(paper.pages, start=1):  # at its foot
        last = _Paper()
        last.text(LEFT + 60, HEIGHT - 28, f"— {number} —", 4.9)
        page += last.pages[0]
    return _packed([change("".join(page)) for page in paper.pages])


def _draw_paragraph(paper: _Paper, text: str) -> None:
    indent, room = 2 * SIZE, RIGHT - LEFT
    for part in text.split("\n"):
        line, wide, at = "", 0.0, indent
        for letter in f"{part}\0":
            step = SIZE if ord(letter) > 255 else SIZE / 2
            if letter == "\0" or at + wide + step > room:
                paper.feed(PITCH)
                half = len(line) // 2  # in two objects, the second character by character
                first = sum(SIZE if ord(one) > 255 else SIZE / 2 for one in line[:half])
                if half:
                    paper.text(LEFT + at, paper.y, line[:half], SIZE)
                paper.text(LEFT + at + first, paper.y, line[half:] or " ", SIZE, apart=True)
                paper.y += PITCH
                line, wide, at = "", 0.0, 0.0
            line, wide = line + letter, wide + step


def _draw_table(paper: _Paper, table: Table) -> None:
    columns = max(sum(cell.span for cell in row) for row in table)
    step = (RIGHT - LEFT) / columns
    heights = [_height_of(row, step) for row in table]
    for number, row in enumerate(table):
        x, high = LEFT, heights[number]
        if paper.y + high > BOTTOM:  # the table goes on, closed on both pages
            paper.line(LEFT, paper.y, RIGHT - LEFT, 0)
            paper.feed(high)
            paper.line(LEFT, paper.y, RIGHT - LEFT, 0)
        for cell in row:
            wide = cell.span * step
            if cell.merge != "continue":
                paper.line(x, paper.y, wide, 0)
                for at, line in enumerate(_lines_of(cell.text, wide)):
                    paper.text(x + 0.8, paper.y + 1 + CELL_PITCH * at, line, CELL_SIZE)
            paper.line(x, paper.y, 0, high)
            x += wide
        paper.line(x, paper.y, 0, high)
        paper.y += high
    paper.line(LEFT, paper.y, RIGHT - LEFT, 0)
    paper.y += 4


def _height_of(row: list, step: float) -> float:  # type: ignore[type-arg]
    most = max(
        len(_lines_of(cell.text, cell.span * step)) for cell in row if cell.merge != "continue"
    )
    return most * CELL_PITCH + 2


def _lines_of(text: str, wide: float) -> list[str]:
    room = max(int((wide - 1.6) / CELL_SIZE), 1)
    text = text.replace("\n", "")
    if text.isascii():
        room *= 2
    return [text[at : at + room] for at in range(0, len(text), room)] or [""]


def _packed(pages: list[str]) -> bytes:
    """Return the package, with a seal in its annotations."""
    entries = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    body = (
        "<ofd:CommonData><ofd:MaxUnitID>9999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>"
        f"0 0 {WIDTH} {HEIGHT}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{entries}</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    )
    root = (
        "<ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>"
    )
    seal = (
        '<ofd:Annot ID="9000" Type="Stamp"><ofd:Appearance Boundary="100 200 42 42">'
        '<ofd:TextObject ID="9001" Boundary="0 0 42 9" Font="3" Size="9">'
        '<ofd:TextCode X="0" Y="8">某某镇人民政府</ofd:TextCode></ofd:TextObject>'
        "</ofd:Appearance></ofd:Annot>"
    )
    parts = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE} Version='1.0' DocType='OFD'>{root}</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}>{body}</ofd:Document>",
        "Doc_0/PublicRes.xml": f"<ofd:Res {NAMESPACE}>{WHITE}</ofd:Res>",
        "Doc_0/Annots/Page_0/Annotation.xml": f"<ofd:PageAnnot {NAMESPACE}>{seal}</ofd:PageAnnot>",
    }
    for number, page in enumerate(pages):
        content = f'<ofd:Content><ofd:Layer ID="1" Type="Body">{page}</ofd:Layer></ofd:Content>'
        name = f"Doc_0/Pages/Page_{number}/Content.xml"
        parts[name] = f"<ofd:Page {NAMESPACE}>{content}</ofd:Page>"

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{part}')
    return stream.getvalue()
