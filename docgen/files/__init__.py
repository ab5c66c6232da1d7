"""Files: read within limits, written whole or not at all."""

import contextlib
import hashlib
import os
import re
import stat
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from docgen.catalogue import stop
from docgen.errors import InputStop, OutputStop

#: No input of a report comes near this; a larger file is refused before it is read.
LIMIT = 20 * 1024 * 1024


def reason(error: OSError) -> str:
    """Why the operating system refused, in the clerk's words."""
    reasons = {
        PermissionError: "没有权限",
        FileNotFoundError: "找不到这个文件或文件夹",
        IsADirectoryError: "那里是一个文件夹",
        NotADirectoryError: "路径中有一段不是文件夹",
        FileExistsError: "那里已有同名的文件",
    }
    numbers = {
        27: "超过了允许的大小",
        28: "磁盘满了",
        30: "磁盘是只读的",
        36: "文件名太长",
        122: "磁盘配额用完了",
    }
    return numbers.get(error.errno or 0) or reasons.get(type(error), error.strerror or "读写出错")


def read_bytes(path: Path, limit: int = LIMIT) -> bytes:
    """The bytes of an input file; stops with what to do if it is missing, empty or too large."""
    try:
        status = path.stat()
        refuse_foreign_name(path)
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
            raise InputStop(stop.UNREADABLE.at(name=str(path), why="不是普通文件"))
        if status.st_size > limit:
            raise too_large(path, status.st_size, limit)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise InputStop(stop.NO_FILE.at(name=str(path))) from None
    except IsADirectoryError as error:
        cure = "给出文件夹里的文件。"
        raise InputStop(stop.UNREADABLE.at(name=str(path), why=reason(error), cure=cure)) from None
    except OSError as error:
        raise InputStop(stop.UNREADABLE.at(name=str(path), why=reason(error))) from None
    if not data:
        raise InputStop(stop.EMPTY_FILE.at(name=path.name))
    return data


def refuse_foreign_name(path: Path) -> None:
    """Raises InputStop if the name of this file holds bytes that are no UTF-8: no record can."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        raise InputStop(stop.FOREIGN_NAME.at(name=str(path))) from None


def regular_bytes(path: Path, limit: int) -> bytes | None:
    """The bytes of a regular file of at most `limit`; None for whatever else stands there."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return None
        return path.read_bytes()
    except (OSError, ValueError):  # ValueError: no name a file can have
        return None


def too_large(path: Path, size: int, limit: int = LIMIT) -> InputStop:
    """What stops an input of this many bytes."""
    shown, most = (f"{number / 1048576:.0f} MB" for number in (size, limit))
    return InputStop(stop.TOO_LARGE.at(name=path.name, size=shown, limit=most))


def in_folder(folder: Path) -> list[Path]:
    """What stands in a folder, by name; stops if it cannot be looked into."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise InputStop(stop.UNREADABLE.at(name=str(folder), why=reason(error))) from None
    for path in (folder, *inside):
        refuse_foreign_name(path)
    return inside


def sha256(data: bytes) -> str:
    """The SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def own_template(name: str) -> Path:
    """A template docgen carries: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "templates" / name
    return installed if installed.exists() else package.parent / "templates" / name


def write_together(files: Mapping[Path, bytes]) -> None:
    """Put these files in place together: all are written and synced aside before any is renamed.

    When it returns they outlive a loss of power. Raises OutputStop, leaving what was there, if
    any of them cannot be written; Ctrl-C between two renames leaves what was there, too.
    """
    aside: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    current = Path()
    try:
        with contextlib.ExitStack() as opened:
            written = []
            for current, data in files.items():
                clear_aside(current)
                current.parent.mkdir(parents=True, exist_ok=True)
                aside[current] = _aside(current)
                written.append(opened.enter_context(aside[current].open("xb")))
                written[-1].write(data)
                written[-1].flush()
            for file in written:  # when all are written the disk has one thing to do
                os.fsync(file.fileno())
        for current, part in aside.items():
            before[current] = current.read_bytes() if current.exists() else None
            part.replace(current)
        before.clear()
        for folder in {path.parent for path in files}:
            _sync(folder)
    except OSError as error:
        raise OutputStop(stop.CANNOT_WRITE.at(name=str(current), why=reason(error))) from None
    finally:
        for path, old in before.items():
            _put_back(path, old, aside[path])
        for part in aside.values():
            with contextlib.suppress(OSError):  # a name too long was never there
                part.unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    """Where to write what is to stand here: the name says what stood here when it was begun."""
    now = path.read_bytes() if path.is_file() else None
    stood = "" if now is None else sha256(now)[:_DIGITS]
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}{stood}.part")


def may_still_replace(part: Path, path: Path) -> bool:
    """Whether here stands nothing, or what stood here when that was written aside."""
    if not path.exists():
        return True
    name = _PART.fullmatch(part.name)
    stood = name[2][_DIGITS:] if name else ""
    now = regular_bytes(path, 4 * LIMIT)
    return bool(stood) and now is not None and sha256(now).startswith(stood)


def _sync(folder: Path) -> None:
    """Make renames in this folder last, where the system can: Windows syncs no folder."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _put_back(path: Path, data: bytes | None, part: Path) -> None:
    """Undo a rename: what stood there before, or nothing."""
    if part.exists():
        return  # it was not renamed
    if data is None:
        path.unlink(missing_ok=True)
    else:
        part.write_bytes(data)
        part.replace(path)


def left_aside(path: Path) -> list[Path]:
    """What an interrupted `write_together` left of this file."""
    left = _left_in(path.parent.absolute()).get(path.name, ())
    return [part for part in left if part.exists()]


def clear_aside(*paths: Path) -> None:
    """Remove what interrupted runs left of these files. Raises OSError."""
    for path in paths:
        for part in left_aside(path):
            part.unlink(missing_ok=True)


#: `.2024.docx.0123abcd89abcdef.part`: by chance, then of what it replaces; `.a.part` is none.
_PART = re.compile(r"\.(.+)\.([0-9a-f]+)\.part", re.DOTALL)
_DIGITS = 8


@lru_cache(maxsize=64)  # a folder of 20,000 outputs is looked through once, not for each of them
def _left_in(folder: Path) -> dict[str, list[Path]]:
    left: dict[str, list[Path]] = {}
    for path in sorted(folder.glob(".*.part")):
        if part := _PART.fullmatch(path.name):
            left.setdefault(part[1], []).append(path)
    return left


def look_again() -> None:
    """A new command looks anew for what others left aside."""
    _left_in.cache_clear()
