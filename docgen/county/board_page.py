"""The board as one page to look at and to print on A4: no script, nothing fetched."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from urllib.parse import quote

from docgen.county.board import STATES, Board, BoardRow
from docgen.county.board_words import (
    HEAD,
    count_doubtful,
    count_states,
    describe_row,
    print_moment,
    sum_up_states,
    tell_news,
    title_board,
)
from docgen.county.returned import MarkedReturns
from docgen.messages import phrases
from docgen.messages.webpage import escape, write_page, write_table

#: A state is told by its word, too, not by its colour alone.
_STYLE = """
.counts { display: flex; flex-wrap: wrap; gap: .4rem .6rem; margin: .5rem 0; padding: 0; }
.counts li { list-style: none; }
.state { display: inline-block; padding: 0 .35em; border: 1px solid; white-space: nowrap; }
.faulty { color: #8a1c1c; background: #fdeaea; font-weight: bold; }
.unreadable { color: #6b2a7a; background: #f6eafa; font-weight: bold; }
.several { color: #6b4a00; background: #fff4d6; font-weight: bold; }
.missing { color: #1a1a1a; background: #e6e6e6; font-weight: bold; }
.unlisted { color: #1f4a6b; background: #e8f2fa; font-weight: bold; }
.issued { color: #14532d; background: #e7f6ec; }
.none { color: #595959; background: #fff; font-weight: normal; }
td p { margin: 0; }
td:nth-child(1), td:nth-child(6) { width: 17%; }
td:nth-child(2) { width: 8%; }
td:nth-child(4) { width: 15%; }
td:nth-child(5), td:nth-child(7) { width: 7%; white-space: nowrap; }
@media print {
  @page { size: A4 portrait; margin: 12mm 11mm; }
  body { color: #000; font-size: 9pt; line-height: 1.35; }
  h1 { font-size: 14pt; margin: 0; }
  h2 { font-size: 10.5pt; margin: .5rem 0 .2rem; break-after: avoid; }
  p { margin: .2rem 0; }
  .scroll { margin: .3rem 0; padding: 0 1px; }
  table { font-size: 8pt; line-height: 1.25; }
  th, td { padding: .5mm 1mm; }
  .state { padding: 0 .2em; }
  .note { font-size: 8pt; }
  .link { display: none; }
}
""".strip()


def write_board_page(board: Board, returned: MarkedReturns) -> bytes:
    """Return the page; it links to what goes back to the bodies."""
    return write_page(title_board(board), _STYLE, _page_body(board, returned))


def _page_body(board: Board, returned: MarkedReturns) -> Iterator[str]:
    yield '<ul class="counts">'
    for state, count in count_states(board).items():
        look = state if count else "none"
        yield f'<li><span class="state {look}">{STATES[state]} {count}</span></li>'
    yield "</ul>"

    roster = sum_up_states(board).partition("：")[0]
    doubtful = count_doubtful(board).lstrip("；")
    told = [f"{roster}，截至 {print_moment(board.made)}", tell_news(board), doubtful]
    yield f"<p>{escape('。'.join(filter(None, told)))}。</p>"
    for remark in returned.remarks:
        yield f"<p>{escape(remark)}</p>"
    if board.findings:
        yield "<h2>名单和这次运行的问题</h2>\n<ul>"
        for finding in board.findings:
            where = phrases.list_places(finding.places)
            yield f"<li>{escape(f'{finding.message}（{where}）。{finding.cure}')}</li>"
        yield "</ul>\n<h2>各机关</h2>"

    yield from write_table(HEAD, (_row_cells(board, row, returned) for row in board.rows), "各机关")
    if board.ignored:
        names = "、".join(map(escape, board.ignored))
        yield f'<p class="note">不是报告、没有用上的文件：{names}。</p>'


def _row_cells(board: Board, row: BoardRow, returned: MarkedReturns) -> Sequence[str]:
    words = describe_row(board, row)
    why = escape(words.why)
    if path := returned.path_of(row):
        name = escape(PurePath(path).name)
        why = f'<p>{why}</p><p class="link"><a href="{quote(path)}">标好的表：{name}</a></p>'

    return (
        escape(words.name),
        f'<span class="state {row.state}">{words.state}</span>',
        why,
        "".join(f"<p>{escape(file)}</p>" for file in words.files),
        words.since,
        escape(words.contact),
        words.chased,
    )
