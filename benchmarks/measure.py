"""What every measurement shares: processes run to their end and accounted for, tables, the page.

For Linux. Run as a program this is the launcher that does the accounting: the memory of a
process counts from what its parent had, so the parent has next to nothing.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
INPUT = PROJECT / "inputs" / "2024.json"
PAGE = PROJECT / "docs" / "benchmarks.md"

#: Sound reports made at random, and files made to break a reader, are the tests' and stand there.
sys.path.append(str(PROJECT / "tests" / "support"))


class Run(NamedTuple):
    """One process: wall seconds, peak memory in MB, what it printed."""

    wall: float
    peak: float
    said: str


def run(command: Sequence[str | Path], **environment: str) -> Run:
    """Run a process to its end. Stops all measuring if it fails."""
    launcher = [sys.executable, "-S", "-E", __file__, *map(str, command)]
    done = subprocess.run(
        launcher,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{command}\n{done.stderr or done.stdout}")
    return Run(*json.loads(done.stdout))


def in_turn(commands: Mapping[str, Sequence[str | Path]], rounds: int) -> dict[str, list[Run]]:
    """Every command once a round, after a round that does not count."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            measured = run(command)
            if number:
                runs[name].append(measured)
    return runs


def spread(values: Iterable[float], digits: int = 0) -> tuple[str, str]:
    """The median and the range of these values, in words."""
    values = list(values)
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:,.{digits}f}", f"{low:,.{digits}f}–{high:,.{digits}f}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table; every column but the first holds numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return [f"| {' | '.join(map(str, line))} |" for line in lines]


def put_section(page: str, name: str, lines: Iterable[str]) -> str:
    """The page with this section written anew between its two marks."""
    start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, found, rest = page.partition(start)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"no {start!r} … {end!r} in the page")
    text = "\n".join(lines)
    return f"{before}{start}\n{text}\n\n{end}{after}"


def _launch(command: Sequence[str]) -> None:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    said = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps([wall, usage.ru_maxrss / 1024, said]))
    if process.returncode:
        sys.exit(f"exit code {process.returncode}\n{said}")


if __name__ == "__main__":
    _launch(sys.argv[1:])
