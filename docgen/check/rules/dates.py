"""Time: the form is for the report's year, and the report comes after that year, in time."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from docgen.check.passages import Prose
from docgen.check.rules.level import known_level
from docgen.finding import Finding, Rule
from docgen.model import Reading, print_date

YEAR_OUTSIDE_FORM = Rule(
    code="E201",
    name="表式与年度不合",
    severity="error",
    needs=("year",),
    message="{year} 年度的{called}不用“{form}”（{years}）",
    why="表式改过，前后的表就不同；用错了表式，报的就不是这一年度要报的数。",
    example="表式去年改了，今年还用旧的表。",
    cure="换用这一年度的表式，或改正年度。",
)
DATE_BEFORE_YEAR_END = Rule(
    code="E202",
    name="成文日期早于年度结束",
    severity="error",
    needs=("date",),
    message="成文日期是{date}，但 {year} 年度到 {year}年12月31日才结束",
    why="报告统计的是 1 月 1 日到 12 月 31 日的数，年度没完不能成文。",
    example="2024 年度的报告写成 2024年1月20日，忘了改年份。",
    cure="核对成文日期和年度；多半应为 {expected}。",
)
LATE = Rule(
    code="E606",
    name="成文日期晚于期限",
    severity="warning",
    needs=("deadline",),
    message="成文日期是{actual}，{what}期限是{expected}",
    why="报告要按期编报、按期公布；逾期要被通报。",
    example="部门 2024 年度的报告写成 2025年2月10日。",
    cure="核对成文日期；上级另定了期限的，在“上报期限”里填上。",
)
YEAR_LATE = Rule(
    code="E607",
    name="成文日期隔了一年以上",
    severity="warning",
    needs=("date",),
    message="成文日期是{actual}，{called}是 {year} 年度的",
    why="报告在第二年年初成文；隔了一年以上，多半是年份打错了。",
    example="2024 年度的报告写成 2026年1月20日。",
    cure="核对成文日期的年份；多半应为 {expected}。",
)
FILE_YEAR = Rule(
    code="E608",
    name="文件名的年度不对",
    severity="warning",
    needs=("file_year",),
    message="文件名里写的是 {actual}，{called}是 {expected} 年度的",
    why="文件名和里面的年度不一致，容易报错、存错。",
    example="2023.json 里是 2024 年度的报告。",
    cure="核对是不是改错了文件；内容没错就把文件名里的年份改为 {expected}。",
)

# 2024.json, 报告2023; not 20241.
_FILE_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def check_form_year(prose: Prose) -> Iterator[Finding]:
    """Check that the edition of the form is the one for this year."""
    reading = prose.reading
    form, year = reading.form, reading.report.year
    if year is not None and not form.first_year <= year <= (form.last_year or year):
        spell = f"{form.first_year} 年度起"
        if form.last_year:
            spell = f"{form.first_year} 至 {form.last_year} 年度"
        yield YEAR_OUTSIDE_FORM.at(
            reading.place("year"),
            year=year,
            called=form.called,
            form=form.name,
            years=spell,
            actual=str(year),
        )


def check_file_year(prose: Prose) -> Iterator[Finding]:
    """Check that a file named after a year is named after this one."""
    reading = prose.reading
    named = years_of(reading.name)
    year = reading.report.year
    if named and year is not None and str(year) not in named:
        yield FILE_YEAR.at(
            reading.place("year"),
            called=reading.form.called,
            expected=str(year),
            actual=named[0],
        )


def years_of(name: str) -> list[str]:
    """Return the years in the name of a file."""
    return _FILE_YEAR.findall(name)


def check_date(prose: Prose) -> Iterator[Finding]:
    """Check that the report is issued after the last day it counts, and by the deadline."""
    reading = prose.reading
    year, date = reading.report.year, reading.report.signature.date
    if year is None or date is None:
        return

    place = reading.place("signature.date")
    if date <= datetime.date(year, 12, 31):
        yield DATE_BEFORE_YEAR_END.at(
            place,
            date=print_date(date),
            year=year,
            expected=print_date(_in_year(date, year + 1)),
            actual=print_date(date),
        )
    elif date.year > year + 1:
        likely = print_date(_in_year(date, year + 1))
        yield YEAR_LATE.at(
            place,
            called=reading.form.called,
            year=year,
            expected=likely,
            actual=print_date(date),
        )
    else:
        for deadline in _deadlines_of(reading, year):
            if date > deadline.day:
                what = f"{deadline.name}的" if deadline.name else ""
                expected, actual = print_date(deadline.day), print_date(date)
                rule = replace(LATE, basis=deadline.basis)
                yield rule.at(place, expected=expected, actual=actual, what=what)


class _Due(NamedTuple):
    """A day by which a report is due: what for, by which law."""

    day: datetime.date
    name: str
    basis: str


def _deadlines_of(reading: Reading, year: int) -> Iterator[_Due]:
    """Yield every last day for a report: those that its form sets for bodies of its level.

    The report's own, set by the superiors, takes the place of the first of them.
    """
    given, deadlines = reading.report.deadline, reading.form.duties.deadlines
    level = known_level(reading.report.body)
    of_level = [deadline for deadline in deadlines if deadline.level == level]
    if given:
        law = next(iter([*of_level, *deadlines]), None)  # its day is set within the same law
        named = of_level[0].name if of_level else ""
        yield _Due(given, named, law.basis if law else "")

    for deadline in of_level[1:] if given else of_level:
        yield _Due(deadline.day_for(year), deadline.name, deadline.basis)


def _in_year(date: datetime.date, year: int) -> datetime.date:
    """Return the same day of another year, the 28th for 29 February."""
    leap = (date.month, date.day) == (2, 29)
    return datetime.date(year, date.month, 28 if leap else date.day)
