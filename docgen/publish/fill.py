"""Filling a form of one page: `{{ name }}` in its paragraphs, a line break for each further line.

The tags stand in docgen's own small templates, so a name is all a tag can be. An editor may have
split a tag over several runs: a paragraph's text is put together first.
"""

import re
from collections.abc import Mapping

from docgen.files import ooxml
from docgen.files.ooxml import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# {{ title }}; not {{ a.b }}, {% if %}.
_TAG = re.compile(r"\{\{ *(\w+) *\}\}")


def fill(template: bytes, values: Mapping[str, str]) -> bytes:
    """Replace every tag of a template by its value. Raise KeyError for an unknown tag."""
    parts = ooxml.read_parts(template)
    document = ooxml.parse(parts[ooxml.DOCUMENT])
    for paragraph in document.iter(f"{_W}p"):
        texts = list(paragraph.iter(f"{_W}t"))
        whole = "".join(text.text or "" for text in texts)
        if _TAG.search(whole):
            _put_words(texts, _TAG.sub(lambda tag: values[tag[1]], whole))

    parts[ooxml.DOCUMENT] = ooxml.serialize(document)
    return ooxml.write_package(parts)


def _put_words(texts: list[Element], words: str) -> None:
    """Put the words into the first of these runs, a `w:br` for each line break."""
    for text in texts[1:]:
        text.text = ""

    first, *lines = words.split("\n")
    _set_text(texts[0], first)
    after = texts[0]
    for line in lines:
        for tag in ("br", "t"):
            element = after.makeelement(f"{_W}{tag}")
            after.addnext(element)
            after = element
        _set_text(after, line)


def _set_text(text: Element, words: str) -> None:
    """Set the words of one run, with their white space."""
    text.text = words
    text.set(_SPACE, "preserve")
