"""What a form is: declarations from which reader, blank, sums, template and read-back follow.

Its tables are in `docgen.forms.table`, what it says of their cells in `docgen.forms.relation`; an
office writes it as `docgen.forms.language` has it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from docgen.address import Address
from docgen.finding import Rule
from docgen.forms.duties import Duties
from docgen.forms.relation import Agreement, Balance, Condition, Equation
from docgen.forms.speech import Speech
from docgen.forms.table import COUNT, Band, Cell, Kind, Line, Path, Table, key_of

#: What may be issued of a report; a form may leave out any but the document.
OUTPUTS = ("docx", "html", "data", "proof", "seal")


#: What a title ends in after what the report is about.
# search: 工作年度报告, 统计年报; not 通知.
_KIND_OF_REPORT = re.compile("(?:工作|统计|数据|年度|情况|的)*(?:报告|年?报表?|公示)$")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report: running text, the table of the same key, or a heading alone."""

    key: str
    title: str
    variants: tuple[str, ...] = ()
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class RuleText:
    """What this form says about a rule of docgen in place of its own words; blank keeps those."""

    why: str = ""
    example: str = ""
    cure: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How the document stands on paper. Without a standard its measures are the template's."""

    standard: str = "GB/T 9704—2012"
    landscape: bool = False
    one_page: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the form: where it stands and what it takes, a figure or an answer."""

    address: Address
    cell: Cell
    table: Table
    band: Band
    row: Path
    column: Path

    @property
    def kind(self) -> Kind:
        return self.cell.kind

    @property
    def unit(self) -> str:
        return self.cell.unit

    @property
    def adds_up(self) -> bool:
        """Whether the figures of several bodies have a sum here: no average has, and no rate."""
        lines = {line.key for line in (*self.row, *self.column)}
        return self.kind.is_number and lines.isdisjoint(self.table.no_sum)

    @property
    def label(self) -> str:
        """The cell in words: `（一）予以公开·自然人`, of a sheet `信息发布·总数`."""
        if self.table.shape != "grid":
            return "·".join(line.label for line in self.row)
        columns = [line for line in self.column if line.in_address]
        return "·".join(line.label for line in (self.row[-1], *columns) if line.label)


@dataclass(frozen=True, eq=False)  # each is itself alone
class Form:
    """A report form: sections in order, tables, relations, wording, and the years it is for.

    In `title` a line break marks where a long title may be broken. `family` is one for all
    editions of a report. `preface` is what the text before the first section is called, blank
    where there is none; a report that is not `signed` ends without name and date of issue.
    """

    key: str
    name: str
    basis: str
    first_year: int
    last_year: int | None
    title: str
    preface: str
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    equations: tuple[Equation, ...]
    template: str = ""
    speech: Speech = field(default_factory=Speech)
    duties: Duties = field(default_factory=Duties)
    family: str = ""
    signed: bool = True
    page: PageStyle = PageStyle()
    outputs: tuple[str, ...] = OUTPUTS
    conditions: tuple[Condition, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)  # its own, by code
    texts: Mapping[str, RuleText] = field(default_factory=dict)  # for rules of docgen, by code
    called: str = "报告"  # what messages call a report of it
    is_usual: bool = False  # taken where no form is named
    unconfirmed: tuple[str, ...] = ()  # what no official print was seen for, told in its docs
    digest: str = ""  # SHA-256 of its folder
    folder: str = ""  # where it stands, if not in docgen
    declared: "Form | None" = None  # of the form of one report: the form as it is declared

    def as_reported(self, units: Mapping[str, Sequence[str]], absent: Collection[str]) -> "Form":
        """Return the form of one report: a row for each of its units, no row of absent tables.

        `units` are their names, by table; the keys of their rows are unit1, unit2, …
        The same form for the same units, so that what is kept for a form is found again.
        """
        if not units and not absent:
            return self
        named = tuple((key, tuple(names)) for key, names in sorted(units.items()))
        return _as_reported(self, named, frozenset(absent))

    @property
    def report_name(self) -> str:
        """What a report is called in full, whatever the edition of its form."""
        return self.name.partition("（")[0]

    def is_kin(self, other: "Form") -> bool:
        """Whether both are editions of one report."""
        return (self.family or self.key) == (other.family or other.key)

    def is_for(self, year: int) -> bool:
        """Whether a report of this year is made in it."""
        return self.first_year <= year <= (self.last_year or year)

    @cached_property
    def cells(self) -> Mapping[str, Figure]:
        """Every cell by address, in printed order."""
        return {
            address: Figure(address, self._cell_at(table, row, column), *at, row, column)
            for table in self.tables
            for band in table.bands
            for at in [(table, band)]
            for row in band.row_paths
            for column in band.column_paths
            for address in [table.figure_address(row, column)]
        }

    def _cell_at(self, table: Table, row: Path, column: Path) -> Cell:
        """Return what a cell takes; a row of totals needs no text, no choice and no date."""
        cell = column[-1].cell or row[-1].cell or COUNT
        if cell.kind.is_number or (table.key, key_of(row)) not in self._total_rows:
            return cell
        return replace(cell, optional=True)

    @cached_property
    def _total_rows(self) -> frozenset[tuple[str, str]]:
        """The rows that are the sum of other rows: table and row."""
        return frozenset(
            (equation.table, equation.right[0])
            for equation in (self.declared or self).equations  # whatever units there are
            if equation.across == "columns" and equation.relation == "="
            if len(equation.right) == 1
        )

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The cells that hold numbers, by address."""
        return {a: cell for a, cell in self.cells.items() if cell.kind.is_number}

    @cached_property
    def answers(self) -> Mapping[str, Figure]:
        """The cells that hold a text, a choice, a date, by address."""
        return {a: cell for a, cell in self.cells.items() if not cell.kind.is_number}

    @cached_property
    def bare_title(self) -> str:
        """Its title without body and year."""
        return re.sub(r"[（(]?\{year\}(?:年度?)?[）)]?|\{name\}|\s", "", self.title)

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """What a report is about, in the words of titles: 行政执法, of 行政执法统计年报."""
        return self.speech.subjects or (_KIND_OF_REPORT.sub("", self.bare_title),)

    @cached_property
    def text_sections(self) -> tuple[Section, ...]:
        tables = {table.key for table in self.tables}
        return tuple(s for s in self.sections if s.key not in tables and not s.is_heading)

    @cached_property
    def wordings(self) -> Mapping[str, Line]:
        """The rows, columns and groups whose label a report may word otherwise, by address."""
        return {
            table.line_address(path[:depth]): path[depth - 1]
            for table in self.tables
            for band in table.bands
            for path in (*band.row_paths, *band.column_paths)
            for depth in range(1, len(path) + 1)
            if path[depth - 1].key
        }

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """Every equality that is an error to break, at every row or column it holds for."""
        return tuple(
            balance
            for equation in self.equations
            if self._is_sure(equation)
            for balance in self._spread_equation(equation)
        )

    @cached_property
    def bounds(self) -> tuple[Balance, ...]:
        """Every other relation of sums (≤, or one that only warns), wherever it holds."""
        return tuple(
            balance
            for equation in self.equations
            if not self._is_sure(equation)
            for balance in self._spread_equation(equation)
        )

    def _is_sure(self, equation: Equation) -> bool:
        rule = self.rules.get(equation.code)
        return equation.relation == "=" and (rule is None or rule.severity == "error")

    def _spread_equation(self, equation: Equation) -> Iterator[Balance]:
        """Yield an equation at each row or column it holds for; none without its cells."""
        if not equation.across:
            if all(a in self.figures for a in (*equation.left, *equation.right)):
                yield Balance(equation, "", equation.left, equation.right)
            return

        across_columns = equation.across == "columns"
        split = [figure.address.figure for figure in self.figures.values()]
        here = [(row, column) for table, row, column in split if table == equation.table]
        for key in dict.fromkeys(column if across_columns else row for row, column in here):

            def side(keys: tuple[str, ...], key: str = key) -> tuple[str, ...]:
                pairs = ((part, key) if across_columns else (key, part) for part in keys)
                return tuple(Address.of(equation.table, *pair) for pair in pairs)

            left, right = side(equation.left), side(equation.right)
            if all(a in self.figures for a in (*left, *right)):
                line = self.wordings[Address.of(equation.table, key)]
                is_grid = self.figures[left[0]].table.shape == "grid"  # else there is one column
                yield Balance(equation, line.label if is_grid else "", left, right)

    @cached_property
    def totals(self) -> Mapping[str, tuple[str, ...]]:
        """The figures that may be left out, each with the addresses it is the sum of.

        A grand total has two such sums; the first declared one computes it.
        """
        totals: dict[str, tuple[str, ...]] = {}
        for balance in self.balances:
            total, *others = balance.right
            if not others:
                totals.setdefault(total, balance.left)

        return totals


