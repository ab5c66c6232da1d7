"""Labels on a page without lines: runs of characters, one below the other, that say one.

A label may be printed over several lines, in the middle of its cell, beside others: what it says
is known from the form, and where it stands tells the row or the column it belongs to.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from docgen.forms.table import Band, Path
from docgen.read.label import normal, unnumbered
from docgen.read.published.pdf_lines import TextLine
from docgen.read.published.pdf_sight import text_of
from docgen.read.published.stream import StreamLine

#: In parts of the size of type: what parts two cells of a line; how far apart the lines of one cell
#: stand at most; how far the base line of a figure may be from those of its label.
_GAP, STEP, _BESIDE = 0.3, 1.9, 0.6
#: How much more than a step inside of a cell one between two cells is, in points.
_WIDER = 1.0

#: Labels are found in fewer steps than this; beside a row stand fewer.
_MOST_STEPS, _MOST_BESIDE = 10_000, 50


class Unproved(Exception):
    """A table that is not as the form has it; the message says in what, for people."""


class PrintedRun(NamedTuple):
    """Characters of one line that stand together: a figure, a label or a line of one."""

    text: str
    page: int
    base: float
    left: float
    right: float
    size: float

    @property
    def at(self) -> tuple[int, float]:
        """Where it comes in reading order."""
        return self.page, self.base

    def overlaps(self, left: float, right: float) -> bool:
        """Whether a part of it stands between these."""
        return self.left < right and left < self.right


Label = tuple[PrintedRun, ...]  # the lines of a label, downwards


class FigureRow(NamedTuple):
    """A line that ends in figures."""

    figures: tuple[PrintedRun, ...]
    source: StreamLine

    @property
    def at(self) -> tuple[int, float]:
        """Where it comes in reading order."""
        return self.figures[0].at


class LabelFinder:
    """Finds labels among runs: in one line, or in lines one below the other."""

    def __init__(self, runs: Sequence[PrintedRun]) -> None:
        self._runs = runs
        self._by_page = {
            page: [run for run in runs if run.page == page] for page in {run.page for run in runs}
        }
        self._bases = {page: [run.base for run in own] for page, own in self._by_page.items()}
        self._steps = 0

    def saying(self, wanted: set[str]) -> Iterator[Label]:
        """Yield what says one of these, made `normal`."""
        self._steps = 0
        for run in self._runs:
            yield from self._grown((run,), wanted)

    def _grown(self, label: Label, wanted: set[str]) -> Iterator[Label]:
        """Yield a label, and those that begin with it, as far as they may become one of these."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Unproved("里的字太多")

        said = _said_by(label)
        if said in wanted:
            yield label
        if said and any(len(said) < len(one) and one.startswith(said) for one in wanted):
            for run in self._below(label[-1]):
                yield from self._grown((*label, run), wanted)

    def _below(self, run: PrintedRun) -> list[PrintedRun]:
        """Return what stands right below, in the same cell as it may be."""
        bases = self._bases[run.page]
        first, end = bisect_right(bases, run.base), bisect_left(bases, run.base + STEP * run.size)
        return [x for x in self._by_page[run.page][first:end] if x.overlaps(run.left, run.right)]


