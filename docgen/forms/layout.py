"""How a table is printed: its rows and cells with their merges, in the terms of OOXML.

Every shape of a table comes from here: blank CSV and workbook, template, read-back. A sheet has
no head: its rows are pairs of label and value. What is printed as lines of text has no cells at
all: see `printed_lines`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from docgen.forms.form import Figure, Form
from docgen.forms.table import Band, Path, Table

Merge = Literal["", "restart", "continue"]
Wording = Mapping[str, str]  # address of a row, column or group → the label to print


class PrintedCell(NamedTuple):
    """One `w:tc`: its text, or the figure it holds; its gridSpan and vMerge."""

    text: str
    figure: Figure | None = None
    span: int = 1
    merge: Merge = ""


class PrintedRow(NamedTuple):
    """One `w:tr` and what it is."""

    kind: Literal["title", "head", "figures"]
    cells: tuple[PrintedCell, ...]


def label_of(table: Table, path: Path, wording: Wording) -> str:
    """Return the label of the last line of a path, as the report words it or as the form does."""
    return wording.get(table.line_address(path), path[-1].label)


def row_label(table: Table, path: Path, wording: Wording) -> str:
    """Return what a row is called in print; a line of text names its groups too: 微博·名称."""
    if table.shape != "lines":
        return label_of(table, path, wording)
    depths = range(1, len(path) + 1)
    return "·".join(label_of(table, path[:depth], wording) for depth in depths)


def print_line(label: str, value: str) -> str:
    """Return a pair of label and value as one line of text."""
    return f"{label}：{value}"


def printed_lines(form: Form, table: Table, wording: Wording) -> list[tuple[str, Figure]]:
    """Return the label and the cell of each line of text, from top to bottom."""
    return [
        (row_label(table, row, wording), form.cells[table.figure_address(row, column)])
        for band in table.bands
        for row in band.row_paths
        for column in band.column_paths
    ]


def grid_columns(table: Table) -> int:
    """Return the number of `w:gridCol` of a table."""
    return max(band.label_columns + len(band.column_paths) for band in table.bands)


def last_year_columns(table: Table) -> int:
    """Return how many columns last year's figures take beside a table in a workbook."""
    return grid_columns(table) - min(band.label_columns for band in table.bands)


def head_depth(band: Band) -> int:
    """Return the number of head rows of a band, its title row aside."""
    return max(len(path) for path in band.column_paths)


def printed_rows(form: Form, table: Table, wording: Wording) -> tuple[PrintedRow, ...]:
    """Return the rows of a table from top to bottom: the same for every report of one wording."""
    return _laid_out(form, table, tuple(wording.items()))


def rows_covered(rows: Sequence[PrintedRow], number: int, column: int) -> int:
    """Return how many rows the cell covers that begins a vertical merge here, itself included."""
    return 1 + sum(1 for _ in takewhile(lambda row: _goes_on(row, column), rows[number + 1 :]))


def _goes_on(row: PrintedRow, column: int) -> bool:
    """Whether the cell at this grid column belongs to the one above it."""
    start = 0
    for cell in row.cells:
        if start == column:
            return cell.merge == "continue"
        start += cell.span
    return False


@lru_cache(maxsize=64)
def _laid_out(
    form: Form, table: Table, wording: tuple[tuple[str, str], ...]
) -> tuple[PrintedRow, ...]:
    """Return the rows of a table; kept, because every report of one wording has the same."""
    return tuple(_lay_out(form, table, dict(wording)))


def _lay_out(form: Form, table: Table, wording: Wording) -> Iterator[PrintedRow]:
    """Yield the rows of a table, band by band."""
    width = grid_columns(table)
    for band in table.bands:
        if band.title:
            yield PrintedRow("title", (PrintedCell(band.title, span=width),))

        slack = width - band.label_columns - len(band.column_paths)
        for level in range(head_depth(band) if table.shape == "grid" else 0):
            yield PrintedRow("head", tuple(_head_cells(table, band, level, slack, wording)))

        before: Path = ()
        for row in band.row_paths:
            labels = _label_cells(table, band, row, before, wording)
            figures = _figure_cells(form, table, band, row, slack)
            yield PrintedRow("figures", (*labels, *figures))
            before = row


def _head_cells(
    table: Table, band: Band, level: int, slack: int, wording: Wording
) -> Iterator[PrintedCell]:
    """Yield the cells of one head row; `slack` are grid columns that only other bands use."""
    depth = head_depth(band)
    if band.label_columns:
        merge: Merge = "" if depth == 1 else "continue" if level else "restart"
        corner = "" if level else band.corner
        yield PrintedCell(corner, None, band.label_columns, merge)

    paths = band.column_paths
    start = 0
    while start < len(paths):
        path = paths[start]
        shown = path[: min(level + 1, len(path))]
        span = sum(other[: len(shown)] == shown for other in paths[start:])
        end = start + span
        is_leaf = len(shown) == len(path)
        merge = ""

        if is_leaf and len(path) < depth:
            merge = "restart" if level == len(path) - 1 else "continue"

        text = "" if merge == "continue" else label_of(table, shown, wording)
        yield PrintedCell(text, None, span + (slack if end == len(paths) else 0), merge)
        start = end


def _label_cells(
    table: Table, band: Band, row: Path, before: Path, wording: Wording
) -> Iterator[PrintedCell]:
    """Yield the cells with the labels of a row: its groups, then its own."""
    if not band.label_columns:
        return

    for level in range(1, len(row)):
        continues = before[:level] == row[:level]
        text = "" if continues else label_of(table, row[:level], wording)
        yield PrintedCell(text, None, 1, "continue" if continues else "restart")

    span = band.label_columns - len(row) + 1
    yield PrintedCell(label_of(table, row, wording), None, span)


def _figure_cells(
    form: Form, table: Table, band: Band, row: Path, slack: int
) -> Iterator[PrintedCell]:
    """Yield the cells with the figures of a row; the last takes the slack."""
    last = band.column_paths[-1]
    for column in band.column_paths:
        address = table.figure_address(row, column)
        span = 1 + (slack if column is last else 0)
        yield PrintedCell("", form.cells[address], span)
