"""`docgen back`: what was changed in Word is told in the input's own places, and taken over."""

import hashlib
import json
import os
import pty
import random
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import docx
import leader
import openpyxl
import pytest
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import RGBColor
from door import INPUTS, Docgen, plain, write_json
from processes import begin, finish
from proofs import needs_office

from docgen.back.plan import make_plan
from docgen.blank.to_csv import write_csv_sheets
from docgen.blank.to_xlsx import write_workbook
from docgen.forms.loader import find_form
from docgen.merge.expected import expected_blocks
from docgen.model import Report
from docgen.read import read_report

BOUND = "（二）依申请公开情况。2024年甘河子镇收到政府信息公开申请"
ISSUED, BACK = Path("outputs/2024.docx"), Path("2024（改）.docx")
KINDS = ("folder", "json", "xlsx")


def report_with_reference() -> Report:
    """The reference report with three requests, which its text takes from the table."""
    reading = read_report(INPUTS / "2024.json")
    report = reading.report
    overview = list(plain(report.sections["overview"]))
    overview[2] = f"{BOUND}{{{{ 本年新收 }}}}件，均已办结。"
    cells = [
        f"requests.{row}.{column}"
        for row in ("received", "granted", "handled")
        for column in ("natural", "total")
    ]
    return report.model_copy(
        update={
            "sections": {**report.sections, "overview": tuple(overview)},
            "figures": {**report.figures, **dict.fromkeys(cells, 3)},
        }
    )


def write_input(kind: str, report: Report) -> Path:
    """Write a report as an input of a kind, as `docgen new` lays it out."""
    form = find_form(report.form)
    assert form
    folder = Path("inputs")
    folder.mkdir()
    if kind == "folder":
        (folder / "2024").mkdir()
        for name, data in write_csv_sheets(form, report).items():
            (folder / "2024" / name).write_bytes(data)
        return folder / "2024"
    if kind == "xlsx":
        (folder / "2024.xlsx").write_bytes(write_workbook(form, report))
        return folder / "2024.xlsx"

    tree: dict[str, Any] = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    tree["sections"]["overview"] = list(report.sections["overview"])
    for address, figure in report.figures.items():
        table, row, column = address.split(".")
        tree["figures"][table][row][column] = int(figure)
    return write_json(folder / "2024.json", tree)


#: An input of each kind and its document, as they were issued for the first test that asked.
_issued_once: dict[str, tuple[Path, dict[Path, bytes]]] = {}


@pytest.fixture(params=KINDS)
def issued(request: pytest.FixtureRequest, docgen: Docgen) -> Path:
    """The input, whose document is issued."""
    if request.param in _issued_once:
        path, files = _issued_once[request.param]
        for name, data in files.items():
            name.parent.mkdir(parents=True, exist_ok=True)
            name.write_bytes(data)
        return path

    path = write_input(request.param, report_with_reference())
    run = docgen("render", path)
    assert run.code == 0, run.err
    files = {name: name.read_bytes() for name in Path().rglob("*") if name.is_file()}
    _issued_once[request.param] = path, files
    return path


class Case(NamedTuple):
    """A change in Word: what it is, the places told by kind of input, from what to what.

    `rule` is what forbids the issue, where something does; `refused` that it cannot be taken over.
    """

    change: Callable[[Document], None]
    places: tuple[str, str, str]  # of the folder, the JSON, the workbook
    before: str
    after: str
    rule: str = ""
    refused: bool = False


def at(sheet: str, cell: str, path: str) -> tuple[str, str, str]:
    """The same place in inputs of all three kinds."""
    return f"{sheet}.csv {cell}", f"2024.json {path}", f"2024.xlsx {sheet} {cell}"


def _digit(document: Document) -> None:
    leader.put(document, 0, 9, 1, "6")


def _two_digits(document: Document) -> None:
    leader.put(document, 0, 9, 1, "12")


def _paragraph(document: Document) -> None:
    found = leader.paragraph_with(document, "2024年，我镇认真")
    leader.say(found, found.text.replace("我镇认真", "我镇坚决"))


def _added(document: Document) -> None:
    leader.put_after(leader.paragraph_with(document, "（二）改进措施"), "镇里开了会。")


def _deleted(document: Document) -> None:
    leader.delete(leader.paragraph_with(document, "（三）平台建设"))


def _title(document: Document) -> None:
    leader.say(document.paragraphs[0], "甘河子镇2024年政府信息公开工作年度报告")


