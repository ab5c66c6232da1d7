"""Against last year: what is told where something is missing, and changes of facts and amounts."""

from typing import Any

import pytest
from published import report as published
from years import codes, pair

Figures = dict[str, dict[str, Any]]


def requests(tree: dict[str, Any]) -> Figures:
    figures: Figures = tree["figures"]["requests"]
    return figures


def carried_out(last: dict[str, Any], **columns: int) -> None:
    """Last year's received and carried out, which balance."""
    for row in ("received", "carried_out"):
        requests(last)[row] |= columns


def test_a_missing_figure_hides_no_other(judge: Any, reference: dict[str, Any]) -> None:
    """The columns after one that is missing, in either year, are judged."""
    report, last = pair(reference)
    carried_out(last, natural=3, commercial=1, research=2, total=6)
    requests(report)["carried_in"]["natural"] = None
    (found,) = [f for f in judge(report, last) if f["code"] == "E711"]
    assert found["expected"] == "1；2；6"
    requests(last)["carried_out"]["commercial"] = None
    (found,) = [f for f in judge(report, last) if f["code"] == "E711"]
    assert found["expected"] == "2；6"
    assert [(p["address"], p["file"]) for p in found["places"]] == [
        (f"requests.{row}.{column}", file)
        for column in ("research", "total")
        for row, file in (("carried_in", "a.json"), ("carried_out", "last.json"))
    ]


def test_jumps_beside_what_is_missing(judge: Any, reference: dict[str, Any]) -> None:
    report, last = pair(reference)
    now, before = report["figures"]["disclosure"], last["figures"]["disclosure"]
    before["regulations"]["issued"] = None
    before["licensing"]["decided"], now["licensing"]["decided"] = 4, 25
    before["fees"]["amount"], now["fees"]["amount"] = 3, "30.5"
    found = {f["code"]: f["message"] for f in judge(report, last)}
    assert "有 2 个数比上年变动" in found["E713"]
    assert found["E713"].endswith(
        "→25件；表一“行政事业性收费·本年收费金额（单位：万元）”3→30.5万元"
    )


@pytest.mark.parametrize(("count", "more"), [(8, ""), (9, "等")])
def test_eight_figures_are_shown(
    judge: Any, reference: dict[str, Any], count: int, more: str
) -> None:
    """All are counted and placed."""
    report, last = pair(reference)
    rows = list(requests(last))[4 : 4 + count]
    for row in rows:
        requests(last)[row]["natural"] = 100
    found = {f["code"]: f for f in judge(report, last)}
    assert f"有 {count} 个数上年超过 20" in found["E714"]["message"]
    assert found["E714"]["message"].count("→") == 8
    assert found["E714"]["message"].endswith(f"100→0件{more}")
    assert len(found["E714"]["places"]) == count
    assert "有 " in found["E703"]["message"]


def test_last_year_without_a_year(judge: Any, reference: dict[str, Any]) -> None:
    report, last = pair(reference)
    (found,) = judge(report, last | {"year": None})
    assert found["message"].endswith("“last.json”没有年度，不是上一年的")
    (found,) = judge(report, last | {"year": 2022})
    assert found["message"].endswith("“last.json”是 2022 年度的，不是上一年的")


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("甲镇人民政府", "甘河子镇"), []),
        (("乌苏市甘河子镇人民政府", "甲镇"), []),
        (("甲镇人民政府", "甲镇"), ["E702"]),
        (("甲镇人民政府", None), ["E702"]),
    ],
)
def test_one_body(
    judge: Any, reference: dict[str, Any], names: tuple[str, str | None], found: list[str]
) -> None:
    """By its name or by its short name."""
    report, last = pair(reference)
    last["body"] |= {"name": names[0], "short_name": names[1]}
    assert codes([f for f in judge(report, last) if f["code"] != "E703"]) == found


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("较2022年有所提高，较2023年也是。", ["年份“2022年”"]),
        ("较2021年有所提高。", []),
        ("培训320人。", []),
        ("共培训320次。", ["数“320次”"]),
        ("共培训32次。", ["数“32次”"]),
        ("培训 320 次。", []),
        ("共训9次，共320次。", ["数“320次”"]),
        ("平均1.5次，全年9次。", ["数“1.5次”"]),
    ],
)
def test_kept_sentences(
    judge: Any, reference: dict[str, Any], sentence: str, told: list[str]
) -> None:
    """The first that is of last year is named; a sentence of a few words may be the same."""
    report, last = pair(reference)
    for tree in (report, last):
        tree["sections"]["overview"].append(sentence)
    found = [f["message"] for f in judge(report, last) if f["code"] == "E716"]
    assert [message.rpartition("还带着")[2] for message in found] == told


#: Texts of 宿迁 2024 beside 2023: new requests 3511, all received 3607, 59237.2449 万元 of fees.
CHANGES = [
    ("全市新收政府信息公开申请3525件，同比增长1.4%；全市新收政府信息公开申请3525件，同比增长0.4%。",
     ["1.4%→0.4%"]),
    ("新收政府信息公开申请3525件，同比减少14件。", ["14件→14件"]),
    ("新收政府信息公开申请3525件，同比增加14件。", []),
    ("新收政府信息公开申请3525件，同比增加15件。", ["15件→14件"]),
    ("全市共收到政府信息公开申请3646件，较上年增长2.08%。", ["2.08%→1.08%"]),
    ("全市共收到政府信息公开申请3646件，较上年的3512件有所增加。", ["3512件→3511 或 3607"]),
    ("全市共收到政府信息公开申请3646件，较上年的3607件有所增加。", []),
    ("全市新收政府信息公开申请3525件，较上年的3512人有所增加。", []),
    ("新收政府信息公开申请3525件，其中新收政府信息公开申请3525件，较上年的3512件有所增加。", []),
    ("全市新收政府信息公开申请3525件，其中新收政府信息公开申请3525件，同比增长9%。", []),
    ("培训12场，同比增长20%。培训12场，较上年的3件有所增加。", []),
    # amounts are compared in the unit they are stated in
    ("行政事业性收费72701.2578万元，较上年增长22.7%。", []),
    ("行政事业性收费72701.2578万元，较上年增长5%。", ["5%→22.7%"]),
    ("行政事业性收费7.27亿元，较上年增长5%。", ["5%→22.7%"]),
    ("行政事业性收费72701.26万元，同比增加13464.02万元。", []),
    ("行政事业性收费72701.26万元，同比增加13465.02万元。", ["13465.02万元→13464.02万元"]),
    ("行政事业性收费72701.26万元，较上年的59237.24万元有所增加。", []),
    ("行政事业性收费72701.26万元，较上年的72701万元有所增加。", ["72701万元→59237.2449"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), CHANGES)
def test_changes(judge: Any, text: str, told: list[str]) -> None:
    report, last = published("suqian_2024"), published("suqian_2023")
    report["sections"] = report["sections"] | {"overview": [text]}
    found = [f for f in judge(report, last) if f["code"] in ("E516", "E517")]
    assert [f"{f['actual']}→{f['expected']}" for f in found] == told
