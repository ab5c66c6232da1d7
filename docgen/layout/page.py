"""The page: any DOCX measured against GB/T 9704—2012, from its XML alone.

A form may ask for something else of its page, or for no standard: then its clauses are not judged.
"""

from docgen.codes import CODES
from docgen.finding import Finding
from docgen.forms.form import Form
from docgen.layout.clause import IN_FILE, Departures
from docgen.layout.own_page import measure_direction, measure_room
from docgen.layout.page_number import measure_footers
from docgen.layout.paragraphs import measure_paragraphs
from docgen.layout.roles import form_tables, read_roles
from docgen.layout.sheet import measure_sheet
from docgen.layout.signature import measure_signature
from docgen.layout.tables import measure_tables
from docgen.layout.typefaces import measure_fonts, measure_typefaces
from docgen.word.content import read_content
from docgen.word.package import open_document


def check_page(data: bytes, name: str, form: Form | None = None) -> list[Finding]:
    """Return where a document departs from the standard; `name` is what its places call it.

    A document of a `form` is held against what the form says of its page, too. Raise NotPackage
    if it is no DOCX.
    """
    opened = open_document(data)
    content = read_content(opened, name)
    text = read_roles(content)

    departures = Departures(IN_FILE)
    if form is not None:
        measure_direction(content, form, departures, name)
    if form is not None and not form.page.standard:
        measure_room(content, departures)
        return departures.findings()

    measure_sheet(content, text, departures, name)
    measure_typefaces(text, departures)
    measure_paragraphs(content, text, departures)
    measure_tables(content, text.notes, form_tables(content, form), departures)
    measure_footers(opened, content, departures, name)
    if form is None or form.signed:
        measure_signature(content, text, departures, name)
    measure_fonts(opened, content, departures, name)  # last: fonts that nothing else named

    return departures.findings()


def clauses_not_judged(form: Form | None) -> list[str]:
    """Return the codes of what is not looked at because the form follows no standard."""
    if form is None or form.page.standard:
        return []
    return [code for code in CODES if code.startswith("P")]
