"""Inputs made to run a reader away: each grows in one thing alone, by a number of them.

`hostile.py` measures how the work of reading and checking grows with that number, and the memory.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

INPUTS = Path(__file__).resolve().parent.parent / "inputs"
Files = Mapping[str, bytes]  # by name; `2024/正文.csv` stands in a folder

_STYLES, _BOOK = "xl/styles.xml", "xl/workbook.xml"
_SHEET, _TEXTS = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet5.xml"


def _json(edit: Callable[[dict[str, Any]], None]) -> Files:
    """The reference with something put in."""
    tree = json.loads((INPUTS / "2024.json").read_bytes())
    edit(tree)
    return {"2024.json": json.dumps(tree, ensure_ascii=False).encode()}


def _raw(member: str) -> Files:
    """The reference with this text in front of its members."""
    text = (INPUTS / "2024.json").read_text(encoding="utf-8")
    return {"2024.json": text.replace("{", f"{{{member},", 1).encode()}


def _folder(name: str, more: str, *, after: bool = True) -> Files:
    """The CSV files of the reference, one of them with more at its end, or all of it new."""
    files = {f"2024/{path.name}": path.read_bytes() for path in sorted((INPUTS / "2024").iterdir())}
    key = next(key for key in files if name in key)
    files[key] = (files[key] if after else b"") + more.encode()
    return files


def _book(part: str, before: str, more: str) -> Files:
    """The workbook of the reference with more in front of the first of these in one part."""
    with zipfile.ZipFile(INPUTS / "2024.xlsx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[part].decode()
    assert re.search(before, text), (part, before)
    parts[part] = re.sub(before, lambda found: more + found[0], text, count=1).encode()
    return {"2024.xlsx": _zipped(parts)}


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def _format(code: str) -> Files:
    return _book(
        _STYLES, "<cellXfs", f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    )


def _cells(count: int, cell: str) -> str:
    """A number of rows of a hundred cells far below the table."""
    rows = range(100, 100 + count // 100)
    return "".join(f'<row r="{row}">{cell * 100}</row>' for row in rows)


def _members(count: int, key: Callable[[int], str]) -> str:
    return ",".join(f'"{key(number)}":1' for number in range(count))


#: What grows, by what it is called: its files when there are so many of it.
GROWING: dict[str, Callable[[int], Files]] = {
    "JSON keys": lambda n: _raw(_members(n, lambda i: f"k{i}")),
    "JSON keys twice": lambda n: _raw(_members(n, lambda i: f"k{i // 2}")),
    "JSON keys all one": lambda n: _raw(_members(n, lambda _: "year")),
    "JSON keys near one": lambda n: _raw(_members(n, lambda i: f"yea{i}")),
    "JSON long key": lambda n: _raw(f'"{"年" * n}":1'),
    "JSON brackets": lambda n: _raw('"a":[' + "[]," * n + "1]"),
    "JSON quotes": lambda n: _raw('"a":"' + '\\"' * n + '"'),
    "JSON brackets in a text": lambda n: _raw('"a":"' + "[{" * n + '"'),
    "JSON line breaks, broken": lambda n: {"2024.json": b"\n" * n + b"{"},
    "JSON paragraphs": lambda n: _json(lambda t: t["sections"]["overview"].extend(["公开。"] * n)),
    "JSON paragraph": lambda n: _json(lambda t: t["sections"]["overview"].append("公" * n)),
    "JSON paragraphs of one cell": lambda n: _json(lambda t: t["sections"]["overview"].append("公\n" * n)),
    "JSON waivers": lambda n: _json(
        lambda t: t.update(waivers=[{"code": "E511", "place": "正文", "reason": "乙", "by": "丙", "date": "2025-01-20"}] * n)
    ),
    "JSON neighbours": lambda n: _json(lambda t: t.update(neighbours=[f"甲{i}镇" for i in range(n)])),
    "JSON name": lambda n: _json(lambda t: t["body"].update(name="甲" * n)),
    "JSON digits": lambda n: _raw('"a":' + "1" * n),
    "JSON figure of digits": lambda n: _json(lambda t: t["figures"]["requests"]["received"].update(natural="1" * n)),
    "CSV lines": lambda n: _folder("表一", "甲,1\r\n" * n),
    "CSV blank lines": lambda n: _folder("表一", "\r\n" * n),
    "CSV rows alike": lambda n: _folder("表一", "规章,1,1,1\r\n" * n),
    "CSV quotes": lambda n: _folder("正文", '"' + '""' * n + '"\r\n'),
    "CSV quote left open": lambda n: _folder("正文", '"' + "公\r\n" * n),
    "CSV paragraph": lambda n: _folder("正文", "公" * n + "\r\n"),
    "CSV paragraphs": lambda n: _folder("正文", ",公开。\r\n" * n),
    "CSV facts": lambda n: _folder("基本情况", "机关名秤,甲\r\n" * n),
    "CSV wording": lambda n: _folder("基本情况", "".join(f"用语：规{i},甲\r\n" for i in range(n))),
    "CSV no comma": lambda n: _folder("表一", "甲" * n),
    "CSV commas": lambda n: _folder("表一", "," * n),
    "XLSX cells": lambda n: _book(_SHEET, "</sheetData>", _cells(n, "<c><v>1</v></c>")),
    "XLSX texts": lambda n: _book(_TEXTS, "</sheetData>", _cells(n, '<c t="inlineStr"><is><t>甲</t></is></c>')),
    "XLSX text": lambda n: _book(_TEXTS, "</sheetData>", f'<row r="99"><c r="B99" t="inlineStr"><is><t>{"公" * n}</t></is></c></row>'),
    "XLSX runs": lambda n: _book(
        _TEXTS, "</sheetData>", f'<row r="99"><c r="B99" t="inlineStr"><is>{"<r><t>公</t></r>" * n}</is></c></row>'
    ),
    "XLSX rows": lambda n: _book(_SHEET, "</sheetData>", "<row/>" * n),
    "XLSX rows numbered alike": lambda n: _book(_SHEET, "</sheetData>", '<row r="90"/>' * n),
    "XLSX merged ranges": lambda n: _book(_SHEET, "</worksheet>", '<mergeCells><mergeCell ref="A90:B95"/>' + '<mergeCell ref="A90:B95"/>' * n + "</mergeCells>"),
    "XLSX defined names": lambda n: _book(_BOOK, "</workbook>", "<definedNames>" + '<definedName name="a">b</definedName>' * n + "</definedNames>"),
    "XLSX sheets": lambda n: _book(_BOOK, "</sheets>", '<sheet name="x" sheetId="9" r:id="rId1"/>' * n),
    "XLSX formats": lambda n: _book(_STYLES, "</cellXfs>", '<xf numFmtId="14"/>' * n),
    "XLSX format of brackets": lambda n: _format("[" * n),
    "XLSX format of quotes": lambda n: _format("&quot;" * n + "&quot;"),
    "XLSX format of letters": lambda n: _format("0" * n),
    "XLSX format of semicolons": lambda n: _format(";" * n),
    "XLSX format of h": lambda n: _format("[h" * n),
    "XLSX comments": lambda n: _book(_SHEET, "<sheetData", "<!-- -->" * n),
    "XLSX deep": lambda n: _book(_SHEET, "<sheetData", "<a>" * (n // 50) + "</a>" * (n // 50)),
    "XLSX attributes": lambda n: _book(_SHEET, "<sheetData", "<a " + " ".join(f'b{i}="1"' for i in range(n)) + "/>"),
    "XLSX spaces": lambda n: _book(_SHEET, "<sheetData", "".join(f'<a xmlns:b{i}="c{i}"/>' for i in range(n))),
    "XLSX escapes": lambda n: _book(_TEXTS, "</sheetData>", f'<row r="99"><c r="B99" t="inlineStr"><is><t>{"_x" * n}</t></is></c></row>'),
    "XLSX number": lambda n: _book(_SHEET, "</sheetData>", f'<row r="99"><c r="A99"><v>{"1" * n}</v></c></row>'),
    "XLSX parts": lambda n: _parts(n),
}  # fmt: skip


def _parts(count: int) -> Files:
    with zipfile.ZipFile(INPUTS / "2024.xlsx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts |= {f"xl/media/{number}.xml": b"<a/>" for number in range(count)}
    return {"2024.xlsx": _zipped(parts)}


def put(files: Files, folder: Path) -> Path:
    """Write these files, and give back the input that they are."""
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return folder / next(iter(files)).partition("/")[0]
