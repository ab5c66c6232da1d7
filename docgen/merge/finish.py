"""What no tag can say: the signature on one axis and kept with the text, the mark of a draft."""

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Pt, RGBColor
from docx.text.paragraph import Paragraph

#: The built-in paragraph styles that mark name and date in a template.
NAME_STYLE, DATE_STYLE = "Signature", "Date"
DRAFT_MARK = "草稿　尚有问题未解决，不得用印"
_EM = Pt(16)  # 3号
_DATE_INDENT = 4  # 成文日期右空四字 (GB/T 9704—2012 7.3.5.1)


def hold_signature(document: Document) -> None:
    """Centre name and date on one axis with the date four characters from the right.

    Both are centred in the box that lies evenly about that axis and ends at the right margin;
    a long name breaks inside it. The last text and the empty line before are kept with them.
    """
    paragraphs = document.paragraphs
    signed = [i for i, p in enumerate(paragraphs) if p.style and p.style.name == NAME_STYLE]
    dated = [i for i, p in enumerate(paragraphs) if p.style and p.style.name == DATE_STYLE]
    if not signed or not dated:
        return
    date = paragraphs[dated[-1]]
    em = _font_size(date)
    width = sum(em if ord(character) > 0x2E80 else em // 2 for character in date.text)
    section = document.sections[-1]
    text_width = (
        (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    )
    left = max(text_width - 2 * (_DATE_INDENT * em + width // 2), 0)
    for paragraph in (paragraphs[signed[-1]], date):
        _centre_in_box(paragraph, Length(left))
    for paragraph in _lead_in(paragraphs, signed[-1]):
        paragraph.paragraph_format.keep_with_next = True


def _centre_in_box(paragraph: Paragraph, left: Length) -> None:
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)  # with any indent in characters, which would win
    layout = paragraph.paragraph_format
    layout.left_indent, layout.right_indent, layout.first_line_indent = left, Length(0), Length(0)
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    indent: Any = properties.find(qn("w:ind"))
    for name in ("w:leftChars", "w:rightChars", "w:firstLineChars"):
        indent.set(qn(name), "0")


def _lead_in(paragraphs: list[Paragraph], signature: int) -> list[Paragraph]:
    """The name, the empty lines before it and the last text above them."""
    first = signature - 1
    while first > 0 and not paragraphs[first].text.strip():
        first -= 1
    return paragraphs[max(first, 0) : signature + 1]


def _font_size(paragraph: Paragraph) -> int:
    style: Any = paragraph.style
    while style is not None:
        if style.font.size:
            return int(style.font.size)
        style = style.base_style
    return int(_EM)


def mark_draft(document: Document) -> None:
    """Say 草稿 at the head of every page."""
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
