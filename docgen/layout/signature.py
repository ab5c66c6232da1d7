"""Name and date of issue: the date's form, where both stand, and what holds them (7.3.5)."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docgen.finding import Finding, Place, Rule
from docgen.layout.clause import BOTH, STANDARD, Clause, Departures, Dimension, in_template
from docgen.layout.paragraphs import empty_lines
from docgen.layout.position import position_of
from docgen.layout.printed import POINTS_PER_MM, Character
from docgen.layout.roles import Text, is_dated
from docgen.layout.seal import text_above
from docgen.layout.sheet import BODY_POINTS, CHARACTERS, TYPE_WIDTH, text_width
from docgen.layout.tracing import Trace
from docgen.word.content import Content, Paragraph

if TYPE_CHECKING:
    from docgen.layout.measures import Measures

NO_DATE = Rule(
    code="P501",
    name="找不到成文日期",
    severity="note",
    message="{where}末尾找不到成文日期{about}",
    why="上报和用印的文本要有署名和成文日期；只在网上公布的常常没有。",
    example="正文之后没有“2025年1月20日”这样的一行。",
    cure=in_template("在正文之后空一行，写上署名和成文日期。"),
    basis=f"{STANDARD} 7.3.5（通行做法）",
    aliases=("F215",),
)
DATE = Clause(NO_DATE, "署名和成文日期", measured=BOTH)

DATE_FORM_WRONG = Rule(
    code="P502",
    name="成文日期写法不对",
    severity="error",
    message="成文日期写成“{actual}”，应为“{expected}”的写法",
    why="成文日期用阿拉伯数字将年、月、日标全，年份标全称，月、日不编虚位（1 不编为 01）。",
    example="“2025年01月05日”“二〇二五年一月五日”“2025-1-5”。",
    cure=in_template("改为“2025年1月5日”的写法，中间不留空格。"),
    basis=f"{STANDARD} 7.3.5.4（应）",
)
DATE_FORM = Clause(DATE_FORM_WRONG, "2025年1月5日")

DATE_ASIDE = Rule(
    code="P503",
    name="成文日期位置不对",
    severity="warning",
    message="{where}成文日期右边空了约 {actual} 字，一般{expected}",
    why="成文日期一般右空四字编排，印章以它为准。",
    example="成文日期右对齐，没有缩进。",
    cure=in_template("成文日期右对齐，右侧缩进 4 字符。"),
    basis=f"{STANDARD} 7.3.5.1（一般）",
    aliases=("F210",),
)
#: LibreOffice sets the date line about 9 pt wider: it adds space between figures and characters.
DATE_PLACE = Dimension(DATE_ASIDE, "右空四字", 4, 0.5, on_proof=0.6, measured=BOTH)

NO_NAME = Rule(
    code="P504",
    name="成文日期之上没有署名",
    severity="warning",
    message="{where}成文日期之上没有发文机关署名{about}",
    why="一般在成文日期之上编排发文机关署名，印章压在两者上。",
    example="成文日期直接跟在正文后面。",
    cure=in_template("在成文日期的上一行写发文机关的全称或规范化简称。"),
    basis=f"{STANDARD} 7.3.5.1（一般）",
    aliases=("F215",),
)
NAME = Clause(NO_NAME, "成文日期之上是署名", measured=BOTH)

NAME_ASIDE = Rule(
    code="P505",
    name="署名没有对着成文日期居中",
    severity="warning",
    message="{where}署名的中线比成文日期的中线偏{actual}，一般{expected}",
    why="署名以成文日期为准居中编排，印章才能端正地压住两者。",
    example="署名和日期都右对齐，长短不同，中线就不在一处。",
    cure=in_template("调整署名的右缩进，使它的中点与成文日期的中点对齐。"),
    basis=f"{STANDARD} 7.3.5.1（一般）",
    aliases=("F209",),
)
NAME_CENTRED = Dimension(
    NAME_ASIDE,
    "以成文日期为准居中",
    0,
    0.5,
    on_proof=1.5 * POINTS_PER_MM / BODY_POINTS,  # 1.5 mm
    measured=BOTH,
)

SIGNATURE_GAP_WRONG = Rule(
    code="P506",
    name="署名前没有空一行",
    severity="note",
    message="署名前空了 {actual} 行，通行{expected}",
    why="印章顶端应当上距正文一行之内：空一行，42 mm 的印章恰好放得下；空得多了就超过一行。",
    example="正文与署名之间空了三行。",
    cure=in_template("正文与署名之间留一个空行。"),
    basis=f"{STANDARD} 7.3.5.1（通行做法）",
)
SIGNATURE_GAP = Dimension(SIGNATURE_GAP_WRONG, "空一行", 1)

SIGNATURE_LOOSE = Rule(
    code="P507",
    name="署名可能单独落到下一页",
    severity="note",
    message="正文末段与署名、成文日期之间有 {count} 段没有设“与下段同页”",
    why="正文一增一减，署名和日期就可能单独落到另一页，那一页没有正文，不能用印。",
    example="署名前的空行没有设“与下段同页”。",
    cure=in_template("选中正文末段、空行和署名，段落→换行和分页→勾选“与下段同页”。"),
    basis=f"{STANDARD} 7.3.5.5（通行做法）",
)
SIGNATURE_KEPT = Clause(SIGNATURE_LOOSE, "与下段同页")

SIGNATURE_ALONE = Rule(
    code="F211",
    name="署名单独在一页",
    severity="error",
    message="第 {page} 页上只有署名和日期，没有正文",
    why="印章顶端要在正文一行之内，所以署名所在的页上至少要有一行正文；也不许写“此页无正文”。",
    example="正文正好排满一页，署名到了下一页。",
    cure=(
        "用 docgen render --pdf 重新出，它会自己调行距、字距；还是这样，"
        "就在输入里把正文增减一两行。"
    ),
    basis=f"{STANDARD} 7.3.5.1、7.3.5.5",
)
SIGNATURE_SPLIT = Rule(
    code="F212",
    name="署名和日期不在同一页",
    severity="error",
    message="机关署名在第 {first} 页，成文日期在第 {last} 页",
    why="印章要同时盖住署名和日期，两者必须在同一页。",
    example="署名是一页的最后一行，日期到了下一页。",
    cure=in_template("选中署名，在“段落—换行和分页”里勾选“与下段同页”。"),
    basis=f"{STANDARD} 7.3.5.1（应）",
)


#: `2025年1月5日`; not `2025年01月05日`, `2025-1-5`.
_SOUND_DATE = re.compile(r"[1-9]\d{3}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")
_USUAL_DATE = "2025年1月20日"  # as wide as dates are on average
_LINE_PITCH = 579  # a space above the name this high is an empty line
#: A character of the text where 28 make a line, in points; a digit of Times New Roman, in ems.
EM = TYPE_WIDTH.value * POINTS_PER_MM / CHARACTERS.value
_DIGIT = 0.5
_NOT_MEASURED = "，没有量盖章的位置"


def measure_signature(content: Content, text: Text, departures: Departures, name: str) -> None:
    """Hold name and date against 7.3.5."""
    if text.date is None:
        departures.add(DATE, Place(name))
        return

    date = text.date
    room = text_width(content.sections[date.section])
    if is_dated(date) and not _SOUND_DATE.fullmatch(date.stripped):
        departures.add(DATE_FORM, date.place, date.stripped[:20])
        # Where it will stand once it is written as it should be.
        line = position_of(date, date.text.replace(date.stripped, _USUAL_DATE), room=room)
    else:
        line = position_of(date, room=room)

    if line is not None and not DATE_PLACE.fits(line.after):
        departures.add(DATE_PLACE, date.place, f"{round(line.after, 1):g}")
    if text.name is None:
        departures.add(NAME, date.place)
        return

    above = position_of(text.name, room=room)
    if line is not None and above is not None:
        off = (above.axis * text.name.em - line.axis * date.em) / (date.em or 1)
        if not NAME_CENTRED.fits(off):
            side = "右" if off > 0 else "左"
            departures.add(NAME_CENTRED, text.name.place, f"{side}约 {abs(off):.1f} 字")

    _measure_hold(content, text.name, date, departures)


def _measure_hold(
    content: Content, name: Paragraph, date: Paragraph, departures: Departures
) -> None:
    """Hold that one empty line is before the name, and the last text kept with what follows."""
    at, last = content.blocks.index(name), content.blocks.index(date)
    empty = empty_lines(content, at - 1, -1)
    gap = empty + round(name.setting.before / _LINE_PITCH)
    if not SIGNATURE_GAP.fits(gap):
        departures.add(SIGNATURE_GAP, name.place, str(gap))
    for block in content.blocks[max(at - empty - 1, 0) : last]:
        if isinstance(block, Paragraph) and not block.setting.kept:
            departures.add(SIGNATURE_KEPT, block.place)


def proved_signature(
    trace: Trace, measures: "Measures", departures: Departures, name: str
) -> Iterator[Finding]:
    """Hold name and date on a proof against 7.3.5; yield what leaves the seal no text or date."""
    place = Place(file=name)
    date, names = trace.source.date, trace.source.names
    if date is None:
        departures.add(DATE, place, about=_NOT_MEASURED)
        return

    if not names:
        departures.add(NAME, place, about=_NOT_MEASURED)
        return

    first, last = trace.of(names[0])[0], trace.of(date)[-1]
    if first.page != last.page:
        yield SIGNATURE_SPLIT.at(first=first.page, last=last.page)
    elif text_above(trace, first.page, first.top) is None:
        yield SIGNATURE_ALONE.at(page=first.page)

    off = measures.name_off
    if off is not None and not NAME_CENTRED.fits_on_proof(off * POINTS_PER_MM / BODY_POINTS):
        side = "右" if off > 0 else "左"
        departures.add(NAME_CENTRED, place, f"{side} {abs(off):g} 毫米")

    indent = measures.date_indent
    most = DATE_PLACE.on_proof + _widened(trace.of(date))
    if indent is not None and abs(indent - DATE_PLACE.value) > most:
        departures.add(DATE_PLACE, place, f"{indent:.1f}")


def _widened(characters: Sequence[Character]) -> float:
    """Return how much longer a stand-in's digits make a line than the official ones, in ems."""
    digits = [c for c in characters if c.text.isdigit()]
    return sum(max(c.right - c.left - _DIGIT * c.size, 0) for c in digits) / EM
