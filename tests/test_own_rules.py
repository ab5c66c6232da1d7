"""Rules that a form brings: one form with a rule of each kind, each failing and each passing."""

import copy
import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from door import DATA, Docgen, write_json
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from texts import quiet
from window import WINDOWS, window_tree

from docgen.finding import fill_text
from docgen.forms.form import Form
from docgen.forms.loader import find_form
from docgen.forms.own_rules import KINDS
from docgen.registry import find_rule, nearest_code

Tree = dict[str, Any]
Edit = Callable[[Tree], Any]
Findings = Callable[..., list[dict[str, Any]]]

EACH_TIME = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def form(folder: Path) -> Form:
    """The form stands in ./forms, as an office keeps its own."""
    shutil.copytree(DATA / "forms" / "window-2024", folder / "forms" / "window-2024")
    found = find_form("window-2024")
    assert found is not None
    return found


@pytest.fixture
def check(docgen: Docgen, folder: Path) -> Findings:
    """What is found in a report, with or without last year's."""

    def run(tree: Tree, last: Tree | None = None) -> list[dict[str, Any]]:
        words: list[object] = [write_json(folder / "a.json", tree)]
        if last:
            words += ["--previous", write_json(folder / "b.json", last)]
        done = docgen("check", *words, "--json")
        found: list[dict[str, Any]] = done.lines[0]["findings"]
        assert done.code == any(f["severity"] == "error" and not f["waived"] for f in found)
        return found

    return run


def work(tree: Tree, row: str) -> dict[str, Any]:
    found: dict[str, Any] = tree["figures"]["work"][row]
    return found


def site(**values: object) -> Edit:
    """Put these into the sheet; None leaves a cell out."""

    def edit(tree: Tree) -> None:
        cells = tree["figures"]["site"]
        for key, value in values.items():
            cells.pop(key) if value is None else cells.update({key: {"value": value}})

    return edit


def put(row: str, **values: object) -> Edit:
    return lambda tree: work(tree, row).update(values)


def edited(*edits: Edit, year: int = 2024) -> Tree:
    tree = window_tree(year)
    for edit in edits:
        edit(tree)
    return tree


def test_a_sound_report_has_no_finding(check: Findings) -> None:
    assert check(window_tree()) == []


@pytest.mark.parametrize(
    ("edit", "code", "severity", "said"),
    [
        (put("unit2", total=20), "K301", "error",
         "表一“城西窗口”不平：电话＋网上 = 19，合计 = 20，相差 1；另有 1 处合计同时不平"),
        (put("all", money=150), "K302", "error",
         "表一“收费（元）”的收费（元）：156.5与150差 6.5；{不是名称}"),
        (put("unit1", money=121), "K302", "error", "157.5与156.5差 1.0；"),
        (lambda t: (put("unit3", done=9, on_time=7)(t), put("all", done=68, on_time=65)(t)),
         "K311", "warning", "表一“河口窗口”：办结 = 9，合计 = 7，前者多出 2"),
        (lambda t: (put("unit1", late=0)(t), put("all", late=2)(t)),
         "K312", "note", "表一“城东窗口”：按时＋超时 = 39，办结 = 40，相差 1"),
        (site(url=None, account=None), "K321", "error",
         "表三：开通了却没有网址和账号；现在“是否开通”是 是，而“网址”没有填、“账号名称”没有填"),
        (site(open="否", ways=None), "K322", "warning", "“访问”是 310次"),
        (site(open="否", ways=None, url=None, account=None, visits=1), "K322", "warning", "表三"),
        (lambda t: (put("unit3", done=0, on_time=0, late=0)(t),
                    put("all", done=59, on_time=58, late=1)(t)),
         "K323", "error", "表一“河口窗口”：收了费却没有办件；现在“收费（元）”是 36.5元，"
         "而“办结”是 0件"),
        (site(asked=311), "K324", "warning", "“访问”是 310次、“咨询”是 311次"),
        (site(visits=0, asked=0), "K324", "warning", "“访问”是 0次"),
        (lambda t: t["sections"].update(overview=["全年抽查三次。"]), "K801", "warning",
         "全文没有看到：培训"),
        (lambda t: t["sections"].update(overview=["全年办件有序。"]), "K801", "warning",
         "全文没有看到：培训、检查"),
    ],
)  # fmt: skip
def test_a_rule_of_each_kind_fails(
    check: Findings, edit: Edit, code: str, severity: str, said: str
) -> None:
    found = check(edited(edit))
    assert code in [f["code"] for f in found]
    finding = next(f for f in found if f["code"] == code)
    assert finding["severity"] == severity
    assert said in finding["message"]
    assert len({f["code"] for f in found}) == 1


