"""What stands beside an input: last year's, the body's other reports, those of other bodies.

Last year's is `2023.json`, `2023.xlsx` or `2023/` for `2024.json`.
"""

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, takewhile
from pathlib import Path
from typing import NamedTuple

from docgen.files.inputs import PUBLISHED, find_inputs

#: What stands in a file's name before and amid the body's: 2024年, (1), -.
_NOT_NAME = re.compile(r"[\W\d_A-Za-z]|年度?")
#: The name of a town or a county, whatever follows it: 甘河子镇 of 甘河子镇工作报告定稿.
_BODY_NAME = re.compile("^.*(?:[镇乡县区旗]|街道(?:办事处)?|苏木)(?:人民政府|政府)?")
_MOST = 2000  # files in a folder that are looked at
_MOST_FOLDERS = 8  # of inputs given together that are looked into
_MOST_COMPANIONS = 4  # inputs that are read to find a body's other reports
_MOST_ARCHIVED = 12  # files of an archive that are read where no name tells whose they are
# 甲镇2024, 2024.json; not 20241.
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")

_KINDS = (".json", ".xlsx", "")


def find_previous(path: Path, year: int) -> Path | None:
    """Return the input of the year before, if it stands beside this one and is named alike.

    Of several kinds the one of this input's own kind is taken first, what was published last.
    """
    kinds = (*_KINDS, *PUBLISHED)
    try:
        kind = path.suffix.lower() if path.suffix.lower() in kinds and not path.is_dir() else ""
        name = Path(path.absolute().name)
        stem = name.stem if kind else name.name
        if str(year) not in stem:
            return None
        before = stem.replace(str(year), str(year - 1))
        for suffix in dict.fromkeys((kind, *kinds)):
            beside = path.absolute().parent / f"{before}{suffix}"
            if beside.is_dir() if not suffix else beside.is_file():
                return beside
    except (OSError, ValueError):  # a name too long with the change, a folder that is closed
        return None

    return None


def find_archived(folder: Path, names: Sequence[str], year: int) -> list[Path]:
    """Return the files of an archive that may be a body's report of this year, likeliest first.

    Where the names of some hold the body's, the others are out; a name that holds another year
    comes last, for it may be that of the day of issue.
    """
    changed = folder.stat().st_mtime_ns if folder.exists() else 0
    fit = sorted(
        _list_archive(folder.absolute(), changed),
        key=lambda one: bool(one.years) and str(year) not in one.years,
    )
    named = [
        one
        for one in fit
        if any(name in one.path.stem or (one.body and one.body in name) for name in names)
    ]
    found = named[:_MOST_COMPANIONS] or fit[:_MOST_ARCHIVED]
    return [one.path for one in found]


class _Archived(NamedTuple):
    """A file of an archive: the body and the years that its name holds."""

    path: Path
    body: str
    years: tuple[str, ...]


@lru_cache(maxsize=4)
def _list_archive(folder: Path, _changed: int) -> tuple[_Archived, ...]:
    """Return the files of an archive, those with a year in their names first.

    All reports of a batch look into it; it is listed anew when something was put into it.
    """
    listed = (
        _Archived(path, _body_name(path.name), tuple(_YEAR.findall(path.stem)))
        for path in find_inputs([folder])[:_MOST]
    )
    return tuple(sorted(listed, key=lambda one: (not one.years, str(one.path))))


def find_companions(path: Path, year: int, folders: Sequence[Path]) -> list[Path]:
    """Return the inputs that may be the same body's other reports of this year, likeliest first.

    They stand in the folder of this input, or in one of these; a name that holds another year is
    out. The nearer a name is to this one's, the likelier: 甲镇2024 to 甲镇2024 另一种.
    """
    own = path.absolute()
    places = dict.fromkeys([own.parent, *(folder.absolute() for folder in folders)])
    ranked: list[tuple[int, str]] = []

    for other in (place / name for place in places for name in _entries_of(place)):
        years = _YEAR.findall(other.stem if other.suffix.lower() in _KINDS[:2] else other.name)
        if other != own and (not years or str(year) in years) and _is_input(other):
            ranked.append((-_likeness(own.stem, other.stem), str(other)))

    return [Path(name) for _, name in sorted(ranked)[:_MOST_COMPANIONS]]


def folders_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders that inputs given together stand in; none of many.

    Where each body has a folder of its own, its reports stand in that.
    """
    folders = tuple(dict.fromkeys(path.absolute().parent for path in paths))
    return folders if len(folders) <= _MOST_FOLDERS else ()


def _likeness(one: str, other: str) -> int:
    """Return how many characters two names have in common at their beginnings and their ends."""
    begin = _common_start(one, other)
    return begin + _common_start(one[begin:][::-1], other[begin:][::-1])


def _common_start(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _is_input(path: Path) -> bool:
    """Return whether a name may be that of an input: a file of its kinds, or a folder."""
    kind = path.suffix.lower()
    return (kind in _KINDS[:2] and not path.name.endswith(".package.json")) or path.is_dir()


def names_beside(paths: Sequence[Path]) -> set[str]:
    """Return the towns and counties that inputs in the folders of these are named after."""
    return {
        name for folder in {path.absolute().parent for path in paths} for name in _names_in(folder)
    }


def _names_in(folder: Path) -> Iterator[str]:
    """Yield what the files of a folder are named after."""
    yield from filter(None, map(_body_name, _entries_of(folder)))


def _entries_of(folder: Path) -> list[str]:
    """Return the names in a folder; none of one that is closed."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in islice(entries, _MOST)]
    except (OSError, ValueError):
        return []


def _body_name(file: str) -> str:
    """Return the body in a file name without year, kind and the like; blank for none."""
    stem, dot, suffix = file.rpartition(".")
    named = _NOT_NAME.sub("", stem if dot and f".{suffix.lower()}" in _KINDS else file)
    found = _BODY_NAME.match(named)
    return found[0] if found else ""
