"""Text that could be taken for something else: printed to the letter, or refused at its place."""

import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from busy import FACTS, TEXT, as_json, busy_report, errors, nothing_written, put, read, said
from door import INPUTS, Docgen, write_json

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIELDS = [
    "body.name",
    "body.short_name",
    "title",
    "preface",
    "sections.overview",
    "sections.problems",
    "sections.other",
    "signature.name",
    "wording.disclosure.normative",
    "wording.requests.granted",
    "wording.requests.natural",
]
PRINTED = [field for field in FIELDS if field not in ("body.name", "body.short_name")]


@pytest.fixture
def tree() -> dict[str, Any]:
    """The busy report as JSON, to change."""
    return as_json(busy_report(read(INPUTS / "2024.json")))


def fill(tree: dict[str, Any], field: str, text: str) -> str:
    """Put a text into a field; gives its path in messages."""
    above, _, last = field.partition(".")
    if field in ("preface", "sections.overview", "sections.problems", "sections.other"):
        paragraphs = tree[above] if not last else tree[above][last]
        paragraphs.append(text)
        return f"{field} 第 {len(paragraphs)} 段"
    if last:
        tree.setdefault(above, {})[last] = text
    else:
        tree[above] = f"{text}（{tree['year']}年）" if field == "title" else text  # it has one year
    return field


def printed(path: Path) -> list[str]:
    """The paragraphs of a document, joined from their runs."""
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read("word/document.xml"))
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p")]


