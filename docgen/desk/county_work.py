"""What the county's pages have done beside: blanks given out, all that came in read.

What the last of each came to is kept while the desk runs; after a restart it is read again from
the ledger, which takes no second.
"""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docgen.check.outcome import Outcome
from docgen.county.board import Board
from docgen.county.issued import ISSUED, issue_from
from docgen.county.processes import Work, count_processors, run_in_processes
from docgen.county.returned import MarkedReturns, write_returned
from docgen.county.work import check_sources, read_back
from docgen.desk.folder import DeskFolder
from docgen.desk.task import Task
from docgen.errors import Stop
from docgen.finding import Finding
from docgen.issuing.outputs import Beside
from docgen.model import LEVELS

if TYPE_CHECKING:  # read where something is given out or summed up
    from docgen.county.blanks import MadeBlank
    from docgen.county.counted import Tally
    from docgen.county.roster import Unit

#: What each piece of work is called, on the page that shows how far it is.
COLLECT, GIVE_OUT, LIST_BODIES, ADD_UP, COMPARE, RENEW = (
    "收齐", "做空表", "照上年列名单", "汇总", "对账", "换数"
)  # fmt: skip
#: The page that shows what came of each.
PAGE_OF = {
    COLLECT: "county", GIVE_OUT: "roster", LIST_BODIES: "roster",
    ADD_UP: "sum", COMPARE: "sum", RENEW: "sum",
}  # fmt: skip
#: Where blanks go, and the roster that is made of last year's reports.
GIVEN = "发放"
LISTED = "名单（照上年的报告）.xlsx"
_FEW = 4  # so many are done sooner here than in processes
_STEPS = {read_back: "读公布过的文件", check_sources: "核对", issue_from: "签发"}


class Collected(NamedTuple):
    """The board, and the marked workbooks that go back."""

    board: Board
    returned: MarkedReturns


class GivenOut(NamedTuple):
    """The blanks of one year: what became of each, and the files of last year nobody needed."""

    folder: Path
    made: "Sequence[MadeBlank]"
    unused: Sequence[tuple[str, str]]
    kept_notice: bool

    def of(self, state: str) -> "Sequence[MadeBlank]":
        """Return the blanks that were made, kept or refused."""
        return [one for one in self.made if one.state == state]


class Summed(NamedTuple):
    """The county's own report, and who counts in it."""

    input: Path
    tally: "Tally"
    findings: Sequence[Finding]


class ComparedSum(NamedTuple):
    """What came of holding the county's report against what came in."""

    input: str
    findings: Sequence[Finding]

    @property
    def differing(self) -> int:
        """How many findings say that something differs."""
        return sum(finding.severity != "note" for finding in self.findings)


class RosterRead(NamedTuple):
    """A roster as it was read: its bodies, what is said of it, what stopped it."""

    units: "Sequence[Unit]" = ()
    findings: Sequence[Finding] = ()
    is_readable: bool = True

    @property
    def summary(self) -> str:
        """How many bodies there are, of which levels."""
        levels = Counter(unit.level for unit in self.units)
        named = [f"{names[0]} {levels[one]} 个" for one, names in LEVELS.items() if one in levels]
        named += [f"看不出层级 {levels['']} 个"] if levels[""] else []
        return f"{len(self.units)} 个机关（{'，'.join(named)}）"


@dataclass
class Taken:
    """What became of the files that were handed in, until a page has told it."""

    new: int = 0
    same: int = 0
    renamed: list[str] = field(default_factory=list)
    passed: int = 0  # of programs and systems, nobody's

    @property
    def said(self) -> str:
        """What is to be told of it; blank where nothing was handed in."""
        told = [
            f"新放进 {self.new} 个" if self.new else "",
            f"{self.same} 个原来就有，内容一样" if self.same else "",
            f"{len(self.renamed)} 个和原有的同名、内容不同，换了名" if self.renamed else "",
            f"{self.passed} 个是系统留下的，没有放" if self.passed else "",
        ]
        return "，".join(filter(None, told))


@dataclass
class CountyState:
    """What the last work of each kind came to."""

    collected: Collected | None = None
    given: GivenOut | None = None
    summed: Summed | None = None
    compared: ComparedSum | None = None
    is_recalled: bool = False  # reading the board again was begun, after a restart
    taken: Taken = field(default_factory=Taken)
    _rosters: dict[str, RosterRead] = field(default_factory=dict)

    def read_roster(self, path: Path) -> RosterRead:
        """Return a roster, read once as long as it stays the same file."""
        status = path.stat()
        key = f"{path} {status.st_mtime_ns} {status.st_size}"
        if key not in self._rosters:
            self._rosters = {key: read_roster_in_words(path)}
        return self._rosters[key]


