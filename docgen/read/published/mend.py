"""What published tables have that no sheet has, taken out or put right before they are bound.

Every change is told, and none puts a figure under another label than the one beside it.
"""

from collections.abc import Iterator, Mapping, Sequence

from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.forms.table import Path, Table
from docgen.read.bind import row_matcher
from docgen.read.entry import Grid, is_blank
from docgen.read.label import normal, unnumbered
from docgen.read.published.heads import align_heads, drop_sums, mend_heads
from docgen.read.published.printed import (
    LIKE,
    MOST_MENDED,
    Told,
    alike,
    figure_in,
    has_figures,
    labels_in,
    tell_mended,
)

MENDED_LABEL = Rule(
    code="R359",
    name="行名有错字，按最接近的读",
    severity="warning",
    needs=("report",),
    message="{table}的“{label}”按“{official}”读：只有这一行对不上，又在它的位置上",
    why="公布的表常有错字、漏字；行按名称认，这一处是按最接近的一行认的。",
    example="“（一）检察次数”按“（一）检查次数”读。",
    cure="看一眼是不是这一行。",
    since="0.3.0",
)
EXTRA_ROW = Rule(
    code="R360",
    name="表式里没有的一行没有读",
    severity="warning",
    needs=("report",),
    message="{table}的“{label}”表式里没有，没有读：{value}",
    why="“其中”一类的行是上一行的一部分，报告的表里没有它的位置；数不丢，在这里说明。",
    example="“检查次数”下面多了一行“其中：联合检查”。",
    cure="不用改；要保留的，写到正文里。",
    since="0.3.0",
)
GROUP_OF_ZEROS = Rule(
    code="R363",
    name="几行合为一行，是 0",
    severity="note",
    needs=("report",),
    message="{table}的“{label}”只有一行，都是 0：下面的 {count} 行各填 0",
    why="件数没有负的，几行之和是 0，各行就都是 0。",
    example="“三、其他”没有分两行，写着 0。",
    cure="不用改。",
    since="0.3.0",
)
GROUP_IN_ONE = Rule(
    code="R364",
    name="几行合为一行",
    severity="error",
    needs=("report",),
    message="{table}的“{label}”只有一行（{value}），表式分为 {count} 行：不知道各是多少",
    why="只有几行之和，分不出各行的数；docgen 不猜。",
    example="“三、其他”没有分两行，写着 12。",
    cure="查到各行的数，在输入里填上。",
    since="0.3.0",
)

_PART_OF = ("其中", "其 中")
_SURE = 0.55  # how like a label is to the only row it can be
_SHOWN = 12


def mend_grid(grid: Grid, form: Form, table: Table) -> tuple[Grid, Told]:
    """Return a grid that can be bound, and what was found on the way."""
    found: Told = []
    grid = mend_heads(grid, form, table, found)
    grid = drop_sums(grid, form, table, found)
    grid = align_heads(grid, table, found)
    grid = _spread_groups(grid, table, found)
    grid = _drop_parts(grid, table, found)
    grid = _mend_labels(grid, table, found)
    return grid, found


# Groups that stand in one row


def _spread_groups(grid: Grid, table: Table, found: Told) -> Grid:
    """Put zeros in the rows of a group that stands in one row and is 0; ask about others."""
    groups = _groups_of(table)
    said = {normal(entry.text) for row in grid for _, entry in labels_in(row)}
    spread: Grid = []
    for row in grid:
        labels = labels_in(row)
        paths = groups.get(normal(labels[-1][1].text), ()) if labels and has_figures(row) else ()
        if not paths or any(_is_said(path, said) for path in paths):
            spread.append(row)
            continue

        index, label = labels[-1]
        figures = [entry for entry in row[index + 1 :] if not is_blank(entry)]
        values = [figure_in(entry) for entry in figures]
        if any(values):
            shown = "、".join(entry.text for entry in figures[:_SHOWN])
            places = [label.place._replace(address=table.line_address(path)) for path in paths]
            found.append(
                GROUP_IN_ONE.at(
                    *places, value=shown, table=table.short, label=label.text, count=len(paths)
                )
            )
            row = [e if i <= index else e._replace(value=None) for i, e in enumerate(row)]
        else:
            found.append(
                GROUP_OF_ZEROS.at(
                    label.place, table=table.short, label=label.text, count=len(paths)
                )
            )

        for path in paths:
            name = "".join(line.label for line in path)
            spread.append([e._replace(value=name) if i == index else e for i, e in enumerate(row)])
    return spread


