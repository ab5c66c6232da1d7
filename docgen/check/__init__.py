"""Checking a report: every check of `docgen.check.checks`, in order."""

from docgen.check.checks import CHECKS, TEXT_CHECKS
from docgen.check.held import of_written, without_following
from docgen.check.passages import Prose
from docgen.check.rules.odd_year import settle_year
from docgen.finding import Finding
from docgen.model import Reading


def check_report(
    reading: Reading,
    previous: Reading | None = None,
    kept_share: float = 0.5,
    others: tuple[str, ...] = (),
) -> list[Finding]:
    """All findings about a report that could be read, its reader's own aside.

    Without last year's report nothing is said of last year. `kept_share`, from 0 to 1: how much
    of the text may be last year's; more than half is what some governments deduct points for.
    `others` are bodies whose names a borrowed text may hold.
    """
    reading, odd = settle_year(reading)
    findings = [odd] if odd else []
    findings += [finding for find in CHECKS for finding in find(reading)]
    findings = without_following(reading, findings)
    prose = Prose(reading, others)
    findings += [finding for find in TEXT_CHECKS for finding in find(prose)]
    findings = of_written(reading, findings)
    if previous and not odd:  # which year was the last, is not known
        from docgen.check.rules.changes import check_changes
        from docgen.check.rules.previous import check_previous

        findings += check_previous(prose, previous, kept_share)
        changes = check_changes(reading, previous)
        findings += [found for found in changes if found not in findings]  # the text told it
    return findings
