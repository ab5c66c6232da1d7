"""Form and words: each fault is found with its sentence and its place, and alone."""

from pathlib import Path
from typing import Any

import pytest
from door import Docgen
from texts import codes, findings, with_text

# (section, text, code, what is named)
FAULTS = [
    # numbering
    ("overview", "一是加强领导；三是强化培训。", "E811", "三是"),
    ("overview", "一是加强领导；二是完善制度；二是强化培训。", "E811", "二是"),
    ("overview", "二是完善制度；三是强化培训。", "E811", "二是"),
    ("overview", "一是加强领导；一是完善制度。", "E811", "一是"),
    ("overview", "（五）其他工作情况。持续加强协调。", "E811", "（五）"),
    ("overview", "（三）其他工作情况。持续加强协调。", "E811", "（三）"),
    ("overview", "主要做法：1.加强领导；3.强化培训。", "E811", "3."),
    ("overview", "一要提高站位，三要加强督查。", "E811", "三要"),
    ("overview", "第一，提高认识。第三，强化保障。", "E811", "第三"),
    ("overview", "一是加强领导；二是完善制度；三是强化培训，一是优化服务。", "E811", "一是"),
    ("overview", "一是加强领导。二是完善制度。一是强化培训。", "E811", "一是"),
    ("overview", "（一）其他工作情况。持续加强协调。", "E811", "（一）"),
    (
        "overview",
        "依据《政府信息公开信息处理费管理办怯》办理。",
        "E841",
        "政府信息公开信息处理费管理办怯",
    ),
    (
        "overview",
        "依据《中华人民共和北政府信息公开条例》办理。",
        "E841",
        "中华人民共和北政府信息公开条例",
    ),
    # announced counts
    ("problems", "做好以下二十项工作：一是加强领导；二是完善制度。", "E812", "2 条"),
    ("problems", "做好以下四点：一是加强领导；二是完善制度；三是强化培训。", "E812", "3 条"),
    ("problems", "主要有三个方面的问题：一是不够深入；二是不够及时。", "E812", "2 条"),
    ("problems", "采取3项措施：1.加强领导；2.完善制度。", "E812", "2 条"),
    ("preface", "本报告由总体情况等五个部分组成。", "E812", "6 部分"),
    # marks
    ("overview", "坚持“以公开为常态的原则。", "E821", "“"),
    ("overview", "坚持以公开为常态”的原则。", "E821", "”"),
    ("overview", "贯彻《中华人民共和国政府信息公开条例的规定。", "E821", "《"),
    ("overview", "有关部门（含所属单位积极配合。", "E821", "（"),
    ("overview", "坚持“公开（为常态”）的原则。", "E821", "”"),
    ("overview", "学习《关于印发《公开办法实施细则》的通知》。", "E822", "《》"),
    ("overview", "他说“要把“公开是常态”落到实处”。", "E822", "“”"),
    ("overview", "加强领导,完善制度。", "E823", ","),
    ("overview", "有关部门(含所属单位)积极配合。", "E823", "( )"),
    ("overview", "加强领导，，完善制度。", "E824", "，，"),
    ("overview", "加强领导，完善制度，。", "E824", "，。"),
    ("overview", "，加强领导，完善制度。", "E824", "，"),
    ("overview", "加强组织领导，完善各项制度，确保政府信息公开工作落到实处", "E825", ""),
    # left in
    ("overview", "（说明：此处写主动公开情况，不超过500字）", "E831", "（说明：此处写主动公开情况"),
    ("overview", "请填写本机关主动公开的情况。", "E831", "请填写"),
    ("overview", "（此段请各单位结合实际填写）。", "E831", "（此段请"),
    ("overview", "工作扎实（请根据实际情况修改）。", "E831", "（请根据"),
    ("overview", "（单位名称）高度重视。", "E831", "（单位名称）"),
    ("overview", "收到意见若干（没有的写“无”）。", "E831", "（没有的"),
    ("overview", "公开信息X条。", "E832", "息X条"),
    ("overview", "公开信息×条。", "E832", "息×条"),
    ("overview", "公开信息？条。", "E832", "息？条"),
    ("overview", "公开信息…条。", "E832", "息…条"),
    ("overview", "收取信息处理费元。", "E832", "费元"),
    ("overview", "落实《》的要求。", "E832", "《》"),
    ("overview", "我局高度重视。", "E834", "我局"),
    ("overview", "我乡高度重视。", "E834", "我乡"),
    ("overview", "此处填写平台建设的情况。", "E831", "此处填写"),
    ("overview", "XXX镇认真落实公开要求。", "E831", "XXX"),
    ("overview", "××镇认真落实公开要求。", "E831", "××"),
    ("overview", "○○镇认真落实公开要求。", "E831", "○○"),
    ("overview", "公开信息____条。", "E831", "____"),
    ("overview", "【机关名称】认真落实公开要求。", "E831", "【机关名称】"),
    ("overview", "加强督促检查（待补充）。", "E831", "（待补充）"),
    ("overview", "主动公开政府信息  条。", "E832", "息  条"),
    ("overview", "主动公开政府信息 条，及时更新。", "E832", "息 条"),
    ("overview", "全年召开会议共   次。", "E832", "共   次"),
    ("overview", "主动公开政府信息条，及时更新。", "E832", "信息条"),
    ("overview", "按期答复率为%。", "E832", "率为%"),
    ("overview", "依据《》的规定办理。", "E832", "《》"),
    ("overview", "报告于   年   月   日完成。", "E832", "年   月"),
    # citing
    (
        "overview",
        "依据《中华人民共和国政府信息公开条列》办理。",
        "E841",
        "中华人民共和国政府信息公开条列",
    ),
    ("overview", "依据《中华人民共和国信息公开条例》办理。", "E841", "中华人民共和国信息公开条例"),
    ("overview", "依据国办函[2020]109号文件办理。", "E842", "[2020]109号"),
    ("overview", "依据国办函（2020）109号文件办理。", "E842", "（2020）109号"),
    ("overview", "依据国办函【2020】109号文件办理。", "E842", "【2020】109号"),
    ("overview", "依据国办函〔2020〕第109号文件办理。", "E842", "〔2020〕第109号"),
    ("overview", "依据国办发〔2019〕054号文件办理。", "E842", "〔2019〕054号"),
    (
        "overview",
        "依据《政府信息公开信息处理费管理办法》（国办函〔2020〕190号）办理。",
        "E843",
        "国办函〔2020〕190号",
    ),
    # characters
    ("overview", "公开专区面积60㎡。", "E871", "㎡"),
]


