"""Every code by its cases, through the front door: what `docgen explain CODE` warns of happens.

`tests/cases/CODE/fail*.json` is reported, `pass*.json` is not; docs/reference/rules.md prints both.

    about   the case in a line, for the page
    files   name → how it is made, in this order
    before  what was done already, if anything: commands of docgen; `rm` with a folder
    run     the command; `env` what the environment holds beside, `stdout` the file that takes the
            result, `removed` that the folder it runs in is gone
    exit    its exit code
    says    of a failing case: what the message holds

A file is `text` (`times` over, in an `encoding`), `hex`, a `folder` or a `link`; or it comes
`from` the project, where `outputs` holds what `docgen render inputs/2024.json` writes. Then it is
made `executable` or edited:

    set, add, drop   a JSON: path → value; what to put at the end of a list; paths
    cells            a CSV folder or workbook: `表二 申请办理!D4` → value, or a list to the right
    parts            a DOCX, workbook or folder: name → [pattern, new] pairs, each found; a part
                     that is not there is empty
    remove           a folder: names

A case with a `docgen` of its own, a copy with something broken, runs as a process by itself.
"""

import csv
import io
import json
import re
import shlex
import shutil
import sys
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from door import PROJECT, Docgen, Run, spawn
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from packaging.version import Version
from processes import finish, one_at_a_time
from proofs import needs_office

from docgen import __version__, office
from docgen.codes import ALIASES, CODES
from docgen.registry import every_rule, find_rule

RULES = {rule.code: rule for rule in every_rule()}

CASES = PROJECT / "tests" / "cases"
PATHS = sorted(CASES.glob("*/*.json"))
_FINDING = re.compile(r"^(?:错误|警告|提示)(?:（已豁免）)? ([A-Z]\d{3}) ", re.MULTILINE)
Spec = dict[str, Any]

#: What each case did: cases that differ only in the code they look for are run once.
_done: dict[str, Run] = {}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Where a name of the project stands; `outputs` is made once."""
    folder = tmp_path_factory.mktemp("project")

    def place(name: str) -> Path:
        if not name.startswith("outputs"):
            return PROJECT / name
        if not (folder / "outputs").exists():
            assert spawn("render", PROJECT / "inputs" / "2024.json", cwd=folder).returncode == 0
        return folder / name

    return place


def _marks(path: Path) -> list[pytest.MarkDecorator]:
    """What a case needs: LibreOffice; a cluster; a docgen of its own."""
    text = path.read_text(encoding="utf-8")
    proves, counts = (
        re.search(words, text) for words in ("docgen proof|--pdf", "docgen seal-form")
    )
    clusters, brings = "--cluster" in text, '"from": "docgen"' in text
    marks = [pytest.mark.slow] if proves or counts or clusters or brings else []
    return [*marks, needs_office] if proves else marks


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path,
            id=f"{path.parent.name}/{path.stem}",
            marks=_marks(path),
        )
        for path in PATHS
    ],
)
def test_case(
    path: Path,
    docgen: Docgen,
    folder: Path,
    project: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The code is reported with its words, or it is not; the exit code is the one told."""
    case = json.loads(path.read_text(encoding="utf-8"))
    code, fails = path.parent.name, path.stem.startswith("fail")
    key = json.dumps({**case, "about": "", "says": ""})
    if key not in _done:
        for name, spec in case.get("files", {}).items():
            make(folder / name, spec, project)
        for name, *words in map(shlex.split, case.get("before", ())):
            shutil.rmtree(folder / words[0]) if name == "rm" else docgen(*words)
        with one_at_a_time() if "--cluster" in case["run"] else nullcontext():
            _done[key] = _run(case, docgen, folder, monkeypatch)
    run = _done[key]
    found = reported(run)
    assert "Traceback" not in run.err
    assert (code in found, run.code) == (fails, case["exit"]), run.err
    assert not fails or case["says"] in found[code]


