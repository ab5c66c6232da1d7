"""What must not leave the house, and what was lost on the way: found, and nothing like it."""

from pathlib import Path
from typing import Any

import pytest
from door import Docgen
from texts import codes, findings, of_year, quiet, with_text

TITLE = "甘河子镇2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("（征求意见稿）", "征求意见稿"),
        ("(送审稿)", "送审稿"),
        ("【讨论稿】", "讨论稿"),
        ("（草案）", "草案"),
        ("（审议稿）", "审议稿"),
        ("（代拟稿）", "代拟稿"),
        ("——初稿", "初稿"),
        ("（第二稿）", "第二稿"),
        ("（讨论用）", "讨论用"),
    ],
)
def test_marks_of_a_draft(
    docgen: Docgen, folder: Path, reference: dict[str, Any], mark: str, said: str
) -> None:
    """In the title; and nothing else is said of the same words."""
    (finding,) = findings(docgen, folder, quiet(reference) | {"title": f"{TITLE}{mark}"})
    assert (finding["code"], finding["severity"]) == ("E835", "error")
    assert (finding["actual"], finding["places"][0]["address"]) == (said, "title")


FAULTS = [
    ("（送审稿）", "E835", "送审稿"),
    ("征求意见稿", "E835", "征求意见稿"),
    ("机密★1年", "E862", "机密★1年"),
    ("秘密★", "E862", "秘密★"),
    ("绝密", "E862", "绝密"),
    ("密级：秘密。", "E862", "密级：秘密"),
    ("（内部资料，注意保存）", "E862", "（内部资料，注意保存）"),
    ("内部资料", "E862", "内部资料"),
    ("详见http://10.12.3.4:8080。", "E863", "http://10.12.3.4:8080"),
    ("详见172.16.0.9。", "E863", "172.16.0.9"),
    ("详见172.31.255.1。", "E863", "172.31.255.1"),
    ("测试地址为localhost:3000。", "E863", "localhost:3000"),
    ("请登录oa.local办理。", "E863", "oa.local"),
    ("数据见D:\\年报\\附件.docx。", "E863", "D:\\年报\\附件.docx"),
    ("数据见\\\\srv01\\share\\附件。", "E863", "\\\\srv01\\share\\附件"),
    ("公开栏设在甘河?村便民中心。", "E872", "?"),
    ("公开栏设在甘河??村便民中心。", "E872", "??"),
    ("公开栏设在锟斤拷锟斤拷便民中心。", "E872", "锟斤拷锟斤拷"),
    ("公开栏设在\ufffd\ufffd便民中心。", "E872", "\ufffd\ufffd"),
    ("\uf06c加强组织领导，完善制度。", "E873", "U+F06C"),
]


@pytest.mark.parametrize(("text", "code", "actual"), FAULTS)
def test_in_the_text(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str, code: str, actual: str
) -> None:
    (finding,) = findings(docgen, folder, with_text(reference, text))
    assert (finding["code"], finding["severity"]) == (code, "error")
    assert finding["actual"] == actual
    assert finding["places"][0]["address"] == "sections.overview.4"


@pytest.mark.parametrize(
    "text",
    [
        "重大决策草案、征求意见稿均公开征求意见，审议稿按规定报送。",
        "涉及国家秘密、商业秘密的信息不予公开，属于内部资料的依法处理。",
        "严格执行保密审查（国家秘密、工作秘密），做到涉密不上网。",
        "网址为http://110.1.2.3和http://172.32.1.1，版本为10.1.2，时间为9:30。",
        "详见www.localhosting.cn，邮箱为a@b.local.cn。",
        "绝密级档案的管理，依照保密规定办理。",
    ],
)
def test_sound_text(docgen: Docgen, folder: Path, reference: dict[str, Any], text: str) -> None:
    assert codes(docgen, folder, with_text(reference, text)) == []


