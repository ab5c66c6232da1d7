"""The tables of a published report: sorted, joined, mended, and bound by their labels."""

from collections import Counter
from collections.abc import Iterator, Sequence

from docgen.errors import InputStop
from docgen.finding import Place, Rule
from docgen.forms.form import Form
from docgen.forms.table import Table
from docgen.prose.personal import masked
from docgen.read.around import PASSED_OVER
from docgen.read.bind import row_matcher
from docgen.read.entry import Entries, Entry, Grid, is_blank
from docgen.read.label import label_in, normal, unnumbered
from docgen.read.published.mend import mend_grid
from docgen.read.published.outline import NOTE, OutlinePart
from docgen.read.published.printed import has_figure, labels_in
from docgen.read.published.sorting import sort_grids, used_width, width_of
from docgen.read.published.stream import StreamLine, StreamPicture, StreamTable
from docgen.read.published.trust import distrust, find_ragged, tell_headless, tell_ragged
from docgen.read.published.unread import tell_table
from docgen.read.published.unruled import read_unruled_tables
from docgen.read.recognise import MISSING_SHEET
from docgen.read.reported import find_absent
from docgen.read.sheets import read_table

NO_TABLES = Rule(
    code="X343",
    name="文件里没有表格",
    severity="error",
    message="“{name}”里没有{drawn}表格：{tables}的数读不出{why}",
    why="数按表头和行名认；没有表格，或表格是用文字、图块拼出来的，就认不出哪个数是哪一格的。"
    "PDF 里没有画线的表，要行名、列名、个数、勾稽全都对上，才读。",
    example="网页里的表是用 div 排出来的。",
    cure="找 Word 原件，或把表格复制到 Word、Excel 里成为真的表格，再读。",
    since="0.3.0",
)
PICTURE = Rule(
    code="X344",
    name="表是图片",
    severity="error",
    message="“{name}”里的{tables}是图片，读不出",
    why="图片里的字，docgen 不认；认错一个数比读不出更糟。",
    example="表格截了图再贴进 Word。",
    cure="请找 Word 原件；没有的，照着图片填到一套空表里。",
    since="0.3.0",
)
TWO_REPORTS = Rule(
    code="X345",
    name="一个文件里有两份报告",
    severity="error",
    message="“{name}”里有不止一份报告：{table}有两张，行名都一样",
    why="一次读一份报告；两份放在一起，取哪一份的数都是猜。",
    example="两个机关的报告排在一个文件里，或左右并排。",
    cure="拆成两个文件，一份一个，分别读。",
    since="0.3.0",
)
TURNED = Rule(
    code="X346",
    name="表的行和列换了位置",
    severity="error",
    message="“{name}”里的{table}行和列换了位置，没有读",
    why="这张表把表头写成了行；照着读会把数放错格子。",
    example="表式里横着排的四个季度，文件里竖着排。",
    cure="把表复制到 Excel，用“选择性粘贴—转置”转过来，再放回文件；或照着填到一套空表里。",
    since="0.3.0",
)

LOST_TEXT = Rule(
    code="R368",
    name="表旁边的文字没有地方放",
    severity="warning",
    needs=("report",),
    message="{table}旁边有一段文字，表式里没有它的位置，没有读：“{value}”",
    why="这一部分只有一张表；公布时写在表旁边的文字不丢，在这里说明。",
    example="表的上面写了一段“全年共开展检查……”。",
    cure="要保留的，写到有文字的部分里。",
    since="0.3.0",
)

UNREAD_TABLE = Rule(
    code="R370",
    name="一张表没有读",
    severity="warning",
    needs=("report",),
    message="这张表不像表式里的哪一张，没有读：里面有 {count} 个数（{value}……）",
    why="表按表头和行名认；有数的表丢掉了，总计就会少算，所以要说。",
    example="跨页的表，下半张没有表头，列数又和上半张不一样。",
    cure="看一眼它是不是上面那张表的下半张：是的，在文件里把两张并成一张再读；不是的，不用改。",
    since="0.3.0",
)

MISPRINT = Rule(
    code="R375",
    name="行名漏了字，不带进用语",
    severity="note",
    needs=("report",),
    message="“{label}”像是“{official}”漏了字，没有写进“用语”，出文件时印表式的名称",
    why="机关自己的叫法可以沿用；印错的沿用下去，每年都印错。",
    example="“四、检查次数”印成了“四、检数”。",
    cure="不用改。真要这样印的，在“基本情况”里加一行“用语”。",
    since="0.3.0",
)

#: The share of the labels that tells of a table there twice, or turned round.
_MOST_OF = 0.6
_SHOWN, _SHOWN_FIGURES = 60, 3


