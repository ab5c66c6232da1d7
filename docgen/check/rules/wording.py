"""Wording: a report may print its own labels, but it is told where they leave the form's."""

from collections.abc import Iterator

from docgen.catalogue import check
from docgen.finding import Finding
from docgen.model import Reading


def check_wording(reading: Reading) -> Iterator[Finding]:
    """Each label that differs from the official one."""
    for address, text in reading.report.wording.items():
        official = reading.form.wordings[address].label
        if text != official:
            yield check.WORDING.at(
                reading.place(f"wording.{address}"),
                wording=text,
                official=official,
                expected=official,
                actual=text,
            )
