"""Last year's report of any form: the same kind alone, units by their names."""

import copy
from pathlib import Path
from typing import Any

import pytest
from door import Docgen, write_json
from window import (
    ROWS,
    WINDOWS,
    Edit,
    Findings,
    Tree,
    checker,
    install_window,
    window_tree,
    work,
)

from docgen.forms.form import Form


@pytest.fixture(autouse=True)
def form(folder: Path) -> Form:
    """The form stands in ./forms."""
    return install_window(folder)


@pytest.fixture
def check(docgen: Docgen, folder: Path) -> Findings:
    """What is found in a report."""
    return checker(docgen, folder)


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
