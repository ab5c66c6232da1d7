"""The page number: one on every page, its form, type, side and height (7.5)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.files.ooxml import Element
from docgen.finding import Place, Rule
from docgen.layout.clause import (
    BOTH,
    STANDARD,
    Clause,
    Departures,
    Dimension,
    Typeface,
    in_millimetres,
    in_template,
)
from docgen.layout.passages import Layout
from docgen.layout.position import LinePosition, is_wide, position_of
from docgen.layout.printed import POINTS_PER_MM, Character, Page
from docgen.layout.sheet import PAPER_HEIGHT, TOP, TYPE_HEIGHT, grid_of, is_turned
from docgen.layout.tracing import Trace
from docgen.layout.typefaces import size_name
from docgen.word.content import Content, Paragraph, quoted, read_paragraph
from docgen.word.markup import TWIPS_IN_MM, WP, R, W, child_value, is_on, twips
from docgen.word.package import Opened

NO_NUMBER = Rule(
    code="P401",
    name="没有页码",
    severity="warning",
    message="{where}{actual}没有页码",
    why="公文一般要有页码；首页、双页用了不同的页脚时，每种页脚都要有。",
    example="设了“首页不同”，首页的页脚空着。",
    cure=in_template("插入→页码，每种页脚都放上 — 1 — 样式的页码。"),
    basis=f"{STANDARD} 7.5（一般）",
    aliases=("F203",),
)
NUMBER = Clause(NO_NUMBER, "每面都有页码", measured=BOTH)

NUMBER_FORM_WRONG = Rule(
    code="P402",
    name="页码的样子不对",
    severity="warning",
    message="{where}{about}页码排成“{actual}”，一般排成“{expected}”",
    why="页码用阿拉伯数字，左右各放一条一字线（—，不是减号 -）。",
    example="“- 1 -”“第1页”。",
    cure=in_template("把页码左右改成一字线（—），数字格式设为 1、2、3。"),
    basis=f"{STANDARD} 7.5（一般）",
    aliases=("F203",),
)
NUMBER_FORM = Clause(NUMBER_FORM_WRONG, "— 1 —", measured=BOTH)

NUMBER_FONT_WRONG = Rule(
    code="P403",
    name="页码字体不对",
    severity="warning",
    message="页码的字体是{actual}，一般用半角{expected}",
    why="页码一般用4号半角宋体阿拉伯数字。",
    example="页码用了 Times New Roman。",
    cure=in_template("把页码和两条一字线的中文、西文字体都设为宋体。"),
    basis=f"{STANDARD} 7.5（一般）",
)
NUMBER_FONT = Typeface(NUMBER_FONT_WRONG, "宋体", ("宋体",))

NUMBER_SIZE_WRONG = Rule(
    code="P404",
    name="页码字号不对",
    severity="warning",
    message="页码的字号是{actual}，一般用{expected}",
    why="页码一般用4号半角宋体阿拉伯数字。",
    example="页码用了小五号（9 磅）。",
    cure=in_template("把页码和两条一字线的字号设为四号。"),
    basis=f"{STANDARD} 7.5（一般）",
)
NUMBER_SIZE = Dimension(NUMBER_SIZE_WRONG, "4号（14 磅）", 14)

ODD_LIKE_EVEN = Rule(
    code="P405",
    name="单双页的页码不分左右",
    severity="error",
    message="单页和双页用同一种页脚，应{expected}",
    why="公文双面印刷，页码在外侧：单页码居右空一字，双页码居左空一字。",
    example="所有页的页码都居中。",
    cure=in_template("双击页脚，勾选“奇偶页不同”；奇数页的页码右对齐、右缩进 1 字符，偶数页反之。"),
    basis=f"{STANDARD} 7.5（应）",
)
ODD_EVEN = Clause(ODD_LIKE_EVEN, "单页码居右，双页码居左")

NUMBER_ASIDE = Rule(
    code="P406",
    name="页码的左右位置不对",
    severity="error",
    message="{where}{about}的页码{actual}；应单页居右、双页居左，各{expected}",
    why="单页码居右空一字，双页码居左空一字。",
    example="单页的页码贴着版心右边，没有空一字。",
    cure=in_template("奇数页的页码右对齐、右缩进 1 字符，偶数页的左对齐、左缩进 1 字符。"),
    basis=f"{STANDARD} 7.5（应）",
    aliases=("F204",),
)
#: On a proof the width of the 一字线 differs between stand-in fonts: by 1.5 mm at most.
NUMBER_SIDE = Dimension(
    NUMBER_ASIDE, "空一字", 1, 0.5, on_proof=1.5 * POINTS_PER_MM / NUMBER_SIZE.value, measured=BOTH
)

NUMBER_TOO_HIGH = Rule(
    code="P407",
    name="页码的高低不对",
    severity="warning",
    message="{where}{about}页码的一字线在版心下边缘之下约 {actual}，一般为 {expected}",
    why="一字线上距版心下边缘 7 mm。",
    example="页脚距边界用了默认的 15 mm，页码离正文太远。",
    cure=in_template(
        "双击页脚，把“页脚底端距离”设为 25 mm 左右（页脚段落固定行距 14 磅时为 25.5 mm）。"
    ),
    basis=f"{STANDARD} 7.5（一般）",
    aliases=("F204",),
)
NUMBER_DISTANCE = Dimension(NUMBER_TOO_HIGH, "7 mm", 7, 1, on_proof=1.5, measured=BOTH)

NUMBER_NOT_TURNED = Rule(
    code="P408",
    name="横页的页码没有转过来",
    severity="error",
    message="{actual}的页码在横页的下边，应{expected}",
    why="横表装订后要转过来看，页码却与别的页一样看：仍在竖着拿时的下边，单页居右、双页居左。",
    example="横页用了与竖页同样的页脚，装订后页码到了左边或右边的切口上。",
    cure=in_template(
        "横页的一节另设页脚，用竖排的文本框把页码放到左边；docgen 自带的模板已这样做。"
    ),
    basis=f"{STANDARD} 8（应）",
    since="0.3.0",
)
NUMBER_TURNED = Clause(NUMBER_NOT_TURNED, "与竖页的页码在纸上的同一处")


#: The field of a page number: ` PAGE `, `page \\* Arabic`; not `PAGEREF x`, `NUMPAGES`.
_PAGE = re.compile(r"\s*PAGE\b", re.IGNORECASE)
#: What gives it other digits: `\\* ROMAN`; not `\\* MERGEFORMAT`.
_FOREIGN_DIGITS = re.compile(r"\\\*\s*(?!arabic\b|mergeformat\b|charformat\b)\w", re.IGNORECASE)
_ARABIC = (None, "decimal")
#: `— 1 —`; not `- 1 -`.
_SOUND_FORM = re.compile(r"[—―] ?1 ?[—―]")
#: What stands beside the digits, and says nothing alone.
_DASHES = "—―－–-"
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


def measure_footers(opened: Opened, content: Content, departures: Departures, name: str) -> None:
    """Hold the page numbers of every section against 7.5."""
    odd_even = is_on(_toggle_value(opened.setting("evenAndOddHeaders")))
    inherited: dict[str, Element] = {}
    seen: dict[tuple[str, int, bool], _Footer | None] = {}
    for index, section in enumerate(content.sections):
        inherited |= _references(opened, section)
        first = is_on(_toggle_value(section.find(f"{W}titlePg")))
        kinds = ["default", *(["even"] if odd_even else []), *(["first"] if first else [])]
        for kind in kinds:
            root = inherited.get(kind)
            key = kind, id(root), is_turned(section)
            if key not in seen:
                seen[key] = None if root is None else _footer(content, root, kind, name)
                if footer := seen[key]:
                    _measure_type(footer, section, departures)
                    if is_turned(section):
                        _measure_turned(footer, departures)
                    _measure_side(footer, odd_even, departures)
                    _measure_distance(footer, section, departures)
            if seen[key] is None:
                what = "每页" if kinds == ["default"] else _NAMES[kind]
                departures.add(NUMBER, Place(name, "", f"第 {index + 1} 节的页脚"), what)


def _toggle_value(element: Element | None) -> str | None:
    return None if element is None else str(element.get(f"{W}val", "true"))


def _references(opened: Opened, section: Element) -> dict[str, Element]:
    found = {}
    for reference in section.iter(f"{W}footerReference"):
        root = opened.margins.get(reference.get(f"{R}id", ""))
        if root is not None:
            found[reference.get(f"{W}type", "default")] = root
    return found


def _footer(content: Content, root: Element, kind: str, name: str) -> _Footer | None:
    """Return a footer with its page number; that of a text box written twice is read once."""
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
    """Return where a frame, text box or floating table puts a paragraph: left, outside, free."""
    frame = child_value(paragraph.find(f"{W}pPr"), "framePr", "xAlign")
    if frame:
        return frame
    for ancestor in paragraph.iterancestors():
        if ancestor.tag == f"{WP}anchor":
            return next((e.text or "" for e in ancestor.iter(f"{WP}align")), "") or "free"
        if ancestor.tag == f"{W}tbl" and ancestor.find(f"{W}tblPr/{W}tblpPr") is not None:
            return "free"
    return ""


def _measure_turned(footer: _Footer, departures: Departures) -> None:
    """Tell a number at the foot of a page that lies across; one that is anchored is on proofs."""
    if not footer.side:
        departures.add(NUMBER_TURNED, footer.place, _NAMES[footer.kind])


def _measure_type(footer: _Footer, section: Element, departures: Departures) -> None:
    shown = footer.text.strip()
    arabic = child_value(section, "pgNumType", "fmt") in _ARABIC and not any(
        _FOREIGN_DIGITS.search(run.field) for run in footer.number.runs
    )
    if not (arabic and _SOUND_FORM.fullmatch(shown)):
        departures.add(NUMBER_FORM, footer.place, shown if arabic else "不是阿拉伯数字")
    for font in _number_fonts(footer):
        if not NUMBER_FONT.fits(font):
            departures.add_font(NUMBER_FONT, footer.place, font)

    for run in footer.number.runs:
        if (run.text.strip() or run.field) and not NUMBER_SIZE.fits(run.look.size):
            departures.add(NUMBER_SIZE, footer.place, size_name(run.look.size))


def _number_fonts(footer: _Footer) -> Iterator[str]:
    """Yield the fonts of the digits and the lines beside them."""
    for run in footer.number.runs:
        for character in "1" if run.field else run.text.strip():
            if not is_wide(character):
                yield run.look.ascii
            elif character > "⺀" or run.look.hinted:
                yield run.look.east_asia
            else:
                yield run.look.other


def _measure_side(footer: _Footer, odd_even: bool, departures: Departures) -> None:
    """Hold the side of a number: odd pages right, even pages left, one character in."""
    if not odd_even and footer.kind == "default" and footer.side != "outside":
        departures.add(ODD_EVEN, footer.place)
        return

    side = footer.side or footer.number.setting.align
    left = footer.kind == "even"
    about = _NAMES[footer.kind]
    wanted = "居左空一字" if left else "居右空一字"
    line = position_of(footer.number, footer.text)
    if footer.side in ("outside", "free") or (not footer.side and line is None):
        return  # by the page, or by means that cannot be measured
    if footer.side:
        if side != ("left" if left else "right"):
            departures.add(NUMBER_SIDE, footer.place, f"在{_side_name(side)}", about=about)
        return

    assert line is not None
    if _nearer_left(line) != left or side == "center":
        where = "中间" if abs(line.off_centre) < 1 else _side_name("left" if not left else "right")
        departures.add(NUMBER_SIDE, footer.place, f"在{where}", about=about)
        return

    gap = line.before if left else line.after
    if not NUMBER_SIDE.fits(gap):
        actual = f"空约 {round(gap, 1):g} 字（{wanted}）"
        departures.add(NUMBER_SIDE, footer.place, actual, about=about)


def _nearer_left(line: LinePosition) -> bool:
    return line.off_centre < 0


def _side_name(side: str) -> str:
    return {"left": "左边", "right": "右边", "inside": "内侧"}.get(side, "中间")


def _measure_distance(footer: _Footer, section: Element, departures: Departures) -> None:
    """Hold how far the middle of the number's line lies under the 版心."""
    if footer.side == "free" or section.find(f"{W}pgMar") is None:
        return
    edge = (PAPER_HEIGHT.value - TOP.value - TYPE_HEIGHT.value) * TWIPS_IN_MM
    if is_turned(section):  # either long side may be bound
        edge = twips(child_value(section, "pgMar", "bottom"))
    pitch = grid_of(section).pitch
    under = sum(_height(paragraph, pitch) for paragraph in footer.below)
    middle = twips(child_value(section, "pgMar", "footer")) + under
    middle += footer.number.setting.after + _line_height(footer.number, pitch) / 2
    distance = edge - middle
    if not NUMBER_DISTANCE.fits(round(distance / TWIPS_IN_MM, 1)):
        departures.add(NUMBER_DISTANCE, footer.place, in_millimetres(distance))


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


