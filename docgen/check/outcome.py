"""What became of one input, whatever stopped it."""

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from docgen.catalogue import stop
from docgen.errors import InputStop, Stop
from docgen.files import limits
from docgen.finding import Finding, Place, Rule
from docgen.model import Reading

Verdict = Literal["sound", "refused", "unreadable"]
_Made = TypeVar("_Made")


class Unjudged(NamedTuple):
    """A figure of the text that was not held against the tables: where, what, in which words."""

    place: Place
    said: str
    quote: str


@dataclass(frozen=True)
class Coverage:
    """The rules that ran; those that could not, or not on everything, each with why.

    `unjudged` are figures beside words of the tables for which no cell was found: of them nothing
    is said, and silence is not to be read as checked.
    """

    ran: tuple[Rule, ...]
    not_run: tuple[tuple[Rule, str], ...]
    unjudged: tuple[Unjudged, ...] = ()

    def clean(self, findings: Iterable[Finding]) -> list[Rule]:
        """The rules that ran and found nothing: they have none of these findings."""
        found = {finding.code for finding in findings}
        return [rule for rule in self.ran if rule.code not in found]

    @property
    def reasons(self) -> dict[str, list[Rule]]:
        """The rules that could not run by why, the commonest reason first."""
        grouped: dict[str, list[Rule]] = {}
        for rule, why in self.not_run:
            grouped.setdefault(why, []).append(rule)
        return dict(sorted(grouped.items(), key=lambda group: -len(group[1])))


@dataclass(frozen=True)
class Outcome:
    """What became of one input."""

    input: Path
    verdict: Verdict
    findings: tuple[Finding, ...]
    exit_code: int
    outputs: tuple[Path, ...] = ()
    body: str = ""  # the body that reports and the year it reports on, once they are known
    year: int | None = None
    draft: bool = False  # to be looked at, not issued
    unchanged: bool = False  # issued before from the very same sources: not done again
    traceback: str = ""  # of docgen's own fault
    reading: Reading | None = None  # of a check that could read the input
    coverage: Coverage | None = None  # of a check: what ran and what could not

    def stopped(self, error: Stop) -> "Outcome":
        """The outcome of this report, which may be sound, where something stops its issue."""
        findings = (*self.findings, *error.findings)
        return replace(self, verdict="refused", findings=findings, exit_code=error.exit_code)


def safely(path: Path, work: Callable[[], _Made]) -> _Made | Outcome:
    """What the work makes; if it is stopped, even by docgen's own fault, that is the outcome.

    So it is if the work takes more time or memory than a report ever does.
    """
    try:
        with limits.limited():
            return work()
    except Stop as error:
        verdict: Verdict = "unreadable" if isinstance(error, InputStop) else "refused"
        return Outcome(path, verdict, error.findings, error.exit_code)
    except limits.TooLong:
        found = stop.TOO_LONG.at(name=path.name, seconds=f"{limits.SECONDS:g}")
        return Outcome(path, "unreadable", (found,), InputStop.exit_code)
    except MemoryError:
        return Outcome(path, "refused", (stop.NO_MEMORY.at(name=path.name),), Stop.exit_code)
    except Exception as error:
        fault = stop.FAULT.at(what=f"{type(error).__name__}：{error}")
        told = traceback.format_exc()
        return Outcome(path, "refused", (fault,), Stop.exit_code, traceback=told)
