"""A title or a name in lines of whole phrases (GB/T 9704—2012 7.3.1: 词意完整, 梯形或菱形).

A line ends between phrases; inside a body's name only between the administrative units that it is
made of, where nothing else will do.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

#: A title's line holds 20 characters of 22 pt (GB/T 9704: 版心 156 mm).
LINE = 20
#: A signature is centred on the date, and that ends 4 characters from the margin: 2025年1月1日
#: leaves 7 at either side of its middle.
_NAME_LINE = 14
#: A title of more characters is not looked at: no report has one.
_LONGEST = 80

# Patterns are compiled when the first long title comes. 主题 stands in them for what reports of
# the form are about, in any of the words for it.
_TOPIC = "主题"
_YEAR = "[0-9０-９〇○零一二三四五六七八九]{4}年"
# 2024年主题, 关于主题; not 人民政府.
_SUBJECT = f"(?:关于)?(?:{_YEAR}(?:度(?!报告))?)?(?:{_TOPIC})"
#: Digits alone are no phrase.
# 2024年度报告, 主题, 情况的报告; not 2024.
_PHRASE = (
    f"{_YEAR}度?报告|{_YEAR}度?|关于|{_TOPIC}|工作|年度报告"
    f"|[^0-9０-９]+?(?=工作|{_YEAR}|$)"  # 情况的报告, up to the next of these
)
# 2021年度, 二〇二四年; not 第2021号.
_FIRST_YEAR = f"{_YEAR}度?"
#: The end of an administrative unit, 市 of 乌苏市; or a word in which such a character ends none,
#: so that 乡 of 住房和城乡建设局 is no unit.
# 宁川市, 城乡建设; not 宁川.
_UNIT = (
    "(?P<word>城市(?=管理|建设|综合|更新)|城乡|城镇|乡镇|乡村|市场|市政|市容|社区|区域|县域|东乡族)"
    "|(?P<unit>自治[区州县旗]|人民政府|委员会|办公[室厅]|街道办事处|街道|[省市县区乡镇旗盟局厅])"
)
#: What always ends a unit, whatever follows.
_SURE = ("自治", "省")
#: What a unit's end goes on with: 安镇|街道, 宿迁市|政府; and, unless it is sure, 新乡|市, 东乡|族.
_PART, _GOES_ON = ("街道", "政府", "办事处"), tuple("省市县区乡镇旗盟州族")
#: Two that touch and end one unit: 景德镇市, 新乡市, 沙市区. Others may: 柳市镇, 庆阳市|镇原县.
_ONE = ("镇市", "乡市", "镇区", "乡区", "旗区", "市区", "镇县", "乡县", "镇镇")
#: What names the office of the unit before it.
_OFFICE = ("人民政府", "办公", "委员会")

# What it costs to end a line somewhere: nothing after the name, most inside it.
_AFTER_NAME, _IN_NAME, _BEFORE_OFFICE = 0, 5, 12
_BEFORE = {"工作": 5, "年度报告": 2}
_BEFORE_SUBJECT, _BEFORE_LAST = 3, 1
_OBLONG, _HOURGLASS, _UNEVEN, _STUB, _MORE = 4.0, 2.0, 0.1, 6.0, 4.0
_LEAST = 4  # a line below this is a stub


#: A place where a line may end: after so many characters, and what it costs.
_Seam = tuple[int, int]
#: The words for what a report is about, the longest first.
Subjects = tuple[str, ...]


@lru_cache(maxsize=16)  # checked, printed and read back
def break_title(title: str, subjects: Subjects) -> str:
    """Return the title with line breaks: those it has, and more where a line would be too long.

    `subjects` are words for what the report is about: a line may end before them, not in them.
    """
    lines = (piece for line in title.split("\n") for piece in _break_line(line, LINE, subjects))
    return "\n".join(lines)


def break_name(name: str) -> str:
    """Return the name of a signature in lines, if it takes no more: a seal must reach it."""
    lines = _break_line(name, _NAME_LINE, ())
    return "\n".join(lines) if len(lines) <= -(-_width_of(name) // _NAME_LINE) else name


def unbroken(title: str, subjects: Subjects) -> list[str]:
    """Return the lines that are too long and cannot be broken by sense."""
    return [line for line in break_title(title, subjects).split("\n") if _width_of(line) > LINE]


def join_short(title: str) -> str:
    """Return a title in one line where it fits."""
    joined = title.replace("\n", "")
    return joined if _width_of(joined) <= LINE else title


def _width_of(text: str) -> float:
    """Return the width of a text in Chinese characters; a Latin letter is half of one."""
    return sum(1.0 if ord(character) > 0x2E80 else 0.5 for character in text)


def _break_line(line: str, most: float, subjects: Subjects) -> list[str]:
    """Return this line in as few lines as hold it, or one more, ended where that costs least."""
    if _width_of(line) <= most or len(line) > _LONGEST:
        return [line]

    seams = list(_seams_of(line, subjects))
    if not seams:
        return [line]

    ends = [0, *(end for end, _ in seams), len(line)]
    if any(_width_of(line[start:end]) > most for start, end in pairwise(ends)):
        cheapest = min(seams, key=lambda seam: seam[1])[0]  # that phrase gets lines by itself
        halves = line[:cheapest], line[cheapest:]
        return [piece for half in halves for piece in _break_line(half, most, subjects)]

    found: list[tuple[float, list[str]]] = []
    for count in range(1, len(seams) + 1):
        more = bool(found)
        for cost, lines in _ways_to_break(line, seams, count, most):
            found.append((cost + _shape_cost(lines) + _MORE * more, lines))
        if more:
            break

    return min(found)[1]


def _ways_to_break(
    line: str, seams: list[_Seam], count: int, most: float
) -> Iterator[tuple[float, list[str]]]:
    """Yield every way to break a line at so many seams, with their cost; no piece too long."""
    if not count:
        if _width_of(line) <= most:
            yield 0, [line]
        return

    if _width_of(line) > most * (count + 1):
        return

    for number, (end, price) in enumerate(seams):
        first, rest = line[:end], line[end:]
        if _width_of(first) > most:
            return
        later = [(at - end, cost) for at, cost in seams[number + 1 :]]
        for cost, lines in _ways_to_break(rest, later, count - 1, most):
            yield price + cost, [first, *lines]


def _shape_cost(lines: list[str]) -> float:
    """Return how far from a trapezium or a rhombus these lines are."""
    widths = [_width_of(line) for line in lines]
    steps = [after - before for before, after in pairwise(widths)]
    waist = any(before < 0 < after for before, after in pairwise(steps))
    spread = max(widths) - min(widths)
    return (
        (_OBLONG if spread < 1 else 0)
        + (_HOURGLASS if waist else 0)
        + (_STUB if min(widths) < _LEAST else 0)
        + _UNEVEN * spread
    )


def _seams_of(line: str, subjects: Subjects) -> Iterator[_Seam]:
    """Yield where a line may end, in order."""
    topic = "|".join(map(re.escape, subjects)) or "(?!)"
    subject = re.search(_SUBJECT.replace(_TOPIC, topic), line)
    start = subject.start() if subject else len(line)
    yield from _name_seams(line[:start])
    before = ""
    for phrase in re.compile(_PHRASE.replace(_TOPIC, topic)).finditer(line, start):
        if phrase.start() == start > 0:
            yield (start, _AFTER_NAME)
        elif phrase.start() > start and before != "关于":
            yield (phrase.start(), _cost_before(phrase[0]))
        before = phrase[0]


def _cost_before(phrase: str) -> int:
    """Return what it costs to end a line before this phrase."""
    usual = _BEFORE_LAST if phrase.endswith("报告") else _BEFORE_SUBJECT
    return _BEFORE.get(phrase, usual)


def _name_seams(name: str) -> Iterator[_Seam]:
    """Yield the ends of the units that a body's name begins with."""
    year = re.match(_FIRST_YEAR, name)
    end = year.end() if year else 0
    if 0 < end < len(name):
        yield (end, _BEFORE_SUBJECT)

    units = re.compile(_UNIT)
    sure, last = False, -1

    for unit in units.finditer(name, end):
        rest = name[unit.end() :]
        touches = (
            unit.start() == last and len(unit[0]) == 1 and name[last - 1 : last + 1] not in _ONE
        )
        # 佳县, 安镇: with one character before it, it may not be a unit's end
        whole = unit.start() - end >= 2 or len(unit[0]) > 1 or unit[0] in _SURE
        if unit["word"] or touches:
            end, last = end if sure and touches else unit.end(), -1
            continue

        sure, last = unit[0].startswith(_SURE), unit.end()
        follows = units.match(name, last)
        goes_on = rest.startswith(_GOES_ON) and not sure and not (follows and follows["word"])
        if whole and len(rest) > 1 and not goes_on and not rest.startswith(_PART):
            end = last
            yield (end, _BEFORE_OFFICE if rest.startswith(_OFFICE) else _IN_NAME)
