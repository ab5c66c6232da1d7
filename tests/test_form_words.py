"""The engine knows no form: no word of one stands outside its folder, and each says its own words.

What a form alone calls a thing is read from the forms themselves; a word that any office uses is
none of theirs.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from busy import said
from door import Docgen, write_json
from forms import FORMS

import docgen as house
from docgen.forms.form import Form

ENGINE = Path(house.__file__).parent
#: Shorter labels say little by themselves: 其他, 总计.
SHORTEST = 4
#: Words of forms that any office uses of anything.
PLAIN = {"单位名称", "联系电话", "第一部分"}
#: What a form's business is called in more ways than its labels have.
BUSINESS = re.compile(
    "政府信息公开|信息处理费|依申请|主动公开|行政复议|行政诉讼|规范性文件|规章|表[一二三]|年报|"
    "国办公开办函|公开办|信息公开条例|六个部分|三张表|收费|行政执法|法治政府"
)
_NUMBER = r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+[.．])"
_MARKS = r"[（）()：:；，、。“”\s]+"


def _sources() -> Iterator[tuple[str, str]]:
    """Yield every file of the engine with its text."""
    for path in sorted(ENGINE.rglob("*.py")):
        if "forms" not in path.parts:
            yield path.relative_to(ENGINE).as_posix(), path.read_text(encoding="utf-8")


def _labels_of(form: Form) -> Iterator[str]:
    """Yield what a form calls its reports, parts, tables, rows, columns and figures."""
    yield from (form.name, form.basis, form.bare_title, *form.subjects, *form.speech.business)
    yield from (section.title for section in form.sections)
    yield from (table.name for table in form.tables)
    yield from (label for line in form.wordings.values() for label in line.labels)
    yield from (term.name for term in form.speech.terms)
    yield from (document.number for document in form.duties.documents)


def _words_of_forms() -> set[str]:
    """Return the phrases of all labels, without numbers and marks."""
    phrases = (
        phrase
        for form in FORMS.values()
        for label in _labels_of(form)
        for phrase in re.split(_MARKS, re.sub(_NUMBER, "", label))
    )
    return {phrase for phrase in phrases if len(phrase) >= SHORTEST} - PLAIN


def _keys_of_forms() -> set[str]:
    """Return the keys that are no plain English word, and those of forms and families."""
    lines = (line.key for form in FORMS.values() for line in form.wordings.values())
    sections = (section.key for form in FORMS.values() for section in form.sections)
    forms = (key for form in FORMS.values() for key in (form.key, form.family))
    return {key for key in (*lines, *sections) if "_" in key} | set(filter(None, forms))


def test_no_word_of_a_form_stands_outside_its_folder() -> None:
    words = re.compile("|".join(map(re.escape, sorted(_words_of_forms(), key=len, reverse=True))))
    found = {
        (name, match[0])
        for name, text in _sources()
        for pattern in (words, BUSINESS)
        for match in pattern.finditer(text)
    }
    assert not found


def test_no_key_of_a_form_stands_outside_its_folder() -> None:
    """A need of a rule may be called like a column: `last_year` is no name of a figure there."""
    keys = sorted(_keys_of_forms() - {"last_year"})
    known = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, keys))})(?![\w-])")
    found = {(name, match[0]) for name, text in _sources() for match in known.finditer(text)}
    assert not found


def test_there_are_words_to_look_for() -> None:
    """A word of each kind, so that an empty list passes for no proof."""
    assert {
        "危及",
        "三安全一稳定",
        "收到和处理政府信息公开申请情况",
        "本年新收",
    } - _words_of_forms() == {"危及"}
    assert {"carried_in", "denied_secret", "disclosure-2021"} <= _keys_of_forms()


FORM = """
name = "道路检查统计（试行）"
years = [2021]
title = "{name}\\n{year}年道路检查统计"

[[part]]
text = "summary"
heading = "一、概述"

[[part]]
text = "plans"
heading = "二、打算"

[[part]]
grid = "roads"
heading = "三、数据"
name = "道路"
columns = \"\"\"
检查次数 checks
罚款 fines amount:元
\"\"\"
rows = \"\"\"
公路 paved
\"\"\"
"""


def _write_report(folder: Path, *, fines: float, summary: str) -> Path:
    """Write the form into `forms` and a report in it that lacks a part; return its name."""
    (folder / "forms" / "roads").mkdir(parents=True, exist_ok=True)
    (folder / "forms" / "roads" / "form.toml").write_text(FORM, encoding="utf-8")
    report: dict[str, Any] = {
        "form": "roads",
        "year": 2024,
        "body": {"name": "乌苏市甘河子镇人民政府", "short_name": "甘河子镇", "level": "township"},
        "title": "甘河子镇2024年道路检查统计",
        "sections": {"summary": [summary], "plans": []},
        "figures": {"roads": {"paved": {"checks": 3, "fines": fines}}},
        "signature": {"name": "乌苏市甘河子镇人民政府", "date": "2024-12-20"},
    }
    return write_json(folder / "a.json", report)


def test_a_form_says_its_own_words_about_a_rule(
    docgen: Docgen, folder: Path, reference: dict[str, Any]
) -> None:
    reference["sections"]["problems"] = []
    [found] = said(docgen("check", write_json(folder / "a.json", reference), "--json"), "E101")
    assert "信息处理费" in found["cure"]
    assert "《中华人民共和国政府信息公开条例》第五十条" in found["basis"]

    page = docgen("check", "a.json", "--report", "a.html")
    assert page.code == 1
    assert "年报固定为六个部分" in Path("a.html").read_text(encoding="utf-8")


def test_another_form_hears_nothing_of_the_first(docgen: Docgen, folder: Path) -> None:
    run = docgen("check", _write_report(folder, fines=380, summary="全年检查3次。"), "--json")
    findings = json.loads(run.out)["findings"]
    assert {"E101", "E202"} <= {found["code"] for found in findings}
    assert not BUSINESS.search(json.dumps(findings, ensure_ascii=False))


def test_explain_tells_both(docgen: Docgen) -> None:
    run = docgen("explain", "E101")
    general, name, own = run.out.partition("在《政府信息公开工作年度报告》里：\n")
    assert name
    assert "信息处理费" not in general
    assert "  改法　  写上这一部分" in own
    assert "信息处理费" in own


def test_an_amount_is_held_against_the_unit_of_its_cell(docgen: Docgen, folder: Path) -> None:
    """12.5 in 元, where the text says 12.5万元: ten thousand times too little."""
    run = docgen("check", _write_report(folder, fines=12.5, summary="罚款12.5万元。"), "--json")
    [found] = said(run, "E854")
    assert (found["actual"], found["expected"]) == ("12.5", "125000")
    assert found["message"].startswith("道路“公路·罚款”是 12.5 元，正文写的是")

    sound = _write_report(folder, fines=125000, summary="罚款12.5万元，其中现场罚款125000元。")
    assert said(docgen("check", sound, "--json"), "E854") == []
