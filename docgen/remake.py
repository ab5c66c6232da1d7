"""An issue made again from its inputs: the one way to tell a true record from a forged one.

What is made is compared with what stands there: document, page and data to the byte, the record by
what it says of the report, a proof by its characters, and to the byte where LibreOffice makes it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import docgen
from docgen import files
from docgen.check.outcome import Outcome
from docgen.check.rules.names import NEIGHBOUR
from docgen.errors import FINDINGS, InputStop
from docgen.files import scratch
from docgen.files.ooxml import NotPackage
from docgen.finding import Finding, Rule
from docgen.forms.loader import FORM_FAULT
from docgen.issuing import outputs
from docgen.issuing.at_hand import (
    archive_of,
    find_input,
    find_previous,
    find_rival,
    find_template,
    fits,
    is_own_template,
    kept_as_issued,
    previous_of,
    template_name,
)
from docgen.issuing.changes import NOTHING, Contents, prints_changed, words_changed
from docgen.issuing.record import DOCUMENT, RECORD, Record, Target, form_of, parse_record
from docgen.issuing.reissue import superseded_by
from docgen.issuing.standing import REMADE, Standing, find_standing
from docgen.issuing.verify import target_at
from docgen.pipeline import Made, Settings, make_as
from docgen.read.known_form import UNKNOWN_FORM
from docgen.word.blocks import Difference

NOT_MADE = Rule(
    code="V108",
    name="不是输入做出来的",
    severity="error",
    message="“{name}”和签发记录互相对得上，可是用“{input}”重新做出来的不是它",
    why="同样的输入、模板和版本，每次做出来的文件一个字节也不差；对得上却做不出来，多半是文件和记录一起改过。",
    example="有人改了成品里的一个数，又把签发记录里的哈希值改成了新的。",
    cure="不要用印。把它和签发记录移到别处留着查，再运行 docgen render 重新出一份。",
    since="0.2.0",
)
INPUT_CHANGED = Rule(
    code="V109",
    name="和现在的输入不一致",
    severity="error",
    message="“{input}”和签发记录里写的不是同一份内容，照它做出来的也不是“{name}”",
    why="签发以后改过输入，或者文件和记录一起改过；只看这几个文件分不出是哪一种。",
    example="出了文件以后又改了一个数，没有重新出。",
    cure="输入是对的，就重新运行 docgen render；签发时的输入存在别处的，用 --input 指给 docgen。",
    since="0.2.0",
)
MADE_DIFFERS = Rule(
    code="V110",
    name="与输入做出来的不同",
    severity="error",
    message="{where}：照输入做出来是“{expected}”，文件里是“{actual}”",
    why="这一处文件和输入说的不一样。",
    example="成品里的一个数改过，记录也跟着改过。",
    cure="以输入为准；输入有误就改输入，再重新运行 docgen render。",
    since="0.2.0",
)
RECORD_EDITED = Rule(
    code="V113",
    name="签发记录改过",
    severity="error",
    message="签发记录“{package}”里的{what}，不是用“{input}”做得出来的",
    why="文件没有变，变的是记录：用印审批单上的标题、机关和警告都取自记录。",
    example="在 package.json 里删掉了一条警告。",
    cure="再运行一次 docgen render，记录会照输入重新写好。",
    since="0.2.0",
)

FORM_CHANGED = Rule(
    code="V116",
    name="和现在的表式不一致",
    severity="error",
    message="签发“{name}”时用的表式“{form}”和现在的不是同一份，照现在的做出来的不是它",
    why="签发以后改过表式，或者文件和记录一起改过；只看这几个文件分不出是哪一种。",
    example="出了文件以后，又在表式里改了一个小标题。",
    cure="表式改对了，就重新运行 docgen render；签发时的表式存在别处的，用 --form 指给 docgen。",
    since="0.3.0",
)

#: What a record says of a report, in words.
_MEMBERS = {"form": "表式", "year": "年度", "body": "机关", "title": "标题"}


OTHER_FORM = "签发时用的表式和现在的不同"
OTHER_PREVIOUS = (
    "核对时用的上年的报告和现在旁边的不同，要用 --previous 指明那一份，或装着它的文件夹"
)


@dataclass(frozen=True)
class Given:
    """Where the user says the sources are; None: to be looked for."""

    input: Path | None = None
    template: Path | None = None
    previous: Path | None = None


@dataclass(frozen=True)
class Again:
    """What making an issue again has shown."""

    input: Path | None = None  # from which it was made; None: not at hand
    findings: tuple[Finding, ...] = ()
    unsure: str = ""  # why it could not be made again to the byte, though the input is at hand
    rival: Path | None = None  # another input of that name, with other content
    words_only: bool = False  # of a proof: nothing but its characters was compared


def make_again(path: Path, given: Given) -> Again:
    """Make the issue that this file belongs to again and compare; its record must fit it.

    Raise InputStop if the input that was given cannot be read.
    """
    target, suffix = target_at(path)
    standing = find_standing(target)
    if standing is None:
        return Again()
    source = given.input or find_input(target, standing.record)
    if source and not given.input and superseded_by(target):  # the input has gone on since
        source = _as_it_was(source, standing.record)
    if source is None:
        return Again()
    with _settings(target, standing.record, given) as settings:
        made = make_as(source, settings, standing)
    if isinstance(made, Made):
        again = _Compared(target, standing, source, made).told(suffix)
        return replace(again, rival=None if given.input else find_rival(target, source))

    if made.verdict == "unreadable" and given.input:
        raise InputStop(*made.findings)
    if previous_of(standing.record) and settings.previous is None:
        return Again(source, unsure=OTHER_PREVIOUS)
    return _refused(made, target, standing.record, source)


def _as_it_was(source: Path, record: Record) -> Path | None:
    """Return the input as an issue was made from it, if it is kept beside what it became."""
    if fits(source, record):
        return source
    kept = kept_as_issued(source, record) if source.is_file() else []
    return kept[0][1] if kept else None


def _refused(made: Outcome, target: Target, record: Record, source: Path) -> Again:
    """Tell why the input makes nothing now: it was another, or docgen was."""
    name, versions = target.document.name, record.members.get("versions")
    stopped = next((f for f in made.findings if f.severity == "error" and not f.waived), None)
    why = f"{stopped.code} {stopped.message}" if stopped else "docgen 出了错"
    if stopped and stopped.rule in (UNKNOWN_FORM, FORM_FAULT):
        return Again(source, unsure=f"表式“{record.members.get('form')}”不在手边，或写得不对")
    if made.exit_code not in (FINDINGS, InputStop.exit_code):
        return Again(source, unsure=why)
    if not fits(source, record):
        return Again(source, (INPUT_CHANGED.at(name=name, input=str(source)),))
    if isinstance(versions, dict) and versions.get("docgen") == docgen.__version__:
        return Again(source, (NOT_MADE.at(name=name, input=str(source)),))
    return Again(source, unsure=f"这个版本的 docgen 核对它通不过（{why}）")


@contextmanager
def _settings(target: Target, record: Record, given: Given) -> Iterator[Settings]:
    """Yield how the issue was made, as far as its record can be taken at its word."""
    said = record.members.get("options")
    share = said.get("kept_share") if isinstance(said, dict) else None
    names = record.beside.keys() & set(REMADE)
    settings = Settings(
        folder=target.folder,
        template=given.template or find_template(target, record),
        beside=outputs.with_kept(outputs.Beside(), names, None),
        previous=given.previous or find_previous(target, record),
        kept_share=share if isinstance(share, float) and 0 <= share <= 1 else 0.5,
        others=_others(record),
    )

    archive = archive_of(record)
    if not archive or previous_of(record):
        yield settings
        return
    with scratch.folder("batch") as top:  # one that holds nothing of this body, as it was then
        (top / archive).mkdir()
        (top / archive / "nothing.json").touch()
        yield replace(settings, previous=top / archive)


def _others(record: Record) -> tuple[str, ...]:
    """Return the other bodies whose names were found in the text.

    They came from a list or from the names of files, which need not be at hand any more.
    """
    found = record.members.get("findings")
    said = (one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()
    names = (one.get("actual") for one in said if one.get("code") == NEIGHBOUR.code)
    return tuple(sorted({name for name in names if isinstance(name, str)}))


class _Compared:
    """What stands there beside what its input makes now."""

    def __init__(self, target: Target, standing: Standing, source: Path, made: Made) -> None:
        self._target, self._standing, self._source, self._made = target, standing, source, made
        self._was = standing.record.members
        now = parse_record(made.files[RECORD])
        self._now = now.members if now else {}
        self._name = target.document.name

    def told(self, suffix: str) -> Again:
        """Tell what differs of the document, the record and the file that goes on so."""
        try:
            issued = self._standing.files.get(DOCUMENT) or self._standing.record.document
        except ValueError:
            return Again(self._source, unsure="旁边没有签发的 DOCX 文件")

        if issued != self._made.files[DOCUMENT]:
            return self._another(issued)
        found = (*self._beside(suffix), *self._record())
        unsure = "" if self._same("previous") else OTHER_PREVIOUS
        if not self._same_form():
            unsure = OTHER_FORM
        looked_at = {one.rule for one in found} <= {RECORD_EDITED}
        words_only = looked_at and suffix in self._standing.files and not self._as_proved(suffix)

        return Again(self._source, found, unsure, words_only=words_only)

    def _as_proved(self, suffix: str) -> bool:
        """Whether this file, if it is of a proof, is to the byte what LibreOffice makes here."""
        if suffix != ".pdf" and not suffix.endswith(".png"):
            return True
        document, was = self._standing.files.get(DOCUMENT), self._standing.record
        again = outputs.prove_anew(
            document or was.document, self._name, form_of(was), outputs.options_of(was)
        )
        return again.get(suffix) == self._standing.files[suffix]

    def _same(self, member: str) -> bool:
        return bool(self._was.get(member) == self._now.get(member))

    def _same_form(self) -> bool:
        """Whether the form's folder is as it was; earlier versions of docgen did not record it."""
        return not self._was.get("form_sha256") or self._same("form_sha256")

    def _another(self, issued: bytes) -> Again:
        """Tell what was changed, a document the input does not make or what it was made from."""
        try:
            made, there = Contents(self._made.files[DOCUMENT]), Contents(issued)
        except NotPackage:
            return Again(self._source, (self._not_made(self._name),))

        differs = words_changed(made, there)
        printed = [
            Difference(mark.where, "照常印出", f"{mark.text}（{mark.what}）")
            for mark in prints_changed(made, there)
        ]
        why = ""
        own = self._same("versions") and is_own_template(self._was)  # there is no other of it

        if not self._same_form():
            why = OTHER_FORM
        elif not self._same("template") and not own:  # it may add words and looks, but lose none
            why = f"签发时用的模板“{template_name(self._was)}”不在手边，或改过"
            differs, printed = [one for one in differs if one.expected != NOTHING], []
        elif not self._same("versions"):
            why = "签发时用的是另一个版本的 docgen"

        told = [
            MADE_DIFFERS.at(where=one.where, expected=one.expected, actual=one.actual)
            for one in (*differs, *printed)
        ]
        if why and not told:
            return Again(self._source, unsure=f"{why}，版式没法逐字节比")
        first = self._not_made(self._name)
        if not self._same("inputs"):
            first = INPUT_CHANGED.at(name=self._name, input=str(self._source))
        elif not self._same_form():
            first = FORM_CHANGED.at(name=self._name, form=str(self._was.get("form")))
        return Again(self._source, (first, *told))

    def _not_made(self, name: str) -> Finding:
        return NOT_MADE.at(name=name, input=str(self._source))

    def _beside(self, suffix: str) -> list[Finding]:
        """Whether a file issued beside the document is not what the report makes."""
        data, digest = self._made.files.get(suffix), self._standing.record.beside.get(suffix)
        if suffix == DOCUMENT or (data is not None and files.sha256(data) == digest):
            return []
        return [self._not_made(self._target.beside(suffix).name)]

    def _record(self) -> Iterator[Finding]:
        """Yield what a record says otherwise than one written now would."""
        what = [name for key, name in _MEMBERS.items() if not self._same(key)]
        same_making = self._same("previous") and self._same("versions") and self._same_form()
        if same_making and not self._same_findings():
            what.append("核对结果")
        if what:
            name, source = self._target.record.name, str(self._source)
            yield RECORD_EDITED.at(package=name, what="、".join(what), input=source)

    def _same_findings(self) -> bool:
        """Whether the findings are the same; those of a proof that is not at hand come last."""
        was, now = self._was.get("findings"), self._now.get("findings")
        if not isinstance(was, list) or not isinstance(now, list):
            return False
        now = self._named_as_recorded(now)
        there = ".pdf" in self._made.files or ".pdf" not in self._standing.record.beside
        return was == now if there else was[: len(now)] == now

    def _named_as_recorded(self, now: list[object]) -> list[object]:
        """Return findings with the name that the input had: it may be kept under another."""
        was, is_now = (_names_of(members.get("inputs")) for members in (self._was, self._now))
        said = json.dumps(now, ensure_ascii=False)
        for sha256, name in is_now.items():
            if sha256 in was:
                said = said.replace(_quoted(name), _quoted(was[sha256]))
        found: list[object] = json.loads(said)
        return found


def _names_of(said: object) -> dict[str, str]:
    """Return the names of files by their hashes, as far as a record says so."""
    entries = said if isinstance(said, list) else []
    return {
        str(one.get("sha256")): str(one.get("name")) for one in entries if isinstance(one, dict)
    }


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
