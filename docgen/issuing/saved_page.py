"""A page saved from a site held against the issued document: the report in it, and nothing else.

A portal puts its navigation before the report, its attachments after it, a line with date and
source under the title; it may cut a paragraph in two. What stands between the paragraphs and in
the tables must be the report's to the letter.
"""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docgen.errors import InputStop
from docgen.files import limits, ooxml
from docgen.finding import Finding, Place, Rule
from docgen.issuing.changes import NOTHING, TEXT_CHANGED, Contents
from docgen.issuing.record import Record, Target
from docgen.issuing.sealed import (
    NO_DOCUMENT,
    NO_WORDS,
    TOKEN,
    TOO_MUCH,
    WordPiece,
    letters_of,
    pieces_of_blocks,
    texts_of_stream,
    token_differences,
)
from docgen.read.published.stream import Stream, StreamTable
from docgen.word.blocks import Block, Difference, Table

PAGE_SAME = Rule(
    code="V129",
    name="网页上的报告与签发的相同",
    severity="note",
    message=(
        "“{name}”上报告的文字和数字与“{document}”逐个相同；"
        "报告以外的（导航、来源、附件）和图片没有比{more}"
    ),
    why="网站给报告加上了导航、来源和附件，网页文件的字节都变了，只能比里面报告的文字。",
    example="用浏览器把门户网站上的报告存下来核验。",
    cure="请看一眼题目下面和表格旁边有没有多出来的内容；无误则不用改。",
    since="0.4.0",
)
ADDED_TO_PAGE = Rule(
    code="V130",
    name="网页上的报告里多出内容",
    severity="error",
    message="{where}后面多出“{text}”，签发的文件里没有",
    why="夹在报告中间的话，读的人会当成报告里的。",
    example="在网站后台给报告加了一段说明。",
    cure="是网站加的栏目、按钮，请移到报告外面；是报告的内容，先改输入，重新签发再发布。",
    since="0.4.0",
)
CELLS_MOVED = Rule(
    code="V131",
    name="网页的表格错了位",
    severity="error",
    message="{where}：签发时是“{expected}”，网页上这一格是“{actual}”；数都在，位置不对",
    why="粘贴到网站后台时丢了合并的格子，后面的数就挪到别的列里去了。",
    example="编辑器去掉了 colspan，数往左错了一格。",
    cure="在网站后台照签发的文件把表格改好，或用 2024.粘贴.html 重新粘贴一次。",
    since="0.4.0",
)

# `第 2 张表第 4 行第 3 格`; not `第 4 段`.
_IN_TABLE = re.compile(r"第 ([0-9]+) 张表第")
#: Two texts that share so little are not one and the same, changed.
_LEAST_ALIKE = 0.4
#: As long as this is what a cell says: of as many cells each is the one that stands there.
_CELL = 12
#: Of the document so many characters must be on the page as they were, or it is another report.
_LEAST_SAME = 0.3
#: Two tables of one shape are the same one if so many of its cells are.
_LEAST_CELLS = 0.5
_TABLE = "\0"  # begins what stands for a table held cell by cell: no text has it
#: A page with so many more pieces than the report shows more than a page of a site.
_MOST_MORE = 20_000
#: So much of what a site put in is told.
_SHOWN, _MOST_TOLD = 40, 50


@dataclass
class _Held:
    """What is found out about a page."""

    changes: list[Difference] = field(default_factory=list)
    added: list[Difference] = field(default_factory=list)  # after what, nothing, what
    beside: list[str] = field(default_factory=list)  # between the title and the text


def tell_page(name: str, data: bytes, record: Record, target: Target) -> list[Finding]:
    """Return what tells the report on a page from the issued document."""
    from docgen.issuing.verify import tell_beside
    from docgen.read.published.web import read_stream

    document = target.document.name
    is_own = name == target.beside(".html").name and ".html" in record.beside
    other = tell_beside(name, data, record.beside[".html"], target) if is_own else []
    try:
        issued = Contents(record.document)
    except (ValueError, ooxml.NotPackage):
        return [NO_WORDS.at(name=name, document=document, why=NO_DOCUMENT)]

    try:
        with limits.limited():
            stream = read_stream(data, Place(name))
            held = _hold_pieces(issued.body, stream)
    except InputStop as error:
        return other or [NO_WORDS.at(name=name, document=document, why=error.findings[0].message)]
    except (limits.TooLong, MemoryError):
        return other or [NO_WORDS.at(name=name, document=document, why=TOO_MUCH)]
    if held is None:
        return other or [NO_WORDS.at(name=name, document=document, why="里面没有这份报告")]

    found = [TEXT_CHANGED.at(**one._asdict()) for one in held.changes]
    found += [ADDED_TO_PAGE.at(where=one.where, text=one.actual) for one in held.added]
    if not found:
        moved = _moved_cells(issued.body, stream)
        found = [CELLS_MOVED.at(**one._asdict()) for one in moved]
    if found:
        return [*other, *found[:_MOST_TOLD]]

    said = "；".join(text[:_SHOWN] for text in held.beside)
    more = f"；题目和正文之间另有“{said[: 2 * _SHOWN]}”" if said else ""
    return [*other, PAGE_SAME.at(name=name, document=document, more=more)]


