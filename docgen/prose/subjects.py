"""Whose figure a sentence states: the report's body's, one above it, one below, somebody else's.

In the report of a county the tables count the whole county. 全县 and 我县 are that; 县政府 is less,
全市 is more, 县公安局 is another.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import itemgetter

_VERB = (
    "(?:收|受理|接收|接到|办(?!公|事)|答复|回复|作出|做出|制发|制定|下达|实施|发生|被|"
    "(?:主动)?公开|行政(?![村区]|中心|服务))"
)
# 审计局收到, 县政府共受理; not 审计局办公.
_SUBJECT = re.compile(
    r"((?:本级|局|委员会|委|办公室|办|厅|镇|乡|街道|政府|院|中心|县|市|区|旗|州|站|所|处|村|社区|"
    r"公司|机关|部门|单位|系统|信箱|公众号|网站|平台|热线))(?:（[^（）]{0,10}）)?"
    r"(?:20[0-9]{2}年|本年度|全年|年度|共计|累计|合计|总计|依法|因[^，。；：]{2,12}?|新|分别|已|均|共|未){0,4}"
    + _VERB
)
#: The letters of a name before its kind that are looked at.
_LONGEST_NAME = 16
# 我县各部门, 县政府; not 审计局.
_GENERIC = re.compile(
    r"(?:我|本|全|各级)[^我本全]{0,8}$"
    r"|(?:^|[年度中，])(?:省|市|县|区|镇|乡|街道|旗|州)?(?:人民)?(?:政府|机关|本级)$"
)
_UNIT = "国|省|市|州|盟|县|区|旗|镇|乡|街道"
# 全县, 市本级, 县政府; not 县政府网站.
_SCOPE = re.compile(
    f"(?:我|本|全)(?:{_UNIT}|局|委|办|厅|院|机关|级|单位|部门)|[市县区省镇]本级"
    "|[省市县区旗州](?:人民)?政府(?!信息|网|门户|公报|采购|规|系统|部门)(?:本级|办公[室厅])?"
)
# 全县, 市本级; not 政府.
_IN_SCOPE = re.compile(f"[我本全]?({_UNIT})")
# 宁川县人民政府, 白杨沟镇; not 审计局.
_IN_NAME = re.compile(f"({_UNIT})(?:人民政府|办事处|管理委员会|管委会)?$")
# 宁川县政府; not 县政府办公室.
_GOVERNMENT = re.compile(f"({_UNIT})(?:人民)?政府$")
# 市本级, 县政府; not 全县.
_OWN_LEVEL = re.compile("本级|政府|办公")
_WITH_OTHERS_BELOW = ("province", "prefecture", "county")


#: The office of a government reports for it: 县政府 is its body, too.
# 宁川县人民政府办公室, 县政府办; not 宁川县人民政府.
_OFFICE = re.compile(f"({_UNIT})(?:人民)?政府办(?:公[室厅])?$")
#: What stands before the office that a government sends out.
# 宁川区人民政府路南街道办事处; not 宁川区人民政府.
_SENT_OUT = re.compile("^.*人民政府(?!办)(?=.{2})")


class Owner:
    """The report's body: its names, and the units (县, 镇) it is the government of.

    `units` is None where that is not known: then no scope is somebody else's.
    """

    def __init__(self, names: Sequence[str | None], level: str | None) -> None:
        given = [_SENT_OUT.sub("", name) for name in names if name]
        bare = [name.replace("人民政府", "") for name in given]
        self.names = tuple(dict.fromkeys(filter(None, (*given, *bare))))
        self.letters = frozenset("".join(self.names))
        self.has_below = level in _WITH_OTHERS_BELOW
        offices = {match[1] for name in given if (match := _OFFICE.search(name))}
        named = {match[1] for name in given if (match := _IN_NAME.search(name))}
        self.is_office = bool(offices)
        self.units = offices if level == "department" else named or None

    def is_called(self, name: str) -> bool:
        """Return whether this ends with a name of the body, or with letters of one in order."""
        name = name.replace("党委", "")
        unit = _GOVERNMENT.search(name)
        if name in (self.units or ()):
            return True
        if unit and self.units is not None and unit[1] not in self.units:
            return False
        return any(
            name.endswith(own) or (len(name) > 2 and own.endswith(name)) or _is_short(name, own)
            for own in self.names
        )


def _is_short(name: str, own: str) -> bool:
    """Return whether the end of this, three letters or more, is in the name in order: 教体局."""
    for length in range(3, min(len(name), len(own)) + 1):
        letters = iter(own)  # `in` uses up what it passes, so the order is kept
        if all(letter in letters for letter in name[-length:]):
            return True
    return False


class Scopes:
    """What one sentence, as signs and words, says of whom it counts."""

    def __init__(self, signs: str, owner: Owner) -> None:
        self.signs, self.owner = signs, owner

    @cached_property
    def _subjects(self) -> list[tuple[int, str]]:
        """Return who does something, each with where its name ends."""
        found, last = [], 0
        for match in _SUBJECT.finditer(self.signs):
            before = self.signs[max(match.start() - _LONGEST_NAME, last) : match.start()]
            name = next((before[i:] for i in range(len(before)) if before[i:].isalpha()), "")
            found.append((match.end(1), name + match[1]))
            last = match.end()
        return found

    @cached_property
    def _words(self) -> list[tuple[int, str]]:
        """Return the words for what is counted over, each with where it ends."""
        found = [(match.end(), match[0]) for match in _SCOPE.finditer(self.signs)]
        return [
            (end, word) for end, word in found if not self.signs[:end].endswith(self.owner.names)
        ]

    def at(self, start: int) -> str:
        """Return the last word for what is counted over before this offset; blank for none."""
        return _last_before(self._words, start)

    def is_narrow(self, scope: str) -> bool:
        """Return whether this is a government itself, in a report on all that are below it."""
        return self.owner.has_below and bool(_OWN_LEVEL.search(scope))

    def is_own(self, start: int) -> bool:
        """Return whether what is said from this offset on is said of the report's body."""
        scope = self.at(start)
        unit = _IN_SCOPE.match(scope)
        if self.owner.is_office and scope[:1] in ("全", "我"):
            return unit is None  # the office counts for the government, not for all below it
        if unit and self.owner.units is not None and unit[1] not in self.owner.units:
            return False  # 全市 in a county's report

        name = _last_before(self._subjects, start)
        if re.search("各(?!级)", name):
            return False  # 全县各部门
        if not name or _GENERIC.search(name):
            return True

        return self.owner.is_called(name)


def _last_before(ended: Sequence[tuple[int, str]], at: int) -> str:
    """Return the last of these words that ends by this offset; blank if none does."""
    number = bisect_right(ended, at, key=itemgetter(0))
    return ended[number - 1][1] if number else ""
