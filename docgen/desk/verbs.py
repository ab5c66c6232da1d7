"""docgen's own commands, run for the buttons of a page: the same program, the same words."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen.desk.folder import DeskFolder

#: Seconds after which a command that makes one report's files has hung.
_TIMEOUT = 300


class Verb(NamedTuple):
    """A button: what it says, and the words of the command it runs for a draft."""

    name: str
    words: Callable[[DeskFolder, Path], Sequence[str]]


class VerbResult(NamedTuple):
    """What came of a command: done or not, and what it said."""

    name: str
    is_done: bool
    said: Sequence[str]


def document_of(folder: DeskFolder, draft: Path) -> str:
    """Return the document made of a draft: the issued one, else the one to be looked at."""
    made = [one for one in folder.outputs_of(draft) if one.suffix == ".docx"]
    issued = [one for one in made if not one.name.endswith(".草稿.docx")]
    return str(next(iter(issued or made), folder.outputs / f"{draft.stem}.docx"))


def _previous(folder: DeskFolder) -> Sequence[str]:
    return ["--previous", str(folder.previous)] if folder.previous else []


VERBS = {
    "draft": Verb("出送审稿", lambda folder, draft: [
        "render", str(draft), "--draft", "-o", str(folder.outputs), *_previous(folder)]),
    "issue": Verb("正式出文件", lambda folder, draft: [
        "render", str(draft), "-o", str(folder.outputs), "--html", "--data", *_previous(folder)]),
    "proof": Verb("出校样（PDF）", lambda folder, draft: [
        "render", str(draft), "-o", str(folder.outputs), "--html", "--data", "--pdf", "--png",
        *_previous(folder)]),
    "seal-form": Verb("出用印审批单", lambda folder, draft: [
        "seal-form", document_of(folder, draft)]),
    "verify": Verb("核验文件", lambda folder, draft: [
        "verify", document_of(folder, draft), "--input", str(draft), *_previous(folder)]),
}  # fmt: skip


def run_verb(verb: Verb, folder: DeskFolder, draft: Path) -> VerbResult:
    """Run a command in the folder of work, and wait for it."""
    done, said = run_docgen(verb.words(folder, draft), folder.root)
    return VerbResult(verb.name, done, said)


def run_docgen(words: Sequence[str], folder: Path) -> tuple[bool, list[str]]:
    """Run a command of docgen; return whether it did what was asked, and the lines it said."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1", "COLUMNS": "100"}
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "docgen", *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_TIMEOUT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False, [f"{_TIMEOUT} 秒没有做完，已经停下。"]

    said = ran.stdout.decode("utf-8", "replace").splitlines()
    return ran.returncode == 0, said
