"""Inputs that are no Chinese, too long, half written or closed: refused by name, not guessed at."""

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from busy import edit_xlsx, errors, nothing_written, refused, said
from door import INPUTS, Docgen, spawn, write_json
from processes import finish

from docgen.files import ooxml
from docgen.model import Report
from docgen.read import read_report

NAME = "乌苏市政府"  # none of its bytes is an unseen character in Latin-1


def in_encoding(text: str, encoding: str) -> bytes:
    """A text without the characters that the encoding lacks."""
    return "".join(one for one in text if one.encode(encoding, "ignore")).encode(encoding)


MISREAD: dict[str, tuple[Callable[[str], bytes], str]] = {
    "big5": (lambda text: in_encoding(text, "big5"), "Big5"),
    "shift_jis": (lambda text: in_encoding(text, "shift_jis"), "Shift-JIS"),
    "utf-16-le": (lambda text: text.encode("utf-16-le"), "UTF-16"),
    "utf-16-be": (lambda text: text.encode("utf-16-be"), "UTF-16"),
    "as GBK": (lambda text: text.encode().decode("gb18030", "replace").encode(), "UTF-8"),
    "as Latin": (lambda text: text.encode().decode("latin-1").encode(), "UTF-8"),
    "as Latin twice": (
        lambda text: text.encode().decode("latin-1").encode().decode("latin-1").encode(),
        "UTF-8",
    ),
    "GBK as Latin": (lambda text: text.encode("gb18030").decode("latin-1").encode(), "GBK"),
    "random": (lambda text: "".join(chr(ord(one) * 7 % 30_000) for one in text).encode(), ""),
}


@pytest.mark.parametrize("how", MISREAD)
@pytest.mark.parametrize("draft", [[], ["--draft"]])
def test_misread(
    docgen: Docgen, csv_folder: Path, folder: Path, how: str, draft: list[str]
) -> None:
    """A file in another encoding is refused, and the encoding is named, even for a draft."""
    spoil, encoding = MISREAD[how]
    path = csv_folder / "正文.csv"
    path.write_bytes(spoil(path.read_text(encoding="utf-8-sig")))
    run = docgen("render", "2024", "--json", *draft)
    assert encoding in refused(run, 3, "X320", "正文.csv", folder)


@pytest.mark.parametrize("how", [how for how in MISREAD if how != "random"])
def test_misread_json(docgen: Docgen, folder: Path, how: str) -> None:
    """The same of a JSON file, whose keys are ASCII and so still good."""
    spoil, encoding = MISREAD[how]
    text = (INPUTS / "2024.json").read_text(encoding="utf-8")
    (folder / "2024.json").write_bytes(spoil(text))
    assert encoding in refused(docgen("render", "2024.json", "--json"), 3, "X320", "2024", folder)


def test_misread_workbook(docgen: Docgen, report: Report, folder: Path) -> None:
    """A CSV opened in the wrong encoding and saved as a workbook."""
    paragraphs = {
        ("正文", f"B{row}"): (str(row) + text).encode().decode("gb18030", "replace")
        for row in range(2, 40)
        for text in ["公开", "政府信息公开工作年度报告" * 3]
    }
    edit_xlsx(report, folder / "2024.xlsx", paragraphs)
    run = docgen("check", "2024.xlsx", "--json")
    assert run.code != 0
    assert {"X320", "R131"} & {*errors(run)}


@pytest.mark.parametrize("escaped", [True, False])
def test_misread_value(
    docgen: Docgen, reference: dict[str, Any], folder: Path, escaped: bool
) -> None:
    """One value from another system: told at its place, with what it was."""
    reference["body"]["name"] = NAME.encode().decode("latin-1")
    text = json.dumps(reference, ensure_ascii=escaped)
    (folder / "2024.json").write_text(text, encoding="utf-8")
    run = docgen("render", "2024.json", "--json")
    assert run.code == 1
    (found,) = said(run, "R131")
    assert (found["expected"], found["places"][0]["cell"]) == (NAME, "body.name")
    assert nothing_written(folder)


