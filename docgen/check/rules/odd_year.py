"""The year filled in, held against every other place that tells one: the odd one out is suspected.

One slip in that one cell would else make every sound year of the report look wrong.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from docgen.check.mentioned_years import find_mentions, is_dated, title_years
from docgen.check.passages import Prose
from docgen.check.rules.dates import years_of
from docgen.finding import Finding, Rule
from docgen.model import Reading

ODD_YEAR = Rule(
    code="E610",
    name="“年度”一栏像是没有改",
    severity="error",
    needs=("year",),
    message="“年度”写的是 {actual}，{witnesses}都是 {expected} 年的",
    why="一处与其余各处都不同，多半是这一处错了；与年度有关的其余各项先按其余各处的年度核对。",
    example="年度一栏还是 2024，标题、正文、成文日期和文件名都已改成 2025 年度的。",
    cure="报的是 {expected} 年度，把“年度”改为 {expected}；确是 {actual} 年度的，"
    "{witnesses}都还是别的年度的，要一一改正。",
    since="0.2.0",
)

#: So many other places must agree with one another.
_ENOUGH = 3
_DATE = "成文日期"  # as the message calls it


def settle_year(reading: Reading) -> tuple[Reading, Finding | None]:
    """Return the report with the year all other places agree on, and a finding on its year cell."""
    year = reading.report.year
    if year is None or not _may_be_odd(reading, year):
        return reading, None

    told = dict(_find_witnesses(reading))
    likely, count = Counter(told.values()).most_common(1)[0] if told else (year, 0)
    others = [name for name, other in told.items() if other == likely]
    beside = [*told.values()].count(year) + 1  # the cell and what bears it out
    dated = told.get(_DATE) == year  # then the text may well be the old one
    if likely == year or count < max(_ENOUGH, 2 * beside if dated else beside + 1):
        return reading, None

    finding = ODD_YEAR.at(
        reading.place("year"),
        witnesses="、".join(others),
        expected=str(likely),
        actual=str(year),
    )
    report = reading.report.model_copy(update={"year": likely})
    return replace(reading, report=report), finding


def _may_be_odd(reading: Reading, year: int) -> bool:
    """Return whether date or title, which are seldom both wrong, leave the year in doubt."""
    date = reading.report.signature.date
    titled = title_years(reading.report.title or "")
    return (date is not None and date.year - 1 != year) or (bool(titled) and year not in titled)


def _find_witnesses(reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield each place that tells one year, in the words of the message, with that year."""
    report = reading.report
    if len(titled := set(title_years(report.title or ""))) == 1:
        yield "标题", titled.pop()

    prose = Prose(reading)
    plans = reading.form.duties.plans
    preface: Counter[int] = Counter()
    text: Counter[int] = Counter()

    for mention in find_mentions(prose):
        section = prose.at(mention.start).section
        if section not in plans and not is_dated(mention):
            (preface if section == "preface" else text)[mention.year] += 1

    for name, counted in (("引言", preface), ("正文", text)):
        ranked = counted.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            yield name, ranked[0][0]

    if report.signature.date:
        yield _DATE, report.signature.date.year - 1
    if len(named := set(years_of(re.sub(r"\.\w+$", "", reading.name)))) == 1:
        yield "文件名", int(named.pop())
