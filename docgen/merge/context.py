"""What a template may name: the report's text, labels and figures, all of them ready to print.

A band of a table goes by its key, with its labels as attributes (`roads.length`) and its
`rows` (`row.label`, `row.natural`, `row.group1.merge`). `vmerge` takes a `merge`.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from types import SimpleNamespace

from docgen.forms.form import Band, Form, Line, Path, Table
from docgen.forms.layout import Merge, Wording, label_of
from docgen.model import Report
from docgen.printing import paragraph, print_figure, print_signature_lines, print_title_lines

Members = Callable[[Iterable[object]], list[object]]


def context(form: Form, report: Report, members: Members = list) -> dict[str, object]:
    """Everything a template of this form may name; `members` makes what a loop goes through."""
    name, date = print_signature_lines(report)
    names: dict[str, object] = {
        "title": print_title_lines(report),
        "preface": members(map(_paragraph, report.preface)),
        "sections": SimpleNamespace(
            **{
                section.key: SimpleNamespace(
                    title=section.title,
                    paragraphs=members(map(_paragraph, report.sections.get(section.key, ()))),
                )
                for section in form.sections
            }
        ),
        "signature": SimpleNamespace(name=name, date=date),
    }
    for key, labels, rows in _bands(form, tuple(report.wording.items())):
        names[key] = SimpleNamespace(**labels, rows=members(_filled(row, report) for row in rows))
    return names


def _paragraph(text: str) -> SimpleNamespace:
    return SimpleNamespace(**paragraph(text)._asdict())


class _Figure(str):
    """The address of a figure, where the figure is to be printed."""


Plan = dict[str, object]  # by name: a label, a merge, a depth, a `_Figure`, or another plan


def _filled(plan: Plan, report: Report) -> SimpleNamespace:
    """The names of a row with its figures."""
    names = SimpleNamespace()
    members = vars(names)
    for key, part in plan.items():
        if type(part) is _Figure:
            part = print_figure(report, part)
        elif type(part) is dict:
            part = _filled(part, report)

        members[key] = part

    return names


@lru_cache(maxsize=64)
def _bands(
    form: Form, wording: tuple[tuple[str, str], ...]
) -> list[tuple[str, dict[str, object], list[Plan]]]:
    """The key, labels and rows of each band: the same for every report of one wording."""
    return [
        (band.key, *_band(table, band, dict(wording)))
        for table in form.tables
        for band in table.bands
    ]


def _band(table: Table, band: Band, wording: Wording) -> tuple[dict[str, object], list[Plan]]:
    labels = vars(_labels(table, band.columns, (), wording))
    paths = band.row_paths
    rows = [_row(table, band, *both, wording) for both in zip(paths, ((), *paths), strict=False)]
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


def _row(table: Table, band: Band, path: Path, before: Path, wording: Wording) -> Plan:
    row: Plan = {"label": label_of(table, path, wording), "depth": len(path)}
    for level in range(1, len(path)):
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

        place[column[-1].key] = _Figure(table.figure_address(path, column))

    return row
