"""The package: a document and the record of its issue, put in place together and verified later.

The record (`2024.package.json`) holds hashes of inputs, template, document, every part's
canonical XML and the body text, and the text itself, so that a change can be named.
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen import blocks, files, ooxml
from docgen.blocks import Block, TableCell
from docgen.catalogue import stop, verify
from docgen.errors import OutputStop
from docgen.finding import Finding
from docgen.model import Reading

DRAFT_TAG = "草稿"
#: A record of a report is about 60 KB; one of the largest input docgen reads is below this.
MOST_BYTES = 4 * files.LIMIT


@dataclass(frozen=True)
class Target:
    """Where one report's document and record go."""

    document: Path
    record: Path


def target_of(reading_name: str, folder: Path, *, draft: bool) -> Target:
    """The files for an input: named after it alone, never after anything inside it."""
    name = Path(reading_name)
    stem = name.stem if name.suffix.lower() in (".json", ".xlsx") else reading_name
    if draft:
        stem = f"{stem}.{DRAFT_TAG}"
    return Target(folder / f"{stem}.docx", folder / f"{stem}.package.json")


def write_record(
    reading: Reading,
    findings: list[Finding],
    template: tuple[str, bytes],
    document: tuple[str, bytes],
    body: list[Block],
    versions: dict[str, str],
    *,
    draft: bool,
) -> bytes:
    """The record's bytes; `template` and `document` are name and bytes, `body` what it says."""
    parts = ooxml.read_parts(document[1])
    report = reading.report
    record = {
        "status": "draft" if draft else "issued",
        "form": reading.form.key,
        "year": report.year,
        "body": report.body.name,
        "title": report.title,
        "versions": versions,
        "inputs": [_named(name, data) for name, data in reading.inputs.items()],
        "template": _named(*template),
        "document": _named(*document)
        | {
            "text_sha256": files.sha256(blocks.plain_text(body).encode()),
            "parts": {
                name: ooxml.canonical_sha256(name, part) for name, part in sorted(parts.items())
            },
        },
        "findings": [finding.as_json() for finding in findings],
        "content": body,
    }
    lines = (f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in record.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _named(name: str, data: bytes) -> dict[str, Any]:
    return {"name": name, "sha256": files.sha256(data)}


def refuse_overwrite(target: Target) -> None:
    """Raises OutputStop if a file there is not docgen's own, or was edited since it was issued."""
    finish_interrupted(target)
    try:
        document_there, record_there = target.document.exists(), target.record.exists()
    except OSError as error:
        why = files.reason(error)
        raise OutputStop(stop.CANNOT_WRITE.at(name=str(target.record), why=why)) from None
    record = _load(target.record) if record_there else None
    if record_there and record is None:
        why = "不是 docgen 写的"
        raise OutputStop(stop.NOT_OURS.at(name=str(target.record), why=why))
    if document_there:
        if record is None:
            why = "旁边没有签发记录，不是 docgen 写的"
            raise OutputStop(stop.NOT_OURS.at(name=str(target.document), why=why))
        if _hash(target.document) != record["document"]["sha256"]:
            why = "而且签发后改过"
            raise OutputStop(stop.NOT_OURS.at(name=str(target.document), why=why))


def finish_interrupted(target: Target) -> None:
    """Complete an issue that was killed after its record was put in place, before its document.

    The record is renamed first: what is still aside and has the hash it names belongs there.
    """
    aside = files.left_aside(target.document)
    record = _load(target.record) if aside else None
    for part in aside:
        if record and _hash(part) == record["document"]["sha256"]:
            with contextlib.suppress(OSError):  # what cannot be mended here is told later
                part.replace(target.document)


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
            and isinstance(document["parts"], dict)
            and record["status"] in ("issued", "draft")
        )
        record["content"] = [_block(block) for block in record["content"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return record if well_formed else None


def _block(block: Any) -> Block:
    """A block of a record's content. Raises TypeError for what is none."""
    if isinstance(block, str):
        return block
    table = [[TableCell(*cell) for cell in row] for row in block]
    if not all(isinstance(text, str) for row in table for cell in row for text in cell[::2]):
        raise TypeError
    return table


def verify_document(path: Path) -> list[Finding]:
    """What tells this document from the one that was issued; empty if it is that one.

    Raises InputStop if it cannot be read.
    """
    record_path = path.with_name(f"{path.name.removesuffix('.docx')}.package.json")
    finish_interrupted(Target(path, record_path))
    data = files.read_bytes(path)
    record = _load(record_path)
    if record is None:
        return [verify.NO_PACKAGE.at(name=path.name, package=record_path.name)]
    if record["status"] != "issued":
        return [verify.DRAFT.at(name=path.name)]
    issued = record["document"]
    if files.sha256(data) == issued["sha256"]:
        return []
    try:
        parts = ooxml.read_parts(data)
        body = blocks.read_blocks(parts.get(ooxml.DOCUMENT, b""))
    except ooxml.NotPackage as error:
        return [verify.NOT_DOCUMENT.at(name=path.name, why=str(error))]
    return list(_changes(record, parts, body)) or [verify.RESAVED.at()]


def _canonical(name: str, part: bytes) -> str:
    """The hash of a part; of what only looks like XML, of its bytes."""
    try:
        return ooxml.canonical_sha256(name, part)
    except (SyntaxError, ValueError):  # XML parsers raise the former
        return files.sha256(part)


def _changes(
    record: dict[str, Any], parts: dict[str, bytes], body: list[Block]
) -> Iterator[Finding]:
    found = blocks.differences(record["content"], body)
    for difference in found:
        yield verify.TEXT_CHANGED.at(
            where=difference.where,
            expected=difference.expected or "（没有）",
            actual=difference.actual or "（没有）",
        )
    if found:
        return
    now = {name: _canonical(name, part) for name, part in parts.items()}
    was = record["document"]["parts"]
    changed = sorted(name for name in now.keys() | was.keys() if now.get(name) != was.get(name))
    if changed:
        yield verify.PARTS_CHANGED.at(parts="、".join(changed))
