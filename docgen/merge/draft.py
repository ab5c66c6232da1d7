"""The mark of a draft, on every page."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from docgen import ooxml

DRAFT_MARK = "草稿　尚有问题未解决，不得用印"


def mark_draft(data: bytes) -> bytes:
    """The same document with 草稿 at the head of odd, even and first pages."""
    document = Document(io.BytesIO(data))
    for section in document.sections:
        headers = [section.header, section.even_page_header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0].insert_paragraph_before()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(DRAFT_MARK)
            run.font.size, run.font.color.rgb = Pt(22), RGBColor(0xC0, 0, 0)
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:eastAsia"), "黑体")
            fonts.set(qn("w:hint"), "eastAsia")
    stream = io.BytesIO()
    document.save(stream)
    return ooxml.write_package(ooxml.read_parts(stream.getvalue()))
