"""A bare docxtpl script that does the same merge, with nothing checked.

`python benchmarks/bare_docxtpl.py TEMPLATE.docx NAMES.json OUTPUT.docx`
"""

import json
import sys
from types import SimpleNamespace

from docxtpl import DocxTemplate

with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123  a bare script would
    names = json.load(file, object_hook=lambda members: SimpleNamespace(**members))
template = DocxTemplate(sys.argv[1])
template.render(vars(names), autoescape=True)
template.save(sys.argv[3])
