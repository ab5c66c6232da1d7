"""Reports drawn as PDFs by their forms' declarations, their tables with or without lines."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from drawn_pdf import Leaf, pdf_of

from docgen.forms.layout import print_line, printed_lines, printed_rows
from docgen.model import Reading, print_number

SIZE = 10.0
#: How wide a column of labels is, and one of figures; how much room is at either side of a text.
LABEL, COLUMN, ROOM = 130.0, 52.0, 4.0
LEFT, PITCH, PAD = 50.0, 13.0, 5.0


class DrawnCell(NamedTuple):
    """A cell: its text, the columns it covers; `goes_on` below the cell above it."""

    text: str
    span: int = 1
    goes_on: bool = False


Table = list[list[DrawnCell]]
Edit = Callable[[str, Table], None]  # a table's key and its rows, to be changed


def table_of(reading: Reading, key: str) -> Table:
    """Return the rows of a table, as a report has it."""
    form = reading.form
    table = next(table for table in form.tables if table.key == key)
    rows: Table = []
    for row in printed_rows(form, table, {}):
        cells = []
        for cell in row.cells:
            text = cell.text
            if cell.figure:
                text = print_number(reading.report.figures[cell.figure.address])
            cells.append(DrawnCell(text, cell.span, cell.merge == "continue"))
        rows.append(cells)
    return rows


def draw_report(
    reading: Reading, edit: Edit | None = None, *, lined: Collection[str] = (), at: float = 0.5
) -> bytes:
    """Return a report as a PDF, each table on a page of its own.

    `lined` are the tables that have lines; `at` is where figures stand in their rows, from 0 for
    the top to 1 for the bottom.
    """
    return pdf_of(leaves_of(reading, edit, lined, at))


def leaves_of(reading: Reading, edit: Edit | None, lined: Collection[str], at: float) -> list[Leaf]:
    """Return the pages of a report, to be changed."""
    form, report = reading.form, reading.report
    front = Leaf()
    title = form.title.format(name=report.body.name, year=report.year)
    front.text(80, 80, title, size=16)
    leaves, y = [front], 130.0
    for section in form.sections:
        table = next((x for x in form.tables if x.key == section.key and x.bands), None)
        if table and table.shape == "grid":
            rows = table_of(reading, section.key)
            if edit:
                edit(section.key, rows)
            width = sum(cell.span for cell in rows[-1]) * COLUMN + 4 * LABEL
            leaf = Leaf(max(595.0, width), max(842.0, 40.0 * len(rows)))
            leaf.text(74, 80, section.title, size=14)
            labels = max(band.label_columns for band in table.bands)
            _draw_table(leaf, rows, labels, section.key in lined, at)
            leaves += [leaf, Leaf()]
            y = 80.0
            continue

        pairs = printed_lines(form, table, {}) if table else []
        printed = [print_line(label, report.answers[one.address]) for label, one in pairs]
        leaves[-1].text(74, y, section.title, size=14)
        for text in (*printed, *report.sections.get(section.key, ())):
            y += 24
            leaves[-1].text(74, y, text, size=12)
        y += 24

    return [leaf for leaf in leaves if leaf.drawn]


def _draw_table(leaf: Leaf, rows: Table, labels: int, lines: bool, at: float) -> None:
    """Draw a table: every text in the middle of its cell, labels at the left."""
    count = max(sum(cell.span for cell in row) for row in rows)
    widths = [LABEL] * labels + [COLUMN] * (count - labels)
    edges = list(accumulate(widths, initial=LEFT))
    heights = [max(_needs(row, edges), 1) * PITCH + 2 * PAD for row in rows]
    tops = list(accumulate(heights, initial=110.0))
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            left, right = edges[column], edges[column + cell.span]
            if not cell.goes_on:
                end = _end_of(rows, number, column)
                _write(leaf, cell.text, (left, tops[number], right, tops[end]), column < labels, at)
                if lines:
                    for x, top, y, bottom in _frame(left, tops[number], right, tops[end]):
                        leaf.line(x, top, y, bottom)
            column += cell.span


def _needs(row: Sequence[DrawnCell], edges: Sequence[float]) -> int:
    """Return how many lines the texts of a row take."""
    column, most = 0, 0
    for cell in row:
        width = edges[column + cell.span] - edges[column]
        if not cell.goes_on:
            most = max(most, len(list(_broken(cell.text, width))))
        column += cell.span
    return most


def _end_of(rows: Table, number: int, column: int) -> int:
    """Return the row below those that a cell covers."""
    number += 1
    while number < len(rows):
        starts = list(accumulate((cell.span for cell in rows[number]), initial=0))
        if column not in starts[:-1] or not rows[number][starts.index(column)].goes_on:
            break
        number += 1
    return number


def _frame(
    left: float, top: float, right: float, bottom: float
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the four sides of a cell."""
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    for (x, y), (other_x, other_y) in pairwise(corners):
        yield x, y, other_x, other_y


def _write(
    leaf: Leaf, text: str, box: tuple[float, float, float, float], is_label: bool, at: float
) -> None:
    """Write the text of a cell."""
    left, top, right, bottom = box
    texts = list(_broken(text, right - left))
    free = bottom - top - 2 * PAD - len(texts) * PITCH
    y = top + PAD + SIZE + free * (0.5 if is_label else at)
    for number, one in enumerate(texts):
        x = left + ROOM if is_label else (left + right - _width(one)) / 2
        leaf.text(x, y + PITCH * number, one, size=SIZE)


def _broken(text: str, width: float) -> Iterator[str]:
    """Yield a text in lines that fit."""
    line = ""
    for letter in text:
        if line and _width(line + letter) > width - 2 * ROOM:
            yield line
            line = ""
        line += letter
    if line:
        yield line


def _width(text: str) -> float:
    return sum(SIZE / 2 if letter.isascii() else SIZE for letter in text)
