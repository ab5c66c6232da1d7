"""Every code of the forms that docgen carries, each with the latest form that has it: written by
tools/make_docs.py, not by hand."""

from docgen.finding import Declared

OF_FORMS: dict[str, Declared] = {
    "E301": Declared("", "收办不平", ("sums", ), "disclosure-2021"),
    "E302": Declared("", "办理结果不等于总计", ("sums", ), "disclosure-2021"),
    "E303": Declared("", "各类申请人之和不等于总计", ("sums", ), "disclosure-2021"),
    "E304": Declared("", "复议诉讼各项之和不等于总计", ("sums", ), "disclosure-2021"),
    "E711": Declared("", "上年结转与上年年报不同", ("carried", ), "disclosure-2021"),
    "E712": Declared("", "现行有效件数与上年接不上", ("carried", ), "disclosure-2021"),
    "E801": Declared("", "缺规定要写的内容", ("topics", ), "disclosure-2021"),
    "E802": Declared("", "没有说明信息处理费", ("topics", ), "disclosure-2021"),
    "E803": Declared("", "没有写考核、评议、责任追究", ("topics", ), "disclosure-2021"),
}
