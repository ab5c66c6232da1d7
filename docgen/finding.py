"""What docgen says about a report: a declared `Rule`, and a `Finding` made from it.

A finding is a value, never an exception: all of them are gathered in one run.
The texts that a clerk reads stand with the rule, in the file that finds it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from docgen.address import Address

Severity = Literal["error", "warning", "note"]
SEVERITIES: dict[Severity, str] = {"error": "错误", "warning": "警告", "note": "提示"}


#: Matches {table}, {{ and }}; not {x.y}, {x[0]}, {x!r} or {x:>9}, which stay as they stand.
_IN_BRACES = re.compile(r"\{\{|\}\}|\{(\w+)\}")


def fill_text(text: str, facts: Mapping[str, object]) -> str:
    """Return a text with each `{name}` replaced by that fact, and {{ and }} by one brace.

    Unlike `str.format` it looks at no attribute, no item and no width: a form's author writes
    such texts, too.
    """

    def filled(match: re.Match[str]) -> str:
        return str(facts[match[1]]) if match[1] else match[0][0]

    return _IN_BRACES.sub(filled, text)


class Place(NamedTuple):
    """Where a value stands: as the clerk sees it (file, sheet, cell) and by meaning (address)."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    address: Address = Address()

    def __str__(self) -> str:
        """Return the place in words: `道路.csv D4`, `2024.xlsx 道路 D4`."""
        name = self.file.rsplit("/", 1)[-1]
        sheet = "" if name.startswith(self.sheet) else self.sheet
        return " ".join(filter(None, (name, sheet, self.cell))) or self.address


class Suspect(NamedTuple):
    """A cell that may be the wrong one, and the value that would make every sum hold."""

    place: Place
    label: str
    actual: str
    expected: str


class Waived(NamedTuple):
    """Why a finding is let through, who decided so and when."""

    reason: str
    by: str
    date: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared fault: its code, its severity and every text about it.

    `message` and `cure` are filled with the facts of one finding (`fill_text`). Every warning may
    be waived; an error only if it is `waivable`, which no arithmetic is.
    """

    code: str
    name: str
    severity: Severity
    message: str
    why: str
    example: str
    cure: str
    basis: str = ""
    waivable: bool = False
    needs: tuple[str, ...] = ()  # what of a report it looks at, by the names of `check.needs`
    since: str = "0.1.0"  # the version of docgen that first reported it
    aliases: tuple[str, ...] = ()  # codes that were joined to this one, or split among several

    @property
    def plain_cure(self) -> str:
        """The cure in general, where there is no finding to fill it: `{label}` becomes …."""
        return _IN_BRACES.sub(lambda match: "…" if match[1] else match[0][0], self.cure)

    def at(
        self,
        *places: Place,
        expected: str = "",
        actual: str = "",
        suspects: Sequence[Suspect] = (),
        cure: str = "",
        **facts: object,
    ) -> "Finding":
        """Return the finding of this rule at these places; `facts` fill its message and cure."""
        told = {**facts, "expected": expected, "actual": actual}
        return Finding(
            rule=self,
            message=fill_text(self.message, told),
            places=places,
            expected=expected,
            actual=actual,
            suspects=tuple(suspects),
            cure=cure or fill_text(self.cure, told),
            is_cure_general=not cure,
        )


class IndexedRule(NamedTuple):
    """What is known of a rule without importing it: where it stands, its name, its needs.

    A rule of a form stands in no module: `form` is the key of the latest that has it.
    """

    module: str
    name: str
    needs: tuple[str, ...]
    form: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault found: which rule, where, what was expected and what to do."""

    rule: Rule
    message: str
    places: tuple[Place, ...]
    expected: str
    actual: str
    suspects: tuple[Suspect, ...]
    cure: str
    waived: Waived | None = None
    is_cure_general: bool = True  # the cure is the rule's, made for no finding alone

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    def as_json(self) -> dict[str, object]:
        """Return the finding in the shape of `--json` and of the package."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "places": [place._asdict() for place in self.places],
            "expected": self.expected,
            "actual": self.actual,
            "suspects": [
                {
                    "label": suspect.label,
                    "address": suspect.place.address,
                    "file": suspect.place.file,
                    "cell": suspect.place.cell,
                    "actual": suspect.actual,
                    "expected": suspect.expected,
                }
                for suspect in self.suspects
            ],
            "basis": self.rule.basis,
            "cure": self.cure,
            "waived": self.waived._asdict() if self.waived else None,
        }


def has_errors(findings: Sequence[Finding]) -> bool:
    """Whether any finding forbids the issue."""
    return any(finding.severity == "error" and not finding.waived for finding in findings)


def list_first(names: Iterable[str], most: int) -> str:
    """Return names as a list in words; of more than so many the first: 甲镇、乙镇 等."""
    every = list(names)
    shown = "、".join(every[:most])
    return f"{shown} 等" if len(every) > most else shown
