"""`docgen doctor`: every line says how it is and what to do; only what is in the way is bad."""

import json
import os
import shutil
import struct
import sys
from pathlib import Path

import pytest
from door import PROJECT, Docgen, spawn

from docgen import files
from docgen.layout import fonts
from docgen.office import SETTING
from docgen.publish import doctor


def program(path: Path, script: str) -> Path:
    """A program that says something."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_on_this_computer(docgen: Docgen, folder: Path) -> None:
    """It is usable: the tests run on it. Nothing is left behind."""
    run = docgen("doctor")
    assert run.code == 0
    assert run.err == "可以用\n"
    lines = run.out.splitlines()
    assert all(line.startswith(("好", "注意")) for line in lines)
    for subject in ("Python", "程序库", "模板", "写文件", "屏幕", "LibreOffice", "字体"):
        assert any(f" {subject}：" in line for line in lines), subject
    assert not list(folder.iterdir())


def test_for_programs(docgen: Docgen) -> None:
    run = docgen("doctor", "--json")
    record = json.loads(run.out)
    assert record["usable"] is True
    assert {check["state"] for check in record["checks"]} <= {"good", "attention"}
    assert all(check["cure"] for check in record["checks"] if check["state"] != "good")
    assert run.err == ""


def test_python_and_libraries() -> None:
    assert doctor.check_python((3, 10, 4)).state == "bad"
    assert doctor.check_python((3, 11, 0)).state == "good"
    missing = doctor.check_libraries(["typer", "no-such-library"])
    assert (missing.state, missing.message) == ("bad", "缺少 no-such-library")


@pytest.mark.skipif(os.name != "posix", reason="needs shell scripts as programs")
def test_libreoffice(docgen: Docgen, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There, absent, and there but broken or silent: never in the way."""
    good = program(folder / "soffice", "echo LibreOffice 24.8.4.2 abc")
    assert doctor.check_office(good) == doctor.Check("good", "LibreOffice", f"24.8.4.2，{good}")
    assert doctor.check_office(None).state == "attention"
    broken = doctor.check_office(program(folder / "broken", "exit 1"))
    assert (broken.state, "没有应答" in broken.message) == ("attention", True)
    monkeypatch.setattr(doctor, "_PATIENCE", 0.2)
    assert doctor.check_office(program(folder / "slow", "exec sleep 5")).state == "attention"
    monkeypatch.setenv(SETTING, str(folder / "nowhere"))
    run = docgen("doctor")
    assert run.code == 0
    assert "注意 LibreOffice：没有找到" in run.out


OFFICIAL = {"仿宋_GB2312": (("FangSong_GB2312",), ("仿宋", "FangSong")), "黑体": (("SimHei",), ())}


@pytest.mark.parametrize(
    ("installed", "states", "first"),
    [
        ({"仿宋_GB2312", "SimHei"}, ["good", "good"], "仿宋_GB2312"),
        ({"fangsong_gb2312", "simhei"}, ["good", "good"], "仿宋_GB2312"),
        ({"FangSong"}, ["attention"] * 2, "没有 仿宋_GB2312，校样用 FangSong 代替"),
        (set[str](), ["attention"] * 2, "没有 仿宋_GB2312，也没有相近的字体"),
    ],
)
def test_fonts(installed: set[str], states: list[str], first: str) -> None:
    checks = list(doctor.check_fonts(OFFICIAL, installed))
    assert [check.state for check in checks] == states
    assert checks[0].message == first


def font(*names: tuple[int, int, str]) -> bytes:
    """A font file of nothing but a name table: (language, name id, name)."""
    strings = b"".join(name.encode("utf-16-be") for _, _, name in names)
    records, at = b"", 0
    for language, kind, name in names:
        size = len(name.encode("utf-16-be"))
        records += struct.pack(">6H", 3, 1, language, kind, size, at)
        at += size
    table = struct.pack(">3H", 0, len(names), 6 + len(records)) + records + strings
    return struct.pack(">4sH6x4s4xII", b"\0\1\0\0", 1, b"name", 28, len(table)) + table


