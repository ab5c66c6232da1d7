"""What tells a file from the one that was issued, by the record that lies beside it.

Nothing is written here. Document and record fitting together is all that can be seen so: whoever
changed both is found out by making the issue again (`docgen/remake.py`).
"""

import os
import re
from pathlib import Path

from docgen import files
from docgen.files import ooxml
from docgen.finding import Finding, Rule
from docgen.issuing.at_hand import targets_near
from docgen.issuing.changes import Contents, find_changes
from docgen.issuing.record import BESIDE, DOCUMENT, RECORD, Record, Target, load_record
from docgen.issuing.standing import was_interrupted

NO_PACKAGE = Rule(
    code="V101",
    name="没有签发记录",
    severity="error",
    message="“{name}”旁边没有签发记录“{package}”，或它已损坏",
    why="核验要靠签发时写下的成套文件；没有它就不知道签发的是什么。",
    example="只把 DOCX 拷走了，没有拷 package.json。",
    cure="把签发时的 package.json 放在它旁边再核验；或用 --against 指明签发的文件。",
)
DRAFT = Rule(
    code="V102",
    name="是草稿",
    severity="error",
    message="“{name}”是草稿，没有签发过",
    why="草稿带着没有解决的问题，送审稿还没有定，都不能用印。",
    example="docgen render --draft 出的文件。",
    cure="有错误的先改正，然后不加 --draft 重新运行 docgen render。",
)
NOT_DOCUMENT = Rule(
    code="V106",
    name="不是可核验的文件",
    severity="error",
    message="“{name}”{why}",
    why=(
        "能核验的是 docgen 写的 DOCX、PDF、网页、数据文件和图片，旁边要有签发时写下的 "
        "package.json；从网站上存下来的网页、盖过章的 PDF 和 OFD 按文字核验。"
    ),
    example="文件只拷了一半；或者给的是 package.json。",
    cure="给出 outputs 里的文件，如 outputs/2024.docx。",
)
INTERRUPTED = Rule(
    code="V107",
    name="签发中途断了",
    severity="error",
    message="签发“{name}”时中途断了：记录是新的，文件还没有换上",
    why="断电或强行关掉时会这样；核验只看不写，不会替您换上。",
    example="出文件时电脑断电。",
    cure="再运行一次 docgen render，把它做完。",
    since="0.2.0",
)
NOT_IN_RECORD = Rule(
    code="V111",
    name="不是一起签发的",
    severity="error",
    message="签发记录“{package}”里没有“{name}”",
    why="网页、数据和校样与文件一起签发，都记在签发记录里；没有记的，不是这一次出的。",
    example="以前出的 2024.pdf 被拷了回来。",
    cure="照需要加 --pdf、--html 或 --data，重新运行 docgen render。",
    since="0.2.0",
)
BESIDE_CHANGED = Rule(
    code="V112",
    name="一起签发的文件改过",
    severity="error",
    message="“{name}”和签发时写出的不同",
    why="它和“{document}”是一套，改了一个就对不上了。",
    example="在网页里改了一个数。",
    cure="重新运行 docgen render；不要改成品。",
    since="0.2.0",
)

#: These are compared by their words where they are not what was issued: sealed, saved, published.
PDF, OFD, PAGES = ".pdf", ".ofd", (".html", ".htm", ".xhtml", ".mht", ".mhtml")
#: `2024.数据.csv` ends so, and `2024-1.png`; `2024.csv` does not.
_ENDS = re.compile(rf"(?:\.docx|{BESIDE.pattern})\Z", re.IGNORECASE)


def target_at(path: Path) -> tuple[Target, str]:
    """Return the report whose file this is by its name, and what follows the stem, if any's."""
    found = _ENDS.search(path.name)
    stem = path.name[: found.start()] if found else path.name
    return Target(path.parent, stem), found[0].lower() if found else ""


