"""Published reports become inputs: what is proved is written, what is not is asked in the input."""

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.document import Document as DocumentType
from door import PROJECT, Docgen, Run, write_json
from proofs import needs_office
from published import report as published_report

from docgen.files.inputs import PUBLISHED
from docgen.read.published import READERS

BLANKS = "表里空着的格子都是 0"
KINDS = (".json", ".xlsx", "")
#: The forms that bring a template, each with an example of a report.
KINDS_OF_REPORT = {
    path.parent.name
    for path in (PROJECT / "docgen" / "forms").glob("*/example.json")
    if path.parent.name != "disclosure-2019"  # an older edition: it has no template
}


@pytest.fixture
def issued(docgen: Docgen, folder: Path) -> Path:
    """A report of some figures, issued as a document and a page."""
    write_json(folder / "2025.json", published_report("shuyang_gov_2025"))
    run = docgen("render", "2025.json", "--html", "-o", "old")
    assert run.code == 0, run.err
    return folder / "old" / "2025.docx"


def _import(docgen: Docgen, file: Path, kind: str, *words: str) -> tuple[Run, Path]:
    """Import a file as an input of this kind; what was said, and where the input is."""
    if kind:
        target = Path(f"in/2025{kind}")
        return docgen("import", file, "-o", target, *words), target
    return docgen("import", file, "-o", "in", *words), Path("in/2025")


def _edit(file: Path, name: str = "edited.docx") -> tuple[DocumentType, Path]:
    """A document to be changed, and where to save it."""
    return Document(str(file)), file.with_name(name)


def _with_blanks(file: Path) -> Path:
    """The same document with nothing in every cell of the second table that holds 0."""
    document, target = _edit(file, "blanks.docx")
    for row in document.tables[1].rows[3:]:
        for cell in row.cells:
            if cell.text.strip() == "0":
                cell.paragraphs[0].clear()
    document.save(str(target))
    return target


def _answer(target: Path, answer: str) -> None:
    """Answer every question of an input, as a clerk or a program does."""
    if target.suffix == ".json":
        tree = json.loads(target.read_text(encoding="utf-8"))
        for asked in tree["unconfirmed"]:
            asked["answer"] = answer
        write_json(target, tree)
        return

    if target.suffix == ".xlsx":
        book = openpyxl.load_workbook(target)
        for row in book["基本情况"].iter_rows():
            if str(row[0].value).startswith("待确认"):
                row[1].value = answer
        book.save(target)
        return

    sheet = target / "基本情况.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    for cells in rows:
        if cells[0].startswith("待确认"):
            cells[1] = answer
    with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("source", [".docx", ".html"])
def test_an_issued_report_imported_and_rendered_again_is_the_same(
    docgen: Docgen, issued: Path, source: str, kind: str
) -> None:
    """Whatever it is written as, the document made of it is the same, byte for byte."""
    run, target = _import(docgen, issued.with_suffix(source), kind)
    assert run.code == 0, run.err
    assert run.out.strip() == str(target)
    assert docgen("render", target, "-o", "again").code == 0
    assert Path("again/2025.docx").read_bytes() == issued.read_bytes()


@needs_office
@pytest.mark.slow
@pytest.mark.usefixtures("issued")
def test_a_proof_imported_has_the_same_figures_and_paragraphs(docgen: Docgen, folder: Path) -> None:
    """A PDF by LibreOffice says the same as the document that it was made of."""
    assert docgen("render", "2025.json", "--pdf", "--force", "-o", "old").code == 0
    (proof,) = folder.glob("old/*.pdf")
    run, target = _import(docgen, proof, ".json")
    assert run.code in (0, 1), run.err
    tree, was = (
        json.loads(path.read_text(encoding="utf-8")) for path in (target, Path("2025.json"))
    )
    assert _leaves(tree["figures"]) == _leaves(was["figures"])
    assert {key: "".join(texts) for key, texts in tree["sections"].items()} == {
        key: "".join(texts) for key, texts in was["sections"].items()
    }


def _leaves(figures: dict[str, Any]) -> dict[tuple[str, str, str], str]:
    return {
        (table, row, column): str(value)
        for table, rows in figures.items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }


