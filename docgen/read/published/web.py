"""A web page as a stream: a saved page, a page with its folder beside it, or an MHT archive.

Only what a browser shows is read, and only from the page itself: nothing is fetched and nothing
runs. Portals set a report in tables of their own for the layout, and cut its words by spans.
"""

import codecs
import re

from lxml import etree

from docgen import files
from docgen.errors import InputStop
from docgen.files import TOO_LARGE
from docgen.files.ooxml import Element
from docgen.finding import Place, Rule
from docgen.read.decode import NOT_TEXT, refuse_garbled
from docgen.read.entry import Entry, Grid
from docgen.read.published.spans import Box, TooWide, lay_out
from docgen.read.published.stream import (
    Stream,
    StreamLine,
    StreamTable,
    cell_place,
    table_place,
)
from docgen.read.sheets import MOST_COLUMNS, MOST_ROWS

NO_TABLES = Rule(
    code="X360",
    name="网页里没有表格",
    severity="error",
    message="“{name}”里没有表格：{count} 个数是用图层（div）一格一格摆出来的，认不出行和列",
    why="行和列按名称认；没有表格，就不知道哪个数在哪一行、哪一列，docgen 不按位置猜。",
    example="有的网站不用表格，用 div 把表摆出来。",
    cure="请向发布的单位要 Word 或 PDF 原件；没有的，用 docgen new 生成一套空表，照网页填。",
    since="0.3.0",
)
BROKEN_PAGE = Rule(
    code="X361",
    name="网页打不开",
    severity="error",
    message="“{name}”不是完好的网页：{why}",
    why="下载中断，或内容与后缀不符。",
    example="保存网页时断了网，文件只有一半。",
    cure="用浏览器重新打开，另存为“网页，仅 HTML”，再试一次。",
    since="0.3.0",
)

#: Tags whose content is no text of the page; a caption only names its table.
_UNSEEN = (
    "head", "title", "script", "style", "noscript", "template", "iframe", "object", "embed",
    "applet", "textarea", "select", "datalist", "svg", "math", "canvas", "audio", "video", "map",
    "xml", "caption",
)  # fmt: skip
#: Tags that begin a line and end it; all others, of whatever name, go on in it.
_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p",
    "pre", "section", "summary", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
)  # fmt: skip
#: 12 with a raised 1 is not 121, and 15 after 12 struck through is not 1215.
_APART = {
    "sup": "（{}）",
    "sub": "（{}）",
    "del": "（删去{}）",
    "s": "（删去{}）",
    "strike": "（删去{}）",
}
_CELLS = ("td", "th")
_GROUPS = ("thead", "tbody", "tfoot")

#: A rule of a style sheet: `.hide, #old { display: none }`, not one inside of `@media { … }`.
_STYLE_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
#: `@media print { .menu { display: none } }`, not `@import "a.css";`.
_AT_RULE = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
#: `display:none`, `visibility : hidden`; not `display:block`.
_HIDDEN = re.compile(
    r"(?:^|[;\s{])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I
)
#: `<meta charset="gb2312">`, `charset=gbk`; not `accept-charset=`.
_CHARSET = re.compile(rb"""(?<![-\w])(?:charset|encoding)\s*=\s*["']?\s*([-\w:.]{2,40})""", re.I)
#: A break of a line in the source, between two wide characters: no browser shows it.
_SOURCE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\r\f]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
#: `13,612` or `0.5`, not `2023年`.
_FIGURE = re.compile(r"[0-9][0-9,，.]*")

#: Where a declaration of the encoding stands at the latest.
_DECLARED_BY = 4096
#: The share of a page that may be damaged: a few bytes that are no character.
_DAMAGED = 0.001
#: Elements deeper in one another than this are no page.
_DEEPEST = 240
#: Cells of all tables of a page; a report has some hundred.
_MOST_CELLS = 200_000
#: A table of so few cells, one of them an article, is for the layout.
_FEW_CELLS, _ARTICLE = 8, 500
#: So many figures in lines of their own are a table that is none.
_FEW_FIGURES = 12

Seen = str | Element  # a line of text, or a table


def read_stream(data: bytes, place: Place) -> Stream:
    """Return what a page shows. Raise InputStop if it is none, or its tables are no tables."""
    charset = ""
    if _is_archive(data):
        data, charset = _page_of_archive(data, place.file)

    root = _parse(_decode(data, charset, place.file), place.file)
    stream = _Page(root, place).stream
    _refuse_layers(stream, place.file)
    return stream


