"""Any sound report, written as CSV, XLSX or JSON, is read back as it was."""

import json
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from busy import as_json, read, write_folder, write_xlsx
from drawn import reports
from hypothesis import HealthCheck, given, settings

from docgen.check.passages import Prose
from docgen.check.rules.sums import check_sums
from docgen.finding import has_errors
from docgen.model import Report
from docgen.read import read_report


def assert_same(path: Path, report: Report, amount: Decimal) -> None:
    reading = read_report(path)
    findings = (*reading.findings, *check_sums(Prose(reading)))
    assert not has_errors(findings), [finding.message for finding in findings]
    assert reading.report == report
    assert str(reading.report.figures["disclosure.fees.amount"]) == str(amount)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports())
def test_written_and_read(report: Report) -> None:
    """CSV and JSON keep every digit and character; a workbook keeps what a float holds."""
    amount = report.figures["disclosure.fees.amount"]
    assert isinstance(amount, Decimal)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assert_same(write_folder(report, folder / "2024"), report, amount)
        tree: dict[str, Any] = {**as_json(report), "wording": dict(report.wording)}
        tree["figures"]["disclosure"]["fees"]["amount"] = "@amount@"
        text = json.dumps(tree, ensure_ascii=False).replace('"@amount@"', f"{amount:f}")
        (folder / "2024.json").write_text(text, encoding="utf-8")
        assert_same(folder / "2024.json", report, amount)
        write_xlsx(report, folder / "2024.xlsx")
        assert read(folder / "2024.xlsx") == report
