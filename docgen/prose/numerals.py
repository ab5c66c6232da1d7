"""Numbers as people write them in a sentence: 12, １２, 1,234, 十二, 一百二十, 两, 3.5万, 12.5%."""

import re
from decimal import Decimal
from typing import NamedTuple

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_ORDER = "一二三四五六七八九"
#: Digits said one by one, as in 二〇二四: 〇, ○ and 零 are all written for 0.
DIGITS = str.maketrans(f"〇○零{_ORDER}", "000123456789")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF10, 0xFF1A)}
# ２, １2; not 12.
_WIDE_DIGIT = re.compile("[０-９]")

#: What is counted, the longer first. A number beside none of these is no count.
COUNTED = (
    "(?:万元|亿元|个百分点|百分点|人次|场次|件次|期次|批次|篇次"
    "|[件条份宗起例次元个项部期场篇笔人家名册张%])"
)
# 超过, 约; not 约定.
_ABOUT_BEFORE = re.compile("(?:约|近|超过?|逾|不足|至少|多达|大于|小于|高于|低于)$")

# 12件, 十二件; not 件.
_START = re.compile("[0-9零〇一二两三四五六七八九十百千]")
# 1,234件, 百分之五, 十二; not 件.
_NUMBER = re.compile(
    r"(?:(?P<plain>[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<scale>[万亿](?!元))?"
    r"|(?P<hundredth>百分之)?(?P<words>[零〇一二两三四五六七八九十百千万亿点]+))"
    r"(?P<about>余|多|来|几)?"
    rf"(?P<unit>{COUNTED})?(?P<over>以上|左右|以内|以下|余)?"
)
_NAMING = "第〔[每"
# match: ，同比; not 件.
_END = re.compile(r"[，。；：、！）)\s]|$")


class StatedNumber(NamedTuple):
    """A count, amount or percentage: its value (None if only about), unit, and where it stands."""

    value: Decimal | None
    unit: str
    decimals: int
    start: int
    end: int


def numbers(text: str) -> list[StatedNumber]:
    """Return the numbers of a sentence in order, but none that names something (第20条)."""
    found = []
    start = _START.search(text)
    while start:
        match = _NUMBER.match(text, start.start())
        assert match  # it matches wherever a number may start
        number = _read_number(text, match)
        if number:
            found.append(number)
        start = _START.search(text, match.end())
    return found


def _read_number(text: str, match: re.Match[str]) -> StatedNumber | None:
    """Return the number of a match; None where it names something or counts nothing."""
    start, end = match.span()
    unit = match["unit"] or ("%" if match["hundredth"] else "")
    if not unit and not (match["plain"] and _END.match(text, end)):
        return None
    value = None if start and text[start - 1] in _NAMING else _value_of(match)
    if value is None:
        return None
    # 1.2万 is told in myriads, so hardly to the last one
    about = match["scale"] or match["about"] or match["over"]
    known = None if about or _ABOUT_BEFORE.search(text, max(start - 2, 0), start) else value
    return StatedNumber(known, unit, len(str(value).partition(".")[2]), start, end)


def _value_of(match: re.Match[str]) -> Decimal | None:
    if match["plain"]:
        return Decimal(match["plain"].replace(",", "").replace("，", ""))
    return read_words(match["words"])


def read_words(words: str) -> Decimal | None:
    """Return the value of a number in Chinese words; None for what is none (零一, 一一, 点)."""
    whole, point, fraction = words.partition("点")
    if point and (not whole or not fraction or any(c not in _DIGITS for c in fraction)):
        return None
    if not whole or (len(whole) > 1 and all(character in _DIGITS for character in whole)):
        return None  # 二〇二四: digits one by one are a year or a code, not a count

    high = low = section = digit = 0  # beyond 亿, beyond 万, within 万, and a digit still open
    for character in whole:
        if character in _DIGITS:
            if digit:
                return None  # 二三: two digits with no unit between them
            digit = _DIGITS[character]
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        elif character == "万":
            low, section, digit = low + (section + digit) * 10**4, 0, 0
        else:
            high, low, section, digit = (high + low + section + digit) * 10**8, 0, 0, 0

    value = high + low + section + digit
    return Decimal(f"{value}.{''.join(str(_DIGITS[c]) for c in fraction)}" if point else value)


def write_words(number: int) -> str:
    """Return a number of a list in Chinese: 三, 十二, 二十; from 1 to 99."""
    tens, ones = divmod(number, 10)
    shown = "" if not tens else "十" if tens == 1 else f"{_ORDER[tens - 1]}十"
    return shown + (_ORDER[ones - 1] if ones else "")


def narrow_digits(text: str) -> str:
    """Return a text with its full-width digits half-width, at the same length."""
    return text.translate(_NARROW) if _WIDE_DIGIT.search(text) else text
