"""政府信息公开工作年度报告: the sums, topics and carries that are its own, in their words.

Source: 国办公开办函〔2021〕30号 and the law each rule names.
"""

from docgen.finding import Rule
from docgen.forms.own_rules import form_rule

_FORM_BASIS = "国办公开办函〔2021〕30号"
_SIDES = "{left_names} = {left}，{right_names} = {right}，相差 {difference}{more}"
_SUMS = "核对怀疑的格子；没有怀疑的格子时，对照原始台账逐个核对这些数。"

_ALL = (
    form_rule(
        "sums",
        "E301",
        "收办不平",
        message="{table}“{where}”列不平：" + _SIDES,
        why="收到的申请或已办理，或结转下年：第一项加第二项之和，等于第三项加第四项之和。",
        example="本年新收 3，上年结转 0，总计 2，结转下年 0。",
        cure=_SUMS,
        basis=f"{_FORM_BASIS} 表二表头",
        since="0.1.0",
    ),
    form_rule(
        "sums",
        "E302",
        "办理结果不等于总计",
        message="{table}“{where}”列不平：" + _SIDES,
        why="（七）总计是（一）至（六）各项之和。",
        example="各项加起来是 11，总计填了 0。",
        cure=_SUMS,
        basis=f"{_FORM_BASIS} 表二",
        since="0.1.0",
    ),
    form_rule(
        "sums",
        "E303",
        "各类申请人之和不等于总计",
        message="{table}“{where}”行不平：" + _SIDES,
        why="总计列是自然人与五类法人或其他组织之和。",
        example="自然人 5、商业企业 1，总计填了 5。",
        cure=_SUMS,
        basis=f"{_FORM_BASIS} 表二",
        since="0.1.0",
    ),
    form_rule(
        "sums",
        "E304",
        "复议诉讼各项之和不等于总计",
        message="{table}“{where}”不平：" + _SIDES,
        why="总计是结果维持、结果纠正、其他结果、尚未审结之和。",
        example="维持 2、其他结果 1，总计填了 0。",
        cure=_SUMS,
        basis=f"{_FORM_BASIS} 表三",
        since="0.1.0",
    ),
    form_rule(
        "carried",
        "E711",
        "上年结转与上年年报不同",
        message="{table}“{where}”与上年对不上：{details}",
        why="二、上年结转就是上年年报里的四、结转下年度；两年的年报都公开，谁都可以对。",
        example="2023 年结转下年度 3 件，2024 年上年结转写 0。",
        cure="对照上年公布的年报改正；上年公布的数确有错的，先按规定更正上年的年报。",
        basis=f"{_FORM_BASIS} 表二",
        waivable=True,
        since="0.1.0",
    ),
    form_rule(
        "carried",
        "E712",
        "现行有效件数与上年接不上",
        message="{table}“{where}”与上年接不上：{details}",
        why="现行有效件数＝上年的现行有效件数＋本年制发－本年废止。",
        example="上年现行有效 14 件，本年制发 3、废止 6，现行有效写 14。",
        cure="对照文件台账核对这三个数；到期失效的也计入本年废止。",
        basis=f"{_FORM_BASIS} 表一",
        waivable=True,
        since="0.1.0",
    ),
    form_rule(
        "topics",
        "E801",
        "缺规定要写的内容",
        severity="note",
        message="“{section}”里没有看到：{names}",
        why="总体情况要写主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面。",
        example="总体情况只写了（一）主动公开、（二）依申请公开。",
        cure="补写这几个方面；写了而小标题用了别的说法的，不用改。",
        basis=_FORM_BASIS,
        since="0.1.0",
    ),
    form_rule(
        "topics",
        "E802",
        "没有说明信息处理费",
        severity="warning",
        message="“{section}”里没有说明{names}收取情况",
        why="收取信息处理费的情况要在第六部分报告，没有收取也要写明。",
        example="第六部分只写“无其他需要报告的事项”。",
        cure="写明收了几件、多少元；没有收取的写“本年度未收取信息处理费”。",
        basis=f"{_FORM_BASIS}；国办函〔2020〕109号",
        since="0.1.0",
    ),
    form_rule(
        "topics",
        "E803",
        "没有写考核、评议、责任追究",
        severity="note",
        message="全文没有写到{names}",
        why="各级人民政府的年报还应当包括工作考核、社会评议和责任追究结果情况；部门的年报不用写。",
        example="镇政府的年报没有写考核结果。",
        cure="在监督保障里写一句考核、评议和责任追究的情况；没有发生的也写明。",
        basis="《中华人民共和国政府信息公开条例》第五十条",
        since="0.1.0",
    ),
)

RULES: dict[str, Rule] = {rule.code: rule for rule in _ALL}
#: Of the trial edition, whose 现行有效 counts otherwise.
RULES_2019 = {code: rule for code, rule in RULES.items() if code != "E712"}
