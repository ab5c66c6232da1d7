"""A county's report in the words counties use: what is sound is left alone, what is not is told.

The county is made up; its figures balance. Several paragraphs are divided by `‖`.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from door import DATA, Docgen, write_json

SOUND = [
    # parts by who asked, of whatever was counted last
    "上年结转政府信息公开申请7件，其中自然人6件、商业企业1件。",
    "予以公开52件，其中自然人46件，法人或其他组织6件，均为政府信息公开申请。",
    "政府信息公开申请结转下年度10件，其中自然人8件、商业企业1件、法律服务机构1件。",
    "共收到政府信息公开申请146件，其中新收139件、结转7件；办结136件，其中自然人121件、法人或其他组织15件。",
    "本年新收政府信息公开申请139件、上年结转7件，合计146件，其中自然人129件、法人或其他组织17件。",
    "共收到政府信息公开申请146件（新收139件、结转7件），其中自然人129件、法人或其他组织17件。",
    # lists that go on after 其他, and lists of several levels
    "行政诉讼案件11件，其中结果维持6件，结果纠正1件，其他结果1件，尚未审结3件。",
    "未经复议直接起诉的4件，其中维持2件、其他结果1件、尚未审结1件；复议后起诉的7件，其中维持4件、纠正1件、尚未审结2件。",
    "县政府网站设置一级栏目8个，其中二级栏目42个，三级栏目156个，其他专题12个。",
    # what was dealt with in time, or of one kind
    "2024年新收申请当年办结129件，上年结转申请办结7件，共办结政府信息公开申请136件。",
    "按期答复政府信息公开申请130件，延期答复6件。",
    "20个工作日内答复政府信息公开申请128件，延长期限答复8件。",
    "当年受理并办结政府信息公开申请129件，办结上年结转7件。",
    "依申请公开作出答复136件，其中公开类答复70件，占51.5%，非公开类答复66件，占48.5%。",
    "组织起草政府信息公开申请答复23件。",
    "不予受理政府信息公开申请3件。",
    # others who received none, or other years
    "各乡镇（街道）收到政府信息公开申请36件，县直部门收到政府信息公开申请103件。",
    "由于我县前几年没有收到政府信息公开申请，经验不足。",
    "个别单位多年未收到政府信息公开申请，经办人员经验不足。",
    "由于长期未收到政府信息公开申请，工作人员业务不熟。",
    "县气象局等12个单位全年未收到政府信息公开申请。",
    "乡镇一级多数未收到政府信息公开申请。",
    "各村（社区）未收到政府信息公开申请。",
    "科研机构未提出政府信息公开申请。",
    "2020年至2024年，累计受理政府信息公开申请512件。",
    # two facts counted together
    "全年政府信息公开类行政复议、行政诉讼案件共26件。",
    "新收和上年结转政府信息公开申请共146件。",
    "依申请公开：公开和部分公开合计70件，不予公开17件，其他49件。",
    # table one
    "作出行政许可决定12345件、不予行政许可决定23件。",
    "作出不予行政处罚决定35件。",
    "作出重大行政处罚决定12件，已全部备案。",
    "作出行政处罚决定2310件，其中一般程序作出行政处罚决定1310件，简易程序作出行政处罚决定1000件。",
    "全年减免行政事业性收费320万元，惠及企业120家。",
    "落实减税降费政策，免征行政事业性收费12.6万元。",
    "涉企行政事业性收费860万元。",
    "县住建局行政事业性收费1200万元。",
    # reviews that the county hears
    "县政府收到行政复议申请126件，受理118件，其中政府信息公开类15件。",
    "县政府作为复议机关，全年审理政府信息公开行政复议案件21件，其中维持12件。",
    "依申请公开中，无法提供31件，其中本机关不掌握相关政府信息26件，占83.9%。",
    "2024年，全县主动公开政府信息8214条。 ‖ 县农业农村局全年主动公开政府信息320条。",
    "其中县政府收到23件，县直部门收到80件，乡镇收到36件，均为政府信息公开申请。",
    # what a county counts for itself and the rest
    "县政府制发行政规范性文件6件，部门制发行政规范性文件2件。",
    "县政府本级收到政府信息公开申请39件，各乡镇、各部门收到100件，合计139件。",
    "县政府本级受理政府信息公开申请39件，各部门受理100件。",
    "全县各乡镇共收到政府信息公开申请36件，均已按时办结。",
    "全县各部门作为被申请人的行政复议案件36件，其中因政府信息公开引发的15件。",
    "全年行政复议案件总数36件，其中政府信息公开类15件，占41.7%。",
    # a wider body, two levels together
    "全市共收到政府信息公开申请2146件，我县占6.5%。",
    "全市各级行政机关新收政府信息公开申请2146件，其中我县139件，占6.5%。",
    "据市政府办公室通报，全市收到政府信息公开申请2146件，办结2098件。",
    "全市现行有效行政规范性文件312件，我县46件。",
    "市、县两级共收到政府信息公开申请300件。",
    # how documents are marked
    "全年制发公文1286件，其中主动公开412件，占32.0%；依申请公开96件，占7.5%；不予公开778件，占60.5%。",
    "发文属性审核严格把关，全年审核公文1286件，确定主动公开412件、依申请公开96件、不予公开778件。",
    # results first, then of what
    "信息公开类案件被纠正3件，其中行政复议2件、行政诉讼1件。",
    "信息公开案件尚未审结4件，其中行政复议1件、行政诉讼3件。",
    "依申请公开案件结果维持15件（行政复议9件、行政诉讼6件）。",
    "依申请公开办理不够规范，全年被纠正答复3件（复议2件、诉讼1件）。",
    # answers of some kind
    "依申请公开答复质量不高，2件答复被复议机关纠正。",
    "依申请公开重新作出答复2件，均已送达。",
    "依申请公开工作中，重新答复2件，撤回答复1件，补正后答复25件。",
    "当面沟通后申请人撤回申请，依申请公开变更答复1件、补充答复2件。",
    "抽查依申请公开答复书60份，优秀答复12件，不规范答复3件。",
    "依申请公开中疑难答复12件提交会商，其中联合答复4件、延期答复8件。",
    # reviews that it hears, suits against itself
    "行政复议体制改革后，县政府统一管辖本县信息公开类复议案件，全年受理28件、审结25件，其中维持15件、驳回3件、终止3件。",
    "县政府办理以乡镇和部门为被申请人的信息公开复议案件28件，维持15件，纠正4件。",
    "以县政府为被告的政府信息公开行政诉讼3件，均维持。",
    "县政府作为被申请人的信息公开行政复议4件，全部维持。",
    "县政府作为被申请人的政府信息公开行政复议案件3件，作为被告的行政诉讼案件2件。",
    "因信息公开引发行政争议26件，其中行政复议15件，行政诉讼11件，同比增加5件。",
    # other years
    "发布2023年国民经济和社会发展统计公报。",
    "较2022年、2023年分别增长12%、5%。",
    "公布清河县2025年民生实事项目征集公告。",
    "公开清河县国民经济和社会发展第十四个五年规划和2035年远景目标纲要。",
    "发布2025年元旦、春节假期出行提示。",
    "2024年高考、2025年度城乡居民医保缴费等政策及时解读。",
    "2025年1月，县政府办公室组织开展了2024年度政务公开考核。",
    "根据国务院办公厅2019年《政府信息公开条例》修订精神，修订完善县级制度。",
]
#: Of those above, in the report of one that counted nothing.
ABOVE = [
    ("township", "全县共收到政府信息公开申请139件，我镇为零。"),
    ("township", "2024年全市共受理政府信息公开申请2146件，我镇未收到申请。"),
    ("township", "全县因政府信息公开引发行政复议15件，均不涉及我镇。"),
    ("township", "全市行政复议案件2360件，我镇未发生因信息公开引起的行政复议。"),
    ("township", "县政府全年收到政府信息公开申请21件，涉及我镇2件，我镇配合提供材料。"),
    ("township", "全年印发公文86件，公文属性标注为主动公开31件、依申请公开5件、不予公开50件。"),
    ("department", "全县共收到政府信息公开申请139件，其中我局6件，占4.3%。"),
    ("department", "全市农业农村系统作出行政处罚决定312件，我局34件，占10.9%。"),
    ("department", "全县现行有效行政规范性文件46件，其中我局起草2件。"),
    ("department", "全县行政复议案件15件涉及信息公开，其中我局1件。"),
    ("department", "公文公开属性：主动公开45件、依申请公开12件、不予公开30件，共87件。"),
]
BELOW = {"township": "清河县柳河镇人民政府", "department": "清河县农业农村局"}
#: What a county counts for itself is another scope than its tables', and is asked about: once a
#: sentence, at the first number.
OWN_LEVEL = [
    ("县政府本级收到政府信息公开申请23件，办结21件。", "县政府本级", "23件"),
    ("县政府办公室全年直接受理办理政府信息公开申请23件。", "县政府办公室", "23件"),
    (
        "县本级办结政府信息公开申请21件，其中予以公开8件，部分公开3件，不予公开2件，无法提供8件。",
        "县本级",
        "21件",
    ),
    (
        "全县新收政府信息公开申请139件，办结136件。其中县政府办结21件，予以公开8件、部分公开3件。",
        "县政府",
        "21件",
    ),
    ("以县政府名义答复政府信息公开申请21件，其中予以公开8件。", "县政府", "21件"),
]
WRONG = [
    # who asks, in the words of the law, and what else is done in the sentence
    ("全县共收到公民、法人或者其他组织政府信息公开申请159件。", ["E511 159件"]),
    ("2024年，我县通过信函、网络、当面等方式共收到政府信息公开申请159件。", ["E511 159件"]),
    ("全年受理群众咨询213件，共收到政府信息公开申请159件。", ["E511 159件"]),
    ("全年办理人大建议62件，收到政府信息公开申请159件，均按时办理。", ["E511 159件"]),
    ("截至12月底，全县共收到政府信息公开申请159件。", ["E511 159件"]),
    ("2024年，坚持依法公开，作出行政许可决定22345件。", ["E511 22345件"]),
    ("全县主动公开政府信息8214条，制发行政规范性文件18件，废止13件。", ["E511 18件", "E511 13件"]),
    ("通过政府网站集中公开，全县现行有效行政规范性文件56件。", ["E511 56件"]),
    ("全县现有有效规范性文件56件。", ["E511 56件"]),
    (
        "全年行政许可22345件，行政处罚3310件，行政强制97件。",
        ["E511 22345件", "E511 3310件", "E511 97件"],
    ),
    ("8件政府信息公开申请结转至2025年办理。", ["E511 8件"]),
    ("依申请公开办理结果中，作出不予公开决定27件。", ["E511 27件"]),
    ("全年政府信息公开类行政复议、行政诉讼案件共27件。", ["E511 27件"]),
    ("上年结转政府信息公开申请7件，其中自然人5件、商业企业1件。", ["E511 5件"]),
    ("县政府收到政府信息公开申请159件。", ["E511 159件"]),
    (
        "县政府本级收到政府信息公开申请39件，各部门收到100件。 ‖ 全县收到政府信息公开申请159件。",
        ["E511 159件"],
    ),
    ("作为复议机关审理行政复议案件21件；政府信息公开行政诉讼21件。", ["E511 21件"]),
    # a heading says what the next paragraph speaks of
    ("（六）依申请公开 ‖ 全年新收159件，上年结转7件，办结136件。", ["E511 159件"]),
    ("（六）依申请公开 ‖ 办理结果：予以公开62件，部分公开18件。", ["E511 62件"]),
    ("（六）依申请公开 ‖ 全县行政复议25件，行政诉讼21件。", ["E511 25件", "E511 21件"]),
    # none, in many words
    ("本机关未收到公民、法人或者其他组织的政府信息公开申请。", ["E511 0（没有）"]),
    ("我县未收到任何形式的政府信息公开申请。", ["E511 0（没有）"]),
    ("我县未收到公民、法人和其他组织要求公开政府信息的申请。", ["E511 0（没有）"]),
    ("本年度未有公民、法人或其他组织向我县提出政府信息公开申请。", ["E511 0（没有）"]),
    ("本年度政府信息公开申请数为0。", ["E511 0"]),
    ("我县未发生一起因政府信息公开申请行政复议、提起行政诉讼的情况。", ["E511 0（没有）"] * 2),
    # lists and shares
    ("行政诉讼案件11件，其中结果维持6件，结果纠正1件，其他结果1件，尚未审结4件。", ["E513 11"]),
    ("依申请公开中，无法提供31件，其中本机关不掌握相关政府信息26件，占93.9%。", ["E514 93.9%"]),
    # against last year
    ("收到政府信息公开申请139件，同比增加18件，增长24.9%。", ["E516 24.9%"]),
    ("收到政府信息公开申请139件，与2023年相比增长24.9%。", ["E516 24.9%"]),
    ("收到政府信息公开申请139件，同比增幅达24.9%。", ["E516 24.9%"]),
    ("收到政府信息公开申请139件，去年同期为131件。", ["E517 131件"]),
    ("收到政府信息公开申请139件，与2023年相比增长14.9%。", []),
    ("收到政府信息公开申请139件，去年同期为121件，同比增长14.9%。", []),
    ("举办培训12场，上年为10场，同比增长30%。", ["E516 30%"]),
    # a figure's name in other brackets is not filled in
    ("全年收到政府信息公开申请{ 本年新收 }件。", ["E831 { 本年新收 }"]),
    ("全年办结政府信息公开申请【办理总计】。", ["E831 【办理总计】"]),
]
PLANS = [
    "2024年工作打算：一是加强培训。二是加强考核。",
    "在2024年的工作中，我县将加强培训。",
    "改进措施：2024年，重点抓好以下工作，一要加强培训，二要加强考核。",
]


def told(
    docgen: Docgen, folder: Path, text: str, section: str = "overview"
) -> list[dict[str, Any]]:
    """What is found with these paragraphs in a section, last year's at hand; notes aside."""
    report = json.loads((DATA / "county_2024.json").read_text(encoding="utf-8"))
    report["sections"][section] += text.split(" ‖ ")
    last = DATA / "county_2023.json"
    run = docgen("check", write_json(folder / "a.json", report), "--previous", last, "--json")
    return [f for f in run.lines[0]["findings"] if f["severity"] != "note"]


