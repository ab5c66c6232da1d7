"""Do the tests notice a fault put into docgen/check, prose or forms? A random sample of mutants.

    pip install cosmic-ray
    python tools/mutants.py [COUNT] [SEED] [PATH …]

250 mutants, seed 1, all of docgen/check, prose and forms unless said otherwise. A mutant is one
change that cosmic-ray makes: an operator, a comparison, a number, a condition. Of the variants of
one place (`+` to `-`, `*`, `/` …) one is drawn. The tests named here are run until one fails, in
copies of the project, one a processor; each survivor is printed as a diff. Not run by CI: a mutant
takes seconds.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import use_mutation
from cosmic_ray.plugins import get_operator, operator_names

TESTS = (
    *(
        "measures",
        "wordings",
        "spoiled",
        "county",
        "mentions_told",
        "words",
        "years",
        "names",
        "words_content",
    ),
    *("previous_told", "coverage", "quotes", "checks", "previous", "mentions_sound"),
    *("published", "sums", "words_sound", "forms", "mentions", "waivers", "binding"),
    *("reading_layout", "reading_numbers", "reference", "commands", "mutations"),
)
#: One process for each mutant, and the slow tests, too.
_ALL = ["-n0", "-m", "slow or not slow"]
#: The codes of the rules, in the words of `pytest -k`; other rooms' cases are left out.
_CASES = ["tests/test_cases.py", "-k", " or ".join(f"E{digit}" for digit in range(1, 10))]
#: The tests that speak of a module are run first.
_FIRST = {
    "reading_numbers": "sums",
    "sums": "arithmetic suspect sums form",
    "measures": "lexicon measures sentences words_disclosure",
    "mentions": "numerals vocabulary",
    "wordings": "subjects mentions vocabulary lists shares",
    "mentions_told": "mentions sentences stated lists shares",
    "county": "subjects mentions stated lists shares",
    "years": "years time",
    "previous_told": "previous changes",
    "words": "numbering marks citing",
    "words_content": "content leftover",
    "quotes": "passages",
    "forms": "faults",
    "reading_layout": "layout",
    "names": "names",
    "waivers": "waivers",
    "coverage": "needs checks",
}
#: `|` joins types far more often than sets; the others need names, or change no behaviour.
_LEFT_OUT = ("BitOr", "Variable", "RemoveDecorator", "ExceptionReplacer")
#: What no report can tell: `slots` and `frozen` of a class, the size of a cache; `strict` of a
#: zip and an `assert`, which say what is known to hold.
_UNTOLD = re.compile(r"\s*@|\s*assert\b|.*\bstrict=$")
_MOST_SECONDS = 300


class Mutant(NamedTuple):
    """One change: the operator of cosmic-ray and which of its places in a file."""

    path: Path
    operator: str
    occurrence: int


def mutants(paths: list[Path], chance: random.Random) -> list[Mutant]:
    """One mutant a place."""
    found = []
    for path in paths:
        nodes = list(ast_nodes(get_ast_from_path(path)))
        lines = path.read_text(encoding="utf-8").splitlines()
        places: dict[tuple[str, object], list[Mutant]] = defaultdict(list)
        for name in operator_names():
            if any(word in name for word in _LEFT_OUT):
                continue
            operator = get_operator(name)()
            positions = (at for node in nodes for at in operator.mutation_positions(node))
            for occurrence, at in enumerate(positions):
                (line, column), _ = at
                if not _UNTOLD.match(lines[line - 1][:column]):
                    places[name.partition("_")[0], at].append(Mutant(path, name, occurrence))
        found += [chance.choice(variants) for variants in places.values()]
    return found


def tests_for(path: Path) -> tuple[list[str], ...]:
    """The tests that speak of a module, and the others: collecting all of them takes a second."""
    first = [test for test, modules in _FIRST.items() if path.stem in modules.split()]
    others = [test for test in TESTS if test not in first]
    return _files(first or others[:2]), _files(others if first else others[2:]), _CASES


def _files(tests: list[str]) -> list[str]:
    return [f"tests/test_{name}.py" for name in tests]


def survives(mutant: Mutant, project: Path) -> str:
    """The diff of a mutant that no test notices; blank for one that is killed."""
    operator = get_operator(mutant.operator)()
    with use_mutation(project / mutant.path, operator, mutant.occurrence) as codes:
        noticed = any(not passes(tests, project) for tests in tests_for(mutant.path))
        return "" if noticed else _diff(*codes)


def passes(tests: list[str], project: Path) -> bool:
    """Whether these tests pass, in time, in this copy of the project."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *_ALL, *tests]
    # stale bytecode would be taken for a file changed twice within a second
    env = os.environ | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(
            command, cwd=project, env=env, capture_output=True, check=False, timeout=_MOST_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def _diff(before: str, after: str) -> str:
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    return "\n".join(f"    - {one}\n    + {other}" for one, other in lines if one != other)


def judge(drawn: list[Mutant], folder: Path) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with the diff it survives by; a copy of the project for each processor."""
    copies: SimpleQueue[Path] = SimpleQueue()
    jobs = os.cpu_count() or 1
    for number in range(jobs):
        kept_out = shutil.ignore_patterns(".git", "__pycache__", "outputs", ".*_cache")
        copies.put(shutil.copytree(".", folder / str(number), ignore=kept_out))
    if not passes(_files(list(TESTS)), folder / "0"):
        sys.exit("the tests fail without a mutant")

    def one(mutant: Mutant) -> tuple[Mutant, str]:
        project = copies.get()
        try:
            return mutant, survives(mutant, project)
        finally:
            copies.put(project)

    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(one, drawn)


def main() -> None:
    """Draw, run, print."""
    count, seed = [int(word) for word in sys.argv[1:3]] + [250, 1][len(sys.argv[1:3]) :]
    folders = sys.argv[3:] or ["docgen/check", "docgen/prose", "docgen/forms"]
    paths = sorted(
        p for f in folders for p in (Path(f).glob("*.py") if Path(f).is_dir() else [Path(f)])
    )
    chance = random.Random(seed)
    every = mutants(paths, chance)
    drawn = chance.sample(every, min(count, len(every)))
    killed = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, (mutant, diff) in enumerate(judge(drawn, Path(folder)), 1):
            killed += not diff
            if diff:
                print(f"{mutant.path} {mutant.operator} {mutant.occurrence}\n{diff}", flush=True)
            if number % 10 == 0:
                print(f"{killed} of {number} killed ({len(every)} places)", flush=True)
    print(f"{killed} of {len(drawn)} killed = {100 * killed / len(drawn):.1f} %")


if __name__ == "__main__":
    main()
