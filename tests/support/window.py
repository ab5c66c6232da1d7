"""A report in the form `window-2024` of tests/data/forms, which has a rule of each kind."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from door import DATA, Docgen, write_json

from docgen.forms.form import Form
from docgen.forms.loader import find_form

Tree = dict[str, Any]
Edit = Callable[[Tree], Any]
Findings = Callable[..., list[dict[str, Any]]]

WINDOWS = ("城东窗口", "城西窗口", "河口窗口")


def window_tree(year: int = 2024) -> dict[str, Any]:
    """A sound report as a JSON input."""
    rows: dict[str, dict[str, Any]] = {
        "unit1": {"phone": 12, "net": 30, "done": 40, "on_time": 39, "late": 1, "money": 120},
        "unit2": {"phone": 8, "net": 11, "done": 19, "on_time": 19, "late": 0, "money": 0},
        "unit3": {"phone": 5, "net": 2, "done": 7, "on_time": 5, "late": 2, "money": 36.5},
    }
    for row in rows.values():
        row["total"] = row["phone"] + row["net"]
    rows["all"] = {key: sum(row[key] for row in rows.values()) for key in rows["unit1"]}
    site = {
        "open": "是",
        "url": "https://ck.example.cn",
        "account": "河口窗口",
        "ways": "预约、查询",
        "visits": 310,
        "asked": 25,
    }
    return {
        "form": "window-2024",
        "year": year,
        "body": {"name": "河口镇人民政府", "level": "township"},
        "sections": {"overview": ["全年组织培训两次，抽查窗口三个。"]},
        "units": {"work": list(WINDOWS)},
        "figures": {
            "work": rows,
            "stock": {"orders": {"came": 3, "gone": 1, "left": 14}},
            "site": {key: {"value": value} for key, value in site.items()},
        },
        "signature": {"name": "河口镇人民政府", "date": f"{year + 1}年1月20日"},
    }


def install_window(folder: Path) -> Form:
    """Put the form into ./forms of a folder to work in, as an office keeps its own."""
    shutil.copytree(DATA / "forms" / "window-2024", folder / "forms" / "window-2024")
    found = find_form("window-2024")
    assert found is not None
    return found


def checker(docgen: Docgen, folder: Path) -> Findings:
    """Return what finds what is in a report, with or without last year's."""

    def run(tree: Tree, last: Tree | None = None) -> list[dict[str, Any]]:
        words: list[object] = [write_json(folder / "a.json", tree)]
        if last:
            words += ["--previous", write_json(folder / "b.json", last)]
        done = docgen("check", *words, "--json")
        found: list[dict[str, Any]] = done.lines[0]["findings"]
        assert done.code == any(f["severity"] == "error" and not f["waived"] for f in found)
        return found

    return run


ROWS = ("unit1", "unit2", "unit3")


def work(tree: Tree, row: str) -> dict[str, Any]:
    found: dict[str, Any] = tree["figures"]["work"][row]
    return found


def site(**values: object) -> Edit:
    """Put these into the sheet; None leaves a cell out."""

    def edit(tree: Tree) -> None:
        cells = tree["figures"]["site"]
        for key, value in values.items():
            cells.pop(key) if value is None else cells.update({key: {"value": value}})

    return edit


def put(row: str, **values: object) -> Edit:
    return lambda tree: work(tree, row).update(values)


def edited(*edits: Edit, year: int = 2024) -> Tree:
    tree = window_tree(year)
    for edit in edits:
        edit(tree)
    return tree
