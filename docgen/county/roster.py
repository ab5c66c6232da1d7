"""The list of units that owe a report, and what came in held against it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.check.rules.level import known_level, open_levels
from docgen.county.roster_rows import HEADS, RosterRow, RosterRows, clean_name, find_rows
from docgen.errors import InputStop
from docgen.files.inputs import WORKBOOKS
from docgen.finding import Finding, Place, Rule
from docgen.model import LEVELS, Body, Level
from docgen.read.decode import NOT_TEXT, decode
from docgen.read.from_csv import read_grid
from docgen.read.from_xlsx import read_grids
from docgen.read.label import nearest, normal
from docgen.read.recognise import Sheet

MISSING = Rule(
    code="B101",
    name="名单里有，没有收到",
    severity="error",
    message="“{name}”没有{what}{contact}",
    why="名单里的每个机关都要有一份报告；缺一份，全县的汇总就不完整。",
    example="名单里有“石河乡人民政府”，收来的文件里没有它的。",
    cure="向这个机关催收；它今年不用报的，从名单里删去。",
)
DOUBLE = Rule(
    code="B102",
    name="同一机关交了不止一份",
    severity="error",
    message="“{name}”{year} 年度的{what}有 {count} 份：{inputs}",
    why="同一年度只能有一份；哪一份是定稿，docgen 不猜。",
    example="改过以后另存了一份，旧的没有删。",
    cure="留下定稿，移走其余。",
)
UNKNOWN = Rule(
    code="B103",
    name="名单里没有这个机关",
    severity="error",
    message="“{name}”不在名单里{nearest}",
    why="机关名称写得与名单不同，就会一边算缺、一边多出一份。",
    example="名单里是“石河乡人民政府”，报告里写的是“石河乡政府”。",
    cure="照名单改正报告里的机关名称；名单漏了的，补进名单。",
)
LISTED_TWICE = Rule(
    code="B104",
    name="名单里写了两遍",
    severity="error",
    message="名单里“{name}”有不止一行",
    why="名单里一个机关只占一行，不然数不清该收多少份。",
    example="合并两份名单时没有去重。",
    cure="删去重复的行。",
)
NOT_ROSTER = Rule(
    code="B105",
    name="名单读不成",
    severity="error",
    message="名单“{name}”里没有“{column}”这一列",
    why="名单要有一行列名，至少有“机关名称”（或“单位名称”“单位”）；还可以有简称、层级、"
    "印章名称、联系人、电话、主管单位、曾用名。",
    example="名单里只有一列名字，上面没有写是什么。",
    cure="在第一行写上“机关名称”，下面一行一个机关；或用 docgen roster new 要一份空的名单。",
)
NO_BODY_LINES = Rule(
    code="B106",
    name="名单里有的行不是机关",
    severity="note",
    message="名单里有 {count} 行没有算作机关：{names}",
    why="合计、备注、分组的标题、示例和划掉的行不是机关；说一声，免得哪个机关被误当作它们。",
    example="名单最下面一行是“合计 60 个”。",
    cure="看一眼这几行；有是机关的，把名称改成全称。",
    since="0.4.0",
)
NAMELESS = Rule(
    code="B107",
    name="名单里有一行没有机关名称",
    severity="error",
    message="名单里这一行的机关名称{what}，没有算进去",
    why="没有名称就不知道是谁，发表、催办、汇总都会漏掉它。",
    example="填了联系人和电话，机关名称空着。",
    cure="写上机关的全称；不要的行整行删去。",
    since="0.4.0",
)
BAD_LEVEL = Rule(
    code="B108",
    name="名单里的层级不对",
    severity="warning",
    message="名单里“{name}”的层级写的是“{level}”，{why}",
    why="层级决定报告的期限、该写的内容和可以有的职权。",
    example="某镇人民政府的层级写成“县级”，或写成“正科”。",
    cure="改为{names}之一；名称说得明白的，空着也行。",
    since="0.4.0",
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
LACKING = Rule(
    code="B111",
    name="名单里缺的",
    severity="note",
    message="{count} 个机关{what}：{names}",
    why="名单里有的，发表时替机关填好，催办时知道找谁。",
    example="60 个机关里有 5 个没有联系人。",
    cure="有的补上；没有的不用改。",
    since="0.4.0",
)
EMPTY_ROSTER = Rule(
    code="B112",
    name="名单里一个机关也没有",
    severity="error",
    message="名单“{name}”里一个机关也没有",
    why="名单里只有列名，或只有示例；示例不是机关，不给它发表。",
    example="docgen roster new 生成的名单，还没有填。",
    cure="在列名下面一行写一个机关的全称。",
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

_MOST_ROWS = 30_000
_NAME = HEADS["name"][0]
#: Names that a message lists; of more it says how many.
_SHOWN = 8
# sub: 甲镇人民政府, 甲镇政府; not 政府办公室.
_GOVERNMENT = re.compile("(?:人民)?政府$")
# match: 县直部门, 市级单位, 直属机构; not 乡镇.
_DEPARTMENT = re.compile("[省市州盟县区旗]?(?:直|级|直属)(?:属|各)?(?:部门|单位|机关|机构)")
# search: 乌苏市, 宁川县; not 石河乡.
_PLACE_END = re.compile("[省市州盟县区旗]$")


class Unit(NamedTuple):
    """One unit of the list, and where it stands there; blank is what the list does not say."""

    name: str
    contact: str
    place: Place
    short_name: str = ""
    level: str = ""  # a key of `model.LEVELS`, by its name where the list has none
    seal_name: str = ""  # as its seal and signature have it, where not as `name`
    phone: str = ""
    parent: str = ""  # the body that it reports to
    former: tuple[str, ...] = ()  # names that it had, and those of bodies merged into it


class Examined(NamedTuple):
    """A list as it was read: its units, and what is to be said of it."""

    units: list[Unit]
    findings: list[Finding]


class Sent(NamedTuple):
    """A report that came in: its body, its year, the input it was read from, and which report.

    `family` is one for all editions of a report, `what` such a report is called.
    """

    body: str
    year: int | None
    input: str
    family: str
    what: str


def read_roster(path: Path) -> list[Unit]:
    """Return the units of a list. Raise InputStop if it is none, or holds none."""
    return examine_roster(path).units


def examine_roster(path: Path) -> Examined:
    """Return the units of a list, with what it lacks and what in it is wrong by itself.

    Of several sheets it is the first with a head. Raise InputStop if it is no list.
    """
    for sheet, grid in _read_sheets(path):
        rows = find_rows(grid)
        if rows is not None:
            found = _as_units(rows)
            if not found.units:
                raise InputStop(EMPTY_ROSTER.at(sheet, name=path.name))
            return found

    raise InputStop(NOT_ROSTER.at(Place(path.name), name=path.name, column=_NAME))


def _read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a file. Raise InputStop for what is neither a workbook nor a CSV."""
    if path.suffix.lower() in WORKBOOKS:
        return read_grids(path, _MOST_ROWS)
    if path.suffix.lower() == ".csv":
        place = Place(path.name, path.stem)
        text = decode(files.read_bytes(path), path.name)
        return [(place, read_grid(text, place, path.name, _MOST_ROWS))]

    raise InputStop(NOT_TEXT.at(name=path.name, kind="CSV", why="名单要是 CSV 或 XLSX"))


