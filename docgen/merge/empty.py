"""Cells and tables that could be filled with nothing: Word opens no file that has one."""

import re
from collections.abc import Iterable, Iterator

from docgen.files.ooxml import Element
from docgen.finding import Finding, Rule
from docgen.word.blocks import text_of
from docgen.word.markup import W

MAY_BE_EMPTY = Rule(
    code="T209",
    name="可能什么都不剩",
    severity="error",
    message="{where}：{what}都在循环或条件里，可能一{unit}也不印，Word 就打不开这个文件",
    why="表格至少要有一行，格子里至少要有一段；都不印时，Word 认为文件已损坏。",
    example="一格里只有 {%p if title %}、{{ title }}、{%p endif %} 三段。",
    cure="在循环或条件之外留一{unit}（可以是空的）。",
)

_MARK = re.compile(r"\{%(p|tr)\s+(?:(for|if|elif|else|endfor|endif)\b)([^%]*)")
_BLOCKS = {f"{W}p", f"{W}tbl", f"{W}sdt"}


def may_be_empty(root: Element, part: str) -> Iterator[Finding]:
    """Tell of cells all of whose paragraphs, and tables all of whose rows, may be left out."""
    for number, table in enumerate(root.iter(f"{W}tbl"), start=1):
        where = f"{part}第 {number} 张表"
        rows = table.findall(f"{W}tr")
        if rows and not lasts(("".join(map(text_of, row.iter(f"{W}p"))) for row in rows), "tr"):
            yield MAY_BE_EMPTY.at(where=where, what="每一行", unit="行")
        for cell in table.iter(f"{W}tc"):
            held = [child for child in cell if child.tag in _BLOCKS]
            texts = [text_of(child) if child.tag == f"{W}p" else "" for child in held]
            if held and not lasts(texts, "p"):
                first = next(filter(None, texts), "")
                yield MAY_BE_EMPTY.at(where=f"{where}“{first[:24]}”", what="每一段", unit="段")


def lasts(texts: Iterable[str], prefix: str) -> bool:
    """Whether something of these paragraphs or rows is there however it is filled.

    A choice lasts if each of its branches does and one of them is an `else`; a loop over the
    `rows` of a band lasts if what it repeats does, for a form has them all.
    """
    blocks: list[list[bool]] = []  # of each open block: does it last so far, does this branch
    lasts = False
    for text in texts:
        mark = next((m for m in _MARK.finditer(text) if m[1] == prefix), None)
        word = mark[2] if mark else ""
        if not word:
            if blocks:
                blocks[-1][1] = True
            else:
                lasts = True
        elif mark and word in ("for", "if"):
            always = word == "for" and mark[3].strip().strip("-").strip().endswith(".rows")
            blocks.append([True, False, always])
        elif blocks and word in ("elif", "else"):
            blocks[-1] = [blocks[-1][0] and blocks[-1][1], False, word == "else"]
        elif blocks:
            before, branch, whole = blocks.pop()
            if before and branch and whole:
                if blocks:
                    blocks[-1][1] = True
                else:
                    lasts = True

    return lasts
