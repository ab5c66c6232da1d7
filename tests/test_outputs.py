"""What is issued beside the document appears with it, agrees with it and goes with it."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from door import INPUTS, Docgen, write_json

needs_office = pytest.mark.skipif(
    not shutil.which("soffice") and "CI" not in os.environ, reason="LibreOffice is not installed"
)
OUTPUTS = Path("outputs")


def names() -> list[str]:
    return sorted(path.name for path in OUTPUTS.iterdir())


def test_page_and_data_beside_the_document(docgen: Docgen) -> None:
    """They are named in the record and the data can be read again as an input."""
    run = docgen("render", INPUTS / "2024.json", "--html", "--data", "--json")
    assert run.code == 0
    assert names() == [
        "2024.docx", "2024.html", "2024.package.json", "2024.数据.csv", "2024.数据.json",
        "2024.粘贴.html",
    ]  # fmt: skip
    assert len(run.lines[0]["outputs"]) == 6
    again = docgen("render", OUTPUTS / "2024.数据.json", "-o", "again")
    assert again.code == 0
    assert Path("again/2024.数据.docx").read_bytes() == (OUTPUTS / "2024.docx").read_bytes()


def rewrite(path: Path, old: str, new: str) -> None:
    """Change the text of an input."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def given(folder: Path) -> Path:
    """The reference report in the working folder, to change."""
    return Path(shutil.copy(INPUTS / "2024.json", folder / "2024.json"))


def test_what_still_says_the_same_is_kept(docgen: Docgen, given: Path) -> None:
    """A run that asks for less leaves all that the same report makes, and says nothing changed."""
    assert docgen("render", given, "--html", "--data").code == 0
    before = {name: (OUTPUTS / name).read_bytes() for name in names()}
    run = docgen("render", given)
    assert "已签发，没有变" in run.err
    assert {name: (OUTPUTS / name).read_bytes() for name in names()} == before
    assert docgen("render", given, "--force").code == 0
    assert {name: (OUTPUTS / name).read_bytes() for name in names()} == before


def test_what_says_something_else_is_removed_and_told(docgen: Docgen, given: Path) -> None:
    """A page of the issue before would show another text; an edited file stays, and is told."""
    assert docgen("render", given, "--html", "--data").code == 0
    (OUTPUTS / "2024.html").write_text("mine", encoding="utf-8")
    rewrite(given, "坚持以", "始终坚持以")
    run = docgen("render", given)
    assert (run.code, names()) == (
        0,
        ["2024.docx", "2024.html", "2024.package.json", "2024.数据.csv"],
    )
    removed = "“2024.粘贴.html”、“2024.数据.json”"
    assert f"警告 X506 上次一起出的{removed}，不是这次做出来的样子" in run.err
    assert "警告 X507 “2024.html”是以前一起出的，后来改过，没有动它" in run.err
    assert (OUTPUTS / "2024.html").read_text(encoding="utf-8") == "mine"
    run = docgen("render", given, "--html")
    assert (run.code, "X501" in run.err) == (5, True)
    assert (OUTPUTS / "2024.html").read_text(encoding="utf-8") == "mine"


def test_only_what_docgen_writes_is_ever_removed(docgen: Docgen, given: Path) -> None:
    """A record may name anything: its own input, another report, a file by a path."""
    assert docgen("render", given, "-o", ".").code == 0
    record = Path("2024.package.json")
    others = {
        "2024.json": given.read_bytes(),
        "2024.txt": b"x",
        "2024.xlsx": b"y",
        "2024/a.pdf": b"z",
    }
    Path("2024").mkdir()
    for name, data in others.items():
        Path(name).write_bytes(data)
    Path("2024.pdf").write_bytes(b"a proof, as the record says")
    said = json.loads(record.read_bytes())
    said["beside"] = [
        {"name": name, "sha256": hashlib.sha256(Path(name).read_bytes()).hexdigest()}
        for name in (*others, "2024.pdf")
    ]
    record.write_text(json.dumps(said), encoding="utf-8")
    rewrite(given, "坚持以", "始终坚持以")
    said["beside"][0]["sha256"] = hashlib.sha256(given.read_bytes()).hexdigest()
    others["2024.json"] = given.read_bytes()
    record.write_text(json.dumps(said), encoding="utf-8")
    run = docgen("render", given, "-o", ".")
    assert (run.code, "X506 上次一起出的“2024.pdf”，" in run.err) == (0, True)
    assert {name: Path(name).read_bytes() for name in others} == others
    assert not Path("2024.pdf").exists()


