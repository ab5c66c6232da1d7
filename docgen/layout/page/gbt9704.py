"""GB/T 9704—2012 as data: every parameter with its clause, its strength and its value.

`应`: the standard binds (a plain "is", 应, 均, 标全). `一般`: the rule, which an office may depart
from. `可以`: an offer. `practice`: not in the standard; what offices do, or what the seal and the
printer need. Only 应 is ever an error. A clause holds for its own sentence: after a leading 一般
all of the sentence is 一般. Lengths are millimetres, sizes points, distances along a line
characters (字) of the line's own size.
"""

from dataclasses import dataclass
from typing import Literal

from docgen.finding import Rule, Severity
from docgen.layout.page import rules

Strength = Literal["应", "一般", "可以", "practice"]
SEVERITIES: dict[Strength, Severity] = {
    "应": "error",
    "一般": "warning",
    "可以": "note",
    "practice": "note",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that is required: the rule that reports a departure, clause and strength."""

    rule: Rule
    clause: str
    strength: Strength
    expected: str


@dataclass(frozen=True, slots=True)
class Measure(Parameter):
    """A length, size or number, and how far from it still counts as right."""

    value: float
    tolerance: float = 0

    def fits(self, actual: float) -> bool:
        return abs(actual - self.value) <= self.tolerance


@dataclass(frozen=True, slots=True)
class Face(Parameter):
    """A typeface by its families, of which any will do (see `FAMILIES`)."""

    families: tuple[str, ...]

    def fits(self, font: str) -> bool:
        return family_of(font) in self.families


#: Which named fonts are cuts of which typeface: a part of the name, in the order of the search.
FAMILIES = {
    "小标宋": ("小标宋", "xiaobiaosong", "xbs"),
    "仿宋": ("仿宋", "fangsong"),
    "楷体": ("楷体", "kaiti"),
    "黑体": ("黑体", "simhei", "heiti"),
    "宋体": ("宋体", "simsun"),
    "Times New Roman": ("timesnewroman",),
}
CHINESE = ("小标宋", "仿宋", "楷体", "黑体", "宋体")
#: Chinese fonts whose names do not show it.
CHINESE_NAMES = ("yahei", "dengxian", "stsong", "stzhongsong", "stkai", "stfang", "notosanscjk")


def family_of(font: str) -> str:
    """The typeface a named font is a cut of; blank for none of the standard's."""
    name = font.lower().replace(" ", "")
    for family, parts in FAMILIES.items():
        if any(part in name for part in parts):
            return family
    return ""


def is_chinese(font: str) -> bool:
    """Whether a font of this name sets Chinese."""
    name = font.lower().replace(" ", "")
    return (
        any(character > "⺀" for character in name)
        or family_of(font) in CHINESE
        or any(part in name for part in CHINESE_NAMES)
    )


# The sheet.
PAPER = Parameter(rules.PAPER, "5.1", "应", "A4（210 mm×297 mm）")
PAPER_WIDTH = Measure(rules.PAPER, "5.1", "应", "210 mm", 210, 1)
PAPER_HEIGHT = Measure(rules.PAPER, "5.1", "应", "297 mm", 297, 1)
MARGINS = Parameter(rules.MARGINS, "5.2.1", "应", "天头 37±1 mm，订口 28±1 mm，版心 156 mm×225 mm")
TOP = Measure(rules.MARGINS, "5.2.1", "应", "37±1 mm", 37, 1)
BINDING = Measure(rules.MARGINS, "5.2.1", "应", "28±1 mm", 28, 1)
TYPE_WIDTH = Measure(rules.MARGINS, "5.2.1", "应", "156 mm", 156, 1)  # 6.1: 误差不超过1 mm
TYPE_HEIGHT = Measure(rules.MARGINS, "5.2.1", "应", "225 mm", 225, 1)
LINES = Measure(rules.LINES, "5.2.3", "一般", "22 行", 22)
CHARACTERS = Measure(rules.CHARACTERS, "5.2.3", "一般", "28 字", 28)
COLOUR = Parameter(rules.COLOUR, "5.2.4", "应", "黑色")

# The title.
TITLE_FONT = Face(rules.TITLE_FONT, "7.3.1", "一般", "小标宋体", ("小标宋",))
TITLE_SIZE = Measure(rules.TITLE_SIZE, "7.3.1", "一般", "2号（22 磅）", 22)
TITLE_CENTRED = Measure(rules.TITLE_CENTRED, "7.3.1", "一般", "居中", 0, 0.5)
TITLE_GAP = Measure(rules.TITLE_GAP, "7.3.2", "practice", "空一行", 1)

# The text: what is said of 正文 holds for every element without a rule of its own (5.2.2).
BODY_FONT = Face(rules.BODY_FONT, "5.2.2、7.3.3", "一般", "仿宋体", ("仿宋",))
BODY_SIZE = Measure(rules.BODY_SIZE, "5.2.2、7.3.3", "一般", "3号（16 磅）", 16)
HEADING_FONTS = {
    1: Face(rules.HEADING_FONT, "7.3.3", "一般", "黑体", ("黑体",)),
    2: Face(rules.HEADING_FONT, "7.3.3", "一般", "楷体", ("楷体",)),
    3: Face(rules.HEADING_FONT, "7.3.3", "一般", "仿宋体", ("仿宋",)),
    4: Face(rules.HEADING_FONT, "7.3.3", "一般", "仿宋体", ("仿宋",)),
}
HEADING_SIZE = Measure(rules.HEADING_SIZE, "5.2.2、7.3.3", "一般", "3号（16 磅）", 16)
INDENT = Measure(rules.INDENT, "7.3.3", "一般", "左空二字，回行顶格", 2, 0.2)
LINE_SPACING = Measure(rules.LINE_SPACING, "5.2.3", "一般", "每面 22 行", 22)
PARAGRAPH_SPACE = Measure(rules.PARAGRAPH_SPACE, "5.2.3", "一般", "段前段后 0", 0)
PUNCTUATION = Parameter(rules.PUNCTUATION, "5.2.2", "一般", "随汉字的字体")
LATIN_FONT = Face(
    rules.LATIN_FONT, "5.2.2", "practice", "Times New Roman", ("Times New Roman", *CHINESE)
)
OTHER_FONTS = Face(
    rules.OTHER_FONTS, "5.2.2", "practice", "公文用的字体", ("Times New Roman", *CHINESE)
)
#: The marks that lie in a Chinese and in a Latin font, and go where the run says.
SHARED_MARKS = "“”‘’—…"

# The page number.
NUMBER = Parameter(rules.NO_PAGE_NUMBER, "7.5", "一般", "每面都有页码")
NUMBER_FORM = Parameter(rules.NUMBER_FORM, "7.5", "一般", "— 1 —")
NUMBER_FONT = Face(rules.NUMBER_FONT, "7.5", "一般", "宋体", ("宋体",))
NUMBER_SIZE = Measure(rules.NUMBER_SIZE, "7.5", "一般", "4号（14 磅）", 14)
ODD_EVEN = Parameter(rules.ODD_EVEN, "7.5", "应", "单页码居右，双页码居左")
NUMBER_SIDE = Measure(rules.NUMBER_SIDE, "7.5", "应", "空一字", 1, 0.5)
NUMBER_DISTANCE = Measure(rules.NUMBER_DISTANCE, "7.5", "一般", "7 mm", 7, 1)

# Signature and date.
DATE = Parameter(rules.NO_DATE, "7.3.5", "practice", "署名和成文日期")
DATE_FORM = Parameter(rules.DATE_FORM, "7.3.5.4", "应", "2025年1月5日")
DATE_PLACE = Measure(rules.DATE_PLACE, "7.3.5.1", "一般", "右空四字", 4, 0.5)
NAME = Parameter(rules.NO_NAME, "7.3.5.1", "一般", "成文日期之上是署名")
NAME_CENTRED = Measure(rules.NAME_CENTRED, "7.3.5.1", "一般", "以成文日期为准居中", 0, 0.5)
SIGNATURE_GAP = Measure(rules.SIGNATURE_GAP, "7.3.5.1", "practice", "空一行", 1)
SIGNATURE_KEPT = Parameter(rules.SIGNATURE_KEPT, "7.3.5.5", "practice", "与下段同页")

# Tables.
TABLE_WIDTH = Measure(rules.TABLE_WIDTH, "5.2.1", "应", "不宽于版心 156 mm", 156, 1)
TABLE_GRID = Parameter(rules.TABLE_GRID, "8", "practice", "每行的格子合起来与表的列数相同")
HEAD_ROWS = Parameter(rules.HEAD_ROWS, "8", "practice", "表头在各页重复")
ROW_SPLIT = Parameter(rules.ROW_SPLIT, "8", "practice", "不跨页断行")
TABLE_FONT = Face(rules.TABLE_FONT, "5.2.2", "practice", "仿宋、宋体等", CHINESE)
TABLE_SIZE = Measure(rules.TABLE_SIZE, "5.2.2", "practice", "小五到3号（9～16 磅）", 12.5, 3.5)
#: A table higher than this part of the 版心 may have to go on over a page.
LONG_TABLE = 0.5

#: A heading sentence longer than this is text (practice).
LONGEST_HEADING = 50


def parameters() -> tuple[Parameter, ...]:
    """Every parameter of this file."""
    alone = [value for value in globals().values() if isinstance(value, Parameter)]
    return (*alone, *HEADING_FONTS.values())
