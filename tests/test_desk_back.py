"""Files that come back to the desk: verified, written back, told in words; the real server."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from county import sheets_of, unit_report
from desk import Answer, RunningDesk, running_desk
from docx import Document
from door import Docgen
from forms import FORM

from docgen.forms.loader import find_form, form_keys


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


def verify_any(desk: RunningDesk, name: str, data: bytes, code: str = "") -> Answer:
    """Hand in a file on the first page, and have it verified."""
    answer = desk.hand_in("/handed-in", [("file", name, data)])
    where = answer.headers["location"]
    assert "核验这个文件" in desk.ask(where).text
    return desk.ask(f"{where}/verify", f"code={quote(code)}".encode())


def test_every_file_is_verified_as_the_command_does(desk: RunningDesk, docgen: Docgen) -> None:
    lay(desk)
    page = page_of(desk)
    answer = desk.hand_in(f"{page}/verify", [("file", "甲.docx", b"PK")])
    assert "还没有正式出文件" in heading(answer)
    assert "还没有正式出的文件" in heading(verify_any(desk, "甲.docx", b"PK"))

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
        for where in (page, "/"):
            sent = [("file", name, data)]
            is_home = where == "/"
            answer = (
                verify_any(desk, name, data) if is_home else desk.hand_in(f"{page}/verify", sent)
            )
            said = heading(answer)
            expected = is_same or (name == "别的.docx" and is_home)
            assert answer.code == 200
            assert name in said
            assert ("就是签发的那一份" in said) is expected, (where, name, answer.text)
            assert ("不要盖章" in answer.text) is not expected, (where, name)
            assert "一样" not in answer.text.partition("<main")[2], (where, name)
            assert "--" not in answer.text.partition("<main")[2], answer.text
    assert "每天更新" in verify_any(desk, "a.docx", tampered).text


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
        return verify_any(desk, "a.docx", data, typed)

    assert "与审批单相符，就是签发的那一份" in heading(asked(issued, short[0]))
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


def hand_back(desk: RunningDesk, data: bytes, name: str = "王主任改.docx") -> tuple[Answer, str]:
    """Hand in what came back; return the page of its changes, and where it is."""
    answer = desk.hand_in(f"{page_of(desk)}/back", [("file", name, data)])
    assert answer.code == 303, answer.text
    where = answer.headers["location"]
    return desk.ask(where), where


def edit(path: Path, before: str, after: str) -> None:
    """Change words of the running text, as a clerk does."""
    text = path / "正文.csv"
    data = text.read_bytes()
    assert before.encode() in data
    text.write_bytes(data.replace(before.encode(), after.encode()))


def text_of(path: Path) -> str:
    return (path / "正文.csv").read_text(encoding="utf-8-sig")


def no_commands(answer: Answer) -> None:
    """No option, command, name of a sheet's file or cell stands on a page."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<[^>]*>", " ", main)
    assert "--" not in main
    assert not re.search(r"docgen (render|back|verify)", main)
    assert not re.search(r"\.csv [A-Z]+[0-9]+", main)


def test_copies_come_back_one_after_the_other(desk: RunningDesk, docgen: Docgen) -> None:
    """After the first was written back, its kept issue is no trouble to the second."""
    path = lay(desk)
    made = outputs(desk, docgen)
    first = changed(made / "2025.docx", "按时更新", "每天更新")
    answer, where = hand_back(desk, first)
    assert "改了 1 处" in heading(answer)
    assert "总体情况 第 " in answer.text
    assert "去掉它后面的勾" in answer.text
    no_commands(answer)
    written = desk.ask(where, b"")
    assert "已经写回，重新出了文件" in written.text
    assert "每天更新" in text_of(path)
    assert (made / "2025.签发.改前.docx").is_file()

    second = changed(made / "2025.docx", "每天更新", "每周更新")
    answer, where = hand_back(desk, second, "李主任改.docx")
    assert "改了 1 处" in heading(answer), answer.text
    assert "已经写回，重新出了文件" in desk.ask(where, b"").text
    assert "每周更新" in text_of(path)
    answer, _ = hand_back(desk, first, "王主任又改.docx")  # it is of the first issue
    assert "它是照以前出的一份改的" in answer.text


