"""Write the templates of the forms that docgen carries, each with its compiled form beside it.

Run from the project root: `python tools/make_template.py [FORM …]`; without a key, of all forms
that have one. A template may then be dressed in Word or WPS, its tags kept.
"""

import sys
from pathlib import Path

from docgen.blank.template import write_template
from docgen.files.ooxml import read_parts
from docgen.forms.loader import own_forms
from docgen.merge.compiled import compile_template

FOLDER = Path("templates")


def main() -> None:
    """Write templates and their compiled forms, the same bytes each time."""
    keys = sys.argv[1:]
    for form in own_forms():
        if form.template and (not keys or form.key in keys):
            path = FOLDER / form.template
            data = write_template(form)
            path.write_bytes(data)
            beside = path.with_suffix(".jinja.json")
            compiled = compile_template(data, read_parts(data))
            beside.write_text(compiled.as_json(data), encoding="utf-8")
            print(path, beside)


if __name__ == "__main__":
    main()
