"""What lies in the folder of what came in: every file, as one arrival or as a part of one.

Nothing there is ever written, moved or removed, and no link out of it is followed.
"""

import hashlib
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.errors import InputStop
from docgen.files import NO_FILE, TOO_LARGE, UNREADABLE
from docgen.files.inputs import FACT_SHEET, is_kept
from docgen.finding import Finding, Rule
from docgen.issuing.record import DOCUMENT, RECORD, is_beside
from docgen.read.published.archive import OF_PAGE

LINK_OUTSIDE = Rule(
    code="B120",
    name="链接指到了收件文件夹外面",
    severity="error",
    message="“{name}”是一个链接，指到收件文件夹的外面，没有读",
    why="收件文件夹里的东西可能是别人放的；跟着链接读出去，就会读到不是交来的文件。",
    example="在收件文件夹里放了一个指向别处的链接。",
    cure="把它指着的那个文件复制到收件的文件夹里，删去这个链接。",
    since="0.4.0",
)

#: What programs and systems leave beside the files of people, by the beginning of its name; whole.
_LEFT = ("~$", ".~lock.", "._", ".~")
_LEFT_WHOLE = {"thumbs.db", "ehthumbs.db", ".ds_store", "desktop.ini"}
_LEFT_FOLDERS = {"__macosx"}
_PAGES = (".html", ".htm", ".xhtml")
_MOST = 200_000  # files


def is_left_over(name: str) -> bool:
    """Whether a file or folder of this name is what a program or a system left, nobody's own."""
    plain = name.lower()
    return plain in _LEFT_WHOLE or plain in _LEFT_FOLDERS or plain.startswith(_LEFT)


class Arrival(NamedTuple):
    """A file that came in, or the folder of the CSV files of one report."""

    path: Path
    where: str  # from the folder of what came in
    sha256: str
    modified: float
    also: tuple[str, ...] = ()  # the files that belong to it
    stopped: tuple[Finding, ...] = ()  # why it is not even looked into


class Received(NamedTuple):
    """All that came in, and what lies there and is nobody's."""

    arrivals: list[Arrival]
    ignored: list[str]


def list_received(top: Path, spared: Collection[Path] = ()) -> Received:
    """Return all that lies in a folder, however deep; what is `spared` is not of what came in.

    Raise InputStop if the folder cannot be looked into, or holds more than a county sends.
    """
    if not top.is_dir():
        raise InputStop(NO_FILE.at(name=str(top), cure="写明装着收到的报告的那个文件夹。"))
    try:
        os.scandir(top).close()
    except OSError as error:
        raise InputStop(UNREADABLE.at(name=str(top), why=files.reason(error))) from None
    walker = _FolderWalker(top, {os.path.realpath(path) for path in spared})
    arrivals = list(walker.walk())
    return Received(arrivals, sorted(walker.ignored))


