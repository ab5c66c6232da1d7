"""The cells of an XLSX package, read from its few parts that hold them.

Neither library there is does this: python-calamine knows no formulas, so one whose result was
never stored reads as a blank, and it makes room for every cell between two far ones; openpyxl
reads either formulas or results, so twice, with all the styles (24 ms against 3). Part and
element names: ECMA-376 part 1, §18; the strict edition's other namespaces are as good.
"""

import contextlib
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from docgen.files import ooxml
from docgen.files.ooxml import Element, parent_of, tag_of
from docgen.read.entry import CellLook, NoResult, Overlong
from docgen.read.looks import ON, Cells, Overlay, SheetLooks, looks_of, overlays_of, struck_in
from docgen.read.sheets import MOST_COLUMNS, MOST_ROWS

MOST_SHEETS = 50
_LONGEST = 400  # digits of a whole number: a double has at most 309
#: Of all parts: those of a sheet that is full of numbers.
MOST_TAGS = 4 * MOST_ROWS * MOST_COLUMNS

#: Merges, settings of columns, comments and shapes of one sheet.
MOST_AROUND = 20_000

_SPACES = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
#: The built-in formats of dates and times, those of Chinese programs included (§18.8.30).
_DATES = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
#: What is no code in a number format: `"年"` and `[$-804]` in `[$-804]yyyy"年"`, but not `[h]`. One
#: bracket left open takes the rest, so that no text is gone through twice.
_NOT_CODE = re.compile(
    r'"[^"]*"|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]?|;.*', re.IGNORECASE | re.DOTALL
)
# fullmatch: -3, 1.5, 2.5E-3; not .5, 1,000.
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]*)?(?:[Ee][+-]?[0-9]{1,3})?")
# fullmatch: 12; not -1, 1_0.
_COUNT = re.compile("[0-9]{1,7}")
# fullmatch: AB12; not $A$1, A0.
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
# Half a character is none.
# _x000D_; not _xD800_.
_ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


class Worksheet(NamedTuple):
    """The cells of one sheet, how they look where that is not what they hold, and what is over."""

    title: str
    cells: Cells
    looks: SheetLooks
    things: Sequence[Overlay]


class _Book(NamedTuple):
    """What the cells of all sheets refer to."""

    strings: list[str]
    struck: Mapping[int, str]  # what is struck through in a part of a string, by its index
    dates: set[str]  # the indexes of the cell formats that show a date
    looks: Mapping[str, CellLook]  # by the index of the cell format
    first_day: datetime


def read_workbook(parts: Mapping[str, bytes], most_rows: int = MOST_ROWS) -> Iterator[Worksheet]:
    """Yield every worksheet, in order; chart sheets have no cells.

    A value is a text, int, float, bool, datetime, time or, of a formula whose result was not
    stored, NoResult; that of a cell which is only formatted is None. Raises ooxml.NotPackage for
    more than a report can hold; LookupError, ValueError, SyntaxError or ExpatError for what is
    no workbook.
    """
    if sum(part.count(b"<") for name, part in parts.items() if ooxml.is_xml(name)) > MOST_TAGS:
        raise ooxml.NotPackage("里面的内容比任何一份报告都多")

    for name, part in parts.items():
        if ooxml.is_xml(name):
            expat.ParserCreate().Parse(part, True)  # what is not looked at is to be sound, too

    main = _by_kind(ooxml.related(parts))["officeDocument"]
    related = ooxml.related(parts, main)
    kinds = _by_kind(related)
    root = ooxml.parse(parts[main])
    settings = root.find("{*}workbookPr")
    from_1904 = settings is not None and settings.get("date1904") in ("1", "true", "on")
    struck: dict[int, str] = {}
    styles = ooxml.parse(parts[kinds["styles"]]) if "styles" in kinds else None
    book = _Book(
        _shared_strings(parts[kinds["sharedStrings"]], struck) if "sharedStrings" in kinds else [],
        struck,
        _date_formats(styles) if styles is not None else set(),
        looks_of(styles) if styles is not None else {},
        datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30),
    )
    sheets = root.findall("{*}sheets/{*}sheet")
    if len(sheets) > MOST_SHEETS:
        raise ooxml.NotPackage(f"有 {len(sheets)} 张表")

    for sheet in sheets:
        (identity,) = (value for key, value in sheet.items() if key.endswith("}id"))
        kind, target = related[identity]
        if kind == "worksheet":
            title = sheet.attrib["name"]
            cells, looks = _read_sheet(parts[target], title, book, most_rows)
            if sheet.get("state", "visible") != "visible":
                looks.hide_all(cells)
            things = list(islice(overlays_of(parts, ooxml.related(parts, target)), MOST_AROUND))
            if len(things) == MOST_AROUND:
                raise ooxml.NotPackage(f"“{title}”里的批注和图形太多")
            yield Worksheet(title, cells, looks, things)


