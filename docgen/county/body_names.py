"""What the bodies of a roster are called, and whose a name is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docgen.county.roster import Unit
from docgen.county.roster_rows import clean_name
from docgen.finding import Finding, Rule

LISTED_TWICE = Rule(
    code="B104",
    name="名单里写了两遍",
    severity="error",
    message="名单里“{name}”有不止一行",
    why="名单里一个机关只占一行，不然数不清该收多少份。",
    example="合并两份名单时没有去重。",
    cure="删去重复的行。",
)
ALIKE = Rule(
    code="B109",
    name="名单里像是同一个机关",
    severity="warning",
    message="名单里的“{name}”和“{other}”像是同一个机关",
    why="只差“人民政府”几个字的两行，多半是一个机关写了两遍，会一边算交了、一边算没交。",
    example="一行是“石河乡人民政府”，另一行是“石河乡”。",
    cure="是同一个的，删去一行；不是的，不用改。",
    since="0.4.0",
)
SHARED_NAME = Rule(
    code="B110",
    name="两个机关用同一个名称",
    severity="warning",
    message="名单里“{called}”既是“{name}”的{kind}，又是“{other}”的{other_kind}",
    why="报告里只写这个名称时，分不清是谁的；docgen 不照它认。",
    example="“教育局”是两个机关的简称。",
    cure="把简称写得分得开；曾用名让给了别的机关的，从名单里删去。",
    since="0.4.0",
)
OTHER_CALLED = Rule(
    code="B113",
    name="用了机关的别的名称",
    severity="warning",
    message="“{actual}”是“{expected}”的{kind}，照“{expected}”算",
    why="机关改名、合并以后，报告要用现在的全称；简称、旧名称印在标题和落款上就错了。",
    example="名单里“宁川县数据局”的曾用名是“宁川县大数据中心”，报告里还写旧名称。",
    cure="把报告里的机关名称改为“{expected}”；名单写得不对的，改名单。",
    since="0.4.0",
)

NAME_CUT = Rule(
    code="B116",
    name="名单里的名称像是没有写全",
    severity="warning",
    message="名单里多数名称写着{usual}，这 {count} 个没有：{names}",
    why="表里的机关名称、标题、落款都照名单写；名单上是口头的叫法，发出去的表、印出来的报告就都是。",
    example="别的都是“青禾县某某局”，有一行只写“县财政局”。",
    cure="照印章写全称，如“{example}”；就是这样叫的，不用改。",
    since="0.4.0",
)

# sub: 甲镇人民政府, 甲镇政府; not 政府办公室.
_GOVERNMENT = re.compile("(?:人民)?政府$")
# search: 乌苏市, 宁川县; not 石河乡.
_PLACE_END = re.compile("[省市州盟县区旗]$")
# match: 青禾县 of 青禾县财政局; not 县财政局, 石桥乡.
_COUNTY = re.compile("[^省市州盟县区旗]{1,7}[市州盟县区旗]")
# match: 石桥乡, 青禾县白杨镇; not 石桥乡人民政府.
_BARE_TOWN = re.compile(".+(?:乡|镇|苏木)")
_GOVERNMENT_NAME = "人民政府"
_LEAST = 3  # bodies of one county, before what they begin with is the usual
_SHOWN = 8  # names that a message lists


class Called(NamedTuple):
    """The unit that a name means, and what the name is to it: blank for its own, 简称, 曾用名."""

    unit: Unit
    kind: str = ""


class BodyNames:
    """The units by every name that they have: their own, short, of the seal, and former ones."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._own: dict[str, Unit] = {}
        self._others: dict[str, list[Called]] = {}
        self._bare: dict[str, list[Unit]] = {}
        self._tails: dict[str, list[Unit]] = {}  # by their names without the places before
        for unit in units:
            if self._own.setdefault(clean_name(unit.name), unit) is unit:
                bare = without_government(unit.name)
                self._bare.setdefault(bare, []).append(unit)
                for tail in _tails_of(bare):
                    self._tails.setdefault(tail, []).append(unit)
                for kind, name in _other_names(unit):
                    self._others.setdefault(name, []).append(Called(unit, kind))

    def find_named(self, name: str) -> Called | None:
        """Return the unit that has this very name; None where none or more than one has it."""
        name = clean_name(name)
        if name in self._own:
            return Called(self._own[name])
        called = self._others.get(name, [])
        return called[0] if len({one.unit.name for one in called}) == 1 else None

    def find_likely(self, name: str) -> Called | None:
        """Return the unit that a name of last year means, with or without 人民政府 or its place."""
        found = self.find_named(name)
        if found is not None:
            return found

        bare = without_government(name)
        within = (unit for tail in _tails_of(bare) for unit in self._bare.get(tail, []))
        for likely in (self._bare.get(bare, []), self._tails.get(bare, []), list(within)):
            if len(likely) == 1:
                return Called(likely[0])
        return None

    def check_names(self) -> Iterator[Finding]:
        """Yield the units that seem one, and the names that two have."""
        for first, *others in self._bare.values():
            for other in others:
                yield ALIKE.at(first.place, other.place, name=first.name, other=other.name)

        for name, called in self._others.items():
            own = [Called(self._own[name], "名称")] if name in self._own else []
            holders = [*own, *called]
            holder = holders[0]
            for one in holders[1:]:
                if one.unit is not holder.unit:
                    yield SHARED_NAME.at(
                        holder.unit.place,
                        one.unit.place,
                        called=name,
                        name=holder.unit.name,
                        kind=holder.kind,
                        other=one.unit.name,
                        other_kind=one.kind,
                    )


