"""A folder of CSV files, as Excel and WPS save them."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docgen import files
from docgen.errors import InputStop
from docgen.files import TOO_LARGE
from docgen.files.inputs import is_kept
from docgen.finding import Place, Rule
from docgen.forms.form import Form
from docgen.read.decode import NOT_TEXT, decode
from docgen.read.entry import Entries, Entry, Grid, column_letters
from docgen.read.recognise import Sheet
from docgen.read.sheets import MOST_COLUMNS, MOST_ROWS, read_sheets

NOT_READ = Rule(
    code="R109",
    name="文件没有读",
    severity="note",
    needs=("folder",),
    message="文件夹里的“{name}”不是 CSV，没有读它",
    why="一份报告的文件夹里只读 CSV 文件；提醒是怕把填好的表存错了格式。",
    example="文件夹里放着一份“说明.txt”。",
    cure="若它是填好的表，请另存为 CSV；否则不用管。",
)
SEPARATOR = Rule(
    code="R121",
    name="CSV 用别的符号分隔",
    severity="note",
    needs=("folder",),
    message="“{name}”的各列用{separator}分隔，照此读了",
    why="CSV 通常用逗号分隔；有的程序存成分号或制表符，内容是一样的。",
    example="“年度;2024”。",
    cure="请看一眼是否读对；无误则不用改。",
    since="0.2.0",
)
EMPTY_FOLDER = Rule(
    code="X303",
    name="文件夹里没有表",
    severity="error",
    message="文件夹“{name}”里没有 CSV 文件",
    why="一份报告的文件夹里应有基本情况、正文和表式里的各张表，都是 CSV。",
    example="给的是上一级文件夹 inputs。",
    cure="给出装着这些 CSV 的那个文件夹，如 inputs/2025。",
)

if TYPE_CHECKING:  # the type of a csv.reader has no public name
    from _csv import Reader

#: What may part the columns, the surest first: Excel's “Unicode 文本” takes tabs.
_SEPARATORS = {"\t": "制表符", ",": "逗号", ";": "分号（;）"}

#: A report has five sheets; a folder of more files than this is not a report.
MOST_FILES = 200


def read_csv_folder(folder: Path) -> tuple[Form, Entries, dict[str, bytes]]:
    """Return the form, the entries, and the bytes read by file name (`2024/正文.csv`)."""
    contents: dict[str, bytes] = {}
    sheets: list[Sheet] = []
    notes = []
    unread: list[str] = []
    inside = files.in_folder(folder)
    paths = [p for p in inside if not p.name.startswith((".", "~$")) and not is_kept(p.name)]

    if len(paths) > MOST_FILES:
        size, limit = f"{len(paths)} 个文件", f"{MOST_FILES} 个"
        raise InputStop(TOO_LARGE.at(name=folder.name, size=size, limit=limit))

    for path in paths:
        if path.is_dir():
            continue

        name = f"{folder.resolve().name}/{path.name}"
        if path.suffix.lower() != ".csv":
            notes.append(NOT_READ.at(Place(name), name=path.name))
            unread.append(path.name)
            continue

        contents[name] = files.read_bytes(path)
        if (total := sum(map(len, contents.values()))) > files.LIMIT:
            raise files.too_large(folder, total)

        place = Place(name, path.stem)
        text = decode(contents[name], path.name)
        sheets.append((place, read_grid(text, place, path.name)))
        if (mark := separator(text)) != ",":
            said = _SEPARATORS[mark]
            notes.append(SEPARATOR.at(place, name=path.name, separator=said))

    if not sheets:
        raise InputStop(EMPTY_FOLDER.at(name=folder.name))

    form, entries = read_sheets(sheets, Place(folder.resolve().name), unread)
    entries.findings += notes
    return form, entries, contents


def open_rows(text: str) -> "Reader":
    """Return a `csv.reader` of this text."""
    csv.field_size_limit(files.LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)


def separator(text: str) -> str:
    """Return what parts the columns, by the first line with such a mark: a title above has none."""
    for line in io.StringIO(text):
        for mark in _SEPARATORS:
            if mark in line:
                return mark
    return ","


def read_grid(text: str, place: Place, name: str, most_rows: int = MOST_ROWS) -> Grid:
    """Read the cells of a CSV text. Raise InputStop for a quote left open and for too many rows."""
    reader = open_rows(text)
    try:
        rows = list(_bounded_rows(reader, place, name, most_rows))
    except csv.Error:
        why = f"第 {reader.line_num} 行的引号不成对"
        raise InputStop(NOT_TEXT.at(place, name=name, kind="CSV", why=why)) from None

    return [
        [
            Entry(value or None, place._replace(cell=f"{column_letters(index)}{number}"))
            for index, value in enumerate(row)
        ]
        for number, row in enumerate(rows, start=1)
    ]


def _bounded_rows(
    rows: Iterable[list[str]], place: Place, name: str, most_rows: int
) -> Iterator[list[str]]:
    """Yield the rows without the blanks at their ends. Raise InputStop for too many."""
    for number, row in enumerate(rows, start=1):
        while row and not row[-1].strip():
            row.pop()
        if row and (number > most_rows or len(row) > MOST_COLUMNS):
            size, limit = f"第 {number} 行、{len(row)} 列", f"{most_rows} 行、{MOST_COLUMNS} 列"
            raise InputStop(TOO_LARGE.at(place, name=name, size=size, limit=limit))
        if number <= most_rows:
            yield row
