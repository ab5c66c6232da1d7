"""What is found in reports spoilt at random is what tests/data/findings.txt keeps, rule by rule.

A change that is meant is written down by `python tests/support/spoiled.py`.
"""

import pytest
from spoiled import KEPT, summary


@pytest.mark.slow
def test_the_findings_are_those_kept() -> None:
    assert summary() == KEPT.read_text(encoding="utf-8").splitlines()