def _run(case: Spec, docgen: Docgen, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command of a case, in a process of its own where it brings its own docgen."""
    name, *words = shlex.split(case["run"])
    assert name == "docgen"
    env = {
        key: value.replace("{folder}", str(folder)) for key, value in case.get("env", {}).items()
    }
    env |= {"REAL_OFFICE": str(office.find_office())} if env else {}
    if (folder / "docgen").exists():
        done = spawn(*words, cwd=folder, PYTHONPATH=str(folder), **env)
        return Run(done.returncode, done.stdout, done.stderr)
    if {"stdout", "removed"} & {*case}:
        return _run_in_shell(case, words, folder)
    for key, value in env.items():
        monkeypatch.setenv(key, value)
    return docgen(*words)


def _run_in_shell(case: Spec, words: list[str], folder: Path) -> Run:
    """Run where the result goes to a file, or from a folder that is gone."""
    gone = "mkdir gone && cd gone && rmdir ../gone && " if case.get("removed") else ""
    command = shlex.join([sys.executable, "-m", "docgen", *words])
    line = f"{gone}exec {command} > {case.get('stdout', '/dev/null')}"
    done = finish(["sh", "-c", line], cwd=folder)
    return Run(done.returncode, done.stdout, done.stderr)


def reported(run: Run) -> dict[str, str]:
    """All that is said of each code, as a clerk sees it."""
    _, *pieces = _FINDING.split(run.err)
    said: dict[str, str] = {}
    for code, text in zip(pieces[::2], pieces[1::2], strict=True):
        said[code] = said.get(code, "") + text
    return said


def make(path: Path, spec: Spec, project: Callable[[str], Path]) -> None:
    """Make one file or folder of a case."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if "folder" in spec:
        path.mkdir()
    elif "link" in spec:
        path.symlink_to(spec["link"])
    elif "text" in spec:
        path.write_text(spec["text"] * spec.get("times", 1), spec.get("encoding", "utf-8"))
    elif "hex" in spec:
        path.write_bytes(bytes.fromhex(spec["hex"]))
    else:
        source = project(spec["from"])
        if source.is_dir():
            shutil.copytree(source, path, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, path)
    if spec.get("executable"):
        path.chmod(0o755)
    _edit(path, spec)


def _edit(path: Path, spec: Spec) -> None:
    if {"set", "add", "drop"} & {*spec}:
        _edit_json(path, spec)
    for name in spec.get("remove", ()):
        (path / name).unlink()
    if "cells" in spec:
        (_edit_folder if path.is_dir() else _edit_workbook)(path, spec["cells"])
    if "parts" in spec:
        (_edit_files if path.is_dir() else _edit_package)(path, spec["parts"])


def _edit_json(path: Path, spec: Spec) -> None:
    tree = json.loads(path.read_bytes())

    def above(address: str) -> tuple[Any, Any]:
        *keys, last = address.split(".")
        here = tree
        for key in keys:
            here = here[int(key) if isinstance(here, list) else key]
        return here, int(last) if isinstance(here, list) else last

    for address, value in spec.get("set", {}).items():
        here, last = above(address)
        here[last] = value
    for address, value in spec.get("add", {}).items():
        here, last = above(address)
        here[last] += value if isinstance(value, list) else [value]
    for address in spec.get("drop", ()):
        here, last = above(address)
        del here[last]
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")


def _edit_folder(path: Path, cells: dict[str, str | list[str]]) -> None:
    for place, value in cells.items():
        sheet, column, row = _place(place)
        file = path / f"{sheet}.csv"
        text = file.read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        rows += [[] for _ in range(row - len(rows))]
        values = value if isinstance(value, list) else [value]
        line = rows[row - 1]
        line += [""] * (column - 1 + len(values) - len(line))
        line[column - 1 : column - 1 + len(values)] = values
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)


