"""Reports with a text of one's own: the figures and the rest are sound and quiet."""

import copy
from pathlib import Path
from typing import Any

from conftest import Docgen, plain, write_json


def quiet(reference: dict[str, Any]) -> dict[str, Any]:
    """The reference with nothing at all to find: no wording and no departure of its own."""
    report = copy.deepcopy(reference)
    report["sections"] = {key: plain(texts) for key, texts in report["sections"].items()}
    del report["wording"]
    return report


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
