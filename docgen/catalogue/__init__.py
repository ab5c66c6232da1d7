"""Every rule docgen can report, in one place; `docgen explain` and docs/findings.md print it.

Letters: R reading an input · E checking a report · T template · P page · F proof ·
H publication · V verifying an issued document · X what stops docgen. The first digit groups. A
code is never used for another fault.
"""

from docgen.catalogue import check, page, proof, publish, read, stop, template, verify
from docgen.finding import Rule

RULES: dict[str, Rule] = {
    rule.code: rule
    for module in (read, check, template, page, proof, publish, stop, verify)
    for rule in vars(module).values()
    if isinstance(rule, Rule)
}
