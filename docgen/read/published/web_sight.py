"""What a browser shows of an element: lines of text, tables and pictures, in their order."""

import re
from collections.abc import Iterator

from docgen.files.ooxml import Element, tag_of

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
#: Pixels of a picture that may show a table.
_SMALLEST = 100

#: `display:none`, `display : none !important`, `mso-hide:all`; not `display:block`.
_GONE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.I)
#: `visibility:hidden`, not `visibility:visible`.
_INVISIBLE = re.compile(r"(?:^|[;\s])visibility\s*:\s*(?:hidden|collapse)", re.I)
#: `vertical-align:super`, not `vertical-align:middle`.
_RAISED = re.compile(r"(?:^|[;\s])vertical-align\s*:\s*(?:super|sub|text-top|text-bottom)", re.I)
#: `text-decoration: line-through`, not `text-decoration:underline`.
_STRUCK = re.compile(r"(?:^|[;\s])text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
#: `color:#FFF`, `font-size:0px`; not `background-color:white`, `font-size:0.9em`.
_PALE = re.compile(
    r"(?:^|[;\s])(?:color\s*:\s*(?:white|#fff(?:fff)?|transparent)\b"
    r"|(?:font-size|opacity)\s*:\s*0[a-z]*\s*(?:[;!]|$))",
    re.I,
)
_TOLD = (_GONE, _INVISIBLE, _RAISED, _STRUCK, _PALE)
_BRACE = re.compile("[{}]")
#: A break of a line in the source, between two wide characters: no browser shows it.
_SOURCE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\r\f]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")

Seen = str | Element  # a line of text; a table or a picture


class Sight:
    """Sees the elements of one page; its own style sheets hide some, and mark others."""

    def __init__(self, root: Element) -> None:
        self._sheets = _hiding_styles(root)

    def see(self, element: Element) -> list[Seen]:
        """Return what is seen in an element, the element itself aside."""
        view = _View()
        if self._is_shown(element):
            self._read(element, view)
        view.end_line()
        return view.seen

    def _read(self, element: Element, view: "_View") -> None:
        """Read the text and the elements in an element."""
        view.pieces.append(element.text or "")
        for child in element:
            if self._is_shown(child):
                self._read_child(child, view)
            view.pieces.append(child.tail or "")

    def _read_child(self, child: Element, view: "_View") -> None:
        """Read an element that is shown."""
        tag = tag_of(child)
        if tag == "table":
            view.end_line()
            view.seen.append(child)
        elif tag == "img":
            if not _is_small(child):
                view.seen.append(child)
        elif tag in _BLOCKS:
            view.end_line()
            begin = len(view.seen)
            self._read(child, view)
            view.end_line()
            lines = [seen for seen in view.seen[begin:] if isinstance(seen, str)]
            if tag == "h1" and len(lines) == len(view.seen) - begin > 1:
                view.seen[begin:] = ["\n".join(lines)]  # a title over several lines is one
        else:
            begin = len(view.pieces)
            self._read(child, view)
            said = "".join(view.pieces[begin:]).strip()
            if apart := self._mark_of(child, said):
                view.pieces[begin:] = [apart.format(said)] if said else []

    def _mark_of(self, element: Element, said: str) -> str:
        """Return how what an element in a line says is marked, blank for text as any other."""
        if apart := _APART.get(tag_of(element), ""):
            return apart
        if self._has_style(element, _RAISED):
            return _APART["sup"]
        if self._has_style(element, _STRUCK):
            return _APART["del"]

        pale = self._has_style(element, _PALE) or _PALE.search(f"color:{element.get('color')}")
        return "（看不见的{}）" if pale and said.isdigit() and not _has_ground(element) else ""

    def is_gone(self, element: Element) -> bool:
        """Whether an element takes no place on the page; a row or a cell that does not is none."""
        if tag_of(element) in _UNSEEN or "hidden" in element.attrib:
            return True
        return self._has_style(element, _GONE)

    def _is_shown(self, element: Element) -> bool:
        return not (self.is_gone(element) or self._has_style(element, _INVISIBLE))

    def _has_style(self, element: Element, style: re.Pattern[str]) -> bool:
        """Whether an element has a style, of its own or by a style sheet of the page."""
        if style.search(element.get("style", "")):
            return True
        if not self._sheets:
            return False

        names = [f".{name}" for name in element.get("class", "").split()]
        names += [f"#{key}"] if (key := element.get("id")) else []
        tag = tag_of(element)
        selectors = (selector for name in names for selector in (name, f"{tag}{name}"))
        return any(style in self._sheets.get(selector, ()) for selector in selectors)


class _View:
    """What is seen so far: whole lines, tables and pictures, and the pieces of the line begun."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.pieces: list[str] = []

    def end_line(self) -> None:
        """Add the line that was begun, if anything is in it."""
        if text := _line("".join(self.pieces)):
            self.seen.append(text)
        self.pieces.clear()


def is_table(seen: Seen) -> bool:
    """Whether a table is seen, not a line or a picture."""
    return not isinstance(seen, str) and seen.tag == "table"


def _hiding_styles(root: Element) -> dict[str, set[re.Pattern[str]]]:
    """Return what the page's own style sheets say of what they hide or mark: `.hide`, `tr.old`."""
    found: dict[str, set[re.Pattern[str]]] = {}
    for sheet in root.iter("style"):
        first, *rest = "".join(map(str, sheet.itertext())).split("/*")
        plain = first + "".join(part.partition("*/")[2] for part in rest)
        for selectors, body in _style_rules(plain):
            if styles := {style for style in _TOLD if style.search(body)}:
                for selector in selectors.split(","):
                    found.setdefault(selector.strip(), set()).update(styles)
    return found


def _style_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations; what holds for paper or for small screens is left out."""
    depth = begin = start = 0
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            start = start if depth else brace.end()
            depth += 1
        elif depth:
            depth -= 1
            selectors = sheet[begin : start - 1].strip()
            if not depth and not selectors.startswith("@"):
                yield selectors, sheet[start : brace.start()]
            begin = begin if depth else brace.end()


def _has_ground(element: Element) -> bool:
    """Whether a colour is set behind an element, or behind what it stands in."""
    around = (element, *element.iterancestors())
    return any("bgcolor" in each.attrib or "background" in each.get("style", "") for each in around)


def _is_small(picture: Element) -> bool:
    """Whether a picture says that it is too small to show a table: a sign, a line, a button."""
    sizes = [picture.get(name, "") for name in ("width", "height")]
    return any(size.isdecimal() and int(size[:6]) < _SMALLEST for size in sizes)


def _line(text: str) -> str:
    """Return a line as a browser shows it: white space of the source is one space, or none."""
    return _SPACES.sub(" ", _SOURCE_BREAK.sub("", text)).strip()
