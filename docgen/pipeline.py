"""One report from input to issue: read → check → merge → read back → package. Read it, know docgen.

Stages are functions of their arguments: `make_many` writes nothing, `put` alone touches
`outputs/`. Each report is handled by itself, but LibreOffice makes the proofs of several at once.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import docgen
from docgen import coverage, files
from docgen.catalogue import finding_from_json, years
from docgen.errors import FINDINGS, SOUND, InputStop, OutputStop, Stop
from docgen.finding import Finding, has_errors
from docgen.inputs import input_name, refuse_unportable
from docgen.model import Reading
from docgen.outcome import Outcome, safely
from docgen.outputs import Beside, Proved
from docgen.read import read_report, takes_last_year
from docgen.read.neighbour import find_previous
from docgen.rules import check_report

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


@dataclass(frozen=True)
class Made:
    """All that is issued of one report, by what follows `stem`, in the order it is put in place."""

    outcome: Outcome
    stem: str
    files: Mapping[str, bytes]


def check(path: Path, previous: Path | None = None, kept_share: float = 0.5) -> Outcome:
    """Read and check one input, as `Settings` has it for an issue; nothing is written."""
    judged = safely(path, partial(_judge, path, previous, kept_share))
    if isinstance(judged, Outcome):
        why = "输入读不了" if judged.verdict == "unreadable" else "docgen 出了错"
        return replace(judged, coverage=coverage.none_ran(why))
    reading, last, outcome = judged
    covered = coverage.cover(reading, last)
    return replace(outcome, reading=reading, coverage=covered)


def check_many(paths: Sequence[Path], previous: Path | None, kept_share: float) -> list[Outcome]:
    """Check inputs, each by itself; what was read of them is let go."""
    return [replace(check(path, previous, kept_share), reading=None) for path in paths]


def issue(path: Path, settings: Settings) -> Outcome:
    """Issue one report: its files appear together, or none does and the findings say why."""
    return issue_many([path], settings)[0]


def issue_many(paths: Sequence[Path], settings: Settings) -> list[Outcome]:
    """Issue reports, each by itself: whatever becomes of one, the others are issued."""
    made = make_many(paths, settings)
    return [one if isinstance(one, Outcome) else put(one, settings) for one in made]


def make_many(paths: Sequence[Path], settings: Settings) -> list[Outcome | Made]:
    """All that each input makes, or what became of it instead; nothing is written."""
    merged = [safely(path, partial(_merge, path, settings)) for path in paths]
    ready = {one.name: one.document for one in merged if isinstance(one, _Merged)}
    proved: dict[str, Proved] = {}
    if settings.beside.proof and ready:
        from docgen import outputs

        proved = outputs.prove(ready, settings.beside)
    return [
        one
        if isinstance(one, Outcome)
        else safely(one.outcome.input, partial(_complete, one, proved.get(one.name), settings))
        for one in merged
    ]


def find_settled(path: Path, settings: Settings) -> Outcome | None:
    """The outcome of an input with a record in place, unless it is to be issued anew."""
    from docgen import package

    target = package.target_of(input_name(path), settings.folder, draft=settings.draft)
    if settings.force or not os.path.exists(target.record):  # noqa: PTH110  no error
        return None
    ready = safely(path, partial(_prepare, path, settings))
    return ready if isinstance(ready, Outcome) else None


def put(made: Made, settings: Settings) -> Outcome:
    """Put all that was made of a report in place together."""
    from docgen import package

    target = package.Target(settings.folder, made.stem)
    try:
        paths = {target.beside(suffix): data for suffix, data in made.files.items()}
        beside = [path for path in paths if path not in (target.record, target.document)]
        stale = package.refuse_overwrite(target, beside, force=settings.force)
        files.write_together(paths)
    except Stop as error:
        return made.outcome.stopped(error)
    for path in stale:
        path.unlink(missing_ok=True)  # of the issue before this one: its figures may be others
    return replace(made.outcome, outputs=(target.document, target.record, *beside))


def _judge(
    path: Path, previous: Path | None, kept_share: float
) -> tuple[Reading, Reading | None, Outcome]:
    """Read and check, with last year's. Raises InputStop if either cannot be read."""
    reading = read_report(path)
    last, unjudged = _last_year(path, reading, previous)
    if last and takes_last_year(reading):
        reading = read_report(path, last)
    findings = (*reading.findings, *check_report(reading, last, kept_share), *unjudged)
    if reading.report.waivers:
        from docgen.rules.waivers import apply_waivers

        findings = apply_waivers(reading, findings)
    wrong = has_errors(findings)
    outcome = Outcome(
        path,
        "refused" if wrong else "sound",
        findings,
        FINDINGS if wrong else SOUND,
        body=reading.report.body.name or "",
        year=reading.report.year,
    )
    return reading, last, outcome


