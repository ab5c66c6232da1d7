"""Whose a text is: another body's name where the report speaks of itself, and names that may stand.

A town, a bureau and a county, each with sentences as such reports have them.
"""

from pathlib import Path
from typing import Any

import pytest
from door import Docgen, write_json
from texts import findings, quiet

BODIES = {
    "town": ("乌苏市甘河子镇人民政府", "甘河子镇", "township"),
    "bureau": ("乌苏市教育局", "市教育局", "department"),
    "county": ("沭阳县人民政府", "沭阳县", "county"),
}

#: Whose report, what it says, and the other body named.
WRONG = [
    ("town", "2024年，白杨沟镇紧密结合实际开展工作。", "白杨沟镇"),
    ("town", "（一）主动公开情况。八十四户乡累计公布信息30条。", "八十四户乡"),
    ("town", "依托“乌苏市白杨沟镇”微信平台发布信息。", "乌苏市白杨沟镇"),
    ("town", "成立白杨沟镇政务公开工作专班。", "白杨沟镇"),
    ("town", "修订《白杨沟镇信息公开指南》。", "白杨沟镇"),
    ("town", "如有疑问，请与白杨沟镇人民政府联系。", "白杨沟镇人民政府"),
    ("town", "结合白杨沟镇工作实际，细化任务。", "白杨沟镇"),
    ("town", "2024年，虹桥街道在官方网站开设专栏。", "虹桥街道"),
    ("bureau", "2024年，宁阳县审计局按照要求开展工作。", "宁阳县审计局"),
    ("bureau", "对照考核指标，宁阳县审计局不断改进政府信息公开栏目。", "宁阳县审计局"),
    ("bureau", "以“宁阳县审计局”名义制发的文件全部公开。", "宁阳县审计局"),
    ("bureau", "请联系宁阳县审计局（电话：0992-8723456）。", "宁阳县审计局"),
    ("county", "2024年，泗阳县始终把公开作为重点。", "泗阳县"),
    ("county", "登录泗阳县人民政府网站查阅。", "泗阳县人民政府"),
]
#: What each may say of itself and of others.
TOWN = [
    "各村（社区）在镇党委领导下开展工作，全镇上下齐心。",
    "2024年，乡镇政务公开标准化建设取得成效。",
    "市政务公开办在全市通报，县级部门和乡镇街道认真整改。",
    "与相邻的白杨沟镇联系紧密，共同推进。",
    "赴八十四户乡开展调研。",
    "由镇党政办牵头，镇纪委监督。",
    "在街道办事处一楼设置公开栏，街道政务公开专区已投入使用。",
    "本街道严格落实制度，街道办主任为第一责任人。",
    "通过乌苏市人民政府网站、塔城地区政务网发布。",
    "通过“乌苏发布”微信公众号、“乌苏零距离”平台发布。",
    "通过镇微信公众号、村务公开栏发布。",
    "美丽乡镇建设、特色小镇建设有序推进，城镇化率提升。",
    "成立镇政务公开领导小组，制定镇信息公开制度。",
    "将乡镇信息公开工作纳入考核。",
    "对接市融媒体中心，报送稿件。",
    "向乌苏市人民政府办公室报送信息。",
    "根据乌苏市2024年政府信息公开工作要点，逐项落实。",
    "按照《乌苏市人民政府办公室关于做好2024年度政府信息公开工作年度报告编制的通知》要求编制。",
    "一是镇政府网站更新不及时，二是部分村公开栏未及时更新。",
    "依托“三务公开”平台公开。",
    "我镇通过乡村大喇叭、镇村微信群发布。",
    "2024年镇主要领导主持召开专题会议3次。",
    "截至2024年镇域内公开栏全部更新。",
    "2024年度镇政府信息公开申请为零。",
    "经镇人民政府研究，成立领导小组。",
    "在乌苏市政务服务和公共资源交易中心的指导下开展工作。",
    "现将我镇2024年政府信息公开情况报告如下。",
    "公开乡镇机构职能，依法公开乡村振兴信息。",
    "充分利用镇便民服务中心、村级便民服务站公开。",
    "2024年，全市各乡镇严格落实要求。",
    "指导村镇公开栏建设，推动集镇公开。",
    "如有疑问，请与镇党政办联系（电话：0992-8723456）。",
    "请联系乌苏市甘河子镇人民政府办公室。",
    "报告电子版可在中国乌苏网下载。",
    "到市级部门学习，向先进乡镇看齐。",
    "2024年，镇街道路改造项目信息全部公开。",
    "依托新乡镇平台，返乡创业政策及时公开。",
    "公示下乡知识青年补助，组织送文化下乡活动信息公开。",
    "2024年度家乡建设资金公开。",
    "以家乡文化为主题的政务公开。",
    "通过镇、村两级公开栏公开。",
]
BUREAU = [
    "2024年，市委编办、市司法局对我局开展检查。",
    "市大数据局建设的政府信息公开平台运行平稳。",
    "按照市政府办公室要求，市教育局政务公开工作由办公室负责。",
    "联合市公安局、市卫生健康局发布信息。",
    "通过“乌苏公安”“平安乌苏”公众号发布。",
    "向市档案局、市图书馆移交政府公报。",
    "由局办公室统筹，局属各单位配合。",
    "2024年，局党组高度重视政务公开工作。",
    "全局上下严格落实，局机关各科室认真整改。",
    "依托乌苏市人民政府门户网站公开。",
    "省教育厅、地区教育局、市教育局三级联动。",
    "2024年，自治区教育厅组织培训，我局积极参加。",
    "根据自治区教育厅2024年政务公开要点。",
    "制定《乌苏市教育局政府信息公开制度》。",
    "2024年，市教育系统深入推进校务公开。",
    "请与乌苏市教育局办公室联系。",
    "接受市纪委监委派驻纪检监察组监督。",
    "公开栏设在市政务服务中心。",
    "2024年收到市民服务热线转办件，市教育局及时答复。",
    "2024年，市委网信办通报的问题已整改。",
    "2024年市人民政府办公室下发通知。",
    "2024年，乌苏市委、市政府高度重视教育。",
    "现将市教育局2024年政府信息公开工作情况报告如下。",
]
COUNTY = [
    "2024年，胡集镇、马厂镇严格落实要求，各乡镇街道积极推进。",
    "县政府办公室牵头，县教育局、县民政局及时公开。",
    "通过江苏省人民政府网站、宿迁市人民政府网站公开。",
    "2024年，省、市政府高度重视。",
    "2024年，全县各部门主动公开信息。",
    "沭阳县人民政府办公室主动公开文件。",
    "“沭阳发布”微信公众号发布信息。",
    "2024年，宿迁市政务公开办组织培训。",
    "县司法局依法办理行政复议。",
    "在市委、市政府领导下，沭阳县紧扣中心工作。",
    "与泗阳县、泗洪县交流学习。",
    "2024年，县委县政府深入推进政务公开。",
    "公开县域经济、城区改造信息，经济开发区、高新区网站同步更新。",
    "通过县开发区门户网站公开。",
    "由县政务公开办组织实施。",
    "2024年，县信访局收到来信。",
    "本县2024年政府信息公开申请下降。",
    "请与沭阳县人民政府办公室联系。",
    "2024年县人民政府收到申请10件。",
    "县级以上人民政府网站均已改版。",
]
SOUND = [
    *(("town", text) for text in TOWN),
    *(("bureau", text) for text in BUREAU),
    *(("county", text) for text in COUNTY),
]


