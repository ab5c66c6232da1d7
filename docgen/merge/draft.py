"""The heading of a draft, on every page: in red where errors are left, plain where none is."""

import io

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from docgen.files import ooxml

UNSOLVED, FOR_REVIEW = "草稿　尚有问题未解决，不得用印", "送审稿"
_RED, _BLACK = RGBColor(0xC0, 0, 0), RGBColor(0, 0, 0)


def mark_draft(data: bytes, *, unsolved: bool = True) -> bytes:
    """Return the same document with what it is at the head of odd, even and first pages."""
    mark, points, colour = (UNSOLVED, 22, _RED) if unsolved else (FOR_REVIEW, 16, _BLACK)
    document = Document(io.BytesIO(data))
    for section in document.sections:
        headers = [section.header, section.even_page_header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        for header in headers:
            header.is_linked_to_previous = False
            paragraph = header.paragraphs[0].insert_paragraph_before()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(mark)
            run.font.size, run.font.color.rgb = Pt(points), colour
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            fonts.set(qn("w:eastAsia"), "黑体")
            fonts.set(qn("w:hint"), "eastAsia")

    stream = io.BytesIO()
    document.save(stream)
    return ooxml.write_package(ooxml.read_parts(stream.getvalue()))
