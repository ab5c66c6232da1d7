"""Files of every kind spoilt at random, and every verb run on them, for as long as one likes.

`python benchmarks/fuzz.py SECONDS [SEED [KIND]]` in an environment with docgen installed; what
breaks is kept in `fuzz-found/` with the command that shows it. tests/test_fuzz.py does a little of
this, and replays tests/data/fuzz, where what once broke is kept.
"""

import itertools
import signal
import sys
import time
from pathlib import Path
from random import Random

import measure  # noqa: F401  it says where the next two stand
from fuzz_files import spoil
from fuzzing import SLOW, VERBS, changed_figure, faults
from spoiled_pdf import wrong_figures


def main() -> None:
    """Spoil and run until the time is over; the exit code is 1 where something broke."""
    seconds = float(sys.argv[1]) if sys.argv[1:] else 60
    seed = int(sys.argv[2]) if sys.argv[2:] else 0
    end, broken, runs = time.monotonic() + seconds, 0, 0
    signal.signal(signal.SIGALRM, _late)
    kinds = itertools.cycle(sys.argv[3:] or VERBS)
    while time.monotonic() < end:
        random = Random(f"{seed} {runs}")
        kind = next(kinds)
        files, command = spoil(kind, random), random.choice(VERBS[kind])
        signal.alarm(3 * SLOW)
        try:
            wrong = wrong_figures if kind == "pdf" else changed_figure
            found = [*faults(files, command), *wrong(random)]
        except TimeoutError:
            found = ["does not end"]
        signal.alarm(0)
        runs += 1
        if found:
            broken += 1
            place = Path("fuzz-found", f"{seed}-{runs}")
            for name, data in {**files, "command": f"docgen {command}\n{found}\n".encode()}.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_bytes(data)
            print(f"{place}: docgen {command}: {found}", flush=True)
    print(f"{runs} runs, {broken} broke")
    sys.exit(1 if broken else 0)


def _late(_number: int, _frame: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    main()
