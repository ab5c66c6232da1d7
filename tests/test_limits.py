"""One report, whatever it holds, is stopped before it eats the machine; all others are done."""

import json
import re
import resource
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from county import county
from door import PROJECT, Docgen, spawn, write_json
from processes import finish
from proofs import document, needs_office, stand_in

from docgen import office
from docgen.check.outcome import TOO_LONG, Outcome, run_guarded
from docgen.files import limits

#: docgen with limits of a test's own.
PROGRAM = """
from docgen.files import limits
limits.SECONDS, limits.MEMORY = {seconds}, {memory}
from docgen.__main__ import main
main()
"""


def run_with(
    folder: Path, *words: str, seconds: float = 60, memory: int = limits.MEMORY
) -> tuple[int, str, float]:
    """The exit code, what is said, and how long it took."""
    start = time.monotonic()
    program = PROGRAM.format(seconds=seconds, memory=memory)
    done = finish([sys.executable, "-c", program, *words], cwd=folder)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr, time.monotonic() - start


@pytest.fixture
def heavy(folder: Path, reference: dict[str, Any]) -> Path:
    """An input just below the largest that is read: one paragraph of 6 million characters."""
    reference["sections"]["other"] = ["本机关依法公开。" * 750_000]
    return write_json(folder / "heavy.json", reference)


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["check", "render"])
def test_an_input_that_eats_memory(folder: Path, heavy: Path, verb: str) -> None:
    assert heavy.stat().st_size > 17_000_000
    code, said, _ = run_with(folder, verb, "heavy.json", memory=30_000_000)
    assert code == 70
    assert "X704 做“heavy.json”时电脑的内存不够" in said
    assert not (folder / "outputs").exists()


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["check", "render"])
def test_an_input_that_eats_time(folder: Path, heavy: Path, verb: str) -> None:
    code, said, took = run_with(folder, verb, heavy.name, seconds=0.01)
    assert code == 3, said
    assert "X711 做“heavy.json”用了 0.01 秒还没有做完，已经停下" in said
    assert not (folder / "outputs").exists()
    assert took < 30


def test_the_limits_are_those_of_a_report(folder: Path, reference: dict[str, Any]) -> None:
    """A report stays far within them: a hundredth of the time, a tenth of the memory."""
    write_json(folder / "2024.json", reference)
    code, said, _ = run_with(folder, "render", "2024.json", seconds=3, memory=limits.MEMORY // 10)
    assert code == 0, said
    assert (folder / "outputs/2024.docx").exists()


def _edit(path: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_in_a_batch_the_others_are_done(folder: Path, reference: dict[str, Any]) -> None:
    """A worker stops it by itself: the pool is not lost, and nothing is tried twice."""
    paths = county(reference, folder / "units", 6)
    name = paths[2].name
    copy = Path(shutil.copytree(PROJECT / "docgen", folder / "docgen"))
    _edit(copy / "files" / "limits.py", r"SECONDS = 60\.0", "SECONDS = 2.0")
    never = f"while path.name == {name!r}:\n        pass\n"
    _edit(copy / "read/from_json.py", r"(\ndef read_json\(path: Path\).*?:\n)", rf"\1    {never}")
    (folder / "templates").symlink_to(PROJECT / "templates")
    done = spawn("render", "units", "--jobs", "2", cwd=folder, PYTHONPATH=str(folder))
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("X711") == 1
    assert "B201" not in done.stderr
    assert len(list((folder / "outputs").glob("*.docx"))) == 5


def test_a_limit_that_is_over_is_gone(docgen: Docgen, folder: Path, reference: Any) -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGALRM)
    write_json(folder / "2024.json", reference)
    assert docgen("check", "2024.json").code == 0
    assert (resource.getrlimit(resource.RLIMIT_DATA), signal.getsignal(signal.SIGALRM)) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_no_library_swallows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What catches every fault of an input does not catch this; a second call follows."""
    monkeypatch.setattr(limits, "SECONDS", 0.05)
    swallowed = []

    def work() -> None:
        for _ in range(3):
            try:
                while True:
                    pass
            except Exception:
                swallowed.append(1)

    outcome = run_guarded(Path("a.json"), work)
    assert isinstance(outcome, Outcome)
    assert (outcome.exit_code, outcome.findings[0].rule) == (3, TOO_LONG)
    assert swallowed == []


@pytest.mark.slow
@needs_office
def test_libreoffice_is_not_held(
    docgen: Docgen, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reference: Any
) -> None:
    """It needs more than a report, and has a limit of time of its own."""
    assert document(tmp_path)
    write_json(folder / "2024.json", reference)
    stand_in(tmp_path, monkeypatch, f'ulimit -d > "{tmp_path}/held"\nexec "$REAL" "$@"')
    office.discard_home()
    assert docgen("render", "2024.json", "--pdf").code == 0
    now = resource.getrlimit(resource.RLIMIT_DATA)[0]
    held = (tmp_path / "held").read_text().strip()
    assert held == ("unlimited" if now == resource.RLIM_INFINITY else str(now // 1024))
    assert json.loads((folder / "outputs/2024.package.json").read_bytes())["pages"] == 5
