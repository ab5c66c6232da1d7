"""A document and its proof, character by character: what differs, and where each one stands."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docgen.finding import Finding, Place, Rule
from docgen.layout.clause import in_template
from docgen.layout.passages import Passage, Source
from docgen.layout.printed import Character, Page

TEXT_DIFFERS = Rule(
    code="F105",
    name="校样与文件的文字不一样",
    severity="error",
    message="校样与文件不一样：{where}应为“{expected}”，校样上是“{actual}”，没有出校样",
    why="校样要逐字与 DOCX 相同，才能拿来看版面；LibreOffice 有时会丢字。",
    example="行末的句号在 PDF 里丢了。",
    cure=in_template("看这一处有没有文本框、批注、修订或自动编号，改成普通文字后再试。"),
)

_SHOWN = 5  # of many differences, the first few
_CONTEXT = 10  # characters before a difference that a message quotes
_SAME = str.maketrans({"\u2011": "-", "\u00ad": "-"})
_BESIDE = 8  # points from the text's edge to what stands beside it
_MOST = 20_000  # characters that differ: beyond this no alignment is looked for


@dataclass(frozen=True)
class Trace:
    """Where on the proof every passage of the document stands."""

    source: Source
    pages: tuple[Page, ...]
    places: dict[int, tuple[Character, ...]]  # by the passage's number
    repeated: frozenset[tuple[int, int]]  # table and page where its head rows stand again
    furniture: dict[int, tuple[Character, ...]]  # by page: heads and feet

    def of(self, passage: Passage) -> tuple[Character, ...]:
        """Return the characters of a passage, in its order."""
        return self.places[passage.number]


class Differs(Exception):
    """The proof does not say what the document says."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings[0].message)
        self.findings = tuple(findings)


class _Gap(NamedTuple):
    """Two stretches that should be the same: of the document and of the proof."""

    start: int
    end: int
    other_start: int
    other_end: int


def trace(source: Source, pages: tuple[Page, ...], name: str = "") -> Trace:
    """Match every character of the document with one of the proof. Raise Differs."""
    body, furniture = _sorted(source, pages)
    kept, repeated = _without_repeated_heads(source, body)
    expected = "".join(passage.text for passage in source.passages).translate(_SAME)
    actual = "".join(character.text for character in kept).translate(_SAME)
    order: Sequence[int] = range(len(expected))
    if expected != actual:
        split = _in_split_rows(source, expected, actual, kept)
        order, gaps = _align(expected, actual, _numbered(source)) if split is None else (split, [])
        if gaps:
            raise Differs([_finding(source, expected, actual, gap, name) for gap in gaps[:_SHOWN]])

    places, start = {}, 0
    for passage in source.passages:
        end = start + len(passage.text)
        places[passage.number] = tuple(kept[order[index]] for index in range(start, end))
        start = end

    return Trace(source, pages, places, repeated, furniture)


def _sorted(
    source: Source, pages: tuple[Page, ...]
) -> tuple[list[list[Character]], dict[int, tuple[Character, ...]]]:
    """Return the characters in the type area by page, and those outside it."""
    body, furniture = [], {}
    for page in pages:
        layout = source.layout_on(page)
        top, bottom = layout.top - 2, page.height - layout.bottom + 2
        # A number that stands turned beside the text is none of it.
        edge = layout.left - _BESIDE if page.is_turned else 0
        inside = [top <= c.middle <= bottom and c.right > edge for c in page.characters]
        pairs = list(zip(page.characters, inside, strict=True))
        body.append([character for character, is_body in pairs if is_body])
        furniture[page.number] = tuple(character for character, is_body in pairs if not is_body)

    return body, furniture


def _without_repeated_heads(
    source: Source, body: list[list[Character]]
) -> tuple[list[Character], frozenset[tuple[int, int]]]:
    """Return the body without head rows that stand again on top of a page."""
    heads: dict[int, str] = {}
    for passage in source.passages:
        if passage.spot is not None and passage.spot.is_head:
            heads[passage.spot.table] = heads.get(passage.spot.table, "") + passage.text

    kept: list[Character] = []
    repeated = set()
    before = ""
    for number, characters in enumerate(body, start=1):
        text = "".join(character.text for character in characters)
        for table, head in heads.items():
            if text.startswith(head) and head in before:
                repeated.add((table, number))
                characters = characters[len(head) :]
                break
        kept += characters
        before += text

    return kept, frozenset(repeated)


