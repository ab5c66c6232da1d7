"""What a sentence measures: cut at its marks, each number with the words before and after it.

`检查80次（含2023年开始的6次），其中合格33次` holds three measures: 80次 with the head 检查;
6次 with 2023年, 开始, a part of the first; 33次 with 合格, also a part of the first. A clause
that says that there is none, `未收到申请`, is a measure without a number.
"""

import itertools
import operator
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docgen.prose.lexicon import Lexicon, Word
from docgen.prose.numerals import StatedNumber
from docgen.prose.sentences import MARKS, Sentence

_LETTERS = ("\u4e00", "\u9fff")
_KINDS = ("方式", "渠道", "途径", "形式", "领域", "方面")
_JOINTS = ("、", "和", "及", "与", "或", "以及")
_PARTS = {"局部", "途径"}
_EMPTY = {"无", "均", "全", "因", "本年", "其中"}
_SOON = 40
_MEANINGS = operator.attrgetter("meanings")


@dataclass(frozen=True, eq=False)
class Measure:
    """One number of a sentence, or one clause that says none, with the words it stands among."""

    sentence: Sentence
    number: StatedNumber | None  # None: the clause says that there is none
    at: int  # where the number stands among the signs; for none, where its clause ends
    start: int  # where its head begins
    head: frozenset[str]  # what the words before it in its clause mean
    tail: frozenset[str]  # what the words after it in its clause mean, up to the next number
    own: frozenset[str]  # what the words of its clause mean: head and tail
    before: Mapping[str, int]  # what the sentence said before its head, and where last
    after: frozenset[str]  # what it says up to the next number or ；
    unknown: str  # what of the head is no known word
    opener: str  # what opened the list it stands in: （, a word as 其中, blank for none
    whole: "Measure | None"  # what that list is of
    above: frozenset[str]  # what the words of its wholes mean

    @property
    def unit(self) -> str:
        return self.number.unit if self.number else ""

    @property
    def words(self) -> str:
        """Return its head as it stands."""
        return self.sentence.signs[self.start : self.at]

    @property
    def is_change(self) -> bool:
        """Return whether it says by how much something grew or fell, or what it was before."""
        return "增减" in self.head


def measures(
    sentence: Sentence, lexicon: Lexicon, previous: Measure | None = None
) -> list[Measure]:
    """Return every measure of a sentence in order; `previous` is what the one before counted."""
    return _Cutter(sentence, lexicon, previous).cut()


def counted(found: Sequence[Measure]) -> Measure | None:
    """Return what a sentence counts as a whole, for the next to list; None if more than one."""
    counts = [measure for measure in found if measure.number and measure.whole is None]
    alike = {(measure.number and measure.number.value, measure.unit) for measure in counts}
    return counts[-1] if len(alike) == 1 else None


class _Clause(NamedTuple):
    """A stretch between two marks; `、` parts only what is counted."""

    start: int
    end: int
    mark: str  # the mark before it


@dataclass
class _List:
    """A list that is open: what it is of, what opened it, and the number said last in it."""

    whole: Measure | None = None
    opener: str = ""
    last: Measure | None = None
    outer: "_List | None" = None  # a list of clauses parted by ；, to which a ； returns


