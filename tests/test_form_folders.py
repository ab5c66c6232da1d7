"""How a person reaches forms: commands about them, where they are looked for, and hostile ones.

A form comes from another county, by mail: it is read within limits or refused with what is wrong,
whatever stands in its folder, and nothing of it is run.
"""

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from door import PROJECT, Docgen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from proofs import needs_office

from docgen.errors import Stop
from docgen.forms.faults import SHEETS
from docgen.forms.loader import load_form, own_keys, use_folders
from docgen.model import FACT_SHEET, TEXT_SHEET, WAIVER_SHEET
from docgen.trial import try_form

STARTER = PROJECT / "docgen" / "blank" / "starter"
TEXT = (STARTER / "form.toml").read_text(encoding="utf-8")
EXAMPLE = (STARTER / "example.json").read_text(encoding="utf-8")

#: What a form may hold in place of what belongs there.
HOSTILE = (
    "{name}", "{year}", "{", "{{ x }}", "{%tr for a in b %}", "..", "../../etc", "\\u0001", '"',
    "\\u202e", "\x00", "\t", "=", "<=", "each unit 单位", "值" * 500, "1e999", "[[part]]",
    "[[rule]]", "'''", '"""', 'extends = "kt"', 'drop = ["part basics"]', "count:", "p",
    "years = [2024, 2020]", "a.b.c", "last", "(group)", "    深 deep", "__class__", "\u3000",
)  # fmt: skip


#: Each example writes the same folder anew.
ALIKE: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


EDITION = '''extends = "enforcement-zhejiang"
name = "行政执法统计年报（青山县样式）"
drop = ["part others"]

[[part]]
grid = "licences"
columns = """
行政许可实施数量（宗） (handled)
  申请数量 applied count:宗
  受理数量 accepted count:宗
  许可数量 granted count:宗
  不予许可数量 refused count:宗
  撤销许可数量 withdrawn count:宗
  延续数量 renewed count:宗
"""
'''


