"""Last year's report: what this year takes over from it, and what jumped."""

from collections.abc import Iterator
from decimal import Decimal

from docgen.address import Address
from docgen.check.passages import Prose
from docgen.check.rules.amounts import find_last_amounts
from docgen.check.rules.kept_text import find_kept_text
from docgen.check.rules.sums import check_sums
from docgen.check.ties import SCALE
from docgen.finding import Finding, Rule, Suspect
from docgen.forms.duties import Carry
from docgen.forms.form import Figure
from docgen.forms.table import Kind, Number
from docgen.model import Reading, align_cells, print_number
from docgen.read.references import NO_LAST_YEAR

NOT_JUDGED = Rule(
    code="E701",
    name="没有与上年核对",
    severity="note",
    message="没有与上年核对：{why}",
    why="从上年接过来的数对不对、文字是否雷同，要有上年的报告才能判断；没有判断不等于没有问题。",
    example="旁边的 2023.xlsx 打不开。",
    cure="需要核对的，用 --previous 指明上年的输入。",
)


OTHER_BODY = Rule(
    code="E702",
    name="上年的报告是别的机关的",
    severity="warning",
    needs=("last_year",),
    message="上年的“{name}”是“{actual}”的，本年是“{expected}”的",
    why="拿别的机关的数来核对，得出的都不对；机关更名的除外。",
    example="指错了文件夹。",
    cure="核对 --previous 指的文件；是更名，不用改。",
)
FAULTY_LAST_YEAR = Rule(
    code="E703",
    name="上年的报告自己有错",
    severity="note",
    needs=("last_year",),
    message="上年的“{name}”有 {count} 处错误，只用读得出的数核对",
    why="上年的数本身不平时，两年对不上，错的可能是上年。",
    example="上年有一列的合计不平。",
    cure="先用 docgen check {name} 看上年错在哪里。",
)
JUMP = Rule(
    code="E713",
    name="比上年变动很大",
    severity="note",
    needs=("both_years",),
    message="有 {count} 个数比上年变动 5 倍以上：{details}",
    why="变动大的数多半是真的，但也可能多打了一个 0、填错了行或换了统计口径。",
    example="一格上年 12，本年 1200。",
    cure="核对原始台账；无误则不用改，最好在正文里说明原因。",
)
NOW_ZERO = Rule(
    code="E714",
    name="上年很多，本年为 0",
    severity="note",
    needs=("both_years",),
    message="有 {count} 个数上年超过 20，本年为 0：{details}",
    why="一下子变成 0，可能是漏填。",
    example="一格上年 54408，本年 0。",
    cure="核对原始台账；无误则不用改。",
)

#: A figure jumps when it is more than this many times the other, and more than this apart;
#: amounts, by so many 万元.
JUMP_TIMES, JUMP_APART = 5, 20

_SHOWN = 8


def check_previous(prose: Prose, previous: Reading, kept_share: float) -> Iterator[Finding]:
    """Report everything that follows from last year's report, if it is that.

    `kept_share`, 0 to 1: how much of the text may be last year's before it is told of.
    """
    reading = prose.reading
    year, last = reading.report.year, previous.report.year

    if year is None or last != year - 1:
        said = f"“{previous.name}”是 {last} 年度的" if last else f"“{previous.name}”没有年度"
        yield NOT_JUDGED.at(why=f"{said}，不是上一年的")
        return

    if not same_body(reading, previous):
        yield OTHER_BODY.at(
            reading.place("body.name"),
            name=previous.name,
            expected=str(reading.report.body.name),
            actual=str(previous.report.body.name),
        )

    faults = [
        finding
        for finding in (*previous.findings, *check_sums(Prose(previous)))
        if finding.severity == "error" and finding.rule is not NO_LAST_YEAR
    ]
    if faults:
        places = [finding.places[0] for finding in faults if finding.places]
        yield FAULTY_LAST_YEAR.at(*places[:_SHOWN], name=previous.name, count=len(faults))

    for carry in reading.form.duties.carries:
        if not carry.within_edition or reading.form.key == previous.form.key:
            yield from _carried(reading, previous, carry)

    yield from find_last_amounts(prose, previous)
    yield from _find_jumps(reading, previous)
    yield from find_kept_text(prose, previous, kept_share)


