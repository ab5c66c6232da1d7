"""The heads of a published table: misspelt, off their columns, or of sums that no form has."""

import re
from collections.abc import Sequence
from decimal import Decimal

from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.forms.table import Table
from docgen.read.entry import Entry, Grid, is_blank
from docgen.read.head import head_labels
from docgen.read.label import normal
from docgen.read.published.printed import (
    LIKE,
    MOST_MENDED,
    Told,
    alike,
    figure_in,
    has_figure,
    has_figures,
    tell_mended,
)

EXTRA_COLUMN = Rule(
    code="R361",
    name="多出的合计一列没有读",
    severity="note",
    needs=("report",),
    message="{table}的“{label}”表式里没有，没有读：每一行都等于{of}之和",
    why="多出来的合计是别的几列之和，核对过，一行也不差。",
    example="四个季度中间多了一列“上半年小计”。",
    cure="不用改。",
    since="0.3.0",
)
OTHER_SUM = Rule(
    code="R362",
    name="多出的合计一列对不上",
    severity="error",
    needs=("report",),
    message="{table}的“{label}”表式里没有，又不是旁边几列之和",
    why="多出来的一列若是合计，应等于旁边几列之和；对不上，可能有数读错了列。",
    example="“上半年小计”一列有一行不等于第一、第二季度之和。",
    cure="对照原件核对这一列旁边的数。",
    since="0.3.0",
)
MENDED_HEAD = Rule(
    code="R366",
    name="表头有错字，按最接近的读",
    severity="warning",
    needs=("report",),
    message="{table}的表头“{label}”按“{official}”读：只有这一列对不上",
    why="公布的表常有错字、漏字；列按表头认，这一处是按最接近的一列认的。",
    example="“第三季”按“第三季度”读。",
    cure="看一眼是不是这一列。",
    since="0.3.0",
)
MOVED_HEAD = Rule(
    code="R367",
    name="表头没有对齐",
    severity="warning",
    needs=("report",),
    message="{table}的表头“{label}”和下面的数没有对齐，按次序对上了",
    why="表头和下面的行合并得不一样，差了一列；列数一样，次序也一样。",
    example="“第一季度”多占了左边一列。",
    cure="看一眼这一列的数对不对。",
    since="0.3.0",
)

# fullmatch: 小计, 上半年合计; not 合计人数.
_SUM = re.compile(".{0,6}(?:小计|合计|总计|共计)")


def mend_heads(grid: Grid, form: Form, table: Table, found: Told) -> Grid:
    """Put the official label where a head is misspelt, and only one column can be meant."""
    known = {normal(label) for label in head_labels(form, table)}
    said = {normal(entry.text) for row in grid for entry in row}
    lines = {line.label: line for b in table.bands for p in b.column_paths for line in p}
    missing = [x for x, line in lines.items() if not any(normal(v) in said for v in line.labels)]
    mended: Grid = []
    unknown = 0
    for row in grid:
        head = not has_figures(row) and any(e.text and normal(e.text) in known for e in row)
        new = list(row)
        for index, entry in enumerate(row if head else ()):
            if not normal(entry.text) or normal(entry.text) in known or _is_sum(entry):
                continue
            unknown += 1
            if unknown > MOST_MENDED:
                return grid

            likeness = sorted(((alike(entry.text, x), x) for x in missing), reverse=True)
            sure = [label for share, label in likeness if share >= LIKE]
            if len(sure) == 1:
                missing.remove(sure[0])
                new[index] = entry._replace(value=sure[0])
                facts = (table.short, entry.text[:40], sure[0])
                found.append(tell_mended(MENDED_HEAD, entry, *facts))
        mended.append(new)
    return mended


def align_heads(grid: Grid, table: Table, found: Told) -> Grid:
    """Move heads above the figures that they are merged off, where order and number tell which.

    Only in a table of one head: as many columns hold figures as have a head, and each head, with
    the blank cells behind it, reaches over its figures.
    """
    leaves = {normal(x) for b in table.bands for p in b.column_paths for x in p[-1].labels}
    first = next((n for n, row in enumerate(grid) if has_figures(row)), len(grid))
    if len(table.bands) != 1 or any(normal(e.text) in leaves for r in grid[first:] for e in r[1:]):
        return grid

    heads = {
        index: number
        for number, row in enumerate(grid[:first])
        for index, entry in enumerate(row)
        if entry.text and normal(entry.text) in leaves
    }
    figures = sorted({i for r in grid[first:] for i, e in enumerate(r) if has_figure(e)})
    order = sorted(heads)
    ends = [*order[1:], len(max(grid, key=len, default=[]))]
    reach = all(head <= at < end for head, at, end in zip(order, figures, ends, strict=False))
    if len(order) != len(figures) or order == figures or not reach:
        return grid

    moved = [list(row) for row in grid]
    for head, at in reversed(list(zip(order, figures, strict=True))):
        row = moved[heads[head]]
        if at != head and at < len(row) and is_blank(row[at]):
            entry = row[head]
            row[at], row[head] = entry, row[at]
            found.append(MOVED_HEAD.at(entry.place, table=table.short, label=entry.text))
    return moved


# Columns that only add up others


def drop_sums(grid: Grid, form: Form, table: Table, found: Told) -> Grid:
    """Take out columns of sums that the form does not have, if they are what they say."""
    known = {normal(label) for label in head_labels(form, table)}
    for number, row in enumerate(grid):
        if has_figures(row) or not any(normal(e.text) in known for e in row if e.text):
            continue
        for index, entry in enumerate(row):
            text = normal(entry.text)
            if text in known or not _is_sum(entry):
                continue
            beside = _summed_by(grid[number + 1 :], index)
            if beside:
                found.append(EXTRA_COLUMN.at(entry.place, table=table.short, label=text, of=beside))
            else:
                found.append(OTHER_SUM.at(entry.place, table=table.short, label=text))
            return drop_sums(_without_column(grid, index), form, table, found)
    return grid


def _summed_by(rows: Grid, index: int) -> str:
    """Return which columns a column is the sum of in every row: 左边 3 列; blank if of none."""
    figures = [
        [figure_in(entry) for entry in row]
        for row in rows
        if index < len(row) and figure_in(row[index]) is not None and not is_blank(row[index])
    ]
    width = max(map(len, figures), default=0)
    for side, most in (("左", index), ("右", width - index - 1)):
        for count in range(2, most + 1):
            reach = (
                slice(index - count, index) if side == "左" else slice(index + 1, index + 1 + count)
            )
            if figures and all(_adds_up(row[reach], row[index]) for row in figures):
                return f"{side}边 {count} 列"
    return ""


def _is_sum(entry: Entry) -> bool:
    """Whether a head says that its column is a sum."""
    return _SUM.fullmatch(normal(entry.text)) is not None


def _adds_up(parts: Sequence[Decimal | None], total: Decimal | None) -> bool:
    """Whether these figures are known and make this sum."""
    known = [part for part in parts if part is not None]
    return len(known) == len(parts) and sum(known, Decimal(0)) == total


def _without_column(grid: Grid, index: int) -> Grid:
    """Return the grid without a column; the label of a group that begins there moves right."""
    kept: Grid = []
    for row in grid:
        row = list(row)
        if index < len(row):
            gone = row.pop(index)
            over = index < len(row) and is_blank(row[index])
            if over and gone.text and figure_in(gone) is None and not _is_sum(gone):
                row[index] = gone
        kept.append(row)
    return kept
