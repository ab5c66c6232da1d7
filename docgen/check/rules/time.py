"""Time: the form is for the report's year, and the report comes after that year, in time."""

import datetime
import re
from collections.abc import Iterator

from docgen.catalogue import check, years
from docgen.check.level import known_level
from docgen.finding import Finding
from docgen.model import Reading, print_date

_FILE_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def check_form_year(reading: Reading) -> Iterator[Finding]:
    """The edition of the form is the one for this year."""
    form, year = reading.form, reading.report.year
    if year is not None and not form.first_year <= year <= (form.last_year or year):
        spell = f"{form.first_year} 年度起"
        if form.last_year:
            spell = f"{form.first_year} 至 {form.last_year} 年度"
        yield check.YEAR_OUTSIDE_FORM.at(
            reading.place("year"), year=year, form=form.name, years=spell, actual=str(year)
        )


def check_file_year(reading: Reading) -> Iterator[Finding]:
    """A file named after a year is named after this one."""
    named = years_of(reading.name)
    year = reading.report.year
    if named and year is not None and str(year) not in named:
        yield years.FILE_YEAR.at(reading.place("year"), expected=str(year), actual=named[0])


def years_of(name: str) -> list[str]:
    """The years in the name of a file."""
    return _FILE_YEAR.findall(name)


def check_date(reading: Reading) -> Iterator[Finding]:
    """The date of issue is after the last day the report counts, and by the deadline."""
    year, date = reading.report.year, reading.report.signature.date
    if year is None or date is None:
        return
    place = reading.place("signature.date")
    if date <= datetime.date(year, 12, 31):
        yield check.DATE_BEFORE_YEAR_END.at(
            place,
            date=print_date(date),
            year=year,
            expected=print_date(_in_year(date, year + 1)),
            actual=print_date(date),
        )
    elif date.year > year + 1:
        likely = print_date(_in_year(date, year + 1))
        yield years.YEAR_LATE.at(place, year=year, expected=likely, actual=print_date(date))
    else:
        deadline = _deadline(reading, year)
        if deadline and date > deadline:
            yield years.LATE.at(place, expected=print_date(deadline), actual=print_date(date))


def _deadline(reading: Reading, year: int) -> datetime.date | None:
    """The report's own, or the one its form sets for bodies of its level, if it sets any."""
    report = reading.report
    if report.deadline:
        return report.deadline
    level = known_level(report.body)
    for deadline in reading.form.duties.deadlines:
        if deadline.level == level:
            return datetime.date(year + 1, deadline.month, deadline.day)
    return None


def _in_year(date: datetime.date, year: int) -> datetime.date:
    leap = (date.month, date.day) == (2, 29)
    return datetime.date(year, date.month, 28 if leap else date.day)
