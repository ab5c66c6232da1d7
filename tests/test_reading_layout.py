"""Where things may stand in a sheet and still be found: by label, never by position or count."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from busy import (
    ONE,
    THREE,
    TWO,
    Rows,
    change,
    errors,
    read,
)
from door import Docgen

from docgen.model import Report


def blank_rows(rows: Rows) -> Rows:
    return list(itertools.chain.from_iterable([[], ["", ""], row] for row in rows))


def blank_columns(rows: Rows) -> Rows:
    return [[x for value in row for x in ("", value, "")] for row in rows]


def short_rows(rows: Rows) -> Rows:
    return [row[: max((i + 1 for i, v in enumerate(row) if v), default=0)] for row in rows]


def long_rows(rows: Rows) -> Rows:
    return [row + [""] * 40 for row in rows] + [[""] * 60] * 5


def titled(rows: Rows) -> Rows:
    return [["二、主动公开政府信息情况"], [], *rows]


LAYOUTS: list[Callable[[Rows], Rows]] = [blank_rows, blank_columns, short_rows, long_rows]


@pytest.mark.parametrize("spoil", LAYOUTS)
def test_blank_rows_and_columns(
    docgen: Docgen, sent: Path, report: Report, spoil: Callable[[Rows], Rows]
) -> None:
    """Blank rows and columns anywhere and short or long rows change nothing."""
    for path in sent.glob("*.csv"):
        change(path, spoil)
    run = docgen("check", "2024", "--json")
    assert (run.code, run.codes) == (0, [])
    assert read(sent) == report


@pytest.mark.parametrize(
    ("file", "title"),
    [
        (ONE, "二、主动公开政府信息情况"),
        (TWO, "三、收到和处理政府信息公开申请情况"),
        (TWO, "表二"),
        (THREE, "四、政府信息公开行政复议、行政诉讼情况"),
        (THREE, "表三 复议诉讼"),
    ],
)
@pytest.mark.parametrize("wide", [False, True])
def test_title_row(
    docgen: Docgen, sent: Path, report: Report, file: str, title: str, wide: bool
) -> None:
    """The section's title above a table, merged or in each cell, is not part of it."""
    change(sent / file, lambda rows: [[title] * (len(rows[0]) if wide else 1), [], *rows])
    run = docgen("check", "2024", "--json")
    assert (run.code, run.codes) == (0, [])
    assert read(sent) == report


def moved(rows: Rows) -> Rows:
    """Table two with its last rows first."""
    return [*rows[:3], rows[27], *rows[3:5], *rows[5:27]]


def backwards(rows: Rows) -> Rows:
    """Table two from its last row to its first, each with its whole stack of labels."""
    return [*rows[:3], *reversed(filled_down(rows)[3:])]


def filled_down(rows: Rows) -> Rows:
    """Table two with every merged label repeated in each cell it covers."""
    above = ["", "", ""]
    filled = [list(row) for row in rows]
    for row in filled[3:]:
        depth = next(i for i in (0, 1, 2) if row[i])
        above[depth:] = row[depth:3]
        row[:3] = above
    return filled


def filled_head(rows: Rows) -> Rows:
    """A head with every merged label repeated in each cell it covers."""
    if len(rows) == 4:
        down = [*rows[1][:5], *rows[2][5:]]
        kinds = ["行政复议"] * 5 + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5
        return [["行政复议"] * 5 + ["行政诉讼"] * 10, [*rows[1][:5], *kinds[5:]], down, rows[3]]
    corner = rows[0][:1] * 3
    parties = ["自然人", *["法人或其他组织"] * 5, "总计"]
    leaves = ["自然人", *rows[2][4:9], "总计"]
    heads = [[*corner, *labels] for labels in (["申请人情况"] * 7, parties, leaves)]
    return [*heads, *rows[3:]]


def across(rows: Rows) -> Rows:
    """Table two with its columns the other way round, each with its stack of heads."""
    full = filled_head(rows)
    return [[*row[:3], *reversed(row[3:])] for row in (*full[:3], *rows[3:])]


def one_label(rows: Rows) -> Rows:
    """Table two with the stack of labels joined in one cell."""
    return [*rows[:3], *(["".join(row[:3]), "", "", *row[3:]] for row in filled_down(rows)[3:])]


def leaf_only(rows: Rows) -> Rows:
    """Table two with the innermost label alone, in the first cell."""
    return [
        *rows[:3],
        *([next(x for x in reversed(row[:3]) if x), "", "", *row[3:]] for row in rows[3:]),
    ]


def split_labels(rows: Rows) -> Rows:
    """Table two with the number of each label in a cell of its own."""
    split = [[part for label in row[:3] for part in halves(label)] + row[3:] for row in rows[3:]]
    return [*([row[0], *[""] * 5, *row[3:]] for row in rows[:3]), *split]


def halves(label: str) -> list[str]:
    end = max(label.find(mark) for mark in "、）.") + 1 if label[:1] != "（" else 3
    number = label[:end] if end < 4 else ""
    return [number, label[len(number) :]]


def bands_moved(rows: Rows) -> Rows:
    """Table one with its parts in another order."""
    return [*rows[11:], *rows[4:11], *rows[:4]]


def columns_moved(rows: Rows) -> Rows:
    """Table one with 现行有效件数 before 本年制发件数."""
    return [[row[0], row[3], row[1], row[2]] if i < 4 else row for i, row in enumerate(rows)]


def head_down(rows: Rows) -> Rows:
    """Table three with 行政复议's heads in the row right above the figures."""
    return [rows[0], ["", "", "", "", "", *rows[1][5:]], [*rows[1][:5], *rows[2][5:]], rows[3]]


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        (TWO, moved),
        (TWO, backwards),
        (TWO, filled_down),
        (TWO, filled_head),
        (TWO, across),
        (TWO, one_label),
        (TWO, leaf_only),
        (TWO, split_labels),
        (ONE, bands_moved),
        (ONE, columns_moved),
        (THREE, filled_head),
        (THREE, head_down),
    ],
)
def test_other_order(
    docgen: Docgen, sent: Path, report: Report, file: str, spoil: Callable[[Rows], Rows]
) -> None:
    """Rows and columns are found by their labels, in any order, merged or repeated."""
    change(sent / file, spoil)
    run = docgen("check", "2024", "--json")
    assert errors(run) == []
    assert read(sent) == report
