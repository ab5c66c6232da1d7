"""What a form is: declarations from which reader, blank, sums, template and read-back follow.

A table is printed as one grid made of *bands*: each band has head rows (a tree of columns)
and figure rows (a tree of rows). A figure's address joins the keys on the way to it,
`requests.granted.natural`, and stays the same in every edition of the form.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import cached_property

from docgen.address import Address
from docgen.forms.duties import Duties
from docgen.forms.speech import Speech

Number = int | Decimal


class Kind(Enum):
    """What a figure counts, and so how it is read."""

    COUNT = "件数"  # a whole number, 0 or more
    CHANGE = "增减"  # a whole number, may be negative
    AMOUNT = "金额"  # a decimal amount, 0 or more, kept digit for digit


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a table, or a group of them under one label.

    `label` is the official wording, `variants` are other wordings met in practice.
    A group with `in_address=False` only gathers its parts: its key names its label, but
    stands in no figure's address.
    """

    key: str
    label: str
    variants: tuple[str, ...] = ()
    kind: Kind = Kind.COUNT
    parts: tuple["Line", ...] = ()
    in_address: bool = True

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


@dataclass(frozen=True, eq=False)  # each is itself alone
class Table:
    """One statistical table. `name` is its sheet (file) name, `short` what messages call it."""

    key: str
    name: str
    short: str
    bands: tuple[Band, ...]

    def line_address(self, path: Path) -> Address:
        """Return the address of the last line of a path: a row, a column or a group of them."""
        return Address.of(self.key, key_of(path))

    def figure_address(self, row: Path, column: Path) -> Address:
        """Return the address of the figure in this row and this column."""
        return Address.of(self.key, key_of(row), key_of(column))


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report: running text, or the table of the same key."""

    key: str
    title: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Equation:
    """A sum that must hold for every column (`across="columns"`) or every row of a table.

    The left keys and the right keys name rows when it holds for every column, columns when
    it holds for every row. A right side of one key is a *total*: it may be left out and computed.
    """

    code: str
    table: str
    across: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Balance:
    """One equation at one row or column: these addresses sum to those. `label` says where."""

    equation: Equation
    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the form: where it stands and what it counts."""

    address: Address
    kind: Kind
    table: Table
    band: Band
    row: Path
    column: Path

    @property
    def label(self) -> str:
        """The figure in words, `（一）予以公开·自然人`."""
        columns = [line for line in self.column if line.in_address]
        return "·".join(line.label for line in (self.row[-1], *columns) if line.label)


@dataclass(frozen=True, eq=False)  # each is itself alone
class Form:
    """A report form: sections in order, tables, sums, wording, and the years it is for.

    In `title` a line break marks where a long title may be broken.
    """

    key: str
    name: str
    basis: str
    first_year: int
    last_year: int | None
    title: str
    preface: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    equations: tuple[Equation, ...]
    template: str = ""
    speech: Speech = field(default_factory=Speech)
    duties: Duties = field(default_factory=Duties)

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every figure by address, in printed order."""
        return {
            address: Figure(address, column[-1].kind, table, band, row, column)
            for table in self.tables
            for band in table.bands
            for row in band.row_paths
            for column in band.column_paths
            for address in [table.figure_address(row, column)]
        }

    @cached_property
    def text_sections(self) -> tuple[Section, ...]:
        tables = {table.key for table in self.tables}
        return tuple(section for section in self.sections if section.key not in tables)

    @cached_property
    def wordings(self) -> Mapping[str, Line]:
        """The rows, columns and groups whose label a report may word otherwise, by address."""
        return {
            table.line_address(path[:depth]): path[depth - 1]
            for table in self.tables
            for band in table.bands
            for path in (*band.row_paths, *band.column_paths)
            for depth in range(1, len(path) + 1)
            if path[depth - 1].key
        }

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """Every equation at every row or column it holds for."""
        return tuple(
            balance for equation in self.equations for balance in self._spread_equation(equation)
        )

    def _spread_equation(self, equation: Equation) -> Iterator[Balance]:
        """Yield an equation at each row or column it holds for."""
        across_columns = equation.across == "columns"
        split = [figure.address.figure for figure in self.figures.values()]
        here = [(row, column) for table, row, column in split if table == equation.table]
        for key in dict.fromkeys(column if across_columns else row for row, column in here):

            def side(keys: tuple[str, ...], key: str = key) -> tuple[str, ...]:
                pairs = ((part, key) if across_columns else (key, part) for part in keys)
                return tuple(Address.of(equation.table, *pair) for pair in pairs)

            label = self.wordings[Address.of(equation.table, key)].label
            yield Balance(equation, label, side(equation.left), side(equation.right))

    @cached_property
    def totals(self) -> Mapping[str, tuple[str, ...]]:
        """The figures that may be left out, each with the addresses it is the sum of.

        A grand total has two such sums; the first declared one computes it.
        """
        totals: dict[str, tuple[str, ...]] = {}
        for balance in self.balances:
            total, *others = balance.right
            if not others:
                totals.setdefault(total, balance.left)

        return totals
