"""Time: the report's own year everywhere, other years where the sentence speaks of them."""

from pathlib import Path
from typing import Any

import pytest
from door import Docgen, write_json
from texts import codes, findings, of_level, of_year, quiet, with_text

STRAY = [
    ("overview", "2023年，我镇主动公开政府信息120条。", "E604", "2023"),
    ("overview", "２０２３年度，我镇主动公开工作扎实推进。", "E604", "2023"),
    ("overview", "二零二三年，我镇深入推进政务公开。", "E604", "2023"),
    ("overview", "截至2023年12月31日，各项任务全部完成。", "E604", "2023"),
    ("overview", "2022年甘河子镇未发生行政复议。", "E604", "2022"),
    ("overview", "2025年，我镇主动公开工作扎实推进。", "E604", "2025"),
    ("overview", "截至2025年12月31日，各项任务全部完成。", "E604", "2025"),
    ("overview", "较2025年有所提高。", "E604", "2025"),
    ("overview", "2023年1月至12月，我镇公开信息及时。", "E603", None),
    ("preface", "统计期限自2023年1月至12月。", "E603", "2023年1月至12月"),
    ("preface", "统计期限：2023.1.1-2023.12.31。", "E603", "2023.1.1-2023.12.31"),
    ("preface", "统计期限：2024.1.1-2024.12.31。", "", None),
    ("preface", "统计期限自2024年1月至11月。", "E603", None),
    ("overview", "2024年3月至5月，我镇开展了业务培训。", "", None),
    ("problems", "2026年，甘河子镇将加强宣传教育。", "E604", "2026"),
    ("other", "2023年度未收取信息处理费。", "E604", "2023"),
    ("preface", "现将2023年政府信息公开工作情况报告如下：", "E602", "2023"),
    ("preface", "现公布甘河子镇2023年政府信息公开工作年度报告。", "E602", "2023"),
    (
        "preface",
        "按照《关于做好2023年度政府信息公开工作年度报告编制工作的通知》要求编制。",
        "E604",
        "2023",
    ),
    ("preface", "统计期限为2023年1月1日至12月31日。", "E603", "2023年1月1日至12月31日"),
    ("preface", "统计期限自2024年1月1日起至2025年12月31日止。", "E603", None),
    ("preface", "所列数据的期限为2024年1月1日至2024年11月30日。", "E603", None),
    ("overview", "2023年1月1日至12月31日，我镇及时公开各类信息。", "E603", None),
    ("problems", "2024年，我镇将进一步加强宣传教育。", "E605", "2024"),
    ("problems", "2024年，甘河子镇将严格按照要求，继续推进工作。", "E605", "2024"),
    ("problems", "下一步，2023年我镇将从三个方面着手。", "E605", "2023"),
    ("problems", "在2024年的工作中有所加强，今后在2024年加大力度。", "E605", "2024"),
    ("problems", "2024年底，我镇拟对公开目录进行修订。", "", None),
    ("overview", "举办业务培训的次数较2024年增长12%。", "E609", "2024"),
    ("overview", "与2024年相比，公开的质量有所提高。", "E609", "2024"),
    ("overview", "比2024年度同期多办两场培训。", "E609", "2024"),
    ("overview", "举办业务培训的次数较2022年增长12%。", "", None),
    ("overview", "栏目比2024年初增加3个。", "", None),
    ("overview", "与2024年工作要点逐项对照，全部完成。", "", None),
    ("problems", "2025年，公开的质量力争较2024年再提高。", "", None),
    ("problems", "今后将加大力度，较2024年再提高一步。", "", None),
    # a sound stretch or comparison hides nothing behind it
    ("overview", "较2022年有所提高，较2024年有所下降。", "E609", "2024"),
    ("overview", "2024年1月1日至12月31日如此，2023年1月1日至12月31日亦然。", "E603", None),
    ("overview", "2024年3月1日至3月31日办展，2023年1月1日至12月31日亦然。", "E603", None),
    # laws and reports of other years in the preface
    ("preface", "2023年修订的条例已经施行。", "E602", "2023"),
    ("preface", "2022年修订的条例已经施行。", "", None),
    ("preface", "较2022年有所提高。", "", None),
    ("preface", "依据2022年4月3日公布的办法。", "", None),
    ("preface", "依据《2022年度要点》编制。", "", None),
    ("preface", "现公布《2022年度报告》如下。", "", None),
    # years to come: plans, and how far they reach
    ("overview", "2022年2月，我镇开展新修订制度。", "E604", "2022"),
    ("overview", "2023年修订制度，2024年实施。", "", None),
    ("overview", "2025年将推进目录建设。", "", None),
    ("overview", "2026年将推进目录建设。", "E604", "2026"),
    ("overview", "2039年底完成改造。", "", None),
    ("overview", "2040年底完成改造。", "E604", "2040"),
    ("overview", "2039年完成改造。", "E604", "2039"),
    ("overview", "对2039年工作作出安排。", "", None),
    ("overview", "对2040年工作作出安排。", "E604", "2040"),
    ("overview", "推进情况较2026年有所提高。", "E604", "2026"),
    ("overview", "有关申请转至2025年3月继续办理。", "", None),
    ("overview", "有关申请转至2025年10月办结。", "", None),
    # what stands within 80 characters after a year, 120 before it
    ("overview", f"2025年{'甲' * 79}将推进。", "", None),
    ("overview", f"2025年{'甲' * 80}将推进。", "E604", "2025"),
    ("overview", f"将{'甲' * 119}2025年。", "", None),
    ("overview", f"将{'甲' * 120}2025年。", "E604", "2025"),
]


