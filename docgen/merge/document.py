"""The merge: the template's parts filled, the signature held, the properties set."""

import jinja2

from docgen import ooxml
from docgen.catalogue import template as rules
from docgen.errors import TemplateStop
from docgen.forms.form import Form
from docgen.merge.context import context
from docgen.merge.properties import CORE, core_properties
from docgen.merge.signature import INDENT, keep_together
from docgen.merge.template import Template
from docgen.model import Report
from docgen.printing import print_signature


def merge_report(
    template: Template, form: Form, report: Report, *, draft: bool = False, unsolved: bool = False
) -> bytes:
    """The finished document; a draft says whether errors are left unsolved.

    Raises TemplateStop if the template cannot be filled.
    """
    names, signature = context(form, report), template.compiled.signature
    if signature:
        names[INDENT] = signature.indent(print_signature(report)[1])
    try:
        filled = template.compiled.fill(names)
        properties = core_properties(report, template.compiled.fill_properties(names))
    except jinja2.TemplateError as error:
        raise refused(template, f"不能填充：{error}") from None
    filled[ooxml.DOCUMENT] = keep_together(filled[ooxml.DOCUMENT])
    parts = {name: text.encode() for name, text in filled.items()}
    data = ooxml.write_package({**template.packed, **parts, CORE: properties})
    if draft:
        from docgen.merge.draft import mark_draft

        try:
            return mark_draft(data, unsolved=unsolved)
        except SyntaxError:  # XML parsers raise it
            raise refused(template, BROKEN) from None
    return data


BROKEN = "填充后不是完好的文件"


def refused(template: Template, why: str) -> TemplateStop:
    """What stops the merge of a template."""
    return TemplateStop(rules.BROKEN_TAG.at(where=template.name, tag="", why=why))
