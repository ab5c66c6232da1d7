"""Workbooks: the same bytes for the same cells, and text that stays text."""

import datetime
import io
import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from docgen.files import ooxml

#: When a workbook was made, for want of a clock.
STILL = datetime.datetime(2000, 1, 1)
#: The most characters a cell can hold (ECMA-376 leaves it to Excel).
MOST_CHARACTERS = 32_767
#: In points: the height of a line of 10 or 11 points, and the most that Excel gives a row.
_LINE, _HIGHEST = 15.0, 409.0

# sub: \x00, half a character; not a tab, 甲.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# search: <c r="D4" s="2"><f>SUM(…)</f><v></v>, as openpyxl writes a formula; not <v>12</v>.
_BARE = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)(?:<v></v>|<v */>)')
# sub: the _ of _x0041_; not that of a_b.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def to_parts(book: Workbook, modified: datetime.datetime) -> dict[str, bytes]:
    """The parts of the package, last saved at this time."""
    stream = io.BytesIO()
    book.save(stream)
    parts = ooxml.read_parts(stream.getvalue())
    book.properties.modified = modified
    parts["docProps/core.xml"] = bytes(tostring(book.properties.to_tree()))

    return parts


def put(cell: Cell | MergedCell, value: str | int | Decimal | None) -> None:
    """Set a value as it is: a text that begins with = is no formula."""
    cell.value = printable(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def printable(text: str) -> str:
    """A text as a cell can hold it: what XML cannot hold is shown as ␀ … or �, none is dropped.

    `_x0041_` would be read as A (ECMA-376 part 1, 22.9.2.19).
    """
    shown = _NO_XML.sub(lambda m: chr(0x2400 + ord(m[0])) if m[0] < " " else "\ufffd", text)
    return _ESCAPE.sub("_x005F_", shown)


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell: `D4`."""
    return f"{get_column_letter(column)}{row}"


def quote_sheet(name: str) -> str:
    """Return the name of a sheet as references have it: `'甲表 检查'`."""
    return "'" + name.replace("'", "''") + "'"


def store_results(sheet: bytes, results: Mapping[str, str]) -> bytes:
    """Put beside each formula its result, as Excel stores it: openpyxl writes formulas bare.

    A program that only shows a workbook, or one that does not trust it, reckons nothing.
    """

    def stored(bare: re.Match[bytes]) -> bytes:
        result = results.get(bare[2].decode())
        return bare[0] if result is None else b"%s<v>%s</v>" % (bare[1], result.encode())

    return _BARE.sub(stored, sheet)


def set_widths(sheet: Worksheet, widths: Iterable[float], first: int = 1) -> None:
    """Set the widths of columns, from the first one on, in characters of a digit."""
    for number, width in enumerate(widths, start=first):
        sheet.column_dimensions[get_column_letter(number)].width = width


def print_on_a4(sheet: Worksheet, *, landscape: bool, one_page: bool = False) -> None:
    """Have a sheet printed no wider than a page, on as many as it takes, or on one."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = int(one_page)  # 0: as many as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def fit_row(texts: Iterable[str], widths: Iterable[float]) -> float:
    """How high a row must be to show its texts in columns of these widths.

    No program but Excel itself finds the height of a row that wraps.
    """
    lines = (_count_lines(text, width) for text, width in zip(texts, widths, strict=False))
    return min(_LINE * max(lines), _HIGHEST)


def _count_lines(text: str, width: float) -> int:
    """How many lines a text takes, where a Chinese character is two digits wide."""
    sizes = (sum(1 if each < "\x7f" else 2 for each in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(size / (width - 1))) for size in sizes)
