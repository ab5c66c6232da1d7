"""Mistakes of handling in a workbook, as a clerk makes them in Excel or WPS.

As in test_clerk_mistakes: exactly what is told of each, and the first cell it names.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

import openpyxl
import pytest
from clerk import FACT, FIRST, SECOND, THIRD, WORDS, Told, told
from door import INPUTS, Docgen, Run
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook import Workbook


@pytest.fixture(scope="module")
def usual() -> dict[str, Run]:
    """What is said of the sound report."""
    return {}


State = Literal["visible", "hidden", "veryHidden"]


def cell(sheet: str, place: str, value: object, **look: object) -> Callable[[Workbook], object]:
    """Type into a cell of the workbook, and give it a look."""

    def change(book: Workbook) -> None:
        book[sheet][place].value = value
        for name, how in look.items():
            setattr(book[sheet][place], name, how)

    return change


def look(sheet: str, places: str, **how: object) -> Callable[[Workbook], object]:
    """Give cells a look, as they stand."""

    def change(book: Workbook) -> None:
        rows = book[sheet][places] if ":" in places else ((book[sheet][places],),)
        for found in (each for line in rows for each in line if not isinstance(each, MergedCell)):
            for name, value in how.items():
                setattr(found, name, value)

    return change


def hidden(sheet: str, rows: Iterable[int] = (), columns: str = "") -> Callable[[Workbook], object]:
    """Hide rows and columns, or the sheet itself."""

    def change(book: Workbook) -> None:
        for number in rows:
            book[sheet].row_dimensions[number].hidden = True
        for letter in columns:
            book[sheet].column_dimensions[letter].hidden = True
        if not rows and not columns:
            book[sheet].sheet_state = "hidden"

    return change


def merged(sheet: str, places: str, under: str = "", value: int = 0) -> Callable[..., object]:
    """Merge cells; WPS keeps what stood under the merge."""

    def change(book: Workbook) -> None:
        book[sheet].merge_cells(places)
        if under:
            place = coordinate_to_tuple(under)
            book[sheet]._cells[place] = Cell(book[sheet], *place, value)

    return change


def inserted(sheet: str, row: int = 0, column: int = 0) -> Callable[[Workbook], object]:
    """Insert a row or a column, as Excel does."""

    def change(book: Workbook) -> None:
        if row:
            book[sheet].insert_rows(row)
        else:
            book[sheet].insert_cols(column)

    return change


def titled(sheet: str, text: str) -> Callable[[Workbook], object]:
    """Put a title above a table."""

    def change(book: Workbook) -> None:
        book[sheet].insert_rows(1)
        book[sheet]["A1"].value = text

    return change


def added(name: str, text: str = "", state: State = "visible") -> Callable[[Workbook], object]:
    """Add a sheet of one's own."""

    def change(book: Workbook) -> None:
        sheet = book.create_sheet(name)
        sheet["A1"].value = text or None
        sheet.sheet_state = state

    return change


def copied_sheet(sheet: str, state: State = "visible") -> Callable[[Workbook], object]:
    """Copy a sheet."""

    def change(book: Workbook) -> None:
        book.copy_worksheet(book[sheet]).sheet_state = state

    return change


def named(sheet: str, name: str) -> Callable[[Workbook], object]:
    """Rename a sheet."""
    return lambda book: setattr(book[sheet], "title", name)


def locked(book: Workbook) -> None:
    """Protect a sheet and the workbook."""
    book[SECOND].protection.sheet = True
    book[SECOND].protection.password = "1"
    book.security.lockStructure = True


def filtered(book: Workbook) -> None:
    """Leave a filter on."""
    book[SECOND].auto_filter.ref = "A3:J28"
    hidden(SECOND, range(9, 20))(book)


def pasted(book: Workbook) -> None:
    """Paste table three below table two."""
    for number, line in enumerate(book[THIRD].iter_rows(values_only=True), 32):
        for index, value in enumerate(line, 1):
            book[SECOND].cell(number, index).value = value


