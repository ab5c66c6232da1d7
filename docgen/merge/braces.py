"""Where tags stand in a text, in one pass: text made to run docgen away has braces by thousands."""

import re
from collections.abc import Iterator

_CLOSED_BY = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENED = re.compile(r"\{[{%#]")
#: Half of a tag: `{{` or `%}`; not `{ {`.
STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


def find_tags(text: str) -> Iterator[slice]:
    """Yield the place of every tag: from what opens it to the first that closes its kind."""
    start, never = 0, set()  # what opens no tag from here on
    while opened := _OPENED.search(text, start):
        kind = opened[0]
        end = -1 if kind in never else text.find(_CLOSED_BY[kind], opened.end())
        if end < 0:
            never.add(kind)
            start = opened.start() + 1
        else:
            start = end + 2
            yield slice(opened.start(), start)


def outside_tags(text: str) -> str:
    """Return the text without its tags."""
    pieces, end = [], 0
    for place in find_tags(text):
        pieces.append(text[end : place.start])
        end = place.stop

    return "".join((*pieces, text[end:]))
