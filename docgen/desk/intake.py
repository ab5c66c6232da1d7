"""What is dropped on the county's pages: kept under its own folder names, inside one folder only.

A browser gives the names of a dropped folder as `甲镇/2025/甲.csv`. Each part of it becomes a
plain name; nothing leads out of the folder, through no link either, and nothing is overwritten.
"""

import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.county.received import is_left_over
from docgen.desk.county_work import RosterRead, Taken, read_roster_in_words
from docgen.desk.folder import DeskFolder, safe_name
from docgen.files import scratch
from docgen.files.inputs import WORKBOOKS, kept_beside, portable_name

#: Folders in one another that are kept; of more the innermost.
_DEEPEST = 6
_ROSTERS = (*WORKBOOKS, ".csv")
#: Two windows hand in one after the other.
_ONE_AT_A_TIME = threading.Lock()


class HandedIn(NamedTuple):
    """A file as the browser gives it: its name, with its folders where a folder was dropped."""

    name: str
    data: bytes


def keep_files(top: Path, handed: Sequence[HandedIn], taken: Taken) -> None:
    """Keep files under a folder; what became of each is counted in `taken`."""
    folders: dict[tuple[str, ...], list[HandedIn]] = {}
    for one in handed:
        parts = re.split(r"[/\\]+", one.name)
        if any(map(is_left_over, parts)):
            taken.passed += 1
            continue
        inside = tuple(_plain_name(part) for part in parts[:-1] if part.strip(" ."))
        inside = inside[1:] if inside[:1] == (top.name,) else inside  # 收件 dropped into 收件
        folders.setdefault(inside[-_DEEPEST:], []).append(one._replace(name=_plain_name(parts[-1])))

    with _ONE_AT_A_TIME:
        for inside, some in folders.items():
            _keep_together(top, inside, some, taken)


def _plain_name(name: str) -> str:
    """Return a name for a file or a folder that every system can hold."""
    return portable_name(safe_name(name))


def _keep_together(
    top: Path, inside: Sequence[str], some: Sequence[HandedIn], taken: Taken
) -> None:
    """Keep the files of one folder; CSV files that belong together stay together."""
    folder = top
    for part in inside:
        folder = _real_folder(folder, part)

    sheets = [one for one in some if one.name.lower().endswith(".csv")]
    if inside and any(_differs(folder / one.name, one.data) for one in sheets):
        number = 2  # of one report some sheets are others by now: all go into a folder of their own
        while any(
            _differs(folder.with_name(f"{folder.name} ({number})") / one.name, one.data)
            for one in sheets
        ):
            number += 1
        folder = _real_folder(folder.parent, f"{folder.name} ({number})")

    made: dict[Path, bytes] = {}
    for one in some:
        target = _free_place(folder, one, made)
        if target in made or target.exists():
            taken.same += 1
            continue
        made[target] = one.data
        taken.new += 1
        if target.name != one.name:
            taken.renamed.append(target.name)

    if made:
        files.write_together(made)


def _real_folder(parent: Path, name: str) -> Path:
    """Return the folder of this name, or of one beside it where that is a link or a file."""
    folder, number = parent / name, 1
    while folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        number += 1
        folder = parent / f"{name} ({number})"
    return folder


def _free_place(folder: Path, one: HandedIn, made: dict[Path, bytes]) -> Path:
    """Return where a file goes; the same file once more goes where it lies already."""
    stem, suffix, number = Path(one.name).stem, Path(one.name).suffix, 1
    target = folder / one.name
    while made.get(target, one.data) != one.data or _differs(target, one.data):
        number += 1
        target = folder / f"{stem} ({number}){suffix}"
    return target


def _differs(path: Path, data: bytes) -> bool:
    """Whether something else than this lies there; a link is something else, whatever it leads to.

    A file too large to be read is told from others by its length alone.
    """
    if path.is_symlink():
        return True
    if not path.exists():
        return False
    if len(data) > files.LIMIT:
        return not path.is_file() or path.stat().st_size != len(data)
    return files.regular_bytes(path, files.LIMIT) != data


def list_rosters(folder: DeskFolder) -> list[Path]:
    """Return all rosters that lie there, the one that is used first."""
    named = (folder.root / f"名单{suffix}" for suffix in _ROSTERS)
    found = [path for path in named if path.is_file()]
    return sorted(found, key=lambda path: path != folder.roster)


def keep_roster(folder: DeskFolder, name: str, data: bytes) -> RosterRead:
    """Put a roster in the place of the one there, which is kept beside; none that is no list.

    Return how it was read.
    """
    suffix = Path(name).suffix.lower()
    given = f"名单{suffix if suffix in _ROSTERS else '.txt'}"
    with scratch.folder("import") as top:
        (top / given).write_bytes(data)
        read = read_roster_in_words(top / given)
    if not read.is_readable:
        return read

    with _ONE_AT_A_TIME:
        target = folder.root / given
        if files.regular_bytes(target, files.LIMIT) != data:
            _put_aside(folder)
            files.write_together({target: data})
    return read


def use_roster(folder: DeskFolder, roster: Path) -> None:
    """Use this one of several rosters; the others are kept beside."""
    with _ONE_AT_A_TIME:
        _put_aside(folder, but=roster)


def _put_aside(folder: DeskFolder, but: Path | None = None) -> None:
    for path in list_rosters(folder):
        if path != but:
            path.rename(kept_beside(path))
