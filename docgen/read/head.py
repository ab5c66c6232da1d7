"""The head rows of a table as they stand in a sheet."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docgen.forms.form import Form, Path, Table
from docgen.read.entry import Entry


@dataclass
class Head:
    """Head rows seen together: the label cells of each sheet column, top down."""

    cells: dict[int, list[Entry]] = field(default_factory=dict)
    groups: dict[int, dict[int, str]] = field(default_factory=dict)  # head row → column → label
    columns: dict[str, dict[int, Path]] = field(default_factory=dict)  # band key → columns
    matched: dict[str, dict[int, Path]] = field(default_factory=dict)  # the same, unjudged
    used: bool = False

    def add(self, number: int, row: list[tuple[int, Entry]]) -> None:
        self.matched.clear()
        self.groups[number] = {}
        for index, entry in row:
            self.cells.setdefault(index, []).append(entry)
            self.groups[number][index] = entry.text

    def context(self, index: int) -> list[str]:
        """The labels at or left of a column in each head row: merged heads reach to the right."""
        reached = [(row, [i for i in row if i <= index]) for row in self.groups.values()]
        return [row[max(left)] for row, left in reached if left]


def head_labels(form: Form, table: Table) -> Iterator[str]:
    """Every text that may stand in a head row or above it."""
    yield from (section.title for section in form.sections if section.key == table.key)
    yield from (table.name, table.short)
    for band in table.bands:
        yield from (band.title, band.corner)
        for path in band.column_paths:
            for line in path:
                yield from line.labels
