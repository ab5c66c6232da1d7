"""Mentions: the measures of the text, tied to the facts a form declares.

What ties words to facts is data of the form. A measure states a fact only where its words say so,
speak of the report's own year and body, and of the whole of it. How sure that is, is counted:
only what is named in full may be an error.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from docgen.address import Address
from docgen.check.vocabulary import Known, Vocabulary, vocabulary_of
from docgen.finding import Place
from docgen.forms.speech import Fact
from docgen.model import Reading
from docgen.prose.measures import Measure, counted, measures
from docgen.prose.numerals import StatedNumber
from docgen.prose.sentences import ProseParagraph, Sentence, paragraphs_of
from docgen.prose.subjects import Owner, Scopes

#: The units of amounts, in 元.
SCALE = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}

#: Who did not receive anything is somebody else, or one of many.
# 部分企业, 其他; not 我镇.
_NOT_ALL = re.compile(
    "个别|部分|多数|大多|少数|有的|有些|一些|其余|其他|其它|各|等|企业|机构|组织|除|以外"
)
#: The meanings of words that tell of a part of what is counted.
_PARTS = frozenset(("局部", "途径"))
#: How sure it is that a measure states a fact: named in full; likely; if something confirms it.
FULL, LIKELY, DOUBTFUL = 2, 1, 0


class Tie(NamedTuple):
    """A measure and the fact it states."""

    fact: Fact
    measure: Measure
    value: Decimal
    scope: str
    narrow: bool  # the scope is the government itself, in a report on all below it
    part: bool  # it states a part of what the sentence stated before
    sure: int

    @property
    def sentence(self) -> Sentence:
        return self.measure.sentence

    @property
    def number(self) -> StatedNumber | None:
        return self.measure.number

    @property
    def said(self) -> str:
        """Return the number with its unit as people would write it."""
        return f"{self.number.value:f}{self.number.unit}" if self.number else "0（没有）"

    @property
    def quote(self) -> str:
        return self.sentence.quote(self.number)


#: One of these is in each word that says that there is none.
_NONE = "未没无零"


class StatedFacts(NamedTuple):
    """What a report's text tells: its measures in order, those that state a fact, and rates."""

    measures: list[Measure]
    ties: list[Tie]
    rates: list[tuple[Measure, Fact]]  # percentages that say how much of a fact's whole it is


#: What was read last: figures, changes and what was not judged are asked of one text in turn.
_LAST_READ: list[tuple[Reading, StatedFacts]] = []


def read_text(reading: Reading) -> StatedFacts:
    """Return every measure of preface and sections, and every fact one of them states."""
    for known, told in _LAST_READ:
        if known is reading:
            return told
    told = _read_text(reading)
    _LAST_READ[:] = [(reading, told)]
    return told


def _read_text(reading: Reading) -> StatedFacts:
    vocabulary = vocabulary_of(reading.form.speech)
    body = reading.report.body
    owner = Owner((body.name, body.short_name), body.level)
    told = StatedFacts([], [], [])

    for paragraph in paragraphs(reading):
        reader = _Reader(paragraph, vocabulary, owner)
        last: Measure | None = None
        for sentence in paragraph.sentences():
            if not (sentence.numbers or any(none in sentence.signs for none in _NONE)):
                last = None
                continue
            found = measures(sentence, vocabulary.lexicon, last)
            last = counted(found)
            told.measures.extend(found)
            told.ties.extend(reader.ties(sentence, found))
            told.rates.extend(reader.rates(found))

    return told


def paragraphs(reading: Reading) -> Iterator[ProseParagraph]:
    """Yield the paragraphs of preface and sections, in order."""
    report = reading.report
    for key, texts in (("preface", report.preface), *report.sections.items()):
        addresses = [Address.of_paragraph(key, number) for number in range(len(texts))]
        places: list[Place] = [reading.place(address) for address in addresses]
        yield from paragraphs_of(texts, places, report.year)


