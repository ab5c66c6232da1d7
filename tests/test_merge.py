"""The merge prints what plain docxtpl prints, part for part."""

import io
import re

import docxtpl
import pytest
from door import INPUTS, PROJECT
from forms import FORMS
from jinja2 import Environment, StrictUndefined
from lxml import etree

from docgen.files import ooxml
from docgen.forms.form import Form
from docgen.merge import load_template
from docgen.merge.compiled import carried, compile_template
from docgen.merge.context import context
from docgen.merge.lint import sample_report
from docgen.merge.signature import INDENT, SignatureBox, keep_together
from docgen.model import Report
from docgen.read import read_report

FORM = FORMS["disclosure-2021"]


class Plain(docxtpl.DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl as it comes, with vmerge done cell by cell."""

    def patch_xml(self, src_xml: str) -> str:
        cells = re.split(r"(?=<w:tc[ >])", super().patch_xml(src_xml))
        return "".join(self._merge(cell) for cell in cells)

    @staticmethod
    def _merge(cell: str) -> str:
        found = re.search(r"{%\s*vmerge\s+(\S+)\s*%}", cell)
        if not found:
            return cell
        properties, rest = cell.replace(found[0], "").split("</w:tcPr>", 1)
        return f'{properties}<w:vMerge w:val="{{{{ {found[1]} }}}}"/></w:tcPr>{rest}'


def by_docxtpl(data: bytes, form: Form, report: Report) -> dict[str, bytes]:
    """The parts of the document that docxtpl itself makes."""
    template = Plain(io.BytesIO(data))
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template.render(context(form, report), environment, autoescape=True)
    stream = io.BytesIO()
    template.docx.save(stream)
    return ooxml.read_parts(stream.getvalue())


def canonical(part: bytes) -> bytes:
    """Canonical XML, the order of a cell's properties and the indent of the signature aside."""
    root = etree.fromstring(part)
    for name in ("ind", "jc", "keepNext"):
        for marked in root.findall(f"{{*}}body/{{*}}p/{{*}}pPr/{{*}}{name}"):
            ooxml.parent_of(marked).remove(marked)
    etree.strip_tags(root, etree.Comment)
    for properties in root.iter("{*}tcPr"):
        properties[:] = sorted(properties, key=lambda child: str(child.tag))
    return bytes(etree.tostring(root, method="c14n", exclusive=True))


@pytest.mark.parametrize("report", ["reference", "sample", "long title"])
def test_same_parts_as_docxtpl(report: str) -> None:
    """Every part with tags is canonically what docxtpl makes of it."""
    given = {
        "reference": read_report(INPUTS / "2024.json").report,
        "sample": sample_report(FORM),
        "long title": sample_report(FORM).model_copy(
            update={"title": "某某市某某县某某镇人民政府\n2024年政府信息公开工作年度报告 A&B <c>"}
        ),
    }[report]
    template = load_template(FORM, PROJECT / "templates" / "report_template.docx")
    filled = template.compiled.fill({**context(FORM, given), INDENT: "0"})
    expected = by_docxtpl(template.data, FORM, given)
    assert set(filled) == {"word/document.xml"}
    for name, part in filled.items():
        assert canonical(part.encode()) == canonical(expected[name])


def test_the_carried_template_is_the_compiled_one() -> None:
    """What lies beside the template was made from it, by the docxtpl that is installed."""
    template = load_template(FORM, None)
    beside = PROJECT / "templates" / "report_template.jinja.json"
    found = carried(beside.read_text(encoding="utf-8"), template.data)
    assert found is not None
    assert found == compile_template(template.data, template.parts)


def test_a_carried_form_of_other_bytes_is_not_used() -> None:
    beside = PROJECT / "templates" / "report_template.jinja.json"
    assert carried(beside.read_text(encoding="utf-8"), b"another template") is None


TEXT = "<w:p><w:r><w:t>文</w:t></w:r></w:p>"
MARK, NAME = "<!--signature-->", "<w:p><w:r><w:t>某某</w:t></w:r></w:p>"
KEPT = "<w:keepNext/>"


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        (TEXT, f"<w:p><w:pPr>{KEPT}</w:pPr><w:r><w:t>文</w:t></w:r></w:p>"),
        (
            f"{TEXT}<w:p/>",
            f"{TEXT[:5]}<w:pPr>{KEPT}</w:pPr>{TEXT[5:]}<w:p><w:pPr>{KEPT}</w:pPr></w:p>",
        ),
        ('<w:p a="/"><w:pPr/></w:p>', f'<w:p a="/"><w:pPr>{KEPT}</w:pPr></w:p>'),
        ('<w:p a="1"/>', f'<w:p a="1"><w:pPr>{KEPT}</w:pPr></w:p>'),
        (
            '<w:p><w:pPr><w:pStyle w:val="a"/><w:jc/></w:pPr></w:p>',
            f'<w:p><w:pPr><w:pStyle w:val="a"/>{KEPT}<w:jc/></w:pPr></w:p>',
        ),
        (f"{TEXT}<w:tbl/></w:tbl>", f"{TEXT}<w:tbl/></w:tbl>"),
        (
            f"{TEXT}<w:p><w:r><w:t> </w:t></w:r></w:p>".replace("文", "前", 1),
            f"<w:p><w:pPr>{KEPT}</w:pPr><w:r><w:t>前</w:t></w:r></w:p>"
            f"<w:p><w:pPr>{KEPT}</w:pPr><w:r><w:t> </w:t></w:r></w:p>",
        ),
        (f"<w:p><w:pPr>{KEPT}</w:pPr></w:p>", f"<w:p><w:pPr>{KEPT}</w:pPr></w:p>"),
        ("", ""),
    ],
)
def test_what_is_kept_with_the_name(above: str, expected: str) -> None:
    """The last text and the empty lines after it, whatever their XML; nothing beyond a table."""
    assert keep_together(f"{above}{MARK}{NAME}") == f"{expected}{NAME}"
    assert keep_together(f"{above}{NAME}") == f"{above}{NAME}"
    before = f"{TEXT}{above}" if ">文<" in above and "<w:tbl" not in above else above
    assert keep_together(f"{before}{MARK}{NAME}").endswith(f"{expected}{NAME}")


def test_a_signature_with_a_long_date_starts_at_the_margin() -> None:
    """The box of name and date ends at the right margin and never begins left of the left one."""
    signature = SignatureBox(width=8844, em=320)
    assert signature.indent("2025年1月20日") == str(8844 - 2 * (4 * 320 + (3 * 320 + 7 * 160) // 2))
    assert signature.indent("年" * 40) == "0"