class _FolderWalker:
    """Walks what came in once; each file is counted in one place."""

    def __init__(self, top: Path, spared: Collection[str]) -> None:
        self._top, self._real, self._spared = top, os.path.realpath(top), spared
        self._count = 0
        self.ignored: list[str] = []

    def walk(self) -> Iterator[Arrival]:
        """Yield every arrival, folder by folder."""
        closed: list[OSError] = []
        for place, folders, names in os.walk(self._top, onerror=closed.append):
            folder = Path(place)
            names += [name for name in folders if (folder / name).is_symlink()]
            folders[:] = sorted(name for name in folders if self._is_walked(folder / name))
            self._count += len(names)
            if self._count > _MOST:
                size = f"{_MOST} 个以上的文件"
                raise InputStop(TOO_LARGE.at(name=str(self._top), size=size, limit=f"{_MOST} 个"))

            yield from self._arrivals_in(folder, folders, sorted(names))

        for error in closed:
            path = Path(error.filename)
            why = UNREADABLE.at(name=str(path), why=files.reason(error))
            yield Arrival(path, self._where(path), "", 0.0, (), (why,))

    def _is_walked(self, path: Path) -> bool:
        if path.is_symlink() or os.path.realpath(path) in self._spared:
            return False
        if path.name.lower() in _LEFT_FOLDERS:
            self.ignored += map(self._where, _files_below(path))
            return False
        return True

    def _arrivals_in(
        self, folder: Path, folders: list[str], names: Sequence[str]
    ) -> Iterator[Arrival]:
        """Yield the arrivals of one folder; the folders that belong to its pages are taken out."""
        own = [name for name in names if self._is_own(folder / name)]
        parts = dict(self._parts_of(folder, folders, own))
        taken = {name for belonging in parts.values() for name in belonging}
        own = [name for name in own if name not in taken]
        sheets = [name for name in own if name.lower().endswith(".csv")]
        whole = any(FACT_SHEET in name for name in sheets)
        if sheets and (whole or (len(sheets) == len(own) and not folders)):
            yield self._folder_of(folder, sheets)
            own = [name for name in own if name not in sheets]

        for name in own:
            yield self._file_of(folder / name, parts.get(name, ()))

    def _is_own(self, path: Path) -> bool:
        """Whether a file is somebody's; what is not is noted."""
        left = is_left_over(path.name) or is_kept(path.name)
        link = path.is_symlink() and path.is_dir() and self._is_inside(path)
        if left or link or os.path.realpath(path) in self._spared:
            self.ignored.append(self._where(path))
            return False
        return True

    def _parts_of(
        self, folder: Path, folders: list[str], names: Sequence[str]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the files that something belongs to, with the names of what does."""
        for name in names:
            stem, dot, _ = name.rpartition(".")
            if name.lower().endswith(_PAGES):
                saved = [one for one in folders if one in {f"{stem}{end}" for end in OF_PAGE}]
                below = [path for one in saved for path in _files_below(folder / one)]
                folders[:] = [one for one in folders if one not in saved]
                yield name, tuple(str(path.relative_to(folder)) for path in below)
            elif name.lower().endswith(DOCUMENT) and f"{stem}{RECORD}" in names and dot:
                beside = (one for one in names if one.startswith(stem) and one != name)
                suffixes = ((one, one[len(stem) :]) for one in beside)
                yield name, tuple(one for one, end in suffixes if end == RECORD or is_beside(end))

    def _folder_of(self, folder: Path, sheets: Sequence[str]) -> Arrival:
        modified = 0.0
        for name in sheets:
            with suppress(OSError):
                modified = max(modified, (folder / name).stat().st_mtime)

        also = tuple(self._where(folder / name) for name in sheets)
        return Arrival(folder, self._where(folder), hash_input(folder), modified, also)

    def _file_of(self, path: Path, parts: Sequence[str]) -> Arrival:
        also = tuple(self._where(path.parent / part) for part in parts)
        if path.is_symlink() and not self._is_inside(path):
            why = LINK_OUTSIDE.at(name=self._where(path))
            return Arrival(path, self._where(path), "", 0.0, also, (why,))

        modified = 0.0
        with suppress(OSError):
            modified = path.stat().st_mtime
        return Arrival(path, self._where(path), hash_input(path), modified, also)

    def _is_inside(self, path: Path) -> bool:
        real = os.path.realpath(path)
        return real == self._real or real.startswith(self._real + os.sep)

    def _where(self, path: Path) -> str:
        return path.relative_to(self._top).as_posix() if path != self._top else self._top.name


def _files_below(folder: Path) -> list[Path]:
    return sorted(Path(place, name) for place, _, names in os.walk(folder) for name in names)


def hash_input(path: Path) -> str:
    """Return the hash of a file, or of the CSV files of a folder.

    That of a file too large to be read is of what is known of it. Blank where it cannot be read:
    whoever reads it says why.
    """
    if path.is_dir():
        try:
            sheets = sorted(one for one in path.iterdir() if one.suffix.lower() == ".csv")
        except OSError:
            return ""
        hashes = "".join(f"{one.name}\0{hash_input(one)}\0" for one in sheets)
        return files.sha256(hashes.encode("utf-8", "replace"))

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return ""
        if status.st_size > files.LIMIT:
            return files.sha256(f"{status.st_size} {status.st_mtime_ns}".encode())
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
