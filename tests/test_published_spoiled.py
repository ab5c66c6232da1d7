"""Pages, archives and old documents spoilt at random: refused or told, never a wrong figure."""

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pages
import pytest
from fuzzing import run
from proofs import needs_office
from spoiled_pdf import wrong_figures
from test_published_archive import zipped
from test_published_converted import converted

from docgen.errors import InputStop
from docgen.read import read_report

pytestmark = pytest.mark.slow

#: Sound, findings, unreadable.
CODES = (0, 1, 3)
SECONDS = 10  # of a run that should take half of one


def tags_spoilt(text: str, random: Random) -> str:
    """A page with some of its tags lost, doubled, swapped or cut off; its texts stay."""
    parts = re.split("(<[^>]*>)", text)
    for _ in range(random.randrange(1, 4)):
        at = random.randrange(len(parts) // 2) * 2 + 1
        match random.randrange(6):
            case 0:
                parts[at] = ""
            case 1:
                parts[at] *= 2
            case 2:
                other = random.randrange(len(parts) // 2) * 2 + 1
                parts[at], parts[other] = parts[other], parts[at]
            case 3:
                parts[at] = parts[at].replace("<", "</", 1)
            case 4:
                parts[at] = re.sub('"[0-9]+"', f'"{random.choice((0, 2, 3, 99, -1))}"', parts[at])
            case _:
                parts = parts[: max(at, len(parts) // 2)]
    return "".join(parts)


def bytes_spoilt(data: bytes, random: Random) -> bytes:
    """Bytes changed, cut out, doubled, or cut off."""
    spoilt = bytearray(data)
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(spoilt))
        match random.randrange(4):
            case 0:
                spoilt[at] = random.randrange(256)
            case 1:
                del spoilt[at : at + random.randrange(1, 300)]
            case 2:
                spoilt[at:at] = spoilt[at : at + random.randrange(1, 300)]
            case _:
                del spoilt[max(at, 1) :]
        if not spoilt:
            return data[:1]
    return bytes(spoilt)


def test_tags(tmp_path: Path) -> None:
    """A figure that is not what it was is told: by its place, or by an error of the report."""
    random = Random(14)
    texts = {
        name: pages.as_bytes(pages.page_of(pages.input_of(name)), "utf-8").decode()
        for name in pages.REPORTS[:3]
    }
    path = tmp_path / "a.html"
    read = 0
    for number in range(1000):
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

    assert read > 500  # most are read, else this shows nothing


def _kinds() -> Iterator[tuple[str, bytes]]:
    """A file of each kind that needs no LibreOffice, by its suffix."""
    page = pages.as_bytes(pages.page_of(pages.input_of("jinhu_2023")), "gb18030")
    yield "html", page
    yield "mht", pages.as_archive(page, "gb2312")
    yield "zip", zipped({"甲/年报.html": page, "乙.zip": zipped({"说明.txt": b"x"})})


@pytest.mark.parametrize("kind", ["html", "mht", "zip"])
def test_bytes(tmp_path: Path, kind: str) -> None:
    """Whatever they are, docgen ends by itself, soon, and leaves nothing behind."""
    random = Random(14)
    data = dict(_kinds())[kind]
    path = tmp_path / f"a.{kind}"
    left = set(Path(tempfile.gettempdir()).glob("docgen-unpack-*"))
    for number in range(1000):
        path.write_bytes(bytes_spoilt(data, random))
        begun = time.monotonic()
        code, said = run(f"check {path} --json")
        assert code in CODES, (number, said)
        assert time.monotonic() - begun < SECONDS, number
    assert set(Path(tempfile.gettempdir()).glob("docgen-unpack-*")) <= left


def test_drawings() -> None:
    """However a PDF is drawn: `python benchmarks/fuzz.py SECONDS SEED pdf` does more of it."""
    for number in range(40):
        assert list(wrong_figures(Random(f"14 {number}"))) == [], number


@needs_office
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_old_documents(tmp_path: Path, kind: str) -> None:
    random = Random(14)
    page = tmp_path / "a.html"
    page.write_bytes(pages.as_bytes(pages.page_of(pages.input_of("jinhu_2023")), "utf-8"))
    document = page if kind == "odt" else converted(page, "odt", tmp_path)
    data = converted(document, kind, tmp_path).read_bytes()
    path = tmp_path / f"b.{kind}"
    for number in range(8):
        path.write_bytes(bytes_spoilt(data, random))
        code, said = run(f"check {path} --json")
        assert code in CODES, (number, said)
