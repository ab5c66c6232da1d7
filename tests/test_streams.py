"""What docgen says when a stream fails, and that no text of others writes a line of docgen's."""

import json
import os
import re
import shutil
import sys
import tempfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from county import county
from door import INPUTS, Docgen, write_json
from hypothesis import given
from hypothesis import strategies as st
from processes import finish, on_terminal
from proofs import needs_office

from docgen.files.visible import as_json, visible

FULL = Path("/dev/full")
#: What a terminal obeys or does not show.
EVIL = "\x1b[2K\r\n2024.json：通过\x9b31m\u202e\u2066\u2028\x07\x00\x7f\ufeff[bold red]"
_RAW = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
TOLD = r"\x1b[2K\r\n2024.json：通过\x9b31m\u202e\u2066\u2028\x07\x00\x7f\ufeff[bold red]"


def shell(line: str, folder: Path) -> tuple[int, str]:
    """The exit code of docgen in a line of the shell, and what stands on stderr."""
    command = f"{sys.executable} -m docgen"
    script = line.replace("docgen", command, 1) + "\nexit ${PIPESTATUS[0]}"
    done = finish(["bash", "-c", script], cwd=folder)
    return done.returncode, done.stderr


@pytest.fixture
def sound(folder: Path) -> Path:
    """A sound report and one with a wrong sum."""
    shutil.copy(INPUTS / "2024.json", folder)
    report = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    report["figures"]["requests"]["received"]["natural"] = 5
    write_json(folder / "wrong.json", report)
    return folder


@pytest.mark.slow
@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("docgen check 2024.json 2>&-", 0),
        ("docgen check 2024.json 2>/dev/full", 0),
        ("docgen check 2024.json >&- 2>&- <&-", 0),
        ("docgen check wrong.json 2>&-", 1),
        ("docgen check wrong.json 2>/dev/full", 1),
        ("docgen check missing.json 2>&-", 3),
        ("docgen rendr 2>&-", 2),
        ("docgen render 2024.json 2>&-", 0),
        ("docgen render 2024.json >&-", 0),
        ("docgen render 2024.json | true", 0),
        ("docgen render 2024.json > /dev/full", 5),
        ("docgen render wrong.json > /dev/full", 1),
        ("docgen check 2024.json --json > /dev/full", 5),
        ("docgen check wrong.json --json > /dev/full", 5),
        ("docgen check wrong.json --json | true", 1),
        ("docgen --help > /dev/full", 5),
        ("docgen --help | true", 0),
        ("docgen schema > /dev/full 2>&1", 5),
        ("docgen explain | head -1", 0),
    ],
)
def test_the_code_when_a_stream_fails(sound: Path, line: str, code: int) -> None:
    """That of the work; 5 where the result could not be said and nobody wanted it so."""
    found, said = shell(line, sound)
    assert found == code, said
    assert "Traceback" not in said
    assert "X701" not in said
    assert ("X509" in said) is (code == 5 and "2>" not in line)
    written = {path.name for path in sound.glob("outputs/*")}
    wanted = {"2024.docx", "2024.package.json"} if "render 2024" in line else set()
    assert written == wanted


