"""What a returned document asks of the input it was made from. Nothing is written here."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen import files
from docgen.back.earlier import Based, find_base, kept_issues
from docgen.back.marked import Marked, find_marked
from docgen.back.origin import INPUT_GONE, find_issue, find_source
from docgen.back.proposal import Proposal
from docgen.back.proposals import propose, told_alone
from docgen.back.source import EditedInput, NotWritable
from docgen.back.whose import foreign_parts
from docgen.back.words import say_change
from docgen.check.needs import kind_of
from docgen.errors import InputStop
from docgen.files import ooxml
from docgen.finding import Finding, Place, Rule
from docgen.issuing.changes import Contents, prints_changed
from docgen.issuing.edits import Compared, compare_bodies, know_blocks
from docgen.issuing.located import read_issued
from docgen.issuing.printed import Mark
from docgen.issuing.record import Record, Target
from docgen.issuing.verify import NO_PACKAGE, NOT_DOCUMENT
from docgen.model import Reading
from docgen.read.published.converted import convert_file
from docgen.word.revisions import Returned, RevisionSpot, read_returned

ANOTHER = Rule(
    code="V123",
    name="不像是同一份",
    severity="error",
    message="“{name}”和签发的“{issued}”没有多少相同的内容，没有逐处去比",
    why="照另一份去比，处处都是改动，写回去就错了。",
    example="--against 指的是上一年的文件。",
    cure="看看是不是拿错了文件；改用 --against 指明它是照哪一份改的。",
    since="0.3.0",
)
NOT_TAKEN = Rule(
    code="V124",
    name="这一处写不回输入",
    severity="error",
    message="{where}：{what}，写不回：{why}",
    why="输入里没有它的地方，或者表式规定了它的样子；照着改了，核对也通不过。",
    example="在 Word 里删去了表格的一行。",
    cure="和改的人商量：能改在输入里的，自己在输入里改；表式不许的，照原来的样子。",
    since="0.3.0",
)
ODD_PRINT = Rule(
    code="V125",
    name="改动不在字上",
    severity="warning",
    message="{where}的“{text}”{what}：这样的改动不在字上，没有写回",
    why="写回输入的只有文字和数字；藏起来的字、文本框、换了字体的符号，输入里没有地方放。",
    example="改的人插了一个文本框，写着“此处再核”。",
    cure="打开改过的文件看这一处；要改字的，自己在输入里改。",
    since="0.3.0",
)
WRONG_ONE = Rule(
    code="V128",
    name="多半拿错了文件",
    severity="error",
    message="“{name}”的{what}都不是“{issued}”的，多半拿错了文件，一处也没有写",
    why="另一个机关、另一年的报告样子一样，文件名也常常一样；照它写回去，整份输入就成了别人的。",
    example="别的局送来的报告也叫 2024.docx。",
    cure="看看是不是拿错了文件；确实改了名称的，先在输入里改好名称，重新出文件，再收别的改动。",
    since="0.3.0",
)
UNKNOWN_BASE = Rule(
    code="V127",
    name="不知道是照哪一次签发的改的",
    severity="error",
    message="“{name}”收回过改动，收回时留下的那一份（{kept}）不在了，不知道“{path}”是照哪一次签发的改的",
    why="照更早签发的那一份改的，后来改过的地方在里面还是老样子；当成改动写回去，就把后来的改动盖掉了。",
    example="发出去两份，收回第一份以后，把留下的文件删了，再收第二份。",
    cure="看清它是照现在这一份改的，再用 --against {document} 指明；照更早的改的，自己在输入里改。",
    since="0.3.0",
)

#: Of the blocks of a document so many must be there still, or it is another one.
_LEAST_SAME = 0.3


@dataclass(frozen=True)
class Plan:
    """A returned document beside the issue it is made from, and what it asks of the input."""

    path: Path
    data: bytes
    target: Target
    record: Record
    input: Path
    reading: Reading
    returned: Returned
    compared: Compared
    proposals: tuple[Proposal, ...]
    files: Mapping[str, bytes]  # of the input, as they would be
    odd: tuple[Mark, ...]  # what would be printed otherwise than its words say
    marked: list[Marked]  # without a word: highlighted, in a colour, in bold
    based: Based  # the earlier issue that it is a copy of, if it is one

    @property
    def left(self) -> list[Proposal]:
        return [one for one in self.proposals if one.is_left]

    @property
    def refused(self) -> list[Proposal]:
        return [one for one in self.proposals if one.why_not]

    @property
    def findings(self) -> list[Finding]:
        """What cannot be taken over, and why."""
        found = [
            NOT_TAKEN.at(
                *([one.place] if one.place.file else []),
                where=str(one.place) or one.edit.where,
                what=say_change(one),
                why=one.why_not,
            )
            for one in self.refused
        ]
        return found + [ODD_PRINT.at(**mark._asdict()) for mark in self.odd]

    def place_at(self, spot: RevisionSpot) -> Place:
        """Return where in the input stands what is at this spot of the returned document."""
        for one in self.proposals:
            if one.edit.spot == spot and one.place.file:
                return one.place
        address = self.compared.addresses.get(spot)
        return self.reading.places.get(address, Place()) if address else Place()


#: How documents begin that come back changed: packages, those of Word 97, rich text.
_DOCUMENTS = (b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_CHANGED_ONE = "给出领导改过的那份 DOCX；是 .doc、.wps 的，用 Word 或 WPS 另存为 .docx 再收。"


def make_plan(
    path: Path, against: Path | None, given: Path | None, leave: Container[int] = ()
) -> Plan:
    """Return what was changed in a returned document. Raise InputStop where that is not known.

    The changes of these numbers, from 1 in the order of the document, are not to be written.
    """
    data = files.read_bytes(path)
    if not data.startswith(_DOCUMENTS):
        why = "是 PDF，收不回改动" if data.startswith(b"%PDF") else "不是 Word 文件"
        raise InputStop(NOT_DOCUMENT.at(name=path.name, why=why, cure=_CHANGED_ONE))
    try:
        now = Contents(convert_file(data, path.name, ".docx"))
        returned = read_returned(now.parts)
    except ooxml.NotPackage as error:
        cure = "用 Word 或 WPS 打开它，另存为 .docx，再收回。"
        why = f"不是 Word 文件：{error}"
        raise InputStop(NOT_DOCUMENT.at(name=path.name, why=why, cure=cure)) from None

    target, record = find_issue(path, against)
    try:
        issued = Contents(record.document)
    except (ValueError, ooxml.NotPackage):
        found = NO_PACKAGE.at(name=target.document.name, package=target.record.name)
        raise InputStop(found) from None

    source = find_source(target, record, given)
    reading = read_issued(target, record, source)
    known = know_blocks(reading, issued.body)
    if known is None:
        why = "照现在的表式和这个版本的 docgen，做出来的不是签发的那一份"
        raise InputStop(INPUT_GONE.at(name=target.document.name, why=why))

    try:
        compared = compare_bodies(known, returned.body)
    except ValueError:
        raise InputStop(ANOTHER.at(name=path.name, issued=target.document.name)) from None
    gone = sum(edit.kind in ("changed", "removed") and not edit.spot.row >= 0
               for edit in compared.edits)  # fmt: skip
    if gone > (1 - _LEAST_SAME) * len(known):
        raise InputStop(ANOTHER.at(name=path.name, issued=target.document.name))

    if foreign := foreign_parts(compared.edits):
        found = WRONG_ONE.at(name=path.name, what="、".join(foreign), issued=target.document.name)
        raise InputStop(found)
    if record.returned and compared.edits and against is None and not kept_issues(target):
        raise InputStop(UNKNOWN_BASE.at(
            name=target.document.name, path=path.name, document=target.document,
            kept=f"{target.stem}.签发.改前.docx",
        ))  # fmt: skip
    based = find_base(target, known, record.document, compared.edits)
    proposals, made = _try_out(reading, compared, based, leave)
    odd = [mark for mark in prints_changed(issued, now) if "修订" not in mark.what]
    return Plan(path, data, target, record, source, reading, returned, compared, proposals, made,
                tuple(odd), find_marked(issued.parts, now.parts), based)  # fmt: skip


def _try_out(
    reading: Reading, compared: Compared, based: Based, leave: Container[int]
) -> tuple[tuple[Proposal, ...], Mapping[str, bytes]]:
    """Return the proposals, and the files of the input with all of them made.

    They are made from the last to the first, so that a line put in moves none still to be written.
    """
    edits = [edit for edit in compared.edits if edit not in based.stale]
    try:
        proposals = propose(reading, open_source(reading), edits)
        source = open_source(reading)
    except NotWritable as error:
        whole = [Proposal(edit, Place(), edit.before, edit.after, why_not=str(error))
                 for edit in edits]  # fmt: skip
        return tuple(whole), {}

    tried: list[Proposal] = []
    for number, one in reversed(list(enumerate(proposals, start=1))):
        if number in leave and one.can_be_left:
            one = one._replace(write=None, is_left=True)
        elif one.edit in based.clashes:
            one = one._replace(write=None, why_not=_CLASHES)
        if one.write is not None:
            try:
                one.write(source)
            except NotWritable as error:
                one = _refuse_written(reading, one, str(error))
        tried.append(one)

    return tuple(told_alone([*reversed(tried)])), source.files()


_CLASHES = "它是照上一次签发的改的，这里后来已经改过，两处改得不一样，请商量好自己在输入里改"


def _refuse_written(reading: Reading, one: Proposal, why: str) -> Proposal:
    """Refuse a cell that cannot be written; of a formula docgen works out a total itself."""
    is_total = one.edit.address in reading.form.totals and "公式" in why
    return one._replace(write=None, why_not="" if is_total else why, is_recomputed=is_total)


def open_source(reading: Reading) -> EditedInput:
    """Return what was read, to be edited. Raise NotWritable where it cannot be."""
    kind = kind_of(reading)
    if kind == "csv":
        from docgen.back.in_csv import CsvSource

        return CsvSource(reading.inputs)
    if kind == "xlsx":
        from docgen.back.in_xlsx import XlsxSource

        return XlsxSource(reading.inputs)

    from docgen.back.in_json import JsonSource

    return JsonSource(reading.inputs)
