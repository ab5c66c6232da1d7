"""A check as one page to print on A4, of one input or of many."""

from collections.abc import Iterator, Sequence

from docgen import __version__
from docgen.check.outcome import Coverage, Outcome
from docgen.finding import SEVERITIES, Finding
from docgen.messages import phrases
from docgen.messages.webpage import escape, escape_row, write_page, write_table

#: A severity is told by its word, too, not by its colour alone.
_STYLE = """
section { margin-top: 2.5rem; }
.mark { display: inline-block; padding: 0 .4em; margin-right: .4em; border: 1px solid; }
.error { color: #8a1c1c; background: #fdeaea; }
.warning { color: #6b4a00; background: #fff4d6; }
.note-mark { color: #1f4a6b; background: #e8f2fa; }
.waived { color: #14532d; }
.rules { columns: 16em; padding-left: 1.2em; font-size: .875rem; line-height: 1.5; }
.rules li { list-style-position: inside; }
.rules li { break-inside: avoid; }
td p, td ul { margin: 0; padding-left: 0; }
td li { margin-left: 1.2em; }
td:nth-child(1) { width: 24%; }
.found td:nth-child(3) { width: 30%; }
@media print {
  @page { size: A4 portrait; margin: 18mm 16mm; }
  body { color: #000; font-size: 10.5pt; line-height: 1.5; }
  h1 { font-size: 16pt; margin-top: 0; }
  h2 { font-size: 13pt; }
  h2, h3, .why { break-after: avoid; }
  table, .rules, .note { font-size: 9pt; }
  section + section { break-before: page; }
}
""".strip()
_CLASSES = {"error": "error", "warning": "warning", "note": "note-mark"}


def to_html(outcomes: Sequence[Outcome]) -> bytes:
    """Return the page; the same bytes for the same outcomes."""
    return write_page("报告核对结果", _STYLE, _page_body(outcomes))


def _page_body(outcomes: Sequence[Outcome]) -> Iterator[str]:
    if len(outcomes) > 1:
        rows = (
            (o.input, phrases.name_verdict(o), phrases.count_findings(o.findings)) for o in outcomes
        )
        heads = ("输入", "结论", "发现")
        yield from write_table(heads, (escape_row(map(str, row)) for row in rows), "各份的结论")

    for outcome in outcomes:
        yield "<section>"
        yield from _outcome_section(outcome)
        yield "</section>"

    limits = "没有发现不等于没有问题：规则只查得出规则里写明的。"
    yield f'<p class="note">docgen {__version__} 核对。{limits}</p>'


def _outcome_section(outcome: Outcome) -> Iterator[str]:
    yield f"<h2>{escape(str(outcome.input))}</h2>"
    said = f"{phrases.name_verdict(outcome)}（{phrases.count_findings(outcome.findings)}）"
    yield f'<p class="verdict">{said}</p>'
    year = f"{outcome.year} 年度" if outcome.year else ""
    if report := "，".join(filter(None, (outcome.body, year))):
        yield f"<p>{escape(report)}</p>"
    for severity in SEVERITIES:
        groups: dict[str, list[Finding]] = {}
        for finding in outcome.findings:
            if finding.severity == severity:
                groups.setdefault(finding.code, []).append(finding)
        for group in groups.values():
            yield from _rule_findings(group)

    if outcome.coverage:
        yield from _coverage_lists(outcome.coverage, outcome.findings)


def _rule_findings(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield all findings of one rule."""
    rule = findings[0].rule
    mark = f'<span class="mark {_CLASSES[rule.severity]}">{SEVERITIES[rule.severity]}</span>'
    yield f"<h3>{mark}{rule.code} {escape(rule.name)}（{len(findings)} 处）</h3>"
    basis = f"依据：{rule.basis}。" if rule.basis else ""
    if basis or rule.why:
        yield f'<p class="note why">{escape(basis + rule.why)}</p>'
    yield '<div class="found">'
    yield from write_table(("位置", "问题", "改法"), map(_finding_row, findings), rule.name)
    yield "</div>"


def _finding_row(finding: Finding) -> Sequence[str]:
    told = [f"<p>{escape(finding.message)}</p>"]
    if finding.expected and len(finding.suspects) < 2:  # else each cell has its own
        told.append(f"<p>应为 {escape(finding.expected)}；现为 {escape(finding.actual)}</p>")
    if finding.suspects:
        suspects = "".join(
            f"<li>{escape(phrases.describe_suspect(one))}</li>" for one in finding.suspects
        )
        told.append(f"<p>怀疑：</p><ul>{suspects}</ul>")

    cure = escape(finding.cure)
    if finding.waived:
        cure = f'<p class="waived">已豁免：{escape(phrases.describe_waiver(finding))}</p>'
    return escape(phrases.list_places(finding.places)) or "（整份）", "".join(told), cure


def _coverage_lists(coverage: Coverage, findings: Sequence[Finding]) -> Iterator[str]:
    clean = coverage.clean(findings)
    yield f"<h3>查了、没有发现问题的规则（{len(clean)} 条）</h3>"
    if clean:
        items = "".join(f"<li>{code} {escape(coverage.name_of(code))}</li>" for code in clean)
        yield f'<ul class="rules">{items}</ul>'

    yield f"<h3>没有查或没有查全的规则（{len(coverage.not_run)} 条）</h3>"
    rows = [
        (why, "、".join(f"{code} {coverage.name_of(code)}" for code in codes))
        for why, codes in coverage.reasons.items()
    ]
    if rows:
        yield from write_table(("为什么", "规则"), map(escape_row, rows), "没有查的规则")
    if coverage.unjudged:
        yield f"<h3>正文里没有核对的数（{len(coverage.unjudged)} 个）</h3>"
        figures = [(str(one.place), one.said, one.quote) for one in coverage.unjudged]
        yield from write_table(("位置", "数", "原句"), map(escape_row, figures), "没有核对的数")