def read_roster_in_words(path: Path) -> RosterRead:
    """Return a roster with all that `docgen roster check` says of it."""
    from docgen.county.body_names import check_units
    from docgen.county.roster import examine_roster

    try:
        units, told = examine_roster(path)
    except Stop as error:
        return RosterRead((), error.findings, is_readable=False)
    return RosterRead(units, (*check_units(units), *told))


def beside_of(results: Path) -> Beside:
    """Return what was issued beside the documents the last time: what stands there tells it."""
    folder = results / ISSUED
    suffixes = {path.suffix for path in folder.iterdir()} if folder.is_dir() else set()
    return Beside(pdf=".pdf" in suffixes, html=".html" in suffixes, data=".csv" in suffixes)


class CollectAsked(NamedTuple):
    """What the page asks of a run: which of several returns stand, what to issue beside."""

    roster: Path
    chosen: tuple[str, ...]
    beside: Beside


def collect_returns(
    folder: DeskFolder, state: CountyState, wanted: CollectAsked, task: Task
) -> None:
    """Read all that came in, issue what is sound, and keep the board."""
    from docgen.county.asked import Asked
    from docgen.county.collect import collect
    from docgen.county.results import write_results

    kept: list[MarkedReturns] = []

    def write(board: Board, results: Path) -> list[Path]:
        task.step = "写进度表和退回的表"
        written = write_results(board, results)
        kept.append(write_returned(board, results))  # they stand there: nothing is written anew
        return written

    asked = Asked(
        folder.received,
        wanted.roster,
        folder.results,
        folder.previous,
        chosen=wanted.chosen,
        beside=wanted.beside,
    )
    folder.received.mkdir(parents=True, exist_ok=True)
    board, _ = collect(asked, CarryOutCounted(task), task.said.append, write)
    state.collected = Collected(board, kept[-1])


class CarryOutCounted:
    """Does work on paths, in processes where there are many; tells the task how far it is."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def __call__(self, work: Work, paths: Sequence[Path], together: bool) -> Iterable[Outcome]:
        called = work.func if isinstance(work, partial) else work
        step = next((said for each, said in _STEPS.items() if each is called), "读各机关的数")
        if len(paths) <= _FEW:
            outcomes: Iterable[Outcome] = (one for path in paths for one in work([path]))
        else:
            outcomes = run_in_processes(work, paths, count_processors(), together=together)
        return self._task.count(outcomes, len(paths), step)


class NoticeAsked(NamedTuple):
    """What the page asks of the blanks: of which report and year, what the notice says."""

    form: str
    year: int
    until: date | None
    contact: str
    send_to: str


def give_out_blanks(
    folder: DeskFolder, state: CountyState, roster: Path, wanted: NoticeAsked, task: Task
) -> None:
    """Make a blank for each body of the roster, and the notice."""
    from docgen.blank import form_for
    from docgen.county.blanks import BlankMaker
    from docgen.county.ledger import remember_until
    from docgen.county.notice import Notice, write_notice
    from docgen.county.roster import read_roster
    from docgen.forms.loader import find_form

    form = form_for(wanted.year, find_form(wanted.form) if wanted.form else None)
    units = read_roster(roster)
    target = folder.root / GIVEN / str(wanted.year)
    maker = BlankMaker(form, wanted.year, target, workbook=True)
    blanks = maker.make_all(units, folder.previous)
    made = list(task.count(blanks, len(units), "一个机关一份"))

    order = {unit.name: number for number, unit in enumerate(units)}
    made.sort(key=lambda blank: order[blank.unit.name])
    given = tuple((one.unit.name, one.target.name) for one in made if one.state != "refused")
    said = Notice(form, wanted.year, tuple(units), given,
                  wanted.until, wanted.contact, wanted.send_to)  # fmt: skip
    written, left = write_notice(said, target)
    unused = [(os.path.relpath(path, folder.last_year), why) for path, why in maker.unused]
    state.given = GivenOut(target, made, unused, bool(left))
    if wanted.until and written:
        remember_until(roster, wanted.year, wanted.until, task.said.append)


def list_bodies(folder: DeskFolder, task: Task) -> None:
    """Write a roster of the bodies whose reports of last year lie there."""
    from docgen import files
    from docgen.county.roster_new import FoundBody, bodies_of, rows_of, write_roster
    from docgen.files.inputs import find_inputs

    paths = find_inputs([folder.last_year])
    found: list[FoundBody] = []
    for path, one in zip(paths, task.count(bodies_of(paths), len(paths), "读上年的"), strict=True):
        inside = os.path.relpath(path, folder.last_year)
        if isinstance(one, Outcome):
            task.said.append(f"{inside}：没有读（{one.findings[0].message}）")
        elif one.body.name or one.seal_name:
            found.append(one)
        else:
            task.said.append(f"{inside}：看不出是哪个机关的，没有写进名单")

    rows = rows_of(found)
    files.write_together({folder.root / GIVEN / LISTED: write_roster(rows)})
    task.said.append(f"照上年的报告写了 {len(rows)} 个机关；请核对名称，补上联系人和电话，再交回来")
