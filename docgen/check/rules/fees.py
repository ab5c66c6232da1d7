"""Amounts in 万元 that look like 元: by what the text says, by last year's, by the body's level."""

from collections.abc import Iterator
from decimal import Decimal

from docgen.check.passages import Prose
from docgen.check.rules.level import known_level
from docgen.finding import Finding, Rule
from docgen.forms.form import Kind, Number
from docgen.model import LEVELS, Reading, print_number
from docgen.prose.patterns import Pattern

FEE_UNIT = Rule(
    code="E854",
    name="收费金额的单位像是错了",
    severity="warning",
    needs=("cells", "both_years"),
    message="{table}“{label}”是 {actual} 万元，{why}",
    why="这一格的单位是万元；把元数直接填进来，就多了一万倍。",
    example="第六部分写收取信息处理费 12500 元，表一的收费金额填了 12500（万元），应为 1.25。",
    cure="核对单位：以元计的数除以 10000 再填；确是这么多的，不用改。",
    basis="国办公开办函〔2021〕30号 表一（收费金额，单位：万元）",
    since="0.2.0",
)

# 收取信息处理费12,500元, 收费共计380元; not 收费1.25万元, 奖金500元.
_AMOUNT = Pattern(r"费[^，。；\n0-9]{0,12}([0-9][0-9,，]{0,12}(?:\.[0-9]{1,4})?)元", "元")
#: An amount so many times last year's was not typed in the same unit.
TIMES = 1000


def check_fees(prose: Prose) -> Iterator[Finding]:
    """Report amounts that the text has in 元 with the same digits, or that no such body takes."""
    reading = prose.reading
    stated = {_read_amount(match[1]): match for match in _AMOUNT.finditer(prose.text)}
    for address, amount in _amounts_of(reading):
        match = stated.get(Decimal(amount))  # 12500 万元 here, 12500 元 in the text
        if match:
            quote = prose.quote(match.start(), match.end())
            yield _unit_finding(reading, address, amount, f"正文写的是“{quote}”")
        elif most := _why_too_much(reading, address, amount):
            yield _unit_finding(reading, address, amount, most)


def find_last_fees(prose: Prose, previous: Reading) -> Iterator[Finding]:
    """Report amounts that are a thousand times last year's, and not told of already."""
    reading = prose.reading
    told = {finding.places[0].address for finding in check_fees(prose)}
    for address, amount in _amounts_of(reading):
        before = previous.report.figures.get(address)
        if before and amount >= before * TIMES and reading.place(address).address not in told:
            yield _unit_finding(reading, address, amount, f"上年是 {print_number(before)} 万元")


def _amounts_of(reading: Reading) -> Iterator[tuple[str, Number]]:
    """Yield the amounts of the tables that are not 0, each with its address."""
    for address, figure in reading.form.figures.items():
        amount = reading.report.figures.get(address)
        if amount and figure.kind is Kind.AMOUNT:
            yield address, amount


def _why_too_much(reading: Reading, address: str, amount: Number) -> str:
    """Return why this is more than a body of this level takes; blank where it is not."""
    level = known_level(reading.report.body)
    for ceiling in reading.form.duties.ceilings:
        fits = ceiling.level == level and ceiling.address == address
        if level and fits and amount >= ceiling.amount:
            return f"{LEVELS[level][0]}机关一年很少收到 {ceiling.amount} 万元以上"
    return ""


def _read_amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def _unit_finding(reading: Reading, address: str, amount: Number, why: str) -> Finding:
    figure = reading.form.figures[address]
    return FEE_UNIT.at(
        reading.place(address),
        table=figure.table.short,
        label=figure.label,
        why=why,
        expected=f"{Decimal(amount) / 10000:f}",
        actual=print_number(amount),
    )
