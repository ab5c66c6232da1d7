"""What a form says of its cells: sums, bounds, conditions, what another report says, too."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Across = Literal["columns", "rows", ""]


Relation = Literal["=", "<="]


@dataclass(frozen=True, slots=True)
class Equation:
    """A relation that must hold for every column (`across="columns"`) or every row of a table.

    The left keys and the right keys name rows when it holds for every column, columns when
    it holds for every row; both are sums. Across nothing they are whole addresses, and it holds
    once. The right side of an equality, if it is one key, is a *total*: it may be left out and
    computed.
    """

    code: str
    table: str
    across: Across
    left: tuple[str, ...]
    right: tuple[str, ...]
    text: str
    relation: Relation = "="


@dataclass(frozen=True, slots=True)
class Balance:
    """One equation at one row or column: these addresses sum to those. `label` says where."""

    equation: Equation
    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]


class Test(NamedTuple):
    """What is asked of one cell: `filled`, `blank`, or how its value compares with another."""

    key: str
    asks: Literal["filled", "blank", "=", ">", "<="]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Where all (or any) of `when` hold in a row, a column or the whole report, so must `then`."""

    code: str
    table: str
    across: Across
    when: tuple[Test, ...]
    then: tuple[Test, ...]
    text: str
    any_when: bool = False
    any_then: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """What another report of the same body and year says, too: a sum here, a sum there."""

    code: str
    family: str  # of the other form
    here: tuple[str, ...]
    there: tuple[str, ...]
    text: str
