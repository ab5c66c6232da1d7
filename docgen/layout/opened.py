"""A DOCX opened to be measured: its parts parsed and found through their relationships."""

import re
from dataclasses import dataclass

from docgen.files import ooxml
from docgen.files.ooxml import Element, NotPackage
from docgen.word.blocks import W

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TWIPS_IN_MM = 1440 / 25.4

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
    #: Headers and footers by relationship.
    margins: dict[str, Element]

    def setting(self, name: str) -> Element | None:
        return None if self.settings is None else self.settings.find(f"{W}{name}")


def open_document(data: bytes) -> Opened:
    """The parts of a DOCX. Raises NotPackage for what is none, or broken."""
    parts = ooxml.read_parts(data)
    name = next((at for kind, at in ooxml.related(parts).values() if kind == "officeDocument"), "")
    name = name if name in parts else ooxml.DOCUMENT
    if name not in parts:
        raise NotPackage("里面没有 Word 正文")
    related = ooxml.related(parts, name)
    document = _parsed(parts, name)
    if document is None or document.tag != f"{W}document":
        raise NotPackage("里面没有 Word 正文")

    def only(kind: str) -> Element | None:
        return next((_parsed(parts, at) for found, at in related.values() if found == kind), None)

    margins = {
        key: root
        for key, (kind, at) in related.items()
        if kind in ("header", "footer") and (root := _parsed(parts, at)) is not None
    }
    return Opened(document, only("styles"), only("settings"), only("theme"), margins)


def _parsed(parts: dict[str, bytes], name: str) -> Element | None:
    part = parts.get(name)
    if part is None:
        return None
    if b"http://purl.oclc.org/ooxml/" in part:
        for strict, usual in _STRICT:
            part = part.replace(strict, usual)
    return ooxml.parse(part, name)


_NUMBER = re.compile(r"([-+]?\d{1,9}(?:\.\d{1,9})?)(mm|cm|in|pt|pc|pi)?")
_UNITS = {"mm": TWIPS_IN_MM, "cm": 10 * TWIPS_IN_MM, "in": 1440, "pt": 20, "pc": 240, "pi": 240}


def twips(value: str | None, default: float = 0) -> float:
    """A length of an attribute in twips; the default for none and for nonsense."""
    found = _NUMBER.fullmatch((value or "").strip())
    if not found:
        return default
    return float(found[1]) * _UNITS.get(found[2] or "", 1)


def number(value: str | None, default: float = 0) -> float:
    """A number of an attribute; the default for none and for nonsense."""
    found = _NUMBER.fullmatch((value or "").strip())
    return float(found[1]) if found and not found[2] else default


def is_on(value: str | None) -> bool:
    """Whether a toggle holds: absent is off, present without a value is on."""
    return value not in (None, "0", "false", "off", "none")


def child_value(parent: Element | None, name: str, attribute: str = "val") -> str | None:
    """An attribute of a child, if both are there."""
    child = None if parent is None else parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}{attribute}")
