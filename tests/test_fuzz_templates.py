"""Templates broken at random: told and refused, or the document says what the report says."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from door import INPUTS, Docgen
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.registry import every_rule
from templates import BODY, CORE, OWN, RELATIONS, TYPES, parts_of

RULES = {rule.code: rule for rule in every_rule()}

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REPORT = INPUTS / "2024.json"
NAMES = sorted(parts_of(OWN))
XML = [name for name in NAMES if name.endswith((".xml", ".rels"))]
#: What people and attackers put where a tag stands.
SNIPPETS = [
    *("{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "_", "{_{", "%_}", "{{ '' }}", "{# no #}"),
    *("{{ title }}", "{{ titel }}", "{{ preface }}", "{{ title.a }}", "{{ 7*7 }}", "{% raw %}"),
    *("{% if title %}", "{% else %}", "{% endif %}", "{%p endif %}", "{%tr endfor %}", "-%}"),
    *(
        "{{ ''.__class__ }}",
        "{% for p in preface %}",
        "{%p for p in preface %}",
        "{%- if title -%}",
    ),
    *(
        "{% for r in requests.rows %}" * 6,
        "{% set a = 1 %}",
        "{% include 'a' %}",
        "{{ loop.index }}",
    ),
    *("{{ " + "(" * 40 + "title" + ")" * 40 + " }}", "{{ title | upper }}", "{% vmerge title %}"),
    *("\t", "内部资料", " ", "&", "“”"),
]
STRANGE = ["", "0", "-1", "999999999999", "x", "９", "true", "{{ title }}", "{{", "rId1", "../../a"]
TAGS = [f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc", "body", "sectPr", "instrText")]
JUNK = [b"", b"junk", b"<a/>", b"<!DOCTYPE a><a/>", b"\xff\xfe", b"\0", b'<a xmlns="b"/>']
Parts = dict[str, bytes]


def broken_xml(draw: st.DrawFn, part: bytes) -> bytes:
    """A part with elements taken out, doubled, moved, renamed, with other attributes or texts."""
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return part
    for _ in range(draw(st.integers(1, 3))):
        every = list(root.iter(etree.Element))
        one, other = (every[draw(st.integers(0, len(every) - 1))] for _ in range(2))
        parent, kind = one.getparent(), draw(st.integers(0, 6))
        if kind == 0 and parent is not None:
            parent.remove(one)
        elif kind == 1 and parent is not None:
            parent.insert(0, etree.fromstring(etree.tostring(one)))
        elif kind == 2 and other not in one.iterancestors() and one not in other.iterancestors():
            other.append(etree.fromstring(etree.tostring(one)))
        elif kind == 3:
            one.tag = draw(st.sampled_from(TAGS))
        elif kind == 4:
            keys = [*one.attrib, f"{W}val"]
            one.set(draw(st.sampled_from(keys)), draw(st.sampled_from(STRANGE)))
        else:
            texts = [e for e in every if e.tag == f"{W}t"] or every
            chosen = texts[draw(st.integers(0, len(texts) - 1))]
            text = chosen.text or ""
            at = draw(st.integers(0, len(text)))
            more = draw(st.sampled_from(SNIPPETS))
            chosen.text = text[:at] + more + text[at if kind == 5 else at + 1 :]
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def broken_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with some cut out, changed or put in."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        gone = draw(st.sampled_from([0, 1, 2, 40]))
        data = data[:at] + draw(st.binary(max_size=4)) + data[at + gone :]
    return data


@st.composite
def templates(draw: st.DrawFn) -> bytes:
    """The own template, broken as a package, in a part's bytes or in its XML."""
    parts = parts_of(OWN)
    for _ in range(draw(st.integers(1, 2))):
        name = draw(st.sampled_from(XML))
        name = draw(st.sampled_from([BODY, BODY, name]))
        kind = draw(st.integers(0, 9))
        if kind <= 5:
            parts[name] = broken_xml(draw, parts.get(name, b""))
        elif kind == 6:
            parts[name] = broken_bytes(draw, parts.get(name, b""))
        elif kind == 7:
            parts.pop(name, None)
        elif kind == 8:
            parts[name] = draw(st.sampled_from([*JUNK, *parts.values()]))
        else:
            parts[draw(st.sampled_from([*NAMES, "word/header1.xml", "a.bin"]))] = parts.get(
                name, b""
            )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    whole = stream.getvalue()
    return broken_bytes(draw, whole) if draw(st.integers(0, 7)) == 0 else whole


def said_by(path: Path) -> tuple[list[str], list[str]]:
    """The paragraphs and the cells of a document, read with no code of docgen's."""
    with zipfile.ZipFile(path) as package:
        body = ElementTree.fromstring(package.read(BODY)).find(f"{W}body")
    assert body is not None
    tables = list(body.iter(f"{W}tbl"))
    cells = [text(cell) for table in tables for cell in table.iter(f"{W}tc")]
    for table in tables:
        table.clear()
    return [said for paragraph in body.iter(f"{W}p") if (said := text(paragraph))], cells


def text(element: ElementTree.Element) -> str:
    """The text of an element and of all in it, without breaks."""
    return "".join(part.text or "" for part in element.iter(f"{W}t")).replace("\n", "")


@pytest.fixture
def expected(docgen: Docgen) -> tuple[list[str], list[str]]:
    """What the document of the reference says."""
    assert docgen("render", REPORT, "-o", "own").code == 0
    return said_by(Path("own/2024.docx"))


def judged(docgen: Docgen, expected: tuple[list[str], list[str]], data: bytes) -> None:
    """Check a template and render with it; both say the same of it, and neither lies."""
    path = Path("模板.docx")
    path.write_bytes(data)
    check = docgen("template", "check", path)
    assert "Traceback" not in check.err
    assert check.code in (0, 4), check.err
    codes = re.findall(r"^错误 (\S+) ", check.err, flags=re.MULTILINE)
    assert set(codes) <= {code for code in RULES if code[0] == "T"} | {"X302"}
    assert bool(codes) == (check.code == 4)
    run = docgen("render", REPORT, "--template", path, "--force", "--json", "-o", "出")
    assert run.code in ((0, 4) if check.code == 0 else (4,)), run.err
    (outcome,) = map(json.loads, run.out.splitlines())
    if run.code == 4:
        assert outcome["outputs"] == []
        assert any(code[0] == "T" or code == "X302" for code in run.codes)
        return
    paragraphs, cells = said_by(Path(outcome["outputs"][0]))
    rest = iter(paragraphs)  # a template may have more of its own between them
    assert all(paragraph in rest for paragraph in expected[0])
    assert cells == expected[1]


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The own template with one part changed."""
    parts = parts_of(OWN)
    parts[part] = change(parts.get(part, b""))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


@pytest.mark.slow
@given(data=templates())
@example(data=changed(CORE, lambda part: part[:-9]))  # what was docgen's own fault once
@example(data=changed(BODY, lambda part: part.replace(b"<w:body>", b'<w:body xmlns:a="b">')))
@example(data=changed(BODY, lambda part: part.replace(b'gridSpan w:val="4"', b'gridSpan w:val=""')))
@example(data=changed(TYPES, lambda part: part.replace(b"<Types", b"<Types <")))
@example(data=changed(RELATIONS, lambda part: part.replace(b'Id="rId2"', b'Id="rId1"')))
@settings(
    max_examples=60,
    deadline=timedelta(seconds=30),  # nothing may hang
    suppress_health_check=list(HealthCheck),
)
def test_any_broken_template(
    docgen: Docgen, expected: tuple[list[str], list[str]], data: bytes
) -> None:
    judged(docgen, expected, data)
