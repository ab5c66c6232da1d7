"""Years that a text mentions, and what each is there for.

A sentence speaks of another year when the year is compared with (“较2023年”), dates a law or
a document (“2019年修订”), begins a stretch (“自2008年”), belongs to a name (“2023年度优秀”), or is
a plan (“2025年，…将…”).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from docgen.check.passages import Prose
from docgen.prose.numerals import DIGITS
from docgen.prose.patterns import Pattern

# 2024年, 二〇二四年; not 12024年, 2024号.
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})年")
# 2024, 1999版; not 20245.
_BARE_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
# 较, 与上年, 比2022年和; not 比较好.
_COMPARED = Pattern(
    r"(?:较|比|与|同|跟|相当于)(?:上年|去年|上一年|上年度)?[（(]?(?:(?:19|20)[0-9]{2}年度?[、和及与])*$"
)
# 同比, 较; not 比较好.
_AGAINST = Pattern(r"[较比]$")
# 与, 同; not 与其.
_WITH = Pattern(r"[与同跟和]$")
# match: 度初, 上半年, 目标; not 工作目标.
_PART = Pattern(
    r"度?(?:初|末|底|年初|年底|上半|下半|[一二三四前第0-9]|预算|计划|目标|任务|指标|要求|既定|设定)"
)
# match: 同期相比, 度对比; not 工作对比.
_ALIKE = Pattern(r"度?(?:同期)?(?:相比|比较|对比)")
# 自, 从; not 自我.
_SINCE = Pattern("(?:自|从|由)$")
# 而, 延至, 对上年; not 截至, 对照表.
_FROM = Pattern(r"(?:而|从|自|由|到|(?<!截)至|对|照|（|\(|[—－\-～~])(?:上年|上一年|上年度)?$")
# match: 以来, 结转, 《办法》修订; not 工作以来.
_AFTER = Pattern(
    r"(?:度)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?:同期|相比|以来|以前|之前|以后|之后|起|开始|"
    r"新?修订|修正|修改|版|施行|实施|机构改革|的?基础上|"
    r"(?:至|到|[—－\-～~]{1,2})(?:(?:19|20)[0-9]{2}|今|目前)|"
    r"结转|转结|接转|转入|顺延|延续|遗留|未办结|未结|存在的|反馈|[^，。；]{0,12}问题|"
    r"[^，。；]{0,10}(?:成立|设立|组建|建成|开通|上线|启用|印发|制定|出台|发布|公布|建立|编制|签订)的|"
    r"《[^》\n]{0,40}》(?:新?修订|修正|修改|印发|出台|发布|公布|施行|实施)|"
    r"[^，。；]{0,24}(?:年度?报告?|考核|考评|测评|评估|评比|决算|预算|先进|优秀|优胜|要点|规划|年鉴|公报))"
)
#: What is announced in a year for the next one.
# match: 春节放假, 度招生方案; not ，春节.
_AHEAD = Pattern(
    r"度?[^，。；]{0,20}(?:元旦|春节|假期|放假|缴费|参保|招生|招聘|考试|高考|中考|征集|公告|通告|名单|目录|"
    r"实事|方案|指南|要点|纲要)"
)
# match: 4月15日公布, 4月3日国务院通过; not 4月公布.
_LAW_DAY = Pattern(r"[0-9]{1,2}月[0-9]{1,2}日[^，。；]{0,12}(?:公布|发布|印发|通过|施行|批准|成立)")
# match: 修订, 5月; not 工作修订.
_REVISED = Pattern("新?修订|修正|施行|[0-9]{1,2}月")
# 成立于, 施行于; not 截止于.
_BORN = Pattern(
    "(?:成立|设立|组建|始建|建成|创建|建立|挂牌|颁布|发布|印发|修订|出台|施行|开通|上线|启用)于$"
)
# 因, 针对; not 因为.
_CAUSE = Pattern("(?:因|由|就|[针面]?对)$")
# match: 度申请引发, 作出的答复; not ，引发.
_CAUSED = Pattern("度?[^，。；\n]{0,24}(?:引发|引起|导致|产生|提起|答复|申请|受理|作出)")
# match: 成立, 六月投入; not ，成立.
_FOUNDED = Pattern(
    r"[^，。；]{0,20}(?:成立|设立|挂牌|组建|建成|开通|上线|启用|印发|出台|制定|建立|投入)"
)
# 将公开, 打算; not 现将.
_COMING = Pattern("(?<!现)将|拟|计划|打算|下一步|今后|接下来|力争|预计|施行|实施|预算")
# 结转至, 延期; not 至今.
_INTO = Pattern("(?:至|到|于|入|转|转结|顺延|延期)$")
# match: 7月, 12月; not 6月.
_LATE_MONTH = Pattern("(?:[789]|1[0-2])月")  # no report is written so late
# match: 底前, 发展规划; not ，规划.
_LATER = Pattern(
    r"年?[底末]?(?:以?前|之前)|年?[底末]|[^，。；]{0,12}(?:规划|远景|目标|纲要)|[）)—－\-～~]"
)
# 工作。, 下一步，在; not 我们.
_CLAUSE = Pattern("(?:^|[，。；：！])(?:下一步|今后)?，?在?$")
# match: ，我镇将继续, 工作打算：; not 将近.
_WILL = Pattern(
    r"(?:度?工作)?(?:打算|思路|设想)[：，]|(?:度|里|内|的工作中)?，?[^，。；：\n]{0,16}?"
    r"(?:将(?=继续|进一步|严格|认真|坚持|加强|着力|着重|不断|持续|重点|按|以|从|围绕|深入|全面|积极|"
    r"努力|切实|在|紧紧|紧盯|聚焦|根据|结合|针对|强化|健全|完善|加大|加快|提升|提高|拓宽|拓展|把|做好|"
    r"抓好|开展|采取|通过|更加|主要|大力|坚定|牢牢|立足|着眼|扎实|有序|稳步|逐步|充分|对照|对标|优化)"
    r"|重点抓好(?=以下|如下)|拟(?=[于在对从开进加])|计划(?=[于在对从开进加])|力争|要(?=继续|进一步))"
    r"(?![^，。；\n]{0,30}(?:纳入|列入|作为))"
)
# 下一步，, 今后工作; not 下一步2024.
_NEXT = Pattern("(?:下一步|今后|接下来)(?:，|工作|，?在|打算)?[^，。；0-9]{0,6}$")
# 结转, 结转至; not 结转的.
_CARRIED = Pattern("结转(?:至|到|入)?$")
#: A plan reaches so many years ahead.
_FARTHEST = 15
#: How much of a sentence is looked at before and after a year.
BEFORE, BEHIND = 120, 80


class Mention(NamedTuple):
    """A year that the text mentions, and what stands before and after it in its sentence."""

    year: int
    start: int
    end: int
    before: str
    after: str


def title_years(title: str) -> list[int]:
    """Return every year in a title, in digits of either kind."""
    bare = [int(found) for found in _BARE_YEAR.findall(title)]
    named = map(_read_year, _YEAR.findall(title))
    return bare + [year for year in named if year not in bare]


def find_mentions(prose: Prose) -> Iterator[Mention]:
    """Yield every year of the text with its sentence around it."""
    for match in _YEAR.finditer(prose.text):
        first, last = prose.bounds(match.start())
        before = prose.text[max(first, match.start() - BEFORE) : match.start()]
        after = prose.text[match.end() : min(last, match.end() + BEHIND)]
        yield Mention(_read_year(match[1]), match.start(), match.end(), before, after)


def _read_year(text: str) -> int:
    """Return a year in digits of either kind: 2024, 二〇二四."""
    return int(text.translate(DIGITS))


def is_dated(mention: Mention) -> bool:
    """Return whether the year belongs to a law, a document, a name or a beginning, and so stays."""
    past = _FROM.search(mention.before) or _AFTER.match(mention.after)
    founded = mention.before.endswith("于") and _FOUNDED.match(mention.after)
    caused = _CAUSE.search(mention.before) and _CAUSED.match(mention.after)
    past = past or caused or _BORN.search(mention.before)
    return bool(past or founded or _LAW_DAY.match(mention.after) or is_in_marks(mention))


def speaks_of_another(prose: Prose, mention: Mention, year: int, *, beside_own: bool) -> bool:
    """Return whether this year is meant, though it is not the report's."""
    section = prose.at(mention.start).section
    if section == "preface":
        about_report = is_in_marks(mention) and "年度报告" in mention.after.partition("》")[0]
        another = _REVISED.match(mention.after) if mention.year != year - 1 else None
        another = another or _COMPARED.search(mention.before) or _SINCE.search(mention.before)
        dated = another or _LAW_DAY.match(mention.after)
        return bool(dated or (is_in_marks(mention) and not about_report))

    if mention.year < year:
        return beside_own or bool(_COMPARED.search(mention.before)) or is_dated(mention)
    if _COMPARED.search(mention.before):
        return False

    planning = section in prose.reading.form.duties.plans
    if is_in_marks(mention) or (_FROM.search(mention.before) and mention.year <= year + _FARTHEST):
        return True

    if mention.year == year + 1:
        early = not _LATE_MONTH.match(mention.after)
        known = early and (
            _INTO.search(mention.before) or (beside_own and mention.after[:1].isdigit())
        )
        ahead = not _CLAUSE.search(mention.before) and _AHEAD.match(mention.after)
        coming = _COMING.search(mention.before + mention.after)
        return bool(planning or known or ahead or coming)

    return mention.year <= year + _FARTHEST and bool(_LATER.match(mention.after))


def is_planned(mention: Mention) -> bool:
    """Return whether this year is spoken of as one to come."""
    carried_on = _CARRIED.search(mention.before) and mention.after.lstrip("度").startswith("继续")
    will = _CLAUSE.search(mention.before) and _WILL.match(mention.after)
    return bool(carried_on or will or _NEXT.search(mention.before))


def is_compared_with(mention: Mention) -> bool:
    """Return whether the sentence compares something with this year, all of it."""
    before, after = mention.before, mention.after
    compared = _AGAINST.search(before) or (_WITH.search(before) and _ALIKE.match(after))
    return bool(compared and not _PART.match(after) and not _COMING.search(before + after))


def is_in_marks(mention: Mention) -> bool:
    """Return whether the year stands inside book marks or quotes: a name of its own."""
    before = mention.before
    return any(before.count(one) > before.count(other) for one, other in ("《》", "“”"))
