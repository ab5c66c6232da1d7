"""What a rule needs to be judged: each need says why a report lacks it, blank if it does not.

Where only a part of what a rule looks at is missing, the need says so too: then nothing found is
not the same as nothing wrong.
"""

from collections.abc import Callable, Sequence

from docgen.catalogue.check import SUMS
from docgen.check.level import known_level
from docgen.check.rules.odd_year import settle_year
from docgen.check.rules.time import years_of
from docgen.finding import Rule
from docgen.forms.sums import sides
from docgen.model import LEVELS, Reading

Need = Callable[[Reading], str]
#: What a rule needs of this year's report and last year's.
NeedBoth = Callable[[Reading, Reading], str]

_NOT_IN_FORM = "这种表式没有这项要求"
_NO_YEAR, _NO_TEXT, _NO_LEVEL = "没有年度", "没有正文", "没有机关层级"


def nothing(_reading: Reading) -> str:
    """There is always something to judge."""
    return ""


def year(reading: Reading) -> str:
    """The year of the report."""
    return "" if reading.report.year else _NO_YEAR


def title(reading: Reading) -> str:
    """The year of the report and a title."""
    return year(reading) or ("" if reading.report.title else "没有标题")


def file_year(reading: Reading) -> str:
    """The year of the report and a year in the name of its file."""
    return year(reading) or ("" if years_of(reading.name) else "文件名里没有年份")


def level(reading: Reading) -> str:
    """The level of the body, and its name."""
    body = reading.report.body
    return "" if body.level and body.name else _NO_LEVEL


def date(reading: Reading) -> str:
    """The year of the report and its date of issue."""
    return year(reading) or ("" if reading.report.signature.date else "没有成文日期")


def deadline(reading: Reading) -> str:
    """A date of issue, and a last day for it: the report's own or the one for its level."""
    levels = [deadline.level for deadline in reading.form.duties.deadlines]
    set_for = reading.report.deadline or known_level(reading.report.body) in levels
    return date(reading) or ("" if set_for else "没有填上报期限，规定里也没有这一层级的")


def text(reading: Reading) -> str:
    """Any running text."""
    return "" if any((reading.report.preface, *reading.report.sections.values())) else _NO_TEXT


def dated_text(reading: Reading) -> str:
    """Running text of a report that has a year."""
    return year(reading) or text(reading)


def neighbours(reading: Reading) -> str:
    """Bodies whose names must not stand in the text; without them, only places are known."""
    return (
        ""
        if reading.report.neighbours
        else "没有填相邻机关，只核对了名单、同一文件夹和县以上的地名"
    )


def laws(reading: Reading) -> str:
    """Running text, and titles of laws that the form knows."""
    return text(reading) or ("" if reading.form.duties.laws else _NOT_IN_FORM)


def waivers(reading: Reading) -> str:
    """A waiver."""
    return "" if reading.report.waivers else "没有豁免"


def no_errors_read(reading: Reading) -> str:
    """An input read without errors."""
    wrong = any(finding.severity == "error" for finding in reading.findings)
    return "读取时已有错误，缺的数由那些错误说明" if wrong else ""


def substance(reading: Reading) -> str:
    """Sections of which the form wants more than “无”."""
    return _sections(reading, reading.form.duties.substantial)


def lengths(reading: Reading) -> str:
    """Sections that the form says the usual length of."""
    return _sections(reading, [key for key, _ in reading.form.duties.lengths])


def _sections(reading: Reading, sections: Sequence[str]) -> str:
    if not sections:
        return _NOT_IN_FORM
    titles = {section.key: section.title for section in reading.form.sections}
    empty = [titles[key] for key in sections if not reading.report.sections.get(key)]
    return f"“{empty[0]}”没有正文" if empty else ""


def topics(rule: Rule) -> Need:
    """Sections that owe a topic of this rule, in a report of this body's level."""

    def need(reading: Reading) -> str:
        level = known_level(reading.report.body)
        declared = [topic for topic in reading.form.duties.topics if topic.code == rule.code]
        owed = [topic for topic in declared if not topic.levels or level in topic.levels]
        if not declared:
            return _NOT_IN_FORM
        if not owed:
            return f"{LEVELS[level][0]}的年报不用写" if level else _NO_LEVEL
        sections = list(dict.fromkeys(topic.section for topic in owed if topic.section))
        return text(reading) or (_sections(reading, sections) if sections else "")

    return need


def powers(*, never: bool) -> Need:
    """A body of a level that never, or but seldom, has one of the powers the form names."""

    def need(reading: Reading) -> str:
        level = known_level(reading.report.body)
        declared = reading.form.duties.powers
        lacking = [level in (power.never if never else power.seldom) for power in declared]
        if not declared:
            return _NOT_IN_FORM
        return _NO_LEVEL if level is None else "" if any(lacking) else "不适用于这一层级的机关"

    return need


def sums(code: str) -> Need:
    """Sums of the form with this code (blank: with none of those known), every figure known."""

    def need(reading: Reading) -> str:
        balances = reading.form.balances
        declared = [
            b for b in balances if (b.equation.code if b.equation.code in SUMS else "") == code
        ]
        unknown = [sides(balance, reading.report.figures) for balance in declared].count(None)
        if not declared:
            return "这种表式没有这样的合计"
        return f"{len(declared)} 个合计里有 {unknown} 个缺数，没法核对" if unknown else ""

    return need


def figures(reading: Reading) -> str:
    """Running text, facts of the tables that the form knows it speaks of, every figure known."""
    if not reading.form.speech.facts:
        return _NOT_IN_FORM
    missing = len(reading.form.figures) - len(reading.report.figures)
    lacking = f"表里缺 {missing} 个数，说到它们的句子没法对" if missing else ""
    return text(reading) or lacking


def cells(reading: Reading) -> str:
    """Every cell of the form that must be filled found in the input, whatever it holds."""
    absent = [a for a in reading.form.figures if a not in reading.places]
    unread = [a for a in absent if a not in reading.form.totals]
    return f"有 {len(unread)} 格没有找到，没法读" if unread else ""


def last_year(reading: Reading, previous: Reading) -> str:
    """The report of the year before, of a report whose year is beyond doubt."""
    if settle_year(reading)[1]:
        return "“年度”一栏像是填错了，上年是哪一年还不知道"
    now, before = reading.report.year, previous.report.year
    return "" if now and before == now - 1 else "给的不是上一年的年报"


def carried(rule: Rule) -> NeedBoth:
    """What the form takes over by this rule, counted alike in both years, every figure known."""

    def need(reading: Reading, previous: Reading) -> str:
        carries = [carry for carry in reading.form.duties.carries if carry.code == rule.code]
        alike = [c for c in carries if not c.within_edition or reading.form is previous.form]
        if not carries:
            return _NOT_IN_FORM
        if not alike:
            return "两年的表式不同，这个数的口径不同"
        return last_year(reading, previous) or _lacking(reading, previous)

    return need


def both_years(reading: Reading, previous: Reading) -> str:
    """The report of the year before, every figure of both known."""
    return last_year(reading, previous) or _lacking(reading, previous)


def _lacking(reading: Reading, previous: Reading) -> str:
    missing = [len(r.form.figures) - len(r.report.figures) for r in (reading, previous)]
    said = (f"{name}缺 {n} 个数" for name, n in zip(("本年", "上年"), missing, strict=True) if n)
    return "，".join(said)


def both_texts(reading: Reading, previous: Reading) -> str:
    """The report of the year before, running text in both."""
    lacking = "上年没有正文" if text(previous) else ""
    return last_year(reading, previous) or text(reading) or lacking
