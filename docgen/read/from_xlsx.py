"""A workbook, as Excel and WPS save it: an XLSX, or an older format that becomes one."""

from pathlib import Path
from xml.parsers.expat import ExpatError

from docgen import files
from docgen.errors import InputStop
from docgen.files import ooxml
from docgen.finding import Place, Rule
from docgen.forms.form import Form
from docgen.read.decode import refuse_garbled
from docgen.read.entry import Entries, Entry, column_letters
from docgen.read.recognise import Sheet
from docgen.read.seen import check_looks, check_things
from docgen.read.sheets import MOST_ROWS, read_sheets
from docgen.read.workbook import Worksheet, read_workbook

BROKEN_WORKBOOK = Rule(
    code="X308",
    name="工作簿打不开",
    severity="error",
    message="“{name}”不是完好的 .xlsx 工作簿：{why}",
    why="文件损坏，或内容与后缀不符。",
    example="下载中断，文件只有一半。",
    cure="用 Excel 或 WPS 打开并另存为 .xlsx；打不开就重新取一份。",
)

#: How a file in the format of older Office begins, and a package.
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
_AGAINST_RULES = "里面的内容不合 XLSX 的规定"
#: What other packages hold.
_OTHERS = {"xl/workbook.bin": ".xlsb", "content.xml": ".ods", "word/document.xml": ".docx"}


def read_xlsx(path: Path) -> tuple[Form, Entries, dict[str, bytes]]:
    """Return the form, the entries, and the bytes read by file name."""
    data, found = _read_sheets(path)
    form, entries = read_sheets([_sheet_of(path.name, each) for each in found], Place(path.name))
    entries.findings += check_looks(form, entries)
    entries.findings += (
        finding for each in found for finding in check_things(each, Place(path.name, each.title))
    )

    return form, entries, {path.name: data}


def read_grids(path: Path, most_rows: int = MOST_ROWS) -> list[Sheet]:
    """Return the sheets of a workbook. Raise InputStop if it is none, or has more rows."""
    return [_sheet_of(path.name, each) for each in _read_sheets(path, most_rows)[1]]


def _read_sheets(path: Path, most_rows: int = MOST_ROWS) -> tuple[bytes, list[Worksheet]]:
    """Return the bytes of a workbook and its sheets. Raise InputStop if it is none."""
    data = package = files.read_bytes(path)
    if path.suffix.lower() != ".xlsx" or data.startswith(_OLE):
        from docgen.read.published.converted import convert_file

        package = convert_file(data, path.name, ".xlsx")

    if not package.startswith(_ZIP):
        why = "里面不是工作簿，像是 CSV、网页或别的文件改了后缀"
        raise InputStop(BROKEN_WORKBOOK.at(name=path.name, why=why))

    parts: dict[str, bytes] = {}
    try:
        parts = ooxml.read_parts(package)  # refuses bombs and document types
        sheets = list(read_workbook(parts, most_rows))
    except ooxml.NotPackage as error:
        raise InputStop(BROKEN_WORKBOOK.at(name=path.name, why=str(error))) from None
    except (LookupError, ValueError, SyntaxError, ExpatError):  # lxml raises SyntaxError
        others = (kind for part, kind in _OTHERS.items() if part in parts)
        why = next((f"里面是 {kind} 的内容，只是改了后缀" for kind in others), _AGAINST_RULES)
        raise InputStop(BROKEN_WORKBOOK.at(name=path.name, why=why)) from None

    values = (value for sheet in sheets for row in sheet.cells.values() for value in row.values())
    refuse_garbled("".join(value for value in values if isinstance(value, str)), path.name)
    return data, sheets


def _sheet_of(file: str, found: Worksheet) -> Sheet:
    """Return the rows of a sheet, each as wide as its last cell."""
    title, cells, looks, _ = found
    grid = [
        [
            Entry(
                row.get(index),
                Place(file, title, f"{column_letters(index)}{number + 1}"),
                looks.of(number, index),
            )
            for index in range(max(row, default=-1) + 1)
        ]
        for number in range(max(cells, default=-1) + 1)
        for row in [cells.get(number, {})]
    ]

    return Place(file, title), grid
