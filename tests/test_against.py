"""The county's report against the bodies': who is dropped, doubled or altered is named."""

import json
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bodies import (
    COUNTY,
    body_figures,
    sum_of,
    write_bodies,
    write_body,
    write_example,
    write_roster,
)
from county import body_name
from door import PROJECT, Docgen, Run, write_json
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.blank.to_xlsx import write_workbook
from docgen.forms.form import Form
from docgen.forms.loader import find_form
from docgen.forms.table import Number
from docgen.model import Body, Report

OF_SUM = {"B150", "B151", "B152", "B153", "B154", "B155", "B156"}
Figures = dict[str, Number]


def write_county(path: Path, figures: Figures) -> Path:
    """A county's input with these figures, added up by somebody else: no trace beside it."""
    form = find_form("disclosure-2021")
    assert isinstance(form, Form)
    body = Body(name=COUNTY, level="county")
    path.write_bytes(
        write_workbook(form, Report(form=form.key, year=2024, body=body, figures=figures))
    )
    return path


def told_of(run: Run) -> list[dict[str, Any]]:
    """The findings about the sum."""
    return [f for line in run.lines for f in line["findings"] if f["code"] in OF_SUM]


def compared(docgen: Docgen, folder: Path, *words: object) -> list[dict[str, Any]]:
    """What is said of 全县.xlsx against 收件."""
    return told_of(
        docgen("check", folder / "全县.xlsx", "--against", folder / "收件", "--json", *words)
    )


def test_equal_figures_are_said_to_be_equal(docgen: Docgen, folder: Path) -> None:
    figures = [body_figures(seed) for seed in range(3)]
    write_bodies(folder / "收件", figures)
    write_county(folder / "全县.xlsx", sum_of(figures))
    [found] = compared(docgen, folder)
    assert (found["code"], found["severity"]) == ("B156", "note")
    assert f"{len(figures[0])} 格都等于 3 个机关之和" in found["message"]


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), count=st.integers(2, 6), data=st.data())
def test_one_dropped_or_doubled_is_named(
    docgen: Docgen,
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    count: int,
    data: st.DataObject,
) -> None:
    """Exactly it, once, with every cell that is not 0 in its report."""
    folder = tmp_path_factory.mktemp("against")
    chance = random.Random(seed)
    figures = [body_figures(chance.randrange(10**9)) for _ in range(count)]
    write_bodies(folder / "收件", figures)
    which = data.draw(st.integers(0, count - 1))
    if data.draw(st.booleans()):
        code, whole = "B151", [own for n, own in enumerate(figures) if n != which]
    else:
        code, whole = "B152", [*figures, figures[which]]
    write_county(folder / "全县.xlsx", sum_of(whole))

    [found] = compared(docgen, folder)
    assert found["code"] == code
    assert [n for n in range(1, count + 1) if f"“{body_name(n)}”" in found["message"]] == [
        which + 1
    ]
    cells = {place["address"] for place in found["places"]}
    assert cells == {address for address, value in figures[which].items() if value}


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), count=st.integers(2, 5), data=st.data())
def test_one_altered_since_is_named(
    docgen: Docgen,
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    count: int,
    data: st.DataObject,
) -> None:
    """By the trace beside the sum; each cell with both values."""
    folder = tmp_path_factory.mktemp("altered")
    figures = [body_figures(seed + number) for number in range(count)]
    write_bodies(folder / "收件", figures)
    run = docgen("sum", folder / "收件", "-o", folder / "全县.xlsx", "--body", COUNTY)
    assert run.code == 0, run.err

    which = data.draw(st.integers(0, count - 1))
    more = data.draw(st.integers(1, 50))
    address = "disclosure.licensing.decided"
    before = sum_of(figures)[address]
    figures[which][address] += more
    write_body(folder / "收件", which + 1, figures[which])

    [found] = compared(docgen, folder)
    assert found["code"] == "B154"
    assert [n for n in range(1, count + 1) if f"“{body_name(n)}”" in found["message"]] == [
        which + 1
    ]
    [suspect] = found["suspects"]
    assert (suspect["address"], suspect["actual"]) == (address, str(before))
    assert suspect["expected"] == str(before + more)


def test_two_are_named_only_if_no_other_two_could_be_meant(docgen: Docgen, folder: Path) -> None:
    figures = [body_figures(seed) for seed in range(5)]
    write_bodies(folder / "收件", figures)
    write_county(folder / "全县.xlsx", sum_of(figures[:3]))
    [found] = compared(docgen, folder)
    assert found["code"] == "B151"
    assert f"“{body_name(4)}”和“{body_name(5)}”" in found["message"]


def test_bodies_alike_are_both_named(docgen: Docgen, folder: Path) -> None:
    """No figure says which of them it is."""
    figures = [body_figures(1), body_figures(2), body_figures(2)]
    write_bodies(folder / "收件", figures)
    write_county(folder / "全县.xlsx", sum_of(figures[:2]))
    [found] = compared(docgen, folder)
    assert f"“{body_name(2)}”或“{body_name(3)}”" in found["message"]


def test_one_that_does_not_count_was_added(docgen: Docgen, folder: Path) -> None:
    figures = [body_figures(seed) for seed in range(3)]
    paths = write_bodies(folder / "收件", figures)
    tree = json.loads(paths[1].read_text(encoding="utf-8"))
    del tree["signature"]["date"]
    write_json(paths[1], tree)
    write_county(folder / "全县.xlsx", sum_of(figures))
    [found] = compared(docgen, folder)
    assert found["code"] == "B153"
    assert f"“{body_name(2)}”的数，它没有计入（有 1 处错误要改）" in found["message"]


