"""What a template may name: the report's text, labels and figures, all of them ready to print.

A band of a table goes by its key, with its labels as attributes (`roads.length`) and its
`rows` (`row.label`, `row.length`, `row.group1.merge`). `vmerge` takes a `merge`. A sheet or lines
of text have rows alone (`row.label`, `row.value`). A table in place of which a body may say that
it has no such business says it as `absent`; where it is blank, there is the table.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from types import SimpleNamespace

from docgen.forms.form import Figure, Form
from docgen.forms.layout import Merge, Wording, label_of, row_label
from docgen.forms.table import Band, Line, Path, Table
from docgen.model import Report
from docgen.printing import paragraph, print_figure, print_signature_lines, print_title_lines

Members = Callable[[Iterable[object]], list[object]]


def context(form: Form, report: Report, members: Members = list) -> dict[str, object]:
    """Return all that a template of this form may name; `members` makes what loops go through."""
    names: dict[str, object] = {"title": print_title_lines(form, report)}
    if form.preface:
        names["preface"] = members(map(_paragraph, report.preface))
    names["sections"] = SimpleNamespace(**_sections(form, report, members))
    if form.signed:
        name, date = print_signature_lines(report)
        names["signature"] = SimpleNamespace(name=name, date=date)

    for key, labels, rows in _bands(form, tuple(report.wording.items())):
        names[key] = SimpleNamespace(**labels, rows=members(_filled(row, report) for row in rows))

    for table in form.tables:
        if table.absent:
            held = names.setdefault(table.key, SimpleNamespace())
            vars(held)["absent"] = table.absent if table.is_absent else ""

    return names


def _sections(form: Form, report: Report, members: Members) -> dict[str, SimpleNamespace]:
    """Return what each section prints beside its table: its heading, paragraphs, notes."""
    sections = {
        section.key: SimpleNamespace(
            title=section.title,
            paragraphs=members(map(_paragraph, report.sections.get(section.key, ()))),
        )
        for section in form.sections
    }
    for table in form.tables:
        if table.notes and table.key in sections:
            notes = () if table.is_absent else table.notes
            sections[table.key].notes = members(SimpleNamespace(text=note) for note in notes)

    return sections


def _paragraph(text: str) -> SimpleNamespace:
    return SimpleNamespace(**paragraph(text)._asdict())


Plan = dict[str, object]  # by name: a label, a merge, a depth, a `Figure`, or another plan


def _filled(plan: Plan, report: Report) -> SimpleNamespace:
    """Return the names of a row with its figures."""
    names = SimpleNamespace()
    members = vars(names)
    for key, part in plan.items():
        if type(part) is Figure:
            part = print_figure(report, part)
        elif type(part) is dict:
            part = _filled(part, report)

        members[key] = part

    return names


@lru_cache(maxsize=64)
def _bands(
    form: Form, wording: tuple[tuple[str, str], ...]
) -> list[tuple[str, dict[str, object], list[Plan]]]:
    """Return the key, labels and rows of each band: the same for every report of one wording."""
    return [
        (band.key, *_band(form, table, band, dict(wording)))
        for table in form.tables
        for band in table.bands
    ]


def _band(
    form: Form, table: Table, band: Band, wording: Wording
) -> tuple[dict[str, object], list[Plan]]:
    """Return the labels of a band, where it prints any, and its rows."""
    paths = band.row_paths
    rows = [
        _row(form, table, band, *both, wording) for both in zip(paths, ((), *paths), strict=False)
    ]
    if table.shape != "grid":
        return {}, rows

    labels = vars(_labels(table, band.columns, (), wording))
    return {**labels, "title": band.title, "corner": band.corner}, rows


def _labels(
    table: Table, lines: tuple[Line, ...], above: Path, wording: Wording
) -> SimpleNamespace:
    """Column labels by key; a group in addresses holds its own as `label`, beside its parts."""
    names = SimpleNamespace()
    for line in lines:
        path = (*above, line)
        label = label_of(table, path, wording)
        if not line.parts:
            setattr(names, line.key, label)
        elif line.in_address:
            parts = _labels(table, line.parts, path, wording)
            parts.label = label
            setattr(names, line.key, parts)
        else:
            setattr(names, line.key, label)
            vars(names).update(vars(_labels(table, line.parts, path, wording)))

    return names


def _row(form: Form, table: Table, band: Band, path: Path, before: Path, wording: Wording) -> Plan:
    """Return the names of a row; `before` is the path of the row above it."""
    row: Plan = {"label": row_label(table, path, wording), "depth": len(path)}
    for level in range(1, len(path) if table.shape != "lines" else 0):  # else in the label
        continues = before[:level] == path[:level]
        merge: Merge = "continue" if continues else "restart"
        label = "" if continues else label_of(table, path[:level], wording)
        row[f"group{level}"] = SimpleNamespace(label=label, merge=merge)

    for column in band.column_paths:
        place = row
        for line in column[:-1]:
            if line.in_address:
                inner = place.setdefault(line.key, {})
                assert isinstance(inner, dict)
                place = inner

        place[column[-1].key] = form.cells[table.figure_address(path, column)]

    return row
