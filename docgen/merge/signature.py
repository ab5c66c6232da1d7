"""Name and date of issue: on one axis, four characters in, and kept with the text."""

from typing import Any

from docgen.blocks import W, text_of

#: The built-in paragraph styles that mark name and date in a template.
NAME_STYLE, DATE_STYLE = "Signature", "Date"
Element = Any  # lxml has no types of its own
_EM = 320  # 3号, in twips
_DATE_INDENT = 4  # 成文日期右空四字 (GB/T 9704—2012 7.3.5.1)


def hold_signature(document: Element, styles: Element) -> None:
    """Centre name and date on one axis with the date four characters from the right.

    Both are centred in the box that lies evenly about that axis and ends at the right margin;
    a long name breaks inside it. The last text and the empty line before are kept with them.
    """
    body = document.find(f"{W}body")
    assert body is not None  # the document was read before
    paragraphs = body.findall(f"{W}p")
    names = _styled(paragraphs, styles, NAME_STYLE)
    dates = _styled(paragraphs, styles, DATE_STYLE)
    section = body.find(f"{W}sectPr")
    if not names or not dates or section is None:
        return
    name, date = names[-1], dates[-1]
    em = _font_size(styles, _style_of(date))
    width = sum(em if ord(character) > 0x2E80 else em // 2 for character in text_of(date))
    left = max(_text_width(section) - 2 * (_DATE_INDENT * em + width // 2), 0)
    for paragraph in (name, date):
        _centre_in_box(paragraph, left)
    for paragraph in _lead_in(paragraphs, paragraphs.index(name)):
        _put(paragraph, "keepNext", {})


def _styled(paragraphs: list[Element], styles: Element, name: str) -> list[Element]:
    """The paragraphs of a style, by its name: editors change its id."""
    ids = {
        style.get(f"{W}styleId")
        for style in styles.iter(f"{W}style")
        if (named := style.find(f"{W}name")) is not None and named.get(f"{W}val") == name
    }
    return [paragraph for paragraph in paragraphs if _style_of(paragraph) in ids]


def _style_of(paragraph: Element) -> str | None:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if style is None else style.get(f"{W}val")


def _font_size(styles: Element, style_id: str | None) -> int:
    """The size of a paragraph style in twips, its own or inherited."""
    by_id = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    seen = set()
    while style_id in by_id and style_id not in seen:
        seen.add(style_id)
        size = by_id[style_id].find(f"{W}rPr/{W}sz")
        if size is not None:
            return int(size.get(f"{W}val", "32")) * 10
        base = by_id[style_id].find(f"{W}basedOn")
        style_id = None if base is None else base.get(f"{W}val")
    return _EM


def _text_width(section: Element) -> int:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    if size is None or margins is None:
        return 0
    return (
        int(size.get(f"{W}w", "0"))
        - int(margins.get(f"{W}left", "0"))
        - int(margins.get(f"{W}right", "0"))
    )


def _centre_in_box(paragraph: Element, left: int) -> None:
    """Any indent in characters would win over one in twips: it is set to none."""
    indent = {"left": left, "right": 0, "firstLine": 0}
    indent |= {"leftChars": 0, "rightChars": 0, "firstLineChars": 0}
    _put(paragraph, "ind", {name: str(value) for name, value in indent.items()})
    _put(paragraph, "jc", {"val": "center"})


def _lead_in(paragraphs: list[Element], signature: int) -> list[Element]:
    """The name, the empty lines before it and the last text above them."""
    first = signature - 1
    while first > 0 and not text_of(paragraphs[first]).strip():
        first -= 1
    return paragraphs[max(first, 0) : signature + 1]


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
