"""Any sound report, drawn by Hypothesis."""

import datetime
import re
from decimal import Decimal
from typing import get_args

from forms import FORM
from hypothesis import strategies as st
from sound import sound_figures

from docgen.model import Body, Level, Report, Signature

COUNTS = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 10**6))


AMOUNTS = st.decimals(0, 10**9, places=6) | st.integers(0, 10**6).map(Decimal)


#: A text in nothing but rare letters is none that docgen takes for Chinese.
RARE = st.characters(codec="gb18030", exclude_categories=["C", "Z"])


COMMON = st.integers(0, 39 * 94 - 1).map(lambda i: bytes((0xB0 + i // 94, 0xA1 + i % 94)))


LETTERS = st.sampled_from([True] * 9 + [False]).flatmap(
    lambda common: COMMON.map(lambda pair: pair.decode("gb18030")) if common else RARE
)


TEXT = st.text(LETTERS, min_size=1, max_size=40)


#: What CSV, spreadsheets, XML, Jinja and label readers might take for something else.
TRICKY = st.sampled_from(
    ['"', ",", "，", "=1+1", "+1", "@x", "'", "{{ 7*7 }}", "{%", "&lt;", "]]>", "_x000D_", "引言"]
)


LINE = st.lists(TEXT | TRICKY, min_size=1, max_size=3).map("".join)


#: In a title or a paragraph double braces take a figure.
BOUND = re.compile(r"\{\{|\}\}|｛｛|｝｝")


TEXT_LINE = LINE.filter(lambda line: not BOUND.search(line))


DATES = st.dates(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report that docgen would issue."""
    paragraphs = st.lists(TEXT_LINE, min_size=1, max_size=3).map(tuple)
    labels = st.sampled_from(sorted(FORM.wordings))
    return Report(
        form=FORM.key,
        year=2024,
        body=Body(
            name=draw(LINE),
            short_name=draw(st.none() | LINE),
            level=draw(st.sampled_from(get_args(Level))),
        ),
        title=draw(TEXT_LINE),
        preface=draw(paragraphs),
        sections={section.key: draw(paragraphs) for section in FORM.text_sections},
        figures=sound_figures(lambda: draw(COUNTS), draw(AMOUNTS)),
        signature=Signature(name=draw(LINE), date=draw(DATES)),
        wording=draw(st.dictionaries(labels, LINE, max_size=3)),
    )