@pytest.mark.parametrize(("section", "text", "code", "actual"), STRAY)
def test_another_year(
    docgen: Docgen,
    folder: Path,
    reference: dict[str, Any],
    section: str,
    text: str,
    code: str,
    actual: str | None,
) -> None:
    """The sentence is quoted and its paragraph named."""
    found = findings(docgen, folder, with_text(reference, text, section=section))
    if not code:
        assert found == []
        return
    (finding,) = found
    assert finding["code"] == code
    assert actual is None or finding["actual"] == actual
    said = text[:6] if len(text) < 41 else f"{actual}年"
    assert said.translate(str.maketrans("０２３", "023")) in finding["message"]
    (place,) = finding["places"]
    number = {"preface": 1, "overview": 4, "problems": 4, "other": 1}[section]
    prefix = section if section == "preface" else f"sections.{section}"
    assert place["address"] == f"{prefix}.{number}"
    assert finding["cure"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("甘河子镇2023年政府信息公开工作年度报告", ["E601"]),
        ("甘河子镇政府信息公开工作2025年度报告", ["E601"]),
        ("甘河子镇2024年政府信息公开工作年度报告", []),
        ("甘河子镇政府信息公开工作年度报告", ["E601"]),
    ],
)
def test_the_title(
    docgen: Docgen, folder: Path, reference: dict[str, Any], title: str, found: list[str]
) -> None:
    assert codes(docgen, folder, quiet(reference) | {"title": title}) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2024.json", []),
        ("2024年报.json", []),
        ("甘河子2023.json", ["E608"]),
        ("2023年报2024.json", []),
        ("甘河子镇.json", []),
        ("20240120.json", []),
        ("2023.json", ["E608"]),
        ("2023甘河子.json", ["E608"]),
    ],
)
def test_the_file_name(
    docgen: Docgen, folder: Path, reference: dict[str, Any], name: str, found: list[str]
) -> None:
    """A name with a year in it has the report's."""
    run = docgen("check", write_json(folder / name, quiet(reference)), "--json")
    assert run.codes == found


def test_the_folder_name(docgen: Docgen, csv_folder: Path) -> None:
    csv_folder.rename("2023")
    assert "E608" in docgen("check", "2023", "--json").codes


