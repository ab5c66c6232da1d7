"""Processes that a test starts: each a group of its own, and none outlives its test."""

import contextlib
import fcntl
import os
import pty
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Seconds until what still runs is taken to hang: a busy machine may be slow.
LIMIT = 300

_begun: list["subprocess.Popen[str]"] = []


def begin(folder: Path, *words: object, **options: Any) -> "subprocess.Popen[str]":
    """Start docgen in a folder, to be followed or stopped."""
    options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **options}
    return begin_python(folder, "-m", "docgen", *words, **options)


def begin_python(folder: Path, *words: object, **options: Any) -> "subprocess.Popen[str]":
    """Start Python in a folder; it finds the docgen beside these tests."""
    return begin_command([sys.executable, *map(str, words)], cwd=folder, **options)


def begin_command(command: list[str], **options: Any) -> "subprocess.Popen[str]":
    """Start a program with the docgen beside these tests on its path."""
    here = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": here, **options.pop("env", {})}
    run = subprocess.Popen(
        command,
        env=environment,
        start_new_session=True,
        **{"stdin": subprocess.DEVNULL, "encoding": "utf-8", "errors": "replace", **options},
    )
    _begun.append(run)
    return run


def little_room(size: int, **environment: str) -> dict[str, Any]:
    """Options for `begin`: no file may grow beyond a size in bytes, as on a full disk.

    Python itself leaves half a compiled module there, which breaks whoever reads it next: so it
    compiles nothing for others.
    """

    def hold() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return {"preexec_fn": hold, "env": {"PYTHONDONTWRITEBYTECODE": "1", **environment}}


def finish(command: list[str], **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end; where it does not come to one, stop it and all it started."""
    run = begin_command(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    try:
        said, told = run.communicate(timeout=LIMIT)
    finally:
        _begun.remove(run)
        _stop(run)

    return subprocess.CompletedProcess(command, run.returncode, said, told)


def stop_all() -> None:
    """Stop whatever was begun and is not over, and what that began."""
    while _begun:
        _stop(_begun.pop())


def _stop(run: "subprocess.Popen[str]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    for stream in (run.stdin, run.stdout, run.stderr):
        if stream:
            stream.close()


def wait_for(condition: Any, seconds: float = LIMIT) -> Any:
    """Return what a condition gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.002)
    raise AssertionError("it did not come to that")


def on_terminal(folder: Path, *words: str) -> str:
    """Return what docgen shows on a terminal, stderr and stdout alike."""
    master, slave = pty.openpty()
    run = begin(
        folder,
        *words,
        env={"TERM": "xterm", "COLUMNS": "100"},
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:  # Linux ends a terminal so
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    assert run.wait(LIMIT) in (0, 1)
    return shown.decode()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until nobody on this machine does what only one can: the schedulers share an address."""
    shared = os.open(tempfile.gettempdir(), os.O_RDONLY)
    try:
        fcntl.flock(shared, fcntl.LOCK_EX)
        yield
    finally:
        os.close(shared)
