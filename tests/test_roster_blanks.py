"""A blank for each body of a roster, with what last year's reports say; the notice beside them."""

import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from county import body_name, contents, county
from door import Docgen, write_json
from forms import FORMS

from docgen.county.ledger import ledger_of, remember_until
from docgen.files.inputs import find_inputs

GIVEN = "发放"
HEAD = "机关名称,机关简称,机关层级,印章名称,联系人,联系电话,曾用名"


def roster(folder: Path, *rows: str) -> Path:
    """Write a roster; a row is as long as its last cell that says anything."""
    path = folder / "名单.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="gb18030")
    return path


def facts_of(path: Path) -> dict[str, Any]:
    """Return the sheet of facts of a blank workbook: what stands beside each name."""
    sheet = openpyxl.load_workbook(path)["基本情况"]
    return {str(row[0]): row[1] for row in sheet.iter_rows(values_only=True) if row[0]}


def shows_last_year(path: Path, figure: int) -> bool:
    """Return whether the row of 行政处罚 has this figure beside it, under 上年."""
    sheet = openpyxl.load_workbook(path)["表一 主动公开"]
    rows = list(sheet.iter_rows(values_only=True))
    [row] = [row for row in rows if row[0] == "行政处罚"]
    is_told = any(str(cell).startswith("上年（2024年）") for cell in rows[0])
    return is_told and row[1] is None and figure in row


def given(folder: Path) -> list[str]:
    """Return the names in the folder of blanks, the notice aside."""
    names = sorted(path.name for path in (folder / GIVEN).iterdir())
    return [name for name in names if not name.startswith("填报通知")]


