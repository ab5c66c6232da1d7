"""An outcome as JSON and back; what was kept may have been changed since, and is then nothing."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast, get_args

from docgen.address import Address
from docgen.check.outcome import Outcome, Verdict
from docgen.finding import SEVERITIES, Finding, Place, Rule, Suspect, Waived

#: JSON as the standard library reads it.
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
_Read = TypeVar("_Read")
_PLACE = ("file", "sheet", "cell", "address")


class NotKept(ValueError):
    """What was kept is not what docgen wrote."""


def write_outcome(outcome: Outcome) -> dict[str, Json]:
    """Return an outcome but for its input, its outputs and its reading."""
    return {
        "verdict": outcome.verdict,
        "exit_code": outcome.exit_code,
        "body": outcome.body,
        "year": outcome.year,
        "family": outcome.family,
        "report_name": outcome.report_name,
        "findings": write_findings(outcome.findings),
    }


def read_outcome(said: Json, path: Path) -> Outcome:
    """Return the outcome of this input. Raise NotKept where it is none."""
    told = as_object(said)
    verdict, year, code = text_of(told, "verdict"), told.get("year"), told.get("exit_code")
    if verdict not in get_args(Verdict) or not (year is None or type(year) is int):
        raise NotKept("verdict")
    if type(code) is not int or not 0 <= code <= 255:
        raise NotKept("exit code")

    return Outcome(
        path,
        cast(Verdict, verdict),
        read_findings(told.get("findings")),
        code,
        body=text_of(told, "body"),
        year=year,
        family=text_of(told, "family"),
        report_name=text_of(told, "report_name"),
    )


def write_findings(findings: tuple[Finding, ...]) -> list[Json]:
    """Return findings with all that is known of them, their rules as well."""
    return [_write_finding(finding) for finding in findings]


def read_findings(said: Json) -> tuple[Finding, ...]:
    """Return the findings. Raise NotKept where they are none."""
    return tuple(_read_finding(as_object(one)) for one in as_list(said))


def _write_finding(finding: Finding) -> Json:
    rule: dict[str, Json] = {
        field.name: list(value) if isinstance(value, tuple) else value
        for field in fields(Rule)
        for value in [getattr(finding.rule, field.name)]
    }
    return {
        "rule": rule,
        "message": finding.message,
        "places": [_write_place(place) for place in finding.places],
        "expected": finding.expected,
        "actual": finding.actual,
        "suspects": [
            [_write_place(one.place), one.label, one.actual, one.expected]
            for one in finding.suspects
        ],
        "cure": finding.cure,
        "waived": list(finding.waived) if finding.waived else None,
        "general": finding.is_cure_general,
    }


def _read_finding(told: dict[str, Json]) -> Finding:
    waived = told.get("waived")
    return Finding(
        rule=_read_rule(as_object(told.get("rule"))),
        message=text_of(told, "message"),
        places=tuple(_read_place(one) for one in as_list(told.get("places"))),
        expected=text_of(told, "expected"),
        actual=text_of(told, "actual"),
        suspects=tuple(_read_suspect(one) for one in as_list(told.get("suspects"))),
        cure=text_of(told, "cure"),
        waived=None if waived is None else Waived(*_texts(waived, 3)),
        is_cure_general=bool(told.get("general")),
    )


def _write_place(place: Place) -> Json:
    return [str(getattr(place, name)) for name in _PLACE]


def _read_place(said: Json) -> Place:
    file, sheet, cell, address = _texts(said, len(_PLACE))
    return Place(file, sheet, cell, Address(address))


def _read_suspect(said: Json) -> Suspect:
    place, *texts = as_list(said)
    label, actual, expected = _texts(cast(Json, texts), 3)
    return Suspect(_read_place(place), label, actual, expected)


def _read_rule(told: dict[str, Json]) -> Rule:
    texts = [text_of(told, name) for name in _RULE_TEXTS]
    lists = [tuple(_texts(told.get(name))) for name in ("needs", "aliases")]
    if told.get("severity") not in SEVERITIES:
        raise NotKept("severity")
    return _rule_of(*texts, waivable=bool(told.get("waivable")), needs=lists[0], aliases=lists[1])


_RULE_TEXTS = ("code", "name", "severity", "message", "why", "example", "cure", "basis", "since")


@lru_cache(maxsize=1000)  # a county has many findings of few rules
def _rule_of(*texts: str, waivable: bool, needs: tuple[str, ...], aliases: tuple[str, ...]) -> Rule:
    named: Mapping[str, str] = dict(zip(_RULE_TEXTS, texts, strict=True))
    make = cast(Callable[..., Rule], Rule)
    return make(**named, waivable=waivable, needs=needs, aliases=aliases)


def as_object(said: Json) -> dict[str, Json]:
    """Return an object. Raise NotKept for anything else."""
    if not isinstance(said, dict):
        raise NotKept("object")
    return said


def as_list(said: Json) -> list[Json]:
    """Return a list. Raise NotKept for anything else."""
    if not isinstance(said, list):
        raise NotKept("list")
    return said


def text_of(told: dict[str, Json], name: str) -> str:
    """Return a text of an object. Raise NotKept where it has none."""
    value = told.get(name)
    if not isinstance(value, str):
        raise NotKept(name)
    return value


def _texts(said: Json, count: int | None = None) -> list[str]:
    texts = [one for one in as_list(said) if isinstance(one, str)]
    if len(texts) != len(as_list(said)) or count not in (None, len(texts)):
        raise NotKept("texts")
    return texts
