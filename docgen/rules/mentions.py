"""Mentions: figures stated in the text, tied to the facts a form declares, and compared.

What ties words to cells is data of the form. A number is tied only where the phrase around it
is one of those, speaks of the report's own year and body, and of the whole of it.
"""

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from docgen.forms.form import Form, Kind
from docgen.forms.speech import Mention, Speech, Sum
from docgen.model import Reading
from docgen.rules.numerals import Number
from docgen.rules.scopes import Owner, Scopes
from docgen.rules.sentences import SIGN, Sentence

_SCALE = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}

#: A clause with one of these before the phrase counts a part, a change, or what is not yet.
_ASIDE = re.compile(
    "同比|环比|较|比|增加|增长|减少|下降|平均|每|占|率|网上|网络|在线|线上|线下|信函|邮寄|信件|邮件|当面|现场|"
    "窗口|平台|渠道|途径|方式|电子|传真|涉及|领域|逾期|延期|延长|超期|按期|按时|工作日|提前|当场|当年|当日|目标|"
    "力争|确保|不超过|计划|预计|将|转办|转交|协助|指导|上级|下级|起草|程序|[两三]级|重新|撤回|补正|变更|补充|优秀|不规范|疑难|联合|纠正|质量|"
    "为被告|为被申请人|(?<![各两三四])(?<!信息公开)类|结转"
)
#: But what came by all ways, `通过信函、网络等方式共收到`, is the whole.
_ALL_WAYS = re.compile(
    "^.*等(?:多种|各种|各类)?(?:方式|渠道|途径|形式)(?=(?:共计?|总共|累计|合计|总计)$)"
)
#: Who did not receive anything is somebody else, or one of many.
_NOT_ALL = re.compile(
    "个别|部分|多数|大多|少数|有的|有些|一些|其余|其他|其它|各|等|企业|机构|组织|除|以外"
)
_PART = "其中|包括|包含|含|（"
_NONE = "未没无零"
#: How much of a sentence is looked at before a phrase.
_BEFORE = 400


class Tie(NamedTuple):
    """A number in the text and the fact it states."""

    mention: Mention
    sentence: Sentence
    number: Number | None  # None for a phrase that says 0
    at: int  # the offset of the number, or of the phrase, among the sentence's signs
    value: Decimal
    scope: str
    narrow: bool  # the scope is the government itself, in a report on all below it
    part: bool  # it states a part of what the sentence stated before

    @property
    def said(self) -> str:
        """The number with its unit as people would write it."""
        if self.number is None:
            return "0（没有）"
        return f"{self.number.value:f}{self.number.unit}"

    @property
    def quote(self) -> str:
        return self.sentence.quote(self.number)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: most reports need few of them."""
    return re.compile(pattern.replace("#", f"({SIGN})").replace("~", SIGN))


@lru_cache(maxsize=8)
def _by_cue(speech: Speech) -> list[tuple[str, list[tuple[int, Mention]]]]:
    """The mentions with their order, by what must be in a sentence before they are looked for."""
    groups: dict[str, list[tuple[int, Mention]]] = {}
    for order, mention in enumerate(speech.mentions):
        groups.setdefault(mention.cue, []).append((order, mention))
    return list(groups.items())


def ties(reading: Reading, sentences: Sequence[Sentence]) -> list[Tie]:
    """Every number of the text that can be tied to a fact, in order of the text."""
    owner = Owner(reading.report.body)
    readers = (_Reader(sentence, owner) for sentence in sentences)
    return [tie for reader in readers for tie in reader.ties(reading.form)]


class _Reader:
    """Ties the numbers of one sentence."""

    def __init__(self, sentence: Sentence, owner: Owner) -> None:
        self.sentence, self.scopes = sentence, Scopes(sentence.signs, owner)
        self.taken: dict[int, Tie] = {}
        self.said: dict[str, list[int]] = {}  # where each fact is stated

    def ties(self, form: Form) -> list[Tie]:
        signs, paragraph = self.sentence.signs, self.sentence.paragraph
        says_none = any(word in signs for word in _NONE)
        cued = [group for cue, group in _by_cue(form.speech) if cue in signs]
        for _, mention in sorted(itertools.chain(*cued), key=itemgetter(0)):
            if mention.context and not paragraph.speaks_of(mention.context):
                continue
            if self.sentence.numbers:
                for pattern in mention.patterns:
                    for match in _compiled(pattern).finditer(signs):
                        self._tie(mention, match, match.start(1))
            for pattern in mention.zeros if says_none else ():
                for match in _compiled(pattern).finditer(signs):
                    self._tie(mention, match, None)
        return [self.taken[at] for at in sorted(self.taken)]

    def _tie(self, mention: Mention, match: re.Match[str], at: int | None) -> None:
        sentence = self.sentence
        number = None if at is None else sentence.number(match[1])
        # two phrases that say 0 may share their first word: 未发生行政复议、行政诉讼
        where = match.end() - 1 if at is None or mention.also else at
        if where in self.taken or not self._is_whole(mention, match.start()):
            return
        if at is None and self._is_of_others(match.start()):
            return
        value = Decimal(0)
        if number is not None:
            if number.value is None or number.unit not in mention.units:
                return
            value = scaled(number)
        said = self.said.setdefault(mention.key, [])  # usually in order of the text
        before = bisect_left(said, where)
        part = before > 0 and bool(re.search(_PART, sentence.signs[said[before - 1] : where]))
        said.insert(before, where)
        scope = self.scopes.at(match.start())
        narrow = self.scopes.is_narrow(scope)
        self.taken[where] = Tie(mention, sentence, number, where, value, scope, narrow, part)

    def _is_of_others(self, start: int) -> bool:
        """Whether the clause before a phrase that says 0 is about others, or one of many."""
        before = self.sentence.signs[max(start - _BEFORE, 0) : start]
        return bool(_NOT_ALL.search(re.split("[，；：]", before)[-1]))

    def _is_whole(self, mention: Mention, start: int) -> bool:
        """Whether the phrase that begins here is about the report's year, body, and all of it."""
        sentence = self.sentence
        before = max(start - _BEFORE, 0)
        if mention.unless and _compiled(mention.unless).search(sentence.signs, before, start):
            return False
        if _ASIDE.search(_ALL_WAYS.sub("", sentence.before(start))):
            return False
        # a phrase may begin with its own time: 上年结转, 结转下年
        if not sentence.is_own_time(start):
            return False
        return self.scopes.is_own(start)


def scaled(number: Number) -> Decimal:
    """A known number in its smallest unit: amounts in 元."""
    assert number.value is not None
    return number.value * _SCALE.get(number.unit, 1)


def in_unit(amount: Decimal, like: Number) -> Decimal:
    """A count as it is, an amount in 元 in the unit of a stated one."""
    return amount / _SCALE.get(like.unit, 1)


def sum_of(reading: Reading, addresses: Sum) -> Decimal | None:
    """The sum of these cells in the text's own unit (amounts in 元); None if one is missing."""
    form, figures = reading.form, reading.report.figures
    if not addresses or any(a not in figures for a in addresses):
        return None
    total = sum((Decimal(figures[address]) for address in addresses), Decimal(0))
    return total * 10**4 if form.figures[addresses[0]].kind is Kind.AMOUNT else total


def agrees(tie: Tie, cell: Decimal) -> bool:
    """Whether a stated number is the cell's, an amount to the digits that are stated."""
    if tie.number is None or tie.number.unit not in _SCALE:
        return tie.value == cell
    last = _SCALE[tie.number.unit].scaleb(-tie.number.decimals)
    return abs(tie.value - cell) * 2 <= last
