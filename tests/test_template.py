"""A template: sound ones that editors touched, and every fault told at once with its place."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from door import INPUTS, Docgen, write_json
from processes import finish

from docgen.word.blocks import read_blocks
from templates import (
    BODY,
    CORE,
    OWN,
    RELATIONS,
    TYPES,
    Edit,
    edited,
    parts_of,
    refused,
    told,
    write_docx,
)

FOOTER = "word/footer2.xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def rendered(docgen: Docgen, *words: object) -> object:
    """What the document rendered from the reference says."""
    assert docgen("render", INPUTS / "2024.json", "--force", *words).code == 0
    return read_blocks(parts_of(Path("outputs/2024.docx"))[BODY])


def test_own_template_is_sound(docgen: Docgen) -> None:
    """docgen's own template passes the check it applies to others, and renders as one of them."""
    assert told(docgen, OWN) == []
    assert rendered(docgen, "--template", OWN) == rendered(docgen)


@pytest.mark.slow
@pytest.mark.skipif(
    not shutil.which("soffice") and "CI" not in os.environ, reason="LibreOffice is not installed"
)
def test_saved_again_by_libreoffice(docgen: Docgen, folder: Path) -> None:
    """A template opened and saved in LibreOffice still checks, and prints the same blocks."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    kind = "docx:MS Word 2007 XML"
    saved = folder / "saved" / OWN.name
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        saved.parent,
        OWN,
    ]
    assert finish([*map(str, command)]).returncode == 0
    assert parts_of(saved)[BODY] != parts_of(OWN)[BODY]
    assert told(docgen, saved) == []
    assert rendered(docgen, "--template", saved) == rendered(docgen)


SPLIT = (
    "{</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>{ ti</w:t></w:r>"
    "<w:bookmarkStart w:id='0' w:name='a'/><w:r><w:t>tle</w:t></w:r><w:r><w:t> }}"
)


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([("{{ title }}", SPLIT)], id="split by the spell checker"),
        pytest.param([("{{ title }}", "{{title}}")], id="no spaces"),
        pytest.param([("{%p if p.heading %}", "{%p if p.heading and p.lead != “” %}")], id="curly"),
        pytest.param([("{{ title }}", "{# 标题 #}{{ title }}")], id="comment"),
    ],
)
def test_what_word_does_to_tags(docgen: Docgen, edits: list[Edit]) -> None:
    """Split runs, curly quotes and comments change nothing that is printed."""
    path = edited(*edits)
    assert told(docgen, path) == []
    assert rendered(docgen, "--template", path) == rendered(docgen)


def test_hyperlink_and_core_properties_are_harmless(docgen: Docgen) -> None:
    """A link waits for a click; a template's own properties are not kept."""
    parts = parts_of(edited(relation("hyperlink", "http://a/"), part=RELATIONS))
    tag = b"<dc:title>zzz</dc:title><dc:language>"
    core = parts["docProps/core.xml"].replace(b"<dc:language>", tag)
    assert rendered(docgen, "--template", write_docx({**parts, "docProps/core.xml": core}))
    assert "甘河子镇" in parts_of(Path("outputs/2024.docx"))["docProps/core.xml"].decode()


