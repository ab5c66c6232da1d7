"""The copy of a document that LibreOffice gets: what it sets wrongly is said another way.

It breaks the character grid where characters are set closer, and drops punctuation that hangs
at the end of justified lines. The copy has a grid of lines only, closer characters in the base
style, and lines that are not justified. It also moves a paragraph that is kept with the next
as a whole, where Word carries over the last lines only. The copy refers to nothing outside.
Lengths are twips.
"""

import copy
import math

from docgen.files import ooxml
from docgen.files.ooxml import Element, parent_of
from docgen.files.outward import cut_off
from docgen.word.blocks import text_of
from docgen.word.markup import W

_STYLES = "word/styles.xml"
_GRIDS = ("linesAndChars", "snapToChars")
_JUSTIFIED = ("both", "distribute", "thaiDistribute")
# What stands before w:spacing among run properties (CT_RPr).
_BEFORE_SPACING = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
    "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
    "color",
)  # fmt: skip


def for_office(document: bytes, carried: int = 0) -> bytes:
    """Return the copy of this document for LibreOffice. Raise NotPackage.

    `carried` is how many visible characters at the end of the text above the signature go with
    it to the next page: those of its last line, known from a proof without.
    """
    parts = cut_off(ooxml.read_parts(document))
    body = ooxml.parse(parts[ooxml.DOCUMENT])
    spacing = [_line_grid(grid) for grid in body.iter(f"{W}docGrid")]
    _left(body)
    _keep_as_word_does(body, carried)
    parts[ooxml.DOCUMENT] = ooxml.serialize(body)
    if _STYLES in parts:
        styles = ooxml.parse(parts[_STYLES])
        _left(styles)
        if spacing and spacing[-1]:
            _space(styles, spacing[-1])
        parts[_STYLES] = ooxml.serialize(styles)

    return ooxml.write_package(parts)


def _line_grid(grid: Element) -> int:
    """Make a grid of lines only; what it added to each character is given back."""
    space = int(grid.attrib.pop(f"{W}charSpace", "0"))
    if grid.get(f"{W}type") not in _GRIDS:
        return 0
    grid.set(f"{W}type", "lines")
    return math.floor(space / 4096 * 20)


def _left(part: Element) -> None:
    for alignment in part.iter(f"{W}jc"):
        if alignment.get(f"{W}val") in _JUSTIFIED:
            alignment.set(f"{W}val", "left")


def _space(styles: Element, spacing: int) -> None:
    """Set characters closer in the base style, but not where a style leaves the grid."""
    for style in styles.iter(f"{W}style"):
        if style.get(f"{W}type") != "paragraph":
            continue
        snap = style.find(f"{W}pPr/{W}snapToGrid")
        if style.get(f"{W}default") == "1":
            _put_spacing(style, spacing)
        elif snap is not None and snap.get(f"{W}val") in ("0", "false", "off"):
            _put_spacing(style, 0)


def _put_spacing(style: Element, spacing: int) -> None:
    properties = style.find(f"{W}rPr")
    if properties is None:
        properties = style.makeelement(f"{W}rPr")
        behind = [style.find(f"{W}{name}") for name in ("tblPr", "trPr", "tcPr", "tblStylePr")]
        first = next((element for element in behind if element is not None), None)
        style.insert(len(style) if first is None else style.index(first), properties)

    element = properties.find(f"{W}spacing")
    if element is None:
        element = properties.makeelement(f"{W}spacing")
        place = sum(str(child.tag).removeprefix(W) in _BEFORE_SPACING for child in properties)
        properties.insert(place, element)

    element.set(f"{W}val", str(spacing))


_LONG = 56  # characters: two lines


def _keep_as_word_does(body: Element, carried: int) -> None:
    """Let long paragraphs break that are kept with the next; carry the end of the last one."""
    long = None
    for paragraph in body.iter(f"{W}p"):
        kept = paragraph.find(f"{W}pPr/{W}keepNext")
        whole = paragraph.find(f"{W}pPr/{W}keepLines")
        if kept is not None and whole is None and len(text_of(paragraph)) > _LONG:
            parent_of(kept).remove(kept)
            long = paragraph

    if long is not None and carried:
        _split(long, carried)


def _split(paragraph: Element, carried: int) -> None:
    """Make the last so many visible characters a paragraph of their own, kept with the next."""
    rest = copy.deepcopy(paragraph)
    total = sum(map(len, text_of(paragraph).split()))
    _keep_characters(paragraph, 0, total - carried)
    _keep_characters(rest, total - carried, total)
    properties = rest.find(f"{W}pPr")
    assert properties is not None  # it is kept with the next
    for old in properties.findall(f"{W}ind"):
        properties.remove(old)
    properties.append(properties.makeelement(f"{W}keepNext"))
    indent = {f"{W}firstLineChars": "0", f"{W}firstLine": "0"}
    properties.append(properties.makeelement(f"{W}ind", indent))
    paragraph.addnext(rest)


def _keep_characters(paragraph: Element, start: int, end: int) -> None:
    """Keep those visible characters of a paragraph that stand from start to end."""
    seen = 0
    for text in paragraph.iter(f"{W}t"):
        kept = []
        for character in text.text or "":
            visible = not character.isspace()
            if start <= seen < end:
                kept.append(character)
            seen += visible
        text.text = "".join(kept)
