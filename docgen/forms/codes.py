"""Every code of the forms that docgen carries, each with the latest form that has it: written by
tools/make_docs.py, not by hand."""

from docgen.finding import IndexedRule

OF_FORMS: dict[str, IndexedRule] = {
    "E301": IndexedRule("", "收办不平", ("sums", ), "disclosure-2021"),
    "E302": IndexedRule("", "办理结果不等于总计", ("sums", ), "disclosure-2021"),
    "E303": IndexedRule("", "各类申请人之和不等于总计", ("sums", ), "disclosure-2021"),
    "E304": IndexedRule("", "复议诉讼各项之和不等于总计", ("sums", ), "disclosure-2021"),
    "E711": IndexedRule("", "上年结转与上年年报不同", ("carried", ), "disclosure-2021"),
    "E712": IndexedRule("", "现行有效件数与上年接不上", ("carried", ), "disclosure-2021"),
    "E801": IndexedRule("", "缺规定要写的内容", ("topics", ), "disclosure-2021"),
    "E802": IndexedRule("", "没有说明信息处理费", ("topics", ), "disclosure-2021"),
    "E803": IndexedRule("", "没有写考核、评议、责任追究", ("topics", ), "disclosure-2021"),
    "G801": IndexedRule("", "缺规定要写的内容", ("topics", ), "rule-of-law"),
    "G802": IndexedRule("", "写了不足，没有写原因", ("topics", ), "rule-of-law"),
    "G803": IndexedRule("", "第一责任人一段没有写做了什么", ("topics", ), "rule-of-law"),
    "G804": IndexedRule("", "举措和成效里没有一个数", ("topics", ), "rule-of-law"),
    "L301": IndexedRule("", "各类处罚之和不等于合计", ("sums", ), "enforcement-zhejiang"),
    "L302": IndexedRule("", "各单位之和不等于合计行", ("sums", ), "enforcement-zhejiang"),
    "L303": IndexedRule("", "受理数量大于申请数量", ("bounds", ), "enforcement-zhejiang"),
    "L304": IndexedRule("", "许可与不予许可之和大于受理数量", ("bounds", ), "enforcement-zhejiang"),
    "L305": IndexedRule("", "有罚没金额却没有处罚", ("conditions", ), "enforcement-zhejiang"),
    "L306": IndexedRule("", "有罚款却没有罚没金额", ("conditions", ), "enforcement-zhejiang"),
    "L311": IndexedRule("", "处罚数与政府信息公开年报不同", ("agreed", ), "enforcement-zhejiang"),
    "L312": IndexedRule("", "许可数与政府信息公开年报不同", ("agreed", ), "enforcement-zhejiang"),
    "L313": IndexedRule("", "强制数与政府信息公开年报不同", ("agreed", ), "enforcement-zhejiang"),
    "L321": IndexedRule("", "各类处罚之和大于结案数量", ("bounds", ), "enforcement-shandong"),
    "L322": IndexedRule("", "结案数量大于立案数量", ("bounds", ), "enforcement-shandong"),
    "L331": IndexedRule("", "简易程序与一般程序之和不等于合计", ("bounds", ), "enforcement-chongqing"),
    "L332": IndexedRule("", "法制审核数量大于一般程序数量", ("bounds", ), "enforcement-chongqing"),
    "L333": IndexedRule("", "纠错数量大于审核数量", ("bounds", ), "enforcement-chongqing"),
    "L334": IndexedRule("", "司法机关受理数量大于移送数量", ("bounds", ), "enforcement-chongqing"),
}
