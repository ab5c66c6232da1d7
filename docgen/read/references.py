"""Figures in running text: `{{ 检查次数 }}` becomes the figure, once, when all is settled.

So does `【检查次数】次`, as blanks have it: square brackets before a unit, with a name alone.
Names and four filters, nothing else: no expression is evaluated, and what a name gives is
never looked at again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from docgen.address import PREFACE, Address
from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form
from docgen.forms.table import Number
from docgen.model import Reading, Report, facts_of, print_date, print_number
from docgen.printing import UNKNOWN
from docgen.read.label import nearest, normal

_NAMES = "可用的名称见 docs/text.md。"
UNKNOWN_NAME = Rule(
    code="E501",
    name="引用的名称不认识",
    severity="error",
    needs=("text",),
    message="“{binding}”里的“{name}”不是可以引用的名称{nearest}",
    why="双花括号里的名称由数据填入；认不出的名称不能照印到公文里。",
    example="{{ 检察次数 }} 应为 {{ 检查次数 }}。",
    cure="改成认识的名称或数据的地址。" + _NAMES,
)
BAD_BINDING = Rule(
    code="E502",
    name="引用的写法不对",
    severity="error",
    needs=("text",),
    message="“{binding}”的写法不对：{why}",
    why="双花括号里只能写一个名称，后面可用竖线加“占”“同比”“有”“无”；不能写算式，也从不执行。",
    example="{{ 7*7 }}、{{ 年度 | upper }}、只有一半的 {{。",
    cure="写成 {{{{ 数名 }}}}、{{{{ 数名 | 占 总数名 }}}} 的样子。" + _NAMES,
)
NO_VALUE = Rule(
    code="E503",
    name="引用的数没有",
    severity="error",
    needs=("text",),
    message="“{binding}”要用的“{missing}”没有填，或没有读出来",
    why="正文引用的数缺了，这句话就写不出来；docgen 不会当 0。",
    example="表里的一格空着，正文引用了它。",
    cure="填上“{missing}”。",
)
SHARE_OF_NOTHING = Rule(
    code="E504",
    name="占比没有分母",
    severity="error",
    needs=("text",),
    message="“{binding}”：“{whole}”是 0，算不出占比",
    why="0 件里没有占比可言。",
    example="总数是 0，正文还引用占它的百分之几。",
    cure="删去这个占比，或加上“有”“无”说明各怎么写：{{{{ 数名 | 占 总数名 | 有 ，占… }}}}。",
)
ONLY_READY = Rule(
    code="E505",
    name="只有现成的句子",
    severity="error",
    needs=("text",),
    message="“{section}”只有空白表里现成的句子，还没有填写",
    why="现成的句子只报数，不能代替这一部分应当报告的情况。",
    example="第一部分里只有空白表带来的一句。",
    cure="写上这一部分的其他情况；不用现成的句子也可以删去。",
)
NO_LAST_YEAR = Rule(
    code="E506",
    name="同比没有上年的数",
    severity="error",
    needs=("text",),
    message="“{binding}”要用上年的数：{why}",
    why="增减要两年的数才算得出来；docgen 不会估计。",
    example="正文引用一个数的同比，旁边没有上年的报告，也没有用 --previous 给。",
    cure="把上年的报告（{year}）放在旁边，或用 --previous 给出；没有的，自己写这句话。",
)
CHANGE_FROM_NOTHING = Rule(
    code="E507",
    name="同比没有基数",
    severity="error",
    needs=("text",),
    message="“{binding}”：上年是 {before}，今年是 {after}，算不出百分比",
    why="从 0 增加没有百分比可言。",
    example="上年没有检查过，正文写 {{ 检查次数 | 同比 }}。",
    cure="自己写这句话，或加上“有”“无”说明各怎么写："
    "{{{{ 数名 | 同比 | 有 ，同比… | 无 ，上年没有 }}}}。",
)

#: Facts of a report that text may take, by address; their names are those of the fact sheet.
_FACTS = ("year", "body.name", "body.short_name", "signature.name", "signature.date")
_YEARS = {"上年度": -1, "年度": 0, "下年度": 1}

#: What stands after a number, and no other word that begins so.
# match: 件, 元; not 条例, 元旦.
_UNIT = r"(?:件|宗|条(?!例)|份|起(?!诉|草)|例(?!如)|次(?!年)|项(?!目)|人次|万元|亿元|元(?!旦))"
# match: 【检查次数】 of 【检查次数】次, 【年度】 of 【年度】年; not 【年度检查】全年, 【2023】1号.
_BRACKETED = rf"【((?:上|下)?年度(?=】年)|[^【】{{}}｛｝|｜\n]{{1,20}}(?=】{_UNIT}))】"
#: Matches {{ 检查次数 }} and ｛｛检查次数｝｝; not { 检查次数 }, nor one inside another.
_BINDING = rf"(?:\{{\{{|｛｛)([^{{}}｛｝]*)(?:\}}\}}|｝｝)|{_BRACKETED}"
_BRACES = ("{{", "}}", "｛｛", "｝｝")
#: Match 有 ，其中… and 无, 占 检查次数; not 有其中, not 同比.
_WORDED = r"(?s)(有|无)(?:[\s：:]+(.*))?"
_SHARE = r"占[\s：:]*(.+)"
_CHANGE = "同比"
_HERE = "…+"


class _Fault(Exception):
    """A reference that cannot be resolved; its finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class _Filters(NamedTuple):
    """What stands after the name of a reference: how its number is to be printed."""

    share_of: str = ""
    change: bool = False  # against last year
    some: str | None = None  # what to print for a number that is not 0
    none: str | None = None  # what to print for 0


