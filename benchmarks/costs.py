"""Where docgen's time goes, what memory many reports take, how the cost grows with a report.

Each measurement is a process of its own, `python costs.py MEASUREMENT FOLDER NUMBERS…`, that prints
JSON; a report is always issued whole, by `docgen.pipeline.issue`.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import reports
from measure import run, table
from worker import as_docgen_runs

import docgen.check.judge
import docgen.merge
import docgen.pipeline
from docgen import files
from docgen.files import ooxml
from docgen.issuing import record
from docgen.pipeline import Settings, issue

#: The stages of an issue in order: name, and the function that is one whole.
STAGES: tuple[tuple[str, Any, str], ...] = (
    ("read", docgen.check.judge, "read_report"),
    ("check", docgen.check.judge, "check_report"),
    ("merge, deflate included", docgen.merge, "merge_report"),
    ("of it, deflate and zip", ooxml, "write_package"),
    ("read back", docgen.merge, "read_back"),
    ("record", record, "write_record"),
    ("write and sync", files, "rename_together"),
    ("sync of the folder", files, "sync_folders"),
)
WHOLE, REST, FLOOR = "whole issue", "the rest", "floor: deflate the finished XML, write it"


def stages(folder: Path, count: int) -> dict[str, float]:
    """Median milliseconds of each stage over so many reports, after one that does not count."""
    taken: dict[str, list[float]] = defaultdict(list)

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*given: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                taken[name].append((time.perf_counter() - start) * 1000)

        return measured

    for name, module, function in STAGES:
        setattr(module, function, timed(name, getattr(module, function)))
    settings, bare = Settings(folder=folder / "outputs"), folder / "bare"
    for path in reports.write_inputs(folder / "inputs", 0, count + 1):
        timed(WHOLE, issue)(path, settings)
        document = settings.folder.joinpath(f"{path.stem}.docx").read_bytes()
        finished = ooxml.read_parts(document)[ooxml.DOCUMENT]
        timed(FLOOR, lambda xml: bare.write_bytes(ooxml.pack(xml).deflated))(finished)
    middle = {name: statistics.median(times[1:]) for name, times in taken.items()}
    parts = sum(middle[name] for name, *_ in STAGES if not name.startswith("of it"))
    return middle | {REST: middle[WHOLE] - parts}


def memory(folder: Path, *marks: int) -> dict[str, tuple[float, float]]:
    """Resident MB after so many reports in one process, and milliseconds of each since the mark
    before. All of them lie in one folder, as their outputs do in another.
    """
    inputs, settings = folder / "inputs", Settings(folder=folder / "outputs")
    found, last = {}, 0
    for mark in marks:
        seconds = 0.0
        for first in range(last, mark, 100):
            paths = reports.write_inputs(inputs, first, min(first + 100, mark))
            start = time.perf_counter()
            for path in paths:
                assert issue(path, settings).outputs
            seconds += time.perf_counter() - start
        found[str(mark)] = (_resident(), seconds / (mark - last) * 1000)
        last = mark
    return found


def growth(folder: Path, *sizes: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of a report with so many paragraphs, and of one with so many table rows.

    The least of three.
    """
    found = {}
    for size in sizes:
        paragraphs = _least(folder / "paragraphs.json", reports.with_paragraphs(size))
        found[str(size)] = paragraphs, _least(folder / "rows.json", reports.with_rows(size))
    return found


def _least(path: Path, text: str) -> float:
    path.write_text(text, encoding="utf-8")
    settings = Settings(folder=path.parent / "outputs")
    taken = []
    for _ in range(3):
        shutil.rmtree(settings.folder, ignore_errors=True)  # else it is found issued already
        start = time.perf_counter()
        outcome = issue(path, settings)
        taken.append((time.perf_counter() - start) * 1000)
        assert outcome.outputs, [finding.message for finding in outcome.findings][:5]
    return min(taken)


def _resident() -> float:
    """The memory of this process now, in MB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def measure_stages(count: int) -> list[str]:
    """The section of the page: a row a stage."""
    found = _apart("stages", count)
    names = [name for name, *_ in STAGES] + [REST, WHOLE, FLOOR]
    rows = [(n, f"{found[n]:.2f}", f"{found[n] / found[WHOLE]:.0%}") for n in names]
    return [f"Medians of {count} reports.", "", *table(("stage", "ms", "of the issue"), rows)]


def measure_memory(marks: Sequence[int]) -> list[str]:
    """The section of the page: a row a number of reports."""
    found = _apart("memory", *marks)
    rows = [(f"{m:,}", f"{found[str(m)][0]:.0f}", f"{found[str(m)][1]:.2f}") for m in marks]
    return table(("reports in one process", "resident MB", "ms a report since"), rows)


def measure_growth(sizes: Sequence[int]) -> list[str]:
    """The section of the page: a row a size."""
    found = _apart("growth", *sizes)
    least = sizes[0]
    rows = []
    for size in sizes:
        row = [f"{size:,}"]
        for ms, at_least in zip(found[str(size)], found[str(least)], strict=True):
            each = f"{(ms - at_least) / (size - least):.3f}" if size > least else "–"
            row += [f"{ms:,.1f}", each]
        rows.append(row)
    head = ("so many", "paragraphs: ms", "each more", "table rows: ms", "each more")
    return table(head, rows)


def _apart(measurement: str, *numbers: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, measurement, folder, *map(str, numbers)]
        found: dict[str, Any] = json.loads(run(command).said)
        return found


def main() -> None:
    """Measure in this process, print JSON."""
    measurement, folder, *numbers = sys.argv[1:]
    works: dict[str, Callable[..., object]]
    works = {"stages": stages, "memory": memory, "growth": growth}
    as_docgen_runs()
    print(json.dumps(works[measurement](Path(folder), *map(int, numbers))))


if __name__ == "__main__":
    main()
