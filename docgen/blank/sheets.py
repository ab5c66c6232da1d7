"""The sheets of a report as cells: what stands where, before CSV or XLSX makes bytes of it."""

from collections.abc import Iterator
from typing import NamedTuple

from docgen.blank.hints import BlankLine, describe_cell, describe_lines, describe_section
from docgen.forms.form import Figure, Form, unit_keys
from docgen.forms.layout import grid_columns, printed_rows, rows_covered
from docgen.forms.table import Number, Table
from docgen.model import (
    FACT_HEAD,
    FACTS,
    HOW_TO_FILL,
    LEVELS,
    QUESTION,
    TEXT_HEAD,
    WAIVER,
    WORDING,
    Report,
    print_date,
)

PARAGRAPHS = 3  # rows to fill for each section of a blank; more may be added

_HINTS = {
    "form": "不用改",
    "year": "四位数字",
    "body.name": "全称",
    "body.short_name": "可不填",
    "body.level": "、".join(names[0] for names in LEVELS.values()) + " 之一",
    "signature.name": "印在成文日期上面的机关名称",
    "signature.date": "负责人签发的日期，写成 2025年1月20日 的样子",
    "deadline": "可不填；上级通知定的最后一天，如 2月20日",
    "neighbours": "可不填；正文里不该出现的别的机关，用顿号隔开",
}


class SheetCell(NamedTuple):
    """One cell of a sheet: a text, a cell's value, or nothing yet; and what it covers.

    `is_open`: it is to be filled in, or written over, though it is no cell of the form.
    """

    value: str | Number | None = None
    figure: Figure | None = None
    columns: int = 1
    rows: int = 1
    is_open: bool = False


Rows = list[list[SheetCell]]


def fact_rows(form: Form, report: Report) -> Rows:
    """基本情况: a fact a row, with a word on how to fill it."""
    level = LEVELS[report.body.level][0] if report.body.level else None
    date = report.signature.date
    values = {
        "form": form.key,
        "year": str(report.year) if report.year else None,
        "body.name": report.body.name,
        "body.short_name": report.body.short_name,
        "body.level": level,
        "title": report.title,
    }

    if form.signed:
        values["signature.name"] = report.signature.name
        values["signature.date"] = print_date(date) if date else None
    if report.deadline:
        values["deadline"] = print_date(report.deadline)
    if report.neighbours:
        values["neighbours"] = "、".join(report.neighbours)

    rows = [[SheetCell(text) for text in FACT_HEAD]]
    hints = fact_hints(form)
    rows += [
        [SheetCell(FACTS[a]), SheetCell(value), SheetCell(hints[a])] for a, value in values.items()
    ]
    for address, text in report.wording.items():
        label = form.wordings[address].label
        same = [line for line in form.wordings.values() if line.label == label]
        name = label if len(same) == 1 else address
        rows.append(
            [
                SheetCell(f"{WORDING}：{name}"),
                SheetCell(text),
                SheetCell("表里照此印；删去这一行则印表式的用语"),
            ]
        )

    for asked in report.unconfirmed:
        hint = "是的，或核对、改正好了，在左边写“是”；写了才能出文件"
        rows.append(
            [SheetCell(f"{QUESTION}：{asked.question}"), SheetCell(asked.answer), SheetCell(hint)]
        )

    return rows


def fact_hints(form: Form) -> dict[str, str]:
    """Return how each fact is filled in, by its address."""
    return _HINTS | {"title": _title_hint(form)}


def _title_hint(form: Form) -> str:
    """Return what is printed where no title is given."""
    named = {"{name}": FACTS["body.name"], "{year}": FACTS["year"]}
    given = "、".join(name for mark, name in named.items() if mark in form.title)
    return f"可不填；不填则印{given}{'和' if given else ''}“{form.bare_title}”"


def text_rows(form: Form, report: Report) -> Rows:
    """正文: a paragraph a row, each section's name beside its first.

    A section without text has rows to fill, each with a word on what to write there; in a blank
    also what the form has ready for it.
    """
    sections: list[tuple[str, list[BlankLine]]] = []
    if form.preface:
        texts = report.preface
        lines = [*map(BlankLine, texts)] if texts else [BlankLine(hint="可不写")]
        sections.append((form.preface, lines))
    for section in form.text_sections:
        texts = report.sections.get(section.key, ())
        lines = [*map(BlankLine, texts)] if texts else _to_fill(form, report, section.key)
        sections.append((section.title, lines))

    head = TEXT_HEAD if any(line.hint for _, lines in sections for line in lines) else TEXT_HEAD[:2]
    rows = [[SheetCell(text) for text in head]]
    for title, lines in sections:
        for number, line in enumerate(lines):
            cells = [SheetCell(None if number else title), SheetCell(line.text)]
            hint = [SheetCell(f"{HOW_TO_FILL}{line.hint}")] if line.hint else []
            rows.append(cells + hint)

    return rows