def test_one_of_two_changes_is_taken(desk: RunningDesk, docgen: Docgen) -> None:
    """What is not ticked stays as it was issued; with none ticked nothing is touched."""
    path = lay(desk)
    made = outputs(desk, docgen)
    copy = changed(made / "2025.docx", "按时更新", "每天更新")
    (made / "copy.docx").write_bytes(copy)
    copy = changed(made / "copy.docx", "不够及时", "不够迅速")
    (made / "copy.docx").unlink()
    answer, where = hand_back(desk, copy)
    shown = re.findall(r'name="shown" value="(\d+)"', answer.text)
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", answer.text, re.S)
    assert len(rows) == 2
    [daily] = [row for row in rows if "每天更新" in row]
    [wanted] = re.findall(r'name="wanted" value="(\d+)"', daily)

    before = {one.name: one.read_bytes() for one in path.iterdir()}
    form = "&".join(f"shown={one}" for one in shown)
    assert "一处也没有写回" in desk.ask(where, form.encode()).text
    assert {one.name: one.read_bytes() for one in path.iterdir()} == before

    written = desk.ask(where, f"{form}&wanted={wanted}".encode())
    assert "已经写回，重新出了文件" in written.text, written.text
    assert "没有写回" in written.text
    assert "每天更新" in text_of(path)
    assert "不够及时" in text_of(path)


def test_a_refusal_is_told_in_words(desk: RunningDesk, docgen: Docgen) -> None:
    path = lay(desk)
    answer, _ = hand_back(desk, b"PK")
    assert "收不回来" in heading(answer)
    made = outputs(desk, docgen)
    copy = changed(made / "2025.docx", "按时更新", "每天更新")
    edit(path, "按时更新", "按月更新")
    for data in (copy, b"PK", b"%PDF-1.7", b""):
        answer, where = hand_back(desk, data)
        assert answer.code == 200
        assert "收不回来" in heading(answer), answer.text
        no_commands(answer)
        assert "收不回来" in heading(desk.ask(where, b""))
    answer, _ = hand_back(desk, copy)
    assert "再按一次“出送审稿”" in answer.text
    lay(desk, "别的局", 2)
    outputs(desk, docgen, name="别的局")
    edit(path, "按月更新", "按时更新")
    answer, _ = hand_back(desk, (made / "别的局.docx").read_bytes())
    assert "收不回来" in heading(answer)
    no_commands(answer)


def test_the_copy_that_the_leader_holds_undoes_nothing(desk: RunningDesk) -> None:
    """While he reads, the clerk goes on; the newer one for review keeps the one he has."""
    path = lay(desk)
    page = page_of(desk)
    assert "出送审稿：好了" in heading(desk.ask(f"{page}/do/draft", b""))
    review = desk.folder / "outputs" / "2025.草稿.docx"
    copy = changed(review, "按时更新", "每天更新")
    assert "好了" in heading(desk.ask(f"{page}/do/issue", b""))  # it says the same
    answer, _ = hand_back(desk, copy)
    assert "它是照送审稿改的" in answer.text
    assert "页眉" not in answer.text
    edit(path, "不够深入", "不够透彻")
    answer, _ = hand_back(desk, copy)
    assert "再按一次“出送审稿”" in answer.text

    assert "好了" in heading(desk.ask(f"{page}/do/draft", b""))
    assert (desk.folder / "outputs" / "2025.草稿.签发.改前.docx").is_file()
    assert "好了" in heading(desk.ask(f"{page}/do/issue", b""))
    answer, where = hand_back(desk, copy)
    assert "改了 1 处" in heading(answer), answer.text
    assert "它是照以前出的一份改的" in answer.text
    written = desk.ask(where, b"")
    assert "已经写回，重新出了送审稿" in written.text, written.text
    assert "每天更新" in text_of(path)
    assert "不够透彻" in text_of(path)
    assert "文件已旧" in desk.ask(page).text


