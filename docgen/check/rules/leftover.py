"""What must not be left in a text: instructions, placeholders, blanks, persons' numbers."""

import re
from collections.abc import Iterator

from docgen.check.passages import Prose
from docgen.finding import Finding, Rule, has_errors
from docgen.printing import UNKNOWN
from docgen.prose.patterns import HAN, Pattern
from docgen.prose.personal import masked

INSTRUCTION = Rule(
    code="E831",
    name="模板的说明没有删",
    severity="error",
    needs=("text",),
    message="“{quote}”里的“{actual}”是模板的说明或占位符",
    why="填写说明、XXX、×× 是给填表人看的，不能印在公开的报告里。",
    example="“（说明：此处填写工作情况）”“XX镇人民政府”。",
    cure="换成实际内容，或删去。",
    waivable=True,
)
BLANK_LEFT = Rule(
    code="E832",
    name="留着空没有填",
    severity="error",
    needs=("text",),
    message="“{quote}”里的“{actual}”空着没有填",
    why="空着的地方看不出是没有还是漏填。",
    example="“发布信息  条”“共   件”。",
    cure="填上数或名称；没有就写 0 或“没有”。",
    waivable=True,
)
PRIVATE = Rule(
    code="E861",
    name="写着个人信息",
    severity="error",
    needs=("text",),
    message="“{quote}”里像是有{what}（{actual}）",
    why="报告向社会公布，公开个人的号码会侵害个人隐私。",
    example="把申请人的身份证号码抄进了正文。",
    cure="删去这个号码；是单位对外公布的电话，改用座机。",
    basis="《中华人民共和国个人信息保护法》第二十五条",
    waivable=True,
)

