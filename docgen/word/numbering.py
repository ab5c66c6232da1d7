"""The numbers that Word sets before paragraphs by itself: `一、` of a heading in a list.

They stand nowhere in the text: a list says how its levels count, and its paragraphs are counted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.files.ooxml import Element
from docgen.word.markup import W, child_value
from docgen.word.package import Opened

_DIGITS = "〇一二三四五六七八九"
#: How Word and WPS call counting in Chinese.
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCountingThousand",
}
_CIRCLED = ord("①")
# search: %1、 and （%2）; not 第一.
_LEVEL = re.compile(r"%([1-9])")
_MOST_STYLES = 20  # that one is based on, one upon the other


@dataclass
class _List:
    """One list while it is counted: its levels, and how far each has come."""

    levels: Mapping[int, Element]
    starts: dict[int, int] = field(default_factory=dict)  # what this use of it begins at
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of a document that stand in lists, one after another."""

    def __init__(self, opened: Opened) -> None:
        self._styles = {
            style.get(f"{W}styleId", ""): style
            for style in (() if opened.styles is None else opened.styles.iter(f"{W}style"))
        }
        root = opened.numbering
        kinds: dict[str | None, dict[int, int]] = {}
        self._lists: dict[str | None, _List] = {}
        if root is None:
            return

        levels = {
            kind.get(f"{W}abstractNumId"): {
                _whole(x.get(f"{W}ilvl")): x for x in kind.iter(f"{W}lvl")
            }
            for kind in root.iter(f"{W}abstractNum")
        }
        for use in root.iter(f"{W}num"):
            kind = child_value(use, "abstractNumId")
            starts = {
                _whole(own.get(f"{W}ilvl")): _whole(value)
                for own in use.iter(f"{W}lvlOverride")
                if (value := child_value(own, "startOverride")) is not None
            }
            # uses of one list go on counting, but for one that says where it begins
            counts = {} if starts else kinds.setdefault(kind, {})
            self._lists[use.get(f"{W}numId")] = _List(levels.get(kind, {}), starts, counts)

    def next_label(self, paragraph: Element) -> str:
        """Count a paragraph; return the number before it, blank where it is in no list."""
        key, level = self._find_list(paragraph)
        found = self._lists.get(key)
        if found is None or level not in found.levels:
            return ""

        counts = found.counts
        counts[level] = counts.get(level, self._start_of(found, level) - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

        def number_of(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            count = counts.get(other, self._start_of(found, other))
            own = found.levels.get(other)
            return _spell(count, child_value(own, "numFmt") or "decimal")

        text = child_value(found.levels[level], "lvlText") or ""
        if child_value(found.levels[level], "numFmt") in ("bullet", "none"):
            return ""
        return _LEVEL.sub(number_of, text)

    def _start_of(self, found: _List, level: int) -> int:
        """Return what a level of a list begins at."""
        own = child_value(found.levels.get(level), "start")
        return found.starts.get(level, _whole(own, 1))

    def _find_list(self, paragraph: Element) -> tuple[str | None, int]:
        """Return the list a paragraph is in, itself or by its style, and the level."""
        holder = paragraph.find(f"{W}pPr")
        style = child_value(holder, "pStyle")
        for _ in range(_MOST_STYLES):
            listed = None if holder is None else holder.find(f"{W}numPr")
            if listed is not None:
                return child_value(listed, "numId"), _whole(child_value(listed, "ilvl"))

            named = self._styles.get(style or "")
            if named is None:
                break
            holder, style = named.find(f"{W}pPr"), child_value(named, "basedOn")

        return None, 0


def _whole(value: str | None, default: int = 0) -> int:
    """Return a whole number an attribute gives; the default for none and for nonsense."""
    return (
        int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else default
    )


def _spell(number: int, kind: str) -> str:
    """Return a number as a list counts."""
    if kind in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return ten + (_DIGITS[ones] if ones else "")
    if kind == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(_CIRCLED + number - 1)
    if kind in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if kind == "upperLetter" else letter
    return str(number)
