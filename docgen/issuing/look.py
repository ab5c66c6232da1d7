"""Whether a run of text can be read in print as its words say, by how it looks in the end."""

from collections.abc import Iterator, Sequence

from docgen.files.ooxml import Element
from docgen.word.markup import W, is_on, number, twips
from docgen.word.styles import Props

#: Fonts that print another sign for every letter.
_SIGNS = ("wingdings", "webdings", "symbol", "marlett", "mt extra", "zapf")
_FONTS = ("rFonts.ascii", "rFonts.hAnsi", "rFonts.eastAsia", "rFonts.cs")
_PALE_THEME = ("background1", "background2", "light1", "light2", "bg1", "bg2", "lt1", "lt2")
_DARK_MARKERS = ("black", "darkBlue", "darkRed", "darkMagenta", "darkGreen", "blue")
#: Below this contrast (WCAG's measure, 1 to 21) nobody reads it on paper.
_LEAST_CONTRAST = 1.6
#: Half points: smaller than 5 pt; raised or lowered by more than 12 pt.
_SMALL, _RAISED = 10, 24
_NARROW = 34  # per cent of the width of a letter


def ways_unread(props: Props, grounds: Sequence[Element]) -> Iterator[str]:
    """Yield in what ways text of these properties is printed so that it is not what is read.

    `grounds` are the shadings under it, the nearest first.
    """
    if is_on(props.get("vanish")) or is_on(props.get("specVanish")):
        yield "设成了隐藏，印不出来"

    if _is_pale(props, grounds):
        yield "颜色和底色差不多，印出来看不见"

    if is_on(props.get("strike")) or is_on(props.get("dstrike")):
        yield "加了删除线"

    if 0 < number(props.get("sz")) < _SMALL:
        yield "字号小得看不清"

    if number(props.get("w"), 100) < _NARROW or _is_crowded(props):
        yield "压扁或叠在一起，看不清"

    if abs(number(props.get("position"))) > _RAISED:
        yield "挪到了行外"

    if any(props.get(slot, "").lower().startswith(_SIGNS) for slot in _FONTS):
        yield "换成了符号字体，印出来是别的符号"


def _is_crowded(props: Props) -> bool:
    """Return whether letters stand so close (in twips) that they cover each other."""
    return twips(props.get("spacing")) * 2 < -number(props.get("sz"), 20) * 10


def _is_pale(props: Props, grounds: Sequence[Element]) -> bool:
    """Return whether the colour cannot be told from what is under it.

    The colour that Word chooses by itself always can.
    """
    if any(_is_pale_fill(*part.split("=")) for part in props.get("textFill", "").split()):
        return True
    if "color" not in props:
        return False
    if props.get("color.themeColor") in _PALE_THEME:
        return True

    text = _luminance(props["color"])
    return text is not None and _contrast(text, _ground(props, grounds)) < _LEAST_CONTRAST


def _is_pale_fill(kind: str, value: str) -> bool:
    return kind == "noFill" or value in _PALE_THEME or (_luminance(value) or 0) > 0.6


def _ground(props: Props, grounds: Sequence[Element]) -> float:
    """Return how light it is under the text: its marker, its shading, what it stands on, paper."""
    marker = props.get("highlight", "none")
    if marker != "none":
        return 0.02 if marker in _DARK_MARKERS else 0.8

    shadings = [(props.get("shd"), props.get("shd.color"), props.get("shd.fill"))]
    shadings += [(g.get(f"{W}val"), g.get(f"{W}color"), g.get(f"{W}fill")) for g in grounds]
    for pattern, colour, fill in shadings:
        found = _luminance((colour if pattern == "solid" else fill) or "")
        if found is not None:
            return found

    return 1


def _luminance(colour: str) -> float | None:
    """Return how light a colour of six hexadecimal digits is, 0 to 1; None for `auto`."""
    try:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    except ValueError:
        return None

    linear = [part / 12.92 if part <= 0.04 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
