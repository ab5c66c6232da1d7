"""What the console and the reports of a check say alike of findings and outcomes."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from docgen.address import Address
from docgen.check.outcome import Coverage, Outcome, Verdict
from docgen.errors import OutputStop, TemplateStop
from docgen.finding import SEVERITIES, Finding, Place, Suspect, has_errors

_VERDICTS: dict[Verdict, str] = {"sound": "通过", "refused": "未通过", "unreadable": "读不了"}

_MANY_CELLS = 12
_MOST_REASONS = 3


def name_severity(finding: Finding) -> str:
    """Return how grave a finding is, and whether it is let through."""
    name = SEVERITIES[finding.severity]
    return f"{name}（已豁免）" if finding.waived else name


def name_verdict(outcome: Outcome) -> str:
    """Return what became of an input, in a word."""
    if outcome.exit_code in (TemplateStop.exit_code, OutputStop.exit_code):
        # the input may be sound; what is asked for beside the document comes after it
        return f"{_VERDICTS[outcome.verdict]}，没有校样" if outcome.outputs else "没有写出"
    if outcome.outputs and outcome.verdict == "sound" and has_errors(outcome.findings):
        return "文件已出，校样上有错误要改"
    if outcome.draft:
        what = "送审稿" if outcome.verdict == "sound" else "草稿，未通过"
        return f"{what}，没有变" if outcome.unchanged else what

    return "已签发，没有变" if outcome.unchanged else _VERDICTS[outcome.verdict]


def count_findings(findings: Iterable[Finding]) -> str:
    """Return how many findings of each severity, those let through apart."""
    kinds = [None if finding.waived else finding.severity for finding in findings]
    said = [f"{kinds.count(severity)} 个{name}" for severity, name in SEVERITIES.items()]
    if None in kinds:
        said.append(f"{kinds.count(None)} 个已豁免")
    return "，".join(said)


def list_places(found: Sequence[Place]) -> str:
    """Return where a finding stands: the cells of each sheet together."""
    sheets = groupby(found, key=lambda place: (place.file, place.sheet))
    return "；".join(
        f"{head} {list_cells([first.cell, *(place.cell for place in rest)])}".strip()
        for _, (first, *rest) in ((key, list(group)) for key, group in sheets)
        for head in [str(first._replace(cell="", address=Address())) or "（整份）"]
    )


def faulty_places(finding: Finding) -> list[Place]:
    """Return the cells to look at: those that may be wrong; where none is suspected, all."""
    suspected = [suspect.place for suspect in finding.suspects]
    return list(dict.fromkeys(suspected or finding.places))


def list_cells(found: Sequence[str]) -> str:
    """Return the names of cells, each once, the first of many."""
    named = list(dict.fromkeys(filter(None, found)))
    more = f" 等 {len(named)} 处" if len(named) > _MANY_CELLS else ""
    return "、".join(named[:_MANY_CELLS]) + more


def describe_suspect(found: Suspect) -> str:
    """Return a cell that may be the wrong one, and what it should then be."""
    where = f"{found.place.cell or found.place}（{found.label}）"
    return f"{where}应为 {found.expected}，现为 {found.actual}"


def describe_waiver(finding: Finding) -> str:
    """Return why a finding is let through, who decided so and when; blank if it is not."""
    return "{}（{}，{}）".format(*finding.waived) if finding.waived else ""


def sum_up_coverage(found: Sequence[Finding], covered: Coverage) -> str:
    """Return how many rules were judged, how many found something, how many could not run."""
    reasons = [f"{why} {len(rules)} 条" for why, rules in covered.reasons.items()]
    more = "等" if len(reasons) > _MOST_REASONS else ""
    why = f"（{'，'.join(reasons[:_MOST_REASONS])}{more}）" if reasons else ""
    telling = len({finding.code for finding in found})
    judged = telling + len(covered.clean(found))
    said = f"，{telling} 条有话说" if telling else "，都没有问题"
    left = f"；另有 {len(covered.not_run)} 条用不上或没查全{why}" if covered.not_run else ""
    rules = f"核对了 {judged} 条规则{said}{left}" if judged else f"没有一条规则用得上{why}"
    return "\n".join(filter(None, (rules, sum_up_unjudged(covered))))


def sum_up_unjudged(covered: Coverage) -> str:
    """Return how many figures of the text no cell was found for, and the first few; or blank."""
    figures = covered.unjudged
    if not figures:
        return ""
    first = "、".join(f"“{one.said}”" for one in figures[:_MOST_REASONS])
    more = "等" if len(figures) > _MOST_REASONS else ""
    return (
        f"正文里有 {len(figures)} 个数认不准说的是表里哪一格，没有核对，请自己看一遍：{first}{more}"
    )


def as_record(outcome: Outcome) -> dict[str, object]:
    """Return what became of an input, for programs: in the shape of `--json`."""
    said: dict[str, object] = {
        "input": str(outcome.input),
        "verdict": outcome.verdict,
        "findings": [finding.as_json() for finding in outcome.findings],
    }
    if outcome.coverage:
        said["rules_ran"] = list(outcome.coverage.ran)
        said["rules_not_run"] = [
            {"code": code, "name": outcome.coverage.name_of(code), "why": why}
            for code, why in outcome.coverage.not_run
        ]
        said["figures_not_judged"] = [
            {"place": one.place._asdict(), "said": one.said, "quote": one.quote}
            for one in outcome.coverage.unjudged
        ]

    return said
