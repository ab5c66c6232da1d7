"""The board as a workbook: to filter, to sort, to print; it opens the marked workbooks."""

from collections.abc import Iterator
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from docgen.county.board import Board, State
from docgen.county.board_words import (
    HEAD,
    RowWords,
    describe_row,
    print_moment,
    sum_up_states,
    tell_news,
    title_board,
)
from docgen.county.returned import MarkedReturns
from docgen.files import ooxml
from docgen.files.xlsx import STILL, fit_row, print_on_a4, put, set_widths, to_parts
from docgen.messages import phrases

#: The last column is for the screen alone: it is not printed.
_LINK_HEAD = "标好的表"
_WIDTHS = (22, 9.5, 36, 24, 8.5, 21, 8.5, 36)
_PRINTED = "ABCDEFG"

_COLOURS: dict[State, str] = {
    "faulty": "FDEAEA",
    "unreadable": "F6EAFA",
    "several": "FFF4D6",
    "missing": "E6E6E6",
    "unlisted": "E8F2FA",
    "issued": "E7F6EC",
}
_FONT = "宋体"
_THIN = Side(style="thin", color="8C8C8C")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_GREY = PatternFill("solid", fgColor="F3F3F3")
#: Excel takes a workbook for damaged that has more links in a sheet.
_MOST_LINKS = 65_000


def write_board_workbook(board: Board, returned: MarkedReturns) -> bytes:
    """Return the workbook; it links to what goes back to the bodies.

    Rows are written as they come, so that it takes little memory however many there are.
    """
    book = Workbook(write_only=True)
    book.properties.created = STILL
    sheet: Worksheet = book.create_sheet("进度")
    opening = list(_opening_lines(board, returned))
    head = len(opening) + 1
    _set_up(sheet, head, head + len(board.rows))

    for number, text in enumerate(opening):
        line = _make_cell(sheet, bold=not number, size=10 if number else 14)
        put(line, text)
        sheet.append([line])

    heads = [_make_cell(sheet, bold=True, fill=_GREY, lined=True) for _ in _WIDTHS]
    for cell, text in zip(heads, (*HEAD, _LINK_HEAD), strict=True):
        put(cell, text)
    sheet.append(heads)
    for number, cells in enumerate(_write_rows(sheet, board, returned), start=head + 1):
        sheet.row_dimensions[number].height = fit_row(
            (str(cell.value or "") if cell else "" for cell in cells), _WIDTHS
        )
        sheet.append(cells)
        del sheet.row_dimensions[number]

    return ooxml.write_package(to_parts(book, STILL))


def _set_up(sheet: Worksheet, head: int, last: int) -> None:
    """Prepare the sheet for the screen and for the printer, before any row is written."""
    set_widths(sheet, _WIDTHS)
    sheet.freeze_panes = f"B{head + 1}"
    sheet.auto_filter.ref = f"A{head}:H{last}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.print_area = f"A1:{_PRINTED[-1]}{last}"
    print_on_a4(sheet, landscape=False)
    if sheet.oddFooter:
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    for side in ("left", "right", "top"):
        setattr(sheet.page_margins, side, 0.4)
    sheet.page_margins.bottom = 0.55


def _opening_lines(board: Board, returned: MarkedReturns) -> Iterator[str]:
    yield title_board(board)
    yield sum_up_states(board)
    made = f"截至 {print_moment(board.made)}"
    yield "。".join(filter(None, (made, tell_news(board))))
    yield from returned.remarks
    for finding in board.findings:
        where = phrases.list_places(finding.places)
        yield f"{finding.message}（{where}）" if where else finding.message


def _write_rows(
    sheet: Worksheet, board: Board, returned: MarkedReturns
) -> Iterator[list[Cell | None]]:
    """Yield the cells of each row; a cell is used again for the next row that looks like it."""
    plain = [_make_cell(sheet, lined=True) for _ in HEAD]
    coloured = {
        state: _make_cell(sheet, bold=state != "issued", fill=_fill_with(colour), lined=True)
        for state, colour in _COLOURS.items()
    }
    links = 0

    for row in board.rows:
        words = describe_row(board, row)
        cells = [plain[0], coloured[row.state], *plain[2:]]
        for cell, text in zip(cells, _cell_texts(words), strict=True):
            put(cell, text)

        path = returned.path_of(row)
        linked = None
        if path and links < _MOST_LINKS:
            links += 1
            linked = _make_cell(sheet, lined=True)
            linked.font = Font(name=_FONT, size=10, color="0563C1", underline="single")
            put(linked, path)
            linked.hyperlink = quote(path)

        yield [*cells, linked]


def _cell_texts(words: RowWords) -> Iterator[str]:
    for text in words:
        yield text if isinstance(text, str) else "\n".join(text)


def _make_cell(
    sheet: Worksheet,
    *,
    bold: bool = False,
    size: int = 10,
    fill: PatternFill | None = None,
    lined: bool = False,
) -> Cell:
    """Return a cell of this look, to be filled."""
    cell = WriteOnlyCell(sheet)
    cell.font = Font(name=_FONT, size=size, bold=bold)
    if fill:
        cell.fill = fill
    if lined:
        cell.border, cell.alignment = _BORDER, _WRAPPED
    return cell


def _fill_with(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)
