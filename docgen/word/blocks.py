"""What a document says, block by block: paragraphs and tables, and how two documents differ.

This is the reader of the hot path: every document that is issued is read back by it.
"""

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docgen.files import ooxml
from docgen.files.ooxml import Element, NotPackage, parent_of, tag_of
from docgen.word.markup import CHARACTERS, HOLDERS, LAYOUT_BREAKS, W

_P, _T, _TR, _TC = f"{W}p", f"{W}t", f"{W}tr", f"{W}tc"
_SPAN, _MERGE, _VAL = f"{W}gridSpan", f"{W}vMerge", f"{W}val"
_TEXT = (_T, *CHARACTERS)
_IN_TABLE = (_TR, _TC, _SPAN, _MERGE, _P, *_TEXT)


class TableCell(NamedTuple):
    """One `w:tc`: its text, its gridSpan, its vMerge (`""` for none)."""

    text: str
    span: int
    merge: str


Table = list[list[TableCell]]
Block = str | Table


class Difference(NamedTuple):
    """One place where a document says something else than it should."""

    where: str
    expected: str
    actual: str


def read_blocks(part: bytes) -> list[Block]:
    """Return the paragraphs and tables of a body in order, with every character of them."""
    body = ooxml.parse(part, ooxml.DOCUMENT).find(f"{W}body")
    return [] if body is None else list(_blocks(body))


def _blocks(parent: Element) -> Iterator[Block]:
    for child in parent:
        tag = child.tag
        if tag == _P:
            yield text_of(child)
        elif tag == f"{W}tbl":
            yield _table(child)
        elif tag in HOLDERS:
            yield from _blocks(child)


class _OpenCell:
    """A cell while what stands in it is read."""

    __slots__ = ("merge", "pieces", "span")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.span, self.merge = 1, ""

    def closed(self) -> TableCell:
        return TableCell("".join(self.pieces).removeprefix("\n"), self.span, self.merge)


def _table(table: Element) -> Table:
    """Return the cells of every row, in one pass; rows of a table in a cell follow its row."""
    rows: list[list[_OpenCell]] = []
    cell = _OpenCell()
    for element in table.iter(_IN_TABLE):
        tag = element.tag
        if tag == _T:
            cell.pieces.append(element.text or "")
        elif tag == _P:
            cell.pieces.append("\n")
        elif tag == _TC:
            cell = _OpenCell()
            if not rows:
                rows.append([])
            rows[-1].append(cell)
        elif tag == _TR:
            rows.append([])
        elif tag not in (_SPAN, _MERGE):
            cell.pieces.append(_characters(element))
        elif parent_of(parent_of(element)).tag == _TC:  # else it tells of a change
            if tag == _SPAN:
                cell.span = span_of(element)
            else:
                cell.merge = element.get(_VAL, "continue")

    return [[cell.closed() for cell in row] for row in rows]


def span_of(element: Element) -> int:
    """Return how many columns a `w:gridSpan` says. Raise NotPackage where it is no number."""
    value = element.get(_VAL, "1")
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise NotPackage(f"{ooxml.DOCUMENT} 里有一格的跨列数“{value[:20]}”不是数")
    return int(value)


def text_of(paragraph: Element) -> str:
    """Return the text of a `w:p` with breaks and tabs, without deleted text and field codes."""
    return "".join(map(_characters, paragraph.iter(_TEXT)))


def _characters(element: Element) -> str:
    tag = tag_of(element)
    if tag == _T:
        return element.text or ""
    if parent_of(element).tag != f"{W}r" or element.get(f"{W}type") in LAYOUT_BREAKS:
        return ""  # a tab stop, not a tab; a break of the layout, which LibreOffice adds on its own
    return CHARACTERS[tag]