HOSTILE = [
    "{% for %}",
    "{%p for x in y %}{%tr endfor %}",
    "{# 注释 #}",
    "{_{ 7*7 }_}",
    "{_%x%_}",
    "}_}",
    "}%}",
    "&<>\"'",
    "&lt;&amp;&#20;&#x4e00;",
    "</w:t></w:r><w:br/>",
    "]]><!--",
    "_x0041_",
    "<w:p>",
    "\\n\\t%s%(x)s${x}",
    "镇 政 府",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_to_the_letter(docgen: Docgen, tree: dict[str, Any], folder: Path, text: str) -> None:
    """Tags, markup and code in any text field are only text, in the document and its package."""
    for number, field in enumerate(FIELDS):
        year = "，2024年" if field == "title" else ""
        fill(tree, field, f"甲{number}{text}乙{number}{year}")
    run = docgen("render", write_json(folder / "2024.json", tree), "--json")
    assert (run.code, errors(run)) == (0, [])
    lines = printed(folder / "outputs" / "2024.docx")
    for number, field in enumerate(FIELDS):
        found = [line for line in lines if f"甲{number}{text}乙{number}" in line]
        assert bool(found) == (field in PRINTED), field
    assert not any("49" in line.replace(text, "") for line in lines if "甲" in line)
    assert docgen("verify", "outputs/2024.docx").code == 0


BRACES = ["{{ 7*7 }}", "{{7*7}}{{ title }}", "{{", "}}%}", "｛｛ 7*7 ｝｝"]
BOUND = ("title", "preface", "sections.overview", "sections.problems", "sections.other")


@pytest.mark.parametrize("text", BRACES)
def test_braces_take_no_code(docgen: Docgen, tree: dict[str, Any], folder: Path, text: str) -> None:
    """In a title or a paragraph double braces take a figure, and anything else is refused."""
    paths = [fill(tree, field, f"甲{text}乙") for field in BOUND]
    run = docgen("render", write_json(folder / "2024.json", tree), "--json")
    assert run.code == 1
    findings = [f for f in run.lines[0]["findings"] if f["code"] in ("E501", "E502")]
    assert {place["cell"] for f in findings for place in f["places"]} == set(paths)
    assert "49" not in "".join(f["message"] for f in findings)
    assert nothing_written(folder)


@pytest.mark.parametrize("text", BRACES)
def test_braces_elsewhere(docgen: Docgen, tree: dict[str, Any], folder: Path, text: str) -> None:
    """In names and labels they are only text."""
    fields = [field for field in FIELDS if field not in BOUND]
    for number, field in enumerate(fields):
        fill(tree, field, f"甲{number}{text}乙{number}")
    run = docgen("render", write_json(folder / "2024.json", tree), "--json")
    assert (run.code, errors(run)) == (0, [])
    lines = printed(folder / "outputs" / "2024.docx")
    for number, field in enumerate(fields):
        if field in PRINTED:
            assert any(f"甲{number}{text}乙{number}" in line for line in lines), field


UNSEEN = {
    "\x0b": "U+000B",
    "\x0c": "U+000C",
    "\xad": "U+00AD",
    "\u200b": "U+200B",
    "\u2028": "U+2028",
    "\ufeff": "U+FEFF",
}


@pytest.mark.parametrize("character", UNSEEN, ids=UNSEEN.values())
@pytest.mark.parametrize("field", FIELDS)
def test_unseen(
    docgen: Docgen, tree: dict[str, Any], folder: Path, field: str, character: str
) -> None:
    """What takes no room is taken out, and a note says which character and where."""
    path = fill(tree, field, f"甲乙{character}丙")
    run = docgen("render", write_json(folder / "2024.json", tree), "--json")
    assert (run.code, errors(run)) == (0, [])
    (found,) = said(run, "R123")
    assert UNSEEN[character] in found["message"]
    assert [place["cell"] for place in found["places"]] == [path]
    if field in PRINTED:
        assert any("甲乙丙" in line for line in printed(folder / "outputs" / "2024.docx"))


@pytest.mark.parametrize("break_", ["\v", "\u2028", "\v\v", "\u200b\v"])
def test_a_break_between_digits_stays(
    docgen: Docgen, tree: dict[str, Any], folder: Path, break_: str
) -> None:
    """It may part two figures: nobody says 12 for them."""
    fill(tree, "sections.other", f"共1{break_}2个。")
    run = docgen("check", write_json(folder / "2024.json", tree), "--json")
    assert (run.code, errors(run)) == (1, ["R107"])


BAD = {
    "\x00": "U+0000",
    "\x01": "U+0001",
    "\x08": "U+0008",
    "\x1f": "U+001F",
    "\x7f": "U+007F",
    "\x85": "U+0085",
    "\u202e": "U+202E",
    "\ufffe": "U+FFFE",
    "\uffff": "U+FFFF",
    "\U0001ffff": "U+1FFFF",
    "\t": "制表符",
}


@pytest.mark.parametrize("character", BAD, ids=BAD.values())
@pytest.mark.parametrize("field", FIELDS)
def test_unprintable(
    docgen: Docgen, tree: dict[str, Any], folder: Path, field: str, character: str
) -> None:
    """A character that a document cannot hold is refused at its field, by position and name."""
    path = fill(tree, field, f"甲乙{character}丙")
    (folder / "2024.json").write_text(json.dumps(tree), encoding="ascii")
    run = docgen("render", "2024.json", "--json")
    assert (run.code, errors(run)) == (1, ["R107"])
    found = said(run, "R107")[0]
    assert "第 3 个字符" in found["message"]
    assert BAD[character] in found["message"]
    assert [place["cell"] for place in found["places"]] == [path]
    assert "Traceback" not in run.err
    assert nothing_written(folder)


@pytest.mark.parametrize("character", ["\x01", "\t", "\u202e", "\ufffe"])
@pytest.mark.parametrize(("file", "cell"), [(FACTS, "B4"), (FACTS, "B8"), (TEXT, "B3")])
def test_unprintable_cells(
    docgen: Docgen, csv_folder: Path, folder: Path, file: str, cell: str, character: str
) -> None:
    """In a CSV cell the same, with the cell."""
    put(csv_folder / file, cell, f"甲{character}乙")
    run = docgen("render", "2024", "--json")
    assert (run.code, errors(run)) == (1, ["R107"])
    assert [(p["file"], p["cell"]) for p in said(run, "R107")[0]["places"]] == [
        (f"2024/{file}", cell)
    ]
    assert nothing_written(folder)


@pytest.mark.parametrize("name", ["../../x", "CON", "NUL.txt", "a/b\\c:d*e?", "-o", "." * 200])
def test_names_are_not_paths(docgen: Docgen, tree: dict[str, Any], folder: Path, name: str) -> None:
    """A body's name names no file: the document is called as its input is."""
    tree["body"]["name"] = tree["signature"]["name"] = name
    (folder / "in").mkdir()
    run = docgen("render", write_json(folder / "in" / "2024.json", tree), "--json")
    assert run.code == 0
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == {"in/2024.json", "outputs/2024.docx", "outputs/2024.package.json"}
    assert name in printed(folder / "outputs" / "2024.docx")


def test_name_with_a_line_break(docgen: Docgen, tree: dict[str, Any], folder: Path) -> None:
    """A line break inside a name is refused; one at its end is tidied, and said."""
    tree["body"]["name"] = "甲市\n人民政府"
    run = docgen("render", write_json(folder / "2024.json", tree), "--json")
    assert (run.code, errors(run)) == (1, ["R107"])
    assert "换行" in said(run, "R107")[0]["message"]
    assert nothing_written(folder)
    name = "乌苏市甘河子镇管理委员会"
    tree["body"]["name"] = f"{name}\n"
    run = docgen("check", write_json(folder / "2024.json", tree), "--json")
    assert (run.code, run.codes) == (0, ["R108"])
    assert read(folder / "2024.json").body.name == name


def test_tidied_paragraphs(docgen: Docgen, tree: dict[str, Any], folder: Path) -> None:
    """Indents go, a line break in a cell begins another paragraph; both are said."""
    indent = "\u3000\u3000"
    paragraphs = [f"{indent}一段。", f"两段。\r\n{indent}分开。", " ", "三段，信息处理费。"]
    tree["sections"]["other"] = paragraphs
    run = docgen("check", write_json(folder / "2024.json", tree), "--json")
    assert (run.code, run.codes) == (0, ["R108", "R108"])
    assert [f["places"][0]["cell"] for f in said(run, "R108")] == [
        "sections.other 第 1 段",
        "sections.other 第 2 段",
    ]
    other = read(folder / "2024.json").sections["other"]
    assert other == ("一段。", "两段。", "分开。", "三段，信息处理费。")


def test_quotes_stay(docgen: Docgen, tree: dict[str, Any], folder: Path) -> None:
    """Quotation marks and spaces inside the text stay as they were typed."""
    text = "他说 \"好\"，'是'，“好”——…… 12 件"
    fill(tree, "sections.other", text)
    assert docgen("render", write_json(folder / "2024.json", tree)).code == 0
    assert text in printed(folder / "outputs" / "2024.docx")