# Each pattern begins with a character or a set of them: that makes the search fast.
_INSTRUCTIONS = (
    # （此段请填写）, （单位名称）, （说明：写情况）; not （一）.
    Pattern(
        r"[（(](?:此段|请)[^）)\n]{0,30}(?:填写|修改|补充|删除|删减)[）)]"
        r"|[（(](?:单位|机关|部门|乡镇|局|镇)名称[）)]|[（(](?:没有|无)的?(?:请)?(?:写|填)[^）)\n]{0,8}[）)]"
        r"|[（(](?:(?:填写|填报|编写)?说明[：:][^）)\n]{0,80}[）)]?|此处[^）)\n]{0,40}[）)]?"
        r"|(?:待补充|待填写?|待核实|待定|待完善|范文|模板|样本|示例|参考|样例|仅供参考)[）)]"
        r"|(?:如|例如|示例)[：:][^）)\n]{0,60}[）)])",
        *"明此待文板本例考如请称写填",
    ),
    # 请如实填写, 请在此补充; not 请填写申请.
    Pattern(
        r"请(?:在此|在这里|如实|按实际|按照实际|根据实际|结合实际|自行|逐项|据实)?"
        r"(?:填写|填入|填报|填列|补充|替换|删除|修改为)(?!申请)",
        "填", "补充", "替换", "删除", "修改为",
    ),
    # 此处填写; not 此处公开.
    Pattern(r"此处(?:填写|填|插入|应填|请|补充|写)", "此处"),
    # XX镇, ××县; not 1×2.
    Pattern(r"[XxＸｘ×✕╳](?<![A-Za-z].)[XxＸｘ×✕╳]+(?![A-Za-z])", *"XxＸｘ×✕╳"),
    # ____, ○○镇; not ○.
    Pattern(r"([_＿○◯△□▲●■◆☆★*＊])\1+", *"_＿○◯△□▲●■◆☆★*＊"),
    # 〇〇镇; not 二〇〇八年.
    Pattern(r"[〇](?<![一二三四五六七八九零].)〇+(?![一二三四五六七八九零])", "〇〇"),
    # 【待填】, 【单位名称】; not 【政策】.
    Pattern(
        r"【(?:(?:未填|待填|请|此处|填)[^】\n]{0,30}"
        r"|[^】\n]{0,20}(?:名称|填写|数字|年份|年度))】",
        "【",
    ),
    # TODO, TBD; not TODOS.
    Pattern(r"(?:TODO|TBD|FIXME)(?![A-Za-z])", "TODO", "TBD", "FIXME"),
    # 可根据实际增减, 请结合本单位情况填写; not 按照实际增减.
    Pattern(
        r"[可请](?:根据|结合)(?:本机关|本单位|实际)[^，。；\n]{0,10}(?:增减|删减|增删|填写|调整本)",
        "增减", "删减", "增删", "填写", "调整本",
    ),
    # 该部分以表格形式报告, 本部分应当包括; not 本报告由三个部分组成.
    Pattern(
        r"[该本此](?:一?部分|[段节项])(?:内容)?(?:以|用|采用|采取|通过|按)[^，。；\n]{0,8}(?:表格|文字|图表|图文|列表)"
        r"[^，。；\n]{0,6}(?:报告|填报|填写|填列|说明|表述|概述|展示|反映|呈现|公布)"
        r"|[该本此](?:一?部分|[段节项])(?:内容)?(?:应当?|须|需要?|请|可以?|一般|主要)"
        r"(?:概述|简述|填写|填报|写明|包括|包含|从以下|说明以下)"
        r"|[概简]述本(?:行政)?机关|本列数据的?勾稽关系"
        r"|(?:字数|篇幅)[^，。；\n]{0,6}(?:不超过|控制在|限)[^，。；\n]{0,4}[0-9]{2,4}字",
        *(f"{this}{part}" for this in "该本此" for part in ("一部分", "部分", "段", "节", "项")),
        "述本", "勾稽", "字数", "篇幅",
    ),
)  # fmt: skip
# 【检查次数】, {合格次数}; not 【3】.
_BRACKETED = Pattern(rf"[【\[［{{｛] ?({HAN}{{2,12}}) ?[】\]］}}｝]", *"【[［{｛")
_UNIT = "(?:件|条|次|宗|起|份|人次|人|万元|元|篇|期|场|个|项)"
_GAP = "[ \u3000\xa0]"
_BLANKS = (
    # 信息  条，, 共 件。; not 共3件。.
    Pattern(
        rf"{_GAP}(?<={HAN}.)(?:{_GAP}*{_UNIT}(?=[，。；、）：！\n])|{_GAP}+{_UNIT})",
        *" \u3000\xa0",
    ),
    # 信息条，, 共计件。; not 公共件，.
    Pattern(
        r"[信共累](?:(?<=信)息[条次篇]|(?<=累)计[条次篇件]|(?<=共)(?<!公共)计?[条次篇件])(?=[，。；、）])",
        *(f"{before}{unit}" for before in "息计共" for unit in "条次篇件"),
    ),
    # 2024年月, 年 月; not 2024年3月.
    Pattern(rf"[0-9]年月|年{_GAP}+月|月{_GAP}+日", "年月", *" \u3000\xa0"),
    # 占比为%, 增长 %; not 增长5%.
    Pattern(rf"(?:占比?|率|达到?|增长|下降)(?:为|是|达到?|了)?{_GAP}*[%％]", *"%％"),
    # 《》, （ ）; not 《办法》.
    Pattern(rf"《{_GAP}*》|[（(]{_GAP}*[）)]|“{_GAP}*”|〔{_GAP}*〕"),
    # 培训费元。; not 培训费5元。.
    Pattern(r"费用?(?:共计|合计|总计|共)?元(?=[，。；、\n])", "元"),
    # 收到X件。; not 大约X件。.
    Pattern(rf"{HAN}(?<![约何])[XxＸｘ×？?…]{_UNIT}(?=[，。；、\n])", *"XxＸｘ×？?…"),
    # 〔2021〕号, 〔2021〕 号; not 〔2021〕5号.
    Pattern(rf"〕{_GAP}*号", "〕号", *" \u3000\xa0"),
    # 共受理申请件，; not 共同受理申请件，, 共受理申请3件，, 共受理依复议件，.
    Pattern(
        r"[共累](?:(?<=累)计|计(?!划))?(?:新?收到|接到|接收|收|受理|办理|办结|答复|公开|发布|制发|制定|印发|发放|编发|收集|作出)了?"
        rf"(?:{HAN}(?<![一二三四五六七八九十百千两零几多余若干])){{0,14}}"
        r"(?:(?<=申请)|(?<=信息)|(?<=文件)|(?<=复议)|(?<=诉讼)|(?<=许可)|(?<=处罚)|(?<=咨询)|(?<=留言))"
        r"(?<!依..)[件条份宗起篇](?=[，。；、）\n])",
        "共",
        "累计",
    ),
)

