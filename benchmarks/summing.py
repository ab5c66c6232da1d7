"""A county's sum through the real command: its time and its memory, of few bodies and of many.

Memory is that of the largest process. For Linux.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measure import run, table
from reports import write_inputs

BODY = "宁川县人民政府"


def measure(counts: Sequence[int]) -> list[str]:
    """Lines of the page: a row a number of bodies."""
    rows = []
    for count in counts:
        with tempfile.TemporaryDirectory() as top:
            rows.append((f"{count:,}", *_one_county(Path(top), count)))
    return table(("bodies", "sum: s", "peak MB", "against: s", "peak MB"), rows)


def _one_county(folder: Path, count: int) -> list[str]:
    """Sum up so many bodies, leave one out, and have it found."""
    paths = write_inputs(folder / "returns", 0, count)
    last = paths[-1].rename(folder / "late.json")
    docgen = [sys.executable, "-m", "docgen"]
    summed = run([*docgen, "sum", folder / "returns", "--body", BODY, "-o", folder / "all.xlsx"])
    (folder / "all.来源.xlsx").unlink()  # so that figures alone say who is missing
    last.rename(paths[-1])

    told = folder / "told.json"
    command = [*docgen, "check", str(folder / "all.xlsx"), "--against", str(folder / "returns")]
    script = (  # it finds faults, and so exits with 1
        "import pathlib, subprocess, sys; "
        "done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE); "
        "pathlib.Path(sys.argv[1]).write_bytes(done.stdout); sys.exit(done.returncode != 1)"
    )
    compared = run([sys.executable, "-c", script, told, *command, "--json"])
    if "B151" not in told.read_text(encoding="utf-8"):
        sys.exit("the body that was left out is not named")
    return [f"{n:,.0f}" for n in (summed.wall, summed.peak, compared.wall, compared.peak)]
