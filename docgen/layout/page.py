"""The page: any DOCX measured against GB/T 9704—2012, from its XML alone."""

from docgen.finding import Finding
from docgen.layout.clause import IN_FILE, Departures
from docgen.layout.page_number import measure_footers
from docgen.layout.paragraphs import measure_paragraphs
from docgen.layout.roles import read_roles
from docgen.layout.sheet import measure_sheet
from docgen.layout.signature import measure_signature
from docgen.layout.tables import measure_tables
from docgen.layout.typefaces import measure_fonts, measure_typefaces
from docgen.word.content import read_content
from docgen.word.package import open_document


def check_page(data: bytes, name: str) -> list[Finding]:
    """Return where a document departs from the standard; `name` is what its places call it.

    Raise NotPackage if it is no DOCX.
    """
    opened = open_document(data)
    content = read_content(opened, name)
    text = read_roles(content)

    departures = Departures(IN_FILE)
    measure_sheet(content, text, departures, name)
    measure_typefaces(text, departures)
    measure_paragraphs(content, text, departures)
    measure_tables(content, departures)
    measure_footers(opened, content, departures, name)
    measure_signature(content, text, departures, name)
    measure_fonts(opened, content, departures, name)  # last: fonts that nothing else named

    return departures.findings()
