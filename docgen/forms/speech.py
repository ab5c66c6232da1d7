"""What a form's running text may say about its figures: names for them, and words tied to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

COUNTED = ("件", "条", "份", "宗", "起", "例", "次", "件次", "项", "")
MONEY = ("元", "万元", "亿元")

#: A reference with what stands after its bars.
# match: {{ 检查次数 }}, {{ 检查次数 | 有 ，检查…次 }}; not { 检查次数 }.
_REFERENCE = re.compile(r"\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}")
# sub: …, ……; not ，.
_HERE = re.compile("…+")

Sum = tuple[str, ...]  # addresses whose figures are added up


class Term(NamedTuple):
    """A short Chinese name for a figure or a sum of figures, as `{{ 本年新收 }}` uses it."""

    name: str
    addresses: Sum


class Fact(NamedTuple):
    """One fact of the tables, and what a measure must say to state it.

    `says` are ways to say it: all meanings of one of them must be among the words beside the
    number, none of `never`. `topic` may have been said earlier in the sentence, or by the
    paragraph or its heading; `context` must be in the paragraph, `absent` must not.
    `doubt` are meanings beside which the words may speak of something else, `apart` are those of
    a list in which they do: 公示信息12条，其中行政处罚5条; said before in the sentence they make it
    doubtful, unless one of `own` stands beside the number. `none` are ways to say that there is
    none, parted by |. Any of `sums` may be
    what is stated; without sums there is no such cell, and the text is held against itself.
    `wholes` are the facts it may be a share of.
    """

    key: str
    label: str
    says: tuple[str, ...]
    sums: tuple[Sum, ...] = ()
    topic: str = ""
    never: str = ""
    doubt: str = ""
    apart: str = ""
    own: str = ""
    context: str = ""
    absent: str = ""
    units: tuple[str, ...] = COUNTED
    wholes: tuple[str, ...] = ()
    exact: bool = False  # no word beside it may be unknown
    rate: str = ""  # the meaning that says its share of its wholes
    none: str = ""


class Ready(NamedTuple):
    """A paragraph that a blank holds from the start; a section needs more than it alone."""

    section: str
    text: str

    @property
    def words(self) -> str:
        """The paragraph as a blank shows it: `检查【检查次数】次`, without bars and braces."""
        return _REFERENCE.sub(_in_words, self.text)


def _in_words(reference: re.Match[str]) -> str:
    """Return what a reference prints of a number, with its name in the number's place."""
    marked = f"【{reference[1]}】"
    parts = (part.strip() for part in (reference[2] or "").split("|"))
    worded = next((part for part in parts if part.startswith("有")), "")
    return _HERE.sub(marked, worded.removeprefix("有").strip()) if worded else marked


@dataclass(frozen=True, eq=False)
class Speech:
    """All that a form declares about its running text."""

    terms: tuple[Term, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)  # what a meaning is said with
    facts: tuple[Fact, ...] = ()  # those that need more words first
    domain: str = ""  # the meanings that name what the report is about
    headings: str = ""  # the topics that a paragraph or its heading gives to what is in it
    others: str = ""  # the meanings of other business, beside which a topic must be named
    telling: str = ""  # the meanings beside which a number that no fact is found for is told of
    ready: tuple[Ready, ...] = ()
    formulas: tuple[str, ...] = ()  # what masked sentences are prescribed, as regular expressions
    subjects: tuple[str, ...] = ()  # what the report is about, as titles say it; longest first
    business: tuple[str, ...] = ()  # what else its body tells of right after its own name
    residues: tuple[str, ...] = ()  # instructions of the official print that must not be left
    counted: tuple[str, ...] = ()  # things that make no clause of their own without a number