@pytest.mark.parametrize(
    "edit",
    [
        lambda t: (put("unit3", money=0)(t), put("all", money=120)(t)),
        site(url=None),
        site(account=None),
        site(open="否", ways=None, url=None, account=None, visits=None, asked=None),
        site(open="否", ways=None, url=None, account=None, visits=0, asked=0),
        site(ways="受理", visits=0, asked=7),
        site(ways=None, visits=None),
        site(asked=310),
        lambda t: t["sections"].update(overview=["组织学习，开展检查。"]),
    ],
)
def test_what_a_rule_does_not_speak_of(check: Findings, edit: Edit) -> None:
    assert check(edited(edit)) == []


def test_a_cell_that_is_not_known_is_not_judged(docgen: Docgen, folder: Path) -> None:
    """A required answer or figure that is missing says so itself, and nothing else follows."""
    tree = edited(site(open=None, url=None, account=None), put("unit1", total=None, done=None))
    (line,) = docgen("check", write_json(folder / "a.json", tree), "--json").lines
    why = {one["code"]: one["why"] for one in line["rules_not_run"]}
    assert why["K311"] == "4 个合计里有 1 个缺数，没法核对"
    assert why["K312"] == "4 个合计里有 1 个缺数，没法核对"
    assert why["K321"] == "1 处里有 1 处缺填的内容，没法核对"
    assert not {"K311", "K312", "K321", "K322"} & {f["code"] for f in line["findings"]}


def test_only_the_rules_of_the_form_are_listed(docgen: Docgen, form: Form, folder: Path) -> None:
    (line,) = docgen("check", write_json(folder / "a.json", window_tree()), "--json").lines
    listed = {*line["rules_ran"], *(one["code"] for one in line["rules_not_run"])}
    assert {*form.rules} <= listed
    assert not {code for code in listed if code[0] not in "REK"}
    assert not {"E301", "E711", "E801"} & listed
    names = {one["code"]: one["name"] for one in line["rules_not_run"]}
    assert names["K711"] == form.rules["K711"].name


ROWS = ("unit1", "unit2", "unit3")


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("column", ["phone", "net", "total"])
def test_a_wrong_cell_of_a_unit_is_found_where_its_sums_cross(
    check: Findings, row: str, column: str
) -> None:
    tree = window_tree()
    right = work(tree, row)[column]
    work(tree, row)[column] = right + 40
    (finding,) = check(tree)
    assert finding["code"] == "K301"
    assert [s["address"] for s in finding["suspects"]] == [f"work.{row}.{column}"]
    assert finding["suspects"][0]["expected"] == str(right)


@EACH_TIME
@given(
    st.lists(st.tuples(*[st.integers(0, 60)] * 2), min_size=2, max_size=5),
    st.data(),
)
def test_any_wrong_cell_among_any_number_of_units_is_found_alone(
    check: Findings, rows: list[tuple[int, ...]], data: st.DataObject
) -> None:
    """Sums across each row and down each column: a cell of a unit stands in one of either."""
    tree = window_tree()
    tree["units"]["work"] = [f"{number}号窗口" for number in range(1, len(rows) + 1)]
    figures = {
        f"unit{n}": {"phone": phone, "net": net, "total": phone + net}
        for n, (phone, net) in enumerate(rows, start=1)
    }
    figures["all"] = {
        key: sum(row[key] for row in figures.values()) for key in ("phone", "net", "total")
    }
    for row in figures.values():
        row.update(done=0, on_time=0, late=0, money=0)
    tree["figures"]["work"] = figures
    assert check(tree) == []

    name = data.draw(st.sampled_from([*figures]))
    column = data.draw(st.sampled_from(["phone", "net", "total"]))
    right = figures[name][column]
    figures[name][column] = right + data.draw(st.integers(1, 500))
    (finding,) = check(tree)
    assert [s["address"] for s in finding["suspects"]] == [f"work.{name}.{column}"]
    assert finding["suspects"][0]["expected"] == str(right)
    assert finding["code"] == "K301"  # the row is declared before the column


