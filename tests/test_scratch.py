"""Temporary folders: one that a killed process left is cleared by the next, and no other."""

import fcntl
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from county import county
from door import INPUTS, spawn
from processes import begin, wait_for
from proofs import needs_office

from docgen import office
from docgen.files import scratch

pytestmark = [pytest.mark.slow, needs_office]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder for the processes of a test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def left(temporary: Path) -> list[Path]:
    return sorted(temporary.glob("docgen-*"))


def prove(folder: Path) -> None:
    """A whole run that makes a proof."""
    done = spawn("render", INPUTS / "2024.json", "--pdf", "--force", cwd=folder)
    assert done.returncode == 0, done.stderr


def unused(path: Path) -> bool:
    """Whether no process holds a folder, or any folder in it."""
    for lock in (path / ".lock", *path.glob("docgen-*/.lock")):
        with lock.open("rb+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
    return True


def test_a_killed_proof(folder: Path, temporary: Path) -> None:
    run = begin(folder, "render", INPUTS / "2024.json", "--pdf")
    [home] = wait_for(lambda: [p for p in left(temporary) if (p / "profile").is_dir()])
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    assert left(temporary) == [home]
    wait_for(lambda: unused(home))  # LibreOffice comes to its end by itself
    prove(folder)
    assert left(temporary) == []


def test_a_killed_batch(folder: Path, temporary: Path, reference: dict[str, Any]) -> None:
    county(reference, folder / "units", 12)
    run = begin(folder, "render", "units", "--pdf", "--jobs", 2)
    pool = wait_for(lambda: list(temporary.glob("docgen-batch-*/docgen-proof-*")))[0].parent
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert left(temporary) == [pool]
    wait_for(lambda: unused(pool), seconds=60)
    prove(folder)
    assert left(temporary) == []


def test_what_a_process_uses_is_left_alone(folder: Path, temporary: Path) -> None:
    """Held by another process, by a worker that outlived its parent, or not docgen's at all."""
    held, orphan = temporary / "docgen-proof-aaaaaaaa", temporary / "docgen-batch-bbbbbbbb"
    inside = orphan / "docgen-proof-cccccccc"
    inside.mkdir(parents=True)
    held.mkdir()
    for path in (held, orphan, inside):
        (path / ".lock").touch()
    others = [temporary / "docgen-notes", temporary / "docgen-proof-short", temporary / "x"]
    for path in others:
        path.mkdir()
        (path / ".lock").touch()
    fresh = temporary / "docgen-proof-dddddddd"  # its maker has not locked it yet
    fresh.mkdir()
    with (held / ".lock").open("rb") as one, (inside / ".lock").open("rb") as other:
        fcntl.flock(one, fcntl.LOCK_EX)
        fcntl.flock(other, fcntl.LOCK_EX)
        prove(folder)
        assert all(path.is_dir() for path in (held, inside, fresh, *others))
    os.utime(fresh, (0, time.time() - 2 * scratch._OLD))
    prove(folder)
    assert sorted(temporary.iterdir()) == sorted(others)


def test_no_link_is_followed(folder: Path, temporary: Path) -> None:
    mine = folder / "mine"
    mine.mkdir()
    (mine / ".lock").touch()
    (mine / "年报.docx").touch()
    (temporary / "docgen-proof-aaaaaaaa").symlink_to(mine)
    linked = temporary / "docgen-proof-bbbbbbbb"
    linked.mkdir()
    (linked / ".lock").symlink_to(mine / ".lock")
    inner = temporary / "docgen-proof-cccccccc"
    inner.mkdir()
    (inner / ".lock").touch()
    (inner / "mine").symlink_to(mine)
    prove(folder)
    assert sorted(path.name for path in mine.iterdir()) == [".lock", "年报.docx"]
    assert not inner.exists()
    assert linked.exists()


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="needs another user's folder")
def test_nor_is_another_users_folder(folder: Path, temporary: Path) -> None:
    path = temporary / "docgen-proof-aaaaaaaa"
    path.mkdir()
    (path / ".lock").touch()
    shutil.chown(path, 12345)
    prove(folder)
    assert path.exists()


def test_a_check_does_not_look(folder: Path, temporary: Path) -> None:
    """What needs no temporary folder clears none: a cold check stays short."""
    path = temporary / "docgen-proof-aaaaaaaa"
    path.mkdir()
    (path / ".lock").touch()
    assert spawn("check", INPUTS / "2024.json", cwd=folder).returncode == 0
    assert spawn("render", INPUTS / "2024.json", cwd=folder).returncode == 0
    assert path.exists()


def test_two_at_once_never_take_each_others(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that looks for what is left may come between the making of a folder and its lock."""
    office.discard_home()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    real = os.open
    taken: list[Path] = []

    def slow(path: Any, *words: Any, **options: Any) -> int:
        number = real(path, *words, **options)
        if str(path).endswith(".lock") and not taken:
            taken.append(Path(path).parent)
            shutil.rmtree(taken[0])  # as `_clear` of another does
        return number

    monkeypatch.setattr(os, "open", slow)
    made = scratch.new_folder("proof")
    assert taken
    assert taken != [made]
    assert (made / ".lock").exists()
    scratch.remove(made)
    assert left(temporary) == []
