"""Completeness: the parts the form prescribes are all there."""

from collections.abc import Iterator

from docgen.catalogue import check
from docgen.finding import Finding
from docgen.model import Reading


def check_sections(reading: Reading) -> Iterator[Finding]:
    """Every text section has a paragraph (one that could not be read has a finding already)."""
    told = {place.address for finding in reading.findings for place in finding.places}
    for section in reading.form.text_sections:
        address = f"sections.{section.key}"
        unread = any(place.startswith(address) for place in told)
        if not reading.report.sections.get(section.key) and not unread:
            yield check.EMPTY_SECTION.at(reading.place(address), section=section.title)
