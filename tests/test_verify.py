"""`docgen verify`: the issued file is known again, and every change to another is named."""

import base64
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from door import INPUTS, PROJECT, Docgen, Run, write_json
from issued import BODY, DOCUMENT, RECORD, STYLES, codes, packed, parts_of

from docgen import __version__
from docgen.files import ooxml

DRAFT = Path("outputs/2024.草稿.docx")
TEMPLATE = PROJECT / "templates" / "report_template.docx"
PREFACE = "现将甘河子镇2024年政府信息公开实际情况报告如下："
NO_REQUESTS = "（二）依申请公开情况。2024年甘河子镇未收到政府信息公开申请。"


@pytest.fixture
def issued(docgen: Docgen) -> Docgen:
    """The reference report, issued."""
    assert docgen("render", INPUTS / "2024.json").code == 0
    assert codes(verify(docgen)) == []
    return docgen


def verify(docgen: Docgen, path: Path = DOCUMENT) -> Run:
    """What `verify` says: 0 and the same, or 6 and why; never a traceback."""
    run = docgen("verify", path)
    assert "Traceback" not in run.err
    unknown = "V101" in run.err
    said = {0: "与签发记录相符", 6: "无法核验" if unknown else "不是签发的那一份"}[run.code]
    assert run.err.splitlines()[-1].startswith(f"{path}：{said}")
    assert run.code or "没有找到输入，没有重新做一遍来比" in run.err  # see test_verify_again.py
    return run


def record(path: Path = RECORD) -> dict[str, Any]:
    """The record of an issued document."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def sha256(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def change(part: str, old: str, new: str) -> None:
    """Replace the first `old` in a part of the issued document."""
    text = parts_of()[part].decode()
    assert old in text
    DOCUMENT.write_bytes(packed(part, text.replace(old, new, 1).encode()))


def test_untouched(issued: Docgen) -> None:
    """The issued file verifies wherever it is called from, copied or renamed with its record."""
    assert verify(issued).code == 0
    for path, suffix in ((DOCUMENT, "docx"), (RECORD, "package.json")):
        shutil.copy(path, f"甲 乙.{suffix}")
    assert verify(issued, Path("甲 乙.docx").resolve()).code == 0
    assert issued("verify", DOCUMENT, "甲 乙.docx").code == 0


def test_packed_again(issued: Docgen) -> None:
    """The same parts in another zip are the same content, but not the original."""
    DOCUMENT.write_bytes(packed(BODY, parts_of()[BODY]))
    assert codes(verify(issued)) == ["V105"]


def test_saved_by_another_program(issued: Docgen) -> None:
    """python-docx writes the parts its own way and changes no word."""
    docx.Document(str(DOCUMENT)).save(str(DOCUMENT))
    assert codes(verify(issued)) in (["V104"], ["V105"])


def test_figure_changed(issued: Docgen) -> None:
    """Each figure that changed is named with its cell and both values."""
    document = docx.Document(str(DOCUMENT))
    document.tables[1].rows[3].cells[3].paragraphs[0].runs[0].text = "7"
    document.tables[2].rows[3].cells[14].paragraphs[0].runs[0].text = "12"
    document.save(str(DOCUMENT))
    run = verify(issued)
    assert codes(run) == ["V103", "V103"]
    place = "第 2 张表第 4 行（一、本年新收政府信息公开申请数量）第 2 格"
    assert f"错误 V103 {place}改过：签发时是“0”，现在是“7”\n" in run.err
    assert "第 3 张表第 4 行第 15 格改过：签发时是“0”，现在是“12”\n" in run.err


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (lambda p: p._p.getparent().remove(p._p), NO_REQUESTS, "（没有）"),
        (lambda p: p.insert_paragraph_before("另有一件。"), "（没有）", "另有一件。"),
        (lambda p: p.add_run("\n另有一件"), NO_REQUESTS, f"{NO_REQUESTS}\n另有一件"),
        (lambda p: p.runs[0].clear(), NO_REQUESTS, NO_REQUESTS.partition("。")[2]),
    ],
    ids=["removed", "added", "longer", "shorter"],
)
def test_paragraph(issued: Docgen, edit: Callable[[Any], None], before: str, after: str) -> None:
    """A paragraph changed, removed or added is shown as it was and as it is."""
    document = docx.Document(str(DOCUMENT))
    edit(next(p for p in document.paragraphs if p.text == NO_REQUESTS))
    document.save(str(DOCUMENT))
    run = verify(issued)
    assert codes(run) == ["V103"]
    after = after.replace("\n", "\\n")  # a line of docgen's own stays one
    assert f"改过：签发时是“{before}”，现在是“{after}”" in run.err


@pytest.mark.parametrize("edit", ["row", "cell", "merge", "table", "stand-in"])
def test_table(issued: Docgen, edit: str) -> None:
    """A table's rows, cells, merges and the table itself are part of what was issued."""
    document = docx.Document(str(DOCUMENT))
    table = document.tables[2]
    element: ooxml.Element = table._tbl
    row: ooxml.Element = table.rows[3]._tr
    if edit == "row":
        element.remove(row)
    elif edit == "cell":
        row.remove(row[-1])
    elif edit == "merge":
        table.rows[3].cells[0].merge(table.rows[3].cells[1])
    else:
        if edit == "stand-in":  # what a table is called in messages
            element.addprevious(document.add_paragraph("（表格）")._p)
        ooxml.parent_of(element).remove(element)
    document.save(str(DOCUMENT))
    run = verify(issued)
    assert set(codes(run)) == {"V103"}
    expected = {
        "row": f"第 3 张表第 4 行改过：签发时是“{' '.join('0' * 15)}”，现在是“（没有）”",
        "cell": "第 3 张表第 4 行改过：签发时是“15 格”，现在是“14 格”",
        "merge": "第 3 张表第 4 行",
        "table": "签发时是“（表格）”，现在是“（没有）”",
        "stand-in": "签发时是“（表格）”，现在是“（表格）”",
    }
    assert expected[edit] in run.err


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (STYLES, "仿宋_GB2312", "宋体"),
        (BODY, 'w:left="1588"', 'w:left="1000"'),
        ("docProps/core.xml", "2025-01-20", "2025-01-21"),
        (BODY, "<w:t ", '<w:br w:type="page"/><w:t '),
    ],
    ids=["font", "margin", "date", "page break"],
)
def test_only_the_look_changed(issued: Docgen, part: str, old: str, new: str) -> None:
    """No word changed, but a part did: it is named."""
    change(part, old, new)
    run = verify(issued)
    assert codes(run) == ["V104"]
    assert f"但{part}不同\n" in run.err


