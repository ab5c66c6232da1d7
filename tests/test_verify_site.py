"""`docgen verify` of what comes back otherwise: a page saved from a site, a sealed OFD."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from door import INPUTS, Docgen
from drawn_ofd import draw_ofd
from issued import codes

from docgen.issuing.changes import Contents

DOCUMENT = Path("outputs/2024.docx")
SEALED, SAVED = Path("2024（盖章）.ofd"), Path("门户/某镇年报.html")


@pytest.fixture
def issued(docgen: Docgen) -> Docgen:
    """The reference report, issued with its page, its input at hand."""
    shutil.copytree(INPUTS / "2024", "inputs/2024")
    assert docgen("render", "inputs/2024", "--html").code == 0
    SAVED.parent.mkdir()
    return docgen


def on_site() -> str:
    """The page as a portal shows it: navigation, a line under the title, attachments."""
    page = Path("outputs/2024.html").read_text(encoding="utf-8")
    menu = "<table><tr><td><a>首页</a></td><td>年报</td></tr></table><div>您的位置：首页</div>"
    line = "</h1><div>发布时间：2025-01-20　来源：镇政府　字体：大 中 小</div>"
    page = page.replace("<main>", f"<main>{menu}").replace("</h1>", line)
    return page.replace("</main>", "<p>附件下载：2024.docx</p><div>扫一扫</div></main>")


def test_a_saved_page(issued: Docgen) -> None:
    """What a portal puts around the report is its own; a paragraph may be cut in two."""
    page = on_site().replace("（一）主动公开", "</p><p>（一）主动公开")
    SAVED.write_text(page, encoding="utf-8")
    run = issued("verify", SAVED, "--against", DOCUMENT)
    assert run.code == 0
    assert "逐个相同" in run.err
    assert "题目和正文之间另有“发布时间：2025-01-20来源：镇政府" in run.err

    named = Path("2024_门户网站.htm")
    named.write_text(page, encoding="utf-8")
    assert issued("verify", named).code == 0


@pytest.mark.parametrize(
    ("pattern", "new", "code", "told"),
    [
        (">5<", ">6<", "V103", "第 1 张表第 10 行第 2 格改过：签发时是“5”，现在是“6”"),
        ("（一）存在", "（一）还存在", "V103", "（一）还"),
        ("<p>.*?</p>", "", "V103", "（没有）"),
        ("</h2>", "</h2><p>点击订阅</p>", "V130", "多出“点击订阅”"),
        (' colspan="[0-9]+"', "", "V131", "位置不对"),
    ],
)
def test_another_page(issued: Docgen, pattern: str, new: str, code: str, told: str) -> None:
    page = re.sub(pattern, new, on_site(), count=0 if code == "V131" else 1)
    SAVED.write_text(page, encoding="utf-8")
    run = issued("verify", SAVED, "--against", DOCUMENT)
    assert run.code == 6
    assert set(codes(run)) == {code}
    assert told in run.err


def test_no_page_of_it(issued: Docgen) -> None:
    """Another page, an empty one, one that nothing near is called like."""
    SAVED.write_text("<p>今日天气</p>", encoding="utf-8")
    assert "里面没有这份报告" in issued("verify", SAVED, "--against", DOCUMENT).err
    run = issued("verify", SAVED)
    assert (run.code, codes(run)) == (6, ["V101"])
    assert "--against" in run.err


def ofd_of(change: Callable[[str], str] = lambda page: page) -> bytes:
    return draw_ofd(Contents(DOCUMENT.read_bytes()).body, change)


def test_a_sealed_ofd(issued: Docgen) -> None:
    """Its words are those that were signed, wherever the exporter cut its lines."""
    SEALED.write_bytes(ofd_of())
    run = issued("verify", SEALED)
    assert (run.code, codes(run)) == (0, [])
    assert "文字和数字与签发的相同" in run.err


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda page: page.replace(">5</ofd:TextCode>", ">6</ofd:TextCode>"), "现在是“6”"),
        (  # in the place of the first cell of the page stands what was in the last
            lambda page: re.sub(r'(Boundary=")[^"]*("[^>]*><[^>]*>5<)', r"\g<1>9 9 3 3\2", page),
            "（没有）",
        ),
        (lambda page: re.sub(r"<(ofd:TextObject)([^>]*>[^>]*>5<)",
                             r'<\1 Visible="false"\2', page), "（没有）"),
        (lambda page: re.sub(r"<(ofd:TextObject)([^>]*>[^>]*>5<)",
                             r'<\1 DrawParam="5"\2', page), "（没有）"),
        (  # white over it
            lambda page: f'{page}<ofd:PathObject ID="99" Boundary="28 37 156 225" Fill="true">'
            '<ofd:FillColor Value="255 255 255"/><ofd:AbbreviatedData>M 0 0 L 156 0 L 156 225 '
            "L 0 225 C</ofd:AbbreviatedData></ofd:PathObject>",
            "现在是“（没有）”",
        ),
    ],
    ids=["another figure", "moved away", "not drawn", "in white", "painted over"],
)  # fmt: skip
def test_another_ofd(issued: Docgen, change: Callable[[str], str], told: str) -> None:
    SEALED.write_bytes(ofd_of(change))
    run = issued("verify", SEALED)
    assert run.code == 6
    assert told in run.err


def packed(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


OFD = "<o><DocBody><DocRoot>d.xml</DocRoot></DocBody></o>"
PAGE = (
    "<o><CommonData><PageArea><PhysicalBox>0 0 {} 297</PhysicalBox></PageArea></CommonData>{}</o>"
)
ONE = "<Pages><Page BaseLoc='p.xml'/></Pages>"
TEXT = "<o><Content><Layer><TextObject Boundary='{}'><TextCode X='{}' DeltaX='{}'>5</TextCode>\
</TextObject></Layer></Content></o>"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\3\4 broken",
        b"<html>",
        packed({"a.xml": "<a/>"}),
        packed({"OFD.xml": "<!DOCTYPE a [<!ENTITY x 'x'>]><a>&x;</a>"}),
        packed({"OFD.xml": OFD}),
        packed({"OFD.xml": OFD.replace("d.xml", "../../../etc/passwd")}),
        packed({"OFD.xml": OFD, "d.xml": PAGE.format("210", "")}),
        packed({"OFD.xml": OFD, "d.xml": PAGE.format("nan", ONE), "p.xml": "<o/>"}),
        packed({"OFD.xml": OFD, "d.xml": PAGE.format("1e99", ONE), "p.xml": "<o/>"}),
        packed({"OFD.xml": OFD, "d.xml": PAGE.format("210", ONE), "p.xml": "<o/>"}),
        packed(
            {
                "OFD.xml": OFD,
                "d.xml": PAGE.format("210", ONE),
                "p.xml": TEXT.format("1 1 1 1", "1e8", "g 999999999 1"),
            }
        ),
        packed({"OFD.xml": OFD, "d.xml": PAGE.format("210", ONE * 500), "p.xml": "<o/>"}),
        packed({"OFD.xml": "<a>" * 400 + "</a>" * 400}),
    ],
)
def test_hostile_ofd(issued: Docgen, data: bytes) -> None:
    SEALED.write_bytes(data)
    run = issued("verify", SEALED)
    assert (run.code, codes(run)) == (6, ["V120"])
