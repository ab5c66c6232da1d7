"""The benchmarks measure what they say: every engine's documents are whole, and a wrong one shows.

No time is looked at.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from door import PROJECT
from forms import FORMS
from processes import finish

from docgen.files import ooxml
from docgen.merge import load_template, merge_report
from docgen.model import Report

PAGE = PROJECT / "docs" / "benchmarks.md"
SECTIONS = (
    "peers",
    "stages",
    "memory",
    "growth",
    "soak",
    "sum",
    "cold",
    "desk",
    "reading",
    "compare",
)


@pytest.mark.slow
def test_a_quick_round() -> None:
    """Every section is measured with docxtpl and docgen; the page is left alone."""
    before = PAGE.read_bytes()
    command = [sys.executable, "benchmarks/run.py", "--quick", "--no-node"]
    done = finish(command, cwd=PROJECT, env={"PYTHONPATH": ""})  # docgen as installed
    assert done.returncode == 0, done.stderr
    assert re.findall("^## (.*)", done.stdout, re.MULTILINE) == [*SECTIONS]
    for row in ("docxtpl", "docgen, merge alone", "docgen, whole issue", "floor", "record"):
        assert re.search(rf"^\| {row}[^|]*\| [0-9.,]+ ", done.stdout, re.MULTILINE), done.stdout
    assert PAGE.read_bytes() == before


def test_every_section_has_its_place_in_the_page(benchmark: Callable[[str], Any]) -> None:
    put_section = benchmark("measure").put_section
    page = PAGE.read_text(encoding="utf-8")
    for name in SECTIONS:
        page = put_section(page, name, [f"here is {name}"])
        assert page.count(f"here is {name}\n\n<!-- /{name} -->") == 1
    assert put_section(page, "cold", ["here is cold"]) == page
    with pytest.raises(ValueError, match="warm"):
        put_section(page, "warm", [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">13</w:t>", ">14</w:t>"),
        ("报告如下", "报告如右"),
        ('<w:vMerge w:val="continue"/>', '<w:vMerge w:val="restart"/>'),
        ('<w:gridSpan w:val="2"/>', ""),
    ],
)
def test_a_wrong_document_is_named(
    old: str, new: str, report: Report, benchmark: Callable[[str], Any]
) -> None:
    """One figure, word or merged cell that an engine gets wrong."""
    wrong = benchmark("peers").wrong
    form = FORMS[report.form]
    document = merge_report(load_template(form, None), form, report)
    assert wrong(document, report) == []
    parts = ooxml.read_parts(document)
    text = parts[ooxml.DOCUMENT].decode()
    assert old in text
    parts[ooxml.DOCUMENT] = text.replace(old, new, 1).encode()
    assert len(wrong(ooxml.write_package(parts), report)) == 1


def test_inputs_differ_and_are_sound(
    folder: Path, docgen: Callable[..., Any], benchmark: Callable[[str], Any]
) -> None:
    paths = benchmark("reports").write_inputs(folder / "inputs", 7, 10)
    assert [path.name for path in paths] == ["00007.json", "00008.json", "00009.json"]
    assert len({path.read_bytes() for path in paths}) == 3
    assert docgen("check", *paths).code == 0
