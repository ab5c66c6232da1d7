"""Temporary folders of docgen's own, each locked for as long as a process uses it.

A process that is killed leaves its folder behind; the next that needs one removes what no
process holds. Where files cannot be locked so (Windows) nothing is removed.
"""

import contextlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_LOCK = ".lock"
#: Such a folder's name: "docgen-proof-a1b2c3d4", not "docgen-notes".
_NAME = re.compile(r"docgen-(proof|batch|unpack)-[a-z0-9_]{8}")
#: Seconds after which an empty folder without a lock is one whose maker died at once.
_OLD = 3600.0

#: The file that locks each folder of this process.
_held: dict[Path, int] = {}


def new_folder(kind: str) -> Path:
    """A folder that stays until `remove`, or until this process ends. Raises OSError."""
    _clear_left(Path(tempfile.gettempdir()))
    while True:
        path = Path(tempfile.mkdtemp(prefix=f"docgen-{kind}-"))
        try:
            number = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileNotFoundError:  # another took it for one that was left
            continue

        if sys.platform != "win32":
            fcntl.flock(number, fcntl.LOCK_EX)
        if (path / _LOCK).exists():
            _held[path] = number
            return path

        os.close(number)


def lock_of(path: Path) -> int:
    """The open file that locks a folder: a program that is given it holds the folder, too."""
    return _held[path]


def remove(path: Path) -> None:
    """Remove a folder of this process with all that it holds."""
    number = _held.pop(path, None)
    shutil.rmtree(path, ignore_errors=True)
    if number is not None:
        os.close(number)
        shutil.rmtree(path, ignore_errors=True)  # Windows removes no file that is open


@contextmanager
def folder(kind: str) -> Iterator[Path]:
    """A folder that is removed in the end. Raises OSError."""
    path = new_folder(kind)
    try:
        yield path
    finally:
        remove(path)


def _clear_left(parent: Path) -> None:
    """Remove the folders of this user there that no process holds."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        for path in _folders(parent):
            with contextlib.suppress(OSError):
                _clear(path)


def _folders(parent: Path) -> list[Path]:
    """The folders there that docgen made for this user; links are none."""
    with os.scandir(parent) as entries:
        return [
            Path(entry.path)
            for entry in entries
            if _NAME.fullmatch(entry.name)
            and entry.is_dir(follow_symlinks=False)
            and entry.stat(follow_symlinks=False).st_uid == os.getuid()
        ]


def _clear(path: Path) -> None:
    """Remove a folder unless a process holds it. Raises OSError if one does."""
    if path in _held:
        return
    try:
        number = os.open(path / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        if time.time() - path.lstat().st_mtime > _OLD:
            path.rmdir()
        return

    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for inside in _folders(path):  # of a worker that has outlived its parent
            _clear(inside)
        shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(number)
