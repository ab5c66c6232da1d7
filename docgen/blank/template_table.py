"""A table of a template: its widths, its heads, and the loops that print its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from docgen.blank.template_markup import figure, marker_run, paragraph, run
from docgen.blank.template_styles import Paper, size, sizes_of
from docgen.forms.form import Figure, Form
from docgen.forms.layout import PrintedCell, PrintedRow, grid_columns, printed_rows
from docgen.forms.table import Band, Kind, Line, Table, key_of

#: A table of more rows is tight enough to stand whole on a page.
LONG = 20
#: Row height and the space above and below a cell's text, in twips.
ROOMY, TIGHT = (350, 28), (330, 15)
LEAST_HEIGHT = 205  # of a row of the smallest type
MOST_ABOVE = 36  # the space above the letters of such a row, where it is higher
ROW_LINE = 10  # the line between two rows
OUTER_LINES = 10  # the outer borders lie half outside the grid
NARROW = 800  # a column below this holds its words only between small cell margins
WIDE_SIDE, NARROW_SIDE, LEAST_SIDE = 108, 40, 20
#: The fewest characters of a line in a column, where the form says its width fewer; the smallest
#: size, for columns with less.
LEAST, FEWEST, SMALLEST = 3, 2, 9.0
SLACK = 0.5  # of a character, so that a label does not break for a hair's breadth
UNIT_NAME = 8  # characters of the name of a unit, as a rule
WORDY = (Kind.TEXT, Kind.URL, Kind.CHOICES)
#: The characters that stand on one line: 12345678.90 takes five and a half, 12月31日 five with the
#: space beside its digits. Words may break anywhere.
UNBROKEN = {
    Kind.COUNT: 3.5,
    Kind.CHANGE: 3.5,
    Kind.DECIMAL: 4.0,
    Kind.AMOUNT: 5.5,
    Kind.DATE: 5.0,
    Kind.PHONE: 6.5,
}


class TableLook(NamedTuple):
    """How a table stands on its page, in twips; `points` where its type is smaller than usual."""

    widths: tuple[int, ...]
    height: int
    space: int
    side: int
    points: float | None = None


def table_xml(form: Form, table: Table, paper: Paper, height: int = 0) -> str:
    """Return a table whose cells are the tags that print them; `height` is that of its rows."""
    look = _look_of(form, table, paper, height)
    tagged = replace(table, bands=tuple(_tagged_band(band) for band in table.bands))
    # Repeated over a page, the head of one band would stand above the rows of another.
    repeat = len(table.bands) == 1
    endings = _page_endings(form, table)

    bands = iter(table.bands)
    rows: list[str] = []
    for is_body, printed in groupby(_shown_rows(form, tagged), lambda row: row.kind == "figures"):
        if is_body:
            band = next(bands)
            rows += _body_rows(form, band, [*printed], look, endings[band])
        else:
            rows += [_row_xml(form, row, look, repeat=repeat) for row in printed]

    # Of a row as high as its line the letters would touch the line above.
    above = max(look.space, min(height - LEAST_HEIGHT, MOST_ABOVE)) if height else look.space
    sides = {"top": above, "left": look.side, "bottom": look.space, "right": look.side}
    margins = "".join(f'<w:{name} w:w="{width}" w:type="dxa"/>' for name, width in sides.items())
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in look.widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(look.widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row_count(form: Form, table: Table) -> int:
    """Return how many rows a table has, heads and all."""
    return len(_shown_rows(form, table))


def _shown_rows(form: Form, table: Table) -> list[PrintedRow]:
    """Return the rows that are printed: a sheet of pairs has no heads."""
    rows = printed_rows(form, table, {})
    return [row for row in rows if table.shape == "grid" or row.kind == "figures"]


def _is_long(form: Form, table: Table) -> bool:
    return row_count(form, table) > LONG


def _page_endings(form: Form, table: Table) -> dict[Band, str]:
    """Return the test of the rows of each band after which the page may end.

    A table stays whole. One that would leave most of a page empty may break, with its head
    repeated, before a row that begins a group of rows or stands by itself; not after the first.
    How long one with rows for units is, the report alone says. The last row stays with the notes.
    """
    inside = "not loop.first and not loop.last" if table.notes else "not loop.first"
    if _is_long(form, table):
        return dict.fromkeys(table.bands, inside)
    if table.each:
        may_break = f"loop.length > {LONG} and {inside}"
        may_break = may_break if table.notes else f"(loop.last or {may_break})"
        return dict.fromkeys(table.bands, may_break)

    *others, last = table.bands
    return dict.fromkeys(others, "") | {last: "" if table.notes else "loop.last"}


# Widths.


def _look_of(form: Form, table: Table, paper: Paper, height: int) -> TableLook:
    """Return how a table stands on this paper."""
    room = paper.text_width - OUTER_LINES
    is_tight = height or _is_long(form, table)
    usual, space = TIGHT if is_tight else ROOMY
    space = 0 if height else space
    points = sizes_of(form.page).table
    if len(table.widths) == grid_columns(table):  # the author's word
        widths = scale_widths(table.widths, room)
        side = NARROW_SIDE if min(widths) < NARROW else WIDE_SIDE
        if min(widths) >= FEWEST * 20 * points + 2 * NARROW_SIDE or points == SMALLEST:
            return TableLook(widths, height or usual, space, side)
        return TableLook(widths, height or usual, space, LEAST_SIDE, SMALLEST)

    widths = _fitting_widths(form, table, room, points)
    for side in (WIDE_SIDE, NARROW_SIDE):
        least = NARROW if side == WIDE_SIDE else LEAST * 20 * points + 2 * side
        if min(widths) >= least and _keeps_whole(form, table, widths, points, side):
            return TableLook(widths, height or usual, space, side)

    if points == SMALLEST:
        return TableLook(widths, height or usual, space, NARROW_SIDE)
    widths = _fitting_widths(form, table, room, SMALLEST)
    whole = _keeps_whole(form, table, widths, SMALLEST, NARROW_SIDE)
    return TableLook(widths, height or usual, space, NARROW_SIDE if whole else LEAST_SIDE, SMALLEST)


def _keeps_whole(form: Form, table: Table, widths: Sequence[int], points: float, side: int) -> bool:
    """Return whether no column is too narrow for what does not break in it."""
    needs = _unbroken_lengths(form, table)
    columns = widths[len(widths) - len(needs) :]
    return all(
        width >= need * 20 * points + 2 * side for width, need in zip(columns, needs, strict=True)
    )


def scale_widths(shares: Sequence[int], room: int) -> tuple[int, ...]:
    """Return widths in these proportions that together fill the room to the twip."""
    whole = sum(shares)
    widths = [room * share // whole for share in shares]
    # The odd twips go to the columns that lost most, the leftmost first: spread evenly, they
    # make LibreOffice see a column more where merged cells end.
    lost = sorted(range(len(shares)), key=lambda at: widths[at] * whole - room * shares[at])
    for at in lost[: room - sum(widths)]:
        widths[at] += 1
    return tuple(widths)


def _fitting_widths(form: Form, table: Table, room: int, points: float) -> tuple[int, ...]:
    """Return widths by content: labels as they need, counts alike, an amount more, words most."""
    em = round(20 * points)
    least = LEAST * em + 2 * NARROW_SIDE
    labels = _label_lengths(form, table)
    shares = [
        round(max(need, LEAST) * em) + 2 * NARROW_SIDE for need in _unbroken_lengths(form, table)
    ]
    shares = [
        2 * share if is_wordy else share
        for share, is_wordy in zip(shares, _wordy_columns(form, table), strict=True)
    ]
    wanted = [
        max(least, min(round((length + SLACK) * em) + 2 * WIDE_SIDE, room // 3))
        for length in labels
    ]

    if wanted:  # in a table of few columns they have as much room as a number
        number = min(shares, default=least)
        wanted[-1] += max(0, room * number // (sum(shares) + number) - sum(wanted))
    spare = room - sum(wanted)
    if spare < sum(shares):  # the labels break into more lines
        left = max(room - sum(shares), 2 * least * len(labels))
        wanted = [*scale_widths(wanted, left)] if wanted else []
        spare = room - sum(wanted)

    return (*wanted, *(scale_widths(shares, spare) if shares else ()))


def _label_lengths(form: Form, table: Table) -> list[int]:
    """Return the longest label of each column of labels, in characters."""
    longest = [0] * max(band.label_columns for band in table.bands)
    over = 0  # of one that stands across all of them
    for row in _shown_rows(form, table):
        labels = [cell for cell in row.cells if not cell.figure] if row.kind == "figures" else []
        for at, cell in enumerate(labels):
            if cell.span == 1:
                longest[at] = max(longest[at], len(cell.text))
            elif cell.span == len(longest):
                over = max(over, len(cell.text))

    if longest:
        unit = UNIT_NAME if table.each else 0
        longest[-1] = max(longest[-1], unit, over - sum(longest[:-1]))
    return longest


def _unbroken_lengths(form: Form, table: Table) -> list[float]:
    """Return for each other column the characters of what does not break in it; 0 for a count."""
    return [
        max((UNBROKEN.get(kind, 0.0) for kind in kinds), default=0.0)
        for kinds in _column_kinds(form, table)
    ]


def _wordy_columns(form: Form, table: Table) -> list[bool]:
    """Return for each other column whether there are words in it."""
    return [not kinds.isdisjoint(WORDY) for kinds in _column_kinds(form, table)]


def _column_kinds(form: Form, table: Table) -> list[set[Kind]]:
    """Return what stands in each column that has no labels."""
    labels = max(band.label_columns for band in table.bands)
    found: list[set[Kind]] = [set() for _ in range(grid_columns(table) - labels)]
    for cell in form.cells.values():
        if cell.table is table:
            at = cell.band.column_paths.index(cell.column) + cell.band.label_columns
            if at >= labels:  # else it stands where other bands have labels
                found[at - labels].add(cell.kind)
    return found


# Tags.


def _tagged_line(line: Line, above: tuple[str, ...]) -> Line:
    """Return a column or group whose label is the tag that prints it."""
    inner = (*above, line.key) if line.in_address else above
    path = [*above, line.key]
    if line.parts and line.in_address:
        path.append("label")
    parts = tuple(_tagged_line(part, inner) for part in line.parts)
    return replace(line, label=f"{{{{ {'.'.join(path)} }}}}", parts=parts)


def _tagged_band(band: Band) -> Band:
    """Return a band whose title, corner and columns are the tags that print them."""
    return replace(
        band,
        columns=tuple(_tagged_line(line, (band.key,)) for line in band.columns),
        title=band.title and f"{{{{ {band.key}.title }}}}",
        corner=band.corner and f"{{{{ {band.key}.corner }}}}",
    )


def _tagged_row(row: PrintedRow) -> PrintedRow:
    """Return a row of figures as the shape of every row of its depth: labels, figures are tags."""
    labels = [cell for cell in row.cells if not cell.figure]
    cells: list[PrintedCell] = []
    for level, cell in enumerate(labels, 1):
        group = f"row.group{level}"
        text = f"{{% vmerge {group}.merge %}}{{{{ {group}.label }}}}"
        cells.append(
            PrintedCell("{{ row.label }}" if level == len(labels) else text, span=cell.span)
        )

    for cell in row.cells[len(labels) :]:
        assert cell.figure
        cells.append(cell._replace(text=f"{{{{ row.{key_of(cell.figure.column)} }}}}"))
    return PrintedRow(row.kind, tuple(cells))


# Rows.


def _row_xml(
    form: Form, row: PrintedRow, look: TableLook, *, repeat: bool = False, ends: bool = False
) -> str:
    """Return a row; `repeat` a head's over every page, `ends` where the page may end after it."""
    loose = '<w:keepNext w:val="0"/>' if ends else ""  # the styles of cells keep with the next
    cells, at = [], 0
    for cell in row.cells:
        width = sum(look.widths[at : at + cell.span])
        at += cell.span
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
            f'<w:vAlign w:val="center"/></w:tcPr>{_cell_text(form, row, cell, look, loose)}</w:tc>'
        )

    header = "<w:tblHeader/>" if repeat else ""
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{look.height}" w:hRule="atLeast"/>'
        f"{header}</w:trPr>{''.join(cells)}</w:tr>"
    )


