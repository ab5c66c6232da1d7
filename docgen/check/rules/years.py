"""Years in the text: the report's own, unless the sentence speaks of another year."""

import re
from collections.abc import Iterator

from docgen.check.mentioned_years import (
    BEFORE,
    BEHIND,
    Mention,
    find_mentions,
    is_compared_with,
    is_in_marks,
    is_planned,
    speaks_of_another,
)
from docgen.check.passages import Prose
from docgen.finding import Finding, Rule
from docgen.prose.patterns import Pattern

PREFACE_YEAR = Rule(
    code="E602",
    name="引言年度不对",
    severity="error",
    needs=("dated_text",),
    message="引言“{quote}”说的是 {actual} 年，{called}是 {expected} 年度的",
    why="引言说明报告的是哪一年；沿用上年的稿子最容易忘了改这里。",
    example="2024 年度的报告，引言写“现将2023年工作情况报告如下”。",
    cure="把 {actual} 年改为 {expected} 年；确是说别的年份的，写明是哪份文件、什么时候的事。",
)
PERIOD = Rule(
    code="E603",
    name="统计期限不对",
    severity="error",
    needs=("dated_text",),
    message="“{quote}”：统计期限应为{expected}",
    why="报告统计的是当年 1 月 1 日到 12 月 31 日的数。",
    example="“统计期限自2023年1月1日至2023年12月31日止”（2024 年度的报告）。",
    cure="改为{expected}。",
)
STRAY_YEAR = Rule(
    code="E604",
    name="正文说到别的年份",
    severity="warning",
    needs=("dated_text",),
    message="“{quote}”说的是 {actual} 年，看不出为什么不是 {expected} 年",
    why="别的年份只应出现在说别的年份的话里，如“较2023年”“2019年修订”“2025年，…将…”。",
    example="2024 年度的报告里写“2023年，我镇组织培训5次”。",
    cure=(
        "核对这句话；是旧稿就改成 {expected} 年和当年的数，确是说那一年就写明（如“较{actual}年”）。"
    ),
)
STALE_PLAN = Rule(
    code="E605",
    name="打算里的年份已经过去",
    severity="warning",
    needs=("dated_text",),
    message="“{quote}”把 {actual} 年说成将来，{called}是 {year} 年度的",
    why="下一步的打算说的是报告之后的一年；这多半是上年的打算没有改。",
    example="2024 年度的报告写“2024年，我们将继续……”。",
    cure="核对这些打算是不是上年的；是今后的打算就改为 {expected} 年。",
)
AGAINST_ITSELF = Rule(
    code="E609",
    name="与本年作比较",
    severity="warning",
    needs=("dated_text",),
    message="“{quote}”拿 {actual} 年作比较，{called}就是 {actual} 年度的",
    why="今年不能与今年比；多半是改年份时把上年也改了。",
    example="2024 年度的报告写“较2024年增长12%”。",
    cure="核对是与哪一年比；多半应为 {expected} 年。",
)

_DAY = r"([0-9]{1,2})[月.．/](?:([0-9]{1,2})日?)?份?"
# 2024年1月1日至2024年12月31日, 2024年1月1日—12月31日; not 2024年1月1日.
_PERIOD = re.compile(
    rf"((?:19|20)[0-9]{{2}})[年.．/]{_DAY}起?(?:至|到|[—－\-～~]{{1,2}})"
    rf"(?:((?:19|20)[0-9]{{2}})[年.．/])?{_DAY}"
)
# 统计期限, 起止时间; not 年度报告.
_ABOUT_PERIOD = Pattern(r"统计|期限|时限|起止|时间范围|所列数据")


Located = tuple[Finding, int]  # and where in the text it stands


def check_years(prose: Prose) -> Iterator[Finding]:
    """Check that each year of the text is the report's, or is meant to be another."""
    year = prose.reading.report.year
    if year is None:
        return

    told = set()
    mentions = list(find_mentions(prose))

    for finding, start in (
        *_check_periods(prose, year),
        *_stale_plans(prose, mentions, year),
        *_against_itself(prose, mentions, year),
    ):
        if prose.bounds(start) not in told:
            told.add(prose.bounds(start))
            yield finding

    own = {prose.bounds(mention.start) for mention in mentions if mention.year == year}
    for mention in mentions:
        bounds = prose.bounds(mention.start)
        if mention.year == year or bounds in told:
            continue

        fits = speaks_of_another(prose, mention, year, beside_own=bounds in own)
        if not fits:
            told.add(bounds)
            in_preface = prose.at(mention.start).section == "preface"
            quoted = in_preface and is_in_marks(mention)
            rule = PREFACE_YEAR if in_preface and not quoted else STRAY_YEAR
            yield rule.at(
                prose.place(mention.start),
                quote=prose.quote(mention.start, mention.end),
                called=prose.reading.form.called,
                expected=str(year),
                actual=str(mention.year),
            )


def _check_periods(prose: Prose, year: int) -> Iterator[Located]:
    """Check that the stretch the figures are for is the whole year, and no other."""
    for match in _PERIOD.finditer(prose.text):
        first, begun, since, last, month, day = match.groups()
        ends = (
            (int(first), int(begun), int(since or 1)),
            (int(last or first), int(month), int(day or 31)),
        )
        if ends == ((year, 1, 1), (year, 12, 31)):
            continue

        begin, end = prose.bounds(match.start())
        around = max(begin, match.start() - BEFORE), min(end, match.end() + BEHIND)
        whole_year = ends[0][1:] == (1, 1) and ends[1][1:] == (12, 31) and first == (last or first)
        if whole_year or _ABOUT_PERIOD.search(prose.text, *around):
            finding = PERIOD.at(
                prose.place(match.start()),
                quote=prose.quote(match.start(), match.end()),
                expected=f"{year}年1月1日至{year}年12月31日",
                actual=match[0],
            )
            yield finding, match.start()


def _stale_plans(prose: Prose, mentions: list[Mention], year: int) -> Iterator[Located]:
    """Yield plans for a year that is over: last year's, left unchanged."""
    for mention in mentions:
        if mention.year <= year and is_planned(mention):
            finding = STALE_PLAN.at(
                prose.place(mention.start),
                quote=prose.quote(mention.start, mention.end),
                called=prose.reading.form.called,
                year=year,
                expected=str(year + 1),
                actual=str(mention.year),
            )
            yield finding, mention.start


def _against_itself(prose: Prose, mentions: list[Mention], year: int) -> Iterator[Located]:
    """Yield the report's own year compared with, where no later one is spoken of."""
    later = {prose.bounds(mention.start) for mention in mentions if mention.year > year}
    for mention in mentions:
        if mention.year != year or prose.bounds(mention.start) in later:
            continue

        if is_compared_with(mention):
            finding = AGAINST_ITSELF.at(
                prose.place(mention.start),
                quote=prose.quote(mention.start, mention.end),
                called=prose.reading.form.called,
                expected=str(year - 1),
                actual=str(year),
            )
            yield finding, mention.start
