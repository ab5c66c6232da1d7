"""Waivers: findings that the office lets through, each with its reason and who decided."""

from collections.abc import Iterator
from typing import Any

from docgen.address import Address
from docgen.finding import Finding, Place
from docgen.model import WAIVER, Waiver
from docgen.read.dates import read_date
from docgen.read.entry import Entry, Literal
from docgen.read.text import MISSING_FACT, tidy_line

_REQUIRED = ("code", "reason", "by", "date")


def settle_waivers(
    given: list[tuple[Place, dict[str, Entry]]],
) -> tuple[tuple[Waiver, ...], dict[str, Place], list[Finding]]:
    """The waivers that could be read, where each stands (`waivers.0`), and what is wrong."""
    waivers: list[Waiver] = []
    places: dict[str, Place] = {}
    findings: list[Finding] = []
    for place, entries in given:
        members: dict[str, Any] = {}
        found = list(_settle(place, entries, members))
        findings += found
        if not any(finding.severity == "error" for finding in found):
            places[Address.of_waiver(len(waivers))] = place
            waivers.append(Waiver(**members))
    return tuple(waivers), places, findings


def _settle(place: Place, entries: dict[str, Entry], members: dict[str, Any]) -> Iterator[Finding]:
    """Fill in the members of one waiver; what is wrong with them."""
    for key, label in WAIVER.items():
        entry = entries.get(key)
        if entry is None or not entry.text:
            if key in _REQUIRED:
                yield MISSING_FACT.at(entry.place if entry else place, label=label)
        elif key == "date":
            members[key], found = read_date(entry, label)
            yield from found
        else:
            members[key], found = tidy_line(_as_text(entry), label)
            yield from found


def _as_text(entry: Entry) -> Entry:
    """A figure may be given as a number."""
    number = isinstance(entry.value, (int, float, Literal)) and not isinstance(entry.value, bool)
    return entry._replace(value=str(entry.value)) if number else entry