@EACH_TIME
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=1, max_size=4))
def test_bounds_are_told_where_they_do_not_hold(
    check: Findings, rows: list[tuple[int, ...]]
) -> None:
    """`done <= total` and `on_time + late = done`, in each unit's row and in their sum."""
    tree = window_tree()
    tree["units"]["work"] = [f"{number}号窗口" for number in range(1, len(rows) + 1)]
    columns = ("net", "done", "on_time", "late")
    figures = {
        f"unit{n}": dict(zip(columns, row, strict=True)) for n, row in enumerate(rows, start=1)
    }
    figures["all"] = {key: sum(row[key] for row in figures.values()) for key in columns}
    for row in figures.values():
        row.update(phone=0, money=0, total=row["net"])
    tree["figures"]["work"] = figures
    found = check(tree)

    def broken(code: str) -> list[str]:
        places = [f["places"][0]["address"] for f in found if f["code"] == code]
        return [address.split(".")[1] for address in places]

    assert broken("K311") == [key for key, row in figures.items() if row["done"] > row["total"]]
    assert broken("K312") == [
        key for key, row in figures.items() if row["on_time"] + row["late"] != row["done"]
    ]
    assert {f["code"] for f in found} <= {"K311", "K312"}


@EACH_TIME
@given(
    st.sampled_from(["是", "否"]),
    st.sampled_from([None, "https://ck.example.cn"]),
    st.sampled_from([None, "河口窗口"]),
    st.sampled_from([None, "预约", "查询", "预约、查询"]),
    st.sampled_from([None, 0, 5]),
    st.sampled_from([None, 0, 5, 6]),
)
def test_conditions_are_told_where_they_do_not_hold(
    check: Findings,
    is_open: str,
    url: str | None,
    account: str | None,
    ways: str | None,
    visits: int | None,
    asked: int | None,
) -> None:
    values = {
        "open": is_open,
        "url": url,
        "account": account,
        "ways": ways,
        "visits": visits,
        "asked": asked,
    }
    found = {f["code"] for f in check(edited(site(**values)))}
    assert ("K321" in found) == (is_open == "是" and not url and not account)
    assert ("K322" in found) == (is_open == "否" and bool(url or account or visits))

    wrong = not visits or (asked is not None and asked > visits)
    assert ("K324" in found) == ("查询" in (ways or "") and wrong)


def pair(*edits: Edit) -> tuple[Tree, Tree]:
    """This year's report and last year's, from which nothing is to be found."""
    report, last = window_tree(), window_tree(2023)
    last["figures"]["stock"]["orders"].update(left=12)
    for row in ROWS:
        work(last, row)["late"] = work(report, row)["phone"]
    last["sections"]["overview"] = ["那一年也组织学习，检查了四次。"]
    for edit in edits:
        edit(report)
    return report, last


def without_notes(found: list[dict[str, Any]]) -> list[str]:
    return [f["code"] for f in found if f["severity"] != "note"]


def test_what_last_year_left_is_taken_over(check: Findings) -> None:
    report, last = pair()
    work(last, "all")["late"] = work(report, "all")["phone"]
    assert without_notes(check(report, last)) == []
    report["figures"]["stock"]["orders"]["left"] = 15
    (finding,) = [f for f in check(report, last) if f["code"] == "K711"]
    assert finding["message"] == (
        "表二“规定”与上年对不上：现有＝上年的现有＋本年新订－本年废止；现有应为 14，现为 15"
    )