def test_a_reference_changes_its_table_and_it_is_said_before(desk: RunningDesk) -> None:
    path = lay(desk)
    text = path / "正文.csv"
    row = next(one for one in text_of(path).splitlines() if "按时更新" in one)
    bound = row.replace("按时更新", "新收【自然人申请】件，按时更新")
    text.write_text(text_of(path).replace(row, bound), encoding="utf-8")
    page = page_of(desk)
    desk.ask(f"{page}/do/draft", b"")
    review = desk.folder / "outputs" / "2025.草稿.docx"
    assert review.is_file()
    said = "".join(one.text for one in Document(str(review)).paragraphs)
    number = re.search(r"新收(\d+)件", said)
    assert number, said
    opened = changed(review, f"新收{number[1]}件", f"新收{int(number[1]) + 1}件")
    answer, _ = hand_back(desk, opened)
    assert "表里的数也跟着改" in answer.text, answer.text
    no_commands(answer)


def test_the_first_page_says_which_report_each_is(desk: RunningDesk, docgen: Docgen) -> None:
    """One box takes every file; forms are told apart in words; no cure names an option."""
    lay(desk)
    body = "year=2025&body=" + quote("乌苏市一镇人民政府") + "&form="
    keys = [key for key in form_keys() if key != FORM.key]
    begun = desk.ask("/new", f"{body}{keys[-1]}".encode())
    assert begun.code == 303, begun.text
    home = desk.ask("/").text
    assert home.count('type="file"') == 1
    assert "核验这个文件" in home
    for key in (FORM.key, keys[-1]):
        form = find_form(key)
        assert form
        assert f'<span class="soft">{form.name}</span>' in home
        assert f"（{key}）" not in home

    lay(desk, "别的局", 2)
    made = outputs(desk, docgen)
    answer = desk.hand_in("/handed-in", [("file", "2025.docx", (made / "2025.docx").read_bytes())])
    assert desk.ask(f"{answer.headers['location']}/same", b"").code == 303
    refused = desk.ask(f"{answer.headers['location']}/same", b"")
    assert "点它接着填" in refused.text
    no_commands(refused)
    assert "-o" not in re.sub(r"<[^>]*>", " ", refused.text.partition("<main")[2])


def test_the_page_of_a_review_says_what_comes_next(desk: RunningDesk) -> None:
    lay(desk)
    page = page_of(desk)
    made = desk.ask(f"{page}/do/draft", b"")
    assert f'href="{page}#back"' in made.text
    assert 'id="back"' in desk.ask(page).text


def test_no_address_stands_in_the_comparison(desk: RunningDesk) -> None:
    lay(desk)
    (desk.folder / "上年").mkdir()
    last = unit_report(1) | {"year": 2024}
    last["figures"]["requests"]["received"]["natural"] += 1
    text = json.dumps(last, ensure_ascii=False).replace("2026年1月20日", "2025年1月20日")
    (desk.folder / "上年" / "2024.json").write_text(text, encoding="utf-8")
    answer = desk.ask(f"{page_of(desk)}/last-year")
    assert answer.code == 200, answer.text
    assert "不同的数据" in answer.text
    assert not re.search(r">[a-z_]+\.[a-z_]+\.[a-z_]+<", answer.text)


@pytest.mark.slow
def test_looking_at_the_pages_leaves_what_was_made(desk: RunningDesk) -> None:
    """What the leader holds is not replaced by pages that are only looked at."""
    path = lay(desk)
    page = page_of(desk)
    desk.ask(f"{page}/do/draft", b"")
    review = desk.folder / "outputs" / "2025.草稿.docx"
    before = review.read_bytes()
    edit(path, "按时更新", "每天更新")
    desk.ask(f"{page}/do/layout", b"")
    for _ in range(200):
        shown = desk.ask(f"{page}/work").text
        if "每页的样子" in shown or "没有成" in shown:
            break
        time.sleep(0.5)
    assert "每页的样子" in shown, shown
    picture = re.search(r'<img src="([^"]*)"', shown)
    assert picture
    assert desk.ask(picture[1]).data.startswith(b"\x89PNG")
    assert review.read_bytes() == before
    assert sorted(one.name for one in review.parent.iterdir()) == [
        "2025.草稿.docx",
        "2025.草稿.package.json",
    ]
