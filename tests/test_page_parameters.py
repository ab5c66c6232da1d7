"""Each parameter of the standard changed alone in docgen's own document gives its one finding."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from door import INPUTS

from docgen.files import ooxml
from docgen.finding import Finding
from docgen.layout.page import check_page
from docgen.pipeline import Settings, issue
from docgen.registry import every_rule

RULES = {rule.code: rule for rule in every_rule()}

DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
ODD, EVEN = "word/footer1.xml", "word/footer2.xml"


class Change(NamedTuple):
    """What to change in a part: every match of a pattern, and the finding it must give."""

    code: str
    part: str
    pattern: str
    new: str
    says: str = ""


def in_style(code: str, style: str, kind: str, new: str, says: str = "") -> Change:
    """A property put at the start of those (`pPr`, `rPr`) of a style."""
    pattern = rf'(w:styleId="{style}">(?:(?!</w:style>).)*?<w:{kind}>)'
    return Change(code, STYLES, pattern, rf"\1{new}", says)


def into_body_style(code: str, new: str, says: str = "") -> Change:
    """Run properties given to the style of the text, which has none of its own."""
    pattern = r'(w:styleId="BodyText">(?:(?!</w:style>).)*?</w:pPr>)'
    return Change(code, STYLES, pattern, rf"\1<w:rPr>{new}</w:rPr>", says)


FIRST = r'(<w:pStyle w:val="BodyText"/>.*?<w:t xml:space="preserve">)(?=依据)'
FIRST_RUN = r"(<w:rPr>)(?=<w:rFonts[^>]*/></w:rPr><w:t[^>]*>依据)"
HINT_OF_QUOTES = r'<w:rFonts w:hint="eastAsia"/>(?=</w:rPr><w:t[^>]*>[^<]*“以公开)'
EMPTY_BEFORE_NAME = r'<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/></w:pPr></w:p>'
NAME = r'<w:p><w:pPr><w:pStyle w:val="Signature"/>(?:(?!</w:p>).)*</w:p>'
DATE = r'<w:p><w:pPr><w:pStyle w:val="Date"/>(?:(?!</w:p>).)*</w:p>'
LETTER = '<w:pgSz w:w="12240" w:h="15840"/>'
TITLE_FONTS = r'w:eastAsia="方正小标宋简体"'
BOX = r'<w:ind w:left="4204" '
#: The last part on a page that is turned, name and date where they stand on it.
LAST_PART = (
    r'(<w:p><w:pPr><w:pStyle w:val="Heading1"/>(?:(?!</w:p>).)*六、.*?w:left=")4204'
    r'(".*?w:left=")4204(".*)(<w:sectPr>.*?)(<w:pgSz.*?/><w:pgMar.*?/>)(.*?</w:sectPr>)'
)
TURNED = (
    r"<w:p><w:pPr>\4\5\6</w:pPr></w:p>\g<1>8116\g<2>8116\3\4"
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1588" w:right="2098" '
    r'w:bottom="1474" w:left="1985" w:header="851" w:footer="937" w:gutter="0"/>\6'
)

CHANGES = (
    Change("P101", DOCUMENT, r"<w:pgSz [^>]*/>", LETTER, "215.9 mm×279.4 mm"),
    Change("P101", DOCUMENT, r"<w:pgSz [^>]*/>", "", "没有说明大小"),
    Change("P102", DOCUMENT, r'w:top="2098"', 'w:top="1440"', "天头 25.4 mm，版心高 236.6 mm"),
    Change("P102", DOCUMENT, r'w:right="1474"', 'w:right="1588"', "版心宽 154 mm；"),
    Change("P102", DOCUMENT, r'w:gutter="0"', 'w:gutter="284"', "订口 33 mm"),
    Change("P103", DOCUMENT, r'w:linePitch="579"', 'w:linePitch="580"', "每面 21 行"),
    Change("P103", DOCUMENT, r'w:linePitch="579"', 'w:linePitch="312"', "每面 40 行"),
    Change("P104", DOCUMENT, r"linesAndChars", "lines", "每行约 27 字"),
    Change("P104", DOCUMENT, r'w:charSpace="-849"', 'w:charSpace="4096"', "每行约 26 字"),
    Change("P201", STYLES, TITLE_FONTS, 'w:eastAsia="华文中宋"', "“华文中宋”"),
    Change("P202", STYLES, r'<w:sz w:val="44"/>', '<w:sz w:val="36"/>', "小二（18 磅）"),
    Change("P203", STYLES, r'w:eastAsia="黑体"', 'w:eastAsia="宋体"', "一级标题的字体是“宋体”"),
    Change("P203", STYLES, r'w:eastAsia="楷体_GB2312"', 'w:eastAsia="仿宋"', "二级标题"),
    Change("P205", DOCUMENT, FIRST_RUN, r'\1<w:rFonts w:eastAsia="黑体"/>', "正文的字体是“黑体”"),
    in_style("P204", "Heading1", "rPr", '<w:sz w:val="36"/>', "小二（18 磅）"),
    into_body_style("P205", '<w:rFonts w:eastAsia="宋体"/>', "正文的字体是“宋体”"),
    into_body_style("P206", '<w:sz w:val="28"/>', "4号（14 磅）"),
    Change("P207", DOCUMENT, HINT_OF_QUOTES, "", "引号排成“Times New Roman”"),
    Change("P208", STYLES, "Times New Roman", "Calibri", "“Calibri”"),
    into_body_style("P209", '<w:color w:val="365F91"/>', "365F91"),
    Change("P210", DOCUMENT, FIRST, r'\1x</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>'),
    Change("P301", STYLES, r'(Title">.*?<w:jc w:val=)"center"(?=.*heading 1)', r'\1"left"'),
    in_style("P301", "Title", "pPr", '<w:ind w:firstLineChars="200"/>', "偏右约 1.0 字"),
    Change("P302", DOCUMENT, r'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>', ""),
    Change("P303", STYLES, r'w:firstLineChars="200"', 'w:firstLineChars="300"', "空 3 字"),
    Change("P303", STYLES, r'(BodyText">.*?<w:ind )', r'\1w:leftChars="200" ', "回行空 2 字"),
    in_style("P304", "BodyText", "pPr", '<w:spacing w:line="600" w:lineRule="exact"/>', "30 磅"),
    in_style("P304", "BodyText", "pPr", '<w:spacing w:line="360" w:lineRule="auto"/>', "1.5 倍"),
    in_style("P304", "BodyText", "pPr", '<w:snapToGrid w:val="0"/>', "不对齐网格"),
    in_style("P305", "BodyText", "pPr", '<w:spacing w:after="156"/>', "7.8 磅"),
    Change("P401", EVEN, r"<w:fldSimple.*?</w:fldSimple>", "", "双页没有页码"),
    Change("P401", DOCUMENT, r"<w:docGrid", "<w:titlePg/><w:docGrid", "首页没有页码"),
    Change("P401", DOCUMENT, r"<w:footerReference [^>]*even[^>]*/>", "", "双页没有页码"),
    Change("P402", ODD, "—", "-", "页码排成“- 1 -”"),
    Change("P402", ODD, r" PAGE ", r" PAGE \\* ROMAN ", "不是阿拉伯数字"),
    Change("P402", DOCUMENT, r"<w:docGrid", '<w:pgNumType w:fmt="upperRoman"/><w:docGrid'),
    Change("P403", STYLES, 'w:ascii="宋体"', 'w:ascii="Arial"', "“Arial”"),
    Change("P404", STYLES, r'<w:sz w:val="28"/>', '<w:sz w:val="18"/>', "小五（9 磅）"),
    Change("P405", SETTINGS, r"<w:evenAndOddHeaders/>", ""),
    Change("P406", EVEN, r'<w:jc w:val="left"/>', '<w:jc w:val="center"/>', "双页的页码在中间"),
    Change("P406", ODD, r"<w:ind [^>]*/>", "", "单页的页码空约 0 字（居右空一字）"),
    Change("P407", DOCUMENT, r'w:footer="1448"', 'w:footer="851"', "约 17.5 mm"),
    Change("P408", DOCUMENT, LAST_PART, TURNED, "单页、双页的页码在横页的下边"),
    Change("P501", DOCUMENT, NAME + DATE, ""),
    Change("P502", DOCUMENT, "2025年1月20日", "2025年01月20日", "“2025年01月20日”"),
    Change("P502", DOCUMENT, "2025年1月20日", "2025.1.20", "“2025.1.20”"),
    Change("P503", DOCUMENT, BOX, '<w:ind w:left="5204" ', "约 2.4 字"),
    Change("P504", DOCUMENT, NAME, ""),
    Change("P505", DOCUMENT, BOX + "(?=.*人民政府</w:t>)", '<w:ind w:left="3000" ', "偏左约 1.9"),
    Change("P506", DOCUMENT, EMPTY_BEFORE_NAME, "", "空了 0 行"),
    Change("P506", DOCUMENT, EMPTY_BEFORE_NAME, EMPTY_BEFORE_NAME * 3, "空了 3 行"),
    Change("P507", DOCUMENT, EMPTY_BEFORE_NAME, EMPTY_BEFORE_NAME.replace("<w:keepNext/>", "")),
    Change("P601", DOCUMENT, r'<w:gridCol w:w="2209"/>', '<w:gridCol w:w="2800"/>', "表格宽 176"),
    Change("P602", DOCUMENT, r'<w:gridSpan w:val="4"/>', '<w:gridSpan w:val="3"/>', "共占 3 列"),
    Change("P603", DOCUMENT, r"<w:tblHeader/>", ""),
    Change("P604", DOCUMENT, r"<w:cantSplit/>", "", "行可以跨页断开"),
    in_style("P605", "TableLabel", "rPr", '<w:rFonts w:eastAsia="微软雅黑"/>', "“微软雅黑”"),
    Change("P606", STYLES, r'<w:sz w:val="21"/>', '<w:sz w:val="14"/>', "7 磅"),
)  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The parts of docgen's own document."""
    folder: Path = tmp_path_factory.mktemp("own")
    outcome = issue(INPUTS / "2024.json", Settings(folder))
    return ooxml.read_parts(outcome.outputs[0].read_bytes())