TABLE = "第 1 张表第"
CELL = f"{TABLE} 4 行第 2 格"
FAULTS: list[tuple[str, list[Edit], list[str]]] = [
    ("misspelt", [("row.issued", "row.isued")],
     [f"T201 {CELL}“{{{{ row.isued }}}}”：标签 {{{{ row.isued }}}} "
      "里的“isued”不认识；最接近的是“issued”"]),
    ("unknown", [("{{ signature.name }}", "{{ zzz }}{{ signature.name }}")],
     ["T201 *标签 {{ zzz }} 里的“zzz”不认识"]),
    ("misspelt loop, and within it",
     [("documents.rows", "documents.row"), ("row.issued", "row.isued")],
     [f"T201 {TABLE} 3 行第 1 格*“row”*是“rows”", f"T201 {CELL}*“isued”*是“issued”"]),
    ("braces", [("{{ row.issued }}", "{{ row.issued }")],
     [f"T202 {CELL}“{{{{ row.issued }}”：{{{{ 没有成对的另一半括号"]),
    ("braces of a statement", [("{%p endfor %}", "{%p endfor ")],
     ["T202 第 9 段*{% 没有成对的另一半括号", "T203 第 3 段*没有与它成对的 endfor"]),
    ("comment left open", [("{{ title }}", "{# {{ title }}")],
     ["T202 第 1 段*{# 没有成对的另一半括号"]),
    ("empty", [("{{ title }}", "{{ title }}{{ }}")], ["T202 第 1 段*{{ }} 的写法不对"]),
    ("endless", [("{{ title }}", "{{ a" + ".a" * 5000 + " }}")], ["T202 第 1 段*太长了"]),
    ("a list printed", [("{{ title }}", "{{ preface }}")], ["T202 第 1 段*不能直接印"]),
    ("a band looped over", [("documents.rows", "documents")],
     [f"T202 {TABLE} 3 行*“documents”不能循环，要写 documents.rows"]),
    ("a text looped over", [("{{ title }}", "{% for a in title %}{{ title }}{% endfor %}")],
     ["T202 第 1 段*“title”不能循环"]),
    ("endfor missing", [("{%tr endfor %}", "")],
     [f"T203 {TABLE} 3 行*没有与它成对的 endfor"]),
    ("plain endfor", [("{%tr endfor %}", "{% endfor %}")],
     [f"T203 {TABLE} 5 行*与 {{%tr for row in documents.rows %}} 的前缀不一致"]),
    ("beside p", [("{%p for p in preface", "附：{%p for p in preface")],
     ["T204 第 3 段*与“附：”写在同一段里，这些文字不会印出来"]),
    ("beside tr", [("{%tr endfor %}", "{%tr endfor %}小计")],
     [f"T204 {TABLE} 5 行*与“小计”写在同一行里，这些文字不会印出来"]),
    ("a figure's tag removed", [("{{ row.repealed }}", "")],
     ["T206 *没有标签 {{ documents.rows….repealed }}（表一“本年废止件数”）"]),
    ("one of two tags of a figure removed", [("{{ row.natural }}", "")],
     [f"T207 第 2 张表第 {row} 行（*）第 2 格应印“{figure}”，*是“”"
      for row, figure in ((28, 1179), (5, 1018))]),
    ("columns exchanged",
     [("row.issued", "@"), ("row.repealed", "row.issued"), ("@", "row.repealed")],
     [f"T207 {TABLE} 3 行（规章）第 2 格应印“1001”，用这个模板印出来是“1002”",
      "T207 *“1002”*“1001”", "T207 *“1004”*“1005”", "T207 *“1005”*“1004”"]),
    ("loop.index outside of loops", [("{{ title }}", "{{ loop.index }}{{ title }}")],
     ["T201 *“loop”不认识"]),
    ("several",
     [("{{ title }}", "{{ titel }}"), ("row.issued", "row.isued"),
      ("{%p for p in preface", "附：{%p for p in preface"),
      ("signature.date }}", "signature.date")],
     [f"T201 {CELL}*", "T201 第 1 段*", "T202 *", "T204 第 3 段*"]),
]  # fmt: skip


