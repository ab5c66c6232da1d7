"""What a rule needs to be judged: each need says why a report lacks it, blank if it does not.

A rule names its needs (`Rule.needs`) by the keys of `NEEDS`. Where only a part of what a rule looks
at is missing, the need says so too: then nothing found is not the same as nothing wrong.
"""

from collections.abc import Callable, Mapping, Sequence

from docgen.check.rules.conditions import Values, is_broken
from docgen.check.rules.dates import years_of
from docgen.check.rules.level import known_level
from docgen.check.rules.odd_year import settle_year
from docgen.check.rules.same_year import compare_sums, find_of_family, name_family
from docgen.check.rules.sums import rule_of
from docgen.files.inputs import WORKBOOKS
from docgen.forms.judged_lines import find_lines
from docgen.forms.relation import Balance
from docgen.forms.sums import sides
from docgen.model import LEVELS, Reading

_NOT_IN_FORM = "这种表式没有这项要求"
_NO_YEAR, _NO_TEXT, _NO_LEVEL = "没有年度", "没有正文", "没有机关层级"


def year(reading: Reading) -> str:
    """Ask for the year of the report."""
    return "" if reading.report.year else _NO_YEAR


def title(reading: Reading) -> str:
    """Ask for the year of the report and a title."""
    return year(reading) or ("" if reading.report.title else "没有标题")


def file_year(reading: Reading) -> str:
    """Ask for the year of the report and a year in the name of its file."""
    return year(reading) or ("" if years_of(reading.name) else "文件名里没有年份")


def level(reading: Reading) -> str:
    """Ask for the level of the body, and its name."""
    body = reading.report.body
    return "" if body.level and body.name else _NO_LEVEL


def date(reading: Reading) -> str:
    """Ask for the year of the report and its date of issue."""
    unsigned = "" if reading.form.signed else _NOT_IN_FORM
    return unsigned or year(reading) or ("" if reading.report.signature.date else "没有成文日期")


def deadline(reading: Reading) -> str:
    """Ask for a date of issue, and a last day for it: the report's own or the one for its level."""
    levels = [deadline.level for deadline in reading.form.duties.deadlines]
    set_for = reading.report.deadline or known_level(reading.report.body) in levels
    return date(reading) or ("" if set_for else "没有填上报期限，规定里也没有这一层级的")


def text(reading: Reading) -> str:
    """Ask for any running text."""
    if not (reading.form.preface or reading.form.text_sections):
        return _NOT_IN_FORM
    return "" if any((reading.report.preface, *reading.report.sections.values())) else _NO_TEXT


def dated_text(reading: Reading) -> str:
    """Ask for running text of a report that has a year."""
    return year(reading) or text(reading)


def neighbours(reading: Reading) -> str:
    """Ask for bodies whose names must not stand in the text; else only places are known."""
    return (
        ""
        if reading.report.neighbours
        else "没有填相邻机关，只核对了名单、同一文件夹和县以上的地名"
    )


def laws(reading: Reading) -> str:
    """Ask for running text, and titles of laws that the form knows."""
    return text(reading) or ("" if reading.form.duties.laws else _NOT_IN_FORM)


def waivers(reading: Reading) -> str:
    """Ask for a waiver."""
    return "" if reading.report.waivers else "没有豁免"


def questions(reading: Reading) -> str:
    """Ask for a question that a published report left open."""
    return "" if reading.report.unconfirmed else "没有待确认的"


def no_errors_read(reading: Reading) -> str:
    """Ask for an input read without errors."""
    wrong = any(finding.severity == "error" for finding in reading.findings)
    return "读取时已有错误，缺的数由那些错误说明" if wrong else ""


def substance(reading: Reading) -> str:
    """Ask for sections of which the form wants more than “无”."""
    return _need_texts(reading, reading.form.duties.substantial)


def lengths(reading: Reading) -> str:
    """Ask for sections that the form says the usual length of."""
    return _need_texts(reading, [key for key, _ in reading.form.duties.lengths])


def _need_texts(reading: Reading, sections: Sequence[str]) -> str:
    """Ask for text in each of these sections."""
    if not sections:
        return _NOT_IN_FORM
    titles = {section.key: section.title for section in reading.form.sections}
    empty = [titles[key] for key in sections if not reading.report.sections.get(key)]
    return f"“{empty[0]}”没有正文" if empty else ""


