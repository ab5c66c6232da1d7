"""The finished bytes opened again, with other eyes than they were written with, and compared.

Jinja printed the document and libdeflate packed it; zipfile, zlib and libxml2 read it. The long way
reads every paragraph and cell (`docgen.word.blocks`) and names each that is wrong. The quick way,
tried first, can only ever say that all is right. It reads no markup twice:

- A part that lies in the package to the byte as it did in an earlier document is that part.
- A table's markup is the same in report after report. It is read once, with a mark in place of
  each text; then only the texts are taken out, all in one pass, and compared in order.
- What stands around the tables is read whole.

Whatever is out of the ordinary (an entity, a comment, a table in a table) goes the long way.
"""

import contextlib
import re
from collections.abc import Collection, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from docgen.errors import FaultStop, TemplateStop
from docgen.files import ooxml
from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.merge.document import BROKEN, refused
from docgen.merge.expected import expected_blocks
from docgen.merge.template import Template
from docgen.model import Report
from docgen.word import blocks
from docgen.word.blocks import Block, Difference, Table

READ_BACK = Rule(
    code="X702",
    name="成品与数据不一致",
    severity="error",
    message="写好的文件读回来，{where}应为“{expected}”，却是“{actual}”，没有签发",
    why="签发前要把成品重新打开，逐字逐数与数据核对；不一致就不签发。",
    example="填充时多印了一个字（docgen 自己的毛病）。",
    cure="把这条信息和输入文件交给维护 docgen 的人。",
)
WRONG_PRINT = Rule(
    code="T207",
    name="模板印错了内容",
    severity="error",
    message="{where}应印“{expected}”，用这个模板印出来是“{actual}”",
    why="标签放错了格子，或模板里写死了别的文字。",
    example="“第一季度”一列放了 {{ row.total }}。",
    cure="改正这一处的标签。",
)


def read_back(document: bytes, template: Template, form: Form, report: Report) -> None:
    """Raise FaultStop unless the finished bytes say every word of the report.

    Raise TemplateStop instead where a template from outside is to blame: it may say one thing of
    the report it was tried with and another of this one.
    """
    try:
        body = _open_body(document, template)
        expected = expected_blocks(form, report)
        if is_plainly(body, expected, template.literals):
            return
        found = _differences(expected, blocks.read_blocks(body), template)
    except ooxml.NotPackage as error:
        raise refused(template, f"{BROKEN}：{error}") from None

    if found:
        rule = READ_BACK if template.own else WRONG_PRINT
        blamed = FaultStop if template.own else TemplateStop
        raise blamed(*(rule.at(**difference._asdict()) for difference in found))


def _open_body(document: bytes, template: Template) -> bytes:
    """Return the part with the body. Raise NotPackage where any other part is no XML."""
    parts = ooxml.read_parts(document, template.known)
    body = parts.pop(ooxml.DOCUMENT)
    for name, part in parts.items():
        if ooxml.is_xml(name):
            ooxml.check_xml(part, name)

    return body


def _differences(
    expected: Sequence[Block], body: list[Block], template: Template
) -> list[Difference]:
    """Return where a body differs from the report; literals of the template may stay."""
    if not blocks.differences(expected, body):
        return []
    own = template.literals - {block for block in expected if isinstance(block, str)}
    kept = [block for block in body if not isinstance(block, str) or block not in own]
    return blocks.differences(expected, kept)


#: How docgen's own writing begins: a part in another encoding does not.
_START = re.compile(
    rb"<\?xml version='1\.0' encoding='UTF-8' standalone='yes'\?>\n(<w:document [^>]*>)"
)
#: A text in its element: `<w:t xml:space="preserve">1,024</w:t>`; not `<w:tc>…`, not `<w:t/>`.
_TEXT = re.compile(rb'<w:t(?: xml:space="preserve")?>([^<]*)</w:t>')
#: What is not there to the letter, or cannot be: `&amp;`, `]]>`, a tab; not `年`.
_NOT_PLAIN = re.compile("[&>\x00-\x1f\ufffe\uffff]")
#: Stands for a text where a table's markup is read; then between cells, and between rows.
_GAP, _CELL, _ROW = "\ue000", "\1", "\2"
#: Markup of more bytes is not kept in memory: such a table is read the long way.
_MOST_KEPT = 1 << 20
#: Stands for a table among paragraphs.
_TABLE_HERE = "\0"

