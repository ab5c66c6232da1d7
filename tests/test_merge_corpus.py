"""Any template is filled as plain docxtpl fills it, part for part; what can't be is refused."""

import hashlib
import io
import warnings
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docxtpl
import jinja2
import pytest
from door import INPUTS, Docgen
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.errors import TemplateStop
from docgen.files import ooxml
from docgen.merge.compiled import compile_template
from templates import BODY, RELATIONS, TYPES, edited, parts_of, refused, told, write_docx

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
KINDS = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "endnotes": "endnotes"}
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

CONTEXT: dict[str, Any] = {
    "title": "某某镇\n年报 A&B <c> “d” 'e' \"f\"",
    "blank": "",
    "wide": "2",
    "colour": "FF0000",
    "nobody": [],
    "rows": [
        SimpleNamespace(label=f"第{n}行 &", cells=["一", "二<", "三"][:n], odd="1" * (n % 2))
        for n in (3, 1, 2)
    ],
}


def part(root: str, inner: str) -> bytes:
    """An XML part of WordprocessingML."""
    spaces = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:wp="{DRAWING}"'
    return f"<w:{root} {spaces}>{inner}</w:{root}>".encode()


def package(body: str, core: str = "", **beside: str) -> bytes:
    """A document with this body; `header="…"` puts a head beside it, under a name of its own."""
    overrides = [("/word/document.xml", f"{TYPE}.document.main+xml")]
    relations = []
    parts = {"word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>")}
    for kind, inner in beside.items():
        name = f"my-{kind}.xml"
        parts[f"word/{name}"] = part(KINDS[kind], inner)
        overrides.append((f"/word/{name}", f"{TYPE}.{kind}+xml"))
        relations.append(f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{name}"/>')
    main = f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    if core:
        kind = f"{PACKAGE}/relationships/metadata/core-properties"
        main += f'<Relationship Id="b" Type="{kind}" Target="docProps/core.xml"/>'
        name = "application/vnd.openxmlformats-package.core-properties+xml"
        overrides.append(("/docProps/core.xml", name))
        parts["docProps/core.xml"] = (
            f'<p:coreProperties xmlns:p="{PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</p:coreProperties>'
        ).encode()
    types = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in overrides)
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    types = f'{defaults}relationships+xml"/><Default Extension="xml" ContentType="a/b"/>{types}'
    parts[TYPES] = f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>'.encode()
    for name, inner in (("_rels/.rels", main), (RELATIONS, "".join(relations))):
        parts[name] = (
            f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'.encode()
        )
    return ooxml.write_package(parts)


