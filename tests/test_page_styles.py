"""What a paragraph is in the end: inherited styles, themes, defaults, lists, boxes and tables."""

import io

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from docgen.files import ooxml
from docgen.finding import Finding
from docgen.layout.page import check_page

HAN = "我镇认真贯彻落实各项决策部署。"


def found_in(document: object, language: str = "") -> list[Finding]:
    """What is found in a python-docx document, with the theme's fonts for a language."""
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    parts = ooxml.read_parts(stream.getvalue())
    if language:
        old, new = b'w:eastAsia="ja-JP"', f'w:eastAsia="{language}"'.encode()
        assert old in parts["word/settings.xml"]
        parts["word/settings.xml"] = parts["word/settings.xml"].replace(old, new)
    return check_page(ooxml.write_package(parts), "word.docx")


def message(found: list[Finding], code: str) -> str:
    return "；".join(finding.message for finding in found if finding.code == code)


def east_asian(properties: object, font: str) -> None:
    """Set the Chinese font of a run or style."""
    properties.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # type: ignore[attr-defined]


def body_of(document: object) -> Paragraph:
    """A paragraph of text under a title."""
    document.add_heading("报告", 0)  # type: ignore[attr-defined]
    paragraph: Paragraph = document.add_paragraph(HAN)  # type: ignore[attr-defined]
    return paragraph


@pytest.mark.parametrize(
    ("language", "font"), [("zh-CN", "宋体"), ("zh-TW", "新細明體"), ("ja-JP", "ＭＳ 明朝")]
)
def test_a_theme_gives_the_font_of_its_language(language: str, font: str) -> None:
    document = Document()
    body_of(document)
    assert f"“{font}”" in message(found_in(document, language), "P205")


def test_a_style_takes_what_it_is_based_on() -> None:
    document = Document()
    base = document.styles.add_style("公文", 1)
    east_asian(base.element, "仿宋")
    middle = document.styles.add_style("公文正文", 1)
    middle.base_style = base
    last = document.styles.add_style("公文正文二", 1)
    last.base_style = middle
    body_of(document).style = last
    assert message(found_in(document), "P205") == ""
    east_asian(middle.element, "宋体")
    assert "“宋体”" in message(found_in(document), "P205")


def test_a_character_style_and_the_run_come_last() -> None:
    document = Document()
    strong = document.styles.add_style("引题", 2)
    east_asian(strong.element, "楷体")
    paragraph = body_of(document)
    paragraph.runs[0].style = strong
    assert "“楷体”" in message(found_in(document), "P205")
    east_asian(paragraph.runs[0]._r, "仿宋_GB2312")
    assert message(found_in(document), "P205") == ""


def test_styles_based_on_each_other_end() -> None:
    document = Document()
    first, second = (document.styles.add_style(name, 1) for name in ("甲", "乙"))
    first.base_style, second.base_style = second, first
    body_of(document).style = first
    assert found_in(document)


def test_hidden_and_deleted_text_is_not_measured() -> None:
    document = Document()
    paragraph = body_of(document)
    east_asian(paragraph.runs[0]._r, "仿宋")
    run = paragraph.add_run("隐藏的字")
    run.font.hidden = True
    holder: ooxml.Element = paragraph._p
    holder.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:t>删去的字</w:t></w:r></w:del>"))
    assert message(found_in(document), "P205") == ""


def test_inserted_text_and_content_controls_are_measured() -> None:
    document = Document()
    paragraph = body_of(document)
    holder: ooxml.Element = paragraph._p
    east_asian(paragraph.runs[0]._r, "仿宋")
    for wrapper in (
        "<w:ins {0}>{1}</w:ins>",
        "<w:sdt {0}><w:sdtContent>{1}</w:sdtContent></w:sdt>",
    ):
        inner = "<w:r><w:t>添上的字</w:t></w:r>"
        added = parse_xml(wrapper.format(nsdecls("w"), inner))
        holder.append(added)
        assert "“ＭＳ 明朝”" in message(found_in(document), "P205")
        holder.remove(added)


def test_a_red_head_is_not_taken_for_the_title() -> None:
    document = Document()
    document.add_paragraph("乌苏市甘河子镇人民政府文件")
    document.add_paragraph("甘政发〔2025〕1号")
    document.add_paragraph("关于报送年度报告的报告")
    document.add_paragraph(HAN)
    found = {f.code: f for f in found_in(document)}
    assert "第 3 段“关于报送年度报告的报告”" in found["P201"].places[0].cell


def test_a_recipient_stands_flush_left() -> None:
    document = Document()
    document.add_heading("报告", 0)
    document.add_paragraph("乌苏市人民政府：")
    document.add_paragraph(HAN)
    (finding,) = [f for f in found_in(document) if f.code == "P303"]
    assert [place.cell for place in finding.places] == [f"第 3 段“{HAN}”"]


def test_two_typed_spaces_are_an_indent() -> None:
    document = Document()
    body_of(document).runs[0].text = f"　　{HAN}"
    assert message(found_in(document), "P303") == ""


def test_a_turned_section_is_measured_turned() -> None:
    document = Document()
    body_of(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(35), Mm(37)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    codes = {finding.code for finding in found_in(document)}
    assert not codes & {"P101", "P102", "P103", "P104", "P407"}


def test_a_date_typed_with_spaces_at_its_end_is_measured_with_them() -> None:
    document = Document()
    body_of(document)
    document.add_paragraph("")
    document.add_paragraph("乌苏市甘河子镇人民政府")
    date = document.add_paragraph("2025年1月20日　　　　")
    date.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    codes = {finding.code for finding in found_in(document)}
    assert "P503" not in codes
    assert "P505" in codes


def test_fonts_of_headers_and_boxes_are_told() -> None:
    document = Document()
    body_of(document)
    run = document.sections[0].header.paragraphs[0].add_run("内部资料")
    east_asian(run._r, "微软雅黑")
    assert "“微软雅黑”" in message(found_in(document), "P210")


def test_a_page_number_in_a_text_box_on_the_outside_is_on_its_side() -> None:
    document = Document()
    body_of(document)
    drawing = (
        f"<w:r {nsdecls('w', 'wp', 'a')}><w:drawing><wp:anchor><wp:positionH relativeFrom='margin'>"
        "<wp:align>outside</wp:align></wp:positionH><a:graphic><a:graphicData><w:txbxContent><w:p>"
        "<w:r><w:t>— </w:t></w:r><w:fldSimple w:instr='PAGE'/><w:r><w:t> —</w:t></w:r></w:p>"
        "</w:txbxContent></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
    document.sections[0].footer.paragraphs[0]._p.append(parse_xml(drawing))
    codes = {finding.code for finding in found_in(document)}
    assert {"P403", "P404"} <= codes
    assert not codes & {"P401", "P402", "P405", "P406"}


def test_a_table_set_wider_than_its_grid_is_too_wide() -> None:
    document = Document()
    body_of(document)
    table = document.add_table(1, 2)
    width = table._tbl.tblPr.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), "10000")
    assert message(found_in(document), "P601") == "文件里表格宽 176.4 mm，应不宽于版心 156 mm"
