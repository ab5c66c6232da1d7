"""Every verb run on files spoilt at random: what must hold of each run."""

import contextlib
import csv
import io
import json
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from random import Random

from door import INPUTS
from fuzz_files import Files, originals
from hostile_inputs import put, zipped
from openpyxl.utils.cell import coordinate_to_tuple

from docgen.cli import main as docgen_main
from docgen.finding import Place
from docgen.forms.form import Form
from docgen.model import Places
from docgen.read import read_report

#: Sound, findings, usage, input, template, output, verify: what a file of a user can lead to.
CODES = range(7)
# ruff: noqa: E501  lists of short texts
#: What these verbs are asked to write, if anything, is a report.
_READING = ("check", "compare", "verify", "page", "template")
SLOW = 20  # seconds: a run that takes longer is at fault

#: The commands for each kind of file, run in its folder; `good.json` is a sound report.
VERBS: Mapping[str, tuple[str, ...]] = {
    "json": ("check 2024.json --json", "render 2024.json", "render 2024.json --draft --html --data",
             "compare 2024.json good.json", "new 2025 --from 2024.json -o new",
             "check good.json --previous 2024.json", "check 2024.json --report r.html --report r.json"),
    "csv": ("check 2024 --json", "render 2024", "render 2024 --draft", "new 2025 --from 2024 -o new",
            "check 2024 --report r.html --report r.xlsx", "compare 2024 good.json"),
    "xlsx": ("check 2024.xlsx --json", "render 2024.xlsx", "render 2024.xlsx --draft",
             "check 2024.xlsx --report r.xlsx", "new 2025 --from 2024.xlsx --xlsx -o new"),
    "roster": ("check good.json --roster 名单.csv --json",),
    "roster.xlsx": ("check good.json --roster 名单.xlsx",),
    "record": ("verify outputs/good.docx", "render good.json", "seal-form outputs/good.docx -o s.docx"),
    "docx": ("verify outputs/good.docx", "page outputs/good.docx", "seal-form outputs/good.docx -o s.docx",
             "verify outputs/good.docx --json"),
    "pdf": ("check 2024.pdf --json", "import 2024.pdf -o new.json", "compare 2024.pdf good.json"),
    "template": ("template check t.docx --form disclosure-2021", "render good.json --template t.docx"),
}  # fmt: skip


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
        if (taken := time.process_time() - started) > SLOW:
            yield f"took {taken:.0f} s"
        after = _held()
        if code not in CODES:
            yield f"exit code {code}: {re.findall('X70.*', said)[:1]}"
        if "Traceback" in said:
            yield "a traceback"
        if [path for path in before if before[path] != after.get(path) and path in _inputs(files)]:
            yield "an input changed"
        new = sorted({*after} - {*before})
        if (
            new
            and (code or command.startswith(_READING))
            and not re.search("--draft|--report|^import", command)
        ):
            yield f"exit code {code}, but it wrote {new}"


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
    kind = random.choice(("2024.json", "2024", "2024.xlsx"))
    form, places = _places(kind)
    address = random.choice([address for address in form.figures if address not in form.totals])
    written = random.choice(_WRITTEN) if random.random() < 0.7 else str(random.randrange(10**6))
    number = re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", written) and random.random() < 0.5
    with tempfile.TemporaryDirectory() as name:
        path = put(_WAYS[kind](places[address], written, bool(number)), Path(name))
        reading = read_report(path)
    read = reading.report.figures.get(address)
    told = any(place.address.endswith(address) for f in reading.findings for place in f.places)
    if not told and (read is None or not _same(written, Decimal(read))):
        yield f"{kind} {address}: {written!r} was read as {read}"


def _same(written: str, read: Decimal) -> bool:
    try:
        return Decimal(written.strip()) == read
    except InvalidOperation:
        return False


@cache
def _places(kind: str) -> tuple[Form, Places]:
    reading = read_report(INPUTS / kind)
    return reading.form, reading.places


def _in_json(place: Place, written: str, number: bool) -> Files:
    tree = json.loads((INPUTS / "2024.json").read_bytes())
    table, row, column = place.address.split(".")
    tree["figures"][table][row][column] = "@"
    raw = written if number else json.dumps(written)
    return {"2024.json": json.dumps(tree, ensure_ascii=False).replace('"@"', raw).encode()}


def _in_csv(place: Place, written: str, _number: bool) -> Files:
    files = dict(originals()["csv"])
    rows = list(csv.reader(io.StringIO(files[place.file].decode("utf-8-sig"), newline="")))
    row, column = coordinate_to_tuple(place.cell)
    rows[row - 1][column - 1] = written
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return files | {place.file: stream.getvalue().encode("utf-8-sig")}


def _in_workbook(place: Place, written: str, number: bool) -> Files:
    with zipfile.ZipFile(INPUTS / "2024.xlsx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    titles = re.findall('<sheet [^>]*name="([^"]*)"', parts["xl/workbook.xml"].decode())
    name = f"xl/worksheets/sheet{titles.index(place.sheet) + 1}.xml"
    text = f"<is><t>{written}</t></is>"
    cell = f'<c r="{place.cell}"' + (f"><v>{written}</v>" if number else f' t="inlineStr">{text}')
    old = re.compile(f'<c r="{place.cell}"[^>]*>.*?(?=</c>)')
    parts[name] = old.sub(lambda _: cell, parts[name].decode(), count=1).encode()
    return {"2024.xlsx": zipped(parts)}


_WAYS = {"2024.json": _in_json, "2024": _in_csv, "2024.xlsx": _in_workbook}
