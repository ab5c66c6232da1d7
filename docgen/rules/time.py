"""Time: the form is for the report's year, and the report comes after that year's end."""

import datetime
from collections.abc import Iterator

from docgen.catalogue import check
from docgen.finding import Finding
from docgen.model import Reading, print_date


def check_form_year(reading: Reading) -> Iterator[Finding]:
    """The edition of the form is the one for this year."""
    form, year = reading.form, reading.report.year
    if year is not None and not form.first_year <= year <= (form.last_year or year):
        years = f"{form.first_year} 年度起"
        if form.last_year:
            years = f"{form.first_year} 至 {form.last_year} 年度"
        yield check.YEAR_OUTSIDE_FORM.at(
            reading.place("year"), year=year, form=form.name, years=years, actual=str(year)
        )


def check_date(reading: Reading) -> Iterator[Finding]:
    """The date of issue is after the last day the report counts."""
    year, date = reading.report.year, reading.report.signature.date
    if year is not None and date is not None and date <= datetime.date(year, 12, 31):
        leap = (date.month, date.day) == (2, 29)
        likely = datetime.date(year + 1, date.month, 28 if leap else date.day)
        yield check.DATE_BEFORE_YEAR_END.at(
            reading.place("signature.date"),
            date=print_date(date),
            year=year,
            expected=print_date(likely),
            actual=print_date(date),
        )
