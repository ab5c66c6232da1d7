"""The seal form: what it says of an issued document, and when there is none."""

import importlib.util
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from door import INPUTS, PROJECT, Docgen
from proofs import needs_office
from validator import assert_valid, needs_validator

from docgen import files
from docgen.errors import UsageStop
from docgen.files import ooxml
from docgen.publish import seal_form
from docgen.publish.fill import fill
from docgen.publish.seal_form import matches_short, short_form
from docgen.word.blocks import plain_text, read_blocks

TEMPLATE = PROJECT / "templates" / "seal_form_template.docx"
FORM = Path("outputs/2024.用印审批单.docx")
RECORD = Path("outputs/2024.package.json")


@pytest.fixture
def issued(docgen: Docgen, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Without LibreOffice, which would count its pages each time."""
    monkeypatch.setenv("DOCGEN_SOFFICE", "/none")
    assert docgen("render", INPUTS / "2024.json").code == 0
    return folder / "outputs" / "2024.docx"


def said(path: Path) -> str:
    return plain_text(read_blocks(ooxml.read_parts(path.read_bytes())[ooxml.DOCUMENT]))


def edit_record(**changes: Any) -> None:
    RECORD.write_text(json.dumps({**json.loads(RECORD.read_bytes()), **changes}), encoding="utf-8")


def test_what_it_says(docgen: Docgen, issued: Path) -> None:
    edit_record(findings=[{"severity": "note", "message": "提示不印在单上"}] * 4)
    run = docgen("seal-form", issued.relative_to(Path.cwd()), "--copies", 3, "--pages", 5)
    assert (run.code, run.out) == (0, f"{FORM}\n")
    assert run.err.startswith("没有找到输入，没有重新做一遍来核对")  # the record is all there is
    text = said(FORM)
    short = short_form(files.sha256(issued.read_bytes()))
    for part in (
        "甘河子镇政府信息公开工作2024年度报告\n",
        "乌苏市甘河子镇人民政府\n",
        "2024.docx\n",
        "\n5 页\n",
        "\n3 份\n",
        f"\n{short}\n",
        "勾稽关系 42 条逐条核对；错误 0 个，警告 0 个，提示 4 个",
        "与数据一致。出单时输入不在手边，没有照输入重做。\n",
        "放行的警告\n无\n",
        "经办人",
        "负责人意见",
        "印章管理人",
        "在弹出的黑窗口里照打下面一行",
        f"docgen verify 2024.docx --short {short}\n",
        "显示“与审批单相符”的，可以盖章",
    ):
        assert part in text
    assert text.count("签名：") == text.count("年　　月　　日") == 3
    assert "{{" not in text
    assert "提示不印在单上" not in text


@pytest.mark.slow
@needs_office
def test_pages_are_counted(docgen: Docgen, issued: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a proof made for it; from the record where one was issued; as it is told before all."""
    monkeypatch.delenv("DOCGEN_SOFFICE")
    counted = docgen("seal-form", issued)
    assert (counted.code, counted.err.count("\n")) == (0, 1)
    assert "没有找到输入" in counted.err
    assert "\n5 页\n" in said(FORM)
    edit_record(pages=7)
    assert docgen("seal-form", issued, "--force").code == 0
    assert "\n7 页\n" in said(FORM)
    assert docgen("seal-form", issued, "--pages", 6, "--force").code == 0
    assert "\n6 页\n" in said(FORM)


def test_counts_are_left_blank(docgen: Docgen, issued: Path) -> None:
    """Nobody can count the pages without LibreOffice."""
    assert docgen("seal-form", issued).code == 0
    assert "　　　　 页\n" in said(FORM)
    assert "　　　　 份\n" in said(FORM)


def test_warnings_are_named(docgen: Docgen, issued: Path) -> None:
    """Every warning that was let pass, and a title with what Word and tags might take as theirs."""
    warnings = ["总体情况有 1250 个字", "表二与正文 <不> 一致"]
    findings = [{"severity": "warning", "message": message} for message in warnings]
    edit_record(findings=findings, title="A&B <{{ body }}> 年报")
    assert docgen("seal-form", issued).code == 0
    text = said(FORM)
    assert "A&B <{{ body }}> 年报\n" in text
    assert "错误 0 个，警告 2 个，提示 0 个" in text
    assert "放行的警告\n1．总体情况有 1250 个字\n2．表二与正文 <不> 一致\n" in text


def test_same_bytes_and_no_overwriting(docgen: Docgen, issued: Path) -> None:
    """Written again it is the same; one that differs is left, until --force."""
    assert docgen("seal-form", issued).code == 0
    first = FORM.read_bytes()
    assert docgen("seal-form", issued).code == 0
    assert FORM.read_bytes() == first
    run = docgen("seal-form", issued, "--copies", 2)
    assert run.code == 5
    assert "X501" in run.err
    assert FORM.read_bytes() == first
    assert docgen("seal-form", issued, "--copies", 2, "--force").code == 0
    assert FORM.read_bytes() != first


def test_whether_it_was_made_again(docgen: Docgen, issued: Path) -> None:
    """It is printed on the sheet: those who seal see no console."""
    assert docgen("seal-form", issued, "--input", INPUTS / "2024.json").code == 0
    assert "与数据一致。出单时照“2024.json”重新做了一遍，结果相同。\n" in said(FORM)
    assert "不在手边" not in said(FORM)


def test_force_replaces_forms_alone(docgen: Docgen, issued: Path) -> None:
    """Never the document, its record, an input, a template, or what a link leads to."""
    shutil.copy(INPUTS / "2024.json", "in.json")
    shutil.copy(INPUTS / "2024.xlsx", "in.xlsx")
    shutil.copy(TEMPLATE, "模板.docx")
    Path("link.docx").symlink_to(issued)
    others = [
        issued,
        RECORD,
        Path("in.json"),
        Path("in.xlsx"),
        Path("模板.docx"),
        Path("link.docx"),
    ]
    for path in others:
        before = path.read_bytes()
        run = docgen("seal-form", issued, "-o", path, "--force")
        assert (run.code, "X501" in run.err, "不是用印审批单" in run.err) == (5, True, True)
        assert (path.read_bytes() == before, "确实要覆盖" in run.err) == (True, False)
    assert docgen("seal-form", issued, "--copies", 2).code == 0
    first = FORM.read_bytes()
    assert docgen("seal-form", issued, "--copies", 3, "--force").code == 0
    assert ("3 份" in said(FORM), FORM.read_bytes() == first) == (True, False)


def test_where_to(docgen: Docgen, issued: Path, folder: Path) -> None:
    """A file, or a folder to put it in."""
    (folder / "单").mkdir()
    assert docgen("seal-form", issued, "-o", "单").out == f"{Path('单') / FORM.name}\n"
    assert docgen("seal-form", issued, "-o", "b.docx").code == 0
    assert (folder / "b.docx").read_bytes() == (folder / "单" / FORM.name).read_bytes()
    assert docgen("seal-form", issued, "--copies", 0).code == 2


def test_refused_unless_issued(docgen: Docgen, issued: Path, folder: Path) -> None:
    """An edited document, one without its record, a draft: nothing is written."""
    sound = issued.read_bytes()
    parts = ooxml.read_parts(sound)
    parts[ooxml.DOCUMENT] = parts[ooxml.DOCUMENT].replace("我镇".encode(), "本镇".encode(), 1)
    issued.write_bytes(ooxml.write_package(parts))
    run = docgen("seal-form", issued)
    assert run.code == 6
    assert re.findall(r"^错误 (\w+)", run.err, re.MULTILINE) == ["V103", "H201"]
    issued.write_bytes(sound)
    RECORD.rename(folder / "away.json")
    assert "V101" in docgen("seal-form", issued).err
    assert docgen("render", INPUTS / "2024.json", "--draft").code == 0
    assert "V102" in docgen("seal-form", "outputs/2024.草稿.docx").err
    assert docgen("seal-form", "outputs/none.docx").code == 3
    assert not list(folder.rglob("*审批单*"))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"findings": None}, "可用的内容"),
        ({"findings": ["x"]}, "可用的内容"),
        ({"findings": [{"severity": "warning"}]}, "message"),
        ({"title": "a\0b"}, "可用的内容"),
        ({"title": "a\ufffeb"}, "可用的内容"),
        ({"body": "a\x1b[2Jb"}, "可用的内容"),
        ({"findings": [{"severity": "warning", "message": "\ud800"}]}, "可用的内容"),
    ],
)
def test_a_record_that_was_edited(
    docgen: Docgen, issued: Path, change: dict[str, Any], what: str
) -> None:
    edit_record(**change)
    run = docgen("seal-form", issued)
    assert run.code == 3
    assert f"“2024.package.json”缺少“{what}”" in run.err
    assert not FORM.exists()


