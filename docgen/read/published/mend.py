"""What published tables have that no sheet has, taken out or put right before they are bound.

Every change is told, and none puts a figure under another label than the one beside it.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from docgen.finding import Finding, Rule
from docgen.forms.form import Form
from docgen.forms.table import Path, Table
from docgen.read.bind import row_matcher
from docgen.read.entry import Entry, Grid, is_blank
from docgen.read.figures import BLANKS
from docgen.read.head import head_labels
from docgen.read.label import normal, unnumbered

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
_PART_OF = ("其中", "其 中")
_LIKE, _SURE = 0.75, 0.55
_SHOWN = 12
#: Where more labels than this are unknown, they are not misspelt.
_MOST_MENDED = 40
_LONGEST_LABEL = 120

Told = list[Finding]


def mend_grid(grid: Grid, form: Form, table: Table) -> tuple[Grid, Told]:
    """Return a grid that can be bound, and what was found on the way."""
    found: Told = []
    grid = _mend_heads(grid, form, table, found)
    grid = _drop_sums(grid, form, table, found)
    grid = _align_heads(grid, table, found)
    grid = _spread_groups(grid, table, found)
    grid = _drop_parts(grid, table, found)
    grid = _mend_labels(grid, table, found)
    return grid, found


def figure_in(entry: Entry) -> Decimal | None:
    """Return the figure a printed cell holds, a blank one as 0; None for what is none."""
    text = entry.text.replace(",", "").replace("，", "")
    if text.upper() in BLANKS:
        return Decimal(0)
    try:
        return Decimal(text) if text.isascii() else None
    except InvalidOperation:
        return None


def labels_in(row: Sequence[Entry]) -> list[tuple[int, Entry]]:
    """Return the words at the left of a row, up to its first figure."""
    labels = []
    for index, entry in enumerate(row):
        if is_blank(entry):
            continue
        if not isinstance(entry.value, str) or not _is_words(entry):
            break
        labels.append((index, entry))
    return labels


def _is_words(entry: Entry) -> bool:
    """Whether a cell begins with no figure."""
    text = entry.text
    return text not in BLANKS and (figure_in(entry) is None and not normal(text).isdigit())


def has_figure(entry: Entry) -> bool:
    """Whether a figure stands in a cell."""
    return not is_blank(entry) and figure_in(entry) is not None


def _has_figures(row: Sequence[Entry]) -> bool:
    """Whether a figure stands in a row."""
    return any(map(has_figure, row))


# Heads


def _mend_heads(grid: Grid, form: Form, table: Table, found: Told) -> Grid:
    """Put the official label where a head is misspelt, and only one column can be meant."""
    known = {normal(label) for label in head_labels(form, table)}
    said = {normal(entry.text) for row in grid for entry in row}
    lines = {line.label: line for b in table.bands for p in b.column_paths for line in p}
    missing = [x for x, line in lines.items() if not any(normal(v) in said for v in line.labels)]
    mended: Grid = []
    unknown = 0
    for row in grid:
        head = not _has_figures(row) and any(e.text and normal(e.text) in known for e in row)
        new = list(row)
        for index, entry in enumerate(row if head else ()):
            if not normal(entry.text) or normal(entry.text) in known or _is_sum(entry):
                continue
            unknown += 1
            if unknown > _MOST_MENDED:
                return grid

            likeness = sorted(((_alike(entry.text, x), x) for x in missing), reverse=True)
            sure = [label for share, label in likeness if share >= _LIKE]
            if len(sure) == 1:
                missing.remove(sure[0])
                new[index] = entry._replace(value=sure[0])
                facts = (table.short, entry.text[:40], sure[0])
                found.append(_tell_mended(MENDED_HEAD, entry, *facts))
        mended.append(new)
    return mended


def _tell_mended(rule: Rule, entry: Entry, table: str, label: str, official: str) -> Finding:
    """Tell of a label that is read as another."""
    return rule.at(entry.place, table=table, label=label, official=official)


def _align_heads(grid: Grid, table: Table, found: Told) -> Grid:
    """Move heads above the figures that they are merged off, where order and number tell which.

    Only in a table of one head: as many columns hold figures as have a head, and each head, with
    the blank cells behind it, reaches over its figures.
    """
    leaves = {normal(x) for b in table.bands for p in b.column_paths for x in p[-1].labels}
    first = next((n for n, row in enumerate(grid) if _has_figures(row)), len(grid))
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


def _drop_sums(grid: Grid, form: Form, table: Table, found: Told) -> Grid:
    """Take out columns of sums that the form does not have, if they are what they say."""
    known = {normal(label) for label in head_labels(form, table)}
    for number, row in enumerate(grid):
        if _has_figures(row) or not any(normal(e.text) in known for e in row if e.text):
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
            return _drop_sums(_without_column(grid, index), form, table, found)
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


# Groups that stand in one row


def _spread_groups(grid: Grid, table: Table, found: Told) -> Grid:
    """Put zeros in the rows of a group that stands in one row and is 0; ask about others."""
    groups = _groups_of(table)
    said = {normal(entry.text) for row in grid for _, entry in labels_in(row)}
    spread: Grid = []
    for row in grid:
        labels = labels_in(row)
        paths = groups.get(normal(labels[-1][1].text), ()) if labels and _has_figures(row) else ()
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
    if len(rows) - len(bound) > 2 * _MOST_MENDED:
        return grid

    for number, row in enumerate(grid):
        labels = labels_in(row)
        if rows[number] is not None or not labels or not _has_figures(row):
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
        found.append(_tell_mended(MENDED_LABEL, label, table.short, label.text[:40], official))
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
    return max(_alike(text, label) for label in path[-1].labels)


def _alike(one: str, other: str) -> float:
    """Return how like two labels are, from 0 to 1; no label is longer than a line or two."""
    if len(one) > _LONGEST_LABEL:
        return 0.0
    return difflib.SequenceMatcher(None, normal(one), normal(other), autojunk=False).ratio()


def _nearest_row(text: str, order: Sequence[Path], missing: Sequence[int]) -> int | None:
    """Return the one of the missing rows that a label is most like; None if it is like none."""
    ranked = sorted(((_likeness(text, order[at]), at) for at in missing), reverse=True)
    if not ranked or ranked[0][0] < (_SURE if len(ranked) == 1 else _LIKE):
        return None
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - 0.15:
        return None
    return ranked[0][1]
