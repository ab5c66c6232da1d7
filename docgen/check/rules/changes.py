"""Changes against last year stated in the text, recomputed where last year's number is at hand.

It is at hand where the sentence states it itself, or where last year's report is given.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from docgen.check.agreement import agrees, in_unit, meets, sum_of
from docgen.check.rules.shares import rounded, said
from docgen.check.ties import StatedFacts, Tie, read_text, scaled
from docgen.finding import Finding, Rule
from docgen.forms.speech import MONEY
from docgen.model import Reading
from docgen.prose.numerals import StatedNumber
from docgen.prose.sentences import SIGN, Sentence

CHANGE = Rule(
    code="E516",
    name="增减幅度算得不对",
    severity="warning",
    needs=("text", "both_years"),
    message="正文“{quote}”写{way} {actual}，按 {before} 到 {after} 应为{right} {expected}",
    why="增减幅度由两年的数算出。",
    example="上年 3607 件、今年 3646 件，写成增长 1.05%，应为 1.08%。",
    cure="用两年的数重新计算。",
)
LAST_NUMBER = Rule(
    code="E517",
    name="说的上年数与上年的报告不同",
    severity="warning",
    needs=("both_years",),
    message="正文“{quote}”说上年的{label}是 {actual}，上年{called}里是 {expected}",
    why="两年的报告都公开，上年的数谁都可以对。",
    example="上年的报告里是 3607 件，今年写“较上年的 3706 件”。",
    cure="对照上年公布的报告改正；上年的数后来更正过的，不用改。",
)
FROM_ZERO = Rule(
    code="E521",
    name="从 0 算不出增幅",
    severity="warning",
    needs=("text", "both_years"),
    message="正文“{quote}”写{way} {actual}，可上年是 0：从 0 起没有百分比可言",
    why="增长百分之几是对上年的数说的，上年一件也没有，就算不出来。",
    example="上年没有收到申请，今年收到 3 件，写成同比增长 300%。",
    cure="改写件数，如“上年没有收到，今年收到 3 件”。",
    since="0.2.0",
)

_UP = ("增长", "增加", "上升", "提高", "增幅")
_WAY = f"(?P<way>{'|'.join(_UP)}|增幅|下降|减少|降低|降幅)(?:了|约)?(?P<change>{SIGN})"
_LAST = "(?:上年度?|上一年度?|去年|(?P<year>20[0-9]{2})年度?)(?:同期)?"
_LAST_NUMBER = rf"(?P<after>{SIGN})[，（]?(?:(?:同比)?(?:较|比)|而)?{_LAST}的?(?P<before>{SIGN})"
_STATED = rf"(?P<after>{SIGN})，?(?:较|比)?{_LAST}(?:的|为)?(?P<before>{SIGN})，?(?:同比)?{_WAY}"
_COMPARED = (
    rf"(?P<after>{SIGN})[，（]?(?:同比|(?:较|比|与|同){_LAST}(?:相比|比)?)，?"
    rf"(?:(?:{'|'.join(_UP)}|下降|减少|降低)了?{SIGN}，)?{_WAY}"
)
#: 148件，较上年增加18件，增长13.8%: what grew, by how many and by how much of last year's.
_BY_BOTH = (
    rf"(?P<after>{SIGN})[，（]?(?:同比|(?:较|比|与|同){_LAST}(?:相比|比)?(?:的?{SIGN})?)，?"
    rf"(?P<by>{'|'.join(_UP)}|下降|减少|降低)了?(?P<gap>{SIGN})，(?:同比)?{_WAY}"
)
#: One of these is in every sentence that compares.
_CUES = ("较", "比", "上年", "上一年", "去年")


def judge_stated_changes(told: StatedFacts) -> Iterator[Finding]:
    """Report changes between two numbers of one sentence."""
    for sentence in _measured_sentences(told):
        if any(word in sentence.signs for word in _CUES):
            for match in re.finditer(_STATED, sentence.signs):
                before = sentence.number(match["before"])
                after = sentence.number(match["after"])
                if before.value is not None and before.unit == after.unit:
                    yield from _judge_change(sentence, match, before.value)
            for match in re.finditer(_BY_BOTH, sentence.signs):
                after, gap = sentence.number(match["after"]), sentence.number(match["gap"])
                share = sentence.number(match["change"]).unit == "%"
                if after.value and gap.value is not None and share and gap.unit == after.unit:
                    sign = 1 if match["by"] in _UP else -1
                    yield from _judge_change(sentence, match, after.value - sign * gap.value)


def _measured_sentences(told: StatedFacts) -> Sequence[Sentence]:
    """Return the sentences with anything measured."""
    return list(dict.fromkeys(measure.sentence for measure in told.measures))


def check_changes(reading: Reading, previous: Reading) -> Iterator[Finding]:
    """Report changes of facts whose number last year is in last year's report."""
    told = read_text(reading)
    stated = {(tie.sentence, tie.measure.at): tie for tie in told.ties}

    for sentence in _measured_sentences(told):
        if any(word in sentence.signs for word in _CUES):
            for match in re.finditer(_COMPARED, sentence.signs):
                tie = stated.get((sentence, match.start("after")))
                before = _last_year(reading, previous, tie) if tie else None
                # after a list the change may be one of its total
                in_list = "其中" in sentence.signs[: match.start("after")]
                if before is not None and _is_of(match, previous) and not in_list:
                    yield from _judge_change(sentence, match, before)
            for match in re.finditer(_LAST_NUMBER, sentence.signs):
                tie = stated.get((sentence, match.start("after")))
                if tie and not tie.part:
                    yield from _last_number(previous, sentence, match, tie)


