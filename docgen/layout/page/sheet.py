"""The sheet measured: paper, margins and 版心, lines and characters of the grid, by section."""

from collections import Counter
from dataclasses import dataclass

from docgen.files.ooxml import Element
from docgen.finding import Place
from docgen.layout.page import gbt9704
from docgen.layout.page.faults import Faults, in_millimetres
from docgen.layout.page.gbt9704 import Measure
from docgen.layout.page.roles import Text
from docgen.word.content import Content
from docgen.word.markup import TWIPS_IN_MM, W, child_value, number, twips

#: What the standard leaves for text, in twips: lines, characters and positions are counted in it
#: and not in what the margins make of it, so that each fault is told once and for itself.
TYPE_WIDTH = gbt9704.TYPE_WIDTH.value * TWIPS_IN_MM
TYPE_HEIGHT = gbt9704.TYPE_HEIGHT.value * TWIPS_IN_MM
CHARACTER = gbt9704.BODY_SIZE.value * 20
_SNAPPING = ("lines", "linesAndChars", "snapToChars")


@dataclass(frozen=True, slots=True)
class Grid:
    """The document grid of a section: line pitch in twips (0: no grid)."""

    pitch: float

    @property
    def lines(self) -> int:
        return lines_of(self.pitch)


def lines_of(pitch: float) -> int:
    """How many lines of this pitch stand in the 版心."""
    return int(TYPE_HEIGHT // pitch) if pitch > 0 else 0


def grid_of(section: Element) -> Grid:
    """The grid of a section."""
    if child_value(section, "docGrid", "type") not in _SNAPPING:
        return Grid(0)
    return Grid(twips(child_value(section, "docGrid", "linePitch")))


def is_turned(section: Element) -> bool:
    """Whether a section lies on its side, as one with a wide table may (clause 8)."""
    return twips(child_value(section, "pgSz", "w")) > twips(child_value(section, "pgSz", "h"))


def measure_sheet(content: Content, text: Text, faults: Faults, name: str) -> None:
    """Every section against 5.1, 5.2.1 and 5.2.3."""
    spacings: dict[int, Counter[float]] = {}
    for paragraph, _, _ in text.body:
        of_section = spacings.setdefault(paragraph.section, Counter())
        of_section.update(run.look.spacing for run in paragraph.runs)
    for index, section in enumerate(content.sections):
        place = section_place(name, index)
        sound = _measure_paper(section, faults, place)
        _measure_margins(section, faults, place, sound=sound)
        if index in spacings and not is_turned(section):
            spacing = spacings[index].most_common(1)[0][0]
            _measure_characters(section, content, spacing, faults, place)


def section_place(name: str, index: int) -> Place:
    """Where the page of a section is set."""
    return Place(name, "", f"第 {index + 1} 节的页面设置")


def _measure_paper(section: Element, faults: Faults, place: Place) -> bool:
    sides = sorted(twips(child_value(section, "pgSz", side)) for side in "wh")
    measures = (gbt9704.PAPER_WIDTH, gbt9704.PAPER_HEIGHT)
    if all(m.fits(side / TWIPS_IN_MM) for m, side in zip(measures, sides, strict=True)):
        return True
    shown = "没有说明大小的" if not sides[0] else "×".join(map(in_millimetres, sides))
    faults.add(gbt9704.PAPER, place, shown)
    return False


def _measure_margins(section: Element, faults: Faults, place: Place, *, sound: bool) -> None:
    """Margins and 版心; on other paper the 版心 is what these margins would leave of A4."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    side = {
        name: abs(twips(None if margins is None else margins.get(f"{W}{name}")))
        for name in ("top", "bottom", "left", "right", "gutter")
    }
    turned = is_turned(section)
    short, long = (m.value * TWIPS_IN_MM for m in (gbt9704.PAPER_WIDTH, gbt9704.PAPER_HEIGHT))
    width, height = (long, short) if turned else (short, long)
    if sound and size is not None:
        width, height = (twips(size.get(f"{W}{name}")) for name in "wh")
    across = width - side["left"] - side["right"] - side["gutter"]
    down = height - side["top"] - side["bottom"]
    if turned:  # which edges are bound depends on the page; the 版心 does not
        measured = {"版心宽": (gbt9704.TYPE_WIDTH, down), "版心高": (gbt9704.TYPE_HEIGHT, across)}
    else:
        measured = {
            "天头": (gbt9704.TOP, side["top"]),
            "订口": (gbt9704.BINDING, side["left"] + side["gutter"]),
            "版心宽": (gbt9704.TYPE_WIDTH, across),
            "版心高": (gbt9704.TYPE_HEIGHT, down),
        }
    wrong = [
        f"{what} {in_millimetres(length)}"
        for what, (measure, length) in measured.items()
        if not _fits(measure, length)
    ]
    if wrong:
        faults.add(gbt9704.MARGINS, place, "，".join(wrong))


def _fits(measure: Measure, length: float) -> bool:
    """Rounded as it is shown, so that what is within reads as within."""
    return measure.fits(round(length / TWIPS_IN_MM, 1))


def _measure_characters(
    section: Element, content: Content, spacing: float, faults: Faults, place: Place
) -> None:
    """The characters of a line of 3号 text: `charSpace` is added to each, in 4096ths of a point."""
    kind = child_value(section, "docGrid", "type")
    added = number(child_value(section, "docGrid", "charSpace")) * 20 / 4096
    if kind == "snapToChars":
        pitch = number(content.styles.style(None).run.get("sz"), 20) * 10 + added
    else:
        pitch = CHARACTER + (added if kind == "linesAndChars" else 0) + spacing
    count = int(TYPE_WIDTH // pitch) if pitch > 0 else 0
    if not gbt9704.CHARACTERS.fits(count):
        without = "" if kind in ("linesAndChars", "snapToChars") else "没有指定字符，"
        faults.add(gbt9704.CHARACTERS, place, f"{without}每行约 {count} 字")
