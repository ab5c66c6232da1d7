"""Completeness: the parts the form prescribes are all there."""

from collections.abc import Iterator

from docgen.catalogue import check
from docgen.finding import Finding, has_errors
from docgen.model import Reading


def check_sections(reading: Reading) -> Iterator[Finding]:
    """Every text section has a paragraph (one that could not be read has its finding already)."""
    unread = {
        place.address
        for finding in reading.findings
        if finding.severity == "error"
        for place in finding.places
    }
    for section in reading.form.text_sections:
        address = f"sections.{section.key}"
        told = any(place.startswith(address) for place in unread)
        if not reading.report.sections.get(section.key) and not told:
            yield check.EMPTY_SECTION.at(reading.place(address), section=section.title)


def check_figures(reading: Reading) -> Iterator[Finding]:
    """The last defence: no report without a figure passes, whatever a reader overlooked."""
    if has_errors(reading.findings):
        return
    for address, figure in reading.form.figures.items():
        if address not in reading.report.figures:
            yield check.MISSING_FIGURE.at(
                reading.place(address), table=figure.table.short, label=figure.label
            )
