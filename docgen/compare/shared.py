"""Whose text stands in whose: the share of a report's sentences found in each of the others.

A sentence is found if the other report has it, masked, or one near to it. Formulas do not count,
nor does what is common: in more than 30 % of at least ten reports. Reports that are nearly one
text, and the years of one body, have one voice in this: copyists cannot make a text common.
"""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from docgen.check.sentences import MaskedSentence
from docgen.compare.near import LetterPairs, find_near, letter_pairs, likeness

#: In more than this share of at least so many reports a sentence is common.
COMMON_SHARE, COMMON_REPORTS = 0.3, 10

#: Fewer sentences alike prove nothing, whatever their share.
FEWEST = 3

_ONE_TEXT = 0.8
_TRIED = 50  # of a report's sentences near to one, so many are measured for the likest


class Pair(NamedTuple):
    """Two reports by index, and the share of each one's own sentences that the other has."""

    first: int
    second: int
    of_first: float
    of_second: float

    @property
    def share(self) -> float:
        return max(self.of_first, self.of_second)


class Match(NamedTuple):
    """A sentence of one report and its like in the other; how near, 1 if they mask alike."""

    first: MaskedSentence
    second: MaskedSentence
    near: float


class Common(NamedTuple):
    """A sentence that does not count, because so many reports have it."""

    text: str
    reports: int


@dataclass(frozen=True)
class Texts:
    """The sentences of all reports; `bodies` names who reports, so that years of one are known.

    A sentence is known by its number; a set of sentences is an integer with those bits.
    """

    reports: Sequence[Sequence[MaskedSentence]]
    bodies: Sequence[str]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of every masked sentence that can prove something."""
        every = (s.masked for report in self.reports for s in report if s.kind == "own")
        return {masked: number for number, masked in enumerate(dict.fromkeys(every))}

    @cached_property
    def own(self) -> Sequence[Mapping[int, MaskedSentence]]:
        """Each report's sentences that can prove something, as they stand first."""
        return [
            {self.numbers[s.masked]: s for s in reversed(report) if s.kind == "own"}
            for report in self.reports
        ]

    @cached_property
    def near(self) -> Sequence[Sequence[int]]:
        """For each sentence those near to it."""
        return find_near(list(self.numbers))

    @cached_property
    def held(self) -> Sequence[int]:
        """Each report's sentences as bits."""
        return [_as_bits(own) for own in self.own]

    @cached_property
    def reached(self) -> Sequence[int]:
        """Each report's sentences and all that are near to one of them, as bits."""
        around = {number: _as_bits(near) for number, near in enumerate(self.near) if near}
        reached = []
        for held, own in zip(self.held, self.own, strict=True):
            for number in own:
                held |= around.get(number, 0)
            reached.append(held)

        return reached

    @cached_property
    def common(self) -> Mapping[int, int]:
        """The common sentences, each with the number of reports that have it or one near."""
        if len(self.reports) < COMMON_REPORTS:
            return {}

        voices = self._find_voices()
        heard, had = [0] * len(self.numbers), [0] * len(self.numbers)
        for index, own in enumerate(self.own):
            for number in own:
                heard[number] |= 1 << voices[index]
                had[number] |= 1 << index

        most = COMMON_SHARE * max(COMMON_REPORTS, len(set(voices)))
        common = {}
        for number, near in enumerate(self.near):
            if reduce(or_, map(heard.__getitem__, near), heard[number]).bit_count() > most:
                reports = reduce(or_, map(had.__getitem__, near), had[number])
                common[number] = reports.bit_count()

        return common

    def _find_voices(self) -> list[int]:
        """For each report whom it speaks for: reports of one body, or nearly one text, are one."""
        speaker = list(range(len(self.reports)))

        def find(index: int) -> int:
            while speaker[index] != index:
                speaker[index] = index = speaker[speaker[index]]
            return index

        first: dict[str, int] = {}

        for index, body in enumerate(self.bodies):
            if body:
                speaker[find(index)] = find(first.setdefault(body, index))

        sizes = [len(own) for own in self.own]
        for i, j, of_first, of_second in self.counts(-1):
            if of_first >= _ONE_TEXT * sizes[i] and of_second >= _ONE_TEXT * sizes[j]:
                speaker[find(i)] = find(j)

        return [find(index) for index in range(len(speaker))]

    def counts(self, counting: int) -> Iterator[tuple[int, int, int, int]]:
        """For every two reports that share a sentence: how many of the one's, of the other's."""
        held = [bits & counting for bits in self.held]
        reached = [bits & counting for bits in self.reached]
        for i, (mine, my_reach) in enumerate(zip(held, reached, strict=True)):
            for j in range(i + 1, len(held)):
                of_first = (mine & reached[j]).bit_count()
                if of_first:
                    yield i, j, of_first, (held[j] & my_reach).bit_count()


