"""How a run, a paragraph and a row of a DOCX look, as far as that tells whether people see them."""

from docgen.files.ooxml import Element
from docgen.word.markup import W, has_toggle, number, twips
from docgen.word.styles import Props

_P, _TABLE = f"{W}p", f"{W}tbl"
#: Properties of a run that put it nowhere else, by the first part of their names.
_PLAIN_PROPS = frozenset((
    "rFonts", "sz", "szCs", "lang", "b", "bCs", "i", "iCs", "color", "u", "kern", "noProof",
    "highlight", "shd", "rStyle", "bdr", "snapToGrid", "effect", "em", "webHidden", "cs", "caps",
    "smallCaps", "outline", "shadow", "emboss", "imprint", "vanish", "strike", "dstrike",
    "vertAlign", "textFill", "oMath",
))  # fmt: skip
_PICTURE_FONTS = ("wingdings", "webdings", "symbol", "marlett", "zapf dingbats")
#: Twips: a line or a row so low, text set back so far; text off the page.
_NO_HEIGHT, _SET_BACK, _OFF_PAGE = 60, -50, 4000
#: Parts of 255 by which a colour differs that no one sees; percent of a letter's width; half-
#: points.
_ALIKE, _NARROWEST, _HIGHEST = 12, 30, 20
_NAMED_PAINT = {"black": "000000", "white": "ffffff", "yellow": "ffff00", "lightGray": "c0c0c0"}


def is_unseen(run: Element, look: Props) -> bool:
    """Whether a run is painted as its ground, or not at all."""
    if "noFill" in look.get("textFill", ""):
        return True

    colour = look.get("color", "").lower()
    grounds = [_NAMED_PAINT.get(look.get("highlight", ""), ""), look.get("shd.fill", "")]
    for holder in run.iterancestors(_P, f"{W}tc"):
        shading = holder.find(f"./*/{W}shd")
        grounds.append("" if shading is None else shading.get(f"{W}fill", "") or "auto")
    if "highlight" in look and not grounds[0]:
        return False

    ground = next((each.lower() for each in grounds if each not in ("", "auto")), "ffffff")
    try:
        pairs = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (0, 2, 4)]
    except ValueError:
        return False
    return all(abs(one - other) < _ALIKE for one, other in pairs)


def odd_props(look: Props) -> frozenset[str]:
    """Return what may put a run out of its place, beside others."""
    odd = {
        f"{name}={value}"
        for name, value in look.items()
        if name.partition(".")[0] not in (*_PLAIN_PROPS, "spacing", "w")
        and not name.startswith("{")
        and value not in ("0", "false", "off", "none")
    }
    if twips(look.get("spacing")) < _SET_BACK:
        odd.add("spacing")
    return frozenset(odd)


def is_displaced_run(look: Props) -> bool:
    """Whether a run is drawn over other text, too narrow to be seen, or in signs for letters."""
    fonts = {look.get(f"rFonts.{name}", "").lower() for name in ("ascii", "hAnsi")}
    width = number((look.get("w") or "100").removesuffix("%"), 100)
    is_drawn = any(font.startswith(_PICTURE_FONTS) for font in fonts)
    return is_drawn or width < _NARROWEST or abs(number(look.get("position"))) > _HIGHEST


def is_displaced(settings: Props) -> bool:
    """Whether a paragraph stands off the page, in a frame, or in lines of no height."""
    indents = [twips(settings.get(f"ind.{side}")) for side in ("left", "firstLine", "right")]
    is_low = settings.get("spacing.lineRule") == "exact" and (
        twips(settings.get("spacing.line"), 240) < _NO_HEIGHT
    )
    is_framed = any(name.startswith("framePr") for name in settings)
    return is_low or is_framed or any(abs(indent) > _OFF_PAGE for indent in indents)


def is_out_of_sight(row: Element) -> bool:
    """Whether a row is hidden, of no height, or in a table that stands off the page."""
    if has_toggle(row.find(f"{W}trPr"), "hidden"):
        return True
    height = row.find(f"{W}trPr/{W}trHeight")
    if height is not None and height.get(f"{W}hRule") == "exact":
        return twips(height.get(f"{W}val")) < _NO_HEIGHT

    table = next(row.iterancestors(_TABLE), None)
    position = None if table is None else table.find(f"{W}tblPr/{W}tblpPr")
    if position is None:
        return False
    offsets = [twips(position.get(f"{W}{name}")) for name in ("tblpX", "tblpY")]
    return any(offset < -_OFF_PAGE or offset > 4 * _OFF_PAGE for offset in offsets)
