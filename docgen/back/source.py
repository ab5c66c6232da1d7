"""What an input of any kind lets be done to it: only what was changed becomes other bytes."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from docgen.finding import Place


class NotWritable(Exception):
    """This place cannot be written; the text says why, in the clerk's words."""


class NewFact(NamedTuple):
    """A value that an input lacks: its name, its keys in a JSON, where another fact stands."""

    label: str
    keys: tuple[str, ...]
    text: str
    beside: Place
    is_number: bool = False


class EditedInput(Protocol):
    """An input that is to be edited in place. Whatever cannot be written raises NotWritable."""

    def text_at(self, place: Place) -> str:
        """Return what stands there, as it is written; blank for nothing."""

    def put_text(self, place: Place, text: str) -> None:
        """Write a text there."""

    def put_number(self, place: Place, digits: str) -> None:
        """Write a figure there, digit for digit."""

    def put_date(self, place: Place, day: tuple[int, int, int]) -> None:
        """Write a day there, in the way the one that stands there is written."""

    def add_paragraphs(self, place: Place, texts: list[str]) -> None:
        """Write paragraphs after the one that stands there, or that begins there if it is blank."""

    def remove_paragraph(self, place: Place) -> None:
        """Take out the paragraph that stands there."""

    def add_fact(self, fact: "NewFact") -> None:
        """Write a fact, a wording, of a JSON a figure too, that the input does not have yet."""

    def files(self) -> Mapping[str, bytes]:
        """Return the files that are other now, by the name under which they were read."""


class EditedSheets(EditedInput, Protocol):
    """Sheets whose rows, too, can be added and taken out."""

    def has_sheet(self, title: str) -> bool:
        """Return whether there is a sheet of this name."""

    def add_sheet(self, title: str, rows: list[list[str]]) -> None:
        """Write a sheet of texts that is not there yet."""

    def add_row(self, beside: Place, texts: list[str]) -> None:
        """Write a row below the last one of the sheet that a place stands in."""

    def insert_row(self, place: Place, text: str) -> None:
        """Put in a row right below a place, blank but for this text in the same column."""

    def remove_row(self, place: Place) -> None:
        """Take out the row of a place; where rows cannot move, what was typed into it."""


def spell_day(day: tuple[int, int, int], as_in: str) -> str:
    """Return a day written as another one is: `2025-1-20`, `2025/1/20`, else 2025年1月20日."""
    year, month, date = day
    for mark in ("-", "/", "."):
        if as_in.count(mark) == 2:
            padded = len(as_in.split(mark)[1]) == 2 and as_in.split(mark)[1] < "13"
            width = "02" if padded and len(as_in) == len("2025-01-20") else ""
            return f"{year}{mark}{month:{width}}{mark}{date:{width}}"
    if as_in.isascii() and as_in.isdigit() and len(as_in) == len("20250120"):
        return f"{year}{month:02}{date:02}"
    return f"{year}年{month}月{date}日"


def cell_at(place: Place) -> tuple[int, int]:
    """Return row and column of a place in a sheet, from 0: D4 is (3, 3)."""
    letters = place.cell.rstrip("0123456789")
    number = place.cell[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and number):
        raise NotWritable("说不出它在哪一格")

    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(number) - 1, column - 1