def _to_fill(form: Form, report: Report, section: str) -> list[BlankLine]:
    """Return the rows to fill of a section, and among them what the form has ready for it.

    A report that was read has none of that: it says nothing there.
    """
    lines = describe_section(form, section, report.body.level, report.year)
    if section in report.sections:
        lines = [line._replace(text=None) for line in lines]

    missing = PARAGRAPHS - len(lines)
    return lines + [BlankLine()] * missing


def waiver_rows(report: Report) -> Rows:
    """豁免: a waiver a row; no rows at all where there is none."""
    rows = [[SheetCell(title) for title in WAIVER.values()]] if report.waivers else []
    for waiver in report.waivers:
        members = dict(waiver) | {"date": print_date(waiver.date)}
        rows.append([SheetCell(members[key] or None) for key in WAIVER])
    return rows


def has_text(form: Form) -> bool:
    """Whether a report of this form has any running text."""
    return bool(form.preface or form.text_sections)


def table_rows(form: Form, table: Table, report: Report) -> Rows:
    """Return a table as it is filled in; `form` is the form of this report.

    A grid has its printed shape, with a cell for each grid column, blank where merged; a sheet and
    lines are pairs of label and value, each with a word on how to fill it. What the form says under
    the table stands below, then how to fill it.
    """
    if table.is_absent:
        return [[SheetCell(table.absent, is_open=True)]]

    rows = list(_table_rows(form, table, report))
    if table.shape != "grid":
        rows = [_pair_head(table), *(_with_hint(row) for row in rows)]

    rows += [_wide_row(table, SheetCell(note)) for note in table.notes]
    return rows + [
        _wide_row(table, SheetCell(f"{HOW_TO_FILL}{hint}", is_open=is_open))
        for hint, is_open in _table_hints(form, table)
    ]


def _pair_head(table: Table) -> list[SheetCell]:
    """Return the head over labels, values and hints."""
    labels = grid_columns(table) - 1
    name, value, hint = FACT_HEAD
    blanks = [SheetCell()] * (labels - 1)
    return [SheetCell(name, columns=labels), *blanks, SheetCell(value), SheetCell(hint)]


def _with_hint(row: list[SheetCell]) -> list[SheetCell]:
    """Return a pair with a word on how to fill its value."""
    figure = row[-1].figure
    return [*row, SheetCell(describe_cell(figure.cell) if figure else None)]


def _wide_row(table: Table, cell: SheetCell) -> list[SheetCell]:
    """Return a row of one cell as wide as the table."""
    width = grid_columns(table) + (table.shape != "grid")
    return [cell._replace(columns=width), *[SheetCell()] * (width - 1)]


def _table_hints(form: Form, table: Table) -> Iterator[tuple[str, bool]]:
    """Yield what else is to be said of filling a table, and whether it is to be written over."""
    if table.shape == "grid" and (said := describe_lines(form, table)):
        yield said, False

    declared = next(one for one in (form.declared or form).tables if one.key == table.key)
    if declared.each:
        name = declared.each.label
        yield f"{name}下面一个单位一行；不够时在这几行的中间插入行，多余的行空着。", False
    if table.absent:
        yield f"没有这项业务的，表里都不填，把这一格改写成：{table.absent}", True


def _table_rows(form: Form, table: Table, report: Report) -> Iterator[list[SheetCell]]:
    """Yield the rows of a table, each with a cell for every grid column."""
    printed = printed_rows(form, table, {})
    units = unit_rows(table, report)
    for number, row in enumerate(printed):
        cells: list[SheetCell] = []
        is_unit = any(c.figure and c.figure.row[-1].key in units for c in row.cells)

        for cell in row.cells:
            start = len(cells)
            rows = rows_covered(printed, number, start) if cell.merge == "restart" else 1
            value = _value_of(cell.figure, report) if cell.figure else cell.text or None
            names_unit = is_unit and cell.figure is None
            cells.append(SheetCell(value, cell.figure, cell.span, rows, names_unit))
            cells += [SheetCell()] * (cell.span - 1)

        yield cells


def unit_rows(table: Table, report: Report) -> frozenset[str]:
    """Return the keys of the rows of a table that each stand for one unit of this report."""
    return frozenset(unit_keys(len(report.units.get(table.key, ()))))


def _value_of(figure: Figure, report: Report) -> str | Number | None:
    """Return what a cell of the form holds in this report."""
    number = report.figures.get(figure.address)
    return report.answers.get(figure.address) or None if number is None else number