def test_the_short_form() -> None:
    digest = "8f3a20c47b1ed905" + "0" * 48
    assert short_form(digest) == "8F3A-20C4-7B1E-D905"
    for given in (
        "8F3A-20C4-7B1E-D905",
        "8f3a20c47b1ed905",
        " 8F3A 20C4 7B1E D905 ",
        "８Ｆ３Ａ－２０Ｃ４－７Ｂ１Ｅ－Ｄ９０５",
        "8F3A—20C4–7B1E―D905",
    ):
        assert matches_short(given, digest)
    assert not matches_short("8F3A-20C4-7B1E-D906", digest)
    for given in ("", "8F3A", "8F3A-20C4-7B1E-D90G", "8F3A-20C4-7B1E-D905-0", "٨F3A20C47B1ED905"):
        with pytest.raises(UsageStop) as stopped:
            matches_short(given, digest)
        assert stopped.value.findings[0].code == "H204"


def test_a_tag_that_an_editor_split() -> None:
    """Word may spread a tag over runs; an unknown tag is no blank."""
    parts = ooxml.read_parts(TEMPLATE.read_bytes())
    body = parts[ooxml.DOCUMENT].decode()
    split = body.replace("{{ title }}", "{{ ti</w:t></w:r><w:r><w:t>tle }}", 1)
    assert split != body
    values = dict.fromkeys(re.findall(r"\{\{ (\w+) \}\}", body), "值") | {"title": "一\n二"}
    data = fill(ooxml.write_package({**parts, ooxml.DOCUMENT: split.encode()}), values)
    assert "文件标题\n一\n二\n" in plain_text(read_blocks(ooxml.read_parts(data)[ooxml.DOCUMENT]))
    with pytest.raises(KeyError):
        fill(TEMPLATE.read_bytes(), {})


def test_read_back(docgen: Docgen, issued: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that does not say what it should is not written."""
    monkeypatch.setattr(
        seal_form, "fill", lambda template, values: fill(template, {**values, "short": "0000"})
    )
    run = docgen("seal-form", issued)
    assert run.code == 70
    assert "H101" in run.err
    assert not FORM.exists()


def test_the_template_is_what_its_tool_writes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(PROJECT / "tools")
    spec = importlib.util.spec_from_file_location(
        "make_seal_form", PROJECT / "tools" / "make_seal_form.py"
    )
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    (folder / "templates").mkdir()
    tool.main()
    assert (folder / "templates" / TEMPLATE.name).read_bytes() == TEMPLATE.read_bytes()


@pytest.mark.slow
@needs_validator
def test_it_is_valid(docgen: Docgen, issued: Path) -> None:
    assert docgen("seal-form", issued).code == 0
    assert_valid(TEMPLATE)
    assert_valid(FORM)
