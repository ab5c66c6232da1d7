"""What docgen says: findings to people on stderr in Chinese, results and JSON on stdout.

Whatever is said passes here, a line at a time: no text of another makes a line of its own.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TextIO

from docgen.check.outcome import Outcome
from docgen.check.own_words import own_words_of
from docgen.files.visible import as_json, visible
from docgen.finding import SEVERITIES, Finding, Place, Rule
from docgen.messages import phrases

_COLOURS = {"error": "31", "warning": "33", "note": "36"}

#: Of many findings of one kind in one sheet, this many are shown in full.
_SHOWN = 3


def say(text: str, mark: str = "") -> None:
    """A line for people; the mark before it is docgen's own and may be coloured."""
    print(mark + visible(text), file=sys.stderr)


def result(*lines: str) -> None:
    """Lines of the result."""
    for line in lines:
        print(visible(line))


def in_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines whose columns stand under one another, as a terminal shows them."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def result_json(value: object, indent: int | None = None) -> None:
    """A result for programs: one line, unless it is indented."""
    print(as_json(value, indent))


def show_trace(text: str) -> None:
    """A traceback, which may quote an input: no line of it begins where docgen's do."""
    for line in text.splitlines():
        say(f"  {line}")


def _colour_label(finding: Finding, stream: TextIO) -> str:
    text = f"{phrases.name_severity(finding)} {finding.code}"
    if stream.isatty() and "NO_COLOR" not in os.environ:
        return f"\033[{_COLOURS[finding.severity]}m{text}\033[0m"
    return text


def show_findings(findings: Iterable[Finding]) -> None:
    """Every finding; of many alike in one sheet the first few, and where the others are."""
    for _, alike in groupby(findings, key=_kind_of):
        group = list(alike)
        most = 1 if group[0].severity == "note" else _SHOWN
        few = len(group) <= most + 2 or not all(any(p.cell for p in f.places) for f in group)
        shown = group if few else group[:most]

        for finding in shown:
            _show_finding(finding)

        if rest := group[len(shown) :]:
            cells = [place.cell for finding in rest for place in finding.places]
            name = SEVERITIES[rest[0].severity]
            say(f"  …… 同样的{name}还有 {len(rest)} 处：{phrases.list_cells(cells)}")


def _kind_of(finding: Finding) -> tuple[str, str, str]:
    first = finding.places[0] if finding.places else Place()
    return finding.code, first.file, first.sheet


def _show_finding(finding: Finding) -> None:
    say(f" {finding.message}", _colour_label(finding, sys.stderr))
    if places := phrases.list_places(finding.places):
        say(f"  位置  {places}")
    for suspect in finding.suspects:
        say(f"  怀疑  {phrases.describe_suspect(suspect)}")

    if finding.waived:
        say(f"  豁免  {phrases.describe_waiver(finding)}")
    elif finding.severity != "note":
        if finding.rule.basis:
            say(f"  依据  {finding.rule.basis}")
        say(f"  改法  {finding.cure}")


def show_outcome(outcome: Outcome, *, alone: bool = True, kind: str = "") -> None:
    """The findings of one input, then a line that sums up; of one among many, what is wrong.

    What two reports say otherwise is told of many, too: that is why they are checked together.
    """
    findings = [
        f for f in outcome.findings if alone or f.severity != "note" or "agreed" in f.rule.needs
    ]
    if not findings and not alone:
        return
    show_findings(findings)
    name, counts = phrases.name_verdict(outcome), phrases.count_findings(outcome.findings)
    called = f"（{kind}）" if kind else ""
    say(f"{outcome.input}{called}：{name}（{counts}）")
    if alone and outcome.coverage and outcome.verdict != "unreadable":
        for line in phrases.sum_up_coverage(outcome.findings, outcome.coverage).splitlines():
            say(line)


def show_json(outcome: Outcome, *, outputs: bool) -> None:
    """One line for programs; `outputs` for a command that writes."""
    record = phrases.as_record(outcome)
    if outputs:
        record["outputs"] = [str(path) for path in outcome.outputs]
    result_json(record)


def explain(rule: Rule, where: str = "") -> None:
    """What a code means, why, an example, the basis, the cure and since when; of which form."""
    lines = {
        "表式": where,
        "为什么": rule.why,
        "例如": rule.example,
        "依据": rule.basis,
        "改法": rule.plain_cure,
        "始于": f"docgen {rule.since}",
        "并入": "、".join(rule.aliases),
    }
    result(f"{rule.code} {rule.name}（{SEVERITIES[rule.severity]}）", *_told(lines))

    for name, own in own_words_of(rule.code).items():
        words = {"为什么": own.why, "例如": own.example, "依据": own.basis, "改法": own.cure}
        result(f"在《{name}》里：", *(f"  {line}" for line in _told(words)))


def _told(lines: Mapping[str, str]) -> Iterator[str]:
    """Yield each text that is not blank behind its name."""
    return (f"{name:　<3}  {text}" for name, text in lines.items() if text)
