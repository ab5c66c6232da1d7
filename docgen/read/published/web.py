"""A web page as a stream: a saved page, a page with its folder beside it, or an MHT archive.

Only what a browser shows is read, and only from the page itself: nothing is fetched and nothing
runs. Portals set a report in tables of their own for the layout, and cut its words by spans.
"""

import re
from collections.abc import Iterator

from docgen.errors import InputStop
from docgen.files import TOO_LARGE
from docgen.files.ooxml import Element
from docgen.finding import Finding, Place, Rule
from docgen.read.entry import Entry, Grid
from docgen.read.published.spans import SpanBox, TooWide, lay_out
from docgen.read.published.stream import (
    Stream,
    StreamLine,
    StreamPicture,
    StreamTable,
    cell_place,
    table_place,
)
from docgen.read.published.web_sight import Seen, Sight, is_table
from docgen.read.published.web_source import page_root
from docgen.read.sheets import MOST_COLUMNS, MOST_ROWS

IN_LAYERS = Rule(
    code="X360",
    name="网页里没有表格",
    severity="error",
    message="“{name}”里没有表格：{count} 个数是用图层（div）一格一格摆出来的，认不出行和列",
    why="行和列按名称认；没有表格，就不知道哪个数在哪一行、哪一列，docgen 不按位置猜。",
    example="有的网站不用表格，用 div 把表摆出来。",
    cure="请向发布的单位要 Word 或 PDF 原件；没有的，用 docgen new 生成一套空表，照网页填。",
    since="0.3.0",
)
SHORT_ROW = Rule(
    code="R369",
    name="一行的格子少了",
    severity="error",
    needs=("report",),
    message="{table}第 {row} 行只有 {count} 格，它上面的行有 {width} 格：后面的数可能错了列",
    why="网页里少写一格，后面的数就都往左挪一列；浏览器也照挪了的显示，docgen 不猜少的是哪一格。",
    example="表头有 15 列，下面一行只有 14 个数。",
    cure="对照网页的这一行，看各个数是不是在它的列里；不是的，在输入里改正。",
    since="0.3.0",
)
STYLES_CUT = Rule(
    code="R392",
    name="网页的样式没有看完",
    severity="warning",
    needs=("report",),
    message="“{name}”自带的样式太多，没有看完：哪些字是藏起来的，可能没有认出来",
    why="网页用样式把字藏起来、挪开；样式多得看不完，藏着的字就可能当成了看得见的。",
    example="网页里有几兆字节的样式。",
    cure="用浏览器打开网页，把表里的数和读出来的对一遍；有 Word 或 PDF 原件的，用它更好。",
    since="0.4.0",
)

_CELLS = ("td", "th")
_GROUPS = ("thead", "tbody", "tfoot")

#: `13,612` or `0.5`, not `2023年`.
_FIGURE = re.compile(r"[0-9][0-9,，.]*")

#: Cells of all tables of a page; a report has some hundred.
_MOST_CELLS = 200_000
#: A table of so few cells, one of them an article, is for the layout.
_FEW_CELLS, _ARTICLE = 8, 500
#: So many figures in lines of their own are a table that is none.
_FEW_FIGURES = 12

_Rows = list[list[tuple[Element, list[Seen]]]]  # each cell with what it shows


def read_stream(data: bytes, place: Place) -> Stream:
    """Return what a page shows. Raise InputStop if it is none, or its tables are no tables."""
    page = _Page(page_root(data, place.file), place)
    stream = page.stream
    if page.is_cut:
        stream.insert(0, STYLES_CUT.at(place, name=place.file))
    _refuse_layers(stream, place.file)
    return stream


