"""What belongs inside the office: marks of a draft or a secret, inner addresses, lost characters.

Looked for in the text and in what stands outside it: the title and the names.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from docgen.catalogue import inner
from docgen.check.passages import QUOTE, Passage, Prose
from docgen.finding import Finding, Place
from docgen.prose.patterns import Pattern
from docgen.prose.personal import masked

_OPEN, _CLOSE = r"[（(【\[〔［]", r"[）)】\]〕］]"
_KIND = (
    "(?:征求意见|征集意见|公开征求意见|意见征求|送审|审议|审核|审定|报审|报批|呈批|报送|上报|上会|会签|"
    "讨论|代拟|草|初|样|底|修改|修订|修正|校对|试行|定|终|清|打印|印刷|第?[一二三四五六七八九十0-9]{1,2}次?)"
)
# 征求意见稿）, 送审稿, 第二稿, 草案; not 稿件, not 撰稿人.
_DRAFT = Pattern(
    rf"{_KIND}稿(?:[一二三四五六七八九0-9]{{0,2}})(?={_CLOSE}|\s*$)|草案(?={_CLOSE}|\s*$)"
    rf"|(?:讨论|审议|审核|送审|征求意见)用(?={_CLOSE}|\s*$)",
    "稿", "案", "用",
)  # fmt: skip
_DRAFT_END = Pattern(
    rf"[—－-]{{0,2}}{_OPEN}?\s?(?:{_KIND}稿[0-9]?|草案|(?:讨论|审议|审核|送审)用)\s?{_CLOSE}?\s*$",
    "稿", "草案", "用",
)  # fmt: skip
# （征求意见稿）, 送审稿: nothing else stands in the line.
_DRAFT_LINE = Pattern(rf"[—－-]{{0,2}}{_OPEN}?\s?({_KIND}稿|草案)[0-9]?\s?{_CLOSE}?", "稿", "草案")

_LEVEL = "(?:绝密|机密|秘密)"
_HOUSE = (
    "(?:内部(?:资料|文件|材料|刊物|使用|传阅|掌握)|仅供内部(?:使用|参考|传阅)?|注意保存|"
    "(?:不得|严禁|请勿|禁止)(?:外传|复印|翻印|扩散))"
)
_SECRET_CUES = (
    "绝密", "机密", "秘密", "内部", "注意保存", "外传", "复印", "翻印", "扩散",
)  # fmt: skip
# 机密★1年, 密级：秘密, （内部资料）, 【机密】; not 涉及国家秘密, not （国家秘密）.
_SECRET = Pattern(
    rf"{_LEVEL}\s?[★☆*＊][ \u3000]?(?:[0-9]{{1,2}}\s?(?:年|个月|天)|长期)?|密级[：:]\s?{_LEVEL}"
    rf"|{_OPEN}\s?(?:{_LEVEL}|{_HOUSE}(?:[，、 ]?{_HOUSE})?)\s?{_CLOSE}",
    *_SECRET_CUES, "密级",
)  # fmt: skip
_SECRET_LINE = Pattern(rf"{_LEVEL}|{_HOUSE}(?:[，、 ]?{_HOUSE})?", *_SECRET_CUES)

_LINE = 20  # characters of a line that is a mark alone

_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_ADDRESSES = {
    # http://192.168.1.8/zwgk, 10.1.2.3:8080; not 10.1.2 and not 110.1.2.3.
    "内网地址": Pattern(
        rf"(?:https?://)?(?<![0-9.])(?:10\.{_BYTE}|192\.168|172\.(?:1[6-9]|2[0-9]|3[01])|127\.0)"
        rf"\.{_BYTE}\.{_BYTE}(?![0-9.])(?::[0-9]{{1,5}})?"
        r"|(?:https?://)?(?<![A-Za-z0-9.])(?:localhost(?![A-Za-z0-9.])"
        r"|[A-Za-z0-9-]{1,40}\.(?:local|lan|intranet|internal|corp)(?![A-Za-z0-9.-]))(?::[0-9]{1,5})?",
        "10.", "192.168.", "172.", "127.0.", "localhost", ".local", ".lan", ".int", ".corp",
    ),
    # D:\年报\附件.docx, file:///C:/x, \\server\share; not 9:30.
    "本机或局域网里的路径": Pattern(
        r"(?<![A-Za-z])[A-Za-z][:：]\\[^\s，。；、）)”》]{0,60}|file:/{2,3}[^\s，。；）)”》]{0,60}"
        r"|\\\\[A-Za-z0-9_.\u4e00-\u9fff-]{1,40}\\[^\s，。；、）)”》]{0,60}",
        "\\", "file:",
    ),
}  # fmt: skip

_HAN = "\u3400-\u9fff"
_ASKED = Pattern("[吗呢么吧何谁哪几]|什|多少|是否|怎|难道|能不能|是不是|有没有")
# 甘河?镇, ��, 锟斤拷; a ? after a question is only a half-width mark, and 共?件 a blank.
_LOST = Pattern(
    r"\ufffd+|锟斤拷(?:锟斤拷|锟|斤|拷)*|烫烫烫+|屯屯屯+"
    rf"|\?(?<=[{_HAN}、，（《“]\?)\?{{0,3}}(?=[{_HAN}])"
    r"(?!(?:万?元|[件条次宗起份篇期场个项人])[，。；、）])",
    "?", "\ufffd", "锟斤拷", "烫烫烫", "屯屯屯",
)  # fmt: skip
_PRIVATE = Pattern("[\ue000-\uf8ff\U000f0000-\U0010fffd]+")


class _Text(NamedTuple):
    """A text that is printed, and where it stands."""

    text: str
    place: Place
    quote: str


def check_inner(prose: Prose) -> Iterator[Finding]:
    """Marks of a draft, marks of a secret, addresses of the house."""
    for text in _outside(prose):
        for match in _DRAFT.finditer(text.text):
            yield inner.DRAFT_MARK.at(text.place, quote=text.quote, actual=match[0])
        for match in _SECRET.finditer(text.text):
            yield _secret(text, match)
    for passage in prose.passages:
        if len(passage.text) <= _LINE:
            yield from _line(prose, passage)
    for match in _SECRET.finditer(prose.text):
        yield _secret(_at(prose, match), match)
    for what, match in find_addresses(prose):
        place, quote = prose.place(match.start()), prose.quote(match.start(), match.end())
        yield inner.INNER_ADDRESS.at(place, quote=quote, actual=match[0], what=what)


def find_addresses(prose: Prose) -> Iterator[tuple[str, re.Match[str]]]:
    """Every address of the house in the text, and what it is."""
    for what, pattern in _ADDRESSES.items():
        yield from ((what, match) for match in pattern.finditer(prose.text))


def _line(prose: Prose, passage: Passage) -> Iterator[Finding]:
    """A paragraph that is nothing but such a mark."""
    line = passage.text.strip()
    drafted, marked = _DRAFT_LINE.fullmatch(line), _SECRET_LINE.fullmatch(line)
    place, quote = prose.place(passage.start), masked(line)
    if drafted:
        yield inner.DRAFT_MARK.at(place, quote=quote, actual=drafted[1])
    elif marked:
        yield _secret(_Text(line, place, quote), marked)


def check_lost(prose: Prose) -> Iterator[Finding]:
    """Characters that a change of encoding or of font has lost, said once a sentence."""
    for text in _outside(prose):
        for match in _LOST.finditer(text.text):
            yield inner.LOST_CHARACTER.at(text.place, quote=text.quote, actual=match[0])
        yield from _private(text, [match[0] for match in _private_runs(text.text)])
    told = set()
    for match in find_lost(prose):
        bounds = prose.bounds(match.start())
        if bounds not in told:
            told.add(bounds)
            text = _at(prose, match)
            yield inner.LOST_CHARACTER.at(text.place, quote=text.quote, actual=match[0])
    runs: dict[int, list[re.Match[str]]] = {}
    for match in _private_runs(prose.text):
        runs.setdefault(prose.at(match.start()).start, []).append(match)
    for matches in runs.values():
        yield from _private(_at(prose, matches[0]), [match[0] for match in matches])


def find_lost(prose: Prose) -> Iterator[re.Match[str]]:
    """Every lost character of the text; a mark after a question is none."""
    for match in _LOST.finditer(prose.text):
        first = max(prose.bounds(match.start())[0], match.start() - 2 * QUOTE)
        if match[0] != "?" or not _ASKED.search(prose.text, first, match.start()):
            yield match


def without_mark(title: str) -> str:
    """A title without the mark of a draft: of that one more is said."""
    match = _DRAFT_END.search(title)
    return title[: match.start()] if match else title


def is_lost(text: str) -> bool:
    """Whether a name lacks a character."""
    return "?" in text or "\ufffd" in text


def is_private(character: str) -> bool:
    """Whether a character has a shape only in the font it was typed in."""
    return "\ue000" <= character <= "\uf8ff" or "\U000f0000" <= character <= "\U0010fffd"


def _private_runs(text: str) -> list[re.Match[str]]:
    """Every run of such characters; so large a set takes 1 ms to compile, and few texts need it."""
    return list(_PRIVATE.finditer(text)) if any(map(is_private, set(text))) else []


def _outside(prose: Prose) -> Iterator[_Text]:
    """The title and the names."""
    report = prose.reading.report
    for address, text in (
        ("title", report.title),
        ("body.name", report.body.name),
        ("body.short_name", report.body.short_name),
        ("signature.name", report.signature.name),
    ):
        if text:
            yield _Text(text, prose.reading.place(address), masked(text).replace("\n", "")[:QUOTE])


def _at(prose: Prose, match: re.Match[str]) -> _Text:
    return _Text(match.string, prose.place(match.start()), prose.quote(match.start(), match.end()))


def _secret(text: _Text, match: re.Match[str]) -> Finding:
    return inner.SECRET_MARK.at(text.place, quote=text.quote, actual=match[0])


def _private(text: _Text, runs: list[str]) -> Iterator[Finding]:
    found = "".join(runs)
    if found:
        codes = "、".join(dict.fromkeys(f"U+{ord(character):04X}" for character in found[:8]))
        yield inner.PRIVATE_CHARACTER.at(
            text.place, quote=text.quote, count=len(found), actual=codes
        )
