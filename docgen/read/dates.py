"""Days as offices write them: `2025年1月20日`, `2025/1/20`, a date cell."""

import contextlib
import datetime
import re

from docgen.read.entry import Entry

_MONTH_DAY = re.compile(r"([0-9]{1,2})\s*[月/.-]\s*([0-9]{1,2})\s*日?")
_DATE = re.compile(r"([0-9]{4})\s*[年/.-]\s*([0-9]{1,2})\s*[月/.-]\s*([0-9]{1,2})\s*日?")


def read_date(entry: Entry, *, next_to: int | None = None) -> datetime.date | None:
    """The real day an entry names; without a year it is in the one after `next_to`."""
    if isinstance(entry.value, datetime.datetime):
        return entry.value.date()
    digits = _DATE.fullmatch(entry.text)
    parts = [int(number) for number in digits.groups()] if digits else []
    if next_to and (digits := _MONTH_DAY.fullmatch(entry.text)):
        parts = [next_to + 1, *map(int, digits.groups())]
    if parts:
        with contextlib.suppress(ValueError):
            return datetime.date(*parts)
    return None
