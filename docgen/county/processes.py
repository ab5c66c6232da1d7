"""Many reports in several processes of this machine, whatever becomes of one of them.

A worker that dies or hangs is replaced. It starts with docgen ready to work, and leaves Ctrl-C to
its parent.
"""

import gc
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from contextlib import ExitStack, contextmanager
from multiprocessing.context import BaseContext
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from docgen import files
from docgen.check.outcome import Outcome
from docgen.county.task import (
    LOST,
    TOGETHER,
    TOGETHER_TIMEOUT,
    BatchTask,
    Done,
    cut_tasks,
    run_tasks,
)
from docgen.files import limits, scratch
from docgen.forms.loader import folders_used, use_folders

if TYPE_CHECKING:  # read where processes are started
    from pebble import ProcessPool

#: What is done with the inputs of one task; it is sent to the worker, so it must pickle.
Work = Callable[[Sequence[Path]], list[Outcome]]

#: A worker stops by itself what takes too long; one that does not in this many seconds is lost.
TIMEOUT = limits.SECONDS + 10
#: Tasks that wait for each worker: enough that none is idle, few enough to hold in memory.
_AHEAD = 4
#: How often it is seen whether the pool still lives, in seconds.
_LOOK = 1.0
_GONE = "做它的进程组两次没有应答"
_STOPPED = 128 + signal.SIGTERM


def count_processors() -> int:
    """Return how many processes this machine, or what docgen may use of it, runs at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_in_processes(
    work: Work, paths: Sequence[Path], jobs: int, *, together: bool
) -> Iterator[Outcome]:
    """Yield the outcome of every input, as they are done; `together` where proofs are made."""
    size = min(TOGETHER, -(-len(paths) // jobs)) if together else 1
    with _Processes(work, jobs, TOGETHER_TIMEOUT if together else TIMEOUT) as processes:
        yield from run_tasks(cut_tasks(paths, size), processes)


class _Processes(ExitStack):
    """The processes at work on one batch; a pool that is lost as a whole is replaced."""

    def __init__(self, work: Work, jobs: int, timeout: float) -> None:
        super().__init__()
        self._work, self._jobs, self._timeout = work, jobs, timeout
        self._running: dict[Future[list[Outcome]], BatchTask] = {}
        self._pool: ProcessPool | None = None
        self._last = 0.0  # when a task ended

    def has_room(self) -> bool:
        if self._pool is None:
            self._pool = self.enter_context(_open_pool(self._jobs))
            self._last = time.monotonic()
        return self._pool.active and len(self._running) < self._jobs * _AHEAD

    def is_busy(self) -> bool:
        return bool(self._running)

    def begin(self, task: BatchTask) -> Iterable[Outcome]:
        assert self._pool is not None  # it had room
        future = self._pool.schedule(_do_task, args=(self._work, task), timeout=self._timeout)
        self._running[future] = task
        return ()

    def wait(self) -> Iterator[tuple[BatchTask, Done]]:
        done = wait(self._running, timeout=_LOOK, return_when=FIRST_COMPLETED).done
        for future in done:
            self._last = time.monotonic()
            why = _why_lost(future, self._timeout)
            yield self._running.pop(future), LOST.at(why=why) if why else future.result()

        # a worker that stops between two tasks holds up the others, and no task times out
        silent = time.monotonic() - self._last > 2 * self._timeout
        if self._pool is not None and (silent or not self._pool.active):
            self._pool.stop()  # type: ignore[no-untyped-call]
            self.close()
            self._pool = None
            lost, self._running = self._running, {}
            yield from ((task, LOST.at(why=_GONE)) for task in lost.values())


@contextmanager
def _open_pool(jobs: int) -> Iterator["ProcessPool"]:
    """Yield processes that replace one another; they are stopped at once if this one is."""
    from pebble import ProcessPool

    with scratch.folder("batch") as temporary:
        given = [str(Path.cwd()), str(temporary), folders_used()]
        context = _how_to_start()
        with ProcessPool(jobs, context=context, initializer=_start_worker, initargs=given) as pool:
            try:
                yield pool
            except BaseException:
                pool.stop()  # type: ignore[no-untyped-call]
                raise


def _why_lost(future: "Future[list[Outcome]]", timeout: float) -> str:
    """Return how a worker was lost at its task; blank if it was not."""
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    error = future.exception()
    if isinstance(error, TimeoutError):
        return f"{timeout:.0f} 秒没有做完"
    if isinstance(error, ProcessExpired):
        return f"做它的进程两次中途没了（{error.exitcode}），可能是内存不够"
    return _GONE if isinstance(error, BrokenProcessPool) else ""


def _how_to_start() -> BaseContext:
    """Return how workers start: as copies of a process that has docgen loaded, if possible."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    loaded = ["docgen.pipeline", "docgen.merge", "docgen.issuing", "docgen.county.worker_start"]
    server.set_forkserver_preload(loaded)
    return server


# From here on: what happens in a worker.

_working = False


class _Stopped(BaseException):
    """The parent wants no more: what is half written is cleared away, then the worker ends."""


def _start_worker(folder: str, temporary: str, forms: Sequence[Path]) -> None:
    """Begin in the parent's folder: paths on the command line and `./forms` are seen from there.

    What is temporary goes where the parent deletes it, however the worker ends.
    """
    gc.freeze()  # as at the start of docgen itself
    gc.set_threshold(50_000)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop_worker)
    os.chdir(folder)
    tempfile.tempdir = temporary
    use_folders(forms)


def _stop_worker(_number: int, _frame: FrameType | None) -> None:
    if _working:
        raise _Stopped
    os._exit(_STOPPED)


def _do_task(work: Work, task: BatchTask) -> list[Outcome]:
    """Do a task; one at which another worker was lost may have left something half written."""
    global _working
    _working = True
    try:
        if task.again:
            files.look_again()
        return work(task.paths)
    except _Stopped:
        os._exit(_STOPPED)
    finally:
        _working = False