class _Page:
    """Reads one page; `stream` is what was found."""

    def __init__(self, root: Element, place: Place) -> None:
        self.stream: Stream = []
        self._place = place
        self._sight = Sight(root)
        self.is_cut = self._sight.styles.is_cut
        self._lines = self._tables = self._cells = 0
        self._add_all(self._sight.see(root))

    def _add_all(self, seen: list[Seen]) -> None:
        """Add lines as they are, and tables as grids or, if they only hold others, in parts."""
        for each in seen:
            if isinstance(each, str):
                self._lines += 1
                self.stream.append(
                    StreamLine(each, self._place._replace(cell=f"第 {self._lines} 段"))
                )
            elif each.tag == "img":
                self.stream.append(StreamPicture(self._place._replace(cell=f"第 {self._lines} 段")))
            else:
                self._add_table(each)

    def _add_table(self, table: Element) -> None:
        """Add a table of data as a grid, and what stands in a table of the layout one by one."""
        rows, strays = self._read_rows(table)
        self._add_all(strays)
        cells = [seen for row in rows for _, seen in row]
        holders = sum(any(map(is_table, seen)) for seen in cells)
        nested = sum(_count_cells(one) for seen in cells for one in seen)
        is_data = len(cells) - holders > nested and any(len(row) > 1 for row in rows)

        if not is_data or (len(cells) <= _FEW_CELLS and any(map(_is_article, cells))):
            for seen in cells:
                self._add_all(seen)
            return

        boxes = [[SpanBox(self._flat(seen), *_spans(cell)) for cell, seen in row] for row in rows]
        self._tables += 1
        place = table_place(self._place, self._tables)
        grid = self._grid(boxes, place)
        self.stream += _tell_short(grid, place)
        self.stream.append(StreamTable(grid, place))

    def _grid(self, boxes: list[list[SpanBox]], place: Place) -> Grid:
        """Return the cells at their rows and columns. Raise InputStop for too many."""
        if len(boxes) > MOST_ROWS:
            raise _too_large(self._place, f"{len(boxes)} 行", f"{MOST_ROWS} 行")

        try:
            texts = lay_out(boxes)
        except TooWide:
            raise _too_large(self._place, "太多列", f"{MOST_COLUMNS} 列") from None

        grid: Grid = []
        for number, row in enumerate(texts, start=1):
            self._cells += len(row)
            if self._cells > _MOST_CELLS:
                raise _too_large(self._place, "太多格", f"{_MOST_CELLS} 格")
            grid.append(
                [
                    Entry(text or None, cell_place(place, number, column))
                    for column, text in enumerate(row, start=1)
                ]
            )

        return grid

    def _read_rows(self, table: Element) -> tuple[_Rows, list[Seen]]:
        """Return the cells of each row with what they show, and what stands outside of them."""
        rows: _Rows = []
        strays: list[Seen] = []
        for group in _grouped(table):
            self._gather_rows(group, rows, strays)
        return [row for row in rows if row], strays

    def _gather_rows(self, element: Element, rows: _Rows, strays: list[Seen]) -> None:
        """Add the cells in an element to the rows, and what else it shows to the strays."""
        if self._sight.is_gone(element):
            return
        tag = str(element.tag)
        if tag in _CELLS:
            if not rows:
                rows.append([])
            rows[-1].append((element, self._sight.see(element)))
        elif tag == "table" or (tag not in (*_GROUPS, "tr") and not _holds_cells(element)):
            strays += [element] if tag == "table" else self._sight.see(element)
        else:
            if tag == "tr":
                rows.append([])
            for child in element:
                self._gather_rows(child, rows, strays)

    def _flat(self, seen: list[Seen]) -> str:
        """Return what a cell shows as one text, what tables in it show included."""
        lines: list[str] = []
        for each in seen:
            if isinstance(each, str):
                lines.append(each)
            elif is_table(each):
                rows, strays = self._read_rows(each)
                lines += [
                    self._flat(inside) for inside in (strays, *(s for r in rows for _, s in r))
                ]
        return "\n".join(filter(None, lines))


def _grouped(table: Element) -> list[Element]:
    """Return what stands in a table, head first and foot last, wherever they are written."""
    order = {"thead": 1, "tfoot": 3}
    return sorted(table, key=lambda child: order.get(str(child.tag), 2))


def _holds_cells(element: Element) -> bool:
    """Whether there are cells in an element that may stand between a table and its rows."""
    return next(element.iter("tr", *_CELLS), None) is not None


def _count_cells(seen: Seen) -> int:
    """Return how many cells a table has, those of tables in it included; none for all else."""
    return 0 if isinstance(seen, str) else sum(1 for _ in seen.iter(*_CELLS))


def _is_article(seen: list[Seen]) -> bool:
    """Whether a cell shows as much as a page, and not as little as a cell of a form."""
    return len(seen) > 2 and sum(len(line) for line in seen if isinstance(line, str)) > _ARTICLE


def _spans(cell: Element) -> tuple[int, int]:
    """Return how many columns and rows a cell covers, as it says."""
    return _count(cell.get("colspan", "")), _count(cell.get("rowspan", ""))


def _count(text: str) -> int:
    """Return the number in an attribute, as browsers read it; 1 for none; 0 is all that is left."""
    found = re.match(r"\s*\+?([0-9]{1,6})", text, re.ASCII)
    return int(found[1]) if found else 1


def _tell_short(grid: Grid, place: Place) -> Iterator[Finding]:
    """Yield what tells of rows with figures that have fewer cells than those above them."""
    width = 0
    for number, row in enumerate(grid, start=1):
        texts = [entry.text for entry in row if entry.text]
        if len(row) < width and any(map(_is_figure, texts)):
            row_place = cell_place(place, number, len(row))
            yield SHORT_ROW.at(
                row_place, table=place.sheet, row=number, count=len(row), width=width
            )
        elif len(texts) > 1:
            width = len(row)


def _too_large(place: Place, size: str, limit: str) -> InputStop:
    return InputStop(TOO_LARGE.at(place, name=place.file, size=size, limit=limit))


def _refuse_layers(stream: Stream, name: str) -> None:
    """Raise InputStop where the figures stand in layers, one a line, and no table holds any."""
    tables = [each for each in stream if isinstance(each, StreamTable)]
    figures = sum(_is_figure(entry.text) for table in tables for row in table.grid for entry in row)
    lines = sum(_is_figure(each.text) for each in stream if isinstance(each, StreamLine))

    if lines >= _FEW_FIGURES and figures < lines:
        raise InputStop(IN_LAYERS.at(name=name, count=lines))


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text))
