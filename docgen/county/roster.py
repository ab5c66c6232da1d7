"""The list of units that owe a report: a CSV file or a workbook with a unit in each row."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.errors import InputStop
from docgen.finding import Finding, Place, Rule
from docgen.model import FACTS
from docgen.read.decode import NOT_TEXT, decode
from docgen.read.entry import Grid
from docgen.read.from_csv import read_grid
from docgen.read.from_xlsx import read_grids
from docgen.read.label import nearest, normal

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
    why="名单第一行是列名，至少要有“机关名称”；可以还有机关简称、机关层级、联系人。",
    example="列名写成了“单位”。",
    cure="在第一行写上“机关名称”，下面一行一个机关。",
)

_NAME, _CONTACT = FACTS["body.name"], "联系人"


class Unit(NamedTuple):
    """One unit of the list, and where it stands there; blank is what the list does not say."""

    name: str
    contact: str
    place: Place
    short_name: str = ""
    level: str = ""  # a key of `model.LEVELS`
    seal_name: str = ""  # as its seal and signature have it, where not as `name`
    phone: str = ""
    parent: str = ""  # the body that it reports to
    former: tuple[str, ...] = ()  # names that it had, and those of bodies merged into it


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
    """Return the units of a list; other columns than the name and the contact are for the office.

    Raise InputStop if it is no list.
    """
    if path.suffix.lower() == ".xlsx":
        sheets = read_grids(path)
    elif path.suffix.lower() == ".csv":
        place = Place(path.name, path.stem)
        sheets = [(place, read_grid(decode(files.read_bytes(path), path.name), place, path.name))]
    else:
        raise InputStop(NOT_TEXT.at(name=path.name, kind="CSV", why="名单要是 CSV 或 XLSX"))

    for _, grid in sheets:
        units = _find_units(grid)
        if units is not None:
            return units

    raise InputStop(NOT_ROSTER.at(Place(path.name), name=path.name, column=_NAME))


def _find_units(grid: Grid) -> list[Unit] | None:
    """Return the units below the head of a sheet; None if it has no such head."""
    for number, row in enumerate(grid):
        heads = [normal(entry.text) for entry in row]
        if normal(_NAME) in heads:
            return list(_units_below(grid[number + 1 :], heads))

    return None


def _units_below(rows: Grid, heads: list[str]) -> Iterable[Unit]:
    name = heads.index(normal(_NAME))
    contact = heads.index(_CONTACT) if _CONTACT in heads else len(heads)
    for row in rows:
        if len(row) > name and row[name].text:
            who = row[contact].text if contact < len(row) else ""
            yield Unit(row[name].text, who, row[name].place)


def check_roster(units: Sequence[Unit], reports: Sequence[Sent]) -> list[Finding]:
    """Return who is missing, who sent more than one report for a year, who is not on the list.

    Where several kinds of report came, each unit owes each kind, once a year.
    """
    listed: dict[str, Unit] = {}
    findings = []
    for unit in units:
        first = listed.setdefault(_without_spaces(unit.name), unit)
        if first is not unit:
            findings.append(LISTED_TWICE.at(first.place, unit.place, name=unit.name))

    came: dict[str, list[Sent]] = {}
    for report in reports:
        came.setdefault(_without_spaces(report.body), []).append(report)

    missing = [unit for name, unit in listed.items() if name not in came]
    kinds = {report.family: report.what for report in reports}
    for name, unit in listed.items():
        findings += _find_missing(unit, came.get(name, []), kinds)

    names = [unit.name for unit in missing]
    for name, sent in came.items():
        findings += _find_doubles(sent)
        if name not in listed:
            close = nearest(sent[0].body, names)
            hint = f"；没有收到的里面，最接近的是“{close}”" if close else ""
            places = [Place(report.input) for report in sent]
            findings.append(UNKNOWN.at(*places, name=sent[0].body, nearest=hint))

    return findings


def _find_missing(unit: Unit, sent: Sequence[Sent], kinds: Mapping[str, str]) -> Iterator[Finding]:
    """Yield that a unit sent nothing, or nothing of one of the kinds of report that came."""
    contact = f"（联系人：{unit.contact}）" if unit.contact else ""
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


def _without_spaces(name: str) -> str:
    return "".join(name.split())