@pytest.mark.parametrize(("section", "text", "code", "named"), FAULTS)
def test_a_fault(
    docgen: Docgen,
    folder: Path,
    reference: dict[str, Any],
    section: str,
    text: str,
    code: str,
    named: str,
) -> None:
    report = with_text(reference, text, section=section)
    (finding,) = findings(docgen, folder, report)
    assert finding["code"] == code
    assert finding["actual"].startswith(named)
    (place,) = finding["places"]
    paragraphs = report["preface"] if section == "preface" else report["sections"][section]
    prefix = section if section == "preface" else f"sections.{section}"
    assert place["address"] == f"{prefix}.{len(paragraphs) - 1}"


RIGHT = [
    ("依据国办函[2020]第0109号文件办理。", "〔2020〕109号"),
    ("依据《中华人民共和国政府信息公开条列》办理。", "中华人民共和国政府信息公开条例"),
    ("依据《政府信息公开条利》办理。", "政府信息公开条例"),
    ("加强领导,完善制度;强化培训。", "， ；"),
    ("一是加强领导；三是强化培训。", "二是"),
]


@pytest.mark.parametrize(("text", "right"), RIGHT)
def test_the_right_form_is_given(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str, right: str
) -> None:
    (finding,) = findings(docgen, folder, with_text(reference, text))
    assert finding["expected"] == right
    assert right in finding["message"] + finding["cure"]


