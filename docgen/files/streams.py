"""The streams docgen speaks on. One that fails stops no work: what is lost is known at the end."""

import errno
import io
import os
import sys
import time
from typing import Any, TextIO

#: What the system says where whoever read the stream has gone; Windows says the second.
_GONE = (errno.EPIPE, errno.EINVAL)


class _Lasting(io.RawIOBase):
    """A stream that takes whatever it is given, and keeps the first fault in passing it on."""

    def __init__(self, raw: Any) -> None:
        super().__init__()
        self.fault: OSError | None = None
        self._raw = raw

    def write(self, data: Any) -> int:
        """Pass it on, as much as the system takes; all of it is taken once the stream is lost."""
        try:
            while self.fault is None:
                taken = self._raw.write(data)
                if taken is not None:
                    return int(taken)
                time.sleep(0.01)  # a pipe that does not wait by itself, and is full
        except OSError as error:
            self.fault = error

        return len(data)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        return bool(self._raw.isatty())


def guard() -> None:
    """Make both streams last. A console that cannot print a character shows its number."""
    _fill()
    sys.stdout, sys.stderr = _guarded(sys.stdout), _guarded(sys.stderr)


def _fill() -> None:
    """Put something where a stream was closed: the next file opened would get its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free

    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def _guarded(stream: TextIO) -> TextIO:
    if stream not in (sys.__stdout__, sys.__stderr__):  # another's, who looks after it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        return stream

    stream.flush()
    raw: Any = getattr(stream.buffer, "raw", stream.buffer)
    return io.TextIOWrapper(
        io.BufferedWriter(_Lasting(raw)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.line_buffering or stream.write_through,
    )


def lost_result() -> OSError | None:
    """Why the result could not all be written; None too where nobody wants more of it."""
    sys.stderr.flush()
    sys.stdout.flush()
    lasting = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    fault = lasting.fault if isinstance(lasting, _Lasting) else None

    return None if fault is None or fault.errno in _GONE else fault
