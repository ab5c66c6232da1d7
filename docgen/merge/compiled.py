"""A template made ready once: docxtpl's patching done, each part with tags as Jinja source.

Why, and what docxtpl itself is asked to do, is told in `docgen.merge.by_docxtpl`. What it does
anew for every document (open, patch, compile) is done here once a template, and of what it does
after filling only what this template can need is left to do. docgen's own template is carried
patched (`report_template.jinja.json`, written by tools/make_template.py), so that a single cold run
need not load docxtpl at all. It is used only for the very bytes it was made from.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import jinja2
from lxml import etree

from docgen.files import ooxml
from docgen.merge.braces import outside_tags
from docgen.merge.empty import lasts
from docgen.merge.properties import CORE, tagged_properties
from docgen.merge.sandbox import environment, fill, refuse_computing
from docgen.merge.signature import SignatureBox, mark_signature
from docgen.word.blocks import span_of
from docgen.word.markup import W

_DRAWING = re.compile(r'(<\w+:docPr\b[^>]*?\sid=")[^"]*')
_FIRST_DRAWING = 1001  # docxtpl's, above the ids of heads and feet


@dataclass(frozen=True)
class Compiled:
    """The sources of the parts that hold tags, by part name; parsed when first filled."""

    sources: Mapping[str, str]
    docxtpl: str  # the version that patched them
    signature: SignatureBox | None = None
    grids: bool = False  # whether filling may leave a table with more or fewer columns
    properties: Mapping[str, str] = field(default_factory=dict)  # sources, by name: `dc:subject`
    _ready: dict[str, jinja2.Template] = field(default_factory=dict, compare=False, repr=False)

    def fill(self, context: Mapping[str, object]) -> dict[str, str]:
        """Return the parts that hold tags, filled, as docxtpl does. Raise jinja2.TemplateError."""
        if not self._ready:
            place = environment()
            for name, source in self.sources.items():
                self._ready[name] = place.from_string(source)

        filled = fill(self._ready, context)
        if self.grids:
            from docgen.merge.by_docxtpl import fix_grids

            filled[ooxml.DOCUMENT] = fix_grids(filled[ooxml.DOCUMENT])

        if "docPr" in self.sources[ooxml.DOCUMENT]:
            filled[ooxml.DOCUMENT] = _number_drawings(filled[ooxml.DOCUMENT])
        return filled

    def fill_properties(self, context: Mapping[str, object]) -> dict[str, str]:
        """Return the core properties that hold tags, filled: plain text, in one line."""
        if not self.properties:
            return {}
        place = environment(lambda value: str(value).replace("\n", ""))
        return {n: place.from_string(text).render(context) for n, text in self.properties.items()}

    def as_json(self, template: bytes) -> str:
        """Return what is carried beside the template with these bytes."""
        made_from = {"template": hashlib.sha256(template).hexdigest()}
        own = {key: value for key, value in vars(self).items() if not key.startswith("_")}
        return json.dumps(made_from | own, ensure_ascii=False, indent=1) + "\n"


def carried(text: str, template: bytes) -> Compiled | None:
    """Return the compiled form in this JSON text, if it was made from these bytes."""
    record = json.loads(text)
    if record.pop("template") != hashlib.sha256(template).hexdigest():
        return None
    signature = record["signature"] and SignatureBox(*record["signature"])
    return Compiled(**record | {"signature": signature})


def filled_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Return the parts in which docxtpl fills tags: the document, its heads, feet and footnotes.

    Raise NotPackage.
    """
    related = ooxml.related(parts, ooxml.DOCUMENT).values()
    kinds = ("header", "footer", "footnotes")
    beside = {name for kind, name in related if kind in kinds and name in parts}
    return [ooxml.DOCUMENT, *sorted(beside)]


def compile_template(data: bytes, parts: Mapping[str, bytes]) -> Compiled:
    """Patch every part that holds tags as docxtpl does. The bytes must be an opened template's.

    Raise TemplateStop for a tag that does more than print, repeat or leave out.
    """
    from docgen.merge.by_docxtpl import VERSION, jinja_source

    sources: dict[str, str] = {}
    signature, grids = None, False
    for name in filled_parts(parts):
        root = ooxml.parse(parts[name], name, _TEMPLATE)
        if name == ooxml.DOCUMENT:
            grids = _grids_may_change(root)
            signature = mark_signature(root, parts)

        text = ooxml.serialize(root).decode()
        source = jinja_source(data, name, text)
        if "{" in source or source != text or name == ooxml.DOCUMENT:
            sources[name] = source

    properties = tagged_properties(parts)
    for text in properties.values():
        refuse_computing(CORE, text)
    return Compiled(sources, VERSION, signature, grids, properties)


#: As python-docx, and so docxtpl, reads a template, without instructions to programs.
_TEMPLATE = etree.XMLParser(
    remove_blank_text=True,
    resolve_entities=False,
    no_network=True,
    remove_comments=True,
    remove_pis=True,
)


def _grids_may_change(document: ooxml.Element) -> bool:
    """Whether docxtpl's repair of table grids could change any table, however it is filled.

    It adds columns where a row has more cells than the grid, and takes away what no row uses: a
    row that is always there and uses every column rules that out. (Not so beside a brace outside
    tags: docxtpl takes away all that lies between it and the next tag.)
    """
    if "{" in outside_tags("".join(document.itertext(f"{W}t"))):
        return True
    for table in document.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        if any(len(row.findall(f"{W}tc")) > columns for row in table.iter(f"{W}tr")):
            return True
        rows = [("".join(row.itertext(f"{W}t")), _width(row)) for row in table.findall(f"{W}tr")]
        if any(re.search(r"\{[{%]tc |\{%\s*(colspan|hm)\b", text) for text, _ in rows):
            return True
        if not lasts((text for text, width in rows if width == columns or "{%tr" in text), "tr"):
            return True

    return False


def _width(row: ooxml.Element) -> int:
    spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc"))
    return sum(1 if span is None else span_of(span) for span in spans)


def _number_drawings(text: str) -> str:
    """Drawings that a loop repeats must not share an id."""
    numbers = iter(range(_FIRST_DRAWING, _FIRST_DRAWING + text.count("docPr")))
    return _DRAWING.sub(lambda drawing: f"{drawing[1]}{next(numbers)}", text)
