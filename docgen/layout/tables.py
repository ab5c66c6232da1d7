"""Tables: width, rows against their grid, head rows, rows unbroken, type (5.2, 8)."""

from collections.abc import Iterable, Iterator, Mapping

from docgen.finding import Place, Rule
from docgen.forms.table import Table
from docgen.layout.clause import (
    BOTH,
    STANDARD,
    Clause,
    Departures,
    Dimension,
    Typeface,
    in_millimetres,
    in_template,
)
from docgen.layout.fonts import CHINESE
from docgen.layout.printed import POINTS_PER_MM, Character, Page
from docgen.layout.sheet import (
    BINDING,
    HEIGHT_TWIPS,
    TYPE_HEIGHT,
    TYPE_WIDTH,
    WIDTH_TWIPS,
    grid_of,
    is_turned,
    text_width,
)
from docgen.layout.tracing import Trace
from docgen.layout.typefaces import measure_part
from docgen.word.content import Content, Paragraph, PlacedTable, Row
from docgen.word.markup import TWIPS_IN_MM, W, child_value, is_on, twips

TABLE_TOO_WIDE = Rule(
    code="P601",
    name="表格宽出版心",
    severity="error",
    message="{where}{about} {actual}，应{expected}",
    why="版心是排字的范围，宽 156 mm；表格出了版心，装订时会被订住或裁掉。",
    example="表格按窄页边排成 180 mm 宽。",
    cure=in_template("表格属性→表格→指定宽度 156 mm（15.6 厘米）以内。"),
    basis=f"{STANDARD} 5.2.1（应）",
    aliases=("F208",),
)
#: On a proof the outer lines, 0.5 pt wide, are half outside the width of a table.
TABLE_WIDTH = Dimension(
    TABLE_TOO_WIDE,
    f"不宽于版心 {TYPE_WIDTH.expected}",
    TYPE_WIDTH.value,
    1,
    on_proof=0.4,
    measured=BOTH,
)

TABLE_GRID_BROKEN = Rule(
    code="P602",
    name="表格的行与列数不合",
    severity="note",
    message="{actual}（{count} 行）",
    why="一行的格子合起来应与表的列数相同；不合时 Word、WPS 各按各的猜，格线会错开。",
    example="表有 10 列，有一行只占 9 列。",
    cure=in_template("重新拆分或合并这一行的格子，使它与别的行对齐。"),
    basis=f"{STANDARD} 8（通行做法）",
)
TABLE_GRID = Clause(TABLE_GRID_BROKEN, "每行的格子合起来与表的列数相同")

HEAD_NOT_REPEATED = Rule(
    code="P603",
    name="长表的表头不重复",
    severity="warning",
    message="{where}{about}，没有重复的表头",
    why="表格跨到下一页时没有表头，看不出各列是什么。",
    example="一张表有二十多行，跨到了下一页。",
    cure=in_template("选中表头各行，布局→重复标题行。"),
    basis=f"{STANDARD} 8（通行做法）",
    aliases=("F207",),
)
HEAD_ROWS = Clause(HEAD_NOT_REPEATED, "表头在各页重复", measured=BOTH)
#: A table higher than this part of the 版心 may have to go on over a page.
_LONG_TABLE = 0.5

ROW_BREAKS = Rule(
    code="P604",
    name="表格的行跨页断开",
    severity="warning",
    message="{where}{about}，通行{expected}（{count} 行）",
    why="一行断成两截，数字和项目就对不上了。",
    example="Word 默认允许跨页断行。",
    cure=in_template("表格属性→行→不勾选“允许跨页断行”。"),
    basis=f"{STANDARD} 8（通行做法）",
    aliases=("F206",),
)
ROW_SPLIT = Clause(ROW_BREAKS, "不跨页断行", measured=BOTH)

