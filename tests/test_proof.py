"""Proofs: made, compared with the document to the last character, the same every time."""

import io
import time
from pathlib import Path
from typing import Any

import docx
import pytest
from door import Docgen
from proofs import codes, document, edited, needs_office

from docgen.errors import InputStop
from docgen.layout import proof
from docgen.layout.fonts import is_own
from docgen.layout.office import ProofStop
from docgen.layout.passages import read_source
from docgen.layout.pdf import png_pages
from docgen.layout.printed import read_pages
from docgen.layout.proof import Proof
from docgen.layout.tracing import trace

pytestmark = needs_office


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return document(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module")
def made(reference: bytes) -> Proof:
    return proof.make_proof(reference, name="2024.docx")


def test_the_reference_is_sound(made: Proof) -> None:
    assert codes(made) == []
    assert made.pages == 5
    assert made.pdf.startswith(b"%PDF-")
    measures = made.measures
    assert measures.pitch == pytest.approx(28.95, abs=0.05)
    assert max(measures.lines) <= 22
    assert measures.left == pytest.approx(28, abs=0.3)
    assert measures.name_off == pytest.approx(0, abs=0.5)
    assert measures.seal is not None
    assert 0 < measures.seal.gap <= 1
    assert measures.seal.sinks > 0


def test_every_character_of_the_document_is_on_the_proof(reference: bytes, made: Proof) -> None:
    source = read_source(reference)
    found = trace(source, read_pages(made.pdf))
    for passage in source.passages:
        assert "".join(character.text for character in found.of(passage)) == passage.text
    assert sum(len(passage.text) for passage in source.passages) > 2000


@pytest.mark.slow
def test_the_same_document_gives_the_same_proof(reference: bytes, made: Proof) -> None:
    time.sleep(1.1)  # the clock of a PDF counts seconds
    again = proof.make_proof(reference, name="2024.docx")
    assert again == made
    guided = [proof.make_proof(reference, seal_guide=True).pdf for _ in range(2)]
    assert guided[0] == guided[1] != made.pdf


@pytest.mark.slow
def test_many_proofs_in_one_call(tmp_path: Path, reference: bytes) -> None:
    other = document(tmp_path, lambda report: report["sections"]["other"].append("没有。"))
    found = proof.make_proofs([reference, b"no document", other], names=["a", "b", "c"])
    assert [type(result) for result in found] == [Proof, InputStop, Proof]
    assert isinstance(found[1], InputStop)
    assert found[1].findings[0].code == "F106"


def test_substitutions_are_named(made: Proof) -> None:
    fonts = {c.font for page in read_pages(made.pdf) for c in page.characters}
    named = " ".join(made.substitutions)
    for official in ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"):
        assert (official in named) != any(is_own(official, font) for font in fonts)
    said = [finding for finding in made.findings if finding.code == "F111"]
    assert len(said) == len(made.substitutions)


@pytest.mark.slow
def test_rare_characters_are_set_and_named(tmp_path: Path) -> None:
    def change(report: dict[str, Any]) -> None:
        report["sections"]["other"] = ["乔玉珺同志负责，办公面积100㎡，联系人李𠮷。"]

    found = proof.make_proof(document(tmp_path, change))
    rare = [finding.message for finding in found.findings if finding.code == "F112"]
    assert rare
    assert all(character in rare[0] for character in "珺㎡𠮷")


@pytest.mark.slow
def test_a_character_that_is_lost_refuses_the_proof(
    tmp_path: Path, reference: bytes, made: Proof, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(report: dict[str, Any]) -> None:
        report["sections"]["other"][0] = report["sections"]["other"][0].replace("本年度", "年度")

    shorter = proof.make_proof(document(tmp_path, change)).pdf
    monkeypatch.setattr(proof, "convert", lambda *_: {"0": shorter})
    with pytest.raises(ProofStop) as stop:
        proof.make_proof(reference, name="2024.docx")
    finding = stop.value.findings[0]
    assert finding.code == "F105"
    assert finding.expected.endswith("本")
    assert made.pdf != shorter


@pytest.mark.slow
def test_cells_that_change_places_refuse_the_proof(
    reference: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    swapped = edited(reference, ("本年制发件数(.*?)本年废止件数", r"本年废止件数\1本年制发件数"))
    pdf = proof.make_proof(swapped).pdf
    monkeypatch.setattr(proof, "convert", lambda *_: {"0": pdf})
    with pytest.raises(ProofStop) as stop:
        proof.make_proof(reference)
    assert stop.value.findings[0].code == "F105"
    assert "第 1 张表第 2 行" in stop.value.findings[0].message


@pytest.mark.slow
def test_what_only_the_proof_says_refuses_it(
    tmp_path: Path, reference: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    longer = document(tmp_path, lambda report: report["preface"].append("另有一段。"))
    pdf = proof.make_proof(longer).pdf
    monkeypatch.setattr(proof, "convert", lambda *_: {"0": pdf})
    with pytest.raises(ProofStop) as stop:
        proof.make_proof(reference)
    assert "另有一段" in stop.value.findings[0].actual


@pytest.mark.slow
def test_a_document_from_elsewhere() -> None:
    foreign = docx.Document()
    foreign.add_heading("关于政府信息公开的报告", 1)
    for number in range(40):
        foreign.add_paragraph(f"第 {number} 段没有按公文格式来排。" * 9, style="List Number")
    stream = io.BytesIO()
    foreign.save(stream)
    found = proof.make_proof(stream.getvalue(), name="foreign.docx")
    assert {"P103", "P102", "P401"} <= set(codes(found))
    assert "P501" in [finding.code for finding in found.findings]


def test_pages_as_pictures(made: Proof) -> None:
    pictures = png_pages(made.pdf, 50)
    assert len(pictures) == made.pages
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert pictures == png_pages(made.pdf, 50)


@pytest.mark.slow
def test_the_command_writes_beside_the_document(
    docgen: Docgen, folder: Path, reference: bytes
) -> None:
    (folder / "年报.docx").write_bytes(reference)
    run = docgen("proof", "年报.docx", "--png", "--seal-guide")
    assert run.code == 0, run.err
    written = sorted(path.name for path in folder.iterdir())
    assert written == sorted(["年报.docx", "年报.pdf", *(f"年报-{n}.png" for n in range(1, 6))])
    assert docgen("proof", "年报.docx", "--png").code == 0  # its own proof may be replaced


def test_the_command_in_json_and_elsewhere(docgen: Docgen, folder: Path, reference: bytes) -> None:
    (folder / "a.docx").write_bytes(reference)
    (folder / "b.docx").write_text("这不是 Word 文件", encoding="utf-8")
    run = docgen("proof", "a.docx", "b.docx", "c.docx", "-o", "校样", "--json")
    assert run.code == 3
    assert [line["verdict"] for line in run.lines] == ["sound", "unreadable", "unreadable"]
    assert run.lines[0]["outputs"] == [str(Path("校样/a.pdf"))]
    assert {"F111", "F106", "X301"} <= set(run.codes)


@pytest.mark.slow
def test_the_command_leaves_what_is_not_docgens(
    docgen: Docgen, folder: Path, reference: bytes
) -> None:
    (folder / "a.docx").write_bytes(reference)
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 a scan with the seal on it")
    run = docgen("proof", "a.docx")
    assert run.code == 5
    assert "F301" in run.err
    assert (folder / "a.pdf").read_bytes().endswith(b"seal on it")
    assert docgen("proof", "a.docx", "--force").code == 0
    assert (folder / "a.pdf").stat().st_size > 10_000


def test_the_command_refuses_two_proofs_of_one_name(
    docgen: Docgen, folder: Path, reference: bytes
) -> None:
    for name in "ab":
        (folder / name).mkdir()
        (folder / name / "2024.docx").write_bytes(reference)
    run = docgen("proof", "a/2024.docx", "b/2024.docx", "-o", "out")
    assert run.code == 2
    assert "X202" in run.err
    assert not (folder / "out").exists()