def test_the_row_of_a_unit_is_found_by_its_name(check: Findings) -> None:
    """The second window of this year was the first last year; one is new, one is gone."""
    report, last = pair()
    rows = last["figures"]["work"]
    last["units"]["work"] = [WINDOWS[1], WINDOWS[0], "老窗口"]
    rows["unit1"], rows["unit2"] = rows["unit2"], rows["unit1"]
    work(last, "all")["late"] = work(report, "all")["phone"]
    assert "K712" not in without_notes(check(report, last))

    rows["unit1"]["late"] += 1
    (finding,) = [f for f in check(report, last) if f["code"] == "K712"]
    assert "表一“城西窗口”" in finding["message"]
    assert [p["address"] for p in finding["places"]] == ["work.unit2.phone", "work.unit1.late"]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [(2000, 120_000, False), (2000, 260_000, True), (1, 99, False)],
)
def test_amounts_jump_by_their_unit(check: Findings, before: int, now: int, told: bool) -> None:
    """Of 元 it takes 200,000, of 万元 as of counts 20."""
    report, last = pair()
    work(report, "unit1")["money"], work(last, "unit1")["money"] = now, before
    (note,) = [f["message"] for f in check(report, last) if f["code"] == "E713"] or [""]
    assert (f"“城东窗口·收费（元）”{before}→{now}元" in note) == told


def test_last_years_report_of_another_kind_is_not_judged(
    check: Findings, docgen: Docgen, folder: Path, reference: Tree
) -> None:
    last = copy.deepcopy(reference)
    last["year"] = 2023
    (found,) = check(window_tree(), last)
    assert found["code"] == "E701"
    assert "“b.json”是政府信息公开工作年度报告（2021年格式），不是同一种" in found["message"]

    write_json(folder / "2023.json", last)
    run = docgen("check", write_json(folder / "2024.json", window_tree()), "--json")
    assert run.codes == ["E701"]


def test_each_deadline_is_told_with_its_law(check: Findings) -> None:
    def dated(date: str) -> list[tuple[str, str, str]]:
        tree = window_tree()
        tree["signature"]["date"] = date
        return [(f["code"], f["message"], f["basis"]) for f in check(tree)]

    to_superiors = "，报送上级的期限是2025年2月28日"
    assert dated("2025年2月28日") == []
    assert dated("2025年3月1日") == [
        ("E606", f"成文日期是2025年3月1日{to_superiors}", "《窗口工作规定》第二条")
    ]
    to_public = "，向社会公开的期限是2025年3月31日"
    assert dated("2025年4月1日") == [
        ("E606", f"成文日期是2025年4月1日{to_superiors}", "《窗口工作规定》第二条"),
        ("E606", f"成文日期是2025年4月1日{to_public}", "《窗口工作规定》第三条"),
    ]


def test_the_superiors_own_day_takes_the_place_of_the_first(check: Findings) -> None:
    tree = window_tree() | {"deadline": "2025年3月10日"}
    tree["signature"]["date"] = "2025年3月5日"
    assert check(tree) == []
    tree["signature"]["date"] = "2025年3月20日"
    assert [f["expected"] for f in check(tree)] == ["2025年3月10日"]
    tree["signature"]["date"] = "2025年4月20日"
    assert [f["expected"] for f in check(tree)] == ["2025年3月10日", "2025年3月31日"]


def other_report(reference: Tree, **changes: object) -> Tree:
    """The other report of the same body: 66 decided, 0.01565 万元."""
    tree = quiet(reference)
    tree["body"] = {"name": "河口镇人民政府", "level": "township"}
    tree["signature"]["name"] = "河口镇人民政府"
    disclosure = tree["figures"]["disclosure"]
    disclosure["licensing"]["decided"] = 66
    disclosure["fees"]["amount"] = "0.01565"
    return tree | changes


def agreed(docgen: Docgen, *words: object) -> list[dict[str, Any]]:
    lines = docgen("check", *words, "--json").lines
    return [f for line in lines for f in line["findings"] if f["code"] in ("K911", "K912")]


