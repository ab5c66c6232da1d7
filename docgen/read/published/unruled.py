"""Tables of a PDF that have no ruling lines, read by what the form says of them, or not at all.

Without lines nothing tells which cell a figure stands in but where it is printed. So every row is
to be there, in order, with a figure for each column; beside it stands the label of the row, above
it that of the column (`unruled_table.py`, `unruled_labels.py`); and all sums hold. What is read so
is asked about; one thing amiss, and nothing is read.
"""

from collections.abc import Iterator, Sequence

from docgen.address import Address
from docgen.finding import Rule
from docgen.forms.form import Form
from docgen.forms.sums import sides
from docgen.forms.table import Table
from docgen.read.entry import Entries
from docgen.read.published.cells import known_figures
from docgen.read.published.outline import OutlinePart
from docgen.read.published.unruled_labels import Unproved
from docgen.read.published.unruled_table import UnruledTable, read_unruled

UNRULED = Rule(
    code="R390",
    name="没有画线的表",
    severity="warning",
    needs=("report",),
    message="{table}没有画线：行名、列名都对上了，{sums}。请对照原文看一眼，是不是：{rows}",
    why="没有线就看不出一个数在哪一格，只能按它旁边的行名、上面的列名和先后次序读，所以要人看一眼。",
    example="网页打印成 PDF，表格的边框没有印出来。",
    cure="对照原文看一眼；不是的，改成原文的数。",
    since="0.4.0",
)

_SHOWN_ROWS = 15


def read_unruled_tables(
    form: Form, missing: Sequence[Table], parts: Sequence[OutlinePart], entries: Entries
) -> tuple[list[UnruledTable], str]:
    """Take those of these tables that are printed without lines, and ask about each.

    Return them, and why the first of the others cannot be read.
    """
    found: list[UnruledTable] = []
    whys: list[str] = []
    for table in missing:
        lines = [line for part in parts if part.key == table.key for line in part.lines]
        if table.shape != "grid" or not any(line.printed for line in lines):
            continue
        try:
            found.append(read_unruled(form, table, lines))
        except Unproved as error:
            whys.append(f"{table.short}{error}")

    for one in found:
        entries.figures |= one.figures
        if one.table.each:
            entries.units[one.table.key] = one.units

    proved = {one.table.key: _count_sums(form, one, entries) for one in found}
    for one in found:
        count = proved[one.table.key]
        if count is None:
            whys.append(f"{one.table.short}的勾稽不成立")
            entries.figures = {a: e for a, e in entries.figures.items() if a not in one.figures}
            entries.units.pop(one.table.key, None)
        else:
            _ask_about(one, count, entries)

    kept = [one for one in found if proved[one.table.key] is not None]
    return kept, whys[0] if whys else ""


def _count_sums(form: Form, one: UnruledTable, entries: Entries) -> int | None:
    """Return how many sums of the form prove a table; None where one does not hold."""
    names = {
        table.key: [name.text for name in entries.units.get(table.key, ())]
        for table in form.tables
        if table.each
    }
    reported = form.as_reported(names, entries.absent)
    known = dict(known_figures(reported, entries))
    both = [
        sides(balance, known)
        for balance in reported.balances
        if any(address in one.figures for address in (*balance.left, *balance.right))
    ]
    return len(both) if all(found and found.left == found.right for found in both) else None


def _ask_about(one: UnruledTable, count: int, entries: Entries) -> None:
    """Take the rest of what a table says, and ask whether it is so."""
    entries.wording |= one.wordings
    entries.findings += one.notes
    first = next(iter(one.figures.values())).place
    whole = first._replace(cell="", address=Address(one.table.key))
    sums = f"{count} 条勾稽全部成立" if count else "没有勾稽可证"
    rows = "；".join(_rows_in_words(one.rows))
    told = UNRULED.at(whole, table=one.table.short, sums=sums, rows=rows)
    entries.findings.append(told)


def _rows_in_words(rows: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """Yield labels with their figures, those with nothing but 0 in one: `检查 1／0／11`."""
    filled = [(label, texts) for label, texts in rows if any(map(_is_over_zero, texts))]
    for label, texts in filled[:_SHOWN_ROWS]:
        yield f"{label} {'／'.join(texts)}"

    if len(filled) > _SHOWN_ROWS:
        yield f"等 {len(filled)} 行"
    if zeros := len(rows) - len(filled):
        others = f"其余 {zeros} 行" if filled else "各行"
        yield f"{others}都是 0" if len(rows) > 1 else "都是 0"


def _is_over_zero(text: str) -> bool:
    return bool(text.strip("0.,"))
