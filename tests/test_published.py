"""Figures of reports that governments published, with the faults known in them and no others."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Docgen, Run, write_json

from docgen.forms import FORMS
from docgen.forms.layout import printed_rows

DATA = Path(__file__).parent / "data"

LEVELS = {
    "suqian_2023": "prefecture",
    "suqian_2024": "prefecture",
    "shuyang_gov_2025": "county",
    "jinhu_2023": "county",
    "shanghai_office_2019": "province",
}
#: Their text is not at hand: this one says nothing of their figures, and has nothing to find.
TEXT = {
    "overview": [
        "（一）主动公开和依申请公开情况。依法公开政府信息。",
        "（二）政府信息管理和平台建设情况。按时更新政府网站。",
        "（三）监督保障情况。开展工作考核和社会评议，没有发生责任追究的情况。",
    ],
    "problems": ["一是公开的内容不够深入，将加强研究。二是公开不够及时，将加强督促。"],
    "other": ["依法收取信息处理费。"],
}


def report(name: str) -> dict[str, Any]:
    """A published report as an input: its rows of figures in printed order."""
    case = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    form = FORMS[f"disclosure-{case['edition']}"]
    figures: dict[str, Any] = {}
    for table, rows in zip(form.tables, case["tables"], strict=True):
        printed = [row for row in printed_rows(form, table, {}) if row.kind == "figures"]
        given = [row for row in rows if row[-1] == "" or row[-1][0].isdigit()]
        assert len(printed) == len(given)
        for row, values in zip(printed, given, strict=True):
            cells = [cell.figure.address for cell in row.cells if cell.figure]
            for address, value in zip(cells, values[-len(cells) :], strict=True):
                key, line, column = address.split(".")
                figures.setdefault(key, {}).setdefault(line, {})[column] = value
    return {
        "form": form.key,
        "year": case["year"],
        "body": {"name": case["body"], "level": LEVELS[name]},
        "sections": TEXT,
        "figures": figures,
        "signature": {"name": case["body"], "date": f"{case['year'] + 1}-01-30"},
    }


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
