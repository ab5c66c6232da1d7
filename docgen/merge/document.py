"""The merge: docxtpl fills the template, then docgen sets what no tag can say."""

import datetime
import io
import re
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from docgen import ooxml
from docgen.catalogue import template as rules
from docgen.errors import TemplateStop
from docgen.forms.form import Form
from docgen.merge.context import context
from docgen.merge.finish import hold_signature, mark_draft
from docgen.merge.template import Template
from docgen.model import Report

_VMERGE = re.compile(r"(<w:tc[ >](?:(?!<w:tc[ >]).)*?){%\s*vmerge\s+([^%]*?)\s*%}", flags=re.DOTALL)
_VMERGE_PLACE = re.compile(
    r"(<w:tcPr>(?:<w:tcW[^>]*/>)?(?:<w:gridSpan[^>]*/>)?)(?:<w:vMerge[^>]*/>)?"
)


class ReportTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl with one tag more: `{% vmerge row.group1.merge %}` says a cell's vertical merge.

    Said in the text it survives an editor; a vMerge written into rows that loop markers
    separate does not.
    """

    def patch_xml(self, src_xml: str) -> str:
        return _VMERGE.sub(_patch_cell, super().patch_xml(src_xml))

    def render_properties(self, context: object, jinja_env: object = None) -> None:
        """Nothing: they are written anew, from the report alone."""


def _patch_cell(match: re.Match[str]) -> str:
    merge = rf'\1<w:vMerge w:val="{{{{ {match[2]} }}}}"/>'
    return _VMERGE_PLACE.sub(merge, match[1], count=1)


def _guard(value: object) -> Markup:
    """Text as XML text. docxtpl turns `{_{` in finished XML into `{{`: a reference keeps it."""
    if not isinstance(value, str):
        raise jinja2.UndefinedError(f"{type(value).__name__} cannot be printed")
    text = str(Markup.escape(value))
    return Markup(text.replace("_", "&#95;") if "_" in text else text)


def environment() -> SandboxedEnvironment:
    """The sandbox templates run in: everything escaped, nothing undefined, no globals."""
    sandbox = SandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, finalize=_guard
    )
    sandbox.globals.clear()
    return sandbox


def merge_report(template: Template, form: Form, report: Report, *, draft: bool = False) -> bytes:
    """The finished document. Raises TemplateStop if the template cannot be filled."""
    filled = ReportTemplate(io.BytesIO(template.data))
    try:
        filled.render(context(form, report), environment(), autoescape=True)
    except jinja2.TemplateError as error:
        why = f"不能填充：{error}"
        raise TemplateStop(rules.BROKEN_TAG.at(where=template.name, tag="", why=why)) from None
    document = filled.docx
    hold_signature(document)
    if draft:
        mark_draft(document)
    stream = io.BytesIO()
    document.save(stream)
    parts = ooxml.read_parts(stream.getvalue())
    parts["docProps/core.xml"] = _core_properties(report)
    parts["docProps/app.xml"] = _APP.encode()
    return ooxml.write_package(parts)


_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>docgen</Application></Properties>"
)


def _core_properties(report: Report) -> bytes:
    """Title, author and dates from the report alone: no clock, nothing of any library's."""
    day = report.signature.date or datetime.date((report.year or 2000) + 1, 1, 1)
    stamp = f'xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z<'
    values: dict[str, Any] = {
        "dc:title": (report.title or "").replace("\n", ""),
        "dc:creator": report.body.name or "",
        "cp:lastModifiedBy": report.body.name or "",
        "dc:language": "zh-CN",
    }
    body = "".join(f"<{tag}>{Markup.escape(text)}</{tag}>" for tag, text in values.items())
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{body}'
        f"<dcterms:created {stamp}/dcterms:created><dcterms:modified {stamp}/dcterms:modified>"
        "</cp:coreProperties>"
    ).encode()
