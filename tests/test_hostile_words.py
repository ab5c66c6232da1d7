"""The words of a form from elsewhere: they name the facts of their relation, and are text."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from door import Docgen, write_json
from hypothesis import given
from hypothesis import strategies as st
from window import (
    edited,
    install_window,
    put,
    window_tree,
)

from docgen.finding import fill_text
from docgen.forms.form import Form
from docgen.forms.own_rules import KINDS
from docgen.registry import find_rule, nearest_code


@pytest.fixture(autouse=True)
def form(folder: Path) -> Form:
    """The form stands in ./forms."""
    return install_window(folder)


HOSTILE = [
    "{place.__class__}",
    "{place[0]}",
    "{place!r}",
    "{place:>9999999}",
    "{left:{right}}",
    "{0}",
    "{}",
    "{secret}",
    "{where",
    "}",
    "{{place}",
]


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize("member", ["message", "cure"])
def test_a_form_names_nothing_but_the_facts_of_its_relation(
    docgen: Docgen, folder: Path, said: str, member: str
) -> None:
    """A fault with its line; the report is not read by such a form."""
    source = folder / "forms" / "window-2024" / "form.toml"
    text = source.read_text(encoding="utf-8").replace(
        'name = "电话与网上之和不等于合计"', f'name = "不平"\n{member} = {json.dumps(said)}'
    )
    target = folder / "forms" / "window-2025"
    target.mkdir(parents=True)
    (target / "form.toml").write_text(text, encoding="utf-8")
    line = text[: text.index(f"{member} = ")].count("\n") + 1

    run = docgen("check", write_json(folder / "a.json", window_tree() | {"form": "window-2025"}))
    assert run.code == 3
    assert "X330" in run.err
    assert f"form.toml 第 {line} 行" in run.err
    assert "{place}、" in run.err


@given(st.text("{}.[]!:>09ax_占 ", max_size=30))
def test_filling_a_text_reaches_nothing_but_the_facts(text: str) -> None:
    class Trap:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(name)

        def __getitem__(self, key: object) -> object:
            raise AssertionError(key)

        def __format__(self, spec: str) -> str:
            raise AssertionError(spec)

        def __str__(self) -> str:
            return "值"

    facts = dict.fromkeys(("a", "x", "ax", "_", "0", "9", "占"), Trap())
    with suppress(KeyError):  # a name that is no fact: docgen's own fault, or refused in a form
        assert len(fill_text(text, facts)) <= len(text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_each_kind_name_facts_it_tells(kind: Any) -> None:
    facts = dict.fromkeys(KINDS[kind].facts, "值")
    assert "{" not in fill_text(KINDS[kind].message + KINDS[kind].cure, facts)


def test_a_code_of_a_form_that_docgen_does_not_carry_is_found_in_that_form(form: Form) -> None:
    assert find_rule("K301") is None
    assert find_rule("K301", [form]) is form.rules["K301"]
    assert find_rule("E511", [form]) is find_rule("E511")
    assert nearest_code("K91l", [form]).startswith("；最接近的是 K91")


def test_the_words_of_a_form_are_text_wherever_they_are_shown(docgen: Docgen, folder: Path) -> None:
    """A name that looks like markup or a formula, and a unit that looks like a fact."""
    text = folder / "forms" / "window-2024" / "form.toml"
    named = 'name = "=1+1<script>"\nmessage = "=2<i>{where}"\nwhy = "=3<b>"'
    source = text.read_text(encoding="utf-8")
    text.write_text(source.replace('name = "电话与网上之和不等于合计"', named), encoding="utf-8")
    tree = edited(put("unit2", total=20))
    tree["units"]["work"][1] = "<u>{left}"

    run = docgen(
        "check", write_json(folder / "a.json", tree), "--report", "a.html", "--report", "a.xlsx"
    )
    assert "错误 K301 =2<i><u>{left}" in run.err
    page = Path("a.html").read_text(encoding="utf-8")
    assert not [tag for tag in ("<script>", "<i>", "<b>", "<u>") if tag in page]
    assert "=1+1&lt;script&gt;" in page
    book = openpyxl.load_workbook("a.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=2<i><u>{left}" in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]


DONE = 'grid = "work"\nholds = "done <= total"'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (DONE, 'holds = "work.all.dne <= work.all.total"', "一处也用不上"),
        (DONE, 'holds = "work.unit.done <= work.all.total"', "each 的行"),
        (DONE, 'holds = "site.url.value <= site.asked.value"', "不是数"),
        ('when = "money > 0"', 'when = "unit > 0"\neach = "column"', "没有"),
        ('when = "money > 0"\nthen = "done"', 'when = "unit > 0"\nthen = "all"', "合计的行"),
        ('when = "money > 0"', 'when = "money > 多"', "“多”不是数"),
        ("asked <= visits", "asked <= vists", "“vists”不是数，也不是代号"),
        ("visits > 0 &", "account > 0 &", "“account”是文字，不是数，不能比大小"),
        ('when = "ways = 查询"', 'when = "ways = 查寻"', "“ways”不会是“查寻”"),
        ('when = "open = 是"', 'when = "open = 有"', "“open”不会是“有”"),
        ('when = "open = 是"', 'when = "visits = 多"', "“visits”不会是“多”"),
        ("last left", "last lft", "没有“lft”"),
        ('agrees = "work.all.done', 'agrees = "work.unit.done', "合计的行"),
        ('code = "K311"', 'code = "E511"', "E511 是 docgen 的编号"),
        ('code = "K311"', 'code = "E399"', "E 开头的编号是 docgen 的"),
        ('code = "K301"', 'code = "K301"\nwaivable = true', "不能豁免"),
    ],
)  # fmt: skip
def test_a_relation_that_would_never_be_judged_is_a_fault(
    docgen: Docgen, folder: Path, old: str, new: str, said: str
) -> None:
    """A slip must not switch a rule off, nor take a code of docgen's."""
    text = folder / "forms" / "window-2024" / "form.toml"
    source = text.read_text(encoding="utf-8")
    assert old in source
    text.write_text(source.replace(old, new, 1), encoding="utf-8")
    run = docgen("check", write_json(folder / "a.json", window_tree()))
    assert run.code == 3
    assert "X330" in run.err
    assert said in run.err