def test_the_last_lines_say_what_is_proved_and_what_to_look_at(
    docgen: Docgen, issued: Path
) -> None:
    """Two tables are proved by their sums, the figures of the first are shown."""
    run, _ = _import(docgen, issued, ".json")
    assert re.search(r"表二 175 格、表三 15 格：标签逐格对上，42 条勾稽全部成立。", run.err)
    assert re.search(r"表一 10 格没有勾稽，请看一眼：规章 \d+／\d+／\d+；", run.err)


@pytest.mark.parametrize("kind", KINDS)
def test_blanks_are_one_question_which_the_input_answers(
    docgen: Docgen, issued: Path, kind: str
) -> None:
    """One finding, not one for each cell; once it is answered the report is the old one."""
    run, target = _import(docgen, _with_blanks(issued), kind)
    assert run.code == 1
    assert f"待确认  {BLANKS}" in run.err
    assert "都填 0，勾稽就全部成立" in run.err

    refused = docgen("check", target, "--json")
    assert refused.code == 1
    assert [code for code in refused.codes if code in ("E103", "R301")] == ["E103"]
    assert docgen("render", target, "-o", "again").code == 1
    assert not Path("again/2025.docx").exists()

    _answer(target, "是")
    run = docgen("render", target, "-o", "again")
    assert run.code == 0, run.err
    assert "R309" in run.err
    assert Path("again/2025.docx").read_bytes() == issued.read_bytes()


def test_an_answer_that_does_not_settle_it_leaves_it_open(docgen: Docgen, issued: Path) -> None:
    """不是 is an answer to be followed by figures, not one to issue a report on."""
    _, target = _import(docgen, _with_blanks(issued), "")
    _answer(target, "不是")
    run = docgen("check", target)
    assert run.code == 1
    assert "（答的是“不是”）" in run.err


def test_blanks_filled_in_by_hand_settle_the_question(docgen: Docgen, issued: Path) -> None:
    """The cells are what is asked for: with figures in them nothing is left to answer."""
    _, target = _import(docgen, _with_blanks(issued), ".json")
    tree = json.loads(target.read_text(encoding="utf-8"))
    for columns in (columns for rows in tree["figures"].values() for columns in rows.values()):
        columns |= {column: 0 for column, value in columns.items() if value is None}
    write_json(target, tree)
    assert docgen("check", target).code == 0


def test_blank_is_zero_answers_it_at_once(docgen: Docgen, issued: Path) -> None:
    """The figures are written, and nothing is asked."""
    run, target = _import(docgen, _with_blanks(issued), "", "--blank-is-zero")
    assert run.code == 0, run.err
    assert docgen("render", target, "-o", "again").code == 0
    assert Path("again/2025.docx").read_bytes() == issued.read_bytes()


def test_blanks_that_are_not_zero_are_not_taken_for_it(docgen: Docgen, issued: Path) -> None:
    """Where a figure of the report was left blank no sum holds with 0 in its place."""
    document, target = _edit(issued)
    row = next(r for r in document.tables[1].rows[3:] if r.cells[-1].text.strip() not in ("", "0"))
    column = next(n for n in range(-7, -1) if row.cells[n].text.strip() != "0")
    row.cells[column].paragraphs[0].clear()
    document.save(str(target))
    run, written = _import(docgen, target, ".json", "--blank-is-zero")
    assert run.code == 1
    assert "勾稽证不出都是 0" in run.err
    assert None in _values(written)


def _values(path: Path) -> list[Any]:
    tree = json.loads(path.read_text(encoding="utf-8"))
    return [v for rows in tree["figures"].values() for row in rows.values() for v in row.values()]


