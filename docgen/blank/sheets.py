"""The five sheets of a report as cells: what stands where, before CSV or XLSX makes bytes of it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docgen.forms.form import Figure, Form, Number, Table
from docgen.forms.layout import printed_rows, rows_covered
from docgen.model import FACT_HEAD, FACTS, LEVELS, TEXT_HEAD, WAIVER, WORDING, Report, print_date

PARAGRAPHS = 3  # rows to fill for each section of a blank; more may be added

_HINTS = {
    "form": "不用改",
    "year": "四位数字",
    "body.name": "全称",
    "body.short_name": "可不填",
    "body.level": "、".join(names[0] for names in LEVELS.values()) + " 之一",
    "title": "可不填；不填则印机关名称、年度和“政府信息公开工作年度报告”",
    "signature.name": "印在成文日期上面的机关名称",
    "signature.date": "负责人签发的日期，写成 2025年1月20日 的样子",
    "deadline": "可不填；上级通知定的最后一天，如 2月20日",
    "neighbours": "可不填；正文里不该出现的别的机关，用顿号隔开",
}


class SheetCell(NamedTuple):
    """One cell of a sheet: a text, a figure's value, or nothing yet; and what it covers."""

    value: str | Number | None = None
    figure: Figure | None = None
    columns: int = 1
    rows: int = 1


Rows = list[list[SheetCell]]


def fact_rows(form: Form, report: Report) -> Rows:
    """基本情况: a fact a row, with a word on how to fill it."""
    level = LEVELS[report.body.level][0] if report.body.level else None
    date = report.signature.date
    values = {
        "form": form.key,
        "year": str(report.year),
        "body.name": report.body.name,
        "body.short_name": report.body.short_name,
        "body.level": level,
        "title": report.title,
        "signature.name": report.signature.name,
        "signature.date": print_date(date) if date else None,
    }

    if report.deadline:
        values["deadline"] = print_date(report.deadline)
    if report.neighbours:
        values["neighbours"] = "、".join(report.neighbours)

    rows = [[SheetCell(text) for text in FACT_HEAD]]
    rows += [
        [SheetCell(FACTS[a]), SheetCell(value), SheetCell(_HINTS[a])] for a, value in values.items()
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

    return rows


def text_rows(form: Form, report: Report) -> Rows:
    """正文: a paragraph a row, each section's name beside its first.

    A section without text has rows to fill, and among them what the form has ready for it.
    """
    rows = [[SheetCell(text) for text in TEXT_HEAD]]
    sections: list[tuple[str, Sequence[str | None]]]
    sections = [(form.preface, report.preface or (None,))]
    sections += [
        (s.title, report.sections.get(s.key) or _to_fill(form, s.key)) for s in form.text_sections
    ]
    for title, texts in sections:
        rows += [[SheetCell(None if i else title), SheetCell(text)] for i, text in enumerate(texts)]

    return rows


def _to_fill(form: Form, section: str) -> list[str | None]:
    """Return the rows to fill of a section, and among them what the form has ready for it."""
    ready = [paragraph.text for paragraph in form.speech.ready if paragraph.section == section]
    return [None, *ready, *(None,) * (PARAGRAPHS - 1 - len(ready))]


def waiver_rows(report: Report) -> Rows:
    """豁免: a waiver a row; no rows at all where there is none."""
    rows = [[SheetCell(title) for title in WAIVER.values()]] if report.waivers else []
    for waiver in report.waivers:
        members = dict(waiver) | {"date": print_date(waiver.date)}
        rows.append([SheetCell(members[key] or None) for key in WAIVER])
    return rows


def table_rows(form: Form, table: Table, report: Report) -> Rows:
    """Return a table in its printed shape: a cell for each grid column, blank where merged."""
    return list(_table_rows(form, table, report))


def _table_rows(form: Form, table: Table, report: Report) -> Iterator[list[SheetCell]]:
    """Yield the rows of a table, each with a cell for every grid column."""
    printed = printed_rows(form, table, {})
    for number, row in enumerate(printed):
        cells: list[SheetCell] = []
        for cell in row.cells:
            start = len(cells)
            rows = rows_covered(printed, number, start) if cell.merge == "restart" else 1
            value = report.figures.get(cell.figure.address) if cell.figure else cell.text or None
            cells.append(SheetCell(value, cell.figure, cell.span, rows))
            cells += [SheetCell()] * (cell.span - 1)

        yield cells
