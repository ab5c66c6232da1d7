"""Write the template of the seal form (用印审批单): one sheet with a table to be signed.

Run from the project root: `python tools/make_seal_form.py`. Page, styles and fonts are those of
the report's template; it may then be changed in Word or WPS, its `{{ tags }}` kept.
"""

from pathlib import Path

from docgen.blank.template import package
from docgen.blank.template_markup import paragraph, run
from docgen.blank.template_styles import (
    DECLARATION,
    HEITI,
    NAMESPACES,
    OFFICIAL,
    SONGTI,
    TYPE_AREA,
    fonts,
    section,
    size,
    style,
)
from docgen.files.ooxml import write_package
from docgen.forms.loader import usual_form
from docgen.publish.seal_form import TEMPLATE

FOLDER = Path("templates")
STYLES = "word/styles.xml"
WIDTHS = (1644, 3000, 1300, 2890)  # twips, within 156 mm
MARGINS = '<w:top w:w="60" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
SPACE = '<w:snapToGrid w:val="0"/><w:spacing w:line="340" w:lineRule="exact"/>'
NOTE_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="420"/>'
CELL = (
    style(
        "Form Label",
        f'<w:pPr>{SPACE}<w:jc w:val="center"/></w:pPr><w:rPr>{fonts(HEITI)}{size(12)}</w:rPr>',
        alias="单内栏目",
    )
    + style(
        "Form Text",
        f'<w:pPr>{SPACE}<w:jc w:val="left"/></w:pPr><w:rPr>{fonts(SONGTI)}{size(12)}</w:rPr>',
        alias="单内文字",
    )
    + style(
        "Form Sign",
        f'<w:pPr>{SPACE}<w:jc w:val="right"/></w:pPr><w:rPr>{fonts(SONGTI)}{size(12)}</w:rPr>',
        alias="单内签名",
    )
    + style(
        "Form Note",
        f"<w:pPr>{SPACE}{NOTE_INDENT}</w:pPr><w:rPr>{fonts(SONGTI)}{size(10.5)}</w:rPr>",
        alias="单下说明",
    )
)
SIGNED = "签名：　　　　　　　　　　　　年　　月　　日"
SIGNERS = (
    ("经办人", "文件与校验码已核对，警告已逐条看过。"),
    ("负责人意见", "同意用印　□　　　　不同意　□"),
    ("印章管理人", "所盖文件的校验码与本单相符，已用印　　　　份。"),
)
NOTES = (
    "盖章前核对：在年报助手首页交来这个文件，填校验码，按“核验这个文件”。没有助手的，打开文件所在的文件夹，"
    "在地址栏里打 cmd，按回车；在弹出的黑窗口里照打下面一行，按回车。",
    "docgen verify {{ file }} --short {{ short }}",
    "显示“与审批单相符”的，可以盖章；显示别的，不盖，把文件和本单退回经办人。文件改动一个字，校验码"
    "（SHA-256 的前 16 位）就不同。",
)
# A form that stays in the office: more room on the sheet than the standard leaves a report.
SHEET = OFFICIAL._replace(top=1417)


def cell(width: int, inner: str, span: int = 1) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{wide}'
        f'<w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'
    )


def label(text: str) -> str:
    return paragraph("FormLabel", run(text))


def words(text: str) -> str:
    return paragraph("FormText", run(text))


def row(*cells: str, height: int, breaks: bool = False) -> str:
    whole = "" if breaks else "<w:cantSplit/>"
    return (
        f'<w:tr><w:trPr>{whole}<w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>'
        f"{''.join(cells)}</w:tr>"
    )


def wide_row(name: str, inner: str, height: int, *, breaks: bool = False) -> str:
    """A row of a label and what stands beside it."""
    return row(
        cell(WIDTHS[0], label(name)), cell(sum(WIDTHS[1:]), inner, 3), height=height, breaks=breaks
    )


def table() -> str:
    counts = [cell(WIDTHS[0], label("页　　数")), cell(WIDTHS[1], words("{{ pages }}"))]
    counts += [cell(WIDTHS[2], label("份　　数")), cell(WIDTHS[3], words("{{ copies }}"))]
    rows = [
        wide_row("文件标题", words("{{ title }}"), 680),
        wide_row("用印机关", words("{{ body }}"), 560),
        wide_row("文 件 名", words("{{ file }}"), 560),
        row(*counts, height=560),
        wide_row("校 验 码", words("{{ short }}"), 560),
        wide_row("核对结果", words("{{ checks }}"), 900),
        wide_row("放行的警告", words("{{ warnings }}"), 900, breaks=True),
    ]
    for name, statement in SIGNERS:
        blank = paragraph("FormText")
        inner = f"{words(statement)}{blank}{blank}{paragraph('FormSign', run(SIGNED))}"
        rows.append(wide_row(name, inner, 1700))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{MARGINS}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def document() -> str:
    parts = [
        paragraph("Title", run("用印审批单")),
        paragraph("Normal"),
        table(),
        *(paragraph("FormNote", run(note)) for note in NOTES),
        section(SHEET),
    ]
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(parts)}</w:body></w:document>"


def main() -> None:
    """Write the template, the same bytes each time."""
    assert sum(WIDTHS) <= TYPE_AREA
    form = usual_form()
    assert form  # docgen carries one
    parts = package(document(), form.page, notes=any(table.notes for table in form.tables))
    parts[STYLES] = parts[STYLES].replace("</w:styles>", f"{CELL}</w:styles>")
    path = FOLDER / TEMPLATE
    path.write_bytes(write_package({name: text.encode() for name, text in parts.items()}))
    print(path)


if __name__ == "__main__":
    main()
