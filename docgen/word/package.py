"""A DOCX opened: the parts that say how it looks, found through their relationships."""

from collections.abc import Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass

from docgen.files import ooxml
from docgen.files.ooxml import Element, NotPackage
from docgen.word.markup import W

#: The namespaces of a document saved as Strict Open XML, and what they are otherwise.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/",
        b"http://schemas.openxmlformats.org/drawingml/2006/",
    ),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The parsed parts of a document; None for one that is not there."""

    document: Element
    styles: Element | None
    settings: Element | None
    theme: Element | None
    numbering: Element | None
    #: Headers and footers by relationship.
    margins: dict[str, Element]

    def setting(self, name: str) -> Element | None:
        return None if self.settings is None else self.settings.find(f"{W}{name}")


def open_document(data: bytes) -> Opened:
    """Open a DOCX. Raises NotPackage for what is none, or broken."""
    return open_parts(ooxml.read_parts(data))


def open_parts(parts: Mapping[str, bytes], *, forgiving: bool = False) -> Opened:
    """Parse the parts of a DOCX that say how it looks. Raises NotPackage.

    Where it is forgiving, a part that is broken beside the document is as if it were not there.
    """

    def related(name: str) -> dict[str, tuple[str, str]]:
        with suppress(NotPackage) if forgiving else nullcontext():
            return ooxml.related(parts, name)
        return {}

    def parsed(name: str) -> Element | None:
        with suppress(NotPackage) if forgiving else nullcontext():
            return _parsed(parts, name)
        return None

    name = next((at for kind, at in related("").values() if kind == "officeDocument"), "")
    name = name if name in parts else ooxml.DOCUMENT
    if name not in parts:
        raise NotPackage("里面没有 Word 正文")

    beside = related(name)
    document = _parsed(parts, name)
    if document is None or document.tag != f"{W}document":
        raise NotPackage("里面没有 Word 正文")

    def only(kind: str) -> Element | None:
        return next((parsed(at) for found, at in beside.values() if found == kind), None)

    margins = {
        key: root
        for key, (kind, at) in beside.items()
        if kind in ("header", "footer") and (root := parsed(at)) is not None
    }
    return Opened(
        document, only("styles"), only("settings"), only("theme"), only("numbering"), margins
    )


def _parsed(parts: Mapping[str, bytes], name: str) -> Element | None:
    part = parts.get(name)
    if part is None:
        return None
    if b"http://purl.oclc.org/ooxml/" in part:
        for strict, usual in _STRICT:
            part = part.replace(strict, usual)
    return ooxml.parse(part, name)
