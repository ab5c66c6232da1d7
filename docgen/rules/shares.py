"""Shares of a whole stated in the text, recomputed."""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from docgen.catalogue import text
from docgen.finding import Finding
from docgen.model import Reading
from docgen.rules.mentions import Tie, sum_of
from docgen.rules.numerals import Number
from docgen.rules.sentences import FIRST, LAST, SIGN, Sentence

_MARKS = f"[^。；{chr(FIRST)}-{chr(LAST)}]"
_SHARE = (
    rf"({SIGN}){_MARKS}{{0,12}}?占(?:比)?"
    rf"(?:全部|所有|本年|新收|办结|办理|受理|收到|申请|答复|总|数|量|件|总数|的|比|比例|比重|约|为|达|是){{0,10}}({SIGN})"
)

#: How far a share may be off, with decimals and without.
_GAP, _WHOLE_GAP = Decimal("0.1"), Decimal(1)


def check_shares(
    reading: Reading, sentences: Sequence[Sentence], stated: Sequence[Tie]
) -> Iterator[Finding]:
    """Each percentage that can be recomputed and is off by more than a rounding."""
    tied = {(tie.sentence, tie.at): tie for tie in stated}
    for sentence in sentences:
        if "占" in sentence.signs:
            for match in re.finditer(_SHARE, sentence.signs):
                yield from _share(reading, sentence, match, tied)


def _share(
    reading: Reading,
    sentence: Sentence,
    match: re.Match[str],
    tied: dict[tuple[Sentence, int], Tie],
) -> Iterator[Finding]:
    part, share = sentence.number(match[1]), sentence.number(match[2])
    if part.value is None or share.value is None or share.unit != "%" or part.unit == "%":
        return
    tie = tied.get((sentence, match.start(1)))
    wholes = _wholes(reading, sentence, match.start(1), part, tie)
    wholes = [whole for whole in wholes if whole >= part.value and whole]
    if not wholes:
        return
    gap = _GAP if share.decimals else _WHOLE_GAP
    exact = [part.value * 100 / whole for whole in wholes]
    if not any(abs(share.value - value) <= gap for value in exact):
        expected = " 或 ".join(dict.fromkeys(f"{rounded(value, share)}%" for value in exact))
        yield text.SHARE.at(
            sentence.place, expected=expected, actual=said(share), quote=sentence.quote(share)
        )


def _wholes(
    reading: Reading, sentence: Sentence, at: int, part: Number, tie: Tie | None
) -> list[Decimal]:
    """What the number may be a share of: for a fact its wholes, else a total stated before it."""
    before = sentence.numbers[: ord(sentence.signs[at]) - FIRST]
    stated = [number.value for number in before if number.unit == part.unit and number.value]
    # an announced total, and nothing else that it could be a share of
    announced = stated if "其中" in sentence.signs[:at] else []
    if tie is None:
        return announced
    sums = (
        addresses
        for mention in reading.form.speech.mentions
        if mention.key in tie.mention.wholes
        for addresses in mention.sums
    )
    cells = (sum_of(reading, addresses) for addresses in sums)
    return list(dict.fromkeys((*(cell for cell in cells if cell is not None), *announced)))


def rounded(value: Decimal, like: Number) -> str:
    """A recomputed number with the stated one's decimals, a percentage with one or more."""
    digits = max(like.decimals, like.unit == "%")
    return f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"


def said(number: Number) -> str:
    """A stated number with its unit."""
    return f"{number.value:f}{number.unit}"
