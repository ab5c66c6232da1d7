"""The inputs that a command line names: files, folders full of them, and patterns."""

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

#: The sheet that every report has: a folder that holds its CSV file is one report.
FACT_SHEET = "基本情况"

_ENDS = (".json", ".xlsx", ".xls", ".et")
_NOT_INPUT = ".package.json"


def find_inputs(given: Iterable[Path]) -> list[Path]:
    """The inputs among these: a folder stands for all that it holds, each taken once.

    What is given by itself is an input whatever it is, even twice: reading it says what is wrong.
    A pattern is one where no file has that very name, for shells that do not expand it.
    """
    found: list[Path] = []
    seen: set[str] = set()
    for path in (each for one in given for each in _matching(one)):
        inside = list(_inside(path)) if os.path.isdir(path) else []  # noqa: PTH112  no error
        if not inside or inside == [path]:
            found.append(path)
            seen.add(os.path.realpath(path))
            continue
        for each in inside:
            if (real := os.path.realpath(each)) not in seen:
                seen.add(real)
                found.append(each)
    return found


def _matching(path: Path) -> list[Path]:
    if not glob.has_magic(str(path)) or os.path.lexists(path):
        return [path]
    return [Path(name) for name in sorted(glob.glob(str(path), recursive=True))] or [path]  # noqa: PTH207


def _inside(top: Path) -> Iterator[Path]:
    """The inputs in a folder, however deep; a folder that is closed is one, to be told of.

    A folder of CSV files is one input, unless it lacks the sheet of facts and holds inputs of
    other kinds: then its CSV files are something else, a list of the units perhaps.
    """
    closed: list[OSError] = []
    for place, folders, names in os.walk(top, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        names = sorted(name for name in names if not name.startswith((".", "~$")))
        sheets = [name for name in names if name.lower().endswith(".csv")]
        others = [n for n in names if n.lower().endswith(_ENDS) and not n.endswith(_NOT_INPUT)]
        if any(FACT_SHEET in name for name in sheets):
            folders[:] = others = []  # what else stands there, its reader tells of
        if sheets and not others and not folders:
            yield Path(place)
        yield from (Path(place, name) for name in others)
    yield from (Path(error.filename) for error in closed)


def input_name(path: Path) -> str:
    """What an input is called by itself; unlike resolve(), no error for a link to itself."""
    return Path(os.path.realpath(path)).name