def found_in(own: dict[str, bytes], part: str, pattern: str, new: str) -> list[Finding]:
    """What is found when every match of a pattern in a part is replaced."""
    text, count = re.subn(pattern, new, own[part].decode(), flags=re.DOTALL)
    assert count, pattern
    return check_page(ooxml.write_package({**own, part: text.encode()}), "2024.docx")


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.code} {change.says}")
def test_a_change_gives_its_finding_and_no_other(own: dict[str, bytes], change: Change) -> None:
    found = found_in(own, change.part, change.pattern, change.new)
    assert [(finding.code, finding.message) for finding in found] == [
        (change.code, found[0].message if found else "")
    ]
    assert change.says in found[0].message
    assert found[0].places


def test_every_rule_of_the_page_has_a_change() -> None:
    assert {change.code for change in CHANGES} == {code for code in RULES if code[0] == "P"}


@pytest.mark.parametrize(
    ("lead", "level"), [("1.公开渠道。", "三级标题"), ("（1）门户网站。", "四级标题")]
)
def test_lower_headings_are_told_by_their_number(
    own: dict[str, bytes], lead: str, level: str
) -> None:
    found = found_in(own, DOCUMENT, "（二）依申请公开情况。", lead)
    message = f"{level}的字体是“楷体_GB2312”，一般用仿宋体（1 处）"
    assert [finding.message for finding in found] == [message]