@pytest.mark.parametrize("names", [("2024.json", "2024 窗口.json"), ("年报.json", "a.json")])
def test_reports_of_one_body_and_year_are_held_against_each_other(
    docgen: Docgen, folder: Path, reference: Tree, names: tuple[str, str]
) -> None:
    """Both are given, or the other one stands beside; never an error."""
    other, tree = other_report(reference), window_tree()
    paths = [write_json(folder / n, t) for n, t in zip(names, (other, tree), strict=True)]
    assert agreed(docgen, *paths) == []

    other["figures"]["disclosure"]["licensing"]["decided"] = 60
    other["figures"]["disclosure"]["fees"]["amount"] = "0.0156"
    write_json(paths[0], other)
    for words in (paths, paths[::-1], paths[1:]):
        one, two = agreed(docgen, *words)
        assert one["severity"] == "note"
        there = f"同年的“{names[0]}”里表一“行政许可·本年处理决定数量”是 60"
        assert one["message"] == f"表一“合计·办结”是 66，{there}，相差 6"
        assert [p["file"] for p in one["places"]] == [names[1], names[0]]
        assert two["message"].startswith("表一“合计·收费（元）”是 156.5，")
        assert "是 156，相差 0.5" in two["message"]

    run = docgen("check", *paths)
    assert "提示 K911 表一“合计·办结”是 66" in run.err
    assert "哪一种" in run.err
    assert "窗口办件年度报告" in run.err


@pytest.mark.parametrize("jobs", [(), ("--jobs", "2")])
def test_the_other_report_may_stand_in_another_folder_given(
    docgen: Docgen, folder: Path, reference: Tree, jobs: tuple[str, ...]
) -> None:
    """Each kind of report of a county in a folder of its own, each body's by the same name."""
    for kind, tree in (("年报", other_report(reference)), ("窗口", window_tree())):
        (folder / kind).mkdir()
        for body, decided in (("河口镇人民政府", 66), ("山口镇人民政府", 60)):
            named = copy.deepcopy(tree)
            named["body"]["name"] = named["signature"]["name"] = body
            if kind == "年报":
                named["figures"]["disclosure"]["licensing"]["decided"] = decided
            write_json(folder / kind / f"{body}.json", named)

    lines = docgen("check", "年报", "窗口", *jobs, "--json").lines
    found = {
        line["input"]: [f["code"] for f in line["findings"] if f["code"][0] == "K"]
        for line in lines
    }
    assert {name: codes for name, codes in found.items() if codes} == {
        "窗口/山口镇人民政府.json": ["K911"]
    }


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"year": 2023}, "没有同一机关同年的“政府信息公开工作年度报告”"),
        ({"body": {"name": "别镇人民政府", "level": "township"}},
         "没有同一机关同年的“政府信息公开工作年度报告”"),
        ({"figures": {}}, "1 处里有 1 处缺数，没法核对"),
        ({}, ""),
    ],
)  # fmt: skip
def test_another_year_or_body_is_not_compared(
    docgen: Docgen, folder: Path, reference: Tree, changes: Tree, why: str
) -> None:
    other = other_report(reference, **changes)
    other["figures"].get("disclosure", {}).get("licensing", {})["decided"] = 66
    paths = write_json(folder / "b.json", other), write_json(folder / "a.json", window_tree())
    line = docgen("check", *paths, "--json").lines[1]
    not_run = {one["code"]: one["why"] for one in line["rules_not_run"]}
    assert not_run.get("K911", "") == why
    assert agreed(docgen, *paths) == []


def test_a_list_is_held_against_each_kind_of_report(
    docgen: Docgen, folder: Path, reference: Tree
) -> None:
    roster = folder / "名单.csv"
    roster.write_text("机关名称\n河口镇人民政府\n山口镇人民政府\n", encoding="utf-8")
    other, tree = other_report(reference), window_tree()
    inputs = [write_json(folder / n, t) for n, t in (("a.json", other), ("b.json", tree))]

    def told(*words: object) -> list[str]:
        line = docgen("check", *words, "--roster", roster, "--json").lines[-1]
        return [f"{f['code']} {f['message']}" for f in line["roster"]["findings"]]

    missing = "B101 “山口镇人民政府”没有报告"
    assert told(*inputs) == [missing]
    again = write_json(folder / "c.json", tree)
    assert told(*inputs, again) == [
        missing,
        f"B102 “河口镇人民政府”2024 年度的窗口办件年度报告有 2 份：{inputs[1]}、{again}",
    ]
    other["body"]["name"] = other["signature"]["name"] = "山口镇人民政府"
    write_json(inputs[0], other)
    assert told(*inputs) == [
        "B101 “河口镇人民政府”没有政府信息公开工作年度报告",
        "B101 “山口镇人民政府”没有窗口办件年度报告",
    ]


