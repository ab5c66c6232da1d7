"""Last year: what is carried over, what jumped, what was copied; and when nothing is judged."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from door import Docgen, write_json
from forms import FORMS
from published import report as published
from years import codes, pair

from docgen.read import read_report


def test_suqian(judge: Any) -> None:
    """宿迁 2023 → 2024: 11 + 2 − 1 = 12, 597 + 50 − 227 = 420, and 121 carried over."""
    found = judge(published("suqian_2024"), published("suqian_2023"))
    assert [c for c in codes(found) if c < "E713"] == []


@pytest.mark.parametrize(
    ("address", "code", "expected"),
    [
        ("requests.carried_in.natural", "E711", "119"),
        ("disclosure.normative.in_force", "E712", "420"),
        ("disclosure.regulations.in_force", "E712", "12"),
    ],
)
def test_a_break_is_found_at_its_cell(judge: Any, address: str, code: str, expected: str) -> None:
    report, last = published("suqian_2024"), published("suqian_2023")
    table, row, column = address.split(".")
    right = report["figures"][table][row][column]
    report["figures"][table][row][column] = str(int(right) + 2)
    found = [f for f in judge(report, last) if f["code"] == code]
    assert [s["address"] for f in found for s in f["suspects"]] == [address]
    assert found[0]["expected"] == right
    assert (expected == right) or address.startswith("requests")
    files = {(place["file"], place["address"]) for place in found[0]["places"]}
    assert ("a.json", address) in files
    assert any(file == "last.json" for file, _ in files)


def test_all_columns_are_one_finding(judge: Any, reference: dict[str, Any]) -> None:
    report, last = pair(reference)
    for column, value in (("natural", 3), ("commercial", 1), ("total", 4)):
        for row in ("received", "carried_out"):
            last["figures"]["requests"][row][column] = value
    (found,) = [f for f in judge(report, last) if f["severity"] == "error"]
    assert found["code"] == "E711"
    assert [(s["actual"], s["expected"]) for s in found["suspects"]] == [
        ("0", "3"),
        ("0", "1"),
        ("0", "4"),
    ]
    assert "自然人应为 3，现为 0" in found["message"]


def test_across_editions(judge: Any) -> None:
    """What is carried over means the same in 2020; what is in force is counted otherwise."""
    report = published("suqian_2024") | {"year": 2021}
    report["signature"]["date"] = "2022-01-20"
    last = published("suqian_2023")
    form = FORMS["disclosure-2019"]
    figures: dict[str, Any] = {}
    for address in form.figures:
        table, row, column = address.split(".")
        given = last["figures"].get(table, {}).get(row, {}).get(column, 0)
        figures.setdefault(table, {}).setdefault(row, {})[column] = given
    figures["requests"]["closed_other"] = {
        column: sum(
            int(last["figures"]["requests"][row][column])
            for row in ("closed_uncorrected", "closed_unpaid", "closed_other")
        )
        for column in figures["requests"]["closed_other"]
    }
    last |= {"year": 2020, "form": form.key, "figures": figures}
    last["signature"]["date"] = "2021-01-20"
    assert [c for c in codes(judge(report, last)) if c < "E713"] == []
    report["figures"]["requests"]["carried_in"]["natural"] = "0"
    assert "E711" in codes(judge(report, last))


def test_jumps_and_zeros(judge: Any, reference: dict[str, Any]) -> None:
    """More than 5 times and more than 20 apart, either way; each kind is one note."""
    report, last = pair(reference)
    for row, before, now in (
        ("licensing", 4, 25),  # 21 apart, 6.25 times
        ("penalty", 100, 5),
        ("coercion", 21, 0),
    ):
        last["figures"]["disclosure"][row]["decided"] = before
        report["figures"]["disclosure"][row]["decided"] = now
    found = {f["code"]: f for f in judge(report, last)}
    assert [p["address"] for p in found["E713"]["places"]] == [
        "disclosure.licensing.decided",
        "disclosure.penalty.decided",
    ]
    assert "行政许可·本年处理决定数量”4→25" in found["E713"]["message"]
    assert [p["address"] for p in found["E714"]["places"]] == ["disclosure.coercion.decided"]
    for row, before, now in (("licensing", 5, 25), ("penalty", 30, 6), ("coercion", 20, 0)):
        last["figures"]["disclosure"][row]["decided"] = before
        report["figures"]["disclosure"][row]["decided"] = now
    assert codes(judge(report, last)) == []


def test_half_of_the_text_kept(judge: Any, reference: dict[str, Any]) -> None:
    """Digits do not count: a text with other years and figures is the same text."""
    report, last = pair(reference)
    for tree, year in ((report, "2024"), (last, "2023")):
        tree["sections"]["problems"] = [
            f"{year}年公开不够及时，准备加强督促。同一句话在这里。还是同一句话。",
            "再来同一句话，还有许多。",
        ]
    last["sections"]["other"] = ["那时依法收取信息处理费，与今年无关。"]
    assert codes(judge(report, last)) == []  # 4 of 10 and more
    last["sections"]["overview"] = report["sections"]["overview"][:]
    found = {f["code"]: f for f in judge(report, last)}
    assert "E715" in found
    assert "超过 50 %" in found["E715"]["message"]


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("较2022年有了明显提高。", "2022年"),
        ("举办业务培训班，参训人员共320人次。", "320人次"),
        ("群众满意度达到98.5%。", "98.5%"),
        ("根据2019年修订的《中华人民共和国政府信息公开条例》办理。", ""),
        ("依据国办函〔2020〕109号文件和第二十条的规定办理。", ""),
        ("自2008年以来坚持公开。", ""),
        ("全年开展培训2次。", ""),
    ],
)
def test_kept_to_the_letter(
    judge: Any, reference: dict[str, Any], sentence: str, what: str
) -> None:
    """A sentence that still carries last year's year or figure is named with its place."""
    report, last = pair(reference)
    for tree in (report, last):
        tree["sections"]["overview"].append(sentence)
    found = [f for f in judge(report, last) if f["code"].startswith("E71")]
    assert [f["actual"] for f in found] == ([what] if what else [])
    if what:
        assert found[0]["code"] == "E716"
        assert found[0]["places"][0]["address"] == "sections.overview.4"
        assert sentence[:8] in found[0]["message"]


