"""The county's run: from the folder of what came in to the board, and what is issued on the way.

received → taking (out of archives, converted, read back) → checked → owners → standing → issued
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from docgen.check.outcome import Outcome, Verdict
from docgen.compare.figures import Side, different_facts, different_figures
from docgen.county.accompanying import is_text, tell_files, tell_sheets
from docgen.county.asked import Asked, CarryOut
from docgen.county.board import STATES, Board, BoardRow, Return
from docgen.county.board_words import doubts_of, tell_doubts, wants_message
from docgen.county.body_names import check_units
from docgen.county.issued import ISSUED, Issuer, find_stale
from docgen.county.last_years import note_last_years
from docgen.county.ledger import Ledger, Stood, ledger_of, locked_ledger
from docgen.county.machine import versions
from docgen.county.made import MADE, MadeWorkbooks
from docgen.county.memory import Memory, digest_conditions
from docgen.county.owners import Owned
from docgen.county.received import list_received
from docgen.county.roster import Examined, examine_roster
from docgen.county.roster_rows import clean_name
from docgen.county.standing import Attributed, Same, Stand, Standings, commonest_year, tell_first
from docgen.county.taking import TAKEN, Candidate, Taker
from docgen.county.work import (
    BackReading,
    Checked,
    Checks,
    check_sources,
    owners_of,
    read_back,
    workbook_beside,
)
from docgen.errors import InputStop, Stop, UsageStop
from docgen.finding import Finding, Rule
from docgen.issuing.record import Target, stem_of
from docgen.model import Reading, print_date
from docgen.office import find_office
from docgen.read import read_report

NO_CHOICE = Rule(
    code="B129",
    name="选定的那一份没有找到",
    severity="error",
    message="收到的里面没有 --choose 写的“{name}”",
    why="选的是收件文件夹里的一份；写错了名字，就不知道要用哪一份。",
    example="--choose 2025改.xlsx，而它在“甲镇”文件夹里。",
    cure="照进度表里的写法写，从收件文件夹写起，如 --choose 甲镇/2025改.xlsx。",
    since="0.4.0",
)

#: What is said of a body whose file is no longer there, though its report was issued.
_GONE = f"现在不见了；已签发的还在“{ISSUED}”里"
_Made = TypeVar("_Made")


def collect(
    asked: Asked,
    carry_out: CarryOut,
    tell: Callable[[str], None],
    write: Callable[[Board, Path], list[Path]],
) -> tuple[Board, list[Path]]:
    """Read what came in, issue what is sound; return how every body stands, and what was written.

    `write` writes the board and the messages; that they were is noted. Raise InputStop if the
    roster or the folder cannot be read, OutputStop if nothing can be written, UsageStop if what
    was chosen is not there.
    """
    return _run(asked, carry_out, tell, lambda run: run.board(write))


@dataclass(frozen=True)
class Gathered:
    """All that came in, and how every body stands with it before anything is issued."""

    year: int
    stands: Sequence[Stand]
    ignored: tuple[str, ...]
    findings: tuple[Finding, ...] = ()  # of the roster and the ledger


#: Checks inputs its own way, and yields what became of each.
Check = Callable[[Sequence[Path]], Iterable[Outcome]]


def gather(
    asked: Asked, carry_out: CarryOut, tell: Callable[[str], None], check: Check
) -> Gathered:
    """Return how every body stands, all inputs checked this way; nothing is issued.

    It stops as `collect` does.
    """
    return _run(asked, carry_out, tell, lambda run: run.gathered(check))


def _run(
    asked: Asked,
    carry_out: CarryOut,
    tell: Callable[[str], None],
    do: "Callable[[_Run], _Made]",
) -> _Made:
    """Return what one run makes; it is begun again where the ledger turns out to be spoilt."""
    examined = examine_roster(asked.roster)
    ledger = ledger_of(asked.roster)
    with locked_ledger(ledger, tell):
        for last in (False, True):
            try:
                return do(_Run(asked, examined, Ledger(ledger), carry_out))
            except sqlite3.DatabaseError:  # spoilt in a place that opening it did not look at
                if last:
                    raise
                ledger.write_bytes(b"spoilt")  # opening it puts it aside

    raise AssertionError


class _Run:
    """One run."""

    def __init__(
        self, asked: Asked, examined: Examined, ledger: Ledger, carry_out: CarryOut
    ) -> None:
        self._asked, self._ledger, self._carry_out = asked, ledger, carry_out
        first = {clean_name(unit.name): unit for unit in reversed(examined.units)}
        self._units = [unit for unit in examined.units if first[clean_name(unit.name)] is unit]
        told = [one for one in examined.findings if one.severity != "note"]
        self._findings = (*ledger.findings, *told, *check_units(examined.units))
        self._owners = owners_of(asked.roster)
        self._now = datetime.now().astimezone()
        self._year = asked.year or 0  # once that is known
        self._to_chase: list[str] = []  # whom there are messages to, once that is known
        tools = {"office": str(find_office()), **versions(proof=asked.beside.proof)}
        self._code = json.dumps(tools, ensure_ascii=False)
        self._conditions = digest_conditions(asked, self._code)
        self._memory = Memory(ledger, self._conditions, asked.previous)

    def board(self, write: Callable[[Board, Path], list[Path]]) -> tuple[Board, list[Path]]:
        """Return the board and what was written of it; all of it is noted in the ledger."""
        try:
            board = self._board()
            written = write(board, self._asked.results)
            self._ledger.mark_chased(self._to_chase, board.made)
            note_last_years(self._ledger, self._asked.previous)
            return board, written
        finally:
            self._ledger.close()

    def gathered(self, check: Check) -> Gathered:
        """Return how every body stands before anything is issued; it is no run of the board."""
        try:
            return self._gather(check)
        finally:
            self._ledger.close()

    def _gather(self, check: Check | None = None) -> Gathered:
        asked = self._asked
        spared = (asked.roster, self._ledger.path, asked.results)
        received = list_received(asked.received, spared)
        taker = Taker(asked.results / TAKEN, self._ledger, self._code)
        sources = self._read_back(taker.take_all(received.arrivals))
        self._refuse_choices(sources)

        came = self._came(sources, self._check(sources, check))
        loose = [one.source.where for one in came if _is_loose_text(one)]
        came = [one for one in came if not _is_loose_text(one)]
        self._year = asked.year or commonest_year(came) or self._now.year - 1
        stands = Standings(self._units, self._year, self._choose).decide(came)
        return Gathered(self._year, stands, (*received.ignored, *loose), self._findings)

    def _board(self) -> Board:
        gathered = self._gather()
        stands = gathered.stands
        issued = self._issue(stands)
        rows = [(stand, self._row(stand, issued)) for stand in stands]
        order = list(STATES)
        rows.sort(key=lambda pair: order.index(pair[1].state))  # those alike stay in their order
        before = self._ledger.last_run()
        self._note(rows)
        stems = (stem_of(stand.name, self._year, stand.family) for stand in stands)
        stale = find_stale(self._asked.results / ISSUED, self._year, stems)
        told = tuple(row for _, row in rows)
        return Board(
            self._year,
            told,
            self._now,
            before,
            (*gathered.findings, *stale),
            ignored=gathered.ignored,
            until=self._find_until(),
        )

    def _read_back(self, sources: Sequence[Candidate]) -> list[Candidate]:
        """Return the sources, those that were published with the workbook made of each."""
        folder = self._asked.results / TAKEN
        how = BackReading(self._asked.roster, self._asked.form, folder, self._asked.received)
        known: dict[Path, Outcome] = {}
        waiting: dict[Path, Candidate] = {}
        for source in sources:
            if source.is_published and not source.stopped:
                outcome = self._memory.recall("read back", source)
                place = workbook_beside(source.input, how)
                if outcome and (outcome.verdict != "sound" or place.is_file()):
                    known[source.input] = replace(outcome, outputs=(place,))
                else:
                    waiting[source.input] = source

        for outcome in self._carry_out(partial(read_back, how=how), list(waiting), False):
            known[outcome.input] = outcome
            self._memory.remember("read back", waiting[outcome.input], outcome)

        workbooks = MadeWorkbooks(self._asked.results / MADE, self._ledger, self._owners.find_named)
        return [
            workbooks.place(source, known[source.input]) if source.input in known else source
            for source in sources
        ]

    def _check(
        self, sources: Sequence[Candidate], check: Check | None = None
    ) -> dict[Path, Checked]:
        """Return what became of checking each input; what was checked before is not read again.

        Where they are checked another way, all are.
        """
        found: dict[Path, Checked] = {}
        waiting: dict[Path, Candidate] = {}
        for source in sources:
            if not source.stopped and source.input not in found:
                known = None if check else self._memory.recall_checked(source)
                if known:
                    found[source.input] = known
                else:
                    waiting[source.input] = source

        if check:
            return found | {one.input: _as_checked(one) for one in check(list(waiting))}

        checks = Checks(self._asked.roster, self._asked.previous)
        for one in self._carry_out(partial(check_sources, checks=checks), list(waiting), False):
            checked = replace(_as_checked(one), traceback="")
            found[one.input] = checked
            self._memory.remember("checked", waiting[one.input], checked, said=checked.said)

        return found

    def _came(
        self, sources: Sequence[Candidate], checked: Mapping[Path, Checked]
    ) -> list[Attributed]:
        """Return each source with whose it is."""
        came = []
        for source in sources:
            stopped: Verdict = "unreadable"
            outcome: Outcome = checked.get(source.input) or Outcome(
                source.input, stopped, source.stopped, InputStop.exit_code
            )
            said = outcome.said if isinstance(outcome, Checked) else ""
            if outcome.family:
                owned = self._owners.find_owner(outcome.body, source.where)
            else:
                owned = Owned(self._owners.guess_owner(source.where), False)
            seen = self._ledger.first_seen(source.arrival.sha256, self._now).timestamp()
            came.append(Attributed(source, owned, outcome, said, seen))

        return came

    def _refuse_choices(self, sources: Sequence[Candidate]) -> None:
        """Raise UsageStop for a choice of what is not there."""
        for name in self._asked.chosen:
            if not any(self._is_named(source, name) for source in sources):
                raise UsageStop(NO_CHOICE.at(name=name))

    def _is_named(self, source: Candidate, name: str) -> bool:
        """Whether a choice names a source: from the folder, as a path, or in an archive."""
        plain = name.replace(" › ", "/").replace("\\", "/")
        where = source.where.replace(" › ", "/")
        return where == plain or (self._asked.received / where) == Path(plain)

    def _choose(self, stand: Stand, found: Sequence[Same]) -> Same | None:
        """Return which of several returns was chosen: now, or at another run among no fewer.

        What was chosen by its name holds against `--newest` as long as nothing new came.
        """
        shas = frozenset(sha for one in found for sha in one.shas)
        chosen = [
            one
            for one in found
            for name in self._asked.chosen
            if any(self._is_named(each.source, name) for each in one.came)
        ]
        kept = self._ledger.choice(stand.key)
        if not chosen and kept and shas <= kept[1]:
            held = next((one for one in found if kept[0] in one.shas), None)
            if held and self._asked.newest and held.modified < max(one.modified for one in found):
                where = held.first.source.where
                stand.notes.append(f"照先前选定的用“{where}”，不是最新的；要换，用 --choose 写明")
            return held
        if not chosen and self._asked.newest:
            newest = max(one.modified for one in found)
            chosen = [one for one in found if one.modified == newest]

        if len({one.first.source.where for one in chosen}) != 1:
            return None
        self._ledger.note_choice(stand.key, chosen[0].first.source.sha256, shas)
        return chosen[0]

    def _issue(self, stands: Sequence[Stand]) -> dict[str, Outcome]:
        """Issue what stands for a body and is sound; return the outcomes by the body's key."""
        issuer = Issuer(self._asked, self._ledger, self._conditions)
        for stand in stands:
            if stand.state is None:
                first = stand.returns[0].first
                stem = stem_of(stand.name, self._year, stand.family)
                issuer.add(stand.key, stem, first.source.input, first.source.sha256)
            elif stand.state == "several" and stand.unit:
                names = self._tell_difference(stand.returns[0], stand.returns[1])
                more = f"共 {len(stand.returns)} 份；" if len(stand.returns) > 2 else ""
                stand.why = f"{more}{names}"

        return issuer.issue(self._carry_out)

    def _tell_difference(self, one: Same, other: Same) -> str:
        """Return in a line what two returns say otherwise."""
        first, second = one.first.source, other.first.source
        name = f"{first.sha256}|{second.sha256}"
        kept = self._ledger.recall("difference", name, self._code)
        if not isinstance(kept, str):
            try:
                kept = _first_difference(read_report(first.input), read_report(second.input))
            except Stop:
                kept = "有一份读不了，比不出哪里不同"
            self._ledger.keep("difference", name, self._code, kept)
        return f"“{first.where}”和“{second.where}”：{kept}"

    def _row(self, stand: Stand, issued: Mapping[str, Outcome]) -> BoardRow:
        """Return the row of the board, with what became of the issue."""
        state, why = stand.state, stand.why
        outcome = issued.get(stand.key)
        if state is None:
            assert outcome is not None
            state = "issued" if outcome.outputs else "faulty"
            why = "" if outcome.outputs else tell_first(outcome)

        returns = [self._return_of(stand, one) for one in stand.returns]
        if outcome and returns:
            returns[0] = replace(returns[0], outcome=outcome)
        if state == "issued":
            why = tell_doubts(doubts_of(returns[0]))
        stood = self._ledger.stood(stand.key)
        if state != "issued" and stand.unit and self._is_issued(stand):
            if state == "missing" and not stand.notes:
                why, stand.is_spared = self._tell_gone(stood), True
            else:
                why = f"{why}；先前签发的一份还在“{ISSUED}”里".lstrip("；")
        same = stood is not None and (stood.state, stood.why) == (state, why)
        return BoardRow(
            state,
            stand.name,
            stand.unit,
            tuple(returns),
            why,
            stood.since if stood and same else self._now,
            stood.chased if stood and same else None,
            stand.report_name,
            tuple(dict.fromkeys((*stand.notes, *_tell_accompanying(stand)))),
            stand.is_spared,
        )

    def _find_until(self) -> date | None:
        """Return the day that the office set for this year: now, or at another run."""
        if self._asked.until:
            self._ledger.note_until(self._year, self._asked.until)
        return self._ledger.until(self._year)

    def _tell_gone(self, stood: Stood | None) -> str:
        """Return in a line that what was issued before is no longer among what came in."""
        before = self._ledger.last_run()
        if stood and stood.state == "missing" and stood.why.endswith(_GONE):
            return stood.why
        if stood and stood.state == "issued" and before:
            return f"{print_date(before)}还在收件里，{_GONE}"
        return f"先前交过，{_GONE}"

    def _is_issued(self, stand: Stand) -> bool:
        """Whether an earlier return of the body was issued, and stands there."""
        stem = stem_of(stand.name, self._year, stand.family)
        return Target(self._asked.results / ISSUED, stem).document.exists()

    def _return_of(self, stand: Stand, same: Same) -> Return:
        first = same.first
        remarks = [*first.source.remarks, *first.owned.remarks]
        remarks += stand.remarks.get(first.source.where, [])
        also = [place for one in same.came for place in one.source.also]
        others = [one.source.where for one in same.came[1:]]
        seen = (self._ledger.first_seen(one.source.arrival.sha256, self._now) for one in same.came)
        return Return(
            first.source.where,
            first.source.arrival.path,
            first.source.input,
            first.source.sha256,
            min(seen),
            first.outcome,
            tuple(dict.fromkeys(remarks)),
            tuple(dict.fromkeys((*others, *also))),
        )

    def _note(self, rows: Sequence[tuple[Stand, BoardRow]]) -> None:
        """Note this run in the ledger."""
        came = [
            (one.source.arrival.where, one.source.arrival.sha256, row.state)
            for stand, row in rows
            for same in stand.returns
            for one in same.came
        ]
        self._ledger.note_arrivals(came, self._now)
        self._ledger.note_bodies(
            (stand.key, Stood(row.state, row.why, row.since, row.chased)) for stand, row in rows
        )
        self._to_chase = [stand.key for stand, row in rows if wants_message(row)]
        issued = sum(row.state == "issued" for _, row in rows)
        self._ledger.note_run(self._now, len(came), issued)
        self._ledger.commit()


