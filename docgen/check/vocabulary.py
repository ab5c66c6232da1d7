"""The vocabulary of a form, ready to be looked up: which meanings of words state which facts."""

from functools import lru_cache
from typing import NamedTuple

from docgen.forms.speech import Fact, Speech
from docgen.prose.lexicon import GENERAL, Lexicon


class Known(NamedTuple):
    """A fact with its meanings as sets."""

    fact: Fact
    says: tuple[frozenset[str], ...]
    none: tuple[frozenset[str], ...]
    never: frozenset[str]
    doubt: frozenset[str]
    apart: frozenset[str]
    own: frozenset[str]
    context: frozenset[str]


class Vocabulary:
    """What a form says of its text, ready to be looked up."""

    def __init__(self, speech: Speech) -> None:
        self.lexicon = Lexicon(GENERAL, speech.words)
        self.domain, self.telling = _meanings_in(speech.domain), _meanings_in(speech.telling)
        self.headings, self.others = _meanings_in(speech.headings), _meanings_in(speech.others)
        self.facts = [_known_fact(fact) for fact in speech.facts]
        self._by_word: dict[str, set[int]] = {}
        for number, known in enumerate(self.facts):
            for said in known.says:
                self._by_word.setdefault(min(said), set()).add(number)
        self.topics = frozenset(fact.topic for fact in speech.facts if fact.topic)

    def said_by(self, words: frozenset[str]) -> list[Known]:
        """Return the facts that these words may state, in the form's order."""
        numbers = {number for word in words for number in self._by_word.get(word, ())}
        return [self.facts[number] for number in sorted(numbers)]


def _known_fact(fact: Fact) -> Known:
    """Return a fact with its meanings as sets."""
    none = tuple(map(_meanings_in, filter(None, fact.none.split("|"))))
    says = tuple(_meanings_in(said) for said in fact.says)
    return Known(
        fact,
        says,
        none,
        *map(_meanings_in, (fact.never, fact.doubt, fact.apart, fact.own, fact.context)),
    )


def _meanings_in(meanings: str) -> frozenset[str]:
    return frozenset(meanings.split())


@lru_cache(maxsize=8)
def vocabulary_of(speech: Speech) -> Vocabulary:
    """Return the vocabulary of a form, made once."""
    return Vocabulary(speech)
