"""Addresses: what a value of a report means, whatever file, sheet and cell it stands in.

    year  body.name                  a fact
    preface.0  sections.summary.2    a paragraph, counted from 0
    roads.paved.length               a figure: table, row, column
    roads.paved                      a line of a table: a row, a column or a group of them
    wording.roads.paved              what a report calls that line
    waivers.0                        a waiver
    unconfirmed.0                    a question that is to be answered

An address is written, compared and looked up as the text it is; it is joined and cut here alone.
"""

from collections.abc import Iterator

#: The text before the first section: a section of its own to those who read it.
PREFACE = "preface"

_SECTIONS, _WAIVERS, _WORDING = "sections", "waivers", "wording"
_QUESTIONS = "unconfirmed"


class Address(str):
    """The name of one value of a report, or of all that stands below it."""

    __slots__ = ()

    @classmethod
    def of(cls, *keys: str) -> "Address":
        """Join keys; blank ones are left out."""
        return cls(".".join(filter(None, keys)))

    @classmethod
    def of_section(cls, section: str) -> "Address":
        """Name a section by its key, or the preface."""
        return cls(section if section == PREFACE else f"{_SECTIONS}.{section}")

    @classmethod
    def of_paragraph(cls, section: str, number: int) -> "Address":
        """Name a paragraph of a section, counted from 0."""
        return cls(f"{cls.of_section(section)}.{number}")

    @classmethod
    def of_wording(cls, line: str) -> "Address":
        """Name what a report calls the line of this address."""
        return cls(f"{_WORDING}.{line}")

    @classmethod
    def of_waiver(cls, number: int) -> "Address":
        """Name a waiver, counted from 0."""
        return cls(f"{_WAIVERS}.{number}")

    @classmethod
    def of_question(cls, number: int) -> "Address":
        """Name a question that is to be answered, counted from 0."""
        return cls(f"{_QUESTIONS}.{number}")

    @property
    def keys(self) -> tuple[str, ...]:
        """All its keys, the outermost first."""
        return tuple(self.split("."))

    @property
    def first(self) -> str:
        """The outermost key: the table of a figure, the part of a fact."""
        return self.partition(".")[0]

    @property
    def rest(self) -> "Address":
        """What follows the outermost key; blank where nothing does."""
        return Address(self.partition(".")[2])

    @property
    def above(self) -> "Address":
        """What it stands in: the row of a figure, the section of a paragraph; blank at the top."""
        return Address(self.rpartition(".")[0])

    @property
    def last(self) -> str:
        """The innermost key: the column of a figure, the name of a fact."""
        return self.rpartition(".")[2]

    @property
    def figure(self) -> tuple[str, str, str]:
        """Table, row and column of a figure; of other addresses, ValueError."""
        table, row, column = self.split(".")
        return table, row, column

    @property
    def section(self) -> str:
        """The section of a paragraph or a section, or the preface; blank for all else."""
        first, key = self.first, self.rest.first
        return PREFACE if first == PREFACE else key if first == _SECTIONS else ""

    @property
    def number(self) -> int | None:
        """The number of a paragraph or a waiver, counted from 0; None for all else."""
        last = self.last
        return int(last) if last.isdecimal() else None

    @property
    def lineage(self) -> Iterator["Address"]:
        """All that it stands in, the outermost first, and at last itself."""
        keys = self.keys
        return (Address.of(*keys[:count]) for count in range(1, len(keys) + 1))

    def below(self, key: str) -> "Address":
        """Return what stands in it under this key."""
        return Address(f"{self}.{key}")

    def is_below(self, other: str) -> bool:
        """Whether it stands in what another address names."""
        return self.startswith(f"{other}.")
