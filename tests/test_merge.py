"""The merge prints what plain docxtpl prints, part for part."""

import io
import re

import docxtpl
import pytest
from conftest import INPUTS, PROJECT
from jinja2 import Environment, StrictUndefined
from lxml import etree

from docgen import ooxml
from docgen.forms import FORMS
from docgen.forms.form import Form
from docgen.merge import load_template
from docgen.merge.compiled import carried, compile_template
from docgen.merge.context import context
from docgen.merge.lint import sample_report
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
    """Canonical XML, the order of a cell's properties aside."""
    root = etree.fromstring(part)
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
    filled = template.compiled.fill(context(FORM, given))
    expected = by_docxtpl(template.data, FORM, given)
    assert set(filled) == {"word/document.xml"}
    for name, part in filled.items():
        assert canonical(part) == canonical(expected[name])


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