def write_form(folder: Path, text: str = TEXT, example: str = EXAMPLE) -> Path:
    """Write a form's folder; its key is the folder's name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "form.toml").write_text(text, encoding="utf-8")
    if example:
        (folder / "example.json").write_text(example.replace("KEY", folder.name), encoding="utf-8")
    return folder


def faults_of(path: Path) -> list[str]:
    """What a form is refused for."""
    with pytest.raises(Stop) as stopped:
        load_form(path)
    return [finding.message for finding in stopped.value.findings]


def test_what_form_new_writes_can_be_used_as_it_stands(docgen: Docgen, folder: Path) -> None:
    """It passes its check, is listed, filled in from its example, issued and verified."""
    assert docgen("form", "new", "kt").out.split() == [
        "forms/kt/form.toml",
        "forms/kt/example.json",
    ]
    checked = docgen("form", "check", "forms/kt")
    assert (checked.code, checked.err.strip()) == (
        0,
        "forms/kt：可以用（培训情况年度报表，3 张表，20 格，2 条规则，试了 2 个例子）",
    )

    [listed] = [line for line in docgen("form", "list").out.splitlines() if "kt" in line]
    assert listed.split() == ["kt", "培训情况年度报表", "2024起", "forms/kt"]
    shutil.copy(folder / "forms" / "kt" / "example.json", folder / "2024.json")
    assert docgen("render", "2024.json", "--html", "--data").code == 0
    assert "就是签发的那一份" in docgen("verify", "outputs/2024.docx").err


@pytest.mark.parametrize("key", own_keys())
def test_docgens_own_forms_can_be_used(docgen: Docgen, key: str) -> None:
    """Template, example and a case for every rule: what is asked of a form is asked of these."""
    run = docgen("form", "check", key)
    assert (run.code, "可以用" in run.err, "X332" in run.err) == (0, True, False), run.err


def test_what_programs_are_told(docgen: Docgen) -> None:
    """`--json` of list and check."""
    docgen("form", "new", "kt")
    listed = json.loads(docgen("form", "list", "--json").out)
    own = [form["key"] for form in listed if form["own"]]
    assert "disclosure-2021" in own
    [other] = [form for form in listed if not form["own"]]
    assert (other["key"], other["usable"], other["first_year"]) == ("kt", True, 2024)

    (Path("forms") / "kt" / "form.toml").write_text("name = 1", encoding="utf-8")
    checked = docgen("form", "check", "kt", "--json")
    said = json.loads(checked.out)
    assert (checked.code, said["usable"], said["findings"][0]["code"]) == (3, False, "X330")
    assert json.loads(docgen("form", "list", "--json").out)[-1]["usable"] is False


def test_a_form_elsewhere_is_named_by_its_folder(docgen: Docgen, folder: Path) -> None:
    """Every command that reads an input takes `--form`; without it the form is not known."""
    write_form(folder / "usb" / "kt")
    shutil.copy(folder / "usb" / "kt" / "example.json", folder / "2024.json")
    unknown = docgen("check", "2024.json")
    assert unknown.code == 3
    assert "没有这个表式" in unknown.err
    assert "用 --form 写明它在哪里" in unknown.err

    for place in ("usb/kt", "usb"):
        assert docgen("check", "2024.json", "--form", place).code == 0
    assert docgen("render", "2024.json", "--form", "usb").code == 0
    assert "不在手边" in docgen("verify", "outputs/2024.docx").err
    verified = docgen("verify", "outputs/2024.docx", "--form", "usb")
    assert "就是签发的那一份" in verified.err
    assert docgen("seal-form", "outputs/2024.docx", "--form", "usb").code == 0
    assert docgen("compare", "2024.json", "2024.json", "--form", "usb").code == 0
    assert docgen("schema", "--form", "usb/kt").code == 0
    assert "各类之和不等于合计" in docgen("explain", "W301", "--form", "usb").out
    assert docgen("page", "outputs/2024.docx", "--form", "usb").code == 0


def test_a_folder_of_several_forms_is_none_of_them(docgen: Docgen, folder: Path) -> None:
    write_form(folder / "usb" / "kt")
    write_form(folder / "usb" / "px")
    run = docgen("schema", "--form", "usb")
    assert run.code == 2
    assert "“usb”里不止一个表式（kt、px）" in run.err


def test_processes_know_the_forms(docgen: Docgen, folder: Path) -> None:
    """The workers of a batch are told where forms are looked for."""
    write_form(folder / "usb" / "kt")
    for number in range(3):
        shutil.copy(folder / "usb" / "kt" / "example.json", folder / f"{number}.json")
    run = docgen("check", *(f"{n}.json" for n in range(3)), "--jobs", 2, "--form", "usb")
    assert run.code == 0, run.err
    assert "通过 3 份" in run.err


def test_the_example_of_a_form_is_no_report(docgen: Docgen, folder: Path) -> None:
    """Where a whole folder is checked, the forms in it are not."""
    form = write_form(folder / "forms" / "kt")
    shutil.copy(form / "example.json", folder / "2024.json")
    [line] = docgen("check", ".", "--json").lines
    assert line["input"] == "2024.json"


def test_two_of_one_name_are_told(docgen: Docgen, folder: Path) -> None:
    """No form takes the place of another, docgen's own least of all."""
    for place in ("usb", "forms"):
        write_form(folder / place / "kt")
    run = docgen("check", "forms/kt/example.json", "--form", "usb")
    assert run.code == 3
    assert "有两个表式同名" in run.err


def test_a_report_of_another_kind_is_filled_in_beside(docgen: Docgen, folder: Path) -> None:
    """A body owes several reports a year: their sheets do not stand in one another's way."""
    write_form(folder / "forms" / "kt")
    assert docgen("new", 2024, "--body", "某县档案馆").code == 0
    assert docgen("new", 2024, "--form", "kt", "--body", "某县档案馆").code == 0
    assert docgen("new", 2024, "--form", "kt", "--body", "某县档案馆", "--xlsx").code == 0
    made = sorted(path.name for path in (folder / "inputs").iterdir())
    assert made == ["2024", "2024-kt", "2024-kt.xlsx"]