@pytest.mark.parametrize(("_", "edits", "expected"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_fault_is_told_with_its_place(
    docgen: Docgen, _: str, edits: list[Edit], expected: list[str]
) -> None:
    """Each fault of the tags: its code, its place and its words; render refuses it too."""
    path = edited(*edits)
    said = sorted(told(docgen, path))
    assert len(said) == len(expected), said
    for line, pattern in zip(said, expected, strict=True):
        assert re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), line)
    assert sorted(refused(docgen, path)) == [line[:4] for line in said]


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        ("{{ 7*7 }}", "运算或调用"),
        ("{{ 7 }}", "运算或调用"),
        ("{{ ''.__class__.__mro__ }}", "运算或调用"),
        ("{{ title.upper() }}", "运算或调用"),
        ("{{ title|upper }}", "运算或调用"),
        ("{{ title ~ title }}", "运算或调用"),
        ("{{ preface[0].rest }}", "运算或调用"),
        ("{{ title if title else title }}", "运算或调用"),
        ("{% if title.upper() %}{% endif %}", "运算或调用"),
        ("{% for a in preface if 7*7 %}{% endfor %}", "运算或调用"),
        ("{% for a in preface[:1] %}{% endfor %}", "运算或调用"),
        ("{% for a, b in preface %}{% endfor %}", "几个循环变量"),
        ("{% set x = 1 %}", " set"),
        ("{% include 'x' %}", " include"),
        ("{% macro x() %}", " macro"),
        ("{% raw %}", " raw"),
        ("{% cellbg title %}", " cellbg"),
        ("{% vmerge title %}", " vmerge，因为它不在表格里"),
        ("{%tr if title %}", " tr 前缀，因为它不在表格里"),
        ("{{r title }}", " r 前缀，只能用 p 和 tr"),
    ],
)
def test_not_allowed(docgen: Docgen, tag: str, what: str) -> None:
    """Only values, loops and conditions: whatever else a tag does is named and never run."""
    path = edited(("{{ title }}", "{{ title }}" + tag))
    said = [line for line in told(docgen, path) if line.startswith("T205")]
    assert len(said) == 1
    assert said[0].startswith("T205 第 1 段“{{ title }}")
    assert re.search(r"\{[{%].*[%}]\} 里不能用" + re.escape(what) + "$", said[0])
    assert "T205" in refused(docgen, path)


@pytest.mark.parametrize("part", [FOOTER, "word/footer1.xml"])
def test_tag_in_a_footer(docgen: Docgen, part: str) -> None:
    """Heads and feet are checked too, and named as such."""
    path = edited(("</w:p>", "<w:r><w:t>{{ titel }}</w:t></w:r></w:p>"), part=part)
    said = told(docgen, path)
    assert len(said) == 1
    assert said[0].startswith(f"T201 {part.split('/')[1]} 第 1 段“— 1 —{{{{ titel }}}}”：")
    assert said[0].endswith("“titel”不认识；最接近的是“title”")
    assert refused(docgen, path) == ["T201"]


def relation(kind: str, target: str, key: str = "a", mode: str = "External") -> Edit:
    """A relationship of the document to something outside, or to a part."""
    about = f"Id='{key}' Type='{OFFICE}/{kind}' Target='{target}' TargetMode='{mode}'"
    return "</Relationships>", f"<Relationship {about}/></Relationships>"


def bomb(parts: dict[str, bytes]) -> dict[str, bytes]:
    """A package of 70 MB that is 70 KB small."""
    return {**parts, "word/media/a.bin": bytes(70 * 1024 * 1024)}


