"""`docgen verify` tells changes in the input's own places, and holds a sealed PDF by its words."""

import io
import shutil
from pathlib import Path

import leader
import pypdfium2
import pytest
from door import INPUTS, Docgen
from issued import codes
from proofs import needs_office

DOCUMENT = Path("outputs/2024.docx")


@pytest.fixture
def issued(docgen: Docgen) -> Docgen:
    """The reference report as a folder, issued, its input at hand."""
    shutil.copytree(INPUTS / "2024", "inputs/2024")
    assert docgen("render", "inputs/2024").code == 0
    return docgen


def test_the_place_is_the_inputs(issued: Docgen) -> None:
    """A figure, a paragraph and a date are told by file and cell; what is tracked by its author."""
    document = leader.opened(DOCUMENT)
    leader.put(document, 1, 3, 3, "3")
    found = leader.paragraph_with(document, "（一）存在的主要问题")
    leader.track_insertion(found, "和不足", "王主任")
    leader.comment(document, leader.paragraph_with(document, "（二）改进措施"), "再核", "李局")
    document.save(str(DOCUMENT))

    run = issued("verify", DOCUMENT)
    assert run.code == 6
    assert "表二 申请办理.csv D4改过：签发时是“0”，现在是“3”" in run.err
    assert "正文.csv B7：王主任添上“和不足”" in run.err
    assert "正文.csv B9：李局批注“（二）改进措施”：再核" in run.err


def test_without_the_input_it_is_the_documents(issued: Docgen) -> None:
    """An input that is gone, or was changed, has no places: the document's own are told."""
    document = leader.opened(DOCUMENT)
    leader.put(document, 1, 3, 3, "3")
    document.save(str(DOCUMENT))
    path = Path("inputs/2024/正文.csv")
    path.write_bytes(path.read_bytes() + b"\r\n")
    run = issued("verify", DOCUMENT)
    assert "第 2 张表第 4 行" in run.err
    assert "csv D4改过" not in run.err


def test_white_space_alone_is_told(issued: Docgen) -> None:
    """A blank put before a paragraph is a change, too."""
    document = leader.opened(DOCUMENT)
    found = leader.paragraph_with(document, "（二）改进措施")
    leader.say(found, "　（二）改进措施")
    document.save(str(DOCUMENT))
    assert codes(issued("verify", DOCUMENT)) == ["V103"]


@needs_office
def test_a_sealed_pdf(issued: Docgen) -> None:
    """Saved again it says the same; of another report each other word is told; a scan says why."""
    assert issued("render", "inputs/2024", "--pdf").code == 0
    sealed = Path("2024（盖章）.pdf")
    with pypdfium2.PdfDocument("outputs/2024.pdf") as pdf:
        pages = [page.render(scale=1) for page in pdf]
        stream = io.BytesIO()
        pdf.save(stream)
    sealed.write_bytes(stream.getvalue())
    run = issued("verify", sealed)
    assert run.code == 0
    assert "印章、图片、字的颜色和版式没有比" in run.err

    scanned = Path("2024扫描.pdf")
    scan = pypdfium2.PdfDocument.new()
    for bitmap in pages:
        picture = pypdfium2.PdfImage.new(scan)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(bitmap.width, bitmap.height))
        page = scan.new_page(bitmap.width, bitmap.height)
        page.insert_obj(picture)
        page.gen_content()
    scan.save(scanned)
    run = issued("verify", scanned)
    assert (run.code, codes(run)) == (6, ["V120"])

    path = Path("inputs/2024/表一 主动公开.csv")
    path.write_bytes(path.read_bytes().replace("行政处罚,5".encode(), "行政处罚,6".encode()))
    assert issued("render", "inputs/2024", "--pdf", "-o", "others").code == 0
    shutil.copy("others/2024.pdf", sealed)
    run = issued("verify", sealed)
    assert (run.code, codes(run)) == (6, ["V111", "V103"])
    assert "第 1 张表第 10 行第 2 格改过：签发时是“5”，现在是“6”" in run.err
