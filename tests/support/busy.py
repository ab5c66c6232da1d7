"""A busy report to read: sound, and no two of its figures alike, so that none can be mistaken."""

import csv
import io
import itertools
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from door import Run, plain
from forms import FORM
from sound import sound_figures

from docgen.blank.to_csv import write_csv_sheets
from docgen.blank.to_xlsx import write_workbook
from docgen.model import Report, print_date
from docgen.read import read_report

FACTS, TEXT = "基本情况.csv", "正文.csv"
ONE, TWO, THREE = (f"{table.name}.csv" for table in FORM.tables)

Rows = list[list[str]]

_HIDDEN = {"figures", "wording", "answers", "units", "absent"}

#: What a report is as a workbook, by the report as JSON: hundreds of tests begin with the same one.
_workbooks: dict[str, bytes] = {}
_saved_workbooks: dict[str, bytes] = {}


def busy_report(like: Report) -> Report:
    """This report with figures of its own everywhere, and without wording of its own."""
    numbers = itertools.count(10, 3)
    figures = sound_figures(lambda: next(numbers), Decimal("190.457379"))
    sections = {key: tuple(plain(paragraphs)) for key, paragraphs in like.sections.items()}
    body = like.body.model_copy(update={"name": "乌苏市甘河子镇管理委员会", "level": "prefecture"})
    update = {"figures": figures, "wording": {}, "sections": sections, "body": body}
    update["signature"] = like.signature.model_copy(update={"name": body.name})
    return like.model_copy(update=update)


def write_folder(report: Report, folder: Path) -> Path:
    """The report as a folder of CSV files."""
    folder.mkdir(exist_ok=True)
    for name, data in write_csv_sheets(FORM, report).items():
        (folder / name).write_bytes(data)
    return folder


def write_xlsx(report: Report, path: Path) -> Path:
    """The report as a workbook."""
    key = report.model_dump_json()
    if key not in _workbooks:
        _workbooks[key] = write_workbook(FORM, report)
    path.write_bytes(_workbooks[key])
    return path


def as_json(report: Report) -> dict[str, Any]:
    """The report as a JSON input."""
    figures: dict[str, Any] = {}
    for address, number in report.figures.items():
        table, row, column = address.split(".")
        exact = float(number) if isinstance(number, Decimal) else number
        figures.setdefault(table, {}).setdefault(row, {})[column] = exact
    tree = report.model_dump(mode="json", exclude=_HIDDEN, exclude_none=True)
    date = report.signature.date
    tree["signature"]["date"] = print_date(date) if date else ""
    return {**tree, "figures": figures}


def edit_xlsx(report: Report, path: Path, edits: Mapping[tuple[str, str], object]) -> Path:
    """The report as a workbook saved by another program, with cells of its own.

    Totals stand there as numbers: that program keeps no results of formulas.
    """
    key = report.model_dump_json()
    if key not in _saved_workbooks:
        _saved_workbooks[key] = _saved_elsewhere(write_xlsx(report, path))

    book = openpyxl.load_workbook(io.BytesIO(_saved_workbooks[key]))
    for (title, coordinate), value in edits.items():
        book[title][coordinate].value = value
    book.save(path)
    return path


def _saved_elsewhere(path: Path) -> bytes:
    """A workbook as a program saves it that keeps no formula."""
    book = openpyxl.load_workbook(path)
    results = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value = results[sheet.title][cell.coordinate].value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def change(path: Path, edit: Callable[[Rows], Rows | None], encoding: str = "utf-8-sig") -> None:
    """Edit the rows of a CSV file, as Excel would."""
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    rows = edit(rows) or rows
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding))


def put(path: Path, cell: str, value: str) -> None:
    """Write one cell of a CSV file."""
    letter, number = re.fullmatch(r"([A-Z])(\d+)", cell).groups()  # type: ignore[union-attr]

    def edit(rows: Rows) -> None:
        row = rows[int(number) - 1]
        row += [""] * (ord(letter) - 64 - len(row))
        row[ord(letter) - 65] = value

    change(path, edit)


def read(path: Path) -> Report:
    """The report in an input."""
    return read_report(path).report


def said(run: Run, code: str) -> list[dict[str, Any]]:
    """The findings of this code."""
    return [found for line in run.lines for found in line["findings"] if found["code"] == code]


def cells(run: Run, code: str) -> list[str]:
    """The cells that findings of this code name."""
    return [place["cell"] for found in said(run, code) for place in found["places"]]


def errors(run: Run) -> list[str]:
    """The codes of severity error."""
    found = (finding for line in run.lines for finding in line["findings"])
    return [finding["code"] for finding in found if finding["severity"] == "error"]


def nothing_written(folder: Path) -> bool:
    """Whether no output is there."""
    return not any((folder / "outputs").rglob("*"))


def refused(run: Run, code: int, rule: str, name: str, folder: Path) -> str:
    """Asserts how an input is refused; gives the message."""
    assert (run.code, errors(run)) == (code, [rule])
    found = said(run, rule)[0]
    assert name in found["message"]
    assert found["cure"]
    assert "Traceback" not in run.err
    assert nothing_written(folder)
    return str(found["message"])
