"""What a form says about a rule of docgen, in place of the rule's own words."""

from dataclasses import replace

from docgen.finding import Finding
from docgen.forms.form import Form, RuleText


def in_own_words(form: Form, finding: Finding) -> Finding:
    """Return a finding with the why, example, basis and cure that its form has for it.

    A cure that was made for this finding alone stays: it says more than any general one.
    """
    own = form.texts.get(finding.code)
    if own is None:
        return finding

    rule = finding.rule
    worded = replace(
        rule,
        why=own.why or rule.why,
        example=own.example or rule.example,
        basis=own.basis or rule.basis,
    )
    cure = own.cure if own.cure and finding.is_cure_general else finding.cure

    return replace(finding, rule=worded, cure=cure)


def own_words_of(code: str) -> dict[str, RuleText]:
    """Return what the forms that docgen carries say about this rule, by the name of the report."""
    from docgen.forms.loader import own_forms

    # the editions of a report say the same, so the name is told without the edition
    return {form.report_name: form.texts[code] for form in own_forms() if code in form.texts}
