"""Binding a sheet to a table of the form: rows and columns by label, never by position or count."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from docgen.address import Address
from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form, unit_keys
from docgen.forms.table import Band, Line, Path, Table
from docgen.read.entry import Entry, Grid, NoResult, below, beside, is_blank
from docgen.read.figures import BLANKS
from docgen.read.head import MISSING_COLUMN, Head, TableTeller
from docgen.read.label import Matcher, nearest, nearest_hint, normal

UNKNOWN_ROW = Rule(
    code="R201",
    name="多出不认识的行",
    severity="error",
    needs=("sheets",),
    message="“{label}”不是{table}的一行{nearest}",
    why="行按名称认，不按位置认；名称对不上就不知道数字属于哪一行。",
    example="“（一）检察次数”应为“（一）检查次数”。",
    cure="把行名改为表式里的名称，或删去这一行。",
)
MISSING_ROW = Rule(
    code="R202",
    name="缺行",
    severity="error",
    needs=("report",),
    message="{table}缺“{label}”这一行{after}",
    why="缺的行不能当 0。",
    example="删行时多删了“3.其他”。",
    cure="补上这一行并填数；没有就填 0。",
)
DOUBLED_ROW = Rule(
    code="R203",
    name="行重复",
    severity="error",
    needs=("sheets",),
    message="{table}的“{label}”{more}",
    why="同一行有两组数时，取哪一组都是猜。",
    example="复制时“（一）检查次数”贴了两遍。",
    cure="只留一行。",
)
STRAY_VALUE = Rule(
    code="R210",
    name="表外有内容",
    severity="error",
    needs=("sheets",),
    message="{table}这里写着“{value}”{more}，但它不在任何一行一列里",
    why="写在格子外的数不会进入报告；docgen 不悄悄丢掉它。",
    example="合计多算了一列，写在表格右边。",
    cure="填到应在的格子里，或删去。",
)
NAMELESS_ROW = Rule(
    code="R212",
    name="有数的行没有行名",
    severity="error",
    needs=("sheets",),
    message="{table}这一行有数，没有行名{nearest}",
    why="行按名称认，不按位置认；没有名称就不知道这些数属于哪一行。",
    example="“（一）检查次数”这几个字不小心删掉了，后面的数还在。",
    cure="补上行名；这一行多余的，删去整行。",
    since="0.2.0",
)

Row = tuple[Band, Path]
Cells = list[tuple[int, Entry]]  # what is filled in a row of the sheet, each with its column

#: What is never called a unit: 合计, 本级合计, 总计; not 会计局.
_SUM = re.compile("(?:.{0,6}(?:合计|总计|小计|共计|累计|汇总|总数)|计)")

#: More rows outside of a table, or there twice, are one thing pasted into it.
_FEW = 3


class Binder:
    """Reads one table from one sheet. `figures`, `units`, `findings` hold what was found."""

    def __init__(self, form: Form, table: Table, sheet: Place) -> None:
        self.table, self.sheet = table, sheet
        self.figures: dict[str, Entry] = {}
        self.units: list[Entry] = []  # the names of the rows that are units
        self._may_be_units: list[tuple[Head, list[Entry], Cells, Cells]] = []
        self._has_answers = any(
            cell.table is table and not cell.kind.is_number for cell in form.cells.values()
        )
        self._teller = TableTeller(form, table, sheet)
        self._head = Head(table, self._teller)
        self._groups: dict[int, str] = {}  # sheet column → the label of a group in force there
        self._bound: dict[Address, Place] = {}  # the rows found, and where
        self._unknown: list[Entry] = []
        self._nameless: list[Place] = []
        self._strays: list[Entry] = []
        self._doubled: list[tuple[Place, Place, str]] = []

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the sheet; without any head all else follows from that."""
        found = self._teller.findings
        headless = [finding for finding in found if finding.rule is MISSING_COLUMN]
        return headless if headless and not self._teller.has_head else found

    @property
    def wordings(self) -> Mapping[str, Entry]:
        """The rows and columns that the sheet words otherwise than the form, by address."""
        return self._teller.wordings

    def read(self, grid: Grid) -> None:
        """Bind every row of the sheet, then tell what is missing."""
        self._read_rows(grid)
        self._read_units()
        self._report_many()
        self._report_missing()

    def _read_rows(self, grid: Grid) -> None:
        """Bind every row to that of its labels, under the heads above it."""
        for number, row in enumerate(grid):
            filled = [(i, entry) for i, entry in enumerate(row) if not is_blank(entry)]
            if not filled:
                continue
            if self._is_head(filled):
                if self._head.used:
                    self._head = Head(self.table, self._teller)
                self._head.add_row(number, filled)
            else:
                self._read_row(row, filled)

        self._read_blank_unlabelled(grid)

    def _is_head(self, filled: Cells) -> bool:
        """Whether a row holds heads of columns: words alone, and none that names a row."""
        for _, entry in filled:
            if not isinstance(entry.value, str) or normal(entry.text).isdigit():
                return False
        known = sum(self._teller.is_head(e) for _, e in filled if normal(e.text))
        if self._has_answers and known * 2 < len(filled):  # an answer may be worded as a head is
            return False
        return known > 0 and row_matcher(self.table).find([filled[0][1].text]) is None

    def _read_row(self, row: list[Entry], filled: Cells) -> None:
        """Bind a row by the labels at its left, or by its figures where it has none."""
        labels = self._labels_of(filled)
        if not labels:
            self._read_unlabelled(row, filled)
            return

        for i, entry in labels:
            self._groups = {k: v for k, v in self._groups.items() if k < i} | {i: entry.text}

        texts = [entry.text for _, entry in labels]
        found = row_matcher(self.table).find(texts, self._groups.values())
        if found is None and self.table.each and not self._teller.is_head(labels[0][1]):
            self._may_be_units.append((self._head, row, labels, filled))
            return
        if found is None:
            self._read_unknown(labels, filled)
            return

        band, path = found
        last = labels[-1][1]
        self._teller.note_variant(last, path)
        groups = {normal(label) for line in path[:-1] for label in line.labels}
        for _, entry in labels[:-1]:  # a row is known without its groups, but they are read too
            if normal(entry.text) not in groups:
                self._teller.note_unknown(entry, [line.label for line in path[:-1]])

        self._bind_row(band, path, row, last.place)

    def _read_units(self) -> None:
        """Bind the rows that are units; one that looks like a row that is missing is asked about.

        Only when all other rows are known can it be said which of them are missing.
        """
        bands = [band for band in self.table.bands if any(row.each for row in band.rows)]
        missing = [path[-1].label for _, path in self._all_rows() if not self._is_bound(path)]
        for head, row, labels, filled in self._may_be_units:
            name = labels[-1][1]
            if _SUM.fullmatch(normal(name.text)) or nearest(name.text, missing):
                self._read_unknown(labels, filled)
                continue

            key = unit_keys(len(self.units) + 1)[-1]
            address = Address.of(self.table.key, key)
            self.units.append(name._replace(place=name.place._replace(address=address)))
            self._head = head
            for band in bands:
                self._bind_row(band, (Line(key, name.text),), row, name.place)

    def _is_bound(self, path: Path) -> bool:
        """Whether a row was found."""
        return self.table.line_address(path) in self._bound

    def _labels_of(self, filled: Cells) -> Cells:
        """Return the texts at the left of the first column; without a head, all that are words.

        The first column may be one that is missing: a figure behind a label is none.
        """
        first = min(self._head.all_columns, default=None)
        return [
            (i, entry)
            for number, (i, entry) in enumerate(filled)
            if isinstance(entry.value, str)
            and (i < first if first is not None else True)
            and (_is_words(entry) or (first is not None and not number))
        ]

    def _read_unknown(self, labels: Cells, filled: Cells) -> None:
        """Keep what is in a row that no label names, to be told of."""
        if self._teller.is_head(labels[0][1]):
            self._strays += (entry for _, entry in filled if not self._teller.is_head(entry))
            return

        known = {normal(x) for _, row in self._all_rows() for line in row for x in line.labels}
        odd = [entry for _, entry in labels if normal(entry.text) not in known]
        if odd:
            self._unknown.append(odd[0])
        elif len(filled) > len(labels):  # else a group's label, in a row of its own
            self._nameless.append(beside(labels[-1][1].place, labels[-1][0] + 1))

    def _read_unlabelled(self, row: list[Entry], filled: Cells) -> None:
        """Bind a row without labels to the band that has such a one, if it is not there yet."""
        for band in self._unlabelled_bands():
            if self._is_waiting(band):
                self._bind_row(band, band.row_paths[0], row, filled[0][1].place)
                return

        if self._is_row_to_spare(filled):
            return

        figures = any(normal(entry.text).isdigit() for _, entry in filled)
        index, entry = filled[0]
        if figures and self._head.all_columns and not any(self._unlabelled_bands()):
            self._nameless.append(beside(entry.place, max(index - 1, 0)))
        else:
            self._strays.append(entry)

    def _is_row_to_spare(self, filled: Cells) -> bool:
        """Whether a row for a unit is left blank, but for totals that a workbook makes of nothing.

        What is filled in it all stands below the heads of totals, and is 0.
        """
        if not self.table.each:
            return False
        row = (self.table.each,)
        totals = {
            index
            for band in self.table.bands
            for index, column in self._head.match_columns(band).items()
            if self.table.figure_address(row, column) in self._teller.form.totals
        }
        return all(
            index in totals and (isinstance(entry.value, NoResult) or not entry.text.strip("0."))
            for index, entry in filled
        )

    def _read_blank_unlabelled(self, grid: Grid) -> None:
        """A row without labels whose figures are all blank looks like an empty row: it is not."""
        for band in self._unlabelled_bands():
            if self._is_waiting(band):
                number = self._head.next_row
                place = below(grid, number, min(self._head.cells))
                row = grid[number] if number < len(grid) else []
                self._bind_row(band, band.row_paths[0], row, place)

    def _unlabelled_bands(self) -> Iterator[Band]:
        """Yield the bands whose one row has no label."""
        return (band for band in self.table.bands if not band.row_paths[0][-1].label)

    def _is_waiting(self, band: Band) -> bool:
        """Whether the first row of a band is not found yet, and its columns are."""
        first = self.table.line_address(band.rows[0:1])
        return first not in self._bound and bool(self._head.judge_columns(band))

    def _bind_row(self, band: Band, path: Path, row: list[Entry], place: Place) -> None:
        """Take the figures of a row, each from the column of its own; what is beyond is astray."""
        key = self.table.line_address(path)
        label = path[-1].label or band.title or self.table.short
        if key in self._bound:
            self._doubled.append((self._bound[key], place, label))
            return

        self._bound[key] = place
        columns = self._head.judge_columns(band)
        self._head.used = True
        for index, column in columns.items():
            address = self.table.figure_address(path, column)
            entry = row[index] if index < len(row) else Entry(None, beside(place, index))
            self.figures[address] = entry._replace(place=entry.place._replace(address=address))

        # Where a column's head is missing, what stands under it is not astray: the head is.
        if len(columns) == len(band.column_paths):
            first, heads = min(columns, default=0), self._head.cells
            self._strays += (
                entry
                for index, entry in enumerate(row)
                if index > first and index not in columns and index not in heads
                if not is_blank(entry)
            )

    def _report_many(self) -> None:
        """Tell what is outside of the table or there twice; a whole table pasted below, once."""
        strays = [([entry.place], entry.text[:40]) for entry in self._strays]
        for places, value, more in _fold_many(strays, "", "等 {} 处"):
            self._teller.tell(STRAY_VALUE, *places, value=value, more=more)

        doubled = [([first, again], label) for first, again, label in self._doubled]
        for places, label, more in _fold_many(
            doubled, "出现了不止一行", "等 {} 行都出现了不止一次"
        ):
            self._teller.tell(DOUBLED_ROW, *places, label=label, more=more)

    def _report_missing(self) -> None:
        """Tell of rows nobody knows, and of those that are missing and not meant by them."""
        rows = self._all_rows()
        names = [path[-1].label for _, path in rows]
        missing = [row for row in rows if not self._is_bound(row[1])]
        for entry in self._unknown:
            close = nearest(entry.text, [path[-1].label for _, path in missing]) or ""
            meant = [row for row in missing if row[1][-1].label == close][:1]
            missing = [row for row in missing if row not in meant]
            hint = f"；最接近的是“{close}”" if close else nearest_hint(entry.text, names)
            self._teller.tell(UNKNOWN_ROW, entry.place, label=entry.text[:40], nearest=hint)

        missing = self._report_nameless(missing)
        for (band, path), before in zip(rows, ["表头", *names], strict=False):
            label = path[-1].label  # without one it is the head that is missing, and told of
            if (
                (band, path) in missing
                and label
                and not self._teller.may_be_missing(band, row=path)
            ):
                after = f"（应在“{before}”之后）"
                cure = "" if self.table.shape == "grid" else "补上这一行并填写。"
                self._teller.tell(MISSING_ROW, self.sheet, label=label, after=after, cure=cure)

    def _report_nameless(self, missing: list[Row]) -> list[Row]:
        """Report rows of figures without a label; return the missing rows that these cannot be."""
        every = bool(self._nameless) and len(self._nameless) >= len(missing)
        names = "、".join(f"“{path[-1].label}”" for _, path in missing if every)
        hint = f"；表里缺{names}" if names else ""
        for place in self._nameless:
            self._teller.tell(NAMELESS_ROW, place, nearest=hint)
        return [] if every else missing

    def _all_rows(self) -> list[Row]:
        """Return every row of the table with its band, in printed order; units are not known."""
        return list(_fixed_rows(self.table))


def _fixed_rows(table: Table) -> Iterator[Row]:
    """Yield the rows that every report has."""
    for band in table.bands:
        yield from ((band, path) for path in band.row_paths if not path[-1].each)


@lru_cache(maxsize=32)
def row_matcher(table: Table) -> Matcher[Row]:
    """Return what knows the rows of a table by their labels."""
    return Matcher((row, row[1]) for row in _fixed_rows(table) if row[1][-1].label)


def _is_words(entry: Entry) -> bool:
    """Whether a text is no figure, and no mark for a blank."""
    return entry.text not in BLANKS and not normal(entry.text).isdigit()


def _fold_many(
    found: list[tuple[list[Place], str]], one: str, many: str
) -> Iterator[tuple[list[Place], str, str]]:
    """Yield each as it is; more than a few as one, named by the first."""
    if len(found) <= _FEW:
        yield from ((places, name, one) for places, name in found)
    else:
        places = [place for around, _ in found for place in around]
        yield places, found[0][1], many.format(len(found))
