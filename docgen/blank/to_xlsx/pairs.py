"""The sheets of plain rows under one head: facts, running text, waivers."""

from collections.abc import Iterable, Sequence

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.blank.sheets import Rows, fact_rows, text_rows, waiver_rows
from docgen.blank.to_xlsx import style
from docgen.blank.to_xlsx.takes import choose_from
from docgen.blank.to_xlsx.unfilled import Unfilled, count_cells, count_parts, mark_cells
from docgen.files.xlsx import cell_name, put, set_widths
from docgen.forms.form import Form
from docgen.model import FACT_SHEET, FACTS, LEVELS, TEXT_SHEET, Report

_FACT_WIDTHS, _WAIVER_WIDTHS = (18.0, 44.0, 34.0), (10.0, 24.0, 60.0, 60.0, 16.0, 16.0)
_TEXT_WIDTHS = (16.0, 54.0, 24.0)
#: The facts without which no report is whole.
_OWED = ("year", "body.name", "body.level", "signature.name", "signature.date")


def write_facts(sheet: Worksheet, wardrobe: style.Wardrobe, form: Form, report: Report) -> Unfilled:
    """Write 基本情况; return what counts the facts that are still missing."""
    rows = fact_rows(form, report)
    _write_rows(sheet, wardrobe, rows, _FACT_WIDTHS, hints=2)
    style.set_page(sheet, FACT_SHEET, report.body.name or "", landscape=False, one_page=True)

    owed = {FACTS[address] for address in _OWED}
    missing = [
        (cell_name(number, 2), row[1].value)
        for number, row in enumerate(rows, start=1)
        if row[0].value in owed
    ]
    for cell, _ in missing:
        mark_cells(sheet, [cell], f"LEN({cell})=0")

    _restrict_level(sheet, rows)
    return count_cells(FACT_SHEET, missing)


def write_texts(sheet: Worksheet, wardrobe: style.Wardrobe, form: Form, report: Report) -> Unfilled:
    """Write 正文; return what counts the parts in which nothing is written yet."""
    rows = text_rows(form, report)
    _write_rows(sheet, wardrobe, rows, _TEXT_WIDTHS[: max(map(len, rows))], hints=2)
    style.set_page(sheet, TEXT_SHEET, report.body.name or "", landscape=False, one_page=False)
    sheet.print_title_rows = "1:1"
    _say_how(sheet)

    parts = list(_parts_of(form, rows))
    for part in parts:
        first, last = (f"${at[0]}${at[1:]}" for at in (part[0][0], part[-1][0]))
        empty = f"COUNTA({first}:{last})<={sum(bool(ready) for _, _, ready in part)}"
        below = range(2, len(rows) + 1)
        hinted = {
            cell_name(n, 2) for n in below if len(rows[n - 1]) > 2 and not rows[n - 1][0].value
        }
        is_guided = any(at in hinted for at, _, _ in part)  # the first row only heads the others
        marked = part[1:] if is_guided else part
        span = f"{marked[0][0]}:{marked[-1][0]}"
        mark_cells(sheet, [span], f"AND(LEN({marked[0][0]})=0,{empty})")

    return count_parts(TEXT_SHEET, parts)


def _parts_of(form: Form, rows: Rows) -> Iterable[list[tuple[str, str | None, str]]]:
    """Yield the cells of each part that must be written: where, what is there, what was ready."""
    ready = {each.words for each in form.speech.ready}
    part: list[tuple[str, str | None, str]] = []
    owed = False
    for number, row in enumerate(rows[1:], start=2):
        if row[0].value is not None:
            if owed and part:
                yield part
            part, owed = [], row[0].value != form.preface

        text = row[1].value if isinstance(row[1].value, str) else None
        part.append((cell_name(number, 2), text, text if text in ready else ""))

    if owed and part:
        yield part


def write_waivers(sheet: Worksheet, wardrobe: style.Wardrobe, report: Report) -> None:
    """Write 豁免."""
    _write_rows(sheet, wardrobe, waiver_rows(report), _WAIVER_WIDTHS, hints=None)
    style.set_page(sheet, sheet.title, report.body.name or "", landscape=True, one_page=False)


def _write_rows(
    sheet: Worksheet,
    wardrobe: style.Wardrobe,
    rows: Rows,
    widths: Sequence[float],
    hints: int | None,
) -> None:
    """Write rows under one head row; the column of `hints` only tells how to fill the others."""
    for number, row in enumerate(rows, start=1):
        for column in range(len(widths)):
            target = sheet.cell(number, column + 1)
            if column < len(row):
                put(target, row[column].value)
            if number == 1:
                wardrobe.dress(target, style.HEAD, style.CENTRED)
            else:
                font = style.HINT if column == hints else style.BODY
                wardrobe.dress(target, font, style.WRAPPED)

    set_widths(sheet, widths)
    style.set_heights(sheet, rows, widths)
    sheet.print_area = f"A1:{cell_name(len(rows), len(widths))}"
    sheet.freeze_panes = "A2"


def _say_how(sheet: Worksheet) -> None:
    """Say beside every paragraph, once its cell is chosen, how the text is filled in."""
    words = "一段写一行；行不够，就在这一部分里插入行。"
    rule = DataValidation(showInputMessage=True, promptTitle=TEXT_SHEET, prompt=words)
    rule.add(f"B2:B{max(sheet.max_row, 2)}")
    sheet.add_data_validation(rule)


def _restrict_level(sheet: Worksheet, rows: Rows) -> None:
    """Let the cell of the level take the names of levels alone."""
    rule = choose_from(tuple(names[0] for names in LEVELS.values()))
    at = next(n for n, row in enumerate(rows, start=1) if row[0].value == FACTS["body.level"])
    if rule:
        rule.errorTitle, rule.error = "请核对", "从下拉里选一个：点格子右边的小三角。"
        rule.add(cell_name(at, 2))
        sheet.add_data_validation(rule)