@lru_cache(maxsize=32)  # one of three hundred units takes some megabytes
def _as_reported(
    form: Form, units: tuple[tuple[str, tuple[str, ...]], ...], absent: frozenset[str]
) -> Form:
    """Return the form of one report; kept, because caches go by the form itself."""
    named = dict(units)
    tables = tuple(
        replace(table, bands=(), is_absent=True)
        if table.key in absent
        else replace(
            table, bands=tuple(_with_units(b, named.get(table.key, ())) for b in table.bands)
        )
        for table in form.tables
    )
    rows = {
        table.key: (table.each.key, unit_keys(len(named.get(table.key, ()))))
        for table in form.tables
        if table.each
    }
    spread = (_for_units(equation, rows) for equation in form.equations)
    equations = tuple(each for each in spread if each.left and each.right)  # else no unit is named
    return replace(form, tables=tables, equations=equations, declared=form.declared or form)


def unit_keys(count: int) -> tuple[str, ...]:
    """Return the keys of the rows of so many units."""
    return tuple(f"unit{number}" for number in range(1, count + 1))


def _with_units(band: Band, names: Sequence[str]) -> Band:
    """Return a band with a row for each unit in place of the one that stands for them."""
    keys = unit_keys(len(names))
    rows: list[Line] = []
    for row in band.rows:
        named = [replace(row, key=k, label=n, each=False) for k, n in zip(keys, names, strict=True)]
        rows += named if row.each else [row]

    return replace(band, rows=tuple(rows))


def _for_units(equation: Equation, rows: Mapping[str, tuple[str, tuple[str, ...]]]) -> Equation:
    """Return an equation with the keys of the units in place of the one that stands for them."""
    if equation.table not in rows or equation.across != "columns":
        return equation
    each, units = rows[equation.table]

    def side(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for key in keys for one in (units if key == each else (key,)))

    return replace(equation, left=side(equation.left), right=side(equation.right))
