"""The front door for tests: real files in an empty folder, the real command, what it printed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from docgen.cli import main
from docgen.model import Report

PROJECT = Path(__file__).resolve().parent.parent
INPUTS = PROJECT / "inputs"


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


@dataclass(frozen=True)
class Run:
    """What a command did: its exit code, its result and what it said to people."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The result of `--json`, a line an input."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def codes(self) -> list[str]:
        """The codes of all findings of `--json`."""
        return [finding["code"] for line in self.lines for finding in line["findings"]]


Docgen = Callable[..., Run]


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


def spawn(*words: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run docgen as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "docgen", *map(str, words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PROJECT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=120,
    )


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


#: What the reference says of its own figures, and what it lacks: for tests of other figures.
_PLAIN = {
    "2024年甘河子镇未收到政府信息公开申请": "依法办理政府信息公开申请",
    "（一）政府信息管理情况": "（一）主动公开和政府信息管理情况",
    "（三）监督保障情况": "（三）平台建设和监督保障情况",
    "工作年报等工作制度": "工作年报、考核评议等工作制度",
    "本年度没有产生信息公开处理费": "依法收取信息处理费",
    "＜": "〈",
    "＞": "〉",
}


def plain(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs of the reference that hold whatever the figures are, with nothing to find."""
    texts = list(paragraphs)
    for old, new in _PLAIN.items():
        texts = [text.replace(old, new) for text in texts]
    return texts


def write_json(path: Path, report: object) -> Path:
    """Write an input and give its path back."""
    path.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    return path
