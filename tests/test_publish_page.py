"""The portal's page in a real browser: axe finds no violation, wide or narrow."""

from pathlib import Path

import pytest
from audit import audit, needs_axe
from door import INPUTS
from forms import FORMS

from docgen.forms.form import Form
from docgen.merge.lint import sample_reports
from docgen.publish.html import write_html
from docgen.read import read_report

pytestmark = pytest.mark.slow


@needs_axe
@pytest.mark.parametrize("width", [1280, 500])
def test_axe_finds_no_violation(tmp_path: Path, width: int) -> None:
    """All rules of axe, on the reference; a narrow window scrolls in the tables alone."""
    reading = read_report(INPUTS / "2024.json")
    result = audit(tmp_path, write_html(reading.form, reading.report), width)
    assert result["violations"] == []
    # Chromium gives no background for cells that other rows' cells lie beside.
    assert {rule for rule, _ in result["incomplete"]} <= {"color-contrast"}
    assert {"td-headers-attr", "th-has-data-cells", "td-has-header"} <= {
        rule for rule, _ in result["passes"]
    }
    assert result["scrolls"] == ([False] * 3 if width > 1000 else [False, True, True])
    assert not result["overflows"]


@needs_axe
@pytest.mark.parametrize("width", [1280, 500])
@pytest.mark.parametrize("key", ["toy-2024", "enforcement-zhejiang", "rule-of-law"])
def test_axe_finds_no_violation_in_other_forms(
    tmp_path: Path, toy: Form, key: str, width: int
) -> None:
    """Sheets, lines, notes, wide tables, text alone."""
    form = toy if key == toy.key else FORMS[key]
    for report in sample_reports(form):
        page = write_html(form.as_reported(report.units, report.absent), report)
        result = audit(tmp_path, page, width)
        assert result["violations"] == []
        assert {rule for rule, _ in result["incomplete"]} <= {"color-contrast"}
        assert not result["overflows"]


@needs_axe
def test_axe_would_find_one(tmp_path: Path) -> None:
    """The probe is no rubber stamp: a page without its language, a cell without its head."""
    reading = read_report(INPUTS / "2024.json")
    page = write_html(reading.form, reading.report).decode()
    page = page.replace(' lang="zh-CN"', "").replace('headers="disputes-', 'headers="nowhere-', 1)
    result = audit(tmp_path, page.encode(), 1280)
    assert {"html-has-lang", "td-headers-attr"} <= {rule for rule, _ in result["violations"]}
