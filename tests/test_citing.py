"""Numbers of documents: misspelt, of another document, out of force; and sound ones left alone."""

from pathlib import Path
from typing import Any

import pytest
from door import Docgen
from texts import findings, with_text

FORM = "《中华人民共和国政府信息公开工作年度报告格式》"
ACT = "《中华人民共和国政府信息公开条例》"

CITED = [
    (f"依照{FORM}（国办公开办函〔2019〕60号）编制。", ["E843 国办公开办函〔2021〕30号"]),
    (f"依照{FORM}（以下简称《格式》，国办公开办函〔2021〕3号）。",
     ["E843 国办公开办函〔2021〕30号"]),
    ("关于印发〈政府信息公开信息处理费管理办法〉的通知（国办函〔2020〕190号）。",
     ["E843 国办函〔2020〕109号"]),
    (f"依照{ACT}（2019年4月3日修订，国务院令第771号）。", ["E843 国务院令第711号"]),
    ("《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号）。",
     ["E843 国办公开办函〔2019〕60号"]),
    (f"依照{FORM}（国办公开办涵〔2021〕30号）。", ["E842 国办公开办函〔2021〕30号"]),
    ("落实国公开办函〔2021〕30号文件。", ["E842 国办公开办函〔2021〕30号"]),
    ("落实国办公办开函〔2021〕30号文件。", ["E842 国办公开办函〔2021〕30号"]),
    ("落实新政办涵〔2022〕12号文件。", ["E842 函〔2022〕12号"]),
    (f"依照{ACT}（国务院令第492号）。", ["E844"]),
    ("落实国办公开办函〔2019〕60号文件。", ["E844"]),
    ("依照《国家行政机关公文处理办法》（国发〔2000〕23号）。", ["E844"]),
    ("学习政务信息公开条例。", ["E841 政府信息公开条例"]),
    (f"依照{ACT}（国务院令第492号公布，国务院令第711号修订）。", []),
    ("国办公开办函〔2019〕60号已被国办公开办函〔2021〕30号代替。", []),
    (f"依照{FORM}（川办函〔2022〕3号转发）。", []),
    ("落实《四川省2021年政务公开工作要点》（川办发〔2021〕16号）。", []),
    ("落实《关于规范政府信息公开平台有关事项的通知》（国办公开办函〔2019〕61号）。", []),
    ("行政诉讼案号为（2024）新42行初12号。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), CITED)
def test_what_is_cited(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str, found: list[str]
) -> None:
    told = [
        f["code"] if f["code"] == "E844" else f"{f['code']} {f['expected']}"
        for f in findings(docgen, folder, with_text(reference, text))
    ]
    assert told == found
