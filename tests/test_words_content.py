"""What the text must say, powers, persons' numbers, other bodies; optional facts in every kind."""

from pathlib import Path
from typing import Any

import pytest
from busy import read, write_folder, write_xlsx
from door import Docgen, write_json
from texts import codes, findings, of_level, quiet, with_text


@pytest.mark.parametrize(
    "text",
    [
        *("无", "无。", "（一）存在的主要问题：无。", "暂无问题。", "本年度没有问题。", "不存在。"),
        *("（一）存在问题：无。（二）改进措施：无。", "我单位不存在主要问题及需要改进的情况。"),
        *("/", "—", "目前暂未发现问题。", "同上年。"),
    ],
)
def test_problems_that_are_none(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str
) -> None:
    report = quiet(reference)
    report["sections"]["problems"] = [text]
    assert codes(docgen, folder, report) == ["E804"]


def test_headings_with_nothing_under_them(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    report = quiet(reference)
    report["sections"]["problems"] = ["（一）存在的主要问题", "无。", "（二）改进措施", "无。"]
    (finding,) = findings(docgen, folder, report)
    assert (finding["code"], finding["places"][0]["address"]) == ("E804", "sections.problems.1")


def test_the_five_parts(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """In the headings where there are any, else anywhere in the section."""
    report = quiet(reference)
    report["sections"]["overview"] = [
        "（一）主动公开。考核评议情况见平台。",
        "（二）依申请公开。略。",
    ]
    (finding,) = findings(docgen, folder, report)
    assert finding["code"] == "E801"
    assert finding["message"].endswith("：政府信息管理、政府信息公开平台建设、监督保障")
    report["sections"]["overview"] = ["主动公开、依申请公开、信息管理、平台建设、考核评议都有。"]
    assert codes(docgen, folder, report) == []


@pytest.mark.parametrize(("level", "found"), [("township", ["E803"]), ("department", [])])
def test_appraisal(
    docgen: Docgen, folder: Path, reference: dict[str, Any], level: str, found: list[str]
) -> None:
    """Governments owe it, departments do not."""
    report = quiet(reference)
    report["sections"]["overview"][3] = "（三）平台建设和监督保障情况。加强检查。"
    of_level(report, level)
    assert codes(docgen, folder, report) == found


@pytest.mark.parametrize(
    ("level", "found"),
    [
        ("township", ["E851"]),
        ("county", ["E851"]),
        ("department", ["E852"]),
        ("prefecture", []),
        ("province", []),
    ],
)
def test_regulations(
    docgen: Docgen, folder: Path, reference: dict[str, Any], level: str, found: list[str]
) -> None:
    report = quiet(reference)
    of_level(report, level)
    report["figures"]["disclosure"]["regulations"]["in_force"] = 2
    assert codes(docgen, folder, report) == found
    if found:
        (finding,) = findings(docgen, folder, report)
        assert [p["address"] for p in finding["places"]] == ["disclosure.regulations.in_force"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证号码：530125199003071213", ["E861"]),  # its check digit is wrong
        ("身份证110105491231002", ["E861"]),  # of 15 digits
        ("编号为530125199003071213", []),
        ("编号为110105491231002", []),
    ],
)
def test_a_number_said_to_be_a_persons(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str, found: list[str]
) -> None:
    assert codes(docgen, folder, with_text(reference, f"申请人张某，{text}。")) == found


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("11010519491231002X", "身份证号码"),
        ("１１０１０５１９４９１２３１００２X", "身份证号码"),
        ("13812345678", "手机号码"),
        ("138 1234 5678", "手机号码"),
        ("138.1234.5678", "手机号码"),
        ("138—1234—5678", "手机号码"),
        ("6222600260001072444", "银行卡号"),
        ("6222 6002 6000 1072 444", "银行卡号"),
        ("6229123456789991", "银行卡号"),
        ("6229123456789993511", "银行卡号"),
        ("659123198712314565", "身份证号码"),
        ("659123198712314573", "身份证号码"),
        ("8613812345678", "手机号码"),
    ],
)
def test_a_persons_number(
    docgen: Docgen, folder: Path, reference: dict[str, Any], number: str, what: str
) -> None:
    """It is named by its kind, and never repeated in what docgen says."""
    text = f"申请人张某（{number}）于当月提出申请。"
    run = docgen("check", write_json(folder / "a.json", with_text(reference, text)), "--json")
    (finding,) = run.lines[0]["findings"]
    assert (finding["code"], finding["severity"]) == ("E861", "error")
    assert what in finding["message"]
    digits = number.replace(" ", "")
    assert number not in run.out
    assert digits[4:10] not in run.out.replace(" ", "")


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",
        "12812345678",
        "6222600260001072445",
        "0992-8723456",
        "20240120001",
        "659123198712314562",
        "6229123456789992",
        "622912345678993",
        "0000000000000000",
        "62291234567899935122",
    ],
)
def test_other_long_numbers(
    docgen: Docgen, folder: Path, reference: dict[str, Any], number: str
) -> None:
    """Wrong check digits, landlines and file numbers are not a person's."""
    text = f"登记编号为{number}的事项已办理完毕。"
    assert codes(docgen, folder, with_text(reference, text)) == []


