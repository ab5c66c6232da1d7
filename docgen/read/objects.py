"""What lies over the cells of a workbook's sheet: pictures, shapes with text, comments."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from docgen.files import ooxml
from docgen.read.entry import column_letters

_KINDS = {
    "{*}pic": "图片",
    "{*}sp": "形状",
    "{*}cxnSp": "线条",
    "{*}graphicFrame": "图表",
    "{*}contentPart": "墨迹",
}


class Thing(NamedTuple):
    """One such thing: what it is (批注 for a comment), the cell it begins in, the words in it."""

    kind: str
    cell: str
    text: str


def things_over(
    parts: Mapping[str, bytes], related: Mapping[str, tuple[str, str]]
) -> Iterator[Thing]:
    """Everything over a sheet, by what it is related to; what is hidden aside."""
    for kind, name in related.values():
        if kind == "drawing" and name in parts:
            for anchor in ooxml.parse(parts[name]):
                yield from _drawn(anchor)
        elif kind == "comments" and name in parts:
            for comment in ooxml.parse(parts[name]).iter("{*}comment"):
                yield Thing("批注", comment.get("ref", ""), _words(comment))


def _drawn(anchor: Any) -> Iterator[Thing]:
    row, column = (anchor.findtext(f"{{*}}from/{{*}}{axis}", "0") for axis in ("row", "col"))
    cell = f"{column_letters(int(column))}{int(row) + 1}"
    for element in anchor.iter(*_KINDS):
        about = element.find("*/{*}cNvPr")
        hidden = about is not None and about.get("hidden") in ("1", "true")
        again = any(above.tag.endswith("}Fallback") for above in element.iterancestors())
        if not hidden and not again:
            kind = _KINDS[f"{{*}}{element.tag.rpartition('}')[2]}"]
            text = _words(element) if kind == "形状" else ""
            yield Thing("文本框" if text else kind, cell, text)


def _words(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter("{*}t")).strip()
