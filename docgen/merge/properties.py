"""The document's properties: from the report, no clock, nothing of any library's or template's.

Where a template's own property holds tags, they say what stands there.
"""

import datetime
from collections.abc import Mapping

from lxml import etree
from markupsafe import escape

from docgen.files import ooxml
from docgen.model import Report

CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_KINDS = {
    CORE: (
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_PACKAGE}/relationships/metadata/core-properties",
    ),
    _APP: (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        f"{_OFFICE}/relationships/extended-properties",
    ),
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


#: The core properties whose tags docxtpl fills; a template's others speak of the template.
FILLED = ("dc:title", "dc:creator", "dc:description", "dc:identifier", "dc:language", "dc:subject")


def tagged_properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the core properties of a template that hold tags: their texts, by name."""
    found = {}
    for element in ooxml.parse(parts[CORE], CORE) if CORE in parts else ():
        name, text = f"dc:{etree.QName(element).localname}", element.text or ""
        if name in FILLED and "{" in text:
            found[name] = text

    return found


def declare_properties(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a template's parts with both property parts, empty where the report says them."""
    declared = dict(parts)
    for name, kinds in _KINDS.items():
        if name not in declared:
            ooxml.add_part(declared, name, *kinds)

    return declared | {CORE: b"", _APP: (_DECLARATION + _app()).encode()}


def _app() -> str:
    properties = f"{_OFFICE}/extended-properties"
    return f'<Properties xmlns="{properties}"><Application>docgen</Application></Properties>'


def core_properties(report: Report, filled: Mapping[str, str]) -> bytes:
    """Return the core properties: the report's, and those the template's tags say instead."""
    day = report.signature.date or datetime.date((report.year or 2000) + 1, 1, 1)
    stamp = f'xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z<'
    values = {
        "dc:title": (report.title or "").replace("\n", ""),
        "dc:creator": report.body.name or "",
        "cp:lastModifiedBy": report.body.name or "",
        "dc:language": "zh-CN",
        **filled,
    }
    body = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in values.items())
    core = (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{body}'
        f"<dcterms:created {stamp}/dcterms:created><dcterms:modified {stamp}/dcterms:modified>"
        "</cp:coreProperties>"
    )

    return (_DECLARATION + core).encode()
