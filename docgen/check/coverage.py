"""What a check looked for: the rules that ran, those that could not, with why, and the figures of
the text that were held against no cell.

E701 (not judged against last year) is what a finding says of all rules of last year; it needs
nothing and is not listed itself.
"""

from docgen.check.needs import lacking
from docgen.check.outcome import Coverage, Unjudged
from docgen.check.rules.mentions import find_unjudged
from docgen.codes import CODES
from docgen.model import Reading


def none_ran(why: str) -> Coverage:
    """Return that no rule ran: the input cannot be read, or docgen is at fault."""
    return Coverage((), tuple((code, why) for code, rule in CODES.items() if rule.needs))


def cover(reading: Reading, previous: Reading | None) -> Coverage:
    """Return which rules a check ran, why the others could not, what it did not judge."""
    ran: list[str] = []
    not_run: list[tuple[str, str]] = []
    for code, rule in CODES.items():
        said = dict.fromkeys(lacking(need, code, reading, previous) for need in rule.needs)
        why = "；".join(filter(None, said))
        if why:
            not_run.append((code, why))
        elif rule.needs:
            ran.append(code)
    unjudged = (Unjudged(*one) for one in find_unjudged(reading))
    return Coverage(tuple(ran), tuple(not_run), tuple(unjudged))
