"""What a message quotes: the sentence, or what stands around the fault in a long one."""

from pathlib import Path
from typing import Any

import pytest
from door import Docgen, write_json
from published import report as published
from texts import findings, with_text

#: 120 characters of which no stretch stands twice.
LONG = "".join(
    tens + ones for tens in "甲乙丙丁戊己" for ones in "子丑寅卯辰巳午未申酉"
)  # 甲子甲丑甲寅……


def quoted(message: str) -> str:
    """What stands in the first quotes of a message."""
    return message.partition("“")[2].partition("”")[0]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        # 40 characters and 41
        (f"{LONG[:20]},{LONG[:18]}。", f"{LONG[:20]},{LONG[:18]}。"),
        (f"{LONG[:20]},{LONG[:19]}。", f"…{LONG[2:20]},{LONG[:19]}…"),
        (f"{LONG[:19]},{LONG[:20]}。", f"…{LONG[1:19]},{LONG[:19]}…"),
        # at the beginning, in the middle, at the end
        (f"{LONG[:5]},{LONG[5:]}。", f"{LONG[:5]},{LONG[5:37]}…"),
        (f"{LONG[:18]},{LONG[18:]}。", f"{LONG[:18]},{LONG[18:37]}…"),
        (f"{LONG[:19]},{LONG[19:]}。", f"…{LONG[1:19]},{LONG[19:38]}…"),
        (f"{LONG[:60]},{LONG[60:]}。", f"…{LONG[42:60]},{LONG[60:79]}…"),
        (f"{LONG[:110]},{LONG[110:]}。", f"…{LONG[83:110]},{LONG[110:120]}…"),
        # the other sentences are left out
        (f"另一句。{LONG[:9]},{LONG[9:14]}！再一句。", f"{LONG[:9]},{LONG[9:14]}！"),
        (f"另一句！{LONG[:60]},{LONG[60:]}。", f"…{LONG[42:60]},{LONG[60:79]}…"),
        (
            f"{LONG[:3]},{LONG[3:9]}，电话13812345678。",
            f"{LONG[:3]},{LONG[3:9]}，电话138******78。",
        ),
    ],
)
def test_a_sentence_around_a_mark(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str, quote: str
) -> None:
    """40 characters, with … where something is left out."""
    found = [f for f in findings(docgen, folder, with_text(reference, text)) if f["code"] == "E823"]
    assert [quoted(f["message"]) for f in found] == [quote]


def test_a_list_announced_in_a_long_sentence(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """The announcement stands in the middle of what is quoted."""
    said = "做好以下三项工作："
    text = f"{LONG[:50]}，{said}一是{LONG[:40]}；二是{LONG[40:80]}。"
    (found,) = findings(docgen, folder, with_text(reference, text))
    assert found["code"] == "E812"
    assert quoted(found["message"]) == f"…{LONG[37:50]}，{said}一是{LONG[:13]}…"


FEE = "行政事业性收费4069万元"  # 13 characters; the number is at 7


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        # 60 characters and 61
        (f"{LONG[:46]}，{FEE}。", f"{LONG[:46]}，{FEE}"),
        (f"{LONG[:47]}，{FEE}。", f"…{LONG[1:47]}，{FEE}"),
        (f"{FEE}，{LONG[:46]}。", f"{FEE}，{LONG[:46]}"),
        (f"{FEE}，{LONG[:47]}。", f"{FEE}，{LONG[:46]}…"),
        (f"{LONG[:22]}，{FEE}，{LONG}。", f"{LONG[:22]}，{FEE}，{LONG[:23]}…"),
        (f"{LONG[:23]}，{FEE}，{LONG}。", f"…{LONG[1:23]}，{FEE}，{LONG[:23]}…"),
        (f"{LONG}，{FEE}，{LONG}。", f"…{LONG[98:]}，{FEE}，{LONG[:23]}…"),
        (f"{LONG}，{FEE}。", f"…{LONG[74:]}，{FEE}"),
        # what is not read moves nothing
        (
            f"《某某办法》　{LONG[:50]}，行政事业性收费４０６９万元，{LONG}。",
            f"…{LONG[28:50]}，行政事业性收费４０６９万元，{LONG[:23]}…",
        ),
        # a phrase that says 0 has no number to stand around
        (
            f"行政事业性收费情况：{LONG}，未收取行政事业性收费。",
            f"行政事业性收费情况：{LONG[:50]}…",
        ),
    ],
)
def test_a_sentence_around_a_number(docgen: Docgen, folder: Path, text: str, quote: str) -> None:
    """60 characters, with … where something is left out."""
    report = published("shuyang_gov_2025")
    report["sections"] = report["sections"] | {"overview": [text]}
    run = docgen("check", write_json(folder / "a.json", report), "--json")
    found = [f for f in run.lines[0]["findings"] if f["code"] == "E511"]
    assert [quoted(f["message"]) for f in found] == [quote]
