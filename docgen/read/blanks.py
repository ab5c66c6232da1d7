"""Blank cells that mean 0: only where the office said so, and the sums are held against it."""

from collections.abc import Mapping

from docgen.finding import Finding, Rule
from docgen.forms.form import Form
from docgen.read.entry import Entry, Literal, is_blank

BLANKS_TAKEN = Rule(
    code="R309",
    name="空着的格子按 0 读",
    severity="note",
    needs=("cells",),
    message="{table}有 {count} 格空着，照“待确认”里的回答按 0 读",
    why="公布的报告里空着的格子多半是 0；机关说了是，docgen 才按 0 读，各项之和照样核对。",
    example="“表里空着的格子都是 0”答了“是”。",
    cure="不用改；有的不是 0，把数填上。",
    since="0.3.0",
)


def may_be_zero(form: Form) -> frozenset[str]:
    """Return the cells of which a blank may be taken for 0: no totals, which are computed."""
    owed = {a for a, figure in form.figures.items() if not figure.cell.optional}
    return frozenset(owed - set(form.totals))


def fill_blanks(form: Form, cells: Mapping[str, Entry]) -> tuple[dict[str, Entry], list[Finding]]:
    """Return the cells with 0 where one is blank and may be so, and a note for each table."""
    fit = may_be_zero(form)
    filled = {a: e for a, e in cells.items() if a in fit and is_blank(e)}
    notes = []
    for table in form.tables:
        here = [entry.place for a, entry in filled.items() if form.figures[a].table is table]
        if here:
            notes.append(BLANKS_TAKEN.at(*here, table=table.short, count=len(here)))

    zeros = {a: entry._replace(value=Literal("0")) for a, entry in filled.items()}
    return {**cells, **zeros}, notes
