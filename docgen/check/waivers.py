"""Waivers: a finding let through by the office, for the value it had when that was decided."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from docgen.address import Address
from docgen.finding import Finding, Place, Rule, Waived
from docgen.forms.form import Form
from docgen.model import Reading, Waiver, print_date, print_number
from docgen.prose.personal import masked
from docgen.registry import find_rule, nearest_code

UNUSED = Rule(
    code="E901",
    name="豁免没有用上",
    severity="warning",
    needs=("waivers",),
    message="第 {number} 条豁免（{code}）没有用上：{why}",
    why="豁免只为一处问题而设；问题没有了，豁免也该撤去，免得日后放过别的问题。",
    example="豁免的那句话已经改好，豁免还留着。",
    cure="删去这一条豁免；确实还要用，照核对结果写明编号和位置。",
)
EXPIRED = Rule(
    code="E902",
    name="豁免已经失效",
    severity="warning",
    needs=("waivers",),
    message="第 {number} 条豁免（{code}）已经失效：当时是“{expected}”，现在{now}",
    why="豁免是对当时那个数、那句话的；内容变了，要重新判断，原来的问题照常算。",
    example="豁免时那一格写 12，后来改成了 13。",
    cure="改正问题；仍要放过，请批准人重新看过，照现在的内容另写一条。",
)
NOT_WAIVABLE = Rule(
    code="E903",
    name="这种问题不能豁免",
    severity="error",
    needs=("waivers",),
    message="第 {number} 条豁免写的是 {code}（{name}）：{why}",
    why="数不平、缺项、读不出的，不改正就不能签发；提示本来就不拦签发，用不着豁免。",
    example="豁免 E301（收办不平）。",
    cure="删去这一条豁免，改正那处问题。",
)
UNKNOWN_CODE = Rule(
    code="E904",
    name="豁免的编号不认识",
    severity="error",
    needs=("waivers",),
    message="第 {number} 条豁免的编号“{code}”不是 docgen 的编号{nearest}",
    why="编号写错了，豁免就对不上任何问题。",
    example="E5ll（数字 1 写成了字母 l）。",
    cure="照核对结果里的编号写，如 E511。",
)

_SHOWN = 40  # characters of a value that a message can hold
# 2025-04-10, 2025/4/1; not 2025年4月10日.
_FIGURES = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_SHORTEST = 4  # characters that tell one sentence from another


def apply_waivers(reading: Reading, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings, those let through marked so, and what is wrong with the waivers."""
    judged = list(findings)
    faults: list[Finding] = []

    for index, waiver in enumerate(reading.report.waivers):
        place, number = reading.place(Address.of_waiver(index)), index + 1
        code = waiver.code.upper()
        if fault := _refuse_code(reading.form, waiver.code, place, number):
            faults.append(fault)
            continue

        same = [i for i, f in enumerate(judged) if f.code == code]
        here = [i for i in same if _is_here(waiver, judged[i])]
        fit = [i for i in here if _still_holds(waiver, reading, judged[i])]
        new = [i for i in fit if not judged[i].waived]
        for i in new:
            waived = Waived(masked(waiver.reason), waiver.by, print_date(waiver.date))
            judged[i] = replace(judged[i], waived=waived)
        if new:
            continue

        if here and not fit:
            now = next(values_at(reading, judged[here[0]]))
            now = f"是“{now}”" if len(now) <= _SHOWN else "没有这句话了"
            given = waiver.value or "（没有写）"
            faults.append(
                EXPIRED.at(place, expected=given, now=now, number=number, code=waiver.code)
            )
        else:
            why = _why_unused(bool(fit), bool(same))
            faults.append(UNUSED.at(place, why=why, number=number, code=waiver.code))

    return (*judged, *faults)


def _refuse_code(form: Form, code: str, place: Place, number: int) -> Finding | None:
    """Return why no waiver can be for this code, if so."""
    rule = find_rule(code.upper(), [form])
    if rule is None:
        nearest = nearest_code(code.upper(), [form])
        return UNKNOWN_CODE.at(place, nearest=nearest, number=number, code=code)
    if rule.severity == "note":
        return UNUSED.at(place, why="提示不拦签发，用不着豁免", number=number, code=code)
    why = why_unwaivable(form, rule)
    if not why:
        return None
    return NOT_WAIVABLE.at(place, name=rule.name, why=why, number=number, code=code)


def why_unwaivable(form: Form, rule: Rule) -> str:
    """Return why no finding of this rule can be waived; blank if one can."""
    own = rule.code in form.rules
    if not own and (rule.code.startswith("E9") or not rule.code.startswith("E")):
        return "只有核对报告的警告和少数错误可以豁免"
    return "" if rule.severity == "warning" or rule.waivable else "这种错误不改正就不能签发"


def _why_unused(fit: bool, same: bool) -> str:
    """Return why a waiver let nothing through."""
    if fit:
        return "前面的一条已经豁免了同一处"
    return "这个编号的问题不在那个位置" if same else "没有这个编号的问题"


def _is_here(waiver: Waiver, finding: Finding) -> bool:
    """Return whether a finding is where the waiver says; one that names no place is for any."""
    names = {_without_blanks(name) for place in finding.places for name in _names_of(place)}
    return not waiver.place or _without_blanks(waiver.place) in names


def _names_of(place: Place) -> tuple[str, ...]:
    """Return the ways to write a place: by address, as a finding shows it, by sheet and cell."""
    return place.address, place.cell, str(place), f"{place.sheet}{place.cell}"


def _still_holds(waiver: Waiver, reading: Reading, finding: Finding) -> bool:
    """Return whether what the waiver was given for still stands where the finding is."""
    wanted = _without_blanks(waiver.value)
    for value in values_at(reading, finding):
        plain = _without_blanks(value)
        if wanted == plain or _same_number(wanted, plain) or _printed_date(wanted) == plain:
            return True
        if len(wanted) >= _SHORTEST and wanted in plain and not _is_number(plain):
            return True
    return False


def values_at(reading: Reading, finding: Finding) -> Iterator[str]:
    """Yield what stands at the places of a finding; where nothing does, what the finding found."""
    found = [value for p in finding.places if (value := _value(reading, p.address)) is not None]
    yield from found or [finding.actual]


def _value(reading: Reading, address: Address) -> str | None:
    """Return what stands at an address of the report: a cell, a fact or a paragraph."""
    report = reading.report
    if address in report.figures:
        return print_number(report.figures[address])
    if address in report.answers:
        return report.answers[address]

    if (number := address.number) is not None:
        texts = report.paragraphs_of(address.section)
        return texts[number] if number < len(texts) else None

    value = report.fact(address)
    if isinstance(value, datetime.date):
        return print_date(value)

    return str(value) if isinstance(value, (str, int)) else None


def _printed_date(text: str) -> str:
    """Return a date as a report prints it, where it is written with figures alone: 2025-04-10."""
    found = _FIGURES.fullmatch(text)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else text


def _without_blanks(text: str) -> str:
    return "".join(text.split())


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _same_number(one: str, other: str) -> bool:
    return _is_number(one) and _is_number(other) and Decimal(one) == Decimal(other)
