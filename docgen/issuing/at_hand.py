"""The sources of an issue, looked for by their plain names where an office keeps them.

A record names its sources, but it may be forged: no path in it is followed, and an input is also
looked for by the document's own name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from docgen import files
from docgen.files.inputs import NAMED, find_inputs, is_kept
from docgen.issuing.record import ARCHIVE, RECORD, Record, Target

#: Where documents are put unless a folder is named.
OUTPUTS = "outputs"

#: Where a county's run keeps last year's reports that its issues were checked against.
KEPT_PREVIOUS = "核对用的上年"

#: `2024.json` is a plain name; `a/2024.json`, `C:2024.json` and `..` are none.
_PLAIN = re.compile(r"[^./\\:\x00-\x1f][^/\\:\x00-\x1f]*")


def find_input(target: Target, record: Record) -> Path | None:
    """Return the input an issue was made from, best the very one; None if none is at hand.

    A document is called like its input. Only one that was renamed is asked by what its record
    says: else a forger would name an input of his own.
    """
    stem = target.stem
    own = [name.partition("/")[0] for name in _entries(record.members.get("inputs"))]
    return _named(target, record, [*(f"{stem}{kind}" for kind in NAMED), stem]) or _named(
        target, record, own
    )


def _named(target: Target, record: Record, names: list[str]) -> Path | None:
    found = [path for path in _at(target, ["inputs"], names) if _is_input(path)]
    if fit := next((path for path in found if fits(path, record)), None):
        return fit
    deep = [path for path in _inside(target) if path.name in names]
    return next((path for path in deep if fits(path, record)), next(iter((*found, *deep)), None))


def find_rival(target: Target, source: Path) -> Path | None:
    """Another input of the same name where inputs are looked for, with other content.

    Which of them is the office's own cannot be seen from here.
    """
    same_name = (path for path in _at(target, ["inputs"], [source.name]) if _is_input(path))
    return next((path for path in same_name if _content(path) != _content(source)), None)


def _content(path: Path) -> list[tuple[str, bytes | None]]:
    """Return what an input holds: the file, or the tables in the folder."""
    inside = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    return [(one.name, files.regular_bytes(one, files.LIMIT)) for one in inside]


def targets_near(path: Path) -> Iterator[Target]:
    """Yield the issues whose names a file's name begins with: `2024（改）.docx` is of `2024`.

    They are looked for beside it and in the folders of outputs near by, the longest name first.
    """
    above = path.parent
    tops = (above, above.parent if above.name else Path(".."), Path())
    for folder in (above, *(top / OUTPUTS for top in tops)):
        found = []
        for record in folder.glob(f"*{RECORD}") if folder.is_dir() else ():
            name = record.name.removesuffix(RECORD)
            follows = path.stem.removeprefix(name)[:1]
            if path.stem.startswith(name) and not (follows.isascii() and follows.isalnum()):
                found.append(Target(folder, name))
        yield from sorted(found, key=lambda target: -len(target.stem))


def find_previous(target: Target, record: Record) -> Path | None:
    """Last year's input that an issue was checked against, if that very one is at hand."""
    entries = previous_of(record)
    names = dict.fromkeys(name.partition("/")[0] for name in entries)
    kept = f"{KEPT_PREVIOUS}/{target.stem}"
    near = _at(target, ["inputs", kept], names)
    if found := next((path for path in near if holds(path, entries)), None):
        return found

    archives = _at(target, ["inputs"], [archive_of(record)]) if entries else ()
    inside = (path for path in find_inputs(archives) if path.name in names)
    return next((path for path in inside if holds(path, entries)), None)


def previous_of(record: Record) -> dict[str, str]:
    """Return the hashes of last year's files that an issue was checked against, by name."""
    return _entries(record.members.get("previous"))


def archive_of(record: Record) -> str:
    """Return the name of the folder that last year's report was looked for in; blank for none."""
    said = record.members.get("options")
    name = said.get(ARCHIVE) if isinstance(said, dict) else None
    return name if isinstance(name, str) and _PLAIN.fullmatch(name) else ""


def find_template(target: Target, record: Record) -> Path | None:
    """Return the template of an issue, if that very one is at hand and is not docgen's own."""
    entries = _entries([record.members.get("template")])
    own = (files.own_template(name) for name in entries if _PLAIN.fullmatch(name))
    if any(holds(path, entries) for path in own):
        return None
    return next(
        (path for path in _at(target, ["inputs", "templates"], entries) if holds(path, entries)),
        None,
    )


def template_name(members: Mapping[str, object]) -> str:
    """Return what a record calls its template."""
    return next(iter(_entries([members.get("template")])), "")


def is_own_template(members: Mapping[str, object]) -> bool:
    """Whether a record calls its template as docgen calls one of its own."""
    name = template_name(members)
    return bool(_PLAIN.fullmatch(name)) and files.own_template(name).is_file()


def fits(path: Path, record: Record) -> bool:
    """Whether this input is the very one that a record speaks of."""
    return holds(path, _entries(record.members.get("inputs")))


def kept_as_issued(path: Path, record: Record) -> list[tuple[Path, Path]]:
    """Return the files of an input that are other now, each with the kept one that is as issued."""
    found = []
    for name, was in _entries(record.members.get("inputs")).items():
        now = path / name.rpartition("/")[2] if path.is_dir() else path
        if _digest(now) == was:
            continue
        inside = sorted(now.parent.iterdir()) if now.parent.is_dir() else []
        kept = (one for one in inside if is_kept(one.name) and one.name.startswith(f"{now.stem}."))
        found += [(now, one) for one in kept if _digest(one) == was][:1]

    return found


def _digest(path: Path) -> str:
    return files.sha256(files.regular_bytes(path, files.LIMIT) or b"")


def _entries(said: object) -> dict[str, str]:
    """Return the hashes of files by name, as far as this is what a record says of files."""
    entries = said if isinstance(said, list) else []
    return {
        entry["name"]: entry["sha256"]
        for entry in entries
        if isinstance(entry, dict)
        and isinstance(entry.get("name"), str)
        and isinstance(entry.get("sha256"), str)
    }


def _at(target: Target, folders: Iterable[str], names: Iterable[str]) -> Iterator[Path]:
    """Yield what stands by one of these names, if it is a plain one, beside or above the document.

    There it is looked for in the folder itself and in those that are called so.
    """
    plain = [name for name in names if _PLAIN.fullmatch(name)]
    for top in _tops(target):
        for place in (top, *(top / folder for folder in folders)):
            yield from (place / name for name in plain if (place / name).exists())


def _tops(target: Target) -> tuple[Path, Path]:
    folder = target.folder
    return folder, folder.parent if folder.name not in ("", "..") else folder / ".."


def _inside(target: Target) -> Iterator[Path]:
    """Yield the inputs in the folders of inputs, however deep: a county's lie so."""
    inputs = (top / "inputs" for top in _tops(target))
    yield from find_inputs(folder for folder in inputs if folder.is_dir())


def _is_input(path: Path) -> bool:
    return path.is_file() or (path.is_dir() and any(path.glob("*.csv")))


def holds(path: Path, entries: Mapping[str, str]) -> bool:
    """Whether this file, or this folder with what is in it, has just these hashes."""
    inside = sorted(path.iterdir()) if path.is_dir() else [path]
    above = f"{path.name}/" if path.is_dir() else ""
    found = {f"{above}{one.name}": one for one in inside}
    return bool(entries) and all(
        name in found and files.sha256(files.regular_bytes(found[name], files.LIMIT) or b"") == was
        for name, was in entries.items()
    )
