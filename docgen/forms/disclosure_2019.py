"""政府信息公开工作年度报告, the trial edition for 2019 and 2020: what differs from 2021.

Source: 国办公开办函〔2019〕60号. It is read and checked; no template issues it any more.
"""

from dataclasses import replace

from docgen.forms import disclosure_2021 as later
from docgen.forms.disclosure_duties import CARRIED, DUTIES
from docgen.forms.disclosure_rules import RULES_2019
from docgen.forms.disclosure_text import speech_2019
from docgen.forms.form import Band, Cell, Kind, Line, Table

PROJECTS = (
    Line("last_year", "上一年项目数量"),
    Line("change", "本年增/减", cell=Cell(Kind.CHANGE, "件")),
)
DECISIONS = (*PROJECTS, Line("decided", "处理决定数量"))

DISCLOSURE = Table(
    "disclosure",
    "表一 主动公开",
    "表一",
    (
        Band(
            "documents",
            (
                Line("made", "本年新制作数量"),
                Line("published", "本年新公开数量"),
                Line("in_force", "对外公开总数量"),
            ),
            (
                Line("regulations", "规章"),
                Line("normative", "规范性文件", ("行政规范性文件",)),
            ),
            title="第二十条第（一）项",
            corner="信息内容",
        ),
        Band(
            "licences",
            DECISIONS,
            (Line("licensing", "行政许可"), Line("services", "其他对外管理服务事项")),
            title="第二十条第（五）项",
            corner="信息内容",
        ),
        Band(
            "enforcement",
            DECISIONS,
            (Line("penalty", "行政处罚"), Line("coercion", "行政强制")),
            title="第二十条第（六）项",
            corner="信息内容",
        ),
        Band(
            "charges",
            PROJECTS,
            (Line("fees", "行政事业性收费"),),
            title="第二十条第（八）项",
            corner="信息内容",
        ),
        Band(
            "purchases",
            (
                Line("projects", "采购项目数量"),
                Line("amount", "采购总金额", cell=Cell(Kind.AMOUNT, "万元")),
            ),
            (Line("procurement", "政府集中采购"),),
            title="第二十条第（九）项",
            corner="信息内容",
        ),
    ),
)

CLOSED = Line("closed_other", "（六）其他处理", ("（六）其他",))

REQUESTS = replace(
    later.REQUESTS,
    bands=(
        replace(
            later.REQUESTS.bands[0],
            rows=(
                *later.REQUEST_ROWS[:2],
                replace(
                    later.REQUEST_ROWS[2],
                    parts=(*later.GRANTED, *later.REFUSED, CLOSED, later.HANDLED),
                ),
                later.REQUEST_ROWS[3],
            ),
        ),
    ),
)

FORM = replace(
    later.FORM,
    key="disclosure-2019",
    name="政府信息公开工作年度报告（2019年试行格式）",
    basis="国办公开办函〔2019〕60号",
    first_year=2019,
    last_year=2020,
    tables=(DISCLOSURE, REQUESTS, later.DISPUTES),
    equations=later.equations(later.outcome_keys(*later.GRANTED, *later.REFUSED, CLOSED)),
    template="",
    speech=speech_2019(),
    duties=replace(DUTIES, carries=(CARRIED,)),
    rules=RULES_2019,
)
