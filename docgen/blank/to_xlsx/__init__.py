"""A workbook of the same sheets, in the looks of the form, with a guide before them.

Totals are locked formulas, each cell takes its kind alone, what is empty is marked and counted.
"""

from openpyxl import Workbook

from docgen.blank.sheets import has_text
from docgen.blank.to_xlsx.guide import write_guide
from docgen.blank.to_xlsx.last_year import is_of_last_year, write_last_year
from docgen.blank.to_xlsx.pairs import write_facts, write_texts, write_waivers
from docgen.blank.to_xlsx.style import SIZE, SONG, Wardrobe
from docgen.blank.to_xlsx.tables import FilledTable
from docgen.blank.to_xlsx.totals import store_results, stored_totals
from docgen.blank.to_xlsx.unfilled import Unfilled, count_table
from docgen.files import ooxml
from docgen.files.xlsx import STILL, to_parts
from docgen.forms.form import Form
from docgen.model import (
    FACT_SHEET,
    GUIDE_SHEET,
    TEXT_SHEET,
    WAIVER_SHEET,
    Reading,
    Report,
)

#: The font by whose digits the widths of columns count, as openpyxl has it.
_USUAL_FONT = (
    b'<name val="Calibri"/><family val="2"/><color theme="1"/><sz val="11"/><scheme val="minor"/>'
)


def write_workbook(form: Form, report: Report, last: Reading | None = None) -> bytes:
    """Return the bytes of the workbook; the same for the same report.

    Beside the cells stand the figures of `last`, if it is last year's report of the same kind.
    """
    book = Workbook()
    guide = book.worksheets[0]
    guide.title = GUIDE_SHEET
    book.properties.creator = report.body.name or "docgen"
    book.properties.created = STILL
    if last is not None and not is_of_last_year(form, report, last):
        last = None

    wardrobe = Wardrobe()
    counted: dict[str, Unfilled | None] = {}
    results: dict[str, dict[str, str]] = {}
    counted[FACT_SHEET] = write_facts(book.create_sheet(FACT_SHEET), wardrobe, form, report)
    for table in form.tables:
        filled = FilledTable(book.create_sheet(table.name), form, table, report, wardrobe)
        filled.write()
        if last is not None:
            write_last_year(filled, last)
        counted[table.name] = count_table(table.name, filled.spots)
        results[table.name] = stored_totals(filled.rows)

    if has_text(form):
        counted[TEXT_SHEET] = write_texts(book.create_sheet(TEXT_SHEET), wardrobe, form, report)
    if report.waivers:
        write_waivers(book.create_sheet(WAIVER_SHEET), wardrobe, report)
    results[GUIDE_SHEET] = write_guide(guide, form, report, counted, has_last=last is not None)

    return _package(book, results)


def _package(book: Workbook, results: dict[str, dict[str, str]]) -> bytes:
    """Return the workbook as bytes, with the results of its formulas by sheet and cell."""
    parts = to_parts(book, STILL)
    for number, name in enumerate(book.sheetnames, start=1):
        part = f"xl/worksheets/sheet{number}.xml"
        if results.get(name):
            parts[part] = store_results(parts[part], results[name])
        if name in (FACT_SHEET, TEXT_SHEET, WAIVER_SHEET):  # rows grow with what is typed there
            parts[part] = parts[part].replace(b' customHeight="1"', b"")

    font = f'<name val="{SONG}"/><charset val="134"/><sz val="{SIZE:g}"/>'.encode()
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(_USUAL_FONT, font)
    return ooxml.write_package(parts)
