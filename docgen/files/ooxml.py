"""The OOXML package: parts read within limits, canonical XML, a zip that is always the same.

What docgen issues is opened again with other eyes: it is printed by Jinja and deflated by
libdeflate, and read by zipfile with zlib and libxml2.
"""

import contextlib
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import deflate
from lxml import etree

#: An element of an XML part.
Element = etree._Element

#: A report's document is about 100 KB; a package that unpacks to more than this is a bomb.
MOST_BYTES, MOST_PARTS = 64 * 1024 * 1024, 2000

DOCUMENT, TYPES, RELATIONS = "word/document.xml", "[Content_Types].xml", "_rels/.rels"
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
)
#: What a part may be written in (ECMA-376 part 2, 8.1.1.1 and ASCII, which is UTF-8).
_ENCODINGS = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ASCII", "US-ASCII"}


class NotPackage(Exception):
    """These bytes are no package docgen will open; the text says why, in Chinese."""


def tag_of(element: Element) -> str:
    """Return the tag of an element: comments and instructions, which have none, are never read."""
    return str(element.tag)


def parent_of(element: Element) -> Element:
    """Return what an element stands in; it is not the root."""
    parent = element.getparent()
    assert parent is not None
    return parent


class KnownPart(NamedTuple):
    """A part that was read, and how it lies in a package: all that says what it holds."""

    lies: tuple[bytes, int, int, int]
    part: bytes


def read_parts(data: bytes, known: dict[str, KnownPart | None] | None = None) -> dict[str, bytes]:
    """Return every part of a package by name. Raise NotPackage for bombs and document types.

    What lies there to the byte as it did when it became `known` is not unpacked again; a part
    that is named there, and not yet known, becomes so.
    """
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
            parts = {
                info.filename: _read_part(package, info, data, {} if known is None else known)
                for info in infos
                if not info.is_dir()
            }
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, NotImplementedError):
        raise NotPackage("不是完好的压缩包") from None
    except (RuntimeError, ValueError, zlib.error):
        raise NotPackage("压缩包已损坏") from None

    for name, part in parts.items():
        if is_xml(name) and b"<!DOCTYPE" in part.replace(b"\0", b""):
            raise NotPackage(f"部件 {name} 带有文档类型声明")

    return parts


def _read_part(
    package: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    data: bytes,
    known: dict[str, KnownPart | None],
) -> bytes:
    """Return a part, unpacked or known."""
    name = info.filename
    if name not in known:
        return package.read(info)

    start = info.header_offset
    named, more = struct.unpack_from("<2H", data, start + _LOCAL_LENGTH - 4)
    end = start + _LOCAL_LENGTH + named + more + info.compress_size
    lies = (data[start:end], info.CRC, info.file_size, info.compress_type)
    before = known[name]
    if before is None:
        before = known[name] = KnownPart(lies, package.read(info))
    return before.part if before.lies == lies else package.read(info)


def parse(part: bytes, name: str = "", parser: etree.XMLParser = _PARSER) -> Element:
    """The root element of an XML part (lxml), its comments aside.

    Raises NotPackage, which says what is wrong with it and where, in the part of this name.
    """
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise NotPackage(f"部件 {name} {_why(error)}") from None
    except (etree.LxmlError, ValueError, LookupError):
        raise NotPackage(f"部件 {name} 不是完好的 XML") from None

    about = root.getroottree().docinfo
    if about.doctype:
        raise NotPackage(f"部件 {name} 带有文档类型声明")
    if (about.encoding or "UTF-8").upper() not in _ENCODINGS:
        raise NotPackage(f"部件 {name} 的编码是 {about.encoding}，只能是 UTF-8 或 UTF-16")
    return root


def _why(error: etree.XMLSyntaxError) -> str:
    """What libxml2 met, in the clerk's words."""
    if error.code != etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        line, column = error.position
        return f"不是完好的 XML（第 {line} 行第 {column} 个字符处）"

    return "的元素套了 256 层以上" if "depth" in str(error) else "里有一处内容超过 10 MB"


