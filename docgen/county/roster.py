"""The list of units that owe a report: a CSV file or a workbook with a unit in each row."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.check.rules.level import known_level, open_levels
from docgen.county.roster_rows import HEADS, RosterRow, RosterRows, clean_name, find_rows
from docgen.errors import InputStop
from docgen.files.inputs import WORKBOOKS
from docgen.finding import Finding, Place, Rule, list_first
from docgen.model import LEVELS, Body, Level
from docgen.read.decode import NOT_TEXT, decode
from docgen.read.from_csv import read_grid
from docgen.read.from_xlsx import read_grids
from docgen.read.label import normal
from docgen.read.recognise import Sheet

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
OTHER_SHEETS = Rule(
    code="B115",
    name="名单的别的表没有读",
    severity="warning",
    message="名单只读了“{sheet}”这一张表；{others}也像名单，里面另有 {count} 个机关，没有读",
    why="几张表里哪张是现在的名单，docgen 不猜；漏读一张，那些机关就没有人发表、催办。",
    example="一张表是乡镇，另一张表是部门。",
    cure="都要的，合到一张表里；旧的，删去那张表。",
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

_MOST_ROWS = 30_000
_NAME = HEADS["name"][0]
#: Names that a message lists.
_SHOWN = 8
# match: 县直部门, 市级单位, 直属机构; not 乡镇.
_DEPARTMENT = re.compile("[省市州盟县区旗]?(?:直|级|直属)(?:属|各)?(?:部门|单位|机关|机构)")


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

    @property
    def whom_to_ask(self) -> str:
        """Return its contact and telephone; blank where the list does not say."""
        return " ".join(filter(None, (self.contact, self.phone)))


class Examined(NamedTuple):
    """A list as it was read: its units, and what is to be said of it."""

    units: list[Unit]
    findings: list[Finding]


def read_roster(path: Path) -> list[Unit]:
    """Return the units of a list. Raise InputStop if it is none, or holds none."""
    return examine_roster(path).units


def examine_roster(path: Path) -> Examined:
    """Return the units of a list, with what it lacks and what in it is wrong by itself.

    Of several sheets it is the first with a head. Raise InputStop if it is no list.
    """
    read = [(sheet, rows) for sheet, grid in _read_sheets(path) if (rows := find_rows(grid))]
    if not read:
        raise InputStop(NOT_ROSTER.at(Place(path.name), name=path.name, column=_NAME))

    (sheet, rows), *others = read
    found = _as_units(rows)
    if not found.units:
        raise InputStop(EMPTY_ROSTER.at(sheet, name=path.name))
    return Examined(found.units, [*_find_unread(sheet, found.units, others), *found.findings])


def _find_unread(
    sheet: Place, units: Sequence[Unit], others: Sequence[tuple[Place, RosterRows]]
) -> Iterator[Finding]:
    """Yield that other sheets list bodies, too, which the first one does not."""
    known = {unit.name for unit in units}
    missing = {
        place: {row.name for row in rows.bodies if row.name not in known} for place, rows in others
    }
    unread = [place for place, names in missing.items() if names]
    if unread:
        names = "".join(f"“{place.sheet}”" for place in unread)
        count = len(set().union(*missing.values()))
        yield OTHER_SHEETS.at(*unread, sheet=sheet.sheet, others=names, count=count)


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
        names = list_first((" ".join(entry.text.split()) for entry in rows.passed), _SHOWN)
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
        name = list_first((row.name for row in some), _SHOWN)
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

    group = _level_named(row.cells.get("group", ""))
    if group is not None and known_level(Body(name=row.name, level=group)) is None:
        group = None  # a heading that stands for none of the levels: 乡镇、部门
    return level or only or group, ""


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
    words = "、".join(names[0] for names in LEVELS.values())
    lacking = {
        "没有联系人，催办时没有人可找": [unit for unit in units if not unit.contact],
        "没有电话": [unit for unit in units if not unit.phone],
        "看不出层级，表里要自己填": [unit for unit in units if not unit.level],
    }
    for what, some in lacking.items():
        if some:
            is_all = len(some) == len(units) > _SHOWN
            names = "全部" if is_all else list_first((unit.name for unit in some), _SHOWN)
            cure = LACKING.cure if "层级" not in what else f"在“层级”一列写上，是{words}中的一个。"
            yield LACKING.at(count=len(some), what=what, names=names, cure=cure)
