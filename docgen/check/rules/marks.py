"""Punctuation: in pairs, nested properly, full-width, single, and at the end of a paragraph."""

import re
from collections.abc import Container, Iterator
from itertools import pairwise

from docgen.check.passages import Prose, TextPassage
from docgen.check.rules.characters import find_lost
from docgen.check.rules.inner import find_addresses
from docgen.finding import Finding, Rule
from docgen.prose.patterns import HAN, Pattern
from docgen.prose.personal import masked

_PUNCTUATION = "GB/T 15834—2011《标点符号用法》"
UNPAIRED = Rule(
    code="E821",
    name="引号、括号、书名号不成对",
    severity="warning",
    needs=("text",),
    message="“{quote}”里的“{actual}”不成对",
    why="少了一半的引号、括号、书名号，看不出引到哪里为止。",
    example="《党政机关公文处理工作条例，……",
    cure="补上另一半，或删去这一半。",
    basis=_PUNCTUATION,
)
NESTED = Rule(
    code="E822",
    name="引号、书名号的里外层不对",
    severity="note",
    needs=("text",),
    message="“{quote}”里层的“{actual}”应为“{expected}”",
    why="书名号里还要用书名号时里层用〈〉，引号里还要用引号时里层用‘’。",
    example="《国务院办公厅关于印发《……管理办法》的通知》",
    cure="把里层的“{actual}”改为“{expected}”。",
    basis=_PUNCTUATION,
)
ASCII_MARK = Rule(
    code="E823",
    name="中文里用了半角标点",
    severity="note",
    needs=("text",),
    message="“{quote}”里有半角的 {actual}",
    why="中文用全角标点；半角标点印出来挤在一起。",
    example="“加强领导,完善制度”。",
    cure="改为全角的 {expected}。",
    basis=f"{_PUNCTUATION} 5.1（横排时标点占一个字的位置）",
)
DOUBLED_MARK = Rule(
    code="E824",
    name="标点重复",
    severity="warning",
    needs=("text",),
    message="“{quote}”里的“{actual}”连用了标点",
    why="多半是删改时多留了一个标点，或中间漏了字。",
    example="“完善制度，。”",
    cure="只留一个标点；中间漏了字的补上。",
    basis=_PUNCTUATION,
)
NO_STOP = Rule(
    code="E825",
    name="段末没有句号",
    severity="note",
    needs=("text",),
    message="“{quote}”这一段末尾没有句号",
    why="段末没有句号，可能是话没有写完。",
    example="“……确保各项工作落到实处”。",
    cure="核对这一段是不是完整；完整就加上句号。",
    basis=_PUNCTUATION,
)
BROKEN_SENTENCE = Rule(
    code="E826",
    name="一句话断成了两段",
    severity="error",
    needs=("text",),
    message="“{first}”没有说完就另起了一段“{second}”",
    why="从 Word 贴来的换行会把一句话断成两段，印出来前半句不通，后半句没头没尾。",
    example="“不断完善工作机制，” 另起一段 “拓宽公开渠道。”",
    cure="是一句话，就把两段接起来；本来是两段，就在前一段末尾加上句号。",
    basis=_PUNCTUATION,
    waivable=True,
    since="0.2.0",
)
DOUBLED_WORD = Rule(
    code="E827",
    name="词语重复",
    severity="note",
    needs=("text",),
    message="“{quote}”里的“{actual}”写了两遍",
    why="多半是修改时新旧两个词都留下了。",
    example="“完善监督保障保障机制”。",
    cure="核对这一句；重复的删去一个，本来就要连用的不用改。",
    since="0.2.0",
)

_PAIRS = {
    pair[0]: pair[1]
    for pair in ("（）", "《》", "〈〉", "“”", "‘’", "【】", "〔〕", "「」", "『』", "［］")
}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_SAME = {"(": "（", ")": "）"}  # a half and a whole one make a pair
# （一）, 《办法; not 办法，.
_BRACKET = re.compile("[（）()《》〈〉“”‘’【】〔〕「」『』［］＜＞<>]")
_INNER = {"《": "〈〉", "“": "‘’"}
# 1）, 。二）; not 见1）.
_ENUMERATED = Pattern("(?:^|[。；：，])[0-9一二三四五六七八九十]{1,3}[）)]")

