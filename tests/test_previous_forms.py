"""Two reports of one body and year side by side: each finds last year's of its own form."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from door import INPUTS, Docgen, write_json
from test_reading_kinds import write_sheets
from toy import toy_report, toy_sheets, toy_tree

pytestmark = pytest.mark.usefixtures("toy")


def earlier(tree: dict[str, Any]) -> dict[str, Any]:
    """The same report, of the year before."""
    told = json.dumps(tree, ensure_ascii=False).replace("2025年", "2024年")
    before: dict[str, Any] = json.loads(told)
    return before | {"year": tree["year"] - 1}


def compared(docgen: Docgen, name: str, code: str = "E701") -> tuple[list[str], list[str]]:
    """Which last years' reports a check read, and what it says of those it did not take."""
    run = docgen("check", name, "--json")
    said = [f["message"] for f in run.lines[0]["findings"] if f["code"] == code]
    files = {p["file"] for f in run.lines[0]["findings"] for p in f["places"]}
    return sorted(files), said


def test_each_finds_its_own(docgen: Docgen, folder: Path) -> None:
    """2024 pairs with 2023, 2024 图书室 with 2023 图书室, as files and as folders."""
    shutil.copy(INPUTS / "2024.json", folder / "2024.json")
    write_json(folder / "2024 图书室.json", toy_tree())
    last = earlier(toy_tree())
    last["figures"]["library"]["books"]["value"] = 20  # so much less that it is told of
    write_json(folder / "2023 图书室.json", last)
    run = docgen("check", "2024 图书室.json", "--json")
    jumps = [f for f in run.lines[0]["findings"] if f["code"] == "E713"]
    assert any("藏书" in f["message"] or "总数" in f["message"] for f in jumps)
    assert compared(docgen, "2024.json")[1] == []

    write_sheets(folder / "2025 图书室", toy_sheets(toy_report().model_copy(update={"year": 2025})))
    run = docgen("check", "2025 图书室", "--json")
    assert not [f for f in run.lines[0]["findings"] if "不是同一种" in f["message"]]


@pytest.mark.parametrize("given", [False, True])
def test_another_form_is_not_last_years(docgen: Docgen, folder: Path, given: bool) -> None:
    """It is said, and nothing of it is held against this year."""
    write_json(folder / "2024.json", toy_tree())
    reference = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    write_json(folder / "2023.json", reference | {"year": 2023})
    words = ["--previous", "2023.json"] if given else []
    run = docgen("check", "2024.json", *words, "--json")
    said = [f["message"] for f in run.lines[0]["findings"] if f["code"] == "E701"]
    assert len(said) == 1
    assert "不是同一种" in said[0]
    assert not [f for f in run.lines[0]["findings"] if f["code"] in ("E702", "E713", "E714")]
