"""Two texts sentence by sentence: what was kept, reworded, taken out and put in."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from docgen.check.sentences import MaskedSentence
from docgen.compare.near import letter_pairs, likeness

#: kept: word for word · renamed: but for names, years, numbers, punctuation · changed: reworded
Kind = Literal["kept", "renamed", "changed", "removed", "added"]

#: Sentences as near as this are one sentence reworded, where they stand in each other's place.
_REWORDED = 0.4

_MOST_CELLS = 40_000  # of a block in which reworded sentences are looked for
_MOST_ALIKE = 5_000  # letters that answer each other: beyond it (甲甲甲甲…) no words are compared


class Change(NamedTuple):
    """A sentence before and after; one of them is empty where it was put in or taken out."""

    kind: Kind
    before: str
    after: str


class Stretch(NamedTuple):
    """A stretch of a reworded sentence: in both, only before, or only after."""

    kind: Literal["both", "before", "after"]
    text: str


def redline_texts(
    before: Sequence[MaskedSentence], after: Sequence[MaskedSentence]
) -> list[Change]:
    """Return the changes that lead from one text to the other, in reading order."""
    matcher = SequenceMatcher(
        None, [_comparison_key(s) for s in before], [_comparison_key(s) for s in after]
    )
    changes: list[Change] = []
    for _, i, end, j, other_end in matcher.get_opcodes():
        changes += _redline_block(before[i:end], after[j:other_end])

    return changes


def _comparison_key(sentence: MaskedSentence) -> str:
    return sentence.masked or sentence.text


def _redline_block(
    before: Sequence[MaskedSentence], after: Sequence[MaskedSentence]
) -> Iterator[Change]:
    """Yield a stretch of one text that stands in the place of a stretch of the other."""
    i = j = 0
    for one, other in [*_match_reworded(before, after), (len(before), len(after))]:
        yield from (Change("removed", sentence.text, "") for sentence in before[i:one])
        yield from (Change("added", "", sentence.text) for sentence in after[j:other])
        if one < len(before):
            yield _as_change(before[one], after[other])
        i, j = one + 1, other + 1


def _as_change(before: MaskedSentence, after: MaskedSentence) -> Change:
    if before.text == after.text:
        return Change("kept", before.text, after.text)
    renamed = _comparison_key(before) == _comparison_key(after)
    return Change("renamed" if renamed else "changed", before.text, after.text)


def _match_reworded(
    before: Sequence[MaskedSentence], after: Sequence[MaskedSentence]
) -> list[tuple[int, int]]:
    """Return which sentences answer each other, in order, with the most likeness in all."""
    if [_comparison_key(s) for s in before] == [_comparison_key(s) for s in after]:
        return [(number, number) for number in range(len(before))]
    if not 0 < len(before) * len(after) <= _MOST_CELLS:
        return []

    mine, yours = ([letter_pairs(_comparison_key(s)) for s in side] for side in (before, after))
    like = [[likeness(one, other) for other in yours] for one in mine]
    # best[i][j]: the most likeness of what comes from i and j on
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]

    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            pair = best[i + 1][j + 1] + like[i][j] if like[i][j] >= _REWORDED else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], pair)

    found, i, j = [], 0, 0
    while i < len(before) and j < len(after) and best[i][j]:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            found.append((i, j))
            i, j = i + 1, j + 1

    return found


def find_stretches(before: str, after: str) -> list[Stretch]:
    """Return what was reworded in a sentence; one character kept between changes is no help."""
    if before == after:
        return [Stretch("both", before)]

    there = Counter(after)
    if sum(count * there[letter] for letter, count in Counter(before).items()) > _MOST_ALIKE:
        return [Stretch("before", before), Stretch("after", after)]

    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[Stretch] = []
    gone = come = ""

    for kind, i, end, j, other_end in matcher.get_opcodes():
        edge = i == 0 or end == len(before)
        if kind == "equal" and (end - i > 1 or edge):
            found += _turned_into(gone, come)
            found.append(Stretch("both", before[i:end]))
            gone = come = ""
        else:
            gone += before[i:end]
            come += after[j:other_end]

    return [*found, *_turned_into(gone, come)]


def _turned_into(gone: str, come: str) -> Iterator[Stretch]:
    if gone:
        yield Stretch("before", gone)
    if come:
        yield Stretch("after", come)
