"""What a published file says, in reading order: lines of text and tables, each with its place.

A place is said as people see it: 第 3 段, 第 2 张表第 4 行第 2 格, 页 3.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from docgen.finding import Finding, Place
from docgen.read.entry import Grid

if TYPE_CHECKING:
    from docgen.read.published.pdf_lines import TextLine


class StreamLine(NamedTuple):
    """One paragraph: its text as it is seen, without the white space around it.

    `printed` are its lines on the pages of a PDF; other files do not hold them.
    """

    text: str
    place: Place
    printed: Sequence["TextLine"] = ()


class StreamTable(NamedTuple):
    """One table as a grid: the text of a merged cell at its top left, blanks in the rest."""

    grid: Grid
    place: Place


class StreamPicture(NamedTuple):
    """A picture: what it shows is not read."""

    place: Place


#: A finding stands in the stream where its reader met what it tells of.
StreamItem = StreamLine | StreamTable | StreamPicture | Finding
Stream = list[StreamItem]


def table_place(place: Place, number: int) -> Place:
    """Return the place of the table so many in a file, the first counted 1."""
    return place._replace(sheet=f"第 {number} 张表")


def cell_place(place: Place, row: int, column: int) -> Place:
    """Return the place of a cell of a table, row and column of its grid counted from 1."""
    return place._replace(cell=f"第 {row} 行第 {column} 格")