@pytest.mark.parametrize(
    ("level", "date", "deadline", "found"),
    [
        ("department", "2025-01-31", None, []),
        ("department", "2025-02-01", None, ["E606"]),
        ("county", "2025-03-31", None, []),
        ("county", "2025-04-01", None, ["E606"]),
        ("township", "2025-12-01", None, []),
        ("township", "2025-02-21", "2月20日", ["E606"]),
        ("township", "2025-02-20", "2月20日", []),
        ("township", "2025-02-21", "2025-02-20", ["E606"]),
        ("department", "2025-02-10", "2025年2月20日", []),
        ("department", "2026-01-20", None, ["E607"]),
        ("township", "2026-01-20", None, ["E607"]),
        ("township", "2025-01-20", "2月30日", ["R106"]),
        ("township", "2025-01-20", "月底", ["R106"]),
    ],
)
def test_in_time(
    docgen: Docgen,
    folder: Path,
    reference: dict[str, Any],
    level: str,
    date: str,
    deadline: str | None,
    found: list[str],
) -> None:
    """By the deadline of the level or the body's own; townships have none of their own."""
    report = quiet(reference)
    of_level(report, level)
    report["signature"]["date"] = date
    if deadline:
        report["deadline"] = deadline
    assert codes(docgen, folder, report) == found


def test_what_is_likely_meant(docgen: Docgen, folder: Path, reference: dict[str, Any]) -> None:
    """The first wrong year of a title; the day of a late date in the year after the report's."""
    title = "甘河子镇2022年、2023年政府信息公开工作年度报告"
    (finding,) = [
        f
        for f in findings(docgen, folder, quiet(reference) | {"title": title})
        if f["code"] == "E601"
    ]
    assert (finding["actual"], finding["expected"]) == ("2022", "2024")
    report = quiet(reference)
    report["signature"]["date"] = "2026-01-20"
    (finding,) = findings(docgen, folder, report)
    assert (finding["code"], finding["expected"]) == ("E607", "2025年1月20日")


def test_carried_on_into_a_year_that_is_over(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    for year, found in (("2025", []), ("2024", ["E605"])):
        text = f"有关申请结转至{year}年继续办理。"
        assert codes(docgen, folder, with_text(reference, text)) == found


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    [
        ("overview", "2022年，我镇主动公开工作扎实推进。", ["2024"]),
        ("problems", "2024年，我镇将进一步加强宣传教育。", ["2025"]),
        ("overview", "举办业务培训的次数较2024年增长12%。", ["2023"]),
        ("overview", "2023年1月1日至12月31日，及时公开。", ["2024年1月1日至2024年12月31日"]),
        ("overview", "2023年公开。2022年公开，2021年公开。", ["2024", "2024"]),
        ("overview", "较2024年提高。与2024年相比提高。", ["2023", "2023"]),
    ],
)
def test_the_right_year(
    docgen: Docgen,
    folder: Path,
    reference: dict[str, Any],
    section: str,
    text: str,
    expected: list[str],
) -> None:
    """Once a sentence, with the year that is likely meant."""
    found = findings(docgen, folder, with_text(reference, text, section=section))
    assert [f["expected"] for f in found] == expected


@pytest.mark.parametrize(
    ("date", "level", "expected"),
    [("2025-02-01", "department", "2025年1月31日"), ("2025-04-01", "county", "2025年3月31日"),
     ("2028-02-29", "township", "2025年2月28日"), ("2024-02-28", "township", "2025年2月28日")],
)  # fmt: skip
def test_the_day_meant(
    docgen: Docgen, folder: Path, reference: dict[str, Any], date: str, level: str, expected: str
) -> None:
    report = quiet(reference)
    of_level(report, level)
    report["signature"]["date"] = date
    (finding,) = findings(docgen, folder, report)
    assert finding["expected"] == expected


@pytest.mark.parametrize(
    ("form", "year", "years"), [("disclosure-2021", 2020, "2021 年度起"),
                                ("disclosure-2019", 2018, "2019 至 2020 年度")]
)  # fmt: skip
def test_the_years_of_a_form(
    docgen: Docgen, folder: Path, reference: dict[str, Any], form: str, year: int, years: str
) -> None:
    report = of_year(quiet(reference), year) | {"form": form}
    (found,) = [f for f in findings(docgen, folder, report) if f["code"] == "E201"]
    assert f"（{years}）" in found["message"]
