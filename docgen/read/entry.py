"""What a reader hands on: raw values with their places, not yet made sense of.

Here stand the faults of an entry as such: of no known name, empty, there twice, of a wrong kind.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from docgen.address import Address
from docgen.finding import Finding, Place, Rule

UNKNOWN_KEY = Rule(
    code="R102",
    name="多出不认识的项目",
    severity="error",
    needs=("report",),
    message="“{key}”不是这里的项目{nearest}",
    why="不认识的项目若被跳过，填的内容就悄悄丢了。",
    example="“机关名秤”应为“机关名称”。",
    cure="改成正确的项目名，或删去这一项。",
)
MISSING_FACT = Rule(
    code="R103",
    name="必填项没有填",
    severity="error",
    needs=("report",),
    message="“{label}”没有填",
    why="报告缺了这一项就不完整，docgen 不会替机关编一个。",
    example="“署名”一栏空着。",
    cure="在“{label}”处填写。",
)
DOUBLED_KEY = Rule(
    code="R104",
    name="项目重复",
    severity="error",
    needs=("report",),
    message="“{key}”出现了不止一次",
    why="同一项有两个值时，取哪一个都是猜。",
    example="“年度”填了两行，一行 2023，一行 2024。",
    cure="只留一个，删去其余。",
)
BAD_FACT = Rule(
    code="R105",
    name="项目内容不对",
    severity="error",
    needs=("report",),
    message="“{label}”填的是“{value}”，应为{expected}",
    why="内容的种类不对，多半是填错了格子。",
    example="“年度”填成了“2024年度报告”，应为 2024。",
    cure="改为{expected}。",
)


class Literal(str):
    """A number exactly as a JSON file spells it."""


class Overlong(Literal):
    """A number of a workbook with digits that no cell of one holds, as the file spells it."""


class NoResult:
    """A formula whose result the file does not hold."""


#: What is hidden where a whole sheet is.
WHOLE_SHEET = "整张表"


class CellLook(NamedTuple):
    """How a workbook shows a cell, where that is not what the cell holds."""

    struck: str = ""  # what is struck through
    white: bool = False  # written in white on white
    code: str = ""  # the format of its numbers
    merged: str = ""  # the cell that is shown in its place
    hidden: str = ""  # what it is out of sight with: 第 8 行, C 列, 整张表


class Entry(NamedTuple):
    """One raw value (text, number, date, None for a blank), where it stands and how it looks."""

    value: object
    place: Place
    look: CellLook = CellLook()

    @property
    def text(self) -> str:
        """The value as text without the white space around it; blank for nothing."""
        value = self.value
        if isinstance(value, str):  # most are
            return value.strip()
        return "" if value is None else spelled(value).strip()


def spelled(value: object) -> str:
    """Return a value as its file spells it, what is inside of a list or an object aside."""
    for kind, shown in ((list, "[ … ]"), (dict, "{ … }")):
        if isinstance(value, kind):
            return shown

    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return str(value.date())

    words = {None: "null", True: "true", False: "false"}
    return words[value] if value is None or isinstance(value, bool) else str(value)


Grid = list[list[Entry]]  # the rows of a sheet, from the first row and column on


@dataclass
class Entries:
    """Everything one input holds, by address. Paragraphs are by section key, or `preface`.

    `figures` are what stands in the cells of the tables, also where that is no number. `units` are
    the names of the rows of a table that has one for each unit; `absent` is what says that the body
    has no business of a table.
    """

    facts: dict[str, Entry] = field(default_factory=dict)
    paragraphs: dict[str, list[Entry]] = field(default_factory=dict)
    figures: dict[str, Entry] = field(default_factory=dict)
    units: dict[str, list[Entry]] = field(default_factory=dict)
    absent: dict[str, Entry] = field(default_factory=dict)
    wording: dict[str, Entry] = field(default_factory=dict)
    waivers: list[tuple[Place, dict[str, Entry]]] = field(default_factory=list)
    questions: list[tuple[Entry, Entry]] = field(default_factory=list)  # each with its answer
    headings: dict[str, Place] = field(default_factory=dict)  # where each section begins
    findings: list[Finding] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  # what a finding asks about, though no error is

    def texts(self) -> list[Entry]:
        """Return all that is text, or stands where text belongs."""
        paragraphs = (entry for entries in self.paragraphs.values() for entry in entries)
        members = (entry for _, waiver in self.waivers for entry in waiver.values())
        units = (entry for entries in self.units.values() for entry in entries)
        asked = (entry for pair in self.questions for entry in pair)
        cells = (*self.facts.values(), *self.wording.values(), *self.figures.values())
        texts = (*cells, *units, *paragraphs, *members, *asked)
        return [entry for entry in texts if isinstance(entry.value, str)]

    def told(self, prefix: str = "") -> Callable[[str], bool]:
        """Whether an error so far is about this address, or about all that is around it."""
        errors = [finding for finding in self.findings if finding.severity == "error"]
        addresses = {place.address for finding in errors for place in finding.places} | self.asked

        def is_told(address: str) -> bool:
            if not addresses:  # as in most reports
                return False
            return any(part in addresses for part in Address(f"{prefix}{address}").lineage)

        return is_told


def is_blank(entry: Entry) -> bool:
    """Whether nothing but white space stands there."""
    return entry.value is None or (isinstance(entry.value, str) and not entry.value.strip())


#: A cell of a table in a document: 第 4 行第 2 格; not D4.
IN_DOCUMENT = re.compile(r"第 ([0-9]+) 行第 ([0-9]+) 格")


def beside(place: Place, index: int) -> Place:
    """Return the cell in this column of a row that ends before it."""
    if found := IN_DOCUMENT.search(place.cell):
        return place._replace(cell=f"第 {found[1]} 行第 {index + 1} 格")
    row = "".join(filter(str.isdigit, place.cell))
    return place._replace(cell=f"{column_letters(index)}{row}")


def below(grid: Grid, number: int, index: int) -> Place:
    """Return the place of a cell, also one below the last row of the sheet."""
    place = next(entry.place for row in grid for entry in row)
    if IN_DOCUMENT.search(place.cell):
        return place._replace(cell=f"第 {number + 1} 行第 {index + 1} 格")
    return place._replace(cell=f"{column_letters(index)}{number + 1}")


def column_letters(index: int) -> str:
    """Return the letters of a sheet column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
