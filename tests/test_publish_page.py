"""The portal's page in a real browser: axe finds no violation, wide or narrow."""

import html
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from door import INPUTS
from forms import FORMS
from processes import finish

from docgen.forms.form import Form
from docgen.merge.lint import sample_reports
from docgen.publish.html import write_html
from docgen.read import read_report

pytestmark = pytest.mark.slow

AXE = os.environ.get("AXE_CORE")
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
SWITCHES = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
    "disable-component-update disable-sync virtual-time-budget=20000 dump-dom"
)
#: Experimental: it takes the form's own first row, one cell wide, for a caption, though there is
#: a caption.
WITHOUT = ("table-fake-caption",)

needs_axe = pytest.mark.skipif(
    (AXE is None or not CHROMIUM) and "CI" not in os.environ,
    reason="needs Chromium, and axe.min.js of the npm package axe-core named by AXE_CORE",
)
RUN = """
const rules = Object.fromEntries(axe.getRules().map(r => [r.ruleId, {enabled: true}]));
for (const name of WITHOUT) rules[name] = {enabled: false};
axe.run(document, {rules}).then(result => {
  const pre = document.createElement("pre");
  pre.id = "axe";
  const parts = {violations: "", incomplete: "", passes: ""};
  for (const part in parts) {
    parts[part] = result[part].map(rule => [rule.id, rule.nodes.map(node => node.html)]);
  }
  parts.scrolls = [...document.querySelectorAll(".scroll")].map(e => e.scrollWidth > e.clientWidth);
  parts.overflows = document.documentElement.scrollWidth > innerWidth;
  pre.textContent = JSON.stringify(parts);
  document.body.append(pre);
});
"""


def audit(folder: Path, page: bytes, width: int) -> dict[str, Any]:
    """What axe, with all its rules, says of a page in a window of this width."""
    assert AXE
    axe = Path(AXE).read_text(encoding="utf-8").replace("</script", "<\\/script")
    run = RUN.replace("WITHOUT", json.dumps(WITHOUT))
    probe = f"<script>{axe}</script><script>{run}</script></body>"
    path = folder / "page.html"
    path.write_text(page.decode().replace("</body>", probe), encoding="utf-8")
    switches = [f"--{switch}" for switch in SWITCHES.split()]
    switches += [f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900"]
    assert CHROMIUM
    done = finish([CHROMIUM, *switches, path.as_uri()])
    assert done.returncode == 0, done.stderr
    found = re.search(r'<pre id="axe">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, "axe did not run"
    result: dict[str, Any] = json.loads(html.unescape(found[1]))
    return result


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
