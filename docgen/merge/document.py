"""The merge: the template's parts filled, the signature held, the properties set."""

from typing import Any

import jinja2
from lxml import etree

from docgen import ooxml
from docgen.catalogue import template as rules
from docgen.errors import TemplateStop
from docgen.forms.form import Form
from docgen.merge.context import context
from docgen.merge.properties import set_properties
from docgen.merge.signature import hold_signature
from docgen.merge.template import Template
from docgen.model import Report

_STYLES = "word/styles.xml"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def merge_report(template: Template, form: Form, report: Report, *, draft: bool = False) -> bytes:
    """The finished document. Raises TemplateStop if the template cannot be filled."""
    try:
        filled = template.compiled.fill(context(form, report))
        document = ooxml.parse(filled[ooxml.DOCUMENT])
    except jinja2.TemplateError as error:
        raise _refused(template, f"不能填充：{error}") from None
    except etree.XMLSyntaxError:
        raise _refused(template, "填充后不是完好的文件") from None
    if _STYLES in template.parts:
        hold_signature(document, ooxml.parse(template.parts[_STYLES]))
    _number_drawings(document)
    parts = template.parts | filled | {ooxml.DOCUMENT: ooxml.serialize(document)}
    set_properties(parts, report)
    data = ooxml.write_package(parts)
    if draft:
        from docgen.merge.draft import mark_draft

        return mark_draft(data)
    return data


def _refused(template: Template, why: str) -> TemplateStop:
    return TemplateStop(rules.BROKEN_TAG.at(where=template.name, tag="", why=why))


def _number_drawings(document: Any) -> None:
    """Drawings that a loop repeats must not share an id."""
    for number, drawing in enumerate(document.iter(_DRAWING), start=1):
        drawing.set("id", str(number))
