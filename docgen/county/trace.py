"""The trace beside the county's input: of which bodies, files and cells each figure is the sum.

One workbook: who counts and who does not; then each table in the form's shape, its cells formulas
over a sheet that lists what every body adds. Of more bodies than a person would leaf through, a
CSV file lists the figures, a body a row.
"""

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote
from xml.parsers.expat import ExpatError

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from docgen import files
from docgen.blank.sheets import SheetCell, table_rows
from docgen.blank.to_xlsx.tables import merge_cells
from docgen.county.counted import LEFT_OUT, Tally
from docgen.county.summand import Summands
from docgen.county.total import Share, Total
from docgen.files import ooxml
from docgen.files.inputs import SUM_OF
from docgen.files.visible import is_formula
from docgen.files.xlsx import (
    STILL,
    cell_name,
    fit_row,
    print_on_a4,
    put,
    quote_sheet,
    set_widths,
    store_results,
    to_parts,
)
from docgen.forms.form import Figure
from docgen.forms.table import Number, Table
from docgen.model import HOW_TO_FILL, Report, print_number
from docgen.read.workbook import read_workbook

#: Of more bodies the shares of each go to a CSV file: no one looks through so many in a sheet.
MOST_BODIES = 200

WHO_SHEET = "计入的机关"
WHO_HEAD = ("机关", "计入", "为什么", "联系人", "文件", "校验码（SHA-256）")
IN, OUT, EXTRA = "已计入", "没有计入", "不另计"
_SHARE_HEAD = ("格", "机关", "数", "文件", "位置")
_WHO_WIDTHS, _SHARE_WIDTHS = (32, 10, 50, 20, 36, 70), (60, 32, 16, 36, 24)
_LABEL_WIDTH, _FIGURE_WIDTH = 24, 12

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FACE = "宋体"
_USUAL, _BOLD = Font(name=_FACE), Font(name=_FACE, bold=True)
_LINK = Font(name=_FACE, color="0563C1", underline="single")
_GREY, _RED = PatternFill("solid", fgColor="EEEEEE"), PatternFill("solid", fgColor="FFC7CE")
_WRAPPED = Alignment(wrap_text=True, vertical="center")
_PLAIN = Alignment(vertical="center")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")

_MOST_NAME = 31  # characters of the name of a sheet

#: What the bodies add to each cell of the county: the body, what it adds, where it stands there.
Shares = Mapping[str, Sequence[tuple[str, Share, str, str]]]


def trace_paths(target: Path) -> tuple[Path, Path]:
    """Return where the trace of a county's input stands: the workbook, and the CSV file."""
    workbook, listed = (target.with_name(f"{target.stem}{SUM_OF}{k}") for k in (".xlsx", ".csv"))
    return workbook, listed


def trace_files(
    target: Path, total: Total, report: Report, tally: Tally, kept: Summands
) -> dict[Path, bytes]:
    """Return the trace of a county's input: a workbook and, of very many bodies, a CSV file."""
    few = len(tally.counted) <= MOST_BODIES
    book = Workbook(write_only=True)
    book.properties.creator = report.body.name or "docgen"
    book.properties.created = STILL
    workbook, listed = trace_paths(target)
    said = list(_opening_lines(total, tally, "" if few else listed.name))
    _write_who(book.create_sheet(WHO_SHEET), tally, target.parent, said)

    shares = _gather_shares(total, tally, kept) if few else {}
    stored: dict[str, Mapping[str, str]] = {}

    for table in total.form.tables:
        sheet = _SumSheet(book, table, total, shares)
        stored[f"xl/worksheets/sheet{len(book.worksheets)}.xml"] = sheet.write(report)
        if few and not table.is_absent:
            _write_shares(book.create_sheet(sheet.shares_name), table, total, shares)

    parts = to_parts(book, STILL)
    for name, values in stored.items():
        parts[name] = store_results(parts[name], values)
    contents = {workbook: ooxml.write_package(parts)}
    if not few:
        contents[listed] = _write_csv(total, tally, kept)

    return contents


def _gather_shares(total: Total, tally: Tally, kept: Summands) -> Shares:
    """Return what every body adds, by the county's cell."""
    found: dict[str, list[tuple[str, Share, str, str]]] = {a: [] for a in total.figures}
    for number, one in enumerate(tally.counted):
        summand = kept.read(one.came)
        for share in total.shares_of(number, summand):
            where = summand.cells.get(share.own, "")
            found[share.address].append((one.name, share, one.came.where, where))

    return found


