"""Mentions: figures stated in the text, tied to the facts a form declares, and compared.

What ties words to cells is data of the form. A number is tied only where the phrase around it
is one of those, speaks of the report's own year and body, and of the whole of it.
"""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from docgen.forms.form import Form, Kind
from docgen.forms.speech import Mention, Speech, Sum
from docgen.model import Reading
from docgen.rules.numerals import Number
from docgen.rules.sentences import SIGN, Sentence

_SCALE = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}

#: A clause with one of these before the phrase counts a part, a change, or what is not yet.
_ASIDE = re.compile(
    "同比|环比|较|比|增加|增长|减少|下降|平均|每|占|率|网上|网络|在线|线上|线下|信函|邮寄|信件|邮件|当面|现场|"
    "窗口|平台|渠道|途径|方式|电子|传真|涉及|领域|逾期|延期|延长|超期|按期|按时|工作日|提前|当场|当年|当日|目标|"
    "力争|确保|不超过|计划|预计|将|转办|转交|协助|指导|上级|下级|起草|程序|(?<![各两三四])(?<!信息公开)类|结转"
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
_VERB = "(?:收|受理|接收|接到|办(?!公|事)|答复|作出|做出|制发|制定|下达|实施|发生|被|主动公开|公开)"
_SUBJECT = (
    r"([\u4e00-\u9fff]{0,16}?(?:本级|局|委员会|委|办公室|办|厅|镇|乡|街道|政府|院|中心|县|市|区|旗|州|站|所|处|"
    r"公司|机关|部门|单位|系统|信箱|公众号|网站|平台|热线))(?:（[^（）]{0,10}）)?"
    r"(?:20[0-9]{2}年|本年度|全年|年度|共计|累计|合计|总计|依法|因政府信息公开|新|分别|已|均|共|未){0,4}"
    + _VERB
)
_GENERIC = (
    r"(?:我|本|全|各级)[^我本全]{0,8}$"
    r"|(?:^|[年度中，])(?:省|市|县|区|镇|乡|街道|旗|州)?(?:人民)?(?:政府|机关|本级)$"
)
_SCOPE = (
    "(?:我|本|全)(?:省|市|县|区|镇|乡|街道|旗|州|局|委|办|厅|院|机关|级|单位|部门)|[市县区省镇]本级"
    "|[省市县区旗州](?:人民)?政府(?!信息|网|门户|公报|采购|规章|系统|部门)(?:本级|办公[室厅])?"
)
#: In the report of a government with others below it: itself, not all of them.
_OWN_LEVEL = re.compile("本级|政府|办公")
_WITH_OTHERS_BELOW = ("province", "prefecture", "county")

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
    owners, level = _owners(reading), reading.report.body.level
    has_below = level in _WITH_OTHERS_BELOW
    readers = (_Reader(sentence, owners, has_below=has_below) for sentence in sentences)
    return [tie for reader in readers for tie in reader.ties(reading.form)]


def _owners(reading: Reading) -> tuple[str, ...]:
    body = reading.report.body
    names = [name for name in (body.name, body.short_name) if name]
    names += [name.replace("人民政府", "") for name in names]
    return tuple(dict.fromkeys(filter(None, names)))


class _Reader:
    """Ties the numbers of one sentence."""

    def __init__(self, sentence: Sentence, owners: tuple[str, ...], *, has_below: bool) -> None:
        self.sentence, self.owners, self.has_below = sentence, owners, has_below
        self.taken: dict[int, Tie] = {}
        self.said: dict[str, list[int]] = {}  # where each fact is stated

    @cached_property
    def subjects(self) -> list[tuple[int, str]]:
        """Who does something in this sentence, each with where its name ends."""
        return [(match.end(1), match[1]) for match in re.finditer(_SUBJECT, self.sentence.signs)]

    @cached_property
    def scopes(self) -> list[tuple[int, str]]:
        """The words for what is counted over, each with where it ends."""
        signs = self.sentence.signs
        found = [(match.end(), match[0]) for match in re.finditer(_SCOPE, signs)]
        return [(end, name) for end, name in found if not signs[:end].endswith(self.owners)]

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
        scope = _last(self.scopes, match.start())
        narrow = self.has_below and bool(_OWN_LEVEL.search(scope))
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
        return self._is_own_body(start)

    def _is_own_body(self, start: int) -> bool:
        name = _last(self.subjects, start)
        if re.search("各(?!级)", name):
            return False  # 全县各部门
        if not name or re.search(_GENERIC, name):
            return True
        return any(
            name.endswith(owner) or (len(name) > 2 and owner.endswith(name))
            for owner in self.owners
        )


def _last(ended: Sequence[tuple[int, str]], at: int) -> str:
    """The last of these words that ends by this offset; blank if none does."""
    number = bisect_right(ended, at, key=itemgetter(0))
    return ended[number - 1][1] if number else ""


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
