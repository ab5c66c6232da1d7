"""Rows of units, tables left out, waivers, questions: done at the desk in every kind of sheets."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from county import sheets_of, unit_report
from door import DATA
from forms import FORM
from hypothesis import given, settings
from hypothesis import strategies as st
from toy import TOY, toy_report
from window import window_tree

from docgen.blank import blank_report, write_blank
from docgen.blank.to_csv import write_csv_sheets
from docgen.blank.to_xlsx import write_workbook
from docgen.check.outcome import Outcome
from docgen.desk.acts import do_act
from docgen.desk.draft import check_draft, open_draft
from docgen.desk.edits import TypedEdit, edit_draft
from docgen.desk.told import tell_outcome
from docgen.forms import loader
from docgen.forms.form import Form
from docgen.forms.loader import find_form
from docgen.model import Report
from docgen.read import read_report

KINDS = ("csv", "xlsx")
BRANCHES = next(table for table in TOY.tables if table.each)
FEES = next(table for table in TOY.tables if table.absent)


@pytest.fixture(autouse=True)
def _forms() -> Iterator[None]:
    """Have the forms of the tests at hand."""
    before = loader.folders_used()
    loader.use_folders([DATA / "forms"])
    yield
    loader.use_folders(before)


def lay(folder: Path, kind: str, form: Form, report: Report) -> Path:
    """Lay the sheets of a report."""
    whole = form.as_reported(report.units, report.absent)
    if kind == "xlsx":
        path = folder / "2025.xlsx"
        path.write_bytes(write_workbook(whole, report))
        return path
    path = folder / "2025"
    path.mkdir()
    for name, data in write_csv_sheets(whole, report).items():
        (path / name).write_bytes(data)
    return path


def blank(folder: Path, kind: str) -> Path:
    report = blank_report(TOY, 2025, "石河乡图书室")
    made = write_blank(TOY, report, folder, workbook=kind == "xlsx")[0]
    return made if kind == "xlsx" else made.parent


def act(path: Path, what: str, given: Mapping[str, str] | None = None) -> str:
    def checked() -> Outcome:
        return check_draft(path)

    return do_act(path, what, given or {}, checked)


def units(path: Path) -> tuple[str, ...]:
    return read_report(path).report.units.get(BRANCHES.key, ())


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_units_come_and_go(tmp_path: Path, kind: str) -> None:
    """From a blank: each name has its row at once; one that goes takes its figures along."""
    path, add = blank(tmp_path, kind), f"add-row|{BRANCHES.key}"
    names = ["城东分馆", "城西分馆", "河口分馆"]
    for name in names[:2]:
        assert act(path, add, {f"new:{BRANCHES.key}": name}) == ""
    refused = act(path, add, {f"new:{BRANCHES.key}": names[2]})
    if kind == "csv":
        assert refused == ""
    else:  # a row is never put into a workbook
        assert "插入几行" in refused or refused == ""
        names = list(units(path))
    assert units(path) == tuple(names)

    cells = [one for one in open_draft(path).form.cells if one.startswith(f"{BRANCHES.key}.unit2.")]
    assert edit_draft(path, [TypedEdit(cells[0], "", "7")]) == []
    assert act(path, f"drop-row|{BRANCHES.key}.unit1") == ""
    assert units(path) == tuple(names[1:])
    assert open_draft(path).text_of(cells[0].replace("unit2", "unit1")) == "7"
    assert "不在了" in act(path, f"drop-row|{BRANCHES.key}.unit9")


@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_is_renamed_but_never_left_without_a_name(tmp_path: Path, kind: str) -> None:
    path = lay(tmp_path, kind, TOY, toy_report())
    row = f"{BRANCHES.key}.unit1"
    before = units(path)
    assert edit_draft(path, [TypedEdit(row, before[0], "中心分馆")]) == []
    assert units(path) == ("中心分馆", *before[1:])
    [clash] = edit_draft(path, [TypedEdit(row, "中心分馆", " ")])
    assert "不能空着" in clash.why
    twice = act(path, f"add-row|{BRANCHES.key}", {f"new:{BRANCHES.key}": "中心分馆"})
    assert "已经有" in twice


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_is_left_out_and_taken_in_again(tmp_path: Path, kind: str) -> None:
    path = blank(tmp_path, kind)
    assert act(path, f"leave-out|{FEES.key}") == ""
    assert read_report(path).report.absent == (FEES.key,)
    assert act(path, f"leave-out|{FEES.key}") != ""
    assert act(path, f"take-in|{FEES.key}") == ""
    assert read_report(path).report.absent == ()

    cell = next(one for one in open_draft(path).form.cells if one.startswith(f"{FEES.key}."))
    assert edit_draft(path, [TypedEdit(cell, "", "3")]) == []
    assert "清空" in act(path, f"leave-out|{FEES.key}")
    assert open_draft(path).text_of(cell) == "3"


def test_a_sheet_of_one_sentence_gets_its_rows_again(tmp_path: Path) -> None:
    report = toy_report().model_copy(update={"absent": (FEES.key,)})
    figures = {a: n for a, n in report.figures.items() if not a.startswith(f"{FEES.key}.")}
    path = lay(tmp_path, "csv", TOY, report.model_copy(update={"figures": figures}))
    assert read_report(path).report.absent == (FEES.key,)
    assert act(path, f"take-in|{FEES.key}") == ""
    cells = [one for one in open_draft(path).form.cells if one.startswith(f"{FEES.key}.")]
    assert cells
    assert edit_draft(path, [TypedEdit(cells[0], "", "3")]) == []
    assert open_draft(path).text_of(cells[0]) == "3"


@pytest.mark.parametrize("kind", KINDS)
def test_a_warning_is_waived_and_the_waiver_taken_back(tmp_path: Path, kind: str) -> None:
    report = unit_report(1)
    report["sections"]["overview"].append("每件申请都严格按照〔2018〕5号文件办理，详见附件xx。")
    tree = tmp_path / "t.json"
    tree.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    path = lay(tmp_path, kind, FORM, read_report(tree).report)
    for _ in range(2):  # the second finds the sheet there
        outcome = check_draft(path)
        assert outcome.reading is not None
        told = tell_outcome(outcome, outcome.reading)
        open_ones = [one for one in told.findings if one.key]
        if not open_ones:
            break
        key = open_ones[0].key
        assert "理由" in act(path, f"waive|{key}", {f"reason:{key}": "无"})
        sent = {
            f"reason:{key}": '照"原件",=写',
            f"by:{key}": "王主任",
            f"date:{key}": "2026年1月9日",
        }
        assert act(path, f"waive|{key}", sent) == ""
        again = check_draft(path)
        assert again.reading is not None
        after = tell_outcome(again, again.reading)
        assert key not in {one.key for one in after.findings}
        assert any("王主任" in one.why for one in after.passed)
        assert not [f for f in again.findings if f.code in ("E901", "E902", "E903", "E904")]
    if kind == "xlsx":  # the sheet is there for Excel, too
        assert openpyxl.load_workbook(path)["豁免"]["A1"].value == "编号"
    count = len(after.passed)
    assert act(path, f"unwaive|{after.passed[0].address}") == ""
    assert len(read_report(path).report.waivers) == count - 1


HOSTILE = st.text(st.sampled_from("甲=\"',;\n\t\r+-@{}【】<>&\u202e\ufeff1。"), max_size=20)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None)
@given(names=st.lists(HOSTILE, max_size=4), targets=st.lists(HOSTILE, max_size=3))
def test_no_name_breaks_the_sheets(kind: str, names: list[str], targets: list[str]) -> None:
    """Whatever is sent: the sheets can be read, and no other field is changed."""
    with tempfile.TemporaryDirectory() as folder:
        path = lay(Path(folder), kind, TOY, toy_report())
        before = read_report(path).report
        for name in names:
            act(path, f"add-row|{BRANCHES.key}", {f"new:{BRANCHES.key}": name})
        for target in targets:
            for what in ("add-row", "drop-row", "leave-out", "take-in", "waive", "unwaive", ""):
                assert act(path, f"{what}|{target}") != ""
        after = read_report(path).report
        assert {a: after.figures[a] for a in before.figures if ".unit" in a} == {
            a: n for a, n in before.figures.items() if ".unit" in a
        }
        assert after.body == before.body


def test_the_window_form_too(tmp_path: Path) -> None:
    form = find_form("window-2024")
    assert form is not None
    path = tmp_path / "w.json"
    path.write_text(json.dumps(window_tree(), ensure_ascii=False), encoding="utf-8")
    assert "转成表" in act(path, "add-row|work", {"new:work": "新窗口"})
    sheets = lay(tmp_path, "csv", form, read_report(path).report)
    assert act(sheets, "add-row|work", {"new:work": "新窗口"}) == ""
    assert read_report(sheets).report.units["work"][-1] == "新窗口"


def test_no_figure_is_offered_that_the_sums_do_not_prove(tmp_path: Path) -> None:
    """Of several cells one may be wrong: they are named, and only a total has its value."""
    path = tmp_path / "2025"
    path.mkdir()
    for name, data in sheets_of(unit_report(1)).items():
        (path / name).write_bytes(data)
    figures = read_report(path).report.figures
    seen = 0
    for address in sorted(FORM.figures):
        if address not in figures:
            continue
        was = str(figures[address])
        assert edit_draft(path, [TypedEdit(address, was, str(int(was) + 1))]) == []
        checked = check_draft(path)
        assert checked.reading is not None
        for one in tell_outcome(checked, checked.reading).findings:
            seen += len(one.doubtful)
            assert len(one.doubtful) != 1
            if one.doubtful:
                assert all(offer.address in FORM.totals for offer in one.offers)
        assert edit_draft(path, [TypedEdit(address, str(int(was) + 1), was)]) == []
        if seen:
            break
    assert seen


def lay_tree(folder: Path, tree: Mapping[str, object]) -> Path:
    """Lay the sheets of a report of the first form."""
    path = folder / "2025"
    path.mkdir()
    for name, data in sheets_of(dict(tree)).items():
        (path / name).write_bytes(data)
    return path


def test_another_wording_is_a_field_and_can_go(tmp_path: Path) -> None:
    """What the note about it asks for is done on the page, and can be taken back."""
    line, official = next((at, one.label) for at, one in FORM.wordings.items())
    path = lay_tree(tmp_path, unit_report(1) | {"wording": {line: "别的叫法"}})
    before = {one.name: one.read_bytes() for one in path.iterdir()}
    [address] = open_draft(path).wordings
    assert open_draft(path).text_of(address) == "别的叫法"
    checked = check_draft(path)
    assert checked.reading is not None
    [note] = [
        one for one in tell_outcome(checked, checked.reading).findings if official in one.message
    ]
    assert note.place == address

    assert edit_draft(path, [TypedEdit(address, "别的叫法", "又一种叫法")]) == []
    assert read_report(path).report.wording == {line: "又一种叫法"}
    [refused] = edit_draft(path, [TypedEdit(address, "又一种叫法", "")])
    assert "改用表式的用语" in refused.why
    assert edit_draft(path, [TypedEdit(address, "又一种叫法", "别的叫法")]) == []
    assert act(path, f"drop-wording|{address}") == ""
    assert read_report(path).report.wording == {}
    assert act(path, f"drop-wording|{address}") != ""
    assert act(path, "take-back|") == ""
    assert {one.name: one.read_bytes() for one in path.iterdir()} == before
    assert "撤不回来" in act(path, "take-back|")


def test_findings_speak_of_what_the_page_shows(tmp_path: Path) -> None:
    """No cell of a file, no braces, no page of the manual; a blank section has its place."""
    path = lay_tree(tmp_path, unit_report(1))
    draft = open_draft(path)
    cell = [one for one in FORM.figures if one.startswith("requests.received.")][2]
    prose = draft.prose_of("overview")
    edits = [
        TypedEdit(cell, draft.text_of(cell), "9"),
        TypedEdit("sections.overview", prose, f"{prose}\n另有{{{{ 本年新受 }}}}件。"),
        TypedEdit("sections.problems", draft.prose_of("problems"), ""),
    ]
    assert edit_draft(path, edits) == []
    checked = check_draft(path)
    assert checked.reading is not None
    told = tell_outcome(checked, checked.reading).findings
    said = "\n".join(one.message + one.cure for one in told)
    assert not any(mark in said for mark in (".csv", "{{", "docs/"))
    assert f"“{FORM.cells[cell].label}”由 9 改为" in said
    assert "【本年新受】" in said
    assert [one.place for one in told if "没有正文" in one.message] == ["sections.problems"]
