"""How much time and memory one report may take, whatever its input holds.

A report takes some milliseconds and some megabytes. What takes a thousand times as much is no
report: it is stopped and told of before the computer is of no use to anybody.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

if sys.platform != "win32":
    import resource

#: Seconds for a step of one report: reading and checking it, or merging it, or what goes beside.
SECONDS = 60.0
#: Bytes that it may take beside what docgen itself takes.
MEMORY = 2 * 1024**3

_SIZES = Path("/proc/self/statm")
_DATA = 5  # of its numbers, that of the pages of data


class TooLong(BaseException):
    """The time is over. No `except Exception` of a library takes it for a fault of the input."""


@contextmanager
def limited() -> Iterator[None]:
    """Hold what is done here to these limits, where the system can. Raises TooLong, MemoryError.

    Only the main thread is held: both limits are the process's. A program started in here would
    be held to the memory, too.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    memory = resource.getrlimit(resource.RLIMIT_DATA)
    running = any(signal.getitimer(signal.ITIMER_REAL))  # another's, or of a step around this
    before = None if running else signal.signal(signal.SIGALRM, _stop)
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (_most(*memory), memory[1]))
        if not running:  # again each second, should a library swallow the first
            signal.setitimer(signal.ITIMER_REAL, SECONDS, 1.0)
        yield
    finally:
        if not running:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

        resource.setrlimit(resource.RLIMIT_DATA, memory)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooLong


def _most(soft: int, hard: int) -> int:
    """The bytes that this process may hold: what it holds now and `MEMORY`, or less if it must."""
    try:
        pages = int(_SIZES.read_bytes().split()[_DATA])
    except OSError:  # no Linux: what such a limit would count is not known
        return soft

    most = pages * resource.getpagesize() + MEMORY
    return min([most, *(one for one in (soft, hard) if one != resource.RLIM_INFINITY)])
