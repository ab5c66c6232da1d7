"""Engines side by side: the same reports through docxtpl, the node engines and docgen.

Each runs in a process of its own, in turn, some rounds long. The first round's documents are read
back, every one: an engine that leaves out a word, a figure or a merge is not measured but named.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import peer_templates
import reports
from measure import run, spread, table
from own_forms import FORMS

from docgen.files import ooxml
from docgen.merge import expected_blocks
from docgen.model import Report
from docgen.read import read_report
from docgen.word.blocks import differences, read_blocks

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "peers" / "package.json"
BASE = "docxtpl"


@dataclass(frozen=True)
class Engine:
    """An engine as the table names it, and how many documents a round of it makes.

    The slow make fewer: their rate does not change with the number.
    """

    key: str
    label: str
    count: int = 300
    documents: bool = True  # what it writes are documents, to be read back


PYTHON = (
    Engine(BASE, "docxtpl"),
    Engine("docgen-merge", "docgen, merge alone"),
    Engine("docgen-issue", "docgen, whole issue"),
    Engine("floor", "floor: deflate the finished XML, write it", documents=False),
)
NODE = (
    Engine("docxtemplater", "docxtemplater"),
    Engine("easy-template-x", "easy-template-x"),
    Engine("carbone", "carbone"),
    Engine("docx-templates", "docx-templates, sandbox off", count=60),
)


class Measured(NamedTuple):
    """One run of an engine: documents a second, peak memory in MB, median bytes of a document."""

    rate: float
    peak: float
    size: float


def install(folder: Path) -> None:
    """The node engines into this folder, in the versions that peers/package.json names."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(PACKAGES, folder)
    options = ("--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--silent")
    subprocess.run(["npm", "install", *options, "--prefix", folder], cwd=folder, check=True)


def node_versions(npm: Path) -> list[str]:
    """Name and version of each node engine as it is installed there."""
    names = json.loads(PACKAGES.read_text(encoding="utf-8"))["dependencies"]
    files = [npm / "node_modules" / name / "package.json" for name in names]
    found = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    return [f"{one['name']} {one['version']}" for one in found]


def prepare(folder: Path, count: int) -> list[Report]:
    """Inputs, every engine's template and the data it fills it with, in this folder."""
    made = [read_report(path).report for path in reports.write_inputs(folder / "inputs", 0, count)]
    peer_templates.write_templates(folder / "templates", made[0])
    for name, data in (("names", peer_templates.names), ("flat", peer_templates.flat)):
        text = json.dumps([data(report) for report in made], ensure_ascii=False, default=vars)
        folder.joinpath(f"{name}.json").write_text(text, encoding="utf-8")
    return made


def wrong(document: bytes, report: Report) -> list[str]:
    """Where a document says something else than its report: text, figures, merged cells."""
    body = read_blocks(ooxml.read_parts(document)[ooxml.DOCUMENT])
    found = differences(expected_blocks(FORMS[report.form], report), body)
    return [f"{one.where}: {one.expected!r}, not {one.actual!r}" for one in found]


def fill(engine: Engine, folder: Path, count: int, npm: Path | None) -> tuple[Measured, Path]:
    """One engine, one process; what it measured and where its documents are."""
    outputs = Path(tempfile.mkdtemp(dir=folder))
    if npm and engine in NODE:
        template, data = folder / "templates" / f"{engine.key}.docx", folder / "flat.json"
        words: list[str | Path] = [engine.key, template, data, str(count), outputs]
        modules = str(npm / "node_modules")
        done = run(["node", HERE / "peers" / "fill.js", *words], NODE_PATH=modules)
    else:
        worker = HERE / "worker.py"
        done = run([sys.executable, worker, engine.key, folder, str(count), outputs])
    sizes = [path.stat().st_size for path in outputs.glob("*.docx")]
    assert len(sizes) == count, f"{engine.key} wrote {len(sizes)} of {count} documents"
    rate = count / float(json.loads(done.said)["seconds"])
    return Measured(rate, done.peak, statistics.median(sizes)), outputs


def measure(rounds: int, most: int, npm: Path | None) -> list[str]:
    """The section of the page. At most so many documents; node engines if they are installed."""
    engines = (*PYTHON[:1], *(NODE if npm else ()), *PYTHON[1:])
    measured: dict[Engine, list[Measured]] = {engine: [] for engine in engines}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        expected = prepare(folder, min(most, max(engine.count for engine in engines)))
        for number in range(rounds):
            for engine in engines:
                done, outputs = fill(engine, folder, min(most, engine.count), npm)
                measured[engine].append(done)
                if number == 0 and engine.documents:
                    verify(engine, outputs, expected)
                if number == 0 and engine.key == "docgen-merge":
                    outputs.rename(folder / "finished")  # the floor deflates their XML again
                else:
                    shutil.rmtree(outputs)
    return section(measured, rounds)


def verify(engine: Engine, outputs: Path, expected: Sequence[Report]) -> None:
    """Stops unless every document of this engine is the one it should be."""
    for path, report in zip(sorted(outputs.glob("*.docx")), expected, strict=False):
        if found := wrong(path.read_bytes(), report):
            sys.exit(f"{engine.key}, {path.name}:\n" + "\n".join(found[:10]))


def section(measured: dict[Engine, list[Measured]], rounds: int) -> list[str]:
    """A row an engine; ratios are taken round by round."""
    rows = []
    base = next(runs for engine, runs in measured.items() if engine.key == BASE)
    for engine, runs in measured.items():
        ratio, low_high = spread((a.rate / b.rate for a, b in zip(runs, base, strict=True)), 1)
        rows.append(
            (
                engine.label,
                *spread((one.rate for one in runs), 1),
                f"{ratio} ({low_high})",
                f"{max(one.peak for one in runs):.0f}",
                f"{runs[0].size / 1000:.1f}" if engine.documents else "–",
            )
        )
    head = ("engine", "documents/s", "min–max", "× docxtpl", "peak MB", "document KB")
    return [f"{rounds} rounds, in turn, medians.", "", *table(head, rows)]
