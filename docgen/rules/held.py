"""What is held back: sentences that disagree only with a cell the sums have found wrong."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from docgen.catalogue import check, text
from docgen.finding import Finding
from docgen.forms.form import Number
from docgen.model import Reading
from docgen.rules.stated import check_mentions

_SUMS = {*check.SUMS.values(), check.OTHER_SUM}
_FOLLOWING = {text.TEXT_AGAINST_TABLE, text.SHARE}


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
