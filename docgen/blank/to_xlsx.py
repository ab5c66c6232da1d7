"""A workbook of the same sheets: totals are locked formulas, each cell takes its kind alone."""

import re
from collections.abc import Collection
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from docgen.blank.sheets import (
    Rows,
    SheetCell,
    fact_rows,
    has_text,
    table_rows,
    text_rows,
    unit_rows,
    waiver_rows,
)
from docgen.files import ooxml
from docgen.files.xlsx import STILL, put, to_parts
from docgen.forms.form import Form
from docgen.forms.table import Cell, Kind, Table
from docgen.model import FACT_SHEET, FACTS, LEVELS, TEXT_SHEET, WAIVER_SHEET, Reading, Report

#: What a cell takes, and how it is held against a bound, in the words of XLSX.
CellType = Literal["whole", "decimal"]
Operator = Literal["greaterThan", "greaterThanOrEqual"]
_MOST_LISTED = 250  # characters that the choices of a cell may have in all: Excel's limit is 255

_EM, _LINE = 2.2, 15.0  # a character's width in those of a digit; a line's height in points
_THIN = Side(style="thin")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="EEEEEE")
_OPEN = Protection(locked=False)
_WRAPPED = Alignment(wrap_text=True, vertical="center")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")


def write_workbook(form: Form, report: Report, last: Reading | None = None) -> bytes:  # noqa: ARG001
    """Return the bytes of the workbook; the same for the same report."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = report.body.name or "docgen"
    book.properties.created = STILL
    _write_pairs(book.create_sheet(FACT_SHEET), fact_rows(form, report), (30, 50, 50))
    _restrict_level(book[FACT_SHEET])
    for table in form.tables:
        _write_table(book.create_sheet(table.name), form, table, report)

    if has_text(form):
        texts = book.create_sheet(TEXT_SHEET)
        _write_pairs(texts, text_rows(form, report), (34, 100))
        _say_how(texts)
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
            if cell.figure and cell.figure.kind.is_number and cell.value is not None:
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


def _say_how(sheet: Worksheet) -> None:
    """Say beside every paragraph, once its cell is chosen, how the text is filled in."""
    words = "一段写一行；行不够，就在这一部分里插入行。"
    rule = DataValidation(showInputMessage=True, promptTitle=TEXT_SHEET, prompt=words)
    rule.add(f"B2:B{max(sheet.max_row, 2)}")
    sheet.add_data_validation(rule)


def _restrict_level(sheet: Worksheet) -> None:
    """Let the cell of the level take the names of levels alone."""
    names = ",".join(names[0] for names in LEVELS.values())
    rule = DataValidation(type="list", formula1=f'"{names}"', allow_blank=True)
    sheet.add_data_validation(rule)
    for row in sheet.iter_rows(max_col=1):
        if row[0].value == FACTS["body.level"]:
            rule.add(f"B{row[0].row}")


def _write_table(sheet: Worksheet, form: Form, table: Table, report: Report) -> None:
    """Write a table as it is filled in: open cells, locked formulas for totals."""
    rows = table_rows(form, table, report)
    formulas = {
        total: formula
        for total, formula in _total_formulas(form, rows, unit_rows(table, report)).items()
        if _is_sum(form, report, total)  # another one was published so: it is kept
    }
    rules: dict[Cell, DataValidation | None] = {}
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            target = sheet.cell(number, column)
            target.border = _BORDER
            target.alignment = _CENTRED if _is_centred(cell) else _WRAPPED
            put(target, cell.value)

            formula = formulas.get(cell.figure.address) if cell.figure else None
            if formula:
                target.value = formula
            if formula or not (cell.figure or cell.is_open):
                target.fill = _GREY
                continue

            target.protection = _OPEN
            if cell.figure is None:
                continue
            takes = cell.figure.cell
            if takes not in rules:
                rules[takes] = _restrict_cells(sheet, takes)
            if rule := rules[takes]:
                rule.add(target.coordinate)

    _merge_cells(sheet, rows)
    _set_widths(sheet, table, rows)
    if table.shape != "grid" or table.landscape:
        _fit_to_page(sheet, table)
        _set_heights(sheet, rows)
    sheet.protection.enable()
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    if unit_rows(table, report):
        sheet.protection.insertRows = False  # false: it may be done


def _fit_to_page(sheet: Worksheet, table: Table) -> None:
    """Have a sheet printed no wider than a page, to be filled in by hand first."""
    sheet.page_setup.orientation = "landscape" if table.landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _set_heights(sheet: Worksheet, rows: Rows) -> None:
    """Set the height of rows by their longest text: no program does so for merged cells."""
    widths = [
        sheet.column_dimensions[get_column_letter(n)].width for n in range(1, len(rows[0]) + 1)
    ]
    for number, row in enumerate(rows, start=1):
        lines = [
            -(-_EM * len(cell.value) // sum(widths[at : at + cell.columns]))
            for at, cell in enumerate(row)
            if isinstance(cell.value, str) and cell.rows == 1
        ]
        sheet.row_dimensions[number].height = _LINE * max([1, *lines])


def _is_centred(cell: SheetCell) -> bool:
    """Whether a cell holds a figure, or a short answer."""
    return cell.figure is not None and cell.figure.kind is not Kind.TEXT


def _total_formulas(form: Form, rows: Rows, units: Collection[str]) -> dict[str, str]:
    """Return the formula of every total; it shows nothing before all its parts are filled in.

    The rows of the units are one range, which grows with the rows that are put in.
    """
    places: dict[str, tuple[int, int]] = {
        cell.figure.address: (number, column)
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if cell.figure
    }
    formulas = {}
    for total, parts in form.totals.items():
        if total not in places or any(part not in places for part in parts):
            continue

        column = places[total][1]
        of_units = [
            places[part][0]
            for part in parts
            if places[part][1] == column and form.cells[part].row[-1].key in units
        ]
        listed = [_cell_name(*at) for at in map(places.get, parts) if at and at[0] not in of_units]
        wanted = str(len(listed))

        if of_units:
            first, last = min(of_units), max(of_units)
            wanted = f"{wanted}+" if listed else ""
            wanted += f"MAX(1,COUNTA({_cell_name(first, 1)}:{_cell_name(last, 1)}))"
            listed.append(f"{_cell_name(first, column)}:{_cell_name(last, column)}")

        cells = ",".join(listed)
        formulas[total] = f'=IF(COUNT({cells})={wanted},SUM({cells}),"")'

    return formulas


def _is_sum(form: Form, report: Report, total: str) -> bool:
    """Whether a total that is filled in already is what its formula would show."""
    figures = report.figures
    if total not in figures:
        return True
    parts = form.totals.get(total, ())
    known = all(part in figures for part in parts)
    return known and sum((figures[part] for part in parts), 0) == figures[total]


def _cell_name(row: int, column: int) -> str:
    """Return the name of a cell: `D4`."""
    return f"{get_column_letter(column)}{row}"


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


def _restrict_cells(sheet: Worksheet, cell: Cell) -> DataValidation | None:
    """Say what a cell takes, in Chinese when something else is typed; of a text nothing."""
    rule = _number_rule(cell) if cell.kind.is_number else _choice_rule(cell)
    if rule:
        rule.errorTitle, rule.error = "请核对", _refusal(cell)
        sheet.add_data_validation(rule)

    return rule


def _number_rule(cell: Cell) -> DataValidation:
    """Return what lets in numbers of one kind."""
    shapes: dict[Kind, tuple[CellType, Operator, str]] = {
        Kind.COUNT: ("whole", "greaterThanOrEqual", "0"),
        Kind.CHANGE: ("whole", "greaterThan", "-1000000000"),
        Kind.DECIMAL: ("decimal", "greaterThanOrEqual", "0"),
        Kind.AMOUNT: ("decimal", "greaterThanOrEqual", "0"),
    }
    shape, operator, bound = shapes[cell.kind]
    return DataValidation(
        type=shape, operator=operator, formula1=bound, allow_blank=True, showErrorMessage=True
    )


def _choice_rule(cell: Cell) -> DataValidation | None:
    """Return what lets in one of a few words; None where any text may stand."""
    words = {Kind.YES: ("是", "否"), Kind.CHOICE: cell.choices}.get(cell.kind, ())
    listed = ",".join(words)
    if not words or len(listed) > _MOST_LISTED or any(set(',"') & set(word) for word in words):
        return None
    return DataValidation(
        type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True
    )


def _refusal(cell: Cell) -> str:
    """Return what is said where something else is typed."""
    said = {
        Kind.COUNT: "只能填 0 或正整数；没有就填 0。",
        Kind.CHANGE: "只能填整数；没有增减就填 0。",
        Kind.DECIMAL: f"只能填 0 或正数，单位{cell.unit}。",
        Kind.AMOUNT: f"只能填 0 或正数，单位{cell.unit}。",
        Kind.YES: "只能填“是”或“否”。",
    }
    words = said.get(cell.kind, f"只能选一个：{'、'.join(cell.choices)}。")[:_MOST_LISTED]
    if cell.optional:
        words = words.partition("；")[0].removesuffix("。") + "，或空着。"

    return words


def _set_widths(sheet: Worksheet, table: Table, rows: Rows) -> None:
    """Set the widths of label columns and of those to fill in."""
    if table.shape != "grid":
        for column in range(1, sheet.max_column + 1):
            from_right = sheet.max_column - column  # the hints, the values, then labels
            width = {0: 50.0, 1: 40.0, 2: 30.0}.get(from_right, 16.0)
            sheet.column_dimensions[get_column_letter(column)].width = width
        return

    labels = max((band.label_columns for band in table.bands), default=0)
    columns = sheet.max_column
    in_words = {
        column
        for row in rows
        for column, cell in enumerate(row, start=1)
        if cell.figure and not cell.figure.kind.is_number
    }
    for column in range(1, columns + 1):
        width = 9.0 if columns > 4 and column not in in_words else 22.0
        if column <= labels:
            width = 36.0 if column == labels else 12.0
        sheet.column_dimensions[get_column_letter(column)].width = width
