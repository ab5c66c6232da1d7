"""A table of the form with a field in each cell: the printed shape, merged heads and all."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from docgen.address import Address
from docgen.blank.hints import describe_cell
from docgen.desk.draft import Draft
from docgen.desk.told import blank_cells
from docgen.forms.form import Figure
from docgen.forms.layout import PrintedCell, PrintedRow, printed_lines
from docgen.forms.table import Kind, Table
from docgen.publish.html import TableWriter

#: What fields of other kinds than figures say of themselves.
_TAKES = {
    Kind.DATE: "",
    Kind.PERSON: "",
    Kind.PHONE: 'inputmode="tel"',
    Kind.URL: 'inputmode="url"',
}
#: So many characters of a text stand on a line of its cell.
_LINE = 14

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

    def is_grid(self, figure: Figure) -> bool:
        """Whether the heads around a cell say what it takes."""
        return figure.table.shape == "grid"


def write_table(shown: Shown, table: Table) -> str:
    """Return a table as HTML, each cell with its field, and what can be done with the whole."""
    if table.is_absent:
        said = f'<p class="absent">{escape(table.absent)}</p>'
        return said + _write_button(shown, f"take-in|{table.key}", "有这项业务，要填")
    if table.shape == "lines":
        return "".join(_write_lines(shown, table))
    below = "".join(f'<p class="soft">{escape(note)}</p>' for note in table.notes)
    if len(table.notes) > 1:
        below = f'<details class="notes"><summary>填表说明</summary>{below}</details>'
    return "\n".join(_FieldTable(shown, table).write()) + below + _write_acts(shown, table)


def _write_button(shown: Shown, act: str, words: str, named: str = "") -> str:
    if not shown.draft.is_sheets:
        return ""
    label = f' aria-label="{escape(named)}" title="{escape(named)}"' if named else ""
    return f'<button name="act" value="{escape(act)}"{label}>{escape(words)}</button>'


def _write_acts(shown: Shown, table: Table) -> str:
    """Return what adds a row for a unit, and what says that there is no such business."""
    draft = shown.draft
    declared = next(one for one in (draft.form.declared or draft.form).tables
                    if one.key == table.key)  # fmt: skip
    pieces = []
    if declared.each and draft.is_sheets:
        field, name = escape(f"new:{table.key}"), escape(declared.each.label)
        pieces.append(
            f'<label for="{field}">再加一行，{name}</label> '
            f'<input type="text" id="{field}" name="{field}" maxlength="200"> '
            + _write_button(shown, f"add-row|{table.key}", "加一行")
        )
    cells = draft.form.cells
    blank = [one for one in blank_cells(draft.reading) if cells[one].table.key == table.key]
    if any(cells[one].kind.is_number for one in blank):
        pieces.append(_write_button(shown, f"fill-zeros|{table.key}", "空着的都填 0"))
    own = (one for one in draft.form.cells if Address(one).first == table.key)
    if table.absent and not any(draft.text_of(one) for one in own):
        pieces.append(_write_button(shown, f"leave-out|{table.key}", f"没有：{table.absent}"))
    return f'<p class="rows">{"　".join(pieces)}</p>' if any(pieces) else ""


class _FieldTable(TableWriter):
    def __init__(self, shown: Shown, table: Table) -> None:
        super().__init__(shown.draft.form, table, shown.draft.reading.report)
        self._shown = shown

    def head_content(self, row: PrintedRow, cell: PrintedCell) -> str:
        """Return the head of a row; the name of a unit is a field, with what takes its row out."""
        figure = next((one.figure for one in row.cells if one.figure), None)
        address = Address.of(self.table.key, figure.row[-1].key) if figure else Address()
        name = self._shown.draft.names.get(address)
        if name is None or cell.text != name or not self._shown.draft.is_sheets:
            return super().head_content(row, cell)

        declared = self._shown.draft.form.declared or self._shown.draft.form
        table = next(one for one in declared.tables if one.key == self.table.key)
        label = table.each.label if table.each else ""
        field = escape(AT + address)
        drop = _write_button(self._shown, f"drop-row|{address}", "删去", f"删去“{name}”这一行")
        return (
            f'<input type="text" id="{field}" name="{field}" value="{escape(name)}" '
            f'data-was="{escape(name)}" aria-label="{escape(label)}" class="unit" '
            f"{_told_attributes(self._shown, address)}>{drop}"
        )

    def scroll_tag(self, name: str) -> str:
        """Return what scrolls the table; the fields within are reached with Tab, not the frame."""
        if not self._shown.draft.is_sheets:  # no field within can be reached
            return super().scroll_tag(name)
        return f'<div class="scroll" role="region" aria-label="{name}">'

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
        f'data-label="{escape(figure.label)}"',
        named,
        _told_attributes(shown, address),
    ]
    last = shown.last.get(address, "")
    below = f'<small class="last"><span>上年</span> {escape(last)}</small>' if last else ""
    if figure.kind in (Kind.CHOICE, Kind.YES):
        choices = figure.cell.choices or ("是", "否")
        return f"{_write_choice(value, choices, attributes)}{below}"
    if figure.kind is Kind.CHOICES:
        return f"{_write_choices(value, figure.cell.choices, attributes, address)}{below}"
    hint = "" if shown.is_grid(figure) else describe_cell(figure.cell)
    if figure.kind is Kind.TEXT:
        rows = max(1, -(-len(value) // _LINE))
        attributes.append(f'placeholder="{escape(hint)}"')
        return f'<textarea rows="{rows}" {" ".join(attributes)}>{escape(value)}</textarea>{below}'

    attributes.append(_TAKES.get(figure.kind, 'inputmode="decimal"') + ' autocomplete="off"')
    if address in shown.draft.reading.computed:
        attributes.append(f'class="total" placeholder="{escape(total or "")}"')
    elif hint:
        attributes.append(f'placeholder="{escape(hint)}"')
    return f'<input type="text" value="{escape(value)}" {" ".join(attributes)}>{below}'


def _write_choices(
    value: str, choices: Sequence[str], attributes: Sequence[str], address: str
) -> str:
    """Return a field with the choices listed below it, to be ticked; the field is what counts."""
    chosen = {one.strip() for one in re.split("[、，,;；]", value)}
    boxes = "".join(
        f'<label><input type="checkbox" data-for="{escape(AT + address)}" value="{escape(one)}"'
        f"{' checked' if one in chosen else ''}>{escape(one)}</label> "
        for one in choices
    )
    field = f'<input type="text" value="{escape(value)}" {" ".join(attributes)}>'
    return f'{field}<span class="choices">{boxes}</span>'


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
