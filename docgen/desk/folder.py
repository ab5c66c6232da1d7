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
from docgen.issuing.at_hand import fits
from docgen.issuing.record import (
    DOCUMENT,
    RECORD,
    Record,
    Target,
    is_beside,
    load_record,
    target_of,
)
from docgen.issuing.reissue import superseded_by

_DIGITS = 12
#: How the name of a seal form goes on after that of its report.
SEAL_FORM = ".用印审批单.docx"


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
    def previews(self) -> Path:
        """Where pages are drawn only to be looked at: nobody is sent what lies there."""
        return self.root / "预览"

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

    def target_of(self, draft: Path, *, is_draft: bool = False) -> Target:
        """Return where the document of a draft stands: the issued one, or the one for review."""
        return target_of(draft.name, self.outputs, draft=is_draft)

    def record_of(self, draft: Path) -> Record | None:
        """Return the record of what was issued of a draft; None if nothing was."""
        return issued_record(self.target_of(draft))

    def outputs_of(self, draft: Path) -> list[Path]:
        """Return what was made of a draft and stands now, the issued document first."""
        issued, review = self.target_of(draft), self.target_of(draft, is_draft=True)
        has_record = self.record_of(draft) is not None
        made: list[Path] = []
        for path in _files_in(self.outputs):
            suffix = issued.suffix(path.name)
            is_own = suffix == DOCUMENT and has_record
            is_review = (end := review.suffix(path.name)) == DOCUMENT or is_beside(end)
            if is_own or is_review or is_beside(suffix) or suffix == SEAL_FORM:
                made.append(path)

        return sorted(made, key=lambda path: (path != issued.document, path.name))

    def earlier_of(self, draft: Path) -> list[Path]:
        """Return the documents of a draft that others took the place of: kept to be looked up."""
        stem = output_stem(draft.name)
        own = (one for one in _files_in(self.outputs) if one.name.startswith(f"{stem}."))
        return [one for one in own if one.suffix == DOCUMENT and is_earlier(one)]

    def previews_of(self, draft: Path) -> list[Path]:
        """Return the pages that were drawn of a draft only to be looked at."""
        target = target_of(draft.name, self.previews, draft=True)
        return [path for path in _files_in(self.previews)
                if path.suffix == ".png" and is_beside(target.suffix(path.name))]  # fmt: skip

    def find_output(self, draft: Path, name: str) -> Path | None:
        """Return a file made of a draft that a request names."""
        made = (self.outputs_of(draft), self.earlier_of(draft), self.previews_of(draft))
        return named(name, (path for some in made for path in some))

    def list_issued(self) -> list[Target]:
        """Return all that was issued and stands in `outputs`, whatever draft it is of."""
        records = (one for one in _files_in(self.outputs) if one.name.endswith(RECORD))
        found = (Target(one.parent, one.name.removesuffix(RECORD)) for one in records)
        return [one for one in found if issued_record(one) is not None]


def _files_in(folder: Path) -> list[Path]:
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in inside if path.is_file()]


def is_earlier(path: Path) -> bool:
    """Whether a document stands no more: another one took its place, and it was kept."""
    return is_kept(path.name) or superseded_by(Target(path.parent, path.stem)) is not None


def issued_record(target: Target) -> Record | None:
    """Return the record of a document that was issued; None for a draft, or without a record."""
    record = load_record(target.record)
    return record if record is not None and record.issued else None


def has_issued(folder: DeskFolder, draft: Path) -> bool:
    """Whether a document was issued of a draft: one to be looked at does not count."""
    return folder.record_of(draft) is not None and folder.target_of(draft).document.is_file()


def is_outdated(folder: DeskFolder, draft: Path) -> bool:
    """Whether a draft was changed after its document was issued."""
    record = folder.record_of(draft)
    return record is not None and not fits(draft, record)


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
