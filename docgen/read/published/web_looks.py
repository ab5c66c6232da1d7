"""How an element looks in its page, as far as that tells whether people see it where it stands."""

import re
from functools import lru_cache
from typing import NamedTuple

from docgen.files.ooxml import Element, parent_of, tag_of
from docgen.read.published.web_styles import Declared, PageStyles, is_neutral

_CELLS = ("td", "th")
_PARTS = (*_CELLS, "tr", "tbody", "thead", "tfoot")
#: Tags in a cell that only set its text; all others may show it in a way of their own.
_SETTING = (
    "span", "font", "b", "strong", "em", "i", "u", "a", "o:p", "ins", "label", "center", "small",
    "big", "tt", "nobr", "br", "wbr", "abbr", "code", "p", "div", "sup", "sub", "del", "s",
    "strike", "rt", "ruby", "rb", "img", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section",
    "article", "ul",
)  # fmt: skip
#: What a declaration of these has to say is judged below, each by its own measure.
_MEASURED = (
    "display", "visibility", "opacity", "color", "font-size", "background", "background-color",
    "margin", "margin-left", "margin-right", "margin-top", "margin-bottom", "text-indent",
    "letter-spacing", "width", "height", "max-width", "max-height", "line-height", "overflow",
    "overflow-x", "overflow-y", "position", "text-decoration", "background-image",
    "text-decoration-line", "text-decoration-color", "text-decoration-style",
)  # fmt: skip
_OFFSETS = ("left", "right", "top", "bottom", "inset")
_SHIFTS = ("margin-left", "margin-right", "margin-top", "margin-bottom", "text-indent", "margin")
#: What puts the parts of a table in another order than they are written in.
_REORDERS = ("order", "flex-direction", "flex-flow", "grid-area", "grid-row", "grid-column")
_TRANSFORMS = ("transform", "translate", "rotate", "scale", "-webkit-transform", "zoom")
_CLIPS = ("clip", "clip-path", "mask", "mask-image", "-webkit-clip-path", "filter", "text-security")
#: What hides by itself; where a variable says it, it is not known.
_DECISIVE = ("display", "visibility", "opacity", "font-size", "position")
_PLACED = ("absolute", "fixed", "relative")
#: Names of display that show an element among its text.
_DISPLAYS = ("inline", "inline-block", "block", "contents", "table-cell", "inherit", "initial")

# fullmatch: 12px, -9999px, 1.5em, 50%, 0; not auto.
_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))(px|pt|pc|em|rem|%|cm|mm|in|ex|ch|vw|vh)?")
#: Points in a unit; one of the font's own counts as 12.
_POINTS = {
    "px": 0.75, "pt": 1, "pc": 12, "em": 12, "rem": 12, "cm": 28.35, "mm": 2.835, "in": 72,
    "ex": 6, "ch": 6, "vw": 10, "vh": 6, "%": 5, "": 0.75,
}  # fmt: skip
_KEYWORDS = {
    "xx-small": 7.0, "x-small": 7.5, "small": 10.0, "medium": 12.0, "large": 13.5,
    "x-large": 18.0, "xx-large": 24.0, "smaller": 0.0, "larger": 0.0,
}  # fmt: skip
_FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_DEFAULT_POINTS = 12.0
#: A shift or an indent that puts text off the page: Word itself writes some of -24.
_FAR = -200.0
#: Nothing in a box of so few points is seen, nor a letter set back by so much.
_NO_BOX, _SET_BACK = 2.0, -2.5
#: Lightness, and the share of it by which a text differs that is not to be seen; so little paint.
_ALIKE, _NO_PAINT = 0.06, 0.1


class State(NamedTuple):
    """How text looks at some place of a page."""

    points: float = _DEFAULT_POINTS
    lightness: float | None = 0.0  # of the text; None: no paint at all
    ground: float | None = 1.0  # of what is behind it; None: a picture
    look: frozenset[str] = frozenset()  # what may put it out of its place in its cell
    is_invisible: bool = False  # takes its place, and is not shown
    is_faded: bool = False  # nothing of it is painted
    is_doubted: bool = False

    @property
    def is_unseen(self) -> bool:
        """Whether no one sees the text, as surely as its page tells."""
        if self.is_faded or self.points == 0 or self.lightness is None:
            return True
        return self.ground is not None and abs(self.lightness - self.ground) < _ALIKE


