"""Conditions of a form: where some cells hold one thing, others must hold another.

A cell that could not be read, or is empty though it must be filled, is not known: then nothing
is judged that depends on it. Only a cell that may stay blank can be blank.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from docgen.address import Address
from docgen.check.passages import Prose
from docgen.finding import Finding
from docgen.forms.form import Condition, Figure, Form, Kind, Test
from docgen.model import Reading, print_number

#: Gives the address of the cell that a key of a condition means, in one row or column.
Locate = Callable[[str], Address]


@dataclass(frozen=True)
class JudgedLine:
    """One row or column a condition is for, or the whole report; `label` is blank for that."""

    label: str
    locate: Locate


class Cells:
    """The cells of a report as conditions see them."""

    def __init__(self, reading: Reading) -> None:
        self.form, self.report = reading.form, reading.report
        wrong = (finding for finding in reading.findings if finding.severity == "error")
        self.unread = {place.address for finding in wrong for place in finding.places}

    def value(self, address: Address) -> str | None:
        """Return what stands in a cell, blank if it may stay so and does; None if not known."""
        if address in self.report.figures:
            return print_number(self.report.figures[address])
        if answer := self.report.answers.get(address):
            return answer
        blank = self.form.cells[address].cell.optional and address not in self.unread
        return "" if blank else None

    def says(self, test: Test, locate: Locate) -> bool | None:
        """Return whether a test holds; None if that is not known."""
        address = locate(test.key)
        figure, value = self.form.cells[address], self.value(address)
        if value is None:
            return None

        match test.asks:
            case "filled":
                return _is_filled(figure, value)
            case "blank":
                return not _is_filled(figure, value)
            case "=":
                return _is(figure, value, test.value)
            case _:
                return self._compares(test, value, locate)

    def _compares(self, test: Test, value: str, locate: Locate) -> bool | None:
        """Return whether a figure is over, or at most, a number or the figure of another cell."""
        limit = _read_number(test.value)
        if limit is None and locate(test.value) in self.form.figures:
            limit = _read_number(self.value(locate(test.value)))

        if not value and test.asks == ">":
            return False  # what may stay blank and does is over nothing

        number = _read_number(value)
        if number is None or limit is None:
            return None
        return number > limit if test.asks == ">" else number <= limit

    def all_hold(self, tests: Sequence[Test], locate: Locate, *, any_will_do: bool) -> bool | None:
        """Return whether all of these tests hold, or any; None if that is not known."""
        said = [self.says(test, locate) for test in tests]
        settled = any_will_do  # what one test alone can settle: any one true, or any one false
        if settled in said:
            return settled
        return None if None in said else not settled

    def describe(self, tests: Sequence[Test], locate: Locate) -> str:
        """Return the cells of these tests with what stands in them."""
        addresses = dict.fromkeys(locate(test.key) for test in tests)
        return "、".join(self._describe_cell(address) for address in addresses)

    def _describe_cell(self, address: Address) -> str:
        figure, value = self.form.cells[address], self.value(address)
        return f"“{figure.label}”是 {value}{figure.unit}" if value else f"“{figure.label}”没有填"


def check_conditions(prose: Prose) -> Iterator[Finding]:
    """Report every condition of the form that is not met, once for each row or column."""
    reading = prose.reading
    if not reading.form.conditions:
        return

    cells = Cells(reading)
    for condition in reading.form.conditions:
        for line in find_lines(reading.form, condition):
            if is_broken(cells, condition, line):
                yield _condition_finding(reading, cells, condition, line)


def find_lines(form: Form, condition: Condition) -> Iterator[JudgedLine]:
    """Yield each row or column that has every cell of a condition; or the whole report."""
    tests = (*condition.when, *condition.then)
    keys = [test.key for test in tests]
    if not condition.across:
        if all(key in form.cells for key in keys):
            yield JudgedLine("", Address)
        return

    by_column = condition.across == "columns"
    split = [address.figure for address in map(Address, form.cells)]
    here = [(row, column) for table, row, column in split if table == condition.table]
    for line in dict.fromkeys(column if by_column else row for row, column in here):

        def locate(key: str, line: str = line) -> Address:
            return Address.of(condition.table, *((key, line) if by_column else (line, key)))

        if all(locate(key) in form.cells for key in keys):
            is_sheet = form.cells[locate(keys[0])].table.shape != "grid"
            label = "" if is_sheet else form.wordings[Address.of(condition.table, line)].label
            yield JudgedLine(label, locate)


def is_broken(cells: Cells, condition: Condition, line: JudgedLine) -> bool | None:
    """Return whether a condition is not met here; None if that is not known."""
    applies = cells.all_hold(condition.when, line.locate, any_will_do=condition.any_when)
    if not applies:
        return applies
    met = cells.all_hold(condition.then, line.locate, any_will_do=condition.any_then)
    return None if met is None else not met


def _condition_finding(
    reading: Reading, cells: Cells, condition: Condition, line: JudgedLine
) -> Finding:
    """Return the finding on a condition that is not met in one row, one column or the whole."""
    tests = (*condition.when, *condition.then)
    addresses = list(dict.fromkeys(line.locate(test.key) for test in tests))
    tables = dict.fromkeys(reading.form.cells[address].table.short for address in addresses)
    table, now = "、".join(tables), cells.describe(condition.then, line.locate)

    return reading.form.rules[condition.code].at(
        *(reading.place(address) for address in addresses),
        expected=say_tests(
            reading.form, condition.then, line.locate, any_will_do=condition.any_then
        ),
        actual=now,
        table=table,
        where=line.label,
        place=f"{table}“{line.label}”" if line.label else table,
        text=condition.text,
        given=cells.describe(condition.when, line.locate),
        now=now,
    )


def say_tests(form: Form, tests: Sequence[Test], locate: Locate, *, any_will_do: bool) -> str:
    """Return what all of these tests ask, or any, in the words of the form."""
    return ("，或" if any_will_do else "，").join(_say_test(form, test, locate) for test in tests)


def _say_test(form: Form, test: Test, locate: Locate) -> str:
    """Return what a test asks of its cell, in the words of the form."""
    figure = form.cells[locate(test.key)]
    other = locate(test.value) if _read_number(test.value) is None else ""
    value = f"“{form.cells[other].label}”" if other in form.cells else f" {test.value}"
    asks = {
        "filled": "大于 0" if figure.kind.is_number else "要填",
        "blank": "为 0 或不填" if figure.kind.is_number else "不填",
        "=": f"是{value}",
        ">": f"大于{value}",
        "<=": f"不大于{value}",
    }
    return f"“{figure.label}”{asks[test.asks]}"


def _is_filled(figure: Figure, value: str) -> bool:
    """Return whether something stands in a cell; a figure must be over 0."""
    if figure.kind.is_number:
        number = _read_number(value)
        return number is not None and number > 0
    return bool(value)


def _is(figure: Figure, value: str, wanted: str) -> bool | None:
    """Return whether a cell says this, or has it among its choices; None for no number."""
    if figure.kind is Kind.CHOICES:
        return wanted in value.split("、")
    if not figure.kind.is_number or not value:
        return value == wanted
    number = _read_number(wanted)
    return None if number is None else _read_number(value) == number


def _read_number(text: str | None) -> Decimal | None:
    """Return the number that a text is; None if it is none."""
    try:
        number = Decimal(text or "")
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
