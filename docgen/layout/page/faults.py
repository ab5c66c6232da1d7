"""Departures from the standard, gathered: one finding a kind, with all the places it is at."""

from collections import Counter
from dataclasses import dataclass, field

from docgen.finding import Finding, Place
from docgen.layout.page.gbt9704 import Parameter

_NAMED = 4  # of what was found instead, this many are named


@dataclass
class _Kind:
    parameter: Parameter
    about: str
    places: dict[Place, None] = field(default_factory=dict)
    actual: Counter[str] = field(default_factory=Counter)


@dataclass
class Faults:
    """What departs from the standard so far, and the fonts that were found fault with."""

    _kinds: dict[tuple[str, str, str], _Kind] = field(default_factory=dict)
    fonts: set[str] = field(default_factory=set)

    def add(self, parameter: Parameter, place: Place, actual: str = "", *, about: str = "") -> None:
        """This place departs from a parameter: what is there instead, and of what is spoken."""
        key = (parameter.rule.code, about, parameter.expected)
        kind = self._kinds.setdefault(key, _Kind(parameter, about))
        kind.places[place] = None
        kind.actual[actual] += 1

    def add_font(self, parameter: Parameter, place: Place, font: str, *, about: str = "") -> None:
        """The same for a font by its name."""
        self.fonts.add(font)
        self.add(parameter, place, f"“{font}”" if font else "未指定", about=about)

    def findings(self) -> list[Finding]:
        """A finding for each kind, in the order of the codes."""
        return [
            kind.parameter.rule.at(
                *kind.places,
                expected=kind.parameter.expected,
                actual=_listed(kind.actual),
                about=kind.about,
                count=len(kind.places),
            )
            for _, kind in sorted(self._kinds.items(), key=lambda item: item[0][0])
        ]


def _listed(actual: Counter[str]) -> str:
    names = [name for name, _ in actual.most_common() if name]
    return "、".join(names[:_NAMED]) + (" 等" if len(names) > _NAMED else "")


def in_millimetres(length: float) -> str:
    """A length in twips as millimetres, to a tenth where there is one."""
    return f"{round(length * 25.4 / 1440, 1):g} mm"
