"""Form and words: each fault is found with its sentence and its place, and alone."""

from pathlib import Path
from typing import Any

import pytest
from conftest import Docgen
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
