"""A workbook of the same sheets, in the looks of the form, with a guide before them.

Totals are locked formulas, each cell takes its kind alone, what is empty is marked and counted.
"""

from copy import copy

from openpyxl import Workbook

from docgen.blank.sheets import has_text
from docgen.blank.to_xlsx.guide import write_guide
from docgen.blank.to_xlsx.last_year import is_of_last_year, write_last_year
from docgen.blank.to_xlsx.pairs import write_facts, write_texts, write_waivers
from docgen.blank.to_xlsx.style import SIZE, SONG, Wardrobe
from docgen.blank.to_xlsx.tables import FilledTable
from docgen.blank.to_xlsx.totals import stored_totals
from docgen.blank.to_xlsx.unfilled import Unfilled, count_table
from docgen.files import ooxml
from docgen.files.ooxml import tag_of
from docgen.files.xlsx import STILL, store_results, to_parts
from docgen.forms.form import Form
from docgen.model import (
    FACT_SHEET,
    GUIDE_SHEET,
    TEXT_SHEET,
    WAIVER_SHEET,
    Reading,
    Report,
)

#: What a font says, in the order of the schema (CT_Font); openpyxl has one of its own.
_FONT_ORDER = ("b", "i", "u", "sz", "color", "name", "family", "charset", "scheme")


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

    parts["xl/styles.xml"] = _order_fonts(parts["xl/styles.xml"])
    return ooxml.write_package(parts)


def _order_fonts(styles: bytes) -> bytes:
    """Return the styles with fonts as programs want them; the first one is the body's.

    By the digits of the first font the widths of columns are counted.
    """
    root = ooxml.parse(styles)
    usual, *others = root.findall("{*}fonts/{*}font")
    body = next(font for font in others if _is_body(font))
    usual[:] = [copy(child) for child in body]
    for font in (usual, *others):
        font[:] = sorted(
            font, key=lambda child: _FONT_ORDER.index(tag_of(child).rpartition("}")[2])
        )

    return ooxml.serialize(root)


def _is_body(font: ooxml.Element) -> bool:
    """Whether a font is that of the cells."""
    said = {tag_of(child).rpartition("}")[2]: child.get("val") for child in font}
    return said == {"name": SONG, "charset": "134", "sz": f"{SIZE:g}"}