def _cell_text(form: Form, row: PrintedRow, cell: PrintedCell, look: TableLook, loose: str) -> str:
    """Return the paragraph of a cell: words at the left, heads, numbers and choices centred."""
    properties = size(look.points) if look.points else ""
    style, digits = "TableLabel" if row.kind == "figures" else "TableHead", False
    if cell.figure:
        kinds = _kinds_in_column(form, cell.figure)
        style = "TableLabel" if kinds.issubset(WORDY) else "TableFigure"
        digits = not properties and all(kind.is_number for kind in kinds)

    written = figure(cell.text) if digits else run(cell.text, properties=properties)
    return paragraph(style, *([written] if cell.text else []), properties=loose)


def _kinds_in_column(form: Form, figure: Figure) -> set[Kind]:
    """Return what the cells of a column take: the rows of a loop have one shape for all."""
    column = (figure.band, figure.column)
    return {cell.kind for cell in form.cells.values() if (cell.band, cell.column) == column}


def _marker_row(text: str, widths: Sequence[int]) -> str:
    """Return a row that docxtpl replaces by its tag."""
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" '
        f'w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/></w:tcPr>'
        f"{paragraph('TableLabel', marker_run(f'{{%tr {text} %}}'))}</w:tc></w:tr>"
    )


def _body_rows(
    form: Form, band: Band, rows: Sequence[PrintedRow], look: TableLook, ending: str
) -> Iterator[str]:
    """Yield the loop over a band's rows: a shape for each number of labels.

    Where the test `ending` holds for a row with as many labels as the last, the page may end.
    """
    shapes: dict[int, PrintedRow] = {}
    for row in rows:
        last = sum(cell.figure is None for cell in row.cells)
        shapes.setdefault(last, _tagged_row(row))

    variants = [(depth, False, f"row.depth == {depth}") for depth in sorted(shapes)]
    if ending:
        variants.insert(0, (last, True, f"row.depth == {last} and {ending}"))
    if len(rows) == 1 and not band.rows[0].each:
        del variants[1:]

    yield _marker_row(f"for row in {band.key}.rows", look.widths)
    for at, (depth, ends, test) in enumerate(variants):
        if len(variants) > 1:
            word = "else" if at == len(variants) - 1 else f"{'elif' if at else 'if'} {test}"
            yield _marker_row(word, look.widths)
        yield _row_xml(form, shapes[depth], look, ends=ends)
    if len(variants) > 1:
        yield _marker_row("endif", look.widths)
    yield _marker_row("endfor", look.widths)
