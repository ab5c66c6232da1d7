"""What a form's running text may say about its figures: names for them, and words tied to them."""

from dataclasses import dataclass
from typing import NamedTuple

COUNTED = ("件", "条", "份", "宗", "起", "例", "次", "件次", "")
MONEY = ("元", "万元", "亿元")

Sum = tuple[str, ...]  # addresses whose figures are added up


class Term(NamedTuple):
    """A short Chinese name for a figure or a sum of figures, as `{{ 本年新收 }}` uses it."""

    name: str
    addresses: Sum


class Mention(NamedTuple):
    """Words that speak of one fact, and the sums any of which it may agree with.

    A pattern is a regular expression over a sentence in which each counted thing is one sign:
    `#` is the number tied by it, `~` any other. `zeros` are phrases that say 0 without a number.
    `cue` is in every sentence it can match. `context` must be in the paragraph up to its end,
    `unless` must not stand in the sentence before the number. Without `sums` there is no such
    cell: the text is only held against itself. `wholes` are the facts it may be a share of.
    `also` is said of a number that states another fact as well: 复议7件，均获维持.
    """

    key: str
    label: str
    cue: str
    patterns: tuple[str, ...]
    sums: tuple[Sum, ...] = ()
    zeros: tuple[str, ...] = ()
    units: tuple[str, ...] = COUNTED
    context: str = ""
    unless: str = ""
    wholes: tuple[str, ...] = ()
    also: bool = False


class Partition(NamedTuple):
    """A fact that the facts of these keys make up; each part may be said under several keys."""

    whole: str
    parts: tuple[str, ...]


class Ready(NamedTuple):
    """A paragraph that a blank holds from the start; a section needs more than it alone."""

    section: str
    text: str


@dataclass(frozen=True, eq=False)
class Speech:
    """All that a form declares about its running text."""

    terms: tuple[Term, ...] = ()
    mentions: tuple[Mention, ...] = ()
    partitions: tuple[Partition, ...] = ()
    ready: tuple[Ready, ...] = ()
    formulas: tuple[str, ...] = ()  # what masked sentences are prescribed, as regular expressions
