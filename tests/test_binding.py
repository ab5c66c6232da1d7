"""Figures in running text: `{{ 本年新收 }}` prints the figure; what is no name is a finding."""

import json
from pathlib import Path
from typing import Any

import pytest
from busy import as_json, busy_report, read, write_folder, write_xlsx
from door import INPUTS, PROJECT, Docgen, write_json
from forms import FORM, FORMS

from docgen.read import read_report
from docgen.read.references import percentage


@pytest.fixture
def tree() -> dict[str, Any]:
    """A report whose figures are all different, as JSON."""
    return as_json(busy_report(read(INPUTS / "2024.json")))


def bound(folder: Path, tree: dict[str, Any], text: str) -> str:
    """What a paragraph becomes."""
    tree["sections"]["other"] = [text]
    (paragraph,) = read(write_json(folder / "a.json", tree)).sections["other"]
    return paragraph


def set_figures(tree: dict[str, Any], **figures: int) -> dict[str, Any]:
    """Give rows of table two these totals, for natural persons."""
    for row in tree["figures"]["requests"].values():
        row.update(dict.fromkeys(row, 0))
    for name, number in figures.items():
        tree["figures"]["requests"][name].update(natural=number, total=number)
    return tree


def test_every_term_is_a_sum_of_cells(folder: Path, tree: dict[str, Any]) -> None:
    """Each name of the vocabulary prints the sum of its cells; an address prints its cell."""
    figures = read(write_json(folder / "b.json", tree)).figures
    for term in FORM.speech.terms:
        expected = sum(figures[address] for address in term.addresses)
        assert bound(folder, tree, f"共{{{{ {term.name} }}}}。") == f"共{expected}。"
    assert bound(folder, tree, "{{requests.granted.natural}}") == str(
        figures["requests.granted.natural"]
    )


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_vocabulary(form: Any) -> None:
    """Names are single, and every address of terms and mentions is a cell of the form."""
    names = [term.name for term in form.speech.terms]
    assert len(names) == len(set(names))
    if form.is_kin(FORM):
        guide = (PROJECT / "docs" / "text.md").read_text(encoding="utf-8")
        assert len(names) > 20
        assert all(name in guide for name in names)

    sums = [term.addresses for term in form.speech.terms]
    sums += [addresses for fact in form.speech.facts for addresses in fact.sums]
    assert all(address in form.figures for addresses in sums for address in addresses)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ 年度 }}年、{{上年度}}年、{{　下年度　}}年", "2024年、2023年、2025年"),
        ("{{ 机关名称 }}（{{ 机关简称 }}）", "乌苏市甘河子镇管理委员会（甘河子镇）"),
        ("{{ 署名 }} {{ 成文日期 }}", "乌苏市甘河子镇管理委员会 2025年1月20日"),
        ("{{ year }}{{ body.short_name }}", "2024甘河子镇"),
        ("｛｛ 年度 ｝｝年", "2024年"),
        ("没有括号，也没有 { 一半 }", "没有括号，也没有 { 一半 }"),
    ],
)
def test_facts(folder: Path, tree: dict[str, Any], text: str, printed: str) -> None:
    assert bound(folder, tree, text) == printed


def test_short_name_left_out(folder: Path, tree: dict[str, Any]) -> None:
    """A body without a short name is called by its full one."""
    del tree["body"]["short_name"]
    assert bound(folder, tree, "{{ 机关简称 }}") == "乌苏市甘河子镇管理委员会"


def test_title_and_preface(folder: Path, tree: dict[str, Any]) -> None:
    """A title and a preface take figures too."""
    tree["title"], tree["preface"] = "{{机关简称}}{{年度}}年年度报告", ["{{ 年度 }}年。"]
    report = read(write_json(folder / "a.json", tree))
    assert (report.title, report.preface) == ("甘河子镇2024年年度报告", ("2024年。",))


