"""The page number measured: that there is one on every page, its form, type, side and height."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.files.ooxml import Element
from docgen.finding import Place
from docgen.layout.page import gbt9704
from docgen.layout.page.faults import Faults, in_millimetres
from docgen.layout.page.line import Line, is_wide, line_of
from docgen.layout.page.sheet import grid_of, is_turned
from docgen.layout.page.text import points
from docgen.word.content import Content, Paragraph, quoted, read_paragraph
from docgen.word.markup import TWIPS_IN_MM, WP, R, W, child_value, is_on, twips
from docgen.word.package import Opened

_PAGE = re.compile(r"\s*PAGE\b", re.IGNORECASE)
_FOREIGN_DIGITS = re.compile(r"\\\*\s*(?!arabic\b|mergeformat\b|charformat\b)\w", re.IGNORECASE)
_ARABIC = (None, "decimal")
_SOUND = re.compile(r"[—―] ?1 ?[—―]")
_NAMES = {"default": "单页", "even": "双页", "first": "首页"}
#: The height of a line of one size in a font for Chinese, where nothing sets it.
_NATURAL = 1.3


@dataclass
class _Footer:
    """A footer of a section: which pages it is for, its number's paragraph, what is below it."""

    kind: str
    place: Place
    number: Paragraph
    below: list[Paragraph]
    side: str  # where a frame or text box puts it; blank where the paragraph does

    @property
    def text(self) -> str:
        """What the line says, the field filled with 1."""
        text, filled = "", False
        for run in self.number.runs:
            if _PAGE.match(run.field):
                text, filled = text if filled else f"{text}1", True
            else:
                text += run.text
        return text


def measure_footers(opened: Opened, content: Content, faults: Faults, name: str) -> None:
    """The page numbers of every section against 7.5."""
    odd_even = is_on(_toggle(opened.setting("evenAndOddHeaders")))
    inherited: dict[str, Element] = {}
    seen: dict[tuple[str, int], _Footer | None] = {}
    for index, section in enumerate(content.sections):
        inherited |= _references(opened, section)
        first = is_on(_toggle(section.find(f"{W}titlePg")))
        kinds = ["default", *(["even"] if odd_even else []), *(["first"] if first else [])]
        for kind in kinds:
            root = inherited.get(kind)
            key = kind, id(root)
            if key not in seen:
                seen[key] = None if root is None else _footer(content, root, kind, name)
                if footer := seen[key]:
                    _measure_type(footer, section, faults)
                    _measure_side(footer, odd_even, faults)
                    if not is_turned(section):
                        _measure_distance(footer, section, faults)
            if seen[key] is None:
                what = "每页" if kinds == ["default"] else _NAMES[kind]
                faults.add(gbt9704.NUMBER, Place(name, "", f"第 {index + 1} 节的页脚"), what)


def _toggle(element: Element | None) -> str | None:
    return None if element is None else str(element.get(f"{W}val", "true"))


def _references(opened: Opened, section: Element) -> dict[str, Element]:
    found = {}
    for reference in section.iter(f"{W}footerReference"):
        root = opened.margins.get(reference.get(f"{R}id", ""))
        if root is not None:
            found[reference.get(f"{W}type", "default")] = root
    return found


def _footer(content: Content, root: Element, kind: str, name: str) -> _Footer | None:
    """A footer with a page number in it; that of a text box written twice is read once."""
    place = Place(name, "", f"{_NAMES[kind]}的页脚")
    elements = list(root.iter(f"{W}p"))
    for at, element in enumerate(elements):
        paragraph = read_paragraph(element, content.styles, place)
        if any(_PAGE.match(run.field) for run in paragraph.runs):
            below = [read_paragraph(e, content.styles, place) for e in elements[at + 1 :]]
            side = _anchored(element)
            footer = _Footer(kind, place, paragraph, [] if side else below, side)
            footer.place = place._replace(cell=f"{place.cell}{quoted(footer.text)}")
            return footer
    return None


def _anchored(paragraph: Element) -> str:
    """Where a frame or a text box puts a paragraph: left, right, center, outside, inside."""
    frame = child_value(paragraph.find(f"{W}pPr"), "framePr", "xAlign")
    if frame:
        return frame
    for ancestor in paragraph.iterancestors():
        if ancestor.tag == f"{WP}anchor":
            return next((e.text or "" for e in ancestor.iter(f"{WP}align")), "") or "free"
    return ""


