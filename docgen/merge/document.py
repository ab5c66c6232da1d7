"""The merge: the template's parts filled, the signature held, the properties set."""

import jinja2

from docgen.errors import Stop, TemplateStop
from docgen.files import ooxml
from docgen.forms.form import Form
from docgen.merge.context import context
from docgen.merge.faults import BROKEN_TAG, TOO_MUCH
from docgen.merge.properties import CORE, core_properties
from docgen.merge.sandbox import Rounds, TooMuch
from docgen.merge.signature import INDENT, keep_together
from docgen.merge.template import Template
from docgen.model import Report
from docgen.printing import print_signature


def merge_report(
    template: Template, form: Form, report: Report, *, draft: bool = False, unsolved: bool = False
) -> bytes:
    """Return the finished document; a draft says whether errors are left unsolved.

    Raise TemplateStop if the template cannot be filled.
    """
    try:
        return _merge(template, form, report, draft=draft, unsolved=unsolved)
    except TooMuch as error:
        raise TemplateStop(TOO_MUCH.at(where=template.name, why=str(error))) from None
    except jinja2.TemplateError as error:
        raise refused(template, f"不能填充：{error}") from None
    except ooxml.NotPackage as error:
        raise template.refused(str(error)) from None
    except (Stop, MemoryError):
        raise
    except Exception as error:
        if template.own:
            raise
        # a foreign file: docxtpl, python-docx and lxml raise what they like
        why = f"里面有缺失或损坏的部件（{type(error).__name__}）"
        raise template.refused(why) from None


def _merge(template: Template, form: Form, report: Report, *, draft: bool, unsolved: bool) -> bytes:
    names, signature = context(form, report, Rounds().counted), template.compiled.signature
    if signature:
        names[INDENT] = signature.indent(print_signature(report)[1])
    filled = template.compiled.fill(names)
    properties = core_properties(report, template.compiled.fill_properties(names))
    filled[ooxml.DOCUMENT] = keep_together(filled[ooxml.DOCUMENT])
    parts = {name: text.encode() for name, text in filled.items()}
    data = ooxml.write_package({**template.packed, **parts, CORE: properties})

    if draft:
        from docgen.merge.draft import mark_draft

        return mark_draft(data, unsolved=unsolved)

    return data


BROKEN = "填充后不是完好的文件"


def refused(template: Template, why: str) -> TemplateStop:
    """Return what stops the merge of a template."""
    return TemplateStop(BROKEN_TAG.at(where=template.name, tag="", why=why))
