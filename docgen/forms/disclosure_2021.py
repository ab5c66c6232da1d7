"""政府信息公开工作年度报告, the edition for reports from 2021 on.

Source: 国办公开办函〔2021〕30号 and its annexed form. Variants are wordings met in published
reports.
"""

from docgen.forms.disclosure_duties import DUTIES
from docgen.forms.disclosure_text import speech_2021
from docgen.forms.form import Band, Cell, Equation, Form, Kind, Line, Section, Table

APPLICANTS = (
    Line("natural", "自然人"),
    Line(
        "organisations",
        "法人或其他组织",
        in_address=False,
        parts=(
            Line("commercial", "商业企业"),
            Line("research", "科研机构"),
            Line("welfare", "社会公益组织"),
            Line("legal", "法律服务机构", ("法律服务机构组织",)),
            Line("other", "其他"),
        ),
    ),
    Line("total", "总计", ("合计",)),
)

GRANTED = (
    Line("granted", "（一）予以公开"),
    Line(
        "partial",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
        ("（二）部分公开",),
    ),
)

REFUSED = (
    Line(
        "denied",
        "（三）不予公开",
        in_address=False,
        parts=(
            Line("denied_secret", "1.属于国家秘密"),
            Line(
                "denied_law",
                "2.其他法律行政法规禁止公开",
                ("2.其他法律和行政法规禁止公开", "2.其他法律行政止公开"),
            ),
            Line("denied_stability", "3.危及“三安全一稳定”"),
            Line("denied_third_party", "4.保护第三方合法权益"),
            Line("denied_internal", "5.属于三类内部事务信息"),
            Line("denied_process", "6.属于四类过程性信息"),
            Line("denied_enforcement", "7.属于行政执法案卷"),
            Line("denied_inquiry", "8.属于行政查询事项"),
        ),
    ),
    Line(
        "unable",
        "（四）无法提供",
        in_address=False,
        parts=(
            Line("unable_not_held", "1.本机关不掌握相关政府信息"),
            Line("unable_not_ready", "2.没有现成信息需要另行制作"),
            Line("unable_unclear", "3.补正后申请内容仍不明确"),
        ),
    ),
    Line(
        "rejected",
        "（五）不予处理",
        in_address=False,
        parts=(
            Line("rejected_petition", "1.信访举报投诉类申请"),
            Line("rejected_duplicate", "2.重复申请"),
            Line("rejected_publication", "3.要求提供公开出版物"),
            Line("rejected_excessive", "4.无正当理由大量反复申请"),
            Line("rejected_confirm", "5.要求行政机关确认或重新出具已获取信息"),
        ),
    ),
)

CLOSED = Line(
    "closed",
    "（六）其他处理",
    variants=("（六）其他",),
    in_address=False,
    parts=(
        Line(
            "closed_uncorrected",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            (
                "1.申请人无正当理由逾期不补正、行政机关不再受理其政府信息公开申请",
                "1.逾期不补正",
            ),
        ),
        Line(
            "closed_unpaid",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            (
                "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再受理其政府信息公开申请",
                "2.逾期不缴费",
            ),
        ),
        Line("closed_other", "3.其他"),
    ),
)

HANDLED = Line("handled", "（七）总计", ("（七）办理结果合计", "（七）合计", "办理结果合计"))

REQUEST_ROWS = (
    Line("received", "一、本年新收政府信息公开申请数量", ("一、本年新收",)),
    Line("carried_in", "二、上年结转政府信息公开申请数量", ("二、上年结转",)),
    Line(
        "outcomes",
        "三、本年度办理结果",
        variants=("三、本年度办理结果数量",),
        in_address=False,
        parts=(*GRANTED, *REFUSED, CLOSED, HANDLED),
    ),
    Line(
        "carried_out",
        "四、结转下年度继续办理",
        ("四、结转下一年度继续办理", "四、结转下年度"),
    ),
)

REQUESTS = Table(
    "requests",
    "表二 申请办理",
    "表二",
    (
        Band(
            "requests",
            (Line("applicants", "申请人情况", parts=APPLICANTS, in_address=False),),
            REQUEST_ROWS,
            corner="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            label_columns=3,
        ),
    ),
    # The first column has 36 of the third's, for three characters a line.
    widths=(790, 921, 3235, *(685,) * 7),
)


