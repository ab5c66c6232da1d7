"""Labels: recognised whatever their width, spacing and punctuation, never by position."""

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from docgen.finding import Rule
from docgen.forms.table import Path
from docgen.read.entry import Entry

LABEL_VARIANT = Rule(
    code="R211",
    name="行列名称与表式不同",
    severity="note",
    needs=("sheets",),
    message="“{label}”按“{official}”读",
    why="名称与表式略有出入，但认得出是哪一行哪一列。",
    example="“检查的次数”按“四、检查次数”读。",
    cure="可改用表式的名称；不改也能读。",
)

# match: 一、年度工作, （一）检查次数, 3.其他; not 其他.
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[0-9]+\.)")
_LONGEST = 200  # characters of a row's label with its groups
_TELLING = 5  # characters that make a label tell by itself which row it is


@lru_cache(maxsize=1024)  # a form has some hundred labels, met again and again in every sheet
def normal(text: str) -> str:
    """Reduce a label to letters and digits: `（一） 检查次数` and `(一)检查次数` are one."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).lower()


def label_in(entry: Entry) -> str:
    """Return the label in a cell, made `normal`; blank for figures and for long texts."""
    value = entry.value
    return normal(value) if isinstance(value, str) and len(value) <= _LONGEST else ""


def unnumbered(text: str) -> str:
    """Return a label without its number; a short one needs it (`3.其他`, `（七）总计`)."""
    bare = _NUMBER.sub("", text)
    return bare if len(bare) >= _TELLING else text


def same_print(one: str, other: str) -> bool:
    """Whether two labels are the same but for white space."""
    return "".join(one.split()) == "".join(other.split())


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Return the known label that looks most like this one, if any does."""
    options = {normal(label): label for label in known}
    close = difflib.get_close_matches(normal(text), options, n=1, cutoff=0.5)
    return options[close[0]] if close else None


def nearest_hint(text: str, known: Iterable[str]) -> str:
    """Return the nearest known label as the tail of a message."""
    found = nearest(text, known)
    return f"；最接近的是“{found}”" if found else ""


Target = TypeVar("Target")


class Matcher(Generic[Target]):
    """Finds which row or column a stack of labels means.

    A label may stand alone, with any of the group labels above it in cells of their own, or
    joined to them in one cell.
    """

    def __init__(self, targets: Iterable[tuple[Target, Path]]) -> None:
        self.paths = list(targets)
        self._spellings: dict[str, list[tuple[Target, Path]]] = {}
        for target, path in self.paths:
            for spelling in _spellings(path):
                self._spellings.setdefault(spelling, []).append((target, path))

    def find(self, labels: Sequence[str], context: Iterable[str] = ()) -> Target | None:
        """Return the one target these labels mean; `context` are the group labels in force."""
        for start in (0, len(labels) - 1):
            found = self._spellings.get("".join(normal(label) for label in labels[start:]), [])
            if len(found) > 1:
                around = {normal(label) for label in (*context, *labels)}
                found = [match for match in found if _stands_under(match[1], around)]
            if len(found) == 1:
                return found[0][0]

        return None


def _spellings(path: Path) -> set[str]:
    *groups, leaf = path
    return {
        "".join((*above, last))
        for count in range(len(groups) + 1)
        for chosen in itertools.combinations(groups, count)
        for above in itertools.product(*([normal(x) for x in g.labels] for g in chosen))
        for label in leaf.labels
        for last in (normal(label), normal(unnumbered(label)))
    }


def _stands_under(path: Path, around: set[str]) -> bool:
    """Whether every group of a path is among the labels around it."""
    return all(any(normal(label) in around for label in group.labels) for group in path[:-1])