class RowLabels:
    """The labels at the left of the rows of one band."""

    def __init__(
        self,
        runs: Sequence[PrintedRun],
        band: Band,
        paths: Sequence[Path],
        rows: Sequence[FigureRow],
    ) -> None:
        self._band, self._paths, self._rows = band, paths, rows
        first = min(row.figures[0].left for row in rows)
        self._runs = [run for run in runs if run.right <= first]
        self._finder = LabelFinder(self._runs)

    def of(self, at: int) -> Label:
        """Return the label of a row. Raise Unproved where another stands there, or none."""
        path, row = self._paths[at], self._rows[at]
        if path[-1].each:
            return self._units[at - self._paths.index(path)]
        if not path[-1].label:
            return ()

        beside = [label for label in self._known if _is_beside(label, row)][:_MOST_BESIDE]
        longest = [one for one in beside if not any({*one} < {*other} for other in beside)]
        own = [one for one in longest if _said_by(one) in spellings_of(path)]
        if not own or len(own) < len(longest) or not self._is_in_groups(path):
            raise Unproved(f"“{path[-1].label}”一行的行名对不上")
        return own[0]

    @cached_property
    def _known(self) -> list[Label]:
        """All that is a label of a row of the band."""
        rows = (path for path in self._paths if not path[-1].each)
        return list(self._finder.saying({one for path in rows for one in spellings_of(path)}))

    @cached_property
    def _units(self) -> list[Label]:
        """The names of the units, one a row: between them is more room than in them."""
        corners = list(self._finder.saying({normal(self._band.corner)} - {""}))
        if self._band.corner and not corners:
            raise Unproved(f"没有“{self._band.corner}”这个表头")

        gone = {run for label in (*self._known, *corners) for run in label}
        top = min((label[0].at for label in corners), default=(0, 0.0))
        end = self._rows[-1].at
        rest = [run for run in self._runs if run not in gone and top < run.at <= end]
        rows = [row for p, row in zip(self._paths, self._rows, strict=True) if p[-1].each]
        steps = sorted((_step(one, two) for one, two in pairwise(rest)), reverse=True)
        least = steps[len(rows) - 2] if 1 < len(rows) <= len(steps) + 1 else float("inf")
        names: list[list[PrintedRun]] = [rest[:1]]
        for last, run in pairwise(rest):
            if _step(last, run) >= least:
                names.append([run])
            else:
                names[-1].append(run)

        size = rows[0].figures[0].size
        inner = [_step(*pair) for name in names for pair in pairwise(name)] or [size]
        are_apart = size / 2 < min(inner) and max(inner) < min(least - _WIDER, STEP * size)
        is_whole = rest and len(names) == len(rows) and all(map(_is_beside, names, rows))
        if not (are_apart and is_whole):
            raise Unproved("里分不清各单位的名称占哪几行")
        return [tuple(name) for name in names]

    def _is_in_groups(self, path: Path) -> bool:
        """Whether the labels of all groups of a row stand beside the rows of each."""
        for group, numbers in groups_of(path, self._paths):
            first, last = (self._rows[numbers[at]].at for at in (0, -1))
            labels = self._finder.saying(spellings_of(group))
            if not any(label[0].at <= last and first <= label[-1].at for label in labels):
                return False
        return True


def runs_of(line: TextLine) -> list[PrintedRun]:
    """Return the runs of a line, from left to right."""
    groups = [[line.glyphs[0]]]
    for last, one in pairwise(line.glyphs):
        if one.left - last.right > _GAP * one.size:
            groups.append([])
        groups[-1].append(one)

    return [
        PrintedRun(
            text_of(group),
            line.page,
            line.base,
            group[0].left,
            max(one.right for one in group),
            line.size,
        )
        for group in groups
    ]


def heads_of(
    runs: Sequence[PrintedRun], columns: Sequence[tuple[float, float]]
) -> list[list[PrintedRun]]:
    """Return what stands above each column, downwards: of each line what is nearest."""
    nearest: list[dict[tuple[int, float], tuple[tuple[float, float], PrintedRun]]] = [
        {} for _ in columns
    ]
    for run in runs:
        ranks = [_distance(run, left, right) for left, right in columns]
        rank = min(ranks)
        own = nearest[ranks.index(rank)]
        own[run.at] = min(own.get(run.at, (rank, run)), (rank, run))
    return [[run for _, (_, run) in sorted(own.items())] for own in nearest]


def middle_of(label: Label) -> float:
    """Return where the middle of a label is between left and right."""
    return (min(run.left for run in label) + max(run.right for run in label)) / 2


def groups_of(path: Path, paths: Sequence[Path]) -> Iterator[tuple[Path, list[int]]]:
    """Yield the groups of a row or column, with the numbers of those in each.

    Only where others have the same label does anything depend on its groups.
    """
    leaf = normal(path[-1].label)
    if sum(normal(other[-1].label) == leaf for other in paths) > 1:
        for depth in range(1, len(path)):
            group = path[:depth]
            yield group, [n for n, other in enumerate(paths) if other[:depth] == group]


def _distance(run: PrintedRun, left: float, right: float) -> tuple[float, float]:
    """Return how far a run is from a column: the room between, then from middle to middle."""
    apart = max(left - run.right, run.left - right, 0.0)
    return apart, abs(run.left + run.right - left - right)


def _is_beside(label: Sequence[PrintedRun], row: FigureRow) -> bool:
    """Whether the figures of a row stand beside one of the lines of a label, or between them."""
    page, base = row.at
    near = _BESIDE * label[0].size
    return label[0].page == page and label[0].base - near <= base <= label[-1].base + near


def _step(one: PrintedRun, two: PrintedRun) -> float:
    """Return how far below the one the other stands; on another page, farther than any."""
    return two.base - one.base if one.page == two.page else float("inf")


def spellings_of(path: Path) -> set[str]:
    """Return what the label of a row or column may be, made `normal`."""
    labels = path[-1].labels
    return {normal(one) for label in labels for one in (label, unnumbered(label))} - {""}


def _said_by(label: Label) -> str:
    return normal("".join(run.text for run in label))


def is_part_of(text: str, known: Sequence[str]) -> bool:
    """Whether a text is a line of one of these labels, or nothing but signs."""
    return any(normal(text) in label for label in known)
