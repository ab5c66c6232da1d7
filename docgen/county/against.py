"""The county's report against the bodies': which cells differ from the sum, and who explains it.

    county − sum, by cell → a body whose figures it is, changed files, who is missing → findings

What nobody explains is told cell by cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from functools import partial
from pathlib import Path

from docgen.county.counted import Tally
from docgen.county.explaining import Parties, Party, Vector, explain
from docgen.county.summand import Summand, Summands
from docgen.county.total import DIGITS, Total, name_some, shares_of
from docgen.county.trace import read_counted, trace_paths
from docgen.finding import Finding, Place, Rule, Suspect
from docgen.forms.form import Form
from docgen.forms.table import Number
from docgen.model import Reading, Report, align_cells, print_number

DIFFERS = Rule(
    code="B150",
    name="全县的数不等于各机关之和",
    severity="error",
    message="{table}“{label}”是 {actual}，{count} 个机关加起来是 {expected}，{difference}{hint}",
    why="全县的数就是各机关的数之和；两处不同，总有一处是错的。",
    example="全县填 312，58 个机关加起来是 321。",
    cure="在来源的“明细”里看这一格每个机关的数；没有来源的，用 docgen sum 另汇总一份来对。",
    since="0.4.0",
)
CHANGED_SINCE = Rule(
    code="B154",
    name="汇总以后收件变了",
    severity="error",
    message="汇总以后{changes}：{count} 格和现在的不同{details}",
    why="全县的数是照当时的文件加的；文件换过、添过、移走过，加起来就不同了。",
    example="汇总以后石河乡又交了一份改过的。",
    cure="核对换过的对不对；对的，用 docgen sum 加 --update 再汇总一次：数换新的，正文不动。",
    since="0.4.0",
)
OF_MISSING = Rule(
    code="B155",
    name="多出的可能是没有收到的机关的",
    severity="error",
    message="名单里有、收件里没有的是{names}，全县的数多出的可能是它的：{count} 格{details}",
    why="全县的数只多不少，而收件里缺着机关：它的报告可能移走了，或在别处。",
    example="石河乡的报告放在了另一个文件夹。",
    cure="把它的报告放进收件的文件夹，再核对一次；真没有交的，从全县的数里减去。",
    since="0.4.0",
)
ALL_EQUAL = Rule(
    code="B156",
    name="全县的数和各机关之和相同",
    severity="note",
    message="{cells} 格都等于 {count} 个机关之和{left}",
    why="每一格都和各机关之和比过，没有不同的。",
    example="60 个机关都计入，190 格都相同。",
    cure="不用改。",
    since="0.4.0",
)

#: Cells whose figures a message names; the places of a finding are all.
_DETAILS = 4
_FEW = 12  # cells that are shown one by one
_MOST_CAUSES = 20


@dataclass(frozen=True)
class _Compared:
    """The county's report beside the sum, in the county's own cells."""

    reading: Reading
    total: Total
    there: Mapping[str, str]  # the sum's address of each cell of the county

    def expected(self, address: str) -> Number:
        """Return the sum for a cell of the county; 0 for the row of a unit that no body has."""
        there = self.there.get(address)
        return self.total.figures[there] if there else 0

    def differences(self) -> Vector:
        """Return county − sum where that is not 0, of all that adds up."""
        figures = self.reading.report.figures
        found: Vector = {}

        for address, figure in self.reading.form.figures.items():
            if address in figures and figure.adds_up:
                gap = figures[address] - self.expected(address)
                if gap:
                    found[address] = gap

        return found


def compare_county(
    path: Path, reading: Reading, total: Total, tally: Tally, kept: Summands
) -> list[Finding]:
    """Return each cell of the county's report that is not the sum, with who explains it."""
    with localcontext() as context:
        context.prec = DIGITS
        summed = Report(form=total.form.key, units=total.units)
        there = align_cells(reading.report, summed, total.figures)
        compared = _Compared(reading, total, there)
        left = compared.differences()
        teller = _Teller(compared, len(tally.counted))
        findings = list(_find_absent(compared))
        if not left and not findings:
            return [_tell_equal(compared, tally)]

        parties = partial(_read_parties, compared, tally, kept)
        for _ in range(_MOST_CAUSES):  # each reads what every body adds once more
            explained = explain(left, parties) if left else None
            if explained is None:
                break

            rule, names, vector, why = explained
            findings.append(teller.tell(rule, _cells_of(left, vector), names=names, why=why))
            left = {address: gap for address, gap in left.items() if address not in vector}

        left = _without_totals(reading.form, left)
        findings += _tell_rest(teller, left, parties, path, tally) if left else ()

    return findings


