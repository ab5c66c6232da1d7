"""A document adjusted so that the seal finds room: line pitch, character spacing, empty lines.

No text is touched: attributes of the grid, empty paragraphs before the signature, and what keeps
it with the text.
"""

import copy
from typing import NamedTuple

from docgen.files import ooxml
from docgen.files.ooxml import Element, parent_of
from docgen.finding import Rule
from docgen.layout.clause import STANDARD
from docgen.word.blocks import text_of
from docgen.word.content import read_content
from docgen.word.markup import W
from docgen.word.package import Opened, open_document
from docgen.word.signature import find_signature

ADJUSTED = Rule(
    code="F214",
    name="为盖章调整过版面",
    severity="note",
    message="为了盖得下印章，{what}；文字和数没有动",
    why="所剩空白容不下印章时，标准允许用调整行距、字距的办法解决。",
    example="署名多了一行，印章会压到页码。",
    cure="不必处理。",
    basis=f"{STANDARD} 7.3.5.5（可以）",
)

_GRIDS = ("linesAndChars", "snapToChars")


class Choice(NamedTuple):
    """One way to make room for the seal; what it does not name stays as it is.

    `keep` holds the last line of the text with the signature, `blank` is the number of empty
    lines before it, `pitch` the distance of lines in twips, `space` what is added to each
    character in 4096ths of a point.
    """

    keep: bool = False
    blank: int | None = None
    pitch: int | None = None
    space: int | None = None


#: 7.3.5.5 (可以): 行距 and 字距 may be adjusted where the rest of a page does not hold the seal.
#: 556 twips is the least that still makes 22 lines a page, -3081 sets 29 characters a line; the
#: standard's pictures show one or two empty lines before the signature. Nearest first; the
#: first three are tried before the others.
FIRST_CHOICES = 3
CHOICES = (
    Choice(keep=True),
    Choice(blank=1),
    Choice(blank=2),
    Choice(pitch=571),
    Choice(pitch=563),
    Choice(pitch=556),
    Choice(space=-3081),
    Choice(pitch=563, space=-3081),
    Choice(pitch=571, blank=2),
    Choice(space=-3081, blank=2),
    Choice(keep=True, blank=1),
    Choice(keep=True, blank=2),
)


def adjust(document: bytes, choice: Choice) -> bytes | None:
    """Return the document adjusted, or None where the choice changes nothing."""
    parts = dict(ooxml.read_parts(document))
    opened = open_document(document)
    root, changed = opened.document, False
    signature = _Signature.of(opened)
    if choice.blank is not None and signature:
        changed = signature.set_blank(choice.blank)
    if choice.keep and signature:
        changed |= signature.hold()
    if choice.pitch is not None:
        changed |= _set_grid(root, "linePitch", choice.pitch)
    if choice.space is not None:
        changed |= _set_grid(root, "charSpace", choice.space)
    if not changed:
        return None
    parts[ooxml.DOCUMENT] = ooxml.serialize(root)
    return ooxml.write_package(parts)


def what_was_done(choice: Choice) -> str:
    """Return the adjustment in words."""
    said = []
    if choice.keep:
        said.append("正文的末行与署名排在同一页")
    if choice.blank is not None:
        said.append(f"署名前留 {choice.blank} 个空行")
    if choice.pitch is not None:
        said.append(f"行距调为 {choice.pitch / 20:g} 磅（仍为每面 22 行）")
    if choice.space is not None:
        said.append(f"字距收紧 {-choice.space / 4096:.2f} 磅（每行 29 字）")
    return "、".join(said)


def _set_grid(root: Element, name: str, value: int) -> bool:
    """Narrow the grid, where there is one; it is never made wider."""
    changed = False
    for grid in root.iter(f"{W}docGrid"):
        if name == "charSpace" and grid.get(f"{W}type") not in _GRIDS:
            continue
        if name == "linePitch" and grid.get(f"{W}type") in (None, "default"):
            continue
        if int(grid.get(f"{W}{name}", "0")) > value:
            grid.set(f"{W}{name}", str(value))
            changed = True

    return changed


class _Signature:
    """The paragraphs at the end: the text, the empty ones, the names'."""

    def __init__(self, names: list[Element]) -> None:
        self._names = names

    @classmethod
    def of(cls, opened: Opened) -> "_Signature | None":
        """Return the signature of a document, if it has one with nothing between its lines."""
        found = find_signature(read_content(opened, ""))
        if found is None or not found.names:
            return None
        names, date = [name.element for name in found.names], found.date.element
        return cls(names) if date.getprevious() is names[-1] else None

    def _blank(self) -> list[Element]:
        found = []
        above = self._names[0].getprevious()
        while above is not None and above.tag == f"{W}p" and not text_of(above).strip():
            found.append(above)
            above = above.getprevious()
        return found

    def set_blank(self, wanted: int) -> bool:
        """Set the number of empty paragraphs between the text and the signature."""
        blank, first = self._blank(), self._names[0]
        for paragraph in blank[wanted:]:
            parent_of(paragraph).remove(paragraph)
        for _ in range(wanted - len(blank)):
            first.addprevious(copy.deepcopy(blank[0]) if blank else first.makeelement(f"{W}p"))
        return len(blank) != wanted

    def hold(self) -> bool:
        """Keep the end of the text, the empty paragraphs and the name with what follows."""
        blank = self._blank()
        text = (blank[-1] if blank else self._names[0]).getprevious()
        held = [p for p in (text, *blank, *self._names) if p is not None and p.tag == f"{W}p"]
        loose = [p for p in held if p.find(f"{W}pPr/{W}keepNext") is None]
        for paragraph in loose:
            properties = paragraph.find(f"{W}pPr")
            if properties is None:
                properties = paragraph.makeelement(f"{W}pPr")
                paragraph.insert(0, properties)
            style = properties.find(f"{W}pStyle")
            keep = properties.makeelement(f"{W}keepNext")
            properties.insert(0 if style is None else 1, keep)

        return bool(loose)
