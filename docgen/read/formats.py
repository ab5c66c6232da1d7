"""What Excel and WPS show of a number under a cell's number format (ECMA-376 part 1, §18.8.31)."""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

#: The built-in formats of numbers; the others are of dates, or show a number as it is.
BUILT_IN = {
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "9": "0%",
    "10": "0.00%",
    "37": "#,##0 ;(#,##0)",
    "38": "#,##0 ;(#,##0)",
    "39": "#,##0.00;(#,##0.00)",
    "40": "#,##0.00;(#,##0.00)",
}
#: A code longer than this is nobody's.
_LONGEST = 255
#: More digits than such a code can show of any number that a workbook holds.
_DIGITS = 2000
#: One element of a code: a quoted text, an escaped character (`\.`, in Chinese programs `!.`), a
#: gap, a bracket, the whole number, or any single character.
_ELEMENT = re.compile(
    r'"([^"]*)"|[\\!](.)|[_*].|\[([^\]]*)\]|(General|G/通用格式)|(.)', re.DOTALL | re.IGNORECASE
)
# fullmatch: >=100, <0.5; not =A1.
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)")
_DIGIT, _WHOLE, _POINT, _COMMA, _PERCENT = "digit", "whole", "point", "comma", "percent"
_PLAIN, _NEXT, _IF, _OTHER = "text", "next", "if", "other"
_SINGLE = {
    **dict.fromkeys("0#?", _DIGIT),
    **dict.fromkeys("eE/ymdhsYMDHS", _OTHER),  # 1E+05, fractions, dates
    ".": _POINT,
    ",": _COMMA,
    "%": _PERCENT,
    ";": _NEXT,
    "@": _WHOLE,
}


class _Section(NamedTuple):
    """A part of a code, for some of the numbers: its elements by kind, and when it is taken."""

    elements: list[tuple[str, str]]
    condition: str


def show(value: Decimal, code: str) -> str | None:
    """Return how a number is shown; None under a code of another kind (dates, fractions, 1E+05)."""
    if len(code) > _LONGEST:
        return None

    sections = _split_code(code)
    if sections is None:
        return None

    section = _section_for(sections, value)
    kinds = [kind for kind, _ in section.elements]
    if _WHOLE not in kinds and _DIGIT not in kinds:
        return "".join(text for kind, text in section.elements if kind == _PLAIN).strip()

    last = max(i for i, kind in enumerate(kinds) if kind in (_DIGIT, _WHOLE))
    point = kinds.index(_POINT) if _POINT in kinds else last + 1
    before = max((i for i in range(min(point, last + 1)) if kinds[i] == _DIGIT), default=last)
    scale = sum(kind == _COMMA for kind in kinds[before + 1 :])
    decimals = kinds[point:].count(_DIGIT)
    with localcontext(prec=_DIGITS):
        number = abs(value) * Decimal(100) ** kinds.count(_PERCENT) / Decimal(1000) ** scale
        if _WHOLE not in kinds:
            number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)

    return _fill_places(section, number, value < 0 and len(sections) == 1)


def rounds_to(value: Decimal, shown: Decimal) -> bool:
    """Whether a number is the one that is shown, to the places that are shown."""
    places = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    with localcontext(prec=_DIGITS):
        return abs(value).quantize(places, ROUND_HALF_UP) == shown


def _split_code(code: str) -> list[_Section] | None:
    """Return the sections of a code; None for a code of another kind."""
    sections = [_Section([], "")]
    for match in _ELEMENT.finditer(code):
        kind, text = _element_of(match)
        if kind == _OTHER:
            return None
        if kind == _NEXT:
            sections.append(_Section([], ""))
        elif kind == _IF:
            sections[-1] = sections[-1]._replace(condition=text)
        else:
            sections[-1].elements.append((kind, text))

    return sections


def _element_of(match: re.Match[str]) -> tuple[str, str]:
    """Return the kind of an element, and its text."""
    quoted, escaped, bracket, whole, single = match.groups()
    if bracket is not None and _CONDITION.fullmatch(bracket):
        return _IF, bracket
    if bracket is not None:  # a colour, a language, a currency: [Red], [$-804], [$￥-804]
        return _PLAIN, bracket[1:].partition("-")[0] if bracket.startswith("$") else ""
    if whole:
        return _WHOLE, ""
    if single:
        return _SINGLE.get(single, _PLAIN), single

    return _PLAIN, quoted or escaped or ""


def _section_for(sections: list[_Section], value: Decimal) -> _Section:
    """Return the section for a number: by the conditions, else for more, less than 0 and 0."""
    if any(section.condition for section in sections):
        return next((s for s in sections if _condition_holds(s.condition, value)), sections[-1])
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _condition_holds(condition: str, value: Decimal) -> bool:
    """Whether a number is one that a condition such as `>=100` is for."""
    found = _CONDITION.fullmatch(condition)
    if not found:
        return True

    sign, bound = found[1], Decimal(found[2])
    less, same = value < bound, value == bound
    return {
        "<": less,
        "<=": less or same,
        ">": not less and not same,
        ">=": not less,
        "=": same,
        "<>": not same,
    }[sign]


def _fill_places(section: _Section, number: Decimal, negative: bool) -> str:
    """Put the digits into their places, from the right; the first place takes what is left."""
    whole, _, fraction = f"{number:f}".partition(".")
    kinds = [kind for kind, _ in section.elements]
    point = kinds.index(_POINT) if _POINT in kinds else len(kinds)
    places = [i for i, kind in enumerate(kinds[:point]) if kind in (_DIGIT, _WHOLE)]
    digits = {i: whole[-n] if n <= len(whole) else "0" for n, i in enumerate(places[::-1], 1)}

    if places:
        digits[places[0]] = whole[: max(len(whole) - len(places) + 1, 0)] or "0"

    for i in places[:-1]:  # `#` shows no 0 that says nothing
        if section.elements[i][1] != "0" and not digits[i].strip("0"):
            digits[i] = ""
        else:
            break

    said = []
    for i, (kind, text) in enumerate(section.elements):
        if kind == _WHOLE:
            said.append(f"{number:f}")
        elif kind == _DIGIT:
            said.append(digits[i] if i < point else fraction[:1])
            fraction = fraction[1:] if i > point else fraction
        elif kind != _COMMA:
            said.append(text)

    return ("-" if negative else "") + "".join(said).strip()
