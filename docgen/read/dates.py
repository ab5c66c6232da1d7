"""Days as offices write them: `2025年1月20日`, `2025/1/20`, `二〇二五年一月二十日`, a date cell."""

import contextlib
import datetime
import re
import unicodedata

from docgen.finding import Finding, Rule
from docgen.model import print_date
from docgen.prose.numerals import DIGITS
from docgen.read.entry import Entry, Literal

BAD_DATE = Rule(
    code="R106",
    name="日期不成立",
    severity="error",
    needs=("report",),
    message="“{label}”填的是“{value}”，读不出真实的年月日",
    why="成文日期用阿拉伯数字，年份写全，月日不编虚位（GB/T 9704—2012 第 7.3.5.4 条）。",
    example="“2025年2月30日”“二〇二五年一月”。",
    cure="写成 2025年1月20日 的样子。",
    basis="GB/T 9704—2012 7.3.5.4（应）",
)
READ_DATE = Rule(
    code="R122",
    name="日期的写法作了整理",
    severity="note",
    needs=("report",),
    message="“{label}”填的是“{value}”，按 {date} 读",
    why="日期的写法不同，或格子里存的是 Excel 的日期序号（从 1900 年起的天数）；是哪一天没有变。",
    example="“45677”按 2025年1月20日 读。",
    cure="请看一眼是否这一天；无误则不用改。",
    since="0.2.0",
)

# fullmatch: 1月20日, 1/20; not 20日.
_MONTH_DAY = re.compile(r"([0-9]{1,2})\s*[月/.-]\s*([0-9]{1,2})\s*日?")
# fullmatch: 2025年1月20日, 2025-1-20; not 二〇二五年1月20日, 2025年1月.
_DATE = re.compile(r"([0-9]{4})\s*[年/.-]\s*([0-9]{1,2})\s*[月/.-]\s*([0-9]{1,2})\s*日?")
#: As programs export a day: 20250120, 2025-01-20 00:00:00; not 202501, not 2025-01-20 09:30.
_EXPORTED = re.compile(r"([0-9]{4})([-/]?)([0-9]{1,2})\2([0-9]{1,2})(?: 0{1,2}:00(?::00)?)?")
#: A day's number in Excel, of the years 2008 to 2199: 45677 is 2025-01-20.
_SERIAL = re.compile(r"(?:39[4-9]|[4-9][0-9]{2}|10[0-9]{2})[0-9]{2}(?:\.0+)?")
_FIRST_DAY = datetime.date(1899, 12, 30)
#: Chinese numerals up to 39: 十, 二十, 三十一, 十二; not 廿, not 百.
_TENS = re.compile("([二三])?十([一二三四五六七八九])?")


def read_date(
    entry: Entry, label: str, *, next_to: int | None = None
) -> tuple[datetime.date | None, list[Finding]]:
    """Return the real day an entry names, and what is to be said of it.

    Without a year it is in the one after `next_to`.
    """
    value = entry.text[:40]
    if isinstance(entry.value, datetime.datetime):
        return entry.value.date(), []
    if date := _read_day(entry.text, next_to):
        return date, []

    # a program that writes JSON counts no days
    plain = "" if isinstance(entry.value, Literal) else _plain_digits(entry.text)
    if date := _read_day(plain, next_to) or _exported_day(plain) or _serial_day(plain):
        note = READ_DATE.at(entry.place, label=label, value=value, date=print_date(date))
        return date, [note]

    return None, [BAD_DATE.at(entry.place, label=label, value=value, actual=value)]


def _read_day(text: str, next_to: int | None) -> datetime.date | None:
    """Return the day in the usual writing; a month and a day alone are of the next year."""
    if digits := _DATE.fullmatch(text):
        return _real_day(*digits.groups())
    if next_to and (digits := _MONTH_DAY.fullmatch(text)):
        return _real_day(next_to + 1, *digits.groups())
    return None


def _real_day(*numbers: object) -> datetime.date | None:
    """Return the day of year, month and day, if there is such a day."""
    with contextlib.suppress(ValueError):
        year, month, day = (int(str(number)) for number in numbers)
        return datetime.date(year, month, day)
    return None


def _plain_digits(text: str) -> str:
    """Return a short text with its figures half-width and Arabic."""
    if len(text) > 40:
        return ""
    tens = _TENS.sub(lambda m: f"{m[1] or '一'}{m[2] or '〇'}", unicodedata.normalize("NFKC", text))
    return tens.translate(DIGITS)


def _exported_day(text: str) -> datetime.date | None:
    """Return the day in a writing of programs."""
    found = _EXPORTED.fullmatch(text)
    if not found or (not found[2] and len(found[3] + found[4]) < 4):
        return None
    return _real_day(found[1], found[3], found[4])


def _serial_day(text: str) -> datetime.date | None:
    """Return the day of this number in Excel."""
    if not _SERIAL.fullmatch(text):
        return None
    return _FIRST_DAY + datetime.timedelta(days=int(text.partition(".")[0]))
