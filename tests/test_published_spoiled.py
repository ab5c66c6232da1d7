"""Pages, archives and old documents spoilt at random: refused or told, never a wrong figure.

For longer: `pytest -m slow tests/test_published_spoiled.py --examples 10`.
"""

import tempfile
import time
from pathlib import Path
from random import Random

import pages
import pytest
from fuzzing import run
from proofs import needs_office
from spoiled_pdf import wrong_figures
from spoilt_reports import bytes_spoilt, published, tags_spoilt
from test_published_converted import converted

from docgen.errors import InputStop
from docgen.read import read_report

pytestmark = pytest.mark.slow

#: Sound, findings, unreadable.
CODES = (0, 1, 3)
SECONDS = 10  # of a run that should take half of one
ROUNDS = 150


def test_tags(tmp_path: Path, times: int) -> None:
    """A figure that is not what it was is told: by its place, or by an error of the report."""
    random = Random(14)
    texts = {
        name: pages.as_bytes(pages.page_of(pages.input_of(name)), "utf-8").decode()
        for name in pages.REPORTS[:3]
    }
    path = tmp_path / "a.html"
    read = 0
    for number in range(ROUNDS * times):
        name = random.choice(list(texts))
        path.write_text(tags_spoilt(texts[name], random), encoding="utf-8")
        before = pages.input_of(name).report.figures
        begun = time.monotonic()
        try:
            after = read_report(path)
        except InputStop:
            continue
        finally:
            assert time.monotonic() - begun < SECONDS, number

        read += 1
        if after.report.figures != before:
            code, said = run(f"check {path}")
            assert code == 1, (number, said)

    assert read > ROUNDS * times / 2  # most are read, else this shows nothing


@pytest.mark.parametrize("kind", ["html", "mht", "zip"])
def test_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, times: int) -> None:
    """Whatever they are, docgen ends by itself, soon, and leaves nothing behind."""
    random = Random(14)
    data = published(kind)
    path = tmp_path / f"a.{kind}"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))  # not what others use at the same time
    for number in range(ROUNDS * times):
        path.write_bytes(bytes_spoilt(data, random))
        begun = time.monotonic()
        code, said = run(f"check {path} --json")
        assert code in CODES, (number, said)
        assert time.monotonic() - begun < SECONDS, number
    assert list(temporary.iterdir()) == []


def test_drawings() -> None:
    """However a PDF is drawn: `python benchmarks/fuzz.py SECONDS SEED pdf` does more of it."""
    for number in range(20):
        assert list(wrong_figures(Random(f"14 {number}"))) == [], number


@needs_office
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_old_documents(tmp_path: Path, kind: str, times: int) -> None:
    random = Random(14)
    page = tmp_path / "a.html"
    page.write_bytes(published("html"))
    document = page if kind == "odt" else converted(page, "odt", tmp_path)
    data = converted(document, kind, tmp_path).read_bytes()
    path = tmp_path / f"b.{kind}"
    for number in range(3 * times):
        path.write_bytes(bytes_spoilt(data, random))
        code, said = run(f"check {path} --json")
        assert code in CODES, (number, said)
