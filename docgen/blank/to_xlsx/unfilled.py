"""The cells that are still to be filled in: as formulas that count them, and as what marks them."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from docgen.blank.sheets import Rows, SheetCell
from docgen.blank.to_xlsx.style import TO_FILL
from docgen.files.xlsx import cell_name, quote_sheet
from docgen.model import HOW_TO_FILL

#: Excel takes a formula of 8192 characters, and texts in it of 255.
_LONGEST, _LONGEST_TEXT = 8000, 200


class Unfilled(NamedTuple):
    """What a sheet still lacks: a formula that counts it, how many it is now, in what words."""

    formula: str
    number: int
    what: str = "格没填"


Spot = tuple[int, int]  # row and column, from 1


def spans_of(spots: Iterable[Spot]) -> list[str]:
    """Return cells as few ranges: side by side in rows, then rows that are alike."""
    runs: dict[tuple[int, int], list[int]] = {}  # first and last column → the rows it is in
    for row, in_row in groupby(sorted(spots), key=lambda spot: spot[0]):
        columns = sorted(column for _, column in in_row)
        for _, run in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
            side = [column for _, column in run]
            runs.setdefault((side[0], side[-1]), []).append(row)

    spans = []
    for (first, last), rows in runs.items():
        for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
            down = [row for _, row in run]
            ends = cell_name(down[0], first), cell_name(down[-1], last)
            spans.append(ends[0] if ends[0] == ends[1] else ":".join(ends))

    return spans


class TableSpots(NamedTuple):
    """Where a table is to be filled in: its own cells, and those of the rows of its units."""

    fixed: tuple[Spot, ...]
    of_units: tuple[Spot, ...]
    absent: str = ""  # the cell that may say that there is no such business
    blank: int = 0  # how many are not filled in now


def find_spots(rows: Rows, units: frozenset[str], worked_out: Collection[str]) -> TableSpots:
    """Return the cells of a table that must be filled in; of totals none."""
    fixed: list[Spot] = []
    of_units: list[Spot] = []
    absent = ""
    blank = 0
    unit_rows = [number for number, row in enumerate(rows) if _is_unit(row, units)]
    named = [number for number in unit_rows if rows[number][0].value]
    counted = named or unit_rows[:1]  # one unit there must be

    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.is_open and str(cell.value or "").startswith(HOW_TO_FILL):
                absent = cell_name(number + 1, column + 1)
            if cell.figure is None or cell.figure.cell.optional:
                continue
            if cell.figure.address in worked_out:
                continue

            spots = of_units if number in unit_rows else fixed
            spots.append((number + 1, column + 1))
            blank += cell.value is None and (number in counted or number not in unit_rows)

    blank += len(unit_rows) > 0 and not named  # its name
    return TableSpots(tuple(fixed), tuple(of_units), absent, blank)


def _is_unit(row: Sequence[SheetCell], units: frozenset[str]) -> bool:
    """Whether a row is that of a unit."""
    return any(cell.figure and cell.figure.row[-1].key in units for cell in row)


def count_table(name: str, spots: TableSpots) -> Unfilled | None:
    """Return what counts the empty cells of a table; None where a workbook cannot say it."""
    terms = [f"COUNTBLANK({_in_sheet(name, span)})" for span in spans_of(spots.fixed)]
    if spots.of_units:
        rows = sorted({row for row, _ in spots.of_units})
        names = _in_sheet(name, f"A{rows[0]}:A{rows[-1]}")
        spans = spans_of(spots.of_units)
        terms += [f"SUMPRODUCT((LEN({names})>0)*(LEN({_in_sheet(name, s)})=0))" for s in spans]
        in_first = sum(row == rows[0] for row, _ in spots.of_units)
        terms.append(f"IF(COUNTA({names})=0,{1 + in_first},0)")

    formula = "+".join(terms) or "0"
    if spots.absent:
        at = _in_sheet(name, spots.absent)
        formula = f'IF(LEFT({at},{len(HOW_TO_FILL)})="{HOW_TO_FILL}",{formula},0)'
    return Unfilled(f"={formula}", spots.blank) if len(formula) < _LONGEST else None


def count_cells(name: str, cells: Sequence[tuple[str, object]]) -> Unfilled:
    """Return what counts those of a few cells that are empty."""
    formula = "+".join(f"COUNTBLANK({_in_sheet(name, cell)})" for cell, _ in cells) or "0"
    return Unfilled(f"={formula}", sum(value is None for _, value in cells))


def count_parts(name: str, parts: Sequence[Sequence[tuple[str, str | None, str]]]) -> Unfilled:
    """Return what counts the parts of the text in which nothing is written.

    Of each part, its cells: where, what is there, and what the form has ready for it.
    """
    terms, blank = [], 0
    for cells in parts:
        filled = f"COUNTA({_in_sheet(name, f'{cells[0][0]}:{cells[-1][0]}')})"
        ready = [(at, text) for at, _, text in cells if text]
        filled += "".join(f"-({_in_sheet(name, at)}={_quoted(text)})" for at, text in ready)
        terms.append(f"({filled}<=0)")
        blank += all(value is None or value == text for _, value, text in cells)

    return Unfilled("=" + ("+".join(terms) or "0"), blank, "部分没写")


def _quoted(text: str) -> str:
    """Return a text as a formula has it, in pieces as long as one may be."""
    pieces = [text[at : at + _LONGEST_TEXT] for at in range(0, len(text), _LONGEST_TEXT)]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def _in_sheet(name: str, span: str) -> str:
    """Return a range of another sheet."""
    return f"{quote_sheet(name)}!{span}"


def mark_cells(sheet: Worksheet, spans: Sequence[str], condition: str) -> None:
    """Shade these cells while a condition holds; it is said of the first of them."""
    if spans:
        look = DifferentialStyle(fill=TO_FILL)
        rule = Rule(type="expression", dxf=look, formula=[condition])
        sheet.conditional_formatting.add(" ".join(spans), rule)


def mark_table(sheet: Worksheet, spots: TableSpots) -> None:
    """Shade the cells of a table that are to be filled in; of units that have a name."""
    for cells, more in ((spots.fixed, ""), (spots.of_units, ",LEN($A{row})>0")):
        for span in spans_of(cells):
            first = span.partition(":")[0]
            row = "".join(filter(str.isdigit, first))
            mark_cells(sheet, [span], f"AND(LEN({first})=0{more.format(row=row)})")

    if spots.of_units:
        top, bottom = min(spots.of_units)[0], max(spots.of_units)[0]
        mark_cells(sheet, [f"A{top}"], f"COUNTA($A${top}:$A${bottom})=0")
