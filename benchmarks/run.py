"""Measure docgen beside a bare docxtpl script, in the same run, and write docs/benchmarks.md.

`python benchmarks/run.py [ROUNDS]` in an environment with docgen installed. Whole processes in
turn, A B A B …; quote the ratios, the machine drifts.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import docxtpl

import docgen
from docgen.merge.context import context
from docgen.read import read_report
from docgen.rules import check_report

PROJECT = Path(__file__).resolve().parent.parent
INPUT = PROJECT / "inputs" / "2024.json"
TEMPLATE = PROJECT / "templates" / "report_template.docx"
PAGE = PROJECT / "docs" / "benchmarks.md"


class Run(NamedTuple):
    """One process: wall seconds and peak memory in MB."""

    wall: float
    peak: float


def run(command: list[str]) -> Run:
    """Run a process to its end, as the operating system accounts for it."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=tempfile.gettempdir(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def in_turn(commands: dict[str, list[str]], rounds: int) -> dict[str, list[Run]]:
    """Every command once a round, after a round that does not count."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            measured = run(command)
            if number:
                runs[name].append(measured)
    return runs


def warm(work: Callable[[], Any], times: int = 200) -> float:
    """Median milliseconds of a call in this process."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def cold_table(runs: dict[str, list[Run]], peer: str) -> list[str]:
    """A row a command: median, range, ratio to the peer round by round, memory."""
    lines = [
        "| command | wall ms | min–max | × peer | peak MB |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, measured in runs.items():
        walls = [one.wall * 1000 for one in measured]
        ratios = [a.wall / b.wall for a, b in zip(measured, runs[peer], strict=True)]
        lines.append(
            f"| {name} | {statistics.median(walls):.0f} | {min(walls):.0f}–{max(walls):.0f} "
            f"| {statistics.median(ratios):.2f} | {max(one.peak for one in measured):.0f} |"
        )
    return lines


def main() -> None:
    """Measure, print and write the page."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else 15
    reading = read_report(INPUT)
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder, "context.json")
        plain = json.dumps(context(reading.form, reading.report), default=vars_of)
        names.write_text(plain, encoding="utf-8")
        bare = str(Path(__file__).with_name("bare_docxtpl.py"))
        output = str(Path(folder, "bare.docx"))
        peer = "bare docxtpl script"
        docgen_command = str(Path(sys.executable).with_name("docgen"))  # as installed
        commands = {
            peer: [sys.executable, bare, str(TEMPLATE), str(names), output],
            "docgen check": [docgen_command, "check", str(INPUT)],
            "docgen render": [docgen_command, "render", str(INPUT), "-o", folder],
        }
        cold = cold_table(in_turn(commands, rounds), peer)
    page = [
        "# How fast it is",
        "",
        "Written by `python benchmarks/run.py`; the figures of a table are from one run, the",
        "commands in turn. Ratios hold when a machine drifts, milliseconds do not.",
        "",
        f"Python {platform.python_version()}, docgen {docgen.__version__}, docxtpl "
        f"{docxtpl.__version__}, {os.cpu_count()} cores, {rounds} rounds.",
        "",
        "## Cold: one report, a whole process",
        "",
        *cold,
        "",
        "The peer does the same merge with docxtpl alone: no checks, no read-back, no record.",
        "",
        "## Warm: in one process",
        "",
        "| stage | ms |",
        "| --- | ---: |",
        f"| read inputs/2024.json | {warm(lambda: read_report(INPUT)):.2f} |",
        f"| all checks of a sound report | {warm(lambda: check_report(reading)):.2f} |",
        "",
    ]
    PAGE.write_text("\n".join(page), encoding="utf-8")
    print("\n".join(page))


def vars_of(value: object) -> dict[str, Any]:
    """A namespace as a JSON object."""
    assert isinstance(value, SimpleNamespace)
    return vars(value)


if __name__ == "__main__":
    main()
