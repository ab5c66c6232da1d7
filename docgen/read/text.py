"""Running text: tidied at its ends, refused where a character cannot be printed."""

import re
import unicodedata

from docgen.catalogue import read
from docgen.catalogue.workbook import FORMULA_ERROR
from docgen.finding import Finding
from docgen.printing import UNKNOWN
from docgen.read.entry import Entry, Literal, NoResult, spelled
from docgen.read.garbled import find_garbled

#: What a cell of a workbook holds at most; a name or a title is a line or two.
MOST_TEXT, MOST_NAME = 32_767, 200
MOST_LINES = 4

#: What Excel and WPS show where a formula cannot be worked out, and where a picture is in the cell:
#: matches #REF! and #N/A; not #1楼, not N/A.
_FORMULA_ERROR = re.compile(
    r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)"
    r"|=(?:_xlfn\.)?DISPIMG\([^()\n]{0,100}\)"
)


def find_formula_error(entry: Entry, label: str) -> Finding | None:
    """What a formula that failed left in a text, if it did."""
    found = _FORMULA_ERROR.search(entry.value) if isinstance(entry.value, str) else None
    if found is None:
        return None
    return FORMULA_ERROR.at(entry.place, what=f"“{label}”", error=found[0], actual=found[0])


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
    if breaks:
        kept, bad = _printable(text.replace("\n", ""), entry, label)
        return (kept, [*findings, bad]) if bad else (text, findings)
    text, bad = _printable(text, entry, label)
    return text, [*findings, bad] if bad else findings


def tidy_paragraphs(entry: Entry, label: str) -> tuple[list[str], list[Finding]]:
    """The paragraphs in one cell: a line break there begins another one.

    One that could not be read is shown as such: what stood in it is not missing.
    """
    fault = _not_text(entry, label) or _too_long(entry, label, MOST_TEXT) or _garbled(entry, label)
    if fault:
        return [UNKNOWN], [fault]
    findings = []
    if failed := find_formula_error(entry, label):
        findings.append(failed)
        entry = entry._replace(value=_FORMULA_ERROR.sub(UNKNOWN, str(entry.value)))
    lines = _lines(entry)
    if not lines:
        return [], findings
    if len(lines) > 1:
        findings.append(_tidied(entry, label, f"这一格里有换行，分成了 {len(lines)} 段"))
    elif lines != [entry.value]:
        findings.append(_tidied(entry, label, "首尾的空格和空行去掉了"))
    judged = [_printable(line, entry, label) for line in lines]
    return [text for text, _ in judged if text.strip()], findings + [
        bad for _, bad in judged if bad
    ]


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


def _printable(text: str, entry: Entry, label: str) -> tuple[str, Finding | None]:
    """The text without what a document cannot hold or a reader cannot see; the first such, told.

    The rest is kept for what else there is to say of it: the report is refused anyway.
    """
    if text.isprintable():  # what is wrong is no such text, and most texts are
        return text, None
    bad = [position for position, character in enumerate(text) if _is_bad(character)]
    if not bad:
        return text, None
    first = text[bad[0]]
    name = {"\n": "换行", "\t": "制表符"}.get(first, f"U+{ord(first):04X}")
    fault = read.BAD_CHARACTER.at(
        entry.place, label=label, position=bad[0] + 1, character=name, actual=name
    )
    return "".join(character for character in text if not _is_bad(character)), fault


def _is_bad(character: str) -> bool:
    invisible = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return invisible or ord(character) & 0xFFFE == 0xFFFE
