"""A report and the one of the year before."""

from typing import Any

from texts import quiet


def pair(reference: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """This year's quiet report, and one of the year before with a text of its own."""
    report, last = quiet(reference), quiet(reference)
    last["year"] = 2023
    last["signature"]["date"] = "2024-01-20"
    last["title"] = "甘河子镇政府信息公开工作2023年度报告"
    last["preface"] = ["现将2023年的情况报告如下："]
    last["sections"] = {
        "overview": [
            "（一）主动公开和依申请公开情况。那时的话甲。那时的话乙丙丁。",
            "（二）信息管理和平台建设情况。那时的话戊己庚。",
            "（三）监督保障情况。开展考核和评议工作。",
        ],
        "problems": ["那时公开得不够深入，准备改进。"],
        "other": ["那时依法收取信息处理费。"],
    }
    return report, last


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [finding["code"] for finding in found]
