"""How a run of text will look in print, through all its styles: whether it can be read at all."""

from collections.abc import Iterator, Sequence
from itertools import islice

from docgen.files import ooxml
from docgen.files.ooxml import Element
from docgen.word.markup import W

_VAL = f"{W}val"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OFF = ("0", "false", "off", "none")
#: Fonts that print another sign for every letter.
_SIGNS = ("wingdings", "webdings", "symbol", "marlett", "mt extra", "zapf")
_FONTS = tuple(f"{W}{kind}" for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
_PALE_THEME = ("background1", "background2", "light1", "light2", "bg1", "bg2", "lt1", "lt2")
_DARK_MARKERS = ("black", "darkBlue", "darkRed", "darkMagenta", "darkGreen", "blue")
#: Below this contrast (WCAG's measure, 1 to 21) nobody reads it on paper.
_LEAST_CONTRAST = 1.6
#: Half points: smaller than 5 pt; raised or lowered by more than 12 pt.
_SMALL, _RAISED = 10, 24
_NARROW = 34  # per cent of the width of a letter
#: A style is seldom based on more than three, and has few properties for parts of a table.
_MOST_STYLES, _MOST_PARTS = 20, 20


class Styles:
    """The styles of a document, by what they say of runs."""

    def __init__(self, part: bytes | None) -> None:
        root = ooxml.parse(part) if part else None
        styles = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId"): style for style in styles}
        self._first = next((s for s in styles if _is_default(s)), None)
        found = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._defaults = [] if found is None else [found]

    def of(self, run: Element | None, paragraph: Element | None, table: str) -> list[Element]:
        """The properties that shape a run, the nearest first."""
        own = [] if run is None else [run]
        named = None if run is None else run.find(f"{W}rStyle")
        style = None if paragraph is None else paragraph.find(f"{W}pStyle")
        return [
            *own,
            *self._chain("" if named is None else named.get(_VAL, "")),
            *self._chain(self._default if style is None else style.get(_VAL, "")),
            *self._chain(table),
            *self._defaults,
        ]

    @property
    def _default(self) -> str:
        return "" if self._first is None else str(self._first.get(f"{W}styleId"))

    def _chain(self, name: str) -> Iterator[Element]:
        for _ in range(_MOST_STYLES):
            style = self._styles.get(name)
            if style is None:
                return
            yield from islice(style.iter(f"{W}rPr"), _MOST_PARTS)  # a table's first row's, too
            above = style.find(f"{W}basedOn")
            name = "" if above is None else above.get(_VAL, "")


def _is_default(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true")


def look(properties: Sequence[Element], grounds: Sequence[Element]) -> Iterator[str]:
    """In what way text of these properties is printed so that its words are not what is read.

    `grounds` are the shadings under it, the nearest first.
    """
    if _on(properties, "vanish") or _on(properties, "specVanish"):
        yield "设成了隐藏，印不出来"
    if _pale(properties, grounds):
        yield "颜色和底色差不多，印出来看不见"
    if _on(properties, "strike") or _on(properties, "dstrike"):
        yield "加了删除线"
    if 0 < _number(properties, "sz", 0) < _SMALL:
        yield "字号小得看不清"
    if _number(properties, "w", 100) < _NARROW or _crowded(properties):
        yield "压扁或叠在一起，看不清"
    if abs(_number(properties, "position", 0)) > _RAISED:
        yield "挪到了行外"
    if any(name.lower().startswith(_SIGNS) for name in _fonts(properties)):
        yield "换成了符号字体，印出来是别的符号"


def _first(properties: Sequence[Element], name: str) -> Element | None:
    found = (one.find(f"{W}{name}") for one in properties)
    return next((element for element in found if element is not None), None)


def _on(properties: Sequence[Element], name: str) -> bool:
    element = _first(properties, name)
    return element is not None and element.get(_VAL, "1").lower() not in _OFF


def _number(properties: Sequence[Element], name: str, otherwise: int) -> int:
    element = _first(properties, name)
    try:
        return otherwise if element is None else int(element.get(_VAL, ""))
    except ValueError:
        return otherwise


def _crowded(properties: Sequence[Element]) -> bool:
    """Whether letters stand so close (in twips) that they cover each other."""
    return _number(properties, "spacing", 0) * 2 < -_number(properties, "sz", 20) * 10


def _fonts(properties: Sequence[Element]) -> set[str]:
    fonts: dict[str, str] = {}
    for one in properties:
        for element in one.findall(f"{W}rFonts"):
            for kind in _FONTS:
                if kind in element.attrib:
                    fonts.setdefault(kind, element.get(kind))
    return set(fonts.values())


def _pale(properties: Sequence[Element], grounds: Sequence[Element]) -> bool:
    """Whether the colour, if it is not Word's own choice, cannot be told from what is under it."""
    fill = next((f for one in properties for f in one.findall(f"{_W14}textFill")), None)
    if fill is not None and _is_pale_fill(fill):
        return True
    colour = _first(properties, "color")
    if colour is None:
        return False
    if colour.get(f"{W}themeColor", "") in _PALE_THEME:
        return True
    text = _luminance(colour.get(_VAL, ""))
    marker, shading = _first(properties, "highlight"), _first(properties, "shd")
    ground = 1.0
    if marker is not None and marker.get(_VAL) != "none":
        ground = 0.02 if marker.get(_VAL) in _DARK_MARKERS else 0.8
    else:
        for one in (shading, *grounds):
            found = None if one is None else _ground(one)
            if found is not None:
                ground = found
                break
    return text is not None and _contrast(text, ground) < _LEAST_CONTRAST


def _is_pale_fill(fill: Element) -> bool:
    for element in fill.iter(f"{_W14}noFill", f"{_W14}schemeClr", f"{_W14}srgbClr"):
        value = element.get(f"{_W14}val", "")
        light = _luminance(value)
        if element.tag == f"{_W14}noFill" or value in _PALE_THEME or (light or 0) > 0.6:
            return True
    return False


def _ground(shading: Element) -> float | None:
    solid = shading.get(_VAL) == "solid"
    return _luminance(shading.get(f"{W}color" if solid else f"{W}fill", ""))


def _luminance(colour: str) -> float | None:
    """How light a colour of six hexadecimal digits is, 0 to 1; None for `auto`."""
    try:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    except ValueError:
        return None
    linear = [part / 12.92 if part <= 0.04 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