class _Cutter:
    """Cuts one sentence, keeping what each bracket and each `其中` opened."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, previous: Measure | None) -> None:
        self.sentence, self.signs = sentence, sentence.signs
        self.words = lexicon.read(self.signs, sentence.paragraph.year)
        self.starts = [word.start for word in self.words]
        self.found: list[Measure] = []
        self.said: dict[str, int] = {}  # what all words so far mean, and where they stand
        follows = previous and previous.sentence.order + 1 == sentence.order
        self.previous = previous if follows else None
        self.open = [_List()]  # by depth of brackets, the innermost last
        self.paused: list[_Clause | None] = []  # by depth, the clause without number before a （
        self.resumed: _Clause | None = None  # that clause, where its ） has just closed
        self.each: list[Sequence[Word]] = []  # `检查、培训分别`: the heads of the numbers to come

    def cut(self) -> list[Measure]:
        """Return the measures of all clauses."""
        last: _Clause | None = None
        for clause in self._clauses():
            self._apply_mark(clause)
            self._resume_clause(clause, last)
            words = self._words_between(clause.start, clause.end)
            none = next((word for word in words if "无" in word.meanings), None)
            signs = self._numbers_between(clause.start, clause.end)
            if none and not any(at > none.start for at in signs if not self._is_one(at)):
                self._say_none(none, clause)
            elif signs:
                self._count_numbers(clause, signs)
            else:
                self._open_list(words, clause.start)
                self._open_kept(words, clause)

            self._note_words(words)
            last = None if signs else clause

        return self.found

    def _say_none(self, none: Word, clause: _Clause) -> None:
        """Add the measure of a clause with this word for none: of what is after it, or before."""
        start, after = none.start, self._words_between(none.start, clause.end)
        unknown = _unknown_letters(self.signs, start, clause.end, after)
        if not unknown and _meanings_of(after) <= _EMPTY:
            start = clause.start  # 检查、培训均未开展, 申请数为零
            if start == none.start and clause.mark == "：":
                start = max(self.signs.rfind(mark, 0, start - 1) for mark in MARKS) + 1
        self._add_measure(None, clause.end, start, self._words_between(start, clause.end), [])

    def _clauses(self) -> Iterator[_Clause]:
        """Yield the clauses of the sentence; a 、 parts two only where something is counted."""
        start, mark = 0, ""
        for at, sign in enumerate(self.signs):
            if sign in MARKS and (sign != "、" or self._has_count(start, at)):
                yield _Clause(start, at, mark)
                start, mark = at + 1, sign
        yield _Clause(start, len(self.signs), mark)

    def _has_count(self, start: int, end: int) -> bool:
        """Return whether something is counted between these offsets."""
        return not all(map(self._is_one, self._numbers_between(start, end)))

    def _note_words(self, words: Sequence[Word]) -> None:
        """Note what these words mean, and where each meaning was said last."""
        self.said |= {meaning: word.start for word in words for meaning in word.meanings}

    def _apply_mark(self, clause: _Clause) -> None:
        """Open or close lists as the mark before this clause does."""
        inner = self.open[-1]
        follows = inner.last is not None and inner.last.at == clause.start - 2

        if clause.mark == "（":
            self.open.append(
                _List(inner.last, "（") if follows else _List(inner.whole, inner.opener)
            )
        elif clause.mark == "）" and len(self.open) > 1:
            self.open.pop()
        elif clause.mark == "；":
            self.open[-1] = inner.outer or _List(last=inner.last)
        elif clause.mark == "：" and follows:
            self.open[-1] = _List(inner.last, "：")

        if clause.mark != "、":
            self.each = []

    def _resume_clause(self, clause: _Clause, last: _Clause | None) -> None:
        """Take up behind a bracket what stood before it: 收到申请（含网上、来信）共139件."""
        if clause.mark == "（":
            self.paused.append(last)
        closed = clause.mark == "）" and self.paused
        self.resumed = self.paused.pop() if closed else None

    def _open_list(self, words: Sequence[Word], start: int) -> None:
        """Let what follows be a part of what was said last, if one of these words says so."""
        opener = next((word for word in words if "其中" in word.meanings), None)
        if opener is None:
            return

        said = self.signs[opener.start : opener.end]
        inner = self.open[-1]
        last = inner.last or (self.previous if start == 0 and opener.start == 0 else None)
        if said.startswith("分别") and opener.start > start:
            return

        if inner.opener == "（" and inner.last is None:
            inner.opener = said
        elif last:
            opened = _List(last, said, outer=inner.outer)
            if self.signs.startswith("：", opener.end):
                opened.outer = opened
            self.open[-1] = opened

    def _open_kept(self, words: Sequence[Word], clause: _Clause) -> None:
        """Let 在公开的信息中， open a list of what was said last, if its first word is of that."""
        last = self.open[-1].last or self.previous
        named = next((w.meanings for w in words if not _EMPTY.issuperset(w.meanings)), ())
        if last and last.head.intersection(named) and self.signs[clause.end - 1] == "中":
            self.open[-1] = opened = _List(last, "中")
            opened.outer = opened

    def _count_numbers(self, clause: _Clause, signs: Sequence[int]) -> None:
        """Add the measures of a clause with these numbers."""
        start = clause.start
        for at in signs:
            head: Sequence[Word] = self._words_between(start, at)
            self._open_list(head, clause.start)
            if self.resumed and start == clause.start and _meanings_of(head) <= _EMPTY:
                head = [*self._words_between(self.resumed.start, self.resumed.end), *head]
            self.each = self._heads_for_each(head) or self.each
            if self.each and (not head or start == clause.start):
                head = self.each.pop(0)
            tail = self._words_between(at + 1, clause.end) if at == signs[-1] else []
            self._add_measure(self.sentence.number(self.signs[at]), at, start, head, tail)
            start = at + 1

    def _heads_for_each(self, head: Sequence[Word]) -> list[Sequence[Word]]:
        """Return the heads that `分别` gives to the numbers after it; none if it does not."""
        said = [self.signs[word.start : word.end] for word in head]
        ends = [i for i, word in enumerate(said) if word.startswith("分别")]
        if not ends or not ends[0]:
            return []
        heads: list[list[Word]] = [[]]
        for word, text in zip(head[: ends[0]], said, strict=False):
            if text in _JOINTS:
                heads.append([])
            else:
                heads[-1].append(word)
        return list(heads) if len(heads) > 1 else []

    def _add_measure(
        self,
        number: StatedNumber | None,
        at: int,
        start: int,
        head: Sequence[Word],
        tail: Sequence[Word],
    ) -> None:
        """Add a measure with all that stands around it; a count is the last of its list."""
        inner = self.open[-1]
        whole = inner.whole
        known = _end_of_kinds(head, self.signs)
        before = _meanings_of(word for word in head if word.start >= known or not _is_part(word))
        after = _meanings_of(tail)
        measure = Measure(
            self.sentence, number, at, start, before, after, before | after,
            dict(self.said), self._said_after(at),
            _unknown_letters(self.signs, max(start, known), at, self._words_between(start, at)),
            inner.opener, whole,
            whole.own | whole.above if whole else frozenset(),
        )  # fmt: skip
        self._note_words(head)
        self.found.append(measure)
        if number and number.unit != "%" and not measure.is_change:
            inner.last = measure

    def _said_after(self, at: int) -> frozenset[str]:
        """Return what is said from here to the next number or ；, so many letters on at most."""
        stop = self.signs.find("；", at + 1, at + _SOON)
        end = min(len(self.signs), at + _SOON) if stop < 0 else stop
        numbers = self._numbers_between(at + 1, end)
        return _meanings_of(self._words_between(at + 1, numbers[0] if numbers else end))

    def _numbers_between(self, start: int, end: int) -> Sequence[int]:
        """Return where the numbers between these offsets stand."""
        stands = self.sentence.stands
        return stands[bisect_left(stands, start) : bisect_left(stands, end)]

    def _words_between(self, start: int, end: int) -> list[Word]:
        """Return the words that stand between these offsets."""
        return self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _is_one(self, at: int) -> bool:
        """Return whether this is `一起`, as in `未发生一起`: none at all."""
        number = self.sentence.number(self.signs[at])
        return number.value == 1 and self.sentence.words[number.start] == "一"


def _end_of_kinds(words: Sequence[Word], signs: str) -> int:
    """Return where words end that only tell of kinds: 涉及征地、物业等领域, 通过信函等方式."""
    for etc, kinds in itertools.pairwise(words):
        said = signs[kinds.start : kinds.end].removeprefix("多种").removeprefix("各种")
        if "等" in etc.meanings and said in _KINDS:
            return kinds.end
    return 0


def _is_part(word: Word) -> bool:
    return not _PARTS.isdisjoint(word.meanings)


def _meanings_of(words: Iterable[Word]) -> frozenset[str]:
    return frozenset(itertools.chain.from_iterable(map(_MEANINGS, words)))


def _unknown_letters(signs: str, start: int, end: int, words: Sequence[Word]) -> str:
    """Return the letters between these offsets that are in none of these words."""
    said, at = [], start
    for word in words:
        said.append(signs[at : word.start])
        at = max(at, word.end)
    said.append(signs[at:end])
    return "".join(c for c in "".join(said) if _LETTERS[0] <= c <= _LETTERS[1])
