"""What characters are set in: fonts, sizes, colour, by what each paragraph is (5.2, 7.3)."""

import re
from collections.abc import Iterator

from docgen.files.ooxml import Element
from docgen.finding import Place, Rule
from docgen.layout.clause import STANDARD, Clause, Departures, Dimension, Typeface, in_template
from docgen.layout.fonts import CHINESE, SHARED_MARKS, is_chinese
from docgen.layout.position import is_wide
from docgen.layout.roles import LEVEL_NAMES, Text
from docgen.layout.sheet import BODY_POINTS
from docgen.word.content import Content, Paragraph, Run, read_paragraph
from docgen.word.markup import W
from docgen.word.package import Opened
from docgen.word.styles import Look

TITLE_FONT_WRONG = Rule(
    code="P201",
    name="标题字体不对",
    severity="warning",
    message="标题的字体是{actual}，一般用{expected}",
    why="标题一般用2号小标宋体。",
    example="标题用了宋体加粗。",
    cure=in_template("把标题的中文字体设为“方正小标宋简体”。"),
    basis=f"{STANDARD} 7.3.1（一般）",
)
TITLE_FONT = Typeface(TITLE_FONT_WRONG, "小标宋体", ("小标宋",))

TITLE_SIZE_WRONG = Rule(
    code="P202",
    name="标题字号不对",
    severity="warning",
    message="标题的字号是{actual}，一般用{expected}",
    why="标题一般用2号小标宋体。",
    example="标题用了小二号（18 磅）。",
    cure=in_template("把标题的字号设为二号。"),
    basis=f"{STANDARD} 7.3.1（一般）",
)
TITLE_SIZE = Dimension(TITLE_SIZE_WRONG, "2号（22 磅）", 22)

_STYLE = in_template("在 Word 或 WPS 里改这一处的样式，不要逐段去改。")
HEADING_FONT_WRONG = Rule(
    code="P203",
    name="层次标题字体不对",
    severity="warning",
    message="{about}的字体是{actual}，一般用{expected}（{count} 处）",
    why="一般第一层“一、”用黑体，第二层“（一）”用楷体，第三、四层“1.”“（1）”用仿宋体。",
    example="“一、年度工作”用了宋体加粗。",
    cure=_STYLE,
    basis=f"{STANDARD} 7.3.3（一般）",
)
HEADING_FONTS = {
    1: Typeface(HEADING_FONT_WRONG, "黑体", ("黑体",)),
    2: Typeface(HEADING_FONT_WRONG, "楷体", ("楷体",)),
    3: Typeface(HEADING_FONT_WRONG, "仿宋体", ("仿宋",)),
    4: Typeface(HEADING_FONT_WRONG, "仿宋体", ("仿宋",)),
}

HEADING_SIZE_WRONG = Rule(
    code="P204",
    name="层次标题字号不对",
    severity="warning",
    message="层次标题的字号是{actual}，一般用{expected}（{count} 处）",
    why="各层标题与正文同为3号字，只以字体区别。",
    example="“一、年度工作”用了二号字。",
    cure=_STYLE,
    basis=f"{STANDARD} 5.2.2、7.3.3（一般）",
)
HEADING_SIZE = Dimension(HEADING_SIZE_WRONG, "3号（16 磅）", BODY_POINTS)

BODY_FONT_WRONG = Rule(
    code="P205",
    name="正文字体不对",
    severity="warning",
    message="正文的字体是{actual}，一般用{expected}（{count} 处）",
    why="如无特殊说明，各要素一般用3号仿宋体；仿宋_GB2312、仿宋、方正仿宋都算。",
    example="正文用了宋体。",
    cure=_STYLE,
    basis=f"{STANDARD} 5.2.2、7.3.3（一般）",
)
BODY_FONT = Typeface(BODY_FONT_WRONG, "仿宋体", ("仿宋",))

