"""The quick look at finished bytes passes nothing that the long one would tell of."""

import re

import pytest
from door import INPUTS
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import FaultStop, Stop
from docgen.files import ooxml
from docgen.files.ooxml import NotPackage
from docgen.merge import expected_blocks, load_template, merge_report, read_back
from docgen.merge.reading_back import is_plainly
from docgen.read import read_report
from docgen.word.blocks import differences, read_blocks

READING = read_report(INPUTS / "2024.json")
FORM, REPORT = READING.form, READING.report
TEMPLATE = load_template(FORM, None)
DOCUMENT = merge_report(TEMPLATE, FORM, REPORT)
BODY = ooxml.read_parts(DOCUMENT)[ooxml.DOCUMENT]
EXPECTED = expected_blocks(FORM, REPORT)

#: Where edits begin and end: around every tag, as in `<w:t>|1|</w:t>`.
EDGES = sorted({edge for tag in re.finditer(rb"<[^>]*>", BODY) for edge in tag.span()})
PUT_IN = (
    "", "1", "年", "&amp;", "&#49;", "]]>", "\r", "\ue000", "\1", "<!-- 1 -->", "<!--", "-->",
    "<![CDATA[1]]>", "<?a?>", "<w:t>1</w:t>", '<w:t xml:space="preserve">1</w:t>', "<w:t/>",
    "<w:p/>", "<w:r><w:t>1</w:t></w:r>", "<w:p><w:r><w:t>1</w:t></w:r></w:p>", "<w:br/>",
    "<w:tbl>", "</w:tbl>", "<w:tbl/>", "<w:tbl >", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "<w:tr/>",
    "<w:tc>", "</w:tc>", "<w:tc/>", "</w:tc><w:tc>", '<w:gridSpan w:val="2"/>', "<w:vMerge/>",
    '<w:x xmlns:w="other">', "</w:x>", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", "<",
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> bytes:
    """The body with up to three places changed: something taken out, put in, or moved."""
    body = BODY
    for _ in range(draw(st.integers(1, 3))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(EDGES) - 1)] * 2)))
        end = draw(st.sampled_from((start, start + 1, start + 2, end)))
        first, last = EDGES[start], EDGES[min(end, len(EDGES) - 1)]
        put = draw(st.sampled_from([one.encode() for one in PUT_IN]) | st.just(body[first:last]))
        body = body[:first] + put + body[last:]
    return body


@given(edited())
def test_quick_look_passes_nothing_wrong(body: bytes) -> None:
    if is_plainly(body, EXPECTED):
        assert differences(EXPECTED, read_blocks(body)) == []


def test_quick_look_is_enough_for_docgen_s_own() -> None:
    assert is_plainly(BODY, EXPECTED)


def test_any_figure_or_text_is_told() -> None:
    """One text after the other is changed: each is told of, by its place."""
    for text in re.finditer(rb">([^<]+)</w:t>", BODY):
        body = b"".join((BODY[: text.start(1)], b"7654321", BODY[text.end(1) :]))
        assert not is_plainly(body, EXPECTED)
        (found,) = differences(EXPECTED, read_blocks(body))
        assert "7654321" in found.actual


@pytest.mark.parametrize("name", [ooxml.DOCUMENT, "word/styles.xml", "docProps/core.xml"])
def test_part_that_is_no_xml(name: str) -> None:
    """Also where the same part of an earlier document was sound."""
    read_back(DOCUMENT, TEMPLATE, FORM, REPORT)
    parts = ooxml.read_parts(DOCUMENT)
    spoiled = ooxml.write_package(parts | {name: parts[name] + b"<"})
    with pytest.raises(Stop, match="填充后不是完好的文件"):
        read_back(spoiled, TEMPLATE, FORM, REPORT)


def test_packed_bytes_that_were_spoiled() -> None:
    """One byte after the other of what is packed is changed, where no other check may look."""
    read_back(DOCUMENT, TEMPLATE, FORM, REPORT)
    at = DOCUMENT.index(b"word/styles.xml") + len("word/styles.xml")
    for place in range(at, at + 600, 7):
        data = bytearray(DOCUMENT)
        data[place] ^= 0x55
        with pytest.raises((Stop, NotPackage)):
            read_back(bytes(data), TEMPLATE, FORM, REPORT)


def test_wrong_report() -> None:
    other = REPORT.model_copy(update={"title": f"{REPORT.title}！"})
    with pytest.raises(FaultStop, match="第 1 段应为"):
        read_back(DOCUMENT, TEMPLATE, FORM, other)