def test_fonts_read_from_their_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where there is no fontconfig: both names; what is no font is passed over."""
    file = font((0x409, 1, "FangSong_GB2312"), (0x804, 1, "仿宋_GB2312"), (0x409, 4, "Full"))
    (folder / "deep").mkdir()
    (folder / "deep" / "SIMFANG.TTF").write_bytes(file)
    shift = 16
    moved = font((0x409, 1, "SimSun"))
    moved = moved[:20] + struct.pack(">I", 28 + shift) + moved[24:]
    collection = struct.pack(">4sIII", b"ttcf", 0x10000, 1, shift) + moved
    (folder / "simsun.ttc").write_bytes(collection)
    for name, data in (
        ("a.ttf", b""),
        ("b.otf", b"OTTO\0\1"),
        ("c.ttf", file[:40]),
        ("d.txt", file),
    ):
        (folder / name).write_bytes(data)
    expected = {"FangSong_GB2312", "仿宋_GB2312", "SimSun"}
    assert fonts.families_in([folder, folder / "none"]) == expected
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setenv("FONTS", str(folder))
    monkeypatch.setitem(fonts._FOLDERS, sys.platform, ("$FONTS",))
    assert fonts.installed_families() == expected


@pytest.mark.skipif(os.name != "posix", reason="needs shell scripts as programs")
def test_fonts_listed_by_fontconfig(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = program(folder / "fc-list", r"printf 'SimHei,黑体\nFZXiaoBiaoSong\\-B05S\n'")
    monkeypatch.setattr(shutil, "which", lambda _: str(listing))
    assert fonts.installed_families() == {"SimHei", "黑体", "FZXiaoBiaoSong-B05S"}
    program(listing, "exit 1")
    monkeypatch.setitem(fonts._FOLDERS, sys.platform, ())
    assert fonts.installed_families() == frozenset()


def test_templates(docgen: Docgen, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Changed: slower. Broken or gone: nothing can be issued, exit code 1."""
    carried = Path(shutil.copytree(PROJECT / "templates", folder / "templates"))
    monkeypatch.setattr(doctor, "own_template", lambda name: carried / name)
    assert {check.state for check in doctor.check_templates()} == {"good"}
    compiled = carried / "report_template.jinja.json"
    for text in ('{"template": "0"}', "{}", "x"):
        compiled.write_text(text, encoding="utf-8")
        states = {check.message: check.state for check in doctor.check_templates()}
        assert [state for name, state in states.items() if "report_template" in name] == [
            "attention"
        ]
        assert {state for name, state in states.items() if "report_template" not in name} == {
            "good"
        }
    (carried / "report_template.docx").write_bytes(b"x")
    (carried / "seal_form_template.docx").unlink()
    run = docgen("doctor")
    assert run.code == 1
    assert (
        "不行 模板：report_template.docx 打不开：不是完好的压缩包；在 docgen 的源文件夹" in run.out
    )
    assert "不行 模板：seal_form_template.docx 打不开：找不到" in run.out
    assert run.err.startswith("先把“不行”的")


def test_own_template_is_found_installed_or_in_a_checkout() -> None:
    assert files.own_template("seal_form_template.docx").is_file()


def test_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There or still to be made; full."""
    assert "还没有" in doctor.check_folder(Path("outputs")).message
    (folder / "outputs").mkdir()
    assert "还没有" not in doctor.check_folder(Path("outputs")).message

    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    check = doctor.check_folder(Path("outputs"))
    assert (check.state, check.message.endswith("写不进去：磁盘满了")) == ("bad", True)


@pytest.mark.parametrize(
    ("encoding", "state", "word"),
    [
        ("utf-8", "good", "都印得出"),
        ("gbk", "good", "生僻字"),
        ("cp936", "good", "生僻字"),
        ("cp437", "attention", "印不出汉字"),
        ("ascii", "attention", "印不出汉字"),
        (None, "attention", "印不出汉字"),
        ("no-such", "attention", "印不出汉字"),
    ],
)
def test_console(encoding: str | None, state: str, word: str) -> None:
    check = doctor.check_console(encoding)
    assert (check.state, word in check.message) == (state, True)


def test_in_a_console_of_gbk(folder: Path) -> None:
    """What it says can be printed there."""
    run = spawn("doctor", cwd=folder, PYTHONIOENCODING="gbk")
    assert run.returncode == 0
    assert "\\u" not in run.stdout