MAIN = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "c">]><w:document'
DEEP = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
PACKAGES = {
    "docm": ((MAIN, "vnd.ms-word.document.macroEnabled.main+xml"), TYPES, "带宏的 .docm"),
    "remote template": (relation("attachedTemplate", "http://a/b.dotm"), RELATIONS, "文件外的内容"),
    "remote, in disguise": (relation("image", "http://a/hyperlink"), RELATIONS, "文件外的内容"),
    "DOCTYPE": (("<w:document", DOCTYPE), BODY, f"{BODY} 带有文档类型声明"),
    "broken styles": (
        ("<w:styles", "<w:styles <"),
        "word/styles.xml",
        "word/styles.xml 不是完好的 XML（第 2 行第 11 个字符处）",
    ),
    "broken relations": (
        ("<Relationships", "<Relationships <"),
        RELATIONS,
        f"{RELATIONS} 不是完好的 XML",
    ),
    "broken types": (("<Types", "<Types <"), TYPES, f"{TYPES} 不是完好的 XML"),
    "types misspelt": (('"/word/document.xml"', '"/word/dokument.xml"'), TYPES, "没有 Word 正文"),
    "a part of another type": (
        ('"/word/styles.xml"', '"/word/style.xml"'),
        TYPES,
        "把部件 word/styles.xml 写成了别的种类",
    ),
    "a part missing": (
        ('Target="styles.xml"', 'Target="style.xml"'),
        RELATIONS,
        "里面少了一个部件 word/style.xml",
    ),
    "broken properties": (("</cp:coreProperties>", ""), CORE, f"{CORE} 不是完好的 XML"),
    "broken body": (("<w:body>", "<w:body"), BODY, "不是完好的 XML"),
    "endlessly deep": (("<w:body>", f"<w:body>{DEEP}"), BODY, "元素套了 256 层以上"),
    "an attribute of 11 MB": (
        ("<w:body>", f'<w:body a="{"a" * 11_000_000}">'),
        BODY,
        "超过上限 8 MB",
    ),
    "a text of 11 MB": (("<w:body>", f"<w:body>{'a' * 11_000_000}"), BODY, "超过上限 8 MB"),
    "an entity": (("<w:body>", "<w:body>&a;"), BODY, "不是完好的 XML"),
    "in GBK": (('"UTF-8"', '"GBK"'), BODY, "编码是 GBK，只能是 UTF-8 或 UTF-16"),
    "in nothing": (('"UTF-8"', '"neither"'), BODY, "不是完好的 XML"),
    "an id twice": (relation("hyperlink", "http://a/", "rId1"), RELATIONS, "编号都是“rId1”"),
    "merge by no number": (('gridSpan w:val="4"', 'gridSpan w:val="x"'), BODY, "跨列数“x”不是数"),
}


@pytest.mark.parametrize(("edit", "part", "why"), PACKAGES.values(), ids=PACKAGES)
def test_package_is_refused(docgen: Docgen, edit: Edit, part: str, why: str) -> None:
    """What is no plain Word document that keeps to itself is refused before it is filled."""
    path = edited(edit, part=part)
    run = docgen("template", "check", path)
    assert (run.code, "Traceback" in run.err) == (4, False)
    assert why in run.err
    assert refused(docgen, path)


def test_what_word_reads_past(docgen: Docgen) -> None:
    """A namespace that is no address, parts that relate to each other, UTF-16: all is printed."""
    own = parts_of(edited(("<w:body>", '<w:body xmlns:a="near/by">')))
    circle = f"<Relationships xmlns='{PACKAGE}/relationships'></Relationships>"
    changed = edited(relation("footer", "footer1.xml", "again", "Internal"), part=RELATIONS)
    circle = circle.replace(*relation("officeDocument", "document.xml", "a", "Internal"))
    own = {**own, RELATIONS: parts_of(changed)[RELATIONS]}
    own["word/_rels/footer1.xml.rels"] = circle.encode()
    footer = own["word/footer1.xml"].decode().replace("UTF-8", "UTF-16")
    path = write_docx({**own, "word/footer1.xml": footer.encode("utf-16")})
    assert told(docgen, path) == []
    assert rendered(docgen, "--template", path) == rendered(docgen)


