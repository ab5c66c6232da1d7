"""The package: a document and the record of its issue, put in place together and verified later.

The record (`2024.package.json`) holds the hashes of inputs, template and document, and the
document itself, so that every change to it can be named.
"""

import base64
import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen import blocks, files, ooxml
from docgen.catalogue import stop, verify
from docgen.errors import OutputStop
from docgen.finding import Finding
from docgen.inputs import output_stem
from docgen.model import Reading

DRAFT_TAG = "草稿"
#: What follows the name of a report in the names of its document and its record.
DOCUMENT, RECORD = ".docx", ".package.json"
#: A record of a report is about 20 KB; one of the largest input docgen reads is below this.
MOST_BYTES = 4 * files.LIMIT


@dataclass(frozen=True)
class Target:
    """Where one report's document and record go, and what stands beside them."""

    folder: Path
    stem: str

    @property
    def document(self) -> Path:
        return self.beside(DOCUMENT)

    @property
    def record(self) -> Path:
        return self.beside(RECORD)

    def beside(self, suffix: str) -> Path:
        """The file whose name goes on like this."""
        return self.folder / f"{self.stem}{suffix}"


@dataclass(frozen=True)
class Sources:
    """What an issue is made from, and nothing else: the same sources make the same bytes."""

    inputs: Mapping[str, bytes]  # by file name
    previous: Mapping[str, bytes]  # last year's input it was checked against, by file name
    template: tuple[str, bytes]  # name and bytes
    versions: Mapping[str, str]
    options: Mapping[str, bool | float]  # what was asked for beside the document
    draft: bool

    def as_json(self) -> dict[str, Any]:
        """The members of the record that say it."""
        return {
            "status": "draft" if self.draft else "issued",
            "versions": dict(self.versions),
            "inputs": [_named(name, data) for name, data in self.inputs.items()],
            "previous": [_named(name, data) for name, data in self.previous.items()],
            "template": _named(*self.template),
            "options": dict(self.options),
        }


@dataclass(frozen=True)
class Issue:
    """What is issued: everything the record speaks of."""

    reading: Reading
    sources: Sources
    findings: Sequence[Finding]
    document: bytes
    beside: Mapping[str, bytes]  # by what follows the document's stem
    pages: int | None  # of the proof, if one was made


def target_of(reading_name: str, folder: Path, *, draft: bool) -> Target:
    """The files for an input: named after it alone, never after anything inside it."""
    stem = output_stem(reading_name)
    return Target(folder, f"{stem}.{DRAFT_TAG}" if draft else stem)


