"""Checking a report: every check in order. Each yields findings.

A check takes the `Reading`; a check of the running text takes its `Prose`, made once; a check
against last year takes both readings.
"""

from collections.abc import Callable, Iterator

from docgen.finding import Finding
from docgen.model import Reading
from docgen.rules.arithmetic import check_sums
from docgen.rules.citing import (
    check_characters,
    check_document_numbers,
    check_neighbours,
    check_titles,
)
from docgen.rules.complete import check_figures, check_sections
from docgen.rules.content import check_powers, check_substance, check_topics
from docgen.rules.leftover import check_leftovers, check_persons
from docgen.rules.marks import check_marks
from docgen.rules.numbering import check_numbering
from docgen.rules.passages import Prose
from docgen.rules.stated import check_mentions
from docgen.rules.time import check_date, check_file_year, check_form_year
from docgen.rules.wording import check_wording
from docgen.rules.years import check_title, check_years

CHECKS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    check_sections,
    check_figures,
    check_substance,
    check_topics,
    check_form_year,
    check_file_year,
    check_date,
    check_title,
    check_powers,
    check_sums,
    check_mentions,
    check_wording,
)

TEXT_CHECKS: tuple[Callable[[Prose], Iterator[Finding]], ...] = (
    check_years,
    check_leftovers,
    check_persons,
    check_neighbours,
    check_titles,
    check_document_numbers,
    check_numbering,
    check_marks,
    check_characters,
)


def check_report(reading: Reading, previous: Reading | None = None) -> list[Finding]:
    """All findings about a report that could be read, its reader's own aside.

    Without last year's report nothing is said of last year.
    """
    findings = [finding for check in CHECKS for finding in check(reading)]
    prose = Prose(reading)
    findings += [finding for check in TEXT_CHECKS for finding in check(prose)]
    if previous:
        from docgen.rules.changes import check_changes
        from docgen.rules.previous import check_previous

        findings += check_previous(prose, previous)
        findings += check_changes(reading, previous)
    return findings