def _groups_of(table: Table) -> Mapping[str, Sequence[Path]]:
    """Return the rows of each innermost group of a table, by the group's label."""
    groups: dict[str, list[Path]] = {}
    for band in table.bands:
        for path in band.row_paths:
            for label in path[-2].labels if len(path) > 1 else ():
                groups.setdefault(normal(label), []).append(path)
                groups.setdefault(normal(unnumbered(label)), groups[normal(label)])
    return groups


def _is_said(path: Path, said: set[str]) -> bool:
    """Whether the label of a row stands in the grid."""
    return any(normal(label) in said for label in path[-1].labels)


# Rows that are part of another


def _drop_parts(grid: Grid, table: Table, found: Told) -> Grid:
    """Take out rows that say a part of the row above, where the form has no such row."""
    matcher = row_matcher(table)
    kept: Grid = []
    for row in grid:
        labels = [entry for _, entry in labels_in(row)]
        name = labels[-1].text if labels else ""
        if name.startswith(_PART_OF) and matcher.find([x.text for x in labels]) is None:
            figures = [entry.text for entry in row if entry.text and entry not in labels]
            value = "、".join(figures[:_SHOWN]) or "空着"
            found.append(
                EXTRA_ROW.at(labels[-1].place, table=table.short, label=name[:40], value=value)
            )
            continue
        kept.append(row)
    return kept


# Labels misspelt


def _mend_labels(grid: Grid, table: Table, found: Told) -> Grid:
    """Put the official label where a row's own is misspelt, and only one row can be meant.

    That row is missing, stands in the form between the rows found before and after, and is most
    like it.
    """
    if table.each:  # any other label may be the name of a unit
        return grid

    order = [path for band in table.bands for path in band.row_paths if path[-1].label]
    rows = list(_match_rows(grid, table, order))
    bound = {at for at in rows if at is not None}
    mended = list(grid)
    if len(rows) - len(bound) > 2 * MOST_MENDED:
        return grid

    for number, row in enumerate(grid):
        labels = labels_in(row)
        if rows[number] is not None or not labels or not has_figures(row):
            continue

        before = max((at for at in rows[:number] if at is not None), default=-1)
        after = min((at for at in rows[number + 1 :] if at is not None), default=len(order))
        missing = [at for at in range(before + 1, after) if at not in bound]
        index, label = labels[-1]
        chosen = _nearest_row(label.text, order, missing)
        if chosen is None:
            continue

        bound.add(chosen)
        rows[number] = chosen
        official = order[chosen][-1].label
        found.append(tell_mended(MENDED_LABEL, label, table.short, label.text[:40], official))
        mended[number] = [
            e._replace(value=official) if i == index else e for i, e in enumerate(row)
        ]
    return mended


def _match_rows(grid: Grid, table: Table, order: Sequence[Path]) -> Iterator[int | None]:
    """Yield for each row of a grid which row of the form it is, None for none."""
    matcher = row_matcher(table)
    numbers = {path: number for number, path in enumerate(order)}
    groups: dict[int, str] = {}
    for row in grid:
        labels = labels_in(row)
        for index, entry in labels:
            groups = {k: v for k, v in groups.items() if k < index} | {index: entry.text}
        found = (
            matcher.find([entry.text for _, entry in labels], groups.values()) if labels else None
        )
        yield numbers.get(found[1]) if found else None


def _likeness(text: str, path: Path) -> float:
    """Return how like a label is to that of a row, from 0 to 1."""
    return max(alike(text, label) for label in path[-1].labels)


def _nearest_row(text: str, order: Sequence[Path], missing: Sequence[int]) -> int | None:
    """Return the one of the missing rows that a label is most like; None if it is like none."""
    ranked = sorted(((_likeness(text, order[at]), at) for at in missing), reverse=True)
    if not ranked or ranked[0][0] < (_SURE if len(ranked) == 1 else LIKE):
        return None
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - 0.15:
        return None
    return ranked[0][1]
