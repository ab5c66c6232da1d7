"""Write the templates of the forms that docgen carries, each with its compiled form beside it.

Run from the project root: `python tools/make_template.py [FORM]`. A template may then be dressed
in Word or WPS, its tags kept.
"""

import sys
from pathlib import Path

from docgen.blank.template import write_template
from docgen.files.ooxml import read_parts
from docgen.forms import FORMS
from docgen.forms.disclosure_2021 import FORM
from docgen.forms.faults import faults
from docgen.merge.compiled import compile_template

FOLDER = Path("templates")


def main() -> None:
    """Write the template of a form and its compiled form, the same bytes each time."""
    form = FORMS[sys.argv[1]] if sys.argv[1:] else FORM
    if found := faults(form):
        sys.exit("\n".join(found))

    path = FOLDER / (form.template or f"{form.key}.docx")
    data = write_template(form)
    path.write_bytes(data)
    beside = path.with_suffix(".jinja.json")
    compiled = compile_template(data, read_parts(data))
    beside.write_text(compiled.as_json(data), encoding="utf-8")
    print(path, beside)


if __name__ == "__main__":
    main()