@pytest.mark.parametrize(
    ("received", "text", "printed"),
    [
        (3, "{{ 本年新收 | 有 收到申请…件 | 无 未收到申请 }}。", "收到申请3件。"),
        (0, "{{ 本年新收 | 有 收到申请…件 | 无 未收到申请 }}。", "未收到申请。"),
        (0, "完{{ 本年新收 | 有 ，收到……件 }}。", "完。"),
        (3, "完{{ 本年新收｜有：，收到……件 }}。", "完，收到3件。"),
        (3, "{{ 本年新收 | 无 没有 }}件", "3件"),
        (0, "{{ 本年新收 | 无 没有 }}", "没有"),
        (0, "{{ 本年新收 }}件", "0件"),
        (3, "{{ 予以公开 | 占 本年新收 }}", "33.3%"),
        (8, "{{ 予以公开 | 占 本年新收 }}", "12.5%"),
        (16, "{{ 予以公开 | 占本年新收 }}", "6.3%"),
        (1, "{{ 予以公开 | 占 requests.received.total }}", "100.0%"),
        (3, "一{{ 予以公开 | 占 本年新收 | 有 ，占… }}。", "一，占33.3%。"),
        (0, "一{{ 予以公开 | 占 本年新收 | 有 ，占… }}。", "一。"),
    ],
)
def test_filters(
    folder: Path, tree: dict[str, Any], received: int, text: str, printed: str
) -> None:
    """Shares have one decimal, halves up; a zero is worded."""
    assert bound(folder, set_figures(tree, received=received, granted=1), text) == printed


@pytest.mark.parametrize(("part", "printed"), [(1, "6.3%"), (3, "18.8%"), (-1, "-6.3%")])
def test_halves_go_up(part: int, printed: str) -> None:
    assert percentage(part, 16) == printed


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{{ 本年新受 }}", "E501", "最接近的是“本年新收”"),
        ("{{ 机关间称 }}", "E501", "最接近的是“机关简称”"),
        ("{{ requests.granted.naturel }}", "E501", "“requests.granted.natural”"),
        ("{{ 7*7 }}", "E501", "“7*7”不是可以引用的名称"),
        ("{{ }}", "E501", "不是可以引用的名称"),
        ("{{ 本年新收 + 1 }}", "E501", "最接近的是“本年新收”"),
        ("{{ 本年新收 | upper }}", "E502", "“upper”不是这里的写法"),
        ("{{ 本年新收 | 有 一 | 有 二 }}", "E502", "各一次"),
        ("{{ 年度 | 占 本年新收 }}", "E502", "“年度”不是件数"),
        ("{{ 本年新收", "E502", "没有成对的另一半"),
        ("本年新收 }}", "E502", "没有成对的另一半"),
        ("{{ {本年新收} }}", "E502", "没有成对的另一半"),
        ("{{ 予以公开 | 占 结转下年 }}", "E504", "“结转下年”是 0"),
        ("{{ 予以公开 | 占 全部 }}", "E501", "“全部”不是可以引用的名称"),
    ],
)
def test_faults(
    docgen: Docgen, folder: Path, tree: dict[str, Any], text: str, code: str, said: str
) -> None:
    """Each is one finding at its paragraph, and nothing is evaluated."""
    set_figures(tree, received=1, granted=1, handled=1)
    tree["sections"]["other"] = ["依法收取信息处理费。", f"甲{text}乙。"]
    run = docgen("check", write_json(folder / "a.json", tree), "--json")
    (finding,) = [f for f in run.lines[0]["findings"] if f["code"].startswith("E50")]
    assert run.code == 1
    assert (finding["code"], finding["places"][0]["cell"]) == (code, "sections.other 第 2 段")
    assert said in finding["message"]
    assert "49" not in finding["message"]


def test_a_missing_figure(docgen: Docgen, folder: Path, tree: dict[str, Any]) -> None:
    """A cell that is blank is told of once, not again where it is bound; a draft shows the gap."""
    tree["figures"]["disclosure"]["penalty"]["decided"] = ""
    tree["sections"]["other"] = ["{{ 行政处罚 }}件。"]
    run = docgen("render", write_json(folder / "a.json", tree), "--draft", "--json")
    (finding,) = [f for f in run.lines[0]["findings"] if f["severity"] == "error"]
    assert (finding["code"], finding["places"][0]["address"]) == (
        "R301",
        "disclosure.penalty.decided",
    )
    assert read(folder / "a.json").sections["other"] == ("【未填】件。",)


