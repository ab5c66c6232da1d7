"""Telling what becomes of inputs: of each as it is done, and of all of them at the end."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.check.outcome import Outcome
from docgen.cli import console
from docgen.errors import FINDINGS, SOUND
from docgen.files.visible import visible
from docgen.finding import Finding, has_errors
from docgen.messages import phrases

if TYPE_CHECKING:  # read where a list is given
    from docgen.county.roster import Unit

#: In the table at the end each of this many reports has a row; of more, those not issued have.
_MOST_ROWS = 100
_HEAD = ("报告", "结果", "问题", "写到", "哪一种")


class OutcomeTeller:
    """Tells people, or programs where `as_json`; `outputs` for a command that writes files."""

    def __init__(
        self,
        paths: Sequence[Path],
        roster: Path | None,
        *,
        as_json: bool,
        outputs: bool,
        traceback: bool,
    ) -> None:
        """Raise InputStop if the roster cannot be read."""
        self.code = SOUND
        self._order = {path: number for number, path in enumerate(paths)}
        self._many = len(paths) > 1
        self._as_json, self._outputs, self._traceback = as_json, outputs, traceback
        self._rows: list[tuple[int, tuple[str, ...]]] = []
        self._kinds: dict[str, None] = {}  # what the reports that came are called
        self._came: list[Outcome] = []
        self._units: list[Unit] | None = None
        self._of_roster: list[Finding] = []  # what is wrong in the list itself
        if roster:
            from docgen.county.roster import examine_roster

            self._units, told = examine_roster(roster)
            self._of_roster = [finding for finding in told if finding.severity != "note"]

        self._done: dict[str, int] = {}

    def tell_all(self, outcomes: Iterable[Outcome]) -> int:
        """Tell of all inputs; the worst exit code. A terminal shows how far it has got."""
        if self._many and sys.stderr.isatty() and not (self._as_json and sys.stdout.isatty()):
            from docgen.cli.progress import show_progress

            outcomes = show_progress(outcomes, len(self._order))

        for outcome in outcomes:
            self._tell_outcome(outcome)

        if self._many and not self._as_json:
            self._sum_up()
        if self._units is not None:
            self._tell_roster(self._units)
        return self.code

    def _tell_outcome(self, outcome: Outcome) -> None:
        self.code = max(self.code, outcome.exit_code)
        if outcome.report_name:
            self._kinds[outcome.report_name] = None
        if self._traceback and outcome.traceback:
            console.show_trace(outcome.traceback)
        if self._as_json:
            console.show_json(outcome, outputs=self._outputs)
        else:
            kind = outcome.report_name if len(self._kinds) > 1 else ""
            console.show_outcome(outcome, alone=not self._many, kind=kind)
            for path in outcome.outputs:
                if not path.name.endswith(".package.json"):
                    console.result(str(path))

        if self._units is not None and outcome.body:
            self._came.append(replace(outcome, findings=(), coverage=None))
        verdict = phrases.name_verdict(outcome)
        self._done[verdict] = self._done.get(verdict, 0) + 1
        if len(self._order) <= _MOST_ROWS or outcome.exit_code != SOUND:
            where = str(outcome.outputs[0]) if outcome.outputs else ""
            counts = phrases.count_findings(outcome.findings)
            kind = visible(outcome.report_name)
            row = (visible(str(outcome.input)), verdict, counts, visible(where), kind)
            self._rows.append((self._order[outcome.input], row))

    def _sum_up(self) -> None:
        """A table of the reports, in the order they were given, and how many came to what.

        Where several kinds of report came, it says which each is.
        """
        shown = len(_HEAD) if len(self._kinds) > 1 else len(_HEAD) - 1
        table = [row[:shown] for row in (_HEAD, *(row for _, row in sorted(self._rows)))]
        console.say("")
        for line in console.in_columns(table):
            console.say(line)

        told = "，".join(f"{verdict} {count} 份" for verdict, count in self._done.items())
        console.say(f"共 {len(self._order)} 份：{told}")

    def _tell_roster(self, units: "Sequence[Unit]") -> None:
        from docgen.county.owing import Sent, check_roster

        came = sorted(self._came, key=lambda outcome: self._order[outcome.input])
        sent = [
            Sent(each.body, each.year, str(each.input), each.family, each.report_name)
            for each in came
        ]
        found = [*self._of_roster, *check_roster(units, sent)]
        self.code = max(self.code, FINDINGS if has_errors(found) else SOUND)
        if self._as_json:
            record = {"units": len(units), "findings": [finding.as_json() for finding in found]}
            console.result_json({"roster": record})
            return

        console.show_findings(found)
        told = f"有 {len(found)} 处不符" if found else "都交了"
        console.say(f"名单 {len(units)} 个机关：{told}")
