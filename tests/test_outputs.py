"""What is issued beside the document appears with it, agrees with it and goes with it."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import INPUTS, Docgen, write_json

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
    ]  # fmt: skip
    assert len(run.lines[0]["outputs"]) == 5
    again = docgen("render", OUTPUTS / "2024.数据.json", "-o", "again")
    assert again.code == 0
    assert Path("again/2024.数据.docx").read_bytes() == (OUTPUTS / "2024.docx").read_bytes()


def test_what_is_not_written_again_is_removed(docgen: Docgen) -> None:
    """A page of the issue before would show other figures; one that was edited stays."""
    docgen("render", INPUTS / "2024.json", "--html", "--data")
    (OUTPUTS / "2024.数据.csv").write_text("mine", encoding="utf-8")
    assert docgen("render", INPUTS / "2024.json").code == 0
    assert names() == ["2024.docx", "2024.package.json", "2024.数据.csv"]
    run = docgen("render", INPUTS / "2024.json", "--data")
    assert (run.code, "X501" in run.err) == (5, True)
    assert (OUTPUTS / "2024.数据.csv").read_text(encoding="utf-8") == "mine"


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
    assert docgen("render", INPUTS / "2024.json", "--pdf", "--png").code == 0
    assert {name: (OUTPUTS / name).read_bytes() for name in names()} == first
    assert docgen("verify", OUTPUTS / "2024.docx").code == 0


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
