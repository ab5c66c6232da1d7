"""One input read and checked, with last year's where it is at hand."""

from dataclasses import replace
from pathlib import Path

from docgen.check import check_report
from docgen.check.outcome import Outcome
from docgen.check.own_words import in_own_words
from docgen.errors import FINDINGS, SOUND, InputStop
from docgen.finding import Finding, has_errors
from docgen.model import Reading
from docgen.read import read_report, takes_last_year
from docgen.read.neighbour import find_previous


def judge(
    path: Path, previous: Path | None, kept_share: float, others: tuple[str, ...]
) -> tuple[Reading, Reading | None, Outcome]:
    """Read and check, with last year's. Raises InputStop if either cannot be read."""
    reading = read_report(path)
    last, unjudged = _last_year(path, reading, previous)
    if last and takes_last_year(reading):
        reading = read_report(path, last)
    found = check_report(reading, last, kept_share, others)
    findings = (*reading.findings, *found, *unjudged)
    if reading.report.waivers:
        from docgen.check.waivers import apply_waivers

        findings = apply_waivers(reading, findings)

    findings = tuple(in_own_words(reading.form, finding) for finding in findings)
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
    from docgen.check.rules.previous import NOT_JUDGED, same_body

    try:
        last = read_report(found)
    except InputStop as error:
        why = f"旁边的“{found.name}”读不了（{error.findings[0].message}）"
        return None, (NOT_JUDGED.at(why=why),)
    if not same_body(reading, last):
        why = f"旁边的“{found.name}”是“{last.report.body.name}”的"
        return None, (NOT_JUDGED.at(why=why),)
    return last, ()


def _read_given(previous: Path) -> Reading:
    """Read the report given by --previous. Raise InputStop, naming it as last year's."""
    try:
        return read_report(previous)
    except InputStop as error:
        said = (
            replace(finding, message=f"上年的报告（--previous）：{finding.message}")
            for finding in error.findings
        )
        raise InputStop(*said) from None