def test_numbers_are_masked_in_other_findings(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    text = "申请人电话13812345678,已答复。"
    run = docgen("check", write_json(folder / "a.json", with_text(reference, text)), "--json")
    assert sorted(run.codes) == ["E823", "E861"]
    assert "12345" not in run.out


def test_neighbours(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """Names given as those of others; the body's own is never one."""
    report = with_text(reference, "白杨沟镇高度重视政务公开工作。", "甘河子镇加强监督。")
    assert codes(docgen, folder, report) == ["E834"]
    report["neighbours"] = ["白杨沟镇", "八十四户乡", "甘河子镇"]
    (finding,) = findings(docgen, folder, report)
    assert (finding["code"], finding["actual"]) == ("E833", "白杨沟镇")
    assert finding["places"][0]["address"] == "sections.overview.4"


@pytest.mark.parametrize(
    ("value", "found"), [([1], ["R105", "E834"]), ("白杨沟镇、古尔图镇", ["E833"])]
)
def test_neighbours_as_they_come(
    docgen: Docgen, folder: Path, reference: dict[str, Any], value: object, found: list[str]
) -> None:
    report = with_text(reference, "白杨沟镇高度重视政务公开工作。") | {"neighbours": value}
    assert codes(docgen, folder, report) == found


def test_optional_facts_in_every_kind(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """上报期限 and 相邻机关 are the same in JSON, CSV and XLSX; without them no row is there."""
    report = quiet(reference) | {"deadline": "2月20日", "neighbours": ["白杨沟镇", "古尔图镇"]}
    report["signature"]["date"] = "2025-02-21"
    given = read(write_json(folder / "a.json", report))
    assert given.neighbours == ("白杨沟镇", "古尔图镇")
    write_folder(given, folder / "b")
    write_xlsx(given, folder / "c.xlsx")
    assert read(folder / "b") == given
    assert read(folder / "c.xlsx") == given
    for name in ("a.json", "b", "c.xlsx"):
        assert docgen("check", name, "--json").codes == ["E606"]
    plain = (folder / "b" / "基本情况.csv").read_text(encoding="utf-8-sig")
    assert "上报期限,2025年2月20日" in plain
    write_folder(given.model_copy(update={"deadline": None, "neighbours": ()}), folder / "d")
    plain = (folder / "d" / "基本情况.csv").read_text(encoding="utf-8-sig")
    assert "上报期限" not in plain


@pytest.mark.parametrize(
    "text",
    [
        "《" * 4000,
        "2023年" * 3000,
        "（" * 9000,
        "一是" * 4000,
        "1 " * 5000,
        "，" * 9000,
        " " * 9000 + "件。",
    ],
)
def test_hostile_text_takes_no_time(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str
) -> None:
    """Nothing runs away; the clock itself is read in benchmarks/."""
    assert codes(docgen, folder, with_text(reference, f"甲{text}乙"))


@pytest.mark.parametrize("address", ["title", "signature.name"])
def test_neighbours_outside_the_text(
    docgen: Docgen, folder: Path, reference: dict[str, Any], address: str
) -> None:
    report = quiet(reference) | {"neighbours": ["白杨沟镇"]}
    if address == "title":
        report["title"] = "白杨沟镇2024年政府信息公开工作年度报告"
    else:
        report["signature"]["name"] = "乌苏市白杨沟镇人民政府"
    found = [f for f in findings(docgen, folder, report) if f["code"] == "E833"]
    assert [f["places"][0]["address"] for f in found] == [address]


def test_a_power_in_words(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """The first of the figures that cannot be, and what the body's level is called."""
    report = quiet(reference)
    report["figures"]["disclosure"]["regulations"] |= {"issued": 3, "in_force": 4}
    (finding,) = findings(docgen, folder, report)
    assert "“规章”有数（本年制发件数为 3），乡镇级机关不能制定规章" in finding["message"]
    assert len(finding["places"]) == 2


@pytest.mark.parametrize(
    ("before", "found"), [("统一社会信用代码：", []), ("信用代码", []), ("卡的代码：", ["E861"])]
)
def test_a_credit_code(
    docgen: Docgen, folder: Path, reference: dict[str, Any], before: str, found: list[str]
) -> None:
    """The number of an organisation is no person's."""
    text = f"{before}6222600260001072444。"
    assert codes(docgen, folder, with_text(reference, text)) == found
