"""Page numbers and tables on a proof."""

from collections.abc import Iterator

from docgen.finding import Finding
from docgen.layout.proof import standard
from docgen.layout.proof.compare import Trace
from docgen.layout.proof.pages import POINTS_PER_MM, Character, Page
from docgen.layout.proof.rules import (
    HEAD_NOT_REPEATED,
    NUMBER_PLACE,
    PAGE_NUMBER,
    ROW_SPLIT,
    TABLE_OUTSIDE,
)

_LABEL = 12  # characters of a row's label that a message quotes


def number_findings(trace: Trace) -> Iterator[Finding]:
    """Page numbers: their text, their side, how far in and how far down they stand."""
    for page in trace.pages:
        under = page.height - trace.source.layout.bottom
        number = [c for c in trace.furniture[page.number] if c.base > under]
        text = "".join(character.text for character in number)
        if text != f"—{page.number}—":
            yield PAGE_NUMBER.at(page=page.number, actual=text)
        else:
            yield from _place_findings(trace, page, number)


def _place_findings(trace: Trace, page: Page, number: list[Character]) -> Iterator[Finding]:
    odd = page.number % 2 == 1
    layout = trace.source.layout
    inner = (
        page.width - layout.right - number[-1].right if odd else number[0].left - layout.left
    ) / standard.NUMBER_IN_POINTS
    side = "右" if odd else "左"
    tolerance = standard.NUMBER_TOLERANCE * POINTS_PER_MM / standard.NUMBER_IN_POINTS
    if abs(inner - 1) > tolerance:
        what, wanted = f"离{side}边 {inner:.1f} 字", f"居{side}空一字"
        yield NUMBER_PLACE.at(page=page.number, what=what, expected=wanted)
    edge = (standard.TOP + standard.HEIGHT) * POINTS_PER_MM
    below = (number[0].middle - edge) / POINTS_PER_MM
    if abs(below - standard.NUMBER_BELOW) > standard.NUMBER_TOLERANCE:
        what = f"在版心下边缘之下 {below:.1f} 毫米"
        wanted = f"在它之下 {standard.NUMBER_BELOW:g} 毫米"
        yield NUMBER_PLACE.at(page=page.number, what=what, expected=wanted)


def table_findings(trace: Trace) -> Iterator[Finding]:
    """Rows split over pages, pages without the head rows, tables wider than the type area."""
    rows: dict[tuple[int, int], list[Character]] = {}
    pages: dict[int, set[int]] = {}
    for passage in trace.source.passages:
        if passage.spot is not None:
            characters = trace.of(passage)
            pages.setdefault(passage.spot.table, set()).update(c.page for c in characters)
            if not passage.spot.is_merged:
                rows.setdefault(passage.spot[:2], []).extend(characters)
    for (table, row), row_characters in rows.items():
        first, last = row_characters[0].page, max(c.page for c in row_characters)
        if first < last:
            label = "".join(character.text for character in row_characters[:_LABEL])
            yield ROW_SPLIT.at(table=table, row=row, label=label, first=first, last=last)
    for table, found in pages.items():
        for page in sorted(found)[1:]:
            if (table, page) not in trace.repeated:
                yield HEAD_NOT_REPEATED.at(table=table, page=page)
    yield from _width_findings(trace)


def _width_findings(trace: Trace) -> Iterator[Finding]:
    left = standard.LEFT
    right = left + standard.WIDTH
    for page in trace.pages:
        if not page.rules:
            continue
        over = {
            "左边": left - min(rule.left for rule in page.rules) / POINTS_PER_MM,
            "右边": max(rule.right for rule in page.rules) / POINTS_PER_MM - right,
        }
        for side, beyond in over.items():
            if beyond > standard.TABLE_TOLERANCE:
                yield TABLE_OUTSIDE.at(page=page.number, side=side, over=f"{beyond:.1f}")
