"""Tables measured: width, rows against their grid, head rows, rows unbroken, type."""

from docgen.layout.page import gbt9704
from docgen.layout.page.faults import Faults, in_millimetres
from docgen.layout.page.gbt9704 import Face, Measure
from docgen.layout.page.sheet import TYPE_HEIGHT, TYPE_WIDTH, grid_of, is_turned
from docgen.layout.page.text import measure_part
from docgen.word.content import Content, Row, Table
from docgen.word.markup import TWIPS_IN_MM, W, child_value, is_on, twips

_TYPE: tuple[Face, Measure] = (gbt9704.TABLE_FONT, gbt9704.TABLE_SIZE)
_CELL_SIDES = 216  # the space at both sides of a cell, where nothing else is said
_LINE = 1.3  # a line's height, in ems, where nothing sets it


def measure_tables(content: Content, faults: Faults) -> None:
    """Every table of the body; a table that stands in a cell is part of the cell."""
    for table in content.tables:
        section = content.sections[table.section]
        turned = is_turned(section)
        columns = _columns(table)
        _measure_width(table, columns, TYPE_HEIGHT if turned else TYPE_WIDTH, faults)
        _measure_grid(table, columns, faults)
        room = TYPE_WIDTH if turned else TYPE_HEIGHT
        pitch = grid_of(section).pitch
        heights = sum(_height(row, columns, pitch) for row in table.rows)
        if heights > gbt9704.LONG_TABLE * room and not _is_set(table.rows[0], "tblHeader"):
            faults.add(gbt9704.HEAD_ROWS, table.place)
        for row in table.rows:
            if not _is_set(row, "cantSplit"):
                faults.add(gbt9704.ROW_SPLIT, row.place)
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    measure_part(paragraph, 0, "表内", _TYPE, faults)


def _columns(table: Table) -> list[float]:
    """The widths of the columns of the grid, in twips."""
    grid = table.element.find(f"{W}tblGrid")
    return [] if grid is None else [twips(c.get(f"{W}w")) for c in grid.iter(f"{W}gridCol")]


def _is_set(row: Row, name: str) -> bool:
    toggle = row.element.find(f"{W}trPr/{W}{name}")
    return toggle is not None and is_on(toggle.get(f"{W}val", "true"))


def _measure_width(table: Table, columns: list[float], room: float, faults: Faults) -> None:
    """The grid's width, or the one that is set where the table is wider than its grid."""
    properties = table.element.find(f"{W}tblPr")
    kind, value = (child_value(properties, "tblW", name) for name in ("type", "w"))
    width = sum(columns)
    if kind == "dxa" or (kind is None and value):
        width = max(width, twips(value))
    over = gbt9704.TABLE_WIDTH.tolerance * TWIPS_IN_MM
    if width > room + over:
        faults.add(gbt9704.TABLE_WIDTH, table.place, in_millimetres(width))


def _measure_grid(table: Table, columns: list[float], faults: Faults) -> None:
    """Every row's cells add up to the grid."""
    for row in table.rows:
        taken = row.skipped + sum(cell.span for cell in row.cells)
        if taken != len(columns):
            actual = f"表有 {len(columns)} 列，行内的格子共占 {taken} 列"
            faults.add(gbt9704.TABLE_GRID, row.place, actual)


def _height(row: Row, columns: list[float], pitch: float) -> float:
    """How high a row will be, roughly: its own height, or its fullest cell's lines."""
    height = twips(child_value(row.element.find(f"{W}trPr"), "trHeight"))
    at = row.skipped if row.skipped < len(columns) else 0
    for cell in row.cells:
        room = max(sum(columns[at : at + cell.span]) - _CELL_SIDES, 1)
        at += cell.span
        lines = 0.0
        for paragraph in cell.paragraphs:
            setting, em = paragraph.setting, paragraph.em
            count = -(-len(paragraph.text) * em // room) or 1
            line = setting.line if setting.rule == "exact" else _LINE * em
            if setting.rule != "exact" and setting.snapped and pitch:
                line = max(line, pitch)
            lines += count * line
        height = max(height, lines)
    return height
