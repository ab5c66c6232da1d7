"""What is measured on a proof, and what the measures say about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from docgen.finding import Finding
from docgen.layout.proof import standard
from docgen.layout.proof.compare import Trace
from docgen.layout.proof.furniture import number_findings, table_findings
from docgen.layout.proof.pages import POINTS_PER_MM, Character
from docgen.layout.proof.passages import Passage
from docgen.layout.proof.rules import (
    DATE_PLACE,
    HEADING_LAST,
    NAME_OFF,
    NO_SEAL_ROOM,
    NO_SIGNATURE,
    PITCH,
    SIGNATURE_ALONE,
    SIGNATURE_SPLIT,
    TYPE_AREA,
)
from docgen.layout.proof.seal import NoRoom, SealPlace, place_seal, text_above

_TYPE_WIDTH = standard.WIDTH * POINTS_PER_MM
_EM = _TYPE_WIDTH / standard.CHARACTERS
_USUAL_PITCH = standard.HEIGHT * POINTS_PER_MM / standard.LINES
_HANGING = "，。、；：？！）》」』】”’…"  # may stand outside the type area at a line's end
_CENTRED = ("title", "signature", "date")


@dataclass(frozen=True)
class Measures:
    """What was measured: pitch in points, the type area in millimetres, the signature.

    None where the proof does not show it: a page of tables has no pitch.
    """

    pitch: float | None
    lines: tuple[int, ...]  # by page, tables aside
    left: float | None
    right: float | None
    top: float | None
    bottom: float | None
    name_off: float | None  # millimetres to the right of the date's axis
    date_indent: float | None  # characters
    seal: SealPlace | None


class Line:
    """Characters on one base line."""

    def __init__(self, characters: Sequence[Character]) -> None:
        self.count = len(characters)
        self.page = characters[0].page
        self.base = characters[0].base
        self.middle = characters[0].middle
        self.left = min(character.left for character in characters)
        inside = [c.right for c in characters if c.text not in _HANGING]
        self.right = max(inside, default=self.left)
        self.axis = (self.left + max(character.right for character in characters)) / 2


def lines_of(characters: Sequence[Character]) -> list[Line]:
    """The lines these characters stand on, in their order."""
    rows: list[list[Character]] = []
    for character in characters:
        last = rows[-1][-1] if rows else None
        if last and last.page == character.page and abs(last.base - character.base) < 2:
            rows[-1].append(character)
        else:
            rows.append([character])
    return [Line(row) for row in rows]


def measure(trace: Trace, seal: float) -> tuple[Measures, tuple[Finding, ...]]:
    """Measure a proof; `seal` is the diameter of the seal in millimetres."""
    by_passage = {
        passage: lines_of(trace.of(passage))
        for passage in trace.source.passages
        if passage.spot is None
    }
    lines = [line for found in by_passage.values() for line in found]
    pitch = _pitch(lines)
    place = place_seal(trace, seal, pitch or _USUAL_PITCH)
    name_off, indent = _signature(trace)
    measures = Measures(
        pitch,
        tuple(sum(line.page == page.number for line in lines) for page in trace.pages),
        *_type_area(trace, by_passage, pitch or _USUAL_PITCH),
        name_off,
        indent,
        place if isinstance(place, SealPlace) else None,
    )
    findings = (
        *_area_findings(measures),
        *number_findings(trace),
        *_heading_findings(trace),
        *table_findings(trace),
        *_signature_findings(trace, measures),
        *_seal_findings(place, seal),
    )
    return measures, findings


def _pitch(lines: Sequence[Line]) -> float | None:
    steps = [b.base - a.base for a, b in pairwise(lines) if a.page == b.page and b.base > a.base]
    near = [step for step in steps if step < 1.5 * min(steps)]
    return round(median(near), 2) if len(near) > 2 else None


def _type_area(
    trace: Trace, by_passage: dict[Passage, list[Line]], pitch: float
) -> tuple[float | None, float | None, float | None, float | None]:
    """The edges of the text: left, right, top, bottom, in millimetres of the page.

    The left one shows in lines that continue a paragraph, the top one where a page begins
    with text.
    """
    body = [found for passage, found in by_passage.items() if passage.style not in _CENTRED]
    left = [line.left for found in body for line in found[1:]]
    right = [line.right for found in body for line in found]
    first = [
        min(
            (line.middle for found in body for line in found if line.page == page.number), default=0
        )
        for page in trace.pages
        if not page.rules
    ]
    last = [line.middle for found in body for line in found]
    edges = (
        min(left, default=None),
        max(right, default=None),
        min(filter(None, first[1:]), default=None),
        max(last, default=None),
    )
    shifts = (0.0, 0.0, -pitch / 2, pitch / 2)
    found = [
        None if edge is None else round((edge + shift) / POINTS_PER_MM, 1)
        for edge, shift in zip(edges, shifts, strict=True)
    ]
    return found[0], found[1], found[2], found[3]


def _area_findings(measures: Measures) -> Iterator[Finding]:
    if measures.pitch is not None:
        lines = int(standard.HEIGHT * POINTS_PER_MM / measures.pitch + 0.01)
        if lines != standard.LINES:
            yield PITCH.at(pitch=f"{measures.pitch:g}", lines=lines)
    most = standard.MARGIN_TOLERANCE
    for side, found, wanted in (
        ("左边", measures.left, standard.LEFT),
        ("上边", measures.top, standard.TOP),
    ):
        if found is not None and abs(found - wanted) > most:
            yield TYPE_AREA.at(side=side, actual=f"{found:g}", expected=f"{wanted:g}")
    for side, found, end in (
        ("右边缘", measures.right, standard.LEFT + standard.WIDTH),
        ("下边缘", measures.bottom, standard.TOP + standard.HEIGHT),
    ):
        if found is not None and found > end + most:
            wanted_text = f"不超过 {end:g}"
            yield TYPE_AREA.at(side=side, actual=f"{found:g}", expected=wanted_text)


def _heading_findings(trace: Trace) -> Iterator[Finding]:
    for passage, following in pairwise(trace.source.passages):
        last, first = trace.of(passage)[-1].page, trace.of(following)[0].page
        if passage.is_heading and passage.spot is None and last < first:
            yield HEADING_LAST.at(heading=passage.text, page=last)


def _signature(trace: Trace) -> tuple[float | None, float | None]:
    """How far the name is off the date's axis (mm), and the date from the right (characters)."""
    date = trace.source.date
    if date is None:
        return None, None
    line = lines_of(trace.of(date))[0]
    page = trace.pages[line.page - 1]
    edge = page.width - trace.source.layout.right
    indent = round((edge - max(c.right for c in trace.of(date))) / _EM, 2)
    names = [row for name in trace.source.names for row in lines_of(trace.of(name))]
    off = max((row.axis - line.axis for row in names), key=abs, default=None)
    return None if off is None else round(off / POINTS_PER_MM, 2), indent


