"""What belongs inside the office: marks of a draft or a secret, inner addresses, lost characters.

Looked for in the text and in what stands outside it: the title and the names.
"""

import re
from collections.abc import Iterator

from docgen.check.passages import Prose, Quoted, TextPassage, quoted_at, quoted_names
from docgen.finding import Finding, Rule
from docgen.prose.patterns import Pattern
from docgen.prose.personal import masked

DRAFT_MARK = Rule(
    code="E835",
    name="还标着征求意见稿",
    severity="error",
    needs=("report",),
    message="“{quote}”里还写着“{actual}”",
    why="公布的报告是定稿；标着征求意见稿、送审稿、草案，读者不知道哪一份算数。",
    example="标题“甘河子镇2024年度工作报告（征求意见稿）”。",
    cure="定了稿就删去“{actual}”；还没有定稿的，用 --draft 出草稿。",
    basis="GB/T 9704—2012 7.3.1（公文标题由发文机关名称、事由和文种组成）",
    since="0.2.0",
)
SECRET_MARK = Rule(
    code="E862",
    name="写着密级或内部标记",
    severity="error",
    needs=("report",),
    message="“{quote}”里有“{actual}”，像是密级或内部标记",
    why="报告向社会公布；标着密级的不能公布，不涉密的不能标。",
    example="“机密★1年”“（内部资料）”。",
    cure="先问保密审查：内容不涉密就删去“{actual}”，涉密就不能公布。",
    basis="《中华人民共和国保守国家秘密法》",
    waivable=True,
    since="0.2.0",
)
INNER_ADDRESS = Rule(
    code="E863",
    name="写着内网地址或本机路径",
    severity="error",
    needs=("report",),
    message="“{quote}”里的“{actual}”是{what}",
    why="内网地址和本机路径在外面打不开，还会让人看出内部网络的样子。",
    example="“详见http://192.168.1.8/zwgk”“D:\\报告\\附件.docx”。",
    cure="改为对外公布的网址，或删去。",
    basis="《中华人民共和国网络安全法》第二十一条；《党政机关公文处理工作条例》第三十条（保密）",
    waivable=True,
    since="0.2.0",
)

_OPEN, _CLOSE = r"[（(【\[〔［]", r"[）)】\]〕］]"
_KIND = (
    "(?:征求意见|征集意见|公开征求意见|意见征求|送审|审议|审核|审定|报审|报批|呈批|报送|上报|上会|会签|"
    "讨论|代拟|草|初|样|底|修改|修订|修正|校对|试行|定|终|清|打印|印刷|第?[一二三四五六七八九十0-9]{1,2}次?)"
)
# （征求意见稿）, 送审稿, 第二稿; not 稿件, 撰稿人.
_DRAFT = Pattern(
    rf"{_KIND}稿(?:[一二三四五六七八九0-9]{{0,2}})(?={_CLOSE}|\s*$)|草案(?={_CLOSE}|\s*$)"
    rf"|(?:讨论|审议|审核|送审|征求意见)用(?={_CLOSE}|\s*$)",
    "稿", "案", "用",
)  # fmt: skip
# 年度报告（送审稿）, 年度报告草案; not 草案的说明.
_DRAFT_END = Pattern(
    rf"[—－-]{{0,2}}{_OPEN}?\s?(?:{_KIND}稿[0-9]?|草案|(?:讨论|审议|审核|送审)用)\s?{_CLOSE}?\s*$",
    "稿", "草案", "用",
)  # fmt: skip
# Nothing else stands in the line.
# fullmatch: （征求意见稿）, 送审稿; not 已报送审稿.
_DRAFT_LINE = Pattern(rf"[—－-]{{0,2}}{_OPEN}?\s?({_KIND}稿|草案)[0-9]?\s?{_CLOSE}?", "稿", "草案")

