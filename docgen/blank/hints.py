"""How to fill a cell of a form, and what to write in its text, in the clerk's words."""

from collections.abc import Iterator
from typing import NamedTuple

from docgen.forms.duties import Topic
from docgen.forms.form import Figure, Form
from docgen.forms.table import Cell, Kind, Line, Table

#: Of kinds whose words need nothing of the cell itself.
_WORDS = {
    Kind.CHANGE: "填整数，减少的写负数，没有增减就填 0",
    Kind.TEXT: "照实填写",
    Kind.YES: "填“是”或“否”",
    Kind.DATE: "日期写成 2025年1月20日 的样子",
    Kind.PERSON: "写姓名",
    Kind.PHONE: "写电话号码，如 0577-88880000",
    Kind.URL: "写完整的网址，如 https://www.example.gov.cn",
}
_NUMBERS = {
    Kind.COUNT: "填 0 或正整数",
    Kind.DECIMAL: "填 0 或正数",
    Kind.AMOUNT: "填 0 或正数",
}


def describe_cell(cell: Cell) -> str:
    """Return how to fill a cell: `填 0 或正数，单位元`, `可不填；填“是”或“否”`."""
    choices = "、".join(cell.choices)
    if cell.kind is Kind.CHOICE:
        said = f"选一个：{choices}"
    elif cell.kind is Kind.CHOICES:
        said = f"可选几个，用顿号隔开：{choices}"
    else:
        said = _NUMBERS.get(cell.kind) or _WORDS[cell.kind]

    if cell.unit:
        said += f"，单位{cell.unit}"
    if cell.optional:
        return "可不填" if cell.kind is Kind.TEXT else f"可不填；{said}"
    return said


def describe_lines(form: Form, table: Table) -> str:
    """Return how to fill the columns, or rows, of a grid that do not simply take a number."""
    said: dict[str, dict[str, None]] = {}  # what is said → the labels it is said of, each once
    in_table = [figure for figure in form.cells.values() if figure.table is table]
    every = [figure for figure in in_table if not _is_left_out(figure)]
    sums = {f"“{figure.row[-1].label}”": None for figure in in_table if _is_left_out(figure)}
    only = f"{''.join(sums)}一行只填数。" if sums else ""
    for figure in every:
        if _needs_words(figure):
            label = f"“{_line_that_says(figure).label}”"
            said.setdefault(describe_cell(figure.cell), {})[label] = None

    if len(said) == 1 and all(map(_needs_words, every)):
        (words,) = said
        return f"各格{words}。{only}"
    return "".join(f"{''.join(labels)}{words}。" for words, labels in said.items()) + only


def _is_left_out(figure: Figure) -> bool:
    """Whether a row of totals has nothing to say here, though the other rows must be filled."""
    said = _line_that_says(figure).cell
    return said is not None and figure.cell.optional and not said.optional


def _line_that_says(figure: Figure) -> Line:
    """Return the column or the row that declares what a cell takes."""
    column, row = figure.column[-1], figure.row[-1]
    return column if column.cell or not row.cell else row


def _needs_words(figure: Figure) -> bool:
    """Whether its heads leave open what a cell takes: 件 is usual, other units are said."""
    cell = figure.cell
    heads = "".join(line.label for line in (*figure.row, *figure.column))
    plain = cell.kind.is_number and cell.kind is not Kind.CHANGE and not cell.optional
    return not (plain and (cell.unit in ("", "件") or cell.unit in heads))


class BlankLine(NamedTuple):
    """A paragraph of a blank: what is ready for it, and what to write there."""

    text: str | None = None
    hint: str = ""


def describe_section(
    form: Form, section: str, level: str | None, year: int | None
) -> list[BlankLine]:
    """Return the paragraphs of a section: one for all of it, one for each part it must have.

    What the form has ready for a section stands where it is the part's that it speaks of.
    """
    owed = owed_topics(form, section, level)
    parts = [topic for topic in owed if topic.in_headings]
    ready = [each.words for each in form.speech.ready if each.section == section]
    lines = [BlankLine(hint=_describe_whole(form, section, owed, year))]
    for topic in parts:
        own = next((text for text in ready if any(word in text for word in topic.words)), None)
        ready = [text for text in ready if text is not own]
        said = _describe_ready(own) if own else f"写“{topic.name}”的情况"
        lines.append(BlankLine(own, said))

    return lines + [BlankLine(text, _describe_ready(text)) for text in ready]


def owed_topics(form: Form, section: str, level: str | None) -> list[Topic]:
    """Return what a body of this level must write of in a section; of an unknown level all."""
    return [
        topic
        for topic in form.duties.topics
        if topic.section == section and (not topic.levels or not level or level in topic.levels)
    ]


def _describe_whole(form: Form, section: str, owed: list[Topic], year: int | None) -> str:
    """Return what a section as a whole must say, and how long it usually is."""
    duties = form.duties
    parts = [topic.name for topic in owed if topic.in_headings]
    named = [f"“{topic.name}”" for topic in owed if not topic.in_headings]
    usual = dict(duties.lengths).get(section)

    def pieces() -> Iterator[str]:
        if section in duties.plans:
            yield f"下一年的打算，写 {year + 1} 年的" if year else "也写下一年的打算"
        if parts:
            yield f"下面 {len(parts)} 个方面各写一段或几段"
        if named:
            yield f"要写到{'、'.join(named)}"
        if section in duties.substantial:
            yield "不能只写“无”"
        if usual:
            yield f"一般 {usual} 字左右"
        yield "一段写一行，行不够就在这一部分里插入行"

    return "；".join(pieces())


def _describe_ready(text: str) -> str:
    """Return how a paragraph is used that stands there already."""
    if "【" in text:
        return "已写好，【 】里的数由表里代入，不用改；是 0 的出文件时改说没有；不用就删去"
    return "接着往下写；不用就删去"