BODY_SIZE_WRONG = Rule(
    code="P206",
    name="正文字号不对",
    severity="warning",
    message="正文的字号是{actual}，一般用{expected}（{count} 处）",
    why="如无特殊说明，各要素一般用3号字（16 磅）。",
    example="正文用了四号字（14 磅）。",
    cure=_STYLE,
    basis=f"{STANDARD} 5.2.2、7.3.3（一般）",
)
BODY_SIZE = Dimension(BODY_SIZE_WRONG, "3号（16 磅）", BODY_POINTS)

PUNCTUATION_LATIN = Rule(
    code="P207",
    name="引号破折号落到西文字体",
    severity="warning",
    message="{actual}，落到了西文字体，一般{expected}（{count} 处）",
    why=(
        "引号、破折号、省略号在中西文字体里都有；没有标明用中文字体的，Word 就用西文字体，"
        "宽窄不对。"
    ),
    example="“以公开为常态”的引号排成了 Times New Roman 的窄引号。",
    cure=in_template("选中这些标点，在中文输入法下重新输入，或把它们的西文字体也设为中文字体。"),
    basis=f"{STANDARD} 5.2.2（一般）",
)
PUNCTUATION = Clause(PUNCTUATION_LATIN, "随汉字的字体")

LATIN_FONT_RARE = Rule(
    code="P208",
    name="西文字体少见",
    severity="note",
    message="数字和字母的字体是{actual}，通行用 {expected}（{count} 处）",
    why="标准没有规定数字和字母的字体，通行用 Times New Roman，也可随汉字的字体。",
    example="年份用了 Calibri。",
    cure=in_template("把样式里的西文字体设为 Times New Roman。"),
    basis=f"{STANDARD} 5.2.2（通行做法）",
)
LATIN_FONT = Typeface(LATIN_FONT_RARE, "Times New Roman", ("Times New Roman", *CHINESE))

COLOUR_WRONG = Rule(
    code="P209",
    name="文字不是黑色",
    severity="error",
    message="文字的颜色是{actual}，应为{expected}（{count} 处）",
    why="如无特殊说明，公文中文字的颜色均为黑色。",
    example="Word 默认的标题样式是蓝色。",
    cure=in_template("把这些文字的颜色改为“自动”或黑色。"),
    basis=f"{STANDARD} 5.2.4（应）",
)
COLOUR = Clause(COLOUR_WRONG, "黑色")

FONT_FOREIGN = Rule(
    code="P210",
    name="用了公文以外的字体",
    severity="note",
    message="还用了公文以外的字体：{actual}",
    why="公文用仿宋、楷体、黑体、宋体、小标宋和 Times New Roman；别的字体换一台电脑就可能走样。",
    example="页眉用了微软雅黑。",
    cure=in_template("换成公文用的字体。"),
    basis=f"{STANDARD} 5.2.2（通行做法）",
)
OTHER_FONTS = Typeface(FONT_FOREIGN, "公文用的字体", ("Times New Roman", *CHINESE))


#: A Chinese character; `：` is none.
_HAN = re.compile(r"[⺀-鿿豈-﫿\U00020000-\U0003ffff]")
#: What a Latin font sets: `2`, `a`; not `é`.
_LATIN = re.compile(r"[0-9A-Za-z]")
#: `“公开”`, `——`; an apostrophe in a Latin word, `it’s`, is no Chinese mark.
_SHARED = re.compile(rf"(?<![A-Za-z])[{SHARED_MARKS}]|[{SHARED_MARKS}](?![A-Za-z])")
_BLACK = ("auto", "000000", "")
#: The sizes that have a name.
_SIZE_NAMES = {
    22: "2号",
    18: "小二",
    16: "3号",
    15: "小三",
    14: "4号",
    12: "小四",
    10.5: "5号",
    9: "小五",
}
_KINDS = {"“": "引号", "”": "引号", "‘": "引号", "’": "引号", "—": "破折号"}


