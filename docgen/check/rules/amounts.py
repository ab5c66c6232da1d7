"""Amounts in the wrong unit: by what the text says, by last year's, by the body's level."""

from collections.abc import Iterator
from decimal import Decimal

from docgen.check.passages import Prose
from docgen.check.rules.level import known_level
from docgen.check.ties import SCALE, read_text
from docgen.finding import Finding, Rule
from docgen.forms.form import Figure
from docgen.forms.table import Kind, Number
from docgen.model import LEVELS, Reading, align_cells, print_number
from docgen.prose.patterns import Pattern

AMOUNT_UNIT = Rule(
    code="E854",
    name="金额的单位像是错了",
    severity="warning",
    needs=("cells", "both_years"),
    message="{table}“{label}”是 {actual} {unit}，{why}",
    why="表里每个金额都有规定的单位；以万元计的格子填进以元计的数，就多了一万倍。",
    example="正文写培训费 12500 元，表里以万元计的一格填了 12500，应为 1.25。",
    cure="核对单位，换算以后再填；确是这么多的，不用改。",
    since="0.2.0",
)

# 收取培训费12,500元, 罚款共计1.25万元; not 奖励500元, 罚款5次.
_AMOUNT = Pattern(
    r"[费款金额][^，。；\n0-9]{0,12}([0-9][0-9,，]{0,12}(?:\.[0-9]{1,4})?)([万亿]?元)", "元"
)
#: An amount so many times last year's was not typed in the same unit.
TIMES = 1000


def check_amounts(prose: Prose) -> Iterator[Finding]:
    """Report amounts whose digits the text has in another unit, or that no such body reaches."""
    reading = prose.reading
    stated = [(_read_amount(match[1]), match) for match in _AMOUNT.finditer(prose.text)]
    # what the text surely says of a cell is held against it by its value, unit and all
    tied = {a for tie in read_text(reading).ties for cells in tie.fact.sums for a in cells}

    for figure, amount in _amounts_of(reading):
        said = [match for value, match in stated if value == amount]  # 12500元 for 12500 万元
        in_unit = any(match[2] == figure.unit for match in said)
        if said and not in_unit and figure.unit in SCALE and figure.address not in tied:
            quote = prose.quote(said[0].start(), said[0].end())
            right = amount * SCALE[said[0][2]] / SCALE[figure.unit]
            yield _unit_finding(reading, figure, f"正文写的是“{quote}”", right)
        elif most := _why_too_much(reading, figure, amount):
            yield _unit_finding(reading, figure, most, _from_yuan(figure, amount))


def find_last_amounts(prose: Prose, previous: Reading) -> Iterator[Finding]:
    """Report amounts that are a thousand times last year's, and not told of already."""
    reading = prose.reading
    told = {finding.places[0].address for finding in check_amounts(prose)}
    there = align_cells(reading.report, previous.report, previous.report.figures)

    for figure, amount in _amounts_of(reading):
        before = previous.report.figures.get(there.get(figure.address, ""))
        far = before and amount >= before * TIMES
        if before and far and reading.place(figure.address).address not in told:
            why = f"上年是 {print_number(before)} {figure.unit}"
            yield _unit_finding(reading, figure, why, _from_yuan(figure, amount))


def _amounts_of(reading: Reading) -> Iterator[tuple[Figure, Decimal]]:
    """Yield the amounts of the tables that are not 0."""
    for address, figure in reading.form.figures.items():
        amount = reading.report.figures.get(address)
        if amount and figure.kind is Kind.AMOUNT:
            yield figure, Decimal(amount)


def _why_too_much(reading: Reading, figure: Figure, amount: Number) -> str:
    """Return why this is more than a body of this level reaches; blank where it is not."""
    level = known_level(reading.report.body)
    for ceiling in reading.form.duties.ceilings:
        fits = ceiling.level == level and ceiling.address == figure.address
        if level and fits and amount >= ceiling.amount:
            return f"{LEVELS[level][0]}机关一年很少有 {ceiling.amount} {figure.unit}以上"
    return ""


def _from_yuan(figure: Figure, amount: Decimal) -> Decimal | None:
    """Return what stands there if 元 were typed; None where the cell takes 元."""
    scale = SCALE.get(figure.unit, Decimal(1))
    return amount / scale if scale > 1 else None


def _read_amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def _unit_finding(reading: Reading, figure: Figure, why: str, right: Decimal | None) -> Finding:
    return AMOUNT_UNIT.at(
        reading.place(figure.address),
        table=figure.table.short,
        label=figure.label,
        unit=figure.unit,
        why=why,
        expected="" if right is None else f"{right.normalize():f}",
        actual=print_number(reading.report.figures[figure.address]),
    )
