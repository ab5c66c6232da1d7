"""A folder of CSV files, as Excel and WPS save them."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docgen import files
from docgen.catalogue import habits, read, stop
from docgen.errors import InputStop
from docgen.finding import Place
from docgen.forms.form import Form
from docgen.read.entry import Entries, Entry, Grid, column_letters
from docgen.read.garbled import refuse_garbled, refuse_unmarked
from docgen.read.recognise import Sheet
from docgen.read.sheets import MOST_COLUMNS, MOST_ROWS, read_sheets

#: What may part the columns, the surest first: Excel's “Unicode 文本” takes tabs.
_SEPARATORS = {"\t": "制表符", ",": "逗号", ";": "分号（;）"}

#: A report has five sheets; a folder of more files than this is not a report.
MOST_FILES = 200


def read_csv_folder(folder: Path) -> tuple[Form, Entries, dict[str, bytes]]:
    """The form, the entries, and the bytes read by file name (`2024/正文.csv`)."""
    contents: dict[str, bytes] = {}
    sheets: list[Sheet] = []
    notes = []
    unread: list[str] = []
    paths = [p for p in files.in_folder(folder) if not p.name.startswith((".", "~$"))]
    if len(paths) > MOST_FILES:
        size, limit = f"{len(paths)} 个文件", f"{MOST_FILES} 个"
        raise InputStop(stop.TOO_LARGE.at(name=folder.name, size=size, limit=limit))
    for path in paths:
        if path.is_dir():
            continue
        name = f"{folder.resolve().name}/{path.name}"
        if path.suffix.lower() != ".csv":
            notes.append(read.NOT_READ.at(Place(name), name=path.name))
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
            notes.append(habits.SEPARATOR.at(place, name=path.name, separator=said))
    if not sheets:
        raise InputStop(stop.EMPTY_FOLDER.at(name=folder.name))
    form, entries = read_sheets(sheets, Place(folder.resolve().name), unread)
    entries.findings += notes
    return form, entries, contents


def decode(data: bytes, name: str, kind: str = "CSV") -> str:
    """The text of a file by its BOM, else strict UTF-8, else strict GB18030.

    GB18030 first would garble UTF-8. Raises InputStop for what is no text, or none in Chinese.
    """
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = [encoding for mark, encoding in marks.items() if data.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            refuse_garbled(text, name)
            return text
    refuse_unmarked(data, name)
    why = "里面不是文字（可能是图片、压缩包或别的格式改了后缀）"
    raise InputStop(stop.NOT_TEXT.at(name=name, kind=kind, why=why))


def open_rows(text: str) -> Any:
    """A `csv.reader` of this text."""
    csv.field_size_limit(files.LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True)


def separator(text: str) -> str:
    """What parts the columns, by the first line that holds such a mark: a title above has none."""
    for line in io.StringIO(text):
        for mark in _SEPARATORS:
            if mark in line:
                return mark
    return ","


def read_grid(text: str, place: Place, name: str) -> Grid:
    """The cells of a CSV text. Raises InputStop for a quote left open and for too many rows."""
    reader = open_rows(text)
    try:
        rows = list(_bounded(reader, place, name))
    except csv.Error:
        why = f"第 {reader.line_num} 行的引号不成对"
        raise InputStop(stop.NOT_TEXT.at(place, name=name, kind="CSV", why=why)) from None
    return [
        [
            Entry(value or None, place._replace(cell=f"{column_letters(index)}{number}"))
            for index, value in enumerate(row)
        ]
        for number, row in enumerate(rows, start=1)
    ]


def _bounded(rows: Iterable[list[str]], place: Place, name: str) -> Iterator[list[str]]:
    """The rows without the blanks at their ends; stops at more than a report can have."""
    for number, row in enumerate(rows, start=1):
        while row and not row[-1].strip():
            row.pop()
        if row and (number > MOST_ROWS or len(row) > MOST_COLUMNS):
            size, limit = f"第 {number} 行、{len(row)} 列", f"{MOST_ROWS} 行、{MOST_COLUMNS} 列"
            raise InputStop(stop.TOO_LARGE.at(place, name=name, size=size, limit=limit))
        if number <= MOST_ROWS:
            yield row
