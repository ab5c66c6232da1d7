"""`docgen render --reissue`: a corrected issue keeps the one before it, and says what changed."""

import json
import shutil
from pathlib import Path

import pytest
from door import INPUTS, Docgen

INPUT, OUTPUTS = Path("inputs/2024.json"), Path("outputs")
FIRST = OUTPUTS / "2024.第1次签发.docx"


@pytest.fixture
def issued(docgen: Docgen) -> Docgen:
    """The reference report, issued, its input at hand."""
    INPUT.parent.mkdir()
    shutil.copy(INPUTS / "2024.json", INPUT)
    assert docgen("render", INPUT).code == 0
    return docgen


def correct(old: str, new: str) -> None:
    text = INPUT.read_text(encoding="utf-8")
    assert old in text
    INPUT.write_text(text.replace(old, new, 1), encoding="utf-8")


def record() -> dict[str, object]:
    said: dict[str, object] = json.loads((OUTPUTS / "2024.package.json").read_bytes())
    return said


def test_a_correction(issued: Docgen) -> None:
    before = (OUTPUTS / "2024.docx").read_bytes(), (OUTPUTS / "2024.package.json").read_bytes()
    shutil.copy(INPUT, "inputs/2024.改前.json")
    correct('"decided": 5', '"decided": 6')
    run = issued("render", INPUT, "--reissue", "行政处罚填错")
    assert run.code == 0
    assert "第 1 次更正：和上一份比改了 1 处" in run.err
    assert before == (FIRST.read_bytes(), (OUTPUTS / "2024.第1次签发.package.json").read_bytes())

    notes = (OUTPUTS / "2024.更正说明.txt").read_text(encoding="utf-8-sig")
    assert "更正原因：行政处罚填错" in notes
    assert "行政处罚" in notes.split("1．")[1]
    assert "“5”更正为“6”" in notes
    reissue = record()["reissue"]
    assert isinstance(reissue, dict)
    assert (reissue["number"], reissue["reason"]) == (1, "行政处罚填错")

    for path in (OUTPUTS / "2024.docx", OUTPUTS / "2024.更正说明.txt", FIRST):
        run = issued("verify", path)
        assert run.code == 0, run.err
        assert "就是签发的那一份" in run.err
    assert "后来出过更正版" in run.err
    assert (
        "第 1 次更正的一份，更正原因：行政处罚填错" in issued("verify", OUTPUTS / "2024.docx").err
    )

    Path("inputs/2024.改前.json").unlink()
    assert "没有找到输入" in issued("verify", FIRST).err
    FIRST.write_bytes(FIRST.read_bytes() + b"0")
    assert issued("verify", FIRST).code == 6


def test_it_stays_and_is_numbered(issued: Docgen) -> None:
    """Issued again with nothing changed it is the same; each correction has its number."""
    correct('"decided": 5', '"decided": 6')
    assert issued("render", INPUT, "--reissue", "填错").code == 0
    there = {path: path.read_bytes() for path in OUTPUTS.iterdir()}
    assert "没有变" in issued("render", INPUT).err
    assert {path: path.read_bytes() for path in OUTPUTS.iterdir()} == there

    correct('"decided": 6', '"decided": 7')
    assert "第 2 次更正" in issued("render", INPUT, "--reissue", "又填错").err
    assert FIRST.read_bytes() == there[FIRST]
    second = (OUTPUTS / "2024.第2次签发.docx").read_bytes()
    assert second == there[OUTPUTS / "2024.docx"]


def test_what_cannot_be_corrected(issued: Docgen) -> None:
    assert "H103" in issued("render", INPUT, "--reissue", "没有变").err
    assert "H102" in issued("render", INPUT, "--reissue", "x", "-o", "别处").err
    assert "X201" in issued("render", INPUT, "--reissue", " ").err
    assert "X201" in issued("render", INPUT, "--reissue", "x", "--draft").err
    assert "X201" in issued("render", INPUT, INPUTS / "2024", "--reissue", "x").err
    correct('"decided": 5', '"decided": 6')
    document = OUTPUTS / "2024.docx"
    document.write_bytes(document.read_bytes() + b"0")
    assert "X501" in issued("render", INPUT, "--reissue", "改过的不盖").err
    assert not FIRST.exists()


@pytest.mark.parametrize("said", ["x", {"number": "1"}, {"number": 1, "changes": [1]}, None])
def test_a_forged_correction(issued: Docgen, said: object) -> None:
    """What a record says of a correction may be anything."""
    path = OUTPUTS / "2024.package.json"
    path.write_text(json.dumps({**record(), "reissue": said}), encoding="utf-8")
    assert issued("verify", OUTPUTS / "2024.docx").code in (0, 6)
    assert issued("render", INPUT).code == 0