@pytest.mark.slow
@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")
@pytest.mark.parametrize("end", ["| head -1 >/dev/null", "2>&1 | true", "> /dev/full"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_batch_is_finished_whoever_listens(
    folder: Path, reference: dict[str, Any], end: str, jobs: int
) -> None:
    county(reference, folder / "units", 12)
    code, said = shell(f"docgen render units --jobs {jobs} {end}", folder)
    assert code == (5 if "full" in end else 0), said
    assert len(list((folder / "outputs").glob("*.docx"))) == 12


@pytest.mark.slow
def test_a_stream_that_is_closed_does_not_become_a_file(sound: Path) -> None:
    """What is written next would get its number, and what docgen says would go in there."""
    assert shell("docgen render 2024.json >&- 2>&-", sound)[0] == 0
    one = (sound / "outputs/2024.docx").read_bytes()
    shutil.rmtree(sound / "outputs")
    assert shell("docgen render 2024.json", sound)[0] == 0
    assert (sound / "outputs/2024.docx").read_bytes() == one


def test_a_console_that_has_not_the_character(sound: Path) -> None:
    code, said = shell("PYTHONIOENCODING=ascii docgen check 2024.json", sound)
    assert code == 0
    assert r"\u901a\u8fc7" in said  # 通过


@pytest.fixture
def evil(folder: Path, reference: dict[str, Any]) -> Path:
    """A report that tries to write lines of docgen's: by a key, a text and its own name."""
    reference["figures"]["requests"]["received"][EVIL] = 1
    reference["sections"]["other"].append(f"甲{EVIL}乙")
    reference["body"]["name"] = f"甲{EVIL}"
    return write_json(folder / f"a{EVIL.replace(chr(0), '').replace('/', '')}.json", reference)


def told_in_lines(text: str) -> list[str]:
    """The lines, none of which holds what a terminal obeys."""
    assert not _RAW.search(text)
    return text.split("\n")


def test_no_line_of_others(docgen: Docgen, folder: Path, evil: Path) -> None:
    for words in (["check", evil], ["render", evil], ["check", folder], ["render", folder]):
        run = docgen(*words)
        assert run.code == 1
        for line in told_in_lines(run.err) + told_in_lines(run.out):
            assert not line.startswith("2024.json：通过"), line
        assert TOLD in run.err
        assert TOLD.replace(r"\x00", "") in run.err  # the name of the file


def test_json_stays_json(docgen: Docgen, folder: Path, evil: Path) -> None:
    other = folder / "other.json"
    shutil.copy(evil, other)
    run = docgen("check", evil, other, "--json")
    lines = told_in_lines(run.out)
    assert [json.loads(line)["input"] for line in lines[:-1]] == [str(evil), str(other)]
    assert lines[-1] == ""
    assert any(EVIL in f["message"] for f in json.loads(lines[0])["findings"])


@pytest.mark.parametrize(
    "words",
    [
        ["check", "没有" + EVIL.replace("\0", "")],
        ["check", "--" + EVIL.replace("\0", "")],
        [EVIL.replace("\0", "")],
        ["explain", EVIL.replace("\0", "")],
        ["verify", EVIL.replace("\0", "")],
        ["page", EVIL.replace("\0", "")],
        ["compare", EVIL.replace("\0", ""), "b"],
        ["template", "check", EVIL.replace("\0", "")],
        ["schema", "--form", EVIL.replace("\0", "")],
        ["new", "2025", "--body", EVIL.replace("\0", "")],
    ],
)
def test_nor_of_the_command_line(docgen: Docgen, words: list[str]) -> None:
    run = docgen(*words)
    assert run.code in (2, 3, 4)
    for line in told_in_lines(run.err) + told_in_lines(run.out):
        assert not line.startswith("2024.json：通过"), line
    assert r"\x1b[2K\r\n2024.json：通过" in run.err


def test_in_reports_of_a_check(docgen: Docgen, folder: Path, evil: Path) -> None:
    names = ["结果.html", "结果.json"]
    docgen("check", evil, *(f"--report={name}" for name in names))
    for name in names:
        told_in_lines((folder / name).read_text(encoding="utf-8"))
    assert TOLD in unescape((folder / "结果.html").read_text(encoding="utf-8"))
    said = json.loads((folder / "结果.json").read_text(encoding="utf-8"))
    assert said["inputs"][0]["input"] == str(evil)


def test_in_a_comparison(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    name = EVIL.replace("\0", "").replace("/", "")
    for one in (f"a{name}.json", f"b{name}.json"):
        write_json(folder / one, reference)
    run = docgen("compare", f"a{name}.json", f"b{name}.json", "--html", "比.html")
    told_in_lines(run.out + run.err)
    assert TOLD.replace(r"\x00", "") in run.out
    told_in_lines((folder / "比.html").read_text(encoding="utf-8"))
    run = docgen("compare", f"a{name}.json", f"b{name}.json", "--json")
    assert len(told_in_lines(run.out)) == 2
    json.loads(run.out)


def test_on_a_terminal_nothing_is_markup(folder: Path, reference: dict[str, Any]) -> None:
    """A batch's line is drawn by rich, which would take [bold] for its own."""
    (folder / "units").mkdir()
    reference["[bold red]甲[/bold red]\x1b[2K"] = 1
    for number in range(6):
        write_json(folder / "units" / f"[red]{number}.json", reference)
    shown = on_terminal(folder, "check", "units")
    assert "[bold red]甲[/bold red]\\x1b[2K" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert "units/[red]5.json" in shown


def test_a_name_in_another_encoding_is_shown(folder: Path, docgen: Docgen) -> None:
    name = os.fsdecode("年报_丽水.json".encode("gbk"))
    shutil.copy(INPUTS / "2024.json", folder / name)
    for words in (["check", name], ["verify", name], ["compare", name, name]):
        run = docgen(*words)
        assert run.code == 3, run.err
        assert "“年报_丽水.json”的文件名不是 UTF-8" in run.err
    run = docgen("render", folder)
    assert run.code == 3
    assert not (folder / "outputs").exists()
    folder.joinpath(name).rename(folder / "年报.json")
    assert docgen("render", "年报.json", "-o", os.fsdecode("输出".encode("gbk"))).code == 0
    assert (folder / os.fsdecode("输出".encode("gbk")) / "年报.docx").exists()


@needs_office
def test_no_room_for_a_proof(docgen: Docgen, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document is written; only the proof is missing, and that is what is said."""
    from docgen import office

    office.discard_home()
    monkeypatch.setattr(tempfile, "tempdir", str(sound / "2024.json"))  # no folder
    run = docgen("render", "2024.json", "--pdf")
    assert run.code == 5
    assert "F107 没有出校样" in run.err
    assert "2024.json：通过，没有校样（1 个错误" in run.err
    assert "没有写出" not in run.err
    assert run.out == "outputs/2024.docx\n"
    assert (sound / "outputs/2024.docx").exists()


@given(st.text())
def test_visible_text_is_one_line(text: str) -> None:
    shown = visible(text)
    assert not _RAW.search(shown)
    assert "\n" not in shown
    assert len(shown.splitlines()) <= 1
    shown.encode()
    if text.isprintable():
        assert shown == text


@pytest.mark.slow
@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner)))
def test_json_says_the_same(value: Any) -> None:
    text = as_json({"值": value})
    assert json.loads(text) == {"值": value}
    assert not _RAW.search(text)
    assert "\n" not in text
    assert json.loads(as_json([value], indent=2)) == [value]