class Strict(docxtpl.DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl as it comes, but for its parser, which mends a body that is no XML and goes on."""

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)
        return super().fix_tables(xml)


def by_docxtpl(data: bytes) -> dict[str, bytes]:
    """The parts that plain docxtpl makes of a template."""
    template = Strict(io.BytesIO(data))
    template.render(CONTEXT, jinja2.Environment(autoescape=True), autoescape=True)
    stream = io.BytesIO()
    template.docx.save(stream)
    return ooxml.read_parts(stream.getvalue())


def canonical(xml: bytes) -> str:
    """Canonical XML, read as python-docx reads it: comments and the layout of the file aside."""
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True)
    return str(
        etree.tostring(etree.fromstring(xml, parser), method="c14n", exclusive=True), "utf-8"
    )


def compare(data: bytes) -> dict[str, str]:
    """The parts docgen fills, canonically; each must be what docxtpl makes, the others kept."""
    parts = ooxml.read_parts(data)
    filled = compile_template(data, parts).fill(CONTEXT)
    theirs = by_docxtpl(data)
    ours = {
        name: canonical(filled[name].encode() if name in filled else xml)
        for name, xml in parts.items()
        if name.startswith("word/") and name.endswith(".xml")
    }
    assert ours == {name: canonical(theirs[name]) for name in ours}
    return ours


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*texts: str) -> str:
    return f"<w:p>{''.join(map(run, texts))}</w:p>"


def tc(*texts: str, properties: str = "") -> str:
    held = f'<w:tcPr><w:tcW w:w="10" w:type="dxa"/>{properties}</w:tcPr>'
    return f"<w:tc>{held}{''.join(map(p, texts))}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(c if c.startswith('<') else tc(c) for c in cells)}</w:tr>"


def tbl(columns: int, *rows: str) -> str:
    grid = '<w:gridCol w:w="1200"/>' * columns
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


DRAWN = '<w:r><w:drawing><wp:inline><wp:docPr name="a" id="7"/></wp:inline></w:drawing></w:r>'
EACH = ("{%tr for row in rows %}", "{%tr endfor %}")
TEMPLATES = {
    "value": p("{{ title }}"),
    "split in the braces": p("{", "{ ti", "tle }", "}"),
    "split by proofing": p("{{ ti").replace("</w:p>", "<w:proofErr w:type='spellEnd'/>") + run(
        "tle }}"
    ) + "</w:p>",
    "curly quotes and &lt;": p("{% if blank == “” and wide &lt; ‘3’ %}yes{% endif %}"),
    "paragraphs": p("{%p for row in rows %}") + p("{{ row.label }}") + p("{%p endfor %}"),
    "choice": p("{%p if blank %}") + p("a") + p("{%p else %}") + p("b") + p("{%p endif %}"),
    "a choice in a line": p("a {% if blank %}", "b{% else %}", "{{ title }}{% endif %} c"),
    "rows": tbl(2, tr("a", "b"), tr(EACH[0], ""), tr("{{ row.label }}", "1"), tr(EACH[1], "")),
    "columns by loop": tbl(
        2, tr("{%tc for row in rows %}", "{{ row.label }}", "{%tc endfor %}"), tr("a", "b")
    ),
    "fewer columns": tbl(4, tr("{%tc if blank %}", "a", "{%tc endif %}", "b")),
    "widest row left out": tbl(3, tr("{%tr if blank %}", ""), tr("a", "b", "c"),
                               tr("{%tr endif %}", ""), tr("d", "e")),
    "grid wider than its rows": tbl(5, tr("a", "b")),
    "span by tag": tbl(2, tr("a", "b"), tr("{% colspan wide %}c")),
    "shade by tag": tbl(2, tr("a", "{% cellbg colour %}b")),
    "vm": tbl(2, tr(EACH[0], ""), tr("a{% vm %}", "{{ row.label }}"), tr(EACH[1], "")),
    "rows in rows": tbl(
        1, tr(EACH[0]), tr("{%tr for cell in row.cells %}"), tr("{{ cell }}"),
        tr("{%tr endfor %}"), tr(EACH[1]), tr("end"),
    ),
    "table in a table": tbl(
        2, tr(tc("x").replace("</w:tc>", tbl(3, tr("{{ wide }}")) + p() + "</w:tc>"), "b")
    ),
    "nothing in the loop": tbl(
        1, tr("{%tr for x in nobody %}"), tr("{{ x }}"), tr("{%tr endfor %}")
    ),
    "trim": p("a {%- if wide -%} b {%- endif -%} c"),
    "comments": p("a{# no #}b") + p("{#p none #}") + tbl(1, tr("{#tr none #}"), tr("a")),
    "braces printed": p("{_{ a }_} {_% b %_} {{ wide }}"),
    "breaks in its own text": p("a\nb\tc {{ wide }}\td"),
    "a tag over two lines": p("{{ title\n }}{% if\twide %}c{% endif %}"),
    "drawings in a loop": (
        p("{%p for row in rows %}") + f"<w:p>{DRAWN}{DRAWN}</w:p>" + p("{%p endfor %}")
    ),
    "laid out": f"\n  {tbl(2, tr('a', 'b'), ' ', tr('{{ wide }}', 'd'))}\n  {p('{{ title }}')}\n",
    "an attribute": f'<w:p><w:bookmarkStart w:id="0" w:name="{{{{ wide }}}}"/>{run("a")}</w:p>',
    "nothing to fill": p("a &amp; b"),
}  # fmt: skip


@pytest.mark.parametrize("body", TEMPLATES.values(), ids=TEMPLATES)
def test_as_docxtpl(body: str) -> None:
    """Each thing docxtpl does to a template before, while and after it is filled."""
    filled = compare(package(body))[BODY]
    assert "{{" not in filled.replace("{{ a }}", "")


def test_beside_the_body() -> None:
    """Heads, feet and footnotes are filled whatever their file is called; endnotes are not."""
    note = f'<w:footnote w:id="1">{p("{", "{ title }}")}</w:footnote>'
    filled = compare(
        package(
            p("{{ wide }}"),
            header=p("{{ title }}") + f"<w:p>{DRAWN}</w:p>",
            footer=tbl(2, tr("{%tr if blank %}", ""), tr("a", "b"), tr("{%tr endif %}", "")),
            footnotes=note,
            endnotes=note.replace("footnote", "endnote"),
        )
    )
    assert "A&amp;B" in filled["word/my-header.xml"]
    assert "A&amp;B" in filled["word/my-footnotes.xml"]
    assert "A&amp;B" not in filled["word/my-endnotes.xml"]


def test_properties() -> None:
    """docxtpl's six core properties are filled, once escaped where it escapes twice."""
    core = "<dc:subject>{{ wide }} of {{ colour }}</dc:subject><dc:title>{{ rows[0] }}</dc:title>"
    data = package(p("a"), core=core.replace("{{ rows[0] }}", "plain"))
    filled = compile_template(data, ooxml.read_parts(data)).fill_properties(CONTEXT)
    assert filled == {"dc:subject": "2 of FF0000"}
    theirs = etree.fromstring(by_docxtpl(data)["docProps/core.xml"])
    assert theirs.findtext("{*}subject") == "2 of FF0000"


WORDS = st.text("甲乙ab &<>\"'“”‘’%#.,-\t\n　", max_size=5).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
VALUES = ("{{ title }}", "{{blank}}", "{{ wide }}", "{# no #}", "{_{", "%_}")
CONDITIONS = ("wide", "blank", "title != “”", "not blank and wide")
IN_ROW = ("{{ row.label }}", "{% if row.odd %}odd{% else %}{{ wide }}{% endif %}")


@st.composite
def lines(draw: st.DrawFn, values: tuple[str, ...] = VALUES) -> str:
    """A paragraph of text and tags, cut into runs anywhere, tags not spared."""
    pieces = draw(st.lists(st.one_of(WORDS, st.sampled_from(values)), max_size=4))
    if draw(st.booleans()):
        condition = draw(st.sampled_from(CONDITIONS))
        pieces = [f"{{% if {condition} %}}", *pieces, "{% endif %}"]
    text = "".join(pieces)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=3)))
    cuts = [cut for cut in cuts if ";" not in text[cut : cut + 5]]  # no entity is cut
    ends = zip([0, *cuts], [*cuts, len(text)], strict=True)
    between = draw(st.sampled_from(["", "<w:proofErr w:type='spellStart'/>"]))
    look = draw(st.sampled_from(["", "<w:rPr><w:b/></w:rPr>"]))
    runs = (run(text[start:end]).replace("<w:r>", f"<w:r>{look}") for start, end in ends)
    return f"<w:p>{between.join(runs)}</w:p>"


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table of plain, repeated and conditional rows, its grid as wide as it may be."""
    rows = []
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["plain", "for", "if", "tc"]))
        inner = VALUES + IN_ROW if kind in ("for", "tc") else VALUES
        cells = draw(st.lists(lines(inner), min_size=1, max_size=3))
        row = "".join(tc().replace("</w:tc>", f"{cell}</w:tc>") for cell in cells)
        if kind == "tc":
            row = tc("{%tc for row in rows %}") + row + tc("{%tc endfor %}")
        marks = {"for": EACH, "if": ("{%tr if blank %}", "{%tr endif %}")}.get(kind)
        row = f"<w:tr>{row}</w:tr>"
        rows.append(tr(marks[0]) + row + tr(marks[1]) if marks else row)
    return tbl(draw(st.integers(1, 4)), *rows)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Paragraphs and tables, some repeated or under a condition."""
    blocks = []
    for block in draw(st.lists(st.one_of(lines(), tables()), min_size=1, max_size=4)):
        kind = draw(st.sampled_from(["", "for row in rows", "if blank", "if wide"]))
        end = f"{{%p end{kind.split()[0]} %}}" if kind else ""
        blocks.append(p(f"{{%p {kind} %}}") + block + p(end) if kind else block)
    return "".join(blocks)