PLAIN = State()


class Looks:
    """Knows how each element of a page looks."""

    def __init__(self, styles: PageStyles) -> None:
        self._styles = styles
        self._states: dict[Element, State] = {}

    def of(self, element: Element) -> State:
        """Return how an element looks, with all it stands in."""
        chain = [element, *element.iterancestors()]
        state = PLAIN
        for each in reversed(chain):
            if each not in self._states:
                self._states[each] = self.within(each, state)
            state = self._states[each]
        return state

    def is_hidden(self, element: Element) -> bool:
        """Whether an element takes no place on the page."""
        declared = self._styles.of(element)
        if "display" in declared:
            return declared["display"] == "none"
        return "hidden" in element.attrib or declared.get("mso-hide") == "all"

    def within(self, element: Element, above: State) -> State:
        """Return how an element looks that stands in one that looks so."""
        tag, declared = tag_of(element), self._styles.of(element)
        if tag in _CELLS:
            above = above._replace(look=frozenset())
        if not declared and not element.attrib and tag in _SETTING:
            return above

        visible = declared.get("visibility", "inherit")
        points = _points_of(element, declared, above.points)
        lightness, ground = _paint_of(element, declared, above)
        look = above.look | self._look_of(element, declared)
        if ground is None and lightness != above.lightness:
            look |= {f"colour:{lightness}"}
        return State(
            points=points,
            lightness=lightness,
            ground=ground,
            look=above.look if tag in _PARTS else look,
            is_invisible=above.is_invisible
            if visible in ("inherit", "unset")
            else visible in ("hidden", "collapse"),
            is_faded=above.is_faded or _number(declared.get("opacity", "1")) < _NO_PAINT,
            is_doubted=above.is_doubted or self._is_doubted(element, tag, declared),
        )

    def _look_of(self, element: Element, declared: Declared) -> frozenset[str]:
        """Return what may put text in a cell out of its place, beside other text."""
        found = {
            f"{name}:{value}"
            for name, value in declared.items()
            if name not in _MEASURED and not is_neutral(name, value)
        }
        if (shift := _least_shift(declared)) < 0:
            found.add(f"shift:{shift}")
        if declared.get("display", "inline") not in _DISPLAYS:
            found.add(declared["display"])
        if declared.get("position") in _PLACED[:2]:
            found.add("placed")
        if (tag := tag_of(element)) not in _SETTING:
            found.add(tag)
        found |= {element.get("dir", "ltr").lower()} - {"ltr"}
        if self._styles.lacks_sheets and (named := element.get("class")):
            found.add(named)
        if element in self._styles.unsure:
            found.add("unsure")
        return frozenset(found)

    def _is_doubted(self, element: Element, tag: str, declared: Declared) -> bool:
        """Whether what stands in an element may be out of sight, or in another order."""
        if tag == "bdo" or "override" in declared.get("unicode-bidi", ""):
            return True
        if tag in _CELLS and element in self._styles.unsure:
            return True
        if tag == "table" and any(map(self._is_column_gone, element.iter("col", "colgroup"))):
            return True
        if tag == "li" and tag_of(parent_of(element)) == "ol" and _is_in_cell(element):
            return True
        if not declared:
            return False

        is_part = tag in _PARTS
        if (is_part or _is_in_cell(element)) and any(
            "var(" in declared.get(name, "") for name in _DECISIVE
        ):
            return True
        moved = [name for name in _OFFSETS if not is_neutral(name, declared.get(name, "0"))]
        if declared.get("position") in _PLACED and any(
            is_part or _shift(declared[name]) < _FAR for name in moved
        ):
            return True
        if is_part and any(not is_neutral(name, declared.get(name, "0")) for name in _REORDERS):
            return True
        if is_part and (
            declared.get("float", "none") in ("left", "right")
            or "flex" in (display := declared.get("display", ""))
            or "grid" in display
        ):
            return True

        changed = [x for name in _TRANSFORMS if not is_neutral(name, x := declared.get(name, "1"))]
        return (
            _least_shift(declared) < _FAR
            or any(not is_neutral(name, declared.get(name, "0")) for name in _CLIPS)
            or (bool(changed) and (is_part or _is_in_cell(element)))
            or any("scale" in value or "-" in value for value in changed)
            or _shift(declared.get("letter-spacing", "0")) < _SET_BACK
            or _is_boxed_away(declared)
            or declared.get("content-visibility") == "hidden"
        )

    def _is_column_gone(self, column: Element) -> bool:
        """Whether a column of a table is not shown; which cells are its own is not asked."""
        visible = self._styles.of(column).get("visibility", "visible")
        return self.is_hidden(column) or visible in ("hidden", "collapse")


