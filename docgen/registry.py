"""Every code docgen can report: its rule stands where it is found, and is imported when asked for.

Letters: R reading an input · E checking a report · C comparing reports · B many reports at once ·
T template · P page · F proof · H publication · V verifying an issued document · X what stops
docgen. The first digit groups. A form has codes of its own, in other letters (those of the first
form are older than that). A code is never used for another fault: one that was joined to another
is an alias of it, and answers with the rule it is now.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module

from docgen.codes import ALIASES, CODES
from docgen.finding import IndexedRule, Rule
from docgen.forms.codes import OF_FORMS
from docgen.forms.form import Form

#: docgen's own letters in their order; those of forms come after them.
_LETTERS = "".join(dict.fromkeys(code[0] for code in CODES))

#: Every code of docgen and of the forms it carries, as they are listed.
EVERY_CODE: dict[str, IndexedRule] = dict(
    sorted(
        {**CODES, **OF_FORMS}.items(),
        key=lambda each: (each[0][0] not in _LETTERS, _LETTERS.find(each[0][0]), each[0]),
    )
)


def find_rule(code: str, forms: Iterable[Form] = ()) -> Rule | None:
    """Return the rule with this code, or the first one it was joined to; None if there is none.

    The rules of these forms come first: a form that docgen does not carry has codes of its own.
    """
    for form in forms:
        if code in form.rules:
            return form.rules[code]

    code = ALIASES.get(code, (code,))[0]
    if code in OF_FORMS:
        from docgen.forms.loader import find_form

        carried = find_form(OF_FORMS[code].form)
        return carried.rules[code] if carried else None
    if code not in CODES:
        return None

    module = import_module(CODES[code].module)
    return next(r for r in vars(module).values() if isinstance(r, Rule) and r.code == code)


def every_rule() -> Iterator[Rule]:
    """Yield every rule of docgen and of the forms it carries, in the order of the codes."""
    return (rule for code in EVERY_CODE if (rule := find_rule(code)))


def nearest_code(code: str, forms: Iterable[Form] = ()) -> str:
    """Return a hint for a code there is none of; blank where nothing is near."""
    from difflib import get_close_matches

    known = [*EVERY_CODE, *(own for form in forms for own in form.rules)]
    close = get_close_matches(code.upper(), known, n=1)
    return f"；最接近的是 {close[0]}" if close else ""
