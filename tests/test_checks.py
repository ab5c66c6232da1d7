"""Completeness and time: each fault is found with its cell, and what is right is left alone."""

from pathlib import Path
from typing import Any

import pytest
from door import Docgen, write_json
from texts import of_year


def check(docgen: Docgen, folder: Path, report: dict[str, Any]) -> list[dict[str, Any]]:
    """The errors of this report."""
    run = docgen("check", write_json(folder / "a.json", report), "--json")
    found = [f for f in run.lines[0]["findings"] if f["severity"] == "error"]
    assert run.code == (1 if found else 0)
    return found


@pytest.mark.parametrize("key", ["overview", "problems", "other"])
def test_every_section_has_text(
    docgen: Docgen, folder: Path, reference: dict[str, Any], key: str
) -> None:
    del reference["sections"][key]
    (finding,) = check(docgen, folder, reference)
    assert (finding["code"], finding["places"][0]["address"]) == ("E101", f"sections.{key}")


@pytest.mark.parametrize(
    ("date", "codes", "expected"),
    [
        ("2024-12-31", ["E202"], "2025年12月31日"),
        ("2024年1月20日", ["E202"], "2025年1月20日"),
        ("2024-02-29", ["E202"], "2025年2月28日"),
        ("2025-01-01", [], ""),
        ("2025/1/20", [], ""),
        ("2025-02-30", ["R106"], ""),
        ("二〇二五年一月二十日", [], ""),
        ("2025", ["R106"], ""),
        (20250120, ["R106"], ""),
    ],
)
def test_the_date_of_issue(
    docgen: Docgen,
    folder: Path,
    reference: dict[str, Any],
    date: object,
    codes: list[str],
    expected: str,
) -> None:
    """A real day after the year's end; with the year forgotten, the likely one is named."""
    reference["signature"]["date"] = date
    found = check(docgen, folder, reference)
    assert [f["code"] for f in found] == codes
    if expected:
        assert found[0]["expected"] == expected


def test_the_date_of_issue_after_an_odd_year(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    report = of_year(reference, 2023)
    report["signature"]["date"] = "2023-01-20"
    found = check(docgen, folder, report)
    assert [f["expected"] for f in found if f["code"] == "E202"] == ["2024年1月20日"]


@pytest.mark.parametrize(
    ("form", "year", "codes"),
    [
        ("disclosure-2021", 2020, ["E201"]),
        ("disclosure-2021", 2021, []),
        ("disclosure-2019", 2021, ["E201"]),
    ],
)
def test_the_edition_is_for_the_year(
    docgen: Docgen, folder: Path, reference: dict[str, Any], form: str, year: int, codes: list[str]
) -> None:
    reference |= {"form": form, "year": year}
    reference["signature"]["date"] = f"{year + 1}-01-20"
    found = [f["code"] for f in check(docgen, folder, reference)]
    assert [code for code in found if code.startswith("E2")] == codes


@pytest.mark.parametrize(
    ("key", "part"),
    [("name", "body"), ("level", "body"), ("name", "signature"), ("date", "signature")],
)
def test_what_must_be_there(
    docgen: Docgen, folder: Path, reference: dict[str, Any], part: str, key: str
) -> None:
    del reference[part][key]
    assert [f["code"] for f in check(docgen, folder, reference)] == ["R103"]


def test_a_title_is_made_where_none_is_given(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """机关名称＋年度＋政府信息公开工作年度报告, broken after the name when it is long."""
    from docx import Document

    del reference["title"]
    assert docgen("render", write_json(folder / "a.json", reference)).code == 0
    title = Document(str(folder / "outputs" / "a.docx")).paragraphs[0].text
    assert title == "乌苏市甘河子镇人民政府\n2024年政府信息公开工作年度报告"
