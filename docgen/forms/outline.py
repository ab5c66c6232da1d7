"""Outlines: the rows and columns of a table as indented lines of text.

    申请人情况 (applicants)
      自然人 natural
      总计 total | 合计
    收费金额 fees amount:万元
    each unit 单位名称

A line is a label, a key, what its cells take if that is no number of 件, and after each | another
wording of the label. What is indented under a line is a part of it. A key in parentheses only
gathers its parts. `each` begins the row that stands for the units of a report.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from docgen.forms.table import COUNT, Cell, Kind, Line

#: The kinds of cells by what an outline calls them.
KINDS = {kind.name.lower(): kind for kind in Kind}
_KEY = "[a-z][a-z0-9_]*"
# fullmatch: 自然人 natural, "两个 词" words text?, 收费金额 fees amount:万元, 科室 (office);
# not natural, 自然人. What an input method makes wide is taken, too: （office） count：宗.
_LINE = re.compile(
    rf'("(?P<quoted>[^"]+)"|(?P<plain>\S+))\s+(?:(?P<key>{_KEY})|[(（](?P<group>{_KEY})[)）])'
    r"(?:\s+(?P<kind>[a-z]+)(?P<optional>[?？]?)(?:[:：](?P<unit>\S+))?)?"
)
# fullmatch: each unit 单位名称; not unit 单位名称.
_EACH = re.compile(rf"each +(?P<key>{_KEY}) +(?P<plain>\S+)")
_INDENT = 2
_MOST_LINES, _DEEPEST = 400, 5


class OutlineFault(ValueError):
    """What is wrong with a line of an outline, the first counted 1; and with others of it.

    `read` is what of the outline could be read all the same.
    """

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why
        self.others: tuple[OutlineFault, ...] = ()
        self.read: tuple[Line, ...] = ()


def read_outline(text: str) -> tuple[Line, ...]:
    """Return the lines of an outline as a tree. Raise OutlineFault with every fault of it."""
    numbered = [(n, line.rstrip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(numbered) > _MOST_LINES:
        raise OutlineFault(_MOST_LINES + 1, f"超过 {_MOST_LINES} 行")

    faults: list[OutlineFault] = []
    depths: Depths = []
    for number, line in numbered:
        try:
            depths.append((number, _depth_of(number, line), line.strip()))
        except OutlineFault as fault:
            faults.append(fault)

    lines, rest = ((), []) if faults else _read_level(depths, 0, faults)
    if rest:
        faults.append(OutlineFault(rest[0][0], f"缩进太深：每一层缩进 {_INDENT} 个空格"))
    if faults:
        first, *others = faults
        first.others, first.read = tuple(others), lines
        raise first
    return lines


def _depth_of(number: int, line: str) -> int:
    """Return how deep a line is indented, the outermost 0."""
    blanks = len(line) - len(line.lstrip(" "))
    if line[blanks] == "\t" or line[blanks] == "\u3000" or blanks % _INDENT:
        raise OutlineFault(number, f"缩进不对：每一层缩进 {_INDENT} 个半角空格")
    if blanks // _INDENT >= _DEEPEST:
        raise OutlineFault(number, f"最多 {_DEEPEST} 层")
    return blanks // _INDENT


Depths = list[tuple[int, int, str]]  # number, depth, text of each line


def _read_level(
    lines: Depths, depth: int, faults: list[OutlineFault]
) -> tuple[tuple[Line, ...], Depths]:
    """Return the lines of this depth with their parts, and what is left; note every fault."""
    read: list[Line] = []
    while lines and lines[0][1] == depth:
        (number, _, text), *lines = lines
        parts: tuple[Line, ...] = ()
        if lines and lines[0][1] == depth + 1:
            parts, lines = _read_level(lines, depth + 1, faults)
        try:
            read.append(_read_line(number, text, parts))
        except OutlineFault as fault:
            faults.append(fault)

    return tuple(read), lines


def _read_line(number: int, text: str, parts: tuple[Line, ...]) -> Line:
    """Return one line of an outline."""
    main, *variants = (piece.strip() for piece in re.split("[|｜]", text))
    if each := _EACH.fullmatch(main):
        if parts:
            raise OutlineFault(number, "each 的一行下面不能再分")
        return Line(each["key"], each["plain"], tuple(variants), each=True)

    found = _LINE.fullmatch(main)
    if main.startswith("each "):
        raise OutlineFault(number, f"“{main}”读不懂：写成 each unit {main.split()[-1]}")
    if found is None:
        why = f"“{main}”读不懂：写成“名称 英文代号 种类:单位”，如“罚款 fine count:宗”"
        raise OutlineFault(number, why)
    if found["group"] and not parts:
        raise OutlineFault(number, f"“{main}”下面没有分项，代号不加括号")
    if parts and found["kind"]:
        raise OutlineFault(number, f"“{main}”下面有分项，种类写在分项上")

    label, key = found["quoted"] or found["plain"], found["key"] or found["group"]
    cell = read_cell(number, found["kind"], bool(found["optional"]), found["unit"] or "")
    return Line(key, label, tuple(variants), cell, parts, in_address=not found["group"])


def read_cell(number: int, kind: str | None, optional: bool, unit: str) -> Cell | None:
    """Return what a cell takes; None where the line does not say."""
    if kind is None:
        return None
    if kind not in KINDS:
        raise OutlineFault(number, f"没有“{kind}”这个种类；有 {'、'.join(KINDS)}")

    what = KINDS[kind]
    if what in (Kind.CHOICE, Kind.CHOICES):
        choices = tuple(filter(None, re.split("[,，、]", unit)))
        if len(choices) < 2:
            raise OutlineFault(number, f"{kind} 后面写出各个选项，如 {kind}:甲,乙,丙")
        return Cell(what, "", choices, optional)
    if unit and not what.is_number:
        raise OutlineFault(number, f"{kind} 没有单位")
    if what is Kind.AMOUNT and not unit:
        raise OutlineFault(number, "金额要写明单位，如 amount:元、amount:万元")
    if what in (Kind.COUNT, Kind.CHANGE) and not unit:
        unit = COUNT.unit

    return Cell(what, unit, (), optional)


def find_keyless(text: str) -> Iterator[OutlineFault]:
    """Yield the lines of pairs of label and value that have a kind where the key should stand."""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if len(words) == 2 and words[1].partition(":")[0].rstrip("?") in KINDS:
            why = f"“{line.strip()}”少了英文代号：写成“名称 代号 {words[1]}”"
            yield OutlineFault(number, why)


def find_open_groups(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line with parts whose key has no parentheses."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    for (number, line), (_, below) in pairwise(lines):
        words = re.split("[|｜]", line)[0].strip()
        is_group = len(below) - len(below.lstrip()) > len(line) - len(line.lstrip())
        if is_group and not words.endswith((")", "）")):
            yield number, words


def write_outline(lines: tuple[Line, ...], depth: int = 0) -> Iterator[str]:
    """Yield the lines of an outline."""
    for line in lines:
        label = f'"{line.label}"' if " " in line.label else line.label
        key = line.key if line.in_address else f"({line.key})"
        main = f"each {key} {label}" if line.each else f"{label} {key}"
        if line.cell:
            given = ",".join(line.cell.choices) or line.cell.unit
            main += f" {line.cell.kind.name.lower()}{'?' if line.cell.optional else ''}"
            main += f":{given}" if given else ""
        yield " " * _INDENT * depth + " | ".join((main, *line.variants))
        yield from write_outline(line.parts, depth + 1)