def test_figures_of_two_kinds_are_not_compared(
    docgen: Docgen, folder: Path, reference: Tree
) -> None:
    one = write_json(folder / "a.json", other_report(reference))
    two = write_json(folder / "b.json", window_tree())
    said = docgen("compare", one, two).out
    assert "甲是政府信息公开工作年度报告，乙是窗口办件年度报告，不是同一种报告：数据没有比" in said
    assert "两份都有的数据" not in said
    detail = docgen("compare", one, two, "--json").lines[0]["detail"]
    assert detail["figures"] == detail["only_first"] == detail["only_second"] == []


WAIVER = {"place": "", "value": "", "reason": "经核实无误", "by": "赵明", "date": "2025-01-20"}


@pytest.mark.parametrize(
    ("edit", "waiver", "code", "codes"),
    [
        (lambda t: (put("unit3", done=9, on_time=7)(t), put("all", done=68, on_time=65)(t)),
         {"code": "K311", "value": "9"}, 0, ["K311"]),
        (lambda t: (put("unit3", done=0, on_time=0, late=0)(t),
                    put("all", done=59, on_time=58, late=1)(t)),
         {"code": "K323", "value": "0"}, 0, ["K323"]),
        (site(url=None, account=None), {"code": "K321", "value": "是"}, 1, ["K321", "E903"]),
        (site(open="否", ways=None), {"code": "K322", "value": "河口窗口"}, 0, ["K322"]),
        (put("unit2", total=20), {"code": "K301", "value": "20"}, 1, ["K301", "E903"]),
        (put("all"), {"code": "K3O1", "value": "20"}, 1, ["E904"]),
        (put("all"), {"code": "K312", "value": "20"}, 0, ["E901"]),
    ],
)  # fmt: skip
def test_waivers_of_a_forms_own_rules(
    docgen: Docgen, folder: Path, edit: Edit, waiver: Tree, code: int, codes: list[str]
) -> None:
    tree = edited(edit) | {"waivers": [WAIVER | waiver]}
    run = docgen("check", write_json(folder / "a.json", tree), "--json")
    assert (run.code, run.codes) == (code, codes)
    waived = [f["code"] for f in run.lines[0]["findings"] if f["waived"]]
    assert waived == ([waiver["code"]] if not code and codes != ["E901"] else [])


def test_a_code_of_a_form_that_docgen_does_not_carry_is_found_in_that_form(form: Form) -> None:
    assert find_rule("K301") is None
    assert find_rule("K301", [form]) is form.rules["K301"]
    assert find_rule("E511", [form]) is find_rule("E511")
    assert nearest_code("K91l", [form]).startswith("；最接近的是 K91")


HOSTILE = [
    "{place.__class__}",
    "{place[0]}",
    "{place!r}",
    "{place:>9999999}",
    "{left:{right}}",
    "{0}",
    "{}",
    "{secret}",
    "{where",
    "}",
    "{{place}",
]


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize("member", ["message", "cure"])
def test_a_form_names_nothing_but_the_facts_of_its_relation(
    docgen: Docgen, folder: Path, said: str, member: str
) -> None:
    """A fault with its line; the report is not read by such a form."""
    source = folder / "forms" / "window-2024" / "form.toml"
    text = source.read_text(encoding="utf-8").replace(
        'name = "电话与网上之和不等于合计"', f'name = "不平"\n{member} = {json.dumps(said)}'
    )
    target = folder / "forms" / "window-2025"
    target.mkdir(parents=True)
    (target / "form.toml").write_text(text, encoding="utf-8")
    line = text[: text.index(f"{member} = ")].count("\n") + 1

    run = docgen("check", write_json(folder / "a.json", window_tree() | {"form": "window-2025"}))
    assert run.code == 3
    assert "X330" in run.err
    assert f"form.toml 第 {line} 行" in run.err
    assert "{place}、" in run.err