def _name(document: Document) -> None:
    [*_, name, _] = [one for one in document.paragraphs if one.text.strip()]
    leader.say(name, "甘河子镇人民政府")


def _date(document: Document) -> None:
    [*_, date] = [one for one in document.paragraphs if one.text.strip()]
    leader.say(date, "2025年1月22日")


def _label(document: Document) -> None:
    leader.put(document, 0, 3, 0, "行政规范性文件")


def _row(document: Document) -> None:
    leader.delete_row(document.tables[1].rows[10])


def _bound(document: Document) -> None:
    found = leader.paragraph_with(document, BOUND)
    leader.say(found, found.text.replace("3件", "4件"))


def _tracked(document: Document) -> None:
    found = leader.paragraph_with(document, "（一）存在的主要问题")
    leader.track_insertion(found, "和不足", "王主任")


def _tracked_out(document: Document) -> None:
    found = leader.paragraph_with(document, BOUND)
    leader.track_deletion(found, "，均已办结。", "王主任")


def _commented(document: Document) -> None:
    found = leader.paragraph_with(document, BOUND)
    leader.comment(document, found, "数再核一下", "王主任")


#: What is changed in Word, in the order of the task of a leader: figures, words, facts, the rest.
CASES = {
    "a digit": Case(
        _digit, at("表一 主动公开", "B10", "figures.disclosure.penalty.decided"), "5", "6"
    ),
    "two digits": Case(
        _two_digits, at("表一 主动公开", "B10", "figures.disclosure.penalty.decided"), "5", "12"
    ),
    "a paragraph changed": Case(
        _paragraph, at("正文", "B3", "sections.overview 第 1 段"), "我镇认真", "我镇坚决"
    ),
    "a paragraph added": Case(
        _added, at("正文", "B9", "sections.problems 第 3 段"), "", "镇里开了会。"
    ),
    "a paragraph deleted": Case(
        _deleted,
        at("正文", "B6", "sections.overview 第 4 段"),
        "（三）平台建设和监督保障情况。",
        "",
    ),
    "the title": Case(
        _title,
        at("基本情况", "B7", "title"),
        "甘河子镇政府信息公开工作2024年度报告",
        "甘河子镇2024年政府信息公开工作年度报告",
    ),
    "the name": Case(
        _name, at("基本情况", "B8", "signature.name"), "乌苏市甘河子镇人民政府", "甘河子镇人民政府"
    ),
    "the date": Case(
        _date, at("基本情况", "B9", "signature.date"), "2025年1月20日", "2025年1月22日"
    ),
    "a label": Case(
        _label,
        at("基本情况", "B10", "wording.disclosure.normative"),
        "规范性文件",
        "行政规范性文件",
    ),
    "a row deleted": Case(_row, ("", "", ""), "4.保护第三方合法权益", "", refused=True),
    "a figure of a sentence": Case(
        _bound,
        at("表二 申请办理", "J4", "figures.requests.received.total"),
        "3",
        "4",
        rule="E301",
    ),
    "words tracked": Case(
        _tracked,
        at("正文", "B7", "sections.problems 第 1 段"),
        "（一）存在的主要问题",
        "（一）存在的主要问题和不足",
    ),
    "words tracked out": Case(
        _tracked_out,
        at("正文", "B5", "sections.overview 第 3 段"),
        "{{ 本年新收 }}件，均已办结。",
        "{{ 本年新收 }}件",
    ),
}


def changed_by(change: Callable[[Document], None]) -> Path:
    """The issued document, changed and sent back under another name."""
    document = leader.opened(ISSUED)
    change(document)
    document.save(str(BACK))
    return BACK


