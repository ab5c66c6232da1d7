"""The notice that goes out with the blanks: 填报通知, as text for the chat group and as DOCX.

What it says of the report is the form's own: its name, its basis, its deadlines, its rules.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.blank.template import write_document
from docgen.blank.template_markup import paragraph, run
from docgen.blank.template_styles import DECLARATION, NAMESPACES, PITCH, exact, paper_of, section
from docgen.county.roster import Unit
from docgen.files.inputs import NOTICE
from docgen.files.visible import visible
from docgen.finding import SEVERITIES
from docgen.forms.form import Form, PageStyle
from docgen.model import GUIDE_SHEET, LEVELS, TEXT_SHEET, print_date

_MISTAKES = 3
#: Files that the notice lists; of more it says that they are named after the bodies.
_MOST_FILES = 500
#: The columns of the list of files, each with its width in twips: 156 mm in all.
_COLUMNS = {"序号": 800, "单位": 3500, "文件": 4544}
_PAGE = PageStyle()
_NEW_PAGE = '<w:pageBreakBefore/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
#: The 22 lines of a page without a grid: with one, LibreOffice sets half the characters.
_LINE = exact(PITCH)
_NOT_KEPT = '<w:keepNext w:val="0"/>'  # rows of a long table need not stay together
_NUMERALS = "一二三四五六七八九十"


class Notice(NamedTuple):
    """What a notice says: of which report, to whom, which file is whose, until when, to where."""

    form: Form
    year: int
    units: tuple[Unit, ...]
    files: tuple[tuple[str, str], ...]  # a body, and the name of its file
    until: date | None = None
    contact: str = ""
    send_to: str = ""

    @property
    def title(self) -> str:
        """Return the title, with a break where it may be broken."""
        return f"关于填报{self.year}年\n{self.form.report_name}的通知"


class NoticePart(NamedTuple):
    """One part of the notice: its heading, and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def write_notice(notice: Notice, folder: Path) -> tuple[list[Path], list[Path]]:
    """Write 填报通知.txt and .docx; return what was written, and what stood there otherwise."""
    made = {
        folder / f"{NOTICE}.txt": write_text(notice).encode("utf-8-sig"),
        folder / f"{NOTICE}.docx": write_docx(notice),
    }
    new = {path: data for path, data in made.items() if not os.path.lexists(path)}
    left = [
        path
        for path, data in made.items()
        if path not in new and files.regular_bytes(path, files.LIMIT) != data
    ]
    files.write_together(new)
    return list(new), left


def parts_of(notice: Notice) -> list[NoticePart]:
    """Return the parts of the notice, in order; what nobody said is left out."""
    found = [
        NoticePart("填什么", tuple(_what_to_fill(notice))),
        NoticePart("什么时候交", tuple(_when(notice))),
        NoticePart("怎么填", tuple(_how(notice))),
        NoticePart("容易错的地方", tuple(_mistakes(notice))),
        NoticePart("交到哪里、问谁", tuple(_where(notice))),
    ]
    return [part for part in found if part.paragraphs]


def _what_to_fill(notice: Notice) -> Iterator[str]:
    form, year = notice.form, notice.year
    tables = "、".join(f"“{table.name}”" for table in form.tables)
    and_text = f"和“{TEXT_SHEET}”" if form.preface or form.text_sections else ""
    yield (
        f"请各单位填报{year}年{form.report_name}（依据：{form.basis.rstrip('。')}）。"
        f"随通知发给每个单位一份表，文件名里有单位名称，请只填自己的那一份。"
    )
    yield f"表里要填的是：基本情况、{tables}{and_text}。"
    yield "单位名称、层级、落款等已经替各单位填好，请核对。"


def _when(notice: Notice) -> Iterator[str]:
    """Yield the day that the office sets, and those of the law for the levels in the roster."""
    if notice.until:
        yield f"请于{print_date(notice.until)}前报送。"
    levels = {unit.level for unit in notice.units}
    for what, day, basis, some in _deadlines_of(notice, levels):
        whose = (
            ""
            if some >= levels - {""}
            else "、".join(LEVELS[one][0] for one in LEVELS if one in some) + "的"
        )
        yield f"{whose}{notice.form.called}要在{print_date(day)}前{what}（依据：{basis}）。"


def _deadlines_of(notice: Notice, levels: set[str]) -> list[tuple[str, date, str, set[str]]]:
    """Return each deadline of these levels: what for, the day, by which law, of which levels."""
    found: dict[tuple[str, date, str], set[str]] = {}
    for deadline in notice.form.duties.deadlines:
        if deadline.level in levels:
            day = deadline.day_for(notice.year)
            what = deadline.name or "公布"
            found.setdefault((what, day, deadline.basis), set()).add(deadline.level)
    return [(*key, some) for key, some in sorted(found.items(), key=lambda one: one[0][1])]


