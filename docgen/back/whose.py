"""Whether a returned document is the report that was issued, by its title, its name, its year."""

import re
from collections.abc import Sequence
from itertools import takewhile

from docgen.address import Address
from docgen.issuing.edits import Edit

#: 2024 in “2024年度”; not the digits of 120245.
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
#: So many of the three must differ: a leader may well put one of them right.
_MOST_WRONG = 2


def foreign_parts(edits: Sequence[Edit]) -> list[str]:
    """Return which of title, name and year are another report's, where it is most of them."""
    changed = {edit.address: edit for edit in edits if edit.kind == "changed"}
    title, name = (changed.get(Address(each)) for each in ("title", "signature.name"))
    years = [set(_YEAR.findall(text)) for text in (title.before, title.after)] if title else []

    found = {
        "标题": title is not None and _is_other(_without_year(title)),
        "署名": name is not None and _is_other((name.before, name.after)),
        "年度": all(years) and len(years) > 1 and not (years[0] & years[1]),
    }
    wrong = [what for what, is_wrong in found.items() if is_wrong]
    return wrong if len(wrong) >= _MOST_WRONG else []


def _without_year(title: Edit) -> tuple[str, str]:
    before, after = (re.sub(r"[0-9\s]|年", "", text) for text in (title.before, title.after))
    return before, after


def _is_other(both: tuple[str, str]) -> bool:
    """Return whether two names are of two bodies: neither is the other made longer or shorter."""
    pairs = zip(*(reversed(text) for text in both), strict=False)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))  # what all are called
    before, after = (text[: len(text) - end] for text in both)
    return not (before in after or after in before)
