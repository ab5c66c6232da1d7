"""One input read and checked, with last year's where it is at hand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from docgen.check import check_report
from docgen.check.outcome import Outcome
from docgen.check.own_words import in_own_words
from docgen.errors import FINDINGS, SOUND, InputStop
from docgen.files.inputs import input_name, is_archive
from docgen.finding import Finding, has_errors
from docgen.model import Reading
from docgen.read import read_report, takes_last_year
from docgen.read.neighbour import find_archived, find_companions, find_previous

#: What reads another report that one is held against.
Reader = Callable[[Path], Reading]


class Judged(NamedTuple):
    """A report that was read and checked, with the reports it was held against.

    `beside` are the other reports of the same body and year; None if none were looked for.
    """

    reading: Reading
    last: Reading | None
    outcome: Outcome
    beside: tuple[Reading, ...] | None


def judge(
    path: Path,
    previous: Path | None,
    kept_share: float,
    others: tuple[str, ...],
    folders: Sequence[Path] | None = None,
    read: Reader | None = None,
) -> Judged:
    """Read and check, with last year's. Raises InputStop if either cannot be read.

    Beside it and in these folders the other reports of the same body and year are looked for;
    not if that is None. `read` reads each of them, where they are read otherwise than usual.
    """
    read = read or read_report
    reading = read(path)
    last, unjudged = _last_year(path, reading, previous, read)
    if last and takes_last_year(reading):
        reading = read_report(path, last)
    beside = None if folders is None else tuple(_read_beside(path, reading, folders, read))

    found = check_report(reading, last, kept_share, others, beside or ())
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
        family=reading.form.family or reading.form.key,
        report_name=reading.form.report_name,
    )

    return Judged(reading, last, outcome, beside)


def _last_year(
    path: Path, reading: Reading, given: Path | None, read: Reader
) -> tuple[Reading | None, tuple[Finding, ...]]:
    """Last year's report, as given or as it stands beside the input; why it can't be used, if so.

    Raises InputStop if the one given cannot be read.
    """
    if given and is_archive(given):
        return _find_archived(given, reading, read)
    if given:
        last = _read_given(given, read)
        from docgen.check.rules.previous import NOT_JUDGED

        if not last.form.is_kin(reading.form):
            return None, (NOT_JUDGED.at(why=f"“{last.name}”是{last.form.name}，不是同一种"),)
        return last, ()

    year = reading.report.year
    found = find_previous(path, year) if year else None
    if found is None:
        return None, ()
    from docgen.check.rules.previous import NOT_JUDGED, same_body

    try:
        last = read(found)
    except InputStop as error:
        why = f"旁边的“{found.name}”读不了（{error.findings[0].message}）"
        return None, (NOT_JUDGED.at(why=why),)
    if not last.form.is_kin(reading.form):
        why = f"旁边的“{found.name}”是{last.form.name}，不是同一种"
        return None, (NOT_JUDGED.at(why=why),)
    if not same_body(reading, last):
        why = f"旁边的“{found.name}”是“{last.report.body.name}”的"
        return None, (NOT_JUDGED.at(why=why),)

    return last, ()


def find_last_year(
    path: Path, reading: Reading, given: Path | None, read: Reader = read_report
) -> Reading | None:
    """Return last year's report of the same body, if it is at hand and can be read."""
    try:
        return _last_year(path, reading, given, read)[0]
    except InputStop:
        return None


def _find_archived(
    folder: Path, reading: Reading, read: Reader
) -> tuple[Reading | None, tuple[Finding, ...]]:
    """Return the body's report of the year before out of a folder of many; why there is none."""
    from docgen.check.rules.previous import NOT_JUDGED, same_body

    year, body = reading.report.year, reading.report.body
    names = [name for name in (body.short_name, body.name) if name]
    for candidate in find_archived(folder, names, year - 1) if year and names else ():
        try:
            last = read(candidate)
        except InputStop:
            continue

        is_last = last.report.year == (year or 0) - 1
        if is_last and last.form.is_kin(reading.form) and same_body(reading, last):
            return last, ()

    when = f"{year - 1} 年度" if year else "上年"
    why = f"“{input_name(folder)}”里没有找到“{body.name or ''}”{when}的报告"
    return None, (NOT_JUDGED.at(why=why),)


def _read_beside(
    path: Path, reading: Reading, folders: Sequence[Path], read: Reader
) -> Iterator[Reading]:
    """Yield the other reports that the form agrees with, of the same body and year."""
    year = reading.report.year
    wanted = {agreement.family for agreement in reading.form.agreements}
    if not wanted or not year:
        return
    from docgen.check.rules.previous import same_body

    for candidate in find_companions(path, year, folders):
        try:
            other = read(candidate)
        except InputStop:
            continue

        if other.form.family in wanted and other.report.year == year and same_body(reading, other):
            wanted.remove(other.form.family)
            yield other
        if not wanted:
            return


def _read_given(previous: Path, read: Reader) -> Reading:
    """Read the report given by --previous. Raise InputStop, naming it as last year's."""
    try:
        return read(previous)
    except InputStop as error:
        said = (
            replace(finding, message=f"上年的报告（--previous）：{finding.message}")
            for finding in error.findings
        )
        raise InputStop(*said) from None
