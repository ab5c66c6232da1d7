"""Measure docgen and write docs/benchmarks.md: `python benchmarks/run.py [SECTION …]`.

Needs docgen installed as it stands in this tree, and node with npm for the other engines.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import requires, version
from pathlib import Path

import cold
import compare
import costs
import desk_speed
import peers
import reading
import soak
import summing
from measure import PAGE, PROJECT, put_section

import docgen

Section = Callable[[bool, Path | None], list[str]]  # quick or not, where the node engines are

MARKS = (10, 100, 1_000, 5_000, 10_000, 20_000)
SIZES = (10, 100, 1_000, 10_000)

SECTIONS: dict[str, Section] = {
    "peers": lambda quick, npm: peers.measure(*((1, 5) if quick else (5, 300)), npm),
    "stages": lambda quick, _: costs.measure_stages(5 if quick else 300),
    "memory": lambda quick, _: costs.measure_memory((5, 10) if quick else MARKS),
    "growth": lambda quick, _: costs.measure_growth((10, 100) if quick else SIZES),
    "soak": lambda quick, _: soak.measure(*((20, 1) if quick else (20_000, soak.KILLS))),
    "sum": lambda quick, _: summing.measure((5,) if quick else (60, 1_000, 20_000)),
    "cold": lambda quick, _: cold.measure(1 if quick else 21),
    "desk": lambda quick, _: desk_speed.measure(3 if quick else 60),
    "reading": lambda quick, _: reading.measure(1 if quick else 9),
    "compare": lambda quick, _: compare.measure((20,) if quick else (50, 500)),
}


def refuse_other_docgen(*, quick: bool) -> None:
    """Stops unless the docgen that would be measured is this tree's, byte for byte, installed."""
    package = Path(docgen.__file__).parent
    if package == PROJECT / "docgen":
        if not quick:
            sys.exit("docgen is taken from the tree: install it (pip install .), then measure")
        return
    for ours, theirs in (("docgen", package), ("templates", package / "templates")):
        for path in sorted(PROJECT.joinpath(ours).rglob("*")):
            copy = theirs / path.relative_to(PROJECT / ours)
            if path.suffix in (".py", ".docx", ".json") and (
                not copy.exists() or copy.read_bytes() != path.read_bytes()
            ):
                sys.exit(f"the installed docgen is not this tree's: {copy}; run pip install .")


def made_with(npm: Path | None) -> str:
    """The versions of all that was measured, and on what."""
    words = [f"docgen {docgen.__version__}", f"Python {platform.python_version()}"]
    needed = [line for line in requires("docgen-cn") or () if "extra" not in line]
    names = [re.split(r"[^\w.-]", line)[0] for line in needed]
    words += [f"{name} {version(name)}" for name in names]
    if npm:
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
        words += [f"node {node.stdout.strip().lstrip('v')}", *peers.node_versions(npm)]
    return f"{', '.join(words)}; {os.cpu_count()} cores."


def main() -> None:
    """Measure the sections, print them, write them into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument(
        "--quick", action="store_true", help="a small round to see that all works; nothing is kept"
    )
    parser.add_argument(
        "--npm",
        type=Path,
        metavar="DIR",
        help="a folder of its own for the node engines, to be kept",
    )
    parser.add_argument(
        "--no-node", action="store_true", help="a quick round without the node engines"
    )
    given = parser.parse_args()
    if unknown := [name for name in given.sections if name not in SECTIONS]:
        parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
    if given.no_node and not given.quick:
        parser.error("--no-node goes with --quick: the page's table has the node engines")
    refuse_other_docgen(quick=given.quick)
    with tempfile.TemporaryDirectory() as temporary:
        npm: Path | None = None
        chosen = given.sections or list(SECTIONS)
        if "peers" in chosen and not given.no_node:
            npm = (given.npm or Path(temporary, "npm")).resolve()
            peers.install(npm)
        for name in chosen:
            with_node = npm if name == "peers" else None
            lines = [*SECTIONS[name](given.quick, with_node), "", made_with(with_node)]
            print(f"\n## {name}\n", *lines, sep="\n", flush=True)
            if not given.quick:
                page = put_section(PAGE.read_text(encoding="utf-8"), name, lines)
                PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