#: In place of 事物 stand the things that a form counts.
# ，现行有效的事物。; not 公布现行有效的事物。.
_UNCOUNTED = r"[，；。：\n](?:截至[^，。；\n]{0,12})?(?:现行有效|现有)的?(?:事物)[。；]"

# 1234567890, 1234 5678 9012; not 20241231.
_LONG_NUMBER = re.compile(r"[0-9](?<![0-9A-Za-z.].)(?:[ .—-]?[0-9]){9,18}[Xx]?(?![0-9A-Za-z])")
# 12 34, 12-34; not 1234.
_SEPARATORS = re.compile("[ .—-]")
# 身份证号码：, 身份证; not 身份证复印件.
_LABELLED = Pattern("身份证(?:件)?(?:号码?)?[：:为是（(]{0,2}$")
# fullmatch: 13900000000, 8613900000000; not 139000000001.
_MOBILE = Pattern(r"(?:86)?(1[3-9][0-9]{9})")
# fullmatch: 110101199001010000; not 110101199013010000.
_PERSON = Pattern(
    r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# 社会信用代码, 信用代码：; not 信用代码证.
_CREDIT_CODE = Pattern("信用代码[：:为]?$")


def check_leftovers(prose: Prose) -> Iterator[Finding]:
    """Report instructions, placeholders and blanks of a template."""
    unbound = has_errors(prose.reading.findings)
    for rule, patterns in ((INSTRUCTION, _INSTRUCTIONS), (BLANK_LEFT, _BLANKS)):
        told = set()
        found = [match for pattern in patterns for match in pattern.finditer(prose.text)]
        found += _unbound_names(prose) if rule is INSTRUCTION else ()
        found += _left_of_form(prose, rule)
        for match in sorted(found, key=_start_of):
            if match[0] == UNKNOWN and unbound:
                continue  # a binding that gave nothing: why is told

            bounds = prose.bounds(match.start())
            if bounds not in told:
                told.add(bounds)
                start = match.start() - match[0][0].isspace()  # with the word before a gap
                yield rule.at(
                    prose.place(match.start()),
                    quote=prose.quote(start, match.end()),
                    actual=prose.text[start : match.end()].strip()[:20],
                )


def _unbound_names(prose: Prose) -> Iterator[re.Match[str]]:
    """Yield names of figures in brackets other than `{{ }}`: nothing is put in their place."""
    names = {term.name for term in prose.reading.form.speech.terms}
    return (match for match in _BRACKETED.finditer(prose.text) if match[1] in names)


def _left_of_form(prose: Prose, rule: Rule) -> Iterator[re.Match[str]]:
    """Yield what is left of the form's own print, or has no number though it is counted."""
    speech = prose.reading.form.speech
    if rule is INSTRUCTION and speech.residues:
        yield from re.finditer("|".join(map(re.escape, speech.residues)), prose.text)
    if rule is BLANK_LEFT and speech.counted:
        things = "|".join(map(re.escape, speech.counted))
        yield from re.finditer(_UNCOUNTED.replace("事物", things), prose.text)


def _start_of(match: re.Match[str]) -> int:
    return match.start()


def check_persons(prose: Prose) -> Iterator[Finding]:
    """Report numbers of persons: ID cards, mobile phones, bank cards."""
    for match in _LONG_NUMBER.finditer(prose.text):
        number = _SEPARATORS.sub("", match[0])
        what = _number_of_person(number)
        if len(number) in (15, 18) and _LABELLED.search(
            prose.text, max(match.start() - 10, 0), match.start()
        ):
            what = "身份证号码"  # whatever its check digit says

        if what and not _CREDIT_CODE.search(prose.text, match.start() - 6, match.start()):
            yield PRIVATE.at(
                prose.place(match.start()),
                quote=prose.quote(match.start(), match.end()),
                what=what,
                actual=masked(match[0]),
            )


def _number_of_person(number: str) -> str:
    """Return what kind of a person's number this is; blank for none."""
    if _MOBILE.fullmatch(number):
        return "手机号码"
    if _PERSON.fullmatch(number) and _is_checked(number):
        return "身份证号码"
    if 16 <= len(number) <= 19 and number.isdigit() and _is_luhn(number):
        return "银行卡号"
    return ""


def _is_checked(number: str) -> bool:
    """Return whether the check digit of an ID number is right (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()


def _is_luhn(number: str) -> bool:
    """Return whether the check digit of a bank card is right (GB/T 17552): Luhn."""
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(number))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0 and len(set(number)) > 1
