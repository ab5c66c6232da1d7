"""The county's own figures: every cell that adds up is the exact sum of the bodies'.

What does not add up stays empty and is told; nothing is made up. Of a table with a row for each
unit the county's has the rows of all bodies, one body after another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from typing import NamedTuple

from docgen.address import Address
from docgen.county.counted import LEFT_OUT, Counted, Tally
from docgen.county.summand import Summand, Summands
from docgen.finding import Finding, Rule
from docgen.forms.form import Form, unit_keys
from docgen.forms.table import Number
from docgen.read.label import normal
from docgen.read.reported import MOST_UNITS

NO_SUM = Rule(
    code="B144",
    name="有不能相加的，空着",
    severity="note",
    message="“{table}”里这些不能把各机关的相加，空着，请另填：{labels}",
    why="文字、是否、日期没有和；平均数、百分比加起来没有意义。docgen 不替全县编一个。",
    example="平均借阅天数：三个图书室是 5、7、9 天，全县不是 21 天。",
    cure="照全县的情况填上。",
    since="0.4.0",
)
PARTLY_BLANK = Rule(
    code="B145",
    name="有的机关没有填这一格",
    severity="note",
    message="“{table}”的{labels}，只加了填了的机关的：{names}没有填",
    why="可以不填的格子，有的机关填了，有的没有；没有填的不当作 0，也没有数可加。",
    example="公众号关注人数：没有公众号的图书室空着。",
    cure="没有的就是没有，不用改；漏填的，请那个机关补上再汇总。",
    since="0.4.0",
)
PARTLY_ABSENT = Rule(
    code="B146",
    name="有的机关没有这项业务",
    severity="note",
    message="“{table}”：{names}写的是没有这项业务，只加了别的机关的",
    why="有的机关办这项业务，全县就有这项业务；没有的机关没有数可加。",
    example="六个图书室里有一个没有分馆。",
    cure="核对是不是真的没有；无误则不用改。",
    since="0.4.0",
)
SAME_UNIT = Rule(
    code="B147",
    name="不同的机关报了同名的单位",
    severity="warning",
    message="{tables}里“{unit}”有 {count} 个机关报了（{names}），都列上了，名称后面注明是谁报的",
    why="是不同的单位就该都算；是同一个单位，就加了两遍。",
    example="县局和它的下属大队都把“执法大队”报了一遍。",
    cure="核对是不是同一个单位；是的，请其中一个机关去掉，再汇总。",
    since="0.4.0",
)
TOO_MANY_UNITS = Rule(
    code="B148",
    name="单位太多，合成一行",
    severity="warning",
    message="“{table}”各机关一共报了 {count} 个单位，一张表最多 {most} 个：合成了一行",
    why="一份报告的表列不下这么多单位；数是全加的，每个单位的数在来源里。",
    example="全省两万个机关，每个报三个单位。",
    cure="不用改；要分开列，先按县汇总。",
    since="0.4.0",
)

#: What the one row is called that stands for more units than a table holds.
ALL_UNITS = "各机关"
#: What each rule names of many.
_NAMES, _LABELS = 5, 20
#: Digits that a sum may have: a figure has 30 at most, and so many bodies there are not.
DIGITS = 60


class Share(NamedTuple):
    """What one body adds to one cell of the county: from which cell of its own."""

    address: str  # in the county's report
    own: str  # in the body's
    value: Number


@dataclass(frozen=True)
class Total:
    """The county's figures, and of what they are the sum."""

    form: Form  # as the county reports: with its units, without what all are without
    figures: Mapping[str, Number]
    units: Mapping[str, tuple[str, ...]]
    absent: tuple[str, ...]
    rows: Mapping[tuple[int, str], tuple[str, ...]]  # body's number, table → rows of its units
    findings: tuple[Finding, ...]

    def shares_of(self, number: int, summand: Summand) -> Iterator[Share]:
        """Yield what a body adds, in the order of its own report."""
        return shares_of(self.form, self.rows, number, summand)


def add_up(form: Form, tally: Tally, kept: Summands) -> Total:
    """Return the sums over all that count."""
    names = [one.name for one in tally.counted]
    listing = _Listing(form, tally.year)

    for number, one in enumerate(tally.counted):
        listing.take(number, one, kept.read(one.came))

    units, rows = listing.rows_of_all()
    whole = form.as_reported(units, listing.absent)
    figures: dict[str, Number] = {}
    filled: dict[str, int] = {}

    with localcontext() as context:
        context.prec = DIGITS
        for number, one in enumerate(tally.counted):
            for share in shares_of(whole, rows, number, kept.read(one.came)):
                figures[share.address] = figures.get(share.address, 0) + share.value
                filled[share.address] = filled.get(share.address, 0) + 1

    told: list[Finding] = []
    if lacking := list(dict.fromkeys(one.name for one in tally.lacking)):
        told.append(LEFT_OUT.at(count=len(lacking), names=name_some(lacking)))
    told += (*tally.findings, *listing.findings(names), *_find_no_sums(whole))
    told += _find_partly_blank(whole, tally.counted, kept, filled)
    ordered = {a: figures[a] for a in whole.figures if a in figures}
    return Total(whole, ordered, units, tuple(listing.absent), rows, tuple(told))


