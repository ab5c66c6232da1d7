"""Shares of a whole and rates stated in the text, recomputed."""

import re
from collections.abc import Iterator, Sequence, Set
from decimal import ROUND_HALF_UP, Decimal

from docgen.check.agreement import sum_of
from docgen.check.ties import StatedFacts, Tie
from docgen.finding import Finding, Rule
from docgen.forms.speech import Fact
from docgen.model import Reading
from docgen.prose.measures import Measure
from docgen.prose.numerals import StatedNumber
from docgen.prose.sentences import Sentence, is_sign

SHARE = Rule(
    code="E514",
    name="占比算得不对",
    severity="warning",
    needs=("figures",),
    message="正文“{quote}”写占 {actual}，按数据应为 {expected}",
    why="占比由件数算出；差到 0.1 个百分点以内是取舍，再多就是算错或数已改而占比没改。",
    example="805 件中的 35 件写成占 5.3%。",
    cure="重新计算；可写成引用：{{{{ 数名 | 占 总数名 }}}}。",
)
RATE = Rule(
    code="E522",
    name="比率算得不对",
    severity="warning",
    needs=("figures",),
    message="正文“{quote}”写{what} {actual}，按 {part} 件比 {whole} 件应为 {expected}",
    why="比率由一部分的件数和全部的件数算出；还差一件，就不是 100%。",
    example="检查 4 次，合格 3 次，写成合格率 100%。",
    cure="重新计算；说的是按期完成的比率的，写明“按期”。",
    since="0.2.0",
)

#: How far a share may be off, with decimals and without.
_GAP, _WHOLE_GAP = Decimal("0.1"), Decimal(1)
#: What stands between a number and its share; a share of something else does not.
# 占, 占比为, 占申请总数的; not 占全部文件的.
_SHARE = re.compile(
    "占比?(?:全部|所有|本年|新收|办结|办理|受理|收到|申请|答复|总|数|量|件|的|比|比例|比重|约|为|达|是){0,10}$|^（$"
)
_FAR = 24


def judge_shares(reading: Reading, told: StatedFacts, wrong: Set[Measure]) -> Iterator[Finding]:
    """Report each percentage that can be recomputed and is off by more than a rounding."""
    tied = {tie.measure: tie for tie in told.ties}
    part: Measure | None = None  # the number said last

    for measure in told.measures:
        number = measure.number
        if number is None or measure.is_change:
            continue

        if number.unit != "%":
            part = measure
        elif part and number.value is not None and _is_share(measure, part):
            wholes = _possible_wholes(reading, part, tied.get(part))
            value = part.number.value if part.number else None
            if value is not None and (exact := _right_share(number, value, wholes)):
                yield SHARE.at(
                    measure.sentence.place,
                    expected=exact,
                    actual=said(number),
                    quote=measure.sentence.quote(number),
                )

    yield from _judge_rates(reading, told, {measure.sentence for measure in wrong})


def _is_share(share: Measure, part: Measure) -> bool:
    """Return whether a percentage is a share for the number before it: `3件，占5%`, `3件（5%）`."""
    if part.sentence is not share.sentence or share.at - part.at > _FAR:
        return False
    between = share.sentence.signs[part.at + 1 : share.at]
    apart = any(is_sign(sign) or sign in "；）" for sign in between)
    return bool(_SHARE.search(between)) and not apart


def _possible_wholes(reading: Reading, part: Measure, tie: Tie | None) -> list[Decimal]:
    """Return what a number may be a share of: the total of its list, and for a fact its wholes."""
    wholes = list(_whole_cells(reading, tie.fact)) if tie else []
    whole = part.whole.number if part.whole else None
    if whole and whole.value is not None and whole.unit == part.unit:
        wholes.append(whole.value)
    return wholes


def _whole_cells(reading: Reading, fact: Fact) -> Iterator[Decimal]:
    """Yield what the facts that this one may be a share of are by the tables."""
    for key in fact.wholes:
        alike = [other for other in reading.form.speech.facts if other.key == key]
        sums = (sum_of(reading, addresses) for other in alike for addresses in other.sums)
        yield from sorted({cell for cell in sums if cell is not None})


def _right_share(share: StatedNumber, part: Decimal, wholes: Sequence[Decimal]) -> str:
    """Return what a share should be; blank if it is one of those, or if there are none."""
    exact = [part * 100 / whole for whole in dict.fromkeys(wholes) if whole >= part and whole]
    gap = _GAP if share.decimals else _WHOLE_GAP
    if share.value is None or any(abs(share.value - value) <= gap for value in exact):
        return ""
    return " 或 ".join(dict.fromkeys(f"{rounded(value, share)}%" for value in exact))


def _judge_rates(reading: Reading, told: StatedFacts, wrong: Set[Sentence]) -> Iterator[Finding]:
    """Report each rate that the tables refute: with something left undone it is not 100 %.

    Where a number of the sentence is told to be wrong already, its rate is not told of as well.
    """
    for measure, fact in told.rates:
        number, part = measure.number, sum_of(reading, fact.sums[0])
        wholes = list(_whole_cells(reading, fact))
        if (
            measure.sentence in wrong
            or not number
            or part is None
            or part >= min(wholes, default=0)
        ):
            continue

        if exact := _right_share(number, part, wholes):
            yield RATE.at(
                measure.sentence.place,
                expected=exact,
                actual=said(number),
                quote=measure.sentence.quote(number),
                what=fact.rate,
                part=f"{part:f}",
                whole=" 或 ".join(dict.fromkeys(f"{whole:f}" for whole in wholes)),
            )


def rounded(value: Decimal, like: StatedNumber) -> str:
    """Return a recomputed number with the stated one's decimals, a percentage with one or more."""
    digits = max(like.decimals, like.unit == "%")
    return f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"


def said(number: StatedNumber) -> str:
    """Return a stated number with its unit."""
    return f"{number.value:f}{number.unit}"
