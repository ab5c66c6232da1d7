"""Where a condition of a form is judged: in each row or column that has its cells, or once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from docgen.address import Address
from docgen.forms.form import Figure, Form
from docgen.forms.relation import Across, Condition, Test
from docgen.forms.table import Kind


@dataclass(frozen=True)
class JudgedLine:
    """One row or column that a condition is for, or the whole report; `label` is blank for that.

    `cells` are those the condition speaks of, by the keys it has for them.
    """

    label: str
    across: Across
    cells: Mapping[str, Figure]

    def name(self, key: str) -> str:
        """Return what a cell is called where its row, or its column, is known."""
        cell = self.cells[key]
        path = cell.column if self.across == "rows" else cell.row
        if not self.label:
            return cell.label
        label = path[-1].label
        paths = [
            other.column if self.across == "rows" else other.row for other in self.cells.values()
        ]
        is_alone = sum(other[-1].label == label for other in paths) == 1
        return label if is_alone or not path[1:] else f"{path[-2].label}·{label}"


def find_lines(form: Form, condition: Condition) -> Iterator[JudgedLine]:
    """Yield each row or column that has every cell of a condition; or the whole report."""
    tests = (*condition.when, *condition.then)
    wanted = {test.key for test in tests}
    keys = wanted | {test.value for test in tests if test.asks in (">", "<=")}
    by_column = condition.across == "columns"
    lines: dict[str, dict[str, Figure]] = {} if condition.across else {"": {}}

    for cell in form.cells.values():
        table, row, column = cell.address.figure
        if not condition.across and cell.address in keys:
            lines[""][cell.address] = cell
        elif condition.across and table == condition.table:
            key, line = (row, column) if by_column else (column, row)
            if key in keys:
                lines.setdefault(line, {})[key] = cell

    for line, cells in lines.items():
        if wanted <= cells.keys():
            is_grid = all(cell.table.shape == "grid" for cell in cells.values())
            named = form.wordings.get(Address.of(condition.table, line)) if line else None
            label = named.label if named and is_grid else ""
            yield JudgedLine(label, condition.across, cells)


def keys_of(test: Test, line: JudgedLine) -> list[str]:
    """Return the keys of the cells that a test looks at: its own, and the one it compares with."""
    compares = test.asks in (">", "<=") and test.value in line.cells
    return [test.key, test.value] if compares else [test.key]


def find_test_faults(form: Form, condition: Condition) -> Iterator[str]:
    """Yield why a condition, or a test of it, could never be judged."""
    line = next(find_lines(form, condition), None)
    if line is None:
        yield "这些代号没有同一行（列）的格：写到一格，不写分组"
        return

    for test in (*condition.when, *condition.then):
        cell = line.cells[test.key]
        if any(step.each for step in cell.row) and condition.across != "rows":
            yield f"“{test.key}”有几个单位就有几行：写合计的行"
        if test.asks in (">", "<=") and not cell.kind.is_number:
            yield f"“{test.key}”是{cell.kind.value}，不是数，不能比大小"
        elif test.asks in (">", "<=") and test.value not in line.cells:
            if read_number(test.value) is None:
                yield f"“{test.value}”不是数，也不是代号"
        elif test.asks == "=" and not _can_be(cell, test.value):
            yield f"“{test.key}”不会是“{test.value}”"


def _can_be(cell: Figure, value: str) -> bool:
    """Return whether a cell may hold this."""
    if cell.kind.is_number:
        return read_number(value) is not None
    if cell.kind is Kind.YES:
        return value in ("是", "否")
    return value in cell.cell.choices if cell.cell.choices else True


def read_number(text: str | None) -> Decimal | None:
    """Return the number that a text is; None if it is none."""
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