def _is_archive(data: bytes) -> bool:
    """Whether these bytes are an MHT archive: headers of a mail, and then the parts."""
    start = data[:_DECLARED_BY].lstrip(codecs.BOM_UTF8 + b"\r\n ").lower()
    return not start.startswith(b"<") and b"mime-version:" in start


def _page_of_archive(data: bytes, name: str) -> tuple[bytes, str]:
    """Return the page in an MHT archive, and the encoding that the archive says it has."""
    import email
    import email.policy

    try:
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                page = part.get_payload(decode=True)
                if isinstance(page, bytes) and page.strip():
                    return page, part.get_content_charset() or ""
    except (RecursionError, ValueError, LookupError):
        raise InputStop(BROKEN_PAGE.at(name=name, why="里面的各部分套得太深或已损坏")) from None

    raise InputStop(BROKEN_PAGE.at(name=name, why="这个 MHT 文件里没有网页"))


def _decode(data: bytes, charset: str, name: str) -> str:
    """Return the text of a page: by its BOM, else UTF-8, what it declares, or GB18030.

    GBK under a declared GB2312 is common; so is UTF-8 under any. A few bytes that are no
    character are shown as such, where a page declares what it is written in.
    """
    marks = {codecs.BOM_UTF8: "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = [codec for mark, codec in marks.items() if data.startswith(mark)]
    found = _CHARSET.search(data[:_DECLARED_BY])
    declared = _codec(charset) or (_codec(found[1].decode("ascii", "ignore")) if found else "")
    codecs_tried = marked or ["utf-8", *filter(None, [declared]), "gb18030"]

    for codec in codecs_tried:
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        if "\0" not in text:
            refuse_garbled(text, name)
            return text

    text = data.decode((marked or [declared or "utf-8"])[0], "replace")
    if "\0" in text or text.count("\ufffd") > _DAMAGED * len(text) + 1:
        why = "里面不是文字，或文字已经损坏"
        raise InputStop(NOT_TEXT.at(name=name, kind="网页", why=why))
    refuse_garbled(text, name)
    return text


def _codec(charset: str) -> str:
    """Return the codec of a declared encoding; that of all of GBK for each part of it."""
    try:
        name = codecs.lookup(charset.strip()).name if charset else ""
    except (LookupError, ValueError):
        return ""
    return "gb18030" if name in ("gb2312", "gbk", "hz") else name


def _parse(text: str, name: str) -> Element:
    """Return the root of a page. Raise InputStop for what is none, or too deep."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, SyntaxError, ValueError):
        root = None

    if root is None:
        raise InputStop(BROKEN_PAGE.at(name=name, why="里面没有网页的内容"))
    if _depth(root) > _DEEPEST:
        raise InputStop(BROKEN_PAGE.at(name=name, why=f"元素套了 {_DEEPEST} 层以上"))
    return root


def _depth(root: Element) -> int:
    """Return how deep the elements of a page stand in one another."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


class _Page:
    """Reads one page; `stream` is what was found."""

    def __init__(self, root: Element, place: Place) -> None:
        self.stream: Stream = []
        self._place = place
        self._hidden = _hidden_selectors(root)
        self._lines = self._tables = self._cells = 0
        self._add_all(self._see(root))

    def _add_all(self, seen: list[Seen]) -> None:
        """Add lines as they are, and tables as grids or, if they only hold others, in parts."""
        for each in seen:
            if isinstance(each, str):
                self._lines += 1
                self.stream.append(
                    StreamLine(each, self._place._replace(cell=f"第 {self._lines} 段"))
                )
            else:
                self._add_table(each)

    def _add_table(self, table: Element) -> None:
        """Add a table of data as a grid, and what stands in a table of the layout one by one."""
        rows, strays = self._read_rows(table)
        self._add_all(strays)
        cells = [seen for row in rows for _, seen in row]
        nested = sum(1 for _ in table.iter(*_CELLS)) - sum(map(len, rows))
        holders = sum(any(not isinstance(one, str) for one in seen) for seen in cells)
        is_data = len(cells) - holders > nested and any(len(row) > 1 for row in rows)

        if not is_data or (len(cells) <= _FEW_CELLS and any(map(_is_article, cells))):
            for seen in cells:
                self._add_all(seen)
            return

        boxes = [[Box(self._flat(seen), *_spans(cell)) for cell, seen in row] for row in rows]
        self._tables += 1
        place = table_place(self._place, self._tables)
        self.stream.append(StreamTable(self._grid(boxes, place), place))

    def _grid(self, boxes: list[list[Box]], place: Place) -> Grid:
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

    def _read_rows(
        self, table: Element
    ) -> tuple[list[list[tuple[Element, list[Seen]]]], list[Seen]]:
        """Return the cells of each row with what they show, and what stands outside of them."""
        rows: list[list[tuple[Element, list[Seen]]]] = []
        strays: list[Seen] = []
        for group in _grouped(table):
            self._gather_rows(group, rows, strays)
        return [row for row in rows if row], strays

    def _gather_rows(
        self,
        element: Element,
        rows: list[list[tuple[Element, list[Seen]]]],
        strays: list[Seen],
    ) -> None:
        if self._is_hidden(element):
            return
        tag = str(element.tag)
        if tag in _CELLS:
            if not rows:
                rows.append([])
            rows[-1].append((element, self._see(element)))
        elif tag == "table" or (tag not in (*_GROUPS, "tr") and not _holds_cells(element)):
            strays += [element] if tag == "table" else self._see(element)
        else:
            if tag == "tr":
                rows.append([])
            for child in element:
                self._gather_rows(child, rows, strays)

    def _see(self, element: Element) -> list[Seen]:
        """Return the lines and tables that are seen in an element, in their order."""
        found: list[Seen] = []
        pieces: list[str] = []

        def end_line() -> None:
            if text := _line("".join(pieces)):
                found.append(text)
            pieces.clear()

        def read(inside: Element) -> None:
            pieces.append(inside.text or "")
            for child in inside:
                see(child)
                pieces.append(child.tail or "")

        def see(child: Element) -> None:
            tag = str(child.tag)
            if self._is_hidden(child):
                return
            if tag == "table":
                end_line()
                found.append(child)
            elif tag in _BLOCKS:
                end_line()
                read(child)
                end_line()
            elif tag in _APART:
                begin = len(pieces)
                read(child)
                apart = "".join(pieces[begin:]).strip()
                pieces[begin:] = [_APART[tag].format(apart)] if apart else []
            else:
                read(child)

        read(element)
        end_line()
        return found

    def _flat(self, seen: list[Seen]) -> str:
        """Return what a cell shows as one text, what tables in it show included."""
        lines: list[str] = []
        for each in seen:
            if isinstance(each, str):
                lines.append(each)
            else:
                rows, strays = self._read_rows(each)
                lines += [
                    self._flat(inside) for inside in (strays, *(s for r in rows for _, s in r))
                ]
        return "\n".join(filter(None, lines))

    def _is_hidden(self, element: Element) -> bool:
        """Whether no browser shows this element."""
        if str(element.tag) in _UNSEEN or "hidden" in element.attrib:
            return True
        if _HIDDEN.search(element.get("style", "")):
            return True
        if not self._hidden:
            return False

        names = [f".{name}" for name in element.get("class", "").split()]
        if key := element.get("id"):
            names.append(f"#{key}")
        tag = str(element.tag)
        return any(name in self._hidden or f"{tag}{name}" in self._hidden for name in names)


def _hidden_selectors(root: Element) -> frozenset[str]:
    """Return the classes and ids that the page's own style sheets hide: `.hide`, `tr.old`."""
    sheets = " ".join("".join(map(str, style.itertext())) for style in root.iter("style"))
    found = set()
    for selectors, body in _STYLE_RULE.findall(_AT_RULE.sub("", sheets[: files.LIMIT])):
        if _HIDDEN.search(body):
            found |= {selector.strip() for selector in selectors.split(",")}
    return frozenset(found)


def _grouped(table: Element) -> list[Element]:
    """Return what stands in a table, head first and foot last, wherever they are written."""
    order = {"thead": 1, "tfoot": 3}
    return sorted(table, key=lambda child: order.get(str(child.tag), 2))


def _holds_cells(element: Element) -> bool:
    """Whether there are cells in an element that may stand between a table and its rows."""
    return next(element.iter("tr", *_CELLS), None) is not None


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


def _line(text: str) -> str:
    """Return a line as a browser shows it: white space of the source is one space, or none."""
    return _SPACES.sub(" ", _SOURCE_BREAK.sub("", text)).strip()


def _too_large(place: Place, size: str, limit: str) -> InputStop:
    return InputStop(TOO_LARGE.at(place, name=place.file, size=size, limit=limit))


def _refuse_layers(stream: Stream, name: str) -> None:
    """Raise InputStop where the figures stand in layers, one a line, and no table holds any."""
    tables = [each for each in stream if isinstance(each, StreamTable)]
    figures = sum(_is_figure(entry.text) for table in tables for row in table.grid for entry in row)
    lines = sum(_is_figure(each.text) for each in stream if isinstance(each, StreamLine))

    if lines >= _FEW_FIGURES and figures < lines:
        raise InputStop(NO_TABLES.at(name=name, count=lines))


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text))