def test_last_years_name(judge: Any, reference: dict[str, Any]) -> None:
    """A body that was renamed: its old name in a sentence that was kept."""
    report, last = pair(reference)
    last["body"]["short_name"] = "甘河乡"
    for tree in (report, last):
        tree["sections"]["overview"].append("甘河乡高度重视政务公开工作。")
    found = [(f["code"], f["actual"]) for f in judge(report, last) if f["code"] != "E834"]
    assert found == [("E716", "甘河乡")]


def test_not_last_year(judge: Any, reference: dict[str, Any]) -> None:
    report, last = pair(reference)
    assert codes(judge(report, last | {"year": 2022})) == ["E701"]


def test_another_body(judge: Any, reference: dict[str, Any]) -> None:
    """A given report of a body of another name is judged, and it is said."""
    report, last = pair(reference)
    last["body"] = {"name": "乌苏市白杨沟镇人民政府", "level": "township"}
    assert codes(judge(report, last)) == ["E702"]


def test_a_faulty_last_year(judge: Any, reference: dict[str, Any]) -> None:
    """Judged on what could be read, and said once."""
    report, last = pair(reference)
    last["figures"]["requests"]["handled"]["total"] = 7
    last["figures"]["requests"]["carried_out"]["natural"] = "无"
    (found,) = judge(report, last)
    assert found["code"] == "E703"
    assert [p["address"] for p in found["places"]] == [
        "requests.carried_out.natural", "requests.received.total",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["2023.json", "2023.xlsx", "2023"])
def test_found_beside(docgen: Docgen, folder: Path, reference: dict[str, Any], kind: str) -> None:
    """The neighbouring year's input is found by its name, whatever its kind."""
    from busy import write_folder, write_xlsx

    report, last = pair(reference)
    last["figures"]["requests"]["received"] |= {"natural": 3, "total": 3}
    last["figures"]["requests"]["carried_out"] |= {"natural": 3, "total": 3}
    given = write_json(folder / "last.json", last)
    if kind == "2023.json":
        given.rename(folder / kind)
    else:
        write = write_xlsx if kind.endswith("xlsx") else write_folder
        write(read_report(given).report, folder / kind)
    assert docgen("check", write_json(folder / "2024.json", report), "--json").codes == ["E711"]
    assert docgen("check", write_json(folder / "b.json", report), "--json").codes == []