@pytest.mark.parametrize("kind", KINDS)
def test_what_could_not_be_read_is_never_taken_for_blank(
    docgen: Docgen, issued: Path, kind: str
) -> None:
    """A sum of money in another unit stands in no sum: no answer about blanks makes it 0."""
    document, target = _edit(_with_blanks(issued))
    cell = document.tables[0].rows[-1].cells[-1]
    cell.paragraphs[0].runs[0].text = "251000元"
    document.save(str(target))

    run, written = _import(docgen, target, kind)
    assert run.code == 1
    assert f"待确认  {BLANKS}" not in run.err
    assert "251000元" in run.err
    _answer(written, "是")
    refused = docgen("check", written, "--json")
    assert refused.code == 1
    assert "R301" in refused.codes

    shutil.rmtree("in")
    run, written = _import(docgen, target, kind, "--blank-is-zero")
    assert run.code == 1
    refused = docgen("check", written, "--json")
    assert [code for code in refused.codes if code in ("E103", "R301")] in (
        ["R301", "E103"],
        ["E103", "R301"],
    )


def test_a_form_that_nobody_filled_in_proves_nothing(docgen: Docgen, issued: Path) -> None:
    """Nothing but blanks: 0 in all of them makes every sum hold, and says nothing."""
    document, target = _edit(issued)
    for table in document.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            if re.fullmatch(r"[\d.]+", cell.text.strip()):
                cell.paragraphs[0].clear()
    document.save(str(target))
    run, written = _import(docgen, target, ".json", "--blank-is-zero")
    assert run.code == 1
    assert set(_values(written)) == {None}


@pytest.mark.parametrize("kind", KINDS)
def test_a_sum_that_was_published_wrong_is_kept_and_asked(
    docgen: Docgen, issued: Path, kind: str
) -> None:
    """The figure is what was printed, also where a workbook has a formula for it."""
    document, target = _edit(issued)
    row = document.tables[1].rows[3]
    row.cells[-1].paragraphs[0].runs[0].text = "987654"
    document.save(str(target))
    run, written = _import(docgen, target, kind)
    assert run.code == 1
    assert re.search(r"待确认  表二.*不平.*原文第 2 张表 第 4 行第 10 格 读作 987654", run.err)
    found = docgen("check", written, "--json")
    assert found.code == 1
    assert "E301" in found.codes or any(code.startswith("E30") for code in found.codes)
    assert "987654" in found.out


def test_findings_show_both_places(docgen: Docgen, issued: Path) -> None:
    """Where it stands in the published file, and the cell of the input."""
    run = docgen("import", _with_blanks(issued), "-o", "in", "--json")
    (line,) = run.lines
    places = [
        (place["file"], place["sheet"])
        for finding in line["findings"]
        if finding["code"] == "R357"
        for place in finding["places"]
    ]
    assert ("blanks.docx", "第 2 张表") in places
    assert any(file.endswith("表二 申请办理.csv") for file, _ in places)
    values = {value["address"]: value for value in line["values"]}
    assert values["year"]["published"].startswith("blanks.docx")
    assert values["year"]["input"] == "基本情况.csv B3"
    assert line["verdict"] == "open"


def test_nothing_is_overwritten(docgen: Docgen, issued: Path) -> None:
    """An input that is there may hold a clerk's work."""
    for kind in KINDS:
        _, target = _import(docgen, issued, kind)
        before = _bytes_of(target)
        run, _ = _import(docgen, issued, kind)
        assert run.code == 5
        assert "X503" in run.err
        assert _bytes_of(target) == before


def _bytes_of(path: Path) -> dict[str, bytes]:
    inside = sorted(path.iterdir()) if path.is_dir() else [path]
    return {one.name: one.read_bytes() for one in inside}


@pytest.mark.usefixtures("issued")
def test_several_files_have_inputs_named_by_body_and_year(docgen: Docgen, folder: Path) -> None:
    """One that cannot be read does not stop the others; one name cannot be for all of them."""
    other = published_report("suqian_2023")
    write_json(folder / "other.json", other)
    assert docgen("render", "other.json", "-o", "old").code == 0
    (folder / "old/坏.docx").write_bytes(b"x")

    files = ["old/2025.docx", "old/坏.docx", "old/other.docx"]
    assert docgen("import", *files, "-o", "in.json").code == 2
    run = docgen("import", *files, "-o", "in")
    assert run.code == 3
    names = [Path(line).name for line in run.out.splitlines()]
    assert names == ["沭阳县人民政府2025", "宿迁市人民政府2023"]
    (folder / "sent").mkdir()
    shutil.copy("old/2025.docx", "sent/甲.docx")
    shutil.copy("other.json", "sent/乙.json")  # an input already
    run = docgen("import", "sent", "-o", "in2")
    assert (run.code, run.out.strip()) == (0, "in2/2025")
    run = docgen("check", "in", "--json")
    assert run.code == 1
    assert run.codes.count("R103") == 1  # the level that one name does not tell


