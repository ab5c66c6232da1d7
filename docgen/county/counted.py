"""Which returns count in the county's sum, and why the others do not.

A body on the roster is known by its name, its short name and the names it had: what came from
bodies that were merged since counts under the one they became.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docgen.county.roster import Unit
from docgen.county.summand import Came
from docgen.errors import InputStop, UsageStop
from docgen.finding import Finding, Rule

LEFT_OUT = Rule(
    code="B140",
    name="没有计入汇总",
    severity="warning",
    message="有 {count} 个没有计入：{names}",
    why="汇总只加核对通过的；有错的、读不了的、没有交的、重复的加进去，全县的数就不能信。",
    example="石河乡人民政府的表二不平，还没有改好。",
    cure="改好、收齐以后再汇总一次；就这样汇总的，出文件前要在“待确认”里写“是”。",
    since="0.4.0",
)
OLD_AND_NEW = Rule(
    code="B141",
    name="一个机关新旧名称各交了一份",
    severity="warning",
    message="{names}现在都是“{name}”，{count} 份都计入了",
    why="合并、改名以前和以后各报一段的，都要加；同一年报了两遍的，就加重了。",
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
    example="一个文件夹里既有一种年报，又有另一种年报。",
    cure="用 --form 写明汇总哪一种，如 --form {form}。",
    since="0.4.0",
)

_SHOWN = 5


class Counted(NamedTuple):
    """A return that counts, under the name of its body as the roster has it now."""

    name: str
    came: Came


class LeftOut(NamedTuple):
    """A body, or a file, that does not count, and why; `came` is None where nothing came."""

    name: str
    why: str
    came: Came | None = None
    contact: str = ""
    is_copy: bool = False  # of one that counts, to the byte: nothing is missing


@dataclass(frozen=True)
class Standing:
    """What counts and what does not, for one kind of report and one year."""

    form: str  # its key
    year: int
    counted: tuple[Counted, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def lacking(self) -> list[LeftOut]:
        """Those whose figures are not in the sum."""
        return [one for one in self.left_out if not one.is_copy]


def find_counted(
    came: Sequence[Came], folder: str, units: Sequence[Unit], year: int | None, form: str
) -> Standing:
    """Return which of these count: of the year and form given, else of those most of them have.

    Raise UsageStop for several kinds of report, InputStop where none counts.
    """
    read = [one for one in came if one.form and one.year]
    kin = _one_kind(read, folder, form)
    sound = [one for one in kin if not one.why] or kin
    form = form or next((key for key, _ in Counter(o.form for o in sound).most_common(1)), "")
    years = Counter(one.year for one in sound if one.form == form)
    year = year or next((each for each, _ in years.most_common(1)), None)
    if year is None:
        raise InputStop(NOTHING_COUNTS.at(folder=folder, what="报告", why=_first_reason(came)))

    sorter = _Sorter(units, form, year, {one.family for one in kin})
    counted, left_out = sorter.sort_out(came)
    if not counted:
        what = f" {year} 年度的{kin[0].report_name if kin else '报告'}"
        raise InputStop(NOTHING_COUNTS.at(folder=folder, what=what, why=_first_reason(came)))

    return Standing(form, year, counted, left_out, tuple(_find_old_and_new(counted)))


def _first_reason(came: Sequence[Came]) -> str:
    """Return what is wrong with the first that came, as the tail of a message."""
    reasons = [f"：{one.path.name} {one.why}" for one in came if one.why]
    return next(iter(reasons), "") if came else "：里面没有报告"


def _one_kind(read: Sequence[Came], folder: str, form: str) -> list[Came]:
    """Return the returns of one kind of report. Raise UsageStop for several with none named."""
    if form:
        families = {one.family for one in read if one.form == form}
        return [one for one in read if one.family in families or one.form == form]

    kinds = {one.family: one for one in read}
    if len(kinds) > 1:
        names = "、".join(one.report_name for one in kinds.values())
        first = next(iter(kinds.values())).form
        raise UsageStop(SEVERAL_KINDS.at(folder=folder, kinds=names, form=first))
    return list(read)


class _Sorter:
    """Sorts what came: who counts, who does not."""

    def __init__(self, units: Sequence[Unit], form: str, year: int, families: set[str]) -> None:
        self._units, self._form, self._year = units, form, year
        self._families = families
        self._known: dict[str, Unit] = {}
        for unit in units:
            self._known.setdefault(_without_blanks(unit.name), unit)
        for unit in units:
            for name in (unit.short_name, *unit.former):
                if name:
                    self._known.setdefault(_without_blanks(name), unit)

    def sort_out(self, came: Sequence[Came]) -> tuple[tuple[Counted, ...], tuple[LeftOut, ...]]:
        """Return who counts, in the order of coming, and who does not: those that came first."""
        sound: dict[str, list[Came]] = {}
        left_out: list[LeftOut] = []
        handed_in: set[str] = set()
        for one in came:
            if one.family and one.family not in self._families:
                continue  # another kind of report, which is not summed up here
            name = self._name_of(one)
            if why := self._why_not(one):
                left_out.append(LeftOut(name, why, one))
            else:
                sound.setdefault(_without_blanks(one.body), []).append(one)
            handed_in.add(name)

        counted: list[Counted] = []
        for same in sound.values():
            name = self._name_of(same[0])
            if len({one.sha256 for one in same}) == 1:
                counted.append(Counted(name, same[0]))
                why = f"和“{same[0].path.name}”一字不差，只计一次"
                left_out += (LeftOut(name, why, one, is_copy=True) for one in same[1:])
            else:
                files = "、".join(one.path.name for one in same[:_SHOWN])
                why = f"交了 {len(same)} 份（{files}），不知道哪一份算数"
                left_out += (LeftOut(name, why, one) for one in same)

        missing = [unit for unit in self._units if unit.name not in handed_in]
        left_out += (LeftOut(unit.name, "没有交", contact=_contact_of(unit)) for unit in missing)
        return tuple(counted), tuple(left_out)

    def _name_of(self, one: Came) -> str:
        """Return the name of a body as the roster has it, else as it said, else its file's."""
        unit = self._known.get(_without_blanks(one.body))
        return unit.name if unit else one.body or one.path.name

    def _why_not(self, one: Came) -> str:
        """Return why a return does not count, whatever else came; blank if it does."""
        if one.at < 0:
            return one.why  # nothing else is known of it
        if one.year != self._year:
            return f"是 {one.year} 年度的，汇总的是 {self._year} 年度"
        if one.form != self._form:
            return f"用的表式是 {one.form}，汇总的是 {self._form}"
        if self._units and _without_blanks(one.body) not in self._known:
            return "不在名单里"
        return one.why


def _find_old_and_new(counted: Sequence[Counted]) -> Iterator[Finding]:
    """Yield the bodies that count more than once: under their names of now and of before."""
    by_name: dict[str, list[Came]] = {}
    for one in counted:
        by_name.setdefault(one.name, []).append(one.came)
    for name, came in by_name.items():
        if len(came) > 1:
            names = "、".join(f"“{one.body}”" for one in came[:_SHOWN])
            yield OLD_AND_NEW.at(names=names, name=name, count=len(came))


def _contact_of(unit: Unit) -> str:
    return " ".join(filter(None, (unit.contact, unit.phone)))


def _without_blanks(name: str) -> str:
    return "".join(name.split())
