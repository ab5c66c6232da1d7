"""Keys of a JSON input: too many, missing, twice or of the wrong kind, each named by its path."""

import json
from pathlib import Path
from typing import Any

import pytest
from busy import (
    as_json,
    cells,
    errors,
    nothing_written,
    said,
)
from door import Docgen, write_json

from docgen.model import Report


def set_at(tree: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    for key in above:
        tree = tree[key]
    if value is None:
        del tree[last]
    else:
        tree[last] = value


@pytest.mark.parametrize(
    ("path", "value", "code", "where", "names"),
    [
        ("boddy", {}, "R102", "boddy", "最接近的是“body”（机关）"),
        ("body.nmae", "x", "R102", "body.nmae", "最接近的是“name”（机关名称）"),
        ("sections.overwiew", ["x"], "R102", "sections.overwiew", "“overview”（一、总体情况）"),
        ("sections.disclosure", ["x"], "R102", "sections.disclosure", "“disclosure”"),
        ("figures.request", {}, "R102", "figures.request", "“requests”（表二 申请办理）"),
        (
            "figures.requests.grantd",
            {},
            "R102",
            "figures.requests.grantd",
            "“granted”（（一）予以公开）",
        ),
        (
            "figures.requests.granted.naturel",
            1,
            "R102",
            "figures.requests.granted.naturel",
            "“natural”（（一）予以公开·自然人）",
        ),
        (
            "wording",
            {"requests.granted.natural": "x"},
            "R102",
            "wording.requests.granted.natural",
            "“",
        ),
        ("figures.requests", None, "R207", "figures.requests", "“表二 申请办理”"),
        ("figures.requests.granted", None, "R202", "figures.requests.granted", "“（一）予以公开”"),
        (
            "figures.requests.granted.natural",
            None,
            "R301",
            "figures.requests.granted.natural",
            "空着",
        ),
        ("figures", None, "R207", "figures.requests", "表二"),
        ("body", None, "R103", "", "“机关名称”"),
        ("sections.problems", None, "E101", "", "“五、存在的主要问题及改进情况”"),
        ("sections", [], "R105", "sections", "“sections（正文）”"),
        ("figures", [1], "R105", "figures", "“figures（数据）”"),
        (
            "figures.requests.granted",
            5,
            "R105",
            "figures.requests.granted",
            "“figures.requests.granted（（一）予以公开）”",
        ),
        ("preface", "一段", "R105", "preface", "“preface（引言）”"),
        ("preface", [None], "R105", "preface 第 1 段", "填的是“null”"),
        ("preface", [["a"]], "R105", "preface 第 1 段", "填的是“[ … ]”"),
        ("preface", [{"a": 1}], "R105", "preface 第 1 段", "填的是“{ … }”"),
        ("preface", [True], "R105", "preface 第 1 段", "填的是“true”"),
        ("body.name", 5, "R105", "body.name", "“5”"),
        ("body.name", ["a"], "R105", "body.name", "文字"),
        ("year", "二〇二四", "R105", "year", "2024"),
        ("year", True, "R105", "year", "四位数字"),
        ("year", 2024.5, "R105", "year", "四位数字"),
        ("year", 1999, "R105", "year", "1999"),
        ("body.level", "village", "R105", "body.level", "乡镇级"),
        ("signature.date", "2025年2月30日", "R106", "signature.date", "2025年2月30日"),
        ("signature.date", 20250120, "R106", "signature.date", "20250120"),
        ("preface", [5], "R105", "preface 第 1 段", "“5”"),
        ("sections.other", [], "E101", "", "“六、其他需要报告的事项”"),
        ("sections.other", [" \u3000"], "E101", "", "“六、其他需要报告的事项”"),
        ("sections.other", ["有\t制表符"], "R107", "sections.other 第 1 段", "制表符"),
    ],
)
def test_json_keys(
    docgen: Docgen,
    report: Report,
    folder: Path,
    path: str,
    value: Any,
    code: str,
    where: str,
    names: str,
) -> None:
    """A key too many, missing or of the wrong kind in JSON is named by its path."""
    tree = as_json(report)
    set_at(tree, path, value)
    run = docgen("render", write_json(folder / "2024.json", tree), "--json")
    assert run.code == 1
    found = [f for f in said(run, code) if names in f["message"] + f["cure"]]
    assert found
    assert not where or where in [place["cell"] for f in found for place in f["places"]]
    assert nothing_written(folder)


def test_json_doubled(docgen: Docgen, report: Report, folder: Path) -> None:
    """A key that comes twice is never decided by order."""
    text = json.dumps(as_json(report), ensure_ascii=False)
    text = text.replace('"granted": {', '"granted": {"natural": 1, ', 1)
    (folder / "2024.json").write_text(text, encoding="utf-8")
    run = docgen("check", "2024.json", "--json")
    assert (run.code, errors(run)[0]) == (1, "R104")
    assert cells(run, "R104") == ["figures.requests.granted.natural"]


@pytest.mark.parametrize(
    ("path", "key", "codes"),
    [
        ("body.name", "nmae", ["R102"]),
        ("body", "boddy", ["R102"]),
        ("sections.other", "others", ["R102"]),
        ("figures.requests", "request", ["R102"]),
        ("figures.requests.granted", "grant", ["R102"]),
        ("figures.requests.granted.natural", "naturel", ["R102"]),
    ],
)
def test_one_key_one_finding(
    docgen: Docgen, report: Report, folder: Path, path: str, key: str, codes: list[str]
) -> None:
    """A misspelt key in JSON is told of once."""
    tree = above = as_json(report)
    *names, last = path.split(".")
    for name in names:
        above = above[name]
    above[key] = above.pop(last)
    assert errors(docgen("check", write_json(folder / "2024.json", tree), "--json")) == codes