def test_what_is_no_report_is_refused(docgen: Docgen, folder: Path) -> None:
    """A notice is no report, and the exit code says so."""
    document = Document()
    document.add_paragraph("关于召开会议的通知")
    document.save(str(folder / "通知.docx"))
    run = docgen("import", "通知.docx")
    assert run.code == 3
    assert not (folder / "inputs").exists()


def test_the_form_is_named_where_the_file_does_not_show_it(docgen: Docgen, issued: Path) -> None:
    """A form by its key; one that is not there is a fault of the command."""
    run = docgen("import", issued, "-o", "in", "--form", "disclosure-2021")
    assert run.code == 0
    assert docgen("import", issued, "-o", "in2", "--form", "nothing").code == 2


def test_a_text_like_a_formula_goes_into_no_csv(docgen: Docgen, issued: Path) -> None:
    """Excel would run it; a workbook and JSON hold it as text."""
    document, target = _edit(issued)
    text = next(p for p in document.paragraphs if "按时更新政府网站" in p.text)
    text.insert_paragraph_before('=HYPERLINK("x")', style=text.style)
    document.save(str(target))
    run, _ = _import(docgen, target, "")
    assert run.code == 3
    assert "X209" in run.err
    for kind in (".json", ".xlsx"):
        assert _import(docgen, target, kind)[0].code in (0, 1)


def test_last_year_as_it_was_published(docgen: Docgen, folder: Path, issued: Path) -> None:
    """Blank sheets take over the body's details; a check is held against its figures."""
    assert docgen("new", "2026", "--from", issued).code == 0
    facts = (folder / "inputs/2026/基本情况.csv").read_text(encoding="utf-8-sig")
    assert published_report("shuyang_gov_2025")["body"]["name"] in facts
    assert "机关层级,县级" in facts

    report = published_report("shuyang_gov_2025")
    report["year"], report["signature"]["date"] = 2026, "2027-01-30"
    write_json(folder / "2026.json", report)
    Path("2025.json").unlink()
    alone = docgen("check", "2026.json", "--json")
    shutil.copy(issued, folder / "2025.docx")
    beside = docgen("check", "2026.json", "--json")
    given = docgen("check", "2026.json", "--previous", issued, "--json")
    assert beside.codes == given.codes
    assert set(given.codes) - set(alone.codes)
    assert docgen("compare", issued, "2026.json").code in (0, 1)
    assert docgen("check", issued).code == 0


def test_an_archive_serves_as_last_year_for_all(docgen: Docgen, folder: Path) -> None:
    """Each body finds its own report in the folder; one that has none there is told of."""
    bodies = {"甲县人民政府": "甲县", "乙县人民政府": "乙县", "丙县人民政府": "丙县"}
    for name, short in bodies.items():
        report = published_report("shuyang_gov_2025")
        report["body"]["name"] = report["signature"]["name"] = name
        if short != "丙县":
            write_json(folder / f"{short}.json", report)
            assert docgen("render", f"{short}.json", "-o", "made").code == 0
        report["year"], report["signature"]["date"] = 2026, "2027-01-30"
        (folder / "now").mkdir(exist_ok=True)
        write_json(folder / f"now/{short}2026.json", report)

    (folder / "archive/2025").mkdir(parents=True)
    for short in ("甲县", "乙县"):
        shutil.copy(f"made/{short}.docx", f"archive/2025/{short}2026年1月公布的年报.docx")
    run = docgen("check", "now", "--previous", "archive", "--json")
    told = {Path(line["input"]).stem: line["findings"] for line in run.lines}
    unjudged = {
        name: [f["message"] for f in findings if "没有找到" in f["message"]]
        for name, findings in told.items()
    }
    assert not unjudged["甲县2026"]
    assert not unjudged["乙县2026"]
    assert unjudged["丙县2026"]
    carried = [f for f in told["甲县2026"] if any("年报.docx" in p["file"] for p in f["places"])]
    assert carried
    assert docgen("check", "now", "--previous", "made/甲县.docx").code == 2