@pytest.mark.parametrize("text", SOUND)
def test_sound(docgen: Docgen, folder: Path, text: str) -> None:
    assert [f["message"] for f in told(docgen, folder, text)] == []


def none(docgen: Docgen, folder: Path, level: str, text: str) -> list[dict[str, Any]]:
    """What is found with this text in the report of a town or an office whose figures are all 0."""
    report = json.loads((DATA / "county_2024.json").read_text(encoding="utf-8"))
    name = BELOW[level]
    figures = {
        table: {row: dict.fromkeys(cells, 0) for row, cells in rows.items()}
        for table, rows in report["figures"].items()
    }
    report |= {"body": {"name": name, "level": level}, "figures": figures}
    report |= {"title": f"{name}2024年政府信息公开工作年度报告"}
    report["signature"]["name"] = name
    report["sections"]["overview"].append(text)
    run = docgen("check", write_json(folder / "a.json", report), "--json")
    return [f for f in run.lines[0]["findings"] if f["severity"] != "note"]


@pytest.mark.parametrize(("level", "text"), ABOVE)
def test_those_above(docgen: Docgen, folder: Path, level: str, text: str) -> None:
    assert [f["message"] for f in none(docgen, folder, level, text)] == []


@pytest.mark.parametrize(
    ("level", "text"),
    [
        ("township", "全镇共收到政府信息公开申请3件。"),
        ("township", "镇政府收到政府信息公开申请3件。"),
        ("township", "我镇作出行政处罚决定3件。"),
        ("department", "我局收到政府信息公开申请3件。"),
        ("department", "本机关收到政府信息公开申请3件。"),
        ("department", "全局作出行政处罚决定3件。"),
    ],
)
def test_ones_own(docgen: Docgen, folder: Path, level: str, text: str) -> None:
    assert [f["actual"] for f in none(docgen, folder, level, text)] == ["3件"]


@pytest.mark.parametrize(("text", "scope", "actual"), OWN_LEVEL)
def test_own_level(docgen: Docgen, folder: Path, text: str, scope: str, actual: str) -> None:
    (found,) = told(docgen, folder, text)
    assert (found["code"], found["severity"], found["actual"]) == ("E515", "warning", actual)
    assert f"“{scope}”是 {actual}" in found["message"]


@pytest.mark.parametrize(("text", "found"), WRONG)
def test_wrong(docgen: Docgen, folder: Path, text: str, found: list[str]) -> None:
    assert [f"{f['code']} {f['actual']}" for f in told(docgen, folder, text)] == found


@pytest.mark.parametrize("text", PLANS)
def test_last_years_plans(docgen: Docgen, folder: Path, text: str) -> None:
    found = told(docgen, folder, text, "problems")
    assert [(f["code"], f["actual"]) for f in found] == [("E605", "2024")]