STRUCK, WHITE = Font(strike=True), Font(color="FFFFFFFF")
DARK = PatternFill("solid", fgColor="FF333333")
PARTLY = CellRichText("我镇", TextBlock(InlineFont(strike=True), "连续两年"), "认真贯彻。")
ACCOUNTING = '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '


WORKBOOK: list[tuple[str, Callable[[Workbook], object], int, Told]] = [
    ("struck through", look(SECOND, "D6", font=STRUCK), 1, [("R401", "D6")]),
    ("struck through in part", cell(WORDS, "B3", PARTLY), 1, [("R401", "B3")]),
    ("a row struck through", look(SECOND, "D6:J6", font=STRUCK), 1, [("R401", "D6")]),
    ("white", cell(FIRST, "B10", 5, font=WHITE), 1, [("R402", "B10")]),
    ("white on dark", cell(FIRST, "B10", 5, font=WHITE, fill=DARK), 0, []),
    ("white text", look(WORDS, "B3", font=WHITE), 1, [("R402", "B3")]),
    ("a white 0", look(SECOND, "D6", font=WHITE), 0, []),
    ("yuan shown as 万元", cell(FIRST, "B14", 125000, number_format="0!.0,"), 1, [("R402", "B14")]),
    ("thousands", cell(FIRST, "B14", 125000, number_format="#,##0,"), 1, [("R402", "B14")]),
    (
        "万 above ten thousand",
        cell(FIRST, "B14", 125000, number_format='[>=10000]0!.0,"万";0'),
        1,
        [("R402", "B14")],
    ),
    ("a percentage", cell(FIRST, "B14", 0.5, number_format="0%"), 1, [("R402", "B14")]),
    ("hidden by its format", cell(FIRST, "B10", 5, number_format=";;;"), 1, [("R402", "B10")]),
    ("shown as a word", cell(FIRST, "B10", 5, number_format='"无"'), 1, [("R402", "B10")]),
    ("rounded", cell(FIRST, "B14", 190.457379, number_format="0.00"), 0, [("R403", "B14")]),
    ("two places", cell(FIRST, "B14", 190.4, number_format="0.00"), 0, []),
    ("the unit in the format", cell(FIRST, "B10", 5, number_format='0"件"'), 0, []),
    ("万元 in the format", cell(FIRST, "B14", 12.5, number_format='0.0"万元"'), 0, []),
    ("thousands separators", cell(FIRST, "B10", 1234, number_format="#,##0"), 0, []),
    ("0 not shown", look(SECOND, "D4:J28", number_format="0;-0;;@"), 0, []),
    ("accounting", look(SECOND, "D4:J28", number_format=ACCOUNTING), 0, []),
    ("two figures merged", merged(SECOND, "D6:E6"), 1, [("R404", "E6")]),
    ("a figure under a merge", merged(SECOND, "D6:E6", "E6", 2), 1, [("R404", "E6")]),
    ("eight figures merged", merged(SECOND, "D9:D16"), 1, [("R404", "D10")]),
    ("the text merged over two columns", merged(WORDS, "B3:C3"), 0, []),
    ("a row hidden", hidden(SECOND, [9]), 0, [("R405", "D9")]),
    ("a column hidden", hidden(SECOND, columns="E"), 0, [("R405", "E4")]),
    ("a sheet hidden", hidden(THIRD), 0, [("R405", "A4")]),
    ("a filter left on", filtered, 0, [("R405", "D9")]),
    ("a comment", look(WORDS, "B3", comment=Comment("请核实", "李")), 0, [("R408", "正文")]),
    ("a sheet protected", locked, 0, []),
    ("a row inserted", inserted(SECOND, row=6), 0, []),
    ("a column inserted", inserted(SECOND, column=5), 0, []),
    ("a title above", titled(SECOND, "2024年度申请办理情况表"), 0, [("R222", "A1")]),
    ("a sheet copied", copied_sheet(SECOND), 1, [("R209", "表二 申请办理")]),
    ("a copy hidden", copied_sheet(SECOND, "hidden"), 1, [("R209", "表二 申请办理")]),
    ("a sheet renamed", named(SECOND, "Sheet3"), 0, [("R221", "Sheet3")]),
    ("the facts renamed", named(FACT, "Sheet1"), 0, [("R221", "Sheet1")]),
    ("a sheet 备注", added("备注", "请科长看一下"), 0, [("R376", "备注")]),
    ("a sheet 填报说明2", added("填报说明2", "请科长看一下"), 0, [("R376", "填报说明2")]),
    ("a sheet 填表说明 of one's own", added("填表说明", "照办"), 0, [("R376", "填表说明")]),
    ("the blank's own 填表说明", added("填表说明", "填表说明：某镇年报"), 0, []),
    ("a chart sheet", lambda book: book.create_chartsheet("图"), 0, []),
    ("a sheet of figures", added("台账", "请科长看一下"), 1, [("R208", "台账")]),
    ("a sheet 备注 hidden", added("备注", "x", "hidden"), 1, [("R208", "备注")]),
    (
        "a sheet hidden of one's own",
        added("旧数据", "请科长看一下", "hidden"),
        1,
        [("R208", "旧数据")],
    ),
    ("WPS's own sheet", added("WpsReserved_CellImgList", "x", "veryHidden"), 0, []),
    ("an empty sheet", added("Sheet6"), 0, []),
    ("a date cell", cell(FACT, "B9", datetime(2025, 1, 20)), 0, []),
    ("a date's number", cell(FACT, "B9", 45677), 0, [("R122", "B9")]),
    ("a date's number in its format", cell(FACT, "B9", 45677, number_format="yyyy/m/d"), 0, []),
    ("the year as a number", cell(FACT, "B3", 2024, number_format='0"年"'), 0, []),
    ("the year as a day", cell(FACT, "B3", datetime(2024, 1, 1)), 1, [("R105", "B3")]),
    ("a figure as text", cell(SECOND, "D6", "0", number_format="@", quotePrefix=True), 0, []),
    ("a figure that became a day", cell(SECOND, "D6", datetime(2024, 1, 3)), 1, [("R304", "D6")]),
    ("a formula never worked out", cell(SECOND, "D6", "=0+0"), 1, [("R306", "D6")]),
    ("a formula that failed", cell(SECOND, "D6", "#DIV/0!"), 1, [("R304", "D6")]),
    ("a name that failed", cell(FACT, "B4", "#REF!"), 1, [("R409", "B4")]),
    ("a text that failed", cell(WORDS, "B6", "#NAME?"), 1, [("R409", "B6")]),
    ("a text by formula", cell(WORDS, "B6", "=A1"), 1, [("R105", "B6")]),
    ("a number for a text", cell(WORDS, "B6", 5), 1, [("R105", "B6")]),
    ("a picture in a cell", cell(WORDS, "B6", '=DISPIMG("ID_1",1)'), 1, [("R105", "B6")]),
    ("table three pasted below table two", pasted, 1, [("R201", "A32"), ("R212", "A35")]),
    ("a line break in a label", cell(SECOND, "B6", "（一）\n予以公开"), 0, []),
]


@pytest.mark.parametrize(
    ("handled", "code", "says"), [pytest.param(*rest, id=what) for what, *rest in WORKBOOK]
)
def test_workbook(
    docgen: Docgen,
    usual: dict[str, Run],
    handled: Callable[[Workbook], object],
    code: int,
    says: Told,
) -> None:
    """Something done to the workbook, saved by another program that keeps no formulas."""
    book = openpyxl.load_workbook(INPUTS / "2024.xlsx", data_only=True)
    book.save("2024.xlsx")
    before = usual.setdefault("xlsx", docgen("check", "2024.xlsx", "--json"))
    handled(book)
    book.save("2024.xlsx")
    run = docgen("check", "2024.xlsx", "--json")
    assert (run.code, told(run, before)) == (code, says)
