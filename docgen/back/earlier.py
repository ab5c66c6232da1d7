"""A copy of an earlier issue: what was changed since by others is not its reader's change.

Two leaders get copies of one issue. The first one's changes are taken over and issued; where the
second one's copy says what the issue before said, he changed nothing there.
"""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen import files
from docgen.files import ooxml
from docgen.files.inputs import is_kept, kept_beside
from docgen.issuing.edits import Edit, KnownBlock, compare_bodies
from docgen.issuing.record import Target
from docgen.word.revisions import read_returned

#: More earlier issues than this, or paragraphs longer than this, are not compared.
_MOST_KEPT, _LONGEST = 20, 2000
_TEXT_KINDS = ("changed", "removed")


class Based(NamedTuple):
    """What a returned document was made from, beside the issue that stands.

    `document` is the earlier issue, if it is that; `stale` are the places that say what that one
    said, `clashes` those that were changed since, and by this reader otherwise.
    """

    document: Path | None = None
    stale: tuple[Edit, ...] = ()
    clashes: tuple[Edit, ...] = ()

    def is_stale(self, edit: Edit) -> bool:
        """Return whether a place says what the earlier issue said; of it the newer one stands."""
        return any((edit.address, edit.after) == (one.address, one.after) for one in self.stale)


def kept_issues(target: Target) -> list[Path]:
    """Return the issues that were kept when changes of a copy were taken over."""
    head = f"{_kept_name(target).stem}."
    folder = target.folder
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [one for one in inside if one.name.startswith(head) and is_kept(one.name)]
    return found[-_MOST_KEPT:]


def keep_issue(target: Target, document: bytes) -> dict[Path, bytes]:
    """Return where to keep an issue that another will take the place of; nothing if it is kept."""
    if any(files.regular_bytes(one, files.LIMIT) == document for one in kept_issues(target)):
        return {}
    return {kept_beside(_kept_name(target)): document}


def _kept_name(target: Target) -> Path:
    """Return the name that is kept: `2024.签发.docx` becomes `2024.签发.改前.docx`."""
    return target.document.with_name(f"{target.stem}.签发{target.document.suffix}")


def find_base(
    target: Target, known: Sequence[KnownBlock], issued: bytes, edits: Sequence[Edit]
) -> Based:
    """Return which issue a returned document was made from: the one that it is most like."""
    best, least = Based(), _distance(edits, ())
    for path in kept_issues(target):
        data = files.regular_bytes(path, files.LIMIT)
        if not edits or data is None or data == issued:
            continue
        try:
            body = read_returned(ooxml.read_parts(data)).body
            old = compare_bodies(known, body).edits
        except (ooxml.NotPackage, ValueError):
            continue

        distance = _distance(edits, old)
        if distance < least:
            best, least = Based(path, *_split(edits, old)), distance

    return best


def _split(edits: Sequence[Edit], old: Sequence[Edit]) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """Return the edits that say what the earlier issue said, and those that clash with it."""
    stale = tuple(one for one in edits if any(_is_same(one, other) for other in old))
    clashes = tuple(
        one for one in edits if one not in stale and any(_clash(one, other) for other in old)
    )
    return stale, clashes


def _is_same(one: Edit, other: Edit) -> bool:
    return one[:4] == other[:4]


def _clash(one: Edit, other: Edit) -> bool:
    """Return whether two edits are of one place, or put something in after the same one."""
    if not one.address or one.address != other.address:
        return False
    return one.kind == other.kind or (one.kind in _TEXT_KINDS and other.kind in _TEXT_KINDS)


def _distance(edits: Sequence[Edit], old: Sequence[Edit]) -> float:
    """Return in how many values a returned document is other than an earlier issue.

    A paragraph that is other counts by as much of it as is other.
    """
    return sum(_unlike_values(edits, old)) + len(_moves(edits) ^ _moves(old))


def _moves(edits: Sequence[Edit]) -> set[tuple[str, str, str, str]]:
    return {(one.kind, one.address, one.before, one.after) for one in edits
            if one.kind != "changed"}  # fmt: skip


def _unlike_values(edits: Sequence[Edit], old: Sequence[Edit]) -> Iterator[float]:
    one, other = (
        {(edit.address, edit.where): edit for edit in each if edit.kind == "changed"}
        for each in (edits, old)
    )
    for key in one.keys() | other.keys():
        before = (one.get(key) or other[key]).before
        now = one[key].after if key in one else before
        was = other[key].after if key in other else before
        if now != was:
            yield _unlikeness(now, was) if key[0].section else 1.0


def _unlikeness(one: str, other: str) -> float:
    if max(len(one), len(other)) > _LONGEST:
        return 1.0
    return 1 - difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
