"""What is held back because its cause is told: a wrong cell, a section that is not written yet."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from docgen.address import Address
from docgen.check.passages import Prose
from docgen.check.rules.mentions import ASKED, TEXT_AGAINST_TABLE, check_mentions
from docgen.check.rules.numbering import NUMBERING
from docgen.check.rules.shares import RATE, SHARE
from docgen.check.rules.sums import is_of_sums
from docgen.finding import Finding
from docgen.forms.table import Number
from docgen.model import Reading
from docgen.read.references import ONLY_READY

_FOLLOWING = {TEXT_AGAINST_TABLE, ASKED, SHARE, RATE}


def of_written(reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those on topics and numbers that a blank holds from the start."""
    unwritten = {
        place.address.above if place.address.number == 0 else place.address
        for each in reading.findings
        if each.rule is ONLY_READY
        for place in each.places
    }
    others = (
        text
        for key, texts in reading.report.sections.items()
        for text in texts
        if Address.of_section(key) not in unwritten
    )
    nothing = bool(unwritten) and not any(others)  # no word in the whole report
    return [
        each
        for each in findings
        if not ("topics" in each.rule.needs or each.rule is NUMBERING)
        or not (
            any(place.address.above in unwritten for place in each.places)
            or (nothing and not each.places)
        )
    ]


def without_following(reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those that go with the one cell each broken sum points to."""
    figures = reading.report.figures
    right: dict[str, Number] = {
        each.suspects[0].place.address: _read_number(each.suspects[0].expected)
        for each in findings
        if is_of_sums(each.rule) and len(each.suspects) == 1
    }
    if not right or not any(each.rule in _FOLLOWING for each in findings):
        return list(findings)
    # judged again with the cells put right: what is then not found followed from them
    report = reading.report.model_copy(update={"figures": {**figures, **right}})
    left = {_cause_key(each) for each in check_mentions(Prose(replace(reading, report=report)))}
    return [each for each in findings if each.rule not in _FOLLOWING or _cause_key(each) in left]


def _cause_key(finding: Finding) -> tuple[str, object, str]:
    """Return what makes two findings the same, whatever they expect."""
    return finding.code, finding.places[:1], finding.actual


def _read_number(text: str) -> Number:
    return Decimal(text) if "." in text else int(text)
