"""The arithmetic: one wrong cell is one finding that names it and its right value."""

import random
from pathlib import Path
from typing import Any

import pytest
from door import Docgen, plain, write_json
from forms import FORMS
from sound import sound_figures as balanced
from texts import of_level

from docgen.forms.table import Number

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
    of_level(report, "prefecture")
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


@pytest.mark.slow
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


@pytest.mark.parametrize(
    ("block", "likeliest"),
    [
        # a digit swapped, a digit different, neither, and a figure where 0 stands last
        ((12, 3, 40, 0, 64), "upheld other corrected total pending"),
        # a digit more at the end, and at the beginning
        ((1, 20, 30, 0, 510), "total upheld corrected other pending"),
        ((1, 20, 30, 0, 151), "corrected other total upheld pending"),
        # of single digits any may be any other: that tells nothing
        ((19, 4, 0, 0, 24), "total upheld corrected other pending"),
        # no figure is made negative
        ((0, 4, 0, 7, 2), "total"),
        ((9, 0, 0, 4, 4), "upheld total"),
    ],
)
def test_the_likeliest_first(findings: Any, block: tuple[int, ...], likeliest: str) -> None:
    """A slip of the keys before other figures, those before a 0; else as they are printed."""
    keys = ("upheld", "corrected", "other", "pending", "total")
    wrong = {f"disputes.review.{key}": n for key, n in zip(keys, block, strict=True)}
    (found,) = findings(sound_figures(5) | wrong)
    assert [s["address"].rpartition(".")[2] for s in found["suspects"]] == likeliest.split()


SUM = "（一）至（六）各项之和"


@pytest.mark.parametrize(
    ("address", "off", "said"),
    [
        ("granted.natural", 5, f"{SUM} = 1021，（七）总计 = 1016，相差 5；另有 1 处"),
        ("granted.natural", -5, f"{SUM} = 1011，（七）总计 = 1016，相差 5；另有 1 处"),
        ("handled.total", 5, "四、结转下年度 = 5824，相差 5；另有 2 处合计同时不平"),
    ],
)  # fmt: skip
def test_both_sides_in_words(findings: Any, address: str, off: int, said: str) -> None:
    figures = sound_figures(2)
    (found,) = findings({**figures, f"requests.{address}": figures[f"requests.{address}"] + off})
    assert said in found["message"]
    assert len(found["places"]) == (4 if address.startswith("handled") else 22)
    assert f"由 {found['actual']} 改为 {found['expected']}。" in found["cure"]


def test_one_sum_alone_is_told_alone(findings: Any) -> None:
    (found,) = findings(sound_figures(5) | {"disputes.review.total": 9999})
    assert "另有" not in found["message"]
    assert found["message"].startswith(
        "表三“行政复议”不平：结果维持＋结果纠正＋其他结果＋尚未审结 = "
    )


def test_swaps_that_are_as_likely(findings: Any) -> None:
    """Each pair of cells whose exchange mends the sums: the first, and three that may be it."""
    rows = ("granted", "partial", "denied_law", "denied_secret", "denied_inquiry")
    natural, legal = 30, 70
    figures = sound_figures(2)
    for row in rows:
        for column, value in (("natural", natural), ("legal", legal)):
            off = value - figures[f"requests.{row}.{column}"]
            for moved in (row, "handled", "received"):
                figures[f"requests.{moved}.{column}"] += off
                figures[f"requests.{moved}.total"] += off
        natural, legal = 70, 30
    (found,) = findings({**figures, "requests.granted.natural": 70, "requests.granted.legal": 30})
    pairs = [
        f"figures.requests.{row}.natural 与 figures.requests.{row}.legal"
        for row in ("granted", "partial", "denied_secret", "denied_law")
    ]
    assert found["cure"] == (
        f"{pairs[0]} 多半填反了（也可能是{'，或 '.join(pairs[1:])}）："
        "对照原始台账，把填反的两格换过来。"
    )
    assert len(found["suspects"]) == 8


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
    assert errors[0]["cure"].endswith("核对怀疑的格子（共 23 处可能，列出最可能的 8 处）。")


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
