"""Running text: tidied at its ends, refused where a character cannot be printed or seen."""

import re
import unicodedata
from collections.abc import Iterable

from docgen.finding import Finding, Place, Rule
from docgen.printing import UNKNOWN
from docgen.read.decode import find_garbled
from docgen.read.entry import BAD_FACT, Entry, Literal, NoResult, spelled

BAD_CHARACTER = Rule(
    code="R107",
    name="文字里有不能印出的字符",
    severity="error",
    needs=("report",),
    message="“{label}”第 {position} 个字符是{character}，不能印在公文里",
    why="控制字符在 Word 中会使后面的文字丢失，或使文件打不开。",
    example="从网页复制的文字里夹着一个制表符或不可见字符。",
    cure="把光标放到它后面按退格键删去；看不见的，把这一段重新打一遍。",
)
TIDIED_TEXT = Rule(
    code="R108",
    name="文字作了整理",
    severity="note",
    needs=("report",),
    message="“{label}”{what}",
    why="段首缩进由版面决定；文字首尾的空格不是正文。整理过的地方都列在这里，以便核对。",
    example="段首打了两个空格。",
    cure="请看一眼是否合原意；无误则不用改。",
)
UNSEEN = Rule(
    code="R123",
    name="看不见的字符去掉了",
    severity="note",
    needs=("report",),
    message="有 {count} 格里夹着看不见的字符（{characters}），去掉了",
    why="从网页和 Word 复制时会带来不占位置的字符；去掉以后，看得见的一个字也不少。",
    example="“检查次数”四个字中间夹着一个 U+200B。",
    cure="不用改。",
    since="0.2.0",
)
TOO_LONG = Rule(
    code="R130",
    name="文字太长",
    severity="error",
    needs=("report",),
    message="“{label}”有 {length} 个字，超过上限 {limit} 个",
    why="名称和标题只有一两行；一段也不会比一格放得下的还长。这么长的多半是贴错了地方。",
    example="把整篇报告贴进了“机关名称”一格。",
    cure="核对是不是贴错了地方；正文太长的，分成几段写。",
    since="0.2.0",
)
GARBLED = Rule(
    code="R131",
    name="文字是乱码",
    severity="error",
    needs=("report",),
    message="“{label}”填的“{value}”是乱码，{encoding} 的文字被当成别的编码读过，原来像是“{meant}”",
    why="存的时候和读的时候用的编码不同，中文就成了别的字；照着印出去就是错的。",
    example="从别的系统导出的机关名称成了“ä¹Œè‹å¸‚”。",
    cure="从原来的系统重新导出，编码选 UTF-8；或在这里重新填。",
    since="0.2.0",
)
FORMULA_ERROR = Rule(
    code="R409",
    name="公式出了错",
    severity="error",
    needs=("report",),
    message="{what}里有“{error}”",
    why="公式引用的格子没有了，或算不出来；印出来就是一串看不懂的符号。",
    example="“年度”的公式引用的表删了，显示 #REF!。",
    cure="把这一格的公式删去，直接填写内容。",
    since="0.2.0",
)

#: What a cell of a workbook holds at most; a name or a title is a line or two.
MOST_TEXT, MOST_NAME = 32_767, 200
MOST_LINES = 4

#: What Excel and WPS show where a formula cannot be worked out, and where a picture is in the cell:
#: matches #REF! and #N/A; not #1楼, not N/A.
_FORMULA_ERROR = re.compile(
    r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)"
    r"|=(?:_xlfn\.)?DISPIMG\([^()\n]{0,100}\)"
)

#: Breaks that Word and web pages leave inside a cell. Between two digits they may part two figures.
_BREAKS = "\v\f\u2028\u2029"
#: Matches the U+200B of `1\u200b2` and the soft hyphen of `公\u00ad开`; not a space, a tab, a new
#: line, nor U+202E, which turns round what stands after it.
_RUN = re.compile(f"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff{_BREAKS}]+")


def without_unseen(entry: Entry) -> Entry:
    """Return the entry without such characters; the same one where there is none."""
    if not isinstance(entry.value, str) or entry.value.isprintable():
        return entry
    text = _RUN.sub(_kept_breaks, entry.value)
    return entry if text == entry.value else entry._replace(value=text)


def _kept_breaks(run: re.Match[str]) -> str:
    """Return what is left of a run of unseen characters: breaks between two digits."""
    text, start, end = run.string, run.start(), run.end()
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if before.isdigit() and after.isdigit():
        return "".join(character for character in run[0] if character in _BREAKS)
    return ""


def told_unseen(pairs: Iterable[tuple[Entry, Entry]]) -> list[Finding]:
    """Note once all entries of a sheet from which something was taken out."""
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


def find_formula_error(entry: Entry, label: str) -> Finding | None:
    """Return what a formula that failed left in a text, if it did."""
    found = _FORMULA_ERROR.search(entry.value) if isinstance(entry.value, str) else None
    if found is None:
        return None
    return FORMULA_ERROR.at(entry.place, what=f"“{label}”", error=found[0], actual=found[0])


