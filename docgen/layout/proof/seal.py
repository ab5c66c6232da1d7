"""Room for the seal: where it goes over name and date, or why it does not fit. Points."""

from collections.abc import Iterator
from typing import NamedTuple

from docgen.layout.proof import standard
from docgen.layout.proof.compare import Trace
from docgen.layout.proof.pages import POINTS_PER_MM, Box, Character


class SealPlace(NamedTuple):
    """A place for the seal: its page, its centre, its radius.

    `gap` is how many lines its top is below the text, `sinks` how far the middle of name and
    date lies below its centre.
    """

    page: int
    x: float
    y: float
    radius: float
    gap: float
    sinks: float


class NoRoom(NamedTuple):
    """Why the seal does not fit, in Chinese."""

    page: int
    why: str


def place_seal(trace: Trace, diameter: float, pitch: float) -> SealPlace | NoRoom | None:
    """The best place for a seal of this diameter in millimetres, or why there is none.

    None if there is no signature, it is split over pages or no text stands above it.
    """
    date = trace.source.date
    if date is None or not trace.source.names:
        return None
    signature = [c for name in trace.source.names for c in trace.of(name)] + [*trace.of(date)]
    page = signature[0].page
    top = min(character.top for character in signature)
    above = text_above(trace, page, top)
    if above is None or any(character.page != page for character in signature):
        return None
    line = trace.of(date)
    return _search(
        trace,
        signature,
        (min(c.left for c in line) + max(c.right for c in line)) / 2,
        (above, top, max(character.bottom for character in signature)),
        diameter * POINTS_PER_MM / 2,
        pitch,
    )


def text_above(trace: Trace, page: int, top: float) -> float | None:
    """The bottom of the last text or table above this height, heads of the page aside."""
    ends = [
        character.bottom
        for characters in trace.places.values()
        for character in characters
        if character.page == page and character.base < top
    ]
    ends += [rule.bottom for rule in trace.pages[page - 1].rules if rule.bottom < top]
    return max(ends, default=None)


def _search(
    trace: Trace,
    signature: list[Character],
    x: float,
    heights: tuple[float, float, float],
    radius: float,
    pitch: float,
) -> SealPlace | NoRoom:
    above, top, bottom = heights
    page = trace.pages[signature[0].page - 1]
    middle = (top + bottom) / 2
    low = max(above + standard.SEAL_CLEAR_POINTS + radius, bottom - radius)
    high = min(above + standard.SEAL_LINES * pitch + radius, middle)
    if low > high:
        near = above + standard.SEAL_CLEAR_POINTS + radius > middle
        gap = f"{max(bottom - 2 * radius - above, 0) / pitch:.1f}"
        why = (
            "署名离正文太近，印章会压到正文" if near else f"署名离正文太远，印章顶端距正文 {gap} 行"
        )
        return NoRoom(page.number, why)
    edge = standard.SEAL_EDGE * POINTS_PER_MM
    if x - radius < edge or x + radius > page.width - edge or low + radius > page.height - edge:
        return NoRoom(page.number, "印章会超出页边")
    others = [c for c in page.characters if c not in set(signature)]
    hit = ""
    for y in _nearest_first(middle - pitch / 2, low, min(high, page.height - edge - radius)):
        hits = [c for c in others if reaches(c, x, y, radius + standard.SEAL_CLEAR_POINTS)]
        if not hits and not any(reaches(rule, x, y, radius) for rule in page.rules):
            gap_lines = (y - radius - above) / pitch
            return SealPlace(page.number, x, y, radius, gap_lines, middle - y)
        hit = hit or ("".join(c.text for c in hits) or "表格")
    return NoRoom(page.number, f"印章会压到“{hit}”")


def _nearest_first(wanted: float, low: float, high: float) -> Iterator[float]:
    """Heights between these, from the one wanted outwards, a point apart."""
    start = min(max(wanted, low), high)
    yield start
    for step in range(1, int(high - low) + 2):
        for y in (start - step, start + step):
            if low <= y <= high:
                yield y


def reaches(box: Character | Box, x: float, y: float, radius: float) -> bool:
    """Whether a circle reaches a box."""
    across = max(box.left - x, 0, x - box.right)
    down = max(box.top - y, 0, y - box.bottom)
    return across * across + down * down < radius * radius
