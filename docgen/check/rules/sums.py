"""Arithmetic: the sums a form declares, with one finding for each thing that went wrong."""

from collections.abc import Iterator

from docgen.check.basis import FORM_BASIS
from docgen.check.passages import Prose
from docgen.check.suspect import BrokenSums, CellChange, Sums, explain
from docgen.finding import Finding, Rule, Suspect
from docgen.forms.form import Balance, Number
from docgen.forms.sums import sides
from docgen.model import Reading, print_number

_SIDES = "{left_names} = {left}，{right_names} = {right}，相差 {difference}{more}"
_SUMS = "核对怀疑的格子；没有怀疑的格子时，对照原始台账逐个核对这些数。"
BALANCE = Rule(
    code="E301",
    name="收办不平",
    severity="error",
    needs=("sums",),
    message="{table}“{where}”列不平：" + _SIDES,
    why="收到的申请或已办理，或结转下年：第一项加第二项之和，等于第三项加第四项之和。",
    example="本年新收 3，上年结转 0，总计 2，结转下年 0。",
    cure=_SUMS,
    basis=f"{FORM_BASIS} 表二表头",
)
OUTCOMES = Rule(
    code="E302",
    name="办理结果不等于总计",
    severity="error",
    needs=("sums",),
    message="{table}“{where}”列不平：" + _SIDES,
    why="（七）总计是（一）至（六）各项之和。",
    example="各项加起来是 11，总计填了 0。",
    cure=_SUMS,
    basis=f"{FORM_BASIS} 表二",
)
ROW_TOTAL = Rule(
    code="E303",
    name="各类申请人之和不等于总计",
    severity="error",
    needs=("sums",),
    message="{table}“{where}”行不平：" + _SIDES,
    why="总计列是自然人与五类法人或其他组织之和。",
    example="自然人 5、商业企业 1，总计填了 5。",
    cure=_SUMS,
    basis=f"{FORM_BASIS} 表二",
)
DISPUTE_TOTAL = Rule(
    code="E304",
    name="复议诉讼各项之和不等于总计",
    severity="error",
    needs=("sums",),
    message="{table}“{where}”不平：" + _SIDES,
    why="总计是结果维持、结果纠正、其他结果、尚未审结之和。",
    example="维持 2、其他结果 1，总计填了 0。",
    cure=_SUMS,
    basis=f"{FORM_BASIS} 表三",
)
OTHER_SUM = Rule(
    code="E305",
    name="合计不平",
    severity="error",
    needs=("sums",),
    message="{table}“{where}”不平：" + _SIDES,
    why="表式规定的合计关系不成立。",
    example="各项之和是 6，合计填了 7。",
    cure=_SUMS,
)

_RULES = {rule.code: rule for rule in (BALANCE, OUTCOMES, ROW_TOTAL, DISPUTE_TOTAL)}
SUM_RULES = frozenset((*_RULES.values(), OTHER_SUM))

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


def rule_of(balance: Balance) -> Rule:
    """Return the rule that a broken balance is told by."""
    return _RULES.get(balance.equation.code, OTHER_SUM)


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
    left_names, _, right_names = balance.equation.text.partition("＝")
    others = len(group.balances) - 1
    gap = both.left - both.right
    return rule_of(balance).at(
        *(reading.place(address) for address in (*balance.left, *balance.right)),
        expected="；".join(s.expected for s in suspects) if alone else print_number(both.left),
        actual="；".join(s.actual for s in suspects) if alone else print_number(both.right),
        suspects=suspects,
        cure=_swap_cure(reading, group) or (_cell_cure(suspects, len(changes)) if suspects else ""),
        table=_table_of(reading, balance),
        where=balance.label,
        left_names=left_names,
        right_names=right_names,
        left=print_number(both.left),
        right=print_number(both.right),
        difference=print_number(max(gap, -gap)),
        more=f"；另有 {others} 处合计同时不平" if others else "",
    )


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


def _table_of(reading: Reading, balance: Balance) -> str:
    return reading.form.figures[balance.left[0]].table.short


def _cell_cure(suspects: list[Suspect], count: int) -> str:
    """Return what to do about the cells that may be wrong."""
    if count == 1:
        (only,) = suspects
        return f"核对原始台账；多半应把 {only.place} 由 {only.actual} 改为 {only.expected}。"
    rest = (
        f"（共 {count} 处可能，列出最可能的 {len(suspects)} 处）" if count > len(suspects) else ""
    )
    return f"只凭勾稽关系不能定到一格，请对照原始台账核对怀疑的格子{rest}。"
