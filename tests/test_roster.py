"""Rosters as offices write them, read through the front door; the blank one that docgen writes."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from county import body_name, county
from door import Docgen
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from processes import finish
from proofs import needs_office

from docgen import office
from docgen.county.roster import examine_roster
from docgen.county.roster_rows import HEADS, Column

Units = list[dict[str, Any]]


def fill(sheet: Worksheet, *rows: Sequence[object], merges: str = "") -> None:
    """Write rows into a sheet, then merge these ranges."""
    for row in rows:
        sheet.append(list(row))
    for cells in merges.split():
        sheet.merge_cells(cells)


def units_of(docgen: Docgen, path: Path, code: int = 0) -> Units:
    """Return what `docgen roster check` says of each unit."""
    run = docgen("roster", "check", path, "--json")
    assert run.code == code, run.err
    units: Units = run.lines[0]["units"]
    return units


def codes_of(docgen: Docgen, path: Path) -> list[str]:
    return [
        found["code"] for found in docgen("roster", "check", path, "--json").lines[0]["findings"]
    ]


@pytest.fixture
def messy(folder: Path) -> Path:
    """A list with all that an office does: a title, two lines of heads, merges, groups, totals."""
    book = openpyxl.Workbook()
    fill(book.worksheets[0], ["请看第二张表"])
    sheet = book.create_sheet("单位")
    fill(
        sheet,
        ["宁川县2025年报送单位名单（60家）"],
        ["序号", "单位名称（全称）", "主管", "联系人", None, "级别", "曾用名", "备注"],
        [None, None, None, "姓名", "手机"],
        ["一、乡镇（街道）"],
        [1, "石河乡\n人民政府", "县政府办", "张三", 13800000001, "乡镇"],
        [2, "白杨沟镇 人民政府", None, "李四", 13800000002.0, None, "白杨沟乡、老沟镇"],
        [3, "城关街道办事处", None, "王五", "0990-8880003", "街道"],
        [],
        [4, "宁川县教育局", "县政府", "赵六", "8880004", "县直部门"],
        [None, None, None, "孙七", "8880005"],
        [5],
        ["合计", None, "共4家"],
        ["注：联系人有变化的请告知。"],
        merges="A1:H1 D2:E2 A2:A3 B2:B3 C2:C3 F2:F3 G2:G3 H2:H3 C5:C7 B9:B10",
    )
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"


def test_a_roster_as_an_office_keeps_it(docgen: Docgen, messy: Path) -> None:
    units = units_of(docgen, messy)
    assert [
        (u["name"], u["contact"], u["phone"], u["parent"], u["level"], u["former"], u["place"])
        for u in units
    ] == [
        ("石河乡人民政府", "张三", "13800000001", "县政府办", "township", [], "名单.xlsx 单位 B5"),
        (
            *("白杨沟镇人民政府", "李四", "13800000002", "县政府办", "township"),
            *(["白杨沟乡", "老沟镇"], "名单.xlsx 单位 B6"),
        ),
        (
            *("城关街道办事处", "王五", "0990-8880003", "县政府办", "township", []),
            "名单.xlsx 单位 B7",
        ),
        (
            *("宁川县教育局", "赵六、孙七", "8880004、8880005", "县政府", "department", []),
            "名单.xlsx 单位 B9",
        ),
    ]
    run = docgen("roster", "check", messy)
    assert (
        "提示 B106 名单里有 3 行没有算作机关：一、乡镇（街道）、合计、注：联系人有变化的请告知。"
        in run.err
    )
    assert "4 个机关（乡镇级 3 个，部门 1 个）；有联系人的 4 个，有电话的 4 个" in run.err
    assert run.err.count("提示") == 1


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_roster_in_an_old_format(docgen: Docgen, messy: Path, kind: str) -> None:
    told = units_of(docgen, messy)
    program = office.find_office()
    finish([str(program), "--headless", "--convert-to", kind, messy.name], cwd=messy.parent)
    old = units_of(docgen, messy.with_suffix(f".{kind}"))
    assert [unit["name"] for unit in old] == [unit["name"] for unit in told]
    assert [unit["phone"] for unit in old] == [unit["phone"] for unit in told]


def test_a_csv_in_gbk_with_a_title(docgen: Docgen, folder: Path) -> None:
    rows = (
        "2025年联系表,,,\n,,,\n序号,填报单位,经办人,联系电话\n1,石河乡人民政府,张三,13800000001\n"
    )
    rows += ",,,\n2,宁川县医疗保障局,,\n填表人：王五,,,\n共计2家,,,\n"
    (folder / "名单.csv").write_text(rows, encoding="gb18030")
    units = units_of(docgen, folder / "名单.csv")
    assert [(u["name"], u["contact"], u["place"]) for u in units] == [
        ("石河乡人民政府", "张三", "名单.csv B4"),
        ("宁川县医疗保障局", "", "名单.csv B6"),
    ]
    run = docgen("roster", "check", "名单.csv")
    assert "1 个机关没有联系人，催办时没有人可找：宁川县医疗保障局" in run.err
    assert "有 2 行没有算作机关：填表人：王五、共计2家" in run.err


def test_groups_tell_the_level(docgen: Docgen, folder: Path) -> None:
    """Of a body whose name does not tell it: a column of kinds, or headings between the rows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    fill(
        sheet,
        ["类别", "单位"],
        ["县直单位", "宁川县残疾人联合会"],
        [None, "石河乡"],
        ["其他", "宁川县气象站"],
        merges="A2:A3",
    )
    book.save(folder / "名单.xlsx")
    rows = [
        "序号,单位",
        "一、乡镇（街道）,",
        "1,石河管理区",
        "二、县直部门（2个）,",
        "2,宁川县残联",
    ]
    (folder / "名单.csv").write_text("\n".join(rows), encoding="utf-8")
    for name, levels in {
        "名单.xlsx": ["department", "township", ""],
        "名单.csv": ["township", "department"],
    }.items():
        assert [unit["level"] for unit in units_of(docgen, folder / name)] == levels


