"""A page in a real browser, as axe with all its rules sees it."""

import html
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from processes import finish

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