def find_issue(path: Path, against: Path | None = None) -> tuple[Target, str]:
    """Return the issue that a file is held against, and which of its files it is.

    It is the one `against` belongs to, else the one it is called like: beside it or, of a file
    that came back or was saved from a site, in the folders of outputs near by.
    """
    target, suffix = target_at(path)
    kind = path.suffix.lower()
    if not suffix and kind in (OFD, *PAGES):
        suffix = kind
    if against is not None:
        return target_at(against)[0], suffix
    if suffix in (PDF, OFD, *PAGES) and not target.record.exists():
        target = next(targets_near(path), target)
    return target, suffix


def verify_file(
    path: Path, given: Path | None = None, against: Path | None = None
) -> list[Finding]:
    """Return what tells this file from the one that was issued; nothing if it is as recorded.

    What was changed is told in the places of the input, where that is at hand or `given`. Raise
    InputStop if the file cannot be read.
    """
    target, suffix = find_issue(path, against)
    if was_interrupted(target) and not _is_as_recorded(target):
        return [INTERRUPTED.at(name=target.document.name)]

    data = files.read_bytes(path)
    if not suffix:
        return [NOT_DOCUMENT.at(name=path.name, why="不是 docgen 签发的那几种文件")]

    record = load_record(target.record)
    if record is None:
        name = (against or path).name
        return [NO_PACKAGE.at(name=name, package=target.record.name)]
    if not record.issued:
        return [DRAFT.at(name=target.document.name if against else path.name)]

    if files.sha256(data) == {DOCUMENT: record.sha256, **record.beside}.get(suffix):
        return []
    if suffix != DOCUMENT:
        return _tell_other(path.name, data, suffix, record, target)
    return _tell_document(path.name, data, record, target, given)


def _tell_other(
    name: str, data: bytes, suffix: str, record: Record, target: Target
) -> list[Finding]:
    """Return what tells a file beside a document, or made of it, from what was issued."""
    if suffix == PDF:
        from docgen.issuing.sealed import tell_pdf

        return tell_pdf(name, data, record, target)
    if suffix == OFD:
        from docgen.issuing.sealed import tell_ofd

        return tell_ofd(name, data, record, target)
    if suffix in PAGES:
        from docgen.issuing.saved_page import tell_page

        return tell_page(name, data, record, target)
    return tell_beside(name, data, record.beside.get(suffix), target)


def _tell_document(
    name: str, data: bytes, record: Record, target: Target, given: Path | None
) -> list[Finding]:
    """Return what tells a document from the one that was issued."""
    try:
        issued = Contents(record.document)
    except (ValueError, ooxml.NotPackage):
        return [NO_PACKAGE.at(name=name, package=target.record.name)]

    from docgen.issuing.located import find_remarks, locate_changes

    try:
        now = Contents(data)
        words, place_at = locate_changes(target, record, issued, now, given)
        found = find_changes(issued, now, name, words)
        return [*found, *find_remarks(now, place_at)]
    except ooxml.NotPackage as error:
        return [NOT_DOCUMENT.at(name=name, why=str(error))]


def _is_as_recorded(target: Target) -> bool:
    record, data = load_record(target.record), files.regular_bytes(target.document, files.LIMIT)
    return record is not None and data is not None and files.sha256(data) == record.sha256


def tell_beside(name: str, data: bytes, digest: str | None, target: Target) -> list[Finding]:
    """Return what is wrong with a file issued beside a document, told by its hash alone."""
    if digest is None:
        return [NOT_IN_RECORD.at(name=name, package=target.record.name)]
    if files.sha256(data) != digest:
        return [BESIDE_CHANGED.at(name=name, document=target.document.name)]
    return []


def is_issued(path: Path) -> bool:
    """Return whether this is a record, or one beside it names this file, whatever it holds now."""
    real = Path(os.path.realpath(path))
    if real.name.endswith(RECORD):
        return load_record(real) is not None
    target, suffix = target_at(real)
    record = load_record(target.record) if suffix else None

    return record is not None and (suffix == DOCUMENT or suffix in record.beside)


def record_at(path: Path) -> Record | None:
    """Return the record of the report whose file this is."""
    return load_record(target_at(path)[0].record)
