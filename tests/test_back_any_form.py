"""`docgen back` for every form by its declaration: each cell changed in Word is told as itself."""

import json
from pathlib import Path
from typing import Any

import leader
import pytest
from door import PROJECT, Docgen, Run, write_json
from forms import FORMS
from toy import TOY, install_toy, toy_tree

from docgen.blank.to_csv import write_csv_sheets
from docgen.blank.to_xlsx import write_workbook
from docgen.forms.form import Form
from docgen.merge.addresses import expected_addresses
from docgen.merge.expected import expected_blocks
from docgen.model import Reading
from docgen.read import read_report

BACK = Path("2024改.docx")


def install(form: Form, folder: Path) -> dict[str, Any]:
    """Have docgen know a form; a sound report of it."""
    if form is TOY:
        install_toy(folder)
        return toy_tree()
    path = PROJECT / "docgen" / "forms" / form.key / "example.json"
    tree: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return tree


def write_input(kind: str, tree: dict[str, Any]) -> Path:
    """Write a report as an input of a kind."""
    Path("inputs").mkdir()
    path = write_json(Path("inputs/2024.json"), tree)
    if kind == "json":
        return path

    reading = read_report(path)
    path.unlink()
    if kind == "xlsx":
        path = path.with_suffix(".xlsx")
        path.write_bytes(write_workbook(reading.form, reading.report))
        return path
    path = path.with_suffix("")
    path.mkdir()
    for name, data in write_csv_sheets(reading.form, reading.report).items():
        (path / name).write_bytes(data)
    return path


def cells_of(reading: Reading) -> list[tuple[str, int, int, int]]:
    """Every cell with an address: that, and its table, row and cell in the document, from 0."""
    expected = expected_blocks(reading.form, reading.report)
    addresses = expected_addresses(reading.form, reading.report)
    tables = [a for b, a in zip(expected, addresses, strict=True) if not isinstance(b, str)]
    return [
        (address, table, row, cell)
        for table, rows in enumerate(tables)
        if not isinstance(rows, str)
        for row, line in enumerate(rows)
        for cell, address in enumerate(line)
        if address in reading.form.cells
    ]


#: The forms that issue a document with a table in it.
WITH_CELLS = [TOY, *(form for form in FORMS.values() if form.template and form.tables)]


@pytest.mark.parametrize("kind", ["json", "folder", "xlsx"])
@pytest.mark.parametrize("form", WITH_CELLS, ids=lambda form: str(form.key))
def test_every_cell_is_told_as_itself(docgen: Docgen, folder: Path, form: Form, kind: str) -> None:
    """All cells are changed at once, each to a figure of its own; each is told where it stands."""
    path = write_input(kind, install(form, folder))
    reading = read_report(path)
    cells = cells_of(reading)
    run = docgen("render", path)
    assert run.code == 0, run.err
    new: dict[str, str] = {}
    for number, (address, *_) in enumerate(cells):
        is_number = reading.form.cells[address].kind.is_number
        new[address] = str(90_000 + number) if is_number else f"改成{number}"
    leader.rewrite_cells(
        Path("outputs/2024.docx"), BACK, {(t, r, c): new[a] for a, t, r, c in cells}
    )

    told = _told(docgen("back", BACK, "--json"))
    assert {change["address"]: change["after"] for change in told["changes"]} == new
    for change in told["changes"]:
        where = f"2024.json figures.{change['address']}"  # of one that a JSON leaves out
        assert change["place"] == str(reading.places.get(change["address"], where))


def _told(run: Run) -> dict[str, Any]:
    assert run.code == 1, run.err
    [line] = run.lines
    return line


@pytest.mark.parametrize("kind", ["json", "folder", "xlsx"])
def test_units_lines_and_texts(docgen: Docgen, folder: Path, kind: str) -> None:
    """The name of a unit, a line of text and an answer are taken over and issued again."""
    path = write_input(kind, install(TOY, folder))
    assert docgen("render", path).code == 0
    reading = read_report(path)
    site = next(one for one in cells_of(reading) if one[0] == "library.site.value")
    leader.rewrite_cells(
        Path("outputs/2024.docx"), BACK, {site[1:]: "清水镇图书室新馆"}, {"城西分馆": "城西新馆"}
    )
    document = leader.opened(BACK)
    [clerk] = [one for one in document.paragraphs if one.text.startswith("经办")]
    leader.say(clerk, "经办：李四")
    document.save(str(BACK))

    done = docgen("back", BACK, "--yes")
    assert done.code == 0, done.out + done.err
    assert "逐字相同" in done.err
    report = read_report(path).report
    assert report.units["branches"][1] == "城西新馆"
    assert report.answers["library.site.value"] == "清水镇图书室新馆"
    assert report.answers["contact.clerk.value"] == "李四"


def test_a_unit_taken_out(docgen: Docgen, folder: Path) -> None:
    """The row of a unit that is gone is one refusal, which says where to take it out."""
    path = write_input("json", install(TOY, folder))
    assert docgen("render", path).code == 0
    document = leader.opened(Path("outputs/2024.docx"))
    [row] = [
        row._tr
        for table in document.tables
        for row in table.rows
        if row.cells[0].text == "城西分馆"
    ]
    row.getparent().remove(row)
    document.save(str(BACK))
    run = docgen("back", BACK)
    assert run.code == 1
    assert run.err.count("V124") == 1
    assert "请在输入里删去它的一行" in run.err
