"""What a template may name: the report's text, labels and figures, all of them ready to print.

A band of a table goes by its key, with its labels as attributes (`requests.natural`) and its
`rows` (`row.label`, `row.natural`, `row.group1.merge`). `vmerge` takes a `merge`.
"""

from types import SimpleNamespace
from typing import Any

from docgen.forms.form import Band, Form, Line, Path, Table, key_of
from docgen.forms.layout import Merge, label_of
from docgen.model import Report
from docgen.printing import paragraph, print_figure, print_signature, print_title


def context(form: Form, report: Report) -> dict[str, Any]:
    """Everything a template of this form may name."""
    name, date = print_signature(report)
    names: dict[str, Any] = {
        "title": print_title(report),
        "preface": [_paragraph(text) for text in report.preface],
        "sections": SimpleNamespace(
            **{
                section.key: SimpleNamespace(
                    title=section.title,
                    paragraphs=[_paragraph(t) for t in report.sections.get(section.key, ())],
                )
                for section in form.sections
            }
        ),
        "signature": SimpleNamespace(name=name, date=date),
    }
    for table in form.tables:
        for band in table.bands:
            names[band.key] = _band(table, band, report)
    return names


def _paragraph(text: str) -> SimpleNamespace:
    return SimpleNamespace(**paragraph(text)._asdict())


def _band(table: Table, band: Band, report: Report) -> SimpleNamespace:
    names = _labels(table, band.columns, (), report)
    names.title, names.corner = band.title, band.corner
    before: Path = ()
    names.rows = []
    for path in band.row_paths:
        names.rows.append(_row(table, band, path, before, report))
        before = path
    return names


def _labels(table: Table, lines: tuple[Line, ...], above: Path, report: Report) -> SimpleNamespace:
    """Column labels by key; a group in addresses holds its own as `label`, beside its parts."""
    names = SimpleNamespace()
    for line in lines:
        path = (*above, line)
        label = label_of(table, path, report.wording)
        if not line.parts:
            setattr(names, line.key, label)
        elif line.in_address:
            parts = _labels(table, line.parts, path, report)
            parts.label = label
            setattr(names, line.key, parts)
        else:
            setattr(names, line.key, label)
            vars(names).update(vars(_labels(table, line.parts, path, report)))
    return names


def _row(table: Table, band: Band, path: Path, before: Path, report: Report) -> SimpleNamespace:
    row = SimpleNamespace(label=label_of(table, path, report.wording), depth=len(path))
    for level in range(1, len(path)):
        continues = before[:level] == path[:level]
        merge: Merge = "continue" if continues else "restart"
        label = "" if continues else label_of(table, path[:level], report.wording)
        setattr(row, f"group{level}", SimpleNamespace(label=label, merge=merge))
    for column in band.column_paths:
        address = ".".join(filter(None, (table.key, key_of(path), key_of(column))))
        place = row
        for line in column[:-1]:
            if line.in_address:
                vars(place).setdefault(line.key, SimpleNamespace())
                place = getattr(place, line.key)
        setattr(place, column[-1].key, print_figure(report, address))
    return row
