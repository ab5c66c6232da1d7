"""Lists that announce a total: what the form knows to be all parts, or what says that it is all."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from docgen.catalogue import text
from docgen.finding import Finding
from docgen.forms.speech import Partition
from docgen.model import Reading
from docgen.rules.mentions import Tie, sum_of
from docgen.rules.numerals import Number
from docgen.rules.patterns import Pattern
from docgen.rules.sentences import FIRST, LAST, SIGN, Sentence

_LABEL = f"[^。；：（）{chr(FIRST)}-{chr(LAST)}]{{0,24}}"
_ITEM = f"{_LABEL}{SIGN}"
_OPEN = (
    rf"({SIGN})(?:"
    rf"（(?!其中|如|含|包括|包含|较|比|同比)(?P<inside>{_ITEM}(?:[、，]{_ITEM})+)）"
    rf"|(?:：|，?其中[，：]?|，?包括：?)"
    rf"(?P<rest>{_ITEM}(?:[、，；]{_ITEM}){{0,40}}[、，；](?:其他|其余|其它)[^。；，、：（）]{{0,8}}?{SIGN})"
    rf"|，(?:其中)?[^。；：（）{chr(FIRST)}-{chr(LAST)}]{{0,30}}分别(?:为|是|有)?(?P<each>{SIGN}(?:(?:、|，|和){SIGN})+)"
    rf")"
)
#: One of these is in every sentence that `_OPEN` matches; that one takes 4 ms to compile.
_CLOSING = Pattern(rf"{SIGN}（|其[他余它]|分别")

#: One thing may be counted under several of these: such items need not add up.
_OVERLAP = (
    "[一二三四]级|网站|微信|微博|公众号|抖音|客户端|平台|媒体|渠道|"
    "参加|参与|培训.*会议|较|同比|增|减|办结|答复|结转|回复|阅读|点击"
)


def check_lists(
    reading: Reading, sentences: Sequence[Sentence], stated: Sequence[Tie], wrong: Sequence[Tie]
) -> Iterator[Finding]:
    """Each list whose items do not make its total. What is wrong by itself is told already."""
    told = {(tie.sentence, tie.at) for tie in wrong}
    found = set()
    for sentence, group in groupby(stated, key=lambda tie: tie.sentence):
        ties = list(group)
        for partition in reading.form.speech.partitions:
            listed = _listed(reading, partition, ties)
            if listed and not any((tie.sentence, tie.at) in told for tie in listed):
                total, *parts = listed
                values = [tie.value for tie in parts]
                if total.number and sum(values) != total.value and sentence not in found:
                    found.add(sentence)
                    yield _finding(sentence, total.number, values)
    tied = {(tie.sentence, tie.at) for tie in stated}
    for sentence in sentences:
        if sentence not in found and _CLOSING.search(sentence.signs):
            yield from _announced(sentence, tied)


def _listed(reading: Reading, partition: Partition, ties: Sequence[Tie]) -> list[Tie]:
    """The total and its parts, if the sentence gives every part that is not 0; else nothing."""
    total = None
    parts: list[Tie] = []
    missing = set(partition.parts)
    for tie in ties:
        covered = set(tie.mention.key.split("+")) & missing
        if tie.mention.key == partition.whole and total is None:
            total = tie
        elif total and covered and not tie.part and (parts or _depth(total, tie) >= 0):
            parts.append(tie)
            missing -= covered
        elif total and not parts and _depth(total, tie) <= 0:
            total = None  # what follows is a part of something else
    if total is None or total.number is None:
        return []
    if len(parts) < 2:
        return []
    for mention in reading.form.speech.mentions:
        if mention.key in missing and any(sum_of(reading, sums) != 0 for sums in mention.sums):
            return []
    return [total, *parts]


def _depth(before: Tie, tie: Tie) -> int:
    """How many brackets were opened, less those closed, since what is before."""
    between = before.sentence.signs[before.at : tie.at]
    return between.count("（") - between.count("）")


def _announced(sentence: Sentence, tied: set[tuple[Sentence, int]]) -> Iterator[Finding]:
    for match in re.finditer(_OPEN, sentence.signs):
        items = match["inside"] or match["rest"] or match["each"]
        start = match.start("inside" if match["inside"] else "rest" if match["rest"] else "each")
        signs = [start + sign.start() for sign in re.finditer(SIGN, items)]
        total = sentence.number(match[1])
        parts = [sentence.number(sentence.signs[at]) for at in signs]
        values = [p.value for p in parts if p.unit == total.unit and p.value is not None]
        if len(values) < len(parts) or total.value is None or total.unit in ("", "%"):
            continue
        if match["inside"] and "解读" in items:
            continue  # one text may be explained in several ways
        # facts of the form are held together by its partitions alone
        if re.search(_OVERLAP, items) or any((sentence, at) in tied for at in signs):
            continue
        if sum(values) != total.value and not _goes_on(sentence, total, match.end("rest"), values):
            yield _finding(sentence, total, values)


def _goes_on(sentence: Sentence, total: Number, end: int, values: Sequence[Decimal]) -> bool:
    """Whether a list makes its total with what follows `其他`: 其他结果1件，尚未审结3件."""
    summed = sum(values)
    while end > 0 and (match := re.compile(f"[、，；]{_ITEM}").match(sentence.signs, end)):
        item, end = sentence.number(match[0][-1]), match.end()
        if item.unit != total.unit or item.value is None:
            return False
        summed += item.value
        if summed == total.value:
            return True
    return False


def _finding(sentence: Sentence, total: Number, values: Sequence[Decimal]) -> Finding:
    shown = f"{sum(values):f}"
    return text.LIST_SUM.at(
        sentence.place,
        expected=shown,
        actual=f"{total.value:f}",
        quote=sentence.quote(total),
        total=f"{total.value:f}{total.unit}",
        items="、".join(f"{value:f}" for value in values),
        sum=shown,
    )
