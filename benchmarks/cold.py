"""One report, a whole process: docgen's commands beside a bare docxtpl script."""

import json
import statistics
import sys
import tempfile
from pathlib import Path

import peer_templates
from measure import INPUT, in_turn, spread, table

from docgen.read import read_report

PEER = "bare docxtpl script"


def measure(rounds: int) -> list[str]:
    """The section of the page: a row a command."""
    report = read_report(INPUT).report
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        peer_templates.write_templates(folder / "templates", report)
        names = folder / "names.json"
        names.write_text(json.dumps(peer_templates.names(report), default=vars), encoding="utf-8")
        bare = Path(__file__).with_name("bare_docxtpl.py")
        docgen = Path(sys.executable).with_name("docgen")  # as installed
        template, output = folder / "templates" / "docxtpl.docx", folder / "bare.docx"
        runs = in_turn(
            {
                PEER: [sys.executable, bare, template, names, output],
                "docgen check": [docgen, "check", INPUT],
                "docgen render": [docgen, "render", INPUT, "--force", "-o", folder],
            },
            rounds,
        )
    rows = []
    for name, measured in runs.items():
        ratio = statistics.median(
            a.wall / b.wall for a, b in zip(measured, runs[PEER], strict=True)
        )
        peak = max(one.peak for one in measured)
        rows.append(
            (name, *spread(one.wall * 1000 for one in measured), f"{ratio:.2f}", f"{peak:.0f}")
        )
    return [
        f"{rounds} rounds, in turn, medians.",
        "",
        *table(("command", "wall ms", "min–max", "× script", "peak MB"), rows),
    ]
