"""A template made from a form alone: sound, whole, and on the pages that the form asks for."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from door import PROJECT, Docgen, write_json
from processes import finish
from proofs import needs_office
from toy import TOY, toy_report
from validator import assert_valid, needs_validator

from docgen.blank.template import write_template
from docgen.files import ooxml
from docgen.forms.form import Form
from docgen.forms.loader import load_form, own_forms
from docgen.layout.page import check_page
from docgen.layout.proof import Proof, make_proofs
from docgen.layout.sheet import is_turned
from docgen.merge import Template, check_template, merge_report, read_back
from docgen.merge.compiled import carried as compiled_of
from docgen.merge.lint import sample_report
from docgen.model import Report
from docgen.word.content import Content, PlacedTable, read_content
from docgen.word.markup import W, twips
from docgen.word.package import open_document

TEXT = """
[[part]]
text = "preface"
label = "引言"
[[part]]
text = "acts"
heading = "一、主要举措和成效"
[[part]]
text = "lacks"
heading = "二、存在的不足和原因"
"""
FEES = """
[[part]]
grid = "fees"
heading = "二、收费"
name = "表一 收费"
corner = "项目"
columns = "笔数 cases count:笔"
rows = "复印 copies"
"""
PENALTIES = """
[[part]]
heading = "第二部分 数据表"
[[part]]
grid = "penalties"
heading = "表一 行政处罚"
name = "表二 行政处罚"
corner = "单位名称"
landscape = true
columns = '''
行政处罚实施数量 (kinds)
  警告 warning
  罚款 fine
  没收违法所得、没收非法财物 confiscation
  责令关闭、限制从业 closed
  合计 total
罚没金额（万元） money amount:万元
是否公示 shown yes
备注 note text?
'''
rows = '''
each unit 单位名称
合计 all
'''
notes = ["1.统计范围为1月1日至12月31日。", "2.单处一个类别的，计入相应的类别。"]
absent = "本单位无相关行政执法职责"
"""
WIDER = """
[[part]]
grid = "wider"
heading = "表二 分类"
name = "表三 分类"
landscape = true
corner = "单位名称"
columns = '''
{}
'''
rows = '''
each unit 单位名称
合计 all
'''
""".format("\n".join(f"某某类别数量{n} c{n}" for n in range(26)))
SHEET = """
[page]
standard = ""
one_page = true
[[part]]
sheet = "site"
name = "表一 网站"
rows = '''
{}
互动交流 (talks)
  是否统一 unified yes
  留言办理 (messages)
    收到 received count:条
    办结 done count:条
'''
[[part]]
lines = "signed_by"
name = "表二 填报人"
rows = '''
单位负责人 head person
联系电话 phone phone
'''
""".format("\n".join(f"某项工作的数量{n} r{n} count:个" for n in range(46)))

CROWDED = """
signed = false
[page]
standard = ""
landscape = true
[[part]]
grid = "aid"
heading = "一、各村情况"
name = "各村情况"
corner = "村名"
columns = '''
在册户数 houses count:户
在册人数 people count:人
救助人次 helped count:人次
低保金额（元） low amount:元
特困金额（元） poor amount:元
临时救助金额（元） temp amount:元
合计金额（元） money amount:元
是否公示 shown yes
公示日期 shown_on date?
经办人 clerk person
经办人电话 phone phone
救助方式 way choice:现金,实物
网址 link url?
备注 note text?
'''
rows = '''
each unit 村名
合计 all
'''
[[part]]
text = "overview"
heading = "二、情况说明"
[[part]]
lines = "signers"
name = "签名"
rows = "填报人 who person"
"""

#: Each form, and which of the sections of its document lie across.
FORMS: dict[str, tuple[str, list[bool]]] = {
    "text": (TEXT, [False]),
    "signed": (TEXT + FEES + PENALTIES, [False, True]),
    "turning": (f"{TEXT}{PENALTIES}{FEES}{WIDER}", [False, True, False, True]),
    "one-page": (f"signed = false\n{SHEET}", [False]),
    "tables": (f"signed = false\n{PENALTIES}{WIDER}", [True]),
    "crowded": (CROWDED, [True]),
}


@pytest.fixture(params=[*FORMS, TOY.key])
def form(request: pytest.FixtureRequest, tmp_path: Path) -> Form:
    """A form of each shape."""
    return TOY if request.param == TOY.key else made_form(request.param, tmp_path)


def made_form(key: str, folder: Path) -> Form:
    """The form of this key, read from its text."""
    path = folder / key
    path.mkdir()
    head = 'name = "某某年报"\nyears = [2020]\ntitle = "{name}{year}年某某年报"\n'
    (path / "form.toml").write_text(head + FORMS[key][0], encoding="utf-8")
    return load_form(path)


def made_from(form: Form, report: Report | None = None) -> bytes:
    """A document made with the template of a form."""
    template = Template("模板.docx", write_template(form), own=False)
    report = report or sample_report(form)
    reported = form.as_reported(report.units, report.absent)
    document = merge_report(template, reported, report)
    read_back(document, template, reported, report)
    return document


def read(document: bytes) -> Content:
    return read_content(open_document(document), "")


def widths_of(table: PlacedTable) -> list[float]:
    return [twips(column.get(f"{W}w")) for column in table.element.iter(f"{W}gridCol")]


@pytest.mark.parametrize(
    "carried", [one for one in own_forms() if one.template], ids=lambda form: form.key
)
def test_carried_templates_are_what_their_forms_make(carried: Form) -> None:
    """`python tools/make_template.py` writes them; the compiled form is of these very bytes."""
    path = PROJECT / "templates" / carried.template
    assert path.read_bytes() == write_template(carried), carried.key
    assert compiled_of(path.with_suffix(".jinja.json").read_text("utf-8"), path.read_bytes())


def test_it_has_no_fault(form: Form) -> None:
    """The check prints a report with all that may stand in it, one without, and reads both back."""
    assert check_template(Template("模板.docx", write_template(form), own=False), form) == []


@needs_validator
def test_it_and_its_documents_are_sound_files(form: Form, tmp_path: Path) -> None:
    for name, data in (("模板", write_template(form)), ("年报", made_from(form))):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        assert_valid(path)


def test_landscape_tables_have_pages_of_their_own(form: Form) -> None:
    """What stands alone above one lies on its page, and so does the signature below."""
    turned = [is_turned(section) for section in read(made_from(form)).sections]
    assert turned == (FORMS[form.key][1] if form.key in FORMS else [True])


def test_every_table_fills_its_page_and_no_column_is_a_sliver(form: Form) -> None:
    content = read(made_from(form))
    for table in content.tables:
        section = content.sections[table.section]
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert size is not None
        assert margins is not None
        sides = twips(margins.get(f"{W}left")) + twips(margins.get(f"{W}right"))
        widths = widths_of(table)
        assert sum(widths) == twips(size.get(f"{W}w")) - sides - 10
        two_small_characters = 2 * 180 + 80
        assert min(widths) >= two_small_characters
        assert len(widths) > 14 or min(widths) >= 3 * 210 + 80


AMOUNT = "12345678.90"


def test_a_crowded_table_has_room_for_its_numbers(tmp_path: Path) -> None:
    """An amount takes more of a row than a count, a date more than yes or no."""
    [table] = read(made_from(made_form("crowded", tmp_path))).tables
    widths = widths_of(table)
    money, yes, date = widths[4], widths[8], widths[9]
    em, sides = 20 * 9, 40
    assert money >= len(AMOUNT) / 2 * em + sides
    assert date > yes


def test_pages_without_a_standard(tmp_path: Path) -> None:
    """The number stands in the middle; a heading and lines to be signed keep off what is above."""
    parts = ooxml.read_parts(write_template(made_form("crowded", tmp_path)))
    feet = [data.decode() for name, data in parts.items() if "footer" in name and b"PAGE" in data]
    assert len(feet) == 2
    assert all('w:jc w:val="center"' in foot for foot in feet)
    document = parts[ooxml.DOCUMENT].decode()
    _, heading, lines = document.split('<w:spacing w:before="240"/>')
    assert "sections.overview.title" in heading
    assert "for row in signers.rows" in lines


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(("money", "is_told"), [("12345678.90", False), ("1" * 15, True)])
def test_a_number_in_two_lines_is_told(tmp_path: Path, money: str, is_told: bool) -> None:
    """The proof says which column is too narrow, and how to widen it."""
    form = made_form("crowded", tmp_path)
    report = sample_report(form)
    figures = {a: Decimal(money) if a.endswith(".money") else v for a, v in report.figures.items()}
    [proof] = make_proofs(
        [made_from(form, report.model_copy(update={"figures": figures}))], forms=[form]
    )
    assert isinstance(proof, Proof)
    said = [finding.message for finding in proof.findings if finding.code == "F219"]
    assert bool(said) == is_told
    if is_told:
        assert said[0].startswith("第 1 张表“合计金额（元）”一列太窄")


def test_page_checks_find_nothing(form: Form) -> None:
    assert check_page(made_from(form), "年报.docx", form) == []


@needs_office
@pytest.mark.slow
def test_they_are_as_sound_when_an_editor_saved_them(tmp_path: Path) -> None:
    """Loops, merged cells of groups, sections and footers survive LibreOffice."""
    forms = [TOY, *(made_form(key, tmp_path) for key in FORMS)]
    paths = {tmp_path / f"{form.key}.docx": form for form in forms}
    for path, form in paths.items():
        path.write_bytes(write_template(form))

    saved = tmp_path / "saved"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    kind = "docx:MS Word 2007 XML"
    words = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", saved, *paths]
    assert finish([*map(str, words)]).returncode == 0

    for path, form in paths.items():
        data = (saved / path.name).read_bytes()
        assert data != path.read_bytes()
        assert check_template(Template("模板.docx", data, own=False), form) == [], form.key


@needs_office
@pytest.mark.slow
def test_proofs_find_nothing(tmp_path: Path) -> None:
    """A signature on a landscape page has room for its seal; fifty rows stand on one page."""
    forms = [TOY, *(made_form(key, tmp_path) for key in FORMS)]
    proofs = make_proofs([made_from(one) for one in forms], forms=forms)
    for one, proof in zip(forms, proofs, strict=True):
        assert isinstance(proof, Proof)
        assert [f.message for f in proof.findings if f.severity != "note"] == [], one.key
    assert [p.pages for p in proofs if isinstance(p, Proof)] == [2, 1, 2, 4, 1, 2, 1]


@needs_office
@pytest.mark.slow
def test_a_value_too_long_for_one_page_is_told(tmp_path: Path) -> None:
    form = made_form("one-page", tmp_path)
    report = sample_report(form)
    long = report.model_copy(update={"answers": dict.fromkeys(report.answers, "很长的名称" * 150)})
    [proof] = make_proofs([made_from(form, long)], forms=[form])
    assert isinstance(proof, Proof)
    assert "F216" in [finding.code for finding in proof.findings]


@pytest.mark.parametrize(("units", "breaks"), [(3, 0), (40, 39)])
def test_a_table_of_units_breaks_only_if_it_is_long(units: int, breaks: int) -> None:
    report = toy_report()
    names = tuple(f"第{number}分馆" for number in range(1, units + 1))
    figures = {a: n for a, n in report.figures.items() if not a.startswith("branches.unit")}
    columns = ("books", "papers", "total", "visits", "money")
    figures |= {f"branches.unit{n + 1}.{c}": n for n in range(units) for c in columns}
    units_of = {"units": {"branches": names}, "figures": figures}
    table = read(made_from(TOY, report.model_copy(update=units_of))).tables[1]
    rows = [row for row in table.rows if not row.is_head][:-1]
    assert sum(not _keeps_with_next(row.element) for row in rows) == breaks


def _keeps_with_next(row: ooxml.Element) -> bool:
    return row.find(f".//{W}keepNext[@{W}val='0']") is None


def test_a_table_without_business_is_its_sentence() -> None:
    report = toy_report()
    figures = {a: n for a, n in report.figures.items() if not a.startswith("fees.")}
    absent = report.model_copy(update={"absent": ("fees",), "figures": figures})
    content = read(made_from(TOY, absent))
    assert len(content.tables) == 2
    assert "本图书室不收取任何费用" in [paragraph.text for paragraph in content.paragraphs]


def without_landscape(document: bytes) -> bytes:
    """A document with every page upright."""
    parts = dict(ooxml.read_parts(document))
    turned = b'w:w="16838" w:h="11906" w:orient="landscape"'
    assert turned in parts[ooxml.DOCUMENT]
    upright = b'w:w="11906" w:h="16838"'
    parts[ooxml.DOCUMENT] = parts[ooxml.DOCUMENT].replace(turned, upright)
    return ooxml.write_package(parts)


@pytest.mark.parametrize(
    ("key", "expected"),
    [("tables", {"P102", "P601", "F217"}), (TOY.key, {"F217", "F218"})],
)
def test_tables_on_pages_that_are_not_turned_are_told(
    tmp_path: Path, key: str, expected: set[str]
) -> None:
    form = TOY if key == TOY.key else made_form(key, tmp_path)
    found = check_page(without_landscape(made_from(form)), "年报.docx", form)
    assert {finding.code for finding in found} == expected


def test_the_form_is_known_by_the_record_or_the_option(
    docgen: Docgen, reference: dict[str, Any]
) -> None:
    """Without a standard no clause of it is judged, and the command says so."""
    Path("forms/plain-2021").mkdir(parents=True)
    text = 'extends = "disclosure-2021"\nname = "本县的年报"\n[page]\nstandard = ""\n'
    Path("forms/plain-2021/form.toml").write_text(text, encoding="utf-8")
    write_json(Path("2024.json"), reference | {"form": "plain-2021"})
    template = PROJECT / "templates" / "report_template.docx"
    assert docgen("render", "2024.json", "--template", template).code == 0

    [told] = docgen("page", "outputs/2024.docx", "--json").lines
    assert {rule["why"] for rule in told["rules_not_run"]} == {"这种表式没有规定版面标准"}
    assert {"P101", "F218"} & {rule["code"] for rule in told["rules_not_run"]} == {"P101"}
    assert "没有一条规则用得上（这种表式没有规定版面标准" in docgen("page", "outputs/2024.docx").err

    Path("outputs/2024.docx").rename("别处.docx")
    assert "rules_not_run" not in docgen("page", "别处.docx", "--json").lines[0]
    [named] = docgen("page", "别处.docx", "--form", "plain-2021", "--json").lines
    assert named["rules_not_run"] == told["rules_not_run"]
    assert docgen("page", "别处.docx", "--form", "没有", "--json").code == 2