def _numbered(source: Source) -> set[int]:
    """Return where passages begin that Word numbers by itself: the number is no text of theirs."""
    starts, start = set(), 0
    for passage in source.passages:
        if passage.is_numbered:
            starts.add(start)
        start += len(passage.text)
    return starts


def _ranges(source: Source) -> dict[int, tuple[int, int]]:
    """Return where in the text each table begins and ends."""
    ranges: dict[int, tuple[int, int]] = {}
    start = 0
    for passage in source.passages:
        end = start + len(passage.text)
        if passage.spot is not None:
            ranges[passage.spot.table] = (ranges.get(passage.spot.table, (start, 0))[0], end)
        start = end

    return ranges


def _in_split_rows(
    source: Source, expected: str, actual: str, kept: Sequence[Character]
) -> list[int] | None:
    """Return the order of a proof that differs only because rows are split over pages.

    Such a row comes out page by page, so its characters are matched one by one, each with the
    next of its kind in the same table. None if more differs, or on one page.
    """
    if len(expected) != len(actual):
        return None
    order = list(range(len(expected)))
    for start, end in _ranges(source).values():
        if expected[start:end] != actual[start:end]:
            if kept[start].page == kept[end - 1].page:
                return None
            places: dict[str, list[int]] = {}
            for index in range(start, end):
                places.setdefault(actual[index], []).insert(0, index)
            for index in range(start, end):
                if not places.get(expected[index]):
                    return None
                order[index] = places[expected[index]].pop()

    same = all(expected[index] == actual[place] for index, place in enumerate(order))
    return order if same else None


def _align(expected: str, actual: str, numbered: set[int]) -> tuple[list[int], list[_Gap]]:
    """Return the place of the actual character for each expected, and the gaps left between."""
    order = [-1] * len(expected)
    gaps = _gaps(expected, actual, order)
    return order, [gap for gap in gaps if gap.start != gap.end or gap.start not in numbered]


def _gaps(expected: str, actual: str, order: list[int]) -> list[_Gap]:
    """Fill in what is the same in both, in order; give back the rest."""
    start = next(
        (n for n, (a, b) in enumerate(zip(expected, actual, strict=False)) if a != b),
        min(len(expected), len(actual)),
    )
    most = min(len(expected), len(actual)) - start
    tail = next((n for n in range(most) if expected[-1 - n] != actual[-1 - n]), most)
    end, other_end = len(expected) - tail, len(actual) - tail
    order[:start] = range(start)
    order[end:] = range(other_end, len(actual))
    if max(end, other_end) - start > _MOST:
        return [_Gap(start, end, start, other_end)]
    middle, other = expected[start:end], actual[start:other_end]
    matcher = difflib.SequenceMatcher(None, middle, other, autojunk=False)
    found = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            order[start + a : start + b] = range(start + c, start + d)
        else:
            found.append(_Gap(start + a, start + b, start + c, start + d))

    return found


def _finding(source: Source, expected: str, actual: str, gap: _Gap, name: str) -> Finding:
    where, start = "文末", 0
    for passage in source.passages:
        if start <= gap.start < start + len(passage.text):
            where = where_of(passage)
            break
        start += len(passage.text)

    lead = expected[max(gap.start - _CONTEXT, 0) : gap.start]
    most = 2 * _CONTEXT
    return TEXT_DIFFERS.at(
        Place(file=name),
        where=where,
        expected=lead + expected[gap.start : min(gap.end, gap.start + most)],
        actual=lead + actual[gap.other_start : min(gap.other_end, gap.other_start + most)],
    )


def where_of(passage: Passage) -> str:
    """Return a passage's place in words."""
    if passage.spot is None:
        return f"“{passage.text[:_CONTEXT]}”一段"
    return f"第 {passage.spot.table} 张表第 {passage.spot.row} 行"
