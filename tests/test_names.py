"""The body's name: one character wrong, or another body's, is found; what is only short is not."""

from pathlib import Path
from typing import Any

import pytest
from door import Docgen
from texts import codes, findings, quiet, with_text

#: The body is 乌苏市甘河子镇人民政府, 甘河子镇 for short.
WRONG = [
    ("overview", "2024年，白杨沟镇高度重视政务公开工作。", "白杨沟镇"),
    ("overview", "2024年，乌苏市白杨沟镇人民政府严格落实各项制度。", "乌苏市白杨沟镇人民政府"),
    ("overview", "在甘河仔镇便民中心设有公开栏。", "甘河仔镇"),
    ("overview", "2024年，八十四户乡收到来信若干。", "八十四户乡"),
    ("overview", "经甘沟子镇党政联席会议研究，成立领导小组。", "甘沟子镇"),
    ("overview", "由乌苏市甘河仔镇人民政府负责解释。", "乌苏市甘河仔镇人民政府"),
    ("overview", "在上级的指导下，古尔图镇深入推进政务公开。", "古尔图镇"),
    ("overview", "本年度，古尔图镇未收取信息处理费。", "古尔图镇"),
    ("overview", "工作有序。古尔图镇本年度受理的事项全部办结。", "古尔图镇"),
    ("preface", "现公布古尔图镇2024年政府信息公开工作年度报告。", "古尔图镇"),
    ("preface", "按照要求，古尔图镇编制本报告。", "古尔图镇"),
    ("preface", "本年度报告由古尔图镇按照《中华人民共和国政府信息公开条例》编制。", "古尔图镇"),
]
SOUND = [
    "2024年，甘河子镇高度重视政务公开工作。",
    "2024年，乌苏市甘河子镇人民政府严格落实各项制度。",
    "2024年，我镇全面推行乡镇政务公开，各村镇积极参与。",
    "2024年，深入推进乡镇政务公开标准化建设。",
    "2024年，全镇持续优化营商环境，乌苏市积极给予支持。",
    "与白杨沟镇、八十四户乡开展交流，互查互学。",
    "2024年，乌苏市人民政府办公室按照《工作要点》组织抽查。",
    "甘河子村、甘河子镇中心小学均设有公开栏。",
    "由镇政府编制公开目录，并按照《目录》逐项公开。",
]


@pytest.mark.parametrize(("section", "text", "named"), WRONG)
def test_another_name(
    docgen: Docgen, folder: Path, reference: dict[str, Any], section: str, text: str, named: str
) -> None:
    report = with_text(reference, text, section=section)
    (finding,) = findings(docgen, folder, report)
    told = ("E836", "error") if section == "preface" else ("E834", "warning")
    assert (finding["code"], finding["severity"]) == told
    assert (finding["actual"], finding["expected"]) == (named, "甘河子镇")
    paragraphs = report["preface"] if section == "preface" else report["sections"][section]
    prefix = section if section == "preface" else f"sections.{section}"
    assert finding["places"][0]["address"] == f"{prefix}.{len(paragraphs) - 1}"


@pytest.mark.parametrize("text", SOUND)
def test_no_other_name(docgen: Docgen, folder: Path, reference: dict[str, Any], text: str) -> None:
    assert codes(docgen, folder, with_text(reference, text)) == []