def test_record(docgen: Docgen, csv_folder: Path) -> None:
    """The record names and hashes all that went in and came out, and holds the document itself."""
    assert docgen("render", csv_folder).code == 0
    issue = record()
    assert (issue["status"], issue["form"], issue["year"]) == ("issued", "disclosure-2021", 2024)
    assert issue["versions"]["docgen"] == __version__
    assert {entry["name"]: entry["sha256"] for entry in issue["inputs"]} == {
        f"2024/{path.name}": sha256(path) for path in csv_folder.iterdir()
    }
    assert issue["template"] == {"name": TEMPLATE.name, "sha256": sha256(TEMPLATE)}
    document = issue["document"]
    assert (document["name"], document["sha256"]) == (DOCUMENT.name, sha256(DOCUMENT))
    assert base64.b64decode(document["base64"]) == DOCUMENT.read_bytes()
    assert {finding["severity"] for finding in issue["findings"]} == {"note"}


def test_draft(docgen: Docgen, reference: Any) -> None:
    """With errors: refused; as a draft marked on odd and even pages, in its name and record."""
    reference["figures"]["requests"]["received"]["natural"] = 5
    reference["figures"]["disclosure"]["penalty"]["decided"] = None
    path = write_json(Path("2024.json"), reference)
    assert docgen("render", path).code == 1
    assert not DRAFT.exists()
    run = docgen("render", path, "--draft")
    assert run.code == 1
    assert "草稿，未通过（" in run.err
    draft = docx.Document(str(DRAFT))
    for header in (draft.sections[0].header, draft.sections[0].even_page_header):
        assert header.paragraphs[0].text == "草稿　尚有问题未解决，不得用印"
    assert draft.settings.odd_and_even_pages_header_footer
    assert draft.tables[0].rows[9].cells[1].text == "【未填】"
    assert draft.tables[1].rows[3].cells[3].text == "5"
    assert record(DRAFT.with_name("2024.草稿.package.json"))["status"] == "draft"
    assert codes(verify(docgen, DRAFT)) == ["V102"]
    assert not DOCUMENT.exists()


def test_draft_for_review(docgen: Docgen) -> None:
    """Without errors it is headed 送审稿, in black; in name and record it is a draft as well."""
    run = docgen("render", INPUTS / "2024.json", "--draft")
    assert run.code == 0
    assert "2024.json：送审稿（0 个错误" in run.err
    section = docx.Document(str(DRAFT)).sections[0]
    for header in (section.header, section.even_page_header):
        [run_of_text] = header.paragraphs[0].runs
        assert (run_of_text.text, str(run_of_text.font.color.rgb)) == ("送审稿", "000000")
    assert record(DRAFT.with_name("2024.草稿.package.json"))["status"] == "draft"
    assert codes(verify(docgen, DRAFT)) == ["V102"]
    assert "送审稿，没有变" in docgen("render", INPUTS / "2024.json", "--draft").err


