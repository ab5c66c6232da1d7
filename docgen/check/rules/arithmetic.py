"""Arithmetic: the sums a form declares, with one finding for each thing that went wrong."""

from collections.abc import Iterator

from docgen.catalogue import check
from docgen.check.suspect import Change, Group, Sums, explain
from docgen.finding import Finding, Suspect
from docgen.forms.form import Balance, Number
from docgen.forms.sums import sides
from docgen.model import Reading, print_number

#: More explanations than this help nobody.
MOST_SUSPECTS = 8


def check_sums(reading: Reading) -> Iterator[Finding]:
    """Every balance of the form that does not hold, grouped by the cell that explains it."""
    form, figures = reading.form, reading.report.figures
    residuals: dict[int, Number] = {}
    for index, balance in enumerate(form.balances):
        both = sides(balance, figures)
        if both and both.left != both.right:
            residuals[index] = both.left - both.right
    if residuals:
        sums = Sums(form, figures, reading.computed)
        for group in explain(sums, residuals):
            yield _finding(reading, group)


def _finding(reading: Reading, group: Group) -> Finding:
    form, figures = reading.form, reading.report.figures
    balance = form.balances[group.balances[0]]
    both = sides(balance, figures)
    assert both is not None  # a group holds broken balances, and those were computed
    changes: list[Change] = []
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
    rule = check.SUMS.get(balance.equation.code, check.OTHER_SUM)
    alone = len(group.explanations) == 1
    left_names, _, right_names = balance.equation.text.partition("＝")
    others = len(group.balances) - 1
    gap = both.left - both.right
    return rule.at(
        *(reading.place(address) for address in (*balance.left, *balance.right)),
        expected="；".join(s.expected for s in suspects) if alone else print_number(both.left),
        actual="；".join(s.actual for s in suspects) if alone else print_number(both.right),
        suspects=suspects,
        cure=_swaps(reading, group) or (_cure(suspects, len(changes)) if suspects else ""),
        table=_table(reading, balance),
        where=balance.label,
        left_names=left_names,
        right_names=right_names,
        left=print_number(both.left),
        right=print_number(both.right),
        difference=print_number(max(gap, -gap)),
        more=f"；另有 {others} 处合计同时不平" if others else "",
    )


def _swaps(reading: Reading, group: Group) -> str:
    """What to do where two figures were likely exchanged: each such pair, not a list of cells."""
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


def _table(reading: Reading, balance: Balance) -> str:
    return reading.form.figures[balance.left[0]].table.short


def _cure(suspects: list[Suspect], count: int) -> str:
    if count == 1:
        (only,) = suspects
        return f"核对原始台账；多半应把 {only.place} 由 {only.actual} 改为 {only.expected}。"
    rest = (
        f"（共 {count} 处可能，列出最可能的 {len(suspects)} 处）" if count > len(suspects) else ""
    )
    return f"只凭勾稽关系不能定到一格，请对照原始台账核对怀疑的格子{rest}。"
