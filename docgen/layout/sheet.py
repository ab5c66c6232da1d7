"""The sheet: paper, margins and 版心, lines and characters of the grid (5.1, 5.2)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docgen.files.ooxml import Element
from docgen.finding import Place, Rule
from docgen.layout.clause import (
    BOTH,
    STANDARD,
    Clause,
    Departures,
    Dimension,
    in_millimetres,
    in_template,
)
from docgen.layout.printed import POINTS_PER_MM
from docgen.layout.roles import Text
from docgen.word.content import Content
from docgen.word.markup import TWIPS_IN_MM, W, child_value, number, twips

if TYPE_CHECKING:
    from docgen.layout.measures import Measures

PAPER_WRONG = Rule(
    code="P101",
    name="纸张不是 A4",
    severity="error",
    message="纸张是 {actual}，应为 {expected}",
    why="公文用纸是 A4；纸张不对，版心、页码和印章的位置全都不对。",
    example="Word 英文版的默认纸张是 Letter（215.9 mm×279.4 mm）。",
    cure=in_template("布局→纸张大小→A4。"),
    basis=f"{STANDARD} 5.1（应）",
)
PAPER = Clause(PAPER_WRONG, "A4（210 mm×297 mm）")
PAPER_WIDTH = Dimension(PAPER_WRONG, "210 mm", 210, 1)
PAPER_HEIGHT = Dimension(PAPER_WRONG, "297 mm", 297, 1)

MARGINS_WRONG = Rule(
    code="P102",
    name="页边或版心不对",
    severity="error",
    message="{where}{actual}；应为{expected}",
    why="天头、订口和版心的尺寸是国家标准定死的，装订和用印都依它。",
    example="Word 的默认页边：上下 25.4 mm，左右 31.8 mm。",
    cure=in_template("布局→页边距→自定义：上 37 mm，下 35 mm，左 28 mm，右 26 mm，装订线 0。"),
    basis=f"{STANDARD} 5.2.1（应）",
    aliases=("F202",),
)
MARGINS = Clause(MARGINS_WRONG, "天头 37±1 mm，订口 28±1 mm，版心 156 mm×225 mm", measured=BOTH)
TOP = Dimension(MARGINS_WRONG, "37±1 mm", 37, 1, on_proof=1)
BINDING = Dimension(MARGINS_WRONG, "28±1 mm", 28, 1, on_proof=1)
TYPE_WIDTH = Dimension(MARGINS_WRONG, "156 mm", 156, 1, on_proof=1)  # 6.1: 误差不超过1 mm
TYPE_HEIGHT = Dimension(MARGINS_WRONG, "225 mm", 225, 1, on_proof=1)

LINES_WRONG = Rule(
    code="P103",
    name="每面不是 22 行",
    severity="warning",
    message="{where}{about}{actual}，一般每面 {expected}",
    why="一般每面排 22 行并撑满版心；行数不对，最后一页能否容下印章也算不准。",
    example="没有设文档网格，每面排了 30 行。",
    cure=in_template(
        "布局→页面设置→文档网格→指定行和字符网格：每行 28 字，每页 22 行（跨度 28.95 磅）。"
    ),
    basis=f"{STANDARD} 5.2.3（一般）",
    aliases=("F201",),
)
LINES = Dimension(LINES_WRONG, "22 行", 22, measured=BOTH)

CHARACTERS_WRONG = Rule(
    code="P104",
    name="每行不是 28 字",
    severity="warning",
    message="文档网格{actual}，一般每行 {expected}",
    why="一般每行排 28 个字并撑满版心；3号字按原距只排得下 27 个。",
    example="文档网格只指定了行，没有指定字符。",
    cure=in_template("布局→页面设置→文档网格→指定行和字符网格：每行 28 字，每页 22 行。"),
    basis=f"{STANDARD} 5.2.3（一般）",
)
CHARACTERS = Dimension(CHARACTERS_WRONG, "28 字", 28)

#: The size of the text, 3号 (5.2.2): characters of a line are counted in it.
BODY_POINTS = 16
#: What the standard leaves for text, in twips: lines, characters and positions are counted in it
#: and not in what the margins make of it, so that each fault is told once and for itself.
WIDTH_TWIPS = TYPE_WIDTH.value * TWIPS_IN_MM
HEIGHT_TWIPS = TYPE_HEIGHT.value * TWIPS_IN_MM
_SNAPPING = ("lines", "linesAndChars", "snapToChars")


@dataclass(frozen=True, slots=True)
class Grid:
    """The document grid of a section: line pitch in twips (0: no grid)."""

    pitch: float

    @property
    def lines(self) -> int:
        return lines_of(self.pitch)


def lines_of(pitch: float) -> int:
    """Return how many lines of this pitch stand in the 版心."""
    return int(HEIGHT_TWIPS // pitch) if pitch > 0 else 0


def grid_of(section: Element) -> Grid:
    """Return the grid of a section."""
    if child_value(section, "docGrid", "type") not in _SNAPPING:
        return Grid(0)
    return Grid(twips(child_value(section, "docGrid", "linePitch")))


def is_turned(section: Element) -> bool:
    """Return whether a section lies on its side, as one with a wide table may (clause 8)."""
    return twips(child_value(section, "pgSz", "w")) > twips(child_value(section, "pgSz", "h"))


def text_width(section: Element) -> float:
    """Return what the standard leaves for a line of text on the pages of a section, in twips."""
    return HEIGHT_TWIPS if is_turned(section) else WIDTH_TWIPS


def measure_sheet(content: Content, text: Text, departures: Departures, name: str) -> None:
    """Hold every section against 5.1, 5.2.1 and 5.2.3."""
    spacings: dict[int, Counter[float]] = {}
    for paragraph, _, _ in text.body:
        of_section = spacings.setdefault(paragraph.section, Counter())
        of_section.update(run.look.spacing for run in paragraph.runs)

    for index, section in enumerate(content.sections):
        place = section_place(name, index)
        sound = _measure_paper(section, departures, place)
        _measure_margins(section, departures, place, sound=sound)
        if index in spacings and not is_turned(section):
            spacing = spacings[index].most_common(1)[0][0]
            _measure_characters(section, content, spacing, departures, place)


def section_place(name: str, index: int) -> Place:
    """Return where the page of a section is set."""
    return Place(name, "", f"第 {index + 1} 节的页面设置")


def _measure_paper(section: Element, departures: Departures, place: Place) -> bool:
    sides = sorted(twips(child_value(section, "pgSz", side)) for side in "wh")
    measures = (PAPER_WIDTH, PAPER_HEIGHT)
    if all(m.fits(side / TWIPS_IN_MM) for m, side in zip(measures, sides, strict=True)):
        return True
    shown = "没有说明大小的" if not sides[0] else "×".join(map(in_millimetres, sides))
    departures.add(PAPER, place, shown)
    return False


def _measure_margins(
    section: Element, departures: Departures, place: Place, *, sound: bool
) -> None:
    """Hold margins and 版心; on other paper the 版心 is what these margins would leave of A4."""
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    side = {
        name: abs(twips(None if margins is None else margins.get(f"{W}{name}")))
        for name in ("top", "bottom", "left", "right", "gutter")
    }
    turned = is_turned(section)
    short, long = (m.value * TWIPS_IN_MM for m in (PAPER_WIDTH, PAPER_HEIGHT))
    width, height = (long, short) if turned else (short, long)
    if sound and size is not None:
        width, height = (twips(size.get(f"{W}{name}")) for name in "wh")
    across = width - side["left"] - side["right"] - side["gutter"]
    down = height - side["top"] - side["bottom"]
    if turned:  # which edges are bound depends on the page; the 版心 does not
        measured = {"版心宽": (TYPE_WIDTH, down), "版心高": (TYPE_HEIGHT, across)}
    else:
        measured = {
            "天头": (TOP, side["top"]),
            "订口": (BINDING, side["left"] + side["gutter"]),
            "版心宽": (TYPE_WIDTH, across),
            "版心高": (TYPE_HEIGHT, down),
        }

    wrong = [
        f"{what} {in_millimetres(length)}"
        for what, (measure, length) in measured.items()
        if not _fits(measure, length)
    ]
    if wrong:
        departures.add(MARGINS, place, "，".join(wrong))


def _fits(measure: Dimension, length: float) -> bool:
    """Return whether a length fits, rounded as it is shown: what is within reads as within."""
    return measure.fits(round(length / TWIPS_IN_MM, 1))


def _measure_characters(
    section: Element, content: Content, spacing: float, departures: Departures, place: Place
) -> None:
    """Hold how many characters of 3号 make a line: `charSpace` adds 4096ths of a point to each."""
    kind = child_value(section, "docGrid", "type")
    added = number(child_value(section, "docGrid", "charSpace")) * 20 / 4096
    if kind == "snapToChars":
        pitch = number(content.styles.style(None).run.get("sz"), 20) * 10 + added
    else:
        pitch = 20 * BODY_POINTS + (added if kind == "linesAndChars" else 0) + spacing

    count = int(WIDTH_TWIPS // pitch) if pitch > 0 else 0
    if not CHARACTERS.fits(count):
        without = "" if kind in ("linesAndChars", "snapToChars") else "没有指定字符，"
        departures.add(CHARACTERS, place, f"{without}每行约 {count} 字")


def proved_sheet(measures: "Measures", departures: Departures, name: str) -> None:
    """Hold the lines and the edges of the text on a proof against 5.2.1 and 5.2.3."""
    place = Place(file=name)
    if measures.pitch is not None:
        height = TYPE_HEIGHT.value * POINTS_PER_MM
        lines = int(height / measures.pitch + 0.01)
        if not LINES.fits_on_proof(lines):
            about = f"行距为 {measures.pitch:g} 磅，"
            departures.add(LINES, place, f"每面 {lines} 行", about=about)

    if wrong := [f"{side} {length:g} mm" for side, length in _edges_off(measures)]:
        departures.add(MARGINS, place, f"正文的{'，'.join(wrong)}")


def _edges_off(measures: "Measures") -> Iterator[tuple[str, float]]:
    """Yield the edges of the text that stand elsewhere, or farther out than the 版心 reaches."""
    for side, found, clause in (
        ("左边", measures.left, BINDING),
        ("上边", measures.top, TOP),
    ):
        if found is not None and not clause.fits_on_proof(found):
            yield side, found

    for side, found, begin, extent in (
        ("右边缘", measures.right, BINDING, TYPE_WIDTH),
        ("下边缘", measures.bottom, TOP, TYPE_HEIGHT),
    ):
        if found is not None and found > begin.value + extent.value + extent.on_proof:
            yield side, found
