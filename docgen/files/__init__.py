"""Files: read within limits, written whole or not at all."""

import contextlib
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from docgen.errors import InputStop, OutputStop
from docgen.finding import Rule

NO_FILE = Rule(
    code="X301",
    name="找不到输入",
    severity="error",
    message="找不到“{name}”",
    why="文件名或文件夹写错了，或文件不在当前文件夹下。",
    example="docgen render 2024.json（文件其实在 inputs 里）。",
    cure="核对路径和文件名；要填的输入还没有的，用 docgen new 生成一套空表。",
)
EMPTY_FILE = Rule(
    code="X302",
    name="文件是空的",
    severity="error",
    message="“{name}”是空的（0 字节）",
    why="保存或复制时出了问题，内容已经不在文件里。",
    example="U 盘拔早了，文件成了 0 字节。",
    cure="重新保存或复制一份。",
)
TOO_LARGE = Rule(
    code="X304",
    name="文件太大",
    severity="error",
    message="“{name}”有 {size}，超过上限 {limit}",
    why="一份报告的数据只有几十 KB；这么大多半不是报告，或有大片空白格带格式。",
    example="把整年的台账存成了 CSV。",
    cure="核对是不是选错了文件；若是表格，删去多余的行列后再保存。",
)
UNREADABLE = Rule(
    code="X312",
    name="读不了",
    severity="error",
    message="“{name}”读不了：{why}",
    why="没有读取的权限，或磁盘、网络盘出了问题。",
    example="文件正被别的程序占用。",
    cure="关掉正在打开它的程序，核对权限后再试。",
)
FOREIGN_NAME = Rule(
    code="X322",
    name="文件名的编码不对",
    severity="error",
    message="“{name}”的文件名不是 UTF-8 编码，记不进签发记录",
    why=(
        "签发记录里要写明用了哪些文件，写不出名字就无法核验；"
        "多半是 Windows 的压缩包在 Linux 上解开。"
    ),
    example="把同事发来的 zip 用 unzip 解开，文件名成了乱码。",
    cure="改一个文件名；或删掉后用 unzip -O GBK 重新解开压缩包。",
    since="0.2.0",
)
CANNOT_WRITE = Rule(
    code="X502",
    name="写不进去",
    severity="error",
    message="写不了“{name}”：{why}",
    why="磁盘满了、没有权限，或文件正在 Word 里打开着。一起写的几个文件都没有写，原来的没有动。",
    example="outputs 文件夹是只读的。",
    cure="腾出空间、关掉正在打开它的程序，或用 -o 换一个文件夹。",
)

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
            raise InputStop(UNREADABLE.at(name=str(path), why="不是普通文件"))
        if status.st_size > limit:
            raise too_large(path, status.st_size, limit)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise InputStop(NO_FILE.at(name=str(path))) from None
    except IsADirectoryError as error:
        cure = "给出文件夹里的文件。"
        raise InputStop(UNREADABLE.at(name=str(path), why=reason(error), cure=cure)) from None
    except OSError as error:
        raise InputStop(UNREADABLE.at(name=str(path), why=reason(error))) from None

    if not data:
        raise InputStop(EMPTY_FILE.at(name=path.name))
    return data


def refuse_foreign_name(path: Path) -> None:
    """Raises InputStop if the name of this file holds bytes that are no UTF-8: no record can."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        raise InputStop(FOREIGN_NAME.at(name=str(path))) from None


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
    return InputStop(TOO_LARGE.at(name=path.name, size=shown, limit=most))


def in_folder(folder: Path) -> list[Path]:
    """What stands in a folder, by name; stops if it cannot be looked into."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise InputStop(UNREADABLE.at(name=str(folder), why=reason(error))) from None

    for path in (folder, *inside):
        refuse_foreign_name(path)
    return inside


def sha256(data: bytes) -> str:
    """The SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=16)
def own_template(name: str) -> Path:
    """A template docgen carries: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "templates" / name
    return installed if installed.exists() else package.parent / "templates" / name


def write_together(files: Mapping[Path, bytes]) -> None:
    """Put these files in place together: all are written and synced aside before any is renamed.

    When it returns they outlive a loss of power. Raises OutputStop, leaving what was there, if
    any of them cannot be written; Ctrl-C between two renames leaves what was there, too.
    """
    rename_together(files)
    sync_folders({path.parent for path in files})


def rename_together(files: Mapping[Path, bytes]) -> None:
    """Put files in place as `write_together` does; their names outlive a loss of power only after
    `sync_folders`, which one who writes many files calls once.
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

            for file in written:  # all are on their way before the first is waited for
                _begin_writing(file.fileno())
            for file in written:
                os.fsync(file.fileno())

        for current, part in aside.items():
            before[current] = current.read_bytes() if current.exists() else None
            part.replace(current)

        before.clear()
    except OSError as error:
        raise OutputStop(CANNOT_WRITE.at(name=str(current), why=reason(error))) from None
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


def _begin_writing(number: int) -> None:
    """Let the system begin to write a file to disk, where it can be asked to."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_folders(folders: Iterable[Path]) -> None:
    """Make renames in these folders last, where the system can: Windows syncs no folder."""
    for folder in folders:
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
