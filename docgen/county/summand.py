"""What one body adds to the sum: its figures, each with where it stands in the body's own file.

    inputs → processes here, or a cluster → summands, kept on disk → which count (`counted`)

A summand is an outcome, so it is made and travels wherever reports are checked.
"""

import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO, NamedTuple

from docgen import files
from docgen.check.judge import judge
from docgen.check.outcome import Outcome, run_guarded
from docgen.county.work import Checked, hash_report
from docgen.files import scratch
from docgen.forms.table import Number
from docgen.model import Reading
from docgen.pipeline import Settings


@dataclass(frozen=True)
class Summand(Checked):
    """A report that was read and checked, as far as the sum needs it: of findings its errors."""

    form: str = ""
    sha256: str = ""  # of what was read
    figures: Mapping[str, Number] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)  # where each figure stands, in words
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()


def read_summands(paths: Sequence[Path], settings: Settings) -> list[Outcome]:
    """Return what each input adds, or what became of it instead; nothing is written."""
    return [run_guarded(path, partial(_read_summand, path, settings)) for path in paths]


def _read_summand(path: Path, settings: Settings) -> Outcome:
    """Return what one input adds. Raise InputStop if it cannot be read."""
    judged = judge(path, settings.previous, settings.kept_share, settings.others)
    reading, report = judged.reading, judged.reading.report
    errors = [f for f in judged.outcome.findings if f.severity == "error" and not f.waived]
    checked = replace(judged.outcome, findings=tuple(errors))

    return Summand(
        **vars(checked),
        said=hash_report(reading),
        form=report.form,
        sha256=_digest_of(reading),
        figures={a: n for a, n in report.figures.items() if a in reading.form.figures},
        cells={a: _in_words(reading, a) for a in report.figures},
        units=report.units,
        absent=report.absent,
    )


def _digest_of(reading: Reading) -> str:
    """Return the hash of what was read: of a file its own, of a folder that of all its files."""
    hashes = {name: files.sha256(data) for name, data in reading.inputs.items()}
    if len(hashes) == 1:
        return next(iter(hashes.values()))
    return files.sha256("".join(f"{n}\n{h}\n" for n, h in sorted(hashes.items())).encode())


def _in_words(reading: Reading, address: str) -> str:
    """Return sheet and cell of a figure; of one that docgen added up, that it did."""
    if address in reading.computed:
        return "没有填，由分项加出"
    place = reading.place(address)
    return " ".join(filter(None, (place.sheet, place.cell))) or place.address


class Arrived(NamedTuple):
    """An input that came, without its figures: `at` says where those lie, -1 if it has none."""

    path: Path
    where: str  # as told
    file: Path  # that lies there; `path` may be what was made of it
    body: str
    year: int | None
    family: str
    report_name: str
    form: str
    sha256: str
    why: str  # it is not sound; blank if it is
    at: int


class Summands:
    """All summands of one folder, on disk: so twenty thousand take no more memory than sixty."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.arrived: dict[Path, Arrived] = {}  # by their inputs, in the order of being read

    def keep(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """Keep what each adds; yield the same outcomes without their figures."""
        for outcome in outcomes:
            at, form, digest, why = -1, "", "", _why_unsound(outcome)
            if isinstance(outcome, Summand):
                self._file.seek(0, os.SEEK_END)
                at, form, digest = self._file.tell(), outcome.form, outcome.sha256
                pickle.dump(outcome, self._file)
                outcome = replace(outcome, figures={}, cells={}, units={})
            path = outcome.input
            self.arrived[path] = Arrived(
                path,
                str(path),
                path,
                outcome.body,
                outcome.year,
                outcome.family,
                outcome.report_name,
                form,
                digest,
                why,
                at,
            )
            yield outcome

    def read(self, one: Arrived) -> Summand:
        """Return the figures of one that could be read."""
        self._file.seek(one.at)
        summand: Summand = pickle.load(self._file)
        return summand


def _why_unsound(outcome: Outcome) -> str:
    """Return why a report does not count; blank if it does."""
    if outcome.verdict == "sound":
        return ""
    told = outcome.findings[0].message if outcome.findings else ""
    if outcome.verdict == "unreadable" or not isinstance(outcome, Summand):
        return f"读不了：{told}"
    return f"有 {len(outcome.findings)} 处错误要改：{told}"


@contextmanager
def keep_summands() -> Iterator[Summands]:
    """Yield where summands are kept; it is removed in the end."""
    with scratch.folder("batch") as top, (top / "summands").open("w+b") as file:
        yield Summands(file)
