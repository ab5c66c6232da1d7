"""Waivers: a warning or a named kind of error let through, for one value, never arithmetic."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from door import PROJECT, Docgen, plain, write_json
from forms import FORMS
from openpyxl import Workbook
from texts import of_level

from docgen.blank.to_csv import write_csv_sheets
from docgen.blank.to_xlsx import write_workbook
from docgen.read import read_report
from docgen.registry import every_rule

RULES = {rule.code: rule for rule in every_rule()}

BLANK = "“互联网+政务”平台XX个"
SENTENCE = f"全镇建成{BLANK}，服务群众。"


def waiver(**members: str) -> dict[str, str]:
    """A waiver of the sentence with a blank left in."""
    return {
        "code": "E831",
        "value": SENTENCE,
        "reason": "名称里本来就有这两个字母",
        "by": "李镇长",
        "date": "2025-01-18",
        **members,
    }


@pytest.fixture
def spoiled(reference: dict[str, Any]) -> dict[str, Any]:
    """The reference with a sentence that is taken for a blank left in (E831, an error)."""
    reference["sections"] = {key: plain(texts) for key, texts in reference["sections"].items()}
    reference["sections"]["overview"].append(SENTENCE)
    return reference


def found(run: Any, code: str) -> list[dict[str, Any]]:
    """The findings of this code."""
    return [f for line in run.lines for f in line["findings"] if f["code"] == code]


@pytest.mark.slow
def test_an_error_let_through_is_issued_and_listed_in_the_record_and_on_the_seal_form(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any]
) -> None:
    assert docgen("render", write_json(folder / "2024.json", spoiled)).code == 1
    spoiled["waivers"] = [waiver()]
    run = docgen("render", write_json(folder / "2024.json", spoiled))
    assert run.code == 0
    assert "错误（已豁免） E831" in run.err
    assert "  豁免  名称里本来就有这两个字母（李镇长，2025年1月18日）" in run.err
    assert "0 个错误" in run.err
    assert "1 个已豁免" in run.err
    record = json.loads((folder / "outputs/2024.package.json").read_text(encoding="utf-8"))
    [listed] = [finding for finding in record["findings"] if finding["code"] == "E831"]
    assert listed["waived"] == {
        "reason": "名称里本来就有这两个字母",
        "by": "李镇长",
        "date": "2025年1月18日",
    }
    assert docgen("seal-form", "outputs/2024.docx").code == 0
    from docx import Document

    cells = Document("outputs/2024.用印审批单.docx").tables[0]._cells
    text = "".join(cell.text for cell in cells)
    assert "已豁免：名称里本来就有这两个字母（李镇长，2025年1月18日）" in text


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_waivers_are_read_alike_from_every_kind_of_input(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any], kind: str
) -> None:
    spoiled["waivers"] = [waiver(), waiver(code="E842", place="sections.other.0", value="")]
    given = write_json(folder / "2024.json", spoiled)
    report = read_report(given).report
    form = FORMS[report.form]
    if kind == "csv":
        given = folder / "2024"
        given.mkdir()
        for name, data in write_csv_sheets(form, report).items():
            (given / name).write_bytes(data)
    if kind == "xlsx":
        given = folder / "2024.xlsx"
        given.write_bytes(write_workbook(form, report))
    assert read_report(given).report == report
    run = docgen("check", "--json", given)
    assert run.code == 0
    assert found(run, "E831")[0]["waived"]["by"] == "李镇长"
    [unused] = found(run, "E901")
    assert unused["places"][0]["cell"] == {"json": "waivers 第 2 条"}.get(kind, "A3")


def test_arithmetic_reading_and_notes_cannot_be_waived(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any]
) -> None:
    spoiled["sections"]["overview"].pop()
    spoiled["figures"]["requests"]["received"]["natural"] += 1
    codes = ["E301", "E303", "R301", "E901", "F101", "E513"]
    spoiled["waivers"] = [waiver(code=code, value="") for code in codes]
    run = docgen("check", "--json", write_json(folder / "2024.json", spoiled))
    assert run.code == 1
    assert len(found(run, "E903")) == len(codes)
    spoiled["waivers"].append(waiver(code="E401", value=""))
    run = docgen("check", "--json", write_json(folder / "2024.json", spoiled))
    assert len(found(run, "E903")) == len(codes)
    assert "提示不拦签发" in found(run, "E901")[0]["message"]
    assert not any(finding["waived"] for line in run.lines for finding in line["findings"])


def test_codes_in_small_letters_and_dates_in_figures(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    """And a person's number in a reason is masked."""
    reference["signature"]["date"] = "2025-04-10"
    of_level(reference, "county")
    reason = "电话13912345678请示过"
    reference["waivers"] = [waiver(code="e606", value="2025-04-10", reason=reason)]
    run = docgen("check", "--json", write_json(folder / "2024.json", reference))
    (late,) = found(run, "E606")
    assert late["waived"]["reason"] == "电话139******78请示过"
    assert found(run, "E902") == []


