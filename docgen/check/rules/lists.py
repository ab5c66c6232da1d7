"""Lists that announce a total: no total is less than its parts, and few are more.

What follows `其中` or stands in a bracket after a number is its list. What says that it is all
(`其他…` at the end, a bracket, `分别`) must make the total; of the rest only a total that is one
slip of the pen away from the sum is asked about.
"""

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import accumulate

from docgen.check.ties import StatedFacts
from docgen.finding import Finding, Rule
from docgen.prose.measures import Measure

LIST_SUM = Rule(
    code="E513",
    name="分项之和不等于总数",
    severity="error",
    needs=("text",),
    message="正文“{quote}”：总数写 {total}，各项 {items} 加起来是 {sum}",
    why="先报总数再列全部分项的，分项之和应等于总数。",
    example="办结 805 件，分项 258、35、265、158 加起来是 716。",
    cure="核对总数和每一项；列的不是全部分项的，写明“其中”。",
)
LIST_SHORT = Rule(
    code="E519",
    name="分项之和小于总数",
    severity="warning",
    needs=("text",),
    message="正文“{quote}”：总数写 {total}，各项 {items} 加起来是 {sum}，还差 {short}，请核对",
    why="列的像是全部分项，加起来却不到总数：或者总数写错，或者漏了一项。",
    example="公开 82 条，其中政策文件 10 条、工作动态 15 条、通知公告 3 条，加起来是 28。",
    cure="核对总数和每一项；还有别的没有列的，写明“等”或“其他…”。",
    since="0.2.0",
)

#: One thing may be counted under several of these: such items need not add up.
# 三级, 同比增加; not 年度工作.
_OVERLAP = re.compile("[一二三四]级|参加|参与|较|同比|增|减|办结|答复|回复|阅读|点击|访问")
#: One text is explained in several ways.
_WAYS = "解读"
#: One text is shown in several of these, and counted in each.
# 门户网站, 微信; not 公告栏.
_CHANNELS = re.compile("网站|微信|微博|公众号|抖音|客户端|平台|媒体|渠道|[省市县区乡镇]级|国家级")
_CLOSED = ("（", "分别", "分别为", "分别是", "具体为", "具体是")
# 其他, 其余; not 其中.
_LAST = re.compile("其他|其余|其它")
# 10余条, 等; not 共10条.
_OPEN = re.compile("等|余|约")
# match: 累计公开, 收到申请; not 网上收到.
_NEW = re.compile("共|累计|全年|同时|另|此外|收到|受理|办理|发放|召开|举办|回应|开展|制定|编发")
#: Things that are the same thing in another unit.
_UNITS = {"篇": "条", "则": "条"}
#: How much more the parts of several channels may be than the total, as a slip.
_SLIP = Decimal("0.05")


def judge_lists(told: StatedFacts, wrong: Set[Measure], right: Set[Measure]) -> Iterator[Finding]:
    """Report each list whose items do not make its total, if none is told of already."""
    parts: dict[Measure, list[Measure]] = {}
    for measure in told.measures:
        if measure.whole and measure.number and not measure.is_change and measure.unit != "%":
            parts.setdefault(measure.whole, []).append(measure)
    for total, items in parts.items():
        if wrong.isdisjoint((total, *items)):
            agreed = all(measure in right for measure in (total, *items))
            yield from _check_list(total, items, agreed, agreed and _is_of_more(told, total, items))


def _is_of_more(told: StatedFacts, total: Measure, items: Sequence[Measure]) -> bool:
    """Return whether a list may be of what was counted before: 收到139件，留下7件，其中办完52件."""
    most = sum(item.number.value or 0 for item in items if item.number)
    return any(
        one.sentence is total.sentence
        and one.at < total.at
        and one.whole is None
        and one.number is not None
        and (one.number.value or 0) >= most
        for one in told.measures
    )


