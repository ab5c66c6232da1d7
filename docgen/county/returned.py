"""What goes back to the bodies: of each that must mend or look at its figures its own, marked.

A file is made again only when what it is made of is another. What docgen wrote is known by its
hash, kept beside it; whatever else stands there, or was changed since, is left as it is.
"""

import json
import os
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from docgen import __version__, files
from docgen.check.outcome import Outcome, run_guarded
from docgen.county.board import Board, BoardRow, Return
from docgen.county.board_words import findings_of, is_doubtful, must_mend, name_row
from docgen.errors import OutputStop
from docgen.files import CANNOT_WRITE
from docgen.files.inputs import kept_beside, portable_name
from docgen.files.visible import as_json, visible
from docgen.finding import Finding
from docgen.read import read_report

FOLDER = "退回"

#: What docgen wrote there: of what, and its hash.
_INDEX = ".docgen.json"
_LONGEST = 60  # characters of a name; each may take three bytes of the 255 that a name may have


class Written(NamedTuple):
    """A file that docgen wrote: what it was made of, and its hash."""

    made_of: str
    sha256: str


@dataclass(frozen=True)
class MarkedReturns:
    """The marked workbooks that stand there now."""

    paths: Mapping[str, str]  # by where the report lay; from the folder of the results
    remarks: tuple[str, ...]  # of files that were left, though docgen would not have them there

    def path_of(self, row: BoardRow) -> str:
        """Return the marked workbook of a row; blank where it has none."""
        return self.paths.get(row.returns[0].where, "") if row.returns else ""


def write_returned(board: Board, results: Path) -> MarkedReturns:
    """Put the marked workbook of every body that must mend something in place; remove the others.

    Raise OutputStop if one cannot be written.
    """
    folder = results / FOLDER
    before, now = _read_index(folder), dict[str, Written]()
    paths: dict[str, str] = {}
    taken: set[str] = set()
    remarks = []

    for row in filter(_has_marks, board.rows):
        name = _name_file(row, taken)
        taken.add(name.casefold())
        paths[row.returns[0].where] = f"{FOLDER}/{name}"
        made_of, was = _digest(row.returns[0]), before.get(name)
        if was and was.made_of == made_of and (folder / name).is_file():
            now[name] = was  # also where the office has written into it since
            continue

        data = _mark_workbook(row.returns[0])
        stands = files.regular_bytes(folder / name, 4 * files.LIMIT)
        if stands not in (None, data) and not _is_ours(stands, was):
            remarks.append(_keep_aside(folder / name))
        if stands != data:
            files.rename_together({folder / name: data})
        now[name] = Written(made_of, files.sha256(data))

    for name in before.keys() - now.keys():
        if _remove_stale(folder / name, before[name]):
            continue
        now[name] = before[name]
        remarks.append(f"{FOLDER}/{name} 已经用不着，但有人改过，没有删。")

    if now != before:
        _write_index(folder, now)
    return MarkedReturns(paths, tuple(sorted(remarks)))


def _has_marks(row: BoardRow) -> bool:
    """Whether something is wrong inside the report, not only with what came: its body, its year.

    One that was issued is marked where something in it is to be looked at.
    """
    own = _to_mend(row.returns[0]) if must_mend(row) or is_doubtful(row) else ()
    return any(finding not in row.returns[0].remarks for finding in own)


def _mark_workbook(came: Return) -> bytes:
    """Return the report that came in as a workbook with all that was found marked."""
    from docgen.messages.to_xlsx import to_xlsx

    outcome = came.outcome
    reading = outcome.reading or run_guarded(came.input, partial(read_report, came.input))
    if isinstance(reading, Outcome):  # it is gone, or another by now: what was found is listed
        reading = None
    told = Path(visible(came.where))  # no path of this machine
    marked = replace(outcome, input=told, findings=_to_mend(came), reading=reading, coverage=None)
    made = run_guarded(came.input, partial(to_xlsx, marked))
    if isinstance(made, Outcome):  # what takes too long to copy has its findings listed
        return to_xlsx(replace(marked, reading=None))
    return made


def _to_mend(came: Return) -> tuple[Finding, ...]:
    """Return what the body has to mend or to look at; what it need not is no mark to find it by."""
    return tuple(finding for finding in findings_of(came) if finding.severity != "note")


def _digest(came: Return) -> str:
    """Return the hash of all that a marked workbook is made of."""
    found = [finding.as_json() for finding in _to_mend(came)]
    return files.sha256(as_json([__version__, came.where, came.sha256, found]).encode())


def _name_file(row: BoardRow, taken: Collection[str]) -> str:
    """Return what a body's workbook is called: its name, as every system can have it.

    A name that had to be changed, or is another's, is told from others by its hash.
    """
    look = "（请看一眼）" if row.state == "issued" else ""
    told = unicodedata.normalize("NFC", name_row(row) + look)
    stem = portable_name(told[:_LONGEST])
    marks = (told, told + row.returns[0].where)
    hashed = (f"{stem}-{files.sha256(mark.encode('utf-8', 'replace'))[:8]}" for mark in marks)
    stems = (stem, *hashed) if stem == told else (*hashed,)
    names = (f"{one}.xlsx" for one in stems)
    return next(name for name in names if name.casefold() not in taken)


def _is_ours(stands: bytes | None, was: Written | None) -> bool:
    """Whether what stands there is what docgen wrote, to the byte."""
    return was is not None and stands is not None and files.sha256(stands) == was.sha256


def _keep_aside(path: Path) -> str:
    """Give a file that is not docgen's another name; return that it was done."""
    kept = kept_beside(path)
    try:
        path.rename(kept)
    except OSError as error:
        raise OutputStop(CANNOT_WRITE.at(name=str(path), why=files.reason(error))) from None
    return f"{FOLDER}/{path.name} 有人改过，改过的另存为 {kept.name}。"


def _remove_stale(path: Path, was: Written) -> bool:
    """Remove what docgen wrote and nobody needs any more; return whether nothing is left."""
    if not os.path.lexists(path):
        return True
    if not _is_ours(files.regular_bytes(path, 4 * files.LIMIT), was):
        return False

    try:
        path.unlink()
    except OSError:  # it is open in Excel: the next run removes it
        return False
    return True


def _read_index(folder: Path) -> dict[str, Written]:
    """Return what docgen wrote there; nothing where that cannot be read."""
    data = files.regular_bytes(folder / _INDEX, files.LIMIT) or b"{}"
    try:
        held: object = json.loads(data)
    except (ValueError, RecursionError):
        return {}

    found = {}
    for name, written in held.items() if isinstance(held, dict) else ():
        if isinstance(written, list) and len(written) == 2 and _is_plain(name):
            found[name] = Written(str(written[0]), str(written[1]))
    return found


def _is_plain(name: str) -> bool:
    """Whether this is the name of a file in the folder itself, whoever wrote the index."""
    return name == portable_name(name) and name.endswith(".xlsx")


def _write_index(folder: Path, written: Mapping[str, Written]) -> None:
    files.write_together({folder / _INDEX: as_json(dict(sorted(written.items()))).encode()})