def same_body(reading: Reading, previous: Reading) -> bool:
    """Return whether two reports are of one body, by its name or its short name."""
    body, other = reading.report.body, previous.report.body
    names = {body.name, body.short_name} & {other.name, other.short_name}
    return any(names)  # a title has the short name alone


def _carried(reading: Reading, previous: Reading, carry: Carry) -> Iterator[Finding]:
    """Report each row or column taken over, with each cell that does not follow, once."""
    now, before = reading.report.figures, previous.report.figures
    there = align_cells(reading.report, previous.report, previous.report.figures)
    wrong: dict[str, list[tuple[str, str, Number]]] = {}

    for address, figure in reading.form.figures.items():
        table, row, column = figure.address.figure
        by_column = carry.across == "columns"
        if table != carry.table or (row if by_column else column) != carry.key:
            continue

        def at(key: str, row: str = row, column: str = column, across: bool = by_column) -> str:
            return Address.of(carry.table, *((key, column) if across else (row, key)))

        moved = [at(key) for key in (*carry.plus, *carry.minus)]
        last = there.get(at(carry.last), "")
        if address not in now or not last or any(a not in now for a in moved):
            continue

        expected = before[last]
        expected += sum(now[at(key)] for key in carry.plus)
        expected -= sum(now[at(key)] for key in carry.minus)
        if now[address] != expected:
            where = figure.row[-1].label
            wrong.setdefault(where, []).append((address, last, expected))

    for where, cells in wrong.items():
        yield _not_carried(reading, previous, carry, where, cells)


def _not_carried(
    reading: Reading,
    previous: Reading,
    carry: Carry,
    where: str,
    cells: list[tuple[str, str, Number]],
) -> Finding:
    """Return the finding on one row or column that does not follow from last year's."""
    form, now = reading.form, reading.report.figures
    suspects = [
        Suspect(
            reading.place(address),
            form.figures[address].label,
            print_number(now[address]),
            print_number(expected),
        )
        for address, _, expected in cells
    ]
    columns = [form.figures[address].column[-1].label for address, _, _ in cells]
    details = [
        f"{column}应为 {s.expected}，现为 {s.actual}"
        for column, s in zip(columns, suspects, strict=True)
    ]
    places = [place for a, last, _ in cells for place in (reading.place(a), previous.place(last))]
    return form.rules[carry.code].at(
        *places,
        expected="；".join(suspect.expected for suspect in suspects),
        actual="；".join(suspect.actual for suspect in suspects),
        suspects=suspects,
        table=form.figures[cells[0][0]].table.short,
        where=where,
        details=f"{carry.text}；" + "；".join(details),
    )


def _find_jumps(reading: Reading, previous: Reading) -> Iterator[Finding]:
    """Report figures far from last year's, and zeros where last year was large: one note each."""
    now, before = reading.report.figures, previous.report.figures
    there = align_cells(reading.report, previous.report, previous.report.figures)
    jumps: list[tuple[Figure, Number, Number]] = []
    zeros: list[tuple[Figure, Number, Number]] = []

    for address, figure in reading.form.figures.items():
        if address not in now or address not in there or figure.kind is Kind.CHANGE:
            continue
        one, other = before[there[address]], now[address]
        small, large = sorted((one, other))
        if large - small > _jump_of(figure) and large > JUMP_TIMES * small:
            (jumps if other else zeros).append((figure, one, other))

    for rule, found in ((JUMP, jumps), (NOW_ZERO, zeros)):
        if found:
            details = [
                f"{figure.table.short}“{figure.label}”"
                f"{print_number(one)}→{print_number(other)}{figure.unit}"
                for figure, one, other in found[:_SHOWN]
            ]
            more = "等" if len(found) > _SHOWN else ""
            places = [reading.place(figure.address) for figure, _, _ in found]
            yield rule.at(*places, count=len(found), details="；".join(details) + more)


def _jump_of(figure: Figure) -> Decimal:
    """Return how far apart two figures of this cell are at least that jump."""
    scale = SCALE.get(figure.unit)
    return JUMP_APART * SCALE["万元"] / scale if scale else Decimal(JUMP_APART)
