"""Sentences whose wording the law and the form prescribe: alike in two reports, they prove nothing.

Regular expressions over a sentence as `docgen.check.sentences` masks it: 0 for a number, 某 for a
body, no punctuation. Each is met in published reports.
"""

FORMULAS = (
    # the opening, with its basis and the period
    r"^(根据|依据|依照|按照).*(条例|通知).*(年度报告|本报告|年报)",
    r"报告如下$",
    r"^.{0,12}(数据|报告)?(的)?统计期限",
    r"(自|从)?0年0月0日(起)?(至|到)(0年)?0月0日止?$",
    r"^.{0,12}报告.{0,8}由.*(部分|方面)(组成|构成)",
    r"^.{0,12}报告.{0,8}(包括|包含).*(部分|方面)(的)?(内容)?$",
    r"(电子版|电子文本).*(下载|查阅)",
    r"^如.{0,20}(疑问|意见|建议).*联系",
    r"^(联系)?(地址|电话|邮编|传真|邮箱)",
    # nothing to report, and the fee that section six must state
    r"(没有|无|不存在|未有).{0,6}需要?.{0,2}(报告|说明)的.{0,4}(事项|情况)?$",
    r"^.{0,16}(未|没有)(收到|接到|产生|发生|受理).{0,30}(申请|复议|诉讼|举报|投诉|情况)$",
    r"^.{0,30}信息(公开)?处理费",
    # the heads of the five parts of section one
    r"^[一二三四五]?(主动公开|依申请公开|政府信息管理|政府信息公开平台建设|监督保障)(情况|方面|工作)*$",
    # the Regulations by their full title
    r"^中华人民共和国政府信息公开条例第0条",
)
