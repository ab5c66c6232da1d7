"""What stands in the folder: whose it is, what may be overwritten, what an earlier issue left."""

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen import files
from docgen.errors import OutputStop
from docgen.files import CANNOT_WRITE
from docgen.finding import Finding, Rule
from docgen.issuing.record import DOCUMENT, MOST_BYTES, Record, Target, load_record, parse_record

NOT_MADE = Rule(
    code="X504",
    name="不是这些输入做出来的",
    severity="error",
    message="“{name}”和签发记录“{record}”互相对得上，可是照现在的输入和模板做出来的不是它，没有动它",
    why="同样的输入、模板和版本，每次做出来的文件一个字节也不差；两样对得上而做不出来，多半是两样都被改过。",
    example="有人改了成品里的一个数，又把签发记录里的哈希值改成了新的。",
    cure=(
        "不要拿它用印。把它和签发记录移到别处留着查，再运行 docgen render；确实要盖掉，加 --force。"
    ),
    since="0.2.0",
)
OTHER_KIND = Rule(
    code="X505",
    name="草稿和签发的文件同名",
    severity="error",
    message="“{name}”已经是{there}，不能拿{new}盖掉它",
    why="草稿和签发的文件不能互相顶替，加 --force 也不行：签发的还要用印、存档。",
    example="签发过一份叫“2024.草稿.json”的报告，又给 2024.json 出草稿。",
    cure="给其中一份输入换个名字，或用 -o 换一个文件夹。",
    since="0.2.0",
)
REMOVED = Rule(
    code="X506",
    name="上次一起出的文件已过时",
    severity="warning",
    message="上次一起出的{names}，不是这次做出来的样子，这次也没有要，已经删去",
    why="成品变了，旁边留着旧的网页、数据或校样，会被当成是一套的。",
    example="改了一个数，不加 --html 又签发一次。",
    cure="要的话，照上次的写法（--html、--data、--pdf……）再运行一次。",
    since="0.2.0",
)
LEFT_EDITED = Rule(
    code="X507",
    name="旁边有改过的旧文件",
    severity="warning",
    message="{names}是以前一起出的，后来改过，没有动它；它和这次签发的不是一套",
    why="别人改过的文件 docgen 不删；可是它写的是以前的报告。",
    example="签发后手工改过 2024.html，改了数又签发一次。",
    cure="不要再用它；还有用的内容抄出来，然后把它移走。",
    since="0.2.0",
)
NOT_OURS = Rule(
    code="X501",
    name="不覆盖已有的文件",
    severity="error",
    message="“{name}”已经在那里，{why}",
    why="别人放的或签发后改过的文件，覆盖了就找不回来。",
    example="签发后在 Word 里改过，又运行了一次 docgen render。",
    cure="先把它移走或改名；确实要覆盖，加 --force。",
)

#: What docgen makes again to the byte whenever it has the same report; a proof is LibreOffice's.
REMADE = (DOCUMENT, ".html", ".粘贴.html", ".数据.csv", ".数据.json")


@dataclass(frozen=True)
class Standing:
    """An issue as it stands: its record, and by what follows its name each file that fits it."""

    record: Record
    files: Mapping[str, bytes]

    def without_proof(self) -> "Standing":
        """Return the same but for the PDF and its pictures."""
        kept = {suffix: data for suffix, data in self.files.items() if suffix in REMADE}
        return Standing(self.record, kept)


def find_standing(target: Target) -> Standing | None:
    """Return the issue that stands there, if a record does."""
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
    """Return the hashes of all files that a record speaks of, by what follows their name."""
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
    """Raise OutputStop unless what stands where these go is docgen's own and to be renewed.

    It is not if it was edited since, with its record or without; `known` is whether a document
    is this report's own, laid out otherwise. A draft and an issue never take each other's place.
    """
    now, new = load_record(target.record), parse_record(made[target.record])
    if now and new and now.issued != new.issued:
        other, own = ("签发的文件", "草稿") if now.issued else ("草稿", "签发的文件")
        raise OutputStop(OTHER_KIND.at(name=str(target.document), there=other, new=own))

    if force:
        return
    if now is None and _exists(target.record):
        raise OutputStop(NOT_OURS.at(name=str(target.record), why="不是 docgen 写的"))
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
            raise OutputStop(NOT_OURS.at(name=str(path), why=why))

        if same_making and suffix in REMADE and not (suffix == DOCUMENT and known(there)):
            raise OutputStop(NOT_MADE.at(name=str(path), record=target.record.name))


def find_stale(
    target: Target, made: Iterable[Path], spared: Iterable[Path]
) -> tuple[list[Path], list[Path]]:
    """Return what an earlier issue left that this one does not write: as it was, and edited since.

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
    found = [REMOVED.at(names=_listed(gone))] if gone else []
    return found + ([LEFT_EDITED.at(names=_listed(left))] if left else [])


def _listed(paths: Sequence[Path]) -> str:
    return "、".join(f"“{path.name}”" for path in paths)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        why = files.reason(error)
        raise OutputStop(CANNOT_WRITE.at(name=str(path), why=why)) from None


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
    """Return what an interrupted issue left aside, each with where it belongs."""
    record = load_record(target.record) if files.left_aside(target.document) else None
    return [
        (part, target.beside(suffix))
        for suffix, digest in (_named(record) if record else {}).items()
        for part in files.left_aside(target.beside(suffix))
        if files.sha256(_read(part) or b"") == digest
    ]
