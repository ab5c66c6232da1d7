"""One report from input to issue: read → check → merge → read back → package. Read it, know docgen.

Stages are functions of their arguments: `make_many` writes nothing, `put` alone touches
`outputs/`. Each report is handled by itself, but LibreOffice makes the proofs of several at once.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import docgen
from docgen import files
from docgen.check import coverage
from docgen.check.judge import Reader, judge
from docgen.check.outcome import Outcome, run_guarded
from docgen.errors import FINDINGS, SOUND, InputStop, OutputStop, Stop
from docgen.files.inputs import input_name, is_archive, refuse_unportable
from docgen.finding import Finding, Rule, has_errors
from docgen.forms.form import Form
from docgen.issuing.outputs import Beside, Proved
from docgen.model import Reading
from docgen.read import read_report
from docgen.read.published import READERS

if TYPE_CHECKING:  # imported where something is issued
    from docgen.issuing.record import Sources, Target
    from docgen.issuing.reissue import Reissue
    from docgen.issuing.standing import Standing
    from docgen.merge import Template

PUBLISHED = Rule(
    code="X347",
    name="公布的报告不是输入",
    severity="error",
    message="“{name}”是公布的报告，不能直接拿来出文件",
    why="文件里没有的（机关层级、空着的格子）要先补上、看过，才能再出一份。",
    example="docgen render 2024.docx。",
    cure="先用 docgen import {name} 读成输入，照提示看过、补齐，再用 docgen render 出文件。",
    since="0.3.0",
)

#: The exit code where the document is issued and the proof asked for is not.
UNPROVED = OutputStop.exit_code


@dataclass(frozen=True)
class Settings:
    """How to issue: where to, with which template (None: the form's own), as a draft or not."""

    folder: Path
    template: Path | None = None
    draft: bool = False
    force: bool = False
    beside: Beside = field(default_factory=Beside)
    previous: Path | None = None  # last year's input; None: the one beside the input, if any
    kept_share: float = 0.5  # of last year's text that is not told of, 0 to 1
    others: tuple[str, ...] = ()  # bodies whose names a borrowed text may hold
    by_body: bool = False  # outputs are called by body and year, not as the input is
    alone: bool = False  # the only report: its proof is made anew, whatever stands there
    returned: Mapping[str, str] | None = None  # the document that changes were taken over from
    reissue: str = ""  # why an issued report is corrected; the issue before it is kept
    figures_only: bool = False  # nothing is issued: what the report adds to a sum is asked for


@dataclass(frozen=True)
class Made:
    """All that is issued of one report, by what follows `stem`, in the order it is put in place."""

    outcome: Outcome
    stem: str
    files: Mapping[str, bytes]
    merged: bytes  # the document before it was adjusted for its seal, if it was


def check(
    path: Path,
    previous: Path | None = None,
    kept_share: float = 0.5,
    others: tuple[str, ...] = (),
    folders: Sequence[Path] = (),
    read: Reader = read_report,
) -> Outcome:
    """Read and check one input, as `Settings` has it for an issue; nothing is written.

    It is held against the other reports of its body and year beside it, or in these folders.
    `read` reads each of them.
    """
    judged = run_guarded(path, partial(judge, path, previous, kept_share, others, folders, read))
    if isinstance(judged, Outcome):
        why = "输入读不了" if judged.verdict == "unreadable" else "docgen 出了错"
        return replace(judged, coverage=coverage.none_ran(why))

    reading, last, outcome, beside = judged
    covered = coverage.cover(reading, last, beside)
    return replace(outcome, reading=reading, coverage=covered)


def check_many(
    paths: Sequence[Path],
    previous: Path | None,
    kept_share: float,
    others: tuple[str, ...],
    folders: Sequence[Path] = (),
) -> list[Outcome]:
    """Check each input by itself; drop the readings to save memory."""
    checked = (check(path, previous, kept_share, others, folders) for path in paths)
    return [replace(outcome, reading=None) for outcome in checked]


def read_many(paths: Sequence[Path]) -> list[Outcome]:
    """Return of each input whose it is, of which year and of which kind; nothing is checked."""
    return [run_guarded(path, partial(_read_one, path)) for path in paths]


def _read_one(path: Path) -> Outcome:
    from docgen.read import read_report

    reading = read_report(path)
    form, report = reading.form, reading.report
    family, body = form.family or form.key, report.body.name or ""
    return Outcome(path, "sound", (), SOUND, body=body, year=report.year, family=family)


def issue(path: Path, settings: Settings) -> Outcome:
    """Issue one report: its files appear together, or none does and the findings say why."""
    return issue_many([path], settings)[0]


def issue_many(paths: Sequence[Path], settings: Settings) -> list[Outcome]:
    """Issue reports, each by itself: whatever becomes of one, the others are issued."""
    from docgen.issuing.standing import finish_interrupted

    for path in paths if not settings.by_body else ():  # whose those are is not known yet
        finish_interrupted(_target(path, settings))
    made = make_many(paths, settings)
    outcomes = [one if isinstance(one, Outcome) else _place(one, settings) for one in made]
    _make_last(outcomes, settings)

    return outcomes


def make_many(paths: Sequence[Path], settings: Settings) -> list[Outcome | Made]:
    """All that each input makes, or what became of it instead; nothing is written."""
    merged = [run_guarded(path, partial(_merge, path, settings)) for path in paths]
    unproved = [one for one in merged if isinstance(one, _Merged) and not one.proved]
    proved: dict[str, Proved] = {}
    if settings.beside.proof and unproved:
        from docgen.issuing import outputs

        documents = {one.name: one.document for one in unproved}
        forms = {one.name: one.reading.form for one in unproved}
        proved = outputs.prove(documents, forms, settings.beside)

    return [
        one
        if isinstance(one, Outcome)
        else run_guarded(one.outcome.input, partial(_complete, one, proved.get(one.name), settings))
        for one in merged
    ]


def find_settled(path: Path, settings: Settings) -> Outcome | None:
    """The outcome of an input with a record in place, unless it is to be issued anew."""
    from docgen.issuing.standing import finish_interrupted, stand_there

    if settings.by_body or settings.reissue:
        return None
    target = _target(path, settings)
    if settings.force or not os.path.exists(target.record):  # noqa: PTH110  no error
        return None
    finish_interrupted(target)
    merged = run_guarded(path, partial(_merge, path, settings))
    if isinstance(merged, Outcome):
        return merged
    if settings.beside.proof and not merged.proved:
        return None
    made = run_guarded(path, partial(_complete, merged, None, settings))
    if isinstance(made, Outcome):
        return made
    more = merged.standing is not None and merged.standing.record.beside

    return put(made, settings) if more or stand_there(_paths(made, settings)) else None


def make_as(path: Path, settings: Settings, standing: "Standing") -> Outcome | Made:
    """What this input makes now in place of an issue that stands somewhere; nothing is written.

    LibreOffice is not asked: of the proof there is what stands there and shows the document.
    """
    merged = run_guarded(path, partial(_merge, path, settings, standing))
    if isinstance(merged, Outcome):
        return merged
    return run_guarded(path, partial(_complete, merged, None, settings))


def put(made: Made, settings: Settings) -> Outcome:
    """Put all that was made of a report in place together, unless it stands there."""
    outcome = _place(made, settings)
    _make_last([outcome], settings)
    return outcome


def _make_last(outcomes: Sequence[Outcome], settings: Settings) -> None:
    """Make what was put in place outlive a loss of power, once for all reports of a batch."""
    if any(one.outputs and not one.unchanged for one in outcomes):
        files.sync_folders([settings.folder])


def _place(made: Made, settings: Settings) -> Outcome:
    """Put a report in place; it outlives a loss of power after `_make_last`."""
    from docgen.issuing import outputs
    from docgen.issuing.record import Target
    from docgen.issuing.standing import (
        find_stale,
        finish_interrupted,
        refuse_overwrite,
        remove_stale,
        stand_there,
    )

    target, paths = Target(settings.folder, made.stem), _paths(made, settings)
    if settings.by_body:
        finish_interrupted(target)
    beside = [path for path in paths if path not in (target.record, target.document)]
    outcome = replace(made.outcome, outputs=(target.document, target.record, *beside))
    if not settings.force and stand_there(paths):
        return replace(outcome, unchanged=True)
    known = partial(outputs.is_layout, made.merged)
    given = [path for path in (outcome.input, settings.previous, settings.template) if path]

    try:
        refuse_overwrite(target, paths, known, force=settings.force)
        stale = find_stale(target, paths, given)
        files.rename_together(paths)
        told = remove_stale(*stale)
    except Stop as error:
        return made.outcome.stopped(error)

    return replace(outcome, findings=(*outcome.findings, *told))


def _paths(made: Made, settings: Settings) -> dict[Path, bytes]:
    """Where each file that was made goes."""
    return {settings.folder / f"{made.stem}{suffix}": data for suffix, data in made.files.items()}


def _target(path: Path, settings: Settings) -> "Target":
    from docgen.issuing.record import target_of

    return target_of(input_name(path), settings.folder, draft=settings.draft)


@dataclass(frozen=True)
class _Ready:
    """A report that may be issued."""

    reading: Reading
    outcome: Outcome
    target: "Target"
    sources: "Sources"
    template: "Template"


@dataclass(frozen=True)
class _Merged(_Ready):
    """A report whose document is made and read back."""

    document: bytes
    standing: "Standing | None"  # an earlier issue, if there is one
    proved: Proved | None  # what its proof gave, where that still stands

    @property
    def name(self) -> str:
        return self.target.document.name


def _prepare(path: Path, settings: Settings) -> _Ready | Outcome:
    """Read, check and open the template; the outcome, where nothing may be issued."""
    from docgen import merge
    from docgen.issuing.outputs import refuse_not_offered
    from docgen.issuing.record import Sources, stem_of, target_of

    if path.suffix.lower() in READERS and path.is_file():
        raise InputStop(PUBLISHED.at(name=path.name))
    judged = judge(path, settings.previous, settings.kept_share, settings.others)
    reading, last, outcome = judged.reading, judged.last, judged.outcome
    if outcome.verdict == "refused" and not settings.draft:
        return outcome
    outcome, form = replace(outcome, draft=settings.draft), reading.form
    name = reading.name
    if settings.by_body:
        name = stem_of(outcome.body, outcome.year, outcome.family)
    target = target_of(name, settings.folder, draft=settings.draft)

    try:
        refuse_unportable(target.stem)
        refuse_not_offered(form, settings.beside)
        template = open_template(form, settings.template)
        if not template.own:
            merge.refuse_faulty(template, form)
        sources = Sources(
            inputs=reading.inputs,
            previous=last.inputs if last else {},
            template=(template.name, template.data),
            form=form.digest,
            versions={"docgen": docgen.__version__, **merge.versions(template)},
            options={},
            draft=settings.draft,
        )
    except Stop as error:
        return outcome.stopped(error)

    return _Ready(reading, outcome, target, sources, template)


def open_template(form: Form, path: Path | None) -> "Template":
    """Return the template at `path`, else the form's own; a plain one, if it brings none.

    Raise TemplateStop if it cannot be opened.
    """
    from docgen import merge

    if path is None and form.folder and not form.template:
        return _plain_template(form.declared or form)
    return merge.load_template(form, path)


@lru_cache(maxsize=4)
def _plain_template(form: Form) -> "Template":
    from docgen import merge
    from docgen.blank.template import write_template

    return merge.Template(f"{form.key}.docx", write_template(form), own=False)


def _merge(path: Path, settings: Settings, standing: "Standing | None" = None) -> _Merged | Outcome:
    """Prepare, merge and read back; the outcome, where nothing may be issued."""
    from docgen import merge
    from docgen.issuing import outputs
    from docgen.issuing.record import DOCUMENT
    from docgen.issuing.standing import find_standing

    ready = _prepare(path, settings)
    if isinstance(ready, Outcome):
        return ready
    template, form, report = ready.template, ready.reading.form, ready.reading.report
    target, beside = ready.target, settings.beside
    verifying = standing is not None
    standing, proved = standing or find_standing(target), None
    wrong = ready.outcome.verdict == "refused"

    try:
        document = merge.merge_report(template, form, report, draft=settings.draft, unsolved=wrong)
        if not standing or standing.files.get(DOCUMENT) != document:
            merge.read_back(document, template, form, report)  # else it was when it was issued
    except Stop as error:
        return ready.outcome.stopped(error)

    if standing and not verifying and not beside.proof and not standing.record.says(ready.sources):
        standing = standing.without_proof()  # it was another making's, and nobody looked at it
    if standing and not (beside.proof and _proves_anew(settings)):
        proved = outputs.find_kept_proof(document, target.document.name, form, standing, beside)
    return _Merged(**vars(ready), document=document, standing=standing, proved=proved)


def _proves_anew(settings: Settings) -> bool:
    """Whether LibreOffice makes a proof again: comparing one says little of its looks."""
    from docgen.office import find_office

    return settings.force or (settings.alone and find_office() is not None)


def _complete(merged: _Merged, proved: Proved | None, settings: Settings) -> Outcome | Made:
    """All that is issued of a report: what was asked for beside the document, and the record."""
    from docgen import merge
    from docgen.issuing import outputs
    from docgen.issuing.record import ARCHIVE, DOCUMENT, RECORD, Issue, write_record

    reading, outcome = merged.reading, merged.outcome
    proved = proved or merged.proved or Proved(merged.document, {}, ())
    asked, standing = settings.beside, merged.standing
    others: dict[str, bytes] = {}

    try:
        if proved.document is not merged.document:  # adjusted for the seal
            merge.read_back(proved.document, merged.template, reading.form, reading.report)
        if not settings.draft:
            others = outputs.publish(reading, asked, standing.files if standing else {})
            others |= outputs.keep(reading, standing, asked) if standing else {}
        reissue, kept = _begin_reissue(merged, proved.document, settings)
        if reissue:
            others |= _notes_of(reading, reissue)
    except Stop as error:
        return outcome.stopped(error)

    beside = {**proved.files, **others}
    outcome = _with_proof(outcome, proved.findings, list(beside))
    options = asdict(outputs.with_kept(asked, beside, standing))
    options |= {"kept_share": settings.kept_share}
    if settings.previous and is_archive(settings.previous):
        options[ARCHIVE] = input_name(settings.previous)  # where last year's was looked for
    issued = Issue(
        reading=reading,
        sources=replace(merged.sources, options=options),
        findings=outcome.findings,
        document=proved.document,
        beside=beside,
        pages=proved.pages,
        returned=settings.returned or _returned_before(merged),
        reissue=reissue.as_json() if reissue else None,
    )
    record = write_record(merged.target, issued)
    made = {RECORD: record, **kept, **beside, DOCUMENT: proved.document}
    if reissue and kept:
        outcome = _with_reissue(outcome, merged.target, reissue)

    return Made(outcome, merged.target.stem, made, merged.document)


def _returned_before(merged: _Merged) -> Mapping[str, str] | None:
    """Return what the standing record names, as long as the same is issued again."""
    standing = merged.standing
    return standing.record.returned if standing and standing.record.says(merged.sources) else None


def _begin_reissue(
    merged: _Merged, document: bytes, settings: Settings
) -> tuple["Reissue | None", Mapping[str, bytes]]:
    """Return what this issue corrects, and what is kept of the one before it.

    A correction stays one as long as the same document is issued again. Raise UsageStop.
    """
    standing = merged.standing
    record = standing.record if standing else None
    if settings.reissue:
        from docgen.issuing.reissue import begin_reissue

        reading, reason = merged.reading, settings.reissue
        return begin_reissue(merged.target, record, reading, document, reason)

    if record is None or "reissue" not in record.members or record.sha256 != files.sha256(document):
        return None, {}
    from docgen.issuing.reissue import reissue_of

    return reissue_of(record), {}


def _notes_of(reading: Reading, reissue: "Reissue") -> dict[str, bytes]:
    from docgen.issuing.reissue import NOTES, write_notes

    return {NOTES: write_notes(reading, reissue)}


def _with_reissue(outcome: Outcome, target: "Target", reissue: "Reissue") -> Outcome:
    """The outcome with what is told of a correction: it is no finding in the report."""
    from docgen.issuing.reissue import NOTES, REISSUED, kept_document

    told = REISSUED.at(
        number=reissue.number,
        count=len(reissue.changes),
        notes=target.beside(NOTES).name,
        kept=kept_document(target, reissue.number).name,
    )
    return replace(outcome, findings=(*outcome.findings, told))


def _with_proof(outcome: Outcome, more: tuple[Finding, ...], names: Sequence[str]) -> Outcome:
    """The outcome with what the proof found: the report is issued, the proof may be missing."""
    code = outcome.exit_code
    if has_errors(more):
        proof = any(name.endswith(".pdf") for name in names)
        code = max(code, FINDINGS if proof else UNPROVED)

    return replace(outcome, findings=(*outcome.findings, *more), exit_code=code)