CONDITION, END = "{% if title %}", "{% endif %}"
IN_CODE = "</w:t></w:r><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:t>"
LOOPS = "{%% for a%d in requests.rows %%}"
EACH = "{% for p in sections.overview.paragraphs %}"
AGAIN = "{% for q in sections.overview.paragraphs %}"
GROWING: dict[str, tuple[str, list[str]]] = {
    "1,000 loops in each other": (
        "{% for p in preface %}" * 1000 + "{% endfor %}" * 1000,
        ["T205 第 1 段*里不能用 10 层以上的循环和条件"]),
    "1,000 loops in a field's code": (
        IN_CODE.format("{% for p in preface %}" * 1000 + "{% endfor %}" * 1000),
        [f"T202 {BODY}：有的标签 写法不对，或套得太深"]),
    "11 conditions in a field's code": (
        IN_CODE.format(CONDITION * 11 + END * 11), [f"T205 {BODY}：*10 层以上的循环和条件"]),
    "51 branches": (
        CONDITION + "{% elif title %}" * 51 + END, [f"T205 {BODY}：*50 个以上的 elif"]),
    "90 brackets": ("{{ " + "(" * 90 + "title" + ")" * 90 + " }}", ["T202 *括号套得太深"]),
    "90 brackets in a field's code": (
        IN_CODE.format("{{ " + "(" * 90 + "title" + ")" * 90 + " }}"),
        [f"T202 {BODY}：有的标签 写法不对，或套得太深"]),
    "6 loops over a table": (
        "".join(LOOPS % n for n in range(6)) + "{{ a0.label }}" + "{% endfor %}" * 6,
        ["T210 模板.docx：循环要重复 1,000,000 次以上，没有再填"]),
    "6 loops that print nothing": (
        "".join(LOOPS % n for n in range(6)) + "{% endfor %}" * 6,
        ["T210 模板.docx：循环要重复 1,000,000 次以上，没有再填"]),
    "70 MB": (
        LOOPS % 1 + LOOPS % 2 + LOOPS % 3 + "长" * 30_000 + "{% endfor %}" * 3,
        ["T210 模板.docx：填出来超过 64 MB，没有再填"]),
    "20,000 tags": ("{{ title }}" * 20_000, [f"T210 {BODY}：有 20,*个标签，超过上限 10,000 个*"]),
    "20,000 halves of tags": ("{{" * 20_000, [f"T210 {BODY}：有 20,*"]),
    "9 MB": ("长" * 3_200_000, [f"T210 {BODY}：有 9 MB，超过上限 8 MB，没有再填"]),
    "half a tag in a field's code": (
        IN_CODE.format("{{ title"), [f"T202 {BODY}：有的标签 写法不对，或套得太深"]),
    "half a tag in an attribute": (
        '</w:t></w:r><w:bookmarkStart w:id="0" w:name="{{ a"/><w:r><w:t>',
        [f"T202 {BODY}（域代码、属性等看不见的地方）：{{{{ 没有成对的另一半括号"]),
    "a long tag in a field's code": (
        IN_CODE.format("{% vmerge " + " " * 9000 + "% }%}"),
        [f"T202 {BODY}（*）：{{% vmerge*太长了"]),
    "raw in a field's code": (
        IN_CODE.format("{% raw %}{{ a }}{% endraw %}"), [f"T205 {BODY}：有的标签 里不能用 raw"]),
    "braces in halves": ("{_{# no #}{ a", [f"T202 {BODY}：{{_{{ *被标签隔成了两半"]),
    "braces in thirds": ("}{# a #}_{# b #}} a", [f"T202 {BODY}：{{_{{ *被标签隔成了两半"]),
}  # fmt: skip


@pytest.mark.parametrize(("more", "expected"), GROWING.values(), ids=GROWING)
def test_what_grows_is_stopped(docgen: Docgen, more: str, expected: list[str]) -> None:
    """Tags too deep, too many or without end: told at once, refused, nothing written."""
    path = edited(("{{ title }}", "{{ title }}" + more))
    said = told(docgen, path)
    assert len(said) == len(expected), said
    for line, pattern in zip(said, expected, strict=True):
        assert re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), line), line
    assert refused(docgen, path) == [line[:4] for line in said]


