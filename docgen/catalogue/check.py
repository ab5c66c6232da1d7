"""Rules about a report as a whole: completeness (E1), time (E2), arithmetic (E3), wording (E4)."""

from docgen.finding import Rule

FORM_BASIS = "国办公开办函〔2021〕30号"

EMPTY_SECTION = Rule(
    "E101",
    "缺一部分",
    "error",
    "“{section}”没有正文",
    "年报固定为六个部分，一个都不能少；没有内容也要照实写明。",
    "“六、其他需要报告的事项”下面空着。",
    "写上这一部分；没有需要报告的，也用一句话说明（第六部分要说明收取信息处理费的情况）。",
    f"{FORM_BASIS}；《中华人民共和国政府信息公开条例》第五十条",
)
MISSING_FIGURE = Rule(
    "E102",
    "缺一个数",
    "error",
    "{table}“{label}”没有数",
    "年报的每一格都要有数；没有数的年报不签发。",
    "输入里没有这一格。",
    "填上这一格；没有就填 0。",
    FORM_BASIS,
)
YEAR_OUTSIDE_FORM = Rule(
    "E201",
    "表式与年度不合",
    "error",
    "{year} 年度的年报不用“{form}”（{years}）",
    "2019、2020 年度用 2019 年试行格式，2021 年度起用 2021 年格式；两种格式的表不同。",
    "2024 年度的年报还用 2019 年的表。",
    "换用这一年度的表式，或改正年度。",
    f"{FORM_BASIS}（2021 年度起）；国办公开办函〔2019〕60号（2019、2020 年度）",
)
DATE_BEFORE_YEAR_END = Rule(
    "E202",
    "成文日期早于年度结束",
    "error",
    "成文日期是{date}，但 {year} 年度到 {year}年12月31日才结束",
    "年报统计的是 1 月 1 日到 12 月 31 日的数，年度没完不能成文。",
    "2024 年度的年报写成 2024年1月20日，忘了改年份。",
    "核对成文日期和年度；多半应为 {expected}。",
    "《中华人民共和国政府信息公开条例》第四十九条",
)
_SIDES = "{left_names} = {left}，{right_names} = {right}，相差 {difference}{more}"
_SUMS = "核对怀疑的格子；没有怀疑的格子时，对照原始台账逐个核对这些数。"
BALANCE = Rule(
    "E301",
    "收办不平",
    "error",
    "{table}“{where}”列不平：" + _SIDES,
    "收到的申请或已办理，或结转下年：第一项加第二项之和，等于第三项加第四项之和。",
    "本年新收 3，上年结转 0，总计 2，结转下年 0。",
    _SUMS,
    f"{FORM_BASIS} 表二表头",
)
OUTCOMES = Rule(
    "E302",
    "办理结果不等于总计",
    "error",
    "{table}“{where}”列不平：" + _SIDES,
    "（七）总计是（一）至（六）各项之和。",
    "各项加起来是 11，总计填了 0。",
    _SUMS,
    f"{FORM_BASIS} 表二",
)
ROW_TOTAL = Rule(
    "E303",
    "各类申请人之和不等于总计",
    "error",
    "{table}“{where}”行不平：" + _SIDES,
    "总计列是自然人与五类法人或其他组织之和。",
    "自然人 5、商业企业 1，总计填了 5。",
    _SUMS,
    f"{FORM_BASIS} 表二",
)
DISPUTE_TOTAL = Rule(
    "E304",
    "复议诉讼各项之和不等于总计",
    "error",
    "{table}“{where}”不平：" + _SIDES,
    "总计是结果维持、结果纠正、其他结果、尚未审结之和。",
    "维持 2、其他结果 1，总计填了 0。",
    _SUMS,
    f"{FORM_BASIS} 表三",
)
OTHER_SUM = Rule(
    "E305",
    "合计不平",
    "error",
    "{table}“{where}”不平：" + _SIDES,
    "表式规定的合计关系不成立。",
    "各项之和是 6，合计填了 7。",
    _SUMS,
)
WORDING = Rule(
    "E401",
    "用语与表式不同",
    "note",
    "表里印“{wording}”，表式的用语是“{official}”",
    "表头和行名由国务院办公厅的格式规定；按机关要求照印，但提醒与格式不一致。",
    "“规范性文件”，2021 年格式为“行政规范性文件”。",
    "没有特别理由的，删去这条用语，改用表式的用语。",
    FORM_BASIS,
)
TITLE_WORDING = Rule(
    "E402",
    "标题的用语与表式不同",
    "note",
    "标题写的是“{actual}”，表式的用语是“{official}”",
    "年报的名称由国务院办公厅的格式规定。",
    "“2024年政府信息公开年度报告”少了“工作”。",
    "改为“{official}”。",
    FORM_BASIS,
)
TITLE_LINE = Rule(
    "E403",
    "标题太长，断不开",
    "warning",
    "标题里的“{actual}”超过 {most} 个字，一行排不下，又找不到可以断开的地方",
    "标题回行要词意完整，排成梯形或菱形；找不到断开的地方，Word 就把一个词或机关名称从中间断开。",
    "“某某国家级高新技术产业示范基地综合服务中心”，哪里能断开只有自己知道。",
    "在标题里要换行的地方自己换行：Excel、WPS 里按 Alt+Enter，JSON 里写 \\n。",
    "GB/T 9704—2012 7.3.1（一般）",
)

#: The rule of each equation code that a form declares.
SUMS = {rule.code: rule for rule in (BALANCE, OUTCOMES, ROW_TOTAL, DISPUTE_TOTAL)}
