"""Every rule docgen can report, in one place, as `docgen explain` and docs/reference/rules.md say.

Letters: R reading an input · E checking a report · C comparing reports · B many reports at once ·
T template · P page · F proof · H publication · V verifying an issued document · X what stops
docgen. The first digit groups. A code is never used for another fault.
"""

from docgen.catalogue import (
    batch,
    check,
    cites,
    compare,
    facts,
    foreign,
    habits,
    inner,
    page,
    page_marks,
    proof,
    publish,
    read,
    standing,
    stop,
    template,
    text,
    verify,
    waivers,
    words,
    workbook,
    years,
)
from docgen.finding import Rule

RULES: dict[str, Rule] = {
    rule.code: rule
    for module in (
        read,
        habits,
        workbook,
        check,
        text,
        years,
        words,
        cites,
        inner,
        facts,
        waivers,
        compare,
        batch,
        template,
        page,
        page_marks,
        proof,
        publish,
        stop,
        standing,
        foreign,
        verify,
    )
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}


def nearest_code(code: str) -> str:
    """A hint for a code there is none of; blank where nothing is near."""
    from difflib import get_close_matches

    close = get_close_matches(code.upper(), RULES, n=1)
    return f"；最接近的是 {close[0]}" if close else ""
