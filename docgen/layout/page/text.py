"""The text measured: fonts, sizes and colour of every stretch of it, title, indents, spacing."""

import re
from collections.abc import Iterator

from docgen.layout.page import gbt9704
from docgen.layout.page.faults import Faults
from docgen.layout.page.gbt9704 import Face, Measure
from docgen.layout.page.line import line_of
from docgen.layout.page.roles import LEVEL_NAMES, Passage, Text
from docgen.layout.page.sheet import grid_of, is_turned, lines_of, section_place
from docgen.word.content import Content, Paragraph
from docgen.word.styles import Look, Setting

_HAN = re.compile(r"[⺀-鿿豈-﫿\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[0-9A-Za-z]")
# An apostrophe in a Latin word is no Chinese mark.
_SHARED = re.compile(rf"(?<![A-Za-z])[{gbt9704.SHARED_MARKS}]|[{gbt9704.SHARED_MARKS}](?![A-Za-z])")
_BLACK = ("auto", "000000", "")
_RECIPIENT = re.compile(r"[^，。；]{2,60}：")  # 主送机关, flush left
_NO_INDENT = ("附件", "附：")
_POINTS = {
    22: "2号",
    18: "小二",
    16: "3号",
    15: "小三",
    14: "4号",
    12: "小四",
    10.5: "5号",
    9: "小五",
}


def measure_text(content: Content, text: Text, faults: Faults) -> None:
    """Every paragraph outside tables: what it is set in, and how it stands on the lines."""
    for paragraph in text.title:
        measure_part(paragraph, 0, "标题", (gbt9704.TITLE_FONT, gbt9704.TITLE_SIZE), faults)
    body = (gbt9704.BODY_FONT, gbt9704.BODY_SIZE)
    for paragraph, level, end in text.body:
        if level:
            # A heading that runs into the text has the size of its paragraph.
            runs_in = bool(paragraph.text[end:].strip())
            size = gbt9704.BODY_SIZE if runs_in else gbt9704.HEADING_SIZE
            faces = (gbt9704.HEADING_FONTS[level], size)
            measure_part(paragraph, 0, LEVEL_NAMES[level], faces, faults, end)
        measure_part(paragraph, end, "正文", body, faults)
    for signed in (text.name, text.date):
        if signed:
            measure_part(signed, 0, "正文", body, faults)
    _measure_title(content, text, faults)
    for index, passage in enumerate(text.body):
        if not is_turned(content.sections[passage.paragraph.section]):
            _measure_indent(passage, index, faults)
            _measure_spacing(content, passage.paragraph, faults)


def measure_part(
    paragraph: Paragraph,
    start: int,
    about: str,
    faces: tuple[Face, Measure],
    faults: Faults,
    end: int | None = None,
) -> None:
    """Font, size and colour of the characters from `start` to `end`, and shared marks in them."""
    font, size = faces
    place = paragraph.place
    end = len(paragraph.text) if end is None else end
    for text, look in paragraph.part(start, end):
        if not text.strip():
            continue
        if _HAN.search(text) and not font.fits(look.east_asia):
            faults.add_font(font, place, look.east_asia, about=about)
        if _LATIN.search(text) and not gbt9704.LATIN_FONT.fits(look.ascii):
            faults.add_font(gbt9704.LATIN_FONT, place, look.ascii)
        if not size.fits(look.size):
            faults.add(size, place, points(look.size))
        if look.colour not in _BLACK:
            faults.add(gbt9704.COLOUR, place, look.colour.upper())
    for mark, name in _latin_marks(paragraph, start, end):
        faults.fonts.add(name)
        faults.add(gbt9704.PUNCTUATION, place, f"{mark}排成“{name or '未指定'}”")


def _latin_marks(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[str, str]]:
    """The shared marks that are set in a Latin font, each kind with the font."""
    if not _SHARED.search(paragraph.text, start, end):
        return
    looks: list[Look] = []
    for text, look in paragraph.part(0, end):
        looks += [look] * len(text)
    for found in _SHARED.finditer(paragraph.text, start, end):
        look = looks[found.start()]
        if not (look.hinted or gbt9704.is_chinese(look.other)):
            yield _KINDS.get(found[0], "省略号"), look.other


_KINDS = {"“": "引号", "”": "引号", "‘": "引号", "’": "引号", "—": "破折号"}


