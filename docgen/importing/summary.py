"""The last lines of an import: what is proved, and what a person must look at."""

from collections.abc import Iterator

from docgen.forms.layout import label_of
from docgen.importing import Imported
from docgen.importing.proof import ProvenTable
from docgen.model import FACTS, LEVELS, Reading, print_number

_MOST_ROWS = 15  # of a table without sums that are shown to be looked at


def sum_up(imported: Imported) -> Iterator[str]:
    """Yield in words what is proved and what a person must look at."""
    yield from _proven_in_words(imported)
    report = imported.reading.report
    if imported.blank and imported.zeros_hold:
        is_asked = any(asked.is_about_blanks for asked in report.unconfirmed)
        there = "在“待确认”里写“是”，或" if is_asked else ""
        yield (
            f"空着的 {len(imported.blank)} 格都填 0，勾稽就全部成立。是这样的话，"
            f"{there}加 --blank-is-zero 再导入一次。"
        )
    elif imported.blank:
        yield f"空着的 {len(imported.blank)} 格，勾稽证不出都是 0，请对照原文补上。"
    if imported.level_by_name and report.body.level:
        yield f"机关层级照机关名称写作“{LEVELS[report.body.level][0]}”，请看一眼。"
    if imported.unsaid:
        labels = "、".join(FACTS[address] for address in imported.unsaid)
        yield f"公布的文件里没有、出文件前要补的：{labels}。"
    if count := sum(asked.is_open for asked in report.unconfirmed):
        yield f"待确认 {count} 条，写在输入里；一条一条答了“是”才能出文件。"


def _proven_in_words(imported: Imported) -> Iterator[str]:
    """Yield which tables are proved, and the figures that no sum proves."""
    proven = imported.proven
    with_sums = [one for one in proven.tables if one.read > len(one.unproved)]
    if with_sums:
        tables = "、".join(f"{one.table.short} {one.read} 格" for one in with_sums)
        sums = f"{proven.held} 条勾稽全部成立"
        if proven.broken:
            sums = f"{proven.held} 条勾稽成立，{proven.broken} 条不成立，照原文写了"
        yield f"{tables}：标签逐格对上，{sums}。"

    for one in proven.tables:
        if one.unproved:
            rows = "；".join(_rows_in_words(imported.reading, one))
            yield f"{one.table.short} {len(one.unproved)} 格没有勾稽，请看一眼：{rows}。"
    for one in proven.tables:
        if one.missing:
            waiting = f"，同它们相加的 {one.waiting} 格也还证不了" if one.waiting else ""
            yield f"{one.table.short} {one.missing} 格没有数{waiting}。"


def _rows_in_words(reading: Reading, one: ProvenTable) -> Iterator[str]:
    """Yield the rows of figures that no sum proves: `检查 1／0／11`."""
    rows: dict[str, list[str]] = {}
    for address in one.unproved:
        figure = reading.form.figures[address]
        label = label_of(figure.table, figure.row, reading.report.wording)
        rows.setdefault(label, []).append(print_number(reading.report.figures[address]))

    for number, (label, values) in enumerate(rows.items()):
        if number == _MOST_ROWS:
            yield f"等 {len(rows)} 行"
            return
        yield f"{label} {'／'.join(values)}"
