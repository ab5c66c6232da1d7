"""A template: a DOCX file that is opened only when it is safe to."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from docgen import blocks, ooxml
from docgen.catalogue import stop, template
from docgen.errors import InputStop, TemplateStop, UsageStop
from docgen.files import own_template, read_bytes
from docgen.finding import Finding
from docgen.forms.form import Form
from docgen.merge.compiled import Compiled, carried, compile_template
from docgen.merge.properties import declare_properties
from docgen.outward import leads_out

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
            _refuse_foreign(parts)
            found = [] if self.own else leads_out(parts)
        except ooxml.NotPackage as error:
            raise self.refused(str(error)) from None
        if found:
            raise self.refused(f"里面有{'、'.join(found)}")
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

    def refused(self, why: str) -> TemplateStop:
        """What stops a template that is no sound document."""
        return TemplateStop(template.NOT_DOCX.at(name=self.name, why=why))


def _refuse_foreign(parts: dict[str, bytes]) -> None:
    """Raises NotPackage for what is no Word document, or needs something outside itself."""
    if ooxml.DOCUMENT not in parts or _MAIN not in parts.get(ooxml.TYPES, b""):
        raise ooxml.NotPackage("里面没有 Word 正文，或是带宏的 .docm")
    for name, part in parts.items():
        if name.endswith(".rels"):
            entries = ooxml.parse(part, name).iter("{*}Relationship")
            if any(map(_reaches_out, entries)):
                raise ooxml.NotPackage("它引用了文件外的内容（外部图片、模板或对象）")
    main = [at for kind, at in ooxml.related(parts).values() if kind == "officeDocument"]
    if main != [ooxml.DOCUMENT]:
        raise ooxml.NotPackage("它的正文不在通常的地方，Word 会打开另一个部件")


def _reaches_out(relationship: blocks.Element) -> bool:
    """Whether Word would fetch something from outside; a hyperlink waits to be clicked."""
    outside = relationship.get("TargetMode", "").lower() == "external"
    return outside and not relationship.get("Type", "").endswith("/hyperlink")


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
