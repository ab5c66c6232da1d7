"""A corrected issue (更正版): the one before it stays, and what changed and why is on record.

2024.docx                 the corrected report, numbered by itself: 第 1 次更正
2024.第1次签发.docx          the issue before it, with its own record, as they were
2024.更正说明.txt           what changed, place by place, and why: to print, or to publish with it
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen import files
from docgen.errors import UsageStop
from docgen.files import ooxml
from docgen.finding import Rule
from docgen.issuing.changes import NOTHING, Contents, words_changed
from docgen.issuing.edits import Edit, compare_bodies, know_blocks
from docgen.issuing.record import DOCUMENT, MOST_BYTES, RECORD, Record, Target
from docgen.model import Reading
from docgen.printing import print_title

NEVER_ISSUED = Rule(
    code="H102",
    name="没有签发过，不能更正",
    severity="error",
    message="“{name}”没有签发过，或签发记录读不出来，不能出更正版",
    why="更正版要写明改了哪里，得有上一份可比。",
    example="第一次出文件就加了 --reissue。",
    cure="第一次签发不加 --reissue；签发记录在别处的，先把它和文件放回来。",
    since="0.4.0",
)
NOTHING_CHANGED = Rule(
    code="H103",
    name="没有变，不用更正",
    severity="error",
    message="“{name}”和已签发的一样，没有可更正的",
    why="更正版写明改了哪里；一处也没有改，就不该多出一份更正版。",
    example="忘了改输入，就加 --reissue 又签发一次。",
    cure="先改输入，再加 --reissue 签发。",
    since="0.4.0",
)
REISSUED = Rule(
    code="H104",
    name="出了更正版",
    severity="note",
    message="第 {number} 次更正：和上一份比改了 {count} 处，写在“{notes}”里；上一份留在“{kept}”",
    why="公布过的报告改了，要说得清改了哪里、为什么；上一份也要查得到。",
    example="公布以后发现一个数填错了，改了输入，加 --reissue 再签发。",
    cure="把更正说明和更正版一起公布；上一份和它的签发记录不要删。",
    since="0.4.0",
)

#: What follows the name of a report in that of what tells of its corrections.
NOTES = ".更正说明.txt"
# `2024.第1次签发`; not `2024` or `第1次签发`.
_KEPT = re.compile(r"(.+)\.第([1-9][0-9]{0,3})次签发")
#: More places than this are told by their number.
_MOST_TOLD = 500


@dataclass(frozen=True)
class Correction:
    """One place of the report that says something else now."""

    where: str
    before: str
    after: str


@dataclass(frozen=True)
class Reissue:
    """The so manieth correction, the hash of the issue before it, and what it corrects."""

    number: int
    reason: str
    before: str
    changes: tuple[Correction, ...]

    def as_json(self) -> dict[str, object]:
        """Return it as the record holds it."""
        return {
            "number": self.number,
            "reason": self.reason,
            "before": self.before,
            "changes": [dict(vars(one)) for one in self.changes],
        }


def kept_suffix(number: int) -> str:
    """Return what follows the name of a report in that of its issue of this number."""
    return f".第{number}次签发"


def superseded_by(target: Target) -> Target | None:
    """Return the issue that took the place of a kept one; None for an issue that stands."""
    kept = _KEPT.fullmatch(target.stem)
    return Target(target.folder, kept[1]) if kept else None


def begin_reissue(
    target: Target, record: Record | None, reading: Reading, document: bytes, reason: str
) -> tuple[Reissue, dict[str, bytes]]:
    """Return the correction, and what is kept of the issue before it by what follows its name.

    Raise UsageStop where there is none before it, or none but this very document.
    """
    name = target.document.name
    lying = files.regular_bytes(target.record, MOST_BYTES)
    if record is None or not record.issued or lying is None:
        raise UsageStop(NEVER_ISSUED.at(name=name))
    try:
        was, now = Contents(record.document), Contents(document)
    except (ValueError, ooxml.NotPackage):
        raise UsageStop(NEVER_ISSUED.at(name=name)) from None
    if record.document == document:
        raise UsageStop(NOTHING_CHANGED.at(name=name))

    number = _next_number(target)
    changes = tuple(_corrections(reading, was, now))[:_MOST_TOLD]
    kept = kept_suffix(number)
    held = {f"{kept}{RECORD}": lying, f"{kept}{DOCUMENT}": record.document}
    return Reissue(number, reason, record.sha256, changes), held


def _next_number(target: Target) -> int:
    """Return one more than the issues that are kept."""
    inside = target.folder.iterdir() if target.folder.is_dir() else ()
    kept = (_KEPT.fullmatch(path.name.removesuffix(RECORD)) for path in inside)
    return 1 + max((int(one[2]) for one in kept if one and one[1] == target.stem), default=0)


def _corrections(reading: Reading, was: Contents, now: Contents) -> Iterator[Correction]:
    """Yield what is other now, by the names the form has for it where the report holds it."""
    known = know_blocks(reading, now.body)
    try:
        edits = compare_bodies(known, was.body).edits if known else None
    except ValueError:
        edits = None
    if edits is None:
        for one in words_changed(was, now):
            yield Correction(one.where, one.expected, one.actual)
        return

    for edit in edits:  # from the new one back to the old
        yield Correction(_where(reading, edit), edit.after or NOTHING, edit.before or NOTHING)


def _where(reading: Reading, edit: Edit) -> str:
    figure = reading.form.cells.get(edit.address)
    return figure.label if figure else edit.where


def reissue_of(record: Record) -> Reissue | None:
    """Return the correction that a record tells of; None if it tells of none."""
    said = record.members.get("reissue")
    if not isinstance(said, dict):
        return None
    number, listed = said.get("number"), said.get("changes")
    texts = (said.get("reason"), said.get("before"))
    if not isinstance(number, int) or not isinstance(listed, list):
        return None
    changes = [_read_correction(one) for one in listed]
    if not all(isinstance(text, str) for text in texts) or not all(changes):
        return None
    reason, before = map(str, texts)
    return Reissue(number, reason, before, tuple(one for one in changes if one))


def _read_correction(said: object) -> Correction | None:
    if not isinstance(said, Mapping):
        return None
    texts = [said.get(name) for name in ("where", "before", "after")]
    return Correction(*map(str, texts)) if all(isinstance(one, str) for one in texts) else None


def write_notes(reading: Reading, reissue: Reissue) -> bytes:
    """Return what tells the public of the correction, as text."""
    title = print_title(reading.report).replace("\n", "")
    lines = [f"《{title}》更正说明（第 {reissue.number} 次更正）", ""]
    lines += [f"更正原因：{reissue.reason}", ""]
    changes = list(_listed(reissue.changes))
    lines += changes or ["文字和数字没有变，改的是版式。"]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _listed(changes: Sequence[Correction]) -> Iterator[str]:
    for number, one in enumerate(changes, start=1):
        if one.before == NOTHING:
            yield f"{number}．{one.where}：增加“{one.after}”。"
        elif one.after == NOTHING:
            yield f"{number}．{one.where}：删去“{one.before}”。"
        else:
            yield f"{number}．{one.where}：“{one.before}”更正为“{one.after}”。"


def kept_document(target: Target, number: int) -> Path:
    """Return where the issue before the correction of this number is kept."""
    return target.beside(f"{kept_suffix(number)}{DOCUMENT}")
