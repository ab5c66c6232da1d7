"""Inputs made to run a reader away: each grows in one thing alone, by a number of them.

`hostile.py` measures how the work of reading and checking grows with that number.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from door import INPUTS

# ruff: noqa: E501  lists of short texts
Files = Mapping[str, bytes]  # by name; `2024/正文.csv` stands in a folder
Grown = tuple[str, str, str]  # what stands before, what comes again and again, what stands after

#: Text in front of the first member of the reference. `#` is a number, another each time.
JSON: dict[str, Grown] = {
    "keys": ("", '"k#":1,', ""),
    "keys, each twice": ("", '"k#":1,"k#":1,', ""),
    "keys, all one": ("", '"year":1,', ""),
    "keys near one": ("", '"yea#":1,', ""),
    "a long key": ('"', "年", '":1,'),
    "brackets": ('"a":[', "[],", "1],"),
    "brackets in a text": ('"a":"', "[{", '",'),
    "quotes": ('"a":"', '\\"', '",'),
    "escapes": ('"a":"', "\\ud83d\\ude00", '",'),
    "digits": ('"a":', "1", ","),
    "paragraphs": ('"preface":[', '"公开。",', '"公开。"],'),
    "a paragraph": ('"preface":["', "公", '"],'),
    "paragraphs in one": ('"preface":["', "公\\n", '"],'),
    "neighbours": ('"neighbours":[', '"甲#镇",', '"乙镇"],'),
    "a title": ('"title":"', "甲", '",'),
    "waivers": ('"waivers":[', '{"code":"E511","reason":"乙","by":"丙","date":"2025-01-20"},', "{}],"),
}  # fmt: skip

#: Text at the end of a sheet.
CSV: dict[str, tuple[str, Grown]] = {
    "lines": ("表一", ("", "甲,1\r\n", "")),
    "lines alike": ("表一", ("", "规章,1,1,1\r\n", "")),
    "blank lines": ("表一", ("", "\r\n", "")),
    "commas": ("表一", ("", ",", "")),
    "no comma": ("表一", ("", "甲", "")),
    "quotes": ("正文", ('"', '""', '"\r\n')),
    "a quote left open": ("正文", ('"', "公\r\n", "")),
    "a paragraph": ("正文", (",", "公", "\r\n")),
    "paragraphs": ("正文", ("", ",公开。\r\n", "")),
    "facts": ("基本情况", ("", "机关名秤#,甲\r\n", "")),
    "wordings": ("基本情况", ("", "用语：规#,甲\r\n", "")),
}

_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_TABLE, _TEXTS = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet5.xml"
_CELL = '<row r="99"><c r="B99" t="inlineStr"><is>'
_CODE = '<numFmts><numFmt numFmtId="200" formatCode="'
_LIKE = "".join("<c><v>1</v></c>" for _ in range(20))

#: Text in front of something in a part.
XLSX: dict[str, tuple[str, str, Grown]] = {
    "cells": (_TABLE, "</sheetData>", ("", f"<row>{_LIKE}</row>", "")),
    "rows": (_TABLE, "</sheetData>", ("", "<row/>", "")),
    "rows of one number": (_TABLE, "</sheetData>", ("", '<row r="90"/>', "")),
    "a text": (_TEXTS, "</sheetData>", (f"{_CELL}<t>", "公", "</t></is></c></row>")),
    "runs of a text": (_TEXTS, "</sheetData>", (_CELL, "<r><t>公</t></r>", "</is></c></row>")),
    "escapes": (_TEXTS, "</sheetData>", (f"{_CELL}<t>", "_x", "</t></is></c></row>")),
    "digits": (_TABLE, "</sheetData>", ('<row><c r="B99"><v>', "1", "</v></c></row>")),
    "merged ranges": (_TABLE, "</worksheet>", ("", '<mergeCell ref="A90:B95"/>', "")),
    "defined names": (_BOOK, "</workbook>", ("", '<definedName name="a">b</definedName>', "")),
    "sheets": (_BOOK, "</sheets>", ("", '<sheet name="x" sheetId="9" r:id="rId1"/>', "")),
    "comments": (_TABLE, "<sheetData", ("", "<!-- -->", "")),
    "attributes": (_TABLE, "<sheetData", ("<a", ' b#="1"', "/>")),
    "namespaces": (_TABLE, "<sheetData", ("", '<a xmlns:b#="c#"/>', "")),
    "cell formats": (_STYLES, "</cellXfs>", ("", '<xf numFmtId="14"/>', "")),
    "a format of [": (_STYLES, "<cellXfs", (_CODE, "[", '"/></numFmts>')),
    "a format of [h": (_STYLES, "<cellXfs", (_CODE, "[h", '"/></numFmts>')),
    "a format of quotes": (_STYLES, "<cellXfs", (_CODE, "&quot;", 'y"/></numFmts>')),
    "a format of ;": (_STYLES, "<cellXfs", (_CODE, ";", '"/></numFmts>')),
}


def grow(grown: Grown, times: int) -> str:
    """The text with its piece as often as that."""
    before, piece, after = grown
    if "#" not in piece:
        return before + piece * times + after
    return before + "".join(piece.replace("#", str(number)) for number in range(times)) + after


def hostile() -> Iterator[str]:
    """The names of all that grows."""
    yield from (f"JSON {name}" for name in JSON)
    yield from (f"CSV {name}" for name in CSV)
    yield from (f"XLSX {name}" for name in XLSX)


def make(name: str, times: int) -> Files:
    """The files of what grows, when there are so many of it."""
    kind, _, what = name.partition(" ")
    if kind == "JSON":
        text = (INPUTS / "2024.json").read_text(encoding="utf-8")
        return {"2024.json": text.replace("{", "{" + grow(JSON[what], times), 1).encode()}
    if kind == "CSV":
        sheet, grown = CSV[what]
        return {
            name: data + (grow(grown, times).encode() if sheet in name else b"")
            for name, data in _sheets().items()
        }
    part, before, grown = XLSX[what]
    parts = dict(_parts())
    text, more = parts[part].decode(), grow(grown, times)
    assert before in text, name
    parts[part] = re.sub(before, lambda found: more + found[0], text, count=1).encode()
    return {"2024.xlsx": zipped(parts)}


@cache
def _sheets() -> Files:
    return {f"2024/{path.name}": path.read_bytes() for path in sorted((INPUTS / "2024").iterdir())}


@cache
def _parts() -> Files:
    with zipfile.ZipFile(INPUTS / "2024.xlsx") as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, as another program would write it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def put(files: Files, folder: Path) -> Path:
    """Write these files, and give back the input that they are."""
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(data)
    return folder / next(iter(files)).partition("/")[0]