def _by_kind(related: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return the part of each kind that another one is related to."""
    return dict(related.values())


def _each_element(part: bytes, *names: str) -> Iterator[tuple[str, Element]]:
    """Yield name and element as each one ends; then it is forgotten, so that memory stays flat."""
    tags = {f"{space}{name}": name for space in _SPACES for name in names}
    for _, element in etree.iterparse(
        io.BytesIO(part),
        tag=tuple(tags),
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    ):
        yield tags[tag_of(element)], element
        element.clear()
        while element.getprevious() is not None:
            del parent_of(element)[0]


def _shared_strings(part: bytes, struck: dict[int, str]) -> list[str]:
    """Return the strings that cells share; put into `struck` what is struck through of one."""
    strings = []
    for index, (_, item) in enumerate(_each_element(part, "si")):
        strings.append(_string_text(item))
        if words := struck_in(item):
            struck[index] = words
    return strings


def _string_text(item: Element) -> str:
    """Return the text of a string item: its own and its runs', without how it is read aloud."""
    texts = (*item.findall("{*}t"), *item.findall("{*}r/{*}t"))
    return _unescape_text("".join(text.text or "" for text in texts))


def _unescape_text(text: str) -> str:
    """`_x000D_` stands for a character that XML cannot hold as it is (§22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _date_formats(root: Element) -> set[str]:
    """Return the indexes of the cell formats that show a date or a time."""
    codes = {
        format.attrib["numFmtId"]: format.attrib["formatCode"] for format in root.iter("{*}numFmt")
    }
    dates = {str(number) for number in _DATES} - set(codes)
    dates |= {n for n, code in codes.items() if re.search("[ymdhs]", _NOT_CODE.sub("", code), re.I)}
    formats = root.findall("{*}cellXfs/{*}xf")
    return {str(index) for index, each in enumerate(formats) if each.get("numFmtId") in dates}


def _read_sheet(part: bytes, title: str, book: _Book, most_rows: int) -> tuple[Cells, SheetLooks]:
    """Read the cells of one sheet, whatever extent it says; none need say where it stands."""
    cells: Cells = {}
    looks = SheetLooks(book.looks, book.struck)
    around: dict[str, list[dict[str, str]]] = {"col": [], "mergeCell": []}
    row = column = ended = -1
    for name, element in _each_element(part, "row", "c", *around):
        if name in around:
            around[name].append(dict(element.attrib))
            if len(around[name]) > MOST_AROUND:
                raise ooxml.NotPackage(f"“{title}”里合并的格子或列的设置太多")
            continue

        if name == "row":
            ended = max(row, _row_index(element, ended))
            column = -1
            if element.get("hidden") in ON:
                looks.hide_row(ended, cells.get(ended, ()))
        elif reference := element.get("r"):
            row, column = _cell_index(reference)
        else:
            row, column = _row_index(element.getparent(), ended), column + 1

        if max(row, ended) >= most_rows or column >= MOST_COLUMNS:
            raise ooxml.NotPackage(
                f"“{title}”有内容或格式的范围超过 {most_rows} 行或 {MOST_COLUMNS} 列，"
                "请删去多余的空行空列"
            )

        if name == "c":
            stored = cells.setdefault(row, {})
            if column in stored:
                raise ValueError(f"{title}: the cell in row {row}, column {column} is there twice")
            stored[column] = _cell_value(element, book)
            looks.read_cell(row, column, element)

    _read_merges(around["mergeCell"], title, cells, looks)
    hidden = [each for each in around["col"] if each.get("hidden") in ON]
    spans = {
        (_read_count(each["min"]) - 1, min(_read_count(each["max"]), MOST_COLUMNS))
        for each in hidden
    }
    looks.hide_columns(cells, (range(*span) for span in spans))

    return cells, looks


def _read_merges(merges: list[dict[str, str]], title: str, cells: Cells, looks: SheetLooks) -> None:
    """Which cells are merged; those below and right of all that a report can hold aside."""
    area, last = 0, max(cells, default=-1)
    for merge in merges:
        first, _, end = merge["ref"].partition(":")
        if not (_REFERENCE.fullmatch(first) and _REFERENCE.fullmatch(end)):
            continue  # whole rows or columns

        (top, left), (bottom, right) = _cell_index(first), _cell_index(end)
        rows = range(top, min(bottom, last) + 1)
        columns = range(left, min(right + 1, MOST_COLUMNS))
        area += len(rows) * len(columns)
        if area > MOST_ROWS * MOST_COLUMNS:
            raise ValueError(f"{title}: merges that overlap")

        looks.merge(cells, first, rows, columns)


def _row_index(element: Element | None, ended: int) -> int:
    """Return the index of a row: by its own number, or next to the row that ended before it."""
    number = None if element is None else element.get("r")
    return _read_count(number) - 1 if number else ended + 1


def _read_count(text: str) -> int:
    """Return a number that counts; int() would take -1 and 1_0, too."""
    if not _COUNT.fullmatch(text):
        raise ValueError(f"{text!r} counts nothing")
    return int(text)


def _cell_index(reference: str) -> tuple[int, int]:
    """Return row and column, from 0, of a reference such as `AB12`."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise ValueError(f"{reference!r} is no cell")

    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64

    return int(match[2]) - 1, column - 1


def _cell_value(cell: Element, book: _Book) -> object:
    """Return what a cell holds, by its type (§18.18.11)."""
    parts = {tag_of(child).rpartition("}")[2]: child for child in cell}
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _string_text(parts["is"]) if "is" in parts else None

    stored: str | None = parts["v"].text if "v" in parts else None
    if not stored:
        return NoResult() if "f" in parts else None
    if kind == "s":
        return book.strings[_read_count(stored)]
    if kind == "b":
        return stored.strip() in ("1", "true")
    if kind == "d":
        with contextlib.suppress(ValueError):  # a time or a duration is left as it is spelled
            return datetime.fromisoformat(stored)

    if kind == "n" and _NUMBER.fullmatch(stored):
        value = _cell_number(stored)
        if cell.get("s") in book.dates and not isinstance(value, Overlong):
            return _date_or_time(value, book.first_day)
        return value

    return _unescape_text(
        stored
    )  # a text of a formula, an error such as #DIV/0!, or no number at all


def _cell_number(stored: str) -> int | float | Overlong:
    """Return the number a cell stores: 15 to 17 digits of it, as Excel and others write a double.

    What was typed as 1.1 may be stored as 1.1000000000000001. With more digits than a double
    has it was stored by no spreadsheet, and reading it as one would round it.
    """
    if stored.lstrip("-").isdigit() and len(stored) < _LONGEST:
        return int(stored)

    value = float(stored)
    held = (Decimal(f"{value:.{digits}g}") for digits in (15, 16, 17))
    return value if math.isfinite(value) and Decimal(stored) in held else Overlong(stored)


def _date_or_time(days: float, first_day: datetime) -> object:
    """Return the date and time, to the millisecond, of a number of days; less than one is a time.

    Before March 1900 a day is added: Excel counts a 29 February that was not.
    """
    try:
        elapsed = timedelta(milliseconds=round(days * 86_400_000))
        if not elapsed.days:
            return (first_day + elapsed).time()
        early = elapsed.days < 60 and first_day.year == 1899
        return first_day + elapsed + timedelta(days=early)
    except OverflowError:  # Excel shows no date either
        return "#VALUE!"