def test_a_neighbour_that_cannot_be_read(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """Found but broken: said once, nothing stopped. Given but broken: an input that stops."""
    report, last = pair(reference)
    path = write_json(folder / "2024.json", report)
    (folder / "2023.json").write_text("{", encoding="utf-8")
    run = docgen("check", path, "--json")
    assert (run.code, run.codes) == (0, ["E701"])
    run = docgen("check", path, "--previous", "2023.json", "--json")
    assert (run.code, run.codes) == (3, ["X309"])
    run = docgen("check", path, "--previous", "nowhere.json", "--json")
    assert (run.code, run.codes) == (3, ["X301"])
    said = run.lines[0]["findings"][0]["message"]
    assert said.startswith("上年的报告（--previous）：找不到“")
    last["body"] = {"name": "乌苏市白杨沟镇人民政府", "level": "township"}
    write_json(folder / "2023.json", last)
    assert docgen("check", path, "--json").codes == ["E701"]
    assert docgen("check", path, path, "--previous", "2023.json").code == 2


def test_the_record_names_last_year(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """The package says against which file the report was checked."""
    report, last = pair(reference)
    write_json(folder / "2023.json", last)
    assert docgen("render", write_json(folder / "2024.json", report)).code == 0
    record = json.loads((folder / "outputs" / "2024.package.json").read_text(encoding="utf-8"))
    assert [entry["name"] for entry in record["previous"]] == ["2023.json"]
    assert len(record["previous"][0]["sha256"]) == 64


def test_one_share_for_check_and_compare(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """`check --previous` and `compare` split and mask alike: they count the same sentences."""
    report, last = pair(reference)
    last["sections"] = copy.deepcopy(report["sections"])
    report["sections"]["problems"].append("一是有的栏目更新不够及时；二是解读的形式还很单一。")
    paths = [
        write_json(folder / name, tree) for name, tree in (("a.json", report), ("b.json", last))
    ]
    (found,) = [f for f in checked(docgen, *paths) if f["code"] == "E715"]
    detail = json.loads(docgen("compare", *paths, "--json").out)["detail"]
    assert found["actual"] == f"{100 * detail['kept_of_first']:.1f}".removesuffix(".0") + " %"
    assert 0.5 < detail["kept_of_first"] < 1


def checked(docgen: Docgen, report: Path, last: Path) -> list[dict[str, Any]]:
    """What is found in a report against last year's."""
    found: list[dict[str, Any]] = docgen("check", report, "--previous", last, "--json").lines[0][
        "findings"
    ]
    return found


@pytest.mark.parametrize(("kept", "codes"), [(49.9, ["E715"]), (50, []), (60, [])])
def test_the_limit_is_a_setting(
    docgen: Docgen, folder: Path, reference: dict[str, Any], kept: float, codes: list[str]
) -> None:
    """Two of four sentences kept: told of where less than half may be. Members of a list count."""
    report, last = pair(reference)
    report["preface"] = last["preface"] = []
    for tree, texts in (
        (
            report,
            [
                "一是甲镇组织干部逐条学习公开条例；二是甲镇公布了许多惠民政策。",
                "今年开了好几次专题会议研究。修订了主动公开的目录。",
            ],
        ),
        (
            last,
            [
                "二是乙镇公布了许多惠民政策。",
                "第一是乙镇组织干部逐条学习公开条例。",
                "去年只是转发过若干上级文件。",
            ],
        ),
    ):
        tree["sections"] = {"overview": texts}
    report["body"], last["body"] = ({"name": f"{x}镇人民政府", "level": "township"} for x in "甲乙")
    this, before = (
        write_json(folder / f"{x}.json", tree) for x, tree in (("a", report), ("b", last))
    )
    run = docgen("check", this, "--previous", before, "--kept", kept, "--json")
    assert [code for code in run.codes if code == "E715"] == codes


def test_a_person_in_a_kept_sentence(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """No number of a person stands in a message or a comparison, whole or in part."""
    report, last = pair(reference)
    for tree in (report, last):
        tree["sections"]["overview"].append(
            "联系人王某，身份证650102199003071234，手机13999123456，培训320人次。"
        )
    paths = [
        write_json(folder / name, tree) for name, tree in (("a.json", report), ("b.json", last))
    ]
    for words in (
        ("check", paths[0], "--previous", paths[1], "--json"),
        ("check", paths[0], "--previous", paths[1]),
        ("compare", *paths, "--json"),
        ("compare", *paths, "--html", "a.html"),
    ):
        run = docgen(*words)
        said = (
            run.out
            + run.err
            + "".join(p.read_text(encoding="utf-8") for p in folder.glob("*.html"))
        )
        assert "650*************34" in said or (words[0] == "check" and "--json" not in words)
        assert "0102199003" not in said
        assert "9991234" not in said


@pytest.mark.parametrize(
    ("year", "found"), [("2022年", []), ("2023年", ["E516"]), ("上年", ["E516"])]
)
def test_only_last_years_change_is_recomputed(
    docgen: Docgen, folder: Path, reference: dict[str, Any], year: str, found: list[str]
) -> None:
    """A change against an earlier year is not held against last year's figures."""
    report, last = pair(reference)
    report["sections"]["overview"].append(f"作出行政处罚决定5件，较{year}增长12%。")
    paths = [
        write_json(folder / name, tree) for name, tree in (("a.json", report), ("b.json", last))
    ]
    assert [f["code"] for f in checked(docgen, *paths) if f["code"] == "E516"] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全市新收政府信息公开申请3525件，较2023年的3511件有所增加。", []),
        ("全市新收政府信息公开申请3525件，较上年的3512件有所增加。", ["E517"]),
        ("全市新收政府信息公开申请3525件，较2022年的3512件有所增加。", []),
    ],
)
def test_last_years_number(judge: Any, text: str, found: list[str]) -> None:
    """A number said to be last year's is last year's; of an earlier year nothing is known."""
    report, last = published("suqian_2024"), published("suqian_2023")
    report["sections"] = dict(report["sections"]) | {"overview": [text]}
    told = [f for f in judge(report, last) if f["code"] == "E517"]
    assert [f["code"] for f in told] == found
    if told:
        assert (told[0]["actual"], told[0]["expected"]) == ("3512件", "3511")