def test_a_second_list_is_not_passed_over(docgen: Docgen, folder: Path) -> None:
    """Its bodies that the first one lacks are told; names below one another are two."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "乡镇"
    fill(first, ["单位", "曾用名"], ["石河乡", "老沟乡\n白沟乡"], ["水磨沟镇", None])
    fill(book.create_sheet("部门"), ["序号", "单位"], [1, "宁川县教育局"], [2, "石河乡"])
    fill(book.create_sheet("说明"), ["怎么填"])
    book.save(folder / "名单.xlsx")
    units = units_of(docgen, folder / "名单.xlsx")
    assert [unit["name"] for unit in units] == ["石河乡", "水磨沟镇"]
    assert units[0]["former"] == ["老沟乡", "白沟乡"]
    run = docgen("roster", "check", "名单.xlsx")
    told = "警告 B115 名单只读了“乡镇”这一张表；“部门”也像名单，里面另有 1 个机关，没有读"
    assert told in run.err


def test_two_blocks_beside_each_other(docgen: Docgen, folder: Path) -> None:
    """Sixty bodies on one page: the right half is not passed over."""
    book = openpyxl.Workbook()
    head = ["序号", "单位", "联系人", "电话"]
    fill(
        book.worksheets[0],
        [*head, *head],
        [1, "石河乡", "张三", 1, 3, "水磨沟镇", "王五", 3],
        [2, "白杨沟镇", "李四", 2, 4, "城关镇", "赵六", 4],
        ["合计", 4],
    )
    book.save(folder / "名单.xlsx")
    units = units_of(docgen, folder / "名单.xlsx")
    assert [(u["name"], u["contact"], u["phone"]) for u in units] == [
        ("石河乡", "张三", "1"),
        ("水磨沟镇", "王五", "3"),
        ("白杨沟镇", "李四", "2"),
        ("城关镇", "赵六", "4"),
    ]


@pytest.mark.slow
def test_a_roster_of_thousands(docgen: Docgen, folder: Path) -> None:
    """More rows than any report has; not without end."""
    names = [f"第{number}镇人民政府" for number in range(3500)]
    (folder / "名单.csv").write_text("\n".join(["单位", *names]), encoding="utf-8")
    assert [unit["name"] for unit in units_of(docgen, folder / "名单.csv")] == names
    book = openpyxl.Workbook()
    fill(book.worksheets[0], ["单位"], *([name] for name in names))
    book.save(folder / "名单.xlsx")
    assert len(units_of(docgen, folder / "名单.xlsx")) == len(names)
    (folder / "名单.csv").write_text("单位\n" + "甲镇\n" * 30_000, encoding="utf-8")
    run = docgen("roster", "check", "名单.csv")
    assert (run.code, run.err.split()[1]) == (3, "X304")


def test_what_a_workbook_shows_is_what_counts(docgen: Docgen, folder: Path) -> None:
    """A body struck through is none; a formula without a result says nothing."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    fill(
        sheet,
        ["单位", "联系人"],
        ["石河乡", "=Sheet9!A1"],
        ["老沟乡", "李四"],
        ["=Sheet9!B1", "王五"],
    )
    sheet["A3"].font = Font(strike=True)
    book.save(folder / "名单.xlsx")
    [unit] = units_of(docgen, folder / "名单.xlsx", code=1)
    assert (unit["name"], unit["contact"]) == ("石河乡", "")
    run = docgen("roster", "check", "名单.xlsx")
    assert "有 1 行没有算作机关：老沟乡" in run.err
    assert "这一行的机关名称空着" in run.err