def _signature_findings(trace: Trace, measures: Measures) -> Iterator[Finding]:
    date, names = trace.source.date, trace.source.names
    if date is None or not names:
        yield NO_SIGNATURE.at()
        return
    first, last = trace.of(names[0])[0], trace.of(date)[-1]
    if first.page != last.page:
        yield SIGNATURE_SPLIT.at(first=first.page, last=last.page)
    elif text_above(trace, first.page, first.top) is None:
        yield SIGNATURE_ALONE.at(page=first.page)
    if measures.name_off is not None and abs(measures.name_off) > standard.NAME_TOLERANCE:
        side = "右" if measures.name_off > 0 else "左"
        yield NAME_OFF.at(side=side, off=f"{abs(measures.name_off):g}")
    indent = measures.date_indent
    most = standard.DATE_TOLERANCE + _widened(trace.of(date))
    if indent is not None and abs(indent - standard.DATE_INDENT) > most:
        yield DATE_PLACE.at(actual=f"{indent:.1f}")


def _widened(characters: Sequence[Character]) -> float:
    """How much longer the stand-in's digits make a line than the official ones, in characters."""
    digits = [c for c in characters if c.text.isdigit()]
    return sum(max(c.right - c.left - standard.DIGIT * c.size, 0) for c in digits) / _EM


def _seal_findings(place: SealPlace | NoRoom | None, seal: float) -> Iterator[Finding]:
    if isinstance(place, NoRoom):
        yield NO_SEAL_ROOM.at(page=place.page, seal=f"{seal:g}", why=place.why)
