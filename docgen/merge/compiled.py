"""A template made ready once: docxtpl's patching done, each part with tags as Jinja source.

docxtpl remains the truth about its tag language; what it does anew for every document (open,
patch, compile) is done here once a template. docgen's own template is carried patched
(`report_template.jinja.json`, written by tools/make_template.py), so that a single cold run need
not load docxtpl at all. It is used only for the very bytes it was made from.
"""

import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from docgen import ooxml

_VMERGE = re.compile(r"(<w:tc[ >](?:(?!<w:tc[ >]).)*?){%\s*vmerge\s+([^%]*?)\s*%}", flags=re.DOTALL)
_VMERGE_PLACE = re.compile(
    r"(<w:tcPr>(?:<w:tcW[^>]*/>)?(?:<w:gridSpan[^>]*/>)?)(?:<w:vMerge[^>]*/>)?"
)
_RENDERED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_BODY = re.compile(r"<w:body[ >].*</w:body>", re.DOTALL)
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def guard(value: object) -> Markup:
    """A value as XML text, its line breaks as `w:br`. Only text can be printed."""
    if not isinstance(value, str):
        raise jinja2.UndefinedError(f"{type(value).__name__} cannot be printed")
    return Markup(str(Markup.escape(value)).replace("\n", _BREAK))


def environment() -> SandboxedEnvironment:
    """The sandbox templates run in: everything escaped, nothing undefined, no globals."""
    sandbox = SandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, finalize=guard, optimized=False
    )
    sandbox.globals.clear()
    return sandbox


@dataclass(frozen=True)
class Compiled:
    """The sources of the parts that hold tags, by part name; parsed when first filled."""

    sources: Mapping[str, str]
    docxtpl: str  # the version that patched them
    _ready: dict[str, jinja2.Template] = field(default_factory=dict, compare=False, repr=False)

    def fill(self, context: Mapping[str, Any]) -> dict[str, bytes]:
        """The parts that hold tags, filled. Raises jinja2.TemplateError."""
        if not self._ready:
            sandbox = environment()
            for name, source in self.sources.items():
                self._ready[name] = sandbox.from_string(source)
        return {name: part.render(context).encode() for name, part in self._ready.items()}

    def as_json(self, template: bytes) -> str:
        """What is carried beside the template with these bytes."""
        made_from = hashlib.sha256(template).hexdigest()
        record = {"template": made_from, "docxtpl": self.docxtpl, "sources": self.sources}
        return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def carried(text: str, template: bytes) -> Compiled | None:
    """The compiled form in this JSON text, if it was made from these bytes."""
    record = json.loads(text)
    if record["template"] != hashlib.sha256(template).hexdigest():
        return None
    return Compiled(record["sources"], record["docxtpl"])


def compile_template(data: bytes, parts: Mapping[str, bytes]) -> Compiled:
    """Patch every part that holds tags as docxtpl does. The bytes must be an opened template's."""
    import docxtpl

    patcher = docxtpl.DocxTemplate(io.BytesIO(data))
    sources = {}
    for name in sorted(filter(_RENDERED.fullmatch, parts)):
        text = ooxml.serialize(ooxml.parse(parts[name])).decode()
        patched = _patch(patcher, text) if name != ooxml.DOCUMENT else _patch_body(patcher, text)
        if "{" in patched:
            sources[name] = patched
    return Compiled(sources, docxtpl.__version__)


def _patch_body(patcher: Any, text: str) -> str:
    """docxtpl looks at the body alone: what stands around it is kept as it is."""
    body = _BODY.search(text)
    assert body is not None  # an opened template has one
    return text[: body.start()] + _patch(patcher, body[0]) + text[body.end() :]


def _patch(patcher: Any, text: str) -> str:
    return _VMERGE.sub(_merge_cell, patcher.patch_xml(text))


def _merge_cell(match: re.Match[str]) -> str:
    """`{% vmerge row.group1.merge %}` in a cell's text says its vertical merge.

    Said in the text it survives an editor; a vMerge written into rows that loop markers
    separate does not.
    """
    merge = rf'\1<w:vMerge w:val="{{{{ {match[2]} }}}}"/>'
    return _VMERGE_PLACE.sub(merge, match[1], count=1)