def _check_list(
    total: Measure, items: Sequence[Measure], agreed: bool, of_more: bool
) -> Iterator[Finding]:
    """Report a list whose items do not make its total, where they surely or likely should."""
    items = _of_one_list(total, items)
    values = [item.number.value for item in items if item.number]
    known = [value for value in values if value is not None]

    if (
        not total.number
        or total.number.value is None
        or not total.unit
        or len(known) < len(values)
        or not values
    ):
        return

    whole, summed = total.number.value, sum(known)
    last, signs = items[-1], items[-1].sentence.signs
    said, more = signs[items[0].start : last.at], _OPEN.search(signs, last.at, last.at + 7)
    sums = [n for n, made in enumerate(accumulate(known), 1) if made == whole]
    if any(_may_end(items, n) for n in sums) or _OVERLAP.search(said):
        return
    if _WAYS in said and items[0].opener == "（":
        return

    spread = len(set(_CHANNELS.findall(said))) > 1
    if summed > whole and not of_more:
        nested = total.whole is not None and items[0].opener != "（"
        sure = sum(known[: _first_run(items)]) > whole
        if not nested and sure and (not spread or summed - whole <= _SLIP * summed):
            yield _list_finding(LIST_SUM, total, known)
    elif whole > summed and len(known) > 1 and not agreed:
        closed = items[0].opener in _CLOSED or bool(_LAST.search(items[-1].words))
        if closed and not spread and not more:
            yield _list_finding(LIST_SUM, total, known)
        elif not more and _is_slip(whole, known):
            yield _list_finding(LIST_SHORT, total, known)


def _of_one_list(total: Measure, items: Sequence[Measure]) -> list[Measure]:
    """Return the items up to one in another unit, or one that begins a statement of its own."""
    kept: list[Measure] = []
    for item in items:
        begins = kept and _mark_before(item) in ("，", "；") and _NEW.match(item.words)
        if _counted_unit(item) != _counted_unit(total) or begins:
            break
        kept.append(item)
    return kept


def _counted_unit(measure: Measure) -> str:
    return _UNITS.get(measure.unit, measure.unit)


def _first_run(items: Sequence[Measure]) -> int:
    """Return how many items surely are of the list: in 甲3条、乙4条，丙9条 two."""
    marks = [_mark_before(item) for item in items]
    for number in range(2, len(items)):
        if marks[number - 1] == "、" and marks[number] == "，":
            return number
    return len(items)


def _may_end(items: Sequence[Measure], count: int) -> bool:
    """Return whether the list may end after so many items: not where a 、 goes on with it."""
    return count > 1 and (count == len(items) or _mark_before(items[count]) != "、")


def _mark_before(item: Measure) -> str:
    """Return the mark before an item."""
    return item.sentence.signs[item.start - 1 : item.start]


def _is_slip(whole: Decimal, values: Sequence[Decimal]) -> bool:
    """Return whether one slip explains it: two digits in the other order, or one wrong digit."""
    gap = whole - sum(values)
    if _is_swapped(whole, whole - gap) or any(_is_swapped(value, value + gap) for value in values):
        return True
    digits, right = f"{whole:f}", f"{whole - gap:f}"
    differ = sum(one != other for one, other in zip(digits, right, strict=False))
    many = len(values) > 4 or (len(values) > 2 and len(digits) > 2)
    return many and len(digits) == len(right) and differ == 1


def _is_swapped(one: Decimal, other: Decimal) -> bool:
    """Return whether two digits beside each other, not alike, have changed places."""
    digits, others = f"{one:f}", f"{other:f}"
    apart = [i for i, (a, b) in enumerate(zip(digits, others, strict=False)) if a != b]
    return (
        len(digits) == len(others)
        and len(apart) == 2
        and apart[0] + 1 == apart[1]
        and digits[apart[0]] == others[apart[1]]
        and digits[apart[1]] == others[apart[0]]
    )


def _list_finding(rule: Rule, total: Measure, values: Sequence[Decimal]) -> Finding:
    assert total.number
    assert total.number.value is not None
    whole, shown = total.number.value, f"{sum(values):f}"
    return rule.at(
        total.sentence.place,
        expected=shown,
        actual=f"{whole:f}",
        quote=total.sentence.quote(total.number),
        total=f"{whole:f}{total.unit}",
        items="、".join(f"{value:f}" for value in values),
        sum=shown,
        short=f"{whole - sum(values):f}",
    )
