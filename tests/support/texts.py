"""Reports with a text of one's own: the figures and the rest are sound and quiet."""

import copy
import json
from pathlib import Path
from typing import Any

from door import Docgen, plain, write_json


def quiet(reference: dict[str, Any]) -> dict[str, Any]:
    """The reference with nothing at all to find: no wording and no departure of its own."""
    report = copy.deepcopy(reference)
    report["sections"] = {key: plain(texts) for key, texts in report["sections"].items()}
    del report["wording"]
    return report


def of_level(report: dict[str, Any], level: str | None) -> None:
    """Make this the report of a body of this level, with a name that leaves the level open."""
    name = "乌苏市甘河子镇管理委员会"
    report["body"] |= {"name": name, "level": level}
    report["signature"]["name"] = name


def of_year(report: dict[str, Any], year: int) -> dict[str, Any]:
    """The same report of another year, wherever it tells one."""
    moved = json.dumps(report).replace("2025", str(year + 1)).replace("2024", str(year))
    changed: dict[str, Any] = json.loads(moved)
    return changed | {"year": year}


def with_text(reference: dict[str, Any], *texts: str, section: str = "overview") -> dict[str, Any]:
    """The quiet report with these paragraphs at the end of a section."""
    report = quiet(reference)
    paragraphs = report["preface"] if section == "preface" else report["sections"][section]
    paragraphs += texts
    return report


def findings(docgen: Docgen, folder: Path, report: dict[str, Any]) -> list[dict[str, Any]]:
    """What is found in this report."""
    run = docgen("check", write_json(folder / "a.json", report), "--json")
    found: list[dict[str, Any]] = run.lines[0]["findings"]
    return found


def codes(docgen: Docgen, folder: Path, report: dict[str, Any]) -> list[str]:
    """The codes found in this report."""
    return [finding["code"] for finding in findings(docgen, folder, report)]
