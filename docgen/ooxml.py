"""The OOXML package: parts read within limits, canonical hashes, a zip that is always the same.

Reading uses zipfile and expat, not the libraries that write the document: what docgen issues
is opened again with other eyes.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from lxml import etree

#: A report's document is about 100 KB; a package that unpacks to more than this is a bomb.
MOST_BYTES, MOST_PARTS = 64 * 1024 * 1024, 2000

DOCUMENT = "word/document.xml"
_MARK = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold: no clock in the bytes


class NotPackage(Exception):
    """These bytes are no package docgen will open; the text says why, in Chinese."""


def read_parts(data: bytes) -> dict[str, bytes]:
    """Every part of a package by name. Raises NotPackage for bombs and document types."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
            names = [info.filename for info in infos]
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
                raise NotPackage("解开后太大，像是压缩炸弹")
            if len(set(names)) < len(names):
                raise NotPackage("里面有重名的部件")
            if any(info.flag_bits & 1 for info in infos):
                raise NotPackage("压缩包设了密码")
            parts = {info.filename: package.read(info) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError):
        raise NotPackage("不是完好的压缩包") from None
    except (RuntimeError, ValueError, zlib.error):
        raise NotPackage("压缩包已损坏") from None
    for name, part in parts.items():
        if is_xml(name) and b"<!DOCTYPE" in part.replace(b"\0", b""):
            raise NotPackage(f"部件 {name} 带有文档类型声明")
    return parts


def parse(part: bytes) -> Any:
    """The root element of an XML part (lxml). Raises etree.XMLSyntaxError."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def serialize(element: Any) -> bytes:
    """An XML part of this root element."""
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))


def add_part(parts: dict[str, bytes], name: str, content_type: str, relation: str) -> None:
    """Declare a new part of the package in its content types and its relationships."""
    types = parse(parts["[Content_Types].xml"])
    override = etree.SubElement(types, f"{{{types.nsmap[None]}}}Override")
    override.set("PartName", f"/{name}")
    override.set("ContentType", content_type)
    relations = parse(parts["_rels/.rels"])
    entry = etree.SubElement(relations, f"{{{relations.nsmap[None]}}}Relationship")
    entry.set("Id", f"docgen{len(relations)}")
    entry.set("Type", relation)
    entry.set("Target", name)
    parts["[Content_Types].xml"], parts["_rels/.rels"] = serialize(types), serialize(relations)


def is_xml(name: str) -> bool:
    """Whether a part of this name is XML."""
    return name.endswith((".xml", ".rels"))


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """The same bytes for the same parts, on any day and machine; content types come first."""
    stream = io.BytesIO()
    first = "[Content_Types].xml"
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            info = zipfile.ZipInfo(name, _MARK)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            package.writestr(info, parts[name])
    return stream.getvalue()


def canonical_sha256(name: str, part: bytes) -> str:
    """The SHA-256 of a part: of its canonical XML (Exclusive C14N 1.0), so only content counts."""
    if is_xml(name):
        part = etree.tostring(parse(part), method="c14n", exclusive=True)
    return hashlib.sha256(part).hexdigest()