def test_a_batch_takes_what_was_sent_as_it_was_published(
    docgen: Docgen, folder: Path, issued: Path
) -> None:
    """A document among the inputs is read; what docgen issued beside its record is not."""
    (folder / "sent").mkdir()
    shutil.copy(issued, folder / "sent/甲镇.docx")
    write_json(folder / "sent/乙镇.json", published_report("shuyang_gov_2025"))
    run = docgen("check", "sent", "--json")
    assert [Path(line["input"]).name for line in run.lines] == ["乙镇.json", "甲镇.docx"]
    run = docgen("render", "sent")
    assert run.code == 3
    assert "先用 docgen import 甲镇.docx 读成输入" in run.err
    assert [path.name for path in folder.glob("outputs/*.docx")] == ["乙镇.docx"]


def test_every_published_kind_that_is_read_is_found_in_a_folder() -> None:
    """The names that a batch looks for are those that have a reader; a zip holds one of them."""
    assert set(PUBLISHED) == {*READERS, ".zip"}


def test_the_walk_of_the_page_can_be_walked(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """Every command of 从去年的年报开始 in order, and what it says of the report is said."""
    write_json(folder / "2024.json", reference)
    assert docgen("render", "2024.json", "-o", "old").code == 0
    shutil.copy("old/2024.docx", "去年的年报.docx")
    page = (PROJECT / "docs/how-to/last-year.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert len(commands) == 4
    said = "\n".join(docgen(*command.split()[1:]).err for command in commands)
    for line in re.findall(r"```\n(表二.*?)```", page, re.DOTALL)[0].splitlines():
        assert line in said
    assert (folder / "inputs/2025/基本情况.csv").exists()


@pytest.mark.slow
@pytest.mark.parametrize("form", sorted(KINDS_OF_REPORT))
@pytest.mark.parametrize("kind", KINDS)
def test_every_form_comes_back_as_it_was_issued(
    docgen: Docgen, folder: Path, form: str, kind: str
) -> None:
    """Units, tables that a body has no business of, answers in words: by the form's declaration."""
    shutil.copy(PROJECT / "docgen" / "forms" / form / "example.json", folder / "2025.json")
    assert docgen("render", "2025.json", "--html", "-o", "old").code == 0
    for source in ("2025.docx", "2025.html"):
        name = f"in/from-{source[5:]}"
        run = docgen("import", f"old/{source}", "-o", f"{name}/2025{kind}" if kind else name)
        assert run.code == 0, run.err
        written = run.out.strip()
        if not kind:
            Path(written).rename(f"{name}/2025")
            written = f"{name}/2025"
        assert docgen("render", written, "-o", f"again/{source}").code == 0
        assert Path(f"again/{source}/2025.docx").read_bytes() == Path("old/2025.docx").read_bytes()


def test_a_section_without_text_stays_without(docgen: Docgen, folder: Path) -> None:
    """What a form has ready for its sections goes into blanks, not into what was published."""
    shutil.copy(PROJECT / "docgen/forms/enforcement-zhejiang/example.json", folder / "2025.json")
    assert docgen("render", "2025.json", "-o", "old").code == 0
    document, target = _edit(folder / "old/2025.docx")
    for paragraph in document.paragraphs:
        if re.match("（[一二三四]）", paragraph.text):
            paragraph.text = ""
    document.save(str(target))
    run = docgen("import", target, "-o", "in")
    text = Path(run.out.strip(), "正文.csv").read_text(encoding="utf-8-sig")
    assert "（一）" not in text
    assert "{{" not in text


@pytest.mark.parametrize("name", ["旧.xls", "表.csv", "去年.docx"])
def test_no_input_is_written_under_a_name_of_another_kind(
    docgen: Docgen, folder: Path, issued: Path, name: str
) -> None:
    run = docgen("import", issued, "-o", name)
    assert run.code == 2
    assert "只写 .json、.xlsx" in run.err
    assert not (folder / name).exists()


def test_no_input_is_written_into_another_report(
    docgen: Docgen, folder: Path, issued: Path
) -> None:
    assert docgen("import", issued, "-o", "in").code == 0
    run = docgen("import", issued, "-o", "in/2025")
    assert run.code == 2
    assert "已经是一份报告" in run.err
    assert not (folder / "in/2025/2025").exists()


def test_what_stands_there_is_told_with_its_body(docgen: Docgen, issued: Path) -> None:
    assert docgen("import", issued, "-o", "in").code == 0
    document, other = _edit(issued, "other.docx")
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("沭阳县", "泗阳县")
    document.save(str(other))
    told = docgen("import", other, "-o", "in")
    assert told.code != 0
    assert "沭阳县" in told.err.split("要写的是")[0]
    assert "泗阳县" in told.err.split("要写的是")[1]


@pytest.mark.parametrize(
    ("answer", "code"),
    [("√", 0), ("yes", 0), ("是，已核对", 0), ("已核对，没有错", 0), ("是不是", 1), ("对不上", 1)],
)
def test_which_answers_settle_a_question(
    docgen: Docgen, issued: Path, answer: str, code: int
) -> None:
    document, extra = _edit(issued, "extra.docx")
    document.add_paragraph("附件：一张表")
    document.save(str(extra))
    run, target = _import(docgen, extra, ".json")
    assert "落款后的 1 段没有读" in run.err
    _answer(target, answer)
    run = docgen("check", target)
    assert ("E103" in run.out + run.err) == bool(code)


def test_what_is_not_read_is_asked_by_name(docgen: Docgen, issued: Path) -> None:
    """On a page as in a document: a picture, a table and lines below; not a portal's buttons."""
    page = issued.with_suffix(".html")
    text = page.read_text(encoding="utf-8")
    at = text.index("</p>", text.index("</h2>")) + len("</p>")
    inside = "<p><img src='a.png' width='300' height='200'></p>"
    inside += "<table><tr><td>平台</td><td>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>"
    text = f"{text[:at]}{inside}{text[at:]}"
    end = text.rindex("</body>")
    below = "<p>附件：统计表</p><p>【打印】【关闭】</p>"
    page.write_text(f"{text[:end]}{below}{text[end:]}", encoding="utf-8")

    run, target = _import(docgen, page, ".json")
    assert run.code == 1
    asked = [one["question"] for one in json.loads(target.read_text("utf-8"))["unconfirmed"]]
    assert [one for one in asked if "1 张图" in one]
    assert [one for one in asked if "第 1 张表没有读" in one]
    assert [one for one in asked if "落款后的 1 段没有读：“附件：统计表”" in one]
    assert "【打印】【关闭】" in run.err


def test_a_misprinted_row_is_no_wording(docgen: Docgen, issued: Path) -> None:
    document, target = _edit(issued)
    cells = (cell for row in document.tables[1].rows for cell in row.cells)
    cell = next(cell for cell in cells if cell.text.startswith("2.其他法律"))
    cell.paragraphs[0].text = "2.其他法律行政止公开"
    document.save(str(target))
    run, made = _import(docgen, target, ".json")
    assert "漏了字，没有写进“用语”" in run.err
    assert "止公开" not in json.dumps(
        json.loads(made.read_text("utf-8")).get("wording", {}), ensure_ascii=False
    ).replace("禁止公开", "")


def test_an_unknown_year_is_blank(docgen: Docgen, issued: Path) -> None:
    """No year in the title, nor any period in the text."""
    document, target = _edit(issued)
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = re.sub("20[0-9]{2}年度?", "", run.text)
    document.save(str(target))
    docgen("import", target, "-o", "in")
    sheets = list(Path("in").rglob("基本情况.csv"))
    assert sheets
    assert all("None" not in sheet.read_text("utf-8-sig") for sheet in sheets)
