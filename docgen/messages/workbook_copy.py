"""The office's own input as a workbook of ours, to be marked; the input is not touched.

A workbook is read and written again by openpyxl, which does not keep everything: what it may
have lost is said. From CSV files every cell is as it stands there, text or whole number. JSON has
no cells, and a blank filled from it would show what docgen read in place of what is written, with
formulas where the office gave totals: it has no copy.
"""

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from docgen.check.needs import kind_of
from docgen.files import ooxml
from docgen.files.xlsx import MOST_CHARACTERS, STILL, printable, put
from docgen.finding import Place
from docgen.model import Reading
from docgen.read.decode import decode
from docgen.read.from_csv import read_grid

#: More cells than this merged or linked at once is no report's workbook; openpyxl makes each one.
_MOST_SPANNED = 100_000

#: `<f>` and `<x:f t="shared">`, not `<font>`.
_FORMULA = re.compile(rb"<(\w+:)?f[ >/]")

#: A whole number as a spreadsheet shows it again, digit for digit: `-12`, `0`, not `007`, `1.0`.
_WHOLE = re.compile("-?[1-9][0-9]{0,14}|0")

#: A formula that only reckons with cells of its own workbook: "=SUM(D4:H4)-'表 二'!D4", not
#: "=HYPERLINK(A1)", "=[1]表!A1", "=cmd|' /c calc'!A0".
_RECKONS = re.compile(
    r"""=(?:(?:SUM|SUMPRODUCT|IF|IFERROR|COUNT|COUNTA|COUNTBLANK|LEN|LEFT
           |ROUND|AND|OR|NOT|MAX|MIN|ABS|ISBLANK|ISNUMBER|N)\(
        |\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}(?![\w(!.]) |[0-9]+(?:\.[0-9]+)?(?![\w(!.])
        |"[^"]*+" |'[^'\[\]|]++'! |[^\W\d]\w*+! |[-+*/^&=<>,:()%\ ])*+""",
    re.VERBOSE,
)
#: In a remark, this many cells are named.
_MOST_CELLS = 12

#: The parts of a package that openpyxl writes as it read them, or that hold nothing of the office:
#: `xl/worksheets/sheet1.xml`, not `xl/charts/chart1.xml`.
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|.*\.rels|docProps/(core|app|custom)\.xml|docProps/thumbnail\..*"
    r"|xl/(workbook|styles|sharedStrings|calcChain)\.xml|xl/theme/theme\d+\.xml"
    r"|xl/worksheets/sheet\d+\.xml|xl/tables/table\d+\.xml|xl/externalLinks/externalLink\d+\.xml"
    r"|xl/(comments/)?comments?\d+\.xml|xl/drawings/\w*[dD]rawing\d+\.vml"
)
#: What the other parts hold, by a word in their names.
_PARTS = {
    "media": "图片",
    "chart": "图表",
    "drawing": "图形",
    "pivot": "数据透视表",
    "printerSettings": "打印机的设置",
    "threadedComment": "批注的回复",
    "persons": "批注的回复",
    "ctrlProps": "控件",
    "activeX": "控件",
    "embeddings": "嵌入的文件",
}
#: What openpyxl drops inside a part, by how it begins.
_ELEMENTS = {
    "extLst": "数据条、迷你图等扩展的设置",
    "rPh": "拼音",
    "customSheetViews": "自定义视图",
    "ignoredErrors": "“忽略错误”的设置",
    "smartTags": "智能标记",
}
#: What openpyxl warns of, by what it says.
_WARNINGS = {
    "extension": _ELEMENTS["extLst"],
    "header or footer": "页眉页脚",
    "Print area": "打印区域",
    "default style": "默认的样式",
}


class Copy(NamedTuple):
    """A workbook with the sheets of the input by file and sheet, and what must be said of it."""

    book: Workbook
    sheets: Mapping[tuple[str, str], Worksheet]
    remarks: tuple[str, ...]


def make_copy(reading: Reading | None) -> Copy:
    """Return a copy of what was read, or an empty workbook and why there is no copy.

    For a workbook that it cannot read and write again, openpyxl raises whatever its parsers meet.
    """
    kind = kind_of(reading) if reading else ""
    if reading and kind == "xlsx":
        (name, data), *_ = reading.inputs.items()
        return _of_workbook(name, data)
    if reading and kind == "csv":
        return _of_folder(reading.inputs)
    if reading and kind != "json":
        return no_copy(f"不能在 .{kind} 的文件上标出")
    return no_copy("JSON 里没有表格，不能在上面标出" if reading else "输入读不了")


def no_copy(why: str) -> Copy:
    """Return an empty workbook, and why."""
    return Copy(_new_book(), {}, (f"{why}，这里只列结果。",))


def _new_book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = STILL
    return book