def _as_checked(outcome: Outcome) -> Checked:
    """Return an outcome as that of a check; one that was stopped has no hash."""
    return outcome if isinstance(outcome, Checked) else Checked(**vars(outcome))


def _first_difference(one: Reading, other: Reading) -> str:
    """Return the first thing that two reports say otherwise, and how many there are."""
    sides = Side(one.form, one.report), Side(other.form, other.report)
    found = different_figures(*sides)
    if found:
        first = found[0]
        cell = one.place(first.address).cell or first.label
        more = f"等 {len(found)} 处不同" if len(found) > 1 else "不同"
        return f"{first.table} {cell}：{first.first} / {first.second} {more}"
    if facts := different_facts(*sides):
        return f"{facts[0].label}：{facts[0].first} / {facts[0].second} 不同"
    same = one.report.sections == other.report.sections
    return "数和正文都一样，只有格式或别处不同" if same else "数都一样，正文不同"


def _is_loose_text(one: Attributed) -> bool:
    """Whether a file is a text for people that nobody is known to have sent with a report."""
    own = not one.source.stopped and is_text(one.source.where)
    return own and not one.is_read and one.owned.unit is None


def _tell_accompanying(stand: Stand) -> Iterator[str]:
    """Yield what came along with the report of a body, to be read by people."""
    if not (stand.returns and stand.returns[0].first.is_read):
        return
    yield from tell_sheets(stand.returns[0].first.outcome)
    for one in (one for same in stand.returns for one in same.came):
        yield from tell_files(one.source)
