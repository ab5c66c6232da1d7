"""PDFs written by hand: text and lines where a test wants them, in a font every reader knows.

Lengths are points from the upper left corner of the page.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise

_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts["
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor"
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>]>>"
)


class Leaf:
    """One page: what is drawn on it, in order."""

    def __init__(self, width: float = 595, height: float = 842, turn: int = 0) -> None:
        self.width, self.height, self.turn = width, height, turn
        self.drawn: list[str] = []

    def text(self, x: float, y: float, text: str, size: float = 12, mode: int = 0) -> None:
        """Write a line; `y` is its base line, `mode` how it is drawn (3: not at all)."""
        codes = text.encode("utf-16-be").hex()
        at = f"{x:.2f} {self.height - y:.2f}"
        self.drawn.append(f"BT {mode} Tr /F {size} Tf 1 0 0 1 {at} Tm <{codes}> Tj ET")

    def line(self, x: float, y: float, other_x: float, other_y: float) -> None:
        """Draw a line."""
        ends = f"{x} {self.height - y} m {other_x} {self.height - other_y} l"
        self.drawn.append(f"0.5 w {ends} S")

    def fill(self, x: float, y: float, width: float, height: float, grey: float = 0) -> None:
        """Fill a rectangle."""
        box = f"{x} {self.height - y - height} {width} {height}"
        self.drawn.append(f"{grey} g {box} re f 0 g")

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a grey picture."""
        at = f"{width} 0 0 {height} {x} {self.height - y - height}"
        image = "BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI"
        self.drawn.append(f"q {at} cm {image} Q")

    def raw(self, operators: str) -> None:
        """Draw whatever these operators draw."""
        self.drawn.append(operators)

    @property
    def content(self) -> bytes:
        return "\n".join(self.drawn).encode("latin-1")


def pdf_of(leaves: Sequence[Leaf], *, trailer: str = "") -> bytes:
    """Return a PDF of these pages."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(leaves)))
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(leaves)}>>".encode(),
        _FONT,
    ]
    for number, leaf in enumerate(leaves):
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {leaf.width} {leaf.height}]"
            f"/Rotate {leaf.turn}/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {5 + 2 * number} 0 R>>".encode()
        )
        stream = leaf.content
        bodies.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))

    start = b"%PDF-1.5\n"
    objects = [b"%d 0 obj%s\nendobj\n" % (n, body) for n, body in enumerate(bodies, start=1)]
    places = list(accumulate(map(len, objects), initial=len(start)))
    table = "".join(f"{place:010} 00000 n \n" for place in places[:-1])
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\n"
        f"startxref\n{places[-1]}\n%%EOF\n"
    )
    return start + b"".join(objects) + end.encode()


def draw_grid(
    leaf: Leaf, columns: Sequence[float], rows: Sequence[float], texts: Sequence[Sequence[str]]
) -> None:
    """Draw a table: every line of its grid, and a text in each cell."""
    for y in rows:
        leaf.line(columns[0], y, columns[-1], y)
    for x in columns:
        leaf.line(x, rows[0], x, rows[-1])
    write_cells(leaf, columns, rows, texts)


def write_cells(
    leaf: Leaf, columns: Sequence[float], rows: Sequence[float], texts: Sequence[Sequence[str]]
) -> None:
    """Write the texts of a table without its lines; a text may have several lines."""
    for (top, _), row in zip(pairwise(rows), texts, strict=True):
        for (left, _), text in zip(pairwise(columns), row, strict=True):
            for number, line in enumerate(text.split("\n")):
                leaf.text(left + 3, top + 14 + 13 * number, line, size=10)
