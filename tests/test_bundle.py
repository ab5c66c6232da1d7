"""The bundles that need no internet: made, looked into, and run where nothing else is."""

import csv
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from desk import running
from door import PROJECT
from processes import finish

pytestmark = pytest.mark.slow

BUILD = PROJECT / "tools" / "bundle" / "build.py"
NAME = "年报助手"
#: Parts under the LGPL or another licence that asks for plain, replaceable files.
LIBRARIES = ("docgen", "lxml", "pydantic", "starlette", "uvicorn", "docx", "docxtpl", "pypdfium2")


def build(target: str, folder: Path) -> Path:
    """Make a bundle; return its folder."""
    done = finish([sys.executable, str(BUILD), target, "-o", str(folder)])
    assert done.returncode == 0, done.stderr
    return folder / f"{NAME}-{target}"


def test_the_windows_bundle_is_whole(tmp_path: Path) -> None:
    made = build("windows", tmp_path)
    for name in LIBRARIES:
        assert (made / "lib" / name).is_dir(), name
    assert not list(made.rglob("*.so"))
    assert len(list(made.rglob("*.pyd"))) > 5
    assert (made / "lib" / "docgen" / "templates" / "report_template.docx").is_file()
    assert (made / "lib" / "docgen" / "desk" / "static" / "desk.js").is_file()

    launcher = (made / f"{NAME}.bat").read_bytes()
    assert "没有找到" in launcher.decode("gbk")
    assert b"pythonw.exe" in launcher
    assert b"\r\n" in launcher
    assert "RequestExecutionLevel user" in (made / "安装包.nsi").read_text(encoding="utf-8-sig")

    notices = (made / "THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8")
    for name in ("lxml", "pydantic_core", "starlette", "uvicorn", "docxtpl", "colorama"):
        assert f"\n{name} " in f"\n{notices}", name
    assert "GNU LESSER" in notices or "LGPL" in notices

    listed = (made / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines()
    files = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()}
    assert {line.split("  ", 1)[1] for line in listed} == files - {"SHA256SUMS.txt"}
    for line in listed[::50]:
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() == digest

    zipped = made.with_suffix(".zip")
    assert zipped.stat().st_size < 20_000_000
    with zipfile.ZipFile(zipped) as archive:
        assert archive.testzip() is None
        assert f"{made.name}/{NAME}.bat" in archive.namelist()


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11) or sys.platform != "linux", reason="is built for 3.11"
)
def test_the_linux_bundle_runs_where_nothing_else_is(tmp_path: Path) -> None:
    """Without network, packages or settings: the desk is up, a report is begun and issued."""
    made = build("linux-x86_64", tmp_path)
    home = tmp_path / "home"
    (home / "inputs").mkdir(parents=True)
    shutil.copytree(PROJECT / "inputs" / "2024", home / "inputs" / "2024")
    bare = {"HOME": str(tmp_path), "NIANBAO": str(home), "PATH": "/usr/bin:/bin"}
    bare["PATH"] = f"{Path(sys.executable).resolve().parent}:{bare['PATH']}"

    with running(["sh", str(made / f"{NAME}.sh"), "--no-browser"], home, bare) as desk:
        desk.open()
        assert "2024" in desk.ask("/").text
        link = desk.ask("/").text.partition('href="/draft/')[2].partition('"')[0]
        assert "核对通过" in desk.ask(f"/draft/{link}").text
        assert "好了" in desk.ask(f"/draft/{link}/do/issue", b"").text
    assert (home / "outputs" / "2024.docx").is_file()
    with (home / "outputs" / "2024.数据.csv").open(encoding="utf-8-sig") as data:
        assert len(list(csv.reader(data))) == 201


def test_a_wheel_that_is_not_the_known_one_is_refused(tmp_path: Path) -> None:
    """The hashes are those of the wheels that were looked at when the versions were chosen."""
    copy = tmp_path / "project"
    shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(".git", "outputs", "tests"))
    hashes = copy / "tools" / "bundle" / "hashes.txt"
    lines = hashes.read_text(encoding="utf-8").splitlines()
    hashes.write_text("\n".join(f"{'0' * 64}{line[64:]}" for line in lines) + "\n", "utf-8")
    done = subprocess.run(
        [sys.executable, str(copy / "tools" / "bundle" / "build.py"), "windows", "-o", tmp_path],
        capture_output=True, text=True, check=False, env={**os.environ})  # fmt: skip
    assert done.returncode != 0
    assert "not the wheels of hashes.txt" in done.stderr