def test_a_form_changed_since_is_told(docgen: Docgen, folder: Path) -> None:
    """The record holds the form's digest: verify tells of a form that is another now."""
    form = write_form(folder / "forms" / "kt")
    shutil.copy(form / "example.json", folder / "2024.json")
    assert docgen("render", "2024.json").code == 0
    record = json.loads((folder / "outputs" / "2024.package.json").read_text(encoding="utf-8"))
    assert (record["form"], record["form_sha256"]) == ("kt", load_form(form).digest)

    write_form(form, TEXT.replace("三、填报信息", "三、填报的人"))
    changed = docgen("verify", "outputs/2024.docx")
    assert changed.code == 6
    assert "V116" in changed.err
    assert "照输入做出来是“三、填报的人”" in changed.err
    assert docgen("render", "2024.json").code == 0
    assert docgen("verify", "outputs/2024.docx").code == 0


def test_a_template_in_the_folder_is_used(docgen: Docgen, folder: Path) -> None:
    """What `form template` writes is taken from then on; another is named by the form."""
    form = write_form(folder / "forms" / "kt")
    shutil.copy(form / "example.json", folder / "2024.json")
    assert docgen("form", "template", "kt").out.strip() == "forms/kt/template.docx"
    assert docgen("form", "template", "kt").code == 5  # it may have been dressed
    assert docgen("render", "2024.json").code == 0
    record = json.loads((folder / "outputs" / "2024.package.json").read_text(encoding="utf-8"))
    assert record["template"]["name"] == "template.docx"

    write_form(form, TEXT.replace("signed = false", 'signed = false\ntemplate = "模板.docx"'))
    assert "文件夹里没有 template 写的“模板.docx”" in docgen("form", "check", "kt").err
    write_form(form, TEXT.replace("signed = false", 'signed = false\ntemplate = "../a.docx"'))
    assert docgen("form", "check", "kt").code == 3


def test_an_office_changes_an_official_form_in_ten_lines(docgen: Docgen, folder: Path) -> None:
    """An edition says what differs: one table has a column more, another is not there."""
    parent = PROJECT / "docgen" / "forms" / "enforcement-zhejiang"
    example = json.loads((parent / "example.json").read_text(encoding="utf-8"))
    example["form"] = "mine"
    for row in example["figures"]["licences"].values():
        row["renewed"] = 0
    del example["figures"]["others"], example["units"]["others"]

    write_form(folder / "forms" / "mine", EDITION, json.dumps(example))
    checked = docgen("form", "check", "mine")
    assert checked.code == 0, checked.err
    assert "3 张表" in checked.err
    rendered = docgen("render", "forms/mine/example.json", "--html", "--data")
    assert rendered.code == 0, rendered.err
    assert "延续数量" in (folder / "outputs" / "example.html").read_text(encoding="utf-8")


def test_a_form_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    """No link leads out, and what it extends is a key, not a path."""
    form = write_form(tmp_path / "kt")
    secret = tmp_path / "secret.toml"
    secret.write_text('words = { "a" = "b" }', encoding="utf-8")
    (form / "more.toml").symlink_to(secret)
    assert "“more.toml”是一个链接" in faults_of(form)[0]

    (form / "more.toml").unlink()
    for parent in ("../kt", "/etc", "..", "kt/../kt"):
        write_form(form, f'extends = "{parent}"\n')
        assert "extends 写表式的代号" in faults_of(form)[0]
    (form / "template.docx").symlink_to(PROJECT / "templates" / "report_template.docx")
    write_form(form)
    assert "“template.docx”是一个链接" in faults_of(form)[0]
    write_form(form, 'extends = "kt"\n')
    assert faults_of(form) == ["表式“kt”：extends 套得太多"]


MUCH = {
    "nested": "x = " + "[" * 9000 + "]" * 9000,
    "dotted": ".".join("a" * 9000) + " = 1",
    "a line": f'x = "{"a" * 300_000}"',
    "parts": "[[part]]\n" * 20_000,
    "cells": '[[part]]\ngrid = "g"\ncolumns = """\n'
    + "".join(f"甲 c{n}\n" for n in range(400))
    + '"""\nrows = """\n'
    + "".join(f"乙 r{n}\n" for n in range(400))
    + '"""\n',
    "no text": "\x00\x01",
}


@pytest.mark.parametrize("text", MUCH.values(), ids=MUCH)
def test_too_much_is_refused_at_once(tmp_path: Path, text: str) -> None:
    head = 'name = "a"\nyears = [2020]\ntitle = "{name}{year}"\n'
    assert faults_of(write_form(tmp_path / "kt", head + text, example=""))


