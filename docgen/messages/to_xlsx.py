"""A check as a workbook: the office's own cells, the faulty ones coloured and commented on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from docgen import __version__
from docgen.check.outcome import Outcome
from docgen.check.rules.previous import FAULTY_LAST_YEAR
from docgen.files import ooxml
from docgen.files.xlsx import (
    fit_row,
    print_on_a4,
    printable,
    put,
    quote_sheet,
    set_widths,
    to_parts,
)
from docgen.finding import SEVERITIES, Finding, Place, Severity
from docgen.messages import phrases
from docgen.messages.workbook_copy import Copy, make_copy, no_copy
from docgen.model import MARKS_HEAD, MARKS_SHEET

_TITLE, _HEAD = MARKS_SHEET, MARKS_HEAD
#: Whose comments docgen's own are.
_AUTHOR = "docgen"
_WIDTHS = (7, 8, 16, 18, 36, 9, 9, 20, 32, 16, 12)
_COLOURS: dict[Severity, str] = {"error": "FFC7CE", "warning": "FFEB9C", "note": "DDEBF7"}
_WAIVED = "E2EFDA"
#: `D4`, `AB12`, not `A0` or a whole column `A`.
_CELL = re.compile("[A-Z]{1,3}[1-9][0-9]{0,5}")
_BOLD, _LINK = Font(bold=True), Font(color="0563C1", underline="single")
_WRAPPED = Alignment(wrap_text=True, vertical="top")

#: More than this in one comment is not read; the sheet of findings has it all.
_MOST_WORDS = 1500


def to_xlsx(outcome: Outcome) -> bytes:
    """Return the workbook; the same bytes for the same outcome."""
    try:
        return _write_workbook(make_copy(outcome.reading), outcome)
    except Exception:  # openpyxl raises whatever its parsers meet in the office's workbook
        return _write_workbook(no_copy("这个工作簿写法特别，不能照抄一份"), outcome)


def _write_workbook(copy: Copy, outcome: Outcome) -> bytes:
    _clear_marks(copy)
    marks: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (file, sheet, cell), findings in _find_marks(outcome, copy).items():
        colour, name = _mark_cell(copy.sheets[file, sheet], cell, findings)
        marks.setdefault((file, sheet), {}).setdefault(colour, []).append(name)

    for where, by_colour in marks.items():
        _show_first(copy.sheets[where], by_colour)
    _write_findings(copy, outcome)
    modified = copy.book.properties.modified
    return ooxml.write_package(to_parts(copy.book, modified))


def _clear_marks(copy: Copy) -> None:
    """Take away the marks of an earlier time: a body may mend the marked workbook itself."""
    others = [sheet for sheet in copy.book.worksheets if not _holds_marks(sheet)]
    if not others or len(others) == len(copy.book.worksheets):
        return  # without such a sheet the comments are somebody's own

    for sheet in copy.book.worksheets:
        if sheet not in others:
            copy.book.remove(sheet)
    # only cells that exist: a sheet may seem to have a million rows
    for cell in (cell for sheet in others for cell in list(sheet._cells.values())):
        if cell.comment and cell.comment.author == _AUTHOR:
            cell.comment, cell.fill = None, PatternFill()


def _holds_marks(sheet: Worksheet) -> bool:
    """Whether a sheet is the list of what was found at an earlier time."""
    named = sheet.title.rstrip("0123456789") == _TITLE
    return named and str(sheet["A1"].value or "").startswith(f"{_TITLE}：")


def _find_marks(outcome: Outcome, copy: Copy) -> dict[tuple[str, str, str], list[Finding]]:
    """Return the cells to mark, each with its findings; last year's file may have the same name."""
    marks: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in outcome.findings:
        for place in phrases.faulty_places(finding):
            cell = _cell_of(place, finding)
            in_copy = cell and (place.file, place.sheet) in copy.sheets
            if in_copy and finding.code != FAULTY_LAST_YEAR.code:
                marks.setdefault((place.file, place.sheet, cell), []).append(finding)

    return marks


def _cell_of(place: Place, finding: Finding) -> str:
    """Return the cell to mark: of an error in a whole sheet, as a blank table, its first."""
    if not place.cell and place.sheet and finding.severity == "error":
        return "A1"
    return place.cell if _CELL.fullmatch(place.cell) else ""


def _mark_cell(sheet: Worksheet, name: str, findings: Sequence[Finding]) -> tuple[str, str]:
    """Colour a cell after the gravest of its findings, and add them to its comment.

    Return the colour and the name of the cell that has it.
    """
    for merged in sheet.merged_cells.ranges:
        if name in merged:
            name = merged.start_cell.coordinate

    cell: Cell = sheet[name]
    graves = [s for s in SEVERITIES if any(f.severity == s and not f.waived for f in findings)]
    colour = _COLOURS[graves[0]] if graves else _WAIVED
    cell.fill = PatternFill("solid", fgColor=colour)
    told = "\n\n".join(map(_comment_text, findings))
    if len(told) > _MOST_WORDS:
        told = f"{told[:_MOST_WORDS]}……\n（全部见“{_TITLE}”）"
    before = f"{cell.comment.text}\n\n" if cell.comment else ""
    cell.comment = Comment(before + printable(told), _AUTHOR, height=220, width=380)
    return colour, name