# 制度,机制, (机制; not 3.5, a,b.
_ASCII = Pattern(
    rf"[,;:?!()\"'.](?:(?<=(?:{HAN}|[”》）]).)|(?<!\.)(?=(?:{HAN}|[“《（])))", *",;:?!()\"'."
)
_FULL = dict(zip(",;:?!()\"'.", "，；：？！（）“‘。", strict=True))
# ，。, 。。; not ……，.
_DOUBLED = re.compile(r"[，、；：。！？,;:.][，、；：。！？,;:.]+")
# fullmatch: ！？, ...; not ，。.
_ALLOWED = Pattern(r"[！？]{2}|[,;:.]+")
# 保障保障, 政府网站政府网站; not 保障机制.
_TWICE = re.compile(rf"({HAN}{{2,8}})\1")
# 政府, 白杨沟镇, 一件; not 保障.
_MAY_MEET = Pattern(
    f"^[一逐每各锟烫屯斤]|(?:政府|公开|信息|街道|办公|工作|服务|管理|社区|{HAN}[镇乡村县区市])$"
)
# match: ，完善, 》的; not 完善，.
_LEADING = re.compile("[，。、；：！？）》”]")
# 完善。, 好吗？”; not 完善，.
_ENDED = re.compile("[。！？：；…][”’）》〉」』】)]*$")
# match: （以上略）, 注：数; not 见附表.
_ASIDE = Pattern("（.*）$|[（(]?[注表图附]")
# （一）年度工作, 1.年度工作; not （一）年度工作。.
_HEADING = Pattern(
    "(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+[.．、]|（[0-9]+）)[^。，；]{1,40}$"
)
# match: 120条，其中, 的要求; not 2024年, 等级保护.
_CONTINUES = Pattern(
    "[0-9]+(?:\\.[0-9]+)?(?:万?元|[件条次宗起份篇期场个项人]|[%％])|[，。、；：！？）》”]|的|以及|等(?!级)"
)
# match: 万元, 件; not 年.
_UNIT = Pattern("万?元|[件条次宗起份篇期场个项人]")
# match: 地址：宁川县白杨沟镇; not 主要做法：健全机制，压实责任.
_LABELLED = Pattern(f"{HAN}{{2,12}}[：:][^，。；：\\n]{{1,80}}$")
# match: （一）年度工作, 1.制度, 一是, 第一，; not 一直以来.
_NUMBERED = Pattern(
    "（[一二三四五六七八九十0-9]{1,3}）|[一二三四五六七八九十]{1,3}[、是要]|[0-9]{1,2}[.．、）)]|第[一二三四五六七八九十]{1,3}|"
    "[①-⑳●■◆▲·•★]|其[一二三四五六]"
)
#: How much of each half of a broken sentence is shown.
_HALF = 24
# match: 白杨沟镇人民政府; not 健全机制，压实责任.
_SHORT_LINE = Pattern("[^，。；：！？、]{1,20}$")


def check_marks(prose: Prose) -> Iterator[Finding]:
    """Check every paragraph's punctuation."""
    for passage in prose.passages:
        yield from _check_pairs(prose, passage)

    yield from _half_width(prose)
    yield from _doubled_words(prose)
    broken = {second.start: first for first, second in _broken_pairs(prose)}
    yield from _doubled_marks(prose, broken)
    unended = {first.start for first in broken.values()}

    for start, first in broken.items():
        second = prose.at(start)
        yield BROKEN_SENTENCE.at(
            prose.place(first.start),
            prose.place(start),
            first=masked(first.text)[-_HALF:],
            second=masked(second.text)[:_HALF],
        )

    for passage in prose.passages:
        ends = _has_end(passage.text) or _may_end_so(passage.text)
        if not ends and passage.start not in unended:
            start = passage.start + len(passage.text) - 1
            yield NO_STOP.at(prose.place(start), quote=prose.quote(start, start + 1))


def _broken_pairs(prose: Prose) -> Iterator[tuple[TextPassage, TextPassage]]:
    """Yield two paragraphs that are one sentence: the first has no end, the second no beginning."""
    for first, second in pairwise(prose.passages):
        if first.section != second.section or _has_end(first.text):
            continue
        counted = first.text[-1:].isdigit() and _UNIT.match(second.text)
        goes_on = counted or _CONTINUES.match(second.text)
        if goes_on or not (_stands_alone(first.text) or _NUMBERED.match(second.text)):
            yield first, second


