"""Comparing reports: two side by side, or many for text that one has from another (内容雷同).

It reads nothing and writes nothing: reports come in, a `Comparison` goes out, and `to_text`,
`to_json` and `to_html` say it. OneSidedFigure the standard library is used.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from docgen.check.sentences import (
    MOST,
    MaskedSentence,
    find_kept,
    make_mask,
    names_of,
    read_sentences,
)
from docgen.check.sentences import sections_of as _sections_of
from docgen.compare import figures
from docgen.compare.figures import DifferentValue, OneSidedFigure, Side
from docgen.compare.redline import Change, redline_texts
from docgen.compare.shared import Pair, Shared, Texts
from docgen.forms.form import Form
from docgen.model import Report
from docgen.prose.personal import masked


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """A report to compare: where it came from, and how many errors reading it met."""

    path: str
    form: Form
    report: Report
    errors: int = 0

    @property
    def label(self) -> str:
        """What to call it: body and year, as far as they are known."""
        body = self.report.body
        name = body.short_name or body.name or self.path.rsplit("/", 1)[-1]
        return f"{name} {self.report.year}" if self.report.year else name


class Evidence(NamedTuple):
    """A sentence that two reports share: in the first, in the second, how near (1: but for names
    and numbers alike), and the name of one body left standing in the other's text."""

    first: str
    second: str
    near: float
    leftover: str


class RedlinedSection(NamedTuple):
    """One section redlined."""

    title: str
    changes: list[Change]


@dataclass(frozen=True)
class Detail:
    """Two reports side by side: `kept` is the share of a text's own sentences that the other has,
    but for names, years and numbers, of the first and of the second. `kinds` are what the two are
    called, where they are not reports of one kind: then no figure is compared."""

    facts: list[DifferentValue]
    figures: list[DifferentValue]
    only_first: list[OneSidedFigure]
    only_second: list[OneSidedFigure]
    sections: list[RedlinedSection]
    kept: tuple[float, float]
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """What reports have in common. Nothing is worked out before it is asked for."""

    sources: Sequence[ComparedReport]
    threshold: float

    @cached_property
    def texts(self) -> Sequence[Sequence[MaskedSentence]]:
        """Every report's sentences, all masked with the names of all; persons' numbers blanked."""
        mask = make_mask({n for each in self.sources for n in names_of(each.report.body)})
        return [
            [sentence._replace(text=masked(sentence.text)) for sentence in sentences]
            for each in self.sources
            for sentences in [read_sentences(each.form, each.report, mask)]
        ]

    @cached_property
    def shared(self) -> Shared:
        bodies = [each.report.body.name or "" for each in self.sources]
        return Shared(Texts(self.texts, bodies))

    @cached_property
    def pairs(self) -> list[Pair]:
        """The pairs above the threshold, likeliest copying first."""
        return self.shared.pairs(self.threshold)

    def is_cut(self, index: int) -> bool:
        """Return whether a report has more sentences than are compared."""
        return len(self.texts[index]) >= MOST

    def evidence(self, pair: Pair) -> list[Evidence]:
        """Return the sentences behind a pair, as they stand in the first."""
        first, second = (names_of(self.sources[index].report.body) for index in pair[:2])
        return [
            Evidence(
                one.text,
                other.text,
                round(near, 4),
                _name_left_in(first - second, other.text)
                or _name_left_in(second - first, one.text),
            )
            for one, other, near in self.shared.matches(pair.first, pair.second)
        ]

    @cached_property
    def detail(self) -> Detail | None:
        """Two reports side by side; None of more."""
        if len(self.sources) != 2:
            return None

        first, second = (Side(each.form, each.report) for each in self.sources)
        return Detail(
            figures.different_facts(first, second),
            figures.different_figures(first, second),
            figures.only_in(first, second),
            figures.only_in(second, first),
            self._redline_sections(first, second),
            (find_kept(*self.texts).share, find_kept(*reversed(self.texts)).share),
            ()
            if first.form.is_kin(second.form)
            else (first.form.report_name, second.form.report_name),
        )

    def _redline_sections(self, first: Side, second: Side) -> list[RedlinedSection]:
        titles = {key: title for side in (second, first) for key, title, _ in _sections_of(*side)}
        order = [key for side in (first, second) for key, _, _ in _sections_of(*side)]
        return [
            RedlinedSection(
                titles[key],
                redline_texts(*([s for s in t if s.section == key] for t in self.texts)),
            )
            for key in dict.fromkeys(order)
        ]


def _name_left_in(names: Iterable[str], text: str) -> str:
    """Return the longest of these names that stands in a text; a short one may be a common word."""
    found = (name for name in names if len(name) > 2 and name in text)
    return max(found, key=lambda name: (len(name), name), default="")
