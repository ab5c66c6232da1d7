"""What each paragraph is: title, heading of a level, text, signature name and date."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from docgen.forms.form import Form
from docgen.forms.table import Table
from docgen.word.content import Content, Paragraph, PlacedTable
from docgen.word.signature import NAME_STYLES, is_any_date

#: How headings of each level begin: `一、年度工作`, `（一）`, `1.`, `（1）`; not `1.5 倍`, `第一`.
_LEVELS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"\d{1,2}[.．](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_TITLE_STYLES = ("title", "标题")
#: The style of notes under a table: set as its cells are, and no text of the report.
NOTE_STYLES = ("table note", "表下说明")
#: What says a date at all: `2025年`; not `年 月 日`, as a blank form has it.
_DATED = re.compile(r"[\d０-９〇○零一二三四五六七八九十]+\s*[年月日./\-]")
#: `甘政发〔2025〕1号`; not `〔2025〕1号文件`.
_MARKED = re.compile(r"〔\d{4}〕\s*\d+\s*号$")  # 发文字号, in the head of a document
_ENDS_SENTENCE = "。；：，！？;:,!?"
#: A heading sentence longer than this is text (practice).
_LONGEST_HEADING = 50
_LONGEST_LINE, _TOP, _MOST_TITLE = 60, 8, 4
LEVEL_NAMES = {1: "一级标题", 2: "二级标题", 3: "三级标题", 4: "四级标题"}


class TextPart(NamedTuple):
    """A paragraph of the text: up to `end` it is a heading of this level, then text (level 0)."""

    paragraph: Paragraph
    level: int
    end: int


@dataclass
class Text:
    """The paragraphs of a document by what they are; empty ones and tables aside."""

    title: list[Paragraph] = field(default_factory=list)
    body: list[TextPart] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    name: Paragraph | None = None
    date: Paragraph | None = None


def read_roles(content: Content) -> Text:
    """Return what each paragraph is; the red head and what follows the date are not read."""
    paragraphs = [p for p in content.paragraphs if p.stripped]
    first = _after_head(paragraphs)
    text = Text(title=_title_of(paragraphs, first))
    if text.title:
        first = paragraphs.index(text.title[-1]) + 1
    at = _date_at(paragraphs, first)
    if at is not None:
        text.date = paragraphs[at]
        if at > first and _is_name(paragraphs[at - 1]):
            text.name = paragraphs[at - 1]
        paragraphs = paragraphs[: at - 1 if text.name else at]

    for paragraph in paragraphs[first:]:
        if paragraph.style in NOTE_STYLES:
            text.notes.append(paragraph)
        else:
            text.body.append(_passage(paragraph))
    return text


def _after_head(paragraphs: list[Paragraph]) -> int:
    """Return where the head ends, with the red name of the body and the document's number."""
    ends = [
        index + 1
        for index, paragraph in enumerate(paragraphs[:_TOP])
        if _MARKED.search(paragraph.stripped)
        or any(run.look.colour == "ff0000" for run in paragraph.runs if run.text.strip())
    ]
    return max(ends, default=0)


def _title_of(paragraphs: list[Paragraph], first: int) -> list[Paragraph]:
    """Return the paragraphs in the style of a title, or what stands where a title stands."""
    styled = [p.style in _TITLE_STYLES for p in paragraphs]
    found: list[Paragraph] = []
    if any(styled):
        first = styled.index(True)
    for paragraph, is_title in zip(paragraphs[first:], styled[first:], strict=True):
        centred = paragraph.setting.align == "center" and _is_line(paragraph)
        if not (is_title or (not any(styled) and (centred or (not found and _is_line(paragraph))))):
            break
        found.append(paragraph)

    return found[:_MOST_TITLE]


def _is_line(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is one line of words and neither a sentence nor a heading."""
    text = paragraph.stripped
    return (
        len(text) <= _LONGEST_LINE
        and text[-1] not in _ENDS_SENTENCE
        and not paragraph.setting.level
        and not any(pattern.match(text) for pattern in _LEVELS)
    )


def _date_at(paragraphs: list[Paragraph], first: int) -> int | None:
    """Return where the date of issue stands: the last date on a line of its own, after text."""
    for at in range(len(paragraphs) - 1, first, -1):
        paragraph = paragraphs[at]
        if is_any_date(paragraph):
            return at
    return None


def is_dated(paragraph: Paragraph) -> bool:
    """Return whether it says a date at all, and not only where one belongs."""
    return bool(_DATED.search(paragraph.text))


def _is_name(paragraph: Paragraph) -> bool:
    return paragraph.style in NAME_STYLES or _is_line(paragraph)


def _passage(paragraph: Paragraph) -> TextPart:
    """Return what a paragraph is or begins with: its number says the level, or its outline."""
    text = paragraph.text
    start = len(text) - len(text.lstrip())
    outline = paragraph.setting.level if paragraph.setting.level in LEVEL_NAMES else 0
    level = next((n for n, pattern in enumerate(_LEVELS, 1) if pattern.match(text, start)), 0)
    end = text.find("。", start) + 1 or len(text.rstrip())
    if not (level or outline) or (not outline and end - start > _LONGEST_HEADING):
        return TextPart(paragraph, 0, 0)
    return TextPart(paragraph, level or outline, end)


def form_tables(content: Content, form: Form | None) -> dict[PlacedTable, Table]:
    """Return which table of the form each table of a document is, by the heading above it."""
    if form is None:
        return {}
    tables = {table.key: table for table in form.tables if table.shape != "lines"}
    headings = {
        heading: section.key
        for section in form.sections
        for heading in (section.title, *section.variants)
        if heading
    }

    found: dict[PlacedTable, Table] = {}
    key = ""
    for block in content.blocks:
        if isinstance(block, Paragraph):
            key = headings.get(block.stripped, key)
        elif key in tables:
            found[block] = tables.pop(key)

    if not found and len(content.tables) == len(tables):  # a sheet without any heading
        found = dict(zip(content.tables, tables.values(), strict=True))
    return found
