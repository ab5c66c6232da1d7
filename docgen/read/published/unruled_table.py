"""One table without lines, as it is printed: each row with its label, each column with its head."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from docgen.finding import Finding
from docgen.forms.form import Form, unit_keys
from docgen.forms.table import Band, Line, Path, Table
from docgen.read.entry import Entry
from docgen.read.head import TableTeller, head_labels
from docgen.read.label import normal
from docgen.read.published.pdf_lines import join_lines
from docgen.read.published.stream import StreamLine
from docgen.read.published.unruled_labels import (
    STEP,
    FigureRow,
    LabelFinder,
    PrintedRun,
    RowLabels,
    Unproved,
    groups_of,
    heads_of,
    is_part_of,
    middle_of,
    runs_of,
    spellings_of,
)
from docgen.read.reported import MOST_UNITS

# fullmatch: 12, 1,240, 64.35, -3; not /, 12件, 1 2.
_FIGURE = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")

#: A table has fewer runs than this.
_MOST_RUNS = 4_000


@dataclass
class UnruledTable:
    """What one table holds, and the lines of its part that are none of it."""

    table: Table
    figures: dict[str, Entry] = field(default_factory=dict)
    units: list[Entry] = field(default_factory=list)
    rows: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)  # labels, their figures
    wordings: Mapping[str, Entry] = field(default_factory=dict)
    notes: Sequence[Finding] = ()
    rest: list[StreamLine] = field(default_factory=list)


def read_unruled(form: Form, table: Table, lines: Sequence[StreamLine]) -> UnruledTable:
    """Return a table out of the lines of its part. Raise Unproved where anything is amiss."""
    cells = (cell for cell in form.cells.values() if cell.table is table)
    if not all(cell.kind.is_number for cell in cells):
        raise Unproved("有写文字的格")
    return _Reader(form, table, lines).read()


class _Reader:
    """Reads one table."""

    def __init__(self, form: Form, table: Table, lines: Sequence[StreamLine]) -> None:
        self._form, self._table, self._lines = form, table, lines
        self._split = [(one, runs_of(one), line) for line in lines for one in line.printed]
        self._runs = sorted(
            (run for _, runs, _ in self._split for run in runs), key=lambda run: run.at
        )
        if len(self._runs) > _MOST_RUNS:
            raise Unproved("里的字太多")
        self._rows = list(self._figure_rows())
        if not self._rows:
            raise Unproved("里没有找到数")
        self._teller = TableTeller(form, table, self._rows[0].source.place)
        self._used: set[PrintedRun] = {run for row in self._rows for run in row.figures}

    def read(self) -> UnruledTable:
        """Return the table, each figure with the labels beside it."""
        found = UnruledTable(self._table)
        number, start = 0, (0, 0.0)
        for band, paths in self._expected():
            rows = self._rows[number : number + len(paths)]
            labels = RowLabels(self._stretch(start, rows[-1].at), band, paths, rows)
            self._judge_heads(band, rows, start)
            for at, (path, row) in enumerate(zip(paths, rows, strict=True)):
                label = labels.of(at)
                entry = self._entry("".join(run.text for run in label), row, number + at, 0)
                if path[-1].each:
                    path = self._unit(path, entry, found)
                elif label:
                    self._teller.note_variant(entry, path)
                self._take(band, path, row, number + at, found)
                self._used.update(label)

            number += len(paths)
            start = rows[-1].at

        found.wordings, found.notes = self._teller.wordings, self._teller.findings
        found.rest = list(self._rest())
        return found

    def _figure_rows(self) -> Iterator[FigureRow]:
        """Yield the lines that end in figures."""
        for _, runs, line in self._split:
            count = 0
            while count < len(runs) and _FIGURE.fullmatch(runs[-1 - count].text):
                count += 1
            if count:
                yield FigureRow(tuple(runs[len(runs) - count :]), line)

    def _expected(self) -> list[tuple[Band, list[Path]]]:
        """Return the rows of each band; raise Unproved where not just these are printed.

        A row for each unit is there as often as lines are left for it.
        """
        bands = self._table.bands
        fixed = sum(not path[-1].each for band in bands for path in band.row_paths)
        each = sum(path[-1].each for band in bands for path in band.row_paths)
        count = len(self._rows) - fixed
        if each > 1 or not each <= count <= each * MOST_UNITS:
            should = "至少应有" if each else "表式是"
            raise Unproved(f"有 {len(self._rows)} 行数，{should} {fixed + each} 行")

        expected = []
        rows = iter(self._rows)
        for band in bands:
            paths = [p for p in band.row_paths for _ in range(count if p[-1].each else 1)]
            expected.append((band, paths))
            for path in paths:
                found = len(next(rows).figures)
                if found != len(band.column_paths):
                    label = path[-1].label or self._table.short
                    raise Unproved(f"“{label}”应有 {len(band.column_paths)} 个数，有 {found} 个")
        return expected

    def _stretch(self, start: tuple[int, float], end: tuple[int, float]) -> list[PrintedRun]:
        """Return what stands below one row, down to the label of another."""
        below = end[0], end[1] + 4 * STEP * self._rows[0].figures[0].size
        return [run for run in self._runs if start < run.at <= below and run not in self._used]

    def _judge_heads(self, band: Band, rows: Sequence[FigureRow], start: tuple[int, float]) -> None:
        """Raise Unproved unless figures stand in columns, each under its own label."""
        columns = [
            (min(run.left for run in column), max(run.right for run in column))
            for column in zip(*(row.figures for row in rows), strict=True)
        ]
        if any(one[1] >= two[0] for one, two in pairwise(columns)):
            raise Unproved("里上下的数没有对齐")

        known = {one for path in band.column_paths for one in spellings_of(path)}
        above = [run for run in self._runs if start < run.at < rows[0].at]
        heads = heads_of([run for run in above if run.right > columns[0][0]], columns)
        for path, stack in zip(band.column_paths, heads, strict=True):
            texts = ("".join(run.text for run in stack[at:]) for at in range(len(stack)))
            said = next((text for text in texts if normal(text) in known), "")
            if normal(said) not in spellings_of(path):
                raise Unproved(f"“{path[-1].label}”一列的列名对不上")
            self._teller.note_variant(self._entry(said, rows[0], 0, 0), path)

        finder = LabelFinder(above)
        for path in band.column_paths:
            for group, numbers in groups_of(path, band.column_paths):
                left, right = columns[numbers[0]][0], columns[numbers[-1]][1]
                labels = finder.saying(spellings_of(group))
                if not any(left <= middle_of(label) <= right for label in labels):
                    raise Unproved(f"“{group[-1].label}”这几列的列名对不上")

    def _unit(self, path: Path, entry: Entry, found: UnruledTable) -> Path:
        """Take the name of a unit; return the path of its row."""
        key = unit_keys(len(found.units) + 1)[-1]
        address = self._table.line_address((*path[:-1], Line(key, entry.text)))
        found.units.append(entry._replace(place=entry.place._replace(address=address)))
        return (*path[:-1], Line(key, entry.text))

    def _take(
        self, band: Band, path: Path, row: FigureRow, number: int, found: UnruledTable
    ) -> None:
        """Take the figures of a row."""
        for at, (column, run) in enumerate(zip(band.column_paths, row.figures, strict=True)):
            address = self._table.figure_address(path, column)
            entry = self._entry(run.text, row, number, at + 1)
            found.figures[address] = entry._replace(place=entry.place._replace(address=address))
        label = path[-1].label or self._table.short
        found.rows.append((label, tuple(run.text for run in row.figures)))

    def _entry(self, text: str, row: FigureRow, number: int, figure: int) -> Entry:
        """Return a figure of a row, or its label, with its place as people see it."""
        cell = f"第 {number + 1} 行" + (f"第 {figure} 个数" if figure else "")
        sheet = f"页 {row.at[0]} {self._table.short}"
        return Entry(text, row.source.place._replace(sheet=sheet, cell=cell))

    def _rest(self) -> Iterator[StreamLine]:
        """Yield the lines of the part that are none of the table, as far as they are none."""
        table = self._table
        known = [normal(text) for text in (*head_labels(self._form, table), *table.notes)]
        known += [normal(one.label) for b in table.bands for p in b.row_paths for one in p]
        kept: dict[int, list[str]] = {}
        for printed, runs, line in self._split:
            if not all(run in self._used or is_part_of(run.text, known) for run in runs):
                kept.setdefault(id(line), []).append(printed.text)

        for line in self._lines:
            texts = kept.get(id(line), [])
            if len(texts) == len(line.printed):
                yield line
            elif texts:
                yield line._replace(text=join_lines(texts))
