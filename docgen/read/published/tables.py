"""The tables of a published report: which grid is which table of the form, made fit to be bound."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from docgen.forms.form import Form
from docgen.read.entry import Grid, is_blank
from docgen.read.label import label_in
from docgen.read.published.stream import StreamTable
from docgen.read.recognise import labels_of

#: A grid with fewer labels of a table is none of it: it lays out a page, or is about the file.
_FEWEST = 2


def sort_grids(
    tables: Sequence[tuple[str, StreamTable]], form: Form
) -> dict[str, list[StreamTable]]:
    """Return the grids of each table of the form, by its key; those of no table are left out.

    `tables` come with the key of the part they stand in. A grid that is as wide as the one before
    it, and has no head of its own, goes on with it.
    """
    sorted_: dict[str, list[StreamTable]] = {}
    before: tuple[str, int] | None = None
    for section, table in tables:
        for key, part in _parted(table, section, form, before):
            sorted_.setdefault(key, []).append(part)
            before = (key, _width(part.grid))
    return sorted_


def join_grids(parts: Sequence[StreamTable]) -> Grid:
    """Return the grids of one table, one under the other."""
    return [row for part in parts for row in part.grid]


def _parted(
    table: StreamTable, section: str, form: Form, before: tuple[str, int] | None
) -> Iterator[tuple[str, StreamTable]]:
    """Yield the tables of the form that stand in one grid, each with its rows."""
    counts = _count_labels(table.grid, form)
    found = [key for key, count in counts.items() if count >= _FEWEST]
    if not found:
        key, width = before or ("", 0)
        if key and width == _width(table.grid) and (counts[key] or not any(counts.values())):
            yield key, table
        return

    if len(found) == 1:
        yield found[0], table
        return
    if section in found and counts[section] == max(counts.values()):
        yield section, table
        return
    yield from _part_rows(table, found, form)


def _part_rows(
    table: StreamTable, found: Sequence[str], form: Form
) -> Iterator[tuple[str, StreamTable]]:
    """Yield stretches of rows by the table their own labels are of."""
    own = _own_labels(form)
    current = ""
    rows: Grid = []
    for row in table.grid:
        here = {own[text] for entry in row if (text := label_in(entry)) in own} & set(found)
        if here and current not in here:
            if current:
                yield current, StreamTable(rows, table.place)
                rows = []
            current = min(here, key=found.index)
        rows.append(row)
    if current:
        yield current, StreamTable(rows, table.place)


def _count_labels(grid: Grid, form: Form) -> dict[str, int]:
    """Return how many labels of each table stand in a grid: those that no other table has."""
    own = _own_labels(form)
    texts = {label_in(entry) for row in grid for entry in row}
    counts = dict.fromkeys((table.key for table in form.tables), 0)
    for text in texts:
        if text in own:
            counts[own[text]] += 1
    return counts


@lru_cache(maxsize=16)
def _own_labels(form: Form) -> Mapping[str, str]:
    """Return the labels that stand in one table alone, each with the key of that table."""
    known = labels_of(form)
    tables: dict[str, set[str]] = {}
    for table in form.tables:
        for label in known[table.name]:
            for text in label:
                tables.setdefault(text, set()).add(table.key)
    return {text: min(keys) for text, keys in tables.items() if len(keys) == 1 and text}


def _width(grid: Grid) -> int:
    """Return how many columns of a grid are not blank at its right end."""
    return max(
        (i + 1 for row in grid for i, entry in enumerate(row) if not is_blank(entry)), default=0
    )
