"""The small commands: new, schema, explain, help, and what is said of a wrong command line."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from door import INPUTS, Docgen, spawn
from forms import FORMS
from openpyxl.cell.cell import MergedCell

import docgen as package
from docgen.registry import every_rule

RULES = {rule.code: rule for rule in every_rule()}

SHEETS = ["基本情况", "表一 主动公开", "表二 申请办理", "表三 复议诉讼", "正文"]


def test_a_blank_is_blank(docgen: Docgen, folder: Path) -> None:
    """Five CSV files with BOM and CRLF in the printed shape, and not one figure in them."""
    run = docgen("new", 2025, "--body", "某某镇人民政府")
    assert run.code == 0
    names = sorted(path.stem for path in (folder / "inputs" / "2025").iterdir())
    assert names == sorted(SHEETS)
    for name in SHEETS[1:4]:
        data = (folder / "inputs" / "2025" / f"{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert (
            data.count(b"\n")
            == data.count(b"\r\n")
            == {"表一": 14, "表二": 28, "表三": 4}[name[:2]]
        )
        assert not any(cell.strip().isdigit() for cell in data.decode("utf-8-sig").split(","))
    run = docgen("check", "inputs/2025", "--json")
    assert run.code == 1
    assert run.codes.count("R377") == 3  # a table each
    assert "R301" not in run.codes


def test_the_body_is_carried_over(docgen: Docgen, folder: Path) -> None:
    """Name, level, title with the new year, wording; not the date, the text or the figures."""
    assert docgen("new", 2025, "--from", INPUTS / "2024.json").code == 0
    facts = (folder / "inputs/2025/基本情况.csv").read_text(encoding="utf-8-sig")
    assert "机关名称,乌苏市甘河子镇人民政府" in facts
    assert "机关层级,乡镇级" in facts
    assert "标题,甘河子镇政府信息公开工作2025年度报告" in facts
    assert "成文日期,," in facts
    assert facts.count("用语：") == 4
    assert "我镇" not in (folder / "inputs/2025/正文.csv").read_text(encoding="utf-8-sig")


def test_a_blank_workbook(docgen: Docgen, folder: Path) -> None:
    """The same sheets; 34 totals are locked formulas, 166 cells are open and take numbers only."""
    assert docgen("new", 2025, "--body", "某某镇人民政府", "--xlsx").code == 0
    book = openpyxl.load_workbook(folder / "inputs" / "2025.xlsx")
    assert book.sheetnames == ["填表说明", *SHEETS]
    formulas, unlocked = [], 0
    for name in SHEETS[1:4]:
        sheet = book[name]
        assert sheet.protection.sheet
        for row in sheet.iter_rows():
            formulas += [c for c in row if isinstance(c.value, str) and c.value.startswith("=")]
            unlocked += sum(not c.protection.locked for c in row if not isinstance(c, MergedCell))
        kinds = {rule.type for rule in sheet.data_validations.dataValidation if rule.sqref}
        assert kinds <= {"whole", "decimal"}
    assert (len(formulas), unlocked) == (34, 166)
    assert all(cell.protection.locked for cell in formulas)
    assert (
        book["表二 申请办理"]["J4"].value
        == '=IF(COUNT(D4,E4,F4,G4,H4,I4)=6,SUM(D4,E4,F4,G4,H4,I4),"")'
    )


@pytest.mark.parametrize(
    "words", [("new", 2025, "--body", "甲"), ("new", 2025, "--body", "甲", "--xlsx")]
)
def test_new_leaves_alone_what_is_there(
    docgen: Docgen, folder: Path, words: tuple[Any, ...]
) -> None:
    assert docgen(*words).code == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    run = docgen(*words)
    assert run.code == 5
    assert "X503" in run.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_2019_form_is_checked_but_not_issued(docgen: Docgen, folder: Path) -> None:
    assert docgen("new", 2020, "--body", "某某局").code == 0
    assert "disclosure-2019" in (folder / "inputs/2020/基本情况.csv").read_text(
        encoding="utf-8-sig"
    )
    run = docgen("render", "inputs/2020", "--draft", "--json")
    assert (run.code, run.codes[-1]) == (2, "X203")


def test_schema(docgen: Docgen, reference: dict[str, Any]) -> None:
    """The reference report is valid, every fault of shape is not; titles are Chinese."""
    schema = json.loads(docgen("schema").out)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    assert validator.is_valid(reference)
    assert schema["properties"]["body"]["title"] == "机关"
    figures = schema["properties"]["figures"]["properties"]
    assert figures["requests"]["properties"]["granted"]["title"] == "（一）予以公开"
    changes: list[dict[str, Any]] = [
        {"year": "2024"},
        {"form": "disclosure-2019"},
        {"extra": 1},
        {"figures": {}},
        {"sections": {"overview": []}},
    ]
    for change in changes:
        assert not validator.is_valid(reference | change), change
    without_totals = json.loads(json.dumps(reference))
    for row in without_totals["figures"]["requests"].values():
        del row["total"]
    assert validator.is_valid(without_totals)


@pytest.mark.parametrize("code", RULES)
def test_explain(docgen: Docgen, code: str) -> None:
    """Every code has a meaning and a cure, with nothing left unfilled."""
    run = docgen("explain", code.lower())
    assert run.code == 0
    assert run.out.startswith(f"{code} {RULES[code].name}")
    assert "改法" in run.out or not RULES[code].cure


def test_explain_lists_every_code(docgen: Docgen) -> None:
    listed = [line.split()[0] for line in docgen("explain").out.splitlines()]
    assert listed == list(RULES)
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rendr", "a"), "没有命令 rendr；最接近的是“render”"),
        (("render",), "还要写明 输入"),
        (("render", "--forc", "a"), "没有选项 --forc；最接近的是“--force”"),
        (("render", "-o"), "选项 -o 后面要写明它的值"),
        (("new", "x", "--body", "甲"), "年度 的写法不对"),
        (("new", 2025), "还要写明机关"),
        (("new", 1999, "--body", "甲"), "1999"),
        (("explain", "E399"), "没有编号“E399”"),
        (("schema", "--form", "x"), "不是表式的代号"),
    ],
)
def test_a_wrong_command_line(docgen: Docgen, words: tuple[Any, ...], said: str) -> None:
    """Exit code 2 and what is wrong with it, in Chinese."""
    run = docgen(*words)
    assert run.code == 2
    assert said in run.err
    assert "Traceback" not in run.err


def test_help_is_chinese(docgen: Docgen) -> None:
    assert docgen().code == 2
    for words in (("--help",), ("render", "--help"), ("template", "--help")):
        run = docgen(*words)
        assert run.code == 0
        assert "用法：" in run.out
        assert "Usage" not in run.out
        assert "Options" not in run.out


def test_a_gbk_console_goes_on(folder: Path) -> None:
    """A character the console cannot print is shown by its number; nothing is lost by it."""
    name = folder / "㐀.json"
    name.write_bytes(b"")
    run = spawn("check", name.name, cwd=folder, PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert run.returncode == 3
    assert "Traceback" not in run.stderr


def test_importing_docgen_imports_nothing() -> None:
    code = "import sys; before = set(sys.modules); import docgen; print(set(sys.modules) - before)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "{'docgen'}"


def test_engine_code_names_no_row() -> None:
    """A form is data: no module outside forms/ holds a row's or a column's key or label."""
    engine = Path(__file__).parent.parent / "docgen"
    words = {line.label for form in FORMS.values() for line in form.wordings.values()}
    words |= {a for form in FORMS.values() for a in form.figures}
    words = {word for word in words if len(word) > 3}
    for path in engine.rglob("*.py"):
        if "forms" not in path.parts:
            text = path.read_text(encoding="utf-8")
            assert not [word for word in words if f'"{word}"' in text], path


def test_the_command_line_alone_prints() -> None:
    """No room below it says anything by itself."""
    rooms = Path(package.__file__).parent
    printing = {
        str(path.relative_to(rooms))
        for path in rooms.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "typer.echo")
    }
    assert printing == {str(Path("cli", "console.py"))}
