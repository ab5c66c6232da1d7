"""A worker process: it starts with docgen ready to work, and leaves Ctrl-C to its parent."""

import gc
import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Sequence
from multiprocessing.context import BaseContext
from pathlib import Path
from types import FrameType

from docgen import files
from docgen.check.outcome import Outcome
from docgen.finding import Rule

LOST = Rule(
    code="B201",
    name="没有做完",
    severity="error",
    message="试了两次都没有做完：{why}",
    why="做这一份的进程停住了，或被系统结束了；别的年报不受影响。",
    example="电脑内存不够，系统结束了其中一个进程。",
    cure="关掉别的程序，用 --jobs 1 再运行一次；还是这样，把这份输入交给维护 docgen 的人。",
)

#: What is done with the inputs of one task; it is sent to the worker, so it must pickle.
Work = Callable[[Sequence[Path]], list[Outcome]]

_STOPPED = 128 + signal.SIGTERM
_working = False


class _Stopped(BaseException):
    """The parent wants no more: what is half written is cleared away, then the worker ends."""


def context() -> BaseContext:
    """How workers start: as copies of a process that has docgen loaded, where that can be had."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["docgen.pipeline", "docgen.merge", "docgen.issuing"])
    return server


def start(folder: str, temporary: str) -> None:
    """Begin in the parent's folder: paths on the command line are seen from there.

    What is temporary goes where the parent deletes it, however the worker ends.
    """
    gc.freeze()  # as at the start of docgen itself
    gc.set_threshold(50_000)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    os.chdir(folder)
    tempfile.tempdir = temporary


def _stop(_number: int, _frame: FrameType | None) -> None:
    if _working:
        raise _Stopped
    os._exit(_STOPPED)


def first(work: Work, paths: Sequence[Path]) -> list[Outcome]:
    """Do a task."""
    global _working
    _working = True
    try:
        return work(paths)
    except _Stopped:
        os._exit(_STOPPED)
    finally:
        _working = False


def again(work: Work, paths: Sequence[Path]) -> list[Outcome]:
    """Do a task at which another worker was lost: it may have left something half written."""
    files.look_again()
    return first(work, paths)