def _hold_pieces(issued: Sequence[Block], stream: Stream) -> _Held | None:
    """Return what a page says otherwise in the report; None if the report is not on it."""
    paired = _pair_tables(issued, stream)
    was = list(_without_tables(pieces_of_blocks(issued), {table.number for table in paired}))
    now = list(_texts_beside(stream, {table.at: table.number for table in paired}))
    if len(now) > len(was) + _MOST_MORE:
        raise limits.TooLong

    texts = [piece.text for piece in was]
    matcher = difflib.SequenceMatcher(None, texts, now, autojunk=False)
    codes = matcher.get_opcodes()
    equal = [number for number, code in enumerate(codes) if code[0] == "equal"]
    same = sum(len(text) for block in matcher.get_matching_blocks()
               for text in texts[block.a : block.a + block.size])  # fmt: skip
    if not equal or same < _LEAST_SAME * len("".join(texts)):
        return None

    held = _Held()
    for table in paired:
        if _filled(table.was) != _filled(table.now):  # else they only moved
            held.changes += table.changes()
    for number, (kind, start, end, other, stop) in enumerate(codes):
        if kind != "equal":
            is_lead, is_tail = number < equal[0], number > equal[-1]
            _hold_stretch(held, was[max(start - 1, 0) : end], now[other:stop], start,
                          is_lead=is_lead, is_tail=is_tail)  # fmt: skip
    return held


class _PairedTable(NamedTuple):
    """A table of the document, the so manieth, and the one on the page that has its shape."""

    number: int
    at: int  # in the stream
    was: list[list[str]]
    now: list[list[str]]
    cells: list[list[int]]  # the so manieth cell of its row that a place belongs to

    def changes(self) -> Iterator[Difference]:
        """Yield each cell that says something else."""
        for row, texts in enumerate(self.was):
            for column, text in enumerate(texts):
                other = self.now[row][column] if column < len(self.now[row]) else ""
                if text != other:
                    place = f"第 {self.number} 张表第 {row + 1} 行第 {self.cells[row][column]} 格"
                    yield Difference(place, text or NOTHING, other or NOTHING)


def _pair_tables(issued: Sequence[Block], stream: Stream) -> list[_PairedTable]:
    """Return the tables that kept their rows and columns, in order: they are held cell by cell."""
    grids = [(at, _stream_grid(one)) for at, one in enumerate(stream)
             if isinstance(one, StreamTable)]  # fmt: skip
    tables = [block for block in issued if block and not isinstance(block, str)]
    paired: list[_PairedTable] = []
    for number, table in enumerate(tables, start=1):
        was = _grid_of(table)
        cells = [
            [place for place, cell in enumerate(row, start=1) for _ in range(cell.span)]
            for row in table
        ]
        for at, now in grids:
            if (not paired or at > paired[-1].at) and _is_same_table(was, now):
                paired.append(_PairedTable(number, at, was, now, cells))
                break

    return paired


