"""How to fill a cell of a form, in the clerk's words."""

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
