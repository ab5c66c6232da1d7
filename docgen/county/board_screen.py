"""The board for a terminal, and for programs."""

import re
from collections.abc import Iterable, Iterator

from docgen.county.board import STATES, Board, BoardRow
from docgen.county.board_words import (
    count_states,
    describe_row,
    is_doubtful,
    must_mend,
    name_row,
    print_moment,
    sum_up_states,
    tell_news,
)
from docgen.files.visible import visible

#: What stays in one piece where a line is broken: a word or a number, a character of Chinese,
#: each with the punctuation that may not begin a line; it matches "2025.xlsx", "改，", not "a b".
_PIECE = re.compile("(?:[!-~]+|[^!-~])[，。；：、！？）》”’」』〕】]*")
#: The width of what a row says below its name.
_INDENT = "    "


def board_lines(board: Board, columns: int = 80) -> list[str]:
    """Return the board as lines of at most so many columns: failures first, the counts last.

    Nothing is cut off: what is longer goes on in the next line. Every character of docgen's own
    is one that a Chinese console of Windows (GBK) has.
    """
    lines = list(_state_lines(board, columns))
    for finding in board.findings:
        lines += _wrap_text(visible(finding.message), columns, "", _INDENT)
    if board.ignored:
        names = map(visible, board.ignored)
        lines += _wrap_pieces(("没有用上的：", *_list_pieces(names)), columns, "", _INDENT)

    lines += [
        "",
        *_wrap_text(f"截至 {print_moment(board.made)}。{tell_news(board)}".rstrip("。"), columns),
    ]
    return [*lines, *_wrap_text(sum_up_states(board), columns)]


def board_json(board: Board) -> Iterator[dict[str, object]]:
    """Yield an object for each row, in order, and one that sums up.

    Of a row: `body` its name, `state` (`faulty`, `unreadable`, `several`, `missing`, `unlisted`,
    `issued`), `report` what such a report is called, blank where one kind came; `why` in one line,
    of one that was issued what is to be looked at; `notes` what a person is to know besides;
    `since`, `chased` (or null) as ISO times; `new` since the run before; `short_name`, `contact`,
    `phone` of the roster; `mend` whether the body has to mend it; `returns`: of each file that
    came from it `where`, `also` what else lies there of it, `input` what was read, `outputs` what
    was issued, `unchanged` whether it stood there; `sha256`, `first_seen`, `verdict`, `findings`
    in the shape of `docgen check --json`; the one that stands comes first.

    The last has one key, `summary`: `year`, `made`, `before` (or null), `counts` by state,
    `doubtful` how many were issued with something to be looked at,
    `ignored` the files that are nobody's, `findings` of the roster.
    """
    for row in board.rows:
        unit = row.unit
        yield {
            "body": row.name,
            "state": row.state,
            "report": row.report_name,
            "why": row.why,
            "notes": list(row.notes),
            "since": row.since.isoformat(),
            "chased": row.chased.isoformat() if row.chased else None,
            "new": board.is_new(row),
            "short_name": unit.short_name if unit else "",
            "contact": unit.contact if unit else "",
            "phone": unit.phone if unit else "",
            "mend": must_mend(row),
            "returns": [
                {
                    "where": each.where,
                    "also": list(each.also),
                    "input": str(each.input),
                    "outputs": [str(path) for path in each.outcome.outputs],
                    "unchanged": each.outcome.unchanged,
                    "sha256": each.sha256,
                    "first_seen": each.first_seen.isoformat(),
                    "verdict": each.outcome.verdict,
                    "findings": [
                        finding.as_json() for finding in (*each.remarks, *each.outcome.findings)
                    ],
                }
                for each in row.returns
            ],
        }

    yield {
        "summary": {
            "year": board.year,
            "made": board.made.isoformat(),
            "before": board.before.isoformat() if board.before else None,
            "counts": count_states(board),
            "doubtful": sum(map(is_doubtful, board.rows)),
            "ignored": list(board.ignored),
            "findings": [finding.as_json() for finding in board.findings],
        }
    }


def _state_lines(board: Board, columns: int) -> Iterator[str]:
    """Yield the rows of each state under its name; of those that are well the names alone."""
    for state, name in STATES.items():
        rows = board.of(state)
        if not rows:
            continue
        yield f"{name} {len(rows)}"
        plain = [row for row in rows if state == "issued" and not (row.why or row.notes)]
        if plain:
            yield from _wrap_pieces(_list_pieces(map(name_row, plain)), columns, "  ", "  ")
        for row in rows:
            if row not in plain:
                yield from _row_lines(board, row, columns)


def _row_lines(board: Board, row: BoardRow, columns: int) -> Iterator[str]:
    words = describe_row(board, row)
    chased = f"{words.chased}写好过消息" if words.chased else ""
    about = (words.name, words.contact, f"自 {words.since}", chased)
    yield from _wrap_text("  ".join(filter(None, about)), columns, "  ", _INDENT)
    if words.why:
        yield from _wrap_text(words.why, columns, _INDENT, _INDENT)
    if words.files:
        came = (file.replace(" › ", " > ") for file in words.files)  # GBK does not have it
        yield from _wrap_pieces(("交来：", *_list_pieces(came)), columns, _INDENT, _INDENT)


def _list_pieces(names: Iterable[str]) -> Iterator[str]:
    """Yield names so that a line is broken between two of them."""
    before = None
    for name in names:
        if before is not None:
            yield f"{before}、"
        before = name
    if before is not None:
        yield before


def _wrap_text(text: str, columns: int, first: str = "", then: str = "") -> Iterator[str]:
    return _wrap_pieces(_PIECE.findall(text), columns, first, then)


def _wrap_pieces(
    given: Iterable[str], columns: int, first: str = "", then: str = ""
) -> Iterator[str]:
    """Yield pieces as lines of at most so many columns; a Chinese character takes two."""
    from rich.cells import cell_len, chop_cells

    room = max(columns - cell_len(then), 2)
    pieces = (part for piece in given for part in chop_cells(piece, room))
    line, width = first, cell_len(first)

    for piece in pieces:
        size = cell_len(piece)
        if width + size > columns and line.strip():
            yield line.rstrip()
            line, width = then, cell_len(then)
        if line.strip() or not piece.isspace():  # no line begins with a space of the text
            line, width = line + piece, width + size

    yield line.rstrip()
