"""Processes that a test starts, follows and stops."""

import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from door import PROJECT


def begin(folder: Path, *words: object, **options: Any) -> subprocess.Popen[str]:
    """docgen as a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "docgen", *map(str, words)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        **{"stderr": subprocess.DEVNULL, **options},
    )


def wait_for(condition: Any, seconds: float = 30) -> Any:
    """What a condition gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.002)
    raise AssertionError("it did not come to that")


def on_terminal(folder: Path, *words: str) -> str:
    """What docgen shows on a terminal, stderr and stdout alike."""
    master, slave = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "docgen", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "TERM": "xterm", "COLUMNS": "100"},
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
    assert run.wait() in (0, 1)
    return shown.decode()