def _opening_lines(total: Total, tally: Tally, file: str) -> Iterator[str]:
    """Yield how many count, and what else is to be known of the sum."""
    yield f"{tally.year} 年度：{tally.count_in_words()}"
    if file:
        yield f"机关多，每个机关的数在“{file}”里，一个机关一行"
    yield from (found.message for found in total.findings if found.rule is not LEFT_OUT)


def _write_who(sheet: Worksheet, tally: Tally, folder: Path, said: Sequence[str]) -> None:
    """Write who counts and who does not, those that do not first."""
    _set_page(sheet, _WHO_WIDTHS)
    sheet.freeze_panes = f"A{len(said) + 2}"
    for text in said:
        sheet.append([_cell(sheet, text, font=_BOLD, alignment=_PLAIN)])
    sheet.append([_cell(sheet, text, font=_BOLD, fill=_GREY) for text in WHO_HEAD])

    for number, left in enumerate((*tally.lacking, *tally.extra), start=len(said) + 2):
        where, digest = (left.came.where, left.came.sha256) if left.came else ("", "")
        state, fill = (EXTRA, _GREY) if left.is_extra else (OUT, _RED)
        words = (left.name, state, left.why, left.contact, where, digest)
        sheet.row_dimensions[number].height = fit_row(words, _WHO_WIDTHS)
        sheet.append([_cell(sheet, text, fill=fill) for text in words])
    above = len(said) + 1 + len(tally.left_out)
    for number, (name, came) in enumerate(tally.counted, start=above + 1):
        why = "" if name == came.body else f"报告里写的是“{came.body}”"
        row = [_cell(sheet, text) for text in (name, IN, why, "", came.where, came.sha256)]
        if len(tally.counted) <= MOST_BODIES:
            link = Hyperlink(ref="", target=_link_to(came.file, folder))
            row[4].hyperlink, row[4].font = link, _LINK
            link.ref = f"E{number}"  # which openpyxl took from a cell that stands nowhere yet
        sheet.append(row)


def _link_to(path: Path, folder: Path) -> str:
    """Return where a file lies as seen from this folder, as a link has it."""
    real, start = os.path.realpath(path), os.path.realpath(folder)
    try:
        return quote(os.path.relpath(real, start).replace(os.sep, "/"))
    except ValueError:  # another drive
        return Path(real).as_uri()


class _SumSheet:
    """The sheet of one table, in the form's shape: each cell a sum over what the bodies add."""

    def __init__(self, book: Workbook, table: Table, total: Total, shares: Shares) -> None:
        self.shares_name = _free_name(book, table)
        self._sheet: Worksheet = book.create_sheet(table.name)
        self._table, self._total, self._shares = table, total, shares
        self._blocks = _find_blocks(table, total, shares)

    def write(self, report: Report) -> Mapping[str, str]:
        """Write it; return the value of each formula by the name of its cell."""
        table, sheet = self._table, self._sheet
        rows = [row for row in table_rows(self._total.form, table, report) if not _is_hint(row)]
        if table.shape != "grid" and not table.is_absent:
            rows = [row[:-1] for row in rows]
        width = max(map(len, rows))
        is_figure = [any(len(r) > n and r[n].figure for r in rows) for n in range(width)]
        widths = [_FIGURE_WIDTH if each else _LABEL_WIDTH for each in is_figure]
        _set_page(sheet, widths)

        values: dict[str, str] = {}
        for number, row in enumerate(rows, start=1):
            cells = [self._cell_of(each, number, at) for at, each in enumerate(row, start=1)]
            for at, each in enumerate(row, start=1):
                if each.figure and each.figure.address in self._blocks:
                    value = self._total.figures[each.figure.address]
                    values[cell_name(number, at)] = print_number(value)
            texts = [_text_of(each) for each in row]
            over = [sum(widths[at : at + each.columns]) for at, each in enumerate(row)]
            sheet.row_dimensions[number].height = fit_row(texts, over)
            sheet.append(cells)
        merge_cells(sheet, rows)
        return values

    def _cell_of(self, each: SheetCell, row: int, column: int) -> Cell:
        """Return one cell: a label, the sum of a block, a figure that has no block here."""
        figure, sheet = each.figure, self._sheet
        if figure is None:
            return _cell(sheet, str(each.value or ""), fill=_GREY, border=_BORDER)
        if figure.address in self._blocks:
            first, last = self._blocks[figure.address]
            block = f"{quote_sheet(self.shares_name)}!$C${first}:$C${last}"
            made = _cell(sheet, "", alignment=_CENTRED, border=_BORDER)
            made.value = f"=SUM({block})"
            made.hyperlink = link = Hyperlink(ref="", location=block)
            link.ref = cell_name(row, column)
            return made

        value = self._total.figures.get(figure.address)
        text = "" if value is not None or figure.adds_up else "不相加"
        made = _cell(sheet, text, alignment=_CENTRED, border=_BORDER)
        if value is not None:
            put(made, value)

        return made


