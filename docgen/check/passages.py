"""The running text of a report as one string, so that a pattern is looked for only once.

Full-width digits are narrowed, so an offset means the same character as in the report.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from docgen.address import Address
from docgen.finding import Place
from docgen.model import Reading
from docgen.prose.numerals import narrow_digits
from docgen.prose.personal import masked

#: The longest quotation in a finding.
QUOTE = 40

# Where a sentence ends; what closes after its stop is still of it.
# 公开。, 公开！”; not 公开；.
_END = re.compile("[。！？\n][。！？\n”’）》]*")


class TextPassage(NamedTuple):
    """One paragraph: its section (or `preface`), its number there, and where it begins."""

    section: str
    number: int
    text: str
    start: int

    @property
    def address(self) -> Address:
        return Address.of_paragraph(self.section, self.number)


class Prose:
    """All paragraphs of a report in order, each ended by a line break."""

    def __init__(self, reading: Reading, others: tuple[str, ...] = ()) -> None:
        """Join a report's paragraphs; `others` are the bodies on its list or in its folder."""
        self.reading, self.others = reading, others
        self.passages: list[TextPassage] = []
        start = 0
        parts = [("preface", reading.report.preface), *reading.report.sections.items()]

        for section, paragraphs in parts:
            for number, text in enumerate(paragraphs):
                self.passages.append(TextPassage(section, number, narrow_digits(text), start))
                start += len(text) + 1  # its line break

        self.text = "".join(f"{passage.text}\n" for passage in self.passages)
        self._offsets = {(p.section, p.number): p.start for p in self.passages}
        self._starts = [passage.start for passage in self.passages]
        self._ends = [match.end() for match in _END.finditer(self.text)]

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character of the text, once."""
        return frozenset(self.text)

    def at(self, offset: int) -> TextPassage:
        """Return the paragraph that holds this offset."""
        return self.passages[bisect_right(self._starts, offset) - 1]

    def offset(self, section: str, number: int, start: int) -> int:
        """Return the offset of what stands at `start` in this paragraph."""
        return self._offsets[section, number] + start

    def place(self, offset: int) -> Place:
        """Return where the paragraph at this offset stands in the input."""
        return self.reading.place(self.at(offset).address)

    def bounds(self, offset: int) -> tuple[int, int]:
        """Return the sentence around an offset, its end mark included."""
        number = bisect_right(self._ends, offset)
        start = self._ends[number - 1] if number else 0
        return start, self._ends[number] if number < len(self._ends) else len(self.text)

    def around(self, offset: int, reach: int = 120) -> str:
        """Return what stands around an offset in its sentence, of a long one only so far."""
        begin, end = self.bounds(offset)
        return self.text[max(begin, offset - reach) : min(end, offset + reach)]

    def quote(self, start: int, end: int) -> str:
        """Return the sentence around these offsets, cut to what a message can hold."""
        begin, last = self.bounds(start)
        first = max(begin, start - 2 * QUOTE)
        sentence = masked(self.text[first : min(max(last, end), end + 2 * QUOTE)].rstrip("\n"))
        if len(sentence) <= QUOTE:
            return sentence.strip()
        room = max(QUOTE - 2 - (end - start), 0) // 2  # 2 are for the … at either end
        left = max(min(start - first - room, len(sentence) - QUOTE + 1), 0)
        cut = sentence[left : left + QUOTE - 2]
        return f"{'…' * (left > 0)}{cut}{'…' * (left + len(cut) < len(sentence))}".strip()


class Quoted(NamedTuple):
    """A text that is printed, and where it stands."""

    text: str
    place: Place
    quote: str


def quoted_names(prose: Prose) -> Iterator[Quoted]:
    """Yield the title and the names."""
    report = prose.reading.report
    for address, text in (
        ("title", report.title),
        ("body.name", report.body.name),
        ("body.short_name", report.body.short_name),
        ("signature.name", report.signature.name),
    ):
        if text:
            yield Quoted(text, prose.reading.place(address), masked(text).replace("\n", "")[:QUOTE])


def quoted_at(prose: Prose, match: re.Match[str]) -> Quoted:
    """Return the text a match stands in, with its place and its sentence."""
    return Quoted(match.string, prose.place(match.start()), prose.quote(match.start(), match.end()))
