"""The rules that a form brings: what each kind of relation can tell, and its words by default.

The kind of such a rule is the one need it names (`Rule.needs`). Its message and its cure are
texts of the form's author: they can name the facts of its kind, and nothing else.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from docgen.finding import Rule, Severity

OwnKind = Literal["sums", "bounds", "conditions", "topics", "carried", "agreed"]


class KindOfRule(NamedTuple):
    """What a rule of one kind says unless the form gives its own words; the facts it can name."""

    message: str
    cure: str
    facts: frozenset[str]


def _facts(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SUMS = _facts(
    "table where place text left_names right_names left right difference expected actual"
)

#: By kind. `place` is the table with the row or column, `where` that row or column alone.
KINDS: Mapping[OwnKind, KindOfRule] = {
    # an equality that is an error to break: the likely wrong cell is told with it
    "sums": KindOfRule(
        "{place}不平：{left_names} = {left}，{right_names} = {right}，相差 {difference}{more}",
        "核对怀疑的格子；没有怀疑的格子时，对照原始台账逐个核对这些数。",
        _SUMS | {"more"},
    ),
    # at most, or an equality that is likely but not sure
    "bounds": KindOfRule(
        "{place}：{left_names} = {left}，{right_names} = {right}，{fault}",
        "对照原始台账核对这几个数；都没有错的，不用改。",
        _SUMS | {"fault"},
    ),
    "conditions": KindOfRule(
        "{place}：{text}；现在{given}，而{now}",
        "核对这几格，改正其中填错的。",
        _facts("table where place text given now expected actual"),
    ),
    "topics": KindOfRule(
        "{where}没有看到：{names}",
        "补写这些内容；写了而用了别的说法的，不用改。",
        _facts("section where names"),
    ),
    "carried": KindOfRule(
        "{table}“{where}”与上年对不上：{details}",
        "对照上年公布的报告改正；上年公布的数确有错的，先按规定更正上年的报告。",
        _facts("table where details expected actual"),
    ),
    "agreed": KindOfRule(
        "{here_names}是 {here}，同年的“{name}”里{there_names}是 {there}，相差 {difference}",
        "对照两份报告的原始台账；口径不同的，不用改。",
        _facts("text name here there here_names there_names difference expected actual"),
    ),
}

# {table}, {x.y}, {x:>9} and a brace alone; {{ and }} stand for one brace each.
_BRACES = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]")


def form_rule(
    kind: OwnKind,
    code: str,
    name: str,
    *,
    severity: Severity = "error",
    message: str = "",
    why: str = "",
    example: str = "",
    cure: str = "",
    basis: str = "",
    waivable: bool = False,
    since: str = "0.3.0",
) -> Rule:
    """Return a rule of a form's own, in the words of its kind where it has none itself."""
    return Rule(
        code=code,
        name=name,
        severity="note" if kind == "agreed" else severity,  # two counts are never proved to be one
        message=message or KINDS[kind].message,
        why=why,
        example=example,
        cure=cure or KINDS[kind].cure,
        basis=basis,
        waivable=waivable,
        needs=(kind,),
        since=since,
    )


def find_unknown_facts(kind: OwnKind, text: str) -> Iterator[str]:
    """Yield what stands in braces in a message or a cure and is no fact of such a rule."""
    for match in _BRACES.finditer(text):
        if match[0] not in ("{{", "}}") and match[0][1:-1] not in KINDS[kind].facts:
            yield match[0]