def told(
    docgen: Docgen, folder: Path, reference: dict[str, Any], kind: str, text: str, section: str
) -> list[tuple[str, str]]:
    """What is said of names in the report of such a body that says this."""
    name, short, level = BODIES[kind]
    report = quiet(reference)
    report["sections"]["overview"] = ["（一）主动公开和依申请公开情况。依法公开。"]
    report["sections"]["problems"] = ["一是公开的内容不够深入。"]
    report["preface"] = ["现将情况报告如下："]
    report["title"] = f"{short}2024年政府信息公开工作年度报告"
    report["body"] = {"name": name, "short_name": short, "level": level}
    report["signature"]["name"] = name
    paragraphs = report["preface"] if section == "preface" else report["sections"][section]
    paragraphs.insert(0, text)
    found = findings(docgen, folder, report)
    return [(f["code"], f["actual"]) for f in found if f["code"] in ("E833", "E834", "E836")]


@pytest.mark.parametrize(("kind", "text", "name"), WRONG)
def test_another_body(
    docgen: Docgen, folder: Path, reference: dict[str, Any], kind: str, text: str, name: str
) -> None:
    """In the text a warning, in the preface an error."""
    for section, code in (("overview", "E834"), ("preface", "E836")):
        ((said, actual),) = told(docgen, folder, reference, kind, text, section)
        assert (said, actual) in ((code, name), ("E833", name))


@pytest.mark.parametrize(("kind", "text"), SOUND)
def test_names_that_may_stand(
    docgen: Docgen, folder: Path, reference: dict[str, Any], kind: str, text: str
) -> None:
    assert told(docgen, folder, reference, kind, text, "overview") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("信息均登载于沭阳县人民政府网站。", ["沭阳县"]),
        ("依托应城市人民政府门户网站公开。", ["应城市"]),
        ("信息均登载于乌苏市人民政府网站和塔城地区行政公署网站。", []),
        ("落实新疆维吾尔自治区人民政府门户网站的要求。", []),
        ("赴沭阳县人民政府学习政务公开的经验。", []),
        ("不服的，可以向塔城地区行政公署申请行政复议。", []),
    ],
)
def test_places(
    docgen: Docgen, folder: Path, reference: dict[str, Any], text: str, found: list[str]
) -> None:
    """A county's or a city's government is the body's own, above it, or met in an exchange."""
    said = told(docgen, folder, reference, "town", text, "overview")
    assert [name for _, name in said] == found


def test_the_list_and_the_folder(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """Other towns on a list, or with an input in the same folder, need not be typed in."""
    report = quiet(reference)
    report["sections"]["overview"].append("服务点设在白杨沟镇附近，与古尔图镇相邻。")
    write_json(folder / "甘河子镇2024年.json", report)
    name = "甘河子镇2024年.json"
    assert docgen("check", name, "--json").codes == []
    (folder / "list.csv").write_text("机关名称\n乌苏市白杨沟镇人民政府\n", encoding="utf-8")
    listed = docgen("check", name, "--json", "--roster", "list.csv").lines[0]
    assert [f["actual"] for f in listed["findings"]] == ["白杨沟镇"]
    write_json(folder / "古尔图镇2024年.json", report)
    beside = docgen("check", name, "--json").lines[0]
    assert [(f["code"], f["actual"]) for f in beside["findings"]] == [("E833", "古尔图镇")]
