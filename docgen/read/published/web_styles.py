"""What the style sheets of a page declare of its elements, as a browser settles it.

Only the page's own sheets are read, those in its archive included; nothing is fetched. Where it
cannot be told whether a rule holds, or where it adds text, its elements are `unsure`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import tinycss2

from docgen.files.ooxml import Element
from docgen.read.published.web_selectors import SelectorFinder

#: Declarations that move, hide and resize nothing; the first words of their names.
# match: border-top, mso-pagination, size; not font-size, mso-hide.
_HARMLESS = re.compile(
    r"(?:font-(?!size)|text-(?:align|justify|transform|autospace|underline|emphasis|rendering"
    r"|size-adjust|overflow|wrap)|line-break|word-|white-space|border|padding|outline"
    r"|mso-(?!hide)|-(?:webkit|moz|ms|o)-(?!text-fill|text-security|box-|transform|clip|mask)"
    r"|page-break|break-|layout-grid|punctuation|tab-|orphans|widows|box-s|cursor|transition"
    r"|background-(?!color|image)|list-style|table-layout|empty-cells|caption|clear|user-select"
    r"|overflow-wrap|hyphens|min-width|min-height|resize|quotes|pointer-events|hanging|speak|size$|--)"
)
#: A value with which none of the others does a thing either; a size or an opacity of 0 does.
# fullmatch: none, 0px, 0.0; not 12px, hidden.
_NEUTRAL = re.compile(
    r"(?:none|normal|auto|initial|unset|inherit|revert|visible|static|baseline|middle|top|bottom"
    r"|ltr|100%|1|[-+]?0(?:\.0+)?(?:px|pt|em|rem|%|cm|mm)?)"
)
# fullmatch: 0, -0.5px; not 12px.
_ZERO = re.compile(r"[-+]?0.*")
_ZERO_TELLS = frozenset(
    ("font-size", "opacity", "width", "height", "max-width", "max-height", "line-height", "zoom")
)

#: Text that comes from the sheet alone, as long as it says anything: not `""`, `none`.
_BLANK_CONTENT = re.compile(r"""none|normal|["']\s*["']""")
#: A picture or a font in a sheet; no rule of it is read.
# search: url(data:image/png;base64,AA); not url(a.png).
_INLINED = re.compile(r"""url\(\s*["']?data:[^)]*\)""", re.I)
#: The size in `font: bold 0/1 a`, not in `font: inherit`.
_FONT_SIZE = re.compile(r"(?:^|\s)([\d.]+(?:px|pt|em|rem|%|cm|mm)?)(?:\s*/\s*\S+)?\s+\S")
#: `(min-width: 768px)` is true of the screen of an office, `(max-width: 768px)` is not.
# fullmatch: (min-width: 768px), (max-device-width:40em); not (min-height: 1px).
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*(\d{1,6}(?:\.\d+)?)(px|em|rem)?\s*\)")
_SCREEN = 1000

_MOST_TEXT = 500_000  # characters of all sheets

Declared = Mapping[str, str]
_NOTHING: Declared = {}


class StyleRule(NamedTuple):
    """A selector, what it declares (value, and whether important), and whether it surely holds."""

    selector: str
    declared: Mapping[str, tuple[str, bool]]
    is_sure: bool


class _Match(NamedTuple):
    """A rule and what it holds for; the first three say which overrides which."""

    is_important: bool
    specificity: tuple[int, int, int]
    order: int
    found: set[Element]
    declared: Declared
    is_sure: bool


class PageStyles:
    """What a page declares of its elements; harmless declarations are left out."""

    def __init__(self, root: Element) -> None:
        self.unsure: set[Element] = set()
        self.is_cut = False  # sheets of such a size, or so many rules, are not all read
        self.lacks_sheets = any(map(_is_sheet_link, root.iter("link")))
        self._declared: dict[Element, dict[str, str]] = {}
        self._important: dict[Element, set[str]] = {}

        sheets = [sheet for sheet in root.iter("style") if _media_holds(sheet.get("media", ""))]
        text = "\n".join("".join(map(str, sheet.itertext())) for sheet in sheets)
        if text.strip():
            self._apply(root, _INLINED.sub("url()", text))

    def of(self, element: Element) -> Declared:
        """Return what is declared of an element, by itself and by the sheets."""
        declared = self._declared.get(element, _NOTHING)
        if not (own := element.get("style")):
            return declared

        important = self._important.get(element, ())
        found = {
            name: value
            for name, (value, is_important) in _declarations(own).items()
            if is_important or name not in important
        }
        return {**declared, **found}

    def _apply(self, root: Element, text: str) -> None:
        """Settle what the sheets declare: what overrides comes last."""
        self.is_cut = len(text) > _MOST_TEXT
        try:
            nodes = tinycss2.parse_stylesheet(
                text[:_MOST_TEXT], skip_comments=True, skip_whitespace=True
            )
            finder = SelectorFinder(root)
            rules = list(_rules(nodes, "", finder, is_sure=True))
        except RecursionError:
            self.is_cut = True
            return

        matches = list(self._matches(rules, finder))
        self.is_cut |= finder.is_spent
        for match in sorted(matches, key=lambda match: match[:3]):
            for element in match.found:
                self._settle(element, match)

    def _settle(self, element: Element, match: _Match) -> None:
        """Take what a rule declares of an element it holds for."""
        if not match.is_sure:
            self.unsure.add(element)
            return
        self._declared.setdefault(element, {}).update(match.declared)
        if match.is_important:
            self._important.setdefault(element, set()).update(match.declared)

    def _matches(self, rules: Iterable[StyleRule], finder: SelectorFinder) -> Iterator[_Match]:
        """Yield the rules with the elements they hold for, one a selector and an importance."""
        for order, rule in enumerate(rules):
            for selector, found, is_known in finder.find_all(rule.selector):
                is_sure = rule.is_sure and is_known
                if pseudo := selector.pseudo_element:
                    if not _adds(str(pseudo), rule.declared):
                        continue
                    is_sure = False

                for is_important in (False, True):
                    declared = {k: v for k, (v, i) in rule.declared.items() if i is is_important}
                    if declared:
                        specificity = selector.specificity()
                        yield _Match(is_important, specificity, order, found, declared, is_sure)