@given(st.text("{}.[]!:>09ax_占 ", max_size=30))
def test_filling_a_text_reaches_nothing_but_the_facts(text: str) -> None:
    class Trap:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(name)

        def __getitem__(self, key: object) -> object:
            raise AssertionError(key)

        def __format__(self, spec: str) -> str:
            raise AssertionError(spec)

        def __str__(self) -> str:
            return "值"

    facts = dict.fromkeys(("a", "x", "ax", "_", "0", "9", "占"), Trap())
    with suppress(KeyError):  # a name that is no fact: docgen's own fault, or refused in a form
        assert len(fill_text(text, facts)) <= len(text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_each_kind_name_facts_it_tells(kind: Any) -> None:
    facts = dict.fromkeys(KINDS[kind].facts, "值")
    assert "{" not in fill_text(KINDS[kind].message + KINDS[kind].cure, facts)


@pytest.mark.parametrize(
    ("edit", "expected", "actual"),
    [
        (site(url=None, account=None), "“网址”要填，或“账号名称”要填",
         "“网址”没有填、“账号名称”没有填"),
        (site(open="否", ways=None), "“网址”不填，“账号名称”不填，“访问”为 0 或不填",
         "“网址”是 https://ck.example.cn、“账号名称”是 河口窗口、“访问”是 310次"),
        (site(asked=311), "“访问”大于 0，“咨询”不大于“访问”",
         "“访问”是 310次、“咨询”是 311次"),
    ],
)  # fmt: skip
def test_what_a_condition_asks_is_said_in_words(
    check: Findings, edit: Edit, expected: str, actual: str
) -> None:
    (finding,) = check(edited(edit))
    assert (finding["expected"], finding["actual"]) == (expected, actual)


def test_units_are_compared_by_their_names(docgen: Docgen, folder: Path) -> None:
    one, other = window_tree(), window_tree()
    rows = other["figures"]["work"]
    other["units"]["work"] = [WINDOWS[1], WINDOWS[0], "新窗口"]
    rows["unit1"], rows["unit2"] = rows["unit2"], {**rows["unit1"], "late": 7}
    paths = write_json(folder / "a.json", one), write_json(folder / "b.json", other)
    detail = docgen("compare", *paths, "--json").lines[0]["detail"]
    assert [(f["label"], f["first"], f["second"]) for f in detail["figures"]] == [
        ("城东窗口·超时", "1", "7")
    ]
    assert {f["label"].partition("·")[0] for f in detail["only_first"]} == {"河口窗口"}
    assert {f["label"].partition("·")[0] for f in detail["only_second"]} == {"新窗口"}


def test_the_words_of_a_form_are_text_wherever_they_are_shown(docgen: Docgen, folder: Path) -> None:
    """A name that looks like markup or a formula, and a unit that looks like a fact."""
    text = folder / "forms" / "window-2024" / "form.toml"
    named = 'name = "=1+1<script>"\nmessage = "=2<i>{where}"\nwhy = "=3<b>"'
    source = text.read_text(encoding="utf-8")
    text.write_text(source.replace('name = "电话与网上之和不等于合计"', named), encoding="utf-8")
    tree = edited(put("unit2", total=20))
    tree["units"]["work"][1] = "<u>{left}"

    run = docgen(
        "check", write_json(folder / "a.json", tree), "--report", "a.html", "--report", "a.xlsx"
    )
    assert "错误 K301 =2<i><u>{left}" in run.err
    page = Path("a.html").read_text(encoding="utf-8")
    assert not [tag for tag in ("<script>", "<i>", "<b>", "<u>") if tag in page]
    assert "=1+1&lt;script&gt;" in page
    book = openpyxl.load_workbook("a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=2<i><u>{left}" in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]