def test_a_list_over_paragraphs(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """A list whose items are paragraphs, announced in the one before."""
    items = ["1.加强领导，压实责任。", "2.完善制度，严格审查。", "4.强化培训，提高能力。"]
    report = with_text(reference, "采取以下四项措施：", *items)
    assert codes(docgen, folder, report) == ["E811", "E812"]
    report = with_text(reference, "采取以下两项措施：", *items[:2])
    assert codes(docgen, folder, report) == []


def test_lists_below_a_heading_begin_again(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    report = with_text(
        reference,
        "（四）其他情况。主要做法：1.加强领导；2.完善制度。一是压实责任；二是严格审查。",
        "（五）今后打算。三是强化培训。",
    )
    assert codes(docgen, folder, report) == ["E811"]


def test_items_under_items(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """A list inside an item does not end the list around it."""
    text = "一是规范管理：1.及时更新；2.严格审查。二是拓宽渠道：1.网站；2.新媒体。三是强化监督。"
    assert codes(docgen, folder, with_text(reference, text)) == []


#: Texts in which something stays quiet, or is told of once more: codes and what is expected.
TOLD = [
    # numbers beyond ten
    ("一是甲。二是乙。四是丙。五是丁。", ["E811 三是"]),
    ("五是甲。六是乙。", ["E811 一是"]),
    ("十是甲。十一是乙。十三是丙。", ["E811 一是", "E811 十二是"]),
    ("二十是甲。二十二是乙。", ["E811 一是", "E811 二十一是"]),
    ("主要做法：2.加强领导；3.强化培训。", ["E811 1."]),
    # a first item that stands after no mark
    ("工作机制一是加强领导。二是强化培训。三是总结。", []),
    ("工作机制一是加强领导。二是强化培训。四是总结。", ["E811 三是"]),
    ("工作一是加强领导。三是强化培训。", ["E811 一是"]),
    ("工作机制一是加强，二是强化，一是总结。", ["E811 三是"]),
    # where a list begins again
    ("一是甲。一是乙。二是丙。", ["E811 二是"]),
    ("做法：一是甲。二是乙。打算：一是丙。二是丁。", []),
    ("做法：一是甲。二是乙，打算一是丙。二是丁。三是戊。", []),
    ("一是甲：1.子；2.丑。二是乙：1.寅；3.卯。", ["E811 2."]),
    # announced counts
    ("做好以下二十一项工作：一是加强；二是完善。", ["E812 21 条"]),
    ("做好以下十二项工作：一是加强；二是完善。", ["E812 12 条"]),
    ("做好以下十项工作：一是加强；二是完善。", ["E812 10 条"]),
    ("做好以下两项工作：一是加强；二是完善；三是强化。", ["E812 2 条"]),
    ("采取12项措施：1.加强；2.完善。", ["E812 12 条"]),
    ("本年共有两大问题：一是甲；二是乙。", []),
    ("本年共有五个方面要做，采取以下三项措施：1.加强；2.完善。", ["E812 3 条"]),
    # marks inside marks: the first of a paragraph, where the same kind encloses it
    ("学习《关于《甲法》和《乙法》的通知》。", ["E822 〈〉"]),
    ("学习《关于＜甲法＞和＜乙法＞的通知》。", ["E822 〈〉"]),
    ("公开（含《甲法》＜乙法＞）的通知。", []),
    ("他说“要‘把“公开”落实’”。", []),
    ("公开《甲“乙》丙”丁。", ["E821 "]),
    ("公开“甲《乙》丙”丁。", []),
    ("做到：1）甲；2）乙。", []),
    ("做到甲）乙。", ["E821 "]),
    # titles that are almost a law's
    ("依据《保守国家秘密怯》办理。", ["E841 保守国家秘密法"]),
    ("依据《保密怯》《行政许可怯》办理。", []),
    ("依据《行政许可办法》办理。", ["E841 行政许可法"]),
    ("依据《某市公共数据共享办法》《个人信息保护怯》。", ["E841 个人信息保护法"]),
    ("依据《政府信息公开条例办法》《政府 信息公开条例》。", []),
    ("依据《政府信息公开工作年度报告格式》（国办公开办函〔2021〕31号）。",
     ["E843 国办公开办函〔2021〕30号"]),
    ("依据《政府信息公开条例》（国令〔2019〕711号）办理。", []),
    ("依据国办函〔2020〕 109号、国办函〔2020〕00109号。",
     ["E842 〔2020〕109号", "E842 〔2020〕109号"]),
    # left in: once a sentence
    ("请填写。请补充。", ["E831 ", "E831 "]),
    ("公开信息____条，XX镇。", ["E831 "]),
    ("公开信息  条，再公开  条。", ["E832 "]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_what_is_told(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str, told: list[str]
) -> None:
    found = findings(docgen, folder, with_text(reference, text))
    assert [f"{f['code']} {f['expected']}" for f in found] == told


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["主要做法：", "（1）甲工作推进。", "（3）乙工作推进。"], ["E811 （2）"]),
        (["做好以下三点：", "一是甲工作推进。", "二是乙工作推进。"], ["E812 3 条"]),
        (["1.甲工作推进。", "2.乙工作推进。", "1.丙工作推进。"], []),
        (["1.甲工作推进。", "1.丙工作推进。"], ["E811 2."]),
        (["（四）甲情况", "一是甲。", "（五）乙情况", "二是乙。"], ["E811 一是"]),
        (["（四）甲情况", "1.甲。", "（五）乙情况", "2.乙。"], ["E811 1."]),
        (["做法：", "1.甲。", "（1）子。", "（2）丑。", "2.乙。", "（1）寅。", "（3）卯。"],
         ["E811 （2）"]),
    ],
)  # fmt: skip
def test_lists_of_paragraphs(
    docgen: Docgen, folder: Path, reference: dict[str, Any], texts: list[str], told: list[str]
) -> None:
    found = findings(docgen, folder, with_text(reference, *texts))
    assert [f"{f['code']} {f['expected']}" for f in found] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("做好以下三点：一是甲。二是乙。", ["E812 3 条"]),
        ("堃镇的情况如下。", ["E871 "]),
        ("本报告共分为十六个部分。", ["E812 16 部分"]),
        ("本报告分六个部分，共六部分。", []),
        ("全文共五个部分。", []),
    ],
)
def test_the_first_words_of_a_report(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str, told: list[str]
) -> None:
    report = with_text(reference)
    report["preface"] = [text]
    found = findings(docgen, folder, report)
    assert [f"{f['code']} {f['expected']}" for f in found] == told
    assert {p["address"] for f in found for p in f["places"]} <= {"preface.0"}


#: The first 20 of the characters from U+4E02 on that are not in GB 2312.
RARE = "丂丄丅丆丏丒丗丟丠両丣並丩丮丯丱丳丵丷丼"


@pytest.mark.parametrize(
    ("text", "rare"),
    [
        ("面积60㎡，含㊣标志和①号、€3、ā、é、…—·。", "€㊣㎡"),
        ("音标ɏ、ɐ、ɑ各一。", "ɐɑ"),
        (f"公开{''.join(map(chr, range(0x4E02, 0x4E40)))}。", RARE),
    ],
)  # fmt: skip
def test_characters_without_a_shape(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str, rare: str
) -> None:
    """Each once, in order; 20 are shown and all are counted."""
    (found,) = findings(docgen, folder, with_text(reference, text))
    assert found["actual"] == rare
    assert len(rare) == 20 or f"有 {len(rare)} 个字" in found["message"]


def test_a_rare_character_in_the_name(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    report = with_text(reference)
    report["body"]["name"] = report["signature"]["name"] = "乌苏市甘河堃镇人民政府"
    (found,) = [f for f in findings(docgen, folder, report) if f["code"] == "E871"]
    assert [p["address"] for p in found["places"]] == ["body.name"]
