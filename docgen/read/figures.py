"""The figures of a report: read strictly, left-out totals computed, faults with what they imply."""

from collections.abc import Callable, Mapping
from typing import Any

from docgen.finding import Finding, Rule
from docgen.forms.form import Form, Number
from docgen.forms.sums import compute_totals, implied_value
from docgen.model import print_number
from docgen.read.entry import Entry, NoResult
from docgen.read.number import NOT_NUMBER, cure_of, read_figure

REPAIRED_NUMBER = Rule(
    code="R305",
    name="数字的写法作了整理",
    severity="note",
    needs=("cells",),
    message="{table}“{label}”填的是“{value}”，按 {number} 读（{what}）",
    why="写法不同，数没有变。整理过的地方都列在这里，以便核对。",
    example="“１２”按 12 读，“1,234”按 1234 读。",
    cure="请看一眼是否读对；无误则不用改。",
)
TOTAL_COMPUTED = Rule(
    code="R307",
    name="总计由 docgen 算出",
    severity="note",
    needs=("report",),
    message="{table}有 {count} 个总计没有填，已按各项之和算出",
    why="总计可以不填；填了则只核对、不改动。",
    example="“总计”一列空着。",
    cure="不用改；也可以自己填上，docgen 会核对。",
)

Settled = tuple[dict[str, Number], frozenset[str], list[Finding]]


def settle_figures(
    form: Form, entries: Mapping[str, Entry], told: Callable[[str], bool]
) -> Settled:
    """The figures by address in printed order, which of them were computed, and the findings.

    One of which an error is `told` already is not read.
    """
    figures: dict[str, Number] = {}
    findings: list[Finding] = []
    faulty: list[tuple[str, Entry, Rule]] = []
    left_out = set(form.totals) - set(entries)
    for address, entry in entries.items():
        if told(address):
            continue
        number, fault, repair = read_figure(entry.value, form.figures[address].kind)
        if number is not None:
            figures[address] = number
            if repair:
                facts = _facts(form, address, entry) | {"number": print_number(number)}
                findings.append(REPAIRED_NUMBER.at(entry.place, **facts, what=repair))
        elif address in form.totals and (isinstance(entry.value, NoResult) or not entry.text):
            left_out.add(address)
        elif fault:
            faulty.append((address, entry, fault))
    computed = compute_totals(form, figures, left_out)
    figures |= computed
    findings += [_fault(form, figures, *fault) for fault in faulty]
    findings += _computed(form, entries, computed)
    ordered = {address: figures[address] for address in form.figures if address in figures}
    return ordered, frozenset(computed), findings


def _facts(form: Form, address: str, entry: Entry) -> dict[str, Any]:
    figure = form.figures[address]
    return {"table": figure.table.short, "label": figure.label, "value": entry.text[:40]}


def _fault(
    form: Form, figures: Mapping[str, Number], address: str, entry: Entry, rule: Rule
) -> Finding:
    """The finding of a cell that is no figure, with the value its sums imply, if they agree."""
    implied = implied_value(form, figures, address)
    expected = "" if implied is None else print_number(implied)
    facts = _facts(form, address, entry)
    shown = f"填的是“{facts['value']}”" if facts["value"] else "空着"
    derived = f"；按勾稽关系应为 {expected}" if expected else ""
    return rule.at(
        entry.place,
        expected=expected,
        actual=facts["value"],
        cure=cure_of(facts["value"]) if rule is NOT_NUMBER else "",
        **facts,
        shown=shown,
        derived=derived,
    )


def _computed(
    form: Form, entries: Mapping[str, Entry], computed: Mapping[str, Number]
) -> list[Finding]:
    """One note a table about the totals that docgen computed."""
    notes = []
    for table in form.tables:
        here = [address for address in computed if form.figures[address].table is table]
        places = [entries[address].place for address in here if address in entries]
        if here:
            notes.append(TOTAL_COMPUTED.at(*places, table=table.short, count=len(here)))
    return notes
