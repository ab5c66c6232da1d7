"""The county's sum: what counts, what it adds up to, and where each figure comes from."""

import json
import random
import re
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bodies import (
    COUNTY,
    body_figures,
    sum_of,
    write_bodies,
    write_example,
    write_roster,
)
from county import body_name, made_county, unit_report
from door import DATA, PROJECT, Docgen, write_json
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proofs import needs_office
from toy import toy_tree

from docgen.files import ooxml
from docgen.office import find_office
from docgen.read import read_report

ENFORCEMENT: dict[str, Any] = json.loads(
    (PROJECT / "docgen/forms/enforcement-zhejiang/example.json").read_text(encoding="utf-8")
)
TOY = str(DATA / "forms" / "toy-2024")


def summed(docgen: Docgen, *words: object, code: int = 0) -> dict[str, Any]:
    """What `docgen sum` says of 收件 for programs, the county's input in 全县.xlsx."""
    given = () if "--body" in words else ("--body", COUNTY)
    run = docgen("sum", "收件", "-o", "全县.xlsx", "--json", *given, *words)
    assert run.code == code, run.err
    return dict(run.lines[0])


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seeds=st.lists(st.integers(0, 10**6), min_size=1, max_size=7, unique=True))
def test_every_figure_is_the_exact_sum(
    docgen: Docgen, tmp_path_factory: pytest.TempPathFactory, seeds: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("sum")
    figures = [body_figures(seed) for seed in seeds]
    write_bodies(folder / "收件", figures)
    run = docgen("sum", folder / "收件", "-o", folder / "全县.xlsx", "--body", COUNTY)
    assert run.code == 0, run.err
    assert read_report(folder / "全县.xlsx").report.figures == sum_of(figures)


def test_the_county_is_an_input_to_fill_in(docgen: Docgen, folder: Path) -> None:
    """Figures and facts stand in it; of the text there is what a blank has."""
    write_bodies(folder / "收件", [body_figures(seed) for seed in (1, 2)])
    told = summed(docgen)
    assert told["counted"] == [body_name(1), body_name(2)]
    assert told["outputs"] == ["全县.xlsx", "全县.来源.xlsx"]
    report = read_report(folder / "全县.xlsx").report
    assert (report.body.name, report.body.level, report.year) == (COUNTY, "county", 2024)
    assert not report.unconfirmed
    text = openpyxl.load_workbook(folder / "全县.xlsx")["正文"]
    assert any("本年新收" in str(row[1].value) for row in text.iter_rows())
    assert docgen("sum", "收件", "-o", "全县.xlsx", "--body", COUNTY).code == 5  # it stands there


def test_same_returns_make_the_same_bytes(docgen: Docgen, folder: Path) -> None:
    write_bodies(folder / "收件", [body_figures(seed) for seed in range(6)])
    made = []
    for jobs in ("1", "2"):
        summed(docgen, "--jobs", jobs)
        made.append([path.read_bytes() for path in sorted(folder.glob("全县*"))])
        for path in folder.glob("全县*"):
            path.unlink()
    assert made[0] == made[1]


def test_who_is_left_out_is_told_asked_and_recorded(docgen: Docgen, folder: Path) -> None:
    """One with an error, one that cannot be read, one twice, one of another year, one missing."""
    paths = write_bodies(folder / "收件", [body_figures(seed) for seed in range(6)])
    _change(paths[1], "figures.requests.received.natural", 999)
    _change(paths[2], "year", 2023)
    (folder / "收件" / "新建.docx").write_bytes(b"no word")
    other = json.loads(paths[3].read_text(encoding="utf-8"))
    other["figures"]["disclosure"]["licensing"]["decided"] += 1
    write_json(folder / "收件" / "003改.json", other)
    (folder / "收件" / "005副本.json").write_bytes(paths[4].read_bytes())
    write_roster(folder / "名单.csv", [body_name(n) for n in (1, 2, 3, 4, 5, 7)])

    told = summed(docgen, "--roster", "名单.csv", code=1)
    assert told["counted"] == [body_name(1), body_name(5)]
    reasons = {(one["name"], one["why"].partition("：")[0]) for one in told["left_out"]}
    assert reasons == {
        (body_name(2), "有 1 处错误要改"),
        (body_name(3), "是 2023 年度的，汇总的是 2024 年度"),
        (body_name(4), "交了 2 份（003改.json、004.json），不知道哪一份算数"),
        (body_name(5), "和“005.json”说的一样，算一份"),
        (body_name(6), "不在名单里"),
        (body_name(7), "没有交"),
        ("新建.docx", "读不了"),
    }
    [asked] = read_report(folder / "全县.xlsx").report.unconfirmed
    assert body_name(2) in asked.question
    assert body_name(5) not in asked.question
    assert asked.is_open

    who = openpyxl.load_workbook(folder / "全县.来源.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in who.iter_rows(values_only=False)]
    assert "计入 2 份，没有计入 7 份；不另计的文件 1 个" in str(rows[0][0])
    states = [row[1] for row in rows if row[1] in ("已计入", "没有计入", "不另计")]
    assert states == ["没有计入"] * 7 + ["不另计"] + ["已计入"] * 2


def test_every_file_that_came_is_in_the_trace(docgen: Docgen, folder: Path) -> None:
    """What counts, what is wrong, what is twice, what is nobody's, what is no report."""
    made = made_county(folder, 8, only=("copies", "csv", "beside", "page", "zip", "twice", "empty"))
    (made.received / "Thumbs.db").write_bytes(b"0")
    (made.received / "封面.docx").write_bytes(b"no word")
    summed(docgen, "--roster", "名单.xlsx", code=1)
    who = openpyxl.load_workbook(folder / "全县.来源.xlsx").worksheets[0]
    told = {str(row[4]).partition(" › ")[0] for row in who.iter_rows(values_only=True) if row[4]}
    for path in (path for path in made.received.rglob("*") if path.is_file()):
        assert path.relative_to(made.received).as_posix() in told


def test_what_the_county_sent_back_does_not_count(docgen: Docgen, folder: Path) -> None:
    """The sum takes last year's folder from the county's run, wherever both were moved."""
    made_county(folder / "县", 2, only=("json", "json"))
    last = unit_report(1, 2024)
    last["figures"]["requests"]["carried_out"]["total"] += 1000
    last["figures"]["requests"]["carried_out"]["natural"] += 1000
    write_json(folder / "县" / "一镇2024.json", last)
    (folder / "县" / "上年").mkdir()
    (folder / "县" / "一镇2024.json").rename(folder / "县" / "上年" / "一镇2024.json")
    county = ("county", "县/收件", "--roster", "县/名单.xlsx", "-o", "结果")
    assert docgen(*county, "--previous", "县/上年").code == 1

    (folder / "县").rename(folder / "本县")
    given = ("sum", "本县/收件", "--roster", "本县/名单.xlsx", "--body", COUNTY, "--json")
    run = docgen(*given, "-o", "全县.xlsx")
    assert (run.code, run.lines[0]["counted"]) == (1, [body_name(2)])
    assert "B157" in {one["code"] for one in run.lines[0]["findings"]}

    (folder / "本县" / "上年").rename(folder / "别处")
    run = docgen(*given, "-o", "又一份.xlsx")
    assert "B158" in {one["code"] for one in run.lines[0]["findings"]}


def test_the_answer_about_those_left_out_is_recorded(docgen: Docgen, folder: Path) -> None:
    paths = write_bodies(folder / "收件", [body_figures(seed) for seed in range(2)])
    _change(paths[1], "figures.requests.received.natural", 999)
    summed(docgen, code=1)
    _fill_in(folder / "全县.xlsx", "是，乙镇以后补报")
    run = docgen("render", "全县.xlsx", "-o", "成品")
    assert run.code == 0, run.err
    record = json.loads((folder / "成品" / "全县.package.json").read_text(encoding="utf-8"))
    assert body_name(2) in record["asked"][0]["question"]
    assert record["asked"][0]["answer"] == "是，乙镇以后补报"


def test_a_name_of_before_counts_under_that_of_now(docgen: Docgen, folder: Path) -> None:
    figures = [body_figures(seed) for seed in range(3)]
    write_bodies(folder / "收件", figures)
    names = [body_name(2), body_name(3)]
    write_roster(folder / "名单.csv", names, parent=COUNTY, former=body_name(1))
    run = docgen("sum", "收件", "-o", "全县.xlsx", "--json", "--roster", "名单.csv")
    if run.code == 2:
        pytest.skip("the roster does not read who a body reports to and was called")
    told = run.lines[0]
    assert told["counted"] == [body_name(2), body_name(2), body_name(3)]
    assert "B141" in run.codes
    assert read_report(folder / "全县.xlsx").report.figures == sum_of(figures)


@pytest.mark.slow
@needs_office
def test_the_formulas_of_the_trace_reckon_the_sums(docgen: Docgen, folder: Path) -> None:
    """LibreOffice reckons every formula anew, and finds what is stored beside it."""
    figures = [body_figures(seed) for seed in range(3)]
    write_bodies(folder / "收件", figures)
    summed(docgen)
    parts = ooxml.read_parts((folder / "全县.来源.xlsx").read_bytes())
    for name, part in parts.items():  # what is stored is taken out
        if "worksheets" in name:
            parts[name] = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
    (folder / "bare.xlsx").write_bytes(ooxml.write_package(parts))
    office = find_office()
    assert office is not None
    command = [str(office), "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    command += ["--convert-to", "xlsx", "--outdir", "reckoned", "bare.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)

    written = openpyxl.load_workbook(folder / "全县.来源.xlsx")
    stored = openpyxl.load_workbook(folder / "全县.来源.xlsx", data_only=True)
    reckoned = openpyxl.load_workbook(folder / "reckoned" / "bare.xlsx", data_only=True)
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in written
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("=")
    ]
    assert len(formulas) == len(sum_of(figures))
    for sheet, cell in formulas:
        value = stored[sheet][cell].value
        assert value is not None
        assert reckoned[sheet][cell].value == pytest.approx(value, abs=1e-9)


def test_the_trace_says_whose_each_share_is(docgen: Docgen, folder: Path) -> None:
    """Every row of a sheet of shares names a body, its figure, its file and its cell."""
    figures = [body_figures(seed) for seed in range(3)]
    write_bodies(folder / "收件", figures)
    summed(docgen)
    book = openpyxl.load_workbook(folder / "全县.来源.xlsx")
    rows = list(book["表二 申请办理 明细"].iter_rows(min_row=2, values_only=True))
    received = [row for row in rows if row[0] == "一、本年新收政府信息公开申请数量·自然人"]
    assert [row[1] for row in received] == [body_name(n) for n in (1, 2, 3)]
    assert [row[2] for row in received] == [f["requests.received.natural"] for f in figures]
    assert received[0][3:] == ("收件/001.json", "figures.requests.received.natural")


def test_units_are_listed_body_after_body(docgen: Docgen, folder: Path) -> None:
    """Money is exact; a name that two bodies report is told and says whose it is."""
    one, two = "宁川县市场监督管理局", "宁川县文化和旅游局"
    write_example(folder / "收件", one, ENFORCEMENT)
    units = {key: ["宁川县文化和旅游局", *names[1:]] for key, names in ENFORCEMENT["units"].items()}
    write_example(folder / "收件", two, ENFORCEMENT, units=units)
    told = summed(docgen)
    report = read_report(folder / "全县.xlsx").report
    assert report.units["penalties"] == (
        "宁川县市场监督管理局",
        f"宁川县市场监管综合行政执法队（{one}）",
        f"宁川县市场监管服务中心（{one}）",
        "宁川县文化和旅游局",
        f"宁川县市场监管综合行政执法队（{two}）",
        f"宁川县市场监管服务中心（{two}）",
    )
    assert report.figures["penalties.all.money"] == Decimal("184.30")
    assert report.figures["penalties.unit5.money"] == Decimal("27.8")
    assert {finding["code"] for finding in told["findings"]} == {"B147"}


def test_no_such_business_counts_as_nothing(docgen: Docgen, folder: Path) -> None:
    """Where all are without it so is the county; where some are, they are named."""
    without = {
        "units": {k: v for k, v in ENFORCEMENT["units"].items() if k not in ("licences", "others")},
        "absent": ["licences", "others"],
    }
    figures = {k: v for k, v in ENFORCEMENT["figures"].items() if k not in without["absent"]}
    texts = [t for t in ENFORCEMENT["sections"]["overview"] if "许可" not in t and "检查" not in t]
    changes = without | {"figures": figures, "sections": {"overview": texts}}
    write_example(folder / "收件", "宁川县甲局", ENFORCEMENT, **changes)
    write_example(folder / "收件", "宁川县乙局", ENFORCEMENT, **changes)
    summed(docgen)
    assert read_report(folder / "全县.xlsx").report.absent == ("licences", "others")
    for path in folder.glob("全县*"):
        path.unlink()

    write_example(folder / "收件", "宁川县丙局", ENFORCEMENT)
    told = summed(docgen)
    report = read_report(folder / "全县.xlsx").report
    assert not report.absent
    assert report.figures["licences.all.applied"] == 1240
    assert [f["message"] for f in told["findings"] if f["code"] == "B146"] == [
        f"“{table}”：宁川县乙局、宁川县甲局写的是没有这项业务，只加了别的机关的"
        for table in ("表二", "表四")
    ]


def test_what_does_not_add_up_stays_empty(docgen: Docgen, folder: Path) -> None:
    """Texts, choices and what the form says: an average; a blank that may be one is told."""
    tree = toy_tree()
    write_example(folder / "收件", "南山镇人民政府", tree)
    figures = json.loads(json.dumps(tree["figures"]))
    for key in ("wechat_name", "wechat_fans"):
        del figures["library"][key]
    figures["library"]["wechat"]["value"] = "否"
    write_example(folder / "收件", "北山镇人民政府", tree, figures=figures)
    told = summed(docgen, "--form", TOY)
    report = read_report(folder / "全县.xlsx").report
    assert report.figures["library.books.value"] == 10420
    assert report.figures["library.change.value"] == -70
    assert report.figures["library.wechat_fans.value"] == 310
    assert "library.days.value" not in report.figures
    assert not report.answers
    messages = {finding["code"]: finding["message"] for finding in told["findings"]}
    assert "平均借阅天数" in messages["B144"] or any(
        "平均借阅天数" in f["message"] for f in told["findings"]
    )
    assert "北山镇人民政府没有填" in messages["B145"]


def test_more_units_than_a_table_holds_become_one_row(docgen: Docgen, folder: Path) -> None:
    """No figure is lost."""
    units = [f"第{number}执法所" for number in range(1, 152)]
    empty = dict.fromkeys(ENFORCEMENT["figures"]["coercion"]["unit1"], 0)
    many = {f"unit{number}": empty for number in range(4, 152)}
    figures = json.loads(json.dumps(ENFORCEMENT["figures"]))
    figures["coercion"] = many | figures["coercion"]
    for name in ("宁川县甲局", "宁川县乙局"):
        own = ENFORCEMENT["units"] | {"coercion": [f"{name}{unit}" for unit in units]}
        write_example(folder / "收件", name, ENFORCEMENT, units=own, figures=figures)
    told = summed(docgen)
    report = read_report(folder / "全县.xlsx").report
    assert report.units["coercion"] == ("各机关",)
    assert report.figures["coercion.unit1.seized"] == report.figures["coercion.all.seized"] == 20
    assert "B148" in [finding["code"] for finding in told["findings"]]


@pytest.mark.slow
def test_of_many_bodies_a_csv_lists_the_figures(docgen: Docgen, folder: Path) -> None:
    chance = random.Random(1)
    figures = [body_figures(chance.randrange(10**6)) for _ in range(201)]
    write_bodies(folder / "收件", figures)
    told = summed(docgen)
    assert told["outputs"] == ["全县.xlsx", "全县.来源.xlsx", "全县.来源.csv"]
    assert read_report(folder / "全县.xlsx").report.figures == sum_of(figures)
    lines = (folder / "全县.来源.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 202
    book = openpyxl.load_workbook(folder / "全县.来源.xlsx")
    total = sum_of(figures)["requests.received.natural"]
    values = [cell.value for row in book["表二 申请办理"].iter_rows() for cell in row]
    assert total in values
    assert not any("明细" in name for name in book.sheetnames)


def test_neither_the_sum_nor_its_trace_is_a_return(docgen: Docgen, folder: Path) -> None:
    """It is written elsewhere; one that somebody put there is not added, and the trace is none."""
    write_bodies(folder / "收件", [body_figures(1), body_figures(2)])
    assert docgen("sum", "收件", "-o", "收件/全县.xlsx", "--body", COUNTY).code == 2
    summed(docgen)
    figures = read_report(folder / "全县.xlsx").report.figures
    for path in folder.glob("全县*"):
        path.rename(folder / "收件" / path.name)
    run = docgen("check", "收件", "--json")
    assert [line["input"] for line in run.lines if "来源" in line["input"]] == []
    told = summed(docgen, code=1)
    assert [one["name"] for one in told["left_out"]] == [COUNTY]
    assert read_report(folder / "全县.xlsx").report.figures == figures


def test_nothing_to_sum_up_is_told(docgen: Docgen, folder: Path) -> None:
    (folder / "收件").mkdir()
    run = docgen("sum", "收件", "-o", "全县.xlsx", "--body", COUNTY)
    assert run.code == 3
    assert "B142" in run.err
    assert not list(folder.glob("全县*"))


def _change(path: Path, address: str, value: object) -> None:
    tree = json.loads(path.read_text(encoding="utf-8"))
    inner = tree
    *steps, last = address.split(".")
    for step in steps:
        inner = inner[step]
    inner[last] = value
    write_json(path, tree)


@pytest.mark.slow
def test_whatever_shape_it_came_in_counts_as_the_board_has_it(docgen: Docgen, folder: Path) -> None:
    """Out of archives, read back from Word, under a former name: who stands well is in, exactly."""
    made = made_county(folder, 34)
    told = summed(docgen, "--roster", "名单.xlsx", code=1)
    sound = [name for name, state in made.states.items() if state == "issued"]
    assert sorted(told["counted"]) == sorted(sound)
    figures = [flat(made.figures[name]) for name in sound]
    assert read_report(folder / "全县.xlsx").report.figures == sum_of(figures)

    left = {one["name"] for one in told["left_out"]}
    assert left >= {name for name, state in made.states.items() if state != "issued"}
    book = openpyxl.load_workbook(folder / "全县.来源.xlsx")
    files = {row[3] for row in book["表二 申请办理 明细"].iter_rows(min_row=2, values_only=True)}
    assert len(files) == len(sound)
    assert any("报送.zip › " in str(file) for file in files)


def flat(tree: dict[str, Any]) -> dict[str, Any]:
    """Figures of a JSON input by address."""
    return {
        f"{table}.{row}.{column}": Decimal(value) if isinstance(value, str) else value
        for table, rows in tree.items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }


def test_last_years_county_says_who_the_county_is(docgen: Docgen, folder: Path) -> None:
    """Its name, its short name; and what is carried over from it is checked as of any report."""
    figures = [body_figures(seed) for seed in range(2)]
    paths = write_bodies(folder / "收件", figures)
    tree = json.loads(paths[0].read_text(encoding="utf-8"))
    last = {"name": COUNTY, "short_name": "宁川县", "level": "county"}
    tree |= {"year": 2023, "body": last, "title": None}
    tree["figures"]["requests"]["carried_out"]["natural"] = 999
    write_json(folder / "上年.json", tree)
    run = docgen("sum", "收件", "-o", "全县.xlsx", "--previous", "上年.json")
    assert run.code == 0, run.err
    report = read_report(folder / "全县.xlsx").report
    assert (report.body.name, report.body.short_name) == (COUNTY, "宁川县")
    assert report.figures == sum_of(figures)
    run = docgen("check", "全县.xlsx", "--previous", "上年.json", "--against", "收件", "--json")
    assert {"E711", "B156"} <= {*run.codes}


def test_a_second_sum_renews_the_figures_and_keeps_the_text(docgen: Docgen, folder: Path) -> None:
    """What somebody wrote stays as it is, the input of before beside it; nobody else's is taken."""
    figures = [body_figures(seed) for seed in range(3)]
    paths = write_bodies(folder / "收件", figures)
    _change(paths[2], "figures.requests.received.natural", 999)
    summed(docgen, code=1)
    _fill_in(folder / "全县.xlsx", "是，以后补报")
    filled = read_report(folder / "全县.xlsx").report
    was = (folder / "全县.xlsx").read_bytes()
    run = docgen("sum", "收件", "-o", "全县.xlsx", "--body", COUNTY)
    assert (run.code, "--update" in run.err) == (5, True)

    write_bodies(folder / "收件", figures)
    told = summed(docgen, "--update")
    [renewed] = [one for one in told["findings"] if one["code"] == "B159"]
    assert " → " in renewed["message"]
    assert (folder / "全县.改前.xlsx").read_bytes() == was
    report = read_report(folder / "全县.xlsx").report
    assert report.figures == sum_of(figures)
    assert not report.unconfirmed
    kept = ("sections", "preface", "signature", "body", "title", "wording")
    assert [getattr(report, key) for key in kept] == [getattr(filled, key) for key in kept]

    assert "数都没有变" in str(summed(docgen, "--update")["findings"])
    run = docgen("sum", "收件", "-o", "全县.xlsx", "--body", "别的县人民政府", "--update")
    assert (run.code, "别的县人民政府" in run.err) == (2, True)


def _fill_in(path: Path, answer: str) -> None:
    """Answer the question of a county's input, date it, write its text."""
    book = openpyxl.load_workbook(path)
    for row in book["基本情况"].iter_rows():
        if str(row[0].value).startswith("待确认"):
            row[1].value = answer
        if row[0].value == "成文日期":
            row[1].value = "2025年1月20日"
    for row in book["正文"].iter_rows(min_row=2):
        if row[0].value or row[1].value:
            row[1].value = "全县各级机关依法公开信息，平台、监督、管理、收费等情况正常，考核完成。"
    book.save(path)
