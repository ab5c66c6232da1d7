"""The page: any DOCX measured against GB/T 9704—2012, from its XML alone."""

from docgen.finding import Finding
from docgen.layout.page.faults import Faults
from docgen.layout.page.fonts import measure_fonts
from docgen.layout.page.footer import measure_footers
from docgen.layout.page.roles import read_roles
from docgen.layout.page.sheet import measure_sheet
from docgen.layout.page.signature import measure_signature
from docgen.layout.page.tables import measure_tables
from docgen.layout.page.text import measure_text
from docgen.word.content import read_content
from docgen.word.package import open_document

__all__ = ["check_page"]


def check_page(data: bytes, name: str) -> list[Finding]:
    """Where a document departs from the standard; `name` is what its places call it.

    Raises NotPackage if it is no DOCX.
    """
    opened = open_document(data)
    content = read_content(opened, name)
    text = read_roles(content)
    faults = Faults()
    measure_sheet(content, text, faults, name)
    measure_text(content, text, faults)
    measure_tables(content, faults)
    measure_footers(opened, content, faults, name)
    measure_signature(content, text, faults, name)
    measure_fonts(opened, content, faults, name)
    return faults.findings()