_LEVEL = "(?:绝密|机密|秘密)"
_HOUSE = (
    "(?:内部(?:资料|文件|材料|刊物|使用|传阅|掌握)|仅供内部(?:使用|参考|传阅)?|注意保存|"
    "(?:不得|严禁|请勿|禁止)(?:外传|复印|翻印|扩散))"
)
_SECRET_CUES = (
    "绝密", "机密", "秘密", "内部", "注意保存", "外传", "复印", "翻印", "扩散",
)  # fmt: skip
# 机密★1年, 密级：秘密, （内部资料）, 【机密】; not 涉及国家秘密, （国家秘密）.
_SECRET = Pattern(
    rf"{_LEVEL}\s?[★☆*＊][ \u3000]?(?:[0-9]{{1,2}}\s?(?:年|个月|天)|长期)?|密级[：:]\s?{_LEVEL}"
    rf"|{_OPEN}\s?(?:{_LEVEL}|{_HOUSE}(?:[，、 ]?{_HOUSE})?)\s?{_CLOSE}",
    *_SECRET_CUES, "密级",
)  # fmt: skip
# fullmatch: 机密, 内部资料 注意保存; not 涉及国家秘密.
_SECRET_LINE = Pattern(rf"{_LEVEL}|{_HOUSE}(?:[，、 ]?{_HOUSE})?", *_SECRET_CUES)

_LINE = 20  # characters of a line that is a mark alone

_BYTE = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_ADDRESSES = {
    # http://192.168.1.8/zwgk, 10.1.2.3:8080; not 10.1.2, 110.1.2.3.
    "内网地址": Pattern(
        rf"(?:https?://)?(?<![0-9.])(?:10\.{_BYTE}|192\.168|172\.(?:1[6-9]|2[0-9]|3[01])|127\.0)"
        rf"\.{_BYTE}\.{_BYTE}(?![0-9.])(?::[0-9]{{1,5}})?"
        r"|(?:https?://)?(?<![A-Za-z0-9.])(?:localhost(?![A-Za-z0-9.])"
        r"|[A-Za-z0-9-]{1,40}\.(?:local|lan|intranet|internal|corp)(?![A-Za-z0-9.-]))(?::[0-9]{1,5})?",
        "10.", "192.168.", "172.", "127.0.", "localhost", ".local", ".lan", ".int", ".corp",
    ),
    # D:\报告\附件.docx, file:///C:/x, \\server\share; not 9:30.
    "本机或局域网里的路径": Pattern(
        r"(?<![A-Za-z])[A-Za-z][:：]\\[^\s，。；、）)”》]{0,60}|file:/{2,3}[^\s，。；）)”》]{0,60}"
        r"|\\\\[\w.-]{1,40}\\[^\s，。；、）)”》]{0,60}",
        "\\", "file:",
    ),
}  # fmt: skip


def check_inner(prose: Prose) -> Iterator[Finding]:
    """Report marks of a draft, marks of a secret, addresses of the house."""
    for text in quoted_names(prose):
        for match in _DRAFT.finditer(text.text):
            yield DRAFT_MARK.at(text.place, quote=text.quote, actual=match[0])
        for match in _SECRET.finditer(text.text):
            yield _secret_finding(text, match)

    for passage in prose.passages:
        if len(passage.text) <= _LINE:
            yield from _check_line(prose, passage)

    for match in _SECRET.finditer(prose.text):
        yield _secret_finding(quoted_at(prose, match), match)
    for what, match in find_addresses(prose):
        place, quote = prose.place(match.start()), prose.quote(match.start(), match.end())
        yield INNER_ADDRESS.at(place, quote=quote, actual=match[0], what=what)


def find_addresses(prose: Prose) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield every address of the house in the text, and what it is."""
    for what, pattern in _ADDRESSES.items():
        yield from ((what, match) for match in pattern.finditer(prose.text))


def _check_line(prose: Prose, passage: TextPassage) -> Iterator[Finding]:
    """Report a paragraph that is nothing but such a mark."""
    line = passage.text.strip()
    drafted, marked = _DRAFT_LINE.fullmatch(line), _SECRET_LINE.fullmatch(line)
    place, quote = prose.place(passage.start), masked(line)
    if drafted:
        yield DRAFT_MARK.at(place, quote=quote, actual=drafted[1])
    elif marked:
        yield _secret_finding(Quoted(line, place, quote), marked)


def without_draft_mark(title: str) -> str:
    """Return a title without its draft mark, which E835 reports."""
    match = _DRAFT_END.search(title)
    return title[: match.start()] if match else title


def _secret_finding(text: Quoted, match: re.Match[str]) -> Finding:
    return SECRET_MARK.at(text.place, quote=text.quote, actual=match[0])
