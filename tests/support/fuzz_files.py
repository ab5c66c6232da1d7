"""Real files of every kind docgen reads, and ways to spoil them at random.

Spoilt are bytes, the tokens of texts, the members of JSON and the parts of packages.
"""

import contextlib
import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from door import INPUTS, PROJECT
from drawn_report import draw_report
from hostile_inputs import zipped
from pages import input_of

from docgen.pipeline import Settings, issue

# ruff: noqa: E501  lists of short texts
Files = dict[str, bytes]  # by name; `2024/正文.csv` stands in a folder

#: What is put in somewhere: each has broken some program.
_TRICKY = (
    "", "0", "-1", "1e3", "1E400", "NaN", "12345678901234567890", "0.30000000000000004", "１２", "null", "true",
    "[]", "{}", '"', "'", "\\", "\\ud800", "\\u0000", "\n", "\r", "\t", "\0", "\x1b[31m", "\u200b", "\u202e",
    "\ufeff", "\ufffe", "\ue000", "{{", "}}", "{{ 本年新收 }}", "{% if 1 %}", "{{ 7*7 }}", "=1+1", "&#0;",
    "&#xD800;", "<", ">", "]]>", "<!--", "<![CDATA[", "甲" * 300, "9" * 400, "a" * 5000, "[" * 70, "é", "e\u0301",
    "ヌ猠马チ現┎", "鏀垮簻淇℃伅鍏紑", "../../x", "CON", "2024年2月30日", "-" * 50, ",", ";", "|", "xmlns:a", "%s", "𠅤",
)  # fmt: skip
_BYTES = (
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x80",
    b"PK\3\4",
    b"\xed\xa0\x80",
    b"\x81\x30\x81\x30",
)
#: What a file already broken raises where its parts are to be spoilt.
_TOO_BROKEN = (
    ValueError,
    RecursionError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
)
_TOKEN = re.compile(r"<[^<>]*>|\"[^\"]*\"|[\w.]+|\s+|.", re.DOTALL)


@cache
def originals() -> Mapping[str, Files]:
    """The files of each kind before they are spoilt."""
    good = (INPUTS / "2024.json").read_bytes()
    sheets = {
        f"2024/{path.name}": path.read_bytes() for path in sorted((INPUTS / "2024").iterdir())
    }
    waivers = (
        "编号,位置,原值或原句,理由,批准人,日期\r\nE511,正文,一句,核对过,张三,2025年1月20日\r\n"
    )
    issued = _issued()
    tree = json.loads(good)
    tree["waivers"] = [
        {"code": "E511", "place": "", "reason": "甲", "by": "乙", "date": "2025-01-20"}
    ]
    roster = "机关名称,联系人\r\n乌苏市甘河子镇人民政府,张三\r\n另一个镇人民政府,李四\r\n"
    return {
        "json": {"2024.json": json.dumps(tree, ensure_ascii=False, indent=1).encode()},
        "csv": {**sheets, "2024/豁免.csv": waivers.encode()},
        "xlsx": {"2024.xlsx": (INPUTS / "2024.xlsx").read_bytes()},
        "roster": {"名单.csv": roster.encode("gb18030")},
        "roster.xlsx": {"名单.xlsx": (INPUTS / "2024.xlsx").read_bytes()},
        "record": issued,
        "docx": issued,
        "pdf": {"2024.pdf": draw_report(input_of("suqian_2024"), lined=("disclosure", "requests"))},
        "template": {"t.docx": (PROJECT / "templates" / "report_template.docx").read_bytes()},
    }


def _issued() -> Files:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "good.json").write_bytes((INPUTS / "2024.json").read_bytes())
        outcome = issue(folder / "good.json", Settings(folder / "outputs"))
        return {f"outputs/{path.name}": path.read_bytes() for path in outcome.outputs}


def spoil(kind: str, random: Random) -> Files:
    """The files of a kind, one of them spoilt in one to three ways."""
    files = dict(originals()[kind])
    ends = {"record": ".json", "docx": ".docx"}.get(kind, "")
    name = random.choice([name for name in files if name.endswith(ends)])
    for _ in range(random.randint(1, 3)):
        files[name] = _spoilt(files[name], random)
    return files


def _spoilt(data: bytes, random: Random) -> bytes:
    ways: list[Callable[[bytes, Random], bytes]] = [_bytes]
    if data.startswith(b"PK\3\4"):
        ways += [_package] * 5
    else:
        ways += [_tokens] * 2
    if data.startswith(b"{"):
        ways += [_tree] * 3
    way = random.choice(ways)
    with contextlib.suppress(*_TOO_BROKEN):
        return way(data, random)
    return _bytes(data, random)


def _bytes(data: bytes, random: Random) -> bytes:
    """Cut, doubled, put in or changed, somewhere."""
    start = random.randint(0, len(data))
    end = min(len(data), start + random.choice((0, 1, 2, 7, 100, 10_000)))
    piece = random.choice(
        (b"", data[start:end] * 2, random.choice(_BYTES), random.choice(_TRICKY).encode())
    )
    return data[:start] + piece + data[end:] if random.random() < 0.9 else data[:start]


def _tokens(data: bytes, random: Random) -> bytes:
    """One token of a text goes, comes twice, trades places with another or becomes a tricky one."""
    text = data.decode("utf-8-sig") if not data.startswith(b"\xbb\xfa") else data.decode("gb18030")
    tokens = _TOKEN.findall(text) or [""]
    at, other = random.randrange(len(tokens)), random.randrange(len(tokens))
    new = (
        "", tokens[at] * 2, tokens[other], random.choice(_TRICKY), f'"{random.choice(_TRICKY)}"',
        tokens[at][:1] + random.choice(_TRICKY) + tokens[at][1:],
    )  # fmt: skip
    tokens[at] = random.choice(new)
    encoding = random.choice(
        ("utf-8",) * 6 + ("gb18030", "big5", "utf-16", "utf-16-le", "shift_jis")
    )
    return "".join(tokens).encode(encoding, "ignore")


def _tree(data: bytes, random: Random) -> bytes:
    """A member of a JSON goes, changes its key or becomes something else."""
    tree = json.loads(data)
    held, key = random.choice(list(_members(tree)) or [(tree, "")])
    value: Any = random.choice(_TRICKY)
    values: tuple[Any, ...] = (
        value,
        [value],
        {value: value},
        2**70,
        -0.5,
        None,
        True,
        [[]] * 20,
        held,
    )
    change = random.randrange(3)
    if change == 1 and isinstance(held, dict):
        held[str(value)] = held.pop(key, None)
    elif change == 2:
        del held[key]
    else:
        new = random.choice(values)
        held[key] = dict(new) if new is held and isinstance(held, dict) else new
    with contextlib.suppress(ValueError):  # what holds itself
        return json.dumps(tree, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    return data


def _members(tree: Any) -> Iterator[tuple[Any, Any]]:
    pairs = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for key, value in list(pairs):
        yield tree, key
        yield from _members(value)


def _package(data: bytes, random: Random) -> bytes:
    """A part of a package goes, is another's, or is spoilt as text or bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name, other = random.choice([*parts]), random.choice([*parts])
    way = random.randrange(12)
    if way == 0:
        del parts[name]
    elif way == 1:
        parts[name] = parts[other]
    elif way == 2:
        parts[name + random.choice(_TRICKY[:8])] = parts[name]
    else:
        parts[name] = (_bytes if way == 3 else _tokens)(parts[name], random)
    return zipped(parts)
