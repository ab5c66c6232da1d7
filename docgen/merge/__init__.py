"""Merging a report into a Word template, and reading the finished document back."""

from docgen.errors import TemplateStop
from docgen.finding import Finding
from docgen.forms.form import Form
from docgen.merge.document import merge_report
from docgen.merge.expected import expected_blocks
from docgen.merge.reading_back import read_back
from docgen.merge.template import Template, load_template

__all__ = [
    "Template",
    "check_template",
    "expected_blocks",
    "load_template",
    "merge_report",
    "read_back",
    "refuse_faulty",
    "versions",
]


def check_template(template: Template, form: Form) -> list[Finding]:
    """Return every fault of a template for this form, looked for once in a process."""
    form = form.declared or form  # the same for every report
    if form not in template.faults:
        from docgen.merge import lint

        template.faults[form] = lint.check_template(template, form)

    return template.faults[form]


def refuse_faulty(template: Template, form: Form) -> None:
    """Raise TemplateStop with every fault of the template."""
    found = check_template(template, form)
    if found:
        raise TemplateStop(*found)


def versions(template: Template) -> dict[str, str]:
    """Return the library whose version shows in the document."""
    return {"docxtpl": template.compiled.docxtpl}