def write_record(target: Target, issue: Issue) -> bytes:
    """The record's bytes."""
    report = issue.reading.report
    record = issue.sources.as_json() | {
        "form": issue.reading.form.key,
        "year": report.year,
        "body": report.body.name,
        "title": report.title,
        "document": _named(target.document.name, issue.document)
        | {"base64": base64.b64encode(issue.document).decode()},
        "beside": [
            _named(target.beside(suffix).name, data) for suffix, data in issue.beside.items()
        ],
        "pages": issue.pages,
        "findings": [finding.as_json() for finding in issue.findings],
    }
    lines = (f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in record.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _named(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "sha256": files.sha256(data)}


def find_issued(target: Target, sources: Sources) -> dict[str, Any] | None:
    """The record of an issue made from these very sources whose files are all as they were."""
    finish_interrupted(target)
    record = _load(target.record)
    if record is None or any(record.get(key) != now for key, now in sources.as_json().items()):
        return None
    own = _own_files(target, record)
    whole = len(own) == 1 + len(record["beside"])
    if not whole or any(_hash(path) != was for path, was in own.items()):
        return None
    files.clear_aside(target.record, *own)
    return record


def refuse_overwrite(target: Target, beside: Iterable[Path], *, force: bool) -> list[Path]:
    """What of an earlier issue is left to remove, because this one does not write it again.

    Raises OutputStop if a file there is not docgen's own, or was edited since it was issued.
    """
    finish_interrupted(target)
    record = _load(target.record)
    own = _own_files(target, record)
    new = [target.document, *beside]
    if not force:
        if record is None and _exists(target.record):
            raise OutputStop(stop.NOT_OURS.at(name=str(target.record), why="不是 docgen 写的"))
        for path in new:
            if _exists(path) and own.get(path) != _hash(path):
                why = "而且签发后改过" if path in own else "旁边没有它的签发记录，不是 docgen 写的"
                raise OutputStop(stop.NOT_OURS.at(name=str(path), why=why))
    return [path for path, digest in own.items() if path not in new and _hash(path) == digest]


def _own_files(target: Target, record: Mapping[str, Any] | None) -> dict[Path, str]:
    """The files a record says docgen wrote, with their hashes; names with a path do not count."""
    if record is None:
        return {}
    own = {target.document: record["document"]["sha256"]}
    for entry in record["beside"]:
        name, digest = entry["name"], entry["sha256"]
        if Path(name).name == name and name.startswith(target.stem):
            own[target.folder / name] = digest
    return own


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        why = files.reason(error)
        raise OutputStop(stop.CANNOT_WRITE.at(name=str(path), why=why)) from None


def finish_interrupted(target: Target) -> None:
    """Complete an issue that was killed after its record was put in place, before its document.

    The record is renamed first: what is still aside and has the hash it names belongs there.
    """
    aside = files.left_aside(target.document)
    for path, digest in _own_files(target, _load(target.record) if aside else None).items():
        for part in files.left_aside(path):
            if _hash(part) == digest:
                with contextlib.suppress(OSError):  # what cannot be mended here is told later
                    part.replace(path)


def _hash(path: Path) -> str:
    """The hash of a file; blank for what is no readable file, and so is not docgen's."""
    try:
        return files.sha256(path.read_bytes())
    except OSError:
        return ""


def _load(path: Path) -> dict[str, Any] | None:
    """A record, if this file is one."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        record = json.loads(path.read_bytes())
        document = record["document"]
        well_formed = (
            isinstance(document["sha256"], str)
            and isinstance(document["base64"], str)
            and all(isinstance(e["name"] + e["sha256"], str) for e in record["beside"])
            and record["status"] in ("issued", "draft")
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return record if well_formed else None


def verify_document(path: Path) -> list[Finding]:
    """What tells this document from the one that was issued; empty if it is that one.

    Raises InputStop if it cannot be read.
    """
    target = Target(path.parent, path.name.removesuffix(".docx"))
    finish_interrupted(target)
    data = files.read_bytes(path)
    record = _load(target.record)
    if record is None:
        return [verify.NO_PACKAGE.at(name=path.name, package=target.record.name)]
    if record["status"] != "issued":
        return [verify.DRAFT.at(name=path.name)]
    if files.sha256(data) == record["document"]["sha256"]:
        return []
    try:
        issued = _Opened(_issued(record))
    except (ValueError, ooxml.NotPackage):
        return [verify.NO_PACKAGE.at(name=path.name, package=target.record.name)]
    try:
        return list(_changes(issued, _Opened(data)))
    except ooxml.NotPackage as error:
        return [verify.NOT_DOCUMENT.at(name=path.name, why=str(error))]


def _issued(record: Mapping[str, Any]) -> bytes:
    """The document a record holds. Raises ValueError if it is not the one that was issued."""
    document = base64.b64decode(record["document"]["base64"])
    if files.sha256(document) != record["document"]["sha256"]:
        raise ValueError
    return document


class _Opened:
    """A document's parts and what its body says. Raises NotPackage."""

    def __init__(self, document: bytes) -> None:
        self.parts = ooxml.read_parts(document)
        self.body = blocks.read_blocks(self.parts.get(ooxml.DOCUMENT, b""))


def _changes(issued: _Opened, now: _Opened) -> Iterator[Finding]:
    """What tells a document from the one that was issued, which has other bytes."""
    found = blocks.differences(issued.body, now.body)
    for difference in found:
        yield verify.TEXT_CHANGED.at(
            where=difference.where,
            expected=difference.expected or "（没有）",
            actual=difference.actual or "（没有）",
        )
    if found:
        return
    names = sorted(issued.parts.keys() | now.parts.keys())
    changed = [name for name in names if _differs(name, issued.parts, now.parts)]
    if changed:
        yield verify.PARTS_CHANGED.at(parts="、".join(changed))
    else:
        yield verify.RESAVED.at()


def _differs(name: str, was: Mapping[str, bytes], now: Mapping[str, bytes]) -> bool:
    """Whether a part is not there in both, or its content is another."""
    if name not in was or name not in now:
        return True
    return was[name] != now[name] and ooxml.canonical(name, was[name]) != ooxml.canonical(
        name, now[name]
    )
