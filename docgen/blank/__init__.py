"""Writing a set of sheets to fill, in the printed shape of the form, as CSV files or a workbook."""

import os
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.blank.to_csv import write_csv_sheets
from docgen.errors import OutputStop, UsageStop
from docgen.files.visible import is_formula, visible
from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.forms.loader import usual_form
from docgen.model import FACTS, Body, Level, Reading, Report, Signature

BAD_YEAR = Rule(
    code="X205",
    name="年度不对",
    severity="error",
    message="年度“{year}”{why}",
    why="年度决定用哪种表式。",
    example="docgen new 24",
    cure="写四位年份，如 docgen new 2025；自己的表式，改它的 form.toml 里的 years。",
)
CANNOT_CARRY = Rule(
    code="X209",
    name="不能写进表里的内容",
    severity="error",
    message="“{label}”是“{value}”，{why}，没有写",
    why="表要用 Excel 打开；那里会算的公式、看不见的字符，都不该从别人的文件里带进来。",
    example="上年的输入里，机关名称被人改成了 =HYPERLINK(…)。",
    cure="用 --body 写明机关的全称；是上年的输入不对，先改正那里的这一项。",
    since="0.2.0",
)
ALREADY_THERE = Rule(
    code="X503",
    name="输入已经在那里",
    severity="error",
    message="“{name}”已经存在{whose}，没有动它",
    why="里面可能已有填好的数。",
    example="docgen new 2025 运行了两次。",
    cure="换一个文件夹（-o），或先把它移走。",
)

LATEST = 2199


#: Rows to fill of a table that has one for each unit.
UNITS = 3


def form_for(year: int, named: Form | None = None, last: Reading | None = None) -> Form:
    """Return the form for this year: the one named, else last year's, else the first there is.

    Raise UsageStop if there is none.
    """
    before = [last.form.declared or last.form] if last else []
    for form in [named] if named else [*before, usual_form(year)]:
        if form and year <= LATEST and form.is_for(year):
            return form

    raise UsageStop(BAD_YEAR.at(year=year, why=_why_no_form(year, named)))


def _why_no_form(year: int, named: Form | None) -> str:
    """Return why there is no form for a year: the years of the one that is named."""
    if named is None or year > LATEST:
        return "不在已知表式的范围内"
    until = f"到 {named.last_year} 年" if named.last_year else "起"
    return f"不在《{named.name}》的年度里：它从 {named.first_year} 年{until}"


class Listed(NamedTuple):
    """What a roster says of a body besides its name; blank is what last year's report says.

    `is_renamed`: last year's report was under another name.
    """

    short_name: str = ""
    level: Level | None = None
    seal_name: str = ""
    is_renamed: bool = False


def blank_report(
    form: Form, year: int, body: str, last: Reading | None = None, listed: Listed | None = None
) -> Report:
    """Return a report of this year without figures, answers or text.

    The body's details are as they are `listed`, else carried over from last year's, and of a
    report of the same kind its title, wording and units. Raise UsageStop for a detail that a
    spreadsheet would not show as it is.
    """
    before = last.report if last else Report(form=form.key)
    same_kind = last is not None and last.form.is_kin(form)
    title = before.title if same_kind else None
    if title is not None:
        was = str(before.year)
        title = title.replace(was, str(year)) if was in title else None

    is_renamed = listed.is_renamed if listed else bool(body) and body != before.body.name
    known = listed or Listed(before.body.short_name or "")
    if listed and not is_renamed:  # what the roster leaves open is as it was
        known = Listed(
            listed.short_name or before.body.short_name or "",
            listed.level,
            listed.seal_name or before.signature.name or "",
        )

    report = Report(
        form=form.key,
        year=year,
        body=Body(
            name=body or before.body.name,
            short_name=known.short_name or None,
            level=known.level or before.body.level,
        ),
        title=None if is_renamed else title,
        signature=Signature(name=known.seal_name or body or before.signature.name),
        wording={a: text for a, text in before.wording.items() if same_kind and a in form.wordings},
        units={
            table.key: (before.units.get(table.key) if same_kind else None) or ("",) * UNITS
            for table in form.tables
            if table.each
        },
    )
    _refuse_unfit(form, report)

    return report


def _refuse_unfit(form: Form, report: Report) -> None:
    """Raise UsageStop for a text that would be a formula, or holds what nobody sees."""
    details = [
        (FACTS["body.name"], report.body.name),
        (FACTS["body.short_name"], report.body.short_name),
        (FACTS["title"], (report.title or "").replace("\n", "")),  # where it may be broken
        (FACTS["signature.name"], report.signature.name),
    ]
    details += [(form.wordings[a].label, text) for a, text in report.wording.items()]
    for table in form.tables:
        if table.each:
            details += [(table.each.label, name) for name in report.units[table.key]]

    for label, text in details:
        why = ""
        if text and is_formula(text):
            why = "Excel 和 WPS 会把它当成公式"
        elif text and visible(text) != text:
            why = "里面有看不见的字符或换行"
        if why:
            raise UsageStop(CANNOT_CARRY.at(label=label, value=text, why=why))


def write_blank(
    form: Form,
    report: Report,
    folder: Path,
    *,
    workbook: bool,
    name: str = "",
    last: Reading | None = None,
) -> list[Path]:
    """Write `folder/2025/` or `folder/2025.xlsx`. Raise OutputStop if it is there already.

    A body's other reports of the year stand beside it, as `folder/2025-website/`. With a `name`
    that takes the place of the year. A workbook shows the figures of last year's report.
    """
    target = blank_target(form, report.year, folder, workbook=workbook, name=name)
    if os.path.lexists(target):
        raise OutputStop(ALREADY_THERE.at(name=str(target), whose=""))

    form = form.as_reported(report.units, report.absent)
    if workbook:
        from docgen.blank.to_xlsx import write_workbook

        contents = {target: write_workbook(form, report, last)}
    else:
        sheets = write_csv_sheets(form, report)
        contents = {target / name: data for name, data in sheets.items()}

    files.write_together(contents)
    return list(contents)


def blank_target(
    form: Form, year: int | None, folder: Path, *, workbook: bool, name: str = ""
) -> Path:
    """Return where a blank goes: named by the year, or as it is told, and by the form."""
    stem = name or str(year)
    if not form.is_usual:
        stem += f"-{form.family or form.key}"
    return folder / (f"{stem}.xlsx" if workbook else stem)
