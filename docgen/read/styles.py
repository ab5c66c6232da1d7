"""The cell formats of a workbook: what is struck through, white on white, or shown otherwise."""

from collections.abc import Mapping
from typing import Any

from docgen.read.entry import Look
from docgen.read.formats import BUILT_IN

#: White as programs write it: a colour, an index of the old palette (§18.8.27), the paper's own.
_WHITE = {("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("indexed", "1"), ("indexed", "9")}
_PAPER = ("theme", "0")


def looks_of(root: Any) -> Mapping[str, Look]:
    """How the cells of each format look, by its index; those that look as they are aside."""
    codes = {each.attrib["numFmtId"]: each.attrib["formatCode"] for each in root.iter("{*}numFmt")}
    fonts = root.findall("{*}fonts/{*}font")
    fills = root.findall("{*}fills/{*}fill")
    struck = [_is_struck(font) for font in fonts]
    white = [_is_white(font.find("{*}color")) for font in fonts]
    bare = [_is_bare(fill) for fill in fills]
    looks = {}
    for index, each in enumerate(root.findall("{*}cellXfs/{*}xf")):
        font, fill = int(each.get("fontId", "0")), int(each.get("fillId", "0"))
        kind = each.get("numFmtId", "0")
        look = Look(
            struck="…" if font < len(struck) and struck[font] else "",
            white=font < len(white) and white[font] and (fill >= len(bare) or bare[fill]),
            code=codes.get(kind, BUILT_IN.get(kind, "")),
        )
        if look != Look():
            looks[str(index)] = look
    return looks


def _is_struck(properties: Any) -> bool:
    """Whether a font, or a run's properties, strike through."""
    strike = properties.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false", "off")


def struck_in(item: Any) -> str:
    """What is struck through in the runs of a string item."""
    runs = ((run.find("{*}rPr"), run.findtext("{*}t", "")) for run in item.findall("{*}r"))
    return "".join(text for how, text in runs if how is not None and _is_struck(how)).strip()


def _is_white(colour: Any) -> bool:
    if colour is None or colour.get("tint", "0") not in ("0", "0.0"):
        return False
    return not _WHITE.isdisjoint(colour.items()) or _PAPER in colour.items()


def _is_bare(fill: Any) -> bool:
    """Whether a cell so filled is as white as paper."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return fill.find("{*}gradientFill") is None
    kind = pattern.get("patternType", "none")
    return kind == "none" or (kind == "solid" and _is_white(pattern.find("{*}fgColor")))
