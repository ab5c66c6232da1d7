"""The document's properties: from the report alone, no clock, nothing of any library's."""

import datetime

from markupsafe import Markup

from docgen import ooxml
from docgen.model import Report

_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_KINDS = {
    _CORE: (
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_PACKAGE}/relationships/metadata/core-properties",
    ),
    _APP: (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        f"{_OFFICE}/relationships/extended-properties",
    ),
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def set_properties(parts: dict[str, bytes], report: Report) -> None:
    """Write both property parts into a package, in place of its template's."""
    for name, text in ((_CORE, _core(report)), (_APP, _app())):
        if name not in parts:
            ooxml.add_part(parts, name, *_KINDS[name])
        parts[name] = (_DECLARATION + text).encode()


def _app() -> str:
    properties = f"{_OFFICE}/extended-properties"
    return f'<Properties xmlns="{properties}"><Application>docgen</Application></Properties>'


def _core(report: Report) -> str:
    day = report.signature.date or datetime.date((report.year or 2000) + 1, 1, 1)
    stamp = f'xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z<'
    values = {
        "dc:title": (report.title or "").replace("\n", ""),
        "dc:creator": report.body.name or "",
        "cp:lastModifiedBy": report.body.name or "",
        "dc:language": "zh-CN",
    }
    body = "".join(f"<{tag}>{Markup.escape(text)}</{tag}>" for tag, text in values.items())
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{body}'
        f"<dcterms:created {stamp}/dcterms:created><dcterms:modified {stamp}/dcterms:modified>"
        "</cp:coreProperties>"
    )
