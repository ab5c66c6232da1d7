"""Other bodies in a text: where a report should speak of its own, and with what only one's own has.

Towns are found by how a name is made and what stands around it, counties and cities also by the
table of their names. A sentence that tells of an exchange may name whom it likes.

What a body does under its own name depends on what its reports are about. In the patterns 主题
stands for the words of the form for that, 业务 for those and for all else that belongs to it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from docgen.check.places import codes_in, is_related, last_place
from docgen.prose.patterns import HAN, Pattern

#: What the names of towns end in.
TOWNS = ("镇", "乡", "街", "街道", "街道办事处", "苏木")
_YEAR = "20[0-9]{2}年"
#: What a body does or has in such a report, right after its name.
_DOES = (
    "严格|认真|紧密|高度重视|始终|深入|坚持|持续|积极|切实|全面|进一步|不断|紧紧|紧扣|紧盯|围绕|聚焦|着力|"
    "大力|统筹|扎实|充分|依法|及时|按照|根据|依据|结合|贯彻|落实|推进|推动|加强|健全|完善|建立|成立|设立|制定|"
    "明确|组织|编制|将|把|以(?!上|下|及|外|内|来)|通过|依托|利用|本年度|全年|累计|20[0-9]{2}年|"
    "未|没有|无(?:因|业务)|新收|收取|主动|应用|运用|借助|开设|运营|现有|"
    "共?(?:收到|接收|接到|受理|制发|印发|作出|办理|办结|答复|公开|发布)|党(?:委|工委)(?:、|高度|始终)|"
    "在[^，。；\n]{1,20}(?:领导|指导|支持|关心|部署)下|在(?:上级|市|县|区|省|总结)|"
    "在[^，。；\n]{1,16}[上中内](?:发布|公开|公示|设|开设|建立)|"
    "在[^，。；\n]{0,8}(?:网站|平台|公众号|微博)"
)
#: What follows the name of one's own government and no other's.
_OWNED = (
    "(?:人民)?政府(?:门户|官方)?网站?|(?:门户|官方|政务)?网站|官网|官方微|微[信博]|公众(?:号|平台)|"
    "政务(?:服务|新媒体|微信)|有?关?(?:业务)|党政(?:综合)?办|便民服务|融媒体|"
    "板块|专栏|子页|工作(?:动态|实际|机制|职责)"
)
_ACCOUNT = "”的?(?:名义|微信|公众|政务|网|抖音|视频号|头条|官)"
#: 现特向社会公布; not the 公开 of 村务公开目录.
_SAYS = (
    "(?:现(?:特|就|将|向|社会|公布|公开|发布|编制|了){0,4}|"
    "(?<![^\n，。；：])(?:特|就|将|向|社会|公布|公开|发布|编制|了){1,4})"
)

#: The end of a town's name, and what only the one that reports does or has.
# 古尔图镇深入, 白杨沟镇人民政府网站, 八十四户乡2024年; not 白杨沟镇的群众.
_TOWN = Pattern(
    "[镇乡街苏](?:(?<=[镇乡])|(?<=街)(?:道(?:办事处)?|(?=政府|人民政府|办事处))|(?<=苏)木)(?:人民政府)?"
    f"(?=(?:政府|办事处)?(?:办公室)?(?:{_DOES}|{_OWNED}|{_YEAR}|{_ACCOUNT}))"
)
#: Where it begins: with a clause, after a year, after a word that takes a name.
# 。古尔图镇, 由白杨沟镇; not 表扬古尔图镇.
_TOWN_BEGINS = Pattern(
    rf"(?:[\n，。；：！“《（](?:全年|一年来，)?|{_YEAR}(?:度|以来)?，?|[本一全](?:年度?|年来)，?|"
    "由|在|经|结合|通过|依托|利用|登录|关注|成立|制定|修订|"
    rf"{_SAYS}){_SAYS}?(?P<name>(?:(?!由){HAN}){{2,16}})$"
)
#: The same of a bureau or a county.
# 审计局根据, 宁川县高度重视; not 审计局大楼.
_BODY = Pattern(
    "[县市区旗州盟省局委办厅院处心](?:(?<!心)|(?<=中心))(?:(?<=[县市区旗州盟省])人民政府)?"
    f"(?=(?:政府)?(?:{_DOES}|{_YEAR}|业务|{_ACCOUNT}))"
)
#: After a comma it must be about the publishing itself.
# 审计局持续完善业务, 审计局业务工作; not 审计局持续完善制度.
_PUBLISHER = Pattern(
    "[县市区旗州盟省局委办厅院处心](?:(?<!心)|(?<=中心))(?:(?<=[县市区旗州盟省])人民政府)?"
    f"(?=(?:{_DOES})[^，。；的\n]{{0,14}}(?:业务|发布|公开栏)"
    "|(?:业务)工作)"
)
#: Where it begins: only at a sentence's start, for a report may well tell of another that acts.
# 。宁川县审计局, 由宁川县审计局; not 表扬宁川县审计局.
_BODY_BEGINS = Pattern(
    rf"(?:[\n。！“](?:全年|一年来，)?|[\n。；，]{_YEAR}(?:度|以来)?，?|[本一全](?:年度?|年来)，?|"
    rf"由|下，|结合|{_SAYS}(?:{_YEAR}度?)?){_SAYS}?(?P<name>(?:(?!由){HAN}){{2,16}})$"
)
# 宁川县审计局联系, 白杨沟镇人民政府（电话; not 审计局负责.
_CONTACT = Pattern(
    "[镇乡道苏县市区旗州盟省局委办厅院处心](?:(?<![道苏心])|(?<=街道)|(?<=苏木)|(?<=中心))(?:人民政府)?"
    "(?=(?:政府|办事处)?[^，。；\n与（]{0,8}(?:联系|（?(?:联系|电话|地址)|。))"
)
# 请与宁川县审计局, 请联系白杨沟镇; not 宁川县审计局.
_CONTACT_BEGINS = Pattern(rf"(?:请与|请?联系|咨询)(?P<name>(?:(?!由){HAN}){{2,16}})$")
#: The one that writes the report may stand after a comma.
# 审计局编制, 宁川县2024年主题; not 审计局审核.
_AUTHOR = Pattern(
    "[县市区旗州盟省局委办厅院处心](?:(?<!心)|(?<=中心))(?:(?<=[县市区旗州盟省])人民政府)?"
    f"(?=编制|按照《|{_YEAR}度?(?:主题))"
)
#: Whose report it is.
# 宁川市2024年主题工作年度报告; not 宁川市2024年工作报告.
_TITLED = Pattern(
    "[县市区旗州盟省局委办厅院处](?:(?<=[县市区旗州盟省])人民政府)?"
    f"(?={_YEAR}度?(?:主题)(?:工作|统计|数据|年度|情况|的){{0,4}}(?:报告|年?报|公示))"
)
# 宁川市人民政府网站, 宁川县门户网站; not 宁川市人民政府办公室.
_SITE = Pattern(
    "[县市旗](?=(?:人民)?政府(?:门户|官方)?网|(?:人民)?政府发布|门户网站|官方网站|官网|(?:政务)?微信|公众号)"
)
# 通过宁川市, “宁川市; not 宁川市.
_SITE_BEGINS = Pattern(rf"(?:通过|依托|利用|登录|在|由|“|《|关注)(?P<name>(?:(?!由){HAN}){{3,6}})$")

#: No name: a word for any town, and words that no name holds.
# 各乡镇, 全镇, 推进工作; not 白杨沟镇.
_NO_NAME = Pattern(
    "[的各我该所把为及了等每其是请]|^[度与在将对向就从以使被现由]|"
    "^(?:通过|依托|利用|登录|关注|结合|成立|制定|修订)|"
    "充分|委[县市区]$|其中|推进|推行|加强|落实|开展|深化|优化|打造|情况|工作|纳入|设在|目前|当前|现在|同时|此外|升级|提升|提高|"
    "完善|覆盖|实现|涉及|报告|通知|要求|要点|^[全本省市县区乡镇]?(?:人民)?政府|^[全本]|"
    "(?:^|[城都]|有关|上级|相关)[县市区局委]$"
)
# 小城镇, 示范镇; not 白杨沟镇.
_NO_TOWN = Pattern(
    "(?:^|[乡村城集小名强重街制级])镇$|(?:^|[家城返下故回离同他水侨之村])乡$|"
    "(?:^|[乡镇市区县])街道(?:办事处)?$|[个两三几多]镇$|示范|试点|先进|文明|优秀|特色|乡镇|城乡|村镇|街镇|"
    "信息|公开|政务|政策|服务|办公|部门|单位|群众|村民|社区|制度|机制|平台|网站|专栏|领导|责任"
)
#: What a body links to is its own government's.
# 宁川市人民政府网站, 宁川县门户网站; not 宁川市人民政府办公室关于.
_GOVERNED = Pattern(
    "[省市县区旗州盟](?=(?:人民)?政府(?:门户|官方)?网|人民政府(?!办公[室厅]关于)"
    "|门户网站|政府门户|官方网站|官网|(?:政务)?微信公众|公众号)"
)
# 赴外地考察, 对口支援; not 加强组织领导.
_EXCHANGE = Pattern(
    "学习|交流|考察|借鉴|调研|对口|支援|援助|协作|合作|签订|联合|先进|前往|赴|来自|迁|"
    "复议|诉讼|起诉|法院|转办|移送"
)
#: What is left of a name without the places above.
# 白杨沟镇, 路南街道办事处; not 宁川县.
_A_TOWN = Pattern(f"(?:(?![省市县区旗州盟府]){HAN}){{2,8}}(?:[镇乡]|街道(?:办事处)?|苏木)$")
# 宁川县, 路南区; not 宁川市.
_A_COUNTY = Pattern(f"(?:(?![省市州盟]){HAN}){{2,8}}[县区旗]$")
#: The longest name with what it is begun by.
_WINDOW = 24

Name = tuple[int, str]  # where in the text it begins


class Topics(NamedTuple):
    """The words of a form for what its reports are about, and for what else belongs to that."""

    subjects: tuple[str, ...]
    business: tuple[str, ...]


@lru_cache(maxsize=64)
def _in_words_of(topics: Topics, pattern: Pattern) -> Pattern:
    """Return a pattern with the words of a form in the places kept for them."""
    subjects, others = (list(map(re.escape, words)) for words in topics)
    written = pattern.pattern.replace("主题", "|".join(subjects) or "(?!)")
    written = written.replace("业务", "|".join((*subjects, *others)) or "(?!)")
    return Pattern(written, *pattern.cues)


def towns(text: str, topics: Topics) -> Iterator[list[Name]]:
    """Yield each town where a report speaks of itself: its possible names, the longest first."""
    for end, begin in ((_TOWN, _TOWN_BEGINS), (_CONTACT, _CONTACT_BEGINS)):
        for names in _read_names(text, _in_words_of(topics, end), begin):
            yield [(at, name) for at, name in names if _is_town(_bare_name(name))]


def bodies(text: str, kinds: tuple[str, ...], topics: Topics) -> Iterator[list[Name]]:
    """Yield the same of bodies of these kinds where a report speaks of itself, or of its own site.

    A site and a report are the body's own: there a name of no place known is told of, too.
    """
    for end, begin in ((_TITLED, _TOWN_BEGINS), (_SITE, _SITE_BEGINS)):
        for names in _read_names(text, _in_words_of(topics, end), begin):
            yield [n for n in names if _bare_name(n[1]).endswith(kinds) or not last_place(n[1])]
    for end, begin in _SPEAKERS if kinds else ():
        for names in _read_names(text, _in_words_of(topics, end), begin):
            yield [n for n in names if _bare_name(n[1]).endswith(kinds)]


_SPEAKERS = (
    (_BODY, _BODY_BEGINS),
    (_AUTHOR, _TOWN_BEGINS),
    (_PUBLISHER, _TOWN_BEGINS),
    (_CONTACT, _CONTACT_BEGINS),
)


def _is_town(name: str) -> bool:
    return name.endswith(TOWNS) and not _NO_TOWN.search(name)


def _read_names(text: str, end: Pattern, begin: Pattern) -> Iterator[list[Name]]:
    """Yield for each end of a name the names it may be the end of, the longest first."""
    text = f"\n{text}"  # a name that begins the text begins after something, too
    for tail in end.finditer(text):
        names: list[Name] = []
        first = max(tail.start() - _WINDOW, 0)
        while head := begin.search(text, first, tail.end()):
            first = head.start() + 1
            if not _NO_NAME.search(_bare_name(head["name"])):
                names.append((head.start("name") - 1, head["name"]))
        yield names


def _bare_name(name: str) -> str:
    """Return a name without 人民政府."""
    stem = name.removesuffix("政府")
    return stem if stem == name else stem.removesuffix("人民")


def places_of_others(text: str, full_name: str) -> Iterator[Name]:
    """Yield counties and cities that are not the body's own, nor above or below it."""
    own: set[str] | None = None
    for match in _GOVERNED.finditer(text):
        own = codes_in(full_name) if own is None else own
        place = last_place(text[max(match.end() - _WINDOW, 0) : match.end()])
        if own and place and not (is_related(place, own) or place in full_name):
            yield match.end() - len(place), place


def kin_in(text: str, own: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Name]:
    """Yield towns among these bodies, where this is a town, and counties, where it is a county."""
    kin: set[str] = set()
    for pattern in (_A_TOWN, _A_COUNTY) if others else ():
        if any(pattern.search(_bare_name(name)) for name in own):
            found = (pattern.search(_bare_name("".join(name.split()))) for name in others)
            kin.update(match[0].removesuffix("办事处") for match in found if match)
    kin = {name for name in kin if not any(name in one for one in own)}
    if kin:
        every = sorted((*own, *kin), key=len, reverse=True)
        for match in re.finditer("|".join(map(re.escape, every)), text):
            if match[0] in kin:
                yield match.start(), match[0]


def is_exchange(sentence: str) -> bool:
    """Return whether a sentence tells of what was done with other bodies."""
    return bool(_EXCHANGE.search(sentence))
