"""What is measured on a proof: each fault planted in a document, and found where it stands."""

import io
import re
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from proofs import codes, document, edited, needs_office

from docgen.files import ooxml
from docgen.layout import proof
from docgen.layout.proof import Proof

pytestmark = [pytest.mark.slow, needs_office]

_STYLES = "word/styles.xml"
_PAGE_BREAK = r"\1<w:pageBreakBefore/>"
_NAME = r'(<w:pStyle w:val="Signature"/><w:keepNext/>)'
_DATE = r'(<w:pStyle w:val="Date"/>)'
_BLANK = r'(<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/></w:pPr></w:p>)'
_ALONE = (r'(<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/>)', _PAGE_BREAK)

#: What is changed in the reference, in which part, and the code that must be among the findings.
PLANTED = {
    "P103": (ooxml.DOCUMENT, [('w:linePitch="579"', 'w:linePitch="620"')]),
    "P102": (ooxml.DOCUMENT, [('w:left="1588"', 'w:left="1800"')]),
    "P401": ("word/footer2.xml", [(r"<w:fldSimple.*?</w:fldSimple>", "")]),
    "P406": ("word/footer1.xml", [('<w:jc w:val="right"/>', '<w:jc w:val="center"/>')]),
    "P601": (ooxml.DOCUMENT, [('w:gridCol w:w="2209"', 'w:gridCol w:w="2609"'),
                              ('<w:tcW w:w="2209"', '<w:tcW w:w="2609"'),
                              ('<w:tblW w:w="8834"', '<w:tblW w:w="9634"')]),
    "P505": (ooxml.DOCUMENT, [(_NAME + r'<w:ind w:left="4204"', r'\1<w:ind w:left="2500"')]),
    "P503": (ooxml.DOCUMENT, [(r'<w:ind w:left="4204"', '<w:ind w:left="6000"')]),
    "F211": (ooxml.DOCUMENT, [_ALONE]),
    "F212": (ooxml.DOCUMENT, [(_DATE, _PAGE_BREAK)]),
    "F213": (ooxml.DOCUMENT, [(_BLANK, r"\1\1\1\1")]),
    "P501": (ooxml.DOCUMENT, [("2025年1月20日", "二〇二五年一月")]),
}  # fmt: skip


def test_every_fault_planted_is_found(tmp_path: Path) -> None:
    reference = document(tmp_path)
    changed = {
        code: edited(reference, *changes, part=part) for code, (part, changes) in PLANTED.items()
    }
    proofs = proof.make_proofs([*changed.values()])
    for code, found in zip(changed, proofs, strict=True):
        assert isinstance(found, Proof), (code, found)
        assert code in [finding.code for finding in found.findings], code


def test_a_heading_left_at_the_foot_of_a_page(tmp_path: Path) -> None:
    reference = document(tmp_path)
    loose = edited(reference, ("<w:keepNext/>", ""), part=_STYLES)
    line = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t>又一行。</w:t></w:r></w:p>'
    heading = '(<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>(?:(?!</w:p>).)*其他需要)'
    documents = [edited(loose, (heading, line * n + r"\1")) for n in range(1, 7)]
    kept = [edited(reference, (heading, line * n + r"\1")) for n in range(1, 7)]
    proofs = proof.make_proofs(documents + kept)
    assert any("F205" in codes(found) for found in proofs[:6])
    assert not any("F205" in codes(found) for found in proofs[6:])


def _table(rows: int, *, head: bool, tall: bool) -> bytes:
    """A document with one table over several pages."""
    made = docx.Document()
    table = made.add_table(rows=rows, cols=3, style="Table Grid")
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.text = f"第{number}行第{column}列" if number else f"表头{column}"
    if tall:
        for column, cell in enumerate(table.rows[1].cells):
            cell.text = "\n".join(f"第{line}条第{column}格内容" for line in range(90))
    if head:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_rows_and_heads_over_pages() -> None:
    plain, headed, split = proof.make_proofs(
        [
            _table(90, head=False, tall=False),
            _table(90, head=True, tall=False),
            _table(3, head=True, tall=True),
        ]
    )
    assert "P603" in codes(plain)
    assert "P603" not in codes(headed)
    assert "P604" not in codes(plain) + codes(headed)
    assert "P604" in codes(split)
    assert isinstance(split, Proof)
    message = next(f.message for f in split.findings if f.code == "P604")
    assert re.search(r"第 1 张表第 2 行“第0条第0格内容.*分在第 1 页和第 \d 页", message)


def test_the_type_area_and_its_lines(tmp_path: Path) -> None:
    def change(report: dict[str, dict[str, list[str]]]) -> None:
        report["sections"]["other"] = ["本年度没有其他需要报告的事项，各项工作平稳有序。" * 60]

    found = proof.make_proof(document(tmp_path, change))
    assert codes(found) == []
    measures = found.measures
    assert max(measures.lines) == 22
    assert measures.top == pytest.approx(37, abs=1)
    assert measures.bottom == pytest.approx(262, abs=1)
    assert measures.right is not None
    assert 178 < measures.right <= 184.2


def test_the_last_line_goes_with_the_signature(tmp_path: Path) -> None:
    """As Word does it; LibreOffice would move the whole paragraph, or leave the signature."""

    def report(lines: int) -> bytes:
        text = "本年度没有其他需要报告的事项，各项工作平稳有序推进进。" * lines

        def change(report: dict[str, dict[str, list[str]]]) -> None:
            report["sections"]["other"] = [text]

        return document(tmp_path, change)

    found = proof.make_proofs([report(lines) for lines in range(12, 36)])
    for made in found:
        assert isinstance(made, Proof)
        assert codes(made) == []
        assert made.measures.lines[-1] >= 3
    carried = [made.measures.lines[-2:] for made in found if isinstance(made, Proof)]
    assert any(last == 3 and before >= 19 for before, last in carried)


def test_a_draft_is_proved_as_well(tmp_path: Path) -> None:
    from docgen.merge.draft import mark_draft

    assert codes(proof.make_proof(mark_draft(document(tmp_path)))) == []
