"""What a form asks of its pages beside the standard: which way they lie, and that there is one.

What any reader of a table asks is here, too: that its numbers are whole.
"""

import re
from collections.abc import Iterator

from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form
from docgen.layout.clause import (
    BOTH,
    Clause,
    Departures,
    Dimension,
    in_millimetres,
    in_template,
)
from docgen.layout.printed import Page
from docgen.layout.roles import form_tables
from docgen.layout.sheet import is_turned, section_place
from docgen.layout.tables import lines_beyond, measure_width
from docgen.layout.tracing import Trace
from docgen.word.content import Content
from docgen.word.markup import child_value, twips

WRONG_DIRECTION = Rule(
    code="F217",
    name="纸张方向不对",
    severity="error",
    message="{about}是{actual}，这种表式排在{expected}上",
    why="横表排在竖页上，各列窄得排不下字；表式规定横排的，要排在横页上。",
    example="一张统计表有十几列，却排在竖页上。",
    cure=in_template("光标放在表前，布局→分隔符→下一页；再布局→纸张方向→横向；表后同样再分一节。"),
    basis="表式",
    since="0.3.0",
)
DIRECTION = Clause(WRONG_DIRECTION, "横页")

TABLE_OFF_PAGE = Rule(
    code="F218",
    name="表格宽出页面",
    severity="error",
    message="{where}{about} {actual}，应{expected}",
    why="表格宽过左右页边之间的地方，打印时会少印一截。",
    example="横表贴进了竖页。",
    cure=in_template("把表格改窄，或把这一页改为横向。"),
    basis="通行做法",
    since="0.3.0",
)
#: Where no standard says how wide the text is, its own margins do.
TABLE_ROOM = Dimension(TABLE_OFF_PAGE, "不宽于左右页边之间", 0, 1, on_proof=0.4, measured=BOTH)

NOT_ONE_PAGE = Rule(
    code="F216",
    name="一页排不下",
    severity="error",
    message="校样有 {pages} 页，这种表式只有一页",
    why="一页的报表要贴在一处、盖在一处；多出一行到第二页，就散开了。",
    example="“名称”一格填了很长的一句话，把表撑到了第二页。",
    cure="把太长的内容写短；内容不能再短的，在模板里改：行高、字号或页边距。",
    basis="表式",
    since="0.3.0",
)


NUMBER_BROKEN = Rule(
    code="F219",
    name="数断成两行",
    severity="warning",
    message="{table}{column}太窄，“{number}”断成了 {lines} 行{more}",
    why="断开的数容易看成两个数：“123456”在上一行，“7.89”在下一行。",
    example="横表有十几列，金额一列只排得下六位数。",
    cure="在表式的这张表里用 widths 把这一列加宽，或用 landscape = true 排在横页上，再出一次；"
    "有模板的，在模板里把这一列拖宽。",
    basis="通行做法",
    since="0.3.0",
)
# fullmatch: 1234567.89, -12, 1,234; not 12件, 2024年.
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?%?")


def measure_direction(content: Content, form: Form, departures: Departures, name: str) -> None:
    """Hold the direction of the pages against what the form says of them and of each table."""
    if form.page.landscape:
        for index, section in enumerate(content.sections):
            if not is_turned(section):
                place = section_place(name, index)
                departures.add(DIRECTION, place, "竖页", about=f"第 {index + 1} 节")
        return

    for placed, table in form_tables(content, form).items():
        if table.landscape and not is_turned(content.sections[placed.section]):
            departures.add(DIRECTION, placed.place, "竖页", about=f"“{table.name}”所在的页面")


def measure_room(content: Content, departures: Departures) -> None:
    """Hold every table against the margins of its own page, where there is no standard."""
    for table in content.tables:
        section = content.sections[table.section]
        sides = sum(twips(child_value(section, "pgMar", side)) for side in ("left", "right"))
        room = twips(child_value(section, "pgSz", "w")) - sides
        expected = f"{TABLE_ROOM.expected}的 {in_millimetres(room)}"
        measure_width(TABLE_ROOM, table, room, departures, expected)


def proved_room(trace: Trace, departures: Departures, name: str) -> None:
    """Hold the lines on every page of a proof against its margins, where there is no standard."""
    for page in trace.pages:
        sides = trace.source.layout_on(page).sides_mm
        for side, beyond in lines_beyond(page, sides, TABLE_ROOM):
            about = f"第 {page.number} 页的表格{side}超出页边"
            departures.add(TABLE_ROOM, Place(name), f"{beyond:.1f} mm", about=about)


def pages_over(pages: tuple[Page, ...], form: Form | None) -> Iterator[Finding]:
    """Yield that a report that must stand on one page does not."""
    if form is not None and form.page.one_page and len(pages) != 1:
        yield NOT_ONE_PAGE.at(pages=len(pages))


def broken_numbers(trace: Trace) -> Iterator[Finding]:
    """Yield for each column of a table that a number in it is broken into lines."""
    heads: dict[tuple[int, int], str] = {}
    broken: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for passage in trace.source.passages:
        if passage.spot is None:
            continue

        column = (passage.spot.table, passage.spot.column)
        if passage.spot.is_head:
            heads[column] = passage.text  # the lowest head is the column's own
        elif len(passage.text) > 1 and _NUMBER.fullmatch(passage.text):
            bases = {(one.page, round(one.base)) for one in trace.of(passage)}
            if len(bases) > 1:
                broken.setdefault(column, []).append((passage.text, len(bases)))

    for column, found in broken.items():
        number, lines = found[0]
        yield NUMBER_BROKEN.at(
            table=f"第 {column[0]} 张表",
            column=f"“{heads[column]}”一列" if column in heads else f"第 {column[1] + 1} 列",
            number=number,
            lines=lines,
            more=f"（这一列共 {len(found)} 处）" if found[1:] else "",
        )