def _tell_equal(compared: _Compared, tally: Tally) -> Finding:
    """Return that all is equal, and who of the county is not in it."""
    figures, form = compared.reading.report.figures, compared.reading.form
    cells = sum(form.figures[a].adds_up for a in figures if a in form.figures)
    names = list(dict.fromkeys(one.name for one in tally.lacking))
    left = f"；没有计入的 {len(names)} 个：{name_some(names)}" if names else ""
    return ALL_EQUAL.at(cells=cells, count=len(tally.counted), left=left)


def _find_absent(compared: _Compared) -> Iterator[Finding]:
    """Yield the tables of which the county says that it has no such business, and bodies have."""
    total = compared.total
    for table in compared.reading.form.tables:
        if table.is_absent and table.key not in total.absent:
            sums = [n for a, n in total.figures.items() if a.startswith(f"{table.key}.")]
            yield DIFFERS.at(
                Place(compared.reading.name, table.name),
                table=table.short,
                label="整张",
                actual="没有这项业务",
                expected=f"有数的 {sum(map(bool, sums))} 格",
                count="各",
                difference="全县不是没有",
                hint="",
            )


def _tell_rest(
    teller: "_Teller", left: Vector, parties: Parties, path: Path, tally: Tally
) -> Iterator[Finding]:
    """Yield what no body's figures explain: by what changed since, who is missing, or by cell."""
    changes = _changes_since(path, tally)
    missing = [f"“{one.name}”" for one in tally.left_out if one.came is None]
    if changes:
        yield teller.tell(CHANGED_SINCE, left, changes=changes)
    elif missing and all(gap > 0 for gap in left.values()):
        yield teller.tell(OF_MISSING, left, names=name_some(missing))
    else:
        who = _find_same(left, parties)
        yield from (teller.tell_cell(a, gap, who.get(a, ())) for a, gap in left.items())


def _find_same(left: Vector, parties: Parties) -> dict[str, list[str]]:
    """Return the bodies whose figure is just what a cell differs by."""
    found: dict[str, list[str]] = {}
    for party in parties():
        for address, gap in left.items():
            if party.figures.get(address) == abs(gap) and not party.why:
                found.setdefault(address, []).append(party.name)
    return found


def _read_parties(compared: _Compared, tally: Tally, kept: Summands) -> Iterator[Party]:
    """Yield all whose figures are known, those that count first; none is kept in memory."""
    own = {there: here for here, there in compared.there.items()}
    total, known = compared.total, compared.reading.report.figures

    for number, one in enumerate(tally.counted):
        shares = ((s.address, s.value) for s in total.shares_of(number, kept.read(one.came)))
        yield Party(one.name, _vector(shares, own, known))
    for out in tally.left_out:
        is_known = out.came and out.came.at >= 0 and out.came.form == tally.form
        if out.came and is_known and not out.is_extra:
            figures = _figures_of(kept.read(out.came), total)
            yield Party(out.name, _vector(figures, own, known), out.why)


def _figures_of(summand: Summand, total: Total) -> Iterator[tuple[str, Number]]:
    """Yield the figures of one that does not count; its units stand in no row of the county."""
    declared = total.form.declared or total.form
    for share in shares_of(declared, {}, 0, summand):
        if share.address in total.form.figures:
            yield share.address, share.value


def _vector(
    shares: Iterator[tuple[str, Number]], own: Mapping[str, str], known: Mapping[str, Number]
) -> Vector:
    """Return what a body adds to each cell that the county's report has, where that is not 0."""
    found: Vector = {}
    for address, value in shares:
        here = own.get(address, "")
        if here in known:
            found[here] = found.get(here, 0) + value

    return {address: value for address, value in found.items() if value}


def _cells_of(left: Vector, vector: Vector) -> Vector:
    """Return what differs in these cells, in the order of the form."""
    return {address: gap for address, gap in left.items() if address in vector}