def _show_first(sheet: Worksheet, marks: Mapping[str, Sequence[str]]) -> None:
    """Show marks, cells by colour, whatever else the sheet colours by a condition."""
    others = sheet.conditional_formatting
    if not others:
        return

    # before the others also in the file: Calc goes by that, not by the priority
    ordered = sheet.conditional_formatting = ConditionalFormattingList()
    for colour, cells in marks.items():
        look = DifferentialStyle(fill=PatternFill("solid", bgColor=colour))
        first = Rule("expression", dxf=look, formula=["TRUE"], stopIfTrue=True)
        ordered.add(" ".join(cells), first)
    for ranges in others:
        for rule in ranges.rules:
            rule.priority += len(marks)
            ordered.add(str(ranges.sqref), rule)


def _comment_text(finding: Finding) -> str:
    lines = [f"{phrases.name_severity(finding)} {finding.code}：{finding.message}"]
    lines += [f"怀疑：{phrases.describe_suspect(suspect)}" for suspect in finding.suspects]
    lines.append(
        f"豁免：{phrases.describe_waiver(finding)}" if finding.waived else f"改法：{finding.cure}"
    )
    return "\n".join(lines)


def _write_findings(copy: Copy, outcome: Outcome) -> None:
    """Write the sheet of all findings, before the others: what was found, what ran, what not."""
    book = copy.book
    sheet = book.create_sheet(_TITLE, 0)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet

    book.active = 0
    numbers = count(1)
    for text in _opening_lines(copy, outcome):
        _put_row(sheet, next(numbers), (text,))

    sheet["A1"].font = Font(bold=True, size=14)
    head = next(numbers)
    _put_row(sheet, head, _HEAD, _BOLD)

    for finding in outcome.findings:
        number = next(numbers)
        _put_row(sheet, number, _finding_row(finding))
        colour = _WAIVED if finding.waived else _COLOURS[finding.severity]
        sheet.cell(number, 1).fill = PatternFill("solid", fgColor=colour)
        _link_to_cell(sheet.cell(number, 4), finding, copy)
        sheet.row_dimensions[number].height = fit_row(_finding_row(finding), _WIDTHS)

    for row, font in _coverage_rows(outcome):
        _put_row(sheet, next(numbers), row, font)

    set_widths(sheet, _WIDTHS)
    for column in _blank_columns(outcome.findings):  # on paper every column makes all smaller
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    print_on_a4(sheet, landscape=True)
    sheet.print_title_rows = f"{head}:{head}"


def _blank_columns(findings: Sequence[Finding]) -> Iterator[int]:
    """Yield the columns, from 1, in which no finding says anything; none where nothing is found."""
    rows = [_finding_row(finding) for finding in findings]
    for column, texts in enumerate(zip(*rows, strict=True), start=1):
        if not any(texts):
            yield column


def _opening_lines(copy: Copy, outcome: Outcome) -> Iterator[str]:
    """Yield what the workbook is, and what of the office's own file it does not hold."""
    found = phrases.count_findings(outcome.findings)
    yield f"{_TITLE}：{outcome.input}：{phrases.name_verdict(outcome)}（{found}）"
    if copy.sheets:
        yield "这是核对用的副本。有问题的格子已涂色，说明在批注里；请在原来的文件里改，再核对一遍。"
        yield "红是错误，黄是警告，蓝是提示，绿是已豁免。怀疑的不止一处时都涂了色，不一定都错。"

    yield from filter(None, copy.remarks)
    yield f"docgen {__version__} 核对"


def _put_row(
    sheet: Worksheet, number: int, texts: Sequence[str | int], font: Font | None = None
) -> None:
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(number, column)
        put(cell, text)
        if len(texts) > 1:  # a row of one text runs on over the cells beside it
            cell.alignment = _WRAPPED
        if font:
            cell.font = font


def _finding_row(finding: Finding) -> Sequence[str]:
    return (
        phrases.name_severity(finding),
        finding.code,
        finding.rule.name,
        phrases.list_places(finding.places) or "（整份）",
        finding.message,
        finding.expected,
        finding.actual,
        "\n".join(map(phrases.describe_suspect, finding.suspects)),
        finding.cure,
        finding.rule.basis,
        phrases.describe_waiver(finding),
    )


def _link_to_cell(cell: Cell, finding: Finding, copy: Copy) -> None:
    """From the place of a finding to the cell itself."""
    for place in phrases.faulty_places(finding):
        sheet = copy.sheets.get((place.file, place.sheet))
        if sheet is not None and (there := _cell_of(place, finding)):
            cell.hyperlink = Hyperlink(
                cell.coordinate, location=f"{quote_sheet(sheet.title)}!{there}"
            )
            cell.font = _LINK
            return


def _coverage_rows(outcome: Outcome) -> Iterator[tuple[Sequence[str], Font | None]]:
    """Yield the rules that ran and found nothing, and those that could not run with why."""
    coverage = outcome.coverage
    if not coverage:
        return

    clean = coverage.clean(outcome.findings)
    yield (), None
    yield (f"查了、没有发现问题的规则（{len(clean)} 条）",), _BOLD
    yield from ((("", code, coverage.name_of(code)), None) for code in clean)
    yield (), None
    yield (f"没有查或没有查全的规则（{len(coverage.not_run)} 条）",), _BOLD
    yield from ((("", c, coverage.name_of(c), why), None) for c, why in coverage.not_run)
    if figures := coverage.unjudged:
        yield (), None
        yield (f"正文里没有核对的数（{len(figures)} 个）",), _BOLD
        yield from ((("", str(one.place), one.said, one.quote), None) for one in figures)
