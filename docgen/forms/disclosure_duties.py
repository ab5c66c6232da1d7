"""政府信息公开工作年度报告: what every edition owes besides its tables.

Sources: 《中华人民共和国政府信息公开条例》第四十九条、第五十条; 国办公开办函〔2021〕30号.
"""

from docgen.forms.disclosure_laws import CODES, DOCUMENTS, LAWS
from docgen.forms.duties import Carry, Ceiling, Deadline, Duties, Power, Topic

GOVERNMENTS = ("province", "prefecture", "county", "township")
_ARTICLE_49 = "《中华人民共和国政府信息公开条例》第四十九条"


def _part(name: str, *words: str) -> Topic:
    """Return one of the five parts of 总体情况."""
    return Topic("E801", "overview", name, words, in_headings=True)


TOPICS = (
    _part("主动公开", "主动公开", "公开内容", "信息公开情况", "重点领域"),
    _part("依申请公开", "依申请", "申请公开", "公开申请"),
    _part("政府信息管理", "信息管理", "规范管理", "管理情况", "信息资源", "规范性文件"),
    _part("政府信息公开平台建设", "平台", "网站", "载体", "渠道", "新媒体"),
    _part("监督保障", "监督", "保障", "考核", "组织领导", "培训", "队伍建设"),
    Topic("E802", "other", "信息处理费", ("信息处理费", "处理费", "收费", "费用")),
    Topic(
        "E803",
        "",
        "工作考核、社会评议和责任追究",
        ("考核", "评议", "追究", "追责", "问责", "考评"),
        levels=GOVERNMENTS,
    ),
)

CARRIED = Carry(
    "E711",
    "requests",
    "columns",
    "carried_in",
    "carried_out",
    text="二、上年结转＝上年的四、结转下年度",
)
IN_FORCE = Carry(
    "E712",
    "disclosure",
    "rows",
    "in_force",
    "in_force",
    ("issued",),
    ("repealed",),
    "现行有效＝上年现行有效＋本年制发－本年废止",
    within_edition=True,
)

#: A city with districts may make 规章 (《立法法》第九十三条), a county or a township may not;
#: of departments only a few may.
POWERS = (Power("disclosure.regulations", "制定规章", ("county", "township"), ("department",)),)

#: 行政事业性收费, in 万元.
CEILINGS = (Ceiling("disclosure.fees.amount", "township", 10000),)

#: A department's own report, and the report of a whole government; none is set for townships.
DEADLINES = (
    Deadline("department", 1, 31, _ARTICLE_49),
    *(Deadline(level, 3, 31, _ARTICLE_49) for level in ("province", "prefecture", "county")),
)

DUTIES = Duties(
    carries=(CARRIED, IN_FORCE),
    topics=TOPICS,
    powers=POWERS,
    ceilings=CEILINGS,
    deadlines=DEADLINES,
    laws=LAWS,
    documents=DOCUMENTS,
    codes=CODES,
    lengths=(("overview", 1000),),  # as some places have it
    substantial=("overview", "problems"),
    plans=("problems",),
)
