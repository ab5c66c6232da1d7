"""A table as it is filled in: open cells, locked formulas for totals, in the shape of the form."""

from functools import cached_property

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from docgen.blank.sheets import Rows, SheetCell, table_rows, unit_rows
from docgen.blank.to_xlsx import style
from docgen.blank.to_xlsx.takes import Restrictions
from docgen.blank.to_xlsx.totals import total_formulas
from docgen.blank.to_xlsx.unfilled import TableSpots, find_spots, mark_table
from docgen.files.xlsx import cell_name, put, set_widths
from docgen.forms.form import Form
from docgen.forms.layout import head_depth
from docgen.forms.table import Kind, Table
from docgen.model import HOW_TO_FILL, Report

_PAGE = 92.0  # digits that a page holds beside each other, upright
_WIDER = 1.45  # the same of a page on its side
_NARROWEST = 6.0
_LONGEST_HEAD = 24  # more characters are a sentence: it stands at the left
_WIDEST_FROZEN = 60.0  # of labels that stay in view: more leave a small screen no room


class FilledTable:
    """One table being written: its rows, their formulas, widths, and what is to be filled in."""

    def __init__(
        self,
        sheet: Worksheet,
        form: Form,
        table: Table,
        report: Report,
        wardrobe: style.Wardrobe,
    ) -> None:
        self.sheet, self.form, self.table, self.report = sheet, form, table, report
        self.wardrobe = wardrobe
        self.rows: Rows = table_rows(form, table, report)
        self.units = unit_rows(table, report)
        self.formulas = total_formulas(form, self.rows, self.units, report)
        self.widths = _column_widths(form, table, self.rows)
        self.spots: TableSpots = find_spots(self.rows, self.units, self.formulas)

    def write(self) -> None:
        """Write the cells, then all that is around them."""
        restrictions = Restrictions(self.sheet)
        for number, row in enumerate(self.rows, start=1):
            for column, cell in enumerate(row, start=1):
                self._write_cell(number, column, cell, restrictions)

        merge_cells(self.sheet, self.rows)
        set_widths(self.sheet, self.widths)
        style.set_heights(self.sheet, self.rows, self.widths)
        mark_table(self.sheet, self.spots)
        self._keep_in_view()
        self._set_page()
        self._protect()

    def _write_cell(
        self, number: int, column: int, cell: SheetCell, restrictions: Restrictions
    ) -> None:
        """Write one cell: open where it is filled in, a locked formula where it is a total."""
        target = self.sheet.cell(number, column)
        put(target, cell.value)
        hint = isinstance(cell.value, str) and cell.value.startswith(HOW_TO_FILL)
        font = style.HINT if hint or self._is_hint(column) else style.BODY
        formula = self.formulas.get(cell.figure.address) if cell.figure else None
        self.wardrobe.dress(
            target,
            style.HEAD if number in self._heads else font,
            self._place_of(number, cell),
            fill=style.SUM if formula else None,
            is_open=not formula and (cell.figure is not None or cell.is_open),
        )
        if formula:
            target.value = formula
        elif cell.figure:
            restrictions.restrict(target.coordinate, cell.figure.cell)

    def _is_hint(self, column: int) -> bool:
        """Whether a column only tells how to fill the one beside it."""
        return self.table.shape != "grid" and column == len(self.rows[0])

    def _place_of(self, number: int, cell: SheetCell) -> Alignment:
        """Return where in its cell a value stands: heads, figures and short answers in the middle.

        A figure that is too wide is shown smaller.
        """
        if cell.figure is not None and cell.figure.kind.is_number:
            return style.NUMBER
        if cell.figure is not None:
            return style.WRAPPED if cell.figure.kind is Kind.TEXT else style.CENTRED
        is_head = number in self._heads and len(str(cell.value or "")) <= _LONGEST_HEAD
        return style.CENTRED if is_head else style.WRAPPED

    @cached_property
    def _heads(self) -> frozenset[int]:
        """The rows above figures that hold none: heads, and titles of bands."""
        figures = [n for n, row in enumerate(self.rows, start=1) if any(c.figure for c in row)]
        return frozenset(range(1, max(figures, default=0))) - frozenset(figures)

    @property
    def _head_rows(self) -> int:
        """How many rows at the top are the head over all others; 0 where there are several."""
        bands = self.table.bands
        if len(bands) != 1:
            return 0
        if self.table.shape != "grid":
            return 1
        return head_depth(bands[0]) + bool(bands[0].title)

    def _keep_in_view(self) -> None:
        """Freeze the heads, and the labels unless they would fill the screen."""
        labels = min((band.label_columns for band in self.table.bands), default=0)
        if sum(self.widths[:labels]) > _WIDEST_FROZEN:
            labels = 0
        if labels or self._head_rows:
            self.sheet.freeze_panes = cell_name(self._head_rows + 1, labels + 1)

    def _set_page(self) -> None:
        """Have the table printed as the form has it: on one page, unless units make it longer."""
        titles = (s.title for s in self.form.sections if s.key == self.table.key)
        style.set_page(
            self.sheet,
            next(titles, self.table.name),
            self.report.body.name or "",
            landscape=self.table.landscape or self.form.page.landscape,
            one_page=len(self.units) <= _UNITS_OF_A_PAGE,
        )
        self.sheet.print_area = f"A1:{cell_name(len(self.rows), len(self.rows[0]))}"
        if self._head_rows:
            self.sheet.print_title_rows = f"1:{self._head_rows}"

    def _protect(self) -> None:
        """Lock what is not filled in, without a password; rows for more units may be put in."""
        self.sheet.protection.enable()
        self.sheet.protection.formatColumns = False  # false: it may be done
        self.sheet.protection.formatRows = False
        if self.units:
            self.sheet.protection.insertRows = False


#: Rows of units that are printed on the form's own page.
_UNITS_OF_A_PAGE = 8


def _column_widths(form: Form, table: Table, rows: Rows) -> list[float]:
    """Return the widths of columns: in the form's proportions, else by what they hold."""
    count = len(rows[0])
    if table.shape != "grid" or table.is_absent:
        from_right = {0: 44.0, 1: 40.0, 2: 26.0}  # the hints, the values, then labels
        return [from_right.get(count - column, 14.0) for column in range(1, count + 1)]

    page = _PAGE * (_WIDER if table.landscape or form.page.landscape else 1.0)
    if len(table.widths) == count:
        whole = sum(table.widths)
        return [max(page * width / whole, _NARROWEST) for width in table.widths]

    labels = max((band.label_columns for band in table.bands), default=0)
    in_words = {
        column
        for row in rows
        for column, cell in enumerate(row, start=1)
        if cell.figure and not cell.figure.kind.is_number
    }
    return [
        (36.0 if column == labels else 12.0)
        if column <= labels
        else (9.0 if count > 4 and column not in in_words else 22.0)
        for column in range(1, count + 1)
    ]


def merge_cells(sheet: Worksheet, rows: Rows) -> None:
    """Merge each cell with those it covers; all of them have their looks already."""
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if cell.columns > 1 or cell.rows > 1:
                last = cell_name(number + cell.rows - 1, column + cell.columns - 1)
                sheet.merged_cells.add(f"{cell_name(number, column)}:{last}")
