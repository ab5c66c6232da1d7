"""What is said of a mistake, beside what is said of the sound report."""

from collections import Counter

from busy import FACTS, ONE, TEXT, THREE, TWO
from door import Run

FACT, WORDS = FACTS.removesuffix(".csv"), TEXT.removesuffix(".csv")
FIRST, SECOND, THIRD = (name.removesuffix(".csv") for name in (ONE, TWO, THREE))
Told = list[tuple[str, str]]  # each code, with the first cell it names, or the sheet


def told(run: Run, usual: Run) -> Told:
    """What is said beside what is said of the sound report, in order."""
    said = [finding for line in run.lines for finding in line["findings"]]
    before = Counter(usual.codes)
    found = []
    for finding in said:
        if before[finding["code"]]:
            before[finding["code"]] -= 1
        else:
            place = (finding["places"] or [{"cell": "", "sheet": ""}])[0]
            found.append((finding["code"], place["cell"] or place["sheet"]))
    return found
