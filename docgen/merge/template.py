"""A template: a DOCX file that is opened only when it is safe to."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from xml.etree import ElementTree

from docgen import blocks, ooxml
from docgen.catalogue import stop, template
from docgen.errors import InputStop, TemplateStop, UsageStop
from docgen.files import own_template, read_bytes
from docgen.finding import Finding
from docgen.forms.form import Form
from docgen.merge.compiled import Compiled, carried, compile_template
from docgen.merge.properties import declare_properties
from docgen.outward import leads_out

_DOCUMENT = "/officeDocument"
_MAIN = b"wordprocessingml.document.main+xml"


@dataclass(frozen=True)
class Template:
    """The bytes of a template, and whether it is the one docgen carries."""

    name: str
    data: bytes
    own: bool
    #: What its check found, by the form's key: it is the same for every report.
    faults: dict[str, list[Finding]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """Its parts; raises TemplateStop unless it is a Word document that keeps to itself."""
        try:
            parts = ooxml.read_parts(self.data)
        except ooxml.NotPackage as error:
            raise self._refused(str(error)) from None
        if ooxml.DOCUMENT not in parts or _MAIN not in parts.get("[Content_Types].xml", b""):
            raise self._refused("里面没有 Word 正文，或是带宏的 .docm")
        if _main_part(parts.get("_rels/.rels", b"")) != ooxml.DOCUMENT:
            raise self._refused("它的正文不在通常的地方，Word 会打开另一个部件")
        for name, part in parts.items():
            if name.endswith(".rels") and _reaches_out(part):
                raise self._refused("它引用了文件外的内容（外部图片、模板或对象）")
        if found := [] if self.own else leads_out(parts):
            raise self._refused(f"里面有{'、'.join(found)}")
        return parts

    @cached_property
    def packed(self) -> dict[str, ooxml.Packed]:
        """Its parts as they lie in every document that leaves them as they are."""
        parts = declare_properties(self.parts)
        return {name: ooxml.pack(part) for name, part in parts.items()}

    @cached_property
    def literals(self) -> frozenset[str]:
        """The paragraphs of the body that hold no tag: they may stand in the document too."""
        found = blocks.read_blocks(self.parts[ooxml.DOCUMENT])
        return frozenset(text for text in found if isinstance(text, str) and "{" not in text)

    @cached_property
    def compiled(self) -> Compiled:
        """Its parts that hold tags, patched; the carried form if it was made from these bytes."""
        beside = own_template(f"{self.name.removesuffix('.docx')}.jinja.json") if self.own else None
        if beside and beside.exists():
            found = carried(beside.read_text(encoding="utf-8"), self.data)
            if found:
                return found
        return compile_template(self.data, self.parts)

    def _refused(self, why: str) -> TemplateStop:
        return TemplateStop(template.NOT_DOCX.at(name=self.name, why=why))


def _main_part(relationships: bytes) -> str:
    """The part that Word opens as the document."""
    try:
        entries = ElementTree.fromstring(relationships)
    except ElementTree.ParseError:
        return ""
    targets = [e.get("Target", "") for e in entries if e.get("Type", "").endswith(_DOCUMENT)]
    return targets[0].lstrip("/") if len(targets) == 1 else ""


def _reaches_out(relationships: bytes) -> bool:
    """Whether Word would fetch something from outside; a hyperlink waits to be clicked."""
    try:
        return any(
            entry.get("TargetMode", "").lower() == "external"
            and not entry.get("Type", "").endswith("/hyperlink")
            for entry in ElementTree.fromstring(relationships)
        )
    except ElementTree.ParseError:
        return True


def load_template(form: Form, path: Path | None) -> Template:
    """The template at `path`, or the form's own. Raises TemplateStop if it cannot be opened."""
    own = path is None
    if path is None:
        if not form.template:
            raise UsageStop(stop.NO_TEMPLATE.at(form=form.key))
        path = own_template(form.template)
    try:
        loaded = _opened(path.name, read_bytes(path), own)
    except InputStop as error:
        raise TemplateStop(*error.findings) from None
    loaded.parts  # noqa: B018  refuses what is not a document
    return loaded


@lru_cache(maxsize=4)
def _opened(name: str, data: bytes, own: bool) -> Template:
    """One template for many reports: it is compiled once, whatever file the bytes came from."""
    return Template(name, data, own)
