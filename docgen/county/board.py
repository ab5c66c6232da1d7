"""The board: what became of every body on the roster, and of every file that came in.

roster + what came in (`received`) + what became of it (`Outcome`) → rows, failures first
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from docgen.check.outcome import Outcome
from docgen.county.roster import Unit
from docgen.finding import Finding

#: What a row says, in the order of the board: failures first.
State = Literal["faulty", "unreadable", "several", "missing", "unlisted", "issued"]
STATES: dict[State, str] = {
    "faulty": "要改",
    "unreadable": "读不了",
    "several": "重复",
    "missing": "未交",
    "unlisted": "不在名单",
    "issued": "已签发",
}


@dataclass(frozen=True)
class Return:
    """One thing that came in and may be a report: where it lay, what was read, what became of it.

    `input` is what docgen reads: the file itself, what was unpacked of an archive, or the
    workbook that was made of a published report. `outcome` is of checking or issuing that.
    """

    where: str  # as told: `甲镇/报送.zip › 2025.xlsx`, from the folder of what came in
    file: Path  # the file, or folder of CSV files, that lies there
    input: Path
    sha256: str  # of what was read
    first_seen: datetime
    outcome: Outcome
    remarks: tuple[Finding, ...] = ()  # of its coming in: whose it is, what its name says
    also: tuple[str, ...] = ()  # what else lies there of it: copies, the folder of a saved page


@dataclass(frozen=True)
class BoardRow:
    """One body and kind of report (or one file that belongs to no body), and how it stands."""

    state: State
    name: str  # the body's name on the roster; else as the report says, or the file's place
    unit: Unit | None  # None: not on the roster, or a file whose body is not known
    returns: tuple[Return, ...]  # all that came from this body; the one that stands comes first
    why: str  # one line, for a person: what is wrong or doubtful; blank where all is well
    since: datetime  # when this state, with this reason, was first seen
    chased: datetime | None = None  # when a message about this very state was first written
    report_name: str = ""  # what such a report is called, where several kinds came
    notes: tuple[str, ...] = ()  # what a person is to know besides: it changes nothing
    is_spared: bool = False  # nothing came now, and yet it is not to be chased: `why` says why

    @property
    def contact(self) -> str:
        """Return whom to ask, and the telephone: blank where the roster does not say."""
        return self.unit.whom_to_ask if self.unit else ""


@dataclass(frozen=True)
class Board:
    """All rows, failures first and then in the roster's order."""

    year: int
    rows: tuple[BoardRow, ...]
    made: datetime
    before: datetime | None  # of the run before this one; None for the first
    findings: tuple[Finding, ...] = ()  # of the roster itself, and of the run
    until: date | None = None  # by when the office wants the reports; else as the form says
    ignored: tuple[str, ...] = ()  # what lies there and is no one's: lock files, Thumbs.db

    def of(self, *states: State) -> Sequence[BoardRow]:
        """Return the rows in these states."""
        return [row for row in self.rows if row.state in states]

    def is_new(self, row: BoardRow) -> bool:
        """Return whether a row came to stand like this since the run before this one."""
        return self.before is None or row.since > self.before