def with_document(**members: object) -> Callable[[], str]:
    """The record with other facts about the document."""
    return lambda: json.dumps({**record(), "document": {**record()["document"], **members}})


RAW = ["", "null", "[]", '{"document": 5}', "[" * 100_000, " " * 100_000_000, "{" * 9_000]


@pytest.mark.parametrize(
    "make",
    [
        *(lambda text=text: text for text in RAW),
        lambda: '{"document": ' * 100_000 + "1" + "}" * 100_000,
        lambda: json.dumps({**record(), "status": ["issued"]}),
        lambda: '{"a": ' + "9" * 5000 + "}",
        with_document(base64=None),
        with_document(base64=["5"]),
        with_document(sha256=None),
    ],
)
def test_hostile_record(issued: Docgen, make: Callable[[], str]) -> None:
    """A record that is none counts for none; docgen does not overwrite what it cannot know."""
    change(BODY, PREFACE, PREFACE[1:])
    RECORD.write_text(make(), encoding="utf-8")
    run = verify(issued)
    assert codes(run) == ["V101"]
    assert "“2024.docx”旁边没有签发记录“2024.package.json”" in run.err
    before = DOCUMENT.read_bytes()
    assert issued("render", INPUTS / "2024.json").code == 5
    assert DOCUMENT.read_bytes() == before


@pytest.mark.parametrize("text", ["", "5", "汉", "QUJD"])
def test_record_without_its_document(issued: Docgen, text: str) -> None:
    """Whether the file was changed can still be said; in what, it can't."""
    RECORD.write_text(with_document(base64=text)(), encoding="utf-8")
    assert codes(verify(issued)) == []
    change(BODY, PREFACE, PREFACE[1:])
    assert codes(verify(issued)) == ["V101"]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: packed(BODY, b"<a/>"), "V103"),
        (lambda: packed(BODY, b"<a"), "V101"),
        (lambda: packed("word/a.bin", bytes(70 * 1024 * 1024)), "V101"),
        (lambda: b"no zip", "V101"),
    ],
    ids=["blank", "broken", "bomb", "no zip"],
)
def test_record_of_another(issued: Docgen, make: Callable[[], bytes], code: str) -> None:
    """A record that holds another document: every difference is told, none stumbles."""
    other = {
        "sha256": hashlib.sha256(make()).hexdigest(),
        "base64": base64.b64encode(make()).decode(),
    }
    RECORD.write_text(with_document(**other)(), encoding="utf-8")
    change(BODY, PREFACE, PREFACE[1:])
    assert set(codes(verify(issued))) == {code}


@pytest.mark.parametrize(
    ("make", "code", "why"),
    [
        (lambda: DOCUMENT.read_bytes()[:-500], "V106", "不是完好的压缩包"),
        (lambda: packed(BODY, b"<a"), "V106", "不是完好的 XML"),
        (lambda: packed(BODY, b"<!DOCTYPE a><a/>"), "V106", "文档类型声明"),
        (lambda: packed(BODY, b"<a>" * 9000 + b"</a>" * 9000), "V106", "元素套了 256 层以上"),
        (lambda: packed("word/a.bin", bytes(70 * 1024 * 1024)), "V106", "压缩炸弹"),
        (lambda: packed(STYLES, b"<a"), "V104", STYLES),
        (lambda: packed(STYLES, "<a/>".encode("utf-16")), "V104", STYLES),
        (lambda: packed(STYLES, b'<a xmlns="near/by"/>'), "V104", STYLES),
    ],
    ids=["half", "broken", "doctype", "deep", "bomb", "broken styles", "utf-16", "namespace"],
)
def test_no_document(issued: Docgen, make: Callable[[], bytes], code: str, why: str) -> None:
    """What can't be opened, or only in parts, is said so."""
    DOCUMENT.write_bytes(make())
    run = verify(issued)
    assert (set(codes(run)), why in run.err) == ({code}, True)


def test_cannot_be_read(docgen: Docgen, folder: Path) -> None:
    """A missing file, an empty one and a folder: exit code 3, the name told."""
    (folder / "空.docx").write_bytes(b"")
    (folder / "夹.docx").mkdir()
    for name, code in (("无.docx", "X301"), ("空.docx", "X302"), ("夹.docx", "X312")):
        run = docgen("verify", name)
        assert (run.code, codes(run), name in run.err) == (3, [code], True)
