"""The first sheet of a workbook: how to fill it in, what is still empty, when it is due."""

from collections.abc import Iterator, Mapping

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from docgen.blank.hints import owed_topics
from docgen.blank.sheets import has_text
from docgen.blank.to_xlsx import style
from docgen.blank.to_xlsx.unfilled import Unfilled
from docgen.files.xlsx import cell_name, put, quote_sheet, set_widths
from docgen.forms.form import Form
from docgen.model import FACT_SHEET, GUIDE_SHEET, LEVELS, TEXT_SHEET, Report, print_date

_WIDTHS = (36.0, 26.0, 30.0)
#: A count in words: 3 is shown as 还有 3 格没填.
_IN_WORDS = '[=0]"填齐了";"还有 "0" {what}"'
_HOLDS = {FACT_SHEET: "机关、层级、日期", TEXT_SHEET: "各部分的文字"}


def write_guide(
    sheet: Worksheet,
    form: Form,
    report: Report,
    counted: Mapping[str, Unfilled | None],
    *,
    has_last: bool,
) -> dict[str, str]:
    """Write 填表说明; return the results of its formulas by cell.

    `counted` says of each sheet to be filled in what counts its empty cells.
    """
    title = f"{GUIDE_SHEET}：{report.body.name or ''}{report.year or ''}年{form.report_name}"
    lines = [
        f"{number}. {text}"
        for number, text in enumerate(_how_to_fill(form, report, has_last=has_last), start=1)
    ]
    for number, text in enumerate((title, *lines), start=1):
        _write_line(sheet, number, text, is_title=number == 1)

    titles = {section.key: section.title for section in form.sections}
    holds = {table.name: titles.get(table.key, table.name) for table in form.tables} | _HOLDS
    results = _write_counts(sheet, len(lines) + 3, counted, holds)
    set_widths(sheet, _WIDTHS)
    style.set_page(sheet, "", report.body.name or "", landscape=False, one_page=True)
    sheet.sheet_view.showGridLines = False
    sheet.protection.enable()

    return results


def _how_to_fill(form: Form, report: Report, *, has_last: bool) -> Iterator[str]:
    """Yield what a clerk must know, a line each."""
    yield "浅黄色的格子要填，填了就不黄了。没有就填 0，不要空着，也不要写“无”。"
    if form.totals:
        yield "灰色的格子是合计，自动算出，不用填。"
    if any(table.absent for table in form.tables):
        yield "没有某张表的业务的，那张表都不填，照表下面“填法”里说的写一句话。"

    if has_text(form):
        yield f"文字写在“{TEXT_SHEET}”里，一段写一行，写多长都行。"
        if any("【" in each.words for each in form.speech.ready):
            yield "已写好的句子里，【 】里的数出文件时由表里代入，不用改；不用的句子删去。"
        if owed := owed_topics(form, "", report.body.level):
            yield f"全文要写到：{'；'.join(topic.name for topic in owed)}。"

    if has_last:
        yield "表右边灰色的小字是上年的数，只供对照，不用改。"
    yield "不要改表名、行名、列名，不要删行删列。要说的话另加一张“备注”。"
    if due := _describe_deadline(form, report):
        yield due
    yield "填好存盘，把这个文件交回。"


def _describe_deadline(form: Form, report: Report) -> str:
    """Return until when the report is due; of a body of unknown level, for every level."""
    if report.deadline:
        return f"期限：{print_date(report.deadline)}（上级通知）。"
    if report.year is None:
        return ""

    of_all = form.duties.deadlines
    of_level = [one for one in of_all if report.body.level in (None, one.level)]
    levels: dict[str, list[str]] = {}
    for one in of_level:
        names = next(names for level, names in LEVELS.items() if level == one.level)
        day = f"{print_date(one.day_for(report.year))}前{one.name}"
        levels.setdefault(day, []).append(names[0])

    said = (
        day if report.body.level else f"{'、'.join(named)} {day}" for day, named in levels.items()
    )
    basis = "；".join(dict.fromkeys(one.basis for one in of_level))
    return f"期限：{'；'.join(said)}（{basis}）。" if levels else ""


def _write_line(sheet: Worksheet, number: int, text: str, *, is_title: bool) -> None:
    """Write a line over all columns, as high as it is."""
    cell = sheet.cell(number, 1)
    put(cell, text)
    cell.font = style.TITLE if is_title else style.BODY
    cell.alignment = style.WRAPPED
    sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=len(_WIDTHS))
    style.set_height(sheet, number, text, sum(_WIDTHS), cell.font.size)


def _write_counts(
    sheet: Worksheet,
    first: int,
    counted: Mapping[str, Unfilled | None],
    holds: Mapping[str, str],
) -> dict[str, str]:
    """Write a line for each sheet, with a link and with how many of its cells are empty."""
    results: dict[str, str] = {}
    for column, text in enumerate(("表（点名称就到）", "还差多少", "是什么"), start=1):
        _write_boxed(sheet, first, column, text).font = style.HEAD

    for number, (name, unfilled) in enumerate(counted.items(), start=first + 1):
        link = _write_boxed(sheet, number, 1, name)
        link.font = style.LINK
        link.hyperlink = Hyperlink(
            ref=cell_name(number, 1), location=f"{quote_sheet(name)}!A1", display=name
        )
        _write_boxed(sheet, number, 3, holds.get(name))
        count = _write_boxed(sheet, number, 2, None if unfilled else "看表里浅黄的格子")
        if unfilled:
            count.value = unfilled.formula
            count.number_format = _IN_WORDS.format(what=unfilled.what)
            results[cell_name(number, 2)] = str(unfilled.number)

    last = first + len(counted)
    _write_boxed(sheet, last + 1, 1, "全部").font = style.HEAD
    _write_boxed(sheet, last + 1, 3, None)
    whole = _write_boxed(sheet, last + 1, 2, None)
    whole.value = f"=SUM({cell_name(first + 1, 2)}:{cell_name(last, 2)})"
    whole.number_format = _IN_WORDS.format(what="处")
    results[cell_name(last + 1, 2)] = str(sum(map(int, results.values())))

    return results


def _write_boxed(sheet: Worksheet, number: int, column: int, text: str | None) -> Cell | MergedCell:
    """Write a cell of the list of sheets; return it."""
    cell = sheet.cell(number, column)
    put(cell, text)
    cell.font, cell.alignment, cell.border = style.BODY, style.CENTRED, style.BORDER
    before = sheet.row_dimensions[number].height or 0.0
    style.set_height(sheet, number, text or "", _WIDTHS[column - 1], style.SIZE)
    sheet.row_dimensions[number].height = max(before, sheet.row_dimensions[number].height or 0.0)
    return cell
