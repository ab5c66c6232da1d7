"""Title, body, year, name and date of issue of a published report: where they stand in it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docgen.finding import Place
from docgen.forms.form import Form
from docgen.prose.numerals import DIGITS
from docgen.read.entry import Entry
from docgen.read.published.stream import StreamLine
from docgen.word.signature import ANY_DATE

# search: 2023年, 二〇二三年度; not 23年, 第2023号.
_YEAR = re.compile("([0-9]{4}|[〇○零一二三四五六七八九]{4})\\s*年度?")
# search: 2023年1月1日至12月31日, 2023年1月1日起至2023年12月31日止; not 2024年1月17日.
_PERIOD = re.compile(r"([0-9]{4})\s*年\s*0?1\s*月\s*0?1\s*日.{0,6}至.{0,8}12\s*月\s*31\s*日")
# sub: the brackets around a year, and what joins it to the rest.
_AROUND_YEAR = re.compile("^关于|关于$|[（(]\\s*[）)]|[《》]")
# search: what may stand behind a title: （2023年度）, （公开稿）.
_BEHIND = re.compile("[（(][^（）()]{0,20}[）)]$")
_ENDS = ("报告", "报表")
#: What ends the name of a body, and so begins no title.
_LAST_WORDS = ("人民政府", "办公室", "办公厅", "委员会", "办事处")
_LONGEST_TITLE, _MOST_LINES, _LONGEST_NAME = 90, 4, 40
_PUNCTUATION = re.compile("[。；：，,;:!！?？]")
#: How far from the end of the last part its signature begins at most.
_LINES_BELOW = 12


class Title(NamedTuple):
    """The title of a report and what it says: the body and the year, blank and None if not.

    `text` is without white space; `printed` has the breaks that stand in its one paragraph:
    those between several are of the layout.
    """

    text: str
    printed: str
    place: Place
    body: str
    year: int | None
    lines: tuple[StreamLine, ...]


class FrontSignature(NamedTuple):
    """Name and date of issue, and how many of the lines of the last part come before them."""

    name: Entry | None
    date: Entry | None
    before: int


def find_title(lines: Sequence[StreamLine], form: Form) -> Title | None:
    """Return the title among the lines before the first part; the last that says most."""
    found = list(_titles_in(lines, form))
    full = [title for title in found if title.body and title.year]
    return next(reversed(full or found), None)


def _titles_in(lines: Sequence[StreamLine], form: Form) -> Iterator[Title]:
    """Yield every title: one line, or several of which the last ends as a title does."""
    ends = tuple({*_ENDS, form.bare_title[-2:]})
    for at, line in enumerate(lines):
        if not _BEHIND.sub("", _joined([line])).endswith(ends):
            continue

        best: Title | None = None
        for start in range(at, max(at - _MOST_LINES, -1), -1):
            taken = lines[start : at + 1]
            text = _joined(taken)
            if len(text) > _LONGEST_TITLE or _PUNCTUATION.search(text):
                break
            if title := _read_title(text, taken, form):
                better = best is None or bool(_own(title.body)) > bool(_own(best.body))
                best = title if better or (title.year and not (best and best.year)) else best
        if best:
            yield _with_year_below(best, lines[at + 1 : at + 2])


def _own(body: str) -> str:
    """Return the name of a body; blank where only its last words stand there: 人民政府."""
    return "" if body.startswith(_LAST_WORDS) else body


def _with_year_below(title: Title, below: Sequence[StreamLine]) -> Title:
    """Return the title with the year that stands in a line of its own under it: （2024年度）."""
    text = _joined(below).strip("（）()")
    found = None if title.year else _YEAR.fullmatch(text)
    if found is None:
        return title
    lines = (*title.lines, *below)
    year, text = int(found[1].translate(DIGITS)), _joined(lines)
    return title._replace(text=text, printed=text, year=year, lines=lines)


def _joined(lines: Sequence[StreamLine]) -> str:
    """Return lines as one text without white space."""
    return "".join("".join(line.text.split()) for line in lines)


def _read_title(text: str, lines: Sequence[StreamLine], form: Form) -> Title | None:
    """Return a title if a text names what reports of the form are about."""
    subject = next((s for s in sorted(form.subjects, key=len, reverse=True) if s in text), "")
    if not subject:
        return None

    found = _YEAR.search(text)
    year = int(found[1].translate(DIGITS)) if found else None
    without = text[: found.start()] + text[found.end() :] if found else text
    before = without[: without.find(subject)] if subject in without else ""
    body = _AROUND_YEAR.sub("", before)
    pieces = ["".join(piece.split()) for piece in lines[0].text.splitlines()]
    printed = "\n".join(pieces) if len(lines) == 1 else text
    return Title(text, printed, lines[0].place, body, year, tuple(lines))


def find_year(lines: Sequence[StreamLine]) -> Entry | None:
    """Return the year that the text says it is about: 2023年1月1日至12月31日."""
    for line in lines:
        if found := _PERIOD.search(line.text):
            return Entry(found[1], line.place)
    return None


def find_signature(lines: Sequence[StreamLine], body: str) -> FrontSignature:
    """Return name and date under the last part, as far as they are there.

    What stands below the date is none of the report: what a portal prints there. No sentence
    stands there.
    """
    for at in range(len(lines) - 1, max(len(lines) - 1 - _LINES_BELOW, -1), -1):
        text = _joined(lines[at : at + 1])
        if text.endswith("。"):
            break
        if ANY_DATE.fullmatch(text):
            name, start = _name_above(lines, at)
            return FrontSignature(name, Entry(text.strip("（）()"), lines[at].place), start)

        ending = re.search(rf"(?:{ANY_DATE.pattern})$", text)
        before = text[: ending.start()] if ending else ""
        if ending and before and _may_be_name(before, body):
            place = lines[at].place
            return FrontSignature(Entry(before, place), Entry(ending[0], place), at)

    last = _joined(lines[-1:])
    if body and body in last and _may_be_name(last, body):
        return FrontSignature(Entry(last, lines[-1].place), None, len(lines) - 1)
    return FrontSignature(None, None, len(lines))


def _may_be_name(text: str, body: str) -> bool:
    """Whether a text may be the name of a body that its title calls so."""
    if len(text) > _LONGEST_NAME or _PUNCTUATION.search(text):
        return False
    return not body or body in text or text in body


def is_date(text: str) -> bool:
    """Whether a line is nothing but a day."""
    return ANY_DATE.fullmatch("".join(text.split())) is not None


# search: 发布时间：2025-01-20, 字号：大 中 小, 来源: 甲局; not 一是更新及时.
_ABOUT_PAGE = re.compile(
    "(?:(?:发布|成文|更新|公开|生成)?(?:时间|日期)|(?:信息)?来源|作者|(?:浏览|点击|阅读)(?:次数|量)?"
    "|字号|字体|打印|分享(?:到)?|索引号|文号|责任编辑|主题词)\\s*[:：]"
)
# match: 【打印】【关闭】, 上一篇：甲, 版权所有：乙; not 打印材料三份, 附件：统计表.
_BUTTONS = re.compile(
    r"(?:[【\[（(]?(?:打印(?:本页)?|关闭(?:窗口)?|收藏|返回(?:顶部)?|分享(?:到)?)[】\]）)]?)+$"
    r"|[上下]一[篇条]\s*[:：]|版权所有|主办(?:单位)?\s*[:：]|.*ICP备"
)
_LONGEST_ABOUT = 80


def is_about_page(text: str) -> bool:
    """Whether a line tells of the page or the file, as portals print it under a title."""
    if len(text) > _LONGEST_ABOUT or text.endswith("。"):
        return False
    return bool(_ABOUT_PAGE.search(text) or _BUTTONS.match("".join(text.split())))


def _name_above(lines: Sequence[StreamLine], at: int) -> tuple[Entry | None, int]:
    """Return the name in the line above a date, and the number of its line."""
    if at == 0:
        return None, at
    text = _joined(lines[at - 1 : at])
    if len(text) > _LONGEST_NAME or _PUNCTUATION.search(text):
        return None, at
    return Entry(text, lines[at - 1].place), at - 1