def record_of(path: Path = Path("outputs/2024.package.json")) -> dict[str, Any]:
    """The record of the issue."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def words_of(path: Path) -> list[str]:
    """All words of a document as python-docx reads them, tracked ones accepted."""
    from docgen.files import ooxml
    from docgen.word.revisions import read_returned

    body = read_returned(ooxml.read_parts(path.read_bytes())).body
    return [
        text
        for block in body
        for text in ([block] if isinstance(block, str) else [c.text for r in block for c in r])
        if text
    ]


def contents(path: Path) -> dict[str, bytes]:
    """The bytes of an input, by file name."""
    inside = sorted(path.iterdir()) if path.is_dir() else [path]
    return {one.name: one.read_bytes() for one in inside if ".改前" not in one.name}


@pytest.mark.parametrize("name", CASES)
def test_told_and_taken_over(docgen: Docgen, issued: Path, name: str) -> None:
    """Each change is told in one line, taken over, and issued as it was written, or refused."""
    case = CASES[name]
    kind = "xlsx" if issued.suffix == ".xlsx" else "json" if issued.suffix else "folder"
    place = case.places[KINDS.index(kind)]
    before = contents(issued)
    back = changed_by(case.change)
    formula = kind == "xlsx" and name == "a figure of a sentence"  # a total there is a formula

    run = docgen("back", back, "--json")
    assert run.code == 1, run.err
    [told] = run.lines
    [change] = told["changes"]
    assert contents(issued) == before
    assert bool(change["refused"]) == (case.refused or formula), change
    if case.refused or formula:
        assert case.before in change["before"]
        assert "V124" in run.codes
        return

    assert change["place"] == place
    assert case.before in change["before"]
    assert case.after in change["after"]
    shown = docgen("back", back)
    assert shown.code == 1
    assert place in shown.out
    assert "加 --yes 写回" in shown.err
    assert contents(issued) == before

    done = docgen("back", back, "--yes")
    assert f"改之前的留在 {issued}"[:10] in done.err
    if case.rule:
        assert done.code == 1
        assert case.rule in done.err
        assert "一处也没有丢" in done.err
        return
    assert done.code == 0, done.err
    assert "逐字相同" in done.err
    assert words_of(ISSUED) == words_of(back)
    digest = hashlib.sha256(back.read_bytes()).hexdigest()
    assert record_of()["returned"] == {"name": back.name, "sha256": digest}
    assert docgen("verify", ISSUED).code == 0
    assert docgen("render", issued).code == 0
    assert record_of()["returned"]["sha256"] == digest


def test_only_what_was_changed_is_other(docgen: Docgen, issued: Path) -> None:
    """One cell is another; of a folder and a JSON not one other byte, of a workbook no cell."""
    before = contents(issued)
    done = docgen("back", changed_by(_digit), "--yes")
    assert done.code == 0
    assert ("用 Excel 或 WPS 打开，保存一次" in done.err) == (issued.suffix == ".xlsx")
    assert "总计没有填" not in done.err
    after = contents(issued)
    [name] = [name for name in after if after[name] != before[name]]

    if issued.suffix == ".xlsx":
        was, now = (
            openpyxl.load_workbook(path) for path in (issued, Path("inputs/2024.改前.xlsx"))
        )
        differs = [
            (sheet.title, cell.coordinate)
            for sheet in was
            for row in sheet.iter_rows()
            for cell in row
            if cell.value != now[sheet.title][cell.coordinate].value
            or cell.style_id != now[sheet.title][cell.coordinate].style_id
        ]
        assert differs == [("表一 主动公开", "B10")]
        return

    old, new = before[name], after[name]
    [at] = [at for at in range(len(old)) if old[at] != new[at]]
    assert (old[at : at + 1], new[at : at + 1], len(new)) == (b"5", b"6", len(old))
    kept = issued.parent / "2024.改前.json" if issued.suffix else issued / "表一 主动公开.改前.csv"
    assert kept.read_bytes() == old


def test_encoding_and_quotes_are_kept(docgen: Docgen) -> None:
    """A folder saved in GBK by Excel, every field in quotes, stays so."""
    issued = write_input("folder", report_with_reference())
    for path in issued.iterdir():
        text = path.read_text(encoding="utf-8-sig")
        rows = [line.split(",") for line in text.splitlines()] if "表一" in path.name else []
        quoted = "\r\n".join(",".join(f'"{one}"' for one in row) for row in rows)
        path.write_bytes((quoted or text).encode("gb18030"))
    assert docgen("render", issued).code == 0
    before = contents(issued)

    assert docgen("back", changed_by(_digit), "--yes").code == 0
    old, new = before["表一 主动公开.csv"], contents(issued)["表一 主动公开.csv"]
    assert new == old.replace(
        '"行政处罚","5"'.encode("gb18030"), '"行政处罚","6"'.encode("gb18030")
    )


@pytest.mark.usefixtures("issued")
def test_kept_files_are_no_input(docgen: Docgen) -> None:
    """The old files are numbered, never overwritten, and read by no command."""
    assert docgen("back", changed_by(_digit), "--yes").code == 0
    assert docgen("back", changed_by(_two_digits), "--yes").code == 0
    kept = sorted(path.name for path in Path("inputs").rglob("*.改前*"))
    assert len(kept) == 2
    assert any(".改前2." in name for name in kept)
    assert docgen("check", "inputs").code == 0
    assert len(docgen("check", "inputs", "--json").lines) == 1


@pytest.mark.usefixtures("issued")
def test_comment_and_authors(docgen: Docgen) -> None:
    """Who changed and who said what is told with its place; a comment alone changes nothing."""
    run = docgen("back", changed_by(_commented))
    assert run.code == 0
    assert "没有改动" in run.err
    assert "王主任" in run.out
    assert "数再核一下" in run.out
    assert BOUND[:10] in run.out

    [line] = docgen("back", changed_by(_tracked), "--json").lines
    assert [(one["author"], one["kind"], one["text"]) for one in line["revisions"]] == [
        ("王主任", "添上", "和不足")
    ]
    assert line["revisions"][0]["place"] == line["changes"][0]["place"]


def _by_python_docx(path: Path) -> None:
    docx.Document(str(ISSUED)).save(str(path))


def _by_zip(path: Path) -> None:
    with zipfile.ZipFile(ISSUED) as old, zipfile.ZipFile(path, "w") as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name))


@pytest.mark.parametrize("save", [_by_python_docx, _by_zip])
def test_saved_again(docgen: Docgen, issued: Path, save: Callable[[Path], None]) -> None:
    """Saved without a change, it says so and writes nothing."""
    save(BACK)
    before = contents(issued)
    run = docgen("back", BACK, "--yes")
    assert run.code == 0
    assert "没有改动" in run.err
    assert not run.out
    assert contents(issued) == before


def save_by_office(path: Path, kind: str = "docx:MS Word 2007 XML") -> Path:
    """What LibreOffice makes of a document when it is saved there."""
    home = Path("home").resolve().as_uri()
    command = ["soffice", f"-env:UserInstallation={home}", "--headless"]
    command += ["--convert-to", kind, "--outdir", "saved", str(path)]
    finish(command)
    return Path("saved") / f"{path.stem}.{kind.partition(':')[0]}"


@needs_office
def test_saved_by_an_office(docgen: Docgen) -> None:
    """LibreOffice writes all of it another way; nothing was changed, then one digit is."""
    write_input("folder", report_with_reference())
    assert docgen("render", "inputs/2024").code == 0
    shutil.copy(ISSUED, BACK)
    saved = save_by_office(BACK)
    run = docgen("back", saved, "--against", ISSUED)
    assert run.code == 0, run.err
    assert "没有改动" in run.err
    assert not run.out

    changed_by(_tracked)
    saved = save_by_office(BACK, "doc:MS Word 97")
    run = docgen("back", saved, "--against", ISSUED)
    assert "修订  正文.csv B7: 王主任 添上“和不足”" in run.out

    changed_by(_digit)
    saved = save_by_office(BACK)
    run = docgen("back", saved, "--against", ISSUED, "--yes")
    assert run.code == 0
    assert "表一 主动公开.csv B10: 5 → 6" in run.out


@pytest.mark.usefixtures("issued")
def test_one_change_is_left(docgen: Docgen) -> None:
    """What the office does not want stays as it was, and no fault is found in that."""

    def both(document: Document) -> None:
        _digit(document)
        _date(document)

    copy = changed_by(both)
    told = docgen("back", copy, "--json").lines[0]["changes"]
    [date] = [n for n, one in enumerate(told, start=1) if one["address"] == "signature.date"]
    run = docgen("back", copy, "--leave", date, "--yes")
    assert run.code == 0, run.err
    assert f"{date}  " in run.out
    assert "1 处照你说的不写回" in run.err
    assert "重新出的文件，除了不写回的那几处，和改过的逐字相同" in run.err
    said = "\n".join(words_of(ISSUED))
    assert "2025年1月22日" not in said
    again = docgen("back", copy, "--json").lines[0]
    assert [one["address"] for one in again["changes"]] == ["signature.date"]


def test_no_such_change_is_left(docgen: Docgen, issued: Path) -> None:
    before = contents(issued)
    copy = changed_by(_digit)
    run = docgen("back", copy, "--leave", 7, "--yes")
    assert run.code == 2
    assert "没有能写回的第 7 处" in run.err
    assert contents(issued) == before
    run = docgen("back", copy, "--leave", 1, "--yes")
    assert (run.code, contents(issued)) == (1, before)


def test_changed_where_it_stands(docgen: Docgen) -> None:
    """The issued file itself was edited: it is kept under another name, and issued anew."""
    issued = write_input("json", report_with_reference())
    assert docgen("render", issued).code == 0
    document = leader.opened(ISSUED)
    _digit(document)
    document.save(str(ISSUED))
    edited = ISSUED.read_bytes()

    done = docgen("back", ISSUED, "--yes")
    assert done.code == 0, done.err
    assert Path("outputs/2024.改前.docx").read_bytes() == edited
    assert "逐字相同" in done.err
    assert docgen("verify", ISSUED).code == 0


def test_for_review(docgen: Docgen) -> None:
    """A draft for review comes back: a new one is made, nothing is issued."""
    issued = write_input("json", report_with_reference())
    assert docgen("render", issued, "--draft").code == 0
    document = leader.opened(Path("outputs/2024.草稿.docx"))
    _paragraph(document)
    document.save("2024.草稿（李局改）.docx")
    done = docgen("back", "2024.草稿（李局改）.docx", "--yes")
    assert done.code == 0, done.err
    assert not ISSUED.exists()
    assert "我镇坚决" in "".join(words_of(Path("outputs/2024.草稿.docx")))


def test_some_can_be_taken_over(docgen: Docgen) -> None:
    """What can be taken over is; with something refused nothing is issued again."""
    issued = write_input("json", report_with_reference())
    assert docgen("render", issued).code == 0
    was = ISSUED.read_bytes()

    def both(document: Document) -> None:
        _digit(document)
        _row(document)

    done = docgen("back", changed_by(both), "--yes")
    assert done.code == 1
    assert done.err.count("V124") == 1
    assert "没有重新出文件" in done.err
    assert ISSUED.read_bytes() == was
    assert json.loads(issued.read_bytes())["figures"]["disclosure"]["penalty"]["decided"] == 6


def test_words_that_become_a_reference_are_refused_by_their_rule(docgen: Docgen) -> None:
    """What a leader types is text: braces in it are told as a reference that is none."""
    issued = write_input("json", report_with_reference())
    assert docgen("render", issued).code == 0

    def braces(document: Document) -> None:
        leader.say(leader.paragraph_with(document, "（二）改进措施"), "（二）{{ 7*7 }}措施")

    done = docgen("back", changed_by(braces), "--yes")
    assert done.code == 1
    assert "E50" in done.err


def test_what_is_no_word_file(docgen: Docgen) -> None:
    """Other files are refused in a sentence."""
    issued = write_input("json", report_with_reference())
    assert docgen("render", issued).code == 0
    for data in (b"PK\3\4", b"%PDF-1.4", b"\xd0\xcf\x11\xe0" + bytes(600), b"{ }"):
        BACK.write_bytes(data)
        run = docgen("back", BACK)
        assert run.code == 3
        assert "另存为 .docx" in run.err
    assert docgen("back", "没有.docx").code == 3


@pytest.mark.parametrize("kind", KINDS)
def test_many_changes_at_once(docgen: Docgen, kind: str) -> None:
    """Whatever is put in, taken out and rewritten in the text, the input says it in that order."""
    chance = random.Random(kind)
    path = write_input(kind, report_with_reference())
    assert docgen("render", path).code == 0
    before = contents(path)
    for _ in range(12):
        document = leader.opened(ISSUED)
        leader.edit_at_random(document, chance)
        document.save(str(BACK))
        plan = make_plan(BACK, None, None)
        for name, data in plan.files.items():
            (path / Path(name).name if path.is_dir() else path).write_bytes(data)

        reading = read_report(path)
        made = [one for one in expected_blocks(reading.form, reading.report) if one]
        wanted = [one for one in plan.returned.body if one and str(one).strip()]
        told = [one.edit for one in plan.refused]
        assert told or [one for one in made if isinstance(one, str)] == [
            one for one in wanted if isinstance(one, str)
        ]
        for name, data in before.items():
            (path / name if path.is_dir() else path).write_bytes(data)


def test_words_and_figure_of_a_sentence(docgen: Docgen) -> None:
    """Words around a reference change in the text, its figure in the cell; a share is refused."""
    report = report_with_reference()
    overview = list(report.sections["overview"])
    overview[3] += "予以公开的占{{ 予以公开 | 占 办理总计 }}。"
    report = report.model_copy(
        update={"sections": {**report.sections, "overview": tuple(overview)}}
    )
    issued = write_input("json", report)
    run = docgen("render", issued)
    assert run.code == 0, run.err

    def both(document: Document) -> None:
        found = leader.paragraph_with(document, BOUND)
        leader.say(found, found.text.replace("收到政府信息公开申请3件", "共收到申请4件"))
        found = leader.paragraph_with(document, "（三）平台建设")
        leader.say(found, found.text.replace("100.0%", "98%"))

    [told] = docgen("back", changed_by(both), "--json").lines
    figure, words, share = told["changes"]
    assert (figure["address"], figure["after"]) == ("requests.received.total", "4")
    assert "共收到申请{{ 本年新收 }}件" in words["after"]
    assert "{{ 予以公开 | 占 办理总计 }}" in share["refused"]
    assert share["after"] == "98%"


def test_a_reference_in_brackets_stays_one(docgen: Docgen) -> None:
    """What a blank has told in words, 【本年新收】件, goes back in these words."""
    report = report_with_reference()
    overview = list(report.sections["overview"])
    overview[2] = f"{BOUND}【本年新收】件，均已办结。"
    sections = {**report.sections, "overview": tuple(overview)}
    issued = write_input("xlsx", report.model_copy(update={"sections": sections}))
    run = docgen("render", issued)
    assert run.code == 0, run.err

    def reword(document: Document) -> None:
        found = leader.paragraph_with(document, BOUND)
        assert "申请3件" in found.text
        leader.say(found, found.text.replace("均已办结", "已全部办结"))

    assert docgen("back", changed_by(reword), "--yes").code == 0
    texts = openpyxl.load_workbook(issued)["正文"]
    [written] = [cell.value for cell in texts["B"] if str(cell.value).startswith(BOUND)]
    assert written == f"{BOUND}【本年新收】件，已全部办结。"
    assert docgen("verify", ISSUED).code == 0


def _copies(*changes: Callable[[Document], None]) -> list[Path]:
    """Copies of one issue that several leaders changed, each in his own."""
    found = []
    for number, change in enumerate(changes):
        document = leader.opened(ISSUED)
        change(document)
        found.append(Path(f"2024 领导{number}.docx"))
        document.save(str(found[-1]))
    return found


def test_second_copy_of_one_issue(docgen: Docgen, issued: Path) -> None:
    """The second leader's copy undoes nothing of the first's, in cells and paragraphs."""

    def first(document: Document) -> None:
        for change in (_digit, _paragraph, _added, _deleted):
            change(document)

    one, two, both = _copies(first, _date, _digit)
    assert docgen("back", one, "--yes").code == 0
    run = docgen("back", two, "--yes")
    assert run.code == 0, run.err
    assert "照上一次签发的" in run.err
    assert "留着“6”，这份里还是“5”" in run.err
    assert "6 → 5" not in run.out

    said = "\n".join(words_of(ISSUED))
    assert "2025年1月22日" in said
    assert "我镇坚决" in said
    assert "镇里开了会。" in said
    assert "（三）平台建设" not in said
    assert docgen("verify", ISSUED).code == 0

    again = docgen("back", both, "--yes")  # the same digit as the first's: nothing is his
    assert again.code == 0, again.err
    assert "没有改动" in again.err
    assert "\n".join(words_of(ISSUED)) == said
    assert issued.exists()


def test_two_leaders_at_odds(docgen: Docgen) -> None:
    """A paragraph that both changed is refused; of what is kept nothing is an input."""
    issued = write_input("json", report_with_reference())
    assert docgen("render", issued).code == 0

    def other(document: Document) -> None:
        found = leader.paragraph_with(document, "2024年，我镇认真")
        leader.say(found, found.text.replace("2024年，", "一年来，"))

    one, two = _copies(_paragraph, other)
    assert docgen("back", one, "--yes").code == 0
    before = contents(issued)
    run = docgen("back", two, "--yes")
    assert run.code == 1
    assert "后来已经改过" in run.err
    assert contents(issued) == before

    for kept in Path("outputs").glob("*.改前*"):
        kept.unlink()
    lost = docgen("back", two, "--yes")
    assert lost.code == 3
    assert "V127" in lost.err
    assert contents(issued) == before


@pytest.mark.usefixtures("issued")
def test_report_of_another_body(docgen: Docgen) -> None:
    """Another body's report of the same name is refused whole, the office's own new name is not."""

    def other(document: Document) -> None:
        leader.say(document.paragraphs[0], "乌苏市财政局政府信息公开工作2024年度报告")
        [*_, name, _] = [one for one in document.paragraphs if one.text.strip()]
        leader.say(name, "乌苏市财政局")
        _digit(document)

    def shorter(document: Document) -> None:
        _title(document)
        _name(document)

    run = docgen("back", changed_by(other), "--yes")
    assert run.code == 3
    assert "标题、署名都不是“2024.docx”的，多半拿错了文件" in run.err
    assert not list(Path().rglob("*.改前*"))
    assert docgen("back", changed_by(shorter), "--yes").code == 0


def test_wrong_figure_is_told_before(docgen: Docgen, issued: Path) -> None:
    """What a check would say is told before anything is written, and that the old one stands."""

    def wrong(document: Document) -> None:
        leader.put(document, 1, 4, 3, "77")

    before = contents(issued)
    run = docgen("back", changed_by(wrong))
    assert run.code == 1
    assert "E30" in run.err
    assert "写回以后核对会报" in run.err
    assert contents(issued) == before
    [told] = docgen("back", BACK, "--json").lines
    assert told["check"]["verdict"] == "refused"
    assert contents(issued) == before

    done = docgen("back", BACK, "--yes")
    assert done.code == 1
    assert f"{ISSUED} 还是旧的，不要用印" in done.err

    assert "没有问题" not in run.err


@pytest.mark.usefixtures("issued")
def test_sound_change_is_told_before(docgen: Docgen) -> None:
    """A change that will stand is told as such."""
    assert "写回以后核对：没有问题" in docgen("back", changed_by(_digit)).err


@pytest.mark.usefixtures("issued")
def test_after_a_change_that_failed(docgen: Docgen) -> None:
    """The files that are the input as it was issued are named, and what to do with them."""
    [one] = _copies(lambda document: leader.put(document, 1, 4, 3, "77"))
    assert docgen("back", one, "--yes").code == 1
    run = docgen("back", changed_by(_digit))
    assert run.code == 3
    assert "V122" in run.err
    kept = list(Path("inputs").rglob("*.改前*"))
    assert kept
    assert all(f"“{path}”（签发时的" in run.err for path in kept)


def test_comments_are_left_to_the_clerk(docgen: Docgen) -> None:
    """Comments are not written into anything: the last line says so, whatever else was done."""
    issued = write_input("json", report_with_reference())
    assert docgen("render", issued).code == 0

    def both(document: Document) -> None:
        _commented(document)
        _digit(document)

    run = docgen("back", changed_by(both), "--yes")
    assert run.code == 0, run.err
    assert run.err.splitlines()[-1] == "还有 1 条批注没有办，请自己看"


@pytest.mark.parametrize(("answer", "code"), [("是", 0), ("好", 0), ("Y", 0), ("", 1), ("不", 1)])
def test_the_question_is_answered_in_chinese(docgen: Docgen, answer: str, code: int) -> None:
    """At a terminal it is asked; the usual words of both languages answer."""
    issued = write_input("json", report_with_reference())
    assert docgen("render", issued).code == 0
    back = changed_by(_digit)
    before = contents(issued)

    master, slave = pty.openpty()
    os.write(master, f"什么\n{answer}\n".encode())
    run = begin(Path(), "back", back, stdin=slave, stderr=slave)
    os.close(slave)
    assert run.wait(60) == code
    os.close(master)
    assert (contents(issued) != before) == (code == 0)


@pytest.mark.usefixtures("issued")
def test_marked_without_a_word(docgen: Docgen) -> None:
    """Highlight, red and bold are told with their places, and nothing is written."""

    def mark(document: Document) -> None:
        runs = leader.paragraph_with(document, "2024年，我镇认真").runs
        next(run for run in runs if run.text.strip()).font.highlight_color = WD_COLOR_INDEX.YELLOW
        leader.cell(document, 0, 9, 1).paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 0, 0)
        leader.paragraph_with(document, "（二）改进措施").runs[0].bold = True

    run = docgen("back", changed_by(mark))
    assert run.code == 0, run.err
    assert not run.out
    for way in ("标了底色", "改了颜色", "加了粗"):
        assert run.err.count(way) == 1
    assert "样子改了的不写回" in run.err
    assert "没有改动，只改了上面说的样子" in run.err
