"""How paragraphs stand: the title in the middle, indents, the space between lines (5.2.3, 7.3)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from docgen.finding import Finding, Rule
from docgen.layout.clause import STANDARD, Clause, Departures, Dimension, in_template
from docgen.layout.position import position_of
from docgen.layout.roles import Text, TextPart
from docgen.layout.sheet import LINES, grid_of, is_turned, lines_of, section_place, text_width
from docgen.layout.tracing import Trace
from docgen.word.content import Content, Paragraph
from docgen.word.styles import Setting

TITLE_ASIDE = Rule(
    code="P301",
    name="标题没有居中",
    severity="warning",
    message="标题{actual}，一般{expected}排布",
    why="标题一般分一行或多行居中排布；首行缩进也会使它偏离中线。",
    example="标题左对齐。",
    cure=in_template("把标题设为居中，缩进设为 0。"),
    basis=f"{STANDARD} 7.3.1（一般）",
)
TITLE_CENTRED = Dimension(TITLE_ASIDE, "居中", 0, 0.5)

TITLE_GAP_WRONG = Rule(
    code="P302",
    name="标题下没有空一行",
    severity="note",
    message="标题下空了 {actual} 行，通行{expected}",
    why="标准要求主送机关编排于标题下空一行位置；没有主送机关的，正文前也通行空一行。",
    example="标题下紧接着就是正文。",
    cure=in_template("在标题下留一个空行。"),
    basis=f"{STANDARD} 7.3.2（通行做法）",
)
TITLE_GAP = Dimension(TITLE_GAP_WRONG, "空一行", 1)

INDENT_WRONG = Rule(
    code="P303",
    name="段首没有空二字",
    severity="warning",
    message="段首{actual}，一般{expected}（{count} 段）",
    why="每个自然段左空二字，回行顶格；层次标题也是自然段。",
    example="用三个空格代替缩进。",
    cure=in_template("段落→缩进→特殊格式：首行缩进 2 字符，左侧缩进 0；删去段首的空格。"),
    basis=f"{STANDARD} 7.3.3（一般）",
)
INDENT = Dimension(INDENT_WRONG, "左空二字，回行顶格", 2, 0.2)

LINE_SPACING_WRONG = Rule(
    code="P304",
    name="行距使每面不是 22 行",
    severity="warning",
    message="行距是{actual}，一般{expected}（{count} 段）",
    why="段落自己的行距会盖过文档网格。固定值在 28 磅到 28.95 磅之间，才恰好每面 22 行。",
    example="固定值 30 磅，每面只有 21 行；29 磅也差一点。",
    cure=in_template(
        "段落→行距：单倍行距，并勾选“如果定义了文档网格，则对齐到网格”；或固定值 28.95 磅。"
    ),
    basis=f"{STANDARD} 5.2.3（一般）",
)
LINE_SPACING = Dimension(LINE_SPACING_WRONG, "每面 22 行", LINES.value)

SPACE_BETWEEN = Rule(
    code="P305",
    name="段前段后有间距",
    severity="warning",
    message="段前段后的间距是{actual}，一般为 0（{count} 段）",
    why="段间加了距离，每面就排不满 22 行。",
    example="Word 默认的正文段后 10 磅，标题段前 24 磅。",
    cure=in_template("段落→间距：段前、段后都设为 0。"),
    basis=f"{STANDARD} 5.2.3（一般）",
)
PARAGRAPH_SPACE = Clause(SPACE_BETWEEN, "段前段后 0")

HEADING_LAST = Rule(
    code="F205",
    name="标题落在页末",
    severity="warning",
    message="标题“{heading}”在第 {page} 页的最后，它下面的内容到了下一页",
    why="标题与它的内容分在两页，读起来断了。",
    example="“二、工作打算”单独留在页末。",
    cure=in_template("在标题的样式里，“段落—换行和分页”勾选“与下段同页”。"),
    basis="通行做法",
)

#: 主送机关, flush left: `乌苏市人民政府：`; not `现将情况报告如下，请审阅：`.
_RECIPIENT = re.compile(r"[^，。；]{2,60}：")
_NO_INDENT = ("附件", "附：")


def measure_paragraphs(content: Content, text: Text, departures: Departures) -> None:
    """Hold the title and every paragraph of the text against where they should stand."""
    _measure_title(content, text, departures)
    for index, passage in enumerate(text.body):
        if not is_turned(content.sections[passage.paragraph.section]):
            _measure_indent(passage, index, departures)
            _measure_spacing(content, passage.paragraph, departures)


def _measure_title(content: Content, text: Text, departures: Departures) -> None:
    """Hold that the title stands in the middle, with an empty line under it."""
    for paragraph in text.title:
        room = text_width(content.sections[paragraph.section])
        line = position_of(paragraph, room=room)
        centred = paragraph.setting.align == "center"
        if line is not None and not TITLE_CENTRED.fits(line.off_centre):
            side = "右" if line.off_centre > 0 else "左"
            aside = f"偏{side}约 {abs(line.off_centre):.1f} 字"
            departures.add(TITLE_CENTRED, paragraph.place, aside if centred else "没有居中")
        elif line is not None and line.full and not centred:
            departures.add(TITLE_CENTRED, paragraph.place, "没有居中")

    if text.title and text.body:
        after = content.blocks.index(text.title[-1]) + 1
        gap = empty_lines(content, after, 1)
        if not TITLE_GAP.fits(gap):
            departures.add(TITLE_GAP, text.title[-1].place, str(gap))


def empty_lines(content: Content, at: int, step: int) -> int:
    """Return how many empty paragraphs stand from a block on, forwards or backwards."""
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


def _measure_indent(passage: TextPart, index: int, departures: Departures) -> None:
    """Hold an indent: two characters in, typed or set, the following lines flush left."""
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
    if INDENT.fits(first) and abs(setting.left / em) <= INDENT.tolerance:
        return
    flush = "" if abs(setting.left / em) < 0.05 else f"，回行空 {_characters(setting.left / em)} 字"
    departures.add(INDENT, paragraph.place, f"空 {_characters(first)} 字{flush}")


def _characters(count: float) -> str:
    return f"{round(count, 1):g}"


def _measure_spacing(content: Content, paragraph: Paragraph, departures: Departures) -> None:
    """Hold how many lines a page a spacing makes; the grid's own fault is the section's."""
    setting, place = paragraph.setting, paragraph.place
    if setting.before or setting.after:
        gap = max(setting.before, setting.after)
        departures.add(PARAGRAPH_SPACE, place, f"{round(gap / 20, 1):g} 磅")

    grid = grid_of(content.sections[paragraph.section])
    own = _own_spacing(setting, grid.pitch)
    if own:
        departures.add(LINE_SPACING, place, own)
    if setting.rule != "exact" and not LINES.fits(grid.lines):
        actual = f"每面 {grid.lines} 行" if grid.pitch else "没有指定行数"
        at = section_place(place.file, paragraph.section)
        departures.add(LINES, at, actual, about="文档网格")


def _own_spacing(setting: Setting, pitch: float) -> str:
    """Return what a paragraph does to the lines by itself, if that makes other than 22."""
    line = setting.line
    if setting.rule == "exact":
        count = lines_of(line)
        wrong = not LINE_SPACING.fits(count)
        return f"固定值 {line / 20:g} 磅（每面 {count} 行）" if wrong else ""

    if setting.rule == "atLeast":
        return f"最小值 {line / 20:g} 磅" if line > (pitch or 240) else ""
    if line != 240:
        return f"{line / 240:.3g} 倍"
    return "" if setting.snapped or not pitch else "单倍，不对齐网格"


def headings_last(trace: Trace) -> Iterator[Finding]:
    """Yield the headings that stand at the foot of a page, their text on the next."""
    for passage, following in pairwise(trace.source.passages):
        last, first = trace.of(passage)[-1].page, trace.of(following)[0].page
        if passage.is_heading and passage.spot is None and last < first:
            yield HEADING_LAST.at(heading=passage.text, page=last)
