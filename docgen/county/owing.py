"""Who on the roster owes a report: what came in, held against the list."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from docgen.county.body_names import OTHER_CALLED, BodyNames, check_units
from docgen.county.roster import Unit
from docgen.county.roster_rows import clean_name
from docgen.finding import Finding, Place, Rule
from docgen.read.label import nearest

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


class Sent(NamedTuple):
    """A report that came in: its body, its year, the input it was read from, and which report.

    `family` is one for all editions of a report, `what` such a report is called.
    """

    body: str
    year: int | None
    input: str
    family: str
    what: str


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
        called = names.find_named(report.body)
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
    contact = f"（联系人：{unit.whom_to_ask}）" if unit.whom_to_ask else ""
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
