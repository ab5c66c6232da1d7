"""Binding a sheet to a table of the form: rows and columns by label, never by position or count."""

from collections.abc import Iterator
from typing import Any

from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Band, Form, Path, Table, key_of
from docgen.read.entry import Entry, Grid, below, beside, is_blank
from docgen.read.head import Head, head_labels
from docgen.read.label import Matcher, nearest, nearest_hint, normal, same_print
from docgen.read.many import folded
from docgen.read.number import BLANKS

UNKNOWN_ROW = Rule(
    code="R201",
    name="多出不认识的行",
    severity="error",
    needs=("sheets",),
    message="“{label}”不是{table}的一行{nearest}",
    why="行按名称认，不按位置认；名称对不上就不知道数字属于哪一行。",
    example="“（一）予以公示”应为“（一）予以公开”。",
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
    example="复制时“（一）予以公开”贴了两遍。",
    cure="只留一行。",
)
UNKNOWN_COLUMN = Rule(
    code="R204",
    name="多出不认识的列",
    severity="error",
    needs=("sheets",),
    message="“{label}”不是{table}的一列{nearest}",
    why="列按表头认；表头对不上就不知道数字属于哪一列。",
    example="“法人小计”一列，表式里没有。",
    cure="把表头改为表式里的名称，或删去这一列。",
)
MISSING_COLUMN = Rule(
    code="R205",
    name="缺列",
    severity="error",
    needs=("sheets",),
    message="{table}缺“{label}”{more}",
    why="缺的列不能当 0。",
    example="删列时多删了“科研机构”。",
    cure="补上这一列并填数；没有就填 0。",
)
DOUBLED_COLUMN = Rule(
    code="R206",
    name="列重复",
    severity="error",
    needs=("sheets",),
    message="{table}的“{label}”出现了不止一列",
    why="同一列有两组数时，取哪一组都是猜。",
    example="“自然人”有两列。",
    cure="只留一列。",
)
STRAY_VALUE = Rule(
    code="R210",
    name="表外有内容",
    severity="error",
    needs=("sheets",),
    message="{table}这里写着“{value}”{more}，但它不在任何一行一列里",
    why="写在格子外的数不会进入年报；docgen 不悄悄丢掉它。",
    example="合计多算了一列，写在表格右边。",
    cure="填到应在的格子里，或删去。",
)
LABEL_VARIANT = Rule(
    code="R211",
    name="行列名称与表式不同",
    severity="note",
    needs=("sheets",),
    message="“{label}”按“{official}”读",
    why="名称与表式略有出入，但认得出是哪一行哪一列。",
    example="“结转下一年度继续办理”按“四、结转下年度继续办理”读。",
    cure="可改用表式的名称；不改也能读。",
)
NAMELESS_ROW = Rule(
    code="R212",
    name="有数的行没有行名",
    severity="error",
    needs=("sheets",),
    message="{table}这一行有数，没有行名{nearest}",
    why="行按名称认，不按位置认；没有名称就不知道这些数属于哪一行。",
    example="“（一）予以公开”这几个字不小心删掉了，后面的数还在。",
    cure="补上行名；这一行多余的，删去整行。",
    since="0.2.0",
)

Address = str
Row = tuple[Band, Path]


