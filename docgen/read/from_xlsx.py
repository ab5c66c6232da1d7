"""An XLSX workbook, as Excel and WPS save it."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docgen import files, ooxml
from docgen.catalogue import stop
from docgen.errors import InputStop
from docgen.finding import Place
from docgen.forms.form import Form
from docgen.read.entry import Entries, Entry, Grid, NoResult, column_letters
from docgen.read.sheets import MOST_COLUMNS, MOST_ROWS, Sheet, read_sheets

MOST_SHEETS = 50

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_xlsx(path: Path) -> tuple[Form, Entries, dict[str, bytes]]:
    """The form, the entries, and the bytes read by file name."""
    data = files.read_bytes(path)
    if data.startswith(_OLE):
        rule = stop.LOCKED_WORKBOOK if _ENCRYPTED in data else stop.OLD_WORKBOOK
        raise InputStop(rule.at(name=path.name))
    try:
        ooxml.read_parts(data)  # refuses bombs and document types before openpyxl sees them
        sheets = list(_read_workbook(data, path.name))
    except ooxml.NotPackage as error:
        raise InputStop(stop.BROKEN_WORKBOOK.at(name=path.name, why=str(error))) from None
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile):
        # XML that is not well formed is a SyntaxError, of lxml's or of the standard library's
        why = "里面的内容不合 XLSX 的规定"
        raise InputStop(stop.BROKEN_WORKBOOK.at(name=path.name, why=why)) from None
    form, entries = read_sheets(sheets, Place(path.name))
    return form, entries, {path.name: data}


def _read_workbook(data: bytes, name: str) -> Iterator[Sheet]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and extensions that do not matter here
        values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        if len(values.sheetnames) > MOST_SHEETS:
            raise ooxml.NotPackage(f"有 {len(values.sheetnames)} 张表")
        for sheet in values.worksheets:
            place = Place(name, sheet.title)
            yield place, _read_sheet(sheet, formulas[sheet.title], place)


def _read_sheet(values: Any, formulas: Any, place: Place) -> Grid:
    """The grid of a sheet; a formula without a stored result is marked as such."""
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # WPS writes wrong ones
    grid: Grid = []
    rows = zip(
        values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=True
    )
    for number, (row, sources) in enumerate(rows, start=1):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise ooxml.NotPackage(
                f"“{place.sheet}”有内容或格式的范围超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列，"
                "请删去多余的空行空列"
            )
        grid.append(
            [
                Entry(
                    NoResult() if value is None and source is not None else value,
                    place._replace(cell=f"{column_letters(index)}{number}"),
                )
                for index, (value, source) in enumerate(zip(row, sources, strict=True))
            ]
        )
    return grid