@pytest.mark.slow
@given(body=bodies(), header=lines(), footnote=lines())
@example(body=p("a"), header=p("}_} %_}"), footnote=p("{_{ a", "{# no #}"))
@example(body=p("a\tb"), header=p("a\tb"), footnote=p("{_{#{# no #}"))
@example(body=p("{_{# no #}"), header=p("{% if wide %}{_{% endif %}{"), footnote=p("a"))
@settings(max_examples=150, deadline=None)
def test_any_template(body: str, header: str, footnote: str) -> None:
    """Whatever docxtpl makes a document of, docgen makes the same document of, or refuses."""
    note = f'<w:footnote w:id="1">{footnote}</w:footnote>'
    data = package(body, header=header, footnotes=note)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            theirs = by_docxtpl(data)
        except (jinja2.TemplateError, etree.XMLSyntaxError, AttributeError):
            assume(False)
    try:
        filled = compile_template(data, ooxml.read_parts(data)).fill(CONTEXT)
    except TemplateStop as stop:  # docxtpl may put them together or not, as values have it
        if "被标签隔成了两半" not in str(stop):
            raise
        return
    for name in filled:
        if b"<w:sectPr" in theirs[BODY] or name != "word/my-footnotes.xml":  # none without pages
            assert canonical(filled[name].encode()) == canonical(theirs[name])