def _measure_type(footer: _Footer, section: Element, faults: Faults) -> None:
    shown = footer.text.strip()
    arabic = child_value(section, "pgNumType", "fmt") in _ARABIC and not any(
        _FOREIGN_DIGITS.search(run.field) for run in footer.number.runs
    )
    if not (arabic and _SOUND.fullmatch(shown)):
        faults.add(gbt9704.NUMBER_FORM, footer.place, shown if arabic else "不是阿拉伯数字")
    for font in _fonts(footer):
        if not gbt9704.NUMBER_FONT.fits(font):
            faults.add_font(gbt9704.NUMBER_FONT, footer.place, font)
    for run in footer.number.runs:
        if (run.text.strip() or run.field) and not gbt9704.NUMBER_SIZE.fits(run.look.size):
            faults.add(gbt9704.NUMBER_SIZE, footer.place, points(run.look.size))


def _fonts(footer: _Footer) -> Iterator[str]:
    """The fonts of the digits and the lines beside them."""
    for run in footer.number.runs:
        for character in "1" if run.field else run.text.strip():
            if not is_wide(character):
                yield run.look.ascii
            elif character > "⺀" or run.look.hinted:
                yield run.look.east_asia
            else:
                yield run.look.other


def _measure_side(footer: _Footer, odd_even: bool, faults: Faults) -> None:
    """Odd pages right, even pages left, one character in."""
    if not odd_even and footer.kind == "default" and footer.side != "outside":
        faults.add(gbt9704.ODD_EVEN, footer.place)
        return
    side = footer.side or footer.number.setting.align
    left = footer.kind == "even"
    about = _NAMES[footer.kind]
    wanted = "居左空一字" if left else "居右空一字"
    line = line_of(footer.number, footer.text)
    if footer.side in ("outside", "free") or (not footer.side and line is None):
        return  # by the page, or by means that cannot be measured
    if footer.side:
        if side != ("left" if left else "right"):
            faults.add(gbt9704.NUMBER_SIDE, footer.place, f"在{_side(side)}", about=about)
        return
    assert line is not None
    if _nearer_left(line) != left or side == "center":
        where = "中间" if abs(line.off_centre) < 1 else _side("left" if not left else "right")
        faults.add(gbt9704.NUMBER_SIDE, footer.place, f"在{where}", about=about)
        return
    gap = line.before if left else line.after
    if not gbt9704.NUMBER_SIDE.fits(gap):
        actual = f"空约 {round(gap, 1):g} 字（{wanted}）"
        faults.add(gbt9704.NUMBER_SIDE, footer.place, actual, about=about)


def _nearer_left(line: Line) -> bool:
    return line.off_centre < 0


def _side(side: str) -> str:
    return {"left": "左边", "right": "右边", "inside": "内侧"}.get(side, "中间")


def _measure_distance(footer: _Footer, section: Element, faults: Faults) -> None:
    """How far the middle of the number's line lies under the standard's 版心."""
    if footer.side == "free" or section.find(f"{W}pgMar") is None:
        return
    edge = (297 - gbt9704.TOP.value - gbt9704.TYPE_HEIGHT.value) * TWIPS_IN_MM
    pitch = grid_of(section).pitch
    under = sum(_height(paragraph, pitch) for paragraph in footer.below)
    middle = twips(child_value(section, "pgMar", "footer")) + under
    middle += footer.number.setting.after + _line_height(footer.number, pitch) / 2
    distance = edge - middle
    if not gbt9704.NUMBER_DISTANCE.fits(round(distance / TWIPS_IN_MM, 1)):
        faults.add(gbt9704.NUMBER_DISTANCE, footer.place, in_millimetres(distance))


def _height(paragraph: Paragraph, pitch: float) -> float:
    setting = paragraph.setting
    return setting.before + _line_height(paragraph, pitch) + setting.after


def _line_height(paragraph: Paragraph, pitch: float) -> float:
    setting = paragraph.setting
    if setting.rule == "exact":
        return setting.line
    natural = paragraph.em * _NATURAL
    if setting.rule == "atLeast":
        return max(setting.line, natural)
    snapped = pitch if setting.snapped and pitch else natural
    return max(snapped, natural) * setting.line / 240
