"""An XLSX workbook, as Excel and WPS save it."""

from pathlib import Path
from xml.parsers.expat import ExpatError

from docgen import files, ooxml
from docgen.catalogue import stop
from docgen.errors import InputStop
from docgen.finding import Place
from docgen.forms.form import Form
from docgen.read.entry import Entries, Entry, Grid, column_letters
from docgen.read.garbled import refuse_garbled
from docgen.read.sheets import Sheet, read_sheets
from docgen.read.workbook import Cells, read_workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_xlsx(path: Path) -> tuple[Form, Entries, dict[str, bytes]]:
    """The form, the entries, and the bytes read by file name."""
    data, sheets = read_grids(path)
    form, entries = read_sheets(sheets, Place(path.name))
    return form, entries, {path.name: data}


def read_grids(path: Path) -> tuple[bytes, list[Sheet]]:
    """The bytes of a workbook and its sheets. Raises InputStop if it is none."""
    data = files.read_bytes(path)
    if data.startswith(_OLE):
        rule = stop.LOCKED_WORKBOOK if _ENCRYPTED in data else stop.OLD_WORKBOOK
        raise InputStop(rule.at(name=path.name))
    try:
        parts = ooxml.read_parts(data)  # refuses bombs and document types
        places = ((Place(path.name, title), cells) for title, cells in read_workbook(parts))
        sheets = [(place, _grid(cells, place)) for place, cells in places]
    except ooxml.NotPackage as error:
        raise InputStop(stop.BROKEN_WORKBOOK.at(name=path.name, why=str(error))) from None
    except (LookupError, ValueError, SyntaxError, ExpatError):  # lxml raises SyntaxError
        why = "里面的内容不合 XLSX 的规定"
        raise InputStop(stop.BROKEN_WORKBOOK.at(name=path.name, why=why)) from None
    texts = (entry.value for _, grid in sheets for row in grid for entry in row)
    refuse_garbled("".join(text for text in texts if isinstance(text, str)), path.name)
    return data, sheets


def _grid(cells: Cells, place: Place) -> Grid:
    """The rows of a sheet, each as wide as its last cell."""
    file, sheet = place.file, place.sheet
    return [
        [
            Entry(row.get(index), Place(file, sheet, f"{column_letters(index)}{number}"))
            for index in range(max(row, default=-1) + 1)
        ]
        for number in range(1, max(cells, default=-1) + 2)
        for row in [cells.get(number - 1, {})]
    ]