def test_a_slip_is_told_by_its_cell_not_by_the_totals_that_follow(
    docgen: Docgen, folder: Path
) -> None:
    """Digits that changed places are told; of a total that follows from them nothing."""
    figures = [body_figures(seed) for seed in range(3)]
    write_bodies(folder / "收件", figures)
    slip = sum_of(figures)
    slip["disclosure.normative.issued"] = 21 if slip["disclosure.normative.issued"] == 12 else 12
    true = sum_of(figures)["disclosure.normative.issued"]
    write_county(folder / "全县.xlsx", slip)
    [found] = compared(docgen, folder)
    wrong = slip["disclosure.normative.issued"]
    assert found["code"] == "B150"
    assert (
        f"是 {wrong}，3 个机关加起来是 {true}，{'多' if wrong > true else '少'} "
        in found["message"]
    )


def test_digits_that_changed_places_are_told(docgen: Docgen, folder: Path) -> None:
    figures = [body_figures(1), body_figures(2)]
    for own, value in zip(figures, (30, 7), strict=True):
        own["disclosure.licensing.decided"] = value
    write_bodies(folder / "收件", figures)
    write_county(folder / "全县.xlsx", sum_of(figures) | {"disclosure.licensing.decided": 73})
    [found] = compared(docgen, folder)
    assert found["message"].endswith("是 73，2 个机关加起来是 37，多 36；像是两位数字写颠倒了")


def test_what_is_missing_may_be_what_is_more(docgen: Docgen, folder: Path) -> None:
    figures = [body_figures(seed) for seed in range(3)]
    paths = write_bodies(folder / "收件", figures)
    write_county(folder / "全县.xlsx", sum_of(figures))
    paths[0].unlink()
    write_roster(folder / "名单.csv", [body_name(n) for n in (1, 2, 3)])
    [found] = compared(docgen, folder, "--roster", folder / "名单.csv")
    assert found["code"] == "B155"
    assert f"“{body_name(1)}”" in found["message"]


def test_units_are_compared_by_their_names(docgen: Docgen, folder: Path) -> None:
    """The county lists them in an order of its own, and one of them is wrong."""
    text = (PROJECT / "docgen/forms/enforcement-zhejiang/example.json").read_text(encoding="utf-8")
    example = json.loads(text)
    for name in ("宁川县甲局", "宁川县乙局"):
        units = {
            key: [name] + [f"{name}{u}" for u in names[1:]]
            for key, names in example["units"].items()
        }
        write_example(folder / "收件", name, example, units=units)
    assert docgen("sum", "收件", "-o", "全县.xlsx", "--body", COUNTY).code == 0
    (folder / "全县.来源.xlsx").unlink()
    book = openpyxl.load_workbook(folder / "全县.xlsx")
    sheet = book["表一 行政处罚"]
    rows = {row[0].value: row for row in sheet.iter_rows()}
    one, other = rows["宁川县甲局"], rows["宁川县乙局"]
    one[0].value, other[0].value = other[0].value, one[0].value
    one[1].value, other[1].value = 13, 11  # both are 12
    book.save(folder / "全县.xlsx")

    found = compared(docgen, folder)
    assert [f["code"] for f in found] == ["B150", "B150"]
    assert {"宁川县甲局·警告、通报批评" in f["message"] for f in found} == {True, False}


def test_no_business_in_the_county_though_bodies_have_some(docgen: Docgen, folder: Path) -> None:
    text = (PROJECT / "docgen/forms/enforcement-zhejiang/example.json").read_text(encoding="utf-8")
    example = json.loads(text)
    write_example(folder / "收件", "宁川县甲局", example)
    county = json.loads(text.replace("宁川县市场监督管理局", COUNTY))
    county["absent"] = ["others"]
    for part in ("units", "figures"):
        del county[part]["others"]
    write_json(folder / "全县.json", county)
    run = docgen("check", "全县.json", "--against", "收件", "--json")
    assert "表四“整张”是 没有这项业务" in " ".join(f["message"] for f in told_of(run))


def test_the_county_among_the_returns_is_no_return(docgen: Docgen, folder: Path) -> None:
    figures = [body_figures(seed) for seed in range(2)]
    write_bodies(folder / "收件", figures)
    write_county(folder / "收件" / "全县.xlsx", sum_of(figures))
    run = docgen("check", "收件/全县.xlsx", "--against", "收件", "--json")
    assert [f["code"] for f in told_of(run)] == ["B156"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no workbook", b"\xd0\xcf\x11\xe0" * 100])
def test_a_trace_that_is_none_says_nothing(docgen: Docgen, folder: Path, data: bytes) -> None:
    """Whatever lies there, figures alone are looked at."""
    figures = [body_figures(seed) for seed in range(2)]
    write_bodies(folder / "收件", figures)
    more = figures[0]["disclosure.licensing.decided"] + 1000
    write_county(folder / "全县.xlsx", sum_of(figures) | {"disclosure.licensing.decided": more})
    (folder / "全县.来源.xlsx").write_bytes(data)
    assert [found["code"] for found in compared(docgen, folder)] == ["B150"]