def test_a_question_is_no_loss(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """A half-width mark after a question is told of as that; a blank as a blank."""
    text = "这是为什么?因为公开是最好的监督。"
    assert codes(docgen, folder, with_text(reference, text)) == ["E823"]
    assert codes(docgen, folder, with_text(reference, "全年受理?件，均已办结。"))[0] == "E832"


def test_a_name_that_lost_a_character(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """The names that then differ from it are not told of."""
    report = quiet(reference)
    report["body"]["name"] = "乌苏市甘河?镇人民政府"
    assert codes(docgen, folder, report) == ["E872"]


@pytest.mark.parametrize(
    ("name", "level", "found"),
    [
        ("乌苏市甘河子镇人民政府", "county", ["E853"]),
        ("乌苏市甘河子镇人民政府", "department", ["E853"]),
        ("乌苏市甘河子镇人民政府甘河子街道办事处", "county", ["E853"]),
        ("乌苏市甘河子镇财政局", "township", ["E853"]),
        ("乌苏市甘河子镇人民政府办公室", "county", []),
        ("乌苏市甘河子镇人民政府", "township", []),
        ("甘河子镇管理委员会", "prefecture", []),
    ],
)
def test_the_level_and_the_name(
    docgen: Docgen, folder: Path, reference: dict[str, Any], name: str, level: str, found: list[str]
) -> None:
    """A level that the name refutes is an error, and no deadline follows from it."""
    report = quiet(reference)
    report["body"] |= {"name": name, "level": level}
    report["signature"] |= {"name": name, "date": "2025-01-20"}
    report["sections"]["overview"][3] = "（三）监督保障和平台建设情况。考核结果良好。"
    assert codes(docgen, folder, report) == found
    report["signature"]["date"] = "2025-05-20"
    late = level != "township" and not found
    assert codes(docgen, folder, report) == (["E606"] if late else found)


@pytest.mark.parametrize(
    ("fee", "said", "found"),
    [
        (12500, "本年度收取信息处理费12500元。", ["E854"]),
        (12500, "本年度收取信息处理费12,500元。", ["E854"]),
        ("1.25", "本年度收取信息处理费12500元。", []),
        (12500, "", ["E854"]),
        (380, "", []),
        (380, "本年度收取信息处理费38元。", []),
    ],
)
def test_fees_in_the_wrong_unit(
    docgen: Docgen, folder: Path, reference: dict[str, Any], fee: Any, said: str, found: list[str]
) -> None:
    report = quiet(reference)
    report["figures"]["disclosure"]["fees"]["amount"] = fee
    if said:
        report["sections"]["other"] = [said]
    assert codes(docgen, folder, report) == found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("不断完善工作机制，", "拓宽公开渠道，确保工作落到实处。", ["E826"]),
        ("健全各项工作机制，压实工作责任", "拓宽公开渠道。", ["E826"]),
        ("全年主动公开各类政府信息", "120条，其中网站80条。", ["E826"]),
        ("健全各项工作机制，压实工作责任", "，拓宽公开渠道。", ["E826"]),
        ("健全各项工作机制，压实工作责任", "（一）工作机制。已建立健全。", ["E825"]),
        ("工作机制建设情况", "已建立健全各项工作机制。", []),
        ("联系地址：乌苏市甘河子镇政府大院", "联系电话已公布。", ["E825"]),
        ("已建立健全各项工作机制。", "拓宽公开渠道。", []),
    ],
)
def test_a_sentence_in_two_paragraphs(
    docgen: Docgen,
    folder: Path,
    reference: dict[str, Any],
    first: str,
    second: str,
    found: list[str],
) -> None:
    report = with_text(reference, first, second)
    assert sorted(codes(docgen, folder, report)) == found
    if found == ["E826"]:
        (finding,) = findings(docgen, folder, report)
        assert first in finding["message"]
        assert second in finding["message"]
        addresses = [place["address"] for place in finding["places"]]
        assert addresses == ["sections.overview.4", "sections.overview.5"]


def test_the_odd_year_out(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """One cell left at the year before is told of once; what is wrong by the other year, too."""
    report = of_year(quiet(reference), 2025) | {"year": 2024}
    (finding,) = findings(docgen, folder, report)
    assert (finding["code"], finding["expected"], finding["actual"]) == ("E610", "2025", "2024")
    assert finding["places"][0]["address"] == "year"
    assert "标题、引言、正文、成文日期" in finding["message"]
    report["title"] = TITLE
    assert codes(docgen, folder, report) == ["E610", "E601"]


def test_one_witness_is_not_the_majority(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """Each odd place is told of by itself where the year filled in is borne out."""
    report = quiet(reference) | {"title": TITLE.replace("2024", "2023")}
    assert codes(docgen, folder, report) == ["E601"]
    report = quiet(reference)
    report["signature"]["date"] = "2024-01-20"
    assert codes(docgen, folder, report) == ["E202"]
