"""Forms are folders of text: docgen's own are sound, every slip in one is told."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from forms import FORM, FORMS
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import InputStop
from docgen.forms.form import Form
from docgen.forms.loader import load_form, text_form
from docgen.forms.outline import OutlineFault, read_outline, write_outline
from docgen.forms.table import Cell, Kind, Line

SOUND = """\
name = "小报告"
years = [2021]
title = "{name}{year}年小报告"

[[part]]
text = "preface"

[[part]]
grid = "fines"
heading = "一、处罚"
columns = \"\"\"
罚款 fine count:宗
没收 seizure count:宗
合计 total count:宗
罚没金额 money amount:元
\"\"\"
rows = \"\"\"
each unit 单位名称
合计 all
\"\"\"

[[rule]]
code = "K301"
name = "各类之和不等于合计"
grid = "fines"
holds = "fine + seizure = total"

[[rule]]
code = "K302"
name = "单位之和不等于合计行"
grid = "fines"
holds = "unit = all"
"""


def form_of(folder: Path, text: str, key: str = "small") -> Form:
    """The form of a folder with this text."""
    path = folder / key
    path.mkdir(parents=True, exist_ok=True)
    (path / "form.toml").write_text(text, encoding="utf-8")
    return load_form(path)


def faults_of(folder: Path, text: str) -> list[tuple[str, str]]:
    """Where each fault is and what it says."""
    with pytest.raises(InputStop) as stop:
        form_of(folder, text)
    return [(f.places[0].cell, f.message) for f in stop.value.findings]


def test_a_form_says_what_does_not_add_up(tmp_path: Path) -> None:
    """A row, a column or a group of them; all other numbers do, and no text."""
    form = form_of(tmp_path, SOUND.replace('heading = "一', 'no_sum = "seizure"\nheading = "一'))
    adding = {address.rpartition(".")[2] for address, cell in form.cells.items() if cell.adds_up}
    assert "fine" in adding
    assert "seizure" not in adding


@pytest.mark.parametrize("key", FORMS)
def test_what_is_built_is_what_the_text_says(key: str) -> None:
    assert repr(FORMS[key].tables) == repr(text_form(key).tables)
    assert vars(FORMS[key].speech) == vars(text_form(key).speech)
    assert FORMS[key].duties == text_form(key).duties
    assert FORMS[key].folder == ""  # nothing was parsed


def test_balances_are_counted() -> None:
    """7 + 7 + 25 + 3 sums of one year; 34 totals that may be left out."""
    counts = [sum(b.equation is e for b in FORM.balances) for e in FORM.equations]
    assert counts == [7, 7, 25, 3]
    assert (len(FORM.figures), len(FORM.totals)) == (200, 34)


def test_an_edition_says_what_differs() -> None:
    """The trial edition has one row of 其他处理 where the later has three, and no carried stock."""
    trial = FORMS["disclosure-2019"]
    assert set(FORM.rules) - set(trial.rules) == {"E712"}
    assert sum(len(e.left) for e in trial.equations if e.code == "E302") == 19
    assert sum(len(e.left) for e in FORM.equations if e.code == "E302") == 21
    assert trial.rules["E301"] == FORM.rules["E301"]


def test_rows_for_each_unit(tmp_path: Path) -> None:
    """A report's own form has a row for each of its units, and their sum goes over all of them."""
    form = form_of(tmp_path, SOUND)
    mine = form.as_reported({"fines": ("甲局", "乙局")}, ())
    assert [path[-1].label for path in mine.tables[0].bands[0].row_paths] == [
        "甲局",
        "乙局",
        "合计",
    ]
    columns = [b for b in mine.balances if b.equation.code == "K302"]
    assert [b.left for b in columns[:1]] == [("fines.unit1.fine", "fines.unit2.fine")]
    assert len(columns) == 4
    assert sum(b.equation.code == "K301" for b in mine.balances) == 3
    assert mine is form.as_reported({"fines": ["甲局", "乙局"]}, ())
    assert not form.as_reported({}, ("fines",)).cells