class Binder:
    """Reads one table from one sheet. `figures` and `findings` hold what was found."""

    def __init__(self, form: Form, table: Table, sheet: Place) -> None:
        self.form, self.table, self.sheet = form, table, sheet
        self.figures: dict[Address, Entry] = {}
        self.findings: list[Finding] = []
        self._rows: Matcher[Row] = Matcher(
            ((band, path), path)
            for band in table.bands
            for path in band.row_paths
            if path[-1].label
        )
        self._columns = {
            band.key: Matcher((path, path) for path in band.column_paths) for band in table.bands
        }
        self._heads = {normal(label): label for label in head_labels(form, table)}
        self._bound: dict[str, Place] = {}
        self._unknown: list[Entry] = []
        self._nameless: list[Place] = []
        self._strays: list[Entry] = []
        self._doubled: list[tuple[Place, Place, str]] = []
        self._has_head = False
        self._noted: set[tuple[str, str]] = set()
        self._groups: dict[int, str] = {}
        self._head = Head()

    def read(self, grid: Grid) -> None:
        """Bind every row of the sheet, then say what is missing."""
        for number, row in enumerate(grid):
            filled = [(i, entry) for i, entry in enumerate(row) if not is_blank(entry)]
            if not filled:
                continue
            if self._is_head(filled):
                if self._head.used:
                    self._head = Head()
                self._head.add(number, filled)
            else:
                self._read_row(grid, number, filled)
        self._read_blank_unlabelled(grid)
        self._report_many()
        self._report_missing()
        headless = [f for f in self.findings if f.rule is MISSING_COLUMN]
        if headless and not self._has_head:  # what else there is follows from that
            self.findings = headless

    def _is_head(self, filled: list[tuple[int, Entry]]) -> bool:
        texts = [normal(entry.text) for _, entry in filled]
        if any(text.isdigit() or not isinstance(entry.value, str)
               for text, (_, entry) in zip(texts, filled, strict=True)):  # fmt: skip
            return False
        known = sum(text in self._heads for text in texts)
        return known > 0 and self._rows.find([filled[0][1].text]) is None

    def _read_row(self, grid: Grid, number: int, filled: list[tuple[int, Entry]]) -> None:
        first = min(self._all_columns(), default=None)
        labels = [
            (i, entry)
            for i, entry in filled
            if isinstance(entry.value, str)
            and (i < first if first is not None else _is_words(entry))
        ]
        if not labels:
            self._read_unlabelled(grid, number, filled)
            return
        for i, entry in labels:
            self._groups = {k: v for k, v in self._groups.items() if k < i} | {i: entry.text}
        texts = [entry.text for _, entry in labels]
        found = self._rows.find(texts, self._groups.values())
        if found is None and normal(texts[0]) in self._heads:
            for entry in (entry for _, entry in filled if normal(entry.text) not in self._heads):
                self._stray(entry)
            return
        if found is None:
            known = {normal(x) for _, row in self._all_rows() for line in row for x in line.labels}
            odd = [entry for _, entry in labels if normal(entry.text) not in known]
            if odd:
                self._unknown.append(odd[0])
            elif len(filled) > len(labels):  # else a group's label, in a row of its own
                self._nameless.append(beside(labels[-1][1].place, labels[-1][0] + 1))
            return
        band, path = found
        self._note_variant(labels[-1][1], path)
        groups = {normal(label) for line in path[:-1] for label in line.labels}
        for _, entry in labels[:-1]:  # a row is known without its groups, but they are read too
            if normal(entry.text) not in groups:
                self._note_unknown(entry, [line.label for line in path[:-1]])
        self._bind(band, path, grid[number], labels[-1][1].place)

    def _read_unlabelled(self, grid: Grid, number: int, filled: list[tuple[int, Entry]]) -> None:
        for band in self._unlabelled():
            if self._key(band.rows[0:1]) not in self._bound and self._band_columns(band):
                self._bind(band, band.row_paths[0], grid[number], filled[0][1].place)
                return
        figures = any(normal(entry.text).isdigit() for _, entry in filled)
        if figures and self._all_columns() and not any(self._unlabelled()):
            index, entry = filled[0]
            self._nameless.append(beside(entry.place, max(index - 1, 0)))
        else:
            self._stray(filled[0][1])

    def _read_blank_unlabelled(self, grid: Grid) -> None:
        """A row without labels whose figures are all blank looks like an empty row: it is not."""
        for band in self._unlabelled():
            if self._key(band.rows[0:1]) not in self._bound and self._band_columns(band):
                number = max(self._head.groups) + 1
                place = below(grid, number, min(self._head.cells))
                row = grid[number] if number < len(grid) else []
                self._bind(band, band.row_paths[0], row, place)

    def _unlabelled(self) -> Iterator[Band]:
        return (band for band in self.table.bands if not band.row_paths[0][-1].label)

    def _bind(self, band: Band, path: Path, row: list[Entry], place: Place) -> None:
        key = self._key(path)
        label = path[-1].label or band.title or self.table.short
        if key in self._bound:
            self._doubled.append((self._bound[key], place, label))
            return
        self._bound[key] = place
        columns = self._band_columns(band)
        self._head.used = True
        for index, column in columns.items():
            address = ".".join(filter(None, (self.table.key, key_of(path), key_of(column))))
            entry = row[index] if index < len(row) else Entry(None, beside(place, index))
            self.figures[address] = entry._replace(place=entry.place._replace(address=address))
        first = min(columns, default=0)
        for index, entry in enumerate(row):
            outside = index > first and index not in columns and index not in self._head.cells
            # Where a column's head is missing, what stands under it is not astray: the head is.
            if len(columns) == len(band.column_paths) and outside and not is_blank(entry):
                self._stray(entry)

    def _stray(self, entry: Entry) -> None:
        self._strays.append(entry)

    def _report_many(self) -> None:
        """What is outside of the table or there twice; of a whole table pasted below, once."""
        strays = [([entry.place], entry.text[:40]) for entry in self._strays]
        doubled = [([first, again], label) for first, again, label in self._doubled]
        for places, value, more in folded(strays, "", "等 {} 处"):
            self._tell(STRAY_VALUE, *places, value=value, more=more)
        for places, label, more in folded(doubled, "出现了不止一行", "等 {} 行都出现了不止一次"):
            self._tell(DOUBLED_ROW, *places, label=label, more=more)

    def _tell(self, rule: Rule, *places: Place, **facts: Any) -> None:
        self.findings.append(rule.at(*places, table=self.table.short, **facts))

    def _key(self, path: Path) -> str:
        return f"{self.table.key}.{key_of(path)}"

    def _all_columns(self) -> set[int]:
        return {i for band in self.table.bands for i in self._match_columns(band)}

    def _match_columns(self, band: Band) -> dict[int, Path]:
        """Which sheet columns are which columns of the band, as the current head has it."""
        if band.key in self._head.matched:
            return self._head.matched[band.key]
        matched = self._head.matched[band.key] = {}
        for index, entries in sorted(self._head.cells.items()):
            labels = [entry.text for entry in entries]
            path = self._columns[band.key].find(labels, self._head.context(index))
            if path is not None:
                matched[index] = path
        self._has_head = self._has_head or bool(matched)
        return matched

    def _band_columns(self, band: Band) -> dict[int, Path]:
        """The columns of a band, with whatever is wrong with its head reported once."""
        if band.key in self._head.columns:
            return self._head.columns[band.key]
        matched = dict(self._match_columns(band))
        seen: dict[Path, int] = {}
        for index, path in sorted(matched.items()):
            entry = self._head.cells[index][-1]
            if path in seen:
                places = (self._head.cells[seen[path]][-1].place, entry.place)
                label = path[-1].label
                self._tell(DOUBLED_COLUMN, *places, label=label)
                del matched[index]
            seen.setdefault(path, index)
            self._note_variant(entry, path)
        self._report_columns(band, matched)
        self._head.columns[band.key] = matched
        return matched

    def _report_columns(self, band: Band, matched: dict[int, Path]) -> None:
        missing = [path for path in band.column_paths if path not in matched.values()]
        required = [path for path in missing if not self._is_total(band, column=path)]
        more = "这一列"
        names = {path[-1].label: path for path in missing}
        for index, entries in self._head.cells.items():
            unknown = [entry for entry in entries if normal(entry.text) not in self._heads]
            caption = index < min(matched, default=0)  # over the row labels: no column
            if caption or index in matched:
                groups = [line.label for path in band.column_paths for line in path[:-1]]
                for entry in unknown:
                    self._note_unknown(entry, [band.corner] if caption else groups)
                continue
            if not unknown:
                continue
            entry = unknown[0]
            close = nearest(entry.text, names)
            if close:
                meant = names.pop(close)
                required = [path for path in required if path is not meant]
            hint = f"；最接近的是“{close}”" if close else ""
            self._tell(UNKNOWN_COLUMN, entry.place, label=entry.text, nearest=hint)
        if len(required) > 1 and not matched:
            required, more = required[:1], f"等 {len(required)} 列：没有找到表头"
        for path in required:
            label = "·".join(line.label for line in path if line.in_address)
            self._tell(MISSING_COLUMN, self.sheet, label=label, more=more)

    def _is_total(self, band: Band, row: Path = (), column: Path = ()) -> bool:
        """Whether every figure of this row, or of this column, is a total that may be left out."""
        rows = [row] if row else list(band.row_paths)
        columns = [column] if column else list(band.column_paths)
        return all(
            ".".join(filter(None, (self.table.key, key_of(r), key_of(c)))) in self.form.totals
            for r in rows
            for c in columns
        )

    def _note_unknown(self, entry: Entry, known: list[str]) -> None:
        """A label that no figure depends on, not quite what the form prints there."""
        close = nearest(entry.text, known)
        if close:
            self.findings.append(LABEL_VARIANT.at(entry.place, label=entry.text, official=close))

    def _note_variant(self, entry: Entry, path: Path) -> None:
        official = path[-1].label
        seen = (entry.text, official)
        if seen in self._noted or any(
            same_print(entry.text, "".join(line.label for line in path[start:]))
            for start in range(len(path))
        ):
            return
        self._noted.add(seen)
        if normal(entry.text) != normal(official):
            self.findings.append(LABEL_VARIANT.at(entry.place, label=entry.text, official=official))

    def _report_missing(self) -> None:
        missing = [row for row in self._all_rows() if self._key(row[1]) not in self._bound]
        for entry in self._unknown:
            close = nearest(entry.text, [path[-1].label for _, path in missing]) or ""
            meant = [row for row in missing if row[1][-1].label == close][:1]
            missing = [row for row in missing if row not in meant]
            hint = f"；最接近的是“{close}”" if close else nearest_hint(entry.text, self._labels())
            self._tell(UNKNOWN_ROW, entry.place, label=entry.text[:40], nearest=hint)
        missing = self._report_nameless(missing)
        labels = ["表头", *self._labels()]
        for number, (band, path) in enumerate(self._all_rows()):
            label = path[-1].label  # without one it is the head that is missing, and told of
            if (band, path) in missing and label and not self._is_total(band, row=path):
                after = f"（应在“{labels[number]}”之后）"
                self._tell(MISSING_ROW, self.sheet, label=label, after=after)

    def _report_nameless(self, missing: list[Row]) -> list[Row]:
        """Rows of figures without a name; gives those missing that are not told of by them."""
        every = bool(self._nameless) and len(self._nameless) >= len(missing)
        names = "、".join(f"“{path[-1].label}”" for _, path in missing if every)
        hint = f"；表里缺{names}" if names else ""
        for place in self._nameless:
            self._tell(NAMELESS_ROW, place, nearest=hint)
        return [] if every else missing

    def _all_rows(self) -> list[Row]:
        return [(band, path) for band in self.table.bands for path in band.row_paths]

    def _labels(self) -> list[str]:
        return [path[-1].label for _, path in self._all_rows()]


def _is_words(entry: Entry) -> bool:
    return entry.text not in BLANKS and not normal(entry.text).isdigit()