def bind(
    form: Form,
    report: Report,
    places: Mapping[str, Place],
    previous: Reading | None,
    *,
    own_title: bool,
) -> tuple[Report, list[Finding]]:
    """Return the report with its bindings resolved, and what could not be.

    A title that docgen made up from the body's name holds none. Without last year's report a
    change against it is a finding.
    """
    binder = _Binder(form, report, previous)
    changes: dict[str, object] = {}
    if own_title and report.title:
        changes["title"] = binder.resolve(report.title, places.get("title", Place()))

    changes["preface"] = binder.paragraphs(PREFACE, report.preface, places)
    changes["sections"] = {
        key: binder.paragraphs(key, texts, places) for key, texts in report.sections.items()
    }
    findings = [*_only_ready(form, report, places), *binder.findings]

    return report.model_copy(update=changes), findings


def _only_ready(form: Form, report: Report, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Yield a section in which nothing stands but what its blank held already."""
    ready = {normal(text) for each in form.speech.ready for text in (each.text, each.words)}
    for section in form.text_sections:
        texts = report.sections.get(section.key, ())
        if texts and all(normal(text) in ready for text in texts):
            place = places.get(Address.of_paragraph(section.key, 0), Place())
            yield ONLY_READY.at(place, section=section.title)


class _Binder:
    """Resolves the references of one report; `findings` hold those that gave nothing."""

    def __init__(self, form: Form, report: Report, previous: Reading | None) -> None:
        self.form, self.report, self.previous = form, report, previous
        self.findings: list[Finding] = []

    def paragraphs(
        self, section: str, texts: tuple[str, ...], places: Mapping[str, Place]
    ) -> tuple[str, ...]:
        nowhere = Place(address=Address.of_section(section))
        return tuple(
            self.resolve(text, places.get(Address.of_paragraph(section, number), nowhere))
            for number, text in enumerate(texts)
        )

    def resolve(self, text: str, place: Place) -> str:
        """Return the text with every binding replaced; a draft shows where one gave nothing."""
        if not any(mark in text for mark in (*_BRACES, "【")):
            return text
        text = _spell_out(text, self.form)

        def replaced(match: re.Match[str]) -> str:
            try:
                return self._bound_value(match, place)
            except _Fault as fault:
                self.findings.append(fault.finding)
                return UNKNOWN

        rest = re.sub(_BINDING, "", text)
        for braces in _BRACES:
            if braces in rest:
                at = rest.index(braces)
                shown = rest[max(at - 10, 0) : at + 20]
                why = f"“{braces}”没有成对的另一半，或里面还有括号"
                self.findings.append(BAD_BINDING.at(place, binding=shown, why=why))
                break

        return re.sub(_BINDING, replaced, text)

    def _bound_value(self, match: re.Match[str], place: Place) -> str:
        """Return what a reference prints. Raise _Fault where that is not known."""
        binding = match[0]
        name, *rest = (part.strip() for part in re.split(r"[|｜]", match[1] or match[2] or ""))
        filters = _read_filters(rest, binding, place)
        known = normal(name)

        if known in self._fact_values:
            if rest:
                raise _bad_binding(binding, place, f"“{name}”不是件数，不能再加“占”“同比”“有”“无”")
            value = self._fact_values[known]
            if value is None:
                raise _Fault(NO_VALUE.at(place, binding=binding, missing=name))
            return value

        return self._figure_text(name, filters, binding, place)

    def _figure_text(self, name: str, filters: _Filters, binding: str, place: Place) -> str:
        """Return a number as its filters have it printed."""
        number = self._number_named(name, binding, place)
        printed = print_number(number)
        worded = filters.some is not None or filters.none is not None
        if filters.share_of:
            whole = self._number_named(filters.share_of, binding, place)
            if not whole and not worded:
                raise _Fault(SHARE_OF_NOTHING.at(place, binding=binding, whole=filters.share_of))
            printed = percentage(number, whole) if whole else "0.0%"
            number = number if whole else 0
        elif filters.change:
            before = self._last_year(name, binding, place)
            if before <= 0 and before != number and (before or not worded):
                last = print_number(before)
                raise _Fault(
                    CHANGE_FROM_NOTHING.at(place, binding=binding, before=last, after=printed)
                )
            number, printed = before, _change_in_words(before, number)

        if not number and worded:
            return filters.none or ""

        return printed if filters.some is None else re.sub(_HERE, printed, filters.some)

    def _last_year(self, name: str, binding: str, place: Place) -> Number:
        """Return the number of this name in last year's report."""
        year = f"{self.report.year - 1} 年度" if self.report.year else "上一年度"
        last = self.previous
        if last is None:
            why = "没有上年的报告"
        elif last.report.year is None or last.report.year + 1 != self.report.year:
            said = f"是 {last.report.year} 年度的" if last.report.year else "没有年度"
            why = f"“{last.name}”{said}，不是上一年的"
        else:
            addresses = addresses_of(name, last.form) or ("",)
            figures = last.report.figures
            if all(address in figures for address in addresses):
                return sum((figures[address] for address in addresses), 0)
            why = f"“{last.name}”里没有“{name}”"

        raise _Fault(NO_LAST_YEAR.at(place, binding=binding, why=why, year=year))

    def _number_named(self, name: str, binding: str, place: Place) -> Number:
        """Return the figure, or the sum of figures, of this name."""
        addresses = addresses_of(name, self.form)
        if addresses is None:
            terms = [term.name for term in self.form.speech.terms]
            known = nearest(name, [*terms, *self._known_names]) or nearest(name, self.form.figures)
            hint = f"；最接近的是“{known}”" if known else ""
            raise _Fault(
                UNKNOWN_NAME.at(place, binding=binding, name=name, nearest=hint, actual=name)
            )

        missing = [a for a in addresses if a not in self.report.figures]
        if missing:
            raise _Fault(self._without_value(missing[0], binding, place))

        return sum((self.report.figures[address] for address in addresses), 0)

    def _without_value(self, address: str, binding: str, place: Place) -> Finding:
        """Return the finding on a figure that was not filled in, or whose table is absent."""
        if address in self.form.figures:
            missing = self.form.figures[address].label
            return NO_VALUE.at(place, binding=binding, missing=missing)

        key = Address(address).figure[0]
        table = next(table for table in self.form.tables if table.key == key)
        cure = f"{table.short}写的是“{table.absent}”，正文里的这句话删去。"
        return NO_VALUE.at(place, binding=binding, missing=table.short, cure=cure)

    @property
    def _known_names(self) -> Iterable[str]:
        """The names of facts."""
        facts = facts_of(self.form)
        return (*_YEARS, *(facts[address] for address in _FACTS if address in facts))

    @property
    def _fact_values(self) -> dict[str, str | None]:
        """What the facts print, by normal name and by address; a short name may be missing."""
        report = self.report
        date = report.signature.date
        values = {
            "year": str(report.year) if report.year else None,
            "body.name": report.body.name,
            "body.short_name": report.body.short_name or report.body.name,
            "signature.name": report.signature.name,
            "signature.date": print_date(date) if date else None,
        }
        known = facts_of(self.form)
        facts = {
            normal(name): value
            for address, value in values.items()
            if address in known
            for name in (address, known[address])
        }
        for name, shift in _YEARS.items():
            facts[name] = str(report.year + shift) if report.year else None

        return facts


def addresses_of(name: str, form: Form) -> tuple[str, ...] | None:
    """Return the figures that a name, or an address, stands for in this form; else None."""
    if name in form.figures:
        return (name,)
    wanted = normal(name)
    found = (t.addresses for t in form.speech.terms if normal(t.name) == wanted)
    return next(found, None)


def _read_filters(parts: list[str], binding: str, place: Place) -> _Filters:
    """Read what stands after the bars. Raise _Fault for what is no filter."""
    filters = _Filters()
    for part in parts:
        share, worded = re.fullmatch(_SHARE, part), re.fullmatch(_WORDED, part)
        if part == _CHANGE and not filters.change and not filters.share_of:
            filters = filters._replace(change=True)
        elif share and not filters.share_of and not filters.change:
            filters = filters._replace(share_of=share[1].strip())
        elif worded and worded[1] == "有" and filters.some is None and worded[2]:
            filters = filters._replace(some=worded[2])
        elif worded and worded[1] == "无" and filters.none is None:
            filters = filters._replace(none=worded[2] or "")
        else:
            can = "“占 名称”或“同比”，“有 文字”，“无 文字”"
            raise _bad_binding(
                binding, place, f"“{part[:20]}”不是这里的写法；竖线后面只能是{can}，各一次"
            )

    return filters


def _bad_binding(binding: str, place: Place, why: str) -> _Fault:
    """Return the fault of a reference that is not written as one."""
    return _Fault(BAD_BINDING.at(place, binding=binding[:60], why=why))


def percentage(part: Number, whole: Number) -> str:
    """Return the share with one decimal, halves rounded up, from exact numbers."""
    from fractions import Fraction  # slow to import, and few reports need it

    thousandths = Fraction(part) / Fraction(whole) * 1000
    rounded = int(abs(thousandths) + Fraction(1, 2))
    sign = "-" if thousandths < 0 and rounded else ""
    return f"{sign}{rounded // 10}.{rounded % 10}%"


def _change_in_words(before: Number, after: Number) -> str:
    """Return what became of a number: 增长12.5%, 下降3.2% or 持平, rounded as a share is."""
    if before == after or not before:
        return "持平"
    way, gap = ("增长", after - before) if after > before else ("下降", before - after)
    share = percentage(gap, before)
    return f"{way}{share}" if share != "0.0%" else f"{way}不足0.1%"


def _spell_out(text: str, form: Form) -> str:
    """Return a paragraph as the form has it ready, where it is one in the words of a blank."""
    wanted = normal(text) if "【" in text else ""
    ready = (each.text for each in form.speech.ready if wanted and normal(each.words) == wanted)
    return next(ready, text)


def binding_parts(text: str) -> list[str]:
    """Return the references in a text as they are written, in order."""
    return [match[0] for match in re.finditer(_BINDING, text)]
