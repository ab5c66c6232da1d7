"""The provinces, cities and counties, by their GB/T 2260 codes: which lies in which.

`places.csv` also holds names that were changed, with the code of then. It is read only where a
text names a place with what only a government has.
"""

from functools import lru_cache
from pathlib import Path

#: The longest name, and the shortest that no two words can make by chance (市和县人民政府).
_LONGEST, _SHORTEST = 15, 3


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[str, ...]]:
    """Return every name with its codes: there are five 鼓楼区."""
    text = Path(__file__).with_name("places.csv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in text.splitlines()[1:]:
        code, _, name = line.partition(",")
        if len(name) >= _SHORTEST:
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def last_place(text: str) -> str:
    """Return the place that a text ends with; blank for none."""
    known = places()
    lengths = range(min(_LONGEST, len(text)), _SHORTEST - 1, -1)
    return next((text[-length:] for length in lengths if text[-length:] in known), "")


def codes_in(name: str) -> set[str]:
    """Return the codes of the places in a body's name, each only where it fits those before it."""
    found: set[str] = set()
    at = 0
    while at < len(name):
        ends = range(min(at + _LONGEST, len(name)), at + _SHORTEST - 1, -1)
        place = next((name[at:end] for end in ends if name[at:end] in places()), "")
        codes = places().get(place, ())
        found.update([code for code in codes if _fits_any(code, found)] or codes)
        at += len(place) or 1  # no place begins here: on by one character
    return found


def _fits_any(code: str, found: set[str]) -> bool:
    return any(_is_within(code, other) for other in found)


def is_related(place: str, own: set[str]) -> bool:
    """Return whether a place is one of these, or above or below one."""
    return any(
        _is_within(code, other) or _is_within(other, code)
        for code in places().get(place, ())
        for other in own
    )


def _is_within(code: str, other: str) -> bool:
    """Return whether the place of one code is the other's, or lies in it."""
    return code.startswith(_shared_digits(other))


def _shared_digits(code: str) -> str:
    """Return the digits that all places within share: 32 for 江苏省, 3213 for 宿迁市."""
    return code.removesuffix("00").removesuffix("00")