def plain_text(blocks: Sequence[Block]) -> str:
    """Return the body's text, a paragraph or a cell a line, as a hash is taken of it."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += [cell.text for row in block for cell in row]
    return "\n".join(lines) + "\n"


def differences(expected: Sequence[Block], actual: Sequence[Block]) -> list[Difference]:
    """Return every paragraph and cell that differs; empty paragraphs do not count."""
    found = _paragraph_differences(_paragraphs_of(expected), _paragraphs_of(actual))

    tables = [block for block in expected if not isinstance(block, str)]
    others = [block for block in actual if not isinstance(block, str)]
    for number, (table, other) in enumerate(zip(tables, others, strict=False), start=1):
        if table != other:
            found += _table_differences(f"第 {number} 张表", table, other)
    return found


_LONGEST_PAIR = 3  # cells of a pair of label and answer, its group's label included
_TABLE = "（表格）\0"  # no paragraph can hold the last character


def _paragraphs_of(blocks: Sequence[Block]) -> list[str]:
    """Return the paragraphs, with a mark where a table stands."""
    return [block if isinstance(block, str) else _TABLE for block in blocks if block]


def _paragraph_differences(expected: list[str], actual: list[str]) -> list[Difference]:
    if expected == actual:
        return []

    found = []
    matcher = difflib.SequenceMatcher(None, expected, actual, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            for offset in range(max(end - start, other_end - other_start)):
                before = expected[start + offset] if start + offset < end else ""
                after = actual[other_start + offset] if other_start + offset < other_end else ""
                where = f"第 {start + offset + 1} 段"
                found.append(Difference(where, before.rstrip("\0"), after.rstrip("\0")))
    return found


def _table_differences(where: str, expected: Table, actual: Table) -> Iterator[Difference]:
    """Yield cells that differ, row beside row; rows taken out or put in are told whole."""
    before, after = [tuple(row) for row in expected], [tuple(row) for row in actual]
    same = len(expected) == len(actual)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    opcodes = [("replace", 0, len(before), 0, len(after))] if same else matcher.get_opcodes()

    for kind, start, end, other_start, other_end in opcodes:
        if kind == "equal":
            continue
        for offset in range(max(end - start, other_end - other_start)):
            number, other = start + offset, other_start + offset
            if number < end and other < other_end:
                yield from _row_differences(where, number, expected[number], actual[other])
            elif number < end:
                place = _row_name(where, number, expected[number])
                yield Difference(place, _row_text(before[number]), "")
            else:
                place = _row_name(where, other, actual[other])
                yield Difference(place, "", _row_text(after[other]))


def _row_differences(
    where: str, number: int, row: list[TableCell], other: list[TableCell]
) -> Iterator[Difference]:
    place = _row_name(where, number, row)
    if len(row) != len(other):
        yield Difference(place, f"{len(row)} 格", f"{len(other)} 格")
    for column, (cell, changed) in enumerate(zip(row, other, strict=False), start=1):
        if cell.text != changed.text:
            yield Difference(f"{place}第 {column} 格", cell.text, changed.text)
        elif cell != changed:
            yield Difference(f"{place}第 {column} 格", _say_merges(cell), _say_merges(changed))


def _row_name(where: str, number: int, row: Sequence[TableCell]) -> str:
    """Return the place of a row, with what stands nearest at the left of its values."""
    first = next((at for at, cell in enumerate(row) if _is_number(cell)), len(row))
    if first == len(row) and 2 <= first <= _LONGEST_PAIR:
        first -= 1  # a pair of label and answer

    label = next((cell.text for cell in reversed(row[:first]) if cell.text), "")
    return f"{where}第 {number + 1} 行" + (f"（{label}）" if label else "")


def _row_text(row: Sequence[TableCell]) -> str:
    return " ".join(cell.text for cell in row if cell.text) or "（空行）"


def _is_number(cell: TableCell) -> bool:
    return cell.text.replace(".", "").isdigit()


def _say_merges(cell: TableCell) -> str:
    merges = {"": "不竖向合并", "restart": "竖向合并的首格", "continue": "并入上格"}
    return f"占 {cell.span} 列、{merges.get(cell.merge, cell.merge)}"
