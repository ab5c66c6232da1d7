"""The peer: a bare docxtpl script that does the same merge, with nothing checked.

`python benchmarks/bare_docxtpl.py TEMPLATE CONTEXT.json OUTPUT.docx`
"""

import json
import re
import sys
from types import SimpleNamespace

from docxtpl import DocxTemplate


class Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """The peer knows no `vmerge`: it leaves the merges out, which is less work, not more."""

    def patch_xml(self, src_xml: str) -> str:
        return re.sub(r"{%\s*vmerge[^%]*%}", "", super().patch_xml(src_xml))


with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123  a bare script would
    context = json.load(file, object_hook=lambda members: SimpleNamespace(**members))
template = Template(sys.argv[1])
template.render(vars(context), autoescape=True)
template.save(sys.argv[3])
