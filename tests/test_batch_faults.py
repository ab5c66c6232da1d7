"""A batch when things go wrong: workers killed or hung, power lost, no room, inputs changing."""

import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import docx
import pytest
from county import contents, county
from door import INPUTS, Docgen, spawn
from processes import LIMIT, begin, little_room, wait_for

from docgen.county import processes
from docgen.files import sha256

pytestmark = pytest.mark.slow

COUNT = 36


def workers(parent: int) -> list[int]:
    """The worker processes below a process."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            below.setdefault(int(status[1]), []).append(int(entry.name))
    # docgen → the server that workers are copies of → workers
    return [worker for server in below.get(parent, []) for worker in below.get(server, [])]


def _issued(folder: Path, count: int, run: "subprocess.Popen[str]") -> bool:
    """Whether a run has issued so many documents, or has come to its end."""
    return len(list(folder.glob("*.docx"))) >= count or run.poll() is not None


@pytest.fixture(scope="module")
def county_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """The inputs of a county, and what an unbroken run writes of them."""
    home = tmp_path_factory.mktemp("county")
    reference = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    county(reference, home / "units", COUNT)
    assert spawn("render", "units", "-o", "unbroken", "--jobs", "2", cwd=home).returncode == 0
    written = contents(home / "unbroken")
    assert len(written) == 2 * COUNT
    return home / "units", written


@pytest.fixture
def unbroken(folder: Path, county_once: tuple[Path, dict[str, bytes]]) -> dict[str, bytes]:
    """What an unbroken run writes of the inputs in `units/`."""
    units, written = county_once
    shutil.copytree(units, folder / "units")
    return dict(written)


def test_run_again_after_kill_9_finishes_the_rest(folder: Path, unbroken: dict[str, bytes]) -> None:
    """Killed at random moments with all its workers, until a run comes to its end."""
    chance = random.Random(7)
    killed = 0
    for _ in range(4):
        before = len(list((folder / "outputs").glob("*.docx")))
        run = begin(folder, "render", "units", "--jobs", 2)
        target = before + chance.randrange(1, 12)
        wait_for(partial(_issued, folder / "outputs", target, run))
        time.sleep(chance.random() * 0.02)
        os.killpg(run.pid, signal.SIGKILL)
        killed += run.wait() == -signal.SIGKILL
    assert killed >= 2
    kept = {p: p.stat().st_mtime_ns for p in (folder / "outputs").glob("*.docx")}
    whole = [p for p in kept if p.with_suffix("").with_suffix(".package.json").exists()]
    assert spawn("render", "units", "--jobs", "2", cwd=folder).returncode == 0
    assert contents(folder / "outputs") == unbroken
    again = sum(path.stat().st_mtime_ns != kept[path] for path in whole)
    assert again <= 2, "what was sound is not done again"


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL])
@pytest.mark.parametrize(
    ("which", "begun"),
    [(slice(1), True), (slice(None), False)],
    ids=["one at work", "all at the start"],
)
def test_workers_that_hang_or_die_at_any_moment_are_replaced(
    docgen: Docgen,
    folder: Path,
    unbroken: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    which: slice,
    begun: bool,
) -> None:
    """At a task, or before the first one, when no task can time out."""
    monkeypatch.setattr(processes, "TIMEOUT", 2.5)  # room for a busy machine
    stopped: list[int] = []

    def hang() -> None:
        ready = folder / ("outputs" if begun else "units")
        assert wait_for(lambda: len(workers(os.getpid())) == 2 and ready.is_dir())
        stopped.extend(workers(os.getpid())[which])
        for worker in stopped:
            os.kill(worker, number)

    thread = threading.Thread(target=hang)
    thread.start()
    run = docgen("render", "units", "--jobs", 2)
    thread.join()
    assert stopped
    assert run.code == 0
    assert contents(folder / "outputs") == unbroken


@pytest.mark.parametrize("limit", [200, 10_000])
def test_no_room_in_the_output_folder(folder: Path, unbroken: dict[str, bytes], limit: int) -> None:
    """Every report says so; with room again, the same command finishes the rest."""
    run = begin(
        folder, "render", "units", "--jobs", 2, stderr=subprocess.PIPE, **little_room(limit)
    )  # fmt: skip
    _, said = run.communicate(timeout=LIMIT)
    assert run.returncode == 5
    assert said.count("X502") == COUNT
    assert list((folder / "outputs").iterdir()) == []
    assert spawn("render", "units", cwd=folder).returncode == 0
    assert contents(folder / "outputs") == unbroken


def test_an_output_folder_that_is_removed_and_one_that_is_a_file(
    docgen: Docgen, folder: Path, unbroken: dict[str, bytes]
) -> None:
    removed: list[bool] = []

    def remove() -> None:
        wait_for(lambda: len(list((folder / "outputs").glob("*.docx"))) > 3)
        (folder / "outputs").rename(folder / "gone")
        removed.append(True)

    thread = threading.Thread(target=remove)
    thread.start()
    docgen("render", "units", "--jobs", 2)
    thread.join()
    assert removed
    assert docgen("render", "units", "--jobs", 2).code == 0
    assert contents(folder / "outputs") == unbroken
    (folder / "file").write_bytes(b"")
    run = docgen("render", "units", "--jobs", 2, "-o", "file")
    assert run.code == 5
    assert run.err.count("X502") == COUNT


def test_an_input_that_changes_while_it_runs_is_issued_as_it_was_read(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    paths = county(reference, folder / "units", 12)
    old = paths[5].read_bytes()
    new = old.replace("坚持以".encode(), "始终坚持以".encode(), 1)
    over = threading.Event()

    def change() -> None:
        while not over.is_set():
            for data in (new, old):
                aside = paths[5].with_suffix(".new")
                aside.write_bytes(data)
                aside.replace(paths[5])

    thread = threading.Thread(target=change)
    thread.start()
    for _ in range(3):
        assert docgen("render", *paths, "--jobs", 2).code == 0
        record = json.loads((folder / "outputs/06.package.json").read_text(encoding="utf-8"))
        document = docx.Document(str(folder / "outputs/06.docx"))
        said = "".join(paragraph.text for paragraph in document.paragraphs)
        hashes = {sha256(old): False, sha256(new): True}
        assert ("始终坚持以" in said) is hashes[record["inputs"][0]["sha256"]]
        assert docgen("verify", "outputs/06.docx").code == 0
    over.set()
    thread.join()


def test_ctrl_c_stops_at_once_and_leaves_nothing_half_done(
    folder: Path, unbroken: dict[str, bytes]
) -> None:
    run = begin(folder, "render", "units", "--jobs", 2, stderr=subprocess.PIPE)
    wait_for(lambda: len(list((folder / "outputs").glob("*.docx"))) > 3)
    os.kill(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=LIMIT)
    assert run.returncode == 130
    assert "X703" in said
    assert "Traceback" not in said
    assert wait_for(lambda: not workers(run.pid)) is True
    written = {p.name: p.read_bytes() for p in (folder / "outputs").glob("[0-9]*")}
    assert written.items() <= unbroken.items()
