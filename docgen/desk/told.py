"""Findings as the desk shows them: in words, with their fields and what to put there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from docgen.address import Address
from docgen.check.outcome import Outcome
from docgen.finding import SEVERITIES, Finding
from docgen.messages.phrases import faulty_places

#: So many findings of one rule on one sheet are told as one, with the rest below it.
_MANY = 4


class Offer(NamedTuple):
    """A value that would make the sums hold, to be taken over with one click."""

    address: str
    was: str
    now: str
    label: str


class ToldFinding(NamedTuple):
    """A finding, or several alike: what is said, where it stands, what can be done about it."""

    id: str
    severity: str
    word: str
    message: str
    cure: str
    basis: str
    addresses: tuple[str, ...]
    offers: tuple[Offer, ...]
    more: tuple[str, ...] = ()  # what the others alike say

    @property
    def place(self) -> str:
        """The first field it speaks of; blank where there is none."""
        return self.addresses[0] if self.addresses else ""


def tell_findings(outcome: Outcome) -> list[ToldFinding]:
    """Return the findings of a check, the gravest first, those alike together."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in outcome.findings:
        if not finding.waived:
            sheet = finding.places[0].sheet if finding.places else ""
            groups[finding.code, sheet].append(finding)

    told: list[ToldFinding] = []
    for found in groups.values():
        alike = [found] if len(found) >= _MANY else [[one] for one in found]
        told += [_tell_group(one) for one in alike]

    order = list(SEVERITIES)
    ranked = sorted(told, key=lambda one: order.index(one.severity))  # type: ignore[arg-type]
    return [one._replace(id=f"f{number}") for number, one in enumerate(ranked)]


def _tell_group(found: Sequence[Finding]) -> ToldFinding:
    first = found[0]
    addresses = dict.fromkeys(
        _field_of(place.address)
        for finding in found
        for place in faulty_places(finding)
        if place.address
    )
    is_one = len(found) == 1
    return ToldFinding(
        id="",
        severity=first.severity,
        word=SEVERITIES[first.severity],
        message=first.message if is_one else f"{first.rule.name}：{len(found)} 处",
        cure=first.cure if is_one else first.rule.plain_cure,
        basis=first.rule.basis,
        addresses=tuple(addresses),
        offers=tuple(_offers_of(first)) if is_one else (),
        more=() if is_one else tuple(finding.message for finding in found),
    )


def _field_of(address: Address) -> str:
    """Return the address of the field that a value stands in: a section for its paragraphs."""
    return Address.of_section(address.section) if address.section else address


def _offers_of(finding: Finding) -> Iterable[Offer]:
    for suspect in finding.suspects:
        address = suspect.place.address
        if address and suspect.expected and address.count(".") == 2:
            yield Offer(address, suspect.actual, suspect.expected, suspect.label)


def index_told(told: Sequence[ToldFinding]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the ids of the findings about each field, and the gravest severity of each."""
    ids: dict[str, list[str]] = defaultdict(list)
    marks: dict[str, str] = {}
    for one in told:  # the gravest come first
        for address in one.addresses:
            ids[address].append(one.id)
            marks.setdefault(address, one.severity)

    return ids, marks


def sum_up_told(outcome: Outcome) -> str:
    """Return how a draft stands, in a few words."""
    counts: Mapping[str, int] = {
        severity: sum(
            1 for finding in outcome.findings if finding.severity == severity and not finding.waived
        )
        for severity in SEVERITIES
    }
    if counts["error"]:
        return f"还有 {counts['error']} 处要改"
    asked = f"，有 {counts['warning']} 处要看一看" if counts["warning"] else ""
    return f"核对通过，可以出文件{asked}"
