"""What is done with each source, in whatever process: read back, checked, issued."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from docgen import files
from docgen.check.judge import judge
from docgen.check.outcome import Outcome, run_guarded
from docgen.county.owners import Owners
from docgen.county.roster import read_roster
from docgen.errors import SOUND
from docgen.files import scratch
from docgen.files.inputs import portable_name
from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.model import Reading

FILLED = Rule(
    code="B128",
    name="照名单补了公布的报告没有的",
    severity="note",
    message="“{where}”里没有{what}，照名单补上了",
    why="公布的报告不印机关层级，有的也看不出简称；名单上写着的就照名单。",
    example="镇里交来的是 Word 定稿，没有交表格。",
    cure="看一眼“转成表格”里的这一份；补得不对的，改名单，或直接改那份表格。",
    since="0.4.0",
)


@dataclass(frozen=True)
class Checked(Outcome):
    """What became of checking a source, and a hash of what its report says."""

    said: str = ""


@dataclass(frozen=True)
class Checks:
    """How sources are checked: with which roster, and last year's."""

    roster: Path
    previous: Path | None


def check_sources(paths: Sequence[Path], checks: Checks) -> list[Outcome]:
    """Check each source as it would be for an issue, and no more."""
    return [run_guarded(path, partial(_check_one, path, checks)) for path in paths]


def _check_one(path: Path, checks: Checks) -> Checked:
    judged = judge(path, checks.previous, 0.5, other_names(checks.roster))
    return Checked(**vars(judged.outcome), said=hash_report(judged.reading))


def hash_report(reading: Reading) -> str:
    """Return the hash of what a report says, whatever kind of file it stands in."""
    report = reading.report
    said = report.model_dump_json(
        include={"year", "title", "preface", "sections", "figures", "answers", "units", "absent"}
    )
    signed = f"{report.body.name}|{report.signature.name}|{report.signature.date}"
    return files.sha256(f"{reading.form.key}|{signed}|{said}".encode())


@dataclass(frozen=True)
class BackReading:
    """How published reports are read back: in which form, for which roster, and to where."""

    roster: Path
    form: Form | None
    folder: Path  # of what was taken out
    received: Path


def read_back(paths: Sequence[Path], how: BackReading) -> list[Outcome]:
    """Write an input workbook for each published report; its outcome names that as an output."""
    return [run_guarded(path, partial(_read_one, path, how)) for path in paths]


def _read_one(path: Path, how: BackReading) -> Outcome:
    from docgen.importing import import_report
    from docgen.importing.writing import write_input

    imported = import_report(path, how.form)
    report = imported.reading.report
    unit = owners_of(how.roster).find_named(report.body.name or "")
    filled = {}
    if unit and unit.level and imported.level_by_name | (report.body.level is None):
        filled["level"] = unit.level
    if unit and unit.short_name and not report.body.short_name:
        filled["short_name"] = unit.short_name
    told = []
    if filled:
        body = report.body.model_copy(update=filled)
        report = report.model_copy(update={"body": body})
        imported = replace(imported, reading=replace(imported.reading, report=report))
        names = {"level": "机关层级", "short_name": "机关简称"}
        what = "、".join(names[key] for key in filled)
        told.append(FILLED.at(where=path.name, what=what))

    target = workbook_beside(path, how)
    with scratch.folder("batch") as top:
        write_input(imported, top / "a.xlsx")
        files.rename_together({target: (top / "a.xlsx").read_bytes()})

    form = imported.reading.form
    return Outcome(
        path,
        "sound",
        tuple(told),
        SOUND,
        (target,),
        body=report.body.name or "",
        year=report.year,
        family=form.family or form.key,
        report_name=form.report_name,
    )


def workbook_beside(path: Path, how: BackReading) -> Path:
    """Return where the workbook goes that a published report is read back into."""
    if path.is_relative_to(how.folder):
        return path.with_name(f"{path.name}.xlsx")

    steps = [portable_name(step) for step in path.relative_to(how.received).parts]
    return how.folder.joinpath(*steps, f"{steps[-1]}.xlsx")


def owners_of(roster: Path) -> Owners:
    """Return the bodies of a roster by their names."""
    return _read_owners(roster, roster.stat().st_mtime_ns)


def other_names(roster: Path) -> tuple[str, ...]:
    """Return the bodies whose names a borrowed text may hold."""
    return _read_names(roster, roster.stat().st_mtime_ns)


@lru_cache(maxsize=2)  # a process does many sources of one roster
def _read_owners(roster: Path, _changed: int) -> Owners:
    return Owners(read_roster(roster))


@lru_cache(maxsize=2)
def _read_names(roster: Path, _changed: int) -> tuple[str, ...]:
    return tuple(sorted({unit.name for unit in read_roster(roster)}))