class _Reader:
    """Ties the measures of one paragraph."""

    def __init__(self, paragraph: ProseParagraph, vocabulary: Vocabulary, owner: Owner) -> None:
        self.paragraph, self.vocabulary, self.owner = paragraph, vocabulary, owner

    @cached_property
    def speaks(self) -> frozenset[str]:
        """Return what the words of the paragraph and its heading mean."""
        words = self.vocabulary.lexicon.read(self.paragraph.words, self.paragraph.year)
        return frozenset(meaning for word in words for meaning in word.meanings)

    def ties(self, sentence: Sentence, found: Sequence[Measure]) -> Iterator[Tie]:
        """Yield every fact that the measures of this sentence state."""
        scopes = Scopes(sentence.signs, self.owner)
        named = {part.whole for part in found if part.whole and part.head & self.vocabulary.domain}
        stated: dict[Measure, set[str]] = {}

        for measure in found:
            if measure in named and not measure.own & self.vocabulary.domain:
                continue  # 举报36件，其中本业类15件: the whole is of more than that
            if not sentence.is_own_time(measure.at) or not scopes.is_own(measure.at):
                continue

            for fact, sure in self._facts_of(measure):
                keys = stated.setdefault(measure, set())
                scope = scopes.at(measure.at)
                above = measure.whole
                part = bool(above and fact.key in stated.get(above, ()))
                keys.add(fact.key)
                value = scaled(measure.number) if measure.number else Decimal(0)
                yield Tie(fact, measure, value, scope, scopes.is_narrow(scope), part, sure)

    def rates(self, found: Sequence[Measure]) -> Iterator[tuple[Measure, Fact]]:
        """Yield each percentage that is the rate of a fact: 合格率100%."""
        for measure in found:
            if measure.unit == "%" and not measure.is_change and "局部" not in measure.head:
                for known in self.vocabulary.facts:
                    fact = known.fact
                    if fact.rate in measure.head and self._judge_topic(fact, measure) is not None:
                        yield measure, fact

    def _facts_of(self, measure: Measure) -> Iterator[tuple[Fact, int]]:
        """Yield the facts a measure states, each with how sure it is."""
        if measure.number is None:
            yield from self._facts_denied(measure)
            return

        if measure.is_change or measure.number.value is None or _is_partial(measure):
            return

        for words in dict.fromkeys((measure.head, measure.own, measure.own | measure.above)):
            for known in self.vocabulary.said_by(words):
                if any(said <= words for said in known.says):
                    sure = self._judge_fact(known, measure)
                    if sure is not None:
                        if not any(said <= measure.own for said in known.says):
                            sure = DOUBTFUL  # 其中我局6件: only the whole says of what
                        yield known.fact, sure
                        yield from self._results_beside(known.fact, measure, sure)
                        return

    def _results_beside(
        self, fact: Fact, measure: Measure, sure: int
    ) -> Iterator[tuple[Fact, int]]:
        """Yield what the same number says as well: 检查7次，均为合格."""
        if "均" in measure.after:
            for other in self.vocabulary.facts:
                if other.fact.key.startswith(f"{fact.key}.") and other.says[-1] <= measure.after:
                    yield other.fact, sure

    def _facts_denied(self, measure: Measure) -> Iterator[tuple[Fact, int]]:
        """Yield the facts of which a clause says that there is none."""
        signs, start = measure.sentence.signs, measure.start
        clause = re.split("[，；：]", signs[max(start - 60, 0) : start])[-1]
        if "局部" in measure.head or _NOT_ALL.search(clause):
            return

        keys = set()
        for known in self.vocabulary.facts:
            said = any(said <= measure.head for said in known.none)
            if said and known.fact.key not in keys:
                sure = self._judge_fact(known, measure)
                if sure is not None:
                    keys.add(known.fact.key)
                    yield known.fact, sure

    def _judge_fact(self, known: Known, measure: Measure) -> int | None:
        """Return how sure it is that these words state this fact; None if they do not."""
        fact = known.fact
        none = measure.number is None or not measure.number.value  # none at all is none of these
        units = measure.number and measure.unit not in fact.units
        if units or known.never & measure.own or known.apart & measure.above:
            return None
        if known.context and not none and not known.context & self.speaks:
            return None
        if fact.absent and fact.absent in self.speaks:
            return None

        sure = self._judge_topic(fact, measure)
        if sure is None:
            return None
        if known.doubt & measure.own and not self.vocabulary.domain & measure.head:
            sure -= 2
        if known.apart & measure.before.keys() and not known.own & measure.own:
            sure -= 2

        unknown = [letter for letter in measure.unknown if letter not in self.owner.letters]
        sure -= (len(unknown) > 1) + (len(unknown) > 4)
        if (not fact.sums and (measure.whole or sure < LIKELY)) or (fact.exact and unknown):
            return None

        return max(sure, DOUBTFUL)

    def _judge_topic(self, fact: Fact, measure: Measure) -> int | None:
        """Return how sure it is that a measure speaks of a fact's topic; None if of another.

        The words beside the number say it, or what it is a part of, or what was said last; else
        the paragraph or its heading, if they speak of what the report is about.
        """
        topics, headings = self.vocabulary.topics, self.vocabulary.headings
        if not fact.topic or fact.topic in measure.own:
            return FULL

        heading = fact.topic in self.speaks & headings
        beside = measure.own & topics
        if beside and not (heading and beside <= headings):
            return None

        around = measure.own | measure.above | measure.before.keys()
        if around & self.vocabulary.others:
            return None
        if fact.topic in measure.above or beside:
            return FULL

        said = {topic: at for topic, at in measure.before.items() if topic in topics}
        if said:
            last = {topic for topic, at in said.items() if at == max(said.values())}
            return FULL if fact.topic in last or (heading and last <= headings) else None

        return LIKELY if heading else None


def _is_partial(measure: Measure) -> bool:
    """Return whether a number or its whole is of one way or kind: 网上100件（电话90件）."""
    whole = measure.whole
    above = whole is not None and not _PARTS.isdisjoint(whole.head)
    return above or not _PARTS.isdisjoint(measure.head)


def scaled(number: StatedNumber) -> Decimal:
    """Return a known number in its smallest unit: amounts in 元."""
    assert number.value is not None
    return number.value * SCALE.get(number.unit, 1)