def topics(code: str, reading: Reading) -> str:
    """Ask for sections that owe a topic of this rule, in a report of this body's level."""
    level = known_level(reading.report.body)
    declared = [topic for topic in reading.form.duties.topics if topic.code == code]
    owed = [topic for topic in declared if not topic.levels or level in topic.levels]
    if not declared:
        return _NOT_IN_FORM
    if not owed:
        called = reading.form.called
        return f"{LEVELS[level][0]}的{called}不用写" if level else _NO_LEVEL
    sections = list(dict.fromkeys(topic.section for topic in owed if topic.section))
    return text(reading) or (_need_texts(reading, sections) if sections else "")


def _need_power(reading: Reading, *, never: bool) -> str:
    """Ask for a body of a level that never, or but seldom, has one of the powers the form names."""
    level = known_level(reading.report.body)
    declared = reading.form.duties.powers
    lacking = [level in (power.never if never else power.seldom) for power in declared]
    if not declared:
        return _NOT_IN_FORM
    return _NO_LEVEL if level is None else "" if any(lacking) else "不适用于这一层级的机关"


def sums(code: str, reading: Reading) -> str:
    """Ask for sums of the form with this code (E305: with a code of none), all figures known."""
    return _need_known(code, reading, reading.form.balances)


def bounds(code: str, reading: Reading) -> str:
    """Ask for bounds of the form with this code, all figures known."""
    return _need_known(code, reading, reading.form.bounds)


def _need_known(code: str, reading: Reading, relations: Sequence[Balance]) -> str:
    """Ask for relations of sums with this code, all their figures known."""
    form = reading.form
    declared = [balance for balance in relations if rule_of(form, balance).code == code]
    unknown = [sides(balance, reading.report.figures) for balance in declared].count(None)
    if not declared:
        return _all_absent(code, reading) or "这种表式没有这样的合计"
    return f"{len(declared)} 个合计里有 {unknown} 个缺数，没法核对" if unknown else ""


def conditions(code: str, reading: Reading) -> str:
    """Ask for conditions of the form with this code, all their cells known."""
    form, values = reading.form, Values(reading)
    judged = [
        is_broken(values, condition, line)
        for condition in form.conditions
        if condition.code == code
        for line in find_lines(form, condition)
    ]
    if not judged:
        return _all_absent(code, reading) or _NOT_IN_FORM
    unknown = judged.count(None)
    return f"{len(judged)} 处里有 {unknown} 处缺填的内容，没法核对" if unknown else ""


def _all_absent(code: str, reading: Reading) -> str:
    """Return that the body says it has no such business, where a rule is of those tables alone."""
    form = reading.form
    tables = {each.table for each in form.equations if each.code == code}
    tables |= {each.table for each in form.conditions if each.code == code}
    absent = tables & {*reading.report.absent}
    return "本机关没有这项业务" if tables and tables == absent else ""


def figures(reading: Reading) -> str:
    """Ask for running text, facts of the tables it may speak of, and every figure."""
    if not reading.form.speech.facts:
        return _NOT_IN_FORM
    missing = _count_missing(reading)
    lacking = f"表里缺 {missing} 个数，说到它们的句子没法对" if missing else ""
    return text(reading) or lacking


def cells(reading: Reading) -> str:
    """Ask for every cell of the form that must be filled found in the input, whatever it holds."""
    cells = reading.form.cells.items()
    absent = [a for a, each in cells if a not in reading.places and not each.cell.optional]
    unread = [a for a in absent if a not in reading.form.totals]
    return f"有 {len(unread)} 格没有找到，没法读" if unread else ""


def answers(reading: Reading) -> str:
    """Ask for cells that hold no number, or a table that a body may have no business for."""
    may_be_absent = any(table.absent for table in reading.form.tables)
    return cells(reading) if reading.form.answers or may_be_absent else _NOT_IN_FORM


def units(reading: Reading) -> str:
    """Ask for a table with a row for each unit."""
    declared = reading.form.declared or reading.form
    return "" if any(table.each for table in declared.tables) else _NOT_IN_FORM


def absence(reading: Reading) -> str:
    """Ask for a table that a body may have no business for."""
    return "" if any(table.absent for table in reading.form.tables) else _NOT_IN_FORM


def last_year(reading: Reading, previous: Reading) -> str:
    """Ask for the report of the year before, of a report whose year is beyond doubt."""
    if settle_year(reading)[1]:
        return "“年度”一栏像是填错了，上年是哪一年还不知道"
    now, before = reading.report.year, previous.report.year
    return "" if now and before == now - 1 else "给的不是上一年的报告"


def carried(code: str, reading: Reading, previous: Reading) -> str:
    """Ask for what this rule takes over, counted alike in both years, and every figure."""
    carries = [carry for carry in reading.form.duties.carries if carry.code == code]
    same_edition = reading.form.key == previous.form.key
    alike = [c for c in carries if not c.within_edition or same_edition]
    if not carries:
        return _NOT_IN_FORM
    if not alike:
        return "两年的表式不同，这个数的口径不同"
    return last_year(reading, previous) or _missing_figures(reading, previous)


