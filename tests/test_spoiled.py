"""What the rules say of 500 reports spoilt at random is what tests/data/findings.txt keeps.

A change that is meant is written down by `python benchmarks/spoiled.py` and read in the diff.
"""

import difflib

from spoiled import COUNT, KEPT, findings


def test_the_findings_are_those_kept() -> None:
    kept = KEPT.read_text(encoding="utf-8").splitlines()
    differ = list(difflib.unified_diff(kept, list(findings(COUNT)), n=0, lineterm=""))
    assert differ == []
