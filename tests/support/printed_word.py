"""Reports printed to Word as others print them: their blocks, spoiled or laid out otherwise."""

import io
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from docgen.files import ooxml
from docgen.word.blocks import Block, Table, TableCell
from docgen.word.markup import W

_NAMESPACE = W[1:-1]
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx_of(blocks: Sequence[Block], parts: dict[str, str] | None = None) -> bytes:
    """A DOCX of these paragraphs and tables."""
    body = "".join(print_block(block) for block in blocks)
    document = f'<w:document xmlns:w="{_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    held = {
        ooxml.TYPES: _TYPES,
        ooxml.RELATIONS: _RELATIONS,
        ooxml.DOCUMENT: document,
        **(parts or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in held.items():
            package.writestr(name, text)
    return stream.getvalue()


def print_block(block: Block) -> str:
    """The markup of a paragraph, of markup as it stands (`<w:…`), or of a table."""
    if isinstance(block, str):
        return block if block.startswith("<w:") else _paragraph(block)
    return f"<w:tbl>{''.join(f'<w:tr>{_cells(row)}</w:tr>' for row in block)}</w:tbl>"


def _cells(row: Sequence[TableCell]) -> str:
    return "".join(
        f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.span}"/>'
        + (f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else "")
        + f"</w:tcPr>{_paragraph(cell.text)}</w:tc>"
        for cell in row
    )


def _paragraph(text: str) -> str:
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(map(escape, text.split("\n")))
    return f'<w:p><w:r><w:t xml:space="preserve">{lines}</w:t></w:r></w:p>'


def each_cell(table: Table, change: Callable[[TableCell], TableCell]) -> Table:
    """A table with every cell changed."""
    return [[change(cell) for cell in row] for row in table]
