"""A clause of GB/T 9704—2012: what it requires, its one rule, and where it is measured.

The basis of its rule names the clause and how strongly it holds. `应`: the standard binds (a plain
"is", 应, 均, 标全), and a departure is an error. `一般`: the rule, which an office may depart from.
`可以`: an offer. `通行做法`: not in the standard; what offices do, or what the seal and the printer
need. A clause holds for its own sentence: after a leading 一般 all of the sentence is 一般.
Lengths are millimetres, sizes points, distances along a line characters (字) of its own size.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from docgen.finding import Finding, Place, Rule
from docgen.layout.fonts import family_of

STANDARD = "GB/T 9704—2012"

#: Where a clause is measured: what the DOCX declares, and what came out in print.
Where = Literal["文件里", "校样上"]
IN_FILE: Where = "文件里"
ON_PROOF: Where = "校样上"
BOTH: tuple[Where, ...] = (IN_FILE, ON_PROOF)

_MOST_NAMED = 4  # of what was found instead, this many are named


def in_template(how: str) -> str:
    """Return a cure: never in what docgen wrote, which edited is no longer what its record says."""
    return f"在模板里改（docgen 出的文件不要改，别处来的就改它自己）：{how}"


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that is required: the rule that reports a departure, and what it should be."""

    rule: Rule
    expected: str
    measured: tuple[Where, ...] = field(default=(IN_FILE,), kw_only=True)


@dataclass(frozen=True, slots=True)
class Dimension(Clause):
    """A length, size or number, and how far from it still counts as right.

    On a proof stand-in fonts and drawn lines shift things: it has a tolerance of its own.
    """

    value: float
    tolerance: float = 0
    on_proof: float = field(default=0, kw_only=True)

    def fits(self, actual: float) -> bool:
        """Return whether a length the document declares counts as right."""
        return abs(actual - self.value) <= self.tolerance

    def fits_on_proof(self, actual: float) -> bool:
        """Return whether a length on a proof counts as right."""
        return abs(actual - self.value) <= self.on_proof


@dataclass(frozen=True, slots=True)
class Typeface(Clause):
    """A typeface by its families, of which any will do (see `fonts.FAMILIES`)."""

    families: tuple[str, ...]

    def fits(self, font: str) -> bool:
        """Return whether a font of this name is a cut of it."""
        return family_of(font) in self.families


@dataclass
class _Kind:
    """Departures of one kind: all the places, and what was found there."""

    clause: Clause
    about: str
    expected: str
    places: dict[Place, None] = field(default_factory=dict)
    actual: Counter[str] = field(default_factory=Counter)


@dataclass
class Departures:
    """What departs from the standard so far, and the fonts that were found fault with."""

    where: Where
    fonts: set[str] = field(default_factory=set)
    _kinds: dict[tuple[str, str, str], _Kind] = field(default_factory=dict)

    def add(
        self,
        clause: Clause,
        place: Place,
        actual: str = "",
        *,
        about: str = "",
        expected: str = "",
    ) -> None:
        """Note that a place departs from a clause: what is there instead, and of what."""
        assert self.where in clause.measured
        expected = expected or clause.expected

        key = (clause.rule.code, about, expected)
        kind = self._kinds.setdefault(key, _Kind(clause, about, expected))
        kind.places[place] = None
        kind.actual[actual] += 1

    def add_font(self, clause: Clause, place: Place, font: str, *, about: str = "") -> None:
        """Note the same of a font by its name."""
        self.fonts.add(font)
        self.add(clause, place, f"“{font}”" if font else "未指定", about=about)

    def findings(self) -> list[Finding]:
        """Return a finding for each kind, in the order of the codes."""
        return [
            kind.clause.rule.at(
                *kind.places,
                expected=kind.expected,
                actual=_joined_names(kind.actual),
                where=self.where,
                about=kind.about,
                count=len(kind.places),
            )
            for _, kind in sorted(self._kinds.items(), key=lambda item: item[0][0])
        ]


def _joined_names(actual: Counter[str]) -> str:
    """Return what was found instead, the most frequent first."""
    names = [name for name, _ in actual.most_common() if name]
    return "、".join(names[:_MOST_NAMED]) + (" 等" if len(names) > _MOST_NAMED else "")


def in_millimetres(length: float) -> str:
    """Return a length in twips as millimetres, to a tenth where there is one."""
    return f"{round(length * 25.4 / 1440, 1):g} mm"
