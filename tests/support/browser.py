"""Pages as a real browser prints them."""

import os
import shutil
from pathlib import Path

import pytest
from processes import finish

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
needs_browser = pytest.mark.skipif(not BROWSER and "CI" not in os.environ, reason="needs Chromium")


def printed_by_browser(folder: Path, page: str) -> Path:
    """Return the PDF of a page."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    pdf = folder / "page.pdf"
    switches = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    profile = f"--user-data-dir={folder / 'profile'}"
    address = (folder / "page.html").as_uri()
    done = finish([BROWSER, *switches, profile, f"--print-to-pdf={pdf}", address])
    assert done.returncode == 0, done.stderr
    return pdf
