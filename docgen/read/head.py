"""The columns of a table: known by the head rows above them, never by position or count."""

from collections.abc import Iterator
from functools import lru_cache

from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Form
from docgen.forms.table import Band, Path, Table
from docgen.read.entry import Entry
from docgen.read.label import LABEL_VARIANT, Matcher, nearest, normal, same_print

UNKNOWN_COLUMN = Rule(
    code="R204",
    name="多出不认识的列",
    severity="error",
    needs=("sheets",),
    message="“{label}”不是{table}的一列{nearest}",
    why="列按表头认；表头对不上就不知道数字属于哪一列。",
    example="“上半年小计”一列，表式里没有。",
    cure="把表头改为表式里的名称，或删去这一列。",
)
MISSING_COLUMN = Rule(
    code="R205",
    name="缺列",
    severity="error",
    needs=("sheets",),
    message="{table}缺“{label}”{more}",
    why="缺的列不能当 0。",
    example="删列时多删了“第三季度”。",
    cure="补上这一列并填数；没有就填 0。",
)
DOUBLED_COLUMN = Rule(
    code="R206",
    name="列重复",
    severity="error",
    needs=("sheets",),
    message="{table}的“{label}”出现了不止一列",
    why="同一列有两组数时，取哪一组都是猜。",
    example="“第一季度”有两列。",
    cure="只留一列。",
)


class Head:
    """Head rows seen together: which sheet columns are which columns of the table's bands."""

    def __init__(self, table: Table, teller: "TableTeller") -> None:
        self.cells: dict[int, list[Entry]] = {}  # the labels of each sheet column, top down
        self.used = False  # whether a row of figures stands under it
        self._table, self._teller = table, teller
        self._groups: dict[int, dict[int, str]] = {}  # head row → sheet column → label
        self._matched: dict[str, dict[int, Path]] = {}  # band → columns
        self._judged: dict[str, dict[int, Path]] = {}  # the same, their faults told

    def add_row(self, number: int, row: list[tuple[int, Entry]]) -> None:
        """Take in one more head row."""
        self._matched.clear()
        self._groups[number] = {}
        for index, entry in row:
            self.cells.setdefault(index, []).append(entry)
            self._groups[number][index] = entry.text

    @property
    def next_row(self) -> int:
        """The row below it."""
        return max(self._groups) + 1

    @property
    def all_columns(self) -> set[int]:
        """The sheet columns that are a column of any band."""
        return {index for band in self._table.bands for index in self.match_columns(band)}

    def match_columns(self, band: Band) -> dict[int, Path]:
        """Return which sheet columns are which columns of a band."""
        if band.key not in self._matched:
            matcher = column_matchers(self._table)[band.key]
            found = {
                index: matcher.find([entry.text for entry in entries], self._labels_over(index))
                for index, entries in sorted(self.cells.items())
            }
            self._matched[band.key] = {i: path for i, path in found.items() if path is not None}
            self._teller.has_head |= bool(self._matched[band.key])

        return self._matched[band.key]

    def _labels_over(self, index: int) -> list[str]:
        """Return the label at or left of a column in each head row: merged ones reach right."""
        reached = [(row, [i for i in row if i <= index]) for row in self._groups.values()]
        return [row[max(left)] for row, left in reached if left]

    def judge_columns(self, band: Band) -> dict[int, Path]:
        """Return the columns of a band, and tell once what is wrong with its head."""
        if band.key in self._judged:
            return self._judged[band.key]

        columns = dict(self.match_columns(band))
        seen: dict[Path, int] = {}
        for index, path in sorted(columns.items()):
            entry = self.cells[index][-1]
            if path in seen:
                places = (self.cells[seen[path]][-1].place, entry.place)
                self._teller.tell(DOUBLED_COLUMN, *places, label=path[-1].label)
                del columns[index]
            seen.setdefault(path, index)
            self._teller.note_variant(entry, path)

        self._report_columns(band, columns)
        self._judged[band.key] = columns
        return columns

    def _report_columns(self, band: Band, columns: dict[int, Path]) -> None:
        """Tell of heads that are no column's, and of columns that have none."""
        missing = [path for path in band.column_paths if path not in columns.values()]
        required = [path for path in missing if not self._teller.may_be_missing(band, column=path)]
        names = {path[-1].label: path for path in missing}

        for index, entries in self.cells.items():
            unknown = [entry for entry in entries if not self._teller.is_head(entry)]
            caption = index < min(columns, default=0)  # over the row labels: no column
            if caption or index in columns:
                groups = [line.label for path in band.column_paths for line in path[:-1]]
                for entry in unknown:
                    self._teller.note_unknown(entry, [band.corner] if caption else groups)
                continue

            if not unknown:
                continue

            entry = unknown[0]
            close = nearest(entry.text, names)
            if close:
                meant = names.pop(close)
                required = [path for path in required if path is not meant]

            hint = f"；最接近的是“{close}”" if close else ""
            self._teller.tell(UNKNOWN_COLUMN, entry.place, label=entry.text, nearest=hint)

        more = "这一列"
        if len(required) > 1 and not columns:
            required, more = required[:1], f"等 {len(required)} 列：没有找到表头"

        for path in required:
            label = "·".join(line.label for line in path if line.in_address)
            self._teller.tell(MISSING_COLUMN, self._teller.sheet, label=label, more=more)