def read_tables(form: Form, parts: Sequence[OutlinePart], entries: Entries, whole: Place) -> None:
    """Bind the tables of a report. Raise InputStop where they cannot be read as what they are."""
    found = [(p.key, item) for p in parts for item in p.items if isinstance(item, StreamTable)]
    grids: dict[str, list[StreamTable]] = {}
    for key, piece in sort_grids(found, form):
        if key:
            grids.setdefault(key, []).append(piece)
        elif figures := [e.text for row in piece.grid for e in row if has_figure(e)]:
            value = "、".join(figures[:_SHOWN_FIGURES])
            entries.findings.append(UNREAD_TABLE.at(piece.place, value=value, count=len(figures)))
        elif told := tell_table(piece):
            entries.findings.append(told)

    missing: list[Table] = []
    pairs = {t.key: _lines_for(t, parts, form) for t in form.tables if t.shape == "lines"}
    bound = {id(line) for lines in pairs.values() for line in lines}
    for table in form.tables:
        lines = [line for part in parts if part.key == table.key for line in part.lines]
        if table.key in grids:
            _bind_grids(grids[table.key], form, table, entries)
            _tell_lines([line for line in lines if id(line) not in bound], table, entries)
        elif pairs.get(table.key):
            lines = pairs[table.key]
            read_table(_as_grid(lines), form, table, lines[0].place, entries)
        elif find_absent(_as_grid(lines), table):
            read_table(_as_grid(lines), form, table, whole, entries)
        else:
            missing.append(table)

    for table in _without_lines(form, missing, parts, entries, whole, bound):
        cure = "核对文件里有没有这张表；没有的，在输入里填上。"
        place = whole._replace(address=whole.address.of(table.key))
        entries.findings.append(MISSING_SHEET.at(place, name=table.name, cure=cure))


def _without_lines(
    form: Form,
    missing: Sequence[Table],
    parts: Sequence[OutlinePart],
    entries: Entries,
    whole: Place,
    bound: set[int],
) -> list[Table]:
    """Take those of the missing tables that have no ruling lines; return the others.

    Raise InputStop where no table can be read: one that is amiss makes those beside it unsure, too.
    """
    unruled, why = read_unruled_tables(form, missing, parts, entries)
    for one in unruled:
        _tell_lines([line for line in one.rest if id(line) not in bound], one.table, entries)

    taken = [one.table for one in unruled]
    left = [table for table in missing if table not in taken]
    drawn = [table for table in form.tables if table.shape != "lines"] or form.tables
    is_any_ruled = any(table not in missing for table in drawn)
    has_tables = is_any_ruled or not any(table in left for table in drawn)
    unread = left if has_tables else missing
    _refuse_unreadable(parts, unread, whole, why, has_tables=has_tables)
    return left


def _refuse_unreadable(
    parts: Sequence[OutlinePart],
    missing: Sequence[Table],
    whole: Place,
    why: str,
    *,
    has_tables: bool,
) -> None:
    """Raise InputStop where tables are missing because they are pictures, or no tables at all."""
    if not missing:
        return

    named = "、".join(table.short for table in missing)
    keys = {table.key for table in missing}
    pictured = any(
        part.key in keys and isinstance(item, StreamPicture)
        for part in parts
        for item in part.items
    )
    if pictured:
        raise InputStop(PICTURE.at(whole, name=whole.file, tables=named))

    if not has_tables:
        drawn, why = ("画线的", f"（{why}）") if why else ("", "")
        raise InputStop(NO_TABLES.at(whole, name=whole.file, drawn=drawn, tables=named, why=why))


def _bind_grids(pieces: Sequence[StreamTable], form: Form, table: Table, entries: Entries) -> None:
    """Bind the grids of one table, as one."""
    grid = _join_grids(pieces, table)
    place = pieces[0].place
    if _is_double(grid, table):
        raise InputStop(TWO_REPORTS.at(place, name=place.file, table=table.short))
    if table.shape == "grid":
        if _is_turned(grid, table):
            raise InputStop(TURNED.at(place, name=place.file, table=table.short))
        grid, notes = mend_grid(grid, form, table)
        entries.findings += notes

    told = len(entries.findings)
    ragged = list(find_ragged(pieces))
    binder = read_table(grid, form, table, place, entries)
    entries.findings += tell_headless(grid, table, binder.figures, entries.findings[told:])
    for row, usual in ragged:
        tell_ragged(row, usual, table, binder.figures, entries)
    distrust(binder.figures, entries)
    for address, entry in binder.wordings.items():
        official = form.wordings[address].label
        if _lacks_letters(entry.text, official):
            entries.findings.append(MISPRINT.at(entry.place, label=entry.text, official=official))
        else:
            entries.wording[address] = entry
    if table.key in entries.units:  # a narrow cell breaks the name of a unit over two lines
        entries.units[table.key] = [
            name._replace(value="".join(name.text.splitlines()))
            for name in entries.units[table.key]
        ]


