"""What is asked of a county's run, by whoever runs it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from docgen.check.outcome import Outcome
from docgen.county.processes import Work
from docgen.forms.form import Form
from docgen.issuing.outputs import Beside

#: Does work on paths in whatever processes there are, and yields what became of each.
CarryOut = Callable[[Work, Sequence[Path], bool], Iterable[Outcome]]


@dataclass(frozen=True)
class Asked:
    """What is asked of a run."""

    received: Path
    roster: Path
    results: Path
    previous: Path | None = None
    year: int | None = None
    chosen: tuple[str, ...] = ()
    newest: bool = False
    form: Form | None = None  # of published reports, where they do not show it
    beside: Beside = field(default_factory=Beside)
    until: date | None = None  # by when the office wants the reports