TABLE_FONT_RARE = Rule(
    code="P605",
    name="表内字体少见",
    severity="note",
    message="表内的字体是{actual}，通行用{expected}（{count} 格）",
    why="标准没有单独规定表内的字体；通行用仿宋或宋体，表头可用黑体。",
    example="表内用了微软雅黑。",
    cure=in_template("把表内的中文字体设为仿宋或宋体。"),
    basis=f"{STANDARD} 5.2.2（通行做法）",
)
TABLE_FONT = Typeface(TABLE_FONT_RARE, "仿宋、宋体等", CHINESE)

TABLE_SIZE_RARE = Rule(
    code="P606",
    name="表内字号少见",
    severity="note",
    message="表内的字号是{actual}，通行用{expected}（{count} 格）",
    why="标准没有单独规定表内的字号；列多时可小，但小于小五号就看不清了。",
    example="表内用了 7 磅的字。",
    cure=in_template("把表内的字号设在小五号和3号之间。"),
    basis=f"{STANDARD} 5.2.2（通行做法）",
)
TABLE_SIZE = Dimension(TABLE_SIZE_RARE, "小五到3号（9～16 磅）", 12.5, 3.5)


_TYPE: tuple[Typeface, Dimension] = (TABLE_FONT, TABLE_SIZE)
_CELL_SIDES = 216  # the space at both sides of a cell, where nothing else is said
_LABEL = 12  # characters of a row's label that a message quotes
_LINE_IN_EMS = 1.3  # a line's height, in ems, where nothing sets it


def measure_tables(
    content: Content,
    notes: Iterable[Paragraph],
    tables: Mapping[PlacedTable, Table],
    departures: Departures,
) -> None:
    """Hold every table of the body, and the notes under them, against the standard.

    A table in a cell is part of the cell. `tables` says which table of its form each is, as far
    as that is known.
    """
    for table in content.tables:
        section = content.sections[table.section]
        turned = is_turned(section)
        columns = _column_widths(table)
        expected = f"不宽于横页的版心 {TYPE_HEIGHT.expected}" if turned else ""
        measure_width(TABLE_WIDTH, table, text_width(section), departures, expected)
        _measure_grid(table, columns, departures)
        room = WIDTH_TWIPS if turned else HEIGHT_TWIPS
        pitch = grid_of(section).pitch
        heights = sum(_row_height(row, columns, pitch) for row in table.rows)
        is_sheet = table in tables and tables[table].shape == "sheet"  # it has no head at all
        repeats = is_sheet or not table.rows or _is_set(table.rows[0], "tblHeader")
        if heights > _LONG_TABLE * room and not repeats:
            departures.add(HEAD_ROWS, table.place, about="表格可能跨页")
        for row in table.rows:
            if not _is_set(row, "cantSplit"):
                departures.add(ROW_SPLIT, row.place, about="表格的行可以跨页断开")
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    measure_part(paragraph, 0, "表内", _TYPE, departures)

    for note in notes:
        measure_part(note, 0, "表内", _TYPE, departures)


def _column_widths(table: PlacedTable) -> list[float]:
    """Return the widths of the columns of the grid, in twips."""
    grid = table.element.find(f"{W}tblGrid")
    return [] if grid is None else [twips(c.get(f"{W}w")) for c in grid.iter(f"{W}gridCol")]


def _is_set(row: Row, name: str) -> bool:
    toggle = row.element.find(f"{W}trPr/{W}{name}")
    return toggle is not None and is_on(toggle.get(f"{W}val", "true"))


def measure_width(
    clause: Dimension, table: PlacedTable, room: float, departures: Departures, expected: str
) -> None:
    """Hold the grid's width, or the one that is set where it is wider, against the room."""
    properties = table.element.find(f"{W}tblPr")
    kind, value = (child_value(properties, "tblW", name) for name in ("type", "w"))
    width = sum(_column_widths(table))
    if kind == "dxa" or (kind is None and value):
        width = max(width, twips(value))
    over = clause.tolerance * TWIPS_IN_MM
    if width > room + over:
        actual = in_millimetres(width)
        departures.add(clause, table.place, actual, about="表格宽", expected=expected)


