"""A check in SARIF 2.1.0 (OASIS), which code hosts and editors read.

A result points at its file and, in a CSV file, at the line; the cell and the address are logical
locations, because a workbook and a JSON path have no lines. Names of files are relative to the
working folder; of one outside it only the name is given. A rule that could not run is a
notification of the invocation: SARIF has no list for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docgen import __version__
from docgen.catalogue import RULES
from docgen.check.outcome import Outcome
from docgen.files.visible import as_json
from docgen.finding import Finding, Place, Rule
from docgen.messages import wording
from docgen.messages.where import Files, faulty

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

Json = dict[str, Any]
Index = Mapping[str, int]  # where each code stands among the rules of the run


def to_sarif(outcomes: Sequence[Outcome]) -> bytes:
    """One run with an invocation and the results of each input."""
    rules = list(_rules(outcomes))
    index = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "docgen",
        "version": __version__,
        "language": "zh-CN",
        "rules": [_rule(rule) for rule in rules],
    }
    run: Json = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "invocations": [],
        "results": [],
    }
    for outcome in outcomes:
        files = Files(outcome)
        run["invocations"].append(_invocation(outcome, files, index))
        run["results"] += [_result(finding, files, index) for finding in outcome.findings]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return (as_json(log, indent=2) + "\n").encode()


def _rules(outcomes: Sequence[Outcome]) -> Iterator[Rule]:
    """Every rule that these checks speak of, in the order of the catalogue."""
    codes = {finding.code for outcome in outcomes for finding in outcome.findings}
    for coverage in (outcome.coverage for outcome in outcomes if outcome.coverage):
        codes.update(rule.code for rule in (*coverage.ran, *dict(coverage.not_run)))
    return (rule for code, rule in RULES.items() if code in codes)


def _rule(rule: Rule) -> Json:
    texts = {"shortDescription": rule.name, "fullDescription": rule.why, "help": rule.plain_cure}
    return {
        "id": rule.code,
        **{key: {"text": text} for key, text in texts.items() if text},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"basis": rule.basis},
    }


def _invocation(outcome: Outcome, files: Files, index: Index) -> Json:
    """One input's check: whether it could be read, what ran, what could not and why."""
    whole = {"physicalLocation": {"artifactLocation": {"uri": files.uri(Place())}}}
    coverage = outcome.coverage
    return {
        "executionSuccessful": outcome.reading is not None,
        "exitCode": outcome.exit_code,
        "toolExecutionNotifications": [
            {
                "level": "note",
                "message": {"text": f"没有查或没查全：{rule.name}（{why}）"},
                "associatedRule": {"id": rule.code, "index": index[rule.code]},
                "locations": [whole],
            }
            for rule, why in (coverage.not_run if coverage else ())
        ],
        "properties": {
            "input": files.uri(Place()),
            "verdict": outcome.verdict,
            "rulesRan": [rule.code for rule in coverage.ran] if coverage else [],
        },
    }


def _result(finding: Finding, files: Files, index: Index) -> Json:
    first, *others = faulty(finding) or [Place()]
    rest = [place for place in finding.places if place not in (first, *others)]
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": finding.severity,
        "message": {"text": f"{finding.message}。改法：{finding.cure}"},
        "locations": [_location(first, files)],
        "suppressions": [],
        "properties": {"expected": finding.expected, "actual": finding.actual},
    }
    if related := [_location(place, files) for place in (*others, *rest)]:
        result["relatedLocations"] = [{"id": n, **one} for n, one in enumerate(related)]
    if finding.waived:
        said = {"kind": "inSource", "status": "accepted", "justification": wording.waived(finding)}
        result["suppressions"].append(said)
    return result


def _location(place: Place, files: Files) -> Json:
    physical: Json = {"artifactLocation": {"uri": files.uri(place)}}
    if line := files.line(place):
        physical["region"] = {"startLine": line}
    logical = []
    if place.cell and place.cell != place.address:
        cell = f"{place.sheet}!{place.cell}" if place.sheet else place.cell
        logical.append({"name": place.cell, "fullyQualifiedName": cell, "kind": "cell"})
    if place.address:
        name = place.address.rpartition(".")[2]
        logical.append({"name": name, "fullyQualifiedName": place.address, "kind": "value"})
    return {"physicalLocation": physical} | ({"logicalLocations": logical} if logical else {})
