"""What docgen writes of a form unlike the first says just what the report says, whatever it says.

The toy form has cells of every kind, a sheet, rows for each unit, a table that may be absent,
lines of text; no preface, no running text, no signature.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from door import DATA, Docgen, write_json
from forms import FORMS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from toy import TOY, UNITS, toy_report, toy_tree
from toy_reports import reports

from docgen.blank.template import write_template
from docgen.compare.figures import Side, different_figures, only_in
from docgen.errors import Stop, TemplateStop, UsageStop
from docgen.files import ooxml
from docgen.forms.form import Figure, Form
from docgen.forms.layout import printed_lines, printed_rows
from docgen.issuing.outputs import Beside, publish, refuse_not_offered
from docgen.merge import (
    check_template,
    expected_blocks,
    load_template,
    merge_report,
    read_back,
)
from docgen.merge.lint import sample_reports
from docgen.merge.template import Template
from docgen.model import Reading, Report
from docgen.printing import UNKNOWN, print_figure
from docgen.publish.data import CSV, JSON, data_differences, write_data
from docgen.publish.html import write_html
from docgen.publish.html_back import read_html
from docgen.word import blocks
from docgen.word.markup import W

TEMPLATE = Template("toy.docx", write_template(TOY), own=False)


def reported(report: Report) -> Form:
    return TOY.as_reported(report.units, report.absent)


def reading_of(report: Report, form: Form = TOY) -> Reading:
    form = form.as_reported(report.units, report.absent)
    return Reading("toy.json", form, report, {}, frozenset(), (), {})


def place_of(form: Form, report: Report, figure: Figure) -> tuple[int, int, int] | None:
    """Table, row and cell in the document, from 0; None for a line of text."""
    printed = [t for t in form.tables if t.shape != "lines" and not t.is_absent]
    if figure.table not in printed:
        return None
    for number, row in enumerate(printed_rows(form, figure.table, report.wording)):
        for column, cell in enumerate(row.cells):
            if cell.figure == figure:
                return printed.index(figure.table), number, column
    raise AssertionError(figure.address)


def with_cell_changed(document: bytes, place: tuple[int, int, int], text: str) -> bytes:
    """The document with another text in one cell, as an editor would put it there."""
    parts = ooxml.read_parts(document)
    body = ooxml.parse(parts[ooxml.DOCUMENT])
    table, row, column = place
    cell = list(body.iter(f"{W}tbl"))[table].findall(f"{W}tr")[row].findall(f"{W}tc")[column]
    texts = list(cell.iter(f"{W}t"))
    if not texts:
        paragraph = next(cell.iter(f"{W}p"))
        texts = [etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")]
    for number, one in enumerate(texts):
        one.text = "" if number else text

    parts[ooxml.DOCUMENT] = ooxml.serialize(body)
    return ooxml.write_package(parts)


def told_of(work: Callable[[], object], stop: type[Stop]) -> list[str]:
    """What work is stopped for."""
    with pytest.raises(stop) as stopped:
        work()
    return [finding.message for finding in stopped.value.findings]


def test_the_template_made_for_it_is_sound() -> None:
    assert check_template(TEMPLATE, TOY) == []
    assert check_template(TEMPLATE, reported(toy_report())) == []
    assert list(TEMPLATE.faults) == [TOY]  # looked for once, whatever the report


@pytest.mark.parametrize(
    ("tag", "left"),
    [
        ("{{ fees.absent }}", "“本图书室不收取任何费用”"),
        ("{{ note.text }}", "sections.branches.notes"),
        ("{{ row.wrong }}", "row"),
    ],
)
def test_what_a_template_leaves_out_is_told(tag: str, left: str) -> None:
    parts = ooxml.read_parts(TEMPLATE.data)
    text = parts[ooxml.DOCUMENT].decode()
    wrong = text.replace(tag, "") if tag in text else text.replace("{{ row.note }}", tag)
    assert wrong != text
    parts[ooxml.DOCUMENT] = wrong.encode()
    template = Template("wrong.docx", ooxml.write_package(parts), own=False)
    assert any(left in finding.message for finding in check_template(template, TOY))


@settings(deadline=None, max_examples=40)
@given(reports())
def test_the_document_says_the_report(report: Report) -> None:
    form = reported(report)
    read_back(merge_report(TEMPLATE, form, report), TEMPLATE, form, report)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.data_too_large])
@given(reports(), st.data())
def test_one_changed_cell_is_told_with_its_place(report: Report, data: st.DataObject) -> None:
    form = reported(report)
    document = merge_report(TEMPLATE, form, report)
    figures = [f for f in form.cells.values() if place_of(form, report, f)]
    figure = data.draw(st.sampled_from(figures))
    place = place_of(form, report, figure)
    assert place
    changed = with_cell_changed(document, place, "改过的")

    told = told_of(lambda: read_back(changed, TEMPLATE, form, report), TemplateStop)
    assert len(told) == 1
    assert f"第 {place[0] + 1} 张表第 {place[1] + 1} 行" in told[0]
    assert f"第 {place[2] + 1} 格应印“{print_figure(report, figure)}”" in told[0]
    assert "“改过的”" in told[0]


@settings(deadline=None, max_examples=30)
@given(reports())
def test_page_and_data_say_the_report(report: Report) -> None:
    """They are read back before they are issued: `publish` raises where they differ."""
    files = publish(reading_of(report), Beside(html=True, data=True))
    assert files.keys() == {".html", ".粘贴.html", CSV, JSON}


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.data_too_large])
@given(reports(), st.data())
def test_page_and_data_of_another_report_are_told(report: Report, data: st.DataObject) -> None:
    form = reported(report)
    address = data.draw(st.sampled_from([*form.cells]))
    other = report.model_copy(
        update={
            "figures": {k: v for k, v in report.figures.items() if k != address},
            "answers": {**report.answers, address: "改过的"},
        }
    )
    page = blocks.differences(expected_blocks(form, report), read_html(write_html(form, other)))
    assert [(one.expected, one.actual) for one in page if "改过的" in one.actual]
    assert len(page) == 1
    told = data_differences(form, report, write_data(form, other))
    assert {one.where.split(" ")[1] for one in told} == {form.cells[address].label}


def test_a_blank_optional_cell_prints_nothing_and_another_is_marked() -> None:
    report = toy_report()
    form = reported(report)
    blank, owed = form.cells["library.address.value"], form.cells["library.site.value"]
    bare = report.model_copy(update={"answers": {}})
    assert print_figure(report, blank) == "https://lib.example.cn/nanshan"
    assert (print_figure(bare, blank), print_figure(bare, owed)) == ("", UNKNOWN)


@pytest.mark.parametrize("key", [key for key, form in FORMS.items() if form.template])
def test_own_forms_print_all_they_have_and_what_is_left_when_it_may_be_left_out(key: str) -> None:
    """Every value of the samples is another, so that none can stand in another's place."""
    form = FORMS[key]
    template = load_template(form, None)
    assert check_template(template, form) == []
    for report in sample_reports(form):
        files = publish(reading_of(report, form), Beside(html=True, data=True))
        said = "".join(part.decode() for part in files.values())
        assert all(f">{number}<" in said for number in report.figures.values())


