"""A blank for each body of a roster, with what is known of it from the roster and last year.

Each report of last year is read once, and its body's blank written at once: so many bodies take
no more memory than one.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from docgen.blank import Listed, blank_report, blank_target, write_blank
from docgen.check.outcome import Outcome, run_guarded
from docgen.check.rules.names import may_sign
from docgen.county.body_names import BodyNames, Called, without_government
from docgen.county.owners import Owners
from docgen.county.roster import Unit
from docgen.errors import Stop
from docgen.files.inputs import find_inputs
from docgen.finding import Finding, Rule
from docgen.forms.form import Form
from docgen.importing import with_level
from docgen.model import LEVELS, Body, Reading
from docgen.read import read_report

SAME_FILE = Rule(
    code="B114",
    name="两个机关的表会是同一个文件",
    severity="error",
    message="“{name}”的表叫“{file}”，名单里不止一行要用这个名称，都没有写",
    why="一个机关一个文件；两个机关用一个，填好的数就分不清是谁的。",
    example="名单里“石河乡人民政府”写了两行。",
    cure="是同一个机关的，名单里只留一行；不是的，把名称写全，写得分得开。",
    since="0.4.0",
)

#: What is said of a report whose body the roster has under no name.
NOT_LISTED = "不在名单里"

#: Which of several files with one report is taken: the one that says most, first.
_KINDS = (".json", ".xlsx", "", ".docx", ".doc", ".wps", ".html", ".htm", ".mht", ".pdf")
#: The names of this many bodies are looked for in those of files, at most so many times in all.
_MOST_LOOKS = 2_000_000
_LONGEST = 60  # characters of a file's name that are the body's: names of files have 255 bytes
# sub: 甲镇/乙镇, a:b; not 甲镇.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')


class MadeBlank(NamedTuple):
    """What became of one body's blank: made, left as it stood, or refused.

    `last` is the report of last year that it was made with.
    """

    unit: Unit
    target: Path
    state: Literal["made", "kept", "refused"]
    last: Path | None = None
    findings: tuple[Finding, ...] = ()


class LastYear(NamedTuple):
    """A body's report of last year; `is_renamed`: it was called otherwise then."""

    path: Path
    reading: Reading
    is_renamed: bool


@dataclass
class BlankMaker:
    """Makes the blanks of one year in one folder.

    `unused` are the files of last year's folder that no blank was made with, each with why.
    """

    form: Form
    year: int
    folder: Path
    workbook: bool
    unused: list[tuple[Path, str]] = field(default_factory=list)

    def target_of(self, unit: Unit) -> Path:
        """Return where the blank of a body goes: `石河乡人民政府-2025.xlsx`."""
        name = _file_name(unit, self.year)
        return blank_target(self.form, self.year, self.folder, workbook=self.workbook, name=name)

    def make_all(self, units: Sequence[Unit], archive: Path | None) -> Iterator[MadeBlank]:
        """Yield what becomes of each body's blank, as it is done; nothing is overwritten."""
        waiting: dict[str, Unit] = {}
        counts: dict[str, int] = {}
        for unit in units:
            key = self.target_of(unit).name.casefold()  # Windows takes A.xlsx for a.xlsx
            counts[key] = counts.get(key, 0) + 1

        for unit in units:
            target = self.target_of(unit)
            if counts[target.name.casefold()] > 1:
                told = SAME_FILE.at(unit.place, name=unit.name, file=target.name)
                yield MadeBlank(unit, target, "refused", findings=(told,))
            elif os.path.lexists(target):
                yield MadeBlank(unit, target, "kept")
            else:
                waiting[unit.name] = unit

        if archive is not None:
            for unit, last in _Archive(self, archive, units, waiting).read_reports():
                yield self._make_one(waiting.pop(unit.name), last)

        for unit in waiting.values():
            yield self._make_one(unit, None)

    def _make_one(self, unit: Unit, last: LastYear | None) -> MadeBlank:
        """Write the blank of one body, with last year's report if there is one."""
        target = self.target_of(unit)
        level = next((level for level in LEVELS if level == unit.level), None)
        reading = last.reading if last else None
        signed = reading.report.signature.name if reading else None
        seal_name = unit.seal_name
        if signed and not may_sign(Body(name=unit.name), self.form, signed):
            seal_name = seal_name or unit.name  # last year's is not a name of this body
        listed = Listed(unit.short_name, level, seal_name, bool(last and last.is_renamed))
        try:
            report = blank_report(self.form, self.year, unit.name, reading, listed)
            write_blank(
                self.form,
                report,
                self.folder,
                workbook=self.workbook,
                name=_file_name(unit, self.year),
                last=reading,
            )
        except Stop as error:
            return MadeBlank(unit, target, "refused", findings=error.findings)

        return MadeBlank(unit, target, "made", last.path if last else None)


