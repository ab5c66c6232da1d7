"""Reading the page back: what it says, in the blocks the document is compared by."""

from html.parser import HTMLParser

from docgen.word.blocks import Block, Table, TableCell

_PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6")


def read_html(data: bytes) -> list[Block]:
    """Return the paragraphs and tables of a page in order, with every character of its body.

    Text that stands outside any paragraph is a block of its own; a table's caption, which only
    names it for readers who cannot see, is none.
    """
    reader = _Reader()
    reader.feed(data.decode("utf-8", errors="replace"))
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    """Gathers the blocks of a page; cells that a rowspan covers are put in where they would be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.text: list[str] | None = None  # the paragraph, cell or caption that is open
        self.in_body = False
        self.table: Table = []
        self.cell = TableCell("", 1, "")
        self.column = 0
        self.reach: dict[int, tuple[int, int]] = {}  # column → rows it still covers, its span

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "body":
            self.in_body = True
        elif tag in (*_PARAGRAPHS, "caption"):
            self.text = []
        elif tag == "br" and self.text is not None:
            self.text.append("\n")
        elif tag == "table":
            self.table, self.reach = [], {}
            self.blocks.append(self.table)
        elif tag == "tr":
            self.table.append([])
            self.column = 0
        elif tag in ("td", "th"):
            self._begin_cell(_span_number(given.get("colspan")), given.get("rowspan"))

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.blocks.append(self._close_text())
        elif tag == "caption":
            self._close_text()
        elif tag in ("td", "th"):
            self._open_row().append(self.cell._replace(text=self._close_text()))
        elif tag == "tr":
            self._cover_cells()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)
        elif self.in_body and data.strip():
            self.blocks.append(data)

    def _close_text(self) -> str:
        """End the text that is open, and return it."""
        text, self.text = "".join(self.text or ()), None
        return text

    def _open_row(self) -> list[TableCell]:
        """Return the row that is being read."""
        if not self.table:  # a cell outside any row: the page was tampered with
            self.table.append([])
        return self.table[-1]

    def _begin_cell(self, span: int, rows: str | None) -> None:
        """Begin a cell at the next column that no earlier row covers."""
        self._cover_cells()
        self.cell = TableCell("", span, "restart" if rows else "")
        if _span_number(rows) > 1:
            self.reach[self.column] = (_span_number(rows) - 1, span)
        self.column += span
        self.text = []

    def _cover_cells(self) -> None:
        """Put in the cells from here on that a cell of an earlier row covers."""
        while self.column in self.reach:
            rows, span = self.reach.pop(self.column)
            self._open_row().append(TableCell("", span, "continue"))
            if rows > 1:
                self.reach[self.column] = (rows - 1, span)
            self.column += span


def _span_number(value: str | None) -> int:
    """Return how many columns or rows a span says; 1 where it says nothing that counts."""
    return int(value) if value and value.isdecimal() else 1
