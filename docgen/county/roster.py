"""The list of units that owe a report: a CSV file or a workbook with a unit in each row."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.catalogue import batch as rules
from docgen.catalogue import stop
from docgen.errors import InputStop
from docgen.finding import Finding, Place
from docgen.model import FACTS
from docgen.read.entry import Grid
from docgen.read.from_csv import decode, read_grid
from docgen.read.from_xlsx import read_grids
from docgen.read.label import nearest, normal

_NAME, _CONTACT = FACTS["body.name"], "联系人"


class Unit(NamedTuple):
    """One unit of the list, and where it stands there."""

    name: str
    contact: str
    place: Place


class Sent(NamedTuple):
    """A report that came in: its body, its year and the input it was read from."""

    body: str
    year: int | None
    input: str


def read_roster(path: Path) -> list[Unit]:
    """The units of a list; other columns than the name and the contact are for the office.

    Raises InputStop if it is no list.
    """
    if path.suffix.lower() == ".xlsx":
        sheets = read_grids(path)
    elif path.suffix.lower() == ".csv":
        place = Place(path.name, path.stem)
        sheets = [(place, read_grid(decode(files.read_bytes(path), path.name), place, path.name))]
    else:
        raise InputStop(stop.NOT_TEXT.at(name=path.name, kind="CSV", why="名单要是 CSV 或 XLSX"))
    for _, grid in sheets:
        units = _units(grid)
        if units is not None:
            return units
    raise InputStop(rules.NOT_ROSTER.at(Place(path.name), name=path.name, column=_NAME))


def _units(grid: Grid) -> list[Unit] | None:
    """The units below the head of a sheet; None if it has no such head."""
    for number, row in enumerate(grid):
        heads = [normal(entry.text) for entry in row]
        if normal(_NAME) in heads:
            return list(_below(grid[number + 1 :], heads))
    return None


def _below(rows: Grid, heads: list[str]) -> Iterable[Unit]:
    name = heads.index(normal(_NAME))
    contact = heads.index(_CONTACT) if _CONTACT in heads else len(heads)
    for row in rows:
        if len(row) > name and row[name].text:
            who = row[contact].text if contact < len(row) else ""
            yield Unit(row[name].text, who, row[name].place)


def check_roster(units: Sequence[Unit], reports: Iterable[Sent]) -> list[Finding]:
    """Who is missing, who sent more than one report for a year, who is not on the list."""
    listed: dict[str, Unit] = {}
    findings = []
    for unit in units:
        first = listed.setdefault(_plain(unit.name), unit)
        if first is not unit:
            findings.append(rules.LISTED_TWICE.at(first.place, unit.place, name=unit.name))
    came: dict[str, list[Sent]] = {}
    for report in reports:
        came.setdefault(_plain(report.body), []).append(report)
    missing = [unit for name, unit in listed.items() if name not in came]
    for unit in missing:
        contact = f"（联系人：{unit.contact}）" if unit.contact else ""
        findings.append(rules.MISSING.at(unit.place, name=unit.name, contact=contact))
    names = [unit.name for unit in missing]
    for name, sent in came.items():
        findings += _doubles(sent)
        if name not in listed:
            close = nearest(sent[0].body, names)
            hint = f"；没有收到的里面，最接近的是“{close}”" if close else ""
            places = [Place(report.input) for report in sent]
            findings.append(rules.UNKNOWN.at(*places, name=sent[0].body, nearest=hint))
    return findings


def _doubles(sent: Sequence[Sent]) -> Iterator[Finding]:
    """The reports of one body of which there is more than one for a year."""
    for year in dict.fromkeys(report.year for report in sent):
        same = [report for report in sent if report.year == year]
        if len(same) > 1:
            yield rules.DOUBLE.at(
                *(Place(report.input) for report in same),
                name=same[0].body,
                year=year,
                count=len(same),
                inputs="、".join(report.input for report in same),
            )


def _plain(name: str) -> str:
    return "".join(name.split())
