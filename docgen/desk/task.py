"""Work that takes longer than a page may wait: it runs beside, tells how far it is, can be stopped.

One at a time for each folder of work: two would write into the same results.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from docgen.check.outcome import FAULT
from docgen.errors import Stop
from docgen.finding import Finding

_Item = TypeVar("_Item")


class Halted(BaseException):
    """The person at the page wants no more of it. No `except Exception` takes it for a fault."""


@dataclass
class Task:
    """One piece of work: what it is called, how far it has got, what came of it."""

    name: str
    of: str = ""  # the report that it is done for, as a request names it
    done: int = 0
    total: int = 0
    said: list[str] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()
    result: object = None
    is_over: bool = False
    is_halted: bool = False
    step: str = ""  # what it is at now
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> int:
        """Return how long it has taken."""
        return int(time.monotonic() - self.began)

    def count(self, items: Iterable[_Item], total: int, step: str = "") -> Iterator[_Item]:
        """Yield the same, counting; stop where the person wants no more. Raise Halted."""
        self.done, self.total, self.step = 0, total, step
        try:
            for item in items:
                if self.is_halted:
                    raise Halted
                self.done += 1
                yield item
        finally:
            if isinstance(items, Generator):
                items.close()  # processes at work on the rest end at once


class Tasks:
    """The work of one desk."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.latest: Task | None = None

    def begin(self, name: str, work: Callable[[Task], object], of: str = "") -> Task:
        """Begin work beside; what is under way already goes on, and is returned."""
        with self._lock:
            if self.latest and not self.latest.is_over:
                return self.latest
            task = self.latest = Task(name, of)

        threading.Thread(target=_run, args=(task, work), daemon=True).start()
        return task


def _run(task: Task, work: Callable[[Task], object]) -> None:
    try:
        task.result = work(task)
    except Halted:
        task.said.append("已按要求停下，没有做完的都没有留下。")
    except Stop as error:
        task.findings = error.findings
    except Exception as error:
        task.findings = (FAULT.at(what=f"{type(error).__name__}：{error}"),)
    finally:
        task.is_over = True
