"""Characters that nobody sees: taken out where nothing is lost by it, and told."""

import re
from collections.abc import Iterable

from docgen.finding import Finding, Place, Rule
from docgen.read.entry import Entry

UNSEEN = Rule(
    code="R123",
    name="看不见的字符去掉了",
    severity="note",
    needs=("report",),
    message="有 {count} 格里夹着看不见的字符（{characters}），去掉了",
    why="从网页和 Word 复制时会带来不占位置的字符；去掉以后，看得见的一个字也不少。",
    example="“予以公开”四个字中间夹着一个 U+200B。",
    cure="不用改。",
    since="0.2.0",
)

#: Breaks that Word and web pages leave inside a cell. Between two digits they may part two figures.
_BREAKS = "\v\f\u2028\u2029"
#: Matches the U+200B of `1\u200b2` and the soft hyphen of `公\u00ad开`; not a space, a tab, a new
#: line, nor U+202E, which turns round what stands after it.
_RUN = re.compile(f"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff{_BREAKS}]+")


def without_unseen(entry: Entry) -> Entry:
    """The entry without such characters; the same one where there is none."""
    if not isinstance(entry.value, str) or entry.value.isprintable():
        return entry
    text = _RUN.sub(_kept, entry.value)
    return entry if text == entry.value else entry._replace(value=text)


def _kept(run: re.Match[str]) -> str:
    text, start, end = run.string, run.start(), run.end()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if before.isdigit() and after.isdigit():
        return "".join(character for character in run[0] if character in _BREAKS)
    return ""


def told_unseen(pairs: Iterable[tuple[Entry, Entry]]) -> list[Finding]:
    """One note about all entries of a sheet from which something was taken out."""
    places: list[Place] = []
    characters: set[str] = set()
    for before, after in pairs:
        if before is not after:
            places.append(before.place)
            characters |= set(str(before.value)) - set(str(after.value))
    if not places:
        return []
    named = "、".join(f"U+{ord(character):04X}" for character in sorted(characters))
    return [UNSEEN.at(*places, count=len(places), characters=named)]
