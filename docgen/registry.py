"""Every code docgen can report: its rule stands where it is found, and is imported when asked for.

Letters: R reading an input · E checking a report · C comparing reports · B many reports at once ·
T template · P page · F proof · H publication · V verifying an issued document · X what stops
docgen. The first digit groups. A code is never used for another fault: one
that was joined to another is an alias of it, and answers with the rule it is now.
"""

from collections.abc import Iterator
from importlib import import_module

from docgen.codes import ALIASES, CODES
from docgen.finding import Rule


def find_rule(code: str) -> Rule | None:
    """Return the rule with this code, or the first one it was joined to; None if there is none."""
    code = ALIASES.get(code, (code,))[0]
    if code not in CODES:
        return None

    module = import_module(CODES[code].module)
    return next(r for r in vars(module).values() if isinstance(r, Rule) and r.code == code)


def every_rule() -> Iterator[Rule]:
    """Yield every rule, in the order of the codes."""
    return (rule for code in CODES if (rule := find_rule(code)))


def nearest_code(code: str) -> str:
    """Return a hint for a code there is none of; blank where nothing is near."""
    from difflib import get_close_matches

    close = get_close_matches(code.upper(), CODES, n=1)
    return f"；最接近的是 {close[0]}" if close else ""