def tidy_line(
    entry: Entry, label: str, *, breaks: bool = False, most: int = MOST_TEXT
) -> tuple[str | None, list[Finding]]:
    """Return one line of text (several, where `breaks` allows it, as in a title) and its faults."""
    fault = (
        _tell_no_text(entry, label)
        or _tell_too_long(entry, label, most)
        or _tell_garbled(entry, label)
    )
    if fault:
        return None, [fault]

    lines = _lines_of(entry)
    if breaks and len(lines) > MOST_LINES:
        expected = f"不超过 {MOST_LINES} 行"
        value = f"{len(lines)} 行文字"
        return None, [BAD_FACT.at(entry.place, label=label, value=value, expected=expected)]

    text = "\n".join(lines)
    findings = []
    if text != entry.value:
        findings.append(_note_tidied(entry, label, "首尾的空格和空行去掉了"))
    if breaks:
        kept, bad = _keep_printable(text.replace("\n", ""), entry, label)
        return (kept, [*findings, bad]) if bad else (text, findings)

    text, bad = _keep_printable(text, entry, label)
    return text, [*findings, bad] if bad else findings


def tidy_paragraphs(entry: Entry, label: str) -> tuple[list[str], list[Finding]]:
    """Return the paragraphs in one cell: a line break there begins another one.

    One that could not be read is shown as such: what stood in it is not missing.
    """
    fault = (
        _tell_no_text(entry, label)
        or _tell_too_long(entry, label, MOST_TEXT)
        or _tell_garbled(entry, label)
    )
    if fault:
        return [UNKNOWN], [fault]

    findings = []
    if failed := find_formula_error(entry, label):
        findings.append(failed)
        entry = entry._replace(value=_FORMULA_ERROR.sub(UNKNOWN, str(entry.value)))

    lines = _lines_of(entry)
    if not lines:
        return [], findings
    if len(lines) > 1:
        findings.append(_note_tidied(entry, label, f"这一格里有换行，分成了 {len(lines)} 段"))
    elif lines != [entry.value]:
        findings.append(_note_tidied(entry, label, "首尾的空格和空行去掉了"))

    judged = [_keep_printable(line, entry, label) for line in lines]
    return [text for text, _ in judged if text.strip()], findings + [
        bad for _, bad in judged if bad
    ]


def _lines_of(entry: Entry) -> list[str]:
    """Return the lines of a text that hold anything, without the white space around them."""
    text = str(entry.value).replace("\r\n", "\n").replace("\r", "\n")
    return [line.strip(" \t\u3000\xa0") for line in text.split("\n") if line.strip()]


def _tell_no_text(entry: Entry, label: str) -> Finding | None:
    """Tell of a number, a formula or the like where text belongs."""
    if isinstance(entry.value, str) and not isinstance(entry.value, Literal):
        return None
    expected = "文字，不是公式" if isinstance(entry.value, NoResult) else "文字"
    value = "公式" if isinstance(entry.value, NoResult) else spelled(entry.value)[:40]
    return BAD_FACT.at(entry.place, label=label, value=value, expected=expected)


def _tell_too_long(entry: Entry, label: str, most: int) -> Finding | None:
    """Tell of a text that is longer than fits there."""
    text = str(entry.value)
    if len(text) > most:
        return TOO_LONG.at(entry.place, label=label, length=len(text), limit=most)
    return None


def _tell_garbled(entry: Entry, label: str) -> Finding | None:
    """Tell of a text that was read in a wrong encoding, and what it was."""
    found = find_garbled(str(entry.value), whole=False)
    if not found:
        return None

    value, meant = (text[:40] for text in (str(entry.value), found.meant))
    return GARBLED.at(
        entry.place,
        label=label,
        value=value,
        encoding=found.encoding,
        meant=meant,
        expected=meant,
        actual=value,
    )


def _note_tidied(entry: Entry, label: str, what: str) -> Finding:
    """Note what was tidied in a text."""
    return TIDIED_TEXT.at(entry.place, label=label, what=what)


def _keep_printable(text: str, entry: Entry, label: str) -> tuple[str, Finding | None]:
    """Return the text without what a document cannot hold or a reader cannot see; tell the first.

    The rest is kept for what else there is to say of it: the report is refused anyway.
    """
    if text.isprintable():  # what is wrong is no such text, and most texts are
        return text, None

    bad = [position for position, character in enumerate(text) if _is_bad(character)]
    if not bad:
        return text, None

    first = text[bad[0]]
    name = {"\n": "换行", "\t": "制表符"}.get(first, f"U+{ord(first):04X}")
    fault = BAD_CHARACTER.at(
        entry.place, label=label, position=bad[0] + 1, character=name, actual=name
    )

    return "".join(character for character in text if not _is_bad(character)), fault


def _is_bad(character: str) -> bool:
    """Whether a character is a control, is unseen, or is none in XML."""
    invisible = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return invisible or ord(character) & 0xFFFE == 0xFFFE