def test_a_name_is_never_looked_at_again(folder: Path, tree: dict[str, Any]) -> None:
    """What a name gives is text: braces in a body's name stay braces, also in a made-up title."""
    tree["body"]["name"] = "{{ 本年新收 }}镇"
    tree["body"]["short_name"] = "{{ 7*7 }}"
    tree.pop("title")
    report = read(write_json(folder / "a.json", tree | {"sections": tree["sections"]}))
    assert (report.title or "").startswith("{{ 本年新收 }}镇")
    assert bound(folder, tree, "{{ 机关简称 }}") == "{{ 7*7 }}"


def test_same_document_from_json_csv_and_workbook(docgen: Docgen, folder: Path) -> None:
    """Bound text gives the same bytes, however the report came."""
    report = busy_report(read(INPUTS / "2024.json"))
    sections = dict(report.sections) | {"other": ("新收{{ 本年新收 }}件，依法收取信息处理费。",)}
    report = report.model_copy(update={"sections": sections})
    write_folder(report, folder / "2024")
    write_xlsx(report, folder / "2024.xlsx")
    write_json(folder / "2024.json", as_json(report))
    documents = set()
    for name in ("2024", "2024.xlsx", "2024.json"):
        assert docgen("render", name, "--force").code == 0
        documents.add((folder / "outputs" / "2024.docx").read_bytes())
    assert len(documents) == 1


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (
            {"received": 3, "carried_in": 1, "granted": 2, "handled": 2, "carried_out": 2},
            "2024年新收政府信息公开申请3件，上年结转1件，办结2件，结转下年度继续办理2件。",
        ),
        ({}, "2024年未收到政府信息公开申请。"),
    ],
)
def test_the_ready_sentence(
    docgen: Docgen, folder: Path, tree: dict[str, Any], figures: dict[str, int], sentence: str
) -> None:
    """What a blank holds words every case properly, and agrees with its own tables."""
    (ready,) = FORM.speech.ready
    tree = set_figures(tree, **figures)
    for block in tree["figures"]["disputes"].values():
        block.update(dict.fromkeys(block, 0))
    tree["sections"]["overview"].append(ready.text)
    path = write_json(folder / "a.json", tree)
    run = docgen("check", path, "--json")
    assert not {code for code in run.codes if code.startswith("E5")}
    text = read(path).sections["overview"][-1]
    assert text == (
        f"（二）依申请公开情况。{sentence}未发生政府信息公开行政复议，未发生政府信息公开行政诉讼。"
    )


def test_a_blank_does_not_look_filled(docgen: Docgen, folder: Path) -> None:
    """The ready sentence stands in the blank, and a section of nothing else is refused."""
    assert docgen("new", "2025", "--body", "某镇人民政府").code == 0
    text = next(folder.rglob("正文.csv")).read_text(encoding="utf-8-sig")
    assert "{{" not in text  # told in words
    assert "新收政府信息公开申请【本年新收】件，上年结转【上年结转】件，" in text
    run = docgen("check", next(folder.rglob("正文.csv")).parent, "--json")
    (finding,) = [f for f in run.lines[0]["findings"] if f["code"] == "E505"]
    assert "一、总体情况" in finding["message"]


def last_year(folder: Path, **figures: int) -> Path:
    """Last year's report beside `a.json`, sound, of the same body."""
    tree = as_json(busy_report(read(INPUTS / "2024.json")))
    tree |= {"year": 2023, "title": "甘河子镇政府信息公开工作2023年度报告"}
    tree["signature"]["date"] = "2024-01-20"
    tree["sections"] = {key: ["那时的话。"] for key in tree["sections"]}
    return write_json(folder / "last.json", set_figures(tree, **figures))


