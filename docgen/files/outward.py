"""What in a document leads out of it, or is run when it is opened: for documents of others.

LibreOffice and Word fetch linked pictures, insert other files by fields, open embedded objects.
"""

import contextlib
import re
import zlib
from collections.abc import Iterator, Mapping

from docgen.files import ooxml
from docgen.files.ooxml import Element

#: Fields that fetch something, where an instruction begins with one of these words;
#: it matches "\0 INCLUDEPICTURE http://…", not "\0 HYPERLINK …" or "\0 LINKED".
_FIELD = re.compile(
    r"\0\s*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDEAUTO|DDE|DATABASE|RD)(?![A-Z0-9])",
    re.IGNORECASE,
)
_IN_FIELDS = ("{*}fldChar", "{*}fldSimple", "{*}instrText", "{*}delInstrText")

#: Elements that bring in what is not text or picture, by what to call it.
_ELEMENTS = {
    "altChunk": "插入的整份文件（altChunk）",
    "subDoc": "子文档",
    "OLEObject": "嵌入或链接的对象（OLE）",
    "objectEmbed": "嵌入或链接的对象（OLE）",
    "objectLink": "嵌入或链接的对象（OLE）",
    "control": "控件",
    "webVideoPr": "网上的视频",
    "sourceFileName": "网页的框架",
}
_NAMED = tuple(f"{{*}}{name}" for name in _ELEMENTS)

#: What may name something outside and is not looked up when a page is set.
_IDLE = {
    "hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver",
    "attachedTemplate", "dataSource", "headerSource", "saveThroughXslt",
}  # fmt: skip
_BY_ID = ("/relationships", "schemas-microsoft-com:office:office")
_VML = "{urn:schemas-microsoft-com:vml}"

#: A target that is no part: "http://…", "file:…", "\\server\…", "//server/…", not "media/1.png".
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]{2}", re.IGNORECASE)
#: In a picture: "url(http://…", "@import", not "url(#a" or "url('#a".
_STYLE_OUT = re.compile(r"url\(\s*[\"']?(?![#\"'\s])|@import", re.IGNORECASE)
_POSTSCRIPT = (b"%!PS", b"\xc5\xd0\xd3\xc6")
_GZIP = b"\x1f\x8b"
_MARKUP = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BROKEN = "缺失或损坏的部件（不是完好的 XML）"
_MOST_PICTURE = 20 * 1024 * 1024


def leads_out(parts: Mapping[str, bytes]) -> list[str]:
    """Return all of it that may show on a page, in the clerk's words, each once.

    Raise NotPackage for a part that should be XML and is not.
    """
    found = list(_in_package(parts))
    for name, part in parts.items():
        if not name.endswith(".rels"):
            found += _in_part(name, part, _outer_ids(parts, name))

    return list(dict.fromkeys(found))


def cut_off(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with no relationship to anything outside, addresses to click among them."""
    kept = dict(parts)
    for name in parts:
        if name.endswith(".rels"):
            relations = ooxml.parse(parts[name], name)
            outer = [entry for entry in relations.iter("*") if _is_outer(entry)]
            for entry in outer:
                ooxml.parent_of(entry).remove(entry)

            if outer:
                kept[name] = ooxml.serialize(relations)

    return kept


def _is_outer(entry: Element) -> bool:
    outer = str(entry.get("TargetMode", "")).lower() == "external"
    return outer or bool(_ELSEWHERE.match(str(entry.get("Target", "")).strip()))


def _outer_ids(parts: Mapping[str, bytes], name: str) -> set[str]:
    """Return by what names a part refers to what is outside."""
    folder, _, file = name.rpartition("/")
    held = f"{folder}/_rels/{file}.rels".lstrip("/")
    relations = ooxml.parse(parts[held], held).iter("*") if held in parts else ()
    return {entry.get("Id", "") for entry in relations if _is_outer(entry)}


def _in_package(parts: Mapping[str, bytes]) -> Iterator[str]:
    types = parts.get("[Content_Types].xml", b"").lower()
    if b"macroenabled" in types or b"vbaproject" in types:
        yield "宏"
    if any("\\" in name for name in parts):  # LibreOffice takes it for a slash
        yield "名称写法不对的部件"


def _in_part(name: str, part: bytes, outer: set[str]) -> Iterator[str]:
    if part.startswith(_GZIP):  # an SVG may be packed so
        with contextlib.suppress(zlib.error):
            part = zlib.decompressobj(31).decompress(part, _MOST_PICTURE)

    if part.startswith(_POSTSCRIPT):
        yield "PostScript 图片"

    if not (ooxml.is_xml(name) or part.lstrip().startswith(_MARKUP)):
        return
    try:
        root = ooxml.parse(part, name)
    except ooxml.NotPackage:
        if ooxml.is_xml(name):
            raise
        if b"<svg" in part:
            yield _BROKEN
        return

    if b"<!ENTITY" in part.replace(b"\0", b""):
        yield _BROKEN
    yield from _in_element(root)
    if outer:
        yield from _by_id(root, outer)


def _in_element(root: Element) -> Iterator[str]:
    """Yield what the elements of a part bring in by themselves."""
    if _local_tag(root) == "svg":
        yield from _in_picture(root)

    for element in root.iter(*_NAMED):
        yield _ELEMENTS[_local_tag(element)]
    yield from _fields(root)
    if any(element.get("src") for element in root.iter(f"{_VML}*")):
        yield "链接到外面的图片"


def _by_id(root: Element, outer: set[str]) -> Iterator[str]:
    """Yield what refers to something outside by the name of a relationship."""
    for element in root.iter("*"):
        names = (
            value
            for key, value in _attributes(element)
            if key[1:].partition("}")[0].endswith(_BY_ID)
        )
        if outer.intersection(names) and _local_tag(element) not in _IDLE:
            yield "链接到外面的图片或文件"


def _fields(root: Element) -> Iterator[str]:
    """Yield the fields that fetch something; an instruction may lie in pieces between its marks."""
    said = []
    for element in root.iter(*_IN_FIELDS):
        kind = _local_tag(element)
        if kind in ("fldChar", "fldSimple"):
            instruction = (
                value for key, value in _attributes(element) if _local_name(key) == "instr"
            )
            said.append("\0" + "".join(instruction))
        else:
            said.append(element.text or "")

    for field in _FIELD.finditer("".join(said)):
        yield f"从外面取内容的域（{field[1].upper()}）"


def _in_picture(root: Element) -> Iterator[str]:
    """Yield what an SVG refers to beside itself and the plain pictures it holds."""
    for element in root.iter("*"):
        for key, value in _attributes(element):
            own = value.strip().startswith(("#", "data:image/png", "data:image/jpeg"))
            if (_local_name(key) == "href" and not own) or _STYLE_OUT.search(value):
                yield "引用外面内容的 SVG 图片"

        if _local_tag(element) == "style" and _STYLE_OUT.search(element.text or ""):
            yield "引用外面内容的 SVG 图片"


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        yield str(key), value


def _local_name(name: str) -> str:
    return name.rpartition("}")[2]


def _local_tag(element: Element) -> str:
    return _local_name(ooxml.tag_of(element))
