"""Binding a sheet of pairs: a value is known by the label left of it, and by the groups above."""

import re

from docgen.finding import Place
from docgen.forms.form import Form
from docgen.forms.table import Path, Table
from docgen.model import FACT_HEAD
from docgen.read.bind import Binder, Cells, row_matcher
from docgen.read.entry import Entry, Grid, beside, is_blank
from docgen.read.label import normal

# 单位负责人：赵明; not 单位负责人.
_IN_ONE = re.compile(r"([^:：]{1,60})[:：](.*)", re.DOTALL)


class PairBinder(Binder):
    """Reads a sheet or lines: a value stands below 内容, or comes first after its label."""

    def __init__(self, form: Form, table: Table, sheet: Place) -> None:
        super().__init__(form, table, sheet)
        self._values: int | None = None  # the column of the values, as far as it is known
        self._told_from: int | None = None  # the column of explanations, which are not read
        self._heading = ""  # a group's label in a row of its own
        self._unpaired: list[Cells] = []  # rows that no label names

    def _read_rows(self, grid: Grid) -> None:
        """Bind the value of each row to its label."""
        for row in grid:
            filled = [(i, entry) for i, entry in enumerate(row) if not is_blank(entry)]
            if self._told_from is not None:
                filled = [(i, entry) for i, entry in filled if i < self._told_from]
            if filled and not self._is_pair_head(filled):
                self._read_pair(row, filled)

        for filled in self._unpaired:
            self._tell_unpaired(filled)

    def _is_pair_head(self, filled: Cells) -> bool:
        """Whether a row is the head, which may be missing: 项目, 内容 and perhaps 说明."""
        band, (label, value, told) = self.table.bands[0], map(normal, FACT_HEAD)
        columns = {normal(entry.text): i for i, entry in reversed(filled)}
        values = {value, *(normal(path[-1].label) for path in band.column_paths)} - {""}
        found = next((columns[name] for name in values if name in columns), None)
        if found is None or normal(filled[0][1].text) not in {label, normal(band.corner)}:
            return False

        self._values, self._told_from = found, columns.get(told)
        return True

    def _read_pair(self, row: list[Entry], filled: Cells) -> None:
        """Bind what stands after the labels at the left."""
        found = self._find_labels(filled)
        if found is None:
            self._read_unpaired(filled)
            return

        count, path = found
        last, label = filled[count - 1]
        for i, entry in filled[:count]:
            self._groups = {k: v for k, v in self._groups.items() if k < i} | {i: entry.text}

        self._teller.note_variant(label, path)
        rest = filled[count:]
        column = rest[0][0] if rest else max(self._values or 0, last + 1)
        self._values = self._values or column
        self._strays += (entry for _, entry in rest[1:])
        key = self.table.line_address(path)
        if key in self._bound:
            self._doubled.append((self._bound[key], label.place, path[-1].label))
            return

        self._bound[key] = label.place
        address = self.table.figure_address(path, self.table.bands[0].column_paths[0])
        value = row[column] if column < len(row) else Entry(None, beside(label.place, column))
        self.figures[address] = value._replace(place=value.place._replace(address=address))

    def _find_labels(self, filled: Cells) -> tuple[int, Path] | None:
        """Return how many cells at the left are labels, and the row they name.

        Groups and row are known together; else the first cell alone is the label: what stands
        beside it may be worded as another label is.
        """
        matcher = row_matcher(self.table)
        texts = [entry.text if isinstance(entry.value, str) else "" for _, entry in filled]
        for count in range(min(len(texts), self.table.bands[0].label_columns), 1, -1):
            found = matcher.find(texts[:count])
            groups = {normal(x) for line in found[1][:-1] for x in line.labels} if found else set()
            if found and all(normal(text) in groups for text in texts[: count - 1]):
                return count, found[1]

        left = {i: text for i, text in self._groups.items() if i < filled[0][0]}
        alone = matcher.find(texts[:1], [*left.values(), self._heading])
        return (1, alone[1]) if alone else None

    def _read_unpaired(self, filled: Cells) -> None:
        """Take a group's label in a row of its own; keep what no label names, to be told of."""
        if len(filled) > 1 or normal(filled[0][1].text) not in self._group_labels:
            self._unpaired.append(filled)
            return

        index, entry = filled[0]
        self._heading = entry.text
        self._groups = {k: v for k, v in self._groups.items() if k < index}

    def _tell_unpaired(self, filled: Cells) -> None:
        """Tell of a value without a label, or of a label that nobody knows."""
        index, entry = filled[0]
        if self._values is not None and index >= self._values and len(filled) == 1:
            self._nameless.append(beside(entry.place, index - 1))
        else:
            odd = [e for _, e in filled if normal(e.text) not in self._group_labels]
            self._unknown.append(odd[0] if odd else entry)

    @property
    def _group_labels(self) -> set[str]:
        """The labels of all groups, made `normal`."""
        groups = (line for _, path in self._all_rows() for line in path[:-1])
        return {normal(label) for line in groups for label in line.labels}


def parted(grid: Grid, table: Table) -> Grid:
    """Return the grid with a label and its value in cells of their own: `单位负责人：赵明`."""
    labels = {
        normal(label)
        for band in table.bands
        for path in band.row_paths
        for label in path[-1].labels
    }
    return [_part_row(row, labels) for row in grid]


def _part_row(row: list[Entry], labels: set[str]) -> list[Entry]:
    """Return a row with its one cell parted, if that begins with a label."""
    filled = [(i, entry) for i, entry in enumerate(row) if not is_blank(entry)]
    if len(filled) != 1 or not isinstance(filled[0][1].value, str):
        return row

    index, entry = filled[0]
    pair = _IN_ONE.fullmatch(entry.text)
    if pair is None or normal(pair[1]) not in labels:
        return row
    return [*row[:index], entry._replace(value=pair[1]), entry._replace(value=pair[2] or None)]