@pytest.mark.parametrize(
    ("before", "now", "text", "printed"),
    [
        (8, 9, "同比{{ 本年新收 | 同比 }}", "同比增长12.5%"),
        (16, 17, "同比{{ 本年新收 | 同比 }}", "同比增长6.3%"),  # 6.25 %
        (16, 15, "同比{{ 本年新收 | 同比 }}", "同比下降6.3%"),
        (31, 30, "较上年{{ requests.received.total ｜ 同比 }}", "较上年下降3.2%"),
        (5, 5, "同比{{ 本年新收 | 同比 }}", "同比持平"),
        (0, 0, "同比{{ 本年新收 | 同比 }}", "同比持平"),
        (5, 0, "同比{{ 本年新收 | 同比 }}", "同比下降100.0%"),
        (2001, 2002, "同比{{ 本年新收 | 同比 }}", "同比增长不足0.1%"),
        (2000, 2001, "同比{{ 本年新收 | 同比 }}", "同比增长0.1%"),  # 0.05 %
        (8, 9, "一{{ 本年新收 | 同比 | 有 ，同比… | 无 ，上年没有 }}。", "一，同比增长12.5%。"),
        (0, 9, "一{{ 本年新收 | 同比 | 有 ，同比… | 无 ，上年没有 }}。", "一，上年没有。"),
    ],
)
def test_change_against_last_year(
    docgen: Docgen,
    folder: Path,
    tree: dict[str, Any],
    before: int,
    now: int,
    text: str,
    printed: str,
) -> None:
    """One decimal, halves up, from the two reports' figures; the document holds it."""
    tree["sections"]["overview"].append(f"收到申请{{{{ 本年新收 }}}}件，{text}")
    path = write_json(
        folder / "a.json", set_figures(tree, received=now, handled=0, carried_out=now)
    )
    last = last_year(folder, received=before, carried_out=before)
    set_figures(tree, received=now, carried_in=before, carried_out=now + before)
    run = docgen("check", write_json(path, tree), "--previous", last, "--json")
    assert [code for code in run.codes if code in ("E506", "E507", "E516")] == []
    reading = read_report(path, read_report(last))
    assert reading.report.sections["overview"][-1] == f"收到申请{now}件，{printed}"


@pytest.mark.parametrize(
    ("last", "text", "code", "said"),
    [
        ({}, "同比{{ 本年新收 | 同比 }}", "E506", "没有上年的报告"),
        (
            {"year": 2022},
            "{{ 本年新收 | 同比 }}",
            "E506",
            "“2023.json”是 2022 年度的，不是上一年的",
        ),
        ({"received": 0}, "{{ 本年新收 | 同比 }}", "E507", "上年是 0，今年是 9"),
        ({"received": 3}, "{{ 本年新收 | 同比 | 占 办理总计 }}", "E502", "各一次"),
        ({"received": 3}, "{{ 年度 | 同比 }}", "E502", "“年度”不是件数"),
        ({"received": 3}, "{{ 本年新受 | 同比 }}", "E501", "最接近的是“本年新收”"),
    ],
)
def test_no_change_is_made_up(
    docgen: Docgen,
    folder: Path,
    tree: dict[str, Any],
    last: dict[str, int],
    text: str,
    code: str,
    said: str,
) -> None:
    """Without last year's number there is no percentage, and nothing is issued."""
    tree["sections"]["overview"].append(text)
    write_json(folder / "2024.json", set_figures(tree, received=9, carried_out=9))
    if last:
        received = last.get("received", 3)
        given = last_year(folder, received=received, carried_out=received)
        old = json.loads(given.read_text(encoding="utf-8"))
        write_json(folder / "2023.json", old | {"year": last.get("year", 2023)})
    run = docgen("render", "2024.json", "--json")
    (found,) = [f for line in run.lines for f in line["findings"] if f["code"] == code]
    assert said in found["message"]
    assert found["places"][0]["address"].startswith("sections.overview.")
    assert run.code == 1
    assert not (folder / "outputs").exists()


def test_a_change_of_last_years_own_is_no_fault(
    docgen: Docgen, folder: Path, tree: dict[str, Any]
) -> None:
    """Last year's report may have changes in its own text: the year before is not asked for."""
    path = write_json(folder / "a.json", set_figures(tree, received=9, carried_out=9))
    last = last_year(folder, received=3, carried_out=3)
    old = json.loads(last.read_text(encoding="utf-8"))
    old["sections"]["overview"].append("同比{{ 本年新收 | 同比 }}。")
    run = docgen("check", path, "--previous", write_json(last, old), "--json")
    assert not {"E506", "E703"} & set(run.codes)


def test_an_unfilled_binding_is_not_told_of_again(docgen: Docgen) -> None:
    """The blank tables are told of: not what hangs on them, nor what is printed for them."""
    docgen("new", "2025", "--body", "石河乡人民政府")
    codes = docgen("check", "inputs/2025", "--json").codes
    assert codes.count("R377") == 3
    assert not {"E503", "E831"} & {*codes}
