"""The running text of reports as sentences, and each sentence masked: what is left when names,
years, numbers, numbering and punctuation are put aside. A text copied with another name in it, or
from another year, masks alike. Whoever asks what two texts share asks here, so all shares agree.

One mask serves all reports compared: what is alike as written is then alike when masked.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from docgen.address import PREFACE
from docgen.forms.form import Form
from docgen.model import Body, Report

Mask = Callable[[str], str]
Kind = Literal["own", "formula", "short"]

#: Fewer letters than this, masked, prove nothing: headings, 一是加强组织领导.
SHORTEST = 10

#: No report comes near this; what stands beyond it is left out, and said.
MOST = 1_000

_LONGEST_FORMULA = 160  # a formula must be the sentence's whole point
_LONGEST_NAME = 40
_LONGEST_PLACE = 8  # 双江拉祜族佤族布朗族傣族 is looked for whole, not as a stem

# fullmatch: 公开。”, 制度；; not 公开。制度.
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]*[”’」』）》】]*|[。！？；]+[”’」』）》】]*")
# 宁川县人民政府, 县政府办公室; not 审计局.
_GOVERNMENT = re.compile(r"(人民政府|政府|街道办事处|办事处|管理委员会|管委会)+(办公室)?$")
# 宁川县, 白杨沟镇人民政府; not 审计局.
_DISTRICT = re.compile(
    r"(.{2,}?)(特别行政区|自治区|自治州|自治县|自治旗|地区|省|市|州|盟|县|区|旗|乡|镇|街道)"
)
# 我县, 本机关; not 我们.
_SELF = re.compile(
    r"[我本全该](省|自治区|自治州|市|州|盟|地区|县|区|旗|乡|镇|街道|机关|单位|部门|局|委|厅|办|中心|院)"
)
# 1,234.5%, 二〇二四; not 数.
_NUMBER = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*%?|[〇零一二三四五六七八九十百千万亿两]+")
# \u0001政府, \u0001\u0001办事处; not 县政府.
_BODY = re.compile(r"\x01+(?:人民政府|政府|街道办事处|办事处|管委会)?")
# 0是加强领导, （0）年度工作, 第0，; not 公开0件.
_NUMBERING = re.compile(r"^[^\w\x01]*第?0(?:是|[^\w\x01])[^\w\x01]*")


class MaskedSentence(NamedTuple):
    """One sentence: where it stands, as written, masked, and whether it counts as one's own."""

    section: str  # the key of its section
    paragraph: int  # counted from 0
    start: int  # the offset in the paragraph
    text: str
    masked: str
    kind: Kind


def names_of(body: Body) -> set[str]:
    """Return what a body is called in a text: whole, its districts, and those without 县 or 镇."""
    names: set[str] = set()
    for given in (body.name, body.short_name):
        name = _without_spaces(given or "")
        if not 2 <= len(name) <= _LONGEST_NAME:
            continue
        bare = _GOVERNMENT.sub("", name)
        names |= {name, bare, _DISTRICT.sub("", bare)}
        for district in _DISTRICT.finditer(bare):
            names.add(district[0])
            if len(district[1]) <= _LONGEST_PLACE:
                names.add(district[1])

    return {name for name in names if len(name) > 1 and not _GOVERNMENT.fullmatch(name)}


def make_mask(names: Iterable[str]) -> Mask:
    """Return the mask for texts in which these names may stand."""
    find_names = _any_of(names)

    def mask(text: str) -> str:
        flat = _SELF.sub("\x01", find_names.sub("\x01", _without_spaces(text)))
        flat = _BODY.sub("\x01", flat)
        flat = _NUMBERING.sub("", _NUMBER.sub("0", flat))
        return re.sub(r"[^\w\x01]|_", "", flat).replace("\x01", "某")

    return mask


def _without_spaces(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of these names, longest first, by first character: so many are quick."""
    by_first: dict[str, list[str]] = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        by_first.setdefault(name[0], []).append(re.escape(name[1:]))

    if not by_first:
        return re.compile(r"(?!)")
    firsts = "".join(map(re.escape, by_first))
    each = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return re.compile(f"(?=[{firsts}])(?:{'|'.join(each)})")


def split_sentences(text: str) -> list[tuple[int, str]]:
    """Return the sentences of a paragraph, each with its offset; nothing of it is lost.

    A ； ends one, too: of a list in one long sentence each member is compared by itself.
    """
    found = ((match.start(), match[0]) for match in _SENTENCE.finditer(text))
    return [
        (start + len(said) - len(said.lstrip()), said.strip())
        for start, said in found
        if said.strip()
    ]


def sections_of(form: Form, report: Report) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Key, title and paragraphs of everything that is running text."""
    if form.preface:
        yield PREFACE, form.preface, report.preface
    for section in form.text_sections:
        yield section.key, section.title, report.sections.get(section.key, ())


def read_sentences(form: Form, report: Report, mask: Mask) -> list[MaskedSentence]:
    """Return the sentences of a report in order, no more than `MOST`."""
    every = (
        (key, number, *found)
        for key, _, paragraphs in sections_of(form, report)
        for number, paragraph in enumerate(paragraphs)
        for found in split_sentences(paragraph)
    )
    is_formula = _any_formula(form.speech.formulas).search
    sentences = []

    for key, number, start, text in itertools.islice(every, MOST):
        masked = mask(text)
        kind: Kind = "own"
        if len(masked) < SHORTEST:
            kind = "short"
        elif len(masked) <= _LONGEST_FORMULA and is_formula(masked):
            kind = "formula"
        sentences.append(MaskedSentence(key, number, start, text, masked, kind))

    return sentences


@lru_cache
def _any_formula(formulas: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(formulas) or r"(?!)")


class Kept(NamedTuple):
    """What a text has from another: the sentences, and how many of its own it has in all."""

    sentences: list[MaskedSentence]
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1; of a text with no sentence of its own nothing is kept."""
        return len(self.sentences) / self.total if self.total else 0.0


def find_kept(text: Sequence[MaskedSentence], other: Sequence[MaskedSentence]) -> Kept:
    """Return the sentences of a text's own that the other has, but for names, years and numbers."""
    there = {sentence.masked for sentence in other}
    own = [sentence for sentence in text if sentence.kind == "own"]
    return Kept([sentence for sentence in own if sentence.masked in there], len(own))
