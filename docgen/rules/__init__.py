"""Checking a report: every check in order. Each takes a `Reading` and yields findings."""

from collections.abc import Callable, Iterator

from docgen.finding import Finding
from docgen.model import Reading
from docgen.rules.arithmetic import check_sums
from docgen.rules.complete import check_figures, check_sections
from docgen.rules.time import check_date, check_form_year
from docgen.rules.wording import check_wording

CHECKS: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    check_sections,
    check_figures,
    check_form_year,
    check_date,
    check_sums,
    check_wording,
)


def check_report(reading: Reading) -> list[Finding]:
    """All findings about a report that could be read, its reader's own aside."""
    return [finding for check in CHECKS for finding in check(reading)]
