"""The reader of DOCX on documents that were edited: what a paragraph is in the end."""

import re

from door import INPUTS

from docgen.files import ooxml
from docgen.merge import load_template, merge_report
from docgen.read import read_report
from docgen.word.content import Content, read_content
from docgen.word.package import open_document
from docgen.word.signature import SignatureLines, find_signature

READING = read_report(INPUTS / "2024.json")
PARTS = ooxml.read_parts(
    merge_report(load_template(READING.form, None), READING.form, READING.report)
)
BODY = PARTS[ooxml.DOCUMENT].decode()
NAME = re.compile(r'<w:p><w:pPr><w:pStyle w:val="Signature"/>(?:(?!</w:p>).)*</w:p>')


def read(body: str, styles: str = "") -> Content:
    """The content of the reference document with another body and styles."""
    parts = {**PARTS, ooxml.DOCUMENT: body.encode()}
    if styles:
        parts["word/styles.xml"] = styles.encode()
    return read_content(open_document(ooxml.write_package(parts)), "x.docx")


def signed(body: str) -> SignatureLines:
    found = find_signature(read(body))
    assert found is not None
    return found


def test_signature_is_name_and_date() -> None:
    found = signed(BODY)
    assert [name.text for name in found.names] == [READING.report.signature.name]
    assert found.date.text == "2025年1月20日"


def test_all_names_in_a_row_sign() -> None:
    name = NAME.search(BODY)
    assert name
    assert len(signed(BODY.replace(name[0], name[0] * 3)).names) == 3


def test_a_table_is_no_name() -> None:
    name = NAME.search(BODY)
    assert name
    table = f"<w:tbl><w:tr><w:tc>{name[0]}</w:tc></w:tr></w:tbl>"
    assert signed(BODY.replace(name[0], table)).names == ()


def test_without_a_date_nothing_is_signed() -> None:
    assert find_signature(read(BODY.replace("2025年1月20日", "2025.1.20"))) is None


def test_numbering_of_a_style_can_be_switched_off() -> None:
    """What a paragraph says of itself wins over its style, here as with fonts."""
    styles = PARTS["word/styles.xml"].decode()
    number = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    at = styles.index("<w:pPr>", styles.index('w:styleId="BodyText"')) + len("<w:pPr>")
    numbered = styles[:at] + number + styles[at:]
    style = '<w:pStyle w:val="BodyText"/>'
    off = BODY.replace(style, style + number.replace('"1"', '"0"'), 1)
    paragraphs = [p for p in read(off, numbered).paragraphs if p.style == "body text"]
    assert [p.setting.numbered for p in paragraphs[:2]] == [False, True]


def test_hidden_runs_are_written_and_not_printed() -> None:
    start = BODY.rindex("<w:t", 0, BODY.index("现将"))
    opened = BODY[:start].removesuffix("</w:rPr>")
    bare = opened == BODY[:start]
    vanish = "<w:rPr><w:vanish/></w:rPr>" if bare else "<w:vanish/></w:rPr>"
    hidden = opened + vanish + BODY[start:]
    there = next(p for p in read(hidden).paragraphs if len(p.written) > len(p.runs))
    assert any("现将" in run.text for run in there.written)
    assert "现将" not in there.text
