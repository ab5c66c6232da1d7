"""Figures as they are printed: with a remark, a mark for a note, the unit of their column; blank.

What a published cell says is kept as it stands, or told; nothing is taken for 0.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docgen.finding import Finding, Rule
from docgen.forms.form import Figure, Form
from docgen.forms.sums import compute_totals, sides
from docgen.forms.table import Number
from docgen.read.entry import Entries, Entry
from docgen.read.figures import BLANKS, read_figure
from docgen.read.published.pieces import is_doubtful

REMARK = Rule(
    code="R355",
    name="数的后面有说明",
    severity="warning",
    needs=("report",),
    message="{table}“{label}”写的是“{value}”，按 {number} 读；“{remark}”没有地方放",
    why="表式的一格只放一个数；公布时写在数后面的说明不进报告，但也不悄悄丢掉。",
    example="“22（其中修订3件）”按 22 读。",
    cure="看一眼是不是这个数；说明有用的，写到正文里。",
    since="0.3.0",
)
PRINTED_UNIT = Rule(
    code="R356",
    name="数的后面带着单位",
    severity="note",
    needs=("report",),
    message="{table}“{label}”写的是“{value}”，按 {number} 读：{unit}就是这一格的单位",
    why="单位和表式的一样，数没有变。",
    example="“12件”按 12 读。",
    cure="不用改。",
    since="0.3.0",
)
BLANK_CELLS = Rule(
    code="R357",
    name="公布的表里有空格",
    severity="error",
    needs=("report",),
    message="有 {count} 格是空的或写着“/”“—”一类{proof}",
    why="空着多半是 0，也可能是漏填或读漏；docgen 不替机关决定。",
    example="只填了有数的格子，其余都空着。",
    cure="请看一眼：都是 0 的，写明空着就是 0；不是的，把数补上。",
    since="0.3.0",
)

UNSURE_FIGURE = Rule(
    code="R391",
    name="格里有看不准的字",
    severity="error",
    needs=("report",),
    message="{table}“{label}”读出来是“{value}”，方括号里的不知道看不看得见，这一格没有读",
    why="网页和 Word 里的字可以藏起来、挪到别处、缩得很小、倒过来写，或者用图片、符号代替："
    "文件里的数和人看见的就可能不是一个。docgen 不猜。",
    example="一格里写着 12，后面还有一个挪到页面外面的 7。",
    cure="打开原件看这一格，把看见的数填到输入里。",
    since="0.4.0",
)

# fullmatch: 22（其中修订16件）, 1,234[注1], 13612①, 5*; not 约22, 22.5件.
_REMARKED = re.compile(
    r"(?P<number>-?[0-9][0-9,，]*(?:\.[0-9]+)?)\s*"
    r"(?P<remark>[（(〔\[【].*[）)〕\]】]|[①-⑳㈠-㈩*＊※]+(?:.{0,40})?)",
    re.DOTALL,
)
# fullmatch: 13612件, 251000 元; not 件.
_WITH_UNIT = re.compile(r"(?P<number>-?[0-9][0-9,，]*(?:\.[0-9]+)?)\s*(?P<unit>\D{1,6})")


def read_printed(form: Form, entries: Entries) -> None:
    """Take the figures out of what is printed beside them; tell what that is."""
    for address, entry in entries.figures.items():
        figure = form.figures.get(address)
        if not isinstance(entry.value, str):
            continue
        if figure is None:  # an answer, in lines as wide as its cell
            entries.figures[address] = entry._replace(value="".join(entry.value.splitlines()))
            continue

        text = entry.text
        if is_doubtful(text):
            entries.findings.append(_tell_unsure(figure, entry))
        elif found := _WITH_UNIT.fullmatch(text):
            if figure.unit and found["unit"].strip() == figure.unit:
                entries.figures[address] = entry._replace(value=found["number"])
                entries.findings.append(_tell(PRINTED_UNIT, figure, entry, found, figure.unit))
        elif found := _REMARKED.fullmatch(text):
            entries.figures[address] = entry._replace(value=found["number"])
            entries.findings.append(_tell(REMARK, figure, entry, found, found["remark"]))


def _tell_unsure(figure: Figure, entry: Entry) -> Finding:
    """Tell of a figure of which people may see another."""
    table, label = figure.table.short, figure.label
    return UNSURE_FIGURE.at(entry.place, table=table, label=label, value=entry.text[:60])


def _tell(rule: Rule, figure: Figure, entry: Entry, found: re.Match[str], beside: str) -> Finding:
    """Tell of a figure with something beside it."""
    return rule.at(
        entry.place,
        table=figure.table.short,
        label=figure.label,
        value=entry.text[:60],
        number=found["number"],
        remark=beside[:60],
        unit=beside,
    )


class BlankProof(NamedTuple):
    """How the sums of a report stand: how many hold, of how many."""

    holding: int
    judged: int

    @property
    def is_whole(self) -> bool:
        """Whether there are sums, and all of them hold."""
        return 0 < self.judged == self.holding


def prove(form: Form, figures: Mapping[str, Number]) -> BlankProof:
    """Return how many sums of a form hold, of those whose figures are known."""
    both = [found for balance in form.balances if (found := sides(balance, figures)) is not None]
    return BlankProof(sum(left == right for left, right in both), len(both))


def ask_blanks(form: Form, entries: Entries) -> None:
    """Ask once about all blank cells of a file, and say what 0 in them would prove."""
    known = dict(known_figures(form, entries))
    is_told = entries.told()
    blank = [
        address
        for address in form.figures
        if address in entries.figures and _is_blank(entries.figures[address])
        if not is_told(address)
    ]
    owed = [address for address in blank if not form.figures[address].cell.optional]
    if not owed:
        return

    zeros = known | {a: 0 for a in owed if a not in form.totals}
    zeros |= compute_totals(form, zeros, {a for a in form.totals if a not in zeros})
    proof = prove(form, zeros)
    said = f"；填 0 后 {proof.judged} 条勾稽全部成立" if proof.is_whole and known else ""
    if not said and known and proof.judged:
        said = f"；填 0 后 {proof.judged} 条勾稽只成立 {proof.holding} 条"

    places = [entries.figures[address].place for address in owed]
    entries.findings.append(BLANK_CELLS.at(*places, count=len(owed), proof=said))


def _is_blank(entry: Entry) -> bool:
    """Whether a cell holds nothing, or a sign for nothing."""
    return entry.value is None or (isinstance(entry.value, str) and entry.text.upper() in BLANKS)


def known_figures(form: Form, entries: Entries) -> Iterator[tuple[str, Number]]:
    """Yield the figures that can be read."""
    for address, entry in entries.figures.items():
        figure = form.figures.get(address)
        if figure is not None:
            number = read_figure(entry.value, figure.kind).number
            if number is not None:
                yield address, number
