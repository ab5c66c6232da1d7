"""Sound reports made at random raise no error, and what contradicts something in them is found.

A small round of `benchmarks/mutations.py`; its 1,000 reports are for docs/why.md.
"""

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from changes import changes, spots
from sound import rounded, sound_report, words

from docgen.prose.numerals import read_words


@pytest.mark.slow
def test_a_small_round(benchmark: Callable[[str], Any]) -> None:
    mutations = benchmark("mutations")
    done = mutations.run(50, 7)
    assert done.errors == []
    assert {code for code in done.alarms if not code.startswith("note")} == set()
    made, found, _ = done.score
    assert min(made.values()) >= 50
    assert sum(found.values()) >= 0.99 * sum(made.values()), done.missed
    assert all(found[kind] >= 0.98 * made[kind] for kind in made), done.missed
    assert mutations.table(done, 50)[0].startswith("50 sound reports, unchanged: 0 errors")


@pytest.mark.parametrize("seed", range(20))
def test_the_generator_knows_what_it_says(seed: int) -> None:
    """Every number in a text is the fact's, and every change is a change."""
    sound = sound_report(random.Random(seed))
    for spot in spots(sound, "number"):
        token = spot.token
        assert token.value == sound.value(token.key)
    unchanged = sound.tree()
    assert unchanged == sound.tree()
    for change in changes(sound, random.Random(seed)):
        assert change.tree != unchanged, change.told
    assert sound.tree() == unchanged


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "零"), (12, "十二"), (20, "二十"), (105, "一百零五"), (1003, "一千零三"),
     (30250, "三万零二百五十"),
     (12000, "一万二千"), (120305, "十二万零三百零五")],
)  # fmt: skip
def test_numbers_in_words(value: int, said: str) -> None:
    assert words(value) == said
    assert read_words(said) == value


def test_halves_are_rounded_up() -> None:
    assert rounded(Decimal("12.25"), 1) == Decimal("12.3")