def test_tables_in_tables(docgen: Docgen) -> None:
    """Each table is looked at once, however deep; a report's lie in none."""
    row = "<w:tr><w:tc>{}<w:p><w:r><w:t>{{{{ titel }}}}</w:t></w:r></w:p></w:tc></w:tr>"
    for deep, expected in (
        (2, ["T201 第 1 张表第 1 行第 1 格", "T201 第 2 张表第 1 行第 1 格"]),
        (6, [f"T210 {BODY}：表格里套表格，套了 6 层"]),
    ):
        table = ""
        for _ in range(deep):
            table = f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{row.format(table)}</w:tbl>"
        said = told(docgen, edited(("<w:body>", f"<w:body>{table}")))
        assert [line[: len(start)] for line, start in zip(said, expected, strict=True)] == expected


def test_a_report_makes_a_template_print_without_end(docgen: Docgen, reference: Any) -> None:
    """The trial has three paragraphs; with a report of 1,100, loops in loops are stopped too."""
    reference["sections"]["overview"] += [f"这是第{n}段。" for n in range(1100)]
    write_json(Path("2024.json"), reference)
    path = edited(("{{ title }}", "{{ title }}" + EACH + AGAIN + "{% endfor %}{% endfor %}"))
    assert told(docgen, path) == []
    run = docgen("render", "2024.json", "--template", path)
    assert run.code == 4
    assert "错误 T210 模板.docx：循环要重复 1,000,000 次以上，没有再填" in run.err
    assert not Path("outputs").exists()


def test_a_batch_is_stopped_as_well(docgen: Docgen, reference: dict[str, Any]) -> None:
    """Each report of a batch is told of the template by itself, and none is written."""
    for year in (2023, 2024):
        write_json(Path(f"{year}.json"), reference)
    loops = "".join(LOOPS % n for n in range(6)) + "{% endfor %}" * 6
    path = edited(("{{ title }}", "{{ title }}" + loops))
    run = docgen("render", "2023.json", "2024.json", "--template", path, "--jobs", 2, "--json")
    assert run.code == 4
    assert [[c for c in run.codes if c == "T210"], len(run.lines)] == [["T210"] * 2, 2]
    assert not Path("outputs").exists()


def test_a_template_that_prints_right_in_the_trial_only(docgen: Docgen) -> None:
    """What differs is told as the template's fault, each place with what stands there."""
    path = edited(("{{ title }}", "{{ title }}{% if title != “某某标题” %}！{% endif %}"))
    assert told(docgen, path) == []
    run = docgen("render", INPUTS / "2024.json", "--template", path)
    assert run.code == 4
    assert re.search("错误 T207 第 1 段应印“.*报告”，用这个模板印出来是“.*报告！”", run.err)
    assert not Path("outputs").exists()


@pytest.mark.parametrize(
    ("make", "code", "why"),
    [
        (lambda: b"", "X302", "是空的（0 字节）"),
        (lambda: b"%PDF-1.7 " * 100, "T101", "不是完好的压缩包"),
        (lambda: OWN.read_bytes()[:3000], "T101", "不是完好的压缩包"),
        (lambda: write_docx({"a.txt": b"a"}).read_bytes(), "T101", "没有 Word 正文"),
        (lambda: write_docx(bomb(parts_of(OWN))).read_bytes(), "T101", "像是压缩炸弹"),
        (None, "X301", "找不到“别处.docx”"),
    ],
    ids=["empty", "pdf", "half", "zip", "bomb", "missing"],
)
def test_no_template_at_all(
    docgen: Docgen, folder: Path, make: Callable[[], bytes] | None, code: str, why: str
) -> None:
    """A file that is no DOCX: exit code 4, the file named, nothing written."""
    path = Path("别处.docx")
    if make:
        path.write_bytes(make())
    run = docgen("template", "check", path)
    assert run.code == 4
    assert f"错误 {code} " in run.err
    assert why in run.err
    assert docgen("render", INPUTS / "2024.json", "--template", path).code == 4
    assert not (folder / "outputs").exists()