@pytest.mark.parametrize(
    "name", ["㙟䢺𠅤镇人民政府", "𠅤𠅥𠅦𠅧乡", "喆堃镕赟街道", "烏蘇市甘河子鎮人民政府"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_rare_names_are_names(
    docgen: Docgen, reference: dict[str, Any], folder: Path, name: str, encoding: str
) -> None:
    """Rare and traditional characters are no sign of a wrong encoding."""
    reference["body"]["name"] = name
    text = json.dumps(reference, ensure_ascii=False)
    (folder / "2024.json").write_bytes(text.encode(encoding))
    run = docgen("check", "2024.json", "--json")
    assert not {"X320", "R131"} & {*run.codes}


def test_misread_roster(docgen: Docgen, folder: Path) -> None:
    """A list of units is read by the same layer."""
    shutil.copy(INPUTS / "2024.json", folder)
    names = "".join(f"{name},張三\r\n" for name in ("烏蘇市甘河子鎮人民政府", "另一個鎮人民政府"))
    (folder / "名单.csv").write_bytes(f"機關名稱,聯繫人\r\n{names}".encode("big5"))
    run = docgen("check", "2024.json", "--roster", "名单.csv")
    assert run.code == 3
    assert "Big5" in run.err


@pytest.mark.parametrize(
    "member", ['"na\\ud83d": 1', '"title": "\\udc00"', '"preface": ["\\uD83Dx"]']
)
@pytest.mark.parametrize("draft", [[], ["--draft"]])
def test_half_a_character(docgen: Docgen, folder: Path, member: str, draft: list[str]) -> None:
    """A lone surrogate is a fault of the JSON, told by line, whatever is asked for."""
    text = (INPUTS / "2024.json").read_text(encoding="utf-8")
    (folder / "2024.json").write_text(text.replace("{", f"{{\n{member},", 1), encoding="utf-8")
    run = docgen("render", "2024.json", "--json", *draft)
    assert "第 2 行" in refused(run, 3, "X309", "2024.json", folder)


def test_whole_characters(docgen: Docgen, folder: Path) -> None:
    """Two halves are a character, and a backslash before u may be one by itself."""
    text = (INPUTS / "2024.json").read_text(encoding="utf-8")
    (folder / "2024.json").write_text(
        text.replace("{", '{"x": "\\ud83d\\ude00 \\\\ud83d",', 1), encoding="utf-8"
    )
    assert docgen("check", "2024.json", "--json").codes[0] == "R102"


@pytest.mark.parametrize(
    ("member", "code", "rule"),
    [
        ('"a": 1,' * 40_000, 3, "X304"),
        ('"preface": ["' + "公" * 6_000_000 + '"],', 3, "X304"),
        ('"preface": ["' + "公" * 40_000 + '"],', 1, "R130"),
        ('"title": "' + "甲" * 100_000 + '",', 1, "R130"),
        ('"title": "甲\\n乙\\n丙\\n丁\\n戊",', 1, "R105"),
    ],
)
def test_too_long(docgen: Docgen, folder: Path, member: str, code: int, rule: str) -> None:
    """More than a report holds is refused, and the limit told."""
    tree = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    del tree["preface"]
    tree.pop("title", None)
    text = json.dumps(tree, ensure_ascii=False)
    (folder / "2024.json").write_text("{" + member + text[1:], encoding="utf-8")
    run = docgen("render", "2024.json", "--json")
    assert (run.code, rule in errors(run)) == (code, True)
    assert "超过" in said(run, rule)[0]["message"]
    assert nothing_written(folder)


@pytest.mark.parametrize(
    ("stored", "read", "said_so"),
    [
        ("1.1", "1.1", False),
        ("1.1000000000000001", "1.1", False),  # as Excel writes what was typed as 1.1
        ("7.0000000000000007E-2", "0.07", False),
        ("190.457379", "190.457379", False),
        ("0.30000000000000004", "0.3", True),
        ("3.0000000000000004", "3", True),
        ("0.33333333333333331", None, True),
        ("33.333333333333336", None, True),
        ("251000.00000000001", None, True),  # a double holds 251000
        ("12345678901234567890", None, True),
        ("1E400", None, True),
    ],
)
def test_digits_of_a_cell(
    docgen: Docgen, folder: Path, stored: str, read: str | None, said_so: bool
) -> None:
    """What a formula leaves after what was meant is taken off and said; what is not meant, told."""
    parts = ooxml.read_parts((INPUTS / "2024.xlsx").read_bytes())
    cell = '<c r="B14" s="6" t="n"><v>'
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    assert f"{cell}0<" in sheet
    parts["xl/worksheets/sheet2.xml"] = sheet.replace(f"{cell}0<", f"{cell}{stored}<").encode()
    (folder / "2024.xlsx").write_bytes(ooxml.write_package(parts))
    run = docgen("check", "2024.xlsx", "--json")
    assert ("R305" in run.codes or "R320" in run.codes) == said_so
    if read is None:
        assert said(run, "R320")[0]["places"][0]["cell"] == "B14"
    else:
        figures = read_report(folder / "2024.xlsx").report.figures
        assert str(figures["disclosure.fees.amount"]) == read


def test_one_name_in_two_forms(docgen: Docgen, folder: Path) -> None:
    """A Mac's é and Windows' é are one name: one output, and a clash if both are given."""
    composed = "2024é.json"
    for name in (composed, unicodedata.normalize("NFD", composed)):
        shutil.copy(INPUTS / "2024.json", folder / name)
        assert docgen("render", name).code == 0
        assert sorted(path.name for path in (folder / "outputs").iterdir()) == [
            "2024é.docx",
            "2024é.package.json",
        ]
    assert "X202" in docgen("render", composed, name).err


@pytest.mark.parametrize(
    "stem", ["con", "NUL.2024", "COM1", "a|b", "2024 ", "2024.", 'a"b', "a\nb"]
)
def test_names_windows_cannot_hold(docgen: Docgen, folder: Path, stem: str) -> None:
    """An input of such a name can be checked; nothing is issued by it."""
    write_json(folder / f"{stem}.json", json.loads((INPUTS / "2024.json").read_bytes()))
    assert docgen("check", f"{stem}.json").code == 0
    run = docgen("render", f"{stem}.json", "--json")
    assert (run.code, errors(run)) == (5, ["X520"])
    assert nothing_written(folder)


@pytest.mark.parametrize("stem", ["control", "com10", "2024.1", "年报？", ".a"])
def test_names_windows_holds(docgen: Docgen, folder: Path, stem: str) -> None:
    """What only looks like one of those is issued."""
    shutil.copy(INPUTS / "2024.json", folder / f"{stem}.json")
    assert docgen("render", f"{stem}.json").code == 0
    assert (folder / "outputs" / f"{stem}.docx").is_file()


@pytest.mark.slow
@pytest.mark.parametrize("option", ["--previous", "--roster"])
@pytest.mark.parametrize("name", ["管.csv", "管.json", "管.xlsx"])
def test_pipes_beside(folder: Path, option: str, name: str) -> None:
    """Nothing waits for a pipe: what is no file is refused, whatever it is given as."""
    shutil.copy(INPUTS / "2024.json", folder)
    os.mkfifo(folder / name)
    done = spawn("check", "2024.json", option, name, cwd=folder)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def _as_owner(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run docgen as one whom a file's mode binds, as root is not."""
    bound = ["-dac_override,-dac_read_search"]
    prefix = ["setpriv", "--bounding-set", *bound, "--inh-caps", *bound] if not os.getuid() else []
    return finish([*prefix, sys.executable, "-m", "docgen", *words], cwd=cwd)


@pytest.mark.slow
@pytest.mark.skipif(not os.getuid() and not shutil.which("setpriv"), reason="root reads all")
@pytest.mark.parametrize(
    "words",
    [
        "check zu.json",
        "render zu.json",
        "check 2024.json --previous zu.json",
        "check 2024.json --roster zu.xlsx",
        "compare 2024.json zu.json",
        "new 2025 --from zu.json",
        "verify zu.docx",
        "page zu.docx",
    ],
)
def test_closed_files(folder: Path, words: str) -> None:
    """A file without the right to read it is unreadable, not a wrong command line."""
    shutil.copy(INPUTS / "2024.json", folder)
    for name in ("zu.json", "zu.xlsx", "zu.docx"):
        (folder / name).write_bytes(b"{}")
        (folder / name).chmod(0)
    done = _as_owner(*words.split(), cwd=folder)
    assert done.returncode == 3, done.stderr
    assert "没有权限" in done.stderr