def _is_same_table(was: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> bool:
    """Whether two tables have one shape, and most of what they say in common."""
    shapes = [(len(grid), max(map(len, grid), default=0)) for grid in (was, now)]
    if shapes[0] != shapes[1]:
        return False
    pairs = [(one, other) for row, own in zip(was, now, strict=True)
             for one, other in zip(row, own, strict=False) if one]  # fmt: skip
    return sum(one == other for one, other in pairs) >= _LEAST_CELLS * len(_filled(was))


def _without_tables(pieces: Iterable[WordPiece], paired: Collection[int]) -> Iterator[WordPiece]:
    """Yield the pieces, one for each table that is held by itself."""
    told: set[int] = set()
    for piece in pieces:
        found = _IN_TABLE.match(piece.where)
        number = int(found[1]) if found else 0
        if number not in paired:
            yield piece
        elif number not in told:
            told.add(number)
            yield WordPiece(f"第 {number} 张表", f"{_TABLE}{number}")


def _texts_beside(stream: Stream, paired: Mapping[int, int]) -> Iterator[str]:
    for at, one in enumerate(stream):
        if at in paired:
            yield f"{_TABLE}{paired[at]}"
        else:
            yield from filter(None, texts_of_stream([one]))


def _hold_stretch(
    held: _Held,
    was: Sequence[WordPiece],
    now: Sequence[str],
    start: int,
    *,
    is_lead: bool,
    is_tail: bool,
) -> None:
    """Hold one stretch that is other; the first of `was` stands before it, if any does.

    What the site has before the report, after it and under its title is its own.
    """
    before, own = (was[0], was[1:]) if start else (None, was)
    is_open = is_lead or is_tail or start == 1
    words, page = "".join(piece.text for piece in own), "".join(now)
    if words == page or (words and is_open and words in page):  # cut otherwise, or in two
        return

    rest, told = list(now), iter(_pair(own, now))
    after = before.where if before else "开头"
    for piece, number in told:
        if piece.text.startswith(_TABLE):
            held.changes.append(Difference(piece.where, "一张表", "不在这里"))
        elif number is None:
            held.changes.append(Difference(piece.where, piece.text, NOTHING))
        else:
            rest[number] = ""
            tokens = [(token, 0) for token in TOKEN.findall(piece.text)]
            held.changes += token_differences([piece], tokens, TOKEN.findall(now[number]))

    left = [text for text in rest if text and not text.startswith(_TABLE)]
    if start == 1 and not (is_lead or is_tail):
        held.beside += left
    elif not (is_lead or is_tail):
        held.added += [Difference(after, "", text[:_SHOWN]) for text in left]


def _pair(was: Sequence[WordPiece], now: Sequence[str]) -> Iterator[tuple[WordPiece, int | None]]:
    """Yield each piece with the number of the text on the page that it became, in their order."""
    both = list(zip(was, now, strict=False))
    is_same = (len(one.text) <= _CELL or _alikeness(one.text, other) for one, other in both)
    if len(was) == len(now) and all(is_same):
        yield from zip(was, range(len(now)), strict=True)
        return

    first = 0
    for piece in was:
        alike = [
            (_alikeness(piece.text, now[number]), -number) for number in range(first, len(now))
        ]
        best, number = max(alike, default=(0.0, 0))
        if best < _LEAST_ALIKE:
            yield piece, None
        else:
            first = 1 - number
            yield piece, -number


def _alikeness(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _LEAST_ALIKE or matcher.quick_ratio() < _LEAST_ALIKE:
        return 0.0
    return matcher.ratio()


def _moved_cells(issued: Sequence[Block], stream: Stream) -> Iterator[Difference]:
    """Yield the first cell of each table on the page that stands where it did not.

    All words are known to be there: a table is the one that has them in their order.
    """
    grids = [_stream_grid(one) for one in stream if isinstance(one, StreamTable)]
    tables = [block for block in issued if block and not isinstance(block, str)]
    for number, table in enumerate(tables, start=1):
        expected = _grid_of(table)
        words = _filled(expected)
        same = next((grid for grid in grids if _filled(grid) == words), None)
        if same is None:
            yield Difference(f"第 {number} 张表", "一张表", "拆开了，或和别的内容并在了一起")
        elif where := _first_moved(expected, same):
            row, column, was, is_now = where
            place = f"第 {number} 张表第 {row} 行第 {column} 列"
            yield Difference(place, was or NOTHING, is_now or NOTHING)


def _stream_grid(table: StreamTable) -> list[list[str]]:
    return [[letters_of(entry.text) if entry.text else "" for entry in row] for row in table.grid]


def _grid_of(table: Table) -> list[list[str]]:
    """Return the text of each cell at its row and column; blanks where a cell covers more."""
    return [
        [text for cell in row for text in (letters_of(cell.text), *[""] * (cell.span - 1))]
        for row in table
    ]


def _filled(grid: Sequence[Sequence[str]]) -> list[str]:
    return [text for row in grid for text in row if text]


def _first_moved(
    was: Sequence[Sequence[str]], now: Sequence[Sequence[str]]
) -> tuple[int, int, str, str] | None:
    """Return row and column of the first cell that says something else, and what."""
    rows = [row for row in now if any(row)]
    for number, row in enumerate((row for row in was if any(row)), start=1):
        other = rows[number - 1] if number <= len(rows) else []
        for column in range(max(len(row), len(other))):
            pair = [each[column] if column < len(each) else "" for each in (row, other)]
            if pair[0] != pair[1]:
                return number, column + 1, pair[0], pair[1]
    return None
