"""What tells a file from the one that was issued, by the record that lies beside it.

Nothing is written here. Document and record fitting together is all that can be seen so: whoever
changed both is found out by making the issue again (`docgen/remake.py`).
"""

import os
import re
from pathlib import Path

from docgen import files
from docgen.catalogue import verify
from docgen.files import ooxml
from docgen.finding import Finding
from docgen.issuing.changes import Opened, changes
from docgen.issuing.record import BESIDE, DOCUMENT, RECORD, Record, Target, load_record
from docgen.issuing.standing import was_interrupted

#: `2024.数据.csv` ends so, and `2024-1.png`; `2024.csv` does not.
_ENDS = re.compile(rf"(?:\.docx|{BESIDE.pattern})\Z", re.IGNORECASE)


def target_at(path: Path) -> tuple[Target, str]:
    """The report whose file this is by its name, and what follows the stem; nothing if none's."""
    found = _ENDS.search(path.name)
    stem = path.name[: found.start()] if found else path.name
    return Target(path.parent, stem), found[0].lower() if found else ""


def verify_file(path: Path) -> list[Finding]:
    """What tells this file from the one that was issued; empty if it is as the record says.

    Raises InputStop if it cannot be read.
    """
    target, suffix = target_at(path)
    if was_interrupted(target) and not _fits(target):
        return [verify.INTERRUPTED.at(name=target.document.name)]
    data = files.read_bytes(path)
    if not suffix:
        return [verify.NOT_DOCUMENT.at(name=path.name, why="不是 docgen 签发的那几种文件")]
    record = load_record(target.record)
    if record is None:
        return [verify.NO_PACKAGE.at(name=path.name, package=target.record.name)]
    if not record.issued:
        return [verify.DRAFT.at(name=path.name)]
    if suffix != DOCUMENT:
        return _beside(path.name, data, record.beside.get(suffix), target)
    if files.sha256(data) == record.sha256:
        return []
    try:
        issued = Opened(record.document)
    except (ValueError, ooxml.NotPackage):
        return [verify.NO_PACKAGE.at(name=path.name, package=target.record.name)]
    try:
        return changes(issued, Opened(data), path.name)
    except ooxml.NotPackage as error:
        return [verify.NOT_DOCUMENT.at(name=path.name, why=str(error))]


def _fits(target: Target) -> bool:
    record, data = load_record(target.record), files.regular_bytes(target.document, files.LIMIT)
    return record is not None and data is not None and files.sha256(data) == record.sha256


def _beside(name: str, data: bytes, digest: str | None, target: Target) -> list[Finding]:
    """What is issued beside a document is told by its hash alone."""
    if digest is None:
        return [verify.NOT_IN_RECORD.at(name=name, package=target.record.name)]
    if files.sha256(data) != digest:
        return [verify.BESIDE_CHANGED.at(name=name, document=target.document.name)]
    return []


def is_issued(path: Path) -> bool:
    """Whether this is a record, or a record beside it names this file, whatever it holds now."""
    real = Path(os.path.realpath(path))
    if real.name.endswith(RECORD):
        return load_record(real) is not None
    target, suffix = target_at(real)
    record = load_record(target.record) if suffix else None
    return record is not None and (suffix == DOCUMENT or suffix in record.beside)


def record_at(path: Path) -> Record | None:
    """The record of the report whose file this is."""
    return load_record(target_at(path)[0].record)
