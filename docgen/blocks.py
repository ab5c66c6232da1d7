"""What a document says, block by block: paragraphs and tables, and how two documents differ."""

import difflib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from docgen.ooxml import NotPackage

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


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
    """The paragraphs and tables of a document's body in order, with every character of them."""
    try:
        body = ElementTree.fromstring(part).find(f"{W}body")
        return [] if body is None else list(_blocks(body))
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise NotPackage("正文部件不是完好的 XML") from None


def _blocks(parent: Element) -> Iterator[Block]:
    for child in parent:
        if child.tag == f"{W}p":
            yield text_of(child)
        elif child.tag == f"{W}tbl":
            yield [[_cell(cell) for cell in row.iter(f"{W}tc")] for row in child.iter(f"{W}tr")]
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _blocks(child)


def _cell(cell: Element) -> TableCell:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    text = "\n".join(text_of(paragraph) for paragraph in cell.iter(f"{W}p"))
    return TableCell(
        text,
        1 if span is None else int(span.get(f"{W}val", "1")),
        "" if merge is None else merge.get(f"{W}val", "continue"),
    )


_PIECES = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
_NEW_PAGE = ("page", "column")  # breaks of the layout, which LibreOffice adds on its own


def text_of(paragraph: Element) -> str:
    """The text of a `w:p`: deleted text and field codes aside, breaks and tabs as characters."""
    return "".join(
        piece.text or "" if piece.tag == f"{W}t" else _PIECES.get(piece.tag, "")
        for run in paragraph.iter(f"{W}r")
        for piece in run
        if piece.get(f"{W}type") not in _NEW_PAGE
    )


def plain_text(blocks: Sequence[Block]) -> str:
    """The body's text, a paragraph or a cell a line: what a hash of the text is taken over."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += [cell.text for row in block for cell in row]
    return "\n".join(lines) + "\n"


def differences(expected: Sequence[Block], actual: Sequence[Block]) -> list[Difference]:
    """Every paragraph and cell that differs; empty paragraphs do not count."""
    found = _paragraph_differences(_stream(expected), _stream(actual))
    tables = [block for block in expected if not isinstance(block, str)]
    others = [block for block in actual if not isinstance(block, str)]
    for number, (table, other) in enumerate(zip(tables, others, strict=False), start=1):
        if table != other:
            found += _table_differences(f"第 {number} 张表", table, other)
    return found


_TABLE = "（表格）\0"  # no paragraph can hold the last character


def _stream(blocks: Sequence[Block]) -> list[str]:
    """The paragraphs, with a mark where a table stands."""
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
    """Cells that differ, row beside row; rows taken out or put in are told whole."""
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
                yield Difference(
                    f"{_row_name(where, number, expected)}", _joined(before[number]), ""
                )
            else:
                yield Difference(f"{_row_name(where, other, actual)}", "", _joined(after[other]))


def _row_differences(
    where: str, number: int, row: list[TableCell], other: list[TableCell]
) -> Iterator[Difference]:
    place = _row_name(where, number, {number: row})
    if len(row) != len(other):
        yield Difference(place, f"{len(row)} 格", f"{len(other)} 格")
    for column, (cell, changed) in enumerate(zip(row, other, strict=False), start=1):
        if cell.text != changed.text:
            yield Difference(f"{place}第 {column} 格", cell.text, changed.text)
        elif cell != changed:
            yield Difference(f"{place}第 {column} 格", _merged(cell), _merged(changed))


def _row_name(where: str, number: int, rows: Any) -> str:
    label = next((cell.text for cell in reversed(rows[number]) if _is_label(cell)), "")
    return f"{where}第 {number + 1} 行" + (f"（{label}）" if label else "")


def _joined(row: Sequence[TableCell]) -> str:
    return " ".join(cell.text for cell in row if cell.text) or "（空行）"


def _is_label(cell: TableCell) -> bool:
    return bool(cell.text) and not cell.text.replace(".", "").isdigit()


def _merged(cell: TableCell) -> str:
    merges = {"": "不竖向合并", "restart": "竖向合并的首格", "continue": "并入上格"}
    return f"占 {cell.span} 列、{merges.get(cell.merge, cell.merge)}"
