"""Which figures of a published table are sure to be those of their row and column.

What is not is left unread, and asked about: a figure under a wrong head is worse than none.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from docgen.finding import Finding, Place, Rule
from docgen.forms.table import Table
from docgen.read.bind import STRAY_VALUE
from docgen.read.entry import IN_DOCUMENT, Entries, Entry, Grid
from docgen.read.head import DOUBLED_COLUMN
from docgen.read.published.printed import has_figure, labels_in
from docgen.read.published.stream import StreamTable

RAGGED = Rule(
    code="R365",
    name="一行的格数和别的行不一样",
    severity="error",
    needs=("report",),
    message="{table}的“{label}”一行有 {count} 格，别的行有 {usual} 格：不知道哪格是哪一列，没有读",
    why="少了一格或多了一格，后面的数就错了位；照着读会把数放到别的列里。",
    example="删格时把右边的格子挪了过来。",
    cure="对照原件，在输入里填上这一行的数。",
    since="0.3.0",
)

#: With no more rows of figures than this, all rows say how many cells a row has.
_FEW_ROWS = 2


def find_ragged(pieces: Sequence[StreamTable]) -> Iterator[tuple[list[Entry], int]]:
    """Yield the rows of figures that have not as many cells as most, with how many those have.

    A blank cell too many at the end shifts nothing.
    """
    for piece in pieces:
        rows = [row for row in piece.grid if any(map(has_figure, row))]
        widths = Counter(map(len, rows if len(rows) > _FEW_ROWS else piece.grid))
        usual = max(widths, key=lambda width: (widths[width], width), default=0)
        for row in rows:
            used = max(n + 1 for n, entry in enumerate(row) if entry.text)
            if len(row) < usual or used > usual:
                yield row, usual


def tell_ragged(
    row: Sequence[Entry], usual: int, table: Table, figures: Mapping[str, Entry], entries: Entries
) -> None:
    """Tell of a row that has not as many cells as the others; its figures are not read."""
    own = {cell[:2] for entry in row for cell in _cell_of(entry.place)}
    here = [e for e in figures.values() if any(cell[:2] in own for cell in _cell_of(e.place))]
    if here:
        labels = labels_in(row)
        label = labels[-1][1].text if labels else ""
        places = [entry.place for entry in here]
        told = RAGGED.at(*places, table=table.short, label=label, count=len(row), usual=usual)
        entries.findings.append(told)


def tell_headless(
    grid: Grid, table: Table, figures: Mapping[str, Entry], told: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield a finding on figures that stand beside others, and under no head at all.

    Where such a column is, the heads may stand above other columns than their own.
    """
    columns: dict[tuple[str, str], set[int]] = {}
    for entry in figures.values():
        for sheet, row, column in _cell_of(entry.place):
            columns.setdefault((sheet, row), set()).add(int(column))

    heads = {
        int(column)
        for row in grid
        if not any(map(has_figure, row))
        for entry in row
        if entry.text
        for _, _, column in _cell_of(entry.place)
    }
    known = {place for finding in told for place in finding.places}
    labelled = all(path[-1].label for band in table.bands for path in band.row_paths)
    odd = [
        entry
        for row in grid
        for entry in [entry for entry in row if entry.text][labelled:]
        if has_figure(entry) and entry.place not in known
        for sheet, number, column in _cell_of(entry.place)
        if (own := columns.get((sheet, number))) and int(column) not in own | heads
    ]
    if odd:
        places = [entry.place for entry in odd]
        more = f"等 {len(odd)} 处" if len(odd) > 1 else ""
        yield STRAY_VALUE.at(*places, table=table.short, value=odd[0].text[:40], more=more)


def distrust(figures: Mapping[str, Entry], entries: Entries) -> None:
    """Leave unread what stands in a row of which an error is told, or in a column there twice.

    Which of its figures are the right ones is asked by these findings.
    """
    errors = [finding for finding in entries.findings if finding.severity == "error"]
    rows = {cell[:2] for finding in errors for cell in _cells_of(finding)}
    doubled = (finding for finding in errors if finding.rule is DOUBLED_COLUMN)
    columns = {(cell[0], cell[2]) for finding in doubled for cell in _cells_of(finding)}
    for address, entry in figures.items():
        for sheet, row, column in _cell_of(entry.place):
            if (sheet, row) in rows or (sheet, column) in columns:
                entries.asked.add(address)


def _cells_of(finding: Finding) -> Iterator[tuple[str, str, str]]:
    """Yield table, row and column of the cells a finding is about."""
    return (cell for place in finding.places for cell in _cell_of(place))


def _cell_of(place: Place) -> Iterator[tuple[str, str, str]]:
    """Yield table, row and column of a cell; nothing for other places."""
    if found := IN_DOCUMENT.search(place.cell):
        yield place.sheet, found[1], found[2]