def proved_numbers(trace: Trace, departures: Departures, name: str) -> None:
    """Hold what is printed under the text of every page against 7.5."""
    place = Place(file=name)
    for page in trace.pages:
        under = page.height - trace.source.layout_on(page).bottom
        edge = trace.source.layout_on(page).left if page.is_turned else 0
        number = [c for c in trace.furniture[page.number] if c.base > under or c.right < edge]
        text = "".join(character.text for character in number)

        if not text.strip(_DASHES):
            departures.add(NUMBER, place, f"第 {page.number} 页")
        elif text != f"—{page.number}—":
            wanted = f"— {page.number} —"
            about = f"第 {page.number} 页的"
            departures.add(NUMBER_FORM, place, text, about=about, expected=wanted)
        else:
            _prove_place(trace, page, number, departures, place)


def _prove_place(
    trace: Trace, page: Page, number: Sequence[Character], departures: Departures, place: Place
) -> None:
    """Hold a printed number against the outer edge and the lower one of the 版心."""
    layout = trace.source.layout_on(page)
    if page.is_turned and number[-1].right < layout.left:
        _prove_turned(page, layout, number, departures, place)
        return

    odd = page.number % 2 == 1
    side = "右" if odd else "左"
    free = page.width - layout.right - number[-1].right if odd else number[0].left - layout.left
    inner = free / NUMBER_SIZE.value
    if not NUMBER_SIDE.fits_on_proof(inner):
        actual = f"离{side}边 {inner:.1f} 字"
        departures.add(NUMBER_SIDE, place, actual, about=f"第 {page.number} 页")

    edge = (TOP.value + TYPE_HEIGHT.value) * POINTS_PER_MM
    if page.is_turned:
        edge = page.height - layout.bottom
    _prove_distance(page, number[0].middle - edge, departures, place)


def _prove_turned(
    page: Page, layout: Layout, number: Sequence[Character], departures: Departures, place: Place
) -> None:
    """Hold a number that runs down the left edge of a page against where the sheet has it."""
    odd = page.number % 2 == 1
    below = page.height - layout.bottom - (number[-1].base + number[-1].size)
    free = below if odd else number[0].base - layout.top
    inner = free / NUMBER_SIZE.value
    if not NUMBER_SIDE.fits_on_proof(inner):
        actual = f"离{'下' if odd else '上'}边 {inner:.1f} 字"
        departures.add(NUMBER_SIDE, place, actual, about=f"第 {page.number} 页")

    middle = (number[0].left + number[0].right) / 2
    _prove_distance(page, layout.left - middle, departures, place)


def _prove_distance(page: Page, points: float, departures: Departures, place: Place) -> None:
    """Hold how far a printed number stands from the edge of the 版心."""
    distance = points / POINTS_PER_MM
    if not NUMBER_DISTANCE.fits_on_proof(distance):
        about = f"第 {page.number} 页的"
        departures.add(NUMBER_DISTANCE, place, f"{distance:.1f} mm", about=about)