def test_a_large_or_a_strange_folder_is_refused(tmp_path: Path) -> None:
    form = write_form(tmp_path / "kt")
    (form / "more.toml").write_text("#" * 500_000, encoding="utf-8")
    assert "文字超过 400 KB" in faults_of(form)[0]
    (form / "more.toml").unlink()
    for number in range(20):
        (form / f"{number}.toml").write_text("# 空\n", encoding="utf-8")
    assert "最多 20 个" in faults_of(form)[0]
    for number in range(20):
        (form / f"{number}.toml").unlink()
    os.mkfifo(form / "pipe.toml")
    assert "不是普通文件" in faults_of(form)[0]
    assert "文件夹的名称就是表式的代号" in faults_of(write_form(tmp_path / "表"))[0]


SLIPS = {
    "no key": ("填报人 clerk person", "填报人 person", "“填报人 person”少了英文代号"),
    "wide quotes": ('called = "报表"', "called = “报表”", "这一行的 “ 是全角的"),
    "no end": ('学习人次 learners count?:人次\n"""', "学习人次 learners count?:人次", "没有收尾"),
    "a blank line in": ("  是否使用 used", " 是否使用 used", "缩进不对"),
    "a kind": ("count?:人次", "cuont?:人次", "没有“cuont”这个种类"),
    "a word": ("corner =", "coner =", "最接近的是“corner”"),
}


NAMES = {
    "two alike": ("负责培训的科室 office", "计划名称 office", "有两处都叫“计划名称”"),
    "a path": ('name = "表二 培训数量"', 'name = "表二/培训"', "“表二/培训”不能作文件名"),
    "too long": ('heading = "三、填报信息"', f'heading = "{"三" * 40}"', "不能作文件名"),
    "a sheet": ('name = "表二 培训数量"', 'name = "正文"', "表不能叫“正文”：空表里已有一张"),
}


@pytest.mark.parametrize(("right", "wrong", "says"), NAMES.values(), ids=NAMES)
def test_a_name_that_sheets_cannot_have_is_told(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    """The sheets of a blank are files, and their rows are told apart by their labels."""
    assert says in faults_of(write_form(tmp_path / "kt", TEXT.replace(right, wrong)))[0]


def test_the_sheets_of_every_blank_are_known() -> None:
    assert SHEETS == (FACT_SHEET, TEXT_SHEET, WAIVER_SHEET)


@pytest.mark.parametrize(("right", "wrong", "says"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_in_its_own_words(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    assert TEXT.count(right) == 1
    assert says in faults_of(write_form(tmp_path / "kt", TEXT.replace(right, wrong)))[0]


AID = """name = "救助年度报表"
years = [2024]
title = "{name}{year}年救助年度报表"
signed = false
[page]
standard = ""
[[part]]
grid = "aid"
name = "各村"
corner = "村名"
columns = '''
救助 (helped)
  低保 (low)
    人数 low_people count:人
    金额 low_money amount:元
  特困 (poor)
    人数 poor_people count:人
    金额 poor_money amount:元
是否公示 shown yes
'''
rows = '''
each unit 村名
合计 all
'''
[[rule]]
code = "W301"
name = "各村之和不等于合计"
grid = "aid"
holds = "unit = all"
cure = "对照各村上报的底册。"
[[rule]]
code = "W302"
name = "特困多于低保"
severity = "warning"
grid = "aid"
holds = "poor_people <= low_people"
[[rule]]
code = "W303"
name = "没有公示"
severity = "warning"
grid = "aid"
when = "low_people > 0"
then = "shown = 是"
"""
CASE = '[[case]]\ncode = "%s"\nabout = "试"\nset = { %s }\n'


def aid_example(**changed: Any) -> str:
    row = {"low_people": 5, "low_money": 90.1, "poor_people": 2, "poor_money": 40, "shown": "是"}
    total = {"low_people": 10, "low_money": 180.2, "poor_people": 4, "poor_money": 80}
    tree = {
        "form": "KEY",
        "year": 2024,
        "body": {"name": "青山县河口镇人民政府", "level": "township"},
        "units": {"aid": ["东村", "西村"]},
        "figures": {"aid": {"unit1": row, "unit2": row, "all": total}},
    }
    return json.dumps({**tree, **changed}, ensure_ascii=False)


def told_of(docgen: Docgen, text: str = AID, example: str = "", key: str = "aid") -> str:
    """What `form check` says of a form with rows for units."""
    return docgen(
        "form", "check", str(write_form(Path("forms") / key, text, example or aid_example()))
    ).err


def test_a_row_of_totals_is_not_asked_for_words(docgen: Docgen, folder: Path) -> None:
    """It prints blank where the units say yes or no, and the blank says so."""
    assert "可以用" in told_of(docgen)
    docgen("new", "2024", "--form", "aid", "--body", "青山县河口镇人民政府", "--xlsx")
    workbook = load_workbook(folder / "inputs" / "2024-aid.xlsx")
    said = "".join(str(cell.value) for row in workbook["各村"].iter_rows() for cell in row)
    assert "“合计”一行只填数。" in said
    assert "“是否公示”填“是”或“否”" in said


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"units": {}}, '“unit1”没有对应的名称：在文件的最外面写上 "units": {"aid": ["甲", "乙"]}'),
        ({"unit": ["东村"]}, '村名写在文件的最外面："units": {"aid": ["甲", "乙"]}'),
    ],
)
def test_where_the_names_of_units_stand_is_told(
    docgen: Docgen, changed: dict[str, Any], says: str
) -> None:
    assert says in told_of(docgen, example=aid_example(**changed))


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (
            CASE % ("W302", '"aid.unit.poor_people" = 9'),
            "写 unit1、unit2……，如 aid.unit1.poor_people",
        ),
        (CASE % ("W302", '"aid.unit1.poor_peple" = 9'), "最接近的是“aid.unit1.poor_people”"),
        (
            CASE % ("W302", '"aid.unit1.poor_people" = 9'),
            "还报了 W301；改了一格，它的合计也要一起改",
        ),
    ],
)
def test_a_case_that_is_off_is_told_how(docgen: Docgen, case: str, says: str) -> None:
    assert says in told_of(docgen, AID + case)


