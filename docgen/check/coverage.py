"""What a check looked for: the rules that ran, those that could not, with why, and the figures of
the text that were held against no cell.

E701 (not judged against last year) is what a finding says of all rules of last year; it is not
listed itself.
"""

from collections.abc import Iterator, Mapping

from docgen.catalogue import habits, read, text, workbook
from docgen.check import needs
from docgen.check.checks import CHECKS, FIRST, LAST_YEAR, TEXT_CHECKS, WAIVERS
from docgen.check.needs import Need
from docgen.check.outcome import Coverage, Unjudged
from docgen.check.rules.stated import find_unjudged
from docgen.finding import Rule
from docgen.model import Reading

_CELLS = (
    read.BLANK_FIGURE,
    read.NOT_WHOLE,
    read.NEGATIVE,
    read.NOT_NUMBER,
    read.REPAIRED_NUMBER,
    read.NO_CACHED_VALUE,
    read.TOO_MANY_DIGITS,
)
_TEXTS = (
    text.UNKNOWN_NAME,
    text.BAD_BINDING,
    text.NO_VALUE,
    text.SHARE_OF_NOTHING,
    text.NO_LAST_YEAR,
    text.CHANGE_FROM_NOTHING,
    text.ONLY_READY,
)
_SHEETS = (
    read.UNKNOWN_ROW,
    read.DOUBLED_ROW,
    read.UNKNOWN_COLUMN,
    read.MISSING_COLUMN,
    read.DOUBLED_COLUMN,
    read.UNKNOWN_SHEET,
    read.DOUBLED_SHEET,
    read.STRAY_VALUE,
    read.LABEL_VARIANT,
    read.NAMELESS_ROW,
    read.SECTION_ORDER,
    habits.RENAMED_SHEET,
    habits.PASSED_OVER,
)

#: The rules of what only a workbook shows; a formula's error may stand in any text.
_LOOKS = tuple(
    rule
    for rule in vars(workbook).values()
    if isinstance(rule, Rule) and rule is not workbook.FORMULA_ERROR
)

#: The rules of reading, each with what it needs.
READING: Mapping[Rule, Need] = (
    {
        rule: needs.nothing
        for module in (read, habits, workbook)
        for rule in vars(module).values()
        if isinstance(rule, Rule)
    }
    | dict.fromkeys(_CELLS, needs.cells)
    | dict.fromkeys(_TEXTS, needs.text)
)


def none_ran(why: str) -> Coverage:
    """No rule ran: the input cannot be read, or docgen is at fault."""
    declared = (READING, FIRST, *CHECKS.values(), *TEXT_CHECKS.values(), LAST_YEAR, WAIVERS)
    every = {rule.code: rule for rules in declared for rule in rules}
    return Coverage((), tuple((rule, why) for rule in every.values()))


def cover(reading: Reading, previous: Reading | None) -> Coverage:
    """Which rules a check of this report ran, why the others could not, what it did not judge."""
    why: dict[str, list[str]] = {}
    rules: dict[str, Rule] = {}
    for rule, reason in _reasons(reading, previous):
        rules[rule.code] = rule
        said = why.setdefault(rule.code, [])
        if reason and reason not in said:
            said.append(reason)
    return Coverage(
        tuple(rules[code] for code, said in why.items() if not said),
        tuple((rules[code], "；".join(said)) for code, said in why.items() if said),
        tuple(Unjudged(*one) for one in find_unjudged(reading)),
    )


def _reasons(reading: Reading, previous: Reading | None) -> Iterator[tuple[Rule, str]]:
    """Each need of each rule, and why this report lacks it; blank if it does not."""
    kind = kind_of(reading)
    if kind == "json":
        yield from ((rule, "JSON 没有行和列") for rule in _SHEETS)
    if kind != "xlsx":
        yield read.NO_CACHED_VALUE, "只有工作簿里有公式"
        yield from ((rule, "输入不是工作簿") for rule in _LOOKS)
    if kind != "csv":
        yield read.NOT_READ, "输入不是文件夹"
        yield habits.SEPARATOR, "输入不是文件夹"
    for declared in (READING, FIRST, *CHECKS.values(), *TEXT_CHECKS.values(), WAIVERS):
        yield from ((rule, need(reading)) for rule, need in declared.items())
    for rule, need in LAST_YEAR.items():
        yield rule, need(reading, previous) if previous else "没有与上年的年报核对"


def kind_of(reading: Reading) -> str:
    """What kind of input this was read from: `csv` files in a folder, `xlsx` or `json`."""
    name = next(iter(reading.inputs), reading.name)
    return "csv" if "/" in name else name.rpartition(".")[2].lower()
