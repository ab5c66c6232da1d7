"""The figures of a report: read strictly, left-out totals computed, faults with what they imply.

Exactly what stands in a cell is the figure, or a rule says why it is none: `int("1_000")`,
`int(True)` and `int("１２")` all succeed in Python; here only what is listed does.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from docgen.address import Address
from docgen.finding import Finding, Place, Rule
from docgen.forms.form import Figure, Form
from docgen.forms.sums import compute_totals, implied_value
from docgen.forms.table import Cell, Kind, Number
from docgen.model import print_number
from docgen.read.entry import Entry, Literal, NoResult, Overlong

BLANK_FIGURE = Rule(
    code="R301",
    name="数没有填",
    severity="error",
    needs=("cells",),
    message="{table}“{label}”{shown}，没有数{derived}",
    why="空白、无、—、/ 都不等于 0：可能是没有，也可能是漏填。docgen 不替机关决定。",
    example="“第三季度”一格空着。",
    cure="没有就填 0，有就填数。",
)
NOT_WHOLE = Rule(
    code="R302",
    name="件数不是整数",
    severity="error",
    needs=("cells",),
    message="{table}“{label}”填的是“{value}”，{count}应为整数{derived}",
    why="件数没有小数；四舍五入就是改数。",
    example="“2.5”。",
    cure="核对原始台账，填整数。",
)
NEGATIVE = Rule(
    code="R303",
    name="数为负",
    severity="error",
    needs=("cells",),
    message="{table}“{label}”填的是“{value}”，不应为负{derived}",
    why="件数和金额不会小于 0。",
    example="“-3”。",
    cure="核对原始台账，填 0 或正数。",
)
NOT_NUMBER = Rule(
    code="R304",
    name="不是一个数",
    severity="error",
    needs=("cells",),
    message="{table}“{label}”填的是“{value}”，不是一个数{derived}",
    why="一格只放一个数：不带单位、不带说明、不写日期、不用科学记数。",
    example="“22（其中修订16件）”“251000元”“1e3”。",
    cure="这一格只填一个数：带单位的先换算成本格的单位；显示成科学记数、日期或 #REF! 的，"
    "把格子的格式改为“常规”再重新填；说明写到正文里。",
)
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
NO_CACHED_VALUE = Rule(
    code="R306",
    name="公式没有结果",
    severity="error",
    needs=("workbook", "cells"),
    message="{table}“{label}”是一个公式，但文件里没有存它的结果{derived}",
    why="文件可能由别的程序生成，没有经 Excel 或 WPS 计算。",
    example="格子里是 =D4+1。",
    cure="用 Excel 或 WPS 打开这个文件，保存一次；或直接填数。",
)
TOTAL_COMPUTED = Rule(
    code="R307",
    name="总计由 docgen 算出",
    severity="note",
    needs=("report",),
    message="{table}有 {count} 个总计{state}，已按各项之和算出",
    why="总计可以不填；填了则只核对、不改动。",
    example="“总计”一列空着。",
    cure="不用改；也可以自己填上，docgen 会核对。",
)
TOO_MANY_DIGITS = Rule(
    code="R320",
    name="数的位数太多",
    severity="error",
    needs=("cells",),
    message="{table}“{label}”填的是“{value}”，位数太多{derived}",
    why="件数和金额没有这么多位；表格软件只存得准 15 位，再多的位数是算出来的尾数，或已经被改了。",
    example="“12345678901234567890”；用公式算出的 0.3333333333333333。",
    cure="核对原始台账，重新填这个数；用公式算的，用 ROUND 取到要报的位数。",
    since="0.2.0",
)

#: Kinds whose numbers are kept digit for digit; the others are whole.
_EXACT = (Kind.DECIMAL, Kind.AMOUNT)

#: What offices write for "nothing": none of them is 0.
BLANKS = {"", "无", "没有", "空", "/", "\\", "-", "--", "—", "——", "–", "―", "N/A"}

#: Full-width forms and the minus sign; NFKC would also turn `5²` into 52.
_NARROW = str.maketrans("０１２３４５６７８９，．－−／", "0123456789,.--/")
# At most 15 digits on each side.
# fullmatch: -12, 007, 3.50; not 1,234, .5, 1234567890123456.
_PLAIN = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
# fullmatch: 12345678901234567890; not 1e3.
_DIGITS_ONLY = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_SHORT = 12  # digits: of a double it shows, a spreadsheet has 15 right
# fullmatch: 0, 12; not 007, -1.
_COUNT = re.compile(r"0|[1-9][0-9]{0,14}")
# fullmatch: 1,234, -12,345.6; not 12,34.
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,15})?")

#: What to do about a text that is no number, by how it is written; the first that fits. They match
#: #REF!, =D4+1 and 3+2, '3, 2024-1-3, 12,0600, 1e3, 约3 and 10多, 三十, 5%, 3件; none matches 1 2.
_CURES = (
    (re.compile(r"#"), "这一格的公式出了错：把公式删去，直接填数。"),
    (re.compile(r"=|.*[0-9]\s*[+＋*×]\s*[0-9]"), "填算好的数，不写算式。"),
    (re.compile(r"'"), "去掉前面的撇号（'），只填数字。"),
    (re.compile(r"[0-9]{4}[-/年.]"), "格子的格式成了日期：改为“常规”，再把数重新填一遍。"),
    (re.compile(r"[0-9]+[,，][0-9,，.]*$"), "千位逗号的位置不对：对照台账核对这个数，删去逗号。"),
    (re.compile(r"[0-9.]+[Ee]\+?[0-9]"), "格子显示成了科学记数：改为“常规”，再把数重新填一遍。"),
    (re.compile(r"[约近≈]|.*[多余左右上下]$"), "填准确的数，不写“约”“多”“左右”。"),
    (re.compile("[〇零一二两三四五六七八九十百千万]+$"), "用阿拉伯数字填写，如 12。"),
    (re.compile(r"[0-9,.]+\s*[%％]"), "这一格不填百分比，填数。"),
    (re.compile(r"[0-9,.]+\s*[(（]?(?:件|条|次|宗|个|份|人次|人)[)）]?$"), "只填数字，不写单位。"),
)
# match: 2.5万元, 3,000元; not 万元, 5件.
_MONEY = re.compile(r"[0-9,.]+\s*(?:万?元|万)")
# fullmatch: 12, 1,234.5; not 12册, 2.5万.
_NUMBER = re.compile(r"[0-9,.]+\s*")
_LONGEST_CURED = 40


def settle_figures(
    form: Form, entries: Mapping[str, Entry], told: Callable[[str], bool]
) -> tuple[dict[str, Number], frozenset[str], list[Finding]]:
    """Return the figures in printed order, which of them were computed, and the findings.

    One of which an error is `told` already is not read; one that may stay blank, and is, is not
    among the figures.
    """
    figures: dict[str, Number] = {}
    findings: list[Finding] = []
    faulty: list[tuple[str, Entry, Rule]] = []
    left_out = set(form.totals) - set(entries)
    for address, entry in entries.items():
        figure = form.figures.get(address)
        if figure is None or told(address):
            continue

        number, fault, repair = read_figure(entry.value, figure.kind)
        if number is not None:
            figures[address] = number
            if repair:
                findings.append(_note_repair(figure, entry, number, repair))
        elif address in form.totals and (isinstance(entry.value, NoResult) or not entry.text):
            left_out.add(address)
        elif fault and not (fault is BLANK_FIGURE and figure.cell.optional):
            faulty.append((address, entry, fault))

    computed = compute_totals(form, figures, left_out)
    figures |= computed
    wrong = {address for address, _, _ in faulty}
    faulty += (
        (address, _entry_near(entries, address), BLANK_FIGURE)
        for address in form.totals
        if address in left_out and _is_owed(form, figures, address, lambda a: a in wrong or told(a))
    )
    findings += [
        _tell_fault(form.figures[address], entry, rule, implied_value(form, figures, address))
        for address, entry, rule in faulty
    ]
    findings += _note_computed(form, entries, computed)
    ordered = {address: figures[address] for address in form.figures if address in figures}

    return ordered, frozenset(computed), findings


def _is_owed(
    form: Form, figures: Mapping[str, Number], total: str, is_wrong: Callable[[str], bool]
) -> bool:
    """Whether a total was left out that cannot be computed because parts of it may stay blank."""
    if total in figures or form.figures[total].cell.optional or is_wrong(total):
        return False
    missing = [part for part in form.totals[total] if part not in figures]
    return all(form.figures[part].cell.optional and not is_wrong(part) for part in missing)


def _entry_near(entries: Mapping[str, Entry], address: str) -> Entry:
    """Return the entry at an address; of one that is not in the input, a blank one in its row."""
    if address in entries:
        return entries[address]
    row = Address(address).above
    places = (entry.place for other, entry in entries.items() if Address(other).above == row)
    return Entry(None, next(places, Place())._replace(address=Address(address)))


def _note_repair(figure: Figure, entry: Entry, number: Number, what: str) -> Finding:
    """Note a figure that was understood, though not written as one is."""
    return REPAIRED_NUMBER.at(
        entry.place,
        table=figure.table.short,
        label=figure.label,
        value=entry.text[:40],
        number=print_number(number),
        what=what,
    )


def _tell_fault(figure: Figure, entry: Entry, rule: Rule, implied: Number | None) -> Finding:
    """Tell of a cell that is no figure, with the value its sums imply, if they agree."""
    expected = "" if implied is None else print_number(implied)
    value = entry.text[:40]
    return rule.at(
        entry.place,
        expected=expected,
        actual=value,
        cure=cure_of(value, figure.cell) if rule is NOT_NUMBER else "",
        table=figure.table.short,
        label=figure.label,
        value=value,
        shown=f"填的是“{value}”" if value else "空着",
        derived=f"；按勾稽关系应为 {expected}" if expected else "",
        count=f"{figure.unit}数" if len(figure.unit) == 1 else figure.unit or "这个数",
    )


_CURE_OF_FORMULAS = "不用改；用 Excel 或 WPS 打开，保存一次，格子里就有结果了。"


def _note_computed(
    form: Form, entries: Mapping[str, Entry], computed: Mapping[str, Number]
) -> list[Finding]:
    """Note, once a table, the totals that docgen computed."""
    notes = []
    for table in form.tables:
        here = [address for address in computed if form.figures[address].table is table]
        places = [entries[address].place for address in here if address in entries]
        if not here:
            continue

        is_formula = any(
            isinstance(entries[each].value, NoResult) for each in here if each in entries
        )
        state = "是公式，文件里没有存结果" if is_formula else "没有填"
        cure = _CURE_OF_FORMULAS if is_formula else ""
        found = TOTAL_COMPUTED.at(
            *places, table=table.short, count=len(here), state=state, cure=cure
        )
        notes.append(found)

    return notes


def cure_of(text: str, cell: Cell) -> str:
    """Return what to do about this text that is no number; blank where that is not known."""
    text = text.translate(_NARROW)[:_LONGEST_CURED]
    if cell.unit and _NUMBER.fullmatch(text.removesuffix(cell.unit)) and text.endswith(cell.unit):
        return "只填数字，不写单位。"
    if cure := next((cure for pattern, cure in _CURES if pattern.match(text)), ""):
        return cure
    if not _MONEY.match(text):
        return ""

    in_unit = f"换算成{cell.unit}" if cell.kind is Kind.AMOUNT and cell.unit else "写全"
    return f"只填数字，{in_unit}，不写单位。"


class _Judged(NamedTuple):
    """A figure read: the number, or the rule it breaks; and how its writing was repaired."""

    number: Number | None
    fault: Rule | None = None
    repair: str = ""


def read_figure(value: object, kind: Kind) -> _Judged:
    """Return the number in a raw value, with nothing guessed."""
    if isinstance(value, Overlong):
        return _Judged(None, TOO_MANY_DIGITS)
    if isinstance(value, Literal):  # nearly all of them
        if kind not in _EXACT and _COUNT.fullmatch(value):
            return _Judged(int(value))
        return _judge_number(str(value), kind, [])

    if value is None:
        return _Judged(None, BLANK_FIGURE)
    if isinstance(value, NoResult):
        return _Judged(None, NO_CACHED_VALUE)
    if isinstance(value, bool):
        return _Judged(None, NOT_NUMBER)
    if isinstance(value, int | float):
        return _from_cell(value, kind)
    if isinstance(value, str):
        return _from_text(value, kind)

    return _Judged(None, NOT_NUMBER)


def _from_cell(value: float, kind: Kind) -> _Judged:
    """Return the shortest decimal that is this number: what was typed into the workbook's cell.

    What a formula adds up may end in a remainder that the program itself never shows: 0.1 + 0.2
    is stored as 0.30000000000000004. It is taken off where what is left is short enough to
    be what was meant.
    """
    if isinstance(value, int):
        return _judge_number(str(value), kind, [])

    exact, shown = Decimal(repr(value)), Decimal(f"{value:.15g}")
    if exact == shown:
        return _judge_number(f"{exact:f}".removesuffix(".0"), kind, [])
    if len(shown.as_tuple().digits) > _SHORT:
        return _Judged(None, TOO_MANY_DIGITS)

    return _judge_number(f"{shown:f}", kind, ["去掉公式计算留下的尾数"])


def _from_text(value: str, kind: Kind) -> _Judged:
    """Read a figure that is written as text, and list what was repaired."""
    repairs = []
    text = value.strip()  # white space inside is left: `12 34` may be two figures
    if (narrow := text.translate(_NARROW)) != text:
        text = narrow
        repairs.append("全角改半角")

    if text.upper() in BLANKS:
        return _Judged(None, BLANK_FIGURE)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
        repairs.append("去掉千位逗号")

    return _judge_number(text, kind, repairs)


def _judge_number(text: str, kind: Kind, repairs: list[str]) -> _Judged:
    """Judge plain digits by the kind of the figure."""
    if not _PLAIN.fullmatch(text):
        rule = TOO_MANY_DIGITS if _DIGITS_ONLY.fullmatch(text) else NOT_NUMBER
        return _Judged(None, rule)

    if text.startswith("-") and kind is not Kind.CHANGE:
        return _Judged(None, NEGATIVE)
    if kind in _EXACT:
        number: Number = Decimal(text)
        plain = f"{number:f}"
    else:
        whole, _, fraction = text.partition(".")
        if fraction.strip("0"):
            return _Judged(None, NOT_WHOLE)
        if fraction:
            repairs.append("去掉小数点后的 0")
        number = int(whole)
        plain = str(number) if not fraction else text

    if plain != text:
        repairs.append("去掉前面的 0")

    return _Judged(number, None, "、".join(repairs))