@pytest.mark.parametrize(
    ("part", "pattern", "new"),
    [
        (STYLES, r'w:eastAsia="仿宋_GB2312"', 'w:eastAsia="FangSong"'),
        (STYLES, r'w:eastAsia="仿宋_GB2312"', 'w:eastAsia="方正仿宋_GBK"'),
        (STYLES, r'w:eastAsia="黑体"', 'w:eastAsia="SimHei"'),
        (STYLES, r'w:firstLineChars="200" w:firstLine="\d+"', 'w:firstLine="640"'),
        (DOCUMENT, r'w:linePitch="579"', 'w:linePitch="570"'),
        (DOCUMENT, "(?=2024年，我镇认真)", "“"),
        (ODD, "<w:ind ", '<w:framePr w:wrap="around" w:xAlign="right"/><w:ind '),
    ],
)
def test_what_says_the_same_in_other_words_is_no_fault(
    own: dict[str, bytes], part: str, pattern: str, new: str
) -> None:
    assert found_in(own, part, pattern, new) == []


def test_a_page_number_in_a_complex_field_is_one(own: dict[str, bytes]) -> None:
    def run(inner: str) -> str:
        return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{inner}</w:r>'

    pieces = (
        *('<w:fldChar w:fldCharType="begin"/>', "<w:instrText> PA</w:instrText>"),
        *("<w:instrText>GE </w:instrText>", '<w:fldChar w:fldCharType="separate"/>'),
        *("<w:t>12</w:t>", '<w:fldChar w:fldCharType="end"/>'),
    )
    new = "".join(map(run, pieces))
    assert found_in(own, ODD, "<w:fldSimple.*?</w:fldSimple>", new) == []
