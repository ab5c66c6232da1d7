"""What docgen says: findings to people on stderr in Chinese, results and JSON on stdout."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, TextIO

from docgen.errors import OutputStop, TemplateStop
from docgen.finding import Finding, Place, Rule
from docgen.pipeline import Outcome

_NAMES = {"error": "错误", "warning": "警告", "note": "提示"}
_COLOURS = {"error": "31", "warning": "33", "note": "36"}
_VERDICTS = {"sound": "通过", "refused": "未通过", "unreadable": "读不了"}

#: Of many findings of one kind in one sheet, this many are shown in full.
_SHOWN = 3
_MANY_CELLS = 12


def configure_streams() -> None:
    """A console that cannot print a character (GBK has no 㐀) shows its number, and goes on."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """A line for people."""
    print(text, file=sys.stderr)


def result(text: str) -> None:
    """A line of the result."""
    print(text)


def _label(finding: Finding, stream: TextIO) -> str:
    text = f"{_NAMES[finding.severity]} {finding.code}"
    if stream.isatty() and "NO_COLOR" not in os.environ:
        return f"\033[{_COLOURS[finding.severity]}m{text}\033[0m"
    return text


def show_findings(findings: Iterable[Finding]) -> None:
    """Every finding; of many alike in one sheet the first few, and where the others are."""
    for _, alike in groupby(findings, key=_kind):
        group = list(alike)
        most = 1 if group[0].severity == "note" else _SHOWN
        few = len(group) <= most + 2 or not all(any(p.cell for p in f.places) for f in group)
        shown = group if few else group[:most]
        for finding in shown:
            _show(finding)
        if rest := group[len(shown) :]:
            cells = [place.cell for finding in rest for place in finding.places]
            say(f"  …… 同样的{_NAMES[rest[0].severity]}还有 {len(rest)} 处：{_cells(cells)}")


def _kind(finding: Finding) -> tuple[str, str, str]:
    first = finding.places[0] if finding.places else Place()
    return finding.code, first.file, first.sheet


def _show(finding: Finding) -> None:
    say(f"{_label(finding, sys.stderr)} {finding.message}")
    if places := _places(finding.places):
        say(f"  位置  {places}")
    for suspect in finding.suspects:
        where = f"{suspect.place.cell or suspect.place}（{suspect.label}）"
        say(f"  怀疑  {where}应为 {suspect.expected}，现为 {suspect.actual}")
    if finding.severity != "note":
        if finding.rule.basis:
            say(f"  依据  {finding.rule.basis}")
        say(f"  改法  {finding.cure}")


def _places(places: Sequence[Place]) -> str:
    sheets = groupby(places, key=lambda place: (place.file, place.sheet))
    return "；".join(
        f"{head} {_cells([first.cell, *(place.cell for place in rest)])}".strip()
        for _, (first, *rest) in ((key, list(group)) for key, group in sheets)
        for head in [str(first._replace(cell="", address="")) or "（整份）"]
    )


def _cells(cells: Sequence[str]) -> str:
    named = list(dict.fromkeys(filter(None, cells)))
    more = f" 等 {len(named)} 处" if len(named) > _MANY_CELLS else ""
    return "、".join(named[:_MANY_CELLS]) + more


def show_outcome(outcome: Outcome) -> None:
    """The findings of one input, then a line that sums up."""
    show_findings(outcome.findings)
    counts = [
        f"{sum(f.severity == severity for f in outcome.findings)} 个{name}"
        for severity, name in _NAMES.items()
    ]
    verdict = _VERDICTS[outcome.verdict]
    if outcome.exit_code in (TemplateStop.exit_code, OutputStop.exit_code):
        verdict = "没有写出"  # the input may be sound
    say(f"{outcome.input}：{verdict}（{'，'.join(counts)}）")


def as_json(outcome: Outcome, *, outputs: bool) -> str:
    """One line for programs; `outputs` for a command that writes."""
    record: dict[str, Any] = {
        "input": str(outcome.input),
        "verdict": outcome.verdict,
        "findings": [finding.as_json() for finding in outcome.findings],
    }
    if outputs:
        record["outputs"] = [str(path) for path in outcome.outputs]
    return json.dumps(record, ensure_ascii=False)


def explain(rule: Rule) -> str:
    """What a code means, why, an example and the cure."""
    lines = [f"{rule.code} {rule.name}（{_NAMES[rule.severity]}）", f"为什么  {rule.why}"]
    if rule.example:
        lines.append(f"例如    {rule.example}")
    if rule.basis:
        lines.append(f"依据    {rule.basis}")
    return "\n".join([*lines, f"改法    {rule.plain_cure}"])
