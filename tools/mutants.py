"""Do the tests notice a fault put into docgen/rules or docgen/forms? A random sample of mutants.

    pip install cosmic-ray
    python tools/mutants.py [COUNT] [SEED] [PATH …]    in a copy of the project: files are changed

250 mutants, seed 1, all of docgen/rules and docgen/forms unless said otherwise. A mutant is one
change that cosmic-ray makes: an operator, a comparison, a number, a condition. Of the variants of
one place (`+` to `-`, `*`, `/` …) one is drawn. The tests named here are run until one fails; each
survivor is printed as a diff. Not run by CI: a mutant takes seconds.
"""

import random
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import use_mutation
from cosmic_ray.plugins import get_operator, operator_names

TESTS = (
    *("mentions_told", "words", "years", "names", "words_content", "previous_told", "coverage"),
    *("quotes", "checks", "previous", "mentions_sound", "published", "sums", "words_sound"),
    *("forms", "mentions", "waivers", "binding", "reading_layout", "reference", "commands"),
    "mutations",
)
#: The tests that speak of a module come first.
_FIRST = {
    "sums": "arithmetic suspect sums form disclosure_2021 disclosure_2019",
    "mentions": "numerals mentions_disputes mentions_documents disclosure_text",
    "mentions_told": "mentions sentences stated lists shares mentions_requests phrases",
    "years": "years time",
    "previous_told": "previous changes",
    "words_content": "content leftover",
    "quotes": "passages",
    "forms": "faults layout",
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


def tests_for(path: Path) -> list[str]:
    """All tests, in the order in which they are likely to notice."""
    first = [test for test, modules in _FIRST.items() if path.stem in modules.split()]
    return [f"tests/test_{name}.py" for name in dict.fromkeys(("spoiled", *first, *TESTS))]


def survives(mutant: Mutant) -> str:
    """The diff of a mutant that no test notices; blank for one that is killed."""
    tests = tests_for(mutant.path)
    with use_mutation(mutant.path, get_operator(mutant.operator)(), mutant.occurrence) as codes:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        try:
            run = subprocess.run(command, capture_output=True, check=False, timeout=_MOST_SECONDS)
        except subprocess.TimeoutExpired:
            return ""
        return _diff(*codes) if run.returncode == 0 else ""


def _diff(before: str, after: str) -> str:
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    return "\n".join(f"    - {one}\n    + {other}" for one, other in lines if one != other)


def main() -> None:
    """Draw, run, print."""
    count, seed = [int(word) for word in sys.argv[1:3]] + [250, 1][len(sys.argv[1:3]) :]
    folders = sys.argv[3:] or ["docgen/rules", "docgen/forms"]
    paths = sorted(
        p for f in folders for p in (Path(f).glob("*.py") if Path(f).is_dir() else [Path(f)])
    )
    chance = random.Random(seed)
    every = mutants(paths, chance)
    drawn = chance.sample(every, min(count, len(every)))
    killed = 0
    for number, mutant in enumerate(drawn, 1):
        diff = survives(mutant)
        killed += not diff
        if diff:
            print(f"{mutant.path} {mutant.operator} {mutant.occurrence}\n{diff}", flush=True)
        if number % 10 == 0:
            print(f"{killed} of {number} killed ({len(every)} places)", flush=True)
    print(f"{killed} of {len(drawn)} killed = {100 * killed / len(drawn):.1f} %")


if __name__ == "__main__":
    main()
