"""What tells two documents apart: their words, what is printed of them, then all the rest."""

import re
from collections.abc import Mapping

from docgen.catalogue import verify
from docgen.files import ooxml
from docgen.finding import Finding
from docgen.issuing.printed import Mark, marks
from docgen.word import blocks

_APPLICATION = re.compile(rb"<(?:\w+:)?Application>([^<]{1,200})<")
#: What programs call themselves in the documents they save, and what people call them.
_PROGRAMS = {b"WPS": "WPS", b"LibreOffice": "LibreOffice", b"Microsoft": "Word"}

NOTHING = "（没有）"


class Opened:
    """A document's parts and what its body says. Raises NotPackage."""

    def __init__(self, document: bytes) -> None:
        self.parts = ooxml.read_parts(document)
        self.body = blocks.read_blocks(self.parts.get(ooxml.DOCUMENT, b""))


def words(issued: Opened, now: Opened) -> list[blocks.Difference]:
    """Where two documents say different words, nothing told as such."""
    return [
        found._replace(expected=found.expected or NOTHING, actual=found.actual or NOTHING)
        for found in blocks.differences(issued.body, now.body)
    ]


def prints(issued: Opened, now: Opened) -> list[Mark]:
    """What is printed otherwise than the words say, and was not so in the issued document."""
    was, is_now = marks(issued.parts), marks(now.parts)
    found = list((is_now - was).elements())
    told = {mark.where for mark in found}
    gone = (mark for mark in (was - is_now).elements() if mark.where not in told)
    return [*found, *(mark._replace(what="签发时的样子没有了") for mark in gone)]


def changes(issued: Opened, now: Opened, name: str) -> list[Finding]:
    """What tells a document from the one that was issued, which has other bytes."""
    found = [verify.TEXT_CHANGED.at(**one._asdict()) for one in words(issued, now)]
    found += [verify.PRINT_CHANGED.at(**one._asdict()) for one in prints(issued, now)]
    if found:
        return found
    names = sorted(issued.parts.keys() | now.parts.keys())
    changed = [part for part in names if _differs(part, issued.parts, now.parts)]
    program = _program(now.parts)
    if not changed:
        return [verify.RESAVED.at()]
    if program and program != _program(issued.parts):
        return [verify.SAVED_BY.at(name=name, program=program)]
    return [verify.PARTS_CHANGED.at(parts="、".join(changed))]


def _program(parts: Mapping[str, bytes]) -> str:
    """Which of the usual programs saved a document, as it says of itself."""
    said = _APPLICATION.search(parts.get("docProps/app.xml", b""))
    return next((name for word, name in _PROGRAMS.items() if said and word in said[1]), "")


def _differs(name: str, was: Mapping[str, bytes], now: Mapping[str, bytes]) -> bool:
    """Whether a part is not there in both, or its content is another."""
    if name not in was or name not in now:
        return True
    return was[name] != now[name] and ooxml.canonical(name, was[name]) != ooxml.canonical(
        name, now[name]
    )