def _is_in_cell(element: Element) -> bool:
    """Whether an element stands in a cell that is none of the layout."""
    for above in element.iterancestors():
        if tag_of(above) in _CELLS:
            return above.find(".//table") is None
    return False


def _is_boxed_away(declared: Declared) -> bool:
    """Whether the box of an element is too small to show what is in it."""
    sizes = (declared.get(name) for name in ("width", "height", "max-width", "max-height"))
    is_small = any(_shift(size) <= _NO_BOX for size in sizes if size and _LENGTH.fullmatch(size))
    clipped = {declared.get(name, "") for name in ("overflow", "overflow-x", "overflow-y")}
    return is_small and not clipped.isdisjoint(("hidden", "clip", "scroll"))


def _points_of(element: Element, declared: Declared, above: float) -> float:
    """Return the size of the letters in an element."""
    size = declared.get("font-size", "")
    if size in _KEYWORDS:
        return _KEYWORDS[size] or above
    if found := _LENGTH.fullmatch(size):
        value, unit = float(found[1]), found[2] or "px"
        if unit in ("em", "%", "ex"):
            return above * value * {"em": 1, "%": 0.01, "ex": 0.5}[unit]
        return value * _POINTS[unit]
    if "display" not in declared and element.tag == "font":
        return _FONT_SIZES.get(element.get("size", ""), above)
    return above


def _paint_of(
    element: Element, declared: Declared, above: State
) -> tuple[float | None, float | None]:
    """Return the lightness of text, and of what is behind it."""
    attributes = element.attrib
    colour = declared.get("color") or attributes.get("color") or attributes.get("text")
    lightness = above.lightness
    if colour and colour not in ("inherit", "unset", "currentcolor"):
        paint = _lightness(str(colour))
        lightness = 0.5 if paint == "" else None if paint == "none" else float(paint)

    ground = above.ground
    named = (declared.get(f"background{part}") for part in ("-image", "-color", ""))
    behind = next(filter(None, named), "") or next(
        (attributes[name] for name in ("bgcolor", "background") if attributes.get(name)), ""
    )
    if behind and behind not in ("inherit", "unset"):
        paint = next(filter(None, map(_lightness, str(behind).split(" "))), "")
        if paint != "none":
            ground = float(paint) if paint else None
    return lightness, ground


@lru_cache(maxsize=1000)
def _lightness(colour: str) -> str:
    """Return how light a colour is, "none" for one without paint, blank for what is no colour."""
    from tinycss2.color4 import parse_color

    if colour == "none":
        return "none"
    try:
        found = parse_color(colour) or parse_color(f"#{colour}")
        if found is None or isinstance(found, str):
            return ""
        *parts, alpha = found.to("srgb")
        if (alpha or 0.0) < _NO_PAINT:
            return "none"
        red, green, blue = (part or 0.0 for part in parts)
    except (NotImplementedError, ValueError, TypeError, AttributeError, RecursionError):
        return ""
    return str(0.3 * red + 0.59 * green + 0.11 * blue)


def _number(text: str) -> float:
    """Return a share, as `0.5` or `50%`; 1 for what is none."""
    found = _LENGTH.fullmatch(text)
    if not found:
        return 1.0
    return float(found[1]) * (0.01 if found[2] == "%" else 1)


def _least_shift(declared: Declared) -> float:
    """Return how far text is shifted to the left or up, in points; 0 for not at all."""
    return min((_shift(declared[name]) for name in _SHIFTS if name in declared), default=0.0)


@lru_cache(maxsize=1000)
def _shift(text: str) -> float:
    """Return the least length in a declaration, in points; 0 for none."""
    lengths = (_LENGTH.fullmatch(part) for part in text.split())
    return min((float(x[1]) * _POINTS[x[2] or ""] for x in lengths if x), default=0.0)
