"""How far a batch has got, on a terminal: done, not passed, rate and time left."""

import sys
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from docgen.check.outcome import Outcome


def show_progress(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Yield the outcomes, and draw a progress line below the messages."""
    bar = Progress(
        BarColumn(bar_width=20),
        TextColumn("{task.completed}/{task.total} 份，未通过 {task.fields[refused]}"),
        TextColumn("{task.fields[rate]}，还要"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        redirect_stdout=sys.stdout.isatty(),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=total, refused=0, rate="")
        refused = 0
        for outcome in outcomes:
            yield outcome
            refused += outcome.verdict != "sound"
            bar.update(task, advance=1, refused=refused)
            speed = bar.tasks[task].speed
            bar.update(task, rate=f"每秒 {speed:.1f} 份" if speed else "")
