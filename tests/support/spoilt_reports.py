"""Published reports of every kind, spoilt at random: their bytes, or their tags and not a word."""

import contextlib
import copy
import io
import re
import zipfile
import zlib
from functools import cache
from random import Random

import pages
from hostile_inputs import zipped
from lxml import etree

from docgen.files import ooxml
from docgen.merge import load_template, merge_report

REPORT = "jinhu_2023"
#: The part of a package that holds what it says.
_BODIES = ("word/document.xml", "content.xml")


@cache
def published(kind: str) -> bytes:
    """A file of this kind that says REPORT: html, mht, zip, docx."""
    reading = pages.input_of(REPORT)
    if kind == "docx":
        return merge_report(load_template(reading.form, None), reading.form, reading.report)
    page = pages.as_bytes(pages.page_of(reading), "gb18030")
    if kind == "mht":
        return pages.as_archive(page, "gb2312")
    if kind == "zip":
        return zipped({"甲/年报.html": page, "乙.zip": zipped({"说明.txt": b"x"})})
    return page


def tags_spoilt(text: str, random: Random) -> str:
    """A page with some of its tags lost, doubled, swapped or cut off; its texts stay."""
    parts = re.split("(<[^>]*>)", text)
    for _ in range(random.randrange(1, 4)):
        at = random.randrange(len(parts) // 2) * 2 + 1
        match random.randrange(6):
            case 0:
                parts[at] = ""
            case 1:
                parts[at] *= 2
            case 2:
                other = random.randrange(len(parts) // 2) * 2 + 1
                parts[at], parts[other] = parts[other], parts[at]
            case 3:
                parts[at] = parts[at].replace("<", "</", 1)
            case 4:
                parts[at] = re.sub('"[0-9]+"', f'"{random.choice((0, 2, 3, 99, -1))}"', parts[at])
            case _:
                parts = parts[: max(at, len(parts) // 2)]
    return "".join(parts)


def bytes_spoilt(data: bytes, random: Random) -> bytes:
    """Bytes changed, cut out, doubled, or cut off."""
    spoilt = bytearray(data)
    for _ in range(random.randrange(1, 6)):
        at = random.randrange(len(spoilt))
        match random.randrange(4):
            case 0:
                spoilt[at] = random.randrange(256)
            case 1:
                del spoilt[at : at + random.randrange(1, 300)]
            case 2:
                spoilt[at:at] = spoilt[at : at + random.randrange(1, 300)]
            case _:
                del spoilt[max(at, 1) :]
        if not spoilt:
            return data[:1]
    return bytes(spoilt)


def structure_spoilt(data: bytes, kind: str, random: Random) -> bytes:
    """Tags of a file lost, doubled, swapped or cut off; what it says stays, as far as it can."""
    if kind == "html":
        return tags_spoilt(data.decode("gb18030"), random).encode("gb18030")
    if kind == "mht":
        page = tags_spoilt(published("html").decode("gb18030"), random)
        return pages.as_archive(page.encode("gb18030"), "gb2312")
    if kind == "rtf":
        return _controls_spoilt(data, random)
    if kind == "zip":
        page = tags_spoilt(published("html").decode("gb18030"), random)
        return zipped({"甲/年报.html": page.encode("gb18030")})
    if not data.startswith(b"PK"):  # what LibreOffice reads: more than a few bytes break it
        changed = bytearray(data)
        for _ in range(random.randrange(1, 6)):
            changed[random.randrange(512, len(changed))] = random.randrange(256)
        return bytes(changed)

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = next(name for name in _BODIES if name in parts)
    parts[name] = _elements_spoilt(parts[name], random)
    return ooxml.write_package(parts) if kind == "docx" else zipped(parts)


def spoilt(data: bytes, kind: str, random: Random) -> tuple[bytes, bool]:
    """A file spoilt, and whether all its words may have stayed."""
    if random.random() < 0.5:
        with contextlib.suppress(zipfile.BadZipFile, zlib.error, UnicodeError):
            return structure_spoilt(data, kind, random), data[:4] != b"\xd0\xcf\x11\xe0"
    return bytes_spoilt(data, random), False


def _elements_spoilt(data: bytes, random: Random) -> bytes:
    """Elements without words lost, doubled or swapped, others opened up, attributes changed."""
    root = etree.fromstring(data)
    for _ in range(random.randrange(1, 4)):
        elements = list(root.iter())[1:]
        element, other = random.choice(elements), random.choice(elements)
        above = element.getparent()
        has_words = any(text.strip() for text in element.itertext())
        way = random.randrange(5)
        if way == 0 and element.attrib:
            name = random.choice(list(element.attrib))
            element.set(name, random.choice(("0", "1", "2", "99", "-1", "continue", "hidden", "")))
        elif way == 1 and element.attrib:
            del element.attrib[random.choice(list(element.attrib))]
        elif above is None or (has_words and way > 1):
            for child in [] if above is None else list(element)[::-1]:
                element.addnext(child)
            if above is not None and not (element.text or "").strip():
                above.remove(element)
        elif way == 3:
            above.append(copy.deepcopy(element))
        elif way == 4 and not any(text.strip() for text in other.itertext()):
            element.append(copy.deepcopy(other))
        else:
            above.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _controls_spoilt(data: bytes, random: Random) -> bytes:
    """A control word of an RTF lost, doubled or swapped with another."""
    parts = re.split(rb"(\\[a-z]{2,}-?[0-9]* ?)", data)
    for _ in range(random.randrange(1, 4)):
        at, other = (random.randrange(len(parts) // 2) * 2 + 1 for _ in range(2))
        parts[at] = random.choice((b"", parts[at] * 2, parts[other]))
    return b"".join(parts)
