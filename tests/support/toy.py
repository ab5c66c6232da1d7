"""A form that is unlike the first in everything the engine must not rely on; a report of it.

Its text is tests/data/forms/toy-2024: cells of every kind, a sheet, rows for each unit on a
landscape page, a table that a body may say it has no business for, lines; no preface, no running
text, no signature, no GB/T 9704.
"""

import json
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from door import DATA

from docgen.address import Address
from docgen.forms import loader
from docgen.forms.form import Form
from docgen.forms.table import Kind, Table
from docgen.model import Body, Report

TOY = loader.load_form(DATA / "forms" / "toy-2024")

UNITS = ("城东分馆", "城西分馆", "河口分馆")


def toy_tree() -> dict[str, Any]:
    """A sound report of the toy form as a JSON input."""
    path = DATA / "forms" / TOY.key / "example.json"
    tree: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return tree


def toy_report() -> Report:
    """The same report, typed."""
    tree = toy_tree()
    cells = {
        str(Address.of(table, row, column)): value
        for table, rows in tree["figures"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }
    form = TOY.as_reported(tree["units"], ())
    figures = {
        address: Decimal(str(cells[address]))
        if figure.kind in (Kind.AMOUNT, Kind.DECIMAL)
        else cells[address]
        for address, figure in form.figures.items()
        if address in cells
    }
    body = Body(name=tree["body"]["name"], level=tree["body"]["level"])
    return Report(
        form=TOY.key,
        year=tree["year"],
        body=body,
        title=f"{body.name}{tree['year']}年图书室工作年度报表",
        figures=figures,
        answers={address: str(cells[address]) for address in form.answers if address in cells},
        units={"branches": UNITS},
    )


def toy_sheets(report: Report) -> dict[str, list[list[str]]]:
    """The sheets of a toy report as a clerk types them: by sheet name, rows of texts."""
    form = TOY.as_reported(report.units, report.absent)
    values = {a: f"{number}" for a, number in report.figures.items()} | dict(report.answers)
    sheets = {
        "基本情况": [
            ["项目", "内容"],
            ["表式", form.key],
            ["年度", str(report.year)],
            ["机关名称", str(report.body.name)],
            ["机关层级", str(report.body.level)],
        ]
    }
    for table in form.tables:
        if table.is_absent:
            sheets[table.name] = [[table.absent]]
        elif table.shape == "grid":
            sheets[table.name] = _grid_rows(table, values)
        else:
            sheets[table.name] = _pair_rows(table, values)

    return sheets


def _pair_rows(table: Table, values: Mapping[str, str]) -> list[list[str]]:
    """Pairs of label and value; the group's label stands once, left of its first part."""
    band = table.bands[0]
    rows, above = [], ""
    for path in band.row_paths:
        group = path[0].label if len(path) > 1 else ""
        value = values.get(table.figure_address(path, band.column_paths[0]), "")
        labels = ["" if group == above else group, path[-1].label] if group else [path[-1].label]
        rows.append([*labels, *[""] * (band.label_columns - len(labels)), value])
        above = group

    return rows


def _grid_rows(table: Table, values: Mapping[str, str]) -> list[list[str]]:
    """A head of as many rows as it is deep, then the rows."""
    band = table.bands[0]
    depth = max(len(path) for path in band.column_paths)
    heads = [[band.corner] if not level else [""] for level in range(depth)]
    for path in band.column_paths:
        for level in range(depth):
            heads[level].append(path[level].label if level < len(path) else "")

    rows = []
    for row in band.row_paths:
        figures = [table.figure_address(row, column) for column in band.column_paths]
        rows.append([row[-1].label, *(values.get(address, "") for address in figures)])

    return [*heads, *rows]


def install_toy(folder: Path) -> Form:
    """Copy the forms of the tests to `./forms` of a folder to work in, where docgen looks."""
    shutil.copytree(DATA / "forms", folder / "forms")
    loader.use_folders()
    form = loader.find_form(TOY.key)
    assert form is not None
    return form
