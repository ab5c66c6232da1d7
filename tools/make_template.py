"""Write the templates of the forms that docgen carries, each with its compiled form beside it.

Run from the project root: `python tools/make_template.py [FORM]`. A template may then be dressed
in Word or WPS, its tags kept.
"""

import sys
from pathlib import Path

from docgen.blank.template import write_template
from docgen.files.ooxml import read_parts
from docgen.forms.loader import find_form, usual_form
from docgen.merge.compiled import compile_template

FOLDER = Path("templates")


def main() -> None:
    """Write the template of a form and its compiled form, the same bytes each time."""
    form = find_form(sys.argv[1]) if sys.argv[1:] else usual_form()
    if form is None:
        sys.exit(f"there is no form {sys.argv[1:]}")
    path = FOLDER / (form.template or f"{form.key}.docx")
    data = write_template(form)
    path.write_bytes(data)
    beside = path.with_suffix(".jinja.json")
    compiled = compile_template(data, read_parts(data))
    beside.write_text(compiled.as_json(data), encoding="utf-8")
    print(path, beside)


if __name__ == "__main__":
    main()