def _edit_workbook(path: Path, cells: dict[str, str]) -> None:
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, column, row = _place(place)
        book[sheet].cell(row, column).value = value
    book.save(path)


def _place(place: str) -> tuple[str, int, int]:
    """`表二 申请办理!D4`: the sheet, the column from 1, the row from 1."""
    sheet, _, cell = place.partition("!")
    letters, row = coordinate_from_string(cell)
    return sheet, column_index_from_string(letters), row


def _edit_package(path: Path, parts: dict[str, list[list[str]]]) -> None:
    """Edit parts and zip them again, as another program would."""
    with zipfile.ZipFile(path) as package:
        held = {name: package.read(name) for name in package.namelist()}
    for name, changes in parts.items():
        held[name] = _changed(held.get(name, b"").decode(), changes).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in held.items():
            package.writestr(name, data)


def _edit_files(path: Path, parts: dict[str, list[list[str]]]) -> None:
    for name, changes in parts.items():
        text = (path / name).read_text(encoding="utf-8")
        (path / name).write_text(_changed(text, changes), encoding="utf-8")


def _changed(text: str, changes: list[list[str]]) -> str:
    for pattern, new in changes:
        text, count = re.subn(pattern, new, text, flags=re.DOTALL)
        assert count, pattern
    return text


def test_every_code_has_both_cases() -> None:
    """No rule without a failing and a passing case; no case for a code that is no rule's.

    A form whose codes have letters of its own has their cases in its folder.
    """
    letters = {code[0] for code in CODES}
    own = {code for code in RULES if code[0] in letters}
    assert {folder.name for folder in CASES.iterdir()} == own
    lacking = [
        f"{code}/{kind}"
        for code in own
        for kind in ("fail", "pass")
        if not [*(CASES / code).glob(f"{kind}*.json")]
    ]
    assert not lacking


def test_a_code_that_was_joined_is_no_other_rule(docgen: Docgen) -> None:
    """An alias is never a code, and `explain` answers it with what it is now."""
    assert ALIASES
    for alias, codes in ALIASES.items():
        assert alias not in RULES
        assert {*codes} <= {*RULES}
        assert find_rule(alias) is RULES[codes[0]]
        said = docgen("explain", alias.lower())
        assert said.code == 0
        assert f"{alias} 已并入 {'、'.join(codes)}" in said.out
        assert all(f"{code} {RULES[code].name}" in said.out for code in codes)


def test_since_is_true_and_stays() -> None:
    """A rule names the version that first reported it, and is never given another.

    `tests/data/since.json` holds the codes of every version before this one. When the next version
    begins, the codes of this one are added there.
    """
    earlier = json.loads((PROJECT / "tests" / "data" / "since.json").read_text(encoding="utf-8"))
    first = {code: version for version, codes in earlier.items() for code in codes}
    assert len(first) == sum(map(len, earlier.values()))

    wrong = {c: r.since for c, r in RULES.items() if r.since != first.get(c, __version__)}
    assert not wrong

    told = re.findall(r"^## (\S+)", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert told == [__version__, *reversed(earlier)]
    assert told == sorted(told, key=Version, reverse=True)


def test_cases_hold_nothing_else() -> None:
    """A misspelt key would leave out what it says."""
    keys = {"about", "files", "before", "run", "env", "stdout", "removed", "exit"}
    source = {"text", "times", "encoding", "hex", "folder", "link", "from"}
    edits = {"executable", "set", "add", "drop", "cells", "parts", "remove"}
    for path in PATHS:
        case = json.loads(path.read_text(encoding="utf-8"))
        fails = path.stem.startswith("fail")
        assert fails or path.stem.startswith("pass"), path
        assert {"about", "run", "exit"} <= {*case} <= keys | ({"says"} if fails else set()), path
        assert not fails or case["says"], path
        for spec in case.get("files", {}).values():
            assert {*spec} <= source | edits, path
