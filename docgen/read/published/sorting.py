"""Which grid of a published report is which table of its form: by the labels in it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from docgen.forms.form import Form
from docgen.read.entry import Grid, is_blank
from docgen.read.label import label_in
from docgen.read.published.printed import has_figure
from docgen.read.published.stream import StreamTable
from docgen.read.recognise import labels_of

#: A grid with fewer labels of a table is none of it: it lays out a page, or is about the file.
_FEWEST = 2

Named = tuple[str, StreamTable]  # a grid, and the key of the part or table it belongs to


def sort_grids(tables: Sequence[Named], form: Form) -> Iterator[Named]:
    """Yield the grids that are tables of the form, each under its key.

    `tables` come with the key of the part they stand in. What is as wide as the grid before it,
    and names no other table, goes on with it. What is no table of the form has a blank key.
    """
    before, width = "", 0
    for section, table in tables:
        for key, part in _parted(table, section, form, before, width):
            yield key, part
            if key:
                before, width = key, width_of(part.grid)


def _parted(
    table: StreamTable, section: str, form: Form, before: str, width: int
) -> Iterator[Named]:
    """Yield the tables of the form that stand in one grid, each with its rows."""
    counts = _count_labels(table.grid, form)
    found = [key for key, count in counts.items() if count >= _FEWEST]
    if not found and section in counts:  # a table of one column, or labelled as another is
        found = [section] if counts[section] or _says_labels(table.grid, form, section) else []

    if not found:
        is_its = bool(before) and (counts[before] or not any(counts.values()))
        yield (before if is_its and width == width_of(table.grid) else ""), table
    elif len(found) == 1:
        yield found[0], table
    else:
        yield from _part_rows(table, found, form)


def _part_rows(table: StreamTable, found: Sequence[str], form: Form) -> Iterator[Named]:
    """Yield stretches of rows by the table that their own labels are of."""
    own = _own_labels(form)
    current = ""
    rows: Grid = []
    for row in table.grid:
        here = {own[text] for entry in row if (text := label_in(entry)) in own} & set(found)
        if here and current not in here:
            heads = _rows_of_head(rows) if current else len(rows)
            if current:
                yield current, StreamTable(rows[: len(rows) - heads], table.place)
            rows = rows[len(rows) - heads :]
            current = min(here, key=found.index)
        rows.append(row)
    if current:
        yield current, StreamTable(rows, table.place)


def _rows_of_head(rows: Grid) -> int:
    """Return how many rows at the end hold no figure: they are the head of what comes next."""
    figures = (n for n, row in enumerate(reversed(rows)) if any(map(has_figure, row)))
    return next(figures, len(rows))


def _count_labels(grid: Grid, form: Form) -> dict[str, int]:
    """Return how many labels of each table stand in a grid: those that no other table has."""
    own = _own_labels(form)
    texts = {label_in(entry) for row in grid for entry in row}
    counts = dict.fromkeys((table.key for table in form.tables), 0)
    for text in texts:
        if text in own:
            counts[own[text]] += 1
    return counts


def _says_labels(grid: Grid, form: Form, key: str) -> bool:
    """Whether labels of a table stand in a grid, if other tables have the same ones."""
    name = next(table.name for table in form.tables if table.key == key)
    known = {text for label in labels_of(form)[name] for text in label} - {""}
    return len(known & {label_in(entry) for row in grid for entry in row}) >= _FEWEST


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


def width_of(grid: Grid) -> int:
    """Return how many columns a grid has; where the last is blank, it is one all the same."""
    return max(map(len, grid), default=0)


def used_width(grid: Grid) -> int:
    """Return how many columns of a grid are used."""
    return max(
        (i + 1 for row in grid for i, entry in enumerate(row) if not is_blank(entry)), default=0
    )