def test_values_are_printed_as_they_are() -> None:
    """docxtpl would turn the braces in a value into a tag's; a control character is refused."""
    data = package(p("{{ title }}"))
    compiled = compile_template(data, ooxml.read_parts(data))
    assert ">{_{ a %_}</w:t>" in compiled.fill({"title": "{_{ a %_}"})[BODY]
    for value in ("a\tb", "a\x07b", "a\x0cb", 5, None, ["a"]):
        with pytest.raises(jinja2.UndefinedError):
            compiled.fill({"title": value})


REFUSED = {
    "value for a paragraph": ([("{{ title }}", "{{p title }}")], "T205"),
    "value for a row": ([("{{ row.issued }}", "{{tr row.issued }}")], "T205"),
    "rich text": ([("{{ title }}", "{{r title }}")], "T205"),
    "call in a field's code": (
        [("</w:t>", "</w:t><w:instrText>{{ title.upper() }}</w:instrText>")], "T205"),
    "private name in a field's code": (
        [("</w:t>", "</w:t><w:instrText>{{ title.__class__ }}</w:instrText>")], "T205"),
    "comment that swallows": ([("{{ title }}", "{{ title }}{#p why #}")], "T204"),
    "no XML after filling": (
        [("{{ title }}", "{% for p in preface %}</w:t></w:r><w:hyperlink><w:r><w:t>{% endfor %}"
          "{{ title }}</w:t></w:r></w:hyperlink><w:r><w:t>")], "T202"),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "code"), REFUSED.values(), ids=REFUSED)
def test_refused(docgen: Docgen, edits: list[tuple[str, str]], code: str) -> None:
    """What would not come out as docxtpl's users mean it is refused before anything is filled."""
    path = edited(*edits)
    assert code in [line[:4] for line in told(docgen, path)]
    assert code in refused(docgen, path)


def test_empty_cell_or_table(docgen: Docgen) -> None:
    """A cell without a paragraph and a table without a row, which Word calls corrupt."""
    cell = tc("{%p if title %}", "a", "{%p endif %}")
    both = tc("{%p if title %}", "a", "{%p else %}", "b", "{%p endif %}")
    loop = ("{%tr for p in preface %}", "{{ p.rest }}", "{%tr endfor %}")
    for inner, expected in (
        (tr(cell, "x"), ["T209 第 1 张表“{%p if title %}”：每一段都在"]),
        (tr(both, "x"), []),
        ("".join(map(tr, loop)), ["T209 第 1 张表：每一行都在"]),
        ("".join(map(tr, loop)) + tr("x"), []),
    ):
        path = edited(("<w:body>", f"<w:body>{tbl(2, inner)}"))
        said = [line for line in told(docgen, path) if line.startswith("T209")]
        assert [line[: len(start)] for line, start in zip(said, expected, strict=True)] == expected