def _adds(pseudo: str, declared: Mapping[str, tuple[str, bool]]) -> bool:
    """Whether a rule for part of an element adds text to what it shows, or may hide some."""
    if pseudo in ("first-letter", "first-line"):
        return bool(declared)
    content, _ = declared.get("content", ("none", False))
    hidden = {declared.get(name, ("", False))[0] for name in ("display", "visibility")}
    is_shown = hidden.isdisjoint(("none", "hidden"))
    return pseudo in ("before", "after") and is_shown and not _BLANK_CONTENT.fullmatch(content)


def _rules(
    nodes: Iterable[tinycss2.ast.Node], parent: str, finder: SelectorFinder, *, is_sure: bool
) -> Iterator[StyleRule]:
    """Yield the rules of a sheet that may hold for something, those in other rules included."""
    for node in nodes:
        if isinstance(node, tinycss2.ast.QualifiedRule):
            selector = tinycss2.serialize(node.prelude).strip()
            if parent:
                inside = f":is({parent})"
                selector = (
                    selector.replace("&", inside) if "&" in selector else f"{inside} {selector}"
                )
            if not finder.may_find(selector):
                continue

            inner = tinycss2.parse_blocks_contents(node.content)
            if declared := _kept(inner):
                yield StyleRule(selector, declared, is_sure)
            yield from _rules(inner, selector, finder, is_sure=is_sure)

        elif isinstance(node, tinycss2.ast.AtRule) and node.content:
            holds = (
                _media_holds(tinycss2.serialize(node.prelude))
                if node.lower_at_keyword == "media"
                else node.lower_at_keyword in ("supports", "layer", "container", "scope")
            )
            if holds:
                sure = is_sure and node.lower_at_keyword == "media" and holds == "sure"
                if parent:
                    inner = tinycss2.parse_blocks_contents(node.content)
                    yield from _rules(inner, parent, finder, is_sure=sure)
                else:
                    rules = tinycss2.parse_rule_list(node.content)
                    yield from _rules(rules, "", finder, is_sure=sure)


def _media_holds(query: str) -> str:
    """Return "sure" for what holds on an office's screen, "maybe", or blank for what does not."""
    answers = [_part_holds(part.strip().lower()) for part in query.split(",")]
    return "sure" if "sure" in answers else max(answers)


def _part_holds(query: str) -> str:
    if query.startswith(("print", "speech", "only print", "tty", "aural", "braille")):
        return ""
    is_wider = False
    for kind, size, unit in _WIDTH.findall(query):
        pixels = float(size) * (1 if unit == "px" else 16)
        if kind == "max" and pixels < _SCREEN:
            return ""
        is_wider |= kind == "min" and pixels > _SCREEN

    left = _WIDTH.sub("", query)
    return "maybe" if is_wider or "(" in left or query.startswith("not") else "sure"


@lru_cache(maxsize=2000)
def _declarations(text: str) -> Mapping[str, tuple[str, bool]]:
    """Return what the style of an element declares."""
    try:
        return _kept(tinycss2.parse_blocks_contents(text))
    except RecursionError:
        return {}


def _kept(nodes: Iterable[tinycss2.ast.Node]) -> dict[str, tuple[str, bool]]:
    """Return the declarations that may move, hide or resize something."""
    found: dict[str, tuple[str, bool]] = {}
    for node in nodes:
        if not isinstance(node, tinycss2.ast.Declaration):
            continue
        tokens = [token for token in node.value if token.type != "comment"]
        name, value = node.lower_name, tinycss2.serialize(tokens).strip().lower()
        if name == "font":
            size = _FONT_SIZE.search(value)
            name, value = "font-size", size[1] if size else "medium"
        if name == "-webkit-text-fill-color":
            name = "color"
        if not _HARMLESS.match(name) and not (found.get(name, ("", False))[1] > node.important):
            found[name] = value, node.important
    return found


def is_neutral(name: str, value: str) -> bool:
    """Whether a declaration does nothing that could be seen."""
    if name in _ZERO_TELLS and _ZERO.fullmatch(value):
        return False
    return bool(_NEUTRAL.fullmatch(value))


def _is_sheet_link(link: Element) -> bool:
    """Whether an element names a style sheet outside of the page."""
    is_sheet = "stylesheet" in link.get("rel", "").lower()
    return is_sheet and bool(link.get("href")) and bool(_media_holds(link.get("media", "")))
