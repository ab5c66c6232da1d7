"""Numbering within a section: no gap, no repeat, and as many items as were announced."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.check.passages import Prose, TextPassage
from docgen.finding import Finding, Rule
from docgen.printing import UNKNOWN
from docgen.prose.numerals import read_words, write_words
from docgen.prose.patterns import Pattern

NUMBERING = Rule(
    code="E811",
    name="序号不连续",
    severity="warning",
    needs=("text",),
    message="“{quote}”的序号是“{actual}”，应为“{expected}”",
    why="序号跳号、重号，多半是删改时漏了一条或贴重了一条。",
    example="一是……三是……。",
    cure="核对是不是少了一条；没有少就改为“{expected}”。",
)
ANNOUNCED = Rule(
    code="E812",
    name="说的条数与列的条数不同",
    severity="warning",
    needs=("text",),
    message="“{quote}”说的是 {expected}，列出的是 {actual}",
    why="前面说几条，后面就要有几条。",
    example="“做好以下四点：一是……二是……三是……。”",
    cure="补上缺的一条，或把前面的数改为 {actual}。",
)

_NUMERAL = "[一二三四五六七八九十]{1,3}"

_CLAUSE = (
    rf"(?P<is>{_NUMERAL})是(?!否|不是)|(?P<must>{_NUMERAL})要(?![素件点求])"
    rf"|第(?P<first>{_NUMERAL})，"
)
#: What numbers an item: at a paragraph's start, and where a clause begins, with its mark.
# match: （一）年度工作, 1.制度, 一是制度; not 一直以来.
_HEAD = re.compile(
    rf"（(?P<two>{_NUMERAL})）(?![至到、和及—－-])|(?P<three>[0-9]{{1,2}})[.．、](?![0-9])|（(?P<four>[0-9]{{1,2}})）|{_CLAUSE}"
)
# 。一是制度, ；二要, 。1.制度; not 统一是.
_INLINE = re.compile(
    rf"[。；：，、！？”）;:](?:{_CLAUSE}|(?<=[。；：])(?P<inline>[0-9]{{1,2}})[.．、](?=[^\x00-\xff]))"
)
_WRITTEN = {
    "two": "（{}）",
    "three": "{}.",
    "four": "（{}）",
    "is": "{}是",
    "must": "{}要",
    "first": "第{}",
}
_INNER = ("is", "must", "first")
#: A paragraph that begins with one of these ends the lists of the kinds named.
_BELOW = {"two": ("three", "four", *_INNER), "three": ("four", *_INNER), "four": _INNER}
_COUNT = (
    r"(?<![第0-9一二三四五六七八九十])"
    r"(?P<count>[二三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九]|[0-9]{1,2})"
)
# 做好以下四点：, 三个问题：; not 一个问题：.
_ANNOUNCED = Pattern(
    rf"(?:(?P<below>以下|如下|下列)[^，。；：\n]{{0,4}})?{_COUNT}(?:个|大|项|点|条|类|方面){{0,2}}"
    r"(?:主要|重点)?(?:方面|问题|不足|短板|措施|举措|工作|任务|(?<=[个大点类])|(?(below)|(?!)))"
    r"[^，。；：\n]{0,10}(?:[：:]|(?(below)。|(?!)))\n?$"
)
# 共三个部分, 包括三部分; not 第三部分.
_PARTS = Pattern(rf"(?:共|分为|分|包括|含|、|等|事项|情况){_COUNT}个?大?部分", "部分")
#: A list inside a paragraph follows a sentence of its own, or a colon.
# 制度。, 做法：; not 制度，.
_INTRODUCED = Pattern("[。：！]")
_LOOK_BACK = 40


@dataclass
class ItemRun:
    """A list of items of one kind, in order."""

    kind: str
    start: int  # where in the text its first item begins
    passage: TextPassage
    last: int = 1  # the number of its last item
    items: int = 1
    end: int = 0  # where in the text the mark of its last item ends


def check_numbering(prose: Prose) -> Iterator[Finding]:
    """Check every list of the text, and the counts announced before them."""
    runs: list[ItemRun] = []
    open_runs: dict[str, ItemRun] = {}
    section = ""
    unread = {passage.section for passage in prose.passages if passage.text == UNKNOWN}

    for passage in prose.passages:
        if passage.section in unread:
            continue  # what stood there may be the number that is missing
        if passage.section != section:
            section, open_runs = passage.section, {}
        head = _HEAD.match(passage.text)
        for match in (*([head] if head else []), *_INLINE.finditer(passage.text)):
            finding = _add_item(prose, passage, match, open_runs, runs)
            if finding:
                yield finding

    for run in runs:
        yield from _check_announced(prose, run)

    yield from _check_parts(prose, len(prose.reading.form.sections))


def _add_item(
    prose: Prose,
    passage: TextPassage,
    match: re.Match[str],
    open_runs: dict[str, ItemRun],
    runs: list[ItemRun],
) -> Finding | None:
    """Take an item into the list it goes on with or begins; return what is wrong with it."""
    found = match.lastgroup or ""
    kind = "three" if found == "inline" else found
    at_head = match.re is _HEAD
    number, start = _read_number(match[found]), passage.start + match.start() + (not at_head)
    if at_head:
        for below in _BELOW.get(kind, ()):
            open_runs.pop(below, None)

    run = open_runs.get(kind)
    begun = passage.start + match.start()

    if number == 1 and (run is None or not _is_repeated(prose, run, passage, begun)):
        open_runs[kind] = ItemRun(kind, start, passage, end=passage.start + match.end())
        runs.append(open_runs[kind])
        return None

    if number == 2 and _began_unmarked(passage, match, runs):
        open_runs[kind] = ItemRun(kind, start, passage, 2, 2, passage.start + match.end())
        return None

    expected = run.last + 1 if run else 1
    if run is None:
        open_runs[kind] = ItemRun(kind, start, passage, number, end=passage.start + match.end())
    else:
        run.last, run.items = number, run.items + 1
        run.end = passage.start + match.end()

    if number == expected:
        return None

    return NUMBERING.at(
        prose.place(start),
        quote=prose.quote(start, passage.start + match.end()),
        expected=_WRITTEN[kind].format(
            str(expected) if match[found].isdigit() else write_words(expected)
        ),
        actual=_WRITTEN[kind].format(match[found]),
    )


def _began_unmarked(passage: TextPassage, match: re.Match[str], runs: list[ItemRun]) -> bool:
    """Return whether the first item stands before, but after no mark: 工作机制一是…。二是…."""
    kind = match.lastgroup or ""
    if kind not in _INNER:
        return False
    first = match[0][match.re is _INLINE :].replace(match[kind], "一")
    known = sum(run.kind == kind and run.passage is passage for run in runs)
    return passage.text.count(first, 0, match.start()) > known


def _is_repeated(prose: Prose, run: ItemRun, passage: TextPassage, begun: int) -> bool:
    """Return whether a first item after this list belongs to it, for nothing opens a new one."""
    if run.last == 1 and run.kind not in _INNER:
        return True
    if run.kind == "two":
        before = prose.at(max(passage.start - 1, 0))
        return run.end > before.start and not before.text.endswith("：")

    if run.kind not in _INNER:
        return False
    if run.end < passage.start:
        return False

    colon = passage.text.startswith("：", begun - passage.start)
    between = passage.text[run.end - passage.start : begun - passage.start + colon]
    return run.last == 1 or not _INTRODUCED.search(between)


def _check_announced(prose: Prose, run: ItemRun) -> Iterator[Finding]:
    """Check that the count said right before a list is the count of its items."""
    first = max(run.start - _LOOK_BACK, 0)
    match = _ANNOUNCED.search(prose.text[first : run.start])
    if match is None:
        return

    said = _read_number(match["count"])
    if said != run.items:
        start = first + match.start()
        yield ANNOUNCED.at(
            prose.place(start),
            quote=prose.quote(start, first + match.end() - 1),
            expected=f"{said} 条",
            actual=f"{run.items} 条",
        )


def _check_parts(prose: Prose, count: int) -> Iterator[Finding]:
    """Check how many parts the preface says the report has."""
    for passage in prose.passages:
        parts = _PARTS.finditer(passage.text) if passage.section == "preface" else iter(())
        match = next(parts, None)
        if match and "报告" in passage.text and _read_number(match["count"]) != count:
            start = passage.start + match.start()
            yield ANNOUNCED.at(
                prose.place(start),
                quote=prose.quote(start, start + len(match[0])),
                expected=f"{_read_number(match['count'])} 部分",
                actual=f"{count} 部分",
            )


def _read_number(text: str) -> int:
    """Return a number of a list: 3, 三, 两, 十二, 二十; 0 for none, as 二三."""
    return int(text) if text.isdigit() else int(read_words(text) or 0)