def test_what_is_wrong_in_a_roster_is_told(docgen: Docgen, folder: Path) -> None:
    rows = [
        "机关名称,简称,层级,联系人,电话",
        "石河乡人民政府,石河乡,乡镇,张三,1",
        "石河乡政府,,正科,李四,2",
        "宁川县数据局,县局,正科,王五,3",
        "宁川县水利局,县局,县级,赵六,4",
        ",,,孙七,5",
        "12,,,周八,6",
        "宁川县水利局,,,赵六,4",
    ]
    (folder / "名单.csv").write_text("\n".join(rows), encoding="utf-8")
    run = docgen("roster", "check", "名单.csv")
    assert run.code == 1
    for told in (
        "错误 B104 名单里“宁川县水利局”有不止一行",
        "警告 B109 名单里的“石河乡人民政府”和“石河乡政府”像是同一个机关",
        "警告 B110 名单里“县局”既是“宁川县数据局”的简称，又是“宁川县水利局”的简称",
        "错误 B107 名单里这一行的机关名称空着",
        "错误 B107 名单里这一行的机关名称是“12”，不像机关的名称",
        "警告 B108 名单里“石河乡政府、宁川县数据局”的层级写的是“正科”，不是一个层级",
        "警告 B108 名单里“宁川县水利局”的层级写的是“县级”，照名称应是“部门”",
    ):
        assert told in run.err


def test_the_blank_roster_is_read_without_its_examples(docgen: Docgen, folder: Path) -> None:
    assert docgen("roster", "new").code == 0
    path = folder / "名单.xlsx"
    assert docgen("roster", "new").code == 5
    assert codes_of_stop(docgen, path) == "B112"

    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads[0] == "机关名称"
    assert len(heads) == 8
    [levels] = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert levels.formula1 == '"省级,市级,县级,乡镇级,部门"'
    assert str(levels.sqref).startswith("C2:")
    assert sheet.freeze_panes == "B2"

    sheet.append([])
    sheet["A4"], sheet["E4"], sheet["F4"] = "石河乡人民政府", "张三", "1380"
    book.save(path)
    assert [unit["name"] for unit in units_of(docgen, path)] == ["石河乡人民政府"]
    assert codes_of(docgen, path) == ["B106"]


def codes_of_stop(docgen: Docgen, path: Path) -> str:
    """Return the code of what stops `roster check`."""
    run = docgen("roster", "check", path)
    assert run.code == 3
    return run.err.split()[1]


