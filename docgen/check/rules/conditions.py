"""Conditions of a form: where some cells hold one thing, others must hold another.

A cell that could not be read, or is empty though it must be filled, is not known: then nothing
is judged that depends on it. Only a cell that may stay blank can be blank.
"""

from collections.abc import Iterator, Sequence

from docgen.check.passages import Prose
from docgen.finding import Finding
from docgen.forms.form import Figure
from docgen.forms.judged_lines import JudgedLine, find_lines, keys_of, read_number
from docgen.forms.relation import Condition, Test
from docgen.forms.table import Kind
from docgen.model import Reading, print_number


class Values:
    """What the cells of a report hold, as conditions see it."""

    def __init__(self, reading: Reading) -> None:
        self.report = reading.report
        wrong = (finding for finding in reading.findings if finding.severity == "error")
        self.unread = {place.address for finding in wrong for place in finding.places}

    def get(self, cell: Figure) -> str | None:
        """Return what stands in a cell, blank if it may stay so and does; None if not known."""
        if cell.address in self.report.figures:
            return print_number(self.report.figures[cell.address])
        if answer := self.report.answers.get(cell.address):
            return answer
        return "" if cell.cell.optional and cell.address not in self.unread else None

    def says(self, test: Test, line: JudgedLine) -> bool | None:
        """Return whether a test holds; None if that is not known."""
        cell = line.cells[test.key]
        value = self.get(cell)
        if value is None:
            return None

        match test.asks:
            case "filled":
                return _is_filled(cell, value)
            case "blank":
                return not _is_filled(cell, value)
            case "=":
                return _is(cell, value, test.value)
            case _:
                return self._compares(test, value, line)

    def _compares(self, test: Test, value: str, line: JudgedLine) -> bool | None:
        """Return whether a figure is over, or at most, a number or the figure of another cell."""
        other = line.cells.get(test.value)
        limit = read_number(self.get(other) if other else test.value)
        if not value and test.asks == ">":
            return False  # what may stay blank and does is over nothing

        number = read_number(value)
        if number is None or limit is None:
            return None
        return number > limit if test.asks == ">" else number <= limit

    def all_hold(
        self, tests: Sequence[Test], line: JudgedLine, *, any_will_do: bool
    ) -> bool | None:
        """Return whether all of these tests hold, or any; None if that is not known."""
        said = [self.says(test, line) for test in tests]
        settled = any_will_do  # what one test alone can settle: any one true, or any one false
        if settled in said:
            return settled
        return None if None in said else not settled

    def describe(self, tests: Sequence[Test], line: JudgedLine) -> str:
        """Return the cells of these tests with what stands in them."""
        keys = dict.fromkeys(key for test in tests for key in keys_of(test, line))
        values = {key: self.get(line.cells[key]) for key in keys}
        return "、".join(
            f"“{line.name(key)}”{_say_value(line.cells[key], value)}"
            for key, value in values.items()
        )


def _say_value(cell: Figure, value: str | None) -> str:
    """Return what stands in a cell, as a sentence goes on: 是 36.5元, 填的是“否”, 没有填."""
    if not value:
        return "没有填"
    return f"是 {value}{cell.unit}" if cell.kind.is_number else f"填的是“{value}”"


def check_conditions(prose: Prose) -> Iterator[Finding]:
    """Report every condition of the form that is not met, once for each row or column."""
    reading = prose.reading
    if not reading.form.conditions:
        return

    values = Values(reading)
    for condition in reading.form.conditions:
        for line in find_lines(reading.form, condition):
            if is_broken(values, condition, line):
                yield _condition_finding(reading, values, condition, line)


def is_broken(values: Values, condition: Condition, line: JudgedLine) -> bool | None:
    """Return whether a condition is not met here; None if that is not known."""
    applies = values.all_hold(condition.when, line, any_will_do=condition.any_when)
    if not applies:
        return applies
    met = values.all_hold(condition.then, line, any_will_do=condition.any_then)
    return None if met is None else not met


def _condition_finding(
    reading: Reading, values: Values, condition: Condition, line: JudgedLine
) -> Finding:
    """Return the finding on a condition that is not met in one row, one column or the whole."""
    tests = (*condition.when, *condition.then)
    keys = dict.fromkeys(key for test in tests for key in keys_of(test, line))
    cells = [line.cells[key] for key in keys]
    table = "、".join(dict.fromkeys(cell.table.short for cell in cells))
    now = values.describe(condition.then, line)

    return reading.form.rules[condition.code].at(
        *(reading.place(cell.address) for cell in cells),
        expected=say_tests(condition.then, line, any_will_do=condition.any_then),
        actual=now,
        table=table,
        where=line.label,
        place=f"{table}“{line.label}”" if line.label else table,
        text=condition.text,
        given=values.describe(condition.when, line),
        now=now,
    )


def say_tests(tests: Sequence[Test], line: JudgedLine, *, any_will_do: bool) -> str:
    """Return what all of these tests ask, or any, in the words of the form."""
    return ("，或" if any_will_do else "，").join(_say_test(test, line) for test in tests)


def _say_test(test: Test, line: JudgedLine) -> str:
    """Return what a test asks of its cell, in the words of the form."""
    is_number = line.cells[test.key].kind.is_number
    is_other = test.value in keys_of(test, line)
    value = f"“{line.name(test.value)}”" if is_other else f" {test.value}"
    asks = {
        "filled": "大于 0" if is_number else "要填",
        "blank": "为 0 或不填" if is_number else "不填",
        "=": f"是{value}",
        ">": f"大于{value}",
        "<=": f"不大于{value}",
    }
    return f"“{line.name(test.key)}”{asks[test.asks]}"


def _is_filled(cell: Figure, value: str) -> bool:
    """Return whether something stands in a cell; a figure must be over 0."""
    if cell.kind.is_number:
        number = read_number(value)
        return number is not None and number > 0
    return bool(value)


def _is(cell: Figure, value: str, wanted: str) -> bool | None:
    """Return whether a cell says this, or has it among its choices; None for no number."""
    if cell.kind is Kind.CHOICES:
        return wanted in value.split("、")
    if not cell.kind.is_number or not value:
        return value == wanted
    number = read_number(wanted)
    return None if number is None else read_number(value) == number
