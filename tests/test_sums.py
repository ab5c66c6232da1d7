"""The arithmetic: one wrong cell is one finding that names it and its right value."""

import random
from pathlib import Path
from typing import Any

import pytest
from conftest import Docgen, plain, write_json
from sound import sound_figures as balanced

from docgen.forms import FORMS
from docgen.forms.form import Number

FORM = FORMS["disclosure-2021"]
REQUESTS = [address for address in FORM.figures if address.startswith("requests.")]
PARTIES = ("natural", "commercial", "research", "welfare", "legal", "other")
OUTCOMES = FORM.equations[1].left


def sound_figures(seed: int) -> dict[str, Number]:
    """Random figures that balance."""
    chance = random.Random(seed)
    return balanced(lambda: chance.randrange(90), chance.randrange(90))


def put(report: dict[str, Any], figures: dict[str, int]) -> dict[str, Any]:
    """The report with these figures."""
    for address, value in figures.items():
        table, row, column = address.split(".")
        report["figures"][table][row][column] = value
    report["sections"] = {key: plain(texts) for key, texts in report["sections"].items()}
    report["body"]["level"] = "prefecture"
    del report["wording"]
    return report


@pytest.fixture
def findings(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> Any:
    """Check these figures; the findings."""

    def check(figures: dict[str, int]) -> list[dict[str, Any]]:
        run = docgen(
            "check",
            write_json(folder / "a.json", put(reference | {"wording": {}}, figures)),
            "--json",
        )
        found: list[dict[str, Any]] = run.lines[0]["findings"]
        assert run.code == (1 if found else 0)
        return found

    return check


@pytest.mark.parametrize("seed", range(3))
def test_sound_figures_have_no_finding(findings: Any, seed: int) -> None:
    assert findings(sound_figures(seed)) == []


def test_every_cell_of_table_two_is_found_alone(findings: Any) -> None:
    """175 of 175: changed alone, found alone, with its right value."""
    figures = sound_figures(1)
    assert len(REQUESTS) == 175
    for number, address in enumerate(REQUESTS):
        wrong = figures[address] + (1 + number % 97 if number % 3 else 1000)
        found = findings({**figures, address: wrong})
        assert len(found) == 1, address
        assert [s["address"] for s in found[0]["suspects"]] == [address]
        assert found[0]["suspects"][0]["expected"] == str(figures[address])
        assert (found[0]["expected"], found[0]["actual"]) == (str(figures[address]), str(wrong))


def test_two_wrong_cells_apart_are_two_findings(findings: Any) -> None:
    figures = sound_figures(2)
    wrong = {"requests.granted.natural": 5000, "requests.denied_law.legal": 6000}
    found = findings({**figures, **wrong})
    assert {f["suspects"][0]["address"] for f in found} == set(wrong)
    assert [len(f["suspects"]) for f in found] == [1, 1]


def test_two_wrong_cells_in_one_column_are_named_together(findings: Any) -> None:
    figures = sound_figures(3)
    wrong = {"requests.granted.natural": 5000, "requests.partial.natural": 7000}
    found = findings({**figures, **wrong})
    assert len(found) == 1
    assert {s["address"] for s in found[0]["suspects"]} == set(wrong)


def test_a_swap_within_a_row_puts_the_swapped_cells_first(findings: Any) -> None:
    """Sums leave a few rows possible; the swap that was made is the likeliest."""
    figures = sound_figures(4)
    row = "requests.denied_process.{}".format
    one, other = row("natural"), row("other")
    figures[row("natural")], figures[row("total")] = (
        figures[one] + 37,
        figures[row("total")] + 37,
    )
    for address in ("handled", "received"):
        for column in ("natural", "total"):
            figures[f"requests.{address}.{column}"] += 37
    swapped = {**figures, one: figures[other], other: figures[one]}
    found = findings(swapped)
    assert len(found) == 1
    assert {s["address"] for s in found[0]["suspects"][:2]} == {one, other}
    assert "多半填反了" in found[0]["cure"]
    assert all(s["cell"] in found[0]["cure"] for s in found[0]["suspects"][:2])
    assert {s["expected"] for s in found[0]["suspects"][:2]} == {
        str(figures[one]),
        str(figures[other]),
    }


def test_table_three_has_candidates_only(findings: Any) -> None:
    """One sum a block: every cell that could be wrong is named, the likeliest first."""
    figures = sound_figures(5)
    block = {"upheld": 12, "corrected": 3, "other": 40, "pending": 0, "total": 64}
    found = findings(figures | {f"disputes.review.{key}": n for key, n in block.items()})
    assert [f["code"] for f in found] == ["E304"]
    suspects = {s["address"].rsplit(".")[-1]: s["expected"] for s in found[0]["suspects"]}
    assert suspects == {
        "total": "55", "upheld": "21", "corrected": "12", "other": "49", "pending": "9",
    }  # fmt: skip


def test_left_out_totals_leave_the_cells_of_a_column(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """With totals computed a wrong figure can only be placed in its column; the figure that is
    not 0 comes first."""
    figures = reference["figures"]["requests"]
    for row in figures.values():
        del row["total"]
    del figures["handled"]
    figures["received"]["natural"] = 3
    run = docgen("check", write_json(folder / "a.json", reference), "--json")
    errors = [f for f in run.lines[0]["findings"] if f["code"].startswith("E3")]
    assert [f["code"] for f in errors] == ["E301"]
    first = errors[0]["suspects"][0]
    assert (first["address"], first["actual"], first["expected"]) == (
        "requests.received.natural", "3", "0",
    )  # fmt: skip


def test_a_message_a_clerk_can_act_on(docgen: Docgen, csv_folder: Path) -> None:
    """The cell, what it is, what it should be: in words, with the file's name."""
    table = csv_folder / "表二 申请办理.csv"
    rows = table.read_text(encoding="utf-8-sig").split("\n")
    rows[3] = rows[3].replace(",,,0,", ",,,3,", 1)
    table.write_text("\n".join(rows), encoding="utf-8-sig")
    run = docgen("check", csv_folder)
    assert run.code == 1
    assert "错误 E301" in run.err
    assert "怀疑  D4（一、本年新收政府信息公开申请数量·自然人）应为 0，现为 3" in run.err
    assert "多半应把 表二 申请办理.csv D4 由 3 改为 0" in run.err