def points(size: float) -> str:
    """A size as an office names it."""
    name = _POINTS.get(size)
    return f"{name}（{size:g} 磅）" if name else f"{size:g} 磅"


def _measure_title(content: Content, text: Text, faults: Faults) -> None:
    """The title in the middle, an empty line under it."""
    for paragraph in text.title:
        line = line_of(paragraph)
        centred = paragraph.setting.align == "center"
        if line is not None and not gbt9704.TITLE_CENTRED.fits(line.off_centre):
            side = "右" if line.off_centre > 0 else "左"
            aside = f"偏{side}约 {abs(line.off_centre):.1f} 字"
            faults.add(gbt9704.TITLE_CENTRED, paragraph.place, aside if centred else "没有居中")
        elif line is not None and line.full and not centred:
            faults.add(gbt9704.TITLE_CENTRED, paragraph.place, "没有居中")
    if text.title and text.body:
        after = content.blocks.index(text.title[-1]) + 1
        gap = empty_lines(content, after, 1)
        if not gbt9704.TITLE_GAP.fits(gap):
            faults.add(gbt9704.TITLE_GAP, text.title[-1].place, str(gap))


def empty_lines(content: Content, at: int, step: int) -> int:
    """How many empty paragraphs stand from a block on, forwards or backwards."""
    count = 0
    while 0 <= at < len(content.blocks):
        block = content.blocks[at]
        if not isinstance(block, Paragraph) or block.stripped or _has_drawing(block):
            break
        count += 1
        at += step
    return count


def _has_drawing(paragraph: Paragraph) -> bool:
    return any(
        str(e.tag).endswith(("}drawing", "}pict", "}object")) for e in paragraph.element.iter()
    )


def _measure_indent(passage: Passage, index: int, faults: Faults) -> None:
    """Two characters in, typed or set, and the following lines flush left."""
    paragraph, setting = passage.paragraph, passage.paragraph.setting
    text = paragraph.text
    recipient = not index and _RECIPIENT.fullmatch(paragraph.stripped)
    attached = paragraph.stripped.startswith(_NO_INDENT)
    if recipient or attached or setting.numbered or setting.align in ("center", "right"):
        return
    typed = sum(
        1 if character == "　" else 0.5 for character in text[: len(text) - len(text.lstrip())]
    )
    em = paragraph.em or 1
    first = (setting.left + setting.first) / em + typed
    if gbt9704.INDENT.fits(first) and abs(setting.left / em) <= gbt9704.INDENT.tolerance:
        return
    flush = "" if abs(setting.left / em) < 0.05 else f"，回行空 {_characters(setting.left / em)} 字"
    faults.add(gbt9704.INDENT, paragraph.place, f"空 {_characters(first)} 字{flush}")


def _characters(count: float) -> str:
    return f"{round(count, 1):g}"


def _measure_spacing(content: Content, paragraph: Paragraph, faults: Faults) -> None:
    """The lines a page the paragraph's spacing makes; the grid's own fault is the section's."""
    setting, place = paragraph.setting, paragraph.place
    if setting.before or setting.after:
        gap = max(setting.before, setting.after)
        faults.add(gbt9704.PARAGRAPH_SPACE, place, f"{round(gap / 20, 1):g} 磅")
    grid = grid_of(content.sections[paragraph.section])
    own = _own_spacing(setting, grid.pitch)
    if own:
        faults.add(gbt9704.LINE_SPACING, place, own)
    if setting.rule != "exact" and not gbt9704.LINES.fits(grid.lines):
        actual = f"每面 {grid.lines} 行" if grid.pitch else "没有指定行数"
        faults.add(gbt9704.LINES, section_place(place.file, paragraph.section), actual)


def _own_spacing(setting: Setting, pitch: float) -> str:
    """What a paragraph does to the lines by itself, where that makes other than 22 of them."""
    line = setting.line
    if setting.rule == "exact":
        count = lines_of(line)
        wrong = not gbt9704.LINE_SPACING.fits(count)
        return f"固定值 {line / 20:g} 磅（每面 {count} 行）" if wrong else ""
    if setting.rule == "atLeast":
        return f"最小值 {line / 20:g} 磅" if line > (pitch or 240) else ""
    if line != 240:
        return f"{line / 240:.3g} 倍"
    return "" if setting.snapped or not pitch else "单倍，不对齐网格"