def test_a_code_there_is_none_of_is_named_with_the_nearest(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any]
) -> None:
    spoiled["waivers"] = [waiver(code="E8311"), waiver()]
    run = docgen("check", write_json(folder / "2024.json", spoiled))
    assert run.code == 1
    assert "第 1 条豁免的编号“E8311”不是 docgen 的编号；最接近的是 E831" in run.err


def test_a_waiver_expires_when_the_sentence_changes(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any]
) -> None:
    spoiled["waivers"] = [waiver()]
    spoiled["sections"]["overview"][-1] = SENTENCE.replace("全镇", "我镇")
    run = docgen("check", "--json", write_json(folder / "2024.json", spoiled))
    assert run.code == 1
    assert found(run, "E831")[0]["waived"] is None
    [expired] = found(run, "E902")
    assert expired["severity"] == "warning"
    assert SENTENCE in expired["message"]
    assert expired["message"].endswith(f"现在是“{SENTENCE.replace('全镇', '我镇')}”")
    spoiled["sections"]["overview"][-1] = f"{'全镇一心，' * 10}建成XX个。"
    run = docgen("check", "--json", write_json(folder / "2024.json", spoiled))
    assert found(run, "E902")[0]["message"].endswith("现在没有这句话了")


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("disclosure.regulations.issued", "2", None),
        ("disclosure.regulations.issued", " 2.0 ", None),
        ("figures.disclosure.regulations.issued", "2", None),
        ("disclosure.regulations.issued", "3", "E902"),
        ("disclosure.regulations.issued", "", "E902"),
        ("disclosure.regulations.repealed", "2", "E901"),
    ],
)
def test_a_waiver_of_a_figure_holds_for_that_figure_at_that_place(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any], place: str, value: str, code: str | None
) -> None:
    """E851: a township that reports regulations of its own."""
    spoiled["sections"]["overview"].pop()
    spoiled["figures"]["disclosure"]["regulations"]["issued"] = 2
    spoiled["waivers"] = [waiver(code="E851", place=place, value=value)]
    run = docgen("check", "--json", write_json(folder / "2024.json", spoiled))
    assert [f["code"] for f in run.lines[0]["findings"] if f["code"] in ("E901", "E902")] == (
        [code] if code else []
    )
    assert run.code == (1 if code else 0)


@pytest.mark.parametrize(
    ("value", "code"),
    [("XX个，", None), (f" {BLANK} ", None), ("XX个", "E902"), ("YY个，", "E902")],
)
def test_a_waiver_of_a_part_of_the_sentence(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any], value: str, code: str | None
) -> None:
    """Four characters tell the sentence; fewer may stand in any."""
    spoiled["waivers"] = [waiver(value=value)]
    run = docgen("check", "--json", write_json(folder / "2024.json", spoiled))
    assert (run.code, "E902" in run.codes) == ((1, True) if code else (0, False))