@dataclass(frozen=True)
class Shared:
    """What the reports share, once what does not count is set apart."""

    texts: Texts

    @cached_property
    def _counting_bits(self) -> int:
        return ~_as_bits(self.texts.common)

    @cached_property
    def sizes(self) -> Sequence[int]:
        """How many sentences of each report count."""
        return [(bits & self._counting_bits).bit_count() for bits in self.texts.held]

    @cached_property
    def matrix(self) -> Sequence["array[float]"]:
        """Row by row: the share of a report's own sentences found in each of the others."""
        size = len(self.sizes)
        matrix = [array("d", bytes(8 * size)) for _ in range(size)]
        for index in range(size):
            matrix[index][index] = 1.0

        for i, j, of_first, of_second in self.texts.counts(self._counting_bits):
            matrix[i][j] = of_first / self.sizes[i]
            matrix[j][i] = of_second / self.sizes[j]

        return matrix

    def pairs(self, threshold: float) -> list[Pair]:
        """Return the pairs above the threshold, likeliest copying first."""
        matrix, sizes = self.matrix, self.sizes
        found = [
            Pair(i, j, matrix[i][j], matrix[j][i])
            for i in range(len(sizes))
            for j in range(i + 1, len(sizes))
            if max(matrix[i][j], matrix[j][i]) > threshold
            and matrix[i][j] * sizes[i] > FEWEST - 0.5
            and matrix[j][i] * sizes[j] > FEWEST - 0.5
        ]
        return sorted(found, key=lambda pair: (-pair.share, -pair.of_first - pair.of_second, pair))

    def matches(self, first: int, second: int) -> list[Match]:
        """Return the sentences behind a pair, in the first's order; alike for (second, first)."""
        mine = _counting_of(self.texts.own[first], self._counting_bits)
        yours = _counting_of(self.texts.own[second], self._counting_bits)
        pairs = {(n, m) for n in mine for m in self._find_likest(n, yours)}
        pairs |= {(n, m) for m in yours for n in self._find_likest(m, mine)}
        order = {number: place for place, number in enumerate(reversed(mine))}
        return [
            Match(mine[n], yours[m], self._likeness_of(n, m))
            for n, m in sorted(pairs, key=lambda pair: (order[pair[0]], pair[1]))
        ]

    def _find_likest(self, number: int, among: Mapping[int, MaskedSentence]) -> list[int]:
        """Return the likest sentence of another report, if it has one that is near."""
        if number in among:
            return [number]
        near = [n for n in self.texts.near[number] if n in among][:_TRIED]
        return [min(near, key=lambda n: (-self._likeness_of(number, n), n))] if near else []

    def _likeness_of(self, one: int, other: int) -> float:
        return 1.0 if one == other else likeness(self._pairs_of(one), self._pairs_of(other))

    def _pairs_of(self, number: int) -> LetterPairs:
        if number not in self._known_pairs:
            self._known_pairs[number] = letter_pairs(self._masked_texts[number])
        return self._known_pairs[number]

    @cached_property
    def _known_pairs(self) -> dict[int, LetterPairs]:
        return {}

    @cached_property
    def _masked_texts(self) -> Sequence[str]:
        return list(self.texts.numbers)

    @cached_property
    def common(self) -> list[Common]:
        """What is common, the commonest first, each as one report words it."""
        texts = self.texts
        words = {n: s.text for own in reversed(texts.own) for n, s in own.items()}
        found = [Common(words[number], reports) for number, reports in texts.common.items()]
        return sorted(found, key=lambda common: (-common.reports, common.text))


def _as_bits(numbers: Collection[int]) -> int:
    bits = bytearray(max(numbers, default=0) // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def _counting_of(own: Mapping[int, MaskedSentence], counting: int) -> dict[int, MaskedSentence]:
    return {number: sentence for number, sentence in own.items() if counting >> number & 1}
