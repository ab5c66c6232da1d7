"""One report from input to issue: read → check → merge → read back → package. Read it, know docgen.

Stages are functions of their arguments; only `package` and the last step here touch `outputs/`.
"""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import docgen
from docgen import files
from docgen.catalogue import stop, years
from docgen.errors import FINDINGS, SOUND, InputStop, OutputStop, Stop, UsageStop
from docgen.finding import Finding, has_errors
from docgen.model import Reading
from docgen.outputs import Beside
from docgen.read import read_report
from docgen.read.neighbour import find_previous
from docgen.rules import check_report

#: The exit code where the document is issued and the proof asked for is not.
UNPROVED = OutputStop.exit_code

Verdict = Literal["sound", "refused", "unreadable"]


@dataclass(frozen=True)
class Outcome:
    """What became of one input."""

    input: Path
    verdict: Verdict
    findings: tuple[Finding, ...]
    exit_code: int
    outputs: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Settings:
    """How to issue: where to, with which template (None: the form's own), as a draft or not."""

    folder: Path
    template: Path | None = None
    draft: bool = False
    force: bool = False
    beside: Beside = field(default_factory=Beside)
    previous: Path | None = None  # last year's input; None: the one beside the input, if any


def check(path: Path, previous: Path | None = None) -> Outcome:
    """Read and check one input; nothing is written."""
    try:
        reading = read_report(path)
        last, findings = _last_year(path, reading, previous)
    except InputStop as error:
        return Outcome(path, "unreadable", error.findings, error.exit_code)
    return _judged(path, (*reading.findings, *check_report(reading, last), *findings))


def _judged(path: Path, findings: tuple[Finding, ...]) -> Outcome:
    wrong = has_errors(findings)
    return Outcome(path, "refused" if wrong else "sound", findings, FINDINGS if wrong else SOUND)


def _last_year(
    path: Path, reading: Reading, given: Path | None
) -> tuple[Reading | None, tuple[Finding, ...]]:
    """Last year's report, as given or as it stands beside the input; why it can't be used, if so.

    Raises InputStop if the one given cannot be read.
    """
    if given:
        return read_report(given), ()
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


def issue(path: Path, settings: Settings) -> Outcome:
    """Issue one report: its files appear together, or none does and the findings say why."""
    try:
        reading = read_report(path)
        last, findings = _last_year(path, reading, settings.previous)
    except InputStop as error:
        return Outcome(path, "unreadable", error.findings, error.exit_code)
    outcome = _judged(path, (*reading.findings, *check_report(reading, last), *findings))
    if outcome.verdict == "refused" and not settings.draft:
        return outcome
    try:
        written, more = _write(reading, last, outcome.findings, settings)
    except Stop as error:
        findings = (*outcome.findings, *error.findings)
        return Outcome(path, "refused", findings, error.exit_code)
    findings = (*outcome.findings, *more)
    code = outcome.exit_code
    if has_errors(more):  # the report is issued; its proof is missing or shows a fault
        code = max(code, FINDINGS if any(p.suffix == ".pdf" for p in written) else UNPROVED)
    return replace(outcome, findings=findings, outputs=written, exit_code=code)


def _write(
    reading: Reading, last: Reading | None, findings: tuple[Finding, ...], settings: Settings
) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Make everything, then put it in place together; what was written, what the proof found."""
    from docgen import merge, outputs, package

    form, report = reading.form, reading.report
    target = package.target_of(reading.name, settings.folder, draft=settings.draft)
    template = merge.load_template(form, settings.template)
    if not template.own:
        merge.refuse_faulty(template, form)
    document = merge.merge_report(template, form, report, draft=settings.draft)
    body = merge.read_back(document, template, form, report)
    proved = outputs.Proved(document, {}, ())
    if settings.beside.proof:
        proved = outputs.prove(document, target.document.name, settings.beside)
        body = merge.read_back(proved.document, template, form, report)
    others = proved.files | ({} if settings.draft else outputs.publish(reading, settings.beside))
    beside = {target.beside(suffix): data for suffix, data in others.items()}
    stale = package.refuse_overwrite(target, beside, force=settings.force)
    issued = package.Issue(
        reading=reading,
        previous=last.inputs if last else {},
        findings=(*findings, *proved.findings),
        template=(template.name, template.data),
        document=proved.document,
        body=body,
        beside=beside,
        pages=proved.pages,
        versions={"docgen": docgen.__version__, **merge.versions(template)},
        draft=settings.draft,
    )
    record = package.write_record(target, issued)
    files.write_together({target.record: record, **beside, target.document: proved.document})
    for path in stale:
        path.unlink(missing_ok=True)  # of the issue before this one: its figures may be others
    return (target.document, target.record, *beside), proved.findings


def refuse_same_output(paths: list[Path], settings: Settings) -> None:
    """Raises UsageStop if two inputs would write one file."""
    from docgen import package

    seen: dict[Path, Path] = {}
    for path in paths:
        name = Path(os.path.realpath(path)).name  # unlike resolve(), no error for a looping link
        target = package.target_of(name, settings.folder, draft=settings.draft)
        if target.document in seen:
            first = seen[target.document]
            output = str(target.document)
            raise UsageStop(stop.SAME_OUTPUT.at(first=str(first), second=str(path), output=output))
        seen[target.document] = path
