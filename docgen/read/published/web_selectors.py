"""For which elements of a page a selector of its style sheets holds.

A page is a stranger's: what a selector costs is counted, and beyond a limit no more are looked for.
"""

import re
from collections.abc import Iterator

from cssselect import HTMLTranslator, SelectorError
from cssselect.parser import CombinedSelector, Selector, Tree, parse
from lxml import etree

from docgen.files.ooxml import Element

#: Without elements of these names a selector matches none.
# search: .hide, #note; not td, a:hover.
_NAMES = re.compile(r"[.#]([-\w]+)")
# search: [class~=a], :is(td); not .hide.
_COMPLEX = re.compile(r"[\\\[(]")
#: `:focus-within`, `::-ms-clear`, `:where(…)`: left out where cssselect does not know it.
_PSEUDO = re.compile(r"::?[-\w]+(?:\([^()]*\))?")
#: Elements looked at for all selectors; elements found by them.
_MOST_LOOKED_AT, _MOST_FOUND = 5_000_000, 500_000
#: What the holders of an element cost, in elements.
_STEP = 2
_MOST_SELECTORS, _LONGEST_SELECTOR = 5_000, 2_000


class SelectorFinder:
    """Finds the elements of selectors, each step of one in a time that grows with the page."""

    def __init__(self, root: Element) -> None:
        self.is_spent = False
        self._root = root
        self._elements = list(root.iter())
        self._names = {name for each in self._elements for name in each.get("class", "").split()}
        self._names |= {each.get("id", "") for each in self._elements}
        self._widest = max(map(len, self._elements), default=0)
        self._translator = HTMLTranslator()
        self._left, self._found_left = _MOST_LOOKED_AT, _MOST_FOUND
        self._paths: dict[str, set[Element]] = {}
        self._lists: dict[str, list[tuple[Selector, set[Element], bool]]] = {}

    def find_all(self, text: str) -> list[tuple[Selector, set[Element], bool]]:
        """Return each selector of a list, what it finds, and whether all of it is known."""
        if text not in self._lists:
            self.is_spent |= len(self._lists) >= _MOST_SELECTORS
            self._lists[text] = [] if self.is_spent else list(self._find_list(text))
        found = self._lists[text]
        self._found_left -= sum(len(elements) for _, elements, _ in found)
        if self._found_left < 0:
            self.is_spent = True
        return [] if self.is_spent else found

    def may_find(self, text: str) -> bool:
        """Whether all that one selector of a list names is in the page."""
        if len(text) > _LONGEST_SELECTOR:
            self.is_spent = True
            return False
        return bool(_COMPLEX.search(text)) or any(
            self._names.issuperset(_NAMES.findall(part)) for part in text.split(",")
        )

    def _find_list(self, text: str) -> Iterator[tuple[Selector, set[Element], bool]]:
        try:
            selectors = parse(text)
        except (SelectorError, RecursionError):
            yield from self._find_loosely(text)
            return

        for selector in selectors:
            try:
                yield selector, self._find(selector.parsed_tree), True
            except (SelectorError, RecursionError):
                yield from self._find_loosely(text)

    def _find_loosely(self, text: str) -> Iterator[tuple[Selector, set[Element], bool]]:
        """Yield the selectors of a list without what is not known of them."""
        for part in _PSEUDO.sub("", text).split(","):
            try:
                for selector in parse(part.strip() or "*"):
                    yield selector, self._find(selector.parsed_tree), False
            except (SelectorError, RecursionError):
                continue

    def _find(self, tree: Tree) -> set[Element]:
        """Return the elements that a selector finds: its last part, and what stands before it."""
        if not isinstance(tree, CombinedSelector):
            return self._find_part(str(self._translator.xpath(tree)))

        found = self._find(tree.subselector)
        if not found or not self._spend(_STEP * len(found)):
            return set()
        before = self._find(tree.selector)
        if tree.combinator == " ":
            return _inside(before, found)
        if tree.combinator == ">":
            return {each for each in found if each.getparent() in before}
        if tree.combinator == "+":
            return {each for each in found if each.getprevious() in before}
        return _behind(before, found)

    def _find_part(self, path: str) -> set[Element]:
        """Return the elements for which one part of a selector holds."""
        if path not in self._paths:
            counts = "sibling::" in path or "count(" in path or "/" in path
            if not self._spend(len(self._elements) * (self._widest if counts else 1)):
                return set()
            try:
                found = self._root.xpath(f"descendant-or-self::{path}")
            except etree.XPathError:
                found = []
            self._paths[path] = set(filter(etree.iselement, found))
        return self._paths[path]

    def _spend(self, count: int) -> bool:
        """Take so many elements off those that may be looked at; return whether any are left."""
        self._left -= count
        self.is_spent |= self._left < 0
        return not self.is_spent


def _inside(holders: set[Element], elements: set[Element]) -> set[Element]:
    """Return those of the elements that stand in one of the holders."""
    known: dict[Element, bool] = {}
    for element in elements:
        path = [element]
        above = element.getparent()
        while above is not None and above not in holders and above not in known:
            path.append(above)
            above = above.getparent()

        is_inside = above is not None and (above in holders or known[above])
        known.update(dict.fromkeys(path, is_inside))
    return {element for element in elements if known[element]}


def _behind(before: set[Element], elements: set[Element]) -> set[Element]:
    """Return those of the elements that one of the others stands before, in the same element."""
    found: set[Element] = set()
    for parent in {each.getparent() for each in before}:
        is_behind = False
        for child in () if parent is None else parent:
            if is_behind and child in elements:
                found.add(child)
            is_behind |= child in before
    return found