_Shape = list[list[tuple[str | int, ...]]]


class _Markup(NamedTuple):
    """What the markup of a table says: its cells, with a gap for every text."""

    around: list[bytes]  # what stands before, between and after the texts, as `_flat` has it
    shape: _Shape


def is_plainly(part: bytes, expected: Sequence[Block], own: Collection[str] = ()) -> bool:
    """Return whether a body says just this; False too where that is not plain to see.

    Beside it, paragraphs that are the template's `own` may stand.
    """
    start = _START.match(part)
    around, tables = _apart(part)
    if start is None or not _is_plain_markup(around[start.end() :]):
        return False

    with contextlib.suppress(UnicodeDecodeError, ooxml.NotPackage):
        said = blocks.read_blocks(around)
        if [block for block in said if not isinstance(block, str)] != [[]] * len(tables):
            return False  # one stands in a text box, or has a table in it
        wanted = [block for block in expected if not isinstance(block, str)]
        return (
            _same_paragraphs(_with_marks(said), _with_marks(expected), own)
            and len(tables) == len(wanted)
            and all(map(partial(_is_table, start[1]), tables, wanted))
        )

    return False


def _is_plain_markup(markup: bytes) -> bool:
    """Return whether each `<` begins a tag here, and each prefix means what it does above."""
    return not any(one in markup for one in (b"<!", b"<?", b"xmlns"))


def _apart(part: bytes) -> tuple[bytes, list[bytes]]:
    """Return the part with its tables emptied, and what stood in each, up to the first end."""
    first, *rest = part.split(b"<w:tbl>")
    parted = [piece.partition(b"</w:tbl>") for piece in rest]
    around = [b"<w:tbl/>" + after for _, _, after in parted]
    return b"".join((first, *around)), [inner for inner, _, _ in parted]


def _with_marks(body: Sequence[Block]) -> list[str]:
    """Return the paragraphs, but for empty ones, with a mark where a table stands."""
    marked = [block if isinstance(block, str) else _TABLE_HERE for block in body]
    return [*filter(None, marked)]


def _same_paragraphs(said: list[str], wanted: list[str], own: Collection[str]) -> bool:
    if said == wanted:
        return True
    own = set(own).difference(wanted)
    return [paragraph for paragraph in said if paragraph not in own] == wanted


def _is_table(root: bytes, inner: bytes, wanted: Table) -> bool:
    """Return whether a table plainly says this; `inner` is what stands between its two tags."""
    if len(inner) > _MOST_KEPT:
        return False
    pieces = _TEXT.split(inner)
    texts = pieces[1::2]
    if _NOT_PLAIN.search(b"".join(texts).decode()):
        return False

    read = _read_markup(root, _GAP.encode().join(pieces[::2]))
    if len(read.around) != len(texts) + 1:
        return False
    pieces[::2] = read.around
    text, shape = _flat(wanted)

    return b"".join(pieces) == text.encode() and read.shape == shape


@lru_cache(maxsize=64)  # a form has up to 14 tables, each of one markup in all its reports
def _read_markup(root: bytes, markup: bytes) -> _Markup:
    """Read the markup between a table's tags. Raise NotPackage where it is no plain XML."""
    if not _is_plain_markup(markup):
        raise ooxml.NotPackage("not plain")
    gap = _GAP.encode()
    marked = markup.replace(gap, b'<w:t xml:space="preserve">' + gap + b"</w:t>")
    whole = root + b"<w:body><w:tbl>" + marked + b"</w:tbl></w:body></w:document>"
    (table,) = blocks.read_blocks(whole)
    assert not isinstance(table, str)
    text, shape = _flat(table)

    return _Markup(text.encode().split(gap), shape)


def _flat(table: Table) -> tuple[str, _Shape]:
    """Return all texts of a table in one, and the spans and merges of every row."""
    rows = [[*zip(*row, strict=True)] for row in table]
    texts = [_CELL.join(row[0]) if row else "" for row in rows]
    return _ROW.join(texts), [row[1:] for row in rows]
