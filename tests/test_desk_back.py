"""Files that come back to the desk: verified, written back, told in words; the real server."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from county import sheets_of, unit_report
from desk import Answer, RunningDesk, running_desk
from docx import Document
from door import Docgen


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RunningDesk]:
    with running_desk(tmp_path) as running:
        running.open()
        yield running


def lay(desk: RunningDesk, name: str = "2025", number: int = 1) -> Path:
    folder = desk.folder / "inputs" / name
    folder.mkdir(parents=True)
    for sheet, data in sheets_of(unit_report(number)).items():
        (folder / sheet).write_bytes(data)
    return folder


def page_of(desk: RunningDesk, name: str = "2025") -> str:
    """Return where the page of a report is."""
    found = re.search(rf'<a href="(/draft/[0-9a-f]+)">{name}</a>', desk.ask("/").text)
    assert found, desk.ask("/").text
    return found[1]


def heading(answer: Answer) -> str:
    return answer.text.partition("<h1>")[2].partition("</h1>")[0]


def outputs(desk: RunningDesk, docgen: Docgen, *more: str, name: str = "2025") -> Path:
    folder = desk.folder / "outputs"
    made = docgen("render", desk.folder / "inputs" / name, "-o", folder, *more)
    assert made.code == 0, made
    return folder


def changed(document: Path, before: str, after: str) -> bytes:
    """Return a copy of a document in which Word changed these words."""
    opened = Document(str(document))
    for one in opened.paragraphs:
        if before in one.text:
            one.runs[-1].text = one.runs[-1].text.replace(before, after)
    copy = document.parent.parent / "changed.tmp"
    opened.save(str(copy))
    data = copy.read_bytes()
    copy.unlink()
    return data


def test_every_file_is_verified_as_the_command_does(desk: RunningDesk, docgen: Docgen) -> None:
    lay(desk)
    page = page_of(desk)
    answer = desk.hand_in(f"{page}/verify", [("file", "甲.docx", b"PK")])
    assert "还没有正式出文件" in heading(answer)
    assert "还没有正式出的文件" in heading(desk.hand_in("/verify", [("file", "甲.docx", b"PK")]))

    made = outputs(desk, docgen, "--html", "--data")
    lay(desk, "别的局", 2)
    outputs(desk, docgen, name="别的局")
    issued = (made / "2025.docx").read_bytes()
    tampered = changed(made / "2025.docx", "按时更新", "每天更新")
    html = (made / "2025.html").read_bytes()
    handed = {
        "盖章的.docx": (issued, True),
        "被改的.docx": (tampered, False),
        "网上的.html": (html, True),
        "改过的.html": (html.replace("按时更新".encode(), "每天更新".encode()), False),
        "别的.docx": ((made / "别的局.docx").read_bytes(), False),
        "不是.pdf": (b"%PDF-1.7 nothing", False),
        "空的.docx": (b"", False),
    }
    for name, (data, is_same) in handed.items():
        for where in (f"{page}/verify", "/verify"):
            answer = desk.hand_in(where, [("file", name, data)])
            said = heading(answer)
            expected = is_same or (name == "别的.docx" and where == "/verify")
            assert answer.code == 200
            assert name in said
            assert ("就是签发的那一份" in said) is expected, (where, name, answer.text)
            assert ("不要盖章" in answer.text) is not expected, (where, name)
            assert "一样" not in answer.text.partition("<main")[2], (where, name)
            assert "--" not in answer.text.partition("<main")[2], answer.text
    assert "每天更新" in desk.hand_in("/verify", [("file", "a.docx", tampered)]).text


def test_a_file_is_verified_by_the_code_on_the_seal_form(desk: RunningDesk, docgen: Docgen) -> None:
    lay(desk)
    lay(desk, "别的局", 2)
    made = outputs(desk, docgen)
    outputs(desk, docgen, name="别的局")
    issued = (made / "2025.docx").read_bytes()
    code = docgen("seal-form", made / "2025.docx")
    assert code.code == 0
    form = Document(str(made / "2025.用印审批单.docx"))
    text = "\n".join(cell.text for row in form.tables[0].rows for cell in row.cells)
    short = re.search(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}", text)
    assert short

    def asked(data: bytes, typed: str) -> Answer:
        part = "--x\r\nContent-Disposition: form-data; name="
        body = f'{part}"code"\r\n\r\n{typed}\r\n{part}"file"; filename="a.docx"\r\n\r\n'
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        return desk.ask("/verify", body.encode() + data + b"\r\n--x--\r\n", headers=kind)

    assert "就是签发的那一份" in heading(asked(issued, short[0]))
    assert "就是签发的那一份" in heading(asked(issued, short[0].lower().replace("-", "")))
    assert "与审批单不符" in heading(asked(issued, "AAAA-BBBB-CCCC-DDDD"))
    assert "不是签发的那一份" in heading(asked((made / "别的局.docx").read_bytes(), short[0]))
    assert "16 位" in asked(issued, "二〇二五").text
    assert "--short" not in asked(issued, "x").text.partition("<main")[2]


def test_only_the_issued_document_is_listed_as_official(desk: RunningDesk, docgen: Docgen) -> None:
    lay(desk)
    outputs(desk, docgen, "--draft")
    assert "正式文件" not in desk.ask(page_of(desk)).text
    made = outputs(desk, docgen)
    issued = (made / "2025.docx").read_bytes()
    kept = ("2025.签发.改前.docx", "2025.草稿.签发.改前2.docx", "2025.第1次签发.docx")
    for name in (*kept, "2025.别人的.docx", "2025-别的局.docx"):
        (made / name).write_bytes(issued)
    page = desk.ask(page_of(desk)).text
    listed = re.findall(r"<li>(正式文件|送审稿)（Word）：<a [^>]*>([^<]*)</a>", page)
    assert sorted(listed) == [("正式文件", "2025.docx"), ("送审稿", "2025.草稿.docx")]
    _, _, earlier = page.partition("以前的，留着查：3 份")
    assert all(name in earlier for name in kept)
    assert "别人的" not in page
    assert "别的局" not in page
    (made / "2025.package.json").unlink()
    assert "正式文件" not in desk.ask(page_of(desk)).text


def test_a_document_is_old_once_its_draft_was_changed(desk: RunningDesk, docgen: Docgen) -> None:
    path = lay(desk)
    outputs(desk, docgen)
    home = desk.ask("/").text
    assert "文件已出" in home
    assert "用印、核验" in home
    text = path / "正文.csv"
    text.write_bytes(text.read_bytes().replace("按时更新".encode(), "每天更新".encode()))
    home, page = desk.ask("/").text, desk.ask(page_of(desk)).text
    assert "文件已旧：出了以后又改过" in home
    assert "用印、核验" not in home
    assert "文件已旧：出了以后又改过" in page