def _how(notice: Notice) -> Iterator[str]:
    is_workbook = _gives_workbooks(notice)
    what = f"打开，先看第一张“{GUIDE_SHEET}”" if is_workbook else "打开文件夹里的每一个表"
    sums = "灰色的合计会自己算，不要填。" if is_workbook else ""
    yield f"用 Excel 或 WPS {what}；只填空着的格子，不改行、列和表头；没有的填 0，不要空着。{sums}"
    if notice.form.preface or notice.form.text_sections:
        yield f"“{TEXT_SHEET}”一段写一行，行不够就插入行；写的数要和表里的一致。"
    yield "填好后原样保存，不要改名称，也不要另存成别的格式。"


def _gives_workbooks(notice: Notice) -> bool:
    return all(file.endswith(".xlsx") for _, file in notice.files)


def _mistakes(notice: Notice) -> Iterator[str]:
    """Yield the mistakes that the form's own rules look for, the gravest first."""
    form = notice.form
    order = list(SEVERITIES)
    rules = sorted(form.rules.values(), key=lambda rule: order.index(rule.severity))
    if rules:
        sums = (
            "；合计是算出来的，和它对不上，是填的哪一项错了或漏了"
            if _gives_workbooks(notice)
            else ""
        )
        yield f"这几种错最常见，交之前请对一遍{sums}："
    for number, rule in enumerate(rules[:_MISTAKES], start=1):
        yield f"{number}. {rule.name}。例如：{rule.example}"


def _where(notice: Notice) -> Iterator[str]:
    if notice.send_to:
        yield f"填好后交到：{notice.send_to}。"
    if notice.contact:
        yield f"有不清楚的，问：{notice.contact}。"


def _rows_of(notice: Notice) -> list[tuple[str, str]]:
    """Return which file is whose; none where there are too many to read."""
    return list(notice.files) if len(notice.files) <= _MOST_FILES else []


def write_text(notice: Notice) -> str:
    """Return the notice for a chat group: short lines, no mark that a chat would not show."""
    lines = [notice.title.replace("\n", ""), "", "各单位："]
    for number, part in enumerate(parts_of(notice)):
        lines += ["", f"{_NUMERALS[number]}、{part.heading}", *part.paragraphs]

    rows = _rows_of(notice)
    if rows:
        lines += ["", f"附：各单位的表（{len(rows)} 份）"]
        lines += [f"{number}. {name}：{file}" for number, (name, file) in enumerate(rows, start=1)]

    return "".join(f"{visible(line)}\r\n" for line in lines)


def write_docx(notice: Notice) -> bytes:
    """Return the notice on paper (GB/T 9704), the list of files on pages of its own."""
    title = [run(escape(line)) for line in notice.title.split("\n")]
    body = [paragraph("Title", "<w:r><w:br/></w:r>".join(title)), paragraph("Normal")]
    body.append(paragraph("Normal", run("各单位："), properties=_LINE))
    for number, part in enumerate(parts_of(notice)):
        heading = run(f"{_NUMERALS[number]}、{part.heading}")
        body.append(paragraph("Heading1", heading, properties=_LINE))
        body += [
            paragraph("BodyText", run(_in_xml(text)), properties=_LINE) for text in part.paragraphs
        ]

    rows = _rows_of(notice)
    if rows:
        body.append(paragraph("Normal"))
        body.append(paragraph("BodyText", run("附件：各单位的表"), properties=_LINE))
        body.append(paragraph("Heading1", run("附件"), properties=_NEW_PAGE))
        body.append(paragraph("Title", run("各单位的表")))
        body.append(_table(rows))

    paper = paper_of(_PAGE, landscape=False)._replace(has_grid=False)
    inner = "".join(body) + section(paper)
    document = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{inner}</w:body></w:document>"
    return write_document(document, _PAGE)


def _table(rows: Sequence[tuple[str, str]]) -> str:
    """Return the table of the files, its head on every page."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _COLUMNS.values())
    lines = [_table_row(tuple(_COLUMNS), "TableHead", "<w:tblHeader/>")]
    lines += [
        _table_row((str(number), name, file), "TableLabel", "")
        for number, (name, file) in enumerate(rows, start=1)
    ]
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(_COLUMNS.values())}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>" + paragraph("Normal")
    )


def _table_row(texts: Sequence[str], style: str, properties: str) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, run(_in_xml(text)), properties=_NOT_KEPT)}</w:tc>"
        for text, width in zip(texts, _COLUMNS.values(), strict=True)
    )
    height = '<w:trHeight w:val="400" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{properties}</w:trPr>{cells}</w:tr>"


def _in_xml(text: str) -> str:
    """Return a text as XML can hold it; what nobody sees is shown."""
    return escape(visible(text))