def measure_typefaces(text: Text, departures: Departures) -> None:
    """Hold every paragraph outside tables against what its kind is set in."""
    for paragraph in text.title:
        measure_part(paragraph, 0, "标题", (TITLE_FONT, TITLE_SIZE), departures)

    body = (BODY_FONT, BODY_SIZE)
    for paragraph, level, end in text.body:
        if level:
            # A heading that runs into the text has the size of its paragraph.
            runs_in = bool(paragraph.text[end:].strip())
            faces = (HEADING_FONTS[level], BODY_SIZE if runs_in else HEADING_SIZE)
            measure_part(paragraph, 0, LEVEL_NAMES[level], faces, departures, end)
        measure_part(paragraph, end, "正文", body, departures)

    for signed in (text.name, text.date):
        if signed:
            measure_part(signed, 0, "正文", body, departures)


def measure_part(
    paragraph: Paragraph,
    start: int,
    about: str,
    faces: tuple[Typeface, Dimension],
    departures: Departures,
    end: int | None = None,
) -> None:
    """Hold font, size and colour of the characters from `start` to `end`, and shared marks."""
    font, size = faces
    place = paragraph.place
    end = len(paragraph.text) if end is None else end
    for text, look in paragraph.part(start, end):
        if not text.strip():
            continue
        if _HAN.search(text) and not font.fits(look.east_asia):
            departures.add_font(font, place, look.east_asia, about=about)
        if _LATIN.search(text) and not LATIN_FONT.fits(look.ascii):
            departures.add_font(LATIN_FONT, place, look.ascii)
        if not size.fits(look.size):
            departures.add(size, place, size_name(look.size))
        if look.colour not in _BLACK:
            departures.add(COLOUR, place, look.colour.upper())

    for mark, name in _latin_marks(paragraph, start, end):
        departures.fonts.add(name)
        departures.add(PUNCTUATION, place, f"{mark}排成“{name or '未指定'}”")


def _latin_marks(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the shared marks that are set in a Latin font, each kind with the font."""
    if not _SHARED.search(paragraph.text, start, end):
        return
    looks: list[Look] = []
    for text, look in paragraph.part(0, end):
        looks += [look] * len(text)

    for found in _SHARED.finditer(paragraph.text, start, end):
        look = looks[found.start()]
        if not (look.hinted or is_chinese(look.other)):
            yield _KINDS.get(found[0], "省略号"), look.other


def size_name(size: float) -> str:
    """Return a size as an office names it."""
    name = _SIZE_NAMES.get(size)
    return f"{name}（{size:g} 磅）" if name else f"{size:g} 磅"


def measure_fonts(opened: Opened, content: Content, departures: Departures, name: str) -> None:
    """Tell fonts that are not the standard's and that no other finding names."""
    known = set(departures.fonts)
    for paragraph in _every_paragraph(opened, content, name):
        for run in paragraph.runs:
            for font in _fonts_used(run):
                if font and font not in known and not OTHER_FONTS.fits(font):
                    departures.add(OTHER_FONTS, paragraph.place, f"“{font}”")
        for symbol in paragraph.element.iter(f"{W}sym"):
            font = symbol.get(f"{W}font", "")
            if font and font not in known and not OTHER_FONTS.fits(font):
                departures.add(OTHER_FONTS, paragraph.place, f"“{font}”")


def _every_paragraph(opened: Opened, content: Content, name: str) -> Iterator[Paragraph]:
    yield from content.paragraphs
    for table in content.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs

    boxes: list[tuple[Element, str]] = [
        (box, "文本框") for box in opened.document.iter(f"{W}txbxContent")
    ]
    boxes += [(root, "页眉页脚") for root in opened.margins.values()]
    for root, where in boxes:
        for element in root.iter(f"{W}p"):
            yield read_paragraph(element, content.styles, Place(name, "", where))


def _fonts_used(run: Run) -> set[str]:
    """Return the fonts of a run that its characters use."""
    fonts = set()
    for character in run.text:
        if character.isspace():
            continue
        if character in SHARED_MARKS:
            fonts.add(run.look.east_asia if run.look.hinted else run.look.other)
        elif is_wide(character):
            fonts.add(run.look.east_asia)
        else:
            fonts.add(run.look.ascii if character < "\x80" else run.look.other)

    return fonts