def results() -> tuple[Line, ...]:
    """Return the five heads that stand under every kind of dispute."""
    return (
        Line("upheld", "结果维持"),
        Line("corrected", "结果纠正"),
        Line("other", "其他结果"),
        Line("pending", "尚未审结"),
        Line("total", "总计", ("合计",)),
    )


DISPUTES = Table(
    "disputes",
    "表三 复议诉讼",
    "表三",
    (
        Band(
            "disputes",
            (
                Line("review", "行政复议", parts=results()),
                Line(
                    "suits",
                    "行政诉讼",
                    in_address=False,
                    parts=(
                        Line("suit_direct", "未经复议直接起诉", parts=results()),
                        Line("suit_after_review", "复议后起诉", parts=results()),
                    ),
                ),
            ),
            (Line("", ""),),
            label_columns=0,
        ),
    ),
    widths=(1,) * 15,
)

DECIDED = (Line("decided", "本年处理决定数量"),)

DISCLOSURE = Table(
    "disclosure",
    "表一 主动公开",
    "表一",
    (
        Band(
            "documents",
            (
                Line("issued", "本年制发件数"),
                Line("repealed", "本年废止件数"),
                Line("in_force", "现行有效件数"),
            ),
            (
                Line("regulations", "规章"),
                Line("normative", "行政规范性文件", ("规范性文件",)),
            ),
            title="第二十条第（一）项",
            corner="信息内容",
        ),
        Band(
            "licences",
            DECIDED,
            (Line("licensing", "行政许可"),),
            title="第二十条第（五）项",
            corner="信息内容",
        ),
        Band(
            "enforcement",
            DECIDED,
            (Line("penalty", "行政处罚"), Line("coercion", "行政强制")),
            title="第二十条第（六）项",
            corner="信息内容",
        ),
        Band(
            "charges",
            (
                Line(
                    "amount",
                    "本年收费金额（单位：万元）",
                    ("本年收费金额",),
                    cell=Cell(Kind.AMOUNT, "万元"),
                ),
            ),
            (Line("fees", "行政事业性收费"),),
            title="第二十条第（八）项",
            corner="信息内容",
        ),
    ),
    widths=(1,) * 4,
)


def equations(outcomes: tuple[str, ...]) -> tuple[Equation, ...]:
    """Return the sums of one year (7 + 7 + 25 + 3), given the rows that make up （七）总计."""
    parties = ("natural", "commercial", "research", "welfare", "legal", "other")
    return (
        Equation(
            "E301",
            "requests",
            "columns",
            ("received", "carried_in"),
            ("handled", "carried_out"),
            "一、本年新收＋二、上年结转＝三、（七）总计＋四、结转下年度",
        ),
        Equation(
            "E302",
            "requests",
            "columns",
            outcomes,
            ("handled",),
            "（一）至（六）各项之和＝（七）总计",
        ),
        Equation(
            "E303", "requests", "rows", parties, ("total",), "自然人＋法人或其他组织五列＝总计"
        ),
        Equation(
            "E304",
            "disputes",
            "rows",
            ("upheld", "corrected", "other", "pending"),
            ("total",),
            "结果维持＋结果纠正＋其他结果＋尚未审结＝总计",
        ),
    )


def outcome_keys(*lines: Line) -> tuple[str, ...]:
    """Return the keys of the rows under these lines."""
    return tuple(part.key for line in lines for part in (line.parts or (line,)))


FORM = Form(
    key="disclosure-2021",
    name="政府信息公开工作年度报告（2021年格式）",
    basis="国办公开办函〔2021〕30号",
    first_year=2021,
    last_year=None,
    title="{name}\n{year}年政府信息公开工作年度报告",
    preface="引言",
    sections=(
        Section("overview", "一、总体情况"),
        Section("disclosure", "二、主动公开政府信息情况"),
        Section("requests", "三、收到和处理政府信息公开申请情况"),
        Section("disputes", "四、政府信息公开行政复议、行政诉讼情况"),
        Section(
            "problems",
            "五、存在的主要问题及改进情况",
            ("五、政府信息公开工作存在的主要问题及改进情况", "五、存在的主要问题及整改措施"),
        ),
        Section("other", "六、其他需要报告的事项"),
    ),
    tables=(DISCLOSURE, REQUESTS, DISPUTES),
    equations=equations(outcome_keys(*GRANTED, *REFUSED, CLOSED)),
    template="report_template.docx",
    speech=speech_2021(),
    duties=DUTIES,
)
