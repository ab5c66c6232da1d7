"""The place for the seal, drawn on a proof: a thin dashed ring marked 用印位置, never a seal.

The mark is drawn in strokes: no font is needed for it and no text is added to the proof.
"""

from collections.abc import Iterator

from docgen.layout.printed import GUIDE_COLOUR, Box, Character, Page
from docgen.layout.seal import SealPlace

# Strokes on a square of 100, downwards.
_MARK = (
    "22,12 22,60 10,92|22,12 82,12 82,88 70,84|22,38 82,38|22,62 82,62|52,12 52,90",
    "38,8 14,18 14,78 42,72|14,46 40,42|54,16 86,16 86,66 72,62|54,16 54,94",
    "30,6 8,44|20,28 20,94|62,6 68,18|40,26 92,26|52,40 58,76|82,38 72,80|36,88 96,88",
    "12,8 88,8 88,26 12,26 12,8|38,8 38,26|63,8 63,26|12,36 88,36|50,27 50,46|30,46 30,90|"
    "30,46 72,46 72,90|30,60 72,60|30,74 72,74|8,90 94,90",
)
_SIZE = 9.0  # points
_LINE, _DASH = 0.5, (3.0, 2.0)
_ROUND = 0.5523  # of the radius: where the handles of a quarter circle stand


def draw_guide(pdf: bytes, page: Page, place: SealPlace) -> bytes:
    """Return the same proof with the ring on it."""
    import ctypes
    import io

    import pypdfium2
    import pypdfium2.raw as pdfium

    stream = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page.number - 1]
        ring = _ring_path(place, page.height)
        dash = (ctypes.c_float * len(_DASH))(*_DASH)
        pdfium.FPDFPageObj_SetDashArray(ring, dash, len(_DASH), 0.0)
        for path in (ring, *_mark_strokes(*_mark_corner(page, place), page.height)):
            pdfium.FPDFPageObj_SetStrokeColor(path, *GUIDE_COLOUR)
            pdfium.FPDFPageObj_SetStrokeWidth(path, _LINE)
            pdfium.FPDFPath_SetDrawMode(path, pdfium.FPDF_FILLMODE_NONE, True)
            pdfium.FPDFPage_InsertObject(sheet, path)
        pdfium.FPDFPage_GenerateContent(sheet)
        document.save(stream)

    return stream.getvalue()


def _ring_path(place: SealPlace, height: float) -> object:
    """Return the ring: a circle of four curves."""
    import pypdfium2.raw as pdfium

    x, y, r = place.x, height - place.y, place.radius
    k = r * _ROUND
    path = pdfium.FPDFPageObj_CreateNewPath(x + r, y)
    for points in (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    ):
        pdfium.FPDFPath_BezierTo(path, *points)

    pdfium.FPDFPath_Close(path)
    return path


def _mark_strokes(left: float, top: float, height: float) -> Iterator[object]:
    """Yield the strokes of the mark, its upper left corner here."""
    import pypdfium2.raw as pdfium

    for number, mark in enumerate(_MARK):
        for stroke in mark.split("|"):
            points = [tuple(map(int, point.split(","))) for point in stroke.split()]
            path = None
            for across, down in points:
                x = left + (number + across / 100) * _SIZE
                y = height - top - down / 100 * _SIZE
                if path is None:
                    path = pdfium.FPDFPageObj_CreateNewPath(x, y)
                else:
                    pdfium.FPDFPath_LineTo(path, x, y)
            yield path


def _mark_corner(page: Page, place: SealPlace) -> tuple[float, float]:
    """Return where the mark goes: at the top inside, else below or beside the ring, off text."""
    width = _SIZE * len(_MARK)
    left = place.x - width / 2
    spots = [
        (left, place.y - place.radius + 7),
        (left, place.y + place.radius - 7 - _SIZE),
        (left, place.y + place.radius + 3),
        (left, place.y - place.radius - 3 - _SIZE),
    ]
    others: list[Character | Box] = [*page.characters, *page.rules]
    for spot in spots:
        box = Box(spot[0], spot[1], spot[0] + width, spot[1] + _SIZE)
        if not any(_do_overlap(box, other) for other in others):
            return spot

    return spots[0]


def _do_overlap(box: Box, other: Box | Character) -> bool:
    """Return whether two boxes have a point in common."""
    return (
        box.left < other.right
        and other.left < box.right
        and box.top < other.bottom
        and other.top < box.bottom
    )
