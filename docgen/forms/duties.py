"""What a report owes besides its tables: topics, deadlines, powers, what follows from last year.

Levels are named as in `docgen.model.LEVELS`.
"""

import calendar
import datetime
from dataclasses import dataclass

LEVELS = ("province", "prefecture", "county", "township", "department")


@dataclass(frozen=True, slots=True)
class Carry:
    """What this year takes over from last year: `key` = last year's `last` + `plus` − `minus`.

    The keys name rows and it holds for every column (`across="columns"`), or the other way
    round. Addresses mean the same in every edition; where an edition counts a thing otherwise,
    the carry holds within one edition alone.
    """

    code: str
    table: str
    across: str
    key: str
    last: str
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    text: str = ""
    within_edition: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """What a section (blank: the whole text) must speak of; any of these words will do.

    Where the section has headings, a topic that is a part of it is looked for in them.
    `levels` names the bodies that owe it; none names all.
    """

    code: str
    section: str
    name: str
    words: tuple[str, ...]
    in_headings: bool = False
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Power:
    """Figures (every address below `address`) that bodies without a power cannot have.

    `name` is what they have no power to do: 制定规章.
    """

    address: str
    name: str
    never: tuple[str, ...]
    seldom: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ceiling:
    """An amount that a body of this level hardly ever reaches: its unit is asked about."""

    address: str
    level: str
    amount: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of the next year on which a body of this level is in time.

    `name` says what for, where there are several: 报送上级, 向社会公开.
    """

    level: str
    month: int
    day: int
    basis: str
    name: str = ""

    def day_for(self, year: int) -> datetime.date:
        """Return the last day for a report on this year; 02-29 is the end of February."""
        last = calendar.monthrange(year + 1, self.month)[1]
        return datetime.date(year + 1, self.month, min(self.day, last))


@dataclass(frozen=True, slots=True)
class Law:
    """A law or notice that such reports cite by its title.

    `short` are the other titles it may be cited by, `slips` such as are always wrong.
    """

    title: str
    short: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What such reports cite by its number, with words of its title that are its alone.

    It is for the reports of the years from `first_year` to `last_year` (0: open); after that
    `instead` names what took its place. `amended_by` is the number that makes it right again.
    """

    number: str
    names: tuple[str, ...] = ()
    first_year: int = 0
    last_year: int = 0
    instead: str = ""
    amended_by: str = ""


@dataclass(frozen=True, slots=True)
class Duties:
    """All that a form's reports owe besides their tables.

    `substantial` names the sections where “无” is no answer.
    """

    carries: tuple[Carry, ...] = ()
    topics: tuple[Topic, ...] = ()
    powers: tuple[Power, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    laws: tuple[Law, ...] = ()
    documents: tuple[Document, ...] = ()
    codes: tuple[str, ...] = ()  # of the offices whose documents are cited
    substantial: tuple[str, ...] = ()
    lengths: tuple[tuple[str, int], ...] = ()  # sections with how many characters are usual
    plans: tuple[str, ...] = ()  # sections that speak of the year after the report's
