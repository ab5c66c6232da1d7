"""What a text keeps of last year's: too many of its sentences, or one that still tells of then."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from docgen.check.mentioned_years import Mention, find_mentions, is_dated
from docgen.check.passages import Prose
from docgen.check.sentences import (
    Kept,
    MaskedSentence,
    find_kept,
    make_mask,
    names_of,
    read_sentences,
)
from docgen.finding import Finding, Rule
from docgen.model import Reading
from docgen.printing import print_percent
from docgen.prose.numerals import narrow_digits

SAME_TEXT = Rule(
    code="E715",
    name="正文与上年雷同",
    severity="warning",
    needs=("both_texts",),
    message="正文可比的 {total} 句里有 {kept} 句与上年相同（名称、年份、数字不计），占 {share} %，"
    "超过 {limit} %",
    why="内容雷同、敷衍塞责的报告要被追究；有的地方规定超过一半相同就扣分。",
    example="只改了年份和数。",
    cure="写出本年做了什么、有什么问题、怎么改；相同的段落见位置。",
)
SAME_SENTENCE = Rule(
    code="E716",
    name="句子一字未改，还带着上年的年份、数或名称",
    severity="warning",
    needs=("both_texts",),
    message="“{quote}”与上年一字不差，还带着{what}“{actual}”",
    why="旧稿里的年份、数和名称最容易忘了改。",
    example="两年都写“较2022年增长5%”。",
    cure="核对这一句；{what}变了的改过来，确实没有变的不用改。",
)

#: The share of sentences kept is told of if there are so many sentences of one's own.
FEWEST_SENTENCES = 4
_SHORTEST = 6  # characters of a sentence that can be copied to the letter
# 加强 领导; not 加强领导.
_BLANKS = re.compile(r"\s+")
# 公开120条, 增长12.5%; not 第20条, 〔2021〕5号.
_FIGURE = re.compile(
    r"(?<![第〔（(0-9.])([0-9]+(?:\.[0-9]+)?)余?(?:万?元|[件条次宗起份篇期场]|人次|万[件条次]|[%％]|个百分点)"
)


def find_kept_text(prose: Prose, previous: Reading, kept_share: float) -> Iterator[Finding]:
    """Report text that was copied; `kept_share`, 0 to 1: how much of it may be last year's."""
    spoken, before = _texts(prose.reading, previous)
    yield from _same_text(prose, find_kept(spoken, before), kept_share)
    yield from _same_sentences(prose, spoken, before, previous)


def _texts(
    reading: Reading, previous: Reading
) -> tuple[list[MaskedSentence], list[MaskedSentence]]:
    """Return the sentences of both reports, masked with the names of both."""
    mask = make_mask(names_of(reading.report.body) | names_of(previous.report.body))
    return (
        read_sentences(reading.form, reading.report, mask),
        read_sentences(previous.form, previous.report, mask),
    )


def _same_text(prose: Prose, kept: Kept, kept_share: float) -> Iterator[Finding]:
    """Report that more of the text is last year's than may be."""
    if kept.total >= FEWEST_SENTENCES and kept.share > kept_share:
        starts = (prose.offset(s.section, s.paragraph, s.start) for s in kept.sentences)
        share, limit = f"{print_percent(kept.share)} %", f"{print_percent(kept_share)} %"
        yield SAME_TEXT.at(
            *dict.fromkeys(prose.place(start) for start in starts),
            total=kept.total,
            kept=len(kept.sentences),
            share=print_percent(kept.share),
            limit=print_percent(kept_share),
            expected=f"不超过 {limit}",
            actual=share,
        )


def _same_sentences(
    prose: Prose, spoken: list[MaskedSentence], before: list[MaskedSentence], previous: Reading
) -> Iterator[Finding]:
    """Report sentences kept to the letter that still tell of last year."""
    there = {_BLANKS.sub("", sentence.text) for sentence in before}
    old_names = _old_names(prose.reading, previous)
    last = previous.report.year or 0
    stale = [
        mention
        for mention in find_mentions(prose)
        if mention.year in (last, last - 1) and not is_dated(mention)
    ]
    starts = [mention.start for mention in stale]

    for sentence in spoken:
        if len(sentence.text) < _SHORTEST or _BLANKS.sub("", sentence.text) not in there:
            continue
        start = prose.offset(sentence.section, sentence.paragraph, sentence.start)
        first = bisect_left(starts, start)
        mentioned = stale[first : bisect_left(starts, start + len(sentence.text), first)]
        if what := _of_last_year(sentence.text, mentioned, old_names):
            quote = prose.quote(start, start + 1)
            yield SAME_SENTENCE.at(prose.place(start), quote=quote, what=what[0], actual=what[1])


def _old_names(reading: Reading, previous: Reading) -> list[str]:
    """Return names of the body that it had last year only."""
    body, other = reading.report.body, previous.report.body
    now = [name for name in (body.name, body.short_name) if name]
    before = [name for name in (other.name, other.short_name) if name]
    return [name for name in before if not any(name in current for current in now)]


def _of_last_year(said: str, stale: list[Mention], old_names: list[str]) -> tuple[str, str] | None:
    """Return what of last year a sentence that was kept to the letter still carries."""
    if stale:
        return "年份", f"{stale[0].year}年"
    for name in old_names:
        if name in said:
            return "名称", name
    for match in _FIGURE.finditer(narrow_digits(said)):
        if len(match[1]) > 1:  # a single digit may well be the same again
            return "数", match[0]
    return None
