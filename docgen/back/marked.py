"""What a reader of a document marked without a word: highlighted, in a colour, in bold."""

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docgen.files import ooxml
from docgen.files.ooxml import Element
from docgen.word.blocks import text_of
from docgen.word.markup import W, is_on
from docgen.word.package import open_parts
from docgen.word.revisions import RevisionSpot, spots_of
from docgen.word.styles import NO_STYLE, Props, Styles

_P, _R, _T = (f"{W}{name}" for name in ("p", "r", "t"))
_BOLD = "加了粗"
#: Red, green and blue of a colour differ by so much at least, or it is a grey.
_LEAST_COLOUR = 60


class Marked(NamedTuple):
    """Words that were marked, in what way, and where they stand."""

    text: str
    way: str
    spot: RevisionSpot


def find_marked(issued: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[Marked]:
    """Return what is marked in a returned document and was not so when it was issued.

    Where the words of a paragraph are others, its bold ones may be so as its heading was.
    """
    was = list(_marked_in(issued))
    left = Counter((paragraph, one.text, one.way) for paragraph, one in was)
    before = _texts_in(issued)
    found = []
    for paragraph, one in _marked_in(now):
        key = (paragraph, one.text, one.way)
        if left[key]:
            left[key] -= 1
        elif one.way != _BOLD or paragraph in before:
            found.append(one)

    return found


def _texts_in(parts: Mapping[str, bytes]) -> set[str]:
    body = _body_of(parts)[0]
    return set() if body is None else {text_of(each) for each in body.iter(_P)}


def _body_of(parts: Mapping[str, bytes]) -> tuple[Element | None, Styles]:
    with contextlib.suppress(ooxml.NotPackage, ValueError):
        opened = open_parts(parts, forgiving=True)
        return opened.document.find(f"{W}body"), Styles.of(opened)
    return None, Styles(None)


def _marked_in(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Marked]]:
    """Yield the marked words of each paragraph, with all that the paragraph says."""
    body, styles = _body_of(parts)
    if body is None:
        return

    spots = spots_of(body)
    for paragraph in body.iter(_P):
        base = styles.paragraph(paragraph.find(f"{W}pPr"), NO_STYLE).run
        said: dict[str, list[str]] = {}
        for run in paragraph.iter(_R):
            text = "".join(piece.text or "" for piece in run.findall(_T))
            if text.strip():
                for way in _ways(styles.run(base, run.find(f"{W}rPr"))):
                    said.setdefault(way, []).append(text)

        for way, texts in said.items():
            yield (
                text_of(paragraph),
                Marked("".join(texts), way, spots.get(paragraph, RevisionSpot())),
            )


def _ways(props: Props) -> Iterator[str]:
    if props.get("highlight", "none") != "none":
        yield "标了底色"
    if _is_coloured(props.get("color", "")):
        yield "改了颜色"
    if is_on(props.get("b")):
        yield _BOLD


def _is_coloured(value: str) -> bool:
    """Return whether a colour like FF0000 is one, and not black or a grey."""
    try:
        shades = bytes.fromhex(value)
    except ValueError:
        return False
    return bool(shades) and max(shades) - min(shades) >= _LEAST_COLOUR