@pytest.mark.parametrize(
    ("code", "place", "value"),
    [
        ("E834", "signature.name", "乌苏市白杨沟镇人民政府"),
        ("E606", "signature.date", "2025年2月21日"),
        ("E608", "year", "2024"),
    ],
)
def test_a_waiver_of_a_fact_holds_for_that_fact(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any], code: str, place: str, value: str
) -> None:
    """A name, a date and a number: as the report prints them."""
    spoiled["signature"] = {"name": "乌苏市白杨沟镇人民政府", "date": "2025-02-21"}
    spoiled["deadline"] = "2月20日"
    for given, expired in ((value, False), ("另外的值", True)):
        spoiled["waivers"] = [waiver(code=code, place=place, value=given)]
        run = docgen("check", "--json", write_json(folder / "2023.json", spoiled))
        (told,) = found(run, code)
        assert (told["waived"] is None, "E902" in run.codes) == (expired, expired)


def test_two_waivers_of_one_sentence_leave_one_unused(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any]
) -> None:
    spoiled["waivers"] = [waiver(), waiver()]
    run = docgen("check", write_json(folder / "2024.json", spoiled))
    assert run.code == 0
    assert "第 2 条豁免（E831）没有用上：前面的一条已经豁免了同一处" in run.err


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"reason": ""}, "R103", "“理由”没有填"),
        ({"by": ""}, "R103", "“批准人”没有填"),
        ({"date": "2025-02-30"}, "R106", "2025-02-30"),
        ({"why": "x"}, "R102", "why"),
        ({"reason": "一\t二"}, "R107", "“理由”第 2 个字符"),
    ],
)
def test_a_waiver_that_lacks_something_lets_nothing_through(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any], change: dict[str, str], code: str,
    said: str,
) -> None:  # fmt: skip
    spoiled["waivers"] = [waiver(**change)]
    run = docgen("check", "--json", write_json(folder / "2024.json", spoiled))
    assert run.code == 1
    assert said in found(run, code)[0]["message"]


def test_waivers_that_are_no_list_of_objects_are_told_of(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any]
) -> None:
    wrongs: list[Any] = [{}, [1], ["E831"], None]
    for wrong in wrongs:
        spoiled["waivers"] = wrong
        run = docgen("check", "--json", write_json(folder / "2024.json", spoiled))
        assert found(run, "R105"), wrong


def test_what_stands_outside_the_columns_of_the_sheet_is_not_lost(
    docgen: Docgen, folder: Path, spoiled: dict[str, Any]
) -> None:
    given = write_json(folder / "2024.json", spoiled)
    book_bytes = write_workbook(FORMS["disclosure-2021"], read_report(given).report)
    (folder / "2024.xlsx").write_bytes(book_bytes)
    from openpyxl import load_workbook

    book: Workbook = load_workbook(folder / "2024.xlsx")
    sheet = book.create_sheet("豁免")
    sheet.append(["编号", "原值或原句", "理由", "批准", "日期"])
    sheet.append(["E831", SENTENCE, "理由", "李镇长", "2025年1月18日", "另注"])
    book.save(folder / "2024.xlsx")
    run = docgen("check", "--json", "2024.xlsx")
    assert [(f["code"], f["places"][0]["cell"]) for f in run.lines[0]["findings"]
            if f["code"] in ("R102", "R210", "R103")] == [
        ("R102", "D1"), ("R210", "D2"), ("R210", "F2"), ("R103", "A2")]  # fmt: skip


def test_the_page_about_waivers_names_the_errors_that_may_be_waived() -> None:
    page = (PROJECT / "docs/waivers.md").read_text(encoding="utf-8")
    listed = page[page.index("## 什么能豁免") : page.index("**数不平")]
    waivable = [rule.code for rule in RULES.values() if rule.waivable]
    assert sorted(re.findall("[A-Z][0-9]{3}", listed)) == sorted(waivable)
    assert all(RULES[code].severity == "error" for code in waivable)