def test_lines_are_called_by_their_groups_too() -> None:
    report = toy_report()
    form = reported(report)
    lines = [label for label, _ in printed_lines(form, form.tables[3], {})]
    assert lines == ["单位负责人", "经办", "联系电话", "填报日期"]


def test_units_are_compared_by_their_names() -> None:
    """The same branch in another row is the same branch; a new one is on one side alone."""
    first = toy_report()
    swap = {"unit1": "unit2", "unit2": "unit1"}
    moved = {
        ".".join(swap.get(key, key) for key in address.split(".")): number
        for address, number in first.figures.items()
    }
    names = (UNITS[1], UNITS[0], "新设分馆")
    second = first.model_copy(update={"figures": moved, "units": {"branches": names}})
    sides = Side(reported(first), first), Side(reported(second), second)
    assert different_figures(*sides) == []
    assert {each.address.split(".")[1] for each in only_in(*sides)} == {"unit3"}
    assert {each.label.split("·")[0] for each in only_in(*reversed(sides))} == {"新设分馆"}


def test_what_a_form_does_not_offer_is_refused() -> None:
    form = replace(TOY, outputs=("docx", "data"))
    refuse_not_offered(form, Beside(data=True))
    told = told_of(lambda: refuse_not_offered(form, Beside(html=True, pdf=True)), UsageStop)
    assert told == [f"“{TOY.name}”不出网页（--html）、校样（--pdf、--png、--seal-guide），没有签发"]