def without_government(name: str) -> str:
    """Return a name without 人民政府 or 政府 at its end: 石河乡 of 石河乡人民政府."""
    return _GOVERNMENT.sub("", clean_name(name))


def _tails_of(name: str) -> Iterator[str]:
    """Yield what follows each place at the beginning of a name: 石河乡 of 宁川县石河乡."""
    for at in range(2, len(name) - 1):
        if _PLACE_END.search(name[:at]):
            yield name[at:]


def _other_names(unit: Unit) -> Iterator[tuple[str, str]]:
    """Yield what else a unit is called, each name once, with what it is."""
    named = [("简称", unit.short_name), ("印章名称", unit.seal_name)]
    named += [("曾用名", name) for name in unit.former]
    told = {"", clean_name(unit.name)}
    for kind, name in named:
        if name not in told:
            told.add(name)
            yield kind, name


def check_units(units: Sequence[Unit]) -> list[Finding]:
    """Return what is wrong among the units of a list: one listed twice, two that seem one."""
    listed: dict[str, Unit] = {}
    findings = []
    for unit in units:
        first = listed.setdefault(clean_name(unit.name), unit)
        if first is not unit:
            findings.append(LISTED_TWICE.at(first.place, unit.place, name=unit.name))

    return [*findings, *BodyNames(units).check_names(), *_find_cut(units)]


def _find_cut(units: Sequence[Unit]) -> Iterator[Finding]:
    """Yield which names lack what most others have: the county's before them, 人民政府 behind."""
    begins = Counter(found[0] for unit in units if (found := _COUNTY.match(unit.name)))
    county, count = next(iter(begins.most_common(1)), ("", 0))
    if count * 2 <= len(units) or count < _LEAST:
        county = ""
    towns = [unit for unit in units if _BARE_TOWN.fullmatch(without_government(unit.name))]
    whole = sum(unit.name.endswith(_GOVERNMENT_NAME) for unit in towns)
    ends = _GOVERNMENT_NAME if whole * 2 > len(towns) else ""

    cut: dict[str, Unit] = {}
    for unit in units:
        begin = county if county[:-1] not in unit.name else ""
        end = ends if unit in towns and not unit.name.endswith("政府") else ""
        if begin or end:
            level = county[-1:] if begin else ""  # 县 of 县财政局
            cut[f"{begin}{unit.name.removeprefix(level)}{end}"] = unit

    if cut:
        names = "、".join(f"“{unit.name}”" for unit in [*cut.values()][:_SHOWN])
        places = [unit.place for unit in [*cut.values()][:_SHOWN]]
        usual = "和".join(f"“{one}”" for one in (county, ends) if one)
        yield NAME_CUT.at(
            *places,
            usual=usual,
            count=len(cut),
            names=names + (" 等" if len(cut) > _SHOWN else ""),
            example=next(iter(cut)),
        )