@lru_cache(maxsize=32)
def column_matchers(table: Table) -> dict[str, Matcher[Path]]:
    """Return what knows the columns of each band by their labels."""
    return {band.key: Matcher((path, path) for path in band.column_paths) for band in table.bands}


class TableTeller:
    """Tells what is wrong with one table of a sheet: `findings`, each variant of a label once."""

    def __init__(self, form: Form, table: Table, sheet: Place) -> None:
        self.form, self.table, self.sheet = form, table, sheet
        self.findings: list[Finding] = []
        self.has_head = False  # whether any column was recognised
        self.wordings: dict[str, Entry] = {}  # the lines that the sheet words otherwise, by address
        self._heads = {normal(label) for label in head_labels(form, table)}
        self._noted: set[tuple[str, str]] = set()

    def is_head(self, entry: Entry) -> bool:
        """Whether a text may stand in a head row or above it."""
        return normal(entry.text) in self._heads

    def may_be_missing(self, band: Band, row: Path = (), column: Path = ()) -> bool:
        """Whether every cell of this row, or of this column, is a total or may stay blank."""
        rows = [row] if row else list(band.row_paths)
        columns = [column] if column else list(band.column_paths)
        addresses = (self.table.figure_address(r, c) for r in rows for c in columns)
        return all(
            address in self.form.totals or self.form.cells[address].cell.optional
            for address in addresses
        )

    def tell(
        self,
        rule: Rule,
        *places: Place,
        label: str = "",
        value: str = "",
        nearest: str = "",
        more: str = "",
        after: str = "",
        cure: str = "",
    ) -> None:
        """Add a finding about this table."""
        found = rule.at(
            *places,
            cure=cure,
            table=self.table.short,
            label=label,
            value=value,
            nearest=nearest,
            more=more,
            after=after,
        )
        self.findings.append(found)

    def note_unknown(self, entry: Entry, known: list[str]) -> None:
        """Note a label that no figure depends on, not quite what the form prints there."""
        close = nearest(entry.text, known)
        if close:
            self.findings.append(LABEL_VARIANT.at(entry.place, label=entry.text, official=close))

    def note_variant(self, entry: Entry, path: Path) -> None:
        """Note a label that was understood and is worded otherwise than the form's own."""
        official = path[-1].label
        if (entry.text, official) in self._noted or any(
            same_print(entry.text, "".join(line.label for line in path[start:]))
            for start in range(len(path))
        ):
            return

        self._noted.add((entry.text, official))
        if normal(entry.text) != normal(official):
            self.wordings[self.table.line_address(path)] = entry
            self.findings.append(LABEL_VARIANT.at(entry.place, label=entry.text, official=official))


def head_labels(form: Form, table: Table) -> Iterator[str]:
    """Yield every text that may stand in a head row or above it."""
    yield from (section.title for section in form.sections if section.key == table.key)
    yield from (table.name, table.short)
    for band in table.bands:
        yield from (band.title, band.corner)
        yield from (label for row in band.rows if row.each for label in row.labels)
        for path in band.column_paths:
            for line in path:
                yield from line.labels
