"""Changes in words: a line each, long texts shown around where they differ."""

from collections.abc import Iterator, Sequence

from docgen.back.proposal import Proposal

_SHOWN = 60


def shorten(text: str) -> str:
    """Return a text in one line, its middle left out where it is long."""
    line = " ".join(text.split("\n"))
    half = _SHOWN // 2
    return line if len(line) <= _SHOWN else f"{line[:half]}…{line[-half:]}"


def shorten_change(before: str, after: str) -> tuple[str, str]:
    """Return two long texts around where they differ."""
    if max(len(before), len(after)) <= _SHOWN:
        return shorten(before), shorten(after)

    start = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), None)
    start = min(len(before), len(after)) if start is None else start
    most = min(len(before), len(after)) - start
    end = next((n for n in range(most) if before[-n - 1] != after[-n - 1]), most)
    first = max(start - _AROUND, 0)
    return _between(before, first, len(before) - end), _between(after, first, len(after) - end)


_AROUND = 8


def _between(text: str, first: int, end: int) -> str:
    last = min(end + _AROUND, len(text))
    shown = shorten(text[first:last])
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"


def say_change(one: Proposal) -> str:
    before, after = shorten_change(one.before, one.after)
    if not one.after:
        return f"“{before}”删去了"
    return f"“{before}”改成了“{after}”" if one.before else f"加了“{after}”"


def listed_words(proposals: Sequence[Proposal]) -> Iterator[str]:
    """Yield a line for each change that is taken over, left or worked out again, with its number.

    The numbers are those that `make_plan` leaves by.
    """
    for number, one in enumerate(proposals, start=1):
        if not one.why_not:
            yield f"{number}  {_said_at_place(one)}{_fate_of(one)}"


def _said_at_place(one: Proposal) -> str:
    if one.edit.kind == "added":
        return f"{one.place} 之后: 加一段“{shorten(one.after)}”"
    if one.edit.kind == "removed":
        return f"{one.place}: 删去“{shorten(one.before)}”"
    before, after = shorten_change(one.before, one.after)
    return f"{one.place}: {before or '（空）'} → {after or '（空）'}"


def _fate_of(one: Proposal) -> str:
    if one.is_recomputed:
        return "（由 docgen 照各格算出，不写回）"
    return "（照你说的，不写回）" if one.is_left else ""