def _without_totals(form: Form, left: Vector) -> Vector:
    """Return what differs without the totals that only follow from their parts."""
    follows = {
        total
        for total, parts in form.totals.items()
        if left.get(total) and sum(left.get(part, 0) for part in parts) == left[total]
    }
    return {address: gap for address, gap in left.items() if address not in follows}


def _changes_since(path: Path, tally: Tally) -> str:
    """Return which bodies' files changed since the sum, by the trace beside it; blank if none."""
    before = read_counted(trace_paths(path)[0])
    if not before:
        return ""
    now = {one.name: one.came.sha256 for one in tally.counted}
    changed = [f"“{name}”" for name, digest in now.items() if before.get(name, digest) != digest]
    come = [f"“{name}”" for name in now if name not in before]
    gone = [f"“{name}”" for name in before if name not in now]
    said = [
        f"{what}的是{name_some(names)}"
        for what, names in (("文件换过", changed), ("新添", come), ("不再计入", gone))
        if names
    ]
    return "，".join(said)


class _Teller:
    """Puts what differs into findings."""

    def __init__(self, compared: _Compared, count: int) -> None:
        self._compared, self._count = compared, count

    def tell(
        self, rule: Rule, cells: Vector, *, names: str = "", why: str = "", changes: str = ""
    ) -> Finding:
        """Return one finding about all the cells that one cause explains."""
        form, reading = self._compared.reading.form, self._compared.reading
        roots = _without_totals(form, cells) or cells
        few = len(roots) <= _FEW
        said = [] if few else [self._in_words(address) for address in list(roots)[:_DETAILS]]
        suspects = [self._suspect(address) for address in roots] if few else ()
        return rule.at(
            *(reading.place(address) for address in cells),
            expected="；".join(print_number(self._compared.expected(a)) for a in cells),
            actual="；".join(print_number(reading.report.figures[a]) for a in cells),
            count=len(cells),
            suspects=suspects,
            details=f"，如{'；'.join(said)}" if said else "",
            names=names,
            why=why,
            changes=changes,
        )

    def _suspect(self, address: str) -> Suspect:
        figure = self._compared.reading.form.figures[address]
        return Suspect(
            self._compared.reading.place(address),
            f"{figure.table.short} {figure.label}",
            print_number(self._compared.reading.report.figures[address]),
            print_number(self._compared.expected(address)),
        )

    def _in_words(self, address: str) -> str:
        figure = self._compared.reading.form.figures[address]
        actual = self._compared.reading.report.figures[address]
        expected = self._compared.expected(address)
        label = f"{figure.table.short}“{figure.label}”"
        gap = _gap_in_words(actual - expected)
        return f"{label}是 {print_number(actual)}，应为 {print_number(expected)}，{gap}"

    def tell_cell(self, address: str, gap: Number, who: Sequence[str]) -> Finding:
        """Return the finding on a cell that nobody explains with all its figures."""
        reading, figure = self._compared.reading, self._compared.reading.form.figures[address]
        actual, expected = reading.report.figures[address], self._compared.expected(address)
        return DIFFERS.at(
            reading.place(address),
            table=figure.table.short,
            label=figure.label,
            actual=print_number(actual),
            expected=print_number(expected),
            count=self._count,
            difference=_gap_in_words(gap),
            hint=_hint_on(gap, actual, expected, who),
        )


def _size(gap: Number) -> Number:
    return gap if gap > 0 else -gap


def _gap_in_words(gap: Number) -> str:
    return f"{'多' if gap > 0 else '少'} {print_number(_size(gap))}"


def _hint_on(gap: Number, actual: Number, expected: Number, who: Sequence[str]) -> str:
    """Return what may be wrong in one cell: digits swapped, or the one body whose figure it is."""
    if _is_swapped(print_number(actual), print_number(expected)):
        return "；像是两位数字写颠倒了"
    if len(who) == 1:
        slip = "多加" if gap > 0 else "漏加"
        return f"；“{who[0]}”这一格正好是 {print_number(_size(gap))}，看是不是{slip}了"
    return ""


def _is_swapped(one: str, other: str) -> bool:
    """Return whether two figures differ in two neighbouring digits that changed places."""
    if len(one) != len(other):
        return False
    wrong = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    first, second = wrong
    return one[first] == other[second] and one[second] == other[first]
