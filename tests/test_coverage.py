"""What could not be judged is named with why; what could is counted as looked for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from door import Docgen, write_json
from texts import of_level, of_year, quiet
from years import pair

Edit = Callable[[dict[str, Any]], Any]

LEVELS = "没有填上报期限，规定里也没有这一层级的"
OTHER_LEVEL = "不适用于这一层级的机关"
NO_TEXT = "没有正文"


def no_text(report: dict[str, Any]) -> None:
    report["sections"], report["preface"] = {}, []


def put(**facts: object) -> Edit:
    return lambda report: report.update(facts)


def level(name: str | None) -> Edit:
    return lambda report: of_level(report, name)


#: A code, how the quiet report is changed, and why the rule could not run; blank where it ran.
NEEDS: list[tuple[str, Edit, str]] = [
    ("E201", put(), ""),
    ("E201", put(year=None), "没有年度"),
    ("E202", put(), ""),
    ("E202", put(year=None), "没有年度"),
    ("E202", lambda r: r["signature"].update(date=None), "没有成文日期"),
    ("E606", put(), LEVELS),
    ("E606", put(deadline="2月20日"), ""),
    ("E606", level("county"), ""),
    ("E606", lambda r: r["signature"].update(date=None), "没有成文日期"),
    ("E601", put(), ""),
    ("E601", lambda r: (r.update(title=None), r["body"].update(name=None)), "没有标题"),
    ("E601", put(year=None, title="甲"), "没有年度"),
    ("E604", put(), ""),
    ("E604", no_text, NO_TEXT),
    ("E604", put(year=None), "没有年度"),
    ("E831", put(), ""),
    ("E831", no_text, NO_TEXT),
    ("E841", put(), ""),
    ("E841", no_text, NO_TEXT),
    ("E833", put(), "没有填相邻机关，只核对了名单、同一文件夹和县以上的地名"),
    ("E833", put(neighbours=["古尔图镇"]), ""),
    ("E102", put(), ""),
    ("E804", put(), ""),
    ("E804", lambda r: r["sections"].pop("problems"), "“五、存在的主要问题及改进情况”没有正文"),
    ("E801", put(), ""),
    ("E801", lambda r: r["sections"].pop("overview"), "“一、总体情况”没有正文"),
    ("E801", no_text, NO_TEXT),
    ("E803", put(), ""),
    ("E803", level("department"), "部门的年报不用写"),
    ("E803", level(None), "没有机关层级"),
    ("E851", put(), ""),
    ("E851", level("department"), OTHER_LEVEL),
    ("E851", level(None), "没有机关层级"),
    ("E852", put(), OTHER_LEVEL),
    ("E852", level("department"), ""),
    ("E301", put(), ""),
    ("E305", put(), "这种表式没有这样的合计"),
    ("E511", put(), ""),
    ("E511", no_text, NO_TEXT),
    ("E516", put(), "没有与上年的报告核对"),
    ("R301", put(), ""),
    ("E901", put(), "没有豁免"),
]  # fmt: skip


def why(docgen: Docgen, *words: object) -> dict[str, str]:
    """The rules that could not run, and why; each other one is among those that ran."""
    (line,) = docgen("check", *words, "--json").lines
    reasons = {one["code"]: one["why"] for one in line["rules_not_run"]}
    assert not {*reasons} & {*line["rules_ran"]}
    return reasons | dict.fromkeys(line["rules_ran"], "")


@pytest.mark.parametrize(("code", "edit", "reason"), NEEDS)
def test_what_a_rule_needs(
    docgen: Docgen, reference: dict[str, Any], code: str, edit: Edit, reason: str
) -> None:
    report = quiet(reference)
    edit(report)
    assert why(docgen, write_json_here("a.json", report))[code] == reason


def write_json_here(name: str, report: dict[str, Any]) -> str:
    """Write an input into the folder that the test works in."""
    return write_json(Path(name), report).name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("2024.json", ""),
        ("1999年.json", ""),
        ("a.json", "文件名里没有年份"),
        ("2124.json", "文件名里没有年份"),
        ("20ab.json", "文件名里没有年份"),
    ],
)
def test_a_file_named_after_a_year(
    docgen: Docgen, reference: dict[str, Any], name: str, reason: str
) -> None:
    assert why(docgen, write_json_here(name, quiet(reference)))["E608"] == reason


def unlike(_: dict[str, Any], last: dict[str, Any]) -> None:
    last["year"] = 2022


def unread(report: dict[str, Any], last: dict[str, Any]) -> None:
    report["figures"]["requests"]["granted"]["natural"] = None
    last["figures"]["requests"]["granted"] |= {"natural": None, "legal": None}


def unspoken(_: dict[str, Any], last: dict[str, Any]) -> None:
    no_text(last)


def trial(report: dict[str, Any], last: dict[str, Any]) -> None:
    for one, year in ((report, 2021), (last, 2020)):
        one |= of_year(one, year)
    last["form"] = "disclosure-2019"


@pytest.mark.parametrize(
    ("edit", "reasons"),
    [
        (lambda *_: None, {"E702": "", "E711": "", "E712": "", "E713": "", "E715": "", "E517": ""}),
        (unlike, dict.fromkeys(("E702", "E711", "E712", "E713", "E715"), "给的不是上一年的报告")),
        (unread, {"E702": "", "E715": ""}
         | dict.fromkeys(("E711", "E712", "E713"), "本年缺 1 个数，上年缺 2 个数")),
        (unspoken, {"E702": "", "E711": "", "E715": "上年没有正文", "E716": "上年没有正文"}),
        (trial, {"E702": "", "E712": "两年的表式不同，这个数的口径不同"}),
    ],
)  # fmt: skip
def test_what_last_year_is_needed_for(
    docgen: Docgen, reference: dict[str, Any], edit: Any, reasons: dict[str, str]
) -> None:
    report, last = pair(reference)
    edit(report, last)
    paths = [write_json_here(f"{name}.json", one) for name, one in (("a", report), ("b", last))]
    found = why(docgen, paths[0], "--previous", paths[1])
    assert {code: found[code] for code in reasons} == reasons