def _measure_grid(table: PlacedTable, columns: list[float], departures: Departures) -> None:
    """Hold that every row's cells add up to the grid."""
    for row in table.rows:
        taken = row.skipped + sum(cell.span for cell in row.cells)
        if taken != len(columns):
            actual = f"表有 {len(columns)} 列，行内的格子共占 {taken} 列"
            departures.add(TABLE_GRID, row.place, actual)


def _row_height(row: Row, columns: list[float], pitch: float) -> float:
    """Return how high a row will be, roughly: its own height, or its fullest cell's lines."""
    height = twips(child_value(row.element.find(f"{W}trPr"), "trHeight"))
    at = row.skipped if row.skipped < len(columns) else 0
    for cell in row.cells:
        room = max(sum(columns[at : at + cell.span]) - _CELL_SIDES, 1)
        at += cell.span
        lines = 0.0
        for paragraph in cell.paragraphs:
            setting, em = paragraph.setting, paragraph.em
            count = -(-len(paragraph.text) * em // room) or 1
            line = setting.line if setting.rule == "exact" else _LINE_IN_EMS * em
            if setting.rule != "exact" and setting.snapped and pitch:
                line = max(line, pitch)
            lines += count * line
        height = max(height, lines)

    return height


def proved_tables(trace: Trace, departures: Departures, name: str) -> None:
    """Hold the tables on a proof against the pages they stand on."""
    place = Place(file=name)
    rows: dict[tuple[int, int], list[Character]] = {}
    pages: dict[int, set[int]] = {}
    for passage in trace.source.passages:
        if passage.spot is not None:
            characters = trace.of(passage)
            pages.setdefault(passage.spot.table, set()).update(c.page for c in characters)
            if not passage.spot.is_merged:  # else it belongs to no row alone
                rows.setdefault(passage.spot[:2], []).extend(characters)

    for (table, row), row_characters in rows.items():
        first, last = row_characters[0].page, max(c.page for c in row_characters)
        if first < last:
            label = "".join(character.text for character in row_characters[:_LABEL])
            about = f"第 {table} 张表第 {row} 行“{label}”分在第 {first} 页和第 {last} 页"
            departures.add(ROW_SPLIT, place, about=about)

    for table, found in pages.items():
        for page in sorted(found)[1:]:
            if (table, page) not in trace.repeated and table not in trace.source.headless:
                about = f"第 {table} 张表接到第 {page} 页"
                departures.add(HEAD_ROWS, place, about=about)

    _prove_width(trace, departures, place)


def _prove_width(trace: Trace, departures: Departures, place: Place) -> None:
    """Hold the outermost lines of every page against both sides of the 版心.

    Which edge of a page that is turned is bound depends on the page: there its margins say it.
    """
    for page in trace.pages:
        left = BINDING.value
        sides = (left, left + TYPE_WIDTH.value)
        sides = trace.source.layout_on(page).sides_mm if page.is_turned else sides
        for side, beyond in lines_beyond(page, sides, TABLE_WIDTH):
            about = f"第 {page.number} 页的表格{side}超出版心"
            departures.add(TABLE_WIDTH, place, f"{beyond:.1f} mm", about=about)


def lines_beyond(
    page: Page, sides: tuple[float, float], clause: Dimension
) -> Iterator[tuple[str, float]]:
    """Yield how far lines reach out of these sides of a page, where it is too far."""
    if not page.rules:
        return
    left, right = sides
    over = {
        "左边": left - min(rule.left for rule in page.rules) / POINTS_PER_MM,
        "右边": max(rule.right for rule in page.rules) / POINTS_PER_MM - right,
    }
    for side, beyond in over.items():
        if beyond > clause.on_proof:
            yield side, beyond