def test_one_finding_a_sentence(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """And none for a name that a list of neighbours has: that is told of as E833."""
    text = "2024年，古尔图镇严格落实制度，经甘沟子镇研究。2024年，白杨沟镇认真总结。"
    report = with_text(reference, text)
    assert codes(docgen, folder, report) == ["E834", "E834"]
    report["neighbours"] = ["古尔图镇", "白杨沟镇"]
    assert codes(docgen, folder, report) == ["E833", "E833", "E834"]


@pytest.mark.parametrize(
    ("name", "short", "level", "text", "found"),
    [
        ("沭阳县人民政府", "沭阳县", "county", "2024年，泗阳县将继续推进。", ["泗阳县"]),
        ("沭阳县人民政府", "沭阳县", "county", "2024年，胡集镇严格落实制度，泗阳县前来交流。", []),
        ("宿迁市人民政府", "宿迁市", "prefecture", "2024年，泗阳县持续发力，沭阳县积极创新。", []),
        ("乌苏市教育局", "市教育局", "department", "与乌苏市体育局、市体育局共同推进。", []),
        ("乌苏市教育局", "市教育局", "department", "2024年，市体育局认真落实要求。", ["市体育局"]),
        ("乌苏市教育局", "市教育局", "department", "乌北市教育局设有公开栏。", ["乌北市教育局"]),
        ("乌苏市教育局", "市教育局", "department", "与乌苏县教育局共同推进。", []),
        ("乌苏市教育局", "市教育局", "department", "乌鲁市教育局设有公开栏。", ["乌鲁市教育局"]),
        ("乌苏市教育局", None, "department", "2024年，市教育局认真落实各项要求。", []),
        ("甲镇人民政府", "甲镇", "township", "乙镇参与共建，2024年，丙镇严格落实。", ["丙镇"]),
        ("新北区人民政府", None, "county", "新南区人民政府也参与。", ["新南区人民政府"]),
        ("滨海新区管理中心", None, "department", "滨河新区管理中心与滨海新园管理中心。", []),
        ("滨海新区管理中心", None, "department", "2024年，市服务中心严格落实。", ["市服务中心"]),
        ("某某委员会", "某委", "department", "2024年，某某委严格落实。", []),
        ("乌苏市人民政府", "乌苏市", "county", "乌鲁市与乌苏县的代表参加。", []),
        ("乌木苏市人民政府", "乌木苏市", "county", "乌林苏市与乌木苏县参加。", ["乌林苏市"]),
    ],
)  # fmt: skip
def test_bodies_of_other_kinds(
    docgen: Docgen,
    folder: Path,
    reference: dict[str, Any],
    name: str,
    short: str | None,
    level: str,
    text: str,
    found: list[str],
) -> None:
    """A county speaks of its towns and offices; a department of others that it works with."""
    report = with_text(reference, text)
    plain = str(report["sections"]["overview"]), str(report["sections"]["problems"])
    assert any("甘河子镇" in one for one in plain)
    for key in ("overview", "problems"):
        texts = report["sections"][key]
        own = [one.replace("甘河子镇", "本机关").replace("我镇", "本机关") for one in texts]
        report["sections"][key] = own
    report["preface"] = ["现将情况报告如下："]
    report["body"] = {"name": name, "level": level} | ({"short_name": short} if short else {})
    report["title"] = f"{name}2024年政府信息公开工作年度报告"
    report["signature"] |= {"name": name, "date": "2025-01-20"}
    told = [f["actual"] for f in findings(docgen, folder, report) if f["code"] == "E834"]
    assert told == found


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("甘河子镇2024年政府信息公开工作年度报告", []),
        ("乌苏市甘河子镇人民政府\n2024年政府信息公开工作年度报告", []),
        ("新疆乌苏市甘河子镇人民政府二零二四年度政府信息公开工作年度报告", []),
        ("乌苏市甘河子镇人民政府办公室2024年政府信息公开工作年度报告", []),
        ("2024年政府信息公开工作年度报告", []),
        ("白杨沟镇2024年政府信息公开工作年度报告", ["E834"]),
        ("甘河仔镇政府信息公开工作2024年度报告", ["E834"]),
        ("甘河子镇2024年政府信息公开年度报告", ["E402"]),
        ("甘河子镇2024年政府信息公干工作年度报告", ["E402"]),
        ("甘河子镇2024年工作总结", ["E402"]),
    ],
)
def test_the_title(
    docgen: Docgen, folder: Path, reference: dict[str, Any], title: str, found: list[str]
) -> None:
    assert codes(docgen, folder, quiet(reference) | {"title": title}) == found


def test_what_the_title_should_say(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    report = quiet(reference) | {"title": "甘河子镇2024年政府信息公开年度报告"}
    (finding,) = findings(docgen, folder, report)
    assert (finding["expected"], finding["severity"]) == ("2024年政府信息公开工作年度报告", "note")
    assert finding["places"][0]["address"] == "title"


@pytest.mark.parametrize(
    ("part", "key", "name", "found"),
    [
        ("signature", "name", "乌苏市甘河子镇人民政府办公室", []),
        ("signature", "name", "甘河子镇人民政府", []),
        ("signature", "name", "乌苏市白杨沟镇人民政府", ["signature.name"]),
        ("signature", "name", "乌苏市甘河子镇人民政斧", ["signature.name"]),
        ("body", "short_name", "甘河仔镇", ["body.short_name"]),
        ("body", "name", "乌苏市甘河仔镇人民政府", ["title", "body.short_name", "signature.name"]),
    ],
)
def test_the_other_facts(
    docgen: Docgen,
    folder: Path,
    reference: dict[str, Any],
    part: str,
    key: str,
    name: str,
    found: list[str],
) -> None:
    """Each name that is not the body's is told of beside the body's name."""
    report = quiet(reference)
    report[part][key] = name
    about_facts = [f for f in findings(docgen, folder, report) if len(f["places"]) > 1]
    assert [f["places"][0]["address"] for f in about_facts] == found
    assert all(f["places"][1]["address"] == "body.name" for f in about_facts)