def _last_number(
    previous: Reading, sentence: Sentence, match: re.Match[str], tie: Tie
) -> Iterator[Finding]:
    """Check last year's number of a fact against last year's tables."""
    before = sentence.number(match["before"])
    sums = [sum_of(previous, addresses) for addresses in tie.fact.sums]
    known = [cell for cell in sums if cell is not None]
    if not _is_of(match, previous) or before.value is None or len(known) < len(sums) or not sums:
        return

    if before.unit == (tie.number and tie.number.unit) and not any(
        meets(before, scaled(before), cell) for cell in known
    ):
        yield LAST_NUMBER.at(
            sentence.place,
            *(previous.place(address) for address in tie.fact.sums[0]),
            expected=" 或 ".join(dict.fromkeys(f"{in_unit(cell, before):f}" for cell in known)),
            actual=said(before),
            quote=sentence.quote(before),
            label=tie.fact.label,
            called=previous.form.called,
        )


def _is_of(match: re.Match[str], previous: Reading) -> bool:
    """Return whether the year compared with, if it is named, is that of last year's report."""
    return not match["year"] or int(match["year"]) == previous.report.year


def _last_year(reading: Reading, previous: Reading, tie: Tie) -> Decimal | None:
    """Return what last year's tables say of this fact, in the unit of this year's number."""
    for addresses in tie.fact.sums:
        cell = sum_of(reading, addresses)
        if cell is not None and agrees(tie, cell) and not tie.part:
            before = sum_of(previous, addresses)
            return in_unit(before, tie.number) if before is not None and tie.number else None
    return None


def _judge_change(sentence: Sentence, match: re.Match[str], before: Decimal) -> Iterator[Finding]:
    """Report a change that does not follow from the numbers before and after it."""
    after, change = sentence.number(match["after"]), sentence.number(match["change"])
    if after.value is None or change.value is None or change.unit not in ("%", after.unit):
        return

    if change.unit == "%" and not before:
        if change.value and after.value:
            yield FROM_ZERO.at(
                sentence.place, actual=said(change), quote=sentence.quote(change), way=match["way"]
            )
        return

    gap = after.value - before
    exact = gap * 100 / before if change.unit == "%" else gap
    stated = change.value * (1 if match["way"] in _UP else -1)

    if abs(stated - exact) > _tolerance_of(change):
        yield CHANGE.at(
            sentence.place,
            expected=f"{rounded(abs(exact), change)}{change.unit}",
            actual=said(change),
            quote=sentence.quote(change),
            way=match["way"],
            right="增长" if exact >= 0 else "下降",
            before=f"{before:f}",
            after=f"{after.value:f}",
        )


def _tolerance_of(change: StatedNumber) -> Decimal:
    """Return how far a change may be off: one of its last digit, at least 0.01; a count by none."""
    counts = change.unit not in ("%", *MONEY)
    return Decimal(0) if counts else Decimal(1).scaleb(-min(change.decimals, 2))
