"""The tables of a form: cells, rows and columns in their groups, bands.

A table is printed as one grid made of *bands*: each band has head rows (a tree of columns)
and figure rows (a tree of rows). A figure's address joins the keys on the way to it,
`requests.granted.natural`, and stays the same in every edition of the form.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Literal

from docgen.address import Address

Number = int | Decimal


class Kind(Enum):
    """What a cell takes, and so how it is read."""

    COUNT = "件数"  # a whole number, 0 or more
    CHANGE = "增减"  # a whole number, may be negative
    DECIMAL = "小数"  # a decimal number, 0 or more, kept digit for digit
    AMOUNT = "金额"  # money, 0 or more, kept digit for digit
    TEXT = "文字"
    YES = "是否"  # 是 or 否
    CHOICE = "单选"  # one of the choices
    CHOICES = "多选"  # some of the choices, or none of them
    DATE = "日期"
    PERSON = "姓名"
    PHONE = "电话"
    URL = "网址"

    @property
    def is_number(self) -> bool:
        """Whether such a cell holds a figure; the others hold an answer."""
        return self in _NUMBERS


_NUMBERS = (Kind.COUNT, Kind.CHANGE, Kind.DECIMAL, Kind.AMOUNT)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell takes: its kind, the unit of a figure (件, 万元), the choices, blank or not."""

    kind: Kind = Kind.COUNT
    unit: str = ""
    choices: tuple[str, ...] = ()
    optional: bool = False  # may stay blank


COUNT = Cell(unit="件")


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a table, or a group of them under one label.

    `label` is the official wording, `variants` are other wordings met in practice.
    A group with `in_address=False` only gathers its parts: its key names its label, but
    stands in no figure's address. `cell` is what its cells take; blank for a row of a table
    whose columns say it. A row with `each` stands for as many rows as the report has units.
    """

    key: str
    label: str
    variants: tuple[str, ...] = ()
    cell: Cell | None = None
    parts: tuple["Line", ...] = ()
    in_address: bool = True
    each: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.variants)


Path = tuple[Line, ...]  # from the outermost group to the leaf


def leaves(lines: Sequence[Line], above: Path = ()) -> Iterator[Path]:
    """Yield the path of each leaf, in printed order."""
    for line in lines:
        path = (*above, line)
        if line.parts:
            yield from leaves(line.parts, path)
        else:
            yield path


def key_of(path: Path) -> str:
    """Return the dotted key of the last line of a path, without groups that only gather."""
    above = [line.key for line in path[:-1] if line.in_address]
    return ".".join([*above, path[-1].key])


@dataclass(frozen=True)
class Band:
    """Head rows and the figure rows under them: a stretch of a table with its own columns.

    `key` names the band in templates. `title` is a printed row of its own above the head;
    `corner` is the head text above the row labels, which take `label_columns` grid columns.
    """

    key: str
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    title: str = ""
    corner: str = ""
    label_columns: int = 1

    @cached_property
    def row_paths(self) -> tuple[Path, ...]:
        return tuple(leaves(self.rows))

    @cached_property
    def column_paths(self) -> tuple[Path, ...]:
        return tuple(leaves(self.columns))


Shape = Literal["grid", "sheet", "lines"]


@dataclass(frozen=True, eq=False)  # each is itself alone
class Table:
    """One table of cells. `name` is its sheet (file) name, `short` what messages call it.

    A `grid` has rows and columns; a `sheet` pairs of label and value, in the one column `value`;
    `lines` are such pairs printed as lines of text. `notes` are printed under it. `absent` is
    the sentence that a body without this business writes instead of any figure: where the report
    `is_absent`, the table has no bands and that sentence is printed in its place. `no_sum` are the
    keys of lines whose figures do not add up over bodies.
    """

    key: str
    name: str
    short: str
    bands: tuple[Band, ...]
    shape: Shape = "grid"
    notes: tuple[str, ...] = ()
    landscape: bool = False
    widths: tuple[int, ...] = ()  # of its columns in print, as proportions
    absent: str = ""
    is_absent: bool = False
    no_sum: tuple[str, ...] = ()

    @property
    def each(self) -> Line | None:
        """The row that stands for the units of the report, if it has one."""
        rows = (row for band in self.bands for row in band.rows)
        return next((row for row in rows if row.each), None)

    def line_address(self, path: Path) -> Address:
        """Return the address of the last line of a path: a row, a column or a group of them."""
        return Address.of(self.key, key_of(path))

    def figure_address(self, row: Path, column: Path) -> Address:
        """Return the address of the figure in this row and this column."""
        return Address.of(self.key, key_of(row), key_of(column))