@pytest.mark.slow
def test_a_roster_from_last_years_reports(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """Published documents, an input, and a file that is no report."""
    county(reference, folder / "in", 4)
    assert docgen("render", "in", "-o", "上年").code == 0
    for record in (folder / "上年").glob("*.package.json"):
        record.unlink()
    (folder / "in/04.json").rename(folder / "上年/04.json")
    (folder / "上年/04.docx").unlink()
    (folder / "上年/扫描.docx").write_bytes(b"no document")
    run = docgen("roster", "new", "--from", "上年")
    assert run.code == 0
    assert "写了 4 个机关" in run.err
    assert "上年/扫描.docx：没有读" in run.err

    units = units_of(docgen, folder / "名单.xlsx")
    assert [unit["name"] for unit in units] == [body_name(number) for number in range(1, 5)]
    assert {unit["level"] for unit in units} == {"township"}
    assert codes_of(docgen, folder / "名单.xlsx") == ["B111", "B111"]


def test_short_and_former_names_are_the_bodys(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    county(reference, folder / "in", 2)
    rows = [
        "机关名称,曾用名,联系人,电话",
        f"乌苏市新镇人民政府,{body_name(1)},张三,13800000001",
        f"{body_name(2)},,李四,13800000002",
        "乌苏市水磨沟乡人民政府,,王五,13800000003",
    ]
    (folder / "名单.csv").write_text("\n".join(rows), encoding="utf-8")
    run = docgen("render", "in", "--roster", "名单.csv", "--json")
    [told] = [line["roster"] for line in run.lines if "roster" in line]
    assert [(f["code"], f["message"]) for f in told["findings"]] == [
        ("B113", f"“{body_name(1)}”是“乌苏市新镇人民政府”的曾用名，照“乌苏市新镇人民政府”算"),
        ("B101", "“乌苏市水磨沟乡人民政府”没有报告（联系人：王五 13800000003）"),
    ]

    rows.pop()
    (folder / "名单.csv").write_text("\n".join(rows), encoding="utf-8")
    assert docgen("check", "in", "--roster", "名单.csv").code == 0  # a warning stops nothing


def test_the_county_is_told_of_its_roster(docgen: Docgen, folder: Path) -> None:
    """A row that lacks its name owes no report, and is not forgotten."""
    rows = ["机关名称,联系人", "石河乡人民政府,张三", ",李四"]
    (folder / "名单.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "收件").mkdir()
    run = docgen("county", "收件", "--roster", "名单.csv")
    assert "错误 B107 名单里这一行的机关名称空着，没有算进去" in run.err
    assert "名单 1 个机关" in run.err


# Any arrangement of a roster is read back.

_NAMES = st.lists(
    st.builds(
        lambda place, kind: f"{place}{kind}",
        st.text("石河白杨沟水磨城关甘子口山", min_size=2, max_size=4),
        st.sampled_from(["乡人民政府", "镇人民政府", "县教育局", "街道办事处"]),
    ),
    min_size=1,
    max_size=8,
    unique=True,
)
_LINES = st.sampled_from(["", "合计", "共60个", "注：以上单位", "一、乡镇", "示例：甲镇"])


@st.composite
def arrangements(draw: st.DrawFn) -> tuple[list[str], list[Column], list[list[str]], str]:
    """The names, the columns, the rows of a sheet, and what merges over several of them."""
    names = draw(_NAMES)
    others: list[Column] = ["short_name", "contact", "phone", "parent", "other"]
    columns: list[Column] = draw(st.permutations(["name", *draw(st.sets(st.sampled_from(others)))]))
    heads = [draw(st.sampled_from(HEADS[column])) for column in columns]
    rows = [[draw(st.sampled_from(["名单", "", "2025年联系表"]))]] * draw(st.integers(0, 3))
    rows.append([f"{head}（必填）" if draw(st.booleans()) else head for head in heads])
    for number, name in enumerate(names):
        rows += [[draw(_LINES)] for _ in range(draw(st.integers(0, 2)))]
        said = {"name": name, "parent": "县政府"}
        rows.append([said.get(column, f"{column}{number}") for column in columns])

    rows += [[draw(_LINES)]]
    return names, columns, rows, draw(st.sampled_from(["csv", "gbk", "xlsx", "merged"]))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(arranged=arrangements())
def test_any_arrangement_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    arranged: tuple[list[str], list[Column], list[list[str]], str],
) -> None:
    names, columns, rows, kind = arranged
    path = write_arranged(tmp_path_factory.mktemp("roster"), columns, rows, kind)
    units = examine_roster(path).units
    assert [unit.name for unit in units] == names
    for number, unit in enumerate(units):
        said = {c: f"{c}{number}" for c in columns} | {"parent": "县政府"}
        for column in set(columns) - {"name", "other"}:
            assert getattr(unit, column) == said[column]


def write_arranged(folder: Path, columns: list[Column], rows: list[list[str]], kind: str) -> Path:
    """Write the rows as a CSV in an encoding, or as a workbook; `merged`: one parent over all."""
    if kind in ("csv", "gbk"):
        stream = io.StringIO()
        csv.writer(stream).writerows(rows)
        path = folder / "名单.csv"
        path.write_text(stream.getvalue(), encoding="gb18030" if kind == "gbk" else "utf-8-sig")
        return path

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    fill(sheet, *rows)
    if kind == "merged" and "parent" in columns:
        letter = get_column_letter(columns.index("parent") + 1)
        filled = [n for n, row in enumerate(rows, start=1) if "县政府" in row]
        sheet.merge_cells(f"{letter}{filled[0]}:{letter}{filled[-1]}")
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"
