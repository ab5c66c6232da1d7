"""What people did to a document while it was away: tracked changes, comments, and all accepted.

A tracked change that nobody has decided on counts as accepted: that is what its author wrote.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from docgen.files import ooxml
from docgen.files.ooxml import Element, parent_of, tag_of
from docgen.word.blocks import Block, read_blocks
from docgen.word.markup import HOLDERS, W

_P, _R, _T, _TBL, _TR, _TC = (f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc"))
_AUTHOR, _ID = f"{W}author", f"{W}id"
_COMMENTS = "word/comments.xml"
_NOBODY = "（没有署名）"
#: What people call each kind of tracked change.
_KINDS = {"ins": "添上", "del": "删去", "moveFrom": "移走", "moveTo": "移来"}
_GONE, _CAME = (f"{W}del", f"{W}moveFrom"), (f"{W}ins", f"{W}moveTo")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WRITTEN = (_T, f"{W}delText")


class RevisionSpot(NamedTuple):
    """Where something stands in a body: its block, and in a table the row and the cell, from 0."""

    block: int = -1
    row: int = -1
    cell: int = -1


class Revision(NamedTuple):
    """A tracked change: who made it, what was done to which words, where they stand now."""

    author: str
    kind: str
    text: str
    spot: RevisionSpot


class Comment(NamedTuple):
    """A comment: who wrote it, what it says, the words it is about, where they stand."""

    author: str
    text: str
    about: str
    spot: RevisionSpot


class Returned(NamedTuple):
    """A document with every tracked change accepted, and what was tracked and commented."""

    body: list[Block]
    revisions: list[Revision]
    comments: list[Comment]


def read_returned(parts: Mapping[str, bytes]) -> Returned:
    """Return what a document says with its changes accepted. Raise NotPackage where it is none."""
    root = ooxml.parse(parts.get(ooxml.DOCUMENT, b""), ooxml.DOCUMENT)
    body = root.find(f"{W}body")
    if body is None:
        return Returned([], [], [])

    for fallback in list(body.iter(_FALLBACK)):  # it says again what stands beside it
        parent_of(fallback).remove(fallback)

    tracked = list(_tracked(body))
    commented = _comments(parts, body)
    _accept(body)
    spots = spots_of(body)

    revisions = [
        Revision(author, kind, text, spots.get(holder, RevisionSpot()))
        for author, kind, text, holder in tracked
    ]
    comments = [
        Comment(author, text, about, spots.get(holder, RevisionSpot()))
        for author, text, about, holder in commented
    ]
    return Returned(read_blocks(ooxml.serialize(root)), revisions, comments)


_Tracked = tuple[str, str, str, Element]


def _tracked(body: Element) -> Iterator[_Tracked]:
    """Yield author, kind and words of each tracked change, with the paragraph it stands in."""
    for element in body.iter(*_GONE, *_CAME):
        kind = _KINDS[tag_of(element).removeprefix(W)]
        author = element.get(_AUTHOR) or _NOBODY
        parent = parent_of(element)

        if parent.tag == f"{W}trPr":
            row = parent_of(parent)
            first = next(row.iter(_P), row)
            yield author, f"{kind}一行", _words_of(row), first
        elif text := _words_of(element):
            holder = next(element.iterancestors(_P), None)
            yield author, kind, text, next(element.iter(_P), element) if holder is None else holder


def _words_of(element: Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(_WRITTEN))


def _comments(parts: Mapping[str, bytes], body: Element) -> list[_Tracked]:
    """Return author and text of each comment, the words it is about, the paragraph they are in."""
    if _COMMENTS not in parts:
        return []

    ranges = _commented(body)
    found = []
    for comment in ooxml.parse(parts[_COMMENTS], _COMMENTS).iter(f"{W}comment"):
        paragraphs = ("".join(t.text or "" for t in p.iter(_T)) for p in comment.iter(_P))
        text = " ".join(filter(None, paragraphs))
        about, holder = ranges.get(comment.get(_ID, ""), ("", comment))
        found.append((comment.get(_AUTHOR) or _NOBODY, text, about, holder))

    return found


def _commented(body: Element) -> dict[str, tuple[str, Element]]:
    """Return the words each comment is about, by its number, in one pass through the body."""
    words: dict[str, list[str]] = {}
    holders: dict[str, Element] = {}
    is_open: set[str] = set()
    marks = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")
    paragraph = body

    for element in body.iter(_P, _T, *marks):
        number = element.get(_ID, "")
        if element.tag == _P:
            paragraph = element
        elif element.tag == _T:
            for each in is_open:
                words[each].append(element.text or "")
        elif element.tag == marks[1]:
            is_open.discard(number)
        else:
            holders.setdefault(number, paragraph)
            words.setdefault(number, [])
            if element.tag == marks[0] and len(is_open) < _MOST_OPEN:
                is_open.add(number)

    return {number: ("".join(words[number]), holders[number]) for number in holders}


#: More comments than this about one and the same word are no leader's.
_MOST_OPEN = 50


def _accept(body: Element) -> None:
    """Accept every tracked change in place."""
    for row in list(body.iter(_TR)):
        if row.find(f"{W}trPr/{W}del") is not None:
            parent_of(row).remove(row)

    for table in list(body.iter(_TBL)):
        if next(table.iter(_TR), None) is None:
            parent_of(table).remove(table)

    ended = [
        mark for mark in body.iterfind(f".//{_P}/{W}pPr/{W}rPr/*") if mark.tag in _GONE
    ]  # the marks of paragraphs, which go away with what follows them joined on
    joined = [parent_of(parent_of(parent_of(mark))) for mark in ended]
    for gone in list(body.iter(*_GONE)):
        if tag_of(parent_of(gone)) not in (f"{W}rPr", f"{W}trPr"):
            parent_of(gone).remove(gone)

    for came in list(body.iter(f"{W}moveTo")):
        came.tag = f"{W}ins"  # which the reader looks into
    for paragraph in reversed(joined):
        _join_next(paragraph)


def _join_next(paragraph: Element) -> None:
    """Put what the next paragraph holds at the end of this one, whose mark was deleted."""
    parent = paragraph.getparent()
    if parent is None:
        return
    if next(paragraph.iter(_T), None) is None:
        parent.remove(paragraph)
        return

    following = paragraph.getnext()
    if following is not None and following.tag == _P:
        for child in list(following):
            if child.tag != f"{W}pPr":
                paragraph.append(child)
        parent.remove(following)


def spots_of(body: Element) -> dict[Element, RevisionSpot]:
    """Return where each paragraph stands, counted as `read_blocks` gives them."""
    spots: dict[Element, RevisionSpot] = {}
    for number, block in enumerate(_blocks(body)):
        if block.tag == _P:
            spots[block] = RevisionSpot(number)
            for inner in block.iter(_P):
                spots[inner] = RevisionSpot(number)
            continue

        row = cell = -1
        for element in block.iter(_TR, _TC, _P):
            if element.tag == _TR:
                row, cell = row + 1, -1
            elif element.tag == _TC:
                cell += 1
            else:
                spots[element] = RevisionSpot(number, row, cell)

    return spots


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (_P, _TBL):
            yield child
        elif child.tag in HOLDERS:
            yield from chain(_blocks(child))
