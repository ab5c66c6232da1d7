"""One fact in the many wordings of clerks: each is read, what is sure is an error, the rest asks.

The county of test_county.py received 139 (146 with 7 carried over), handled 136, carried 10 out;
15 reviews, 11 suits. None of the sentences is from a published report.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from door import DATA, Docgen, write_json

COUNTY = "清河县人民政府"


def checked(
    docgen: Docgen, folder: Path, text: str, name: str = COUNTY, level: str = "county"
) -> dict[str, Any]:
    """What `check` says of the county's figures with these paragraphs, in this body's report."""
    report = json.loads((DATA / "county_2024.json").read_text(encoding="utf-8"))
    report |= {
        "body": {"name": name, "level": level},
        "title": f"{name}2024年政府信息公开工作年度报告",
    }
    report["signature"]["name"] = name
    report["sections"]["overview"] = text.split(" ‖ ")
    report["sections"]["problems"] = report["sections"]["other"] = ["没有其他事项。"]
    answer: dict[str, Any] = docgen("check", write_json(folder / "a.json", report), "--json").lines[
        0
    ]
    return answer


def told(answer: dict[str, Any]) -> list[str]:
    """The findings about figures of the text: code, what stands there, what should."""
    found = [f for f in answer["findings"] if f["code"].startswith("E5")]
    return [f"{f['code']} {f['actual']}→{f['expected']}" for f in found]


RECEIVED = [
    "2024年，全县共收到依申请公开件149件。",
    "2024年度共受理公民申请公开政府信息149件，其中线上申请100件、线下申请49件。",
    "本年度收到的政府信息公开申请为149件。",
    "我县共收到群众依申请公开信息149件，已全部按规定答复。",
    "全年依申请公开受理数149件。",
    "依申请公开办理情况：全年共接收申请149件，均已按时办结。",
    "2024年，我县共收到涉及征地、住房等方面的政府信息公开申请149件。",
    "全年受理政府信息公开申请149件（网上100件、信函49件）。",
    "149件政府信息公开申请已受理。",
    "全县受理群众提出的公开申请149件。",
]
NONE_RECEIVED = [
    "2024年，全县未接到任何单位和个人提出的政府信息公开申请。",
    "全年没有发生依申请公开政府信息的情况。",
    "我县没有接到要求公开政府信息的申请。",
    "2024年我县依申请公开0件。",
    "全年依申请公开政府信息数为零。",
    "2024年度收到政府信息公开申请零件。",
    "本年度内，无人向我县提出政府信息公开申请。",
    "全年无依申请公开件。",
    "依申请公开情况：无。",
    "2024年未有群众提出依申请公开。",
    "我县没有公民、法人和其他组织向我县申请公开政府信息。",
    "未收到书面形式和网络方式提出的政府信息公开申请。",
    "截至12月31日，我县没有收到任何政府信息公开的申请。",
]
NO_DISPUTE = [
    "我县无因政府信息公开被提起行政复议和行政诉讼案件。",
    "未出现因政府信息公开引起的行政复议、行政诉讼。",
    "全年因政府信息公开被申请行政复议0起、提起行政诉讼0起。",
    "行政复议、行政诉讼均未发生。",
    "2024年度，政府信息公开复议、诉讼数量均为零。",
    "收到针对我县政府信息公开的行政复议0件、行政诉讼0件。",
    "没有因政府信息公开引发的复议、诉讼和举报。",
    "本年度未发生行政复议。未发生行政诉讼。",
    "因政府信息公开引发的行政复议、行政诉讼分别为0件、0件。",
]


@pytest.mark.parametrize("text", RECEIVED)
def test_received(docgen: Docgen, folder: Path, text: str) -> None:
    assert told(checked(docgen, folder, text)) == ["E511 149件→139 或 146"]


@pytest.mark.parametrize("text", NONE_RECEIVED)
def test_none_received(docgen: Docgen, folder: Path, text: str) -> None:
    (one,) = told(checked(docgen, folder, text))
    assert one.startswith("E511 0")
    assert one.endswith("→139 或 146")


@pytest.mark.parametrize("text", NO_DISPUTE)
def test_no_dispute(docgen: Docgen, folder: Path, text: str) -> None:
    found = told(checked(docgen, folder, text))
    assert [one.rpartition("→")[2] for one in found] == ["15", "11"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # of which total a part is, in the sentence before
        ("全县新收政府信息公开申请139件。其中，自然人129件。", ["129件→123"]),
        ("办结政府信息公开申请149件，转下年办理9件。", ["149件→136", "9件→10"]),
        ("尚有9件政府信息公开申请未办结，结转下一年度。", ["9件→10"]),
        ("答复申请人政府信息公开申请149件。", ["149件→136"]),
        ("2024年处理完毕政府信息公开申请149件（含2023年结转的9件）。", ["149件→136", "9件→7"]),
        ("政府信息公开申请办理结果为：公开52件，部分公开18件，不公开18件。", ["18件→17"]),
        ("因政府信息公开引发的行政复议、行政诉讼分别为20件、30件。", ["20件→15", "30件→11"]),
        ("政府信息公开行政复议案件15件，其中被纠正3件，维持9件。", ["3件→2"]),
        ("规范性文件制发9件，废止4件，现行有效46件。", ["9件→8", "4件→3"]),
        ("办理行政许可20件，实施行政处罚20起、行政强制20次。",
         ["20件→12345", "20起→2310", "20次→87"]),
    ],
)  # fmt: skip
def test_other_facts(docgen: Docgen, folder: Path, text: str, expected: list[str]) -> None:
    found = told(checked(docgen, folder, text))
    assert found == [f"E511 {one}" for one in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the heading alone says of what: a question
        ("（二）依申请公开 ‖ 全年受理149件。", ["E518 149件→139 或 146"]),
        # another number of the sentence agrees: what it speaks of is confirmed
        ("（二）依申请公开 ‖ 全年受理139件，办结149件。", ["E511 149件→136"]),
        # a word that nobody knows
        ("收到蹊跷的政府信息公开申请149件。", ["E518 149件→139 或 146"]),
        # a rate that the table refutes, unless its numbers are told of already
        ("政府信息公开申请办结率100%。", ["E522 100%→97.8% 或 93.2%"]),
        ("收到政府信息公开申请139件，较上年增加28件，增长14.9%。", ["E516 14.9%→25.2%"]),
        ("收到政府信息公开申请139件，较上年的121件增加18件，增长15.8%。", ["E516 15.8%→14.9%"]),
        ("收到政府信息公开申请139件，较上年增加18件，增长14.9%。", []),
        ("收到政府信息公开申请139件，同比减少18件，下降11.5%。", []),
        ("政府信息公开申请办结率93.2%，按期办结率100%。", []),
        ("受理政府信息公开申请149件，办结率100%。", ["E511 149件→139 或 146"]),
        # from nothing
        ("来访3次，较上年的0次增长300%。", ["E521 300%→"]),
        ("来访3次，较上年的0次增加3次。", []),
        # totals
        ("公开82条，其中甲10条、乙15条、丙3条。", ["E519 82→28"]),
        ("公开82条，其中甲10条、乙15条、丙3条等。", []),
        ("公开82条，其中甲10条、乙15条。", []),
        ("公开26条，其中甲10条、乙15条、丙3条。", ["E513 26→28"]),
        ("公开28条。其中，甲10条（含丁4条、戊6条），乙15条，丙3条。", []),
        ("公开27条。在公开的内容中，甲10条，乙15条，丙3条。", ["E513 27→28"]),
        ("公开28条，其中：甲10条，含丁4条、戊7条；乙15条；丙3条。", []),
        ("公开28条（甲10条、乙15条）。", ["E513 28→25"]),
    ],
)
def test_how_sure(docgen: Docgen, folder: Path, text: str, expected: list[str]) -> None:
    answer = checked(docgen, folder, text)
    assert told(answer) == expected
    asking = {"E516", "E518", "E519", "E521", "E522"}
    severities = {f["code"]: f["severity"] for f in answer["findings"] if f["code"][:2] == "E5"}
    assert all(severities[code] == "warning" for code in asking & severities.keys())
    assert all(severities[code] == "error" for code in severities.keys() - asking)


#: Whose number it is, in whose report: an error, a question, or nothing to do with the table.
WHOSE = [
    ("县政府收到政府信息公开申请17件。", COUNTY, "county", "E515"),
    ("县政府（含县政府办公室）收到政府信息公开申请17件。", COUNTY, "county", "E515"),
    ("县政府本级受理依申请公开17件。", COUNTY, "county", "E515"),
    ("县政府收到17件政府信息公开申请。", COUNTY, "county", "E515"),
    ("县政府收到政府信息公开申请17件。", f"{COUNTY}办公室", "department", "E511"),
    ("县政府（含县政府办公室）收到政府信息公开申请17件。", f"{COUNTY}办公室", "department", "E511"),
    ("县政府办收到政府信息公开申请17件。", f"{COUNTY}办公室", "department", "E511"),
    ("全县收到政府信息公开申请17件。", f"{COUNTY}办公室", "department", ""),
    ("县教体局收到政府信息公开申请17件。", "清河县教育体育局", "department", "E511"),
    ("县卫健局收到政府信息公开申请17件。", "清河县教育体育局", "department", ""),
    ("柳河街办收到政府信息公开申请17件。", f"{COUNTY}柳河街道办事处", "township", "E511"),
    ("街道收到政府信息公开申请17件。", f"{COUNTY}柳河街道办事处", "township", "E511"),
    ("县政府收到政府信息公开申请17件。", f"{COUNTY}柳河街道办事处", "township", ""),
    ("全镇各村收到政府信息公开申请17件。", "清河县柳河镇人民政府", "township", ""),
]


@pytest.mark.parametrize(("text", "name", "level", "code"), WHOSE)
def test_whose(docgen: Docgen, folder: Path, text: str, name: str, level: str, code: str) -> None:
    found = told(checked(docgen, folder, text, name, level))
    assert [one[:4] for one in found] == ([code] if code else [])


#: Sound: of something else, or of a part.
SOUND = [
    "收到人大代表建议12件、政协提案8件，办结20件，满意率100%。",
    "热线转办工单356件，办结350件，办结率98.3%。",
    "收到申请139件，均为政府信息公开申请，通过邮政寄送答复书60份，网上答复79份。",
    "收到政府信息公开申请139件，较去年多12件。",
    "指导乡镇办理政府信息公开申请5件。",
    "开展行政执法案卷评查2次，评查行政处罚案卷20卷。",
    "印发政府信息公开申请办理规范1份，制作申请答复模板12个。",
    "开展规范性文件合法性审核5件，备案审查8件，发布规范性文件解读材料8篇。",
    "行政许可事项目录128项，行政处罚事项目录350项。",
    "办理行政处罚听证2次。",
    "没有因行政许可引发的投诉。",
    "没有对规范性文件提出异议的情况，未开展规范性文件清理工作。",
    "政府信息公开申请未设置收费，没有群众投诉。",
    "没有出现超期答复申请的情况，未因政府信息公开申请答复不当被纠正。",
    "无行政复议被纠正、行政诉讼败诉情况。",
    "全年发布信息120条，其中政府网站120条、微信公众号120条。",
    "从申请主体看，自然人申请129件，占92.8%；法人申请10件，占7.2%。",
    "申请量居前的是县自然资源局40件、县住建局31件，均为政府信息公开申请。",
    "2024年1月至6月收到申请60件，7月至12月收到申请79件，均为政府信息公开申请。",
    "全县共收到政府信息公开申请139件，其中县政府17件。",
    "收到政府信息公开申请139件，其中网上申请100件（自然人90件、法人10件），信函39件。",
    "收到政府信息公开申请139件，涉及3个方面：征地80件、拆迁30件、规划29件。",
    "全年公开信息100条，其中规范性文件3条，占全部文件的60%。",
    "发布信息100条，其中政务动态60条，公告40条，政策解读20篇，图解5个，累计浏览3000次。",
    "收到留言60条，其中咨询30条、投诉20条、建议10条，办结60条，办结率100%。",
    "公开信息105条，其中涉农信息20条，财政信息30条，民生信息30条，教育信息15条。",
    "设政务公开栏12个，其中县级1个、乡镇11个，村级120个。",
    "全县收到政府信息公开申请139件，上年度结转7件，其中：予以公开52件，结转下年度10件。",
    "收到公民申请123件、企业申请9件，均为政府信息公开申请。",
    "不予公开17件，其中涉及第三方合法权益3件、法律法规禁止公开2件，均为政府信息公开申请。",
    "收到依申请公开申请（含线上、线下）共计139件。",
    "三审三校信息100条，退回修改5条，其中错别字3条、格式2条。",
]


@pytest.mark.parametrize("text", SOUND)
def test_of_something_else(docgen: Docgen, folder: Path, text: str) -> None:
    assert told(checked(docgen, folder, text)) == []


def test_what_was_not_judged_is_listed(docgen: Docgen, folder: Path) -> None:
    """Silence is not to be read as checked: on the terminal, in JSON and on the page."""
    text = "收到政府信息公开申请139件，网上收到申请100件。公示行政处罚信息8条，绿化8条街道。"
    answer = checked(docgen, folder, text)
    assert [one["said"] for one in answer["figures_not_judged"]] == [
        "网上收到申请100件",
        "公示行政处罚信息8条",
    ]
    assert answer["figures_not_judged"][0]["place"]["cell"] == "sections.overview 第 1 段"
    run = docgen("check", "a.json", "--report", "a.html")
    assert "正文里有 2 个数认不准说的是表里哪一格，没有核对" in run.out + run.err
    page = (folder / "a.html").read_text(encoding="utf-8")
    assert "正文里没有核对的数（2 个）" in page
    assert "公示行政处罚信息8条" in page


def test_all_judged_is_not_told_of(docgen: Docgen, folder: Path) -> None:
    answer = checked(docgen, folder, "收到政府信息公开申请139件，办结136件。")
    assert answer["figures_not_judged"] == []
    run = docgen("check", "a.json")
    assert "没有核对" not in run.out + run.err
