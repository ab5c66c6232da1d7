"""What stands in the folder: whose it is, what may be overwritten, what an earlier issue left."""

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen import files
from docgen.catalogue import standing, stop
from docgen.errors import OutputStop
from docgen.finding import Finding
from docgen.issuing.record import DOCUMENT, MOST_BYTES, Record, Target, load_record, parse_record

#: What docgen makes again to the byte whenever it has the same report; a proof is LibreOffice's.
REMADE = (DOCUMENT, ".html", ".数据.csv", ".数据.json")


@dataclass(frozen=True)
class Standing:
    """An issue as it stands: its record, and by what follows its name each file that fits it."""

    record: Record
    files: Mapping[str, bytes]

    def without_proof(self) -> "Standing":
        """The same but for the PDF and its pictures."""
        kept = {suffix: data for suffix, data in self.files.items() if suffix in REMADE}
        return Standing(self.record, kept)


def find_standing(target: Target) -> Standing | None:
    """The issue that stands there, if a record does."""
    record = load_record(target.record)
    if record is None:
        return None
    found = {suffix: _read(target.beside(suffix)) for suffix in _named(record)}
    fit = {
        suffix: data
        for suffix, data in found.items()
        if data is not None and files.sha256(data) == _named(record)[suffix]
    }
    return Standing(record, fit)


def _named(record: Record) -> dict[str, str]:
    """The hashes of all files that a record speaks of, by what follows their name."""
    return {DOCUMENT: record.sha256, **record.beside}


def _read(path: Path) -> bytes | None:
    return files.regular_bytes(path, MOST_BYTES)


def stand_there(made: Mapping[Path, bytes]) -> bool:
    """Whether these very bytes stand there already; then what interrupted runs left is cleared."""
    if any(files.regular_bytes(path, len(data)) != data for path, data in made.items()):
        return False
    with contextlib.suppress(OSError):
        files.clear_aside(*made)
    return True


def refuse_overwrite(
    target: Target,
    made: Mapping[Path, bytes],
    known: Callable[[bytes], bool],
    *,
    force: bool,
) -> None:
    """Raises OutputStop unless what stands where these go is docgen's own and to be renewed.

    It is not if it was edited since, with its record or without; `known` is whether a document
    is this report's own, laid out otherwise. A draft and an issue never take each other's place.
    """
    now, new = load_record(target.record), parse_record(made[target.record])
    if now and new and now.issued != new.issued:
        other, own = ("签发的文件", "草稿") if now.issued else ("草稿", "签发的文件")
        raise OutputStop(standing.OTHER_KIND.at(name=str(target.document), there=other, new=own))
    if force:
        return
    if now is None and _exists(target.record):
        raise OutputStop(stop.NOT_OURS.at(name=str(target.record), why="不是 docgen 写的"))
    same_making = now is not None and new is not None and now.same_making(new)
    own_hashes = _named(now) if now else {}
    for path, data in made.items():
        suffix = target.suffix(path.name)
        if path == target.record or not _exists(path):
            continue
        there = _read(path)
        if there == data:
            continue
        was = own_hashes.get(suffix)
        if there is None or files.sha256(there) != was:
            why = "而且签发后改过" if was else "旁边没有它的签发记录，不是 docgen 写的"
            raise OutputStop(stop.NOT_OURS.at(name=str(path), why=why))
        if same_making and suffix in REMADE and not (suffix == DOCUMENT and known(there)):
            raise OutputStop(standing.NOT_MADE.at(name=str(path), record=target.record.name))


def find_stale(
    target: Target, made: Iterable[Path], spared: Iterable[Path]
) -> tuple[list[Path], list[Path]]:
    """What an earlier issue left that this one does not write: as it was, and edited since.

    What is `spared`, an input or a template, is never among them.
    """
    record = load_record(target.record)
    new, kept = set(made), {path.resolve() for path in spared}
    as_it_was: list[Path] = []
    edited: list[Path] = []
    for suffix, digest in _named(record).items() if record else ():
        path = target.beside(suffix)
        data = _read(path)
        if data is None or path in new or path.resolve() in kept:
            continue
        (as_it_was if files.sha256(data) == digest else edited).append(path)
    return as_it_was, edited


def remove_stale(as_it_was: Sequence[Path], edited: Sequence[Path]) -> list[Finding]:
    """Remove what an earlier issue left, edited files aside; say what was done."""
    gone = []
    for path in as_it_was:
        with contextlib.suppress(OSError):  # open in another program: it is left, and told of
            path.unlink()
            gone.append(path)
    left = [path for path in (*as_it_was, *edited) if path not in gone]
    found = [standing.REMOVED.at(names=_listed(gone))] if gone else []
    return found + ([standing.LEFT_EDITED.at(names=_listed(left))] if left else [])


def _listed(paths: Sequence[Path]) -> str:
    return "、".join(f"“{path.name}”" for path in paths)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        why = files.reason(error)
        raise OutputStop(stop.CANNOT_WRITE.at(name=str(path), why=why)) from None


def finish_interrupted(target: Target) -> None:
    """Complete an issue that was killed after its record was put in place, before its document.

    The record is renamed first: what is still aside and has the hash it names belongs there,
    unless something else was put there since.
    """
    for part, path in _aside(target):
        if files.may_still_replace(part, path):
            with contextlib.suppress(OSError):  # what cannot be mended here is told later
                part.replace(path)


def was_interrupted(target: Target) -> bool:
    """Whether the document that the record names is still aside."""
    return any(path == target.document for _, path in _aside(target))


def _aside(target: Target) -> list[tuple[Path, Path]]:
    """What an interrupted issue left aside, each with where it belongs."""
    record = load_record(target.record) if files.left_aside(target.document) else None
    return [
        (part, target.beside(suffix))
        for suffix, digest in (_named(record) if record else {}).items()
        for part in files.left_aside(target.beside(suffix))
        if files.sha256(_read(part) or b"") == digest
    ]
