"""What is held back because its cause is told: a wrong cell, a section that is not written yet."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from docgen.catalogue import check, text, words
from docgen.check.rules.stated import check_mentions
from docgen.finding import Finding
from docgen.forms.form import Number
from docgen.model import Reading

_SUMS = {*check.SUMS.values(), check.OTHER_SUM}
_FOLLOWING = {text.TEXT_AGAINST_TABLE, text.ASKED, text.SHARE, text.RATE}


def of_written(reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those on the topics and numbers of what a blank holds from the start."""
    unwritten = {
        place.address.removesuffix(".0")
        for each in reading.findings
        if each.rule is text.ONLY_READY
        for place in each.places
    }
    return [
        each
        for each in findings
        if each.rule not in (words.MISSING_PARTS, words.NUMBERING)
        or not any(place.address.rpartition(".")[0] in unwritten for place in each.places)
    ]


def without_following(reading: Reading, findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those that go away with the one cell each broken sum points to."""
    figures = reading.report.figures
    right: dict[str, Number] = {
        each.suspects[0].place.address: _number(each.suspects[0].expected)
        for each in findings
        if each.rule in _SUMS and len(each.suspects) == 1
    }
    if not right or not any(each.rule in _FOLLOWING for each in findings):
        return list(findings)
    report = reading.report.model_copy(update={"figures": {**figures, **right}})
    left = {_key(each) for each in check_mentions(replace(reading, report=report))}
    return [each for each in findings if each.rule not in _FOLLOWING or _key(each) in left]


def _key(finding: Finding) -> tuple[str, object, str]:
    return finding.code, finding.places[:1], finding.actual


def _number(text: str) -> Number:
    return Decimal(text) if "." in text else int(text)