def _has_end(text: str) -> bool:
    return bool(_ENDED.search(text[-6:]))


def _stands_alone(text: str) -> bool:
    """Return whether what follows a paragraph, as a heading or a number, is surely another one."""
    ends = text[-1:]
    return _may_end_so(text) or bool(_LABELLED.match(text)) or (ends.isascii() and ends.isalnum())


def _may_end_so(text: str) -> bool:
    """Return whether a paragraph needs no full stop: a heading, a line of a few words, an aside."""
    return any(pattern.match(text) for pattern in (_HEADING, _SHORT_LINE, _ASIDE))


def _check_pairs(prose: Prose, passage: TextPassage) -> Iterator[Finding]:
    """Check that each opening mark has its closing one; tell the first fault of a paragraph."""
    opened: list[tuple[str, int]] = []
    nested = False

    for match in _BRACKET.finditer(passage.text):
        mark, at = _SAME.get(match[0], match[0]), match.start()
        if mark in "＜＞<>":
            if opened and opened[-1][0] == "《" and mark in "＜<" and not nested:
                nested = True
                yield _nested_finding(prose, passage, at, "＜＞" if mark == "＜" else "<>", "〈〉")
        elif mark in _PAIRS:
            if opened and opened[-1][0] == mark and mark in _INNER and not nested:
                nested = True
                yield _nested_finding(prose, passage, at, mark + _PAIRS[mark], _INNER[mark])
            opened.append((mark, at))
        elif opened and opened[-1][0] == _CLOSING[mark]:
            opened.pop()
        elif not (mark == "）" and _ENUMERATED.search(passage.text, at - 4, at + 1)):
            yield _unpaired_finding(prose, passage, at)
            return

    if opened:
        yield _unpaired_finding(prose, passage, opened[-1][1])


def _unpaired_finding(prose: Prose, passage: TextPassage, at: int) -> Finding:
    start = passage.start + at
    quote = prose.quote(start, start + 1)
    return UNPAIRED.at(prose.place(start), quote=quote, actual=passage.text[at])


def _nested_finding(
    prose: Prose, passage: TextPassage, at: int, actual: str, expected: str
) -> Finding:
    start = passage.start + at
    quote = prose.quote(start, start + 1)
    return NESTED.at(prose.place(start), quote=quote, actual=actual, expected=expected)


def _half_width(prose: Prose) -> Iterator[Finding]:
    """Report half-width marks that touch a Chinese character, said once a paragraph."""
    found: dict[int, list[re.Match[str]]] = {}
    spans = [match.span() for match in find_lost(prose)]
    spans += [match.span() for _, match in find_addresses(prose)]  # more is said of these
    told = {offset for span in spans for offset in range(*span)}

    for match in _ASCII.finditer(prose.text):
        if match.start() in told:
            continue
        found.setdefault(prose.at(match.start()).start, []).append(match)

    for matches in found.values():
        start = matches[0].start()
        marks = dict.fromkeys(match[0] for match in matches)
        yield ASCII_MARK.at(
            prose.place(start),
            quote=prose.quote(start, start + 1),
            actual=" ".join(marks),
            expected=" ".join(_FULL[mark] for mark in marks),
        )


def _doubled_words(prose: Prose) -> Iterator[Finding]:
    """Report a word twice in a row, unless one ends a name and the other begins the next."""
    for match in _TWICE.finditer(prose.text):
        if not _MAY_MEET.search(match[1]) and len(set(match[1])) > 1:
            quote = prose.quote(match.start(), match.end())
            yield DOUBLED_WORD.at(prose.place(match.start()), quote=quote, actual=match[1])


def _doubled_marks(prose: Prose, broken: Container[int]) -> Iterator[Finding]:
    """Report marks that follow one another, or begin a paragraph that is no half of a sentence."""
    runs = _DOUBLED.finditer(prose.text)
    found = [(run.start(), run[0]) for run in runs if not _ALLOWED.fullmatch(run[0])]
    found += [
        (p.start, p.text[0])
        for p in prose.passages
        if p.start not in broken and _LEADING.match(p.text)
    ]
    for start, marks in sorted(found):
        quote = prose.quote(start, start + len(marks))
        yield DOUBLED_MARK.at(prose.place(start), quote=quote, actual=marks)