def test_a_case_of_the_form_it_extends_is_told_with_its_form(docgen: Docgen) -> None:
    told_of(docgen, AID + CASE % ("W301", '"aid.all.low_people" = 11'))
    edition = 'extends = "aid"\nname = "河口镇的报表"\n'
    eleven = json.loads(aid_example())
    for row in ("unit1", "unit2", "all"):
        eleven["figures"]["aid"][row]["low_people"] = 11 if row == "all" else 5.5 * 2 - 5
    eleven["figures"]["aid"]["unit2"]["low_people"] = 5
    said = told_of(docgen, edition, json.dumps(eleven, ensure_ascii=False), "aid-town")
    assert "沿用“aid”的试例" in said
    assert 'about = "试" 的 [[case]]' in said


def test_what_two_forms_call_alike_is_explained_of_both(docgen: Docgen) -> None:
    told_of(docgen)
    docgen("form", "new", "kt")
    said = docgen("explain", "W302").out
    assert "救助年度报表（aid）" in said
    assert "培训情况年度报表（kt）" in said


def test_sums_are_told_in_the_words_of_the_form(docgen: Docgen, folder: Path) -> None:
    """Units by what they are, columns of one name with their group, the author's cure last."""
    told_of(docgen)
    tree = json.loads(aid_example(form="aid"))
    tree["figures"]["aid"]["all"]["low_people"] = 12
    tree["figures"]["aid"]["unit1"]["poor_people"] = 6
    tree["figures"]["aid"]["unit1"]["shown"] = "否"
    (folder / "2024.json").write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    said = docgen("check", "2024.json").err
    assert "各村之和 = 10，合计 = 12" in said
    assert "对照各村上报的底册。" in said
    assert "特困·人数 = 6，低保·人数 = 5" in said
    assert "而“是否公示”填的是“否”" in said


def test_an_example_from_an_old_editor_is_told(docgen: Docgen, folder: Path) -> None:
    write_form(folder / "forms" / "kt")
    example = folder / "forms" / "kt" / "example.json"
    example.write_bytes(example.read_text(encoding="utf-8").encode("gbk"))
    assert "另存为，编码选 UTF-8" in docgen("form", "check", "forms/kt").err


