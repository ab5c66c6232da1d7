"""The front door for tests: real files in an empty folder, the real command, what it printed."""

import json
import shutil
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from door import INPUTS, PROJECT, Docgen, Run, write_json
from hypothesis import settings

from docgen.cli import main
from docgen.model import Report


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --examples 20` runs every property test with twenty times its examples."""
    parser.addoption("--examples", type=int, default=1, help="times the examples of each test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each property test says how many examples it takes; a profile would not change that."""
    times: int = config.getoption("--examples")
    tests = {item.function for item in items if isinstance(item, pytest.Function)}
    for test in tests if times > 1 else ():
        told: settings | None = getattr(test, "_hypothesis_internal_use_settings", None)
        if told:
            more = settings(told, max_examples=told.max_examples * times, derandomize=False)
            vars(test)["_hypothesis_internal_use_settings"] = more


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
