"""Every rule docgen can report, in one place; `docgen explain` and docs/findings.md print it.

Letters: R reading an input · E checking a report · C comparing reports · T template · P page ·
F proof · H publication · V verifying an issued document · X what stops docgen. The first digit
groups. A code is never used for another fault.
"""

from docgen.catalogue import (
    check,
    compare,
    page,
    page_marks,
    proof,
    publish,
    read,
    stop,
    template,
    text,
    verify,
    words,
    years,
)
from docgen.finding import Rule

RULES: dict[str, Rule] = {
    rule.code: rule
    for module in (
        read,
        check,
        text,
        years,
        words,
        compare,
        template,
        page,
        page_marks,
        proof,
        publish,
        stop,
        verify,
    )
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}