@pytest.fixture
def archive(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> Path:
    """Last year's reports of six bodies, in as many shapes, and what else lies there."""
    county(reference, folder / "in", 6)
    assert docgen("render", "in", "-o", "上年", "--html").code == 0
    place = folder / "上年"
    for record in place.glob("*.package.json"):
        record.unlink()
    keep = {"01": ".docx", "02": ".html", "03": ".docx", "04": "", "05": "", "06": ".docx"}
    for number, kind in keep.items():
        for path in place.glob(f"{number}.*"):
            if path.name != f"{number}{kind}":
                path.unlink()

    with zipfile.ZipFile(place / "三镇.zip", "w") as packed:
        packed.write(place / "03.docx", "报告/03.docx")
    (place / "03.docx").unlink()
    (folder / "in/04.json").rename(place / "04.json")
    text = (folder / "in/05.json").read_text(encoding="utf-8")
    older = text.replace('"year": 2024', '"year": 2023')
    (place / "05.json").write_text(older, encoding="utf-8")
    (place / "扫描件.docx").write_bytes(b"no document")
    return place


def test_one_blank_for_each_body(docgen: Docgen, folder: Path) -> None:
    """Named by the body; what the roster says stands in it, and nothing else is filled in."""
    roster(
        folder,
        "石河乡人民政府,石河乡,,,张三,13800000001,",
        "宁川县教育局,县教育局,,宁川县教育局办公室,李四,,",
        "示例：甲镇人民政府,,,,,,",
    )
    run = docgen("new", 2025, "--roster", "名单.csv", "--xlsx")
    assert run.code == 0
    assert given(folder) == ["宁川县教育局-2025.xlsx", "石河乡人民政府-2025.xlsx"]
    facts = facts_of(folder / GIVEN / "石河乡人民政府-2025.xlsx")
    assert [facts[name] for name in ("年度", "机关名称", "机关简称", "机关层级", "署名")] == [
        *("2025", "石河乡人民政府", "石河乡", "乡镇级", "石河乡人民政府")
    ]
    facts = facts_of(folder / GIVEN / "宁川县教育局-2025.xlsx")
    assert (facts["机关层级"], facts["署名"]) == ("部门", "宁川县教育局办公室")
    assert facts["成文日期"] is None
    assert "发放：2 个机关，写了 2 个" in run.err

    run = docgen("check", GIVEN, "--json")
    assert len(run.lines) == 2  # the notice is no report
    assert {code for code in run.codes if code.startswith("R")} == {"R103", "R377"}  # blanks


def test_a_second_run_makes_only_what_is_missing(docgen: Docgen, folder: Path) -> None:
    roster(folder, "石河乡人民政府", "白杨沟镇人民政府")
    assert docgen("new", 2025, "--roster", "名单.csv", "--xlsx").code == 0
    before = contents(folder / GIVEN)
    (folder / GIVEN / "石河乡人民政府-2025.xlsx").write_bytes(b"filled in")
    roster(folder, "石河乡人民政府", "白杨沟镇人民政府", "水磨沟镇人民政府")
    run = docgen("new", 2025, "--roster", "名单.csv", "--xlsx")
    assert run.code == 0
    assert run.out.split() == ["发放/水磨沟镇人民政府-2025.xlsx"]
    assert "写了 1 个，原来就有、没有动 2 个" in run.err
    assert "先把原来的那一份移走" in run.err
    assert "“发放/填报通知.txt”已经在那里，没有动它" in run.err
    after = contents(folder / GIVEN)
    assert after.pop("水磨沟镇人民政府-2025.xlsx")
    assert after == before | {"石河乡人民政府-2025.xlsx": b"filled in"}


@pytest.mark.slow
def test_last_years_reports_whatever_their_format(
    docgen: Docgen, folder: Path, archive: Path
) -> None:
    roster(
        folder,
        *(body_name(number) for number in range(1, 6)),
        f"乌苏市新镇人民政府,,,,,,{body_name(6)}",
        "乌苏市水磨沟乡人民政府",
    )
    run = docgen("new", 2025, "--roster", "名单.csv", "--xlsx", "--previous", archive.name)
    assert run.code == 0
    assert len(given(folder)) == 7
    for number in range(1, 5):
        facts = facts_of(folder / GIVEN / f"{body_name(number)}-2025.xlsx")
        short = body_name(number).removeprefix("乌苏市").removesuffix("人民政府")
        assert facts["标题"] == f"{short}政府信息公开工作2025年度报告"
        assert facts["用语：行政规范性文件"] == "规范性文件"
        assert facts["署名"] == body_name(number)

        assert shows_last_year(folder / GIVEN / f"{body_name(number)}-2025.xlsx", 5)
    assert not shows_last_year(folder / GIVEN / f"{body_name(5)}-2025.xlsx", 5)

    renamed = facts_of(folder / GIVEN / "乌苏市新镇人民政府-2025.xlsx")
    assert (renamed["标题"], renamed["署名"]) == (None, "乌苏市新镇人民政府")
    assert renamed["用语：行政规范性文件"] == "规范性文件"
    assert "上年的报告（上年）：5 个机关的找到了" in run.err
    assert f"没有找到 2 个：{body_name(5)}、乌苏市水磨沟乡人民政府" in run.err
    assert "上年/05.json：是 2023 年度的" in run.err
    assert "上年/扫描件.docx：" in run.err


@pytest.mark.slow
def test_a_body_merged_of_two_has_no_last_year(docgen: Docgen, folder: Path, archive: Path) -> None:
    """One of the two reports would pass for the whole."""
    roster(folder, f"乌苏市新镇人民政府,,,,,,{body_name(1)}、{body_name(2)}")
    run = docgen("new", 2025, "--roster", "名单.csv", "--previous", archive.name)
    assert run.code == 0
    assert "0 个机关的找到了" in run.err
    assert f"“{body_name(1)}”并进了“乌苏市新镇人民政府”" in run.err
    facts = (folder / GIVEN / "乌苏市新镇人民政府-2025/基本情况.csv").read_text("utf-8-sig")
    assert "用语：" not in facts


@pytest.mark.slow
def test_of_two_reports_of_one_body_one_is_used_and_told(
    docgen: Docgen, folder: Path, archive: Path, reference: dict[str, Any]
) -> None:
    """One whose title and signature are two bodies' is nobody's."""
    (archive / "旧").mkdir()
    (archive / "旧/01.docx").write_bytes((archive / "01.docx").read_bytes())
    reference["body"] = {"name": "白杨沟镇人民政府", "level": "township"}
    reference["signature"]["name"] = body_name(2)
    write_json(archive / "00.json", reference)
    for each in archive.glob("02*"):
        each.unlink()
    roster(folder, body_name(1), body_name(2))
    run = docgen("new", 2025, "--roster", "名单.csv", "--previous", archive.name)
    assert f"上年/旧/01.docx：也是“{body_name(1)}”的，用了 上年/01.docx" in run.err
    assert "上年/00.json：“白杨沟镇人民政府”不在名单里" in run.err
    assert f"没有找到 1 个：{body_name(2)}" in run.err


def test_two_bodies_never_share_a_file(docgen: Docgen, folder: Path) -> None:
    roster(folder, "石河乡人民政府", "白杨沟镇人民政府", "石河乡 人民政府", "甲镇", "甲/镇")
    run = docgen("new", 2025, "--roster", "名单.csv", "--xlsx")
    assert run.code == 1
    assert given(folder) == ["白杨沟镇人民政府-2025.xlsx"]
    assert run.err.count("错误 B114") == 4
    assert "没有写的：石河乡人民政府、石河乡人民政府、甲镇、甲/镇" in run.err


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("../../甲镇", "甲镇-2025"),
        ("甲:镇?<b>", "甲镇b-2025"),
        ("~$甲镇", "甲镇-2025"),
        ("甲\u202e镇\u200b", "甲镇-2025"),
        ("甲" * 60, f"{'甲' * 60}-2025"),
    ],
)
def test_any_name_is_a_safe_file(docgen: Docgen, folder: Path, name: str, file: str) -> None:
    (folder / "名单.csv").write_text(f"机关名称\n{name}\n", encoding="utf-8")
    run = docgen("new", 2025, "--roster", "名单.csv", "-o", "a/b")
    assert run.code == 0, run.err
    assert sorted(path.name for path in (folder / "a/b").iterdir() if path.is_dir()) == [file]
    assert sorted(path.name for path in folder.iterdir()) == ["a", "名单.csv"]


