"""How much of what is wrong is found: sound reports, each with one change that contradicts it.

`python benchmarks/mutations.py [REPORTS] [SEED]` in an environment with docgen installed; 1,000
reports and seed 1 unless said otherwise. The exit code is 1 where a sound report has an error, or
where less than 99 % of the changes of a kind are found.

The texts are made of the sentences in phrases.py, which the rules know: this measures that nothing
that was once read is lost, not how much of what offices really write is read.

A change counts only where it contradicts something by `contradicts`, which knows the report by how
it was made and asks docgen nothing. It is found if checking says something that it did not say of
the unchanged report; and “at its place” if that names the cell, the paragraph or the fact changed.
"""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import measure  # noqa: F401  it says where the next two stand
from changes import Change, changes, label_change
from sound import last_year, sound_report

from docgen.check import check_report
from docgen.errors import Stop
from docgen.finding import Finding
from docgen.model import Reading
from docgen.read import read_report

#: Notes about the whole of two years' figures and texts: they speak of no single place.
_BROAD = {"E713", "E714", "E715"}
_ENOUGH = 0.99


class Score(NamedTuple):
    """What became of the changes of one kind."""

    made: Counter[str]
    found: Counter[str]
    placed: Counter[str]


class Round:
    """Reports checked one after another, and what was counted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.score = Score(Counter(), Counter(), Counter())
        self.alarms: Counter[str] = Counter()
        self.errors: list[str] = []
        self.missed: list[str] = []

    def report(self, chance: random.Random) -> None:
        """One report, unchanged and then with each of a few changes."""
        sound = sound_report(chance)
        previous = self._read(last_year(sound), sound.year - 1) if sound.last else None
        quiet = self.findings(sound.tree(), sound.year, previous)
        self.alarms.update(f"{finding.severity} {finding.code}" for finding in quiet)
        self.errors += [finding.message for finding in quiet if finding.severity == "error"]
        for change in changes(sound, chance):
            self._judge(change, quiet, self.findings(change.tree, sound.year, previous))
        reading = self._read(sound.tree(), sound.year)
        change, sheets = label_change(reading, chance)
        self._judge(change, quiet, self._of_sheets(sheets))

    def _of_sheets(self, sheets: Mapping[str, bytes]) -> list[Finding]:
        """The findings of the report in these CSV files, as far as it can be read."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            for name, data in sheets.items():
                Path(folder, name).write_bytes(data)
            try:
                reading = read_report(Path(folder))
            except Stop as stop:
                return list(stop.findings)
            return [*reading.findings, *check_report(reading)]

    def findings(self, tree: dict[str, Any], year: int, previous: Reading | None) -> list[Finding]:
        reading = self._read(tree, year)
        return [*reading.findings, *check_report(reading, previous)]

    def _read(self, tree: dict[str, Any], year: int) -> Reading:
        path = self.folder / f"{year}.json"
        path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
        return read_report(path)

    def _judge(self, change: Change, quiet: Sequence[Finding], now: Sequence[Finding]) -> None:
        told = {(finding.code, finding.message) for finding in quiet}
        new = [f for f in now if (f.code, f.message) not in told and f.code not in _BROAD]
        places = {place for finding in new for place in _places(finding)}
        self.score.made[change.kind] += 1
        self.score.found[change.kind] += bool(new)
        self.score.placed[change.kind] += change.place in places
        if not new:
            self.missed.append(f"{change.kind}: {change.told}")


def _places(finding: Finding) -> Iterator[str]:
    """Every address and cell a finding speaks of."""
    for place in (*finding.places, *(suspect.place for suspect in finding.suspects)):
        yield place.address
        yield f"{place.sheet} {place.cell}"


def run(count: int, seed: int) -> Round:
    """Make and judge so many reports."""
    with tempfile.TemporaryDirectory() as folder:
        done = Round(Path(folder))
        for number in range(count):
            done.report(random.Random(f"{seed} {number}"))
    return done


def table(done: Round, count: int) -> list[str]:
    """What was counted, as a page shows it."""
    made, found, placed = done.score
    lines = [
        f"{count} sound reports, unchanged: {len(done.errors)} errors; "
        + ", ".join(f"{code} ×{times}" for code, times in sorted(done.alarms.items())),
        "",
        "| changed | changes that contradict | found | at its place |",
        "| --- | ---: | ---: | ---: |",
    ]
    for kind in (*sorted(made), ""):
        total, here, there = (
            (counter[kind] if kind else sum(counter.values())) for counter in (made, found, placed)
        )
        lines.append(
            f"| {kind or 'all'} | {total} | {here} = {100 * here / total:.2f} % "
            f"| {100 * there / total:.1f} % |"
        )
    return lines


def main() -> None:
    """Run, print, and fail where the mark is missed."""
    count, seed = [int(word) for word in sys.argv[1:3]] + [1000, 1][len(sys.argv[1:3]) :]
    done = run(count, seed)
    print("\n".join(table(done, count)))
    for text in (*done.errors[:40], *done.missed[:40]):
        print(text, file=sys.stderr)
    low = [k for k, made in done.score.made.items() if done.score.found[k] < _ENOUGH * made]
    sys.exit(1 if done.errors or low else 0)


if __name__ == "__main__":
    main()
