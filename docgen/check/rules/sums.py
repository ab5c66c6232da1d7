"""Arithmetic: the sums a form declares, with one finding for each thing that went wrong."""

from collections.abc import Iterator

from docgen.check.passages import Prose
from docgen.check.suspect import BrokenSums, CellChange, Sums, explain
from docgen.finding import Finding, Rule, Suspect
from docgen.forms.form import Form
from docgen.forms.own_rules import KINDS
from docgen.forms.relation import Balance
from docgen.forms.sums import Sides, sides
from docgen.forms.table import Number
from docgen.model import Reading, print_number

OTHER_SUM = Rule(
    code="E305",
    name="合计不平",
    severity="error",
    needs=("sums",),
    message=KINDS["sums"].message,
    why="表式规定的合计关系不成立。",
    example="各项之和是 6，合计填了 7。",
    cure=KINDS["sums"].cure,
)

#: More explanations than this help nobody.
MOST_SUSPECTS = 8


def check_sums(prose: Prose) -> Iterator[Finding]:
    """Report every balance of the form that does not hold, grouped by the cell that explains it."""
    reading = prose.reading
    form, figures = reading.form, reading.report.figures
    residuals: dict[int, Number] = {}
    for index, balance in enumerate(form.balances):
        both = sides(balance, figures)
        if both and both.left != both.right:
            residuals[index] = both.left - both.right
    if residuals:
        sums = Sums(form, figures, reading.computed)
        for group in explain(sums, residuals):
            yield _sum_finding(reading, group)


def rule_of(form: Form, balance: Balance) -> Rule:
    """Return the rule that a broken balance is told by."""
    return form.rules.get(balance.equation.code, OTHER_SUM)


def is_of_sums(rule: Rule) -> bool:
    """Return whether a rule tells of a sum that must hold, docgen's own or a form's."""
    return "sums" in rule.needs


def facts_of_sums(form: Form, balance: Balance, both: Sides) -> dict[str, str]:
    """Return what the message on a relation of two sums can name."""
    tables = dict.fromkeys(form.figures[a].table.short for a in (*balance.left, *balance.right))
    table, gap = "、".join(tables), both.left - both.right
    mark = "＝" if balance.equation.relation == "=" else "≤"
    left_names, found, right_names = balance.equation.text.partition(mark)
    if not found:
        left_names, right_names = (
            "＋".join(form.figures[address].label for address in side)
            for side in (balance.left, balance.right)
        )

    return {
        "table": table,
        "where": balance.label,
        "place": f"{table}“{balance.label}”" if balance.label else table,
        "text": balance.equation.text,
        "left_names": left_names.strip(),
        "right_names": right_names.strip(),
        "left": print_number(both.left),
        "right": print_number(both.right),
        "difference": print_number(max(gap, -gap)),
    }


def _sum_finding(reading: Reading, group: BrokenSums) -> Finding:
    """Return the finding on balances that are broken together."""
    form, figures = reading.form, reading.report.figures
    balance = form.balances[group.balances[0]]
    both = sides(balance, figures)
    assert both is not None  # a group holds broken balances, and those were computed
    changes: list[CellChange] = []
    for explanation in group.explanations:
        changes += [change for change in explanation if change not in changes]

    suspects = [
        Suspect(
            reading.place(address),
            form.figures[address].label,
            print_number(figures[address]),
            print_number(value),
        )
        for address, value in changes[:MOST_SUSPECTS]
    ]
    alone = len(group.explanations) == 1
    others = len(group.balances) - 1

    return rule_of(form, balance).at(
        *(reading.place(address) for address in (*balance.left, *balance.right)),
        expected="；".join(s.expected for s in suspects) if alone else print_number(both.left),
        actual="；".join(s.actual for s in suspects) if alone else print_number(both.right),
        suspects=suspects,
        cure=_cure_of(rule_of(form, balance), reading, group, suspects, len(changes)),
        more=f"；另有 {others} 处合计同时不平" if others else "",
        **facts_of_sums(form, balance, both),
    )


def _cure_of(
    rule: Rule, reading: Reading, group: BrokenSums, suspects: list[Suspect], count: int
) -> str:
    """Return what to do: which cell is likely wrong, then what the form's author says of it."""
    likely = _swap_cure(reading, group) or (_cell_cure(suspects, count) if suspects else "")
    has_own = rule.cure != KINDS["sums"].cure and "{" not in rule.cure
    return f"{likely}{rule.cure}" if likely and has_own else likely


def _swap_cure(reading: Reading, group: BrokenSums) -> str:
    """Return what to do where two figures were likely exchanged: each such pair."""
    figures = reading.report.figures
    pairs = [
        f"{reading.place(one[0]).cell} 与 {reading.place(other[0]).cell}"
        for one, other in (pair for pair in group.explanations if len(pair) == 2)
        if (figures[one[0]], figures[other[0]]) == (other[1], one[1])
    ]
    if not pairs:
        return ""
    more = f"（也可能是{'，或 '.join(pairs[1:4])}）" if pairs[1:] else ""
    return f"{pairs[0]} 多半填反了{more}：对照原始台账，把填反的两格换过来。"


def _cell_cure(suspects: list[Suspect], count: int) -> str:
    """Return what to do about the cells that may be wrong."""
    if count == 1:
        (only,) = suspects
        return f"核对原始台账；多半应把 {only.place} 由 {only.actual} 改为 {only.expected}。"
    rest = (
        f"（共 {count} 处可能，列出最可能的 {len(suspects)} 处）" if count > len(suspects) else ""
    )
    return f"只凭勾稽关系不能定到一格，请对照原始台账核对怀疑的格子{rest}。"
