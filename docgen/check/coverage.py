"""What a check looked for: the rules that ran, those that could not, with why, and the figures of
the text that were held against no cell.

The rules are docgen's and those of the report's own form. E701 (not judged against last year) is
what a finding says of all rules of last year; it needs nothing and is not listed itself.
"""

from collections.abc import Sequence

from docgen.check.needs import lacking
from docgen.check.outcome import Coverage, Unjudged
from docgen.check.rules.mentions import find_unjudged
from docgen.codes import CODES
from docgen.model import Reading


def none_ran(why: str) -> Coverage:
    """Return that no rule ran: the input cannot be read, or docgen is at fault."""
    return Coverage((), tuple((code, why) for code, rule in CODES.items() if rule.needs))


def cover(
    reading: Reading, previous: Reading | None, beside: Sequence[Reading] | None = None
) -> Coverage:
    """Return which rules a check ran, why the others could not, what it did not judge.

    `beside` are the other reports of the same body and year; None if none were looked for.
    """
    own = reading.form.rules
    needs = {code: rule.needs for code, rule in CODES.items()}
    needs |= {code: rule.needs for code, rule in own.items()}
    ran: list[str] = []
    not_run: list[tuple[str, str]] = []

    # what reading finds is told first
    for code in sorted(needs, key=lambda code: (not code.startswith("R"), code)):
        said = dict.fromkeys(lacking(n, code, reading, previous, beside) for n in needs[code])
        why = "；".join(filter(None, said))
        if why:
            not_run.append((code, why))
        elif needs[code]:
            ran.append(code)

    unjudged = (Unjudged(*one) for one in find_unjudged(reading))
    names = {code: rule.name for code, rule in own.items()}
    return Coverage(tuple(ran), tuple(not_run), tuple(unjudged), names)