@pytest.fixture
def issued(docgen: Docgen) -> Path:
    """The toy report, issued with its page and data."""
    shutil.copytree(DATA / "forms", "forms")
    write_json(Path("2024.json"), toy_tree())
    Path("toy.docx").write_bytes(write_template(TOY))
    run = docgen("render", "2024.json", "--template", "toy.docx", "--html", "--data")
    assert run.code == 0, run.err
    return Path("outputs/2024.docx")


def test_it_is_issued_and_verified_and_may_be_sealed(docgen: Docgen, issued: Path) -> None:
    record = json.loads(issued.with_suffix(".package.json").read_text("utf-8"))
    assert (record["form"], record["form_sha256"]) == (TOY.key, TOY.digest)
    for name in ("2024.docx", "2024.html", "2024.数据.csv", "2024.数据.json"):
        assert docgen("verify", issued.with_name(name)).code == 0
    assert docgen("seal-form", issued, "--pages", 2).code == 0
    said = blocks.plain_text(
        blocks.read_blocks(
            ooxml.read_parts(Path("outputs/2024.用印审批单.docx").read_bytes())[ooxml.DOCUMENT]
        )
    )
    assert "南山镇人民政府2024年图书室工作年度报表" in said
    assert f"勾稽关系 {record['sums']} 条逐条核对；" in said


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("library.free.value", "第 1 张表第 5 行（是否免费开放）第 2 格"),
        ("library.opened.value", "第 1 张表第 4 行（启用日期）第 2 格"),
        ("library.books.value", "第 1 张表第 6 行（总数）第 3 格"),
        ("branches.unit2.money", "第 2 张表第 4 行（城西分馆）第 6 格"),
        ("branches.unit3.note", "第 2 张表第 5 行（河口分馆）第 7 格"),
    ],
)
def test_what_was_changed_after_it_was_issued_is_named(
    docgen: Docgen, issued: Path, address: str, where: str
) -> None:
    report = toy_report()
    form = reported(report)
    place = place_of(form, report, form.cells[address])
    assert place
    issued.write_bytes(with_cell_changed(issued.read_bytes(), place, "改过的"))
    run = docgen("verify", issued)
    was = print_figure(report, form.cells[address])
    told = f"2024.json figures.{address}"  # the input is at hand: its own place is named
    assert f"V103 {told}改过：签发时是“{was}”，现在是“改过的”" in run.err

    (issued.parent.parent / "2024.json").unlink()
    run = docgen("verify", issued)
    assert f"V103 {where}改过：签发时是“{was}”，现在是“改过的”" in run.err


def test_a_line_of_text_changed_is_named(docgen: Docgen, issued: Path) -> None:
    parts = ooxml.read_parts(issued.read_bytes())
    parts[ooxml.DOCUMENT] = parts[ooxml.DOCUMENT].replace("欧阳小雨".encode(), "欧阳大雨".encode())
    issued.write_bytes(ooxml.write_package(parts))
    said = docgen("verify", issued).err
    assert "签发时是“经办：欧阳小雨”，现在是“经办：欧阳大雨”" in said


def test_a_wide_table_takes_the_headings_above_it_to_its_page() -> None:
    report = toy_report()
    page = write_html(reported(report), report).decode()
    wide = page.partition('<div class="landscape">')[2].partition("<h3")[0]
    assert "二、业务情况" in wide
    assert page.count('<div class="landscape">') == 1
    assert "一、基本信息" in page.partition('<div class="landscape">')[0]
