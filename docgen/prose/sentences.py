"""Sentences as signs and words: each number one sign, so that a phrase is the same for any number.

Book titles, quotes and white space are left out: `共收到 12 件` and `共收到十二件` read alike.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from docgen.finding import Place
from docgen.prose.numerals import COUNTED, StatedNumber, narrow_digits, numbers
from docgen.prose.personal import masked

#: The sign of the first number of a sentence; they stand in a private area of Unicode.
FIRST, LAST = 0xE000, 0xF8FF
SIGN = f"[{chr(FIRST)}-{chr(LAST)}]"

MARKS = "，；：、（）"
_MARKS_AS_USUAL = str.maketrans("％．,;:()", "%.，；：（）")
# ％, (, ．; not ，, 12.
_UNUSUAL_MARK = re.compile("[％．,;:()]")
# 《办法》, 12 件, “三个; not 办法.
_DROPPED = re.compile(rf"《[^《》]*》|\s|[“”‘’\"'「」]|{SIGN}")
# What closes after a stop (。”) begins the next sentence here; signs leave quotes out anyhow.
# 加强领导，; not 。.
_SENTENCE = re.compile(r"[^。！？]+")
#: Between what is counted and its number: 共12件, 为12件 and 12件 are one phrase.
# 收到共计, 总数为; not 共同.
_FILLER = re.compile("(?:共计|共有|合计|总计|累计|总共|共|计|为|是|有|达到|达|：)+$")
# 3件, 十二 件, 未收到; not 十分.
_TELLING = re.compile(rf"[0-9０-９]|[零〇一二两三四五六七八九十百千万亿]\s*{COUNTED}|未|没|无|零")
_QUOTE = 60
_LONGEST_HEADING, _STOPS = 30, ("。", "；", "，", "：")

# 较2023年, 上年转入, 全年, 2024年; not 2024号.
_TIME = re.compile(
    r"(?P<aside>(?:较|比|与|同|跟|自|从|于|根据|按照|依据)(?:上一?年|去年|20[0-9]{2}年)"
    r"|(?:因|由|含|对)20[0-9]{2}年"
    r"|(?:上年度?|上一年度?|去年|20[0-9]{2}年度?)(?:未办结)?(?:结转|转结|顺延|留转|转)"
    r"|(?:结转|转结|顺延|延至|转入|转)(?:至|到|入)?(?:20[0-9]{2}年|上一?年|下一?年|次年|明年)"
    r"|1月(?:1日)?起?(?:至|到|—|-)12月|1月1日|12月31日|截[至止](?:到)?(?:12月[底末]|年[底末]|本年度?[底末]))"
    r"|20[0-9]{2}年?(?:至|到|—|-|~|、)20[0-9]{2}年"
    r"|(?P<year>20[0-9]{2})年(?!来)"
    r"|(?P<own>本年|今年|报告期)"
    r"|(?P<all>全年|年内)"
    r"|(?P<piece>上半年|下半年|季度|[0-9]{1,2}月|截至目前)"
    r"|上年|上一年|去年|前年|往年|历年|多年|长期|前[几些]年|近[一二三四五两几0-9]+年|近年|以往|此前|以来|十[一二三四五]五|下一步|下年|明年"
)


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence: as it stands, as signs and words, its numbers, and where it is."""

    text: str
    signs: str
    numbers: tuple[StatedNumber, ...]
    stands: tuple[int, ...]  # where the sign of each number stands
    blanked: str  # the sentence, what the numbers were not looked for in replaced by \0
    place: Place
    paragraph: "ProseParagraph"
    order: int  # among all sentences of its paragraph

    def number(self, sign: str) -> StatedNumber:
        return self.numbers[ord(sign) - FIRST]

    def quote(self, number: StatedNumber | None = None) -> str:
        """Return the sentence, or what stands around a number of a long one."""
        text = self._masked
        if len(text) <= _QUOTE:
            return text
        at = self._kept[number.start] if number else 0
        start = max(min(at - _QUOTE // 2, len(text) - _QUOTE), 0)
        cut = text[start : start + _QUOTE]
        return f"{'…' * (start > 0)}{cut}{'…' * (start + _QUOTE < len(text))}"

    @cached_property
    def times(self) -> list[tuple[int, bool, bool]]:
        """Return, by words about time, where each ends, whether all so far is of the report's year,
        and whether it is of the whole of it."""
        told, own, whole = [], True, True
        for match in _TIME.finditer(self.signs):
            kind = match.lastgroup
            if kind == "piece":
                whole = False
            elif kind == "all":
                whole = True
            elif kind != "aside":
                whole = True
                in_year = kind == "year" and int(match["year"]) == self.paragraph.year
                own = kind == "own" or in_year
            told.append((match.end(), own, whole))

        return told

    def is_own_time(self, end: int) -> bool:
        """Return whether the sentence speaks of the report's year, all of it, up to this offset."""
        number = bisect_right(self.times, end, key=itemgetter(0))
        return number == 0 or all(self.times[number - 1][1:])

    @cached_property
    def words(self) -> str:
        """Return the sentence as its numbers were looked for in it."""
        return self.blanked.replace("\0", "")

    @cached_property
    def _masked(self) -> str:
        return masked(self.text.strip())

    @cached_property
    def _kept(self) -> list[int]:
        """Return where each character of `words` stands in the sentence."""
        return [at for at, character in enumerate(self.blanked) if character != "\0"]


class ProseParagraph:
    """One paragraph with the sentences in it that state something countable."""

    def __init__(self, text: str, place: Place, year: int | None, heading: str) -> None:
        self.text, self.place, self.year, self.heading = text, place, year, heading

    @cached_property
    def words(self) -> str:
        """Return what it speaks of: itself and its heading without book titles and white space."""
        return _DROPPED.sub("", self.heading + self.text)

    def sentences(self) -> Iterator[Sentence]:
        """Yield each sentence that has a number, or a word for none."""
        if not _TELLING.search(self.text):
            return
        for order, match in enumerate(_SENTENCE.finditer(self.text)):
            if _TELLING.search(match[0]):
                yield _read_sentence(match[0], self, order)


def is_sign(character: str) -> bool:
    """Return whether this stands for a number."""
    return FIRST <= ord(character) <= LAST


def paragraphs_of(
    texts: Sequence[str], places: Sequence[Place], year: int | None
) -> Iterator[ProseParagraph]:
    """Yield the paragraphs of one section, each with the heading over it."""
    heading = ""
    for text, place in zip(texts, places, strict=True):
        if len(text) <= _LONGEST_HEADING and not text.endswith(_STOPS):
            heading = text
        yield ProseParagraph(text, place, year, heading)


def _read_sentence(text: str, paragraph: ProseParagraph, order: int) -> Sentence:
    """Return a sentence as signs: each number one, the fillers before it left out."""
    usual = narrow_digits(text)
    if _UNUSUAL_MARK.search(usual):
        usual = usual.translate(_MARKS_AS_USUAL)
    blanked = _DROPPED.sub(lambda match: "\0" * len(match[0]), usual)
    words = blanked.replace("\0", "")
    found = numbers(words)[: LAST - FIRST]
    signs, stands, end = "", [], 0  # `end`: where in the words the last number ended
    for index, number in enumerate(found):
        signs += _FILLER.sub("", words[end : number.start])
        stands.append(len(signs))
        signs += chr(FIRST + index)
        end = number.end
    signs += words[end:]
    place = paragraph.place
    return Sentence(text, signs, tuple(found), tuple(stands), blanked, place, paragraph, order)