def test_a_name_that_is_a_formula_is_no_body(docgen: Docgen, folder: Path) -> None:
    roster(folder, '"=HYPERLINK(""http://a"",""甲镇"")"', "石河乡人民政府,=1+1")
    run = docgen("new", 2025, "--roster", "名单.csv")
    assert run.code == 1
    assert "错误 B107" in run.err
    assert "错误 X209 “机关简称”是“=1+1”" in run.err
    assert given(folder) == []


def test_the_notice(docgen: Docgen, folder: Path) -> None:
    """What, until when, how, where: as text for a chat group, and on paper."""
    roster(folder, "宁川县教育局,,,,李四", "宁川县人民政府")
    words = ("--until", "2026-01-15", "--contact", "王五 0990-8880000", "--send-to", "群里")
    assert docgen("new", 2025, "--roster", "名单.csv", "--xlsx", *words).code == 0
    data = (folder / GIVEN / "填报通知.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    form = FORMS["disclosure-2021"]
    for said in (
        f"关于填报2025年{form.report_name}的通知",
        "请于2026年1月15日前报送。",
        "部门的年报要在2026年1月31日前公布",
        "县级的年报要在2026年3月31日前公布",
        "填好后交到：群里。",
        "问：王五 0990-8880000。",
        "1. 宁川县教育局：宁川县教育局-2025.xlsx\r\n2. 宁川县人民政府：宁川县人民政府-2025.xlsx",
    ):
        assert said in text
    rules = [rule for rule in form.rules.values() if rule.severity == "error"][:3]
    assert all(f"{rule.name}。例如：{rule.example}" in text for rule in rules)

    paper = docx.Document(str(folder / GIVEN / "填报通知.docx"))
    printed = [paragraph.text for paragraph in paper.paragraphs]
    assert printed[0].replace("\n", "") == f"关于填报2025年{form.report_name}的通知"
    assert "三、怎么填" in printed
    [table] = paper.tables
    assert [cell.text for cell in table.rows[1].cells] == [
        *("1", "宁川县教育局", "宁川县教育局-2025.xlsx")
    ]
    assert find_inputs([folder / GIVEN]) == [
        folder / GIVEN / "宁川县人民政府-2025.xlsx",
        folder / GIVEN / "宁川县教育局-2025.xlsx",
    ]


@pytest.mark.slow
def test_a_ledger_that_cannot_be_written_loses_no_blank(docgen: Docgen, folder: Path) -> None:
    """The day goes into the notice; that the chase will not know it is told."""
    path = roster(folder, "宁川县人民政府")
    remember_until(path, 2025, date(2026, 1, 10), print)
    with closing(sqlite3.connect(ledger_of(path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        run = docgen("new", 2025, "--roster", "名单.csv", "--xlsx", "--until", "2026-01-15")
    assert "收件登记要写在名单旁边，那里写不进去" in run.err
    assert "填报期限没有记下" in run.err
    assert given(folder) == ["宁川县人民政府-2025.xlsx"]
    assert "2026年1月15日" in (folder / GIVEN / "填报通知.txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"disclosure-2021"}))
def test_blanks_of_any_form(docgen: Docgen, folder: Path, form: str) -> None:
    """Named by the form, too, where it is not the usual one; the notice says its own words."""
    roster(folder, "宁川县人民政府")
    declared = FORMS[form]
    year = declared.last_year or 2025
    run = docgen("new", year, "--roster", "名单.csv", "--form", form, "--xlsx")
    assert run.code == 0
    family = "" if declared.is_usual else f"-{declared.family}"
    assert given(folder) == [f"宁川县人民政府-{year}{family}.xlsx"]
    text = (folder / GIVEN / "填报通知.txt").read_text(encoding="utf-8-sig")
    assert declared.report_name in text
    assert all(f"“{table.name}”" in text for table in declared.tables)


@pytest.mark.parametrize(
    "words",
    [
        ("--previous", "上年"),
        ("--until", "2026-01-15", "--body", "甲镇"),
        ("--roster", "名单.csv", "--body", "甲镇"),
        ("--roster", "名单.csv", "--until", "1月15日"),
    ],
)
def test_options_that_do_not_go_together(
    docgen: Docgen, folder: Path, words: tuple[str, ...]
) -> None:
    roster(folder, "石河乡人民政府")
    run = docgen("new", 2025, *words)
    assert run.code == 2
    assert "X201" in run.err
    assert not (folder / GIVEN).exists()


def test_an_archive_that_is_not_there(docgen: Docgen, folder: Path) -> None:
    roster(folder, "石河乡人民政府")
    run = docgen("new", 2025, "--roster", "名单.csv", "--previous", "没有")
    assert run.code == 3
    assert "X301" in run.err
    assert not (folder / GIVEN).exists()


def test_hostile_last_years(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """A title that is a formula stops that body's blank alone, and is told."""
    (folder / "上年").mkdir()
    reference["title"] = "=HYPERLINK(2024)"
    write_json(folder / "上年/2024.json", reference)
    roster(folder, reference["body"]["name"], "石河乡人民政府")
    run = docgen("new", 2025, "--roster", "名单.csv", "--xlsx", "--previous", "上年")
    assert run.code == 1
    assert "错误 X209" in run.err
    assert given(folder) == ["石河乡人民政府-2025.xlsx"]
    assert json.loads((folder / "上年/2024.json").read_text(encoding="utf-8")) == reference


def test_what_docgen_fills_in_it_does_not_warn_of(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """A short name of the roster; a signature of last year that is another body's is left out."""
    last = json.dumps({**reference, "year": 2024}, ensure_ascii=False)
    last = last.replace("乌苏市甘河子镇人民政府", "宁川县自然资源局").replace("甘河子镇", "自规局")
    tree = json.loads(last)
    tree["body"] = {"name": "宁川县自然资源局", "short_name": "自规局", "level": "department"}
    tree["signature"]["name"] = "宁川县国土资源局"
    (folder / "上年").mkdir()
    write_json(folder / "上年" / "1.json", tree)
    tree["body"] = {"name": "宁川县畜牧中心", "level": "department"}
    write_json(folder / "上年" / "2.json", tree)

    roster(folder, "宁川县自然资源局,自规局", "宁川县教育局")
    given = ("new", 2025, "--roster", "名单.csv", "--xlsx", "--previous", "上年")
    run = docgen(*given)
    assert "“宁川县畜牧中心”不在名单里" in run.err
    assert "“机关简称”或“曾用名”" in run.err
    facts = facts_of(folder / GIVEN / "宁川县自然资源局-2025.xlsx")
    assert (facts["机关简称"], facts["署名"]) == ("自规局", "宁川县自然资源局")
    checked = docgen("check", GIVEN, "--json").lines
    assert "E834" not in {one["code"] for line in checked for one in line["findings"]}

    assert "这次没有看" in docgen(*given).err
    (folder / GIVEN / "宁川县教育局-2025.xlsx").unlink()
    assert "这次写的 1 个里，0 个机关的找到了" in docgen(*given).err
