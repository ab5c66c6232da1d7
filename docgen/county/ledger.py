"""What came in, what became of it, since when each body stands as it does: one SQLite file.

It lies beside the roster. Whatever it says may have been changed by somebody: it is read as JSON
of a known shape or not at all, and one that is lost or spoilt is begun anew from the folder.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.county.remembered import Json, NotKept
from docgen.errors import OutputStop
from docgen.files import CANNOT_WRITE
from docgen.finding import Finding, Rule

REBUILT = Rule(
    code="B123",
    name="收件登记是新建的",
    severity="warning",
    message="收件登记“{name}”坏了或不是 docgen 写的，已改名为“{aside}”，照收件的文件夹重新登记",
    why="登记里记着什么时候收到的、选定了哪一份、催过谁；坏了就从头记，“自某日起”都从今天算。",
    example="登记所在的 U 盘拔早了。",
    cure="不用管它；选定过重复的哪一份，要再选一次。",
    since="0.4.0",
)
BUSY = Rule(
    code="B124",
    name="另一个 docgen 正在做同一份名单",
    severity="error",
    message="等了 {seconds} 秒，另一个 docgen county 还在用收件登记“{name}”",
    why="两个同时写，谁的结果算数就说不清了；一个做完，另一个再做。",
    example="两台电脑同时对共享文件夹里的同一份名单运行。",
    cure="等它做完，再运行一次。",
    since="0.4.0",
)

#: Seconds to wait for another run on the same roster.
PATIENCE = 120.0
_APPLICATION, _VERSION = 0x646F6367, 1
#: Values that are written down together: each time the disk is waited for.
_TOGETHER = 200
_LONGEST = 20_000_000  # characters of one value
_SCHEMA = (
    "CREATE TABLE arrivals (place TEXT, sha256 TEXT, first_seen TEXT, last_seen TEXT, "
    "became TEXT, PRIMARY KEY (place, sha256)) WITHOUT ROWID",
    "CREATE INDEX arrivals_of ON arrivals (sha256, first_seen)",
    "CREATE TABLE bodies (name TEXT PRIMARY KEY, state TEXT, why TEXT, since TEXT, "
    "chased TEXT) WITHOUT ROWID",
    "CREATE TABLE choices (name TEXT PRIMARY KEY, sha256 TEXT, among TEXT) WITHOUT ROWID",
    "CREATE TABLE kept (kind TEXT, name TEXT, conditions TEXT, value TEXT, "
    "PRIMARY KEY (kind, name)) WITHOUT ROWID",
    "CREATE TABLE runs (made TEXT, arrivals INTEGER, issued INTEGER)",
)


class Stood(NamedTuple):
    """How a body stood at the run before: its state and why, since when, when it was chased."""

    state: str
    why: str
    since: datetime
    chased: datetime | None


def ledger_of(roster: Path) -> Path:
    """Return where the ledger of a roster lies."""
    return roster.with_name(f"{roster.stem}-收件登记.sqlite")


def remember_until(roster: Path, year: int, day: date, tell: Callable[[str], None]) -> None:
    """Note in the ledger of a roster by when the office wants the reports of a year.

    Raise OutputStop if it cannot be written.
    """
    path = ledger_of(roster)
    with locked_ledger(path, tell):
        ledger = Ledger(path)
        try:
            ledger.note_until(year, day)
            ledger.commit()
        except sqlite3.DatabaseError:  # it can be read, and not written
            raise _cannot_write(path) from None
        finally:
            ledger.close()


@contextmanager
def locked_ledger(path: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold a ledger for one run, or wait. Raise OutputStop if another does too long.

    The lock is SQLite's, on a file of its own that stays: it ends with the process, everywhere.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        connection = sqlite3.connect(lock, timeout=0, isolation_level=None)
        try:
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                tell("另一个 docgen county 正在做同一份名单，等它做完……")
                connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
                connection.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise OutputStop(BUSY.at(name=path.name, seconds=f"{PATIENCE:g}")) from None
        raise _cannot_write(lock) from None
    except sqlite3.DatabaseError:  # somebody wrote something else there
        raise _cannot_write(lock) from None


def _cannot_write(path: Path) -> OutputStop:
    return OutputStop(CANNOT_WRITE.at(name=str(path), why="收件登记要写在名单旁边，那里写不进去"))


class Ledger:
    """A ledger that is open; what it cannot read it does not know."""

    def __init__(self, path: Path) -> None:
        """Open a ledger or begin one. Raise OutputStop where none can be written."""
        self.path = path
        self.findings: tuple[Finding, ...] = ()
        self._waiting = 0
        try:
            self._open()
        except (sqlite3.DatabaseError, NotKept):
            self._begin_anew()

    def _open(self) -> None:
        """Open it. Raise NotKept for one that docgen did not write."""
        self._base = sqlite3.connect(self.path, isolation_level=None)
        try:
            self._base.execute("PRAGMA trusted_schema = OFF")
            self._base.execute("PRAGMA synchronous = NORMAL")
            found = self._base.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")
            declared = sorted(str(row[0]) for row in found.fetchmany(len(_SCHEMA) + 1))
            if not declared:
                self._base.execute("BEGIN IMMEDIATE")
                for table in _SCHEMA:
                    self._base.execute(table)
                self._base.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._base.execute(f"PRAGMA user_version = {_VERSION}")
                self._base.execute("COMMIT")
            elif declared != sorted(_SCHEMA) or self._mark() != (_APPLICATION, _VERSION):
                raise NotKept("schema")
            elif self._base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise NotKept("pages")
        except BaseException:
            self._base.close()
            raise

    def _mark(self) -> tuple[int, int]:
        said = (self._base.execute(f"PRAGMA {name}") for name in ("application_id", "user_version"))
        application, version = (int(row.fetchone()[0]) for row in said)
        return application, version

    def _begin_anew(self) -> None:
        """Put aside what stands there, and begin a new ledger."""
        number = 1
        while (aside := self.path.with_name(f"{self.path.stem}.坏{number}.sqlite")).exists():
            number += 1
        try:
            self.path.rename(aside)
            self._open()
        except OSError as error:
            raise OutputStop(
                CANNOT_WRITE.at(name=str(self.path), why=files.reason(error))
            ) from None
        except (sqlite3.DatabaseError, NotKept):
            raise _cannot_write(self.path) from None
        self.findings = (REBUILT.at(name=self.path.name, aside=aside.name),)

    def close(self) -> None:
        """Write down what is not yet, and close it."""
        with suppress(sqlite3.DatabaseError):
            self.commit()
        self._base.close()

    def commit(self) -> None:
        """Make all that was noted so far outlive whatever becomes of this run."""
        if self._base.in_transaction:
            self._base.execute("COMMIT")
        self._waiting = 0

    def _write(self, query: str, *rows: Sequence[object]) -> None:
        """Write rows, together with whatever is written before the next commit."""
        if not self._base.in_transaction:
            self._base.execute("BEGIN IMMEDIATE")
        self._base.executemany(query, rows)

    def recall(self, kind: str, name: str, conditions: str) -> Json:
        """Return what was kept under these conditions; None for nothing."""
        row = self._row(
            "SELECT value FROM kept WHERE kind = ? AND name = ? AND conditions = ?",
            (kind, _key(name), conditions),
        )
        return _parse(row[0]) if row else None

    def keep(self, kind: str, name: str, conditions: str, value: Json) -> None:
        """Keep a value in place of what was kept under this name."""
        said = (kind, _key(name), conditions, json.dumps(value))
        self._write("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", said)
        self._waiting += 1
        if self._waiting == _TOGETHER:
            self.commit()

    def first_seen(self, sha256: str, now: datetime) -> datetime:
        """Return when this very content came in first, under whatever name."""
        row = self._row("SELECT min(first_seen) FROM arrivals WHERE sha256 = ?", (sha256,))
        return (_as_time(row[0]) if row else None) or now

    def note_arrivals(self, came: Iterable[tuple[str, str, str]], now: datetime) -> None:
        """Note what lies there (where, hash) and what became of it."""
        self._write(
            "INSERT INTO arrivals VALUES (?1, ?2, ?3, ?3, ?4) ON CONFLICT DO UPDATE "
            "SET last_seen = ?3, became = ?4",
            *((_key(where), sha256, now.isoformat(), became) for where, sha256, became in came),
        )

    def stood(self, name: str) -> Stood | None:
        """Return how a body stood at the run before."""
        row = self._row(
            "SELECT state, why, since, chased FROM bodies WHERE name = ?", (_key(name),)
        )
        since = _as_time(row[2]) if row else None
        if row is None or since is None:
            return None
        return Stood(str(row[0]), _text(_parse(row[1])), since, _as_time(row[3]))

    def note_bodies(self, stood: Iterable[tuple[str, Stood]]) -> None:
        """Note how every body stands now; those that are not told of are forgotten."""
        rows = [
            (
                _key(name),
                one.state,
                json.dumps(one.why),
                one.since.isoformat(),
                one.chased.isoformat() if one.chased else None,
            )
            for name, one in stood
        ]
        self._write("DELETE FROM bodies WHERE name <> ?", ("",))
        self._write("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?, ?, ?)", *rows)

    def mark_chased(self, names: Iterable[str], made: datetime) -> None:
        """Note that a message about how these bodies stand was written by then."""
        self._write(
            "UPDATE bodies SET chased = ? WHERE chased IS NULL AND name = ?",
            *((made.isoformat(), _key(name)) for name in names),
        )

    def choice(self, name: str) -> tuple[str, frozenset[str]] | None:
        """Return the hash that was chosen for a body, and those among which it was."""
        row = self._row("SELECT sha256, among FROM choices WHERE name = ?", (_key(name),))
        among = _parse(row[1]) if row else None
        if row is None or not isinstance(among, list):
            return None
        return str(row[0]), frozenset(one for one in among if isinstance(one, str))

    def note_choice(self, name: str, chosen: str, among: Iterable[str]) -> None:
        """Note which was chosen for a body."""
        said = (_key(name), chosen, json.dumps(sorted(among)))
        self._write("INSERT OR REPLACE INTO choices VALUES (?, ?, ?)", said)

    def until(self, year: int) -> date | None:
        """Return by when the office wants the reports of a year; None where nobody said."""
        kept = self.recall("until", str(year), "")
        with suppress(ValueError):
            return date.fromisoformat(kept) if isinstance(kept, str) else None
        return None

    def note_until(self, year: int, day: date) -> None:
        """Note by when the office wants the reports of a year."""
        self.keep("until", str(year), "", day.isoformat())

    def last_run(self) -> datetime | None:
        """Return when the run before this one was."""
        row = self._row("SELECT made FROM runs ORDER BY rowid DESC LIMIT 1", ())
        return _as_time(row[0]) if row else None

    def note_run(self, made: datetime, arrivals: int, issued: int) -> None:
        """Note that this run was made."""
        self._base.execute(
            "INSERT INTO runs VALUES (?, ?, ?)", (made.isoformat(), arrivals, issued)
        )

    def _row(self, query: str, values: tuple[str, ...]) -> tuple[object, ...] | None:
        found: tuple[object, ...] | None = self._base.execute(query, values).fetchone()
        return found


def _key(name: str) -> str:
    """Return a name as SQLite holds it: one of a file may be no text."""
    return json.dumps(name)


def _parse(said: object) -> Json:
    """Return the JSON that was kept; None for what is none."""
    if not isinstance(said, str) or len(said) > _LONGEST:
        return None
    try:
        value: Json = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return value


def _text(said: Json) -> str:
    return said if isinstance(said, str) else ""


def _as_time(said: object) -> datetime | None:
    """Return the time that was noted; None for what is none."""
    try:
        time = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return time if time is not None and time.tzinfo is not None else None
