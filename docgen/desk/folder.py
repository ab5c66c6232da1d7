"""The folder of work: `inputs` with drafts, `outputs` with what was made, and what else lies there.

A request names a thing by a digest of where it lies, and gets only what is listed now: no path
comes from outside.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request

from docgen import files
from docgen.files.inputs import find_inputs, is_archive, is_kept, output_stem

_DIGITS = 12
#: Kinds of file that may be looked at or fetched from `outputs`.
_SHOWN = (".docx", ".pdf", ".png", ".html", ".csv", ".json", ".xlsx", ".txt")


def name_of(path: Path) -> str:
    """Return what a request calls this path: the same each time, telling nothing of it."""
    return files.sha256(str(path.absolute()).encode())[:_DIGITS]


@dataclass(frozen=True)
class DeskFolder:
    """The folder that the desk works in."""

    root: Path

    @property
    def inputs(self) -> Path:
        return self.root / "inputs"

    @property
    def outputs(self) -> Path:
        return self.root / "outputs"

    @property
    def received(self) -> Path:
        return self.root / "收件"

    @property
    def results(self) -> Path:
        return self.root / "结果"

    @property
    def roster(self) -> Path | None:
        """The roster, if one lies there."""
        found = (self.root / f"名单{suffix}" for suffix in (".xlsx", ".csv", ".xls", ".et"))
        return next((path for path in found if path.is_file()), None)

    @property
    def last_year(self) -> Path:
        return self.root / "上年"

    @property
    def previous(self) -> Path | None:
        """The folder of last year's reports, if any lies there."""
        return self.last_year if is_archive(self.last_year) else None

    def list_drafts(self) -> list[Path]:
        """Return the inputs in the folder, by name; what docgen kept of earlier ones is none."""
        found = find_inputs([self.inputs]) if self.inputs.is_dir() else []
        return [path for path in found if path != self.inputs and not is_kept(path.name)]

    def free_place(self, folder: Path, name: str, data: bytes) -> Path:
        """Return where a file that was dropped goes: beside what else has its name.

        The same file once more goes where it lies already.
        """
        clean = safe_name(name)
        stem, suffix = Path(clean).stem, Path(clean).suffix
        for number in count(1):
            path = folder / (clean if number == 1 else f"{stem} ({number}){suffix}")
            if not path.exists() or files.regular_bytes(path, files.LIMIT) == data:
                return path
        raise AssertionError  # numbers never end

    def outputs_of(self, draft: Path) -> list[Path]:
        """Return what was made of a draft, the issued document first."""
        stem = output_stem(draft.name)
        made = [
            path
            for path in (sorted(self.outputs.iterdir()) if self.outputs.is_dir() else ())
            if path.name.startswith(f"{stem}.") or path.name.startswith(f"{stem}-")
        ]
        shown = [path for path in made if path.suffix.lower() in _SHOWN and path.is_file()]
        return [path for path in shown if not path.name.endswith(".package.json")]

    def find_output(self, draft: Path, name: str) -> Path | None:
        """Return a file made of a draft that a request names."""
        return named(name, self.outputs_of(draft))


def has_issued(folder: DeskFolder, draft: Path) -> bool:
    """Whether a document was issued of a draft: one to be looked at does not count."""
    made = (one.name for one in folder.outputs_of(draft))
    return any(n.endswith(".docx") and not n.endswith(NOT_ISSUED) for n in made)


#: How the names of documents end that are no issued report.
NOT_ISSUED = (".草稿.docx", ".用印审批单.docx")

# match each: / \\ : * ? " < > | and control characters; not 甲镇2024（定稿）.docx
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_LONGEST_NAME = 80


def safe_name(name: str) -> str:
    """Return a name for a dropped file that is a plain name on every system."""
    last = re.split(r"[/\\]", name)[-1]
    bare = "".join(one for one in last if not unicodedata.category(one).startswith("C"))
    clean = _NOT_IN_NAMES.sub("", bare).strip(" .") or "文件"
    stem, suffix = Path(clean).stem, Path(clean).suffix
    return f"{stem[:_LONGEST_NAME]}{suffix[:8]}"


def named(name: str, paths: Iterable[Path]) -> Path | None:
    """Return the path that a request names, of those that it may have."""
    return next((path for path in paths if name_of(path) == name), None)


def find_draft(request: Request) -> Path:
    """Return the draft that a request names. Raise HTTPException if there is none."""
    folder: DeskFolder = request.app.state.folder
    path = named(request.path_params["name"], folder.list_drafts())
    if path is None:
        raise HTTPException(404, "没有这一份：可能移走或改名了，请回到首页看。")
    return path
