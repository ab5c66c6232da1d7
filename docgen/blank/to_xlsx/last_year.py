"""Last year's figures in grey, right of the table, each in the row of this year's cell."""

from decimal import Decimal

from docgen.blank.sheets import SheetCell
from docgen.blank.to_xlsx import style
from docgen.blank.to_xlsx.tables import FilledTable
from docgen.files.xlsx import put, set_widths
from docgen.forms.form import Form
from docgen.forms.layout import last_year_columns
from docgen.model import HOW_TO_FILL, LAST_YEAR, Reading, Report, align_cells

_GAP, _MARK = 2.0, 13.0  # the widths of the column between, and of the one that says what it is


def is_of_last_year(form: Form, report: Report, last: Reading) -> bool:
    """Whether a reading is the report of the same kind of the year before."""
    kin = (form.declared or form).is_kin(last.form.declared or last.form)
    return kin and last.report.year is not None and last.report.year + 1 == report.year


def write_last_year(filled: FilledTable, last: Reading) -> None:
    """Write what last year's report has of this table, under the same heads; else nothing.

    What is written there is not printed, and not read.
    """
    here = [cell.figure.address for row in filled.rows for cell in row if cell.figure]
    there = {**last.report.figures, **last.report.answers}
    aligned = align_cells(filled.report, last.report, list(there))
    known = {own: there[aligned[own]] for own in here if own in aligned}
    was_absent = filled.table.key in last.report.absent
    if filled.table.is_absent or not (known or was_absent):
        return

    sheet, width = filled.sheet, len(filled.rows[0])
    columns = last_year_columns(filled.table)
    first = width - columns - (filled.table.shape != "grid")  # of pairs the hints are last
    start = width + 2
    for number, row in enumerate(filled.rows if known else (), start=1):
        for column in range(first, first + columns):
            cell = row[column]
            value: object = known.get(cell.figure.address) if cell.figure else _head_text(cell, row)
            if isinstance(value, str | int | Decimal):
                target = sheet.cell(number, start + 1 + column - first)
                put(target, value)
                place = style.CENTRED if isinstance(value, str) else style.NUMBER
                filled.wardrobe.dress(target, style.HINT, place, is_boxed=False)

    if was_absent:
        said = sheet.cell(2, start + 1)
        put(said, filled.table.absent)
        filled.wardrobe.dress(said, style.HINT, style.OVER, is_boxed=False)

    mark = sheet.cell(1, start)
    put(mark, LAST_YEAR.format(year=last.report.year))
    filled.wardrobe.dress(mark, style.HINT, style.CENTRED, is_boxed=False)
    own = filled.widths[first : first + columns]
    set_widths(sheet, [_GAP, _MARK, *own], width + 1)


def _head_text(cell: SheetCell, row: list[SheetCell]) -> object:
    """Return what stands over the figures of a column; of what is said of all of them nothing."""
    is_whole = cell.columns == len(row) > 1 or str(cell.value or "").startswith(HOW_TO_FILL)
    return None if is_whole else cell.value
