"""The rows of a roster, found by their heads: whatever stands above, between and below them.

An office writes it for itself: with a title, with cells merged over several bodies, with lines
that count the bodies, in one block of columns or in two beside each other.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from docgen.files.visible import is_formula
from docgen.finding import Place
from docgen.read.entry import Entry, Grid, NoResult
from docgen.read.label import normal

Column = Literal[
    "name",
    "short_name",
    "level",
    "group",
    "seal_name",
    "contact",
    "phone",
    "parent",
    "former",
    "other",
]

_WORDS: Mapping[Column, str] = {
    "name": "机关名称 单位名称 机关全称 单位全称 部门名称 名称 全称 单位 机关 部门 "
    "责任单位 成员单位 部门单位 单位部门 乡镇部门 乡镇街道 镇街 行政机关",
    "short_name": "机关简称 单位简称 简称",
    "level": "机关层级 单位层级 层级 机关级别 单位级别 级别",
    "group": "类别 单位类别 机关类别 类型 单位类型 单位性质 性质",
    "seal_name": "印章名称 用印名称 落款名称 落款 署名",
    "contact": "联系人 联系人姓名 经办人 经办人姓名 填报人 联络员 负责人 姓名",
    "phone": "联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 办公电话 "
    "联系人电话 经办人电话 固定电话 座机",
    "parent": "主管单位 主管部门 主管机关 主管 上级单位 上级机关 上级",
    "former": "曾用名 曾用名称 原名称 原名 原单位名称 旧名称",
    "other": "序号 编号 备注 说明 职务",
}
#: What heads each column, the surest first; the first word heads the roster that docgen writes.
HEADS: Mapping[Column, Sequence[str]] = {column: words.split() for column, words in _WORDS.items()}

#: Of these all columns are read, of the others the one with the surest head.
_SEVERAL: tuple[Column, ...] = ("phone", "former")
#: What further rows add to, where the name is merged over them.
_ADDED_TO: tuple[Column, ...] = ("contact", "phone", "former")
#: What a row without a name is missed for: what else merges over rows says nothing of one.
_OF_ONE_BODY: tuple[Column, ...] = ("short_name", "seal_name", "contact", "phone", "former")

#: The beginning of a name that is an example, in the roster that docgen writes.
EXAMPLE = "示例："
# match: 示例：甲镇, （例）甲镇, 例如：甲镇; not 例镇人民政府.
_EXAMPLE = re.compile(r"[（(\[【]?示?例(?:如)?[)）\]】：:]")
# match: 合计, 共60个, 共计六十家, 60家; not 共青团委员会.
_TOTAL = re.compile("合计|总计|小计|总数|共(?:计|有)?[0-9一二三四五六七八九十百千]+|[0-9]+[个家]")
# match: 注：, 填表人：, 联系电话: ; not 注册中心.
_REMARK = re.compile(
    "(?:注|备注|说明|附注|附|(?:填表|制表|审核|填报|联系)[人单位日期时间电话]*)[：:]"
)
# match: 一、乡镇, （二）部门; not 一中, 二道沟镇.
_PART = re.compile("[（(]?[一二三四五六七八九十]+[)）、.．]")

_LONGEST_NAME = 60
# search: 甲镇; not 12, N/A.
_CHINESE = re.compile("[\u4e00-\u9fff]")
# match: （全称）, (必填); not 全称.
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
# sub: 填报 of 填报机关, 报送 of 报送单位名称; not 报到.
_WHO_SENDS = re.compile("^(?:填报|报送|上报|应报)")
# split: 甲镇、乙镇, 甲镇 乙镇; not 甲镇（乙镇）.
_BETWEEN_NAMES = re.compile(r"[、，,；;/\s]+")


class RosterRow(NamedTuple):
    """What the roster says of one body, by column; the name without white space."""

    name: str
    place: Place
    cells: Mapping[Column, str]

    def names_in(self, column: Column) -> tuple[str, ...]:
        """Return the names that stand in one cell: 甲镇、乙镇."""
        parts = map(clean_name, _BETWEEN_NAMES.split(self.cells.get(column, "")))
        return tuple(dict.fromkeys(filter(None, parts)))


@dataclass
class RosterRows:
    """The rows of a sheet that are bodies, and cells of those that are none.

    `passed` are totals, remarks, names struck through and the like, `nameless` stand beside a
    blank name, `odd` are names that cannot be one.
    """

    bodies: list[RosterRow] = field(default_factory=list)
    passed: list[Entry] = field(default_factory=list)
    nameless: list[Entry] = field(default_factory=list)
    odd: list[Entry] = field(default_factory=list)


def clean_name(text: str) -> str:
    """Return a name as people see it: without the white space and the invisible in it."""
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace())


def find_rows(grid: Grid) -> RosterRows | None:
    """Return the rows below the head of a sheet; None if it has no such head."""
    grid = [[_without_formula(entry) for entry in row] for row in grid]
    head = _find_head(grid)
    if head is None:
        return None

    number, columns = head
    first = number + 1
    if first < len(grid) and (below := _second_head(grid[first], columns)):
        columns, first = columns | below, first + 1

    rows = RosterRows()
    for block in _blocks(columns):
        _Block(grid, block, rows).read_rows(first)
    rows.bodies.sort(key=lambda row: _reading_order(row.place))
    return rows


def _without_formula(entry: Entry) -> Entry:
    """Return a cell; a formula whose result the file does not hold says nothing."""
    return entry._replace(value=None) if isinstance(entry.value, NoResult) else entry


def _reading_order(place: Place) -> tuple[int, str]:
    """Return where a row comes: with blocks beside each other, line by line."""
    digits = "".join(filter(str.isdigit, place.cell))
    return int(digits), place.cell


#: The columns of a sheet that are known, by index, each with the rank of its head.
_Known = dict[int, tuple[Column, int]]


def _known_columns(row: Sequence[Entry]) -> _Known:
    """Return which columns of a row are headed by a word of `HEADS`."""
    known: _Known = {}
    for index, entry in enumerate(row):
        whole = normal(entry.text)
        words = (whole, normal(_IN_BRACKETS.sub("", entry.text)), _WHO_SENDS.sub("", whole))
        for column in get_args(Column):
            ranks = [HEADS[column].index(word) for word in words if word in HEADS[column]]
            if ranks:
                known[index] = (column, ranks[0])
    return known


def _find_head(grid: Grid) -> tuple[int, _Known] | None:
    """Return the number of the head row, and its columns: one with several of the words, if any."""
    found: tuple[int, _Known] | None = None
    for number, row in enumerate(grid):
        known = _known_columns(row)
        if not any(column == "name" for column, _ in known.values()):
            continue

        alone = sum(1 for entry in row if entry.text) == 1
        if len(known) > 1 or alone:
            return number, known
        found = found or (number, known)

    return found


def _second_head(row: Sequence[Entry], head: _Known) -> _Known:
    """Return the columns of a second head row: 姓名 and 电话 below a 联系人 over both."""
    names = [index for index, (column, _) in head.items() if column == "name"]
    if any(index < len(row) and row[index].text for index in names):
        return {}
    return {i: one for i, one in _known_columns(row).items() if one[0] != "name"}


def _blocks(known: _Known) -> Iterator[_Known]:
    """Yield the columns of each block: one for every column of names with the same head."""
    ranks = [rank for column, rank in known.values() if column == "name"]
    names = sorted(index for index, one in known.items() if one == ("name", min(ranks)))
    for start, end in zip([0, *names[1:]], [*names[1:], max(known) + 1], strict=True):
        yield {
            index: one
            for index, one in known.items()
            if start <= index < end and (one[0] != "name" or index in names)
        }


class _Block:
    """One block of columns, read row by row."""

    def __init__(self, grid: Grid, known: _Known, rows: RosterRows) -> None:
        self._grid, self._rows = grid, rows
        self._at = {entry.place.cell: entry for row in grid for entry in row if entry.value}
        self._group = ""  # the heading over the rows that are read: 一、乡镇
        self._columns: dict[Column, list[int]] = {}
        for index, (column, _) in sorted(known.items(), key=lambda one: (one[1][1], one[0])):
            self._columns.setdefault(column, []).append(index)
        (self._name,) = self._columns["name"]

    def read_rows(self, first: int) -> None:
        """Put every row from this one on where it belongs."""
        for row in self._grid[first:]:
            entry = row[self._name] if self._name < len(row) else None
            if entry is not None and entry.text:
                self._take_named(entry, row)
            elif entry is not None and self._merged_above(entry) and self._rows.bodies:
                self._add_to_last(row)
            else:
                self._take_nameless(row)

    def _take_named(self, entry: Entry, row: Sequence[Entry]) -> None:
        """Take a row whose cell of the name is filled in: with a body's name, or with a remark."""
        name = clean_name(_as_text(entry))
        first = next(clean_name(each.text) for each in row if each.text)  # 合计 stands before it
        is_struck = clean_name(entry.look.struck) in ("…", name)  # no body any more
        is_head = normal(name) in HEADS["name"]  # once more, on another page
        if is_struck or is_head or _TOTAL.match(first) or _is_no_body(name):
            self._note_passed(entry)
        elif not _CHINESE.search(name) or len(name) > _LONGEST_NAME or is_formula(name):
            self._rows.odd.append(entry)
        else:
            self._rows.bodies.append(RosterRow(name, entry.place, self._cells_of(row)))

    def _take_nameless(self, row: Sequence[Entry]) -> None:
        """Tell of a row without a name: it is a total or a remark, or its name was forgotten."""
        texts = [entry for entry in row if entry.text]
        first = texts[0] if texts else None
        if first is None:
            return

        if _is_no_body(clean_name(first.text)):
            self._note_passed(first)
            return

        own = (i for column in _OF_ONE_BODY for i in self._columns.get(column, ()))
        filled = [row[i] for i in own if i < len(row) and row[i].text]
        if filled:
            self._rows.nameless.append(filled[0])

    def _note_passed(self, entry: Entry) -> None:
        """Note a line that is no body, once for all blocks; what it may say of those below it."""
        if entry not in self._rows.passed:
            self._rows.passed.append(entry)
        text = clean_name(entry.text)
        if found := _PART.match(text):
            self._group = _IN_BRACKETS.sub("", text[found.end() :])

    def _add_to_last(self, row: Sequence[Entry]) -> None:
        """Add a second contact to the body whose name is merged over both rows."""
        last = self._rows.bodies[-1]
        cells = dict(last.cells)
        for column, text in self._cells_of(row).items():
            if column in _ADDED_TO and text not in cells.get(column, "").split("、"):
                cells[column] = "、".join(filter(None, (cells.get(column), text)))
        self._rows.bodies[-1] = last._replace(cells=cells)

    def _cells_of(self, row: Sequence[Entry]) -> dict[Column, str]:
        """Return what a row says, by column; a cell merged over several rows is each one's."""
        cells: dict[Column, str] = {"group": self._group} if self._group else {}
        for column, indexes in self._columns.items():
            texts = [self._text_at(row, index) for index in indexes]
            filled = list(dict.fromkeys(filter(None, texts)))
            if column in _SEVERAL:
                cells[column] = "、".join(filled)
            elif filled:
                cells[column] = filled[0]
        return cells

    def _text_at(self, row: Sequence[Entry], index: int) -> str:
        if index >= len(row):
            return ""
        entry = row[index]
        shown = self._merged_above(entry)
        return _as_text(shown or entry)

    def _merged_above(self, entry: Entry) -> Entry | None:
        """Return the cell above that is shown in this one's place; None if there is none."""
        shown = self._at.get(entry.look.merged) if entry.look.merged else None
        if shown is None or _letters(shown) != _letters(entry):
            return None
        return shown


def _letters(entry: Entry) -> str:
    return entry.place.cell.rstrip("0123456789")


def _is_no_body(name: str) -> bool:
    """Return whether a line counts bodies, heads some of them, is a remark, or an example."""
    kinds = (_EXAMPLE, _TOTAL, _REMARK, _PART)
    return any(kind.match(name) for kind in kinds) or bool(re.search("[。？！]", name))


def _as_text(entry: Entry) -> str:
    """Return a cell on one line; a telephone number that was typed as a number has no `.0`."""
    value = entry.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
        return str(value)
    return " ".join(entry.text.split())
