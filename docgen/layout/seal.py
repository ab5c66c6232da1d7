"""Room for the seal: where it goes over name and date, or why it does not fit. Points."""

from collections.abc import Iterator
from typing import NamedTuple

from docgen.finding import Finding, Rule
from docgen.layout.clause import STANDARD
from docgen.layout.printed import POINTS_PER_MM, Box, Character
from docgen.layout.tracing import Trace

NO_SEAL_ROOM = Rule(
    code="F213",
    name="盖不下印章",
    severity="error",
    message="第 {page} 页盖不下直径 {seal} 毫米的印章：{why}",
    why="印章端正、居中下压署名和日期，使它们在印章中心偏下；印章顶端距正文一行之内，不压正文、不出页边。",
    example="正文与署名之间空了四行，印章盖在日期上就离正文太远。",
    cure="用 docgen render --pdf 重新出，它会自己调行距、字距；仍盖不下，就在输入里把正文增减"
    "一两行，或在模板的署名前只留一个空行。",
    basis=f"{STANDARD} 7.3.5.1、7.3.5.5（应）",
)

#: The seal of a township is 42 mm across.
SEAL_MM = 42.0
#: 7.3.5.1: its top is at most a line below the text (应). It stays this far, in millimetres, from
#: the edge of the paper, and keeps clear of text by this many points.
_MOST_LINES, _EDGE, _CLEAR_POINTS = 1.0, 5.0, 1.0


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
    """Return the best place for a seal of this diameter in millimetres, or why there is none.

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
    return _search_place(
        trace,
        signature,
        (min(c.left for c in line) + max(c.right for c in line)) / 2,
        (above, top, max(character.bottom for character in signature)),
        diameter * POINTS_PER_MM / 2,
        pitch,
    )


def text_above(trace: Trace, page: int, top: float) -> float | None:
    """Return the bottom of the last text or table above this height, heads of the page aside."""
    ends = [
        character.bottom
        for characters in trace.places.values()
        for character in characters
        if character.page == page and character.base < top
    ]
    ends += [rule.bottom for rule in trace.pages[page - 1].rules if rule.bottom < top]
    return max(ends, default=None)


def _search_place(
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
    low = max(above + _CLEAR_POINTS + radius, bottom - radius)
    high = min(above + _MOST_LINES * pitch + radius, middle)
    if low > high:
        near = above + _CLEAR_POINTS + radius > middle
        gap = f"{max(bottom - 2 * radius - above, 0) / pitch:.1f}"
        why = (
            "署名离正文太近，印章会压到正文" if near else f"署名离正文太远，印章顶端距正文 {gap} 行"
        )
        return NoRoom(page.number, why)

    edge = _EDGE * POINTS_PER_MM
    if x - radius < edge or x + radius > page.width - edge or low + radius > page.height - edge:
        return NoRoom(page.number, "印章会超出页边")
    others = [c for c in page.characters if c not in set(signature)]
    hit = ""
    for y in _nearest_first(middle - pitch / 2, low, min(high, page.height - edge - radius)):
        hits = [c for c in others if reaches(c, x, y, radius + _CLEAR_POINTS)]
        if not hits and not any(reaches(rule, x, y, radius) for rule in page.rules):
            gap_lines = (y - radius - above) / pitch
            return SealPlace(page.number, x, y, radius, gap_lines, middle - y)
        hit = hit or ("".join(c.text for c in hits) or "表格")

    return NoRoom(page.number, f"印章会压到“{hit}”")


def _nearest_first(wanted: float, low: float, high: float) -> Iterator[float]:
    """Yield heights between these, from the one wanted outwards, a point apart."""
    start = min(max(wanted, low), high)
    yield start
    for step in range(1, int(high - low) + 2):
        for y in (start - step, start + step):
            if low <= y <= high:
                yield y


def reaches(box: Character | Box, x: float, y: float, radius: float) -> bool:
    """Return whether a circle reaches a box."""
    across = max(box.left - x, 0, x - box.right)
    down = max(box.top - y, 0, y - box.bottom)
    return across * across + down * down < radius * radius


def seal_findings(place: SealPlace | NoRoom | None, diameter: float) -> Iterator[Finding]:
    """Yield why a seal of this diameter has no room."""
    if isinstance(place, NoRoom):
        yield NO_SEAL_ROOM.at(page=place.page, seal=f"{diameter:g}", why=place.why)
