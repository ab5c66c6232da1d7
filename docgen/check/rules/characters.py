"""Characters that were lost, have no shape of their own, or none in the fonts of a document."""

import re
from collections.abc import Iterator, Set

from docgen.check.passages import QUOTE, Prose, Quoted, quoted_at, quoted_names
from docgen.finding import Finding, Rule
from docgen.prose.patterns import Pattern

LOST_CHARACTER = Rule(
    code="E872",
    name="有字丢了，成了乱码",
    severity="error",
    needs=("report",),
    message="“{quote}”里的“{actual}”是转换编码时丢了的字",
    why="生僻字在 GBK 里没有，另存时就变成问号；从别处贴来的乱码也是这样。",
    example="“甘河?镇”（原是生僻字）、“锟斤拷”。",
    cure="对照原稿补上这个字；CSV 另存时选“CSV UTF-8（逗号分隔）”。",
    basis="GB 18030—2022《信息技术 中文编码字符集》",
    waivable=True,
    since="0.2.0",
)


PRIVATE_CHARACTER = Rule(
    code="E873",
    name="有 Word 的项目符号或自造字",
    severity="error",
    needs=("report",),
    message="“{quote}”里有 {count} 个只在原来的字体里才有样子的字符（{actual}）",
    why="从 Word 贴来的项目符号和自造字用的是私有码位，换了字体就印成方框或别的符号。",
    example="段首的项目符号“\uf06c”（U+F06C）。",
    cure="删去这个字符；是编号就打成“一是”“1.”，是人名、地名就改用正式编码的字。",
    basis="GB 18030—2022《信息技术 中文编码字符集》",
    waivable=True,
    since="0.2.0",
)


RARE_CHARACTER = Rule(
    code="E871",
    name="仿宋_GB2312 里没有的字",
    severity="note",
    needs=("text",),
    message="有 {count} 个字仿宋_GB2312 里没有：{actual}",
    why="字体里没有的字，Word 会用别的字体代替，印出来不一样。",
    example="“㎡”“䶮”。",
    cure="符号换个写法（如“平方米”）；人名、地名照用，印出来看一眼。",
)


_HAN = "\u3400-\u9fff"


# 有什么, 是否; not 一共.
_ASKED = Pattern("[吗呢么吧何谁哪几]|什|多少|是否|怎|难道|能不能|是不是|有没有")


# A ? after a question is only a half-width mark, and 共?件 a blank.
# 甘河?镇, 锟斤拷, \ufffd; not 好吗?, 共?件，.
_LOST = Pattern(
    r"\ufffd+|锟斤拷(?:锟斤拷|锟|斤|拷)*|烫烫烫+|屯屯屯+"
    rf"|\?(?<=[{_HAN}、，（《“]\?)\?{{0,3}}(?=[{_HAN}])"
    r"(?!(?:万?元|[件条次宗起份篇期场个项人])[，。；、）])",
    "?", "\ufffd", "锟斤拷", "烫烫烫", "屯屯屯",
)  # fmt: skip


# \ue000, \uf06c; not ㎡.
_PRIVATE = Pattern("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")


def check_lost(prose: Prose) -> Iterator[Finding]:
    """Report characters that a change of encoding or of font has lost, said once a sentence."""
    for text in quoted_names(prose):
        for match in _LOST.finditer(text.text):
            yield LOST_CHARACTER.at(text.place, quote=text.quote, actual=match[0])
        yield from _tell_private(
            text, [match[0] for match in _private_runs(text.text, set(text.text))]
        )

    told = set()
    for match in find_lost(prose):
        bounds = prose.bounds(match.start())
        if bounds not in told:
            told.add(bounds)
            text = quoted_at(prose, match)
            yield LOST_CHARACTER.at(text.place, quote=text.quote, actual=match[0])

    runs: dict[int, list[re.Match[str]]] = {}
    for match in _private_runs(prose.text, prose.characters):
        runs.setdefault(prose.at(match.start()).start, []).append(match)
    for matches in runs.values():
        yield from _tell_private(quoted_at(prose, matches[0]), [match[0] for match in matches])


def find_lost(prose: Prose) -> Iterator[re.Match[str]]:
    """Yield every lost character of the text; a mark after a question is none."""
    for match in _LOST.finditer(prose.text):
        first = max(prose.bounds(match.start())[0], match.start() - 2 * QUOTE)
        if match[0] != "?" or not _ASKED.search(prose.text, first, match.start()):
            yield match


def is_lost(text: str) -> bool:
    """Return whether a name lacks a character."""
    return "?" in text or "\ufffd" in text


def private_in(characters: Set[str]) -> list[str]:
    """Return those of these that have a shape only in the font they were typed in."""
    return [c for c in characters if "\ue000" <= c <= "\uf8ff" or c >= "\U000f0000"]


def _private_runs(text: str, characters: Set[str]) -> list[re.Match[str]]:
    """Return every run of such characters; the set takes 1 ms to compile, and few need it."""
    return list(_PRIVATE.finditer(text)) if private_in(characters) else []


def _tell_private(text: Quoted, runs: list[str]) -> Iterator[Finding]:
    """Report the characters of these runs in one finding, by their codes."""
    found = "".join(runs)
    if found:
        codes = "、".join(dict.fromkeys(f"U+{ord(character):04X}" for character in found[:8]))
        yield PRIVATE_CHARACTER.at(text.place, quote=text.quote, count=len(found), actual=codes)


def check_characters(prose: Prose) -> Iterator[Finding]:
    """Report characters that 仿宋_GB2312 has no shape for, named once."""
    report = prose.reading.report
    names = (report.title, report.body.name, report.signature.name)
    used = prose.characters.union(*(name or "" for name in names))
    shaped = "".join(used).encode("gb2312", "ignore").decode("gb2312")
    told = "\ufffd", *private_in(used)  # of these more is said
    rare = sorted(one for one in used.difference(shaped, told) if not _is_latin(one))
    if rare:
        first = prose.text.find(rare[0])
        place = prose.place(first) if first >= 0 else prose.reading.place("body.name")
        yield RARE_CHARACTER.at(place, count=len(rare), actual="".join(rare[:20]))


def _is_latin(character: str) -> bool:
    """Return whether Times New Roman, or every Chinese font, has a shape for this."""
    return ord(character) < 0x250 or 0x2000 <= ord(character) < 0x2070
