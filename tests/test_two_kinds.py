"""Two kinds of report of one body and year: held against each other, counted apart."""

import copy
from pathlib import Path
from typing import Any

import pytest
from door import Docgen, write_json
from texts import quiet
from window import (
    WINDOWS,
    Tree,
    install_window,
    window_tree,
)

from docgen.forms.form import Form


@pytest.fixture(autouse=True)
def form(folder: Path) -> Form:
    """The form stands in ./forms."""
    return install_window(folder)


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
