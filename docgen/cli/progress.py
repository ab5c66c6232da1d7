"""How far a batch has got, on a terminal: done, not passed, rate and time left."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from docgen.check.outcome import Outcome

_Each = TypeVar("_Each")


def show_progress(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Yield the outcomes, and draw a progress line below the messages."""
    told = (
        "{task.completed}/{task.total} 份，未通过 {task.fields[refused]} {task.fields[rate]}，还要"
    )
    with _draw_bar(told) as bar:
        task = bar.add_task("", total=total, refused=0, rate="")
        refused = 0
        for outcome in outcomes:
            yield outcome
            refused += outcome.verdict != "sound"
            bar.update(task, advance=1, refused=refused)
            speed = bar.tasks[task].speed
            bar.update(task, rate=f"每秒 {speed:.1f} 份" if speed else "")


def show_steps(steps: Iterable[_Each], total: int, what: str) -> Iterator[_Each]:
    """Yield the steps of a work, and on a terminal draw how many of them are done."""
    if not sys.stderr.isatty():
        yield from steps
        return

    with _draw_bar(f"{{task.completed}}/{{task.total}} {what}，还要") as bar:
        task = bar.add_task("", total=total)
        for step in steps:
            yield step
            bar.update(task, advance=1)


def _draw_bar(told: str) -> Progress:
    """Return a bar that tells how far its task is, and takes itself away in the end."""
    return Progress(
        BarColumn(bar_width=20),
        TextColumn(told),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        redirect_stdout=sys.stdout.isatty(),
        transient=True,
    )
