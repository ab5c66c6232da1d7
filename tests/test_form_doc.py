"""docs/form.md makes a form from nothing: what it says to write and to run is done here, in order.

A file is its name in backquotes and a colon, then a block; `sh` is run line by line, and of the
`text` after it every line is said. What is to be copied or changed by hand the page says in words.
"""

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from door import PROJECT, Docgen
from proofs import needs_office

from docgen.files import ooxml
from docgen.word.blocks import read_blocks

PAGE = (PROJECT / "docs" / "form.md").read_text(encoding="utf-8")

_STEP = re.compile(
    r"`(?P<name>[\w./-]+)`：\n\n```(?:toml|json)\n(?P<text>.*?)```"
    r"|```sh\n(?P<commands>.*?)```\n(?:\n```text\n(?P<said>.*?)```)?"
    r"|把 `(?P<source>[\w./]+)` 复制一份，放成 `(?P<target>[\w./]+)`"
    r"|在 `(?P<changed>[\w./]+)` 里(?P<edits>(?:[，,]?把 `[^`]+` 改成 `[^`]+`)+)",
    re.DOTALL,
)
_EDIT = re.compile(r"把 `([^`]+)` 改成 `([^`]+)`")


def take_step(step: re.Match[str], docgen: Docgen) -> None:
    """Do one thing that the page says, and hear what it says of it."""
    if step["name"]:
        path = Path(step["name"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step["text"], encoding="utf-8")
    elif step["source"]:
        text = Path(step["source"]).read_text(encoding="utf-8")
        Path(step["target"]).write_text(text, encoding="utf-8")
    elif step["changed"]:
        path = Path(step["changed"])
        text = path.read_text(encoding="utf-8")
        for old, new in _EDIT.findall(step["edits"]):
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
    else:
        run_commands(step["commands"], step["said"] or "", docgen)


def run_commands(commands: str, said: str, docgen: Docgen) -> None:
    heard = ""
    for line in commands.splitlines():
        name, *words = line.split()
        assert name == "docgen"
        run = docgen(*words)
        assert run.code == 0 or "错误" in said, f"{line}\n{run.err}"
        heard += run.out + run.err

    lines = [line.split() for line in heard.splitlines()]
    for line in said.splitlines():  # of columns the widths are not told
        assert any(" ".join(line.split()) in " ".join(each) for each in lines), (line, heard)


def take_steps(docgen: Docgen, *, proof: bool) -> None:
    """Do all that the page says, without a proof where no LibreOffice is."""
    page = PAGE if proof else PAGE.replace(" --pdf --html", " --html")
    for step in _STEP.finditer(page):
        take_step(step, docgen)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def fill_sheets(folder: Path, example: dict[str, Any], keys: dict[str, list[str]]) -> None:
    """Fill the sheets of a blank by hand: the n-th row takes what the example has in the n-th."""
    for name, (table, *rows) in keys.items():
        path = folder / f"{name}.csv"
        head, *lines = rows_of(path)
        column = head.index("内容")
        for line, row in zip(lines, rows, strict=True):
            line[column] = str(example["figures"][table][row].get("value", ""))
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([head, *lines])


def words_of(document: Path) -> str:
    return str(read_blocks(ooxml.read_parts(document.read_bytes())[ooxml.DOCUMENT]))


def test_a_form_is_made_as_the_page_says(docgen: Docgen, folder: Path) -> None:
    """Every file, every command and every line that is said, word for word."""
    take_steps(docgen, proof=False)

    text = words_of(folder / "outputs" / "例子2024.docx")
    for words in ("政府网站工作年度报表（2024年度）", "869000", "无障碍浏览", "单位负责人：周明"):
        assert words in text
    assert "示例" not in text
    assert "2025年1月10日" in (folder / "outputs" / "例子2024.html").read_text(encoding="utf-8")
    data = (folder / "outputs" / "例子2024.数据.csv").read_text(encoding="utf-8-sig")
    assert "次" in data


def test_sheets_filled_by_hand_make_the_same_document(docgen: Docgen, folder: Path) -> None:
    """What a clerk types into the sheets is printed as what the example holds."""
    take_steps(docgen, proof=False)
    text = (folder / "forms" / "website" / "example.json").read_text(encoding="utf-8")
    example: dict[str, Any] = json.loads(text)
    tables = {"网站情况": "site", "填报信息": "signers"}
    keys = {name: [table, *example["figures"][table]] for name, table in tables.items()}
    sheets = folder / "inputs" / "2024-website"
    fill_sheets(sheets, example, keys)
    head, *facts = rows_of(sheets / "基本情况.csv")
    for row in facts:
        row[1] = "部门" if row[0] == "机关层级" else row[1]
    with (sheets / "基本情况.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *facts])

    run = docgen("render", sheets, "--data")
    assert run.code == 0, run.err
    made, other = (folder / "outputs" / f"{n}.docx" for n in ("2024-website", "例子2024"))
    assert words_of(made) == words_of(other)

    data = folder / "outputs" / "2024-website.数据.json"
    shutil.copy(data, folder / "forms" / "website" / "example.json")
    assert "试了 4 个例子" in docgen("form", "check", "website").err


def test_an_edition_in_ten_lines(docgen: Docgen) -> None:
    """The town's form has what it changes, and the rest of the form it extends."""
    take_steps(docgen, proof=False)
    schema = docgen("schema", "--form", "website-town").out
    assert "village" in schema
    assert "reviewer" in schema
    assert "answered" not in schema


@needs_office
@pytest.mark.slow
def test_the_sheet_stands_on_one_page(docgen: Docgen, folder: Path) -> None:
    take_steps(docgen, proof=True)
    record = json.loads((folder / "outputs" / "例子2024.package.json").read_text(encoding="utf-8"))
    assert record["pages"] == 1
    assert record["form"] == "website"


def test_the_page_says_that_it_is_an_example() -> None:
    assert "只是例子，不是官方印制的表" in PAGE