def _lacks_letters(text: str, official: str) -> bool:
    """Whether a label is the official one without letters from its midst: no shorter name of it."""
    said, whole = normal(unnumbered(text)), normal(unnumbered(official))
    rest = iter(whole)
    return said not in whole and all(letter in rest for letter in said)


def _join_grids(pieces: Sequence[StreamTable], table: Table) -> Grid:
    """Return the grids of one table, one under the other.

    One without a head goes on with the one above: where it is narrower, its figures stand at the
    right as those do.
    """
    rows: Grid = []
    for piece in pieces:
        gap = 0
        if rows and not _has_head(piece.grid, table):
            gaps = {measure(rows) - measure(piece.grid) for measure in (width_of, used_width)}
            gap = max(gaps.pop() if len(gaps) == 1 else 0, 0)  # blank cells at the end tell nothing
        rows += [_moved(row, gap) for row in piece.grid]
    return rows


def _moved(row: Sequence[Entry], gap: int) -> list[Entry]:
    """Return a row with its cells so many columns further right."""
    return [*[row[0]._replace(value=None)] * gap, *row] if row else []


def _has_head(grid: Grid, table: Table) -> bool:
    """Whether the label of a column stands in a grid."""
    heads = {normal(label) for label in _column_labels(table)}
    return any(label_in(entry) in heads for row in grid for entry in row)


def _column_labels(table: Table) -> Iterator[str]:
    """Yield the labels of the columns of a table."""
    for band in table.bands:
        for path in band.column_paths:
            yield from path[-1].labels


def _is_double(grid: Grid, table: Table) -> bool:
    """Whether most rows are there twice: two reports, one below the other or side by side."""
    names = [normal(p[-1].label) for band in table.bands for p in band.row_paths if not p[-1].each]
    if not any(names):  # rows that have no label are told apart by their heads
        names = [normal(p[-1].label) for band in table.bands for p in band.column_paths]
    expected = Counter(name for name in names if name)
    said = Counter(
        label
        for row in grid
        for at, (_, entry) in enumerate(_all_labels(row))
        if not (label := label_in(entry)).isdigit() or at == 0  # else it is a figure
    )
    double = [name for name, count in expected.items() if said[name] >= 2 * count]
    return len(expected) > 1 and len(double) >= _MOST_OF * len(expected)


def _all_labels(row: Sequence[Entry]) -> Iterator[tuple[int, Entry]]:
    """Yield the words of a row."""
    return (
        (index, entry)
        for index, entry in enumerate(row)
        if isinstance(entry.value, str) and not is_blank(entry)
    )


def _is_turned(grid: Grid, table: Table) -> bool:
    """Whether the labels of the columns stand at the left of rows of figures."""
    names = {normal(label) for label in _column_labels(table)} - {""}
    rows = {normal(label) for band in table.bands for p in band.row_paths for label in p[-1].labels}
    own = names - rows
    left = {
        label_in(labels[-1][1])
        for row in grid
        if (labels := labels_in(row)) and any(e.text for e in row[labels[-1][0] + 1 :])
        if any(normal(e.text).isdigit() for e in row[labels[-1][0] + 1 :])
    }
    return len(own) > 1 and len(own & left) >= _MOST_OF * len(own)


# Tables that are no grid


def _lines_for(table: Table, parts: Sequence[OutlinePart], form: Form) -> list[StreamLine]:
    """Return the lines of a table: under its heading, or, where it has none, beside any table."""
    texts = {section.key for section in form.text_sections}
    own = [line for part in parts if part.key == table.key for line in part.lines]
    all_ = own or [line for part in parts if part.key not in texts for line in part.lines]
    matcher = row_matcher(table)
    return [line for line in all_ if matcher.find([line.text.partition("：")[0]]) is not None]


def _as_grid(lines: Sequence[StreamLine]) -> Grid:
    """Return lines as the rows of a sheet."""
    return [[Entry(line.text, line.place)] for line in lines]


def _tell_lines(lines: Sequence[StreamLine], table: Table, entries: Entries) -> None:
    """Tell of the lines around a table that the form does not print there."""
    printed = {normal(text) for text in (*table.notes, table.name, table.short)}
    for line in lines:
        if normal(line.text) not in printed:
            said = masked(line.text)
            value = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}……"
            is_text = line.text.endswith("。") and not NOTE.match(line.text)
            rule = LOST_TEXT if is_text else PASSED_OVER
            entries.findings.append(rule.at(line.place, table=table.short, value=value))