def both_years(reading: Reading, previous: Reading) -> str:
    """Ask for the report of the year before, every figure of both known."""
    return last_year(reading, previous) or _missing_figures(reading, previous)


def _missing_figures(reading: Reading, previous: Reading) -> str:
    """Return how many figures each of two reports lacks; blank for none."""
    missing = [_count_missing(each) for each in (reading, previous)]
    said = (f"{name}缺 {n} 个数" for name, n in zip(("本年", "上年"), missing, strict=True) if n)
    return "，".join(said)


def agreed(code: str, reading: Reading, beside: Sequence[Reading]) -> str:
    """Ask for the other report that this rule speaks of, every figure of both known."""
    wanted = [each for each in reading.form.agreements if each.code == code]
    pairs = [(each, find_of_family(beside, each.family)) for each in wanted]
    for each, other in pairs:
        if other is None:
            return f"没有同一机关同年的“{name_family(each.family)}”"
    unknown = [compare_sums(each, reading, other) for each, other in pairs if other].count(None)
    return f"{len(wanted)} 处里有 {unknown} 处缺数，没法核对" if unknown else ""


def _count_missing(reading: Reading) -> int:
    """Return how many figures that must be filled in a report lacks."""
    figures, known = reading.form.figures.items(), reading.report.figures
    return sum(address not in known and not each.cell.optional for address, each in figures)


def both_texts(reading: Reading, previous: Reading) -> str:
    """Ask for the report of the year before, running text in both."""
    lacking = "上年没有正文" if text(previous) else ""
    return last_year(reading, previous) or text(reading) or lacking


def _need_sheets(reading: Reading) -> str:
    """Ask for an input of rows and columns."""
    return "JSON 没有行和列" if kind_of(reading) == "json" else ""


def _need_workbook(reading: Reading) -> str:
    return "" if f".{kind_of(reading)}" in WORKBOOKS else "输入不是工作簿"


def _need_folder(reading: Reading) -> str:
    return "" if kind_of(reading) == "csv" else "输入不是文件夹"


def kind_of(reading: Reading) -> str:
    """Return what this was read from: `csv` files in a folder, or the ending of its name."""
    name = next(iter(reading.inputs), reading.name)
    return "csv" if "/" in name else name.rpartition(".")[2].lower()


#: The needs by name: of this year's report;
OF_REPORT: Mapping[str, Callable[[Reading], str]] = {
    "report": lambda _reading: "",
    "no_errors_read": no_errors_read,
    "year": year,
    "title": title,
    "file_year": file_year,
    "level": level,
    "date": date,
    "deadline": deadline,
    "text": text,
    "dated_text": dated_text,
    "neighbours": neighbours,
    "laws": laws,
    "waivers": waivers,
    "questions": questions,
    "substance": substance,
    "lengths": lengths,
    "powers_never": lambda reading: _need_power(reading, never=True),
    "powers_seldom": lambda reading: _need_power(reading, never=False),
    "figures": figures,
    "cells": cells,
    "answers": answers,
    "units": units,
    "absence": absence,
    "sheets": _need_sheets,
    "workbook": _need_workbook,
    "folder": _need_folder,
}
#: of it, for a rule whose code the form names;
OF_RULE: Mapping[str, Callable[[str, Reading], str]] = {
    "topics": topics,
    "sums": sums,
    "bounds": bounds,
    "conditions": conditions,
}
#: of this year's and last year's.
OF_BOTH: Mapping[str, Callable[[str, Reading, Reading], str]] = {
    "last_year": lambda _code, reading, previous: last_year(reading, previous),
    "carried": carried,
    "both_years": lambda _code, reading, previous: both_years(reading, previous),
    "both_texts": lambda _code, reading, previous: both_texts(reading, previous),
}
#: of it and the other reports of the same body and year.
OF_BESIDE: Mapping[str, Callable[[str, Reading, Sequence[Reading]], str]] = {"agreed": agreed}


def lacking(
    need: str,
    code: str,
    reading: Reading,
    previous: Reading | None,
    beside: Sequence[Reading] | None = None,
) -> str:
    """Return why these reports lack what the rule with this code needs, blank if they do not.

    `beside` are the other reports of the same body and year; None if none were looked for.
    """
    if need in OF_BESIDE:
        return OF_BESIDE[need](code, reading, beside or ())
    if need in OF_REPORT:
        return OF_REPORT[need](reading)
    if need in OF_RULE:
        return OF_RULE[need](code, reading)
    return OF_BOTH[need](code, reading, previous) if previous else "没有与上年的报告核对"