def _of_workbook(name: str, data: bytes) -> Copy:
    parts = ooxml.read_parts(data)
    _refuse_bomb(parts)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        book = load_workbook(io.BytesIO(data), rich_text=True, keep_links=False)

    for stamp in ("created", "modified"):
        if stamp.encode() not in parts.get("docProps/core.xml", b""):
            setattr(book.properties, stamp, STILL)  # openpyxl would take the time of day

    lost = [*_find_lost(parts), *(_translate_warning(str(one.message)) for one in warned)]
    remarks = []
    if lost:
        said = "、".join(dict.fromkeys(lost))
        remarks.append(f"副本里可能没有，或与原来不同的：{said}。以原来的文件为准。")

    if any(name.startswith("xl/worksheets/") and _FORMULA.search(parts[name]) for name in parts):
        remarks.append("公式的结果要用 Excel 或 WPS 打开后才显示。")
    if stilled := _still_formulas(book):
        said = "、".join(stilled[:_MOST_CELLS]) + ("等" if len(stilled) > _MOST_CELLS else "")
        remarks.append(f"不是加减合计的公式，只抄成文字，不会运算：{said}。")

    return Copy(book, {(name, sheet.title): sheet for sheet in book.worksheets}, tuple(remarks))


def _still_formulas(book: Workbook) -> list[str]:
    """Make text of every formula that does more than reckon with this workbook's cells."""
    stilled = []
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and not _RECKONS.fullmatch(str(cell.value)):
                    value = cell.value
                    put(
                        cell,
                        value if isinstance(value, str) else getattr(value, "text", "（公式）"),
                    )
                    cell.quotePrefix = True
                    stilled.append(f"{sheet.title} {cell.coordinate}")

    return stilled


def _translate_warning(text: str) -> str:
    """Return what openpyxl leaves out. Raise ValueError where it changes the value of a cell."""
    if "marked as a date" in text:
        raise ValueError(text)
    return next((words for key, words in _WARNINGS.items() if key in text), text)


def _refuse_bomb(parts: Mapping[str, bytes]) -> None:
    """Raise ValueError for ranges that openpyxl would make into millions of cells."""
    cells = 0
    for name, part in parts.items():
        if name.startswith("xl/") and ooxml.is_xml(name):
            for element in ooxml.parse(part).iter("{*}mergeCell", "{*}hyperlink"):
                left, top, right, bottom = range_boundaries(element.get("ref", "A1"))
                if left is None or top is None or right is None or bottom is None:
                    raise ValueError("a whole row or column")
                cells += (right - left + 1) * (bottom - top + 1)

    if cells > _MOST_SPANNED:
        raise ValueError(f"{cells} cells merged or linked")


def _find_lost(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what this package holds that openpyxl may not write again, in the clerk's words."""
    for name, part in parts.items():
        if not _KEPT.fullmatch(name):
            known = (words for key, words in _PARTS.items() if key.lower() in name.lower())
            yield next(known, name)
        elif name.startswith(("xl/worksheets/", "xl/sharedStrings")):
            for element, words in _ELEMENTS.items():
                if re.search(rf"<(\w+:)?{element}[\s/>]".encode(), part):
                    yield words
        elif name.endswith(".vml") and re.search(rb'ObjectType="(?!Note")', part):
            yield "控件"


def _of_folder(inputs: Mapping[str, bytes]) -> Copy:
    """Return a sheet for each CSV file."""
    book = _new_book()
    sheets = {}
    cut = []

    for name, data in inputs.items():
        place = Place(name, name.rpartition("/")[2][: -len(".csv")])
        sheet = book.create_sheet(_sheet_title(place.sheet))
        sheets[name, place.sheet] = sheet
        widths: dict[int, int] = {}
        for number, row in enumerate(read_grid(decode(data, name), place, name), start=1):
            for column, entry in enumerate(row, start=1):
                if entry.value is not None:
                    text = str(entry.value).replace("\r\n", "\n").replace("\r", "\n")
                    _put_as_is(sheet.cell(number, column), text)
                    longest = max(len(printable(line)) for line in text.split("\n"))
                    widths[column] = max(widths.get(column, 0), longest)
                    if len(printable(text)) > MOST_CHARACTERS:
                        cut.append(str(entry.place))
        for column, width in widths.items():
            sheet.column_dimensions[get_column_letter(column)].width = min(8 + 2 * width, 60)

    said = f"一格装不下、后面没有抄的：{'、'.join(cut)}。以原来的文件为准。"
    return Copy(book, sheets, (said,) if cut else ())


def _put_as_is(cell: Cell, text: str) -> None:
    """Put a whole number as a number, everything else as text, also when it is edited."""
    if _WHOLE.fullmatch(text):
        cell.value = int(text)
    else:
        put(cell, text)
        cell.quotePrefix = True

    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _sheet_title(name: str) -> str:
    """Return a name as a sheet may have it; openpyxl numbers one that is there already."""
    return re.sub(r"[\\/*?:\[\]]", "_", printable(name)).strip("'")[:28] or "表"
