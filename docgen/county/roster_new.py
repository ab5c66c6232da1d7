"""A roster to fill in: a workbook with heads and examples, or with the bodies of last year."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.check.outcome import Outcome, run_guarded
from docgen.county.body_names import without_government
from docgen.county.roster_rows import EXAMPLE, HEADS, Column, clean_name
from docgen.files import ooxml
from docgen.files.xlsx import STILL, print_on_a4, put, set_widths, to_parts
from docgen.importing import with_level
from docgen.model import LEVELS, Body
from docgen.read import read_report

#: The columns of a roster, each with its width in characters of a digit, and how to fill it.
_COLUMNS: dict[Column, tuple[float, str]] = {
    "name": (34, "全称，一行一个机关；必填"),
    "short_name": (16, "正文里的称呼；可不填"),
    "level": (10, "选一个；名称说得明白的可不填"),
    "seal_name": (30, "落款印的名称；与机关名称相同的不填"),
    "contact": (12, "催办时找谁"),
    "phone": (26, "可写几个"),
    "parent": (24, "可不填"),
    "former": (30, "今年改名、合并前的名称，用顿号隔开；没有不填"),
}
_EXAMPLES: tuple[dict[Column, str], ...] = (
    {
        "name": f"{EXAMPLE}石河乡人民政府",
        "short_name": "石河乡",
        "level": "乡镇级",
        "contact": "张三",
        "phone": "13800000000",
    },
    {
        "name": f"{EXAMPLE}宁川县数据局",
        "short_name": "县数据局",
        "level": "部门",
        "seal_name": "宁川县数据局（章）",
        "contact": "李四",
        "phone": "0990-8880000、13900000000",
        "parent": "宁川县人民政府",
        "former": "宁川县大数据中心",
    },
)
#: Rows that are ready to be filled in, with lines and choices.
_ROWS = 100
_LINE = 20.0  # a row's height in points
_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FONT = "宋体"
_HEAD = PatternFill("solid", fgColor="D9E2F3")
_GREY = Font(name=_FONT, size=11, color="808080", italic=True)


class FoundBody(NamedTuple):
    """A body that published a report: how the report names it, and how it signs."""

    body: Body
    seal_name: str


def bodies_of(paths: Iterable[Path]) -> Iterator[FoundBody | Outcome]:
    """Yield whose each report is; what stopped it, for one that cannot be read."""
    for path in paths:
        read = run_guarded(path, partial(read_report, path))
        if isinstance(read, Outcome):
            yield read
            continue

        report = with_level(read.report)
        yield FoundBody(report.body, clean_name(report.signature.name or ""))


def rows_of(bodies: Iterable[FoundBody]) -> list[dict[Column, str]]:
    """Return the rows of a roster, a body once, those of higher levels first.

    A report whose title has the short name alone is signed with the full one.
    """
    rows: dict[str, dict[Column, str]] = {}
    for body, seal_name in bodies:
        name = clean_name(body.name or "") or seal_name
        full = (
            seal_name if seal_name.endswith(name) or without_government(seal_name) == name else name
        )
        row = rows.setdefault(without_government(full), {"name": full})
        named: dict[Column, str] = {
            "name": max(row["name"], full, key=len),
            "short_name": body.short_name or (name if name != full else ""),
            "level": LEVELS[body.level][0] if body.level else "",
            "seal_name": seal_name if seal_name != full else "",
        }
        rows[without_government(full)] = row | {c: text for c, text in named.items() if text}

    order = [*(names[0] for names in LEVELS.values()), ""]
    return sorted(rows.values(), key=lambda row: order.index(row.get("level", "")))


def write_roster(rows: Sequence[dict[Column, str]]) -> bytes:
    """Return the workbook of a roster: with these rows, else with examples that are no bodies."""
    book = Workbook()
    (sheet,) = book.worksheets
    sheet.title = "名单"
    book.properties.creator, book.properties.created = "docgen", STILL
    _write_head(sheet)
    for number, row in enumerate(rows or _EXAMPLES, start=2):
        for column, key in enumerate(_COLUMNS, start=1):
            cell = sheet.cell(number, column)
            put(cell, row.get(key) or None)
            if not rows:
                cell.font = _GREY

    last = max(len(rows) * 2, _ROWS) + 1
    _write_lines(sheet, last, is_example=not rows)
    _set_page(sheet)

    return ooxml.write_package(to_parts(book, STILL))


def _write_head(sheet: Worksheet) -> None:
    """Write the heads, and beside the chosen cell how each column is filled in."""
    set_widths(sheet, (width for width, _ in _COLUMNS.values()))
    for number, (column, (_, hint)) in enumerate(_COLUMNS.items(), start=1):
        head = sheet.cell(1, number)
        put(head, HEADS[column][0])
        head.font, head.fill = Font(name=_FONT, size=11, bold=True), _HEAD
        letter = get_column_letter(number)
        rule = DataValidation(showInputMessage=True, promptTitle=HEADS[column][0], prompt=hint)
        if column == "level":
            choices = ",".join(names[0] for names in LEVELS.values())
            rule.type, rule.formula1, rule.allow_blank = "list", f'"{choices}"', True
            rule.showErrorMessage, rule.error = True, f"只能选一个：{choices.replace(',', '、')}。"
        rule.add(f"{letter}2:{letter}1048576")
        sheet.add_data_validation(rule)


def _write_lines(sheet: Worksheet, last: int, *, is_example: bool) -> None:
    """Draw the lines of all rows to fill; telephones are text, so that they keep their zeros."""
    for number in range(1, last + 1):
        sheet.row_dimensions[number].height = _LINE
        for index, column in enumerate(_COLUMNS, start=1):
            cell = sheet.cell(number, index)
            cell.border = _BORDER
            cell.alignment = Alignment(vertical="center", shrink_to_fit=number > 1)
            if number > (1 + len(_EXAMPLES) if is_example else 1):
                cell.font = Font(name=_FONT, size=11)
            if column == "phone":
                cell.number_format = "@"


def _set_page(sheet: Worksheet) -> None:
    """Have the roster printed across a page, its heads on each; they stay in view."""
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    print_on_a4(sheet, landscape=True)