def _last_year(
    path: Path, reading: Reading, given: Path | None
) -> tuple[Reading | None, tuple[Finding, ...]]:
    """Last year's report, as given or as it stands beside the input; why it can't be used, if so.

    Raises InputStop if the one given cannot be read.
    """
    if given:
        return _read_given(given), ()
    year = reading.report.year
    found = find_previous(path, year) if year else None
    if found is None:
        return None, ()
    try:
        last = read_report(found)
    except InputStop as error:
        why = f"旁边的“{found.name}”读不了（{error.findings[0].message}）"
        return None, (years.NOT_JUDGED.at(why=why),)
    from docgen.rules.previous import same_body

    if not same_body(reading, last):
        why = f"旁边的“{found.name}”是“{last.report.body.name}”的"
        return None, (years.NOT_JUDGED.at(why=why),)
    return last, ()


def _read_given(previous: Path) -> Reading:
    """Last year's report that was asked for. Raises InputStop, which says that it is that one."""
    try:
        return read_report(previous)
    except InputStop as error:
        said = (
            replace(finding, message=f"上年的年报（--previous）：{finding.message}")
            for finding in error.findings
        )
        raise InputStop(*said) from None


@dataclass(frozen=True)
class _Ready:
    """A report that may be issued, and is not yet issued from these sources."""

    reading: Reading
    outcome: Outcome
    target: Any  # package.Target, imported where something is issued
    sources: Any  # package.Sources
    template: Any  # merge.Template


@dataclass(frozen=True)
class _Merged(_Ready):
    """A report whose document is made and read back."""

    document: bytes

    @property
    def name(self) -> str:
        return str(self.target.document.name)


def _prepare(path: Path, settings: Settings) -> _Ready | Outcome:
    """Read, check and compare with what stands issued; the outcome, where that is all."""
    from docgen import merge, package

    reading, last, outcome = _judge(path, settings.previous, settings.kept_share)
    if outcome.verdict == "refused" and not settings.draft:
        return outcome
    form = reading.form
    target = package.target_of(reading.name, settings.folder, draft=settings.draft)
    try:
        refuse_unportable(target.stem)
        template = merge.load_template(form, settings.template)
        if not template.own:
            merge.refuse_faulty(template, form)
        sources = package.Sources(
            inputs=reading.inputs,
            previous=last.inputs if last else {},
            template=(template.name, template.data),
            versions={"docgen": docgen.__version__, **merge.versions(template)},
            options=asdict(settings.beside) | {"kept_share": settings.kept_share},
            draft=settings.draft,
        )
        record = None if settings.force else package.find_issued(target, sources)
        if record and (done := _unchanged(outcome, target, record)):
            return done
    except Stop as error:
        return outcome.stopped(error)
    return _Ready(reading, outcome, target, sources, template)


def _merge(path: Path, settings: Settings) -> _Merged | Outcome:
    """Prepare, merge and read back; the outcome, where nothing is to be issued anew."""
    from docgen import merge

    ready = _prepare(path, settings)
    if isinstance(ready, Outcome):
        return ready
    template, form, report = ready.template, ready.reading.form, ready.reading.report
    try:
        document = merge.merge_report(template, form, report, draft=settings.draft)
        merge.read_back(document, template, form, report)
    except Stop as error:
        return ready.outcome.stopped(error)
    return _Merged(**vars(ready), document=document)


def _unchanged(outcome: Outcome, target: Any, record: Mapping[str, Any]) -> Outcome | None:
    """What was issued before, unless its record says something else of the report."""
    found = [finding.as_json() for finding in outcome.findings]
    if record["findings"][: len(found)] != found:
        return None
    more = tuple(finding_from_json(finding) for finding in record["findings"][len(found) :])
    beside = [entry["name"] for entry in record["beside"]]
    outputs = (target.document, target.record, *(target.folder / name for name in beside))
    return replace(_with_proof(outcome, more, beside), outputs=outputs, unchanged=True)


def _complete(merged: _Merged, proved: Proved | None, settings: Settings) -> Outcome | Made:
    """All that is issued of a report: what was asked for beside the document, and the record."""
    from docgen import merge, outputs, package

    reading, outcome = merged.reading, merged.outcome
    proved = proved or Proved(merged.document, {}, ())
    try:
        if proved.document is not merged.document:  # adjusted for the seal
            merge.read_back(proved.document, merged.template, reading.form, reading.report)
        others = {} if settings.draft else outputs.publish(reading, settings.beside)
    except Stop as error:
        return outcome.stopped(error)
    beside = {**proved.files, **others}
    outcome = _with_proof(outcome, proved.findings, list(beside))
    issued = package.Issue(
        reading=reading,
        sources=merged.sources,
        findings=outcome.findings,
        document=proved.document,
        beside=beside,
        pages=proved.pages,
    )
    record = package.write_record(merged.target, issued)
    made = {package.RECORD: record, **beside, package.DOCUMENT: proved.document}
    return Made(outcome, merged.target.stem, made)


def _with_proof(outcome: Outcome, more: tuple[Finding, ...], names: Sequence[str]) -> Outcome:
    """The outcome with what the proof found: the report is issued, the proof may be missing."""
    code = outcome.exit_code
    if has_errors(more):
        proof = any(name.endswith(".pdf") for name in names)
        code = max(code, FINDINGS if proof else UNPROVED)
    return replace(outcome, findings=(*outcome.findings, *more), exit_code=code)
