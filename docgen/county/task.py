"""Many reports: one description of a task, one way to do them all, wherever they are done.

    inputs → tasks → a place: processes here, or machines of a cluster → outcomes as they are done

What a place loses is tried once more, each report by itself. To run the same batch again is to
finish it: the pipeline leaves alone what stands there to the byte as it would be made now.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from docgen.check.outcome import Outcome
from docgen.errors import Stop
from docgen.finding import Finding, Rule

LOST = Rule(
    code="B201",
    name="没有做完",
    severity="error",
    message="试了两次都没有做完：{why}",
    why="做这一份的进程停住了，或被系统结束了；别的报告不受影响。",
    example="电脑内存不够，系统结束了其中一个进程。",
    cure="关掉别的程序，用 --jobs 1 再运行一次；还是这样，把这份输入交给维护 docgen 的人。",
)

#: Inputs whose proofs are made together, and the seconds they may take.
TOGETHER, TOGETHER_TIMEOUT = 20, 1800.0


class BatchTask(NamedTuple):
    """Inputs to do together; `again` if whoever did them before was lost."""

    paths: Sequence[Path]
    again: bool = False


#: What became of a task: its outcomes, how it was lost, or None where it is to be sent once more.
Done = Iterable[Outcome] | Finding | None


class Workplace(Protocol):
    """Where tasks are done."""

    def has_room(self) -> bool:
        """Return whether it takes another task."""

    def is_busy(self) -> bool:
        """Return whether any task is under way."""

    def begin(self, task: BatchTask) -> Iterable[Outcome]:
        """Begin a task; return the outcomes of what is done at once, if anything is."""

    def wait(self) -> Iterator[tuple[BatchTask, Done]]:
        """Yield the tasks that ended, after some time at the latest."""


def cut_tasks(paths: Sequence[Path], size: int) -> Iterator[BatchTask]:
    """Yield tasks of so many inputs."""
    return (BatchTask(paths[at : at + size]) for at in range(0, len(paths), size))


def run_tasks(tasks: Iterator[BatchTask], place: Workplace) -> Iterator[Outcome]:
    """Yield the outcome of every input, as they are done."""
    put_back: deque[BatchTask] = deque()
    while True:
        while place.has_room():
            task = put_back.popleft() if put_back else next(tasks, None)
            if task is None:
                break
            yield from place.begin(task)

        if not place.is_busy():
            return

        for task, done in place.wait():
            if done is None:
                put_back.append(task)
            elif not isinstance(done, Finding):
                yield from done
            elif task.again:
                yield from (Outcome(p, "refused", (done,), Stop.exit_code) for p in task.paths)
            else:
                put_back.extend(BatchTask([path], again=True) for path in task.paths)
