"""Checking a report: every finder of every family of rules, in order.

A family is a file of `docgen.check.rules`: its rules, each declared with what it needs, and its
finders, the functions named `check_…`, which take the `Prose` of a report and yield findings.
"""

from collections.abc import Callable, Iterator, Sequence
from types import ModuleType

from docgen.check.held import of_written, without_following
from docgen.check.passages import Prose
from docgen.check.rules import (
    amounts,
    bounds,
    characters,
    complete,
    conditions,
    content,
    dates,
    inner,
    laws,
    leftover,
    level,
    marks,
    mentions,
    names,
    numbering,
    sums,
    titles,
    unconfirmed,
    wording,
    years,
)
from docgen.check.rules.odd_year import settle_year
from docgen.finding import Finding
from docgen.model import Reading

Finder = Callable[[Prose], Iterator[Finding]]

#: In the order in which their findings are told: the tables and the facts, then the text.
FAMILIES: tuple[ModuleType, ...] = (
    unconfirmed,
    complete,
    content,
    dates,
    titles,
    level,
    sums,
    bounds,
    conditions,
    mentions,
    wording,
    years,
    leftover,
    names,
    laws,
    numbering,
    marks,
    amounts,
    inner,
    characters,
)


def check_report(
    reading: Reading,
    previous: Reading | None = None,
    kept_share: float = 0.5,
    others: tuple[str, ...] = (),
    beside: Sequence[Reading] = (),
) -> list[Finding]:
    """Return all findings about a report that could be read, its reader's own aside.

    Without last year's report nothing is said of last year. `kept_share`, from 0 to 1: how much
    of the text may be last year's; more than half is what some governments deduct points for.
    `others` are bodies whose names a borrowed text may hold, `beside` the other reports of the
    same body and year.
    """
    reading, odd = settle_year(reading)
    prose = Prose(reading, others)
    found = [finding for find in FINDERS for finding in find(prose)]
    findings = [odd] if odd else []
    findings += of_written(reading, without_following(reading, found))

    if previous and not odd:  # which year was the last, is not known
        from docgen.check.rules.changes import check_changes
        from docgen.check.rules.previous import check_previous

        findings += check_previous(prose, previous, kept_share)
        changes = check_changes(reading, previous)
        findings += [found for found in changes if found not in findings]  # the text told it

    if beside:
        from docgen.check.rules.same_year import find_disagreements

        findings += find_disagreements(reading, beside)

    return findings


def _finders_of(family: ModuleType) -> list[Finder]:
    """Return the finders of a family as they stand: its own functions named check_…."""
    own = [f for f in vars(family).values() if getattr(f, "__module__", "") == family.__name__]
    return [find for find in own if find.__name__.startswith("check_")]


#: Every finder, in order.
FINDERS = tuple(find for family in FAMILIES for find in _finders_of(family))
