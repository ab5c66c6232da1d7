"""A table of the form with a field in each cell: the printed shape, merged heads and all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from docgen.desk.draft import Draft
from docgen.forms.form import Figure
from docgen.forms.layout import printed_lines
from docgen.forms.table import Kind, Table
from docgen.publish.html import TableWriter

#: Before the address of a field, in the names of fields and in their ids.
AT = "at:"


@dataclass(frozen=True)
class Shown:
    """What is shown in and beside the fields of a draft.

    `last` are last year's values by address; `told` are the ids of findings by address, and
    `marks` the gravest severity among them.
    """

    draft: Draft
    last: Mapping[str, str]
    told: Mapping[str, Sequence[str]]
    marks: Mapping[str, str]


def write_table(shown: Shown, table: Table) -> str:
    """Return a table as HTML, each cell with its field."""
    if table.is_absent:
        return f"<p>{escape(table.absent)}</p>"
    if table.shape == "lines":
        return "".join(_write_lines(shown, table))
    return "\n".join(_FieldTable(shown, table).write())


class _FieldTable(TableWriter):
    def __init__(self, shown: Shown, table: Table) -> None:
        super().__init__(shown.draft.form, table, shown.draft.reading.report)
        self._shown = shown

    def table_tag(self) -> str:
        return "<table>"  # no style within the desk's pages

    def cell_content(self, figure: Figure, heads: Sequence[str]) -> str:
        return write_field(self._shown, figure, f'aria-labelledby="{" ".join(heads)}"')


def _write_lines(shown: Shown, table: Table) -> Iterator[str]:
    """Yield pairs of label and field, for what is printed as lines of text."""
    report = shown.draft.reading.report
    for label, figure in printed_lines(shown.draft.form, table, report.wording):
        field_id = escape(f"{AT}{figure.address}")
        yield f'<p class="pair"><label for="{field_id}">{escape(label)}</label> '
        yield f"{write_field(shown, figure, '')}</p>"


def write_field(shown: Shown, figure: Figure, named: str) -> str:
    """Return the field of a cell, with last year's value below it."""
    address = figure.address
    value = shown.draft.text_of(address)
    total = shown.draft.computed().get(address) if not value else None
    attributes = [
        f'id="{escape(AT + address)}" name="{escape(AT + address)}" data-was="{escape(value)}"',
        named,
        _told_attributes(shown, address),
    ]
    last = shown.last.get(address, "")
    below = f'<small class="last" title="上年">{escape(last)}</small>' if last else ""
    if figure.kind in (Kind.CHOICE, Kind.YES):
        choices = figure.cell.choices or ("是", "否")
        return f"{_write_choice(value, choices, attributes)}{below}"

    if figure.kind.is_number:
        attributes.append('inputmode="decimal" autocomplete="off"')
    if address in shown.draft.reading.computed:
        attributes.append(f'class="total" placeholder="{escape(total or "")}"')
    return f'<input type="text" value="{escape(value)}" {" ".join(attributes)}>{below}'


def _write_choice(value: str, choices: Sequence[str], attributes: Sequence[str]) -> str:
    """Return a list to choose from; what stands there and is no choice is shown all the same."""
    listed = ["", *choices, *([value] if value and value not in choices else [])]
    options = "".join(
        f'<option value="{escape(one)}"{" selected" if one == value else ""}>'
        f"{escape(one) or '（未选）'}</option>"
        for one in listed
    )
    return f"<select {' '.join(attributes)}>{options}</select>"


def _told_attributes(shown: Shown, address: str) -> str:
    """Return what ties a field to the findings about it."""
    mark, told = shown.marks.get(address), shown.told.get(address, ())
    if mark is None:
        return ""
    invalid = ' aria-invalid="true"' if mark == "error" else ""
    described = f' aria-describedby="{" ".join(told)}"' if told else ""
    return f'data-mark="{mark}"{described}{invalid}'