def _as_units(rows: RosterRows) -> Examined:
    """Return the units of the rows, and what is said of lines, levels and what is lacking."""
    findings = []
    if rows.passed:
        names = _few([entry.text for entry in rows.passed])
        places = [entry.place for entry in rows.passed[:_SHOWN]]
        findings.append(NO_BODY_LINES.at(*places, count=len(rows.passed), names=names))
    findings += [NAMELESS.at(entry.place, what="空着") for entry in rows.nameless]
    for entry in rows.odd:
        what = f"是“{entry.text[:20]}”，不像机关的名称"
        findings.append(NAMELESS.at(entry.place, what=what))

    units = []
    doubted: dict[tuple[str, str], list[RosterRow]] = {}  # by what is said, and what is wrong
    for row in rows.bodies:
        level, why = _level_of(row)
        units.append(_as_unit(row, level))
        if why:
            doubted.setdefault((row.cells.get("level", ""), why), []).append(row)

    words = "、".join(names[0] for names in LEVELS.values())
    for (said, why), some in doubted.items():
        places = [row.place for row in some[:_SHOWN]]
        name = _few([row.name for row in some])
        findings.append(BAD_LEVEL.at(*places, name=name, level=said, why=why, names=words))

    return Examined(units, [*findings, *_find_lacking(units)])


def _as_unit(row: RosterRow, level: Level | None) -> Unit:
    return Unit(
        name=row.name,
        contact=row.cells.get("contact", ""),
        place=row.place,
        short_name=clean_name(row.cells.get("short_name", "")),
        level=level or "",
        seal_name=clean_name(row.cells.get("seal_name", "")),
        phone=row.cells.get("phone", ""),
        parent=clean_name(row.cells.get("parent", "")),
        former=row.names_in("former"),
    )


def _level_of(row: RosterRow) -> tuple[Level | None, str]:
    """Return the level of a body, as the list says or as its name tells, and what is wrong."""
    said = row.cells.get("level", "")
    level = _level_named(said)
    by_name = open_levels(Body(name=row.name))
    only = by_name[0] if len(by_name) == 1 else None
    if said and level is None:
        return only, "不是一个层级"
    if level is not None and known_level(Body(name=row.name, level=level)) is None:
        return only, f"照名称应是“{'或'.join(LEVELS[one][0] for one in by_name)}”"

    return level or only, ""


