"""Which sentences are nearly the same: found by minhash, then measured exactly.

Two sentences are near if they share at least 60 % of the pairs of letters that occur in either
(Jaccard). 48 minhashes in 16 bands of three bring a pair at 60 % together in 98 cases of 100,
one at 70 % in 99.9; what they bring together by chance is measured and dropped.
No hash depends on the run: the same texts give the same answer everywhere.
"""

import random
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

NEAR = 0.6

_ROWS, _BANDS = 3, 16
_PRIME = (1 << 61) - 1
_SHORT = 31  # bits left of a hash are fewer than 31: such integers compare faster
_BITS = 512  # of the sketch that rules most chance pairs out

#: Of a crowd that one band brings together, each is measured against this many others.
_CROWD = 1_000

Grams = frozenset[str]


def grams_of(text: str) -> Grams:
    """The pairs of neighbouring letters."""
    return frozenset(map("".join, pairwise(text)))


def likeness(one: Grams, other: Grams) -> float:
    """The share of letter pairs that two texts have in common, 0 to 1; the same both ways."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def near_ones(texts: Sequence[str]) -> Sequence[Sequence[int]]:
    """For each of these different texts the indexes of those near to it."""
    grams = [grams_of(text) for text in texts]
    bits, needs = _sketches(grams)
    near: list[array[int]] = [array("L") for _ in texts]
    crowds: list[list[list[int]]] = [[] for _ in texts]
    for crowd in _crowds(grams):
        for index in crowd:
            crowds[index].append(crowd)
    for index in reversed(range(len(texts))):
        others: set[int] = set()
        for crowd in crowds.pop():
            crowd.pop()  # the last in it is this one
            others.update(crowd[-_CROWD:])
        mine, need = bits[index], needs[index]
        likely = [
            other for other in others if (mine & bits[other]).bit_count() >= need + needs[other]
        ]
        for other in likely:
            if likeness(grams[index], grams[other]) >= NEAR:
                near[index].append(other)
                near[other].append(index)
    return near


def _sketches(grams: Sequence[Grams]) -> tuple[list[int], list[float]]:
    """Every text as few bits: two are near only if the bits they share reach both their needs.

    Letter pairs that fall on one bit are lost. Near is shared ≥ NEAR (size + size - shared), and
    shared ≤ bits shared + the lesser loss, which is no more than half of both.
    """
    bit = {gram: 1 << zlib.crc32(gram.encode()) % _BITS for gram in frozenset().union(*grams)}
    sketches, needs = [], []
    for each in grams:
        bits = 0
        for gram in each:
            bits |= bit[gram]
        lost = len(each) - bits.bit_count()
        sketches.append(bits)
        needs.append(len(each) * NEAR / (1 + NEAR) - lost / 2 - 1e-9)
    return sketches, needs


def _crowds(grams: Sequence[Grams]) -> Iterator[list[int]]:
    """The texts that a band of minhashes brings together."""
    chance = random.Random(20080501)  # the Regulations' first day; any number would do
    factors = [(chance.getrandbits(60) | 1, chance.getrandbits(60)) for _ in range(_ROWS * _BANDS)]
    hashes = {
        gram: tuple([(factor * number + add) % _PRIME >> _SHORT for factor, add in factors])
        for gram in frozenset().union(*grams)
        for number in [zlib.crc32(gram.encode())]
    }
    indexes = [index for index, each in enumerate(grams) if len(each) > 1]
    minima = [tuple(map(min, *[hashes[gram] for gram in grams[index]])) for index in indexes]
    columns = list(zip(*minima, strict=True))
    for start in range(0, len(columns), _ROWS):
        first: dict[tuple[int, ...], int] = {}
        crowds: dict[int, list[int]] = defaultdict(list)
        keys = zip(*columns[start : start + _ROWS], strict=True)
        for index, key in zip(indexes, keys, strict=True):
            if (leader := first.setdefault(key, index)) != index:
                crowds[leader].append(index)
        yield from ([leader, *rest] for leader, rest in crowds.items())
