"""How a workbook shows its cells, where that is not what they hold, and what lies over them.

By their formats (struck through, white on white, a format of numbers), by rows, columns and sheets
that are hidden, by merges; pictures, shapes with text and comments.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from docgen.files import ooxml
from docgen.files.ooxml import Element, tag_of
from docgen.read.entry import WHOLE_SHEET, CellLook, column_letters
from docgen.read.formats import BUILT_IN

#: How a workbook writes that something is so.
ON = ("1", "true", "on")
_PLAIN = CellLook()

#: The values of a sheet by row and column, both counted from 0.
Cells = dict[int, dict[int, object]]

#: White as programs write it: a colour, an index of the old palette (§18.8.27), the paper's own.
_WHITE = {("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("indexed", "1"), ("indexed", "9")}
_PAPER = ("theme", "0")

_KINDS = {
    "{*}pic": "图片",
    "{*}sp": "形状",
    "{*}cxnSp": "线条",
    "{*}graphicFrame": "图表",
    "{*}contentPart": "墨迹",
}


class SheetLooks:
    """Gathers them while a sheet is read: `found` holds them by row and column."""

    def __init__(self, by_format: Mapping[str, CellLook], struck: Mapping[int, str]) -> None:
        self.by_format, self.struck = by_format, struck
        self.found: dict[tuple[int, int], CellLook] = {}

    def of(self, row: int, column: int) -> CellLook:
        """Return how this cell looks."""
        return self.found.get((row, column), _PLAIN)

    def read_cell(self, row: int, column: int, cell: Element) -> None:
        """Keep how a cell looks by its format, and by the runs of its text."""
        look = self.by_format.get(cell.get("s", "0"), _PLAIN)
        kind, words = cell.get("t"), ""
        if kind == "s" and self.struck:
            words = self.struck.get(int(cell.findtext("{*}v", "-1")), "")
        elif kind == "inlineStr":
            words = "".join(map(struck_in, cell.findall("{*}is")))

        if words:
            look = look._replace(struck=words)
        if look is not _PLAIN:
            self.found[row, column] = look

    def hide_row(self, row: int, columns: Iterable[int]) -> None:
        """Tell that the cells of this row are out of sight."""
        for column in columns:
            self._hide_cell(row, column, f"第 {row + 1} 行")

    def hide_columns(self, cells: Cells, hidden: Iterable[range]) -> None:
        """Tell that the cells of these columns are out of sight."""
        out = {column for columns in hidden for column in columns}
        for row, columns in cells.items() if out else ():
            for column in columns.keys() & out:
                self._hide_cell(row, column, f"{column_letters(column)} 列")

    def hide_all(self, cells: Cells) -> None:
        """Tell that the sheet itself is out of sight."""
        for row, columns in cells.items():
            for column in columns:
                self._hide_cell(row, column, WHOLE_SHEET)

    def _hide_cell(self, row: int, column: int, what: str) -> None:
        """Tell what one cell is out of sight with."""
        self.found[row, column] = self.of(row, column)._replace(hidden=what)

    def merge(self, cells: Cells, shown: str, rows: range, columns: range) -> None:
        """Tell of the cells of a merge that its first, `shown`, is seen for them all."""
        for row in rows:
            stored = cells.setdefault(row, {})
            for column in columns:
                if (row, column) != (rows.start, columns.start):
                    stored.setdefault(column, None)
                    look = self.of(row, column)
                    self.found[row, column] = look._replace(merged=shown)


def looks_of(root: Element) -> Mapping[str, CellLook]:
    """Return how the cells of each format look, by its index; those that look as they are aside."""
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
        look = CellLook(
            struck="…" if font < len(struck) and struck[font] else "",
            white=font < len(white) and white[font] and (fill >= len(bare) or bare[fill]),
            code=codes.get(kind, BUILT_IN.get(kind, "")),
        )
        if look != CellLook():
            looks[str(index)] = look

    return looks


def _is_struck(properties: Element) -> bool:
    """Whether a font, or a run's properties, strike through."""
    strike = properties.find("{*}strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false", "off")


def struck_in(item: Element) -> str:
    """Return what is struck through in the runs of a string item."""
    runs = ((run.find("{*}rPr"), run.findtext("{*}t", "")) for run in item.findall("{*}r"))
    return "".join(text for how, text in runs if how is not None and _is_struck(how)).strip()


def _is_white(colour: Element | None) -> bool:
    """Whether a colour is white as it is, not a tint of it."""
    if colour is None or colour.get("tint", "0") not in ("0", "0.0"):
        return False
    return not _WHITE.isdisjoint(colour.items()) or _PAPER in colour.items()


def _is_bare(fill: Element) -> bool:
    """Whether a cell so filled is as white as paper."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return fill.find("{*}gradientFill") is None
    kind = pattern.get("patternType", "none")
    return kind == "none" or (kind == "solid" and _is_white(pattern.find("{*}fgColor")))


class Overlay(NamedTuple):
    """One thing over the cells: what it is (批注: a comment), where it begins, its words."""

    kind: str
    cell: str
    text: str


def overlays_of(
    parts: Mapping[str, bytes], related: Mapping[str, tuple[str, str]]
) -> Iterator[Overlay]:
    """Yield everything over a sheet, by what it is related to; what is hidden aside."""
    for kind, name in related.values():
        if kind == "drawing" and name in parts:
            for anchor in ooxml.parse(parts[name]):
                yield from _drawn_at(anchor)
        elif kind == "comments" and name in parts:
            for comment in ooxml.parse(parts[name]).iter("{*}comment"):
                yield Overlay("批注", comment.get("ref", ""), _words_in(comment))


def _drawn_at(anchor: Element) -> Iterator[Overlay]:
    """Yield what is drawn at one anchor; a picture for programs that know no better one aside."""
    row, column = (anchor.findtext(f"{{*}}from/{{*}}{axis}", "0") for axis in ("row", "col"))
    cell = f"{column_letters(int(column))}{int(row) + 1}"
    for element in anchor.iter(*_KINDS):
        about = element.find("*/{*}cNvPr")
        hidden = about is not None and about.get("hidden") in ("1", "true")
        again = any(tag_of(above).endswith("}Fallback") for above in element.iterancestors())
        if not hidden and not again:
            kind = _KINDS[f"{{*}}{tag_of(element).rpartition('}')[2]}"]
            text = _words_in(element) if kind == "形状" else ""
            yield Overlay("文本框" if text else kind, cell, text)


def _words_in(element: Element) -> str:
    """Return the text in a shape or a comment."""
    return "".join(each.text or "" for each in element.iter("{*}t")).strip()
