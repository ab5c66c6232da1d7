"""CSV files as Excel and WPS open them by double-click: UTF-8 with BOM, CRLF."""

import csv
import io

from docgen.blank.sheets import (
    Rows,
    fact_rows,
    has_text,
    table_rows,
    text_rows,
    waiver_rows,
)
from docgen.forms.form import Form
from docgen.model import FACT_SHEET, TEXT_SHEET, WAIVER_SHEET, Report, print_number


def write_csv_sheets(form: Form, report: Report) -> dict[str, bytes]:
    """Return the CSV files of a report by file name; `form` is the form of this report."""
    sheets = {FACT_SHEET: fact_rows(form, report)}
    sheets |= {table.name: table_rows(form, table, report) for table in form.tables}
    if has_text(form):
        sheets[TEXT_SHEET] = text_rows(form, report)
    if report.waivers:
        sheets[WAIVER_SHEET] = waiver_rows(report)
    return {f"{name}.csv": _csv_bytes(rows) for name, rows in sheets.items()}


def _csv_bytes(rows: Rows) -> bytes:
    """Return the bytes of one sheet."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            ""
            if cell.value is None
            else cell.value
            if isinstance(cell.value, str)
            else print_number(cell.value)
            for cell in row
        )

    return stream.getvalue().encode("utf-8-sig")
