"""What a browser shows of an element: lines of text, tables and pictures, in their order."""

import re

from docgen.files.ooxml import Element, tag_of
from docgen.read.published.pieces import PICTURE_SIGN, SeenPiece, join_pieces
from docgen.read.published.web_looks import PLAIN, Looks, State
from docgen.read.published.web_styles import PageStyles

#: Tags whose content is no text of the page; a caption only names its table.
_UNSEEN = (
    "head", "title", "script", "style", "noscript", "template", "iframe", "object", "embed",
    "applet", "textarea", "select", "datalist", "svg", "math", "canvas", "audio", "video", "map",
    "xml", "caption", "input", "rp",
)  # fmt: skip
#: Those of them that show something all the same.
_DRAWN = (
    "iframe", "object", "embed", "applet", "textarea", "select", "svg", "math", "canvas", "video",
    "input", "meter", "progress",
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
    "rt": "（{}）",
    "del": "（删去{}）",
    "s": "（删去{}）",
    "strike": "（删去{}）",
}
_RAISED = ("super", "sub", "text-top", "text-bottom")
#: Pixels of a picture that may show a table, and of one that shows nothing.
_SMALLEST, _NO_PICTURE = 100, 3

#: A break of a line in the source, between two wide characters: no browser shows it.
# search: the break of 年\n报; not of 12\n34.
_SOURCE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\r\f]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
# sub: two spaces, a tab; not the wide space of a title.
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")

Seen = str | Element  # a line of text; a table or a picture


class Sight:
    """Sees the elements of one page, with what its own style sheets say of them."""

    def __init__(self, root: Element) -> None:
        self.styles = PageStyles(root)
        self._looks = Looks(self.styles)

    def see(self, element: Element) -> list[Seen]:
        """Return what is seen in an element, the element itself aside."""
        view = _View(in_cell=tag_of(element) in ("td", "th"))
        if not self.is_gone(element):
            self._read(element, self._looks.of(element), view)
        view.end_line()
        return view.seen

    def _read(self, element: Element, state: State, view: "_View") -> None:
        """Read the text and the elements in an element, which looks so."""
        view.add(element.text or "", state)
        for child in element:
            if not self.is_gone(child):
                self._read_child(child, self._looks.within(child, state), view)
            elif view.in_cell and tag_of(child) in _DRAWN and not self._looks.is_hidden(child):
                view.add(PICTURE_SIGN, PLAIN)
            view.add(child.tail or "", state)

    def _read_child(self, child: Element, state: State, view: "_View") -> None:
        """Read an element that takes a place on the page."""
        tag = tag_of(child)
        if tag == "table":
            view.end_line()
            if not state.is_invisible:
                view.seen.append(child)
        elif tag == "img":
            if not state.is_invisible:
                view.add_picture(child)
        elif tag in _BLOCKS:
            view.end_line()
            begin = len(view.seen)
            self._read(child, state, view)
            view.end_line()
            lines = [seen for seen in view.seen[begin:] if isinstance(seen, str)]
            if tag == "h1" and len(lines) == len(view.seen) - begin > 1:
                view.seen[begin:] = ["\n".join(lines)]  # a title over several lines is one
        else:
            begin = len(view.pieces)
            self._read(child, state, view)
            if apart := self._apart(child):
                said = "".join(piece.text for piece in view.pieces[begin:]).strip()
                view.pieces[begin:] = [SeenPiece(apart.format(said))] if said else []

    def _apart(self, element: Element) -> str:
        """Return how what an element in a line says is set apart, blank for all other text."""
        if apart := _APART.get(tag_of(element), ""):
            return apart
        declared = self.styles.of(element)
        if declared.get("vertical-align") in _RAISED:
            return _APART["sup"]
        decoration = declared.get("text-decoration-line", declared.get("text-decoration", ""))
        return _APART["del"] if "line-through" in decoration else ""

    def is_gone(self, element: Element) -> bool:
        """Whether an element takes no place on the page; a row or a cell that does not is none."""
        return tag_of(element) in _UNSEEN or self._looks.is_hidden(element)


class _View:
    """What is seen so far: whole lines, tables and pictures, and the pieces of the line begun."""

    def __init__(self, *, in_cell: bool) -> None:
        self.seen: list[Seen] = []
        self.pieces: list[SeenPiece] = []
        self.in_cell = in_cell

    def add(self, text: str, state: State) -> None:
        """Add some text of a line, as it looks; what is invisible is none."""
        if text and not state.is_invisible:
            self.pieces.append(
                SeenPiece(text, state.points, state.look, state.is_unseen, state.is_doubted)
            )

    def add_picture(self, picture: Element) -> None:
        """Add a picture, and in a cell its sign among the text."""
        if self.in_cell and not _is_smaller(picture, _NO_PICTURE):
            self.pieces.append(SeenPiece(PICTURE_SIGN))
        if not _is_smaller(picture, _SMALLEST):
            self.seen.append(picture)

    def end_line(self) -> None:
        """Add the line that was begun, if anything is in it."""
        if text := _line(join_pieces(self.pieces, in_cell=self.in_cell)):
            self.seen.append(text)
        self.pieces.clear()


def is_table(seen: Seen) -> bool:
    """Whether a table is seen, not a line or a picture."""
    return not isinstance(seen, str) and seen.tag == "table"


def _is_smaller(picture: Element, pixels: int) -> bool:
    """Whether a picture says that it is smaller: too small to show a table, or anything."""
    sizes = [picture.get(name, "") for name in ("width", "height")]
    return any(size.isdecimal() and int(size[:6]) < pixels for size in sizes)


def _line(text: str) -> str:
    """Return a line as a browser shows it: white space of the source is one space, or none."""
    return _SPACES.sub(" ", _SOURCE_BREAK.sub("", text)).strip()