def _text_of(each: SheetCell) -> str:
    """Return what makes its row high; a label over several rows has room enough."""
    return each.value if isinstance(each.value, str) and each.rows == 1 else ""


def _is_hint(row: Sequence[SheetCell]) -> bool:
    return bool(row) and str(row[0].value or "").startswith(HOW_TO_FILL)


def _find_blocks(table: Table, total: Total, shares: Shares) -> dict[str, tuple[int, int]]:
    """Return the first and the last row of what is added to each cell of a table."""
    blocks: dict[str, tuple[int, int]] = {}
    row = 2

    for address, figure in total.form.figures.items():
        if figure.table is table and shares.get(address):
            blocks[address] = (row, row + len(shares[address]) - 1)
            row += len(shares[address])

    return blocks


def _write_shares(sheet: Worksheet, table: Table, total: Total, shares: Shares) -> None:
    """Write what every body adds to each cell of a table, cell by cell."""
    _set_page(sheet, _SHARE_WIDTHS)
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, text, font=_BOLD, fill=_GREY) for text in _SHARE_HEAD])
    for address, figure in total.form.figures.items():
        for name, share, file, where in shares.get(address, ()) if figure.table is table else ():
            row = [_cell(sheet, text) for text in (figure.label, name, "", file, where)]
            put(row[2], share.value)
            sheet.append(row)


def _free_name(book: Workbook, table: Table) -> str:
    """Return a name for the sheet of a table's shares, which no other has."""
    number, names = 1, {table.name, *book.sheetnames}
    while True:
        end = " 明细" if number == 1 else f" 明细{number}"
        name = f"{table.name[: _MOST_NAME - len(end)]}{end}"
        if name not in names:
            return name
        number += 1


def _write_csv(total: Total, tally: Tally, kept: Summands) -> bytes:
    """Return the figures of all bodies, a body a row: what its rows of units add, together."""
    figures: list[Figure] = [total.form.figures[address] for address in total.figures]
    data = io.BytesIO()
    stream = io.TextIOWrapper(data, "utf-8-sig", newline="")  # a StringIO takes four times as much
    writer = csv.writer(stream, lineterminator="\r\n")
    heads = (f"{figure.table.short} {figure.label}" for figure in figures)
    writer.writerow(["机关", "文件", "校验码", *map(_without_formula, heads)])
    for number, (name, came) in enumerate(tally.counted):
        own: dict[str, Number] = {}
        for share in total.shares_of(number, kept.read(came)):
            own[share.address] = own.get(share.address, 0) + share.value
        words = map(_without_formula, (name, came.where, came.sha256))
        told = (own.get(figure.address) for figure in figures)
        writer.writerow([*words, *("" if each is None else print_number(each) for each in told)])

    stream.flush()
    return data.getvalue()


def _without_formula(text: str) -> str:
    return f"'{text}" if is_formula(text) else text


def _cell(
    sheet: Worksheet,
    text: str,
    *,
    font: Font = _USUAL,
    fill: PatternFill | None = None,
    border: Border | None = None,
    alignment: Alignment = _WRAPPED,
) -> Cell:
    """Return a cell with a text that stays a text."""
    made = WriteOnlyCell(sheet)
    put(made, text or None)
    made.alignment, made.font = alignment, font
    if fill:
        made.fill = fill
    if border:
        made.border = border

    return made


def _set_page(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of columns, and have it printed no wider than a page, before any row."""
    print_on_a4(sheet, landscape=True)
    set_widths(sheet, widths)


def read_counted(trace: Path) -> dict[str, str]:
    """Return who counted when a trace was written, with the hash of what was read of each.

    Empty where there is none that can be read.
    """
    data = files.regular_bytes(trace, files.LIMIT)
    try:
        sheet = next(iter(read_workbook(ooxml.read_parts(data or b""))), None)
    except (ooxml.NotPackage, LookupError, ValueError, SyntaxError, ExpatError):
        return {}

    rows = sheet.cells.values() if sheet else ()
    texts = ([str(row.get(n, "")) for n in range(len(WHO_HEAD))] for row in rows)
    return {row[0]: row[-1] for row in texts if row[1] == IN}
