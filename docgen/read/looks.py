"""How the cells of one sheet of a workbook are shown, where that is not what they hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from docgen.read.entry import Look, column_letters
from docgen.read.styles import struck_in

#: How a workbook writes that something is so.
ON = ("1", "true", "on")
WHOLE_SHEET = "整张表"
_PLAIN = Look()

#: The values of a sheet by row and column, both counted from 0.
Cells = dict[int, dict[int, object]]


class Looks:
    """Gathers them while a sheet is read: `found` holds them by row and column."""

    def __init__(self, by_format: Mapping[str, Look], struck: Mapping[int, str]) -> None:
        self.by_format, self.struck = by_format, struck
        self.found: dict[tuple[int, int], Look] = {}

    def of(self, row: int, column: int) -> Look:
        """How this cell looks."""
        return self.found.get((row, column), _PLAIN)

    def read_cell(self, row: int, column: int, cell: Any) -> None:
        """Tell how a cell looks by its format, and by the runs of its text."""
        look = self.by_format.get(cell.get("s", "0"), _PLAIN)
        kind, words = cell.get("t"), ""
        if kind == "s" and self.struck:
            words = self.struck.get(int(cell.findtext("{*}v", "-1")), "")
        elif kind == "inlineStr":
            words = "".join(map(struck_in, cell.findall("{*}is")))
        if words:
            look = look._replace(struck=words)
        if look is not _PLAIN:
            self.found[row, column] = look

    def hide_row(self, row: int, columns: Iterable[int]) -> None:
        """Tell that the cells of this row are out of sight."""
        for column in columns:
            self._hide(row, column, f"第 {row + 1} 行")

    def hide_columns(self, cells: Cells, hidden: Iterable[range]) -> None:
        """Tell that the cells of these columns are out of sight."""
        out = {column for columns in hidden for column in columns}
        for row, columns in cells.items() if out else ():
            for column in columns.keys() & out:
                self._hide(row, column, f"{column_letters(column)} 列")

    def hide_all(self, cells: Cells) -> None:
        """Tell that the sheet itself is out of sight."""
        for row, columns in cells.items():
            for column in columns:
                self._hide(row, column, WHOLE_SHEET)

    def _hide(self, row: int, column: int, what: str) -> None:
        self.found[row, column] = self.of(row, column)._replace(hidden=what)

    def merge(self, cells: Cells, shown: str, rows: range, columns: range) -> None:
        """Tell of the cells of a merge that its first, `shown`, is seen for them all."""
        for row in rows:
            stored = cells.setdefault(row, {})
            for column in columns:
                if (row, column) != (rows.start, columns.start):
                    stored.setdefault(column, None)
                    look = self.of(row, column)
                    self.found[row, column] = look._replace(merged=shown)