def _level_named(text: str) -> Level | None:
    """Return the level that a word of the office means: 乡镇, 县直部门."""
    word = normal(text)
    for level, names in LEVELS.items():
        if word in (level, *names) or word.removesuffix("级") in names:
            return level

    if _DEPARTMENT.fullmatch(word):
        return "department"
    return "township" if word and set(word) <= set("乡镇街道办事处级苏木") else None


def _find_lacking(units: Sequence[Unit]) -> Iterator[Finding]:
    """Yield once for all units what the list does not say of some."""
    lacking = {
        "没有联系人，催办时没有人可找": [unit for unit in units if not unit.contact],
        "没有电话": [unit for unit in units if not unit.phone],
        "看不出层级，表里要自己填": [unit for unit in units if not unit.level],
    }
    for what, some in lacking.items():
        if some:
            names = "全部" if len(some) == len(units) > _SHOWN else _few([u.name for u in some])
            yield LACKING.at(count=len(some), what=what, names=names)


def _few(names: Sequence[str]) -> str:
    """Return some names in words, and how many there are where they are many."""
    shown = "、".join(names[:_SHOWN])
    return f"{shown} 等" if len(names) > _SHOWN else shown


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

    def find(self, name: str) -> Called | None:
        """Return the unit that has this very name; None where none or more than one has it."""
        name = clean_name(name)
        if name in self._own:
            return Called(self._own[name])
        called = self._others.get(name, [])
        return called[0] if len({one.unit.name for one in called}) == 1 else None

    def find_likely(self, name: str) -> Called | None:
        """Return the unit that a name of last year means, with or without 人民政府 or its place."""
        found = self.find(name)
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

    return [*findings, *BodyNames(units).check_names()]


def check_roster(units: Sequence[Unit], reports: Sequence[Sent]) -> list[Finding]:
    """Return who is missing, who sent more than one report for a year, who is not on the list.

    Where several kinds of report came, each unit owes each kind, once a year. A report under a
    short or a former name is its body's, and that is told.
    """
    findings = check_units(units)
    names = BodyNames(units)
    listed: dict[str, Unit] = {}
    for unit in units:
        listed.setdefault(clean_name(unit.name), unit)

    came: dict[str, list[Sent]] = {}
    for report in reports:
        called = names.find(report.body)
        came.setdefault(clean_name(called.unit.name if called else report.body), []).append(report)
        if called and called.kind:
            findings.append(
                OTHER_CALLED.at(
                    Place(report.input),
                    called.unit.place,
                    expected=called.unit.name,
                    actual=report.body,
                    kind=called.kind,
                )
            )

    missing = [unit for name, unit in listed.items() if name not in came]
    kinds = {report.family: report.what for report in reports}
    for name, unit in listed.items():
        findings += _find_missing(unit, came.get(name, []), kinds)

    missed = [unit.name for unit in missing]
    for name, sent in came.items():
        findings += _find_doubles(sent)
        if name not in listed:
            close = nearest(sent[0].body, missed)
            hint = f"；没有收到的里面，最接近的是“{close}”" if close else ""
            places = [Place(report.input) for report in sent]
            findings.append(UNKNOWN.at(*places, name=sent[0].body, nearest=hint))

    return findings


def _find_missing(unit: Unit, sent: Sequence[Sent], kinds: Mapping[str, str]) -> Iterator[Finding]:
    """Yield that a unit sent nothing, or nothing of one of the kinds of report that came."""
    who = " ".join(filter(None, (unit.contact, unit.phone)))
    contact = f"（联系人：{who}）" if who else ""
    if not sent:
        yield MISSING.at(unit.place, name=unit.name, contact=contact, what="报告")
        return

    came = {report.family for report in sent}
    for family, what in kinds.items():
        if family not in came:
            cure = f"向这个机关催收；不是每个机关都要报{what}的，各用各的名单，分开核对。"
            yield MISSING.at(unit.place, name=unit.name, contact=contact, what=what, cure=cure)


def _find_doubles(sent: Sequence[Sent]) -> Iterator[Finding]:
    """Yield the reports of one body and kind of which there is more than one for a year."""
    several = len({report.family for report in sent}) > 1
    for key in dict.fromkeys((report.year, report.family) for report in sent):
        same = [report for report in sent if (report.year, report.family) == key]
        if len(same) > 1:
            yield DOUBLE.at(
                *(Place(report.input) for report in same),
                name=same[0].body,
                year=same[0].year,
                what=same[0].what if several else "报告",
                count=len(same),
                inputs="、".join(report.input for report in same),
            )