def test_a_year_that_a_form_is_not_for_is_told(docgen: Docgen) -> None:
    docgen("form", "new", "kt")
    said = docgen("new", "2023", "--form", "kt", "--body", "甲局").err
    assert "年度“2023”不在《培训情况年度报表》的年度里：它从 2024 年起" in said
    assert "form.toml 里的 years" in said


@needs_office
@pytest.mark.slow
def test_a_proof_that_is_wrong_is_not_called_passed(docgen: Docgen, folder: Path) -> None:
    """The document is there, but what must stand on one page does not: the last line says both."""
    docgen("form", "new", "kt")
    tree = json.loads((folder / "forms" / "kt" / "example.json").read_text(encoding="utf-8"))
    tree["figures"]["basics"]["plan_name"]["value"] = "年度培训计划" * 300
    (folder / "2024.json").write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    run = docgen("render", "2024.json", "--pdf")
    assert "F216" in run.err
    assert "2024.json：文件已出，校样上有错误要改（1 个错误" in run.err
    assert "通过（1 个错误" not in run.err


def test_every_faulty_line_is_told_at_once(tmp_path: Path) -> None:
    text = TEXT.replace("填报人 clerk", "填报人").replace("负责人 head", "负责人 Head")
    text = text.replace("人次 people", "人次")
    assert len(faults_of(write_form(tmp_path / "kt", text))) == 3


def test_what_an_input_method_makes_wide_is_taken(tmp_path: Path) -> None:
    """Wide colons, brackets, commas and blanks mean what the narrow ones mean."""
    wide = TEXT.replace("count:期", "count：期").replace("(online)", "（online）")
    wide = wide.replace("讲授,网上", "讲授，网上").replace("office text", "office　text")
    assert wide.count("：期") == 1
    kept, taken = (
        load_form(write_form(tmp_path / n / "kt", t)) for n, t in (("a", TEXT), ("b", wide))
    )
    assert {a: f.cell for a, f in taken.cells.items()} == {a: f.cell for a, f in kept.cells.items()}


def test_notepad_adds_an_ending(docgen: Docgen, folder: Path) -> None:
    form = write_form(folder / "forms" / "kt")
    (form / "form.toml").rename(form / "form.toml.txt")
    run = docgen("form", "check", "forms/kt")
    assert run.code == 2
    assert "存成了 form.toml.txt" in run.err


def test_what_nobody_sees_is_told_with_its_line(tmp_path: Path) -> None:
    text = TEXT.replace("一、基本情况", "一、基本\\u202e情况")
    assert (
        "里面有看不见的字符：一、基本\\u202e情况" in faults_of(write_form(tmp_path / "kt", text))[0]
    )


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The starter with a few of its lines dropped, doubled, moved, or with something hostile."""
    lines = TEXT.split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(("drop", "double", "swap", "insert", "within", "value")))
        token, other = draw(st.sampled_from(HOSTILE)), draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        if kind == "drop":
            lines.pop(at)
        elif kind == "double":
            lines.insert(at, lines[other])
        elif kind == "swap":
            lines[at], lines[other] = lines[other], line
        elif kind == "insert":
            lines.insert(at, token)
        elif kind == "within":
            cut = draw(st.integers(0, len(line)))
            lines[at] = line[:cut] + token + line[cut:]
        else:
            lines[at] = re.sub(r'"[^"]*"', f'"{token}"'.replace("\\", r"\\"), line, count=1)
    return "\n".join(lines)


@settings(max_examples=150, **ALIKE)
@given(text=mutated())
def test_any_form_is_read_or_refused(tmp_path: Path, text: str) -> None:
    """Whatever stands in it: a form whose sums can be spread, or findings that say why not."""
    path = write_form(tmp_path / "kt", text)
    try:
        form = load_form(path)
    except Stop:
        return
    assert form.cells.keys() == form.figures.keys() | form.answers.keys()
    assert all(balance.left for balance in (*form.balances, *form.bounds))


@pytest.mark.slow
@settings(max_examples=40, **ALIKE)
@given(text=mutated())
def test_any_form_is_tried_without_a_fault_of_docgen(tmp_path: Path, text: str) -> None:
    """A form that is read is tried whole: its template, its example and its cases."""
    path = write_form(tmp_path / "kt", text)
    use_folders([path])
    try:
        codes = {finding.code for finding in try_form(path).findings}
    finally:
        use_folders()
    assert "X701" not in codes
