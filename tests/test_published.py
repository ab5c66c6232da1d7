"""Figures of reports that governments published, with the faults known in them and no others."""

from pathlib import Path
from typing import Any

import pytest
from door import Docgen, Run, write_json
from forms import FORMS
from published import report


def about_figures(run: Run) -> list[dict[str, Any]]:
    """The findings of reading and of the sums; the text of these reports is not at hand."""
    return [f for f in run.lines[0]["findings"] if f["code"][:2] in ("R1", "R2", "R3", "E3")]


@pytest.mark.parametrize("name", ["suqian_2023", "suqian_2024", "shuyang_gov_2025"])
def test_sound_tables_have_no_finding(docgen: Docgen, folder: Path, name: str) -> None:
    """No false alarm, and amounts of four decimals stay as they are."""
    run = docgen("check", write_json(folder / "a.json", report(name)), "--json")
    assert (run.code, about_figures(run)) == (0, [])


def test_a_total_left_at_0(docgen: Docgen, folder: Path) -> None:
    """金湖 2023: 2 + 0 + 1 + 0 suits, and a total of 0: only the total can be wrong."""
    run = docgen("check", write_json(folder / "a.json", report("jinhu_2023")), "--json")
    assert run.code == 1
    (finding,) = [f for f in run.lines[0]["findings"] if f["severity"] == "error"]
    assert finding["code"] == "E304"
    assert [(s["address"], s["actual"], s["expected"]) for s in finding["suspects"]] == [
        ("disputes.suit_direct.total", "0", "3")
    ]


def test_blanks_and_a_unit_in_a_cell(docgen: Docgen, folder: Path) -> None:
    """上海 2019: blanks are errors, blank totals are not told twice, 251000元 is no amount."""
    given = report("shanghai_office_2019")
    run = docgen("check", write_json(folder / "a.json", given), "--json")
    findings = about_figures(run)
    by_code: dict[str, list[str]] = {}
    for finding in findings:
        by_code.setdefault(finding["code"], []).extend(p["address"] for p in finding["places"])
    totals = FORMS["disclosure-2019"].totals
    blank = {
        f"{table}.{row}.{column}"
        for table, rows in given["figures"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
        if value == ""
    }
    assert run.code == 1
    assert set(by_code) == {"R301", "R304"}
    errors = {f["code"] for f in run.lines[0]["findings"] if f["severity"] == "error"}
    assert errors == set(by_code)  # and nothing else is called one
    assert set(by_code["R301"]) == blank - totals.keys()
    assert by_code["R304"] == ["disclosure.procurement.amount"]


def test_an_outdated_layout(docgen: Docgen, folder: Path) -> None:
    """The 2019 form for 2021 or later is refused."""
    given = report("shanghai_office_2019") | {"year": 2021}
    given["signature"]["date"] = "2022-01-20"
    run = docgen("check", write_json(folder / "a.json", given), "--json")
    assert "E201" in run.codes