def test_tags_where_none_is_filled(docgen: Docgen) -> None:
    """Endnotes, comments and heads of no page keep their tags: told, each with its part."""
    own = parts_of(edited())
    for name in ("word/endnotes.xml", "word/comments.xml", "word/header9.xml"):
        path = write_docx({**own, name: part("endnotes", p("{", "{ title }}"))})
        assert told(docgen, path) == [
            f"T208 {name}：标签 {{{{ title }}}} 写在这里不会填，会原样印出来"
        ]
        assert refused(docgen, path) == ["T208"]


def test_tags_in_properties(docgen: Docgen) -> None:
    """A template's own property with tags is checked and filled; those without are dropped."""
    own = parts_of(edited())
    core = own["docProps/core.xml"].decode()
    for tag, said in (("{{ title }} R&amp;D", 0), ("{{ titel }}", 1)):
        more = f"<dc:subject>{tag}</dc:subject><dc:identifier>x</dc:identifier><dc:language>"
        changed = core.replace("<dc:language>", more).encode()
        path = write_docx({**own, "docProps/core.xml": changed})
        assert [line[:9] for line in told(docgen, path)] == ["T201 文件属性"] * said
        assert docgen("render", INPUTS / "2024.json", "--template", path).code == 4 * said
    written = parts_of(Path("outputs/2024.docx"))["docProps/core.xml"].decode()
    assert "年度报告 R&amp;D</dc:subject>" in written
    assert "identifier" not in written


def test_tags_in_properties_that_grow(docgen: Docgen) -> None:
    """Half a tag, one of 10,000 characters, one with 90 brackets, 10,001 of them."""
    own = parts_of(edited())
    for text, expected in (
        ("{{ title", "T202 文件属性：{{ 没有成对的另一半括号"),
        ("{{ a" + ".a" * 5000 + " }}", "T202 文件属性：{{ a.a*太长了"),
        ("{{ " + "(" * 90 + "title" + ")" * 90 + " }}", "T202 文件属性：*里的括号套得太深"),
        ("{{ title }}" * 10_001, "T210 docProps/core.xml：有 10,001 个标签*"),
    ):
        core = own["docProps/core.xml"].decode()
        core = core.replace("<dc:language>", f"<dc:subject>{text}</dc:subject><dc:language>")
        path = write_docx({**own, "docProps/core.xml": core.encode()})
        said = told(docgen, path)
        assert (said[0].startswith(expected.split("*")[0]), len(said)) == (True, 1)
        assert said[0].endswith(expected.split("*")[-1])
        assert refused(docgen, path) == [expected[:4]]


def test_same_bytes_on_every_machine() -> None:
    """The package of these parts, to the byte: no clock, no machine's own deflater."""
    text = "".join(f"<w:t>第{number}项 {number * number}</w:t>" for number in range(3000))
    data = ooxml.write_package({"b/件.xml": text.encode(), TYPES: b"<a/>", "a.bin": bytes(9)})
    assert hashlib.sha256(data).hexdigest() == (
        "6d44c840b8dc48b64815b40ec3882988a66f393768d55b9d8bfe9421d3c556b4"
    )
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [TYPES, "a.bin", "b/件.xml"]


@given(st.dictionaries(st.text("ab/件.", min_size=1).filter(lambda n: n[-1] != "/"), st.binary()))
def test_any_package_opens(parts: dict[str, bytes]) -> None:
    """What is written is read again by zipfile, packed before or not."""
    packed = {name: ooxml.pack(data) for name, data in parts.items()}
    assert ooxml.read_parts(ooxml.write_package(parts)) == parts
    assert ooxml.write_package(packed) == ooxml.write_package(parts)
