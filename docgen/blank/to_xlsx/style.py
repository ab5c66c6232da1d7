"""How a workbook looks: fonts, lines, widths and heights that show every text, the printed page."""

import unicodedata
from collections.abc import Sequence
from copy import copy

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.styleable import StyleableObject
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from docgen.blank.sheets import Rows, SheetCell
from docgen.files.xlsx import print_on_a4

SONG, HEI = "宋体", "黑体"
SIZE, SMALL = 10.5, 9.0
_THIN = Side(style="thin")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
BODY = Font(name=SONG, size=SIZE, charset=134)
HEAD = Font(name=HEI, size=SIZE, charset=134)
TITLE = Font(name=HEI, size=16, charset=134)
HINT = Font(name=SONG, size=SMALL, charset=134, color="FF7F7F7F")
LINK = Font(name=SONG, size=SIZE, charset=134, color="FF0563C1", underline="single")
SUM = PatternFill("solid", fgColor="FFF2F2F2")  # of cells that are worked out
TO_FILL = PatternFill("solid", bgColor="FFFFF8DC")  # of cells that are to be filled in
OPEN = Protection(locked=False)
WRAPPED = Alignment(wrap_text=True, vertical="center")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
OVER = Alignment(vertical="center")  # over the blank cells beside it
NUMBER = Alignment(shrink_to_fit=True, vertical="center", horizontal="center")  # else: ####


class Wardrobe:
    """Gives cells of one workbook their looks; openpyxl compares each look with all it has."""

    def __init__(self) -> None:
        self._styles: dict[tuple[int, ...], StyleArray] = {}

    def dress(
        self,
        cell: StyleableObject,
        font: Font,
        alignment: Alignment,
        *,
        fill: PatternFill | None = None,
        is_open: bool = False,
        is_boxed: bool = True,
    ) -> None:
        """Give a cell its font and place, its fill and lines, and whether it may be written in."""
        look = (id(font), id(alignment), id(fill), is_open, is_boxed)
        if look in self._styles:
            cell._style = copy(self._styles[look])  # type: ignore[attr-defined]
            return

        cell.font, cell.alignment = font, alignment
        if fill is not None:
            cell.fill = fill
        if is_open:
            cell.protection = OPEN
        if is_boxed:
            cell.border = BORDER
        self._styles[look] = copy(cell._style)  # type: ignore[attr-defined]


#: A line's height in points, as a part of the font's size: that of the tallest Chinese font.
_LINE = 1.5
#: What a cell's edges take of its width; a Chinese character's width in those of a digit.
_EDGES, _WIDE = 1.2, 2.0
#: More of a row's height is not shown by Excel.
_TALLEST = 409.0
_MARGINS = PageMargins(left=0.6, right=0.6, top=0.95, bottom=0.7, header=0.4, footer=0.3)


def count_lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a cell of this width, in digits."""
    lines = 0
    for paragraph in text.split("\n"):
        lines, left = lines + 1, width - _EDGES
        for character in paragraph:
            taken = _WIDE if unicodedata.east_asian_width(character) in "WFA" else 1.0
            if taken > left:
                lines, left = lines + 1, max(width - _EDGES, _WIDE)
            left -= taken

    return lines


def set_heights(sheet: Worksheet, rows: Rows, widths: Sequence[float]) -> None:
    """Set the heights of rows by what their cells hold: no program does so for merged cells."""
    heights = [_height_of(1)] * len(rows)
    tall: list[tuple[int, SheetCell, float]] = []
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell.value, str):
                lines = count_lines(cell.value, sum(widths[column : column + cell.columns]))
                if cell.rows > 1:
                    tall.append((number, cell, _height_of(lines)))
                else:
                    heights[number] = max(heights[number], _height_of(lines))

    for number, cell, wanted in tall:  # what is missing is shared among the rows it covers
        covered = range(number, min(number + cell.rows, len(rows)))
        missing = wanted - sum(heights[at] for at in covered)
        for at in covered if missing > 0 else ():
            heights[at] += missing / len(covered)

    for number, height in enumerate(heights, start=1):
        sheet.row_dimensions[number].height = min(round(height, 1), _TALLEST)


def set_height(sheet: Worksheet, number: int, text: str, width: float, size: float) -> None:
    """Set the height of one row by its text in a font of this size."""
    lines = count_lines(text, width * SIZE / size)
    sheet.row_dimensions[number].height = min(_height_of(lines) * size / SIZE, _TALLEST)


def _height_of(lines: int) -> float:
    """Return the height of so many lines; one alone has room to be written in by hand."""
    return max(lines * SIZE * _LINE + 3, 21.0)


def set_page(sheet: Worksheet, title: str, body: str, *, landscape: bool, one_page: bool) -> None:
    """Have a sheet printed on A4, no wider than a page, under its title."""
    print_on_a4(sheet, landscape=landscape, one_page=one_page)
    sheet.page_setup.blackAndWhite = True  # no shades on paper
    sheet.page_setup.fitToWidth = 1
    sheet.page_margins = _MARGINS
    sheet.print_options.horizontalCentered = True

    head, foot = sheet.oddHeader, sheet.oddFooter
    if head is not None and foot is not None:
        center = head.center
        center.text, center.font, center.size = _plain(title), f"{HEI},Regular", 14
        foot.left.text, foot.right.text = _plain(body), "第 &P 页，共 &N 页"


def _plain(text: str) -> str:
    """Return a text as a header holds it: & begins a code there."""
    return text.replace("&", "&&")[:120]
