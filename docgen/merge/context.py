"""What a template may name: the report's text, labels and figures, all of them ready to print.

A band of a table goes by its key, with its labels as attributes (`requests.natural`) and its
`rows` (`row.label`, `row.natural`, `row.group1.merge`). `vmerge` takes a `merge`.
"""

import re
from types import SimpleNamespace
from typing import Any

from docgen.forms.form import Band, Form, Line, Path, Table, key_of
from docgen.forms.layout import Merge, label_of
from docgen.model import Report, print_date, print_number

#: What a draft prints where the report has nothing; an issued document never holds it.
UNKNOWN = "【未填】"

_LEVEL_TWO = re.compile(r"（[一二三四五六七八九十]+）")
_LONGEST_HEADING = 50

#: A title line holds 20 characters of 22 pt (GB/T 9704: 版心 156 mm); a longer one is broken.
_TITLE_LINE = 20


def print_figure(report: Report, address: str) -> str:
    """A figure as it is printed."""
    number = report.figures.get(address)
    return UNKNOWN if number is None else print_number(number)


def print_title(report: Report) -> str:
    """The title; a line break that only marks where it may be broken is used when it must."""
    title = report.title or UNKNOWN
    joined = title.replace("\n", "")
    width = sum(1.0 if ord(character) > 0x2E80 else 0.5 for character in joined)
    return joined if width <= _TITLE_LINE else title


def print_signature(report: Report) -> tuple[str, str]:
    """Name and date of issue."""
    date = report.signature.date
    return report.signature.name or UNKNOWN, print_date(date) if date else UNKNOWN


def context(form: Form, report: Report) -> dict[str, Any]:
    """Everything a template of this form may name."""
    name, date = print_signature(report)
    names: dict[str, Any] = {
        "title": print_title(report),
        "preface": [paragraph(text) for text in report.preface],
        "sections": SimpleNamespace(
            **{
                section.key: SimpleNamespace(
                    title=section.title,
                    paragraphs=[paragraph(t) for t in report.sections.get(section.key, ())],
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


def paragraph(text: str) -> SimpleNamespace:
    """A paragraph with its heading sentence apart: `（一）…。` runs in, or is all there is."""
    if not _LEVEL_TWO.match(text):
        return SimpleNamespace(heading=False, lead="", rest=text)
    end = text.find("。") + 1 or len(text)
    if end > _LONGEST_HEADING:
        return SimpleNamespace(heading=False, lead="", rest=text)
    return SimpleNamespace(heading=end == len(text), lead=text[:end], rest=text[end:])


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
