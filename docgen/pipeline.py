"""One report from input to issue: read → check → merge → read back → package. Read it, know docgen.

Stages are functions of their arguments; only `package` and the last step here touch `outputs/`.
"""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import docgen
from docgen import files
from docgen.catalogue import stop
from docgen.errors import FINDINGS, SOUND, InputStop, Stop, UsageStop
from docgen.finding import Finding, has_errors
from docgen.model import Reading
from docgen.read import read_report
from docgen.rules import check_report

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


def check(path: Path) -> Outcome:
    """Read and check one input; nothing is written."""
    try:
        reading = read_report(path)
    except InputStop as error:
        return Outcome(path, "unreadable", error.findings, error.exit_code)
    return _judged(path, (*reading.findings, *check_report(reading)))


def _judged(path: Path, findings: tuple[Finding, ...]) -> Outcome:
    wrong = has_errors(findings)
    return Outcome(path, "refused" if wrong else "sound", findings, FINDINGS if wrong else SOUND)


def issue(path: Path, settings: Settings) -> Outcome:
    """Issue one report: its files appear together, or none does and the findings say why."""
    try:
        reading = read_report(path)
    except InputStop as error:
        return Outcome(path, "unreadable", error.findings, error.exit_code)
    outcome = _judged(path, (*reading.findings, *check_report(reading)))
    if outcome.verdict == "refused" and not settings.draft:
        return outcome
    try:
        written = _write(reading, outcome.findings, settings)
    except Stop as error:
        findings = (*outcome.findings, *error.findings)
        return Outcome(path, "refused", findings, error.exit_code)
    return replace(outcome, outputs=written)


def _write(reading: Reading, findings: tuple[Finding, ...], settings: Settings) -> tuple[Path, ...]:
    from docgen import merge, package

    form, report = reading.form, reading.report
    target = package.target_of(reading.name, settings.folder, draft=settings.draft)
    if not settings.force:
        package.refuse_overwrite(target)
    template = merge.load_template(form, settings.template)
    if not template.own:
        merge.refuse_faulty(template, form)
    document = merge.merge_report(template, form, report, draft=settings.draft)
    body = merge.read_back(document, template, form, report)
    record = package.write_record(
        reading,
        list(findings),
        (template.name, template.data),
        (target.document.name, document),
        body,
        {"docgen": docgen.__version__, **merge.versions(template)},
        draft=settings.draft,
    )
    files.write_together({target.record: record, target.document: document})
    return (target.document, target.record)


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
