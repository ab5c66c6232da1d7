"""A workbook of the same sheets: totals are locked formulas, figures take whole numbers only."""

import re
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.blank.sheets import (
    Rows,
    fact_rows,
    table_rows,
    text_rows,
    waiver_rows,
)
from docgen.files import ooxml
from docgen.files.xlsx import STILL, put, to_parts
from docgen.forms.form import Form, Kind, Table
from docgen.model import FACT_SHEET, FACTS, LEVELS, TEXT_SHEET, WAIVER_SHEET, Report

#: What a cell takes, and how it is held against a bound, in the words of XLSX.
Shape = Literal["whole", "decimal"]
Operator = Literal["greaterThan", "greaterThanOrEqual"]

_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="EEEEEE")
_OPEN = Protection(locked=False)
_WRAPPED = Alignment(wrap_text=True, vertical="center")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")


def write_workbook(form: Form, report: Report) -> bytes:
    """Return the bytes of the workbook; the same for the same report."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = report.body.name or "docgen"
    book.properties.created = STILL
    _write_pairs(book.create_sheet(FACT_SHEET), fact_rows(form, report), (30, 50, 50))
    _restrict_level(book[FACT_SHEET])
    for table in form.tables:
        _write_table(book.create_sheet(table.name), form, table, table_rows(form, table, report))

    _write_pairs(book.create_sheet(TEXT_SHEET), text_rows(form, report), (34, 100))
    if report.waivers:
        widths = (10, 24, 60, 60, 16, 16)
        _write_pairs(book.create_sheet(WAIVER_SHEET), waiver_rows(report), widths)

    parts = to_parts(book, STILL)
    for number, table in enumerate(form.tables, start=2):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _store_totals(parts[name], table_rows(form, table, report))

    return ooxml.write_package(parts)


def _store_totals(sheet: bytes, rows: Rows) -> bytes:
    """Beside each total's formula its value, as Excel stores it; openpyxl writes formulas bare."""
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell.figure and cell.value is not None:
                bare = rf'(<c r="{get_column_letter(column)}{number}"[^>]*><f>[^<]*</f><v>)(?=</v>)'
                sheet = re.sub(bare.encode(), rb"\g<1>%s" % str(cell.value).encode(), sheet)
    return sheet


def _write_pairs(sheet: Worksheet, rows: Rows, widths: tuple[int, ...]) -> None:
    """Write a sheet of plain rows under one head row."""
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            target = sheet.cell(number, column)
            put(target, cell.value)
            target.alignment = _WRAPPED
            if number == 1:
                target.font = Font(bold=True)

    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width

    sheet.freeze_panes = "A2"


def _restrict_level(sheet: Worksheet) -> None:
    """Let the cell of the level take the names of levels alone."""
    names = ",".join(names[0] for names in LEVELS.values())
    rule = DataValidation(type="list", formula1=f'"{names}"', allow_blank=True)
    sheet.add_data_validation(rule)
    for row in sheet.iter_rows(max_col=1):
        if row[0].value == FACTS["body.level"]:
            rule.add(f"B{row[0].row}")


def _write_table(sheet: Worksheet, form: Form, table: Table, rows: Rows) -> None:
    """Write a table in its printed shape: open figures, locked formulas for totals."""
    cells: dict[str, str] = {
        cell.figure.address: f"{get_column_letter(column)}{number}"
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if cell.figure
    }
    rules = {kind: _restrict_cells(sheet, kind) for kind in (Kind.COUNT, Kind.CHANGE, Kind.AMOUNT)}
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            target = sheet.cell(number, column)
            target.border = _BORDER
            target.alignment = _CENTRED if cell.figure else _WRAPPED
            put(target, cell.value)

            if cell.figure is None:
                target.fill = _GREY
            elif parts := form.totals.get(cell.figure.address):
                listed = ",".join(cells[part] for part in parts)
                target.value = f'=IF(COUNT({listed})={len(parts)},SUM({listed}),"")'
                target.fill = _GREY
            else:
                target.protection = _OPEN
                rules[cell.figure.kind].add(target.coordinate)

    _merge_cells(sheet, rows)
    _set_widths(sheet, table)
    sheet.protection.enable()
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _merge_cells(sheet: Worksheet, rows: Rows) -> None:
    """Merge each cell with those it covers."""
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell.columns > 1 or cell.rows > 1:
                sheet.merge_cells(
                    start_row=number,
                    start_column=column,
                    end_row=number + cell.rows - 1,
                    end_column=column + cell.columns - 1,
                )


def _restrict_cells(sheet: Worksheet, kind: Kind) -> DataValidation:
    """Say what a figure's cell takes, in Chinese when something else is typed."""
    shapes: dict[Kind, tuple[Shape, Operator, str, str]] = {
        Kind.COUNT: ("whole", "greaterThanOrEqual", "0", "只能填 0 或正整数；没有就填 0。"),
        Kind.CHANGE: ("whole", "greaterThan", "-1000000000", "只能填整数；没有增减就填 0。"),
        Kind.AMOUNT: ("decimal", "greaterThanOrEqual", "0", "只能填 0 或正数，单位万元。"),
    }
    shape, operator, bound, words = shapes[kind]
    rule = DataValidation(
        type=shape, operator=operator, formula1=bound, allow_blank=True, showErrorMessage=True
    )
    rule.errorTitle, rule.error = "请核对", words
    sheet.add_data_validation(rule)

    return rule


def _set_widths(sheet: Worksheet, table: Table) -> None:
    """Set the widths of label columns and figure columns."""
    labels = max(band.label_columns for band in table.bands)
    columns = sheet.max_column
    for column in range(1, columns + 1):
        width = 9.0 if columns > 4 else 22.0
        if column <= labels:
            width = 36.0 if column == labels else 12.0
        sheet.column_dimensions[get_column_letter(column)].width = width
