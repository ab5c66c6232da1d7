"""What is measured on a proof, and what the measures say about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from docgen.finding import Finding
from docgen.layout.clause import ON_PROOF, Departures
from docgen.layout.own_page import broken_numbers, pages_over, proved_room
from docgen.layout.page_number import proved_numbers
from docgen.layout.paragraphs import headings_last
from docgen.layout.passages import Passage
from docgen.layout.printed import POINTS_PER_MM, Character
from docgen.layout.roles import NOTE_STYLES
from docgen.layout.seal import SealPlace, place_seal, seal_findings
from docgen.layout.sheet import LINES, TYPE_HEIGHT, proved_sheet
from docgen.layout.signature import EM, proved_signature
from docgen.layout.tables import proved_tables
from docgen.layout.tracing import Trace

_USUAL_PITCH = TYPE_HEIGHT.value * POINTS_PER_MM / LINES.value
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


class PrintedLine:
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


def lines_of(characters: Sequence[Character]) -> list[PrintedLine]:
    """Return the lines these characters stand on, in their order."""
    rows: list[list[Character]] = []
    for character in characters:
        last = rows[-1][-1] if rows else None
        if last and last.page == character.page and abs(last.base - character.base) < 2:
            rows[-1].append(character)
        else:
            rows.append([character])

    return [PrintedLine(row) for row in rows]


def measure(trace: Trace, seal: float, name: str) -> tuple[Measures, tuple[Finding, ...]]:
    """Measure the proof of a document; `seal` is the diameter of the seal in millimetres."""
    form = trace.source.form
    by_passage = {
        passage: lines_of(trace.of(passage))
        for passage in trace.source.passages
        if passage.spot is None and passage.style not in NOTE_STYLES
    }
    lines = [line for found in by_passage.values() for line in found]
    pitch = _line_pitch(lines)
    place = place_seal(trace, seal, pitch or _USUAL_PITCH)
    name_off, indent = _signature_place(trace)
    measures = Measures(
        pitch,
        tuple(sum(line.page == page.number for line in lines) for page in trace.pages),
        *_type_area(trace, by_passage, pitch or _USUAL_PITCH),
        name_off,
        indent,
        place if isinstance(place, SealPlace) else None,
    )

    departures = Departures(ON_PROOF)
    own = (*pages_over(trace.pages, form), *headings_last(trace), *broken_numbers(trace))
    if form is not None and not form.page.standard:
        proved_room(trace, departures, name)
        return measures, (*departures.findings(), *own)

    proved_sheet(measures, departures, name)
    proved_numbers(trace, departures, name)
    proved_tables(trace, departures, name)
    parted: tuple[Finding, ...] = ()
    if form is None or form.signed:
        parted = tuple(proved_signature(trace, measures, departures, name))

    return measures, (*departures.findings(), *own, *parted, *seal_findings(place, seal))


def _line_pitch(lines: Sequence[PrintedLine]) -> float | None:
    steps = [b.base - a.base for a, b in pairwise(lines) if a.page == b.page and b.base > a.base]
    near = [step for step in steps if step < 1.5 * min(steps)]
    return round(median(near), 2) if len(near) > 2 else None


def _type_area(
    trace: Trace, by_passage: dict[Passage, list[PrintedLine]], pitch: float
) -> tuple[float | None, float | None, float | None, float | None]:
    """Return the edges of the text: left, right, top, bottom, in millimetres of the page.

    The left one shows in lines that continue a paragraph, the top one where a page begins
    with text.
    """
    upright = {page.number for page in trace.pages if not page.is_turned}
    body = [
        [line for line in found if line.page in upright]
        for passage, found in by_passage.items()
        if passage.style not in _CENTRED
    ]
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


def _signature_place(trace: Trace) -> tuple[float | None, float | None]:
    """Return the name's distance from the date's axis (mm), the date's from the right (字)."""
    date = trace.source.date
    if date is None:
        return None, None
    line = lines_of(trace.of(date))[0]
    page = trace.pages[line.page - 1]
    edge = page.width - trace.source.layout.right
    indent = round((edge - max(c.right for c in trace.of(date))) / EM, 2)
    names = [row for name in trace.source.names for row in lines_of(trace.of(name))]
    off = max((row.axis - line.axis for row in names), key=abs, default=None)
    return None if off is None else round(off / POINTS_PER_MM, 2), indent
