"""Files of every kind spoilt at random, and every verb run on them: what must hold of each run.

`python benchmarks/fuzz.py SECONDS [SEED]` in an environment with docgen installed; what breaks is
kept in `fuzz-found/` with the command that shows it. tests/test_fuzz.py draws from here, too, and
replays tests/data/fuzz, where what once broke is kept.
"""

import contextlib
import io
import itertools
import json
import os
import re
import signal
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from docgen.cli import main as docgen_main
from docgen.read import read_report

PROJECT = Path(__file__).resolve().parent.parent
INPUTS = PROJECT / "inputs"
#: Sound, findings, usage, input, template, output, verify: what a file of a user can lead to.
CODES = range(7)
_SLOW = 20  # seconds: a run that takes longer is at fault

Files = dict[str, bytes]  # by name; `2024/正文.csv` stands in a folder

#: The commands for each kind of file, run in its folder; `good.json` is a sound report.
VERBS: Mapping[str, tuple[str, ...]] = {
    "json": ("check 2024.json --json", "render 2024.json", "render 2024.json --draft --html --data",
             "compare 2024.json good.json", "new 2025 --from 2024.json -o new",
             "check good.json --previous 2024.json", "check 2024.json --report r.html --report r.sarif"),
    "csv": ("check 2024 --json", "render 2024", "render 2024 --draft", "new 2025 --from 2024 -o new",
            "check 2024 --report r.html --report r.xlsx", "compare 2024 good.json"),
    "xlsx": ("check 2024.xlsx --json", "render 2024.xlsx", "render 2024.xlsx --draft",
             "check 2024.xlsx --report r.xlsx", "new 2025 --from 2024.xlsx --xlsx -o new"),
    "roster": ("check good.json --roster 名单.csv --json",),
    "roster.xlsx": ("check good.json --roster 名单.xlsx",),
    "record": ("verify outputs/good.docx", "render good.json", "seal-form outputs/good.docx -o s.docx"),
    "docx": ("verify outputs/good.docx", "page outputs/good.docx", "seal-form outputs/good.docx -o s.docx",
             "verify outputs/good.docx --json"),
    "template": ("template check t.docx --form disclosure-2021", "render good.json --template t.docx"),
}  # fmt: skip

