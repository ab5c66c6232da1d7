"""Running text: tidied at its ends, refused where a character cannot be printed."""

import unicodedata

from docgen.catalogue import read
from docgen.finding import Finding
from docgen.read.entry import Entry, Literal, NoResult, spelled
from docgen.read.garbled import find_garbled

#: What a cell of a workbook holds at most; a name or a title is a line or two.
MOST_TEXT, MOST_NAME = 32_767, 200
MOST_LINES = 4


def tidy_line(
    entry: Entry, label: str, *, breaks: bool = False, most: int = MOST_TEXT
) -> tuple[str | None, list[Finding]]:
    """One line of text (several, where `breaks` allows it, as in a title), or why it is none."""
    fault = _not_text(entry, label) or _too_long(entry, label, most) or _garbled(entry, label)
    if fault:
        return None, [fault]
    lines = _lines(entry)
    if breaks and len(lines) > MOST_LINES:
        expected = f"不超过 {MOST_LINES} 行"
        value = f"{len(lines)} 行文字"
        return None, [read.BAD_FACT.at(entry.place, label=label, value=value, expected=expected)]
    text = "\n".join(lines)
    findings = []
    if text != entry.value:
        findings.append(_tidied(entry, label, "首尾的空格和空行去掉了"))
    bad = _bad_character(text.replace("\n", "") if breaks else text, entry, label)
    return (None, [*findings, bad]) if bad else (text, findings)


def tidy_paragraphs(entry: Entry, label: str) -> tuple[list[str], list[Finding]]:
    """The paragraphs in one cell: a line break there begins another one."""
    fault = _not_text(entry, label) or _too_long(entry, label, MOST_TEXT) or _garbled(entry, label)
    if fault:
        return [], [fault]
    lines = _lines(entry)
    findings = []
    if not lines:
        return [], []
    if len(lines) > 1:
        findings.append(_tidied(entry, label, f"这一格里有换行，分成了 {len(lines)} 段"))
    elif lines != [entry.value]:
        findings.append(_tidied(entry, label, "首尾的空格和空行去掉了"))
    faults = [bad for line in lines if (bad := _bad_character(line, entry, label))]
    return ([], findings + faults) if faults else (lines, findings)


def _lines(entry: Entry) -> list[str]:
    text = str(entry.value).replace("\r\n", "\n").replace("\r", "\n")
    return [line.strip(" \t\u3000\xa0") for line in text.split("\n") if line.strip()]


def _not_text(entry: Entry, label: str) -> Finding | None:
    if isinstance(entry.value, str) and not isinstance(entry.value, Literal):
        return None
    expected = "文字，不是公式" if isinstance(entry.value, NoResult) else "文字"
    value = "公式" if isinstance(entry.value, NoResult) else spelled(entry.value)[:40]
    return read.BAD_FACT.at(entry.place, label=label, value=value, expected=expected)


def _too_long(entry: Entry, label: str, most: int) -> Finding | None:
    text = str(entry.value)
    if len(text) > most:
        return read.TOO_LONG.at(entry.place, label=label, length=len(text), limit=most)
    return None


def _garbled(entry: Entry, label: str) -> Finding | None:
    found = find_garbled(str(entry.value), whole=False)
    if not found:
        return None
    value, meant = (text[:40] for text in (str(entry.value), found.meant))
    return read.GARBLED.at(
        entry.place,
        label=label,
        value=value,
        encoding=found.encoding,
        meant=meant,
        expected=meant,
        actual=value,
    )


def _tidied(entry: Entry, label: str, what: str) -> Finding:
    return read.TIDIED_TEXT.at(entry.place, label=label, what=what)


def _bad_character(text: str, entry: Entry, label: str) -> Finding | None:
    """The first character that a document cannot hold or a reader cannot see, as a finding."""
    if text.isprintable():  # what is wrong is no such text, and most texts are
        return None
    for position, character in enumerate(text, start=1):
        invisible = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        if invisible or ord(character) & 0xFFFE == 0xFFFE:
            name = {"\n": "换行", "\t": "制表符"}.get(character, f"U+{ord(character):04X}")
            return read.BAD_CHARACTER.at(
                entry.place, label=label, position=position, character=name, actual=name
            )
    return None
