"""Figures typed in the text are held against the tables, each at its place with both values."""

import random
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from busy import as_json, busy_report, read
from door import INPUTS, Docgen, write_json
from published import report
from sound import sound_figures

from docgen.prose.numerals import numbers, read_words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12件", 12), ("1,234件", 1234), ("1，234，567件", 1234567), ("十二件", 12), ("十件", 10),
        ("一百二十件", 120), ("一百零五件", 105), ("两件", 2), ("两千零三件", 2003), ("零件", 0),
        ("〇件", 0), ("一万二千三百四十五件", 12345), ("三亿零五万件", 300050000),
        ("一万零二亿三千四百件", 1000200003400), ("二亿三亿件", 20000000300000000), ("0件", 0),
        ("百分之三十三点九", "33.9"), ("12.50%", "12.50"), ("3.5万元", "3.5"), ("12。", 12),
    ],
)  # fmt: skip
def test_numbers(text: str, value: Any) -> None:
    (number,) = numbers(text)
    assert number.value == Decimal(value)


@pytest.mark.parametrize("text", ["约12件", "120余件", "近百件", "12件以上", "1.2万件", "超过5件"])
def test_about_is_no_number(text: str) -> None:
    assert [number.value for number in numbers(text)] == [None]


@pytest.mark.parametrize(
    "text", ["第二十条", "第711号", "2024年", "〔2020〕109号", "二〇二四年", "一一件", "十十"]
)
def test_names_are_no_counts(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize("words", ["", "点", "点五", "五点", "一二", "二三十"])
def test_no_number_words(words: str) -> None:
    assert read_words(words) is None


#: A published report, a sentence about it, and what is found: code, place, stated, right.
WRONG: list[tuple[str, str, list[tuple[str, str, str, str]]]] = [
    # known faults of published reports
    ("suqian_2024", "全市因政府信息公开备案行政复议134件、行政诉讼57件。", [
        ("E511", "disputes.review.total", "134件", "170"),
        ("E511", "disputes.suit_direct.total", "57件", "77")]),
    ("suqian_2024", "全市收到政府信息公开申请3646件，较2023年的3607件增长1.05%。", [
        ("E516", "", "1.05%", "1.08%")]),
    ("shanghai_office_2019", "办结政府信息公开申请805件，其中予以公开和部分公开258件，"
     "不予公开35件，无法提供265件，"
     "不予处理158件，其他处理0件。", [("E513", "", "805", "716")]),
    ("shuyang_gov_2025", "2025年本机关收到政府信息公开申请17件。", [
        ("E511", "requests.received.total", "17件", "713 或 749")]),
    ("shuyang_gov_2025", "公开信息3437条，包括：人事信息12条，政务动态1740条，公告公示225条，"
     "解读及回应信息110条，其他类信息1827条。", [("E513", "", "3437", "3914")]),
    ("shuyang_gov_2025", "因政府信息公开被申请行政复议61件，均获维持。", [
        ("E511", "disputes.review.upheld", "61件", "27")]),
    # every way of writing
    ("shuyang_gov_2025", "全县收到政府信息公开申请７５０件。", [
        ("E511", "requests.received.total", "750件", "713 或 749")]),
    ("shuyang_gov_2025", "全县收到政府信息公开申请 七百五十 件。", [
        ("E511", "requests.received.total", "750件", "713 或 749")]),
    ("suqian_2024", "全市共收到3,647件政府信息公开申请。", [
        ("E511", "requests.received.total", "3647件", "3525 或 3646")]),
    ("shuyang_gov_2025", "全县未收到政府信息公开申请。", [
        ("E511", "requests.received.total", "0（没有）", "713 或 749")]),
    ("shuyang_gov_2025", "我县没有接到公民、法人提出的依申请公开事项。", [
        ("E511", "requests.received.total", "0（没有）", "713 或 749")]),
    # every kind of fact
    ("shuyang_gov_2025", "新收申请714件，上年结转37件，办结申请717件，"
     "结转下年度30件，均为政府信息公开申请。", [
        ("E511", "requests.received.total", "714件", "713"),
        ("E511", "requests.carried_in.total", "37件", "36"),
        ("E511", "requests.handled.total", "717件", "718"),
        ("E511", "requests.carried_out.total", "30件", "31")]),
    ("shuyang_gov_2025", "依申请公开：予以公开295件，部分公开102件，"
     "不予公开33件，无法提供114件，不予处理20件，"
     "其他处理160件。", [
        ("E511", "requests.granted.total", "295件", "294"),
        ("E511", "requests.partial.total", "102件", "101"),
        ("E511", "requests.denied_secret.total", "33件", "32"),
        ("E511", "requests.unable_not_held.total", "114件", "113"),
        ("E511", "requests.rejected_petition.total", "20件", "19"),
        ("E511", "requests.closed_uncorrected.total", "160件", "159")]),
    ("shuyang_gov_2025", "申请中，重复申请8件，自然人申请740件。依申请公开工作平稳。", [
        ("E511", "requests.rejected_duplicate.total", "8件", "7"),
        ("E511", "requests.received.natural", "740件", "705 或 741 或 710")]),
    ("shuyang_gov_2025", "因政府信息公开被申请行政复议六十二件，"
     "其中维持28件；未经复议直接起诉4起，复议后起诉11起。", [
        ("E511", "disputes.review.total", "62件", "61"),
        ("E511", "disputes.review.upheld", "28件", "27"),
        ("E511", "disputes.suit_direct.total", "4起", "3"),
        ("E511", "disputes.suit_after_review.total", "11起", "10")]),
    ("shuyang_gov_2025", "全县未发生行政复议、行政诉讼案件。", [
        ("E511", "disputes.review.total", "0（没有）", "61"),
        ("E511", "disputes.suit_direct.total", "0（没有）", "13")]),
    ("shuyang_gov_2025", "制发行政规范性文件7件，废止行政规范性文件2件，"
     "现行有效行政规范性文件33件。", [
        ("E511", "disclosure.normative.issued", "7件", "6"),
        ("E511", "disclosure.normative.repealed", "2件", "1"),
        ("E511", "disclosure.normative.in_force", "33件", "32")]),
    ("suqian_2024", "制定政府规章3件，作出行政许可决定1573178件、"
     "行政处罚决定1件、行政强制决定2件。", [
        ("E511", "disclosure.regulations.issued", "3件", "2"),
        ("E511", "disclosure.licensing.decided", "1573178件", "1573179"),
        ("E511", "disclosure.penalty.decided", "1件", "2676474"),
        ("E511", "disclosure.coercion.decided", "2件", "29351")]),
    ("suqian_2024", "行政事业性收费72701.2万元。", [
        ("E511", "disclosure.fees.amount", "72701.2万元", "72701.2578万元")]),
    ("suqian_2024", "制发行政规范性文件50件，废止228件，现行有效419件。", [
        ("E511", "disclosure.normative.repealed", "228件", "227"),
        ("E511", "disclosure.normative.in_force", "419件", "420")]),
    ("suqian_2024", "全市新收政府信息公开申请3525件，其中自然人3558件。", [
        ("E511", "requests.received.natural", "3558件", "3440")]),
    ("suqian_2024", "依申请公开中，信访举报投诉类申请87件，属于行政查询事项14件。", [
        ("E511", "requests.denied_inquiry.total", "14件", "13")]),
    ("suqian_2024", "2024年，我市主动公开政府信息120条。全年主动公开政府信息130条。", [
        ("E512", "", "130条", "120条")]),
    # the text against itself
    ("suqian_2024", "收取信息处理费2230元。核对后收取信息处理费2330元。", [
        ("E512", "", "2330元", "2230元")]),
    ("suqian_2024", "发放资料500份（宣传册300份、宣传单210份）。", [("E513", "", "500", "510")]),
    ("suqian_2024", "申请办结情况：予以公开1431件，占39.3%；部分公开471件，占23.4%。", [
        ("E514", "", "23.4%", "13.4% 或 12.9%")]),
    ("shuyang_gov_2025", "全县收到政府信息公开申请749件。本机关收到政府信息公开申请17件。", [
        ("E515", "", "17件", "749件")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "sentence", "expected"), WRONG)
def test_wrong(
    docgen: Docgen,
    folder: Path,
    name: str,
    sentence: str,
    expected: list[tuple[str, str, str, str]],
) -> None:
    given = report(name)
    given["sections"] = given["sections"] | {"overview": ["总体平稳。", sentence]}
    run = docgen("check", write_json(folder / "a.json", given), "--json")
    found = [f for f in run.lines[0]["findings"] if f["code"].startswith("E51")]
    for finding in found:
        first = finding["places"][0]
        assert (first["cell"], first["file"]) == ("sections.overview 第 2 段", "a.json")
        assert finding["cure"]
        assert finding["actual"].removesuffix("（没有）") in finding["message"]
    seen = [
        (f["code"], f["places"][1]["address"] if len(f["places"]) > 1 else "", f["actual"],
         f["expected"])
        for f in found
    ]  # fmt: skip
    assert sorted(seen) == sorted(expected)


def test_severity_and_quote(docgen: Docgen, folder: Path) -> None:
    """A contradiction stops the issue; a long sentence is quoted around the number."""
    given = report("shuyang_gov_2025")
    long = "我县认真贯彻落实政府信息公开条例，" * 8 + "全县收到政府信息公开申请750件。"
    given["sections"] = given["sections"] | {"overview": [long]}
    run = docgen("check", write_json(folder / "a.json", given), "--json")
    (finding,) = [f for f in run.lines[0]["findings"] if f["code"] == "E511"]
    assert (run.code, finding["severity"]) == (1, "error")
    assert "…" in finding["message"]
    assert "申请750件" in finding["message"]
    assert len(finding["message"]) < 200


def test_all_occurrences(docgen: Docgen, folder: Path) -> None:
    """The same wrong number in three places is told three times."""
    given = report("shuyang_gov_2025")
    sentence = "全县收到政府信息公开申请750件。"
    given["preface"] = [sentence]
    given["sections"] = given["sections"] | {"overview": [sentence], "problems": [sentence]}
    run = docgen("check", write_json(folder / "a.json", given), "--json")
    found = [f["places"][0]["cell"] for f in run.lines[0]["findings"] if f["code"] == "E511"]
    assert found == [
        f"{key} 第 1 段" for key in ("preface", "sections.overview", "sections.problems")
    ]


def test_change_against_last_year(docgen: Docgen, folder: Path) -> None:
    """With last year's report at hand 同比 is recomputed; without it nothing is said."""
    this, last = report("suqian_2024"), report("suqian_2023")
    text = "全市共受理政府信息公开申请3646件，同比增长1.05%。"
    this["sections"] = this["sections"] | {"overview": [text]}
    write_json(folder / "2023.json", last)
    path = write_json(folder / "2024.json", this)
    run = docgen("check", path, "--previous", "2023.json", "--json")
    (finding,) = [f for f in run.lines[0]["findings"] if f["code"] == "E516"]
    assert (finding["actual"], finding["expected"]) == ("1.05%", "1.08%")


#: Bound sentences, and what each of their figures is called.
BOUND = [
    "2024年新收政府信息公开申请{{ 本年新收 }}件，上年结转{{ 上年结转 }}件。",
    "办结政府信息公开申请{{ 办理总计 }}件，结转下年度继续办理{{ 结转下年 }}件。",
    "依申请公开予以公开{{ 予以公开 }}件、部分公开{{ 部分公开 }}件、不予公开{{ 不予公开 }}件、"
    "无法提供{{ 无法提供 }}件、不予处理{{ 不予处理 }}件、其他处理{{ 其他处理 }}件。",
    "因政府信息公开被申请行政复议{{ 行政复议 }}件，被提起行政诉讼{{ 行政诉讼 }}件。",
    "制发行政规范性文件{{ 规范性文件制发 }}件，"
    "作出行政处罚{{ 行政处罚 }}件，行政强制{{ 行政强制 }}件。",
    "办结政府信息公开申请{{ 办理总计 }}件，"
    "予以公开{{ 予以公开 }}件，占{{ 予以公开 | 占 办理总计 }}。",
]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_bound_text_agrees_and_a_changed_number_does_not(
    docgen: Docgen, folder: Path, seed: int
) -> None:
    """Random sound figures worded by bindings raise nothing; one number changed always does."""
    chance = random.Random(seed)
    figures = sound_figures(lambda: chance.choice([0, 1, chance.randrange(500)]), Decimal(3))
    tree = as_json(busy_report(read(INPUTS / "2024.json")).model_copy(update={"figures": figures}))
    if not figures["requests.handled.total"]:
        return
    tree["sections"]["overview"] = BOUND
    path = write_json(folder / "a.json", tree)
    run = docgen("check", path, "--json")
    assert not [code for code in run.codes if code.startswith("E5")]
    texts = read(path).sections["overview"]
    for number, text in enumerate(texts):
        for count in (n for n in numbers(text) if n.unit == "件"):
            wrong = f"{(count.value or 0) + chance.randrange(1, 9)}件"
            changed = list(texts)
            changed[number] = text[: count.start] + wrong + text[count.end :]
            tree["sections"]["overview"] = changed
            run = docgen("check", write_json(path, tree), "--json")
            assert "E511" in run.codes, changed[number]


@pytest.mark.parametrize(
    "piece", ["其他组织", "公民、法人", "政府信息公开", "第一百二十", "（1件", "占1件"]
)
def test_hostile_text_takes_no_time(docgen: Docgen, folder: Path, piece: str) -> None:
    """No text makes a search run away."""
    given = report("suqian_2024")
    text = "未收到" + piece * 3000 + "申请12件，未发生复议诉讼。"
    given["sections"] = given["sections"] | {"overview": [text]}
    path = write_json(folder / "a.json", given)
    start = time.process_time()
    docgen("check", path, "--json")
    assert time.process_time() - start < 10