class _Archive:
    """The reports of last year, read once, each for the body whose it is."""

    def __init__(
        self, maker: BlankMaker, folder: Path, units: Sequence[Unit], waiting: Mapping[str, Unit]
    ) -> None:
        self._maker, self._folder, self._waiting = maker, folder, waiting
        self._names, self._owners = BodyNames(units), Owners(units)
        self._used: dict[str, Path] = {}  # by the body's name

    def read_reports(self) -> Iterator[tuple[Unit, LastYear]]:
        """Yield the reports of the bodies that wait for one, each body once."""
        taken: set[Path] = set()  # without suffixes: what else is called so is the same report
        for path in _likeliest_first(find_inputs([self._folder]), self._waiting):
            if not self._waiting:
                return
            called = path.with_suffix("") if path.suffix.lower() in _KINDS else path
            if called in taken:
                continue

            read = run_guarded(path, partial(read_report, path))
            if isinstance(read, Outcome):
                why = read.findings[0].message if read.findings else "读不了"
                self._maker.unused.append((path, why))
                continue

            owner = self._owner_of(path, read)
            if why := self._why_unused(read, owner):
                self._maker.unused.append((path, why))
            elif owner and owner.unit.name in self._waiting and self._is_kin(read):
                taken.add(called)
                self._used[owner.unit.name] = path
                yield owner.unit, LastYear(path, _with_level(read), owner.kind == "曾用名")

    def _is_kin(self, read: Reading) -> bool:
        return read.form.is_kin(self._maker.form)

    def _why_unused(self, read: Reading, owner: Called | None) -> str:
        """Return why no blank is made with a report; blank where one may be, or none waits."""
        name, year = read.report.body.name or "", read.report.year
        if not self._is_kin(read):
            return ""  # another kind of report: nothing is wrong with that
        if year != self._maker.year - 1:
            return f"是 {year} 年度的" if year else "看不出是哪一年度的"
        if owner is None:
            return f"“{name}”{NOT_LISTED}" if name else "看不出是谁的"
        if owner.kind == "曾用名" and len(owner.unit.former) > 1:
            return f"“{name}”并进了“{owner.unit.name}”，它一家的数不是上年的数"

        used = self._used.get(owner.unit.name)
        return f"也是“{owner.unit.name}”的，用了 {used}" if used else ""

    def _owner_of(self, path: Path, read: Reading) -> Called | None:
        """Return the body that a report names, or its file, where it names none.

        The name under it counts where the one above is short for it: a borrowed report may bear
        two names.
        """
        body, signed = read.report.body, read.report.signature.name or ""
        own = [name for name in (body.name, body.short_name) if name]
        if not own or any(without_government(name) in signed for name in own):
            own += [signed] if signed else []

        if not own:
            inside = path.relative_to(self._folder) if path != self._folder else Path(path.name)
            unit = self._owners.guess_owner(inside.as_posix())
            return Called(unit) if unit else None
        return next((one for name in own if (one := self._names.find_likely(name))), None)


def _with_level(read: Reading) -> Reading:
    """Return a reading whose body has its level, as far as its name tells it."""
    return replace(read, report=with_level(read.report))


def _likeliest_first(paths: Sequence[Path], waiting: Mapping[str, Unit]) -> list[Path]:
    """Return the files of an archive, first those named after a body that waits.

    Where only a few blanks are missing, the rest need not be read.
    """
    ranked = sorted(paths, key=lambda path: (_rank_of(path), str(path)))
    if len(paths) * len(waiting) > _MOST_LOOKS:
        return ranked

    called = {name for u in waiting.values() for name in (u.name, u.short_name) if name}
    return sorted(ranked, key=lambda path: not any(name in str(path) for name in called))


def _rank_of(path: Path) -> int:
    kind = path.suffix.lower()
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _file_name(unit: Unit, year: int) -> str:
    """Return how the file of a body is called, whatever the name holds: 石河乡人民政府-2025."""
    name = _NOT_IN_NAMES.sub("", unit.name).lstrip(".~$")[:_LONGEST]
    return f"{name}-{year}"