#: What is put in somewhere: each has broken some program.
_TRICKY = (
    "", "0", "-1", "1e3", "1E400", "NaN", "12345678901234567890", "0.30000000000000004", "１２", "null", "true",
    "[]", "{}", '"', "'", "\\", "\\ud800", "\\u0000", "\n", "\r", "\t", "\0", "\x1b[31m", "\u200b", "\u202e",
    "\ufeff", "\ufffe", "\ue000", "{{", "}}", "{{ 本年新收 }}", "{% if 1 %}", "{{ 7*7 }}", "=1+1", "&#0;",
    "&#xD800;", "<", ">", "]]>", "<!--", "<![CDATA[", "甲" * 300, "9" * 400, "a" * 5000, "[" * 70, "é", "e\u0301",
    "ヌ猠马チ現┎", "鏀垮簻淇℃伅鍏紑", "../../x", "CON", "2024年2月30日", "-" * 50, ",", ";", "|", "xmlns:a", "%s", "𠅤",
)  # fmt: skip
_BYTES = (b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\x80", b"PK\3\4", b"\xed\xa0\x80", b"\x81\x30\x81\x30")
#: What a file already broken raises where its parts are to be spoilt.
_TOO_BROKEN = (ValueError, RecursionError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError)
_TOKEN = re.compile(r"<[^<>]*>|\"[^\"]*\"|[\w.]+|\s+|.", re.DOTALL)


@cache
def originals() -> Mapping[str, Files]:
    """The files of each kind before they are spoilt."""
    good = (INPUTS / "2024.json").read_bytes()
    sheets = {f"2024/{path.name}": path.read_bytes() for path in sorted((INPUTS / "2024").iterdir())}
    waivers = "编号,位置,原值或原句,理由,批准人,日期\r\nE511,正文,一句,核对过,张三,2025年1月20日\r\n"
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        Path("good.json").write_bytes(good)
        run("render good.json")
        issued = {f"outputs/{path.name}": path.read_bytes() for path in Path("outputs").iterdir()}
    tree = json.loads(good)
    tree["waivers"] = [{"code": "E511", "place": "", "reason": "甲", "by": "乙", "date": "2025-01-20"}]
    roster = "机关名称,联系人\r\n乌苏市甘河子镇人民政府,张三\r\n另一个镇人民政府,李四\r\n"
    return {
        "json": {"2024.json": json.dumps(tree, ensure_ascii=False, indent=1).encode()},
        "csv": {**sheets, "2024/豁免.csv": waivers.encode()},
        "xlsx": {"2024.xlsx": (INPUTS / "2024.xlsx").read_bytes()},
        "roster": {"名单.csv": roster.encode("gb18030")},
        "roster.xlsx": {"名单.xlsx": (INPUTS / "2024.xlsx").read_bytes()},
        "record": issued,
        "docx": issued,
        "template": {"t.docx": (PROJECT / "templates" / "report_template.docx").read_bytes()},
    }


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
    piece = random.choice((b"", data[start:end] * 2, random.choice(_BYTES), random.choice(_TRICKY).encode()))
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
    encoding = random.choice(("utf-8",) * 6 + ("gb18030", "big5", "utf-16", "utf-16-le", "shift_jis"))
    return "".join(tokens).encode(encoding, "ignore")


def _tree(data: bytes, random: Random) -> bytes:
    """A member of a JSON goes, changes its key or becomes something else."""
    tree = json.loads(data)
    held, key = random.choice(list(_members(tree)) or [(tree, "")])
    value: Any = random.choice(_TRICKY)
    values = (value, [value], {value: value}, 2**70, -0.5, None, True, [[]] * 20, held)
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
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
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


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts, as another program would write it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def run(command: str) -> tuple[int, str]:
    """Run a command of docgen in this process: its exit code and all that it said."""
    said, before = io.StringIO(), sys.argv
    sys.argv = ["docgen", *command.split()]
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            docgen_main()
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0
        return code, said.getvalue()
    finally:
        sys.argv = before
    raise AssertionError("docgen did not exit")


def faults(files: Files, command: str) -> Iterator[str]:
    """What a run of this command beside these files does that no run may do."""
    good = (INPUTS / "2024.json").read_bytes()
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        for path, data in {**files, "good.json": good}.items():
            Path(path).parent.mkdir(exist_ok=True)
            Path(path).write_bytes(data)
        before = _held()
        started = time.process_time()
        code, said = run(command)
        if (taken := time.process_time() - started) > _SLOW:
            yield f"took {taken:.0f} s"
        after = _held()
        if code not in CODES:
            yield f"exit code {code}: {re.findall('X70.*', said)[:1]}"
        if "Traceback" in said:
            yield "a traceback"
        if [path for path in before if before[path] != after.get(path) and path in _inputs(files)]:
            yield "an input changed"
        if code and "--draft" not in command and "--report" not in command and {*after} - {*before}:
            yield f"exit code {code}, but it wrote {sorted({*after} - {*before})}"


def _inputs(files: Files) -> set[str]:
    return {name for name in files if not name.startswith("outputs/")} | {"good.json"}


def _held() -> Files:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


#: A figure as an office may write it, or what is none.
_WRITTEN = (
    "5", "0", "12", "007", "1,234", "１２", "12.0", "2.5", "-3", "", "无", "1e3", "12345678901234567", " 8 ", "8件",
    "0.1", "1.10", "99999999999999.99", "0.123456789012345678", "=1+1", "二", "1 2", "1,23", "1.", ".5", "+7", "0x10",
)  # fmt: skip


def changed_figure(random: Random) -> Iterator[str]:
    """A figure written in another way is read as what it says, or there is a finding at its cell."""
    tree = json.loads((INPUTS / "2024.json").read_bytes())
    rows = [(t, r) for t, of_table in tree["figures"].items() for r in of_table]
    table, row = random.choice(rows)
    column = random.choice([*tree["figures"][table][row]])
    written = random.choice(_WRITTEN) if random.random() < 0.7 else str(random.randrange(10**6))
    tree["figures"][table][row][column] = "@"
    raw = written if re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", written) and random.random() < 0.5 else f'"{written}"'
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "2024.json")
        path.write_text(json.dumps(tree, ensure_ascii=False).replace('"@"', raw), encoding="utf-8")
        reading = read_report(path)
    address = f"{table}.{row}.{column}"
    read = reading.report.figures.get(address)
    told = any(place.address.endswith(address) for f in reading.findings for place in f.places)
    if not told and (read is None or str(Decimal(read)) != written.strip()):
        yield f"{address}: {raw} was read as {read}"


def main() -> None:
    """Spoil and run until the time is over; the exit code is 1 where something broke."""
    seconds = float(sys.argv[1]) if sys.argv[1:] else 60
    seed = int(sys.argv[2]) if sys.argv[2:] else 0
    end, broken, runs = time.monotonic() + seconds, 0, 0
    signal.signal(signal.SIGALRM, _late)
    kinds = itertools.cycle(VERBS)
    while time.monotonic() < end:
        random = Random(f"{seed} {runs}")
        kind = next(kinds)
        files, command = spoil(kind, random), random.choice(VERBS[kind])
        signal.alarm(3 * _SLOW)
        try:
            found = [*faults(files, command), *changed_figure(random)]
        except TimeoutError:
            found = ["does not end"]
        signal.alarm(0)
        runs += 1
        if found:
            broken += 1
            place = Path("fuzz-found", f"{seed}-{runs}")
            for name, data in {**files, "command": f"docgen {command}\n{found}\n".encode()}.items():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                (place / name).write_bytes(data)
            print(f"{place}: docgen {command}: {found}", flush=True)
    print(f"{runs} runs, {broken} broke")
    sys.exit(1 if broken else 0)


def _late(_number: int, _frame: object) -> None:
    raise TimeoutError


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
