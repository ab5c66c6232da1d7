"""The front door for tests: real files in an empty folder, the real command, what it printed."""

import json
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from door import INPUTS, PROJECT, Docgen, Run, write_json
from hypothesis import settings
from processes import stop_all

from docgen.cli import main
from docgen.forms.form import Form
from docgen.forms.loader import use_folders
from docgen.model import Report

#: How many slow tests a run leaves out.
LEFT_OUT = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --examples 20` runs every property test with twenty times its examples."""
    parser.addoption("--examples", type=int, default=1, help="times the examples of each test")


def pytest_configure() -> None:
    """Let Ctrl-C reach the programs that tests stop by it.

    What a shell runs in the background has it ignored, and so has all that is started from there.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow tests out, unless they are asked for by a mark or a test by its name."""
    _take_more_examples(config.getoption("--examples"), items)
    if config.option.markexpr or any("::" in word for word in config.args):
        return

    slow = [item for item in items if item.get_closest_marker("slow")]
    items[:] = [item for item in items if not item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    config.stash[LEFT_OUT] = len(slow)


def _take_more_examples(times: int, items: list[pytest.Item]) -> None:
    """Each property test says how many examples it takes; a profile would not change that."""
    tests = {item.function for item in items if isinstance(item, pytest.Function)}
    for test in tests if times > 1 else ():
        told: settings | None = getattr(test, "_hypothesis_internal_use_settings", None)
        if told:
            more = settings(told, max_examples=told.max_examples * times, derandomize=False)
            vars(test)["_hypothesis_internal_use_settings"] = more


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that distributes the tests how many were left out; each worker knows."""
    if told := getattr(session.config, "workeroutput", None):
        told["left out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a worker how many it left out."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left out", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was left out, and how to run it."""
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"{left_out} slow tests were left out. `pytest -m slow` runs them, "
            '`pytest -m "slow or not slow"` runs all.'
        )


@pytest.fixture
def times(pytestconfig: pytest.Config) -> int:
    """How many times its examples a test takes that draws them by itself: `--examples`."""
    told: int = pytestconfig.getoption("--examples")
    return told


@pytest.fixture(autouse=True)
def nothing_runs_on() -> Iterator[None]:
    """No process that a test began outlives it, nor a form it knew, however the test ends."""
    yield
    stop_all()
    use_folders()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def docgen(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Docgen:
    """Run docgen in this process, in an empty folder: `docgen("check", "2024.json")`."""

    def run(*words: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["docgen", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        said = capsys.readouterr()
        code = stop.value.code
        return Run(code if isinstance(code, int) else 0, said.out, said.err)

    assert folder == Path.cwd()
    return run


@pytest.fixture
def reference() -> dict[str, Any]:
    """The reference report as JSON, to change and write."""
    report: dict[str, Any] = json.loads((INPUTS / "2024.json").read_text(encoding="utf-8"))
    return report


@pytest.fixture
def csv_folder(folder: Path) -> Path:
    """A copy of the reference report's CSV files, `2024/`, to change."""
    return Path(shutil.copytree(INPUTS / "2024", folder / "2024"))


@pytest.fixture
def report() -> Report:
    """A sound report with figures of its own everywhere, so that none can be mistaken."""
    from busy import busy_report, read

    return busy_report(read(INPUTS / "2024.json"))


@pytest.fixture
def sent(report: Report, folder: Path) -> Path:
    """The busy report as its CSV files, to spoil."""
    from busy import write_folder

    return write_folder(report, folder / "2024")


@pytest.fixture
def toy(folder: Path) -> Form:
    """The toy form, known to docgen for one test."""
    from toy import install_toy

    return install_toy(folder)


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """A module of benchmarks/ by name."""
    monkeypatch.syspath_prepend(PROJECT / "benchmarks")
    return import_module


@pytest.fixture
def judge(docgen: Docgen, folder: Path) -> Any:
    """Check a report against another; the findings."""

    def check(report: dict[str, Any], last: dict[str, Any]) -> list[dict[str, Any]]:
        previous = write_json(folder / "last.json", last)
        run = docgen(
            "check", write_json(folder / "a.json", report), "--previous", previous, "--json"
        )
        found: list[dict[str, Any]] = run.lines[0]["findings"]
        return found

    return check