def shares_of(
    form: Form, rows: Mapping[tuple[int, str], tuple[str, ...]], number: int, summand: Summand
) -> Iterator[Share]:
    """Yield what a body adds to the cells of this form; what does not add up is left out."""
    there = {
        (table, own): row
        for table, names in summand.units.items()
        for own, row in zip(unit_keys(len(names)), rows.get((number, table), ()), strict=False)
    }
    for own, value in summand.figures.items():
        table, row, column = Address(own).figure
        address = Address.of(table, there.get((table, row), row), column)
        figure = form.figures.get(address)
        if figure is not None and figure.adds_up:
            yield Share(address, own, value)


class _Listing:
    """The units and the missing business of all bodies: what the county's tables look like."""

    def __init__(self, form: Form, year: int) -> None:
        self._form, self._year = form, year
        self._units: dict[str, list[tuple[int, str]]] = {t.key: [] for t in form.tables if t.each}
        self._bodies: list[str] = []
        self.without: dict[str, list[int]] = {}  # table → numbers of the bodies without it

    def take(self, number: int, one: Counted, summand: Summand) -> None:
        self._bodies.append(one.name)
        for table, names in summand.units.items():
            if table in self._units:
                self._units[table] += ((number, name) for name in names)
        for table in summand.absent:
            self.without.setdefault(table, []).append(number)

    @property
    def absent(self) -> list[str]:
        """The tables that no body has any business of."""
        return [key for key, who in self.without.items() if len(who) == len(self._bodies)]

    def rows_of_all(
        self,
    ) -> tuple[dict[str, tuple[str, ...]], dict[tuple[int, str], tuple[str, ...]]]:
        """Return the names of the county's units by table, and which rows each body's are."""
        units: dict[str, tuple[str, ...]] = {}
        rows: dict[tuple[int, str], tuple[str, ...]] = {}

        for table, listed in self._units.items():
            if table in self.absent:
                continue
            together = len(listed) > MOST_UNITS
            keys = ("unit1",) * len(listed) if together else unit_keys(len(listed))
            for (number, _), key in zip(listed, keys, strict=True):
                rows[number, table] = (*rows.get((number, table), ()), key)

            several = {name for name, _ in self._doubled(table)}
            apart = (f"{u}（{self._bodies[n]}）" if normal(u) in several else u for n, u in listed)
            units[table] = (ALL_UNITS,) if together else _distinct(apart)

        return units, rows

    def _doubled(self, table: str) -> Iterator[tuple[str, list[int]]]:
        """Yield the names that several units of a table have, with the numbers of their bodies."""
        found: dict[str, list[int]] = {}
        for number, name in self._units[table]:
            found.setdefault(normal(name), []).append(number)
        yield from ((name, who) for name, who in found.items() if len(who) > 1)

    def findings(self, names: Sequence[str]) -> Iterator[Finding]:
        """Yield what is to be told of units and of missing business."""
        tables = {table.key: table for table in self._form.tables}
        for key, listed in self._units.items():
            if len(listed) > MOST_UNITS:
                table, count = tables[key].short, len(listed)
                yield TOO_MANY_UNITS.at(table=table, count=count, most=MOST_UNITS)

        yield from self._tell_doubled(names)
        for key, who in self.without.items():
            if key in tables and key not in self.absent:
                bodies = name_some(names[number] for number in who)
                yield PARTLY_ABSENT.at(table=tables[key].short, names=bodies)

    def _tell_doubled(self, names: Sequence[str]) -> Iterator[Finding]:
        """Yield the names of units that several bodies report, each once for all tables."""
        found: dict[tuple[str, tuple[int, ...]], list[str]] = {}
        for table in self._form.tables:
            for unit, who in self._doubled(table.key) if table.each else ():
                found.setdefault((unit, tuple(dict.fromkeys(who))), []).append(table.short)
        for (unit, several), tables in found.items():
            if len(several) > 1:
                bodies = name_some(names[number] for number in several)
                where = "、".join(tables)
                yield SAME_UNIT.at(tables=where, unit=unit, count=len(several), names=bodies)


def _find_no_sums(form: Form) -> Iterator[Finding]:
    """Yield what stays empty, a finding for each table."""
    for table in form.tables:
        cells = [c for c in form.cells.values() if c.table is table and not c.adds_up]
        labels = [cell.label for cell in cells if not cell.cell.optional]
        if labels:
            yield NO_SUM.at(table=table.short, labels=name_some(labels, _LABELS))


def _find_partly_blank(
    form: Form, counted: Sequence[Counted], kept: Summands, filled: Mapping[str, int]
) -> Iterator[Finding]:
    """Yield the cells of the form itself that some bodies left blank and some did not."""
    declared = (form.declared or form).figures
    partly = {
        address: figure
        for address, figure in form.figures.items()
        if address in declared and figure.cell.optional
        if 0 < filled.get(address, 0) < len(counted)
    }
    blank: dict[str, list[str]] = {}

    for one in counted if partly else ():
        summand = kept.read(one.came)
        for address, figure in partly.items():
            if address not in summand.figures and figure.table.key not in summand.absent:
                blank.setdefault(address, []).append(one.name)

    for address, names in blank.items():
        figure = partly[address]
        label = f"“{figure.label}”"
        yield PARTLY_BLANK.at(table=figure.table.short, labels=label, names=name_some(names))


def name_some(names: Iterable[str], most: int = _NAMES) -> str:
    """Return names as a list in words: the first of many, and how many there are."""
    named = list(dict.fromkeys(names))
    more = f"等 {len(named)} 个" if len(named) > most else ""
    return "、".join(named[:most]) + more


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return names, a number behind each that is there already: one body may report one twice."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[normal(name)] = count = seen.get(normal(name), 0) + 1
        told.append(name if count == 1 else f"{name}{count}")
    return tuple(told)
