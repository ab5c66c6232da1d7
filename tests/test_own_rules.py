"""Rules that a form brings: one form with a rule of each kind, each failing and each passing."""

import shutil
from pathlib import Path

import pytest
from door import DATA, Docgen, write_json
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from toy import toy_tree
from window import (
    ROWS,
    Edit,
    Findings,
    Tree,
    checker,
    edited,
    install_window,
    put,
    site,
    window_tree,
    work,
)

from docgen.forms.form import Form

EACH_TIME = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def form(folder: Path) -> Form:
    """The form stands in ./forms."""
    return install_window(folder)


@pytest.fixture
def check(docgen: Docgen, folder: Path) -> Findings:
    """What is found in a report."""
    return checker(docgen, folder)


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
         "表三：开通了却没有网址和账号；现在“是否开通”填的是“是”，而“网址”没有填、“账号名称”没有填"),
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


def test_a_table_of_a_business_the_body_has_not_owes_no_sum(docgen: Docgen, folder: Path) -> None:
    shutil.copytree(DATA / "forms" / "toy-2024", folder / "forms" / "toy-2024")
    tree = toy_tree() | {"absent": ["fees"]}
    del tree["figures"]["fees"]
    (line,) = docgen("check", write_json(folder / "a.json", tree), "--json").lines
    why = {one["code"]: one["why"] for one in line["rules_not_run"]}
    assert why["Z303"] == "本机关没有这项业务"
    assert {"Z301", "Z302", "Z304", "Z305"} <= {*line["rules_ran"]}
    assert line["findings"] == []


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


@pytest.mark.parametrize(
    ("edit", "expected", "actual"),
    [
        (site(url=None, account=None), "“网址”要填，或“账号名称”要填",
         "“网址”没有填、“账号名称”没有填"),
        (site(open="否", ways=None), "“网址”不填，“账号名称”不填，“访问”为 0 或不填",
         "“网址”填的是“https://ck.example.cn”、“账号名称”填的是“河口窗口”、“访问”是 310次"),
        (site(asked=311), "“访问”大于 0，“咨询”不大于“访问”",
         "“访问”是 310次、“咨询”是 311次"),
    ],
)  # fmt: skip
def test_what_a_condition_asks_is_said_in_words(
    check: Findings, edit: Edit, expected: str, actual: str
) -> None:
    (finding,) = check(edited(edit))
    assert (finding["expected"], finding["actual"]) == (expected, actual)


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