@pytest.mark.parametrize(
    ("wrong", "right", "line", "says"),
    [
        ("count:宗\n没收", "cuont:宗\n没收", "第 12 行", "没有“cuont”这个种类"),
        ("没收 seizure", "没收", "第 13 行", "“没收 count:宗”读不懂"),
        ("没收 seizure", "   没收 seizure", "第 13 行", "缩进不对"),
        ("amount:元", "amount", "第 15 行", "金额要写明单位"),
        ("没收 seizure", "没收 fine", "第 8 行", "两格同是“fines.unit.fine”"),
        ("fine + seizure =", "fine + siezure =", "第 26 行", "“fines”里没有“siezure”"),
        ('grid = "fines"\nholds = "fine', 'grid = "fine"\nholds = "fine', "第 25 行", "没有“fine”"),
        ('holds = "unit = all"', 'holds = "unit == all"', "第 32 行", "等式写成"),
        ('code = "K301"', 'code = "301"', "第 23 行", "“code”的写法不对"),
        ('heading = "一', 'heding = "一', "第 10 行", "不认识“heding”；最接近的是“heading”"),
        ('heading = "一', 'no_sum = "fin"\nheading = "一', "第 10 行", "没有“fin”这一行或这一列"),
        ("{year}", "", "第 3 行", "标题里要有 {year}"),
        ('years = [2021]', "years = 2021", "第 2 行", "years"),
        ('name = "小报告"', 'name = "小报告', "第 1 行", "不合 TOML 的写法"),
        ("each unit 单位名称", "each unit 名称\neach office 机关", "第 8 行", "只能有一个 each"),
        ("each unit 单位名称", "each 单位名称", "第 18 行", "写成 each unit 单位名称"),
        ("罚款 fine count:宗", "罚款\u200a", "第 12 行", "读不懂"),
        ("罚款 fine count:宗", "罚款 fines\n  罚款 fine", "第 12 行", "写成“罚款 (fines)”"),
        ("fine + seizure = total", "total >= fine", "第 26 行", "不用 >=，写成 fine <= total"),
        ("fine + seizure = total", "total ≥ fine", "第 26 行", "不用 >=，写成 fine <= total"),
        ("fine + seizure = total", "fine * 2 = total", "第 26 行", "不能乘"),
        ("fine + seizure = total", "fine <= 100", "第 26 行", "不能写固定的数"),
        ("fine + seizure = total", "total - fine = seizure", "第 26 行", "不写减"),
        ("fine + seizure =", "fine + siezure =", "第 26 行", "最接近的是“seizure”"),
        ('grid = "fines"\nholds = "fine', 'grid = "fins"\nholds = "fine', "第 25 行",
         "最接近的是“fines”"),
        ("合计 total count:宗", "合计 total date", "第 26 行", "不是数"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_line(
    tmp_path: Path, wrong: str, right: str, line: str, says: str
) -> None:
    assert wrong in SOUND
    found = faults_of(tmp_path, SOUND.replace(wrong, right, 1))
    assert any(place == line and says in message for place, message in found), found


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[rules.E999]\nwhy = "甲"', "[rules.E999] 不是 docgen 的编号"),
        ('[rules.K301]\nwhy = "甲"', "[rules.K301] 是表式自己的编号"),
        ('[[power]]\nat = "fines.fin"\nname = "罚款"\nnever = "township"', "没有“fines.fin”这一行"),
        ('[[ceiling]]\nat = "fines.all"\nlevel = "township"\namount = 9', "没有“fines.all”这一格"),
    ],
)
def test_what_is_said_of_nothing_is_told(tmp_path: Path, more: str, says: str) -> None:
    """A slip in an address or a code would switch a power, a ceiling or a text off."""
    found = faults_of(tmp_path, f"{SOUND}\n{more}\n")
    assert [message for _, message in found if says in message], found


def test_all_slips_are_told_at_once(tmp_path: Path) -> None:
    text = SOUND.replace("没收 seizure", "没收").replace(
        'grid = "fines"\nholds = "unit', 'holds = "unit'
    )
    assert len(faults_of(tmp_path, text)) == 2


def test_a_slip_brings_no_others_along(tmp_path: Path) -> None:
    """What is said of the cells of a table is judged once its rows and columns can be read."""
    for wrong in ("没收 count:宗", "没收 seizure cuont:宗", "没收 Seizure count:宗"):
        text = SOUND.replace("没收 seizure count:宗", wrong)
        text += '[[term]]\nname = "没收数"\nat = "fines.all.seizure"\n'
        assert [place for place, _ in faults_of(tmp_path, text)] == ["第 13 行"], wrong


@pytest.mark.parametrize(
    "more",
    [
        "[prose]\nformulas = ['(a+)+$']",
        "[prose]\nformulas = ['.*.*.*.*$']",
        "[prose]\nformulas = ['(?=x)x']",
        "[prose]\nformulas = ['(a']",
    ],
)
def test_a_pattern_cannot_run_away(tmp_path: Path, more: str) -> None:
    assert faults_of(tmp_path, f"{SOUND}\n{more}\n")


def test_a_part_goes_with_all_that_uses_it(tmp_path: Path) -> None:
    """A rule for two tables stays for the other; rules, terms, facts and cases of one go."""
    more = """
[[part]]
grid = "checks"
heading = "二、检查"
columns = "检查 check count:次"
rows = "合计 all"

[[rule]]
code = "K303"
name = "检查少于处罚"
grid = "checks fines"
holds = "all <= all"
each = "column"

[[rule]]
code = "K304"
name = "检查少于罚款"
holds = "fines.all.fine <= checks.all.check"

[[term]]
name = "检查"
at = "checks.all.check"

[[facts]]
group = "all"
list = [
  { key = "check", label = "检查", says = "检查", sums = "checks.all.check" },
  { key = "fine", label = "罚款", says = "罚款", sums = "fines.all.fine" },
]

[words]
"检查" = "检查"
"罚款" = "罚款"
"""
    whole = form_of(tmp_path, SOUND + more)
    assert {e.table for e in whole.equations if e.code == "K303"} == {"checks", "fines"}
    edition = form_of(tmp_path, 'extends = "small"\ndrop = ["part checks"]\n', "edition")
    assert [*edition.rules] == ["K301", "K302", "K303"]
    assert {e.table for e in edition.equations if e.code == "K303"} == {"fines"}
    assert (edition.speech.terms, [f.key for f in edition.speech.facts]) == ((), ["fine"])


def test_columns_written_anew_take_their_names_along(tmp_path: Path) -> None:
    """A fact of a column that an edition has not goes; a rule of it must be said anew."""
    more = """
[[facts]]
group = "fines"
never = "检查"
list = [
  { key = "fine", label = "罚款", says = "罚款", sums = "fines.all.fine" },
  { key = "seizure", label = "没收", says = "没收", sums = "fines.all.seizure" },
]

[[term]]
name = "没收"
at = "fines.all.seizure"

[words]
"罚款" = "罚款"
"没收" = "没收"
"检查" = "检查"
"""
    form_of(tmp_path, SOUND + more)
    edition = """
extends = "small"

[[part]]
grid = "fines"
columns = \"\"\"
罚款 fine count:宗
合计 total count:宗
罚没金额 money amount:元
\"\"\"
"""
    said = "[[rule]]\ncode = 'K301'\nholds = 'fine = total'\n"
    made = form_of(tmp_path, edition + said, "edition")
    assert [(f.key, f.never) for f in made.speech.facts] == [("fine", "检查")]
    assert made.speech.terms == ()
    with pytest.raises(InputStop, match="没有“seizure”"):
        form_of(tmp_path, edition, "unsaid")


def test_files_of_a_form_are_read_as_one(tmp_path: Path) -> None:
    form_of(tmp_path, SOUND)
    (tmp_path / "small" / "more.toml").write_text('basis = "甲"\n', encoding="utf-8")
    assert load_form(tmp_path / "small").basis == "甲"
    (tmp_path / "small" / "again.toml").write_text('basis = "乙"\n', encoding="utf-8")
    with pytest.raises(InputStop, match="在两个文件里都有"):
        load_form(tmp_path / "small")


def test_rules_may_stand_in_several_files(tmp_path: Path) -> None:
    """Lists of tables go on from file to file, in the order of their names, form.toml first."""
    form_of(tmp_path, SOUND)
    rule = '[[rule]]\ncode = "K303"\nname = "多"\ngrid = "fines"\nholds = "fine <= %s"\n'
    more = tmp_path / "small" / "a.toml"
    more.write_text(rule % "total", encoding="utf-8")
    assert [*load_form(tmp_path / "small").rules] == ["K301", "K302", "K303"]
    more.write_text(rule % "totla", encoding="utf-8")
    with pytest.raises(InputStop) as stopped:
        load_form(tmp_path / "small")
    [place] = stopped.value.findings[0].places
    assert (place.file, place.cell) == ("small/a.toml", "第 5 行")


ENGLISH = re.compile("[A-Za-z]{3,}")
FOREIGN = {
    "years = [2021]": ("years = 2021", "years = [2021]"),
    "[[part]]": ("[part]", "两个方括号"),
    'name = "小报告"': ("name = 7", "加引号"),
    'code = "K301"': ('code = "w301"', "自己的用 S、W、Y、Z"),
    'code = "K302"': ('code = "E901"', "自己的用 S、W、Y、Z"),
    'name = "各类': ('severity = "bad"\nname = "各类', '只能是 "error"'),
    'title = "': ('page = 1\ntitle = "', "单独一行写 [page]"),
    'title = "{': ('signed = "maybe"\ntitle = "{', "true 或 false"),
    'title = "{name}': ('outputs = "docx"\ntitle = "{name}', "写在方括号里"),
}
OWN_WORDS = ENGLISH.findall(
    "years part code name page signed outputs severity true false error warning note docx small "
    "toml docgen"
)


@pytest.mark.parametrize(("right", "wrong"), FOREIGN.items(), ids=FOREIGN)
def test_no_word_of_the_library_is_said(tmp_path: Path, right: str, wrong: tuple[str, str]) -> None:
    """What is wrong is told in the words of an office; only words of the language are English."""
    text = SOUND.replace(right, wrong[0], 1) if right != "[[part]]" else SOUND.split("[[part]]")[0]
    text += '[part]\ngrid = "a"\n' if right == "[[part]]" else ""
    said = [message for _, message in faults_of(tmp_path, text)]
    assert [message for message in said if wrong[1] in message], said
    for message in said:
        assert set(ENGLISH.findall(message)) <= {*OWN_WORDS}, message


def test_an_address_without_quotes_is_told_once(tmp_path: Path) -> None:
    text = f'{SOUND}\n[[case]]\ncode = "K301"\nset = {{ fines.all.fine = 9 }}\n'
    [(_, message)] = faults_of(tmp_path, text)
    assert '点号连着的格子要加引号："fines.all.fine" = ' in message


def test_a_row_of_totals_asks_for_no_words(tmp_path: Path) -> None:
    """Yes or no, a date or a name is of each unit, not of the sum of all."""
    text = SOUND.replace("罚没金额 money amount:元", "罚没金额 money amount:元\n是否公示 shown yes")
    form = form_of(tmp_path, text).as_reported({"fines": ("甲局",)}, ())
    assert not form.cells["fines.unit1.shown"].cell.optional
    assert form.cells["fines.all.shown"].cell.optional
    assert not form.cells["fines.all.money"].cell.optional
    none = form_of(tmp_path, text, "other").as_reported({"fines": ()}, ())
    assert none.cells["fines.all.shown"].cell.optional


def test_a_digest_tells_forms_apart(tmp_path: Path) -> None:
    one = form_of(tmp_path / "one", SOUND)
    other = form_of(tmp_path / "other", SOUND.replace("单位名称", "单位"))
    assert one.digest == form_of(tmp_path / "third", SOUND).digest != other.digest


KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
LABELS = st.text("甲乙丙丁 （）1", min_size=1, max_size=6).map(str.strip).filter(bool)
CELLS = st.none() | st.sampled_from(
    [
        Cell(Kind.COUNT, "宗"),
        Cell(Kind.AMOUNT, "元", (), True),
        Cell(Kind.TEXT),
        Cell(Kind.CHOICES, "", ("甲", "乙")),
        Cell(Kind.DATE, optional=True),
    ]
)


@st.composite
def lines(draw: st.DrawFn, depth: int = 0) -> Line:
    parts: tuple[Line, ...] = ()
    if depth < 2 and draw(st.booleans()):
        parts = tuple(draw(st.lists(lines(depth + 1), min_size=1, max_size=3)))
    variants = tuple(draw(st.lists(st.sampled_from(["戊", "己"]), max_size=2)))
    cell = None if parts else draw(CELLS)
    gathers = bool(parts) and draw(st.booleans())
    return Line(draw(KEYS), draw(LABELS), variants, cell, parts, in_address=not gathers)


@given(st.lists(lines(), max_size=4))
def test_an_outline_is_read_as_it_is_written(tree: list[Line]) -> None:
    assert list(read_outline("\n".join(write_outline(tuple(tree))))) == tree


@given(st.text("甲 \t|():?a_\n", max_size=40))
def test_any_outline_is_read_or_refused(text: str) -> None:
    with suppress(OutlineFault):
        tree = read_outline(text)
        assert read_outline("\n".join(write_outline(tree))) == tree
