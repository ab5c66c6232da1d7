"""A province's batch through the real command: its rate, its memory, and kills at random moments.

Memory is that of all processes of docgen together, as /proc tells it: what they share is counted
once (PSS). For Linux.
"""

import filecmp
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from measure import table
from reports import write_inputs

KILLS, KILLED_OF = 50, 120


def measure(count: int, kills: int) -> list[str]:
    """Both, as lines of the page."""
    with tempfile.TemporaryDirectory() as folder:
        lines = _soak(Path(folder), count)
    with tempfile.TemporaryDirectory() as folder:
        return [*lines, "", _kill(Path(folder), kills)]


def _soak(folder: Path, count: int) -> list[str]:
    write_inputs(folder / "units", 0, count)
    rows = [_one_run(folder, name, count) for name in ("issued", "run again, nothing changed")]
    documents = len(list((folder / "outputs").glob("*.docx")))
    if documents != count:
        sys.exit(f"{documents} of {count} documents were issued")
    head = (f"{count:,} reports, 2 processes", "seconds", "reports/s", "MB at 10 %", "MB at most")
    return table(head, rows)


def _one_run(folder: Path, name: str, count: int) -> tuple[str, ...]:
    start = time.perf_counter()
    run = _begin(folder, stdout=subprocess.PIPE)
    assert run.stdout
    early = most = 0.0
    for number, _ in enumerate(run.stdout, start=1):
        if number % max(count // 50, 1) == 0:
            now = _memory(run.pid)
            most = max(most, now)
            early = early or (now if number >= count // 10 else 0.0)
    if run.wait():
        sys.exit(f"exit code {run.returncode}")
    seconds = time.perf_counter() - start
    return name, f"{seconds:.0f}", f"{count / seconds:,.0f}", f"{early:.0f}", f"{most:.0f}"


def _begin(folder: Path, stdout: int = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "docgen", "render", "units", "--jobs", "2", "--json"]
    return subprocess.Popen(
        command, cwd=folder, stdout=stdout, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _memory(session: int) -> float:
    """The proportional memory of all processes of a session, in MB."""
    total = 0
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == session:
                lines = (entry / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except OSError:
            continue  # it has ended
    return total / 1024


def _kill(folder: Path, kills: int) -> str:
    """Kill the whole batch at random moments, each time go on; compare with an unbroken run."""
    chance = random.Random(20)
    write_inputs(folder / "units", 0, KILLED_OF)
    _begin(folder).wait()
    (folder / "outputs").rename(folder / "unbroken")
    killed, rounds = 0, 0
    while killed < kills:
        run = _begin(folder)
        time.sleep(chance.uniform(0.2, 1.2))
        os.killpg(run.pid, signal.SIGKILL)
        killed += run.wait() == -signal.SIGKILL
        documents = len(list((folder / "outputs").glob("*.docx")))
        if documents == KILLED_OF or killed == kills:
            rounds += 1
            if _begin(folder).wait() or not _same(folder / "outputs", folder / "unbroken"):
                sys.exit("what was killed and run again differs from an unbroken run")
            (folder / "outputs").rename(folder / f"done{rounds}")
    return (
        f"Killed (SIGKILL to every process) {killed} times at random moments over {rounds} batches "
        f"of {KILLED_OF}: run again, each batch was byte for byte that of an unbroken run."
    )


def _same(one: Path, other: Path) -> bool:
    names = sorted(path.name for path in other.iterdir())
    _, differ, lost = filecmp.cmpfiles(one, other, names, shallow=False)
    return sorted(path.name for path in one.iterdir()) == names and not differ and not lost


def main(words: Sequence[str]) -> None:
    """`python soak.py [REPORTS [KILLS]]` by itself."""
    count, kills = (*map(int, words), *(20_000, KILLS)[len(words) :])
    print(*measure(count, kills), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