def test_an_input_called_like_data_is_not_removed(docgen: Docgen, given: Path) -> None:
    """Even where a name is one that docgen writes: what is read is not removed."""
    data = Path(given.rename("2024.数据.json"))
    shutil.copy(data, "2024.json")
    assert docgen("render", "2024.json", "-o", ".").code == 0
    record = Path("2024.package.json")
    said = json.loads(record.read_bytes())
    digest = hashlib.sha256(data.read_bytes()).hexdigest()
    said["beside"] = [{"name": data.name, "sha256": digest}]
    record.write_text(json.dumps(said), encoding="utf-8")
    rewrite(Path("2024.json"), "坚持以", "始终坚持以")
    assert docgen("render", "2024.json", "-o", ".", "--previous", data).code in (0, 1)
    assert data.exists()


@pytest.mark.slow
@needs_office
def test_a_proof_beside_the_document(docgen: Docgen) -> None:
    """The proof has five pages; the same again is the same bytes; the record knows the pages."""
    assert docgen("render", INPUTS / "2024.json", "--pdf", "--png").code == 0
    first = {name: (OUTPUTS / name).read_bytes() for name in names()}
    assert sorted(first) == [
        "2024-1.png", "2024-2.png", "2024-3.png", "2024-4.png", "2024-5.png",
        "2024.docx", "2024.package.json", "2024.pdf",
    ]  # fmt: skip
    assert b'"pages": 5' in first["2024.package.json"]
    for words in (["--pdf", "--png"], []):  # looked at again, not made again; kept unasked
        run = docgen("render", INPUTS / "2024.json", *words)
        assert (run.code, "已签发，没有变" in run.err) == (0, True)
        assert {name: (OUTPUTS / name).read_bytes() for name in names()} == first
    assert docgen("render", INPUTS / "2024.json", "--pdf", "--png", "--force").code == 0
    assert {name: (OUTPUTS / name).read_bytes() for name in names()} == first
    for name in ("2024.docx", "2024.pdf", "2024-5.png"):
        run = docgen("verify", OUTPUTS / name, "--input", INPUTS / "2024.json")
        assert (run.code, "就是签发的那一份" in run.err) == (0, True)


def test_without_libreoffice_the_document_is_issued(
    docgen: Docgen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof is missing, said with what to install, and exit code 5; the DOCX is there."""
    monkeypatch.setenv("DOCGEN_SOFFICE", "/nowhere/soffice")
    run = docgen("render", INPUTS / "2024.json", "--pdf")
    assert (run.code, "F101" in run.err) == (5, True)
    assert names() == ["2024.docx", "2024.package.json"]
    assert docgen("verify", OUTPUTS / "2024.docx").code == 0


def test_a_draft_has_no_page(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """What is not issued is not published."""
    del reference["signature"]
    run = docgen("render", write_json(folder / "a.json", reference), "--draft", "--html", "--data")
    assert run.code == 1
    assert names() == ["a.草稿.docx", "a.草稿.package.json"]


@pytest.mark.slow
def test_the_seal_form_and_its_short_form(docgen: Docgen) -> None:
    """The short form printed on 用印审批单 tells the document from any other."""
    docgen("render", INPUTS / "2024.json")
    assert docgen("seal-form", OUTPUTS / "2024.docx").code == 0
    from docgen.files import sha256
    from docgen.publish.seal_form import short_form

    short = short_form(sha256((OUTPUTS / "2024.docx").read_bytes()))
    run = docgen("verify", OUTPUTS / "2024.docx", "--short", short.lower())
    assert (run.code, "与审批单相符" in run.err) == (0, True)
    wrong = short.replace(short[0], "0" if short[0] != "0" else "1")
    run = docgen("verify", OUTPUTS / "2024.docx", "--short", wrong)
    assert (run.code, "H203" in run.err) == (6, True)
