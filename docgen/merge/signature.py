"""Name and date of issue: on one axis, four characters in, and kept with the text.

What a template alone decides is put into it when it is compiled (`mark_signature`). The indent
follows from the date, and what to keep with the name from the text above: see `keep_together`.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from docgen.files import ooxml
from docgen.files.ooxml import Element
from docgen.word.markup import W, child_value, number

#: The built-in paragraph styles that mark name and date in a template, as word.styles has them.
NAME_STYLE, DATE_STYLE = "signature", "date"
#: The name of the indent in a compiled template.
INDENT = "signature_indent"
_STYLES = "word/styles.xml"
_SIZE = 32  # 3号, in half points
_DATE_INDENT = 4  # 成文日期右空四字 (GB/T 9704—2012 7.3.5.1)
_MARK = "signature"  # a comment before the name, taken out of every document
_COMMENT = f"<!--{_MARK}-->"


class SignatureBox(NamedTuple):
    """What the place of name and date depends on: the text's width and a character's, in twips."""

    width: int
    em: int

    def indent(self, date: str) -> str:
        """Return how far in, in twips, the box begins in which name and date are centred.

        It lies evenly about their axis and ends at the right margin, and the date four
        characters before it; a long name breaks inside it.
        """
        date_width = sum(self.em if ord(c) > 0x2E80 else self.em // 2 for c in date)
        return str(max(self.width - 2 * (_DATE_INDENT * self.em + date_width // 2), 0))


def mark_signature(document: Element, parts: Mapping[str, bytes]) -> SignatureBox | None:
    """Prepare a template's name and date, if it has both: centred in a box to be filled in."""
    body = document.find(f"{W}body")
    if body is None or _STYLES not in parts:
        return None
    from docgen.word.styles import Styles  # nothing is compiled where a template is carried so

    styles = Styles(ooxml.parse(parts[_STYLES], _STYLES))
    paragraphs = body.findall(f"{W}p")
    named = [styles.style(_style_of(paragraph)).name for paragraph in paragraphs]
    names = [p for p, name in zip(paragraphs, named, strict=True) if name == NAME_STYLE]
    dates = [p for p, name in zip(paragraphs, named, strict=True) if name == DATE_STYLE]
    section = body.find(f"{W}sectPr")
    if not names or not dates or section is None:
        return None

    for paragraph in (names[-1], dates[-1]):
        _centre_in_box(paragraph, "{{ " + INDENT + " }}")
    _put(names[-1], "keepNext", {})
    names[-1].addprevious(etree.Comment(_MARK))

    size = styles.style(_style_of(dates[-1])).run.get("sz")
    return SignatureBox(_text_width(section), int(number(size, _SIZE)) * 10)


def keep_together(text: str) -> str:
    """Return the document with the last text above the name on the name's page.

    `text` is the filled document; what is found in it was put there by `mark_signature`.
    """
    end = text.rfind(_COMMENT)
    if end < 0:
        return text
    pieces = [text[end + len(_COMMENT) :]]
    while True:
        start = text.rfind("<w:p", 0, end)
        while start >= 0 and text[start + 4] not in " />":  # a property
            start = text.rfind("<w:p", 0, start)
        paragraph = text[max(start, 0) : end]
        if start < 0 or "</w:tbl>" in paragraph:
            break
        pieces.append(_keep_with_next(paragraph))
        end = start
        if _VISIBLE.search(paragraph):
            break

    return "".join((text[:end], *reversed(pieces)))


_VISIBLE = re.compile(r"<w:t[ >][^<]*[^\s<>][^<]*</w:t>")
_HEAD = re.compile(r"<w:p(?: [^>]*[^>/])?(?:/>|>(?:<w:pPr/>|(<w:pPr>(?:<w:pStyle [^>]*/>)?))?)")


def _keep_with_next(paragraph: str) -> str:
    """Return the XML of a paragraph with keepNext, which comes right after the style."""
    if "<w:keepNext" in paragraph:
        return paragraph
    head = _HEAD.match(paragraph)
    assert head  # libxml2 wrote the template so
    if head[1]:
        return f"{head[0]}<w:keepNext/>{paragraph[head.end() :]}"
    opened = head[0].removesuffix("<w:pPr/>").removesuffix("/>").removesuffix(">")
    closed = "</w:p>" if head[0] == paragraph else ""

    return f"{opened}><w:pPr><w:keepNext/></w:pPr>{paragraph[head.end() :]}{closed}"


def _style_of(paragraph: Element) -> str | None:
    return child_value(paragraph.find(f"{W}pPr"), "pStyle")


def _text_width(section: Element) -> int:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return 0
    return (
        int(size.get(f"{W}w", "0"))
        - int(margins.get(f"{W}left", "0"))
        - int(margins.get(f"{W}right", "0"))
    )


def _centre_in_box(paragraph: Element, left: str) -> None:
    """Any indent in characters would win over one in twips: it is set to none."""
    none = ("right", "firstLine", "leftChars", "rightChars", "firstLineChars")
    _put(paragraph, "ind", {"left": left} | dict.fromkeys(none, "0"))
    _put(paragraph, "jc", {"val": "center"})


#: The order of the paragraph properties that are set here, among all (CT_PPrBase).
_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
    "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
    "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr",
    "sectPr", "pPrChange",
)  # fmt: skip


def _put(paragraph: Element, name: str, values: dict[str, str]) -> None:
    """Set a paragraph property where the schema wants it."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{W}pPr")
        paragraph.insert(0, properties)

    for old in properties.findall(f"{W}{name}"):
        properties.remove(old)
    before = _ORDER[: _ORDER.index(name)]
    place = sum(str(child.tag).removeprefix(W) in before for child in properties)
    element = properties.makeelement(f"{W}{name}")

    for key, value in values.items():
        element.set(f"{W}{key}", value)
    properties.insert(place, element)
