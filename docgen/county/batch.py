"""Many reports: in several processes, whatever becomes of one of them.

    inputs → tasks → worker processes, each running the pipeline → outcomes as they are done

A worker that dies or hangs is replaced, and what it was at is tried once more, each report by
itself. To run the same batch again is to finish it: the pipeline leaves alone what was issued
from the very same sources.
"""

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from docgen.check.outcome import Outcome
from docgen.county import worker
from docgen.county.worker import LOST
from docgen.errors import Stop
from docgen.files import limits, scratch

#: A worker stops by itself what takes too long; one that does not in this many seconds is lost.
TIMEOUT = limits.SECONDS + 10
#: Inputs whose proofs are made together, and the seconds they may take.
TOGETHER, TOGETHER_TIMEOUT = 20, 1800.0
#: Tasks that wait for each worker: enough that none is idle, few enough to hold in memory.
_AHEAD = 4
#: How often it is seen whether the pool still lives, in seconds.
_LOOK = 1.0
_GONE = "做它的进程组两次没有应答"


class _Task(NamedTuple):
    paths: Sequence[Path]
    again: bool = False


def processors() -> int:
    """How many processes this machine, or what docgen may use of it, runs at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    work: worker.Work, paths: Sequence[Path], jobs: int, *, together: bool
) -> Iterator[Outcome]:
    """The outcome of every input, as they are done; `together` where proofs are made."""
    size = min(TOGETHER, -(-len(paths) // jobs)) if together else 1
    todo = deque(_Task(paths[at : at + size]) for at in range(0, len(paths), size))
    timeout = TOGETHER_TIMEOUT if together else TIMEOUT
    while todo:  # once, unless a whole pool is lost
        yield from _work_off(todo, work, jobs, timeout)


def _work_off(
    todo: deque[_Task], work: worker.Work, jobs: int, timeout: float
) -> Iterator[Outcome]:
    """The outcomes of these tasks; what is left when the pool is lost is to do once more."""
    with _pool(jobs) as pool:
        running: dict[Future[list[Outcome]], _Task] = {}
        last = time.monotonic()
        while todo or running:
            while todo and len(running) < jobs * _AHEAD and pool.active:
                task = todo.popleft()
                do = worker.again if task.again else worker.first
                running[pool.schedule(do, args=(work, task.paths), timeout=timeout)] = task
            done = wait(running, timeout=_LOOK, return_when=FIRST_COMPLETED).done
            for future in done:
                task, last = running.pop(future), time.monotonic()
                lost = _lost(future, timeout)
                if lost:
                    yield from _lose(task, lost, todo)
                else:
                    yield from future.result()
            # a worker that stops between two tasks holds up the others, and no task times out
            if not pool.active or time.monotonic() - last > 2 * timeout:
                pool.stop()
                break
    for task in running.values():
        yield from _lose(task, _GONE, todo)


def _lose(task: _Task, why: str, todo: deque[_Task]) -> Iterator[Outcome]:
    """Put a task that was lost back, each report by itself; give it up if it was put back."""
    if task.again:
        yield from (Outcome(p, "refused", (LOST.at(why=why),), Stop.exit_code) for p in task.paths)
    else:
        todo.extend(_Task([path], again=True) for path in task.paths)


@contextmanager
def _pool(jobs: int) -> Iterator[Any]:
    """Processes that replace one another; stopped at once if this one is."""
    from pebble import ProcessPool

    with scratch.folder("batch") as temporary:
        given = [str(Path.cwd()), str(temporary)]
        context = worker.context()
        with ProcessPool(jobs, context=context, initializer=worker.start, initargs=given) as pool:
            try:
                yield pool
            except BaseException:
                pool.stop()  # type: ignore[no-untyped-call]
                raise


def _lost(future: "Future[list[Outcome]]", timeout: float) -> str:
    """How a worker was lost at its task; blank if it was not."""
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    error = future.exception()
    if isinstance(error, TimeoutError):
        return f"{timeout:.0f} 秒没有做完"
    if isinstance(error, ProcessExpired):
        return f"做它的进程两次中途没了（{error.exitcode}），可能是内存不够"
    return _GONE if isinstance(error, BrokenProcessPool) else ""
