"""Which returns count in the county's sum, and why the others do not.

With a roster that is as the board has it (`docgen.county.standing`), but for bodies that were
merged since: the returns of all of them count, under the one they became. Without a roster a
return is its own body's.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from docgen.county.collect import Gathered
from docgen.county.roster_rows import clean_name
from docgen.county.standing import Stand
from docgen.county.summand import Arrived
from docgen.county.taking import Candidate
from docgen.errors import InputStop, UsageStop
from docgen.finding import Finding, Rule

LEFT_OUT = Rule(
    code="B140",
    name="没有计入汇总",
    severity="warning",
    message="有 {count} 个没有计入：{names}",
    why="汇总只加核对通过的；有错的、读不了的、没有交的、重复的加进去，全县的数就不能信。",
    example="石河乡人民政府的一张表不平，还没有改好。",
    cure="改好、收齐以后再汇总一次；就这样汇总的，出文件前要在“待确认”里写“是”。",
    since="0.4.0",
)
OLD_AND_NEW = Rule(
    code="B141",
    name="一个机关新旧名称各交了一份",
    severity="warning",
    message="{names}现在都是“{name}”，{count} 份都计入了",
    why="合并、改名以前和以后各报一段的，都要加；同一年的报了两遍，就加重了。",
    example="合并前的甲乡、乙乡各交一份，合并后的丙镇又交了一份全年的。",
    cure="核对这几份报的是不是各管各的；报重了的，移走一份再汇总。",
    since="0.4.0",
)
NOTHING_COUNTS = Rule(
    code="B142",
    name="没有一份可以汇总",
    severity="error",
    message="“{folder}”里没有一份{what}可以计入{why}",
    why="汇总只加核对通过的；一份也没有，就没有数可加。",
    example="给错了文件夹，里面是去年的。",
    cure="核对文件夹、--year 和 --form；有错的用 docgen check 看哪里要改。",
    since="0.4.0",
)
SEVERAL_KINDS = Rule(
    code="B143",
    name="收来的不止一种报告",
    severity="error",
    message="“{folder}”里有几种报告：{kinds}；一次只能汇总一种",
    why="不同的报告表不同，数不能加在一起。",
    example="一个文件夹里既有这一种报告，又有另一种。",
    cure="用 --form 写明汇总哪一种，如 --form {form}。",
    since="0.4.0",
)

_SHOWN = 5


class Counted(NamedTuple):
    """A return that counts, under the name of its body as the roster has it now."""

    name: str
    came: Arrived


class LeftOut(NamedTuple):
    """A body, or a file, that does not count, and why; `came` is None where nothing came."""

    name: str
    why: str
    came: Arrived | None = None
    contact: str = ""
    is_extra: bool = False  # a copy, no report, another was chosen: nothing is missing


@dataclass(frozen=True)
class Tally:
    """What counts and what does not, for one kind of report and one year."""

    form: str  # its key
    year: int
    counted: tuple[Counted, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def lacking(self) -> list[LeftOut]:
        """Those whose figures are not in the sum."""
        return [one for one in self.left_out if not one.is_extra]

    @property
    def extra(self) -> list[LeftOut]:
        """The files that came and are not to be in the sum."""
        return [one for one in self.left_out if one.is_extra]

    def count_in_words(self) -> str:
        """Return how many count and how many do not."""
        told = f"计入 {len(self.counted)} 份，没有计入 {len(self.lacking)} 份"
        return f"{told}；不另计的文件 {len(self.extra)} 个" if self.extra else told


def tally_stands(
    gathered: Gathered, arrived: Mapping[Path, Arrived], folder: str, form: str
) -> Tally:
    """Return which of the returns of a roster's bodies count: of the form, if one is given.

    Raise UsageStop for several kinds of report, InputStop where none counts.
    """
    form, families = _one_form([*arrived.values()], folder, form, gathered.year)
    counted: list[Counted] = []
    left_out: list[LeftOut] = []

    for stand in gathered.stands:
        theirs = _Stood(stand, arrived, form, gathered.year)
        if not stand.family or stand.family in families:
            counted += theirs.counted
            left_out += theirs.left_out
        else:
            left_out += theirs.of_other_kind()

    left_out += (_extra(where, "不是报告（锁文件、缩略图之类）") for where in gathered.ignored)
    return _tally(form, gathered.year, counted, left_out, folder, gathered.findings)


def tally_all(
    arrived: Sequence[Arrived], folder: str, form: str, year: int | None, whole: str
) -> Tally:
    """Return which of these count, each as its own body's: of the year and form most of them have.

    What the county itself, the `whole`, reports may be the sum of the others: no roster says that
    it is not. It stops as `tally_stands` does.
    """
    form, families = _one_form(arrived, folder, form, year)
    years = Counter(one.year for one in arrived if one.form == form and one.year)
    year = year or next((each for each, _ in years.most_common(1)), 0)
    kin = [one for one in arrived if not one.family or one.family in families]
    sound: dict[str, list[Arrived]] = {}
    left_out: list[LeftOut] = []

    for one in kin:
        why = _why_not(one, year, form)
        if whole and one.body == whole:
            why = "就是全县的机关，可能是全县的数；是它自己的一份，用 --roster 写明"
        if why:
            left_out.append(LeftOut(one.body or one.where, why, one))
        else:
            sound.setdefault(clean_name(one.body), []).append(one)

    counted: list[Counted] = []
    for same in sound.values():
        if len({one.sha256 for one in same}) == 1:
            counted.append(Counted(same[0].body, same[0]))
            left_out += (_copy_of(same[0], one, same[0].body) for one in same[1:])
        else:
            left_out += _undecided(same[0].body, same)

    return _tally(form, year, counted, left_out, folder)


def _tally(
    form: str,
    year: int,
    counted: Sequence[Counted],
    left_out: Sequence[LeftOut],
    folder: str,
    findings: Sequence[Finding] = (),
) -> Tally:
    if not counted:
        reasons = [f"：{one.name} {one.why}" for one in left_out if one.came]
        why = next(iter(reasons), "：里面没有报告")
        what = f" {year} 年度的报告" if year else "报告"
        raise InputStop(NOTHING_COUNTS.at(folder=folder, what=what, why=why))
    told = (*findings, *_find_old_and_new(counted))
    return Tally(form, year, tuple(counted), tuple(left_out), told)


def _one_form(
    arrived: Sequence[Arrived], folder: str, form: str, year: int | None
) -> tuple[str, set[str]]:
    """Return the form to sum up, and its kind. Raise UsageStop for several kinds, none named."""
    read = [one for one in arrived if one.form]
    if form:
        return form, {one.family for one in read if one.form == form}

    kinds = {one.family: one for one in read}
    if len(kinds) > 1:
        names = "、".join(one.report_name for one in kinds.values())
        first = next(iter(kinds.values())).form
        raise UsageStop(SEVERAL_KINDS.at(folder=folder, kinds=names, form=first))
    sound = [one for one in read if not one.why and year in (None, one.year)] or read
    forms = Counter(one.form for one in sound)
    return next((key for key, _ in forms.most_common(1)), ""), set(kinds)


def _why_not(one: Arrived, year: int, form: str) -> str:
    """Return why a return does not count, whatever else came; blank if it does."""
    if one.at < 0:
        return one.why  # nothing else is known of it
    if one.year != year:
        return f"是 {one.year} 年度的，汇总的是 {year} 年度"
    if one.form != form:
        return f"用的表式是 {one.form}，汇总的是 {form}"

    return one.why


def _copy_of(first: Arrived, one: Arrived, name: str) -> LeftOut:
    return LeftOut(name, f"和“{first.where}”说的一样，算一份", one, is_extra=True)


def _extra(where: str, why: str, name: str = "") -> LeftOut:
    """Return a file that is no return of its own."""
    path = Path(where)
    came = Arrived(path, where, path, "", None, "", "", "", "", why, -1)
    return LeftOut(name or where, why, came, is_extra=True)


def _undecided(name: str, several: Sequence[Arrived]) -> Iterator[LeftOut]:
    """Yield returns of one body that say different things."""
    files = "、".join(one.where for one in several[:_SHOWN])
    why = f"交了 {len(several)} 份（{files}），不知道哪一份算数"
    yield from (LeftOut(name, why, one) for one in several)


class _Stood:
    """What one row of the board means for the sum."""

    def __init__(self, stand: Stand, arrived: Mapping[Path, Arrived], form: str, year: int) -> None:
        self._stand, self._arrived = stand, arrived
        self.counted: list[Counted] = []
        self.left_out: list[LeftOut] = []
        first = [self._as_arrived(same.first.source) for same in stand.returns]
        wrong = [one for one in first if one.form and one.form != form]
        bodies = {clean_name(one.body) for one in first}

        if stand.state == "several" and len(bodies) == len(first) and not wrong:
            self._count_merged(first)
        elif stand.state == "several":
            for out in _undecided(stand.name, first):
                self._leave_out(out.why, out.came)
        elif stand.state is None and not wrong:
            self._count_first(first)
        elif not first:
            self._leave_out("没有交", None)
        else:
            for one in first:
                self._leave_out(self._why_not(one, form, year), one)
        self.left_out += self._folded()

    def of_other_kind(self) -> Iterator[LeftOut]:
        """Yield the files of a body's report of another kind than is summed up."""
        why = f"是另一种报告（{self._stand.report_name}）".replace("（）", "")
        for same in self._stand.returns:
            came = self._as_arrived(same.first.source)
            yield LeftOut(self._stand.name, why, came, is_extra=True)
        yield from self._folded()

    def _folded(self) -> Iterator[LeftOut]:
        """Yield the files that say what another says, or belong to one: each that came is told."""
        name = self._stand.name
        for same in self._stand.returns:
            first = self._as_arrived(same.first.source)
            for copied in same.came[1:]:
                yield _copy_of(first, self._as_arrived(copied.source), name)
            for source in (one.source for one in same.came):
                yield from (_extra(p, f"和“{source.where}”是一份", name) for p in source.also)

    def _why_not(self, one: Arrived, form: str, year: int) -> str:
        """Return why a return does not count that the board does not take, either."""
        stand = self._stand
        if stand.state == "unlisted":
            return "不在名单里"
        if one.at < 0 and stand.state == "unreadable":
            return f"读不了：{stand.why}"
        return _why_not(one, year, form) or stand.why

    def _as_arrived(self, source: Candidate) -> Arrived:
        """Return a return as it is told of: where it came from, whatever was read of it."""
        known = self._arrived.get(source.input)
        if known is None:
            where, file = source.where, source.arrival.path
            why = source.stopped[0].message if source.stopped else "读不了"
            known = Arrived(file, where, file, "", None, "", "", "", source.sha256, why, -1)
        return known._replace(where=source.where, file=source.arrival.path)

    def _count_first(self, first: Sequence[Arrived]) -> None:
        """Count what stands; what it was chosen among is told."""
        name = self._stand.name
        self.counted.append(Counted(name, first[0]))
        for one in first[1:]:
            why = f"用的是“{first[0].where}”"
            self.left_out.append(LeftOut(name, why, one, is_extra=True))

    def _count_merged(self, first: Sequence[Arrived]) -> None:
        """Count the returns of bodies that are one now, each that is sound."""
        for one in first:
            if one.why:
                self._leave_out(one.why, one)
            else:
                self.counted.append(Counted(self._stand.name, one))

    def _leave_out(self, why: str, one: Arrived | None) -> None:
        unit = self._stand.unit
        contact = unit.whom_to_ask if unit else ""
        self.left_out.append(LeftOut(self._stand.name, why, one, contact))


def _find_old_and_new(counted: Sequence[Counted]) -> Iterator[Finding]:
    """Yield the bodies that count more than once: under their names of now and of before."""
    by_name: dict[str, list[Arrived]] = {}
    for one in counted:
        by_name.setdefault(one.name, []).append(one.came)
    for name, came in by_name.items():
        if len(came) > 1:
            names = "、".join(f"“{one.body}”" for one in came[:_SHOWN])
            yield OLD_AND_NEW.at(names=names, name=name, count=len(came))