def related(parts: Mapping[str, bytes], name: str = "") -> dict[str, tuple[str, str]]:
    """The kind and name of every part related to this one, or to the package, by relationship.

    Raises NotPackage for relationships that cannot be read, or say two things.
    """
    folder, file = posixpath.split(name)
    held = posixpath.join(folder, "_rels", f"{file}.rels")
    found: dict[str, tuple[str, str]] = {}
    seen = set()

    for entry in parse(parts[held], held).iter("{*}Relationship") if held in parts else ():
        key, kind, target = entry.get("Id", ""), entry.get("Type", ""), entry.get("Target", "")
        if key in seen:
            raise NotPackage(f"部件 {held} 里有两个关系的编号都是“{key}”")
        seen.add(key)
        if entry.get("TargetMode") != "External":
            at = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[key] = (kind.rsplit("/", 1)[-1], at)

    return found


def serialize(element: Element) -> bytes:
    """An XML part of this root element."""
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))


def add_part(parts: dict[str, bytes], name: str, content_type: str, relation: str) -> None:
    """Declare a new part of the package in its content types and its relationships."""
    types = parse(parts[TYPES], TYPES)
    override = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override")
    override.set("PartName", f"/{name}")
    override.set("ContentType", content_type)
    relations = parse(parts[RELATIONS], RELATIONS)
    entry = etree.SubElement(relations, f"{{{etree.QName(relations).namespace}}}Relationship")
    entry.set("Id", f"docgen{len(relations)}")
    entry.set("Type", relation)
    entry.set("Target", name)
    parts[TYPES], parts[RELATIONS] = serialize(types), serialize(relations)


def is_xml(name: str) -> bool:
    """Whether a part of this name is XML."""
    return name.endswith((".xml", ".rels"))


class Packed(NamedTuple):
    """A part as it lies in a package. One that many documents share is packed once."""

    crc: int
    size: int
    deflated: bytes


def pack(part: bytes) -> Packed:
    """Deflate a part, by the one library that gives the same bytes on every machine."""
    deflated = bytes(deflate.deflate_compress(part, _LEVEL))
    return Packed(zlib.crc32(part), len(part), deflated)


#: Of libdeflate's levels 1 to 12: half the time of zlib's 6, 4 % larger.
_LEVEL = 6
#: The earliest day a zip can hold (1980-01-01, no clock in the bytes), and who may read it.
_TIME, _DAY, _RIGHTS = 0, 1 << 5 | 1, 0o600 << 16
_UNIX, _VERSION, _UTF8, _DEFLATED = 3 << 8, 20, 0x800, 8
_LOCAL, _CENTRAL, _END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
_LOCAL_LENGTH = struct.calcsize(_LOCAL)


def write_package(parts: Mapping[str, bytes | Packed]) -> bytes:
    """The same bytes for the same parts, on any day and machine; content types come first."""
    body, directory = bytearray(), bytearray()
    for name in sorted(parts, key=lambda name: (name != TYPES, name)):
        part = parts[name]
        crc, size, deflated = part if isinstance(part, Packed) else pack(part)
        path = name.encode()
        flags = 0 if path.isascii() else _UTF8
        about = (flags, _DEFLATED, _TIME, _DAY, crc, len(deflated), size, len(path), 0)
        directory += struct.pack(
            _CENTRAL, b"PK\1\2", _UNIX | _VERSION, _VERSION, *about, 0, 0, 0, _RIGHTS, len(body)
        )
        directory += path
        body += struct.pack(_LOCAL, b"PK\3\4", _VERSION, *about) + path + deflated

    counts = (0, 0, len(parts), len(parts))
    end = struct.pack(_END, b"PK\5\6", *counts, len(directory), len(body), 0)
    return bytes(body + directory + end)


@lru_cache(maxsize=64)  # a template's parts come again in every document
def check_xml(part: bytes, name: str) -> None:
    """Raises NotPackage for what is no XML."""
    parse(part, name)


def canonical(name: str, part: bytes) -> bytes:
    """A part as canonical XML (Exclusive C14N 1.0), so that only content counts.

    What is no XML, or none that has a canonical form (a relative namespace), is as it is.
    """
    if is_xml(name):
        with contextlib.suppress(NotPackage, etree.C14NError):  # a namespace that is no address
            return bytes(etree.tostring(parse(part), method="c14n", exclusive=True))

    return part
