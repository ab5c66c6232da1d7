"""A template: a DOCX file that is opened only when it is safe to."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from docgen.errors import InputStop, TemplateStop, UsageStop
from docgen.files import ooxml, own_template, read_bytes
from docgen.files.outward import leads_out
from docgen.finding import Finding, Rule
from docgen.forms.form import Form
from docgen.merge.compiled import Compiled, carried, compile_template
from docgen.merge.faults import TOO_MUCH
from docgen.merge.properties import CORE, declare_properties
from docgen.word import blocks

NOT_DOCX = Rule(
    code="T101",
    name="模板不是 Word 文件",
    severity="error",
    message="模板“{name}”不是可用的 DOCX 文件：{why}",
    why="模板须是 Word 的 .docx 文件；.doc、.wps 或改了后缀的文件不行。",
    example="把 .doc 改名成了 .docx。",
    cure="用 Word 或 WPS 打开它，另存为 .docx；或去掉 --template，用自带的模板。",
)
NO_TEMPLATE = Rule(
    code="X203",
    name="这种表式没有模板",
    severity="error",
    message="表式“{form}”没有自带模板，不能出文件",
    why="有的表式（如已停用的旧格式）只供读取和核对，没有随带模板。",
    example="docgen render 一份旧格式的报告。",
    cure="只核对请用 docgen check；要出文件请用 --template 指定模板。",
)

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: The XML of a report's template has 40 KB, and is 10 to 100 times as large when it is read.
_MOST_PART = 8 << 20
#: Relations that say what kind of part they are to.
_OWN_KINDS = ("styles", "settings", "numbering", "header", "footer", "footnotes", "endnotes")


@dataclass(frozen=True)
class Template:
    """The bytes of a template, and whether it is the one docgen carries."""

    name: str
    data: bytes
    own: bool
    #: What its check found, by form: it is the same for every report.
    faults: dict[Form, list[Finding]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """Its parts; raises TemplateStop unless it is a Word document that keeps to itself."""
        try:
            parts = ooxml.read_parts(self.data)
            for name, part in parts.items():
                if ooxml.is_xml(name) and len(part) > _MOST_PART:
                    why = f"有 {len(part) / 1048576:.0f} MB，超过上限 {_MOST_PART >> 20} MB"
                    raise TemplateStop(TOO_MUCH.at(where=name, why=why))

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
    def known(self) -> dict[str, ooxml.KnownPart | None]:
        """Its parts that stand as they are in every document, as far as one was read back."""
        return dict.fromkeys(self.packed.keys() - {CORE, *self.compiled.sources})

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
        """Return what stops a template that is no sound document."""
        return TemplateStop(NOT_DOCX.at(name=self.name, why=why))


def _refuse_foreign(parts: dict[str, bytes]) -> None:
    """Raise NotPackage for what is no whole Word document, or needs something outside itself."""
    kinds = _kinds(parts) if ooxml.DOCUMENT in parts else {}
    if kinds.get(ooxml.DOCUMENT) != _MAIN:
        raise ooxml.NotPackage("里面没有 Word 正文，或是带宏的 .docm")
    for name, part in parts.items():
        if name.endswith(".rels"):
            entries = ooxml.parse(part, name).iter("{*}Relationship")
            if any(map(_reaches_out, entries)):
                raise ooxml.NotPackage("它引用了文件外的内容（外部图片、模板或对象）")

    related = {name: ooxml.related(parts, name).values() for name in ("", *parts)}
    if [at for kind, at in related[""] if kind == "officeDocument"] != [ooxml.DOCUMENT]:
        raise ooxml.NotPackage("它的正文不在通常的地方，Word 会打开另一个部件")
    for kind, at in (found for all_of_one in related.values() for found in all_of_one):
        _refuse_lost(kind, at, parts, kinds)


def _refuse_lost(kind: str, at: str, parts: dict[str, bytes], kinds: dict[str, str]) -> None:
    """Raise NotPackage for a related part that is not there, or said to be something else."""
    if kind == "hyperlink" or at.endswith("NULL"):
        return  # to a place in the document, or to a picture once deleted: Word opens both
    if at not in parts:
        raise ooxml.NotPackage(f"里面少了一个部件 {at}")
    if not kinds.get(at, "").endswith(f".{kind}+xml" if kind in _OWN_KINDS else ""):
        raise ooxml.NotPackage(f"{ooxml.TYPES} 把部件 {at} 写成了别的种类")


def _kinds(parts: dict[str, bytes]) -> dict[str, str]:
    """Return the content type of every part that has one."""
    types = ooxml.parse(parts.get(ooxml.TYPES, b""), ooxml.TYPES)
    of_part = {
        entry.get("PartName", "").lstrip("/").lower(): entry.get("ContentType", "")
        for entry in types.iter("{*}Override")
    }
    of_ending = {
        entry.get("Extension", "").lower(): entry.get("ContentType", "")
        for entry in types.iter("{*}Default")
    }
    kinds = {}

    for name in parts:
        ending = name.lower().rpartition(".")[2]
        kinds[name] = of_part.get(name.lower()) or of_ending.get(ending, "")

    return {name: kind for name, kind in kinds.items() if kind}


def _reaches_out(relationship: ooxml.Element) -> bool:
    """Whether Word would fetch something from outside; a hyperlink waits to be clicked."""
    outside: bool = relationship.get("TargetMode", "").lower() == "external"
    return outside and not relationship.get("Type", "").endswith("/hyperlink")


def load_template(form: Form, path: Path | None) -> Template:
    """Return the template at `path`, or the form's own: docgen carries it, or the form's folder.

    Raise TemplateStop if it cannot be opened.
    """
    if path is None:
        if not form.template:
            raise UsageStop(NO_TEMPLATE.at(form=form.key))
        if not form.folder:
            return _own_template(form.template)
        path = Path(form.folder) / form.template

    try:
        return _opened(path.name, read_bytes(path), own=False)
    except InputStop as error:
        raise TemplateStop(*error.findings) from None


@lru_cache(maxsize=4)
def _own_template(name: str) -> Template:
    """Return a template of docgen's own, which like its code does not change while it runs."""
    try:
        return _opened(name, read_bytes(own_template(name)), own=True)
    except InputStop as error:
        raise TemplateStop(*error.findings) from None


@lru_cache(maxsize=4)
def _opened(name: str, data: bytes, own: bool) -> Template:
    """One template for many reports: it is compiled once, whatever file the bytes came from."""
    template = Template(name, data, own)
    template.parts  # noqa: B018  refuses what is not a document
    return template
