"""Loaded by the process that workers are copied from, and by nothing else.

A worker that begins while its parent is being stopped finds the parent's locks gone, and would
print a traceback for that. Whoever is lost is told of by the parent, in words.
"""

import sys
from types import TracebackType


def _say_nothing(
    _kind: type[BaseException], _error: BaseException, _trace: TracebackType | None
) -> None:
    """Print nothing of a worker that could not begin."""


sys.excepthook = _say_nothing
