"""Which sentences are nearly the same: every two of them are compared, and none is lost.

Two sentences are near if they share at least 60 % of the pairs of letters that occur in either
(Jaccard). What they share is counted for thousands of sentences at once: a set of sentences is an
integer with those bits, and a column of such integers is added up as one adds by hand.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import pairwise
from math import ceil
from operator import or_

NEAR = 0.6

#: So many sentences are looked through at once: more need more memory and are hardly quicker.
_BLOCK = 4_096

LetterPairs = frozenset[str]


def letter_pairs(text: str) -> LetterPairs:
    """Return the pairs of neighbouring letters."""
    return frozenset(map("".join, pairwise(text)))


def likeness(one: LetterPairs, other: LetterPairs) -> float:
    """Return the share of letter pairs, 0 to 1, that two texts have in common."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def find_near(texts: Sequence[str]) -> Sequence[Sequence[int]]:
    """Return for each of these different texts the indexes of those near to it, in order."""
    pairs = [letter_pairs(text) for text in texts]
    near: list[array[int]] = [array("L") for _ in texts]

    for start in range(0, len(texts), _BLOCK):
        for index, other in _likely_pairs(pairs, start):
            if likeness(pairs[index], pairs[other]) >= NEAR:
                near[index].append(other)
                near[other].append(index)

    return near


def _likely_pairs(pairs: Sequence[LetterPairs], start: int) -> Iterator[tuple[int, int]]:
    """Yield each text from `start` on with those before it, of this block, that may be near.

    Near texts share at least 60 % of either's pairs: what they share is less than both together.
    """
    holders: dict[str, int] = defaultdict(int)  # the texts that have a pair, as bits
    for index in range(start, len(pairs)):
        columns = [holders[pair] for pair in pairs[index] if pair in holders]
        likely = bits_in_many(columns, ceil(NEAR * len(pairs[index]) - 1e-9))
        while likely:
            lowest = likely & -likely
            yield index, start + lowest.bit_length() - 1
            likely ^= lowest

        if index < start + _BLOCK:
            for pair in pairs[index]:
                holders[pair] |= 1 << index - start


def bits_in_many(numbers: Sequence[int], least: int) -> int:
    """Return the bits that are set in at least so many of these numbers.

    All bits are counted at once: of three numbers of one weight, `a ^ b ^ c` stays and the majority
    is carried to the next weight. A bit counted from 2ⁿ - least on reaches 2ⁿ with the last needed.
    """
    if least > len(numbers):
        return 0

    size = len(numbers).bit_length()
    every = reduce(or_, numbers, 0)
    adding = list(numbers)

    for weight in range(size):
        if (2**size - least) >> weight & 1:
            adding.append(every)
        carried = []
        while len(adding) > 2:
            a, b, c = adding.pop(), adding.pop(), adding.pop()
            adding.append(a ^ b ^ c)
            carried.append(a & b | (a ^ b) & c)
        if len(adding) == 2:
            carried.append(adding[0] & adding[1])
        adding = carried

    return reduce(or_, adding, 0)
