"""docgen's own commands, run for the buttons of a page: the same program, the same words."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.back.earlier import keep_issue
from docgen.desk.draft import check_draft
from docgen.desk.folder import DeskFolder
from docgen.desk.task import Halted, Task
from docgen.desk.told import ToldFinding, for_desk, tell_finding, tell_outcome
from docgen.issuing.record import Record, Target, load_record

#: Seconds after which a command that makes one report's files has hung.
_TIMEOUT = 300
_STEP = 0.1  # seconds between two looks whether the work is to be stopped


class Verb(NamedTuple):
    """A button: what it says, what it tells when done, the words of its command for a draft."""

    name: str
    done: str
    words: Callable[[DeskFolder, Path], Sequence[str]]
    is_long: bool = False  # LibreOffice is started: it runs beside and can be stopped
    shows_pages: bool = False
    else_done: str = ""  # what it tells where it made something of a report that is not sound


class VerbResult(NamedTuple):
    """What came of a command: done or not, what it said, what it found, what it made."""

    name: str
    is_done: bool
    said: Sequence[str]
    findings: Sequence[ToldFinding] = ()
    made: Sequence[Path] = ()
    told: str = ""
    shows_pages: bool = False


def document_of(folder: DeskFolder, draft: Path) -> str:
    """Return the document made of a draft: the issued one, else the one for review."""
    issued = folder.target_of(draft)
    review = folder.target_of(draft, is_draft=True)
    is_review = folder.record_of(draft) is None and review.document.is_file()
    return within(folder, (review if is_review else issued).document)


def within(folder: DeskFolder, path: Path) -> str:
    """Return a path as it is told within the folder of work, where commands run."""
    return os.path.relpath(path, folder.root)


def _render(*more: str) -> Callable[[DeskFolder, Path], Sequence[str]]:
    def words(folder: DeskFolder, draft: Path) -> Sequence[str]:
        last = ["--previous", within(folder, folder.previous)] if folder.previous else []
        return ["render", within(folder, draft), "-o", within(folder, folder.outputs),
                "--json", *more, *last]  # fmt: skip

    return words


def _preview(folder: DeskFolder, draft: Path) -> Sequence[str]:
    """Return the words that draw the pages apart: the document that was sent round stays."""
    words = [*_render("--draft", "--png")(folder, draft)]
    words[words.index("-o") + 1] = within(folder, folder.previews)
    return words


def _of_document(command: str) -> Callable[[DeskFolder, Path], Sequence[str]]:
    """Return what makes the words of a command on the document made of a draft."""

    def words(folder: DeskFolder, draft: Path) -> Sequence[str]:
        last = ["--previous", within(folder, folder.previous)] if folder.previous else []
        return [command, document_of(folder, draft), "--input", within(folder, draft), *last]

    return words


_NOT_SOUND = "做好了一份草稿；下面这些填好、改好，才能送审、用印"

VERBS = {
    "draft": Verb("出送审稿", "可以送领导看了", _render("--draft"), else_done=_NOT_SOUND),
    "issue": Verb("正式出文件", "可以拿去用印了", _render("--html", "--data")),
    "proof": Verb(
        "出校样", "每页的样子在下面", _render("--html", "--data", "--pdf", "--png"), True, True
    ),
    "layout": Verb("看版面", "印出来就是这样", _preview, True, True, "填好的先印出来看是这样"),
    "seal-form": Verb("出用印审批单", "可以打印了", _of_document("seal-form")),
    "verify": Verb("核验", "文件和填的一样，没有人动过", _of_document("verify")),
}


def run_verb(verb: Verb, folder: DeskFolder, draft: Path, task: Task | None = None) -> VerbResult:
    """Run a command in the folder of work, and wait for it. Raise Halted where it is stopped."""
    targets = [folder.target_of(draft), folder.target_of(draft, is_draft=True)]
    before = {one: load_record(one.record) for one in targets}
    done, lines = run_docgen(verb.words(folder, draft), folder.root, task)
    _keep_replaced(before)
    told = read_told(lines)
    if told is None:
        said = list(filter(None, (in_plain_words(line, folder) for line in lines)))
        made = [path for path in folder.outputs_of(draft) if within(folder, path) in said]
        named = {within(folder, path) for path in made}
        said = [line for line in said if line not in named]
        return VerbResult(verb.name, done, said, made=made, told=verb.done if done else "")

    outputs, found = told.get("outputs"), told.get("findings")
    findings = _tell_found(folder, draft, found if isinstance(found, list) else [])
    names = {Path(str(one)).name for one in outputs} if isinstance(outputs, list) else set()
    made = folder.previews_of(draft) if verb.words is _preview else folder.outputs_of(draft)
    return VerbResult(
        verb.name,
        done,
        (),
        findings,
        [path for path in made if path.name in names],
        verb.done if done else verb.else_done if names else "",
        verb.shows_pages,
    )


def _keep_replaced(before: Mapping[Target, Record | None]) -> None:
    """Keep each document that another one took the place of: somebody may have a copy in hand.

    Of a copy that comes back, what was changed since is then no change of its reader's.
    """
    for target, record in before.items():
        now = load_record(target.record)
        if record is None or now is None or now.sha256 == record.sha256:
            continue
        try:
            kept = keep_issue(target, record.document)
        except ValueError:
            continue  # the record was damaged: it held no such document
        files.write_together(kept)


def _tell_found(folder: DeskFolder, draft: Path, found: list[object]) -> list[ToldFinding]:
    """Return what a command found: of the report as its page tells it, and what else there is."""
    outcome = check_draft(draft, folder.previous)
    own = {finding.code for finding in outcome.findings}
    more = [one for one in found if isinstance(one, dict) and one.get("code") not in own]
    told = tell_outcome(outcome, outcome.reading).findings if outcome.reading else ()
    return [*(tell_finding(one) for one in more if not one.get("waived")), *told]


def read_told(lines: Sequence[str]) -> dict[str, object] | None:
    """Return what a command told for programs; None where it told none of that."""
    for line in lines:
        if line.startswith("{"):
            try:
                told = json.loads(line)
            except ValueError:
                continue
            if isinstance(told, dict):
                return told
    return None


_CURE = "改法"
# match: “错误 X201 ” of 错误 X201 没有选项; not 错误的写法
_CODE = re.compile(r"^(错误|警告|提示) [A-Z]\d{3,4} ")


def in_plain_words(line: str, folder: DeskFolder) -> str:
    """Return a line of a command without codes, commands and where the folder of work lies."""
    told = _CODE.sub("", line).replace(f"{folder.root}{os.sep}", "").strip()
    is_cure = told.startswith(_CURE)
    return for_desk(told.removeprefix(_CURE).strip()) if is_cure else told


def _wait_for_end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()


def run_docgen(
    words: Sequence[str], folder: Path, task: Task | None = None
) -> tuple[bool, list[str]]:
    """Run a command of docgen; return whether it did what was asked, and the lines it said.

    Raise Halted if the work it belongs to is stopped.
    """
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1", "COLUMNS": "100"}
    with subprocess.Popen(
        [sys.executable, "-m", "docgen", *words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        for _ in range(int(_TIMEOUT / _STEP)):
            try:
                said, _ = process.communicate(timeout=_STEP)
                return process.returncode == 0, said.decode("utf-8", "replace").splitlines()
            except subprocess.TimeoutExpired:
                if task is not None and task.is_halted:
                    process.terminate()  # it takes its LibreOffice with it
                    _wait_for_end(process)
                    raise Halted from None
        process.kill()
        process.communicate()
    return False, [f"{_TIMEOUT} 秒没有做完，已经停下。"]
