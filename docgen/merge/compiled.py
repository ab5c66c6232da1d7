"""A template made ready once: docxtpl's patching done, each part with tags as Jinja source.

docxtpl remains the truth about its tag language; what it does anew for every document (open,
patch, compile) is done here once a template, and of what it does after filling only what this
template can need is left to do. docgen's own template is carried patched
(`report_template.jinja.json`, written by tools/make_template.py), so that a single cold run need
not load docxtpl at all. It is used only for the very bytes it was made from.
"""

import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jinja2
from jinja2 import nodes
from lxml import etree

from docgen import ooxml
from docgen.blocks import W
from docgen.catalogue import template as rules
from docgen.errors import TemplateStop
from docgen.merge.empty import lasts
from docgen.merge.properties import CORE, tagged_properties
from docgen.merge.signature import Signature, mark_signature

_VMERGE = re.compile(r"(<w:tc[ >](?:(?!<w:tc[ >]).)*?){%\s*vmerge\s+([^%]*?)\s*%}", flags=re.DOTALL)
_VMERGE_PLACE = re.compile(
    r"(<w:tcPr>(?:<w:tcW[^>]*/>)?(?:<w:gridSpan[^>]*/>)?)(?:<w:vMerge[^>]*/>)?"
)
_BODY = re.compile(r"<w:body[ >].*</w:body>", re.DOTALL)
_TAG = re.compile(r"\{([{%#]).*?[}%#]\}", re.DOTALL)
_DRAWING = re.compile(r'(<\w+:docPr\b[^>]*?\sid=")[^"]*')
_FIRST_DRAWING = 1001  # docxtpl's, above the ids of heads and feet
#: docxtpl's spelling of braces that are to be printed.
_BRACES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
#: A value's characters as XML text, its line breaks as `w:br`.
_AS_XML = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&#34;",
        "'": "&#39;",
        "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    }
)
_SPECIAL = re.compile("[&<>\"'\x00-\x1f]")
#: All that a tag may do. Nothing is called or computed: no sandbox is needed.
ALLOWED = (
    nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Getattr,
    nodes.Compare, nodes.Operand, nodes.Const, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip


def guard(value: object) -> str:
    """A value as XML text. Only text can be printed, and of it only what docgen's model lets in."""
    if not isinstance(value, str):
        raise jinja2.UndefinedError(f"{type(value).__name__} cannot be printed")
    special = _SPECIAL.findall(value)
    if not special:
        return value
    if not set(special) <= {*'&<>"', "'", "\n"}:  # docxtpl makes runs and paragraphs of the others
        raise jinja2.UndefinedError("a control character cannot be printed")
    return value.translate(_AS_XML)


def environment(printed: Callable[[object], str] = guard) -> jinja2.Environment:
    """Where templates run: every value through `printed`, nothing undefined, no globals."""
    quiet = jinja2.Environment(undefined=jinja2.StrictUndefined, finalize=printed, optimized=False)
    quiet.globals.clear()
    return quiet


@dataclass(frozen=True)
class Compiled:
    """The sources of the parts that hold tags, by part name; parsed when first filled."""

    sources: Mapping[str, str]
    docxtpl: str  # the version that patched them
    signature: Signature | None = None
    grids: bool = False  # whether filling may leave a table with more or fewer columns
    properties: Mapping[str, str] = field(default_factory=dict)  # sources, by name: `dc:subject`
    _ready: dict[str, jinja2.Template] = field(default_factory=dict, compare=False, repr=False)

    def fill(self, context: Mapping[str, Any]) -> dict[str, str]:
        """The parts that hold tags, filled: as docxtpl leaves them. Raises jinja2.TemplateError."""
        if not self._ready:
            place = environment()
            for name, source in self.sources.items():
                self._ready[name] = place.from_string(source)
        filled = {name: part.render(context) for name, part in self._ready.items()}
        if self.grids:
            filled[ooxml.DOCUMENT] = _fix_grids(filled[ooxml.DOCUMENT])
        if "docPr" in self.sources[ooxml.DOCUMENT]:
            filled[ooxml.DOCUMENT] = _number_drawings(filled[ooxml.DOCUMENT])
        return filled

    def fill_properties(self, context: Mapping[str, Any]) -> dict[str, str]:
        """The core properties that hold tags, filled: plain text, in one line."""
        place = environment(lambda value: str(value).replace("\n", ""))
        return {n: place.from_string(text).render(context) for n, text in self.properties.items()}

    def as_json(self, template: bytes) -> str:
        """What is carried beside the template with these bytes."""
        made_from = {"template": hashlib.sha256(template).hexdigest()}
        own = {key: value for key, value in vars(self).items() if not key.startswith("_")}
        return json.dumps(made_from | own, ensure_ascii=False, indent=1) + "\n"


def carried(text: str, template: bytes) -> Compiled | None:
    """The compiled form in this JSON text, if it was made from these bytes."""
    record = json.loads(text)
    if record.pop("template") != hashlib.sha256(template).hexdigest():
        return None
    signature = record["signature"] and Signature(*record["signature"])
    return Compiled(**record | {"signature": signature})


def filled_parts(parts: Mapping[str, bytes]) -> list[str]:
    """The parts in which docxtpl fills tags: the document, its heads, feet and footnotes.

    Raises etree.XMLSyntaxError.
    """
    related = ooxml.related(parts, ooxml.DOCUMENT).values()
    kinds = ("header", "footer", "footnotes")
    beside = {name for kind, name in related if kind in kinds and name in parts}
    return [ooxml.DOCUMENT, *sorted(beside)]


def compile_template(data: bytes, parts: Mapping[str, bytes]) -> Compiled:
    """Patch every part that holds tags as docxtpl does. The bytes must be an opened template's.

    Raises TemplateStop for a tag that does more than print, repeat or leave out.
    """
    import docxtpl

    patcher = docxtpl.DocxTemplate(io.BytesIO(data))
    sources: dict[str, str] = {}
    signature, grids = None, False
    for name in filled_parts(parts):
        root = etree.fromstring(parts[name], _TEMPLATE)
        if name == ooxml.DOCUMENT:
            grids = _grids_may_change(root)
            signature = mark_signature(root, parts)
        text = ooxml.serialize(root).decode()
        patched = _patch(patcher, text) if name != ooxml.DOCUMENT else _patch_body(patcher, text)
        if "{" in patched or name == ooxml.DOCUMENT:
            sources[name] = patched
            _refuse_computing(name, patched)
    properties = tagged_properties(parts[CORE]) if CORE in parts else {}
    for text in properties.values():
        _refuse_computing(CORE, text)
    return Compiled(sources, docxtpl.__version__, signature, grids, properties)


#: As python-docx, and so docxtpl, reads a template.
_TEMPLATE = etree.XMLParser(
    remove_blank_text=True, resolve_entities=False, no_network=True, remove_comments=True
)


def _patch_body(patcher: Any, text: str) -> str:
    """docxtpl looks at the body alone: what stands around it is kept as it is."""
    body = _BODY.search(text)
    if body is None:
        why = "正文的 XML 不用通常的前缀 w"
        raise TemplateStop(rules.BROKEN_TAG.at(where=ooxml.DOCUMENT, tag="", why=why))
    return text[: body.start()] + _patch(patcher, body[0]) + text[body.end() :]


def _patch(patcher: Any, text: str) -> str:
    """The Jinja source. Line breaks, tabs and braces of the template's own text, which docxtpl
    looks for after filling, are seen to here: values hold none, and braces of values are text.
    """
    patched = _VMERGE.sub(_merge_cell, patcher.patch_xml(text))
    patched = _TAG.sub(lambda tag: re.sub(r"\s", " ", tag[0]), patched)
    patched = patcher.resolve_listing(patched)
    for spelt, braces in _BRACES.items():
        patched = patched.replace(spelt, f"{{% raw %}}{braces}{{% endraw %}}")
    return str(patched)


def _merge_cell(match: re.Match[str]) -> str:
    """`{% vmerge row.group1.merge %}` in a cell's text says its vertical merge.

    Said in the text it survives an editor; a vMerge written into rows that loop markers
    separate does not.
    """
    merge = rf'\1<w:vMerge w:val="{{{{ {match[2]} }}}}"/>'
    return _VMERGE_PLACE.sub(merge, match[1], count=1)


def _refuse_computing(name: str, source: str) -> None:
    """Also where no reader sees a tag: in a field's code, in an attribute."""
    try:
        tree = environment().parse(source)
    except jinja2.TemplateSyntaxError as error:
        why = f"的写法不对：{error.message}"
        raise TemplateStop(rules.BROKEN_TAG.at(where=name, tag="", why=why)) from None
    for node in tree.find_all(nodes.Node):
        hidden = isinstance(node, nodes.Getattr) and node.attr.startswith("_")
        if hidden or not isinstance(node, ALLOWED):
            what = "运算或调用"
            raise TemplateStop(rules.NOT_ALLOWED.at(where=name, tag="有的标签", what=what))


def _grids_may_change(document: Any) -> bool:
    """Whether docxtpl's repair of table grids could change any table, however it is filled.

    It adds columns where a row has more cells than the grid, and takes away what no row uses: a
    row that is always there and uses every column rules that out. (Not so beside a brace outside
    tags: docxtpl takes away all that lies between it and the next tag.)
    """
    if "{" in _TAG.sub("", "".join(document.itertext(f"{W}t"))):
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


def _width(row: Any) -> int:
    spans = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc"))
    return sum(1 if span is None else int(span.get(f"{W}val", "1")) for span in spans)


def _fix_grids(text: str) -> str:
    import docxtpl

    tree = docxtpl.DocxTemplate(None).fix_tables(text.encode())
    return ooxml.serialize(tree).decode()


def _number_drawings(text: str) -> str:
    """Drawings that a loop repeats must not share an id."""
    numbers = iter(range(_FIRST_DRAWING, _FIRST_DRAWING + text.count("docPr")))
    return _DRAWING.sub(lambda drawing: f"{drawing[1]}{next(numbers)}", text)
