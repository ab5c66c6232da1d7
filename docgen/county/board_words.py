"""The board in words: what its page, its workbook, the screen and the messages say alike.

All texts of a row are `visible`: names of bodies, files and cells are other people's.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from docgen.county.board import STATES, Board, BoardRow, Return, State
from docgen.county.owners import NAMELESS, OTHER_NAME
from docgen.errors import FINDINGS
from docgen.files.visible import visible
from docgen.finding import Finding
from docgen.model import print_date
from docgen.read.published.archive import OF_PAGE

HEAD = ("机关", "状态", "说明", "交来的文件", "自何时起", "联系人 电话", "写好过消息")

#: In the order in which a person asks: how many are done, and then what is not.
_ASKED: tuple[State, ...] = ("issued", "faulty", "unreadable", "several", "missing", "unlisted")

#: The first clause of a message: `“企业”列不平` of `“企业”列不平：一＋二 = 0，…`; what
#: stands in quotation marks or brackets is not cut: `“a：b”不是一个数`.
_CLAUSE = re.compile("(?:“[^”]*”|（[^）]*）|[^：；。])++")

#: What lies in the folder of a saved page: `甲镇/网页_files/1.png`; not `甲镇/网页.html`.
_PAGE_FOLDER = re.compile(f"(.*?(?:{'|'.join(map(re.escape, OF_PAGE))}))/.*", re.DOTALL)


class RowWords(NamedTuple):
    """The cells of a row, in the order of `HEAD`."""

    name: str
    state: str
    why: str
    files: tuple[str, ...]
    since: str
    contact: str
    chased: str


def describe_row(board: Board, row: BoardRow) -> RowWords:
    """Return the cells of a row; the files are all that came from this body."""
    return RowWords(
        name_row(row),
        STATES[row.state],
        visible("；".join(filter(None, (row.why, *row.notes)))),
        tuple(visible(file) for each in row.returns for file in _name_files(each)),
        print_day(row.since, board),
        visible(row.contact),
        print_day(row.chased, board) if row.chased else "",
    )


def _name_files(came: Return) -> Iterator[str]:
    """Yield the files of a return; a folder of CSV files, or of a saved page, by its name alone."""
    yield came.where
    names = (_PAGE_FOLDER.sub(r"\1", file) for file in came.also)
    yield from dict.fromkeys(name for name in names if not name.startswith(f"{came.where}/"))


def name_row(row: BoardRow) -> str:
    """Return the body, and of which report the row is where several kinds came."""
    kind = f"（{row.report_name}）" if row.report_name else ""
    return visible(row.name + kind)


def title_board(board: Board) -> str:
    """Return what the board is called."""
    return f"{board.year} 年度报告收交进度"


def count_states(board: Board) -> dict[State, int]:
    """Return how many rows are in each state, those that are done first."""
    return {state: len(board.of(state)) for state in _ASKED}


def sum_up_states(board: Board) -> str:
    """Return how many bodies owe a report, and how many rows are in each state."""
    units = len({row.unit for row in board.rows if row.unit})
    counts = " / ".join(f"{STATES[state]} {n}" for state, n in count_states(board).items())
    return f"名单 {units} 个机关：{counts}{count_doubtful(board)}"


def count_doubtful(board: Board) -> str:
    """Return in words what the counts of the states leave out; blank for nothing.

    That is how many were issued with something to look at, of how many one has to ask whose.
    """
    doubtful, asked = (sum(map(has, board.rows)) for has in (is_doubtful, must_ask))
    told = f"；已签发的有 {doubtful} 份请看一眼" if doubtful else ""
    return f"{told}；要改的有 {asked} 份要问是谁的" if asked else told


def tell_news(board: Board) -> str:
    """Return what is new since the run before this one; blank for the first run."""
    if board.before is None:
        return ""

    came = {(each.where, each.sha256) for row in board.rows for each in row.returns
            if each.first_seen > board.before}  # fmt: skip
    issued = sum(map(board.is_new, board.of("issued")))
    since = f"{print_day(board.before, board)} {board.before:%H:%M}"
    return f"自上次（{since}）以来：新交 {len(came)} 份，新签发 {issued} 份"


def print_moment(moment: datetime.datetime) -> str:
    """Return a day and the time of day."""
    return f"{print_date(moment)} {moment:%H:%M}"


def print_day(moment: datetime.datetime, board: Board) -> str:
    """Return a day, without its year where that is the year in which the board was made."""
    told = print_date(moment)
    return told.removeprefix(f"{board.made.year}年")


def findings_of(came: Return) -> tuple[Finding, ...]:
    """Return all that was found in a report and in how it came, what is let through aside."""
    found = (*came.remarks, *came.outcome.findings)
    return tuple(finding for finding in found if not finding.waived)


def faults_of(came: Return) -> list[Finding]:
    """Return what forbids that a report is issued."""
    return [finding for finding in findings_of(came) if finding.severity == "error"]


def doubts_of(came: Return) -> list[Finding]:
    """Return what does not forbid that a report is issued, and is to be looked at."""
    return [finding for finding in findings_of(came) if finding.severity == "warning"]


def is_doubtful(row: BoardRow) -> bool:
    """Whether a report was issued though something in it is to be looked at."""
    return row.state == "issued" and bool(row.returns and doubts_of(row.returns[0]))


def must_ask(row: BoardRow) -> bool:
    """Whether somebody has to ask whose a report is: its file says one name, it says another."""
    own = row.returns[0].remarks if row.state == "faulty" and row.returns else ()
    return any(finding.rule is OTHER_NAME for finding in own)


def wants_message(row: BoardRow) -> bool:
    """Whether a message about a row is written."""
    if row.state == "faulty":
        return must_mend(row)
    return is_doubtful(row) if row.state == "issued" else not row.is_spared


def tell_doubts(found: Sequence[Finding]) -> str:
    """Return in one line how many places are to be looked at, and the first in short."""
    return f"有 {len(found)} 处请看一眼：{first_clause(found[0].message)}" if found else ""


def faults_to_mend(came: Return) -> list[Finding]:
    """Return what the body has to mend.

    Of a name left blank its report says so itself: whose it is by guess is for the office alone.
    """
    found = faults_of(came)
    return [finding for finding in found if finding.rule is not NAMELESS] or found


def must_mend(row: BoardRow) -> bool:
    """Whether the body itself has to mend its report.

    Where docgen could not write, or had a fault of its own, nobody outside can help.
    """
    if row.state != "faulty" or not row.returns:
        return False
    first = row.returns[0]
    own = [finding for finding in first.remarks if finding.severity == "error"]
    return bool(own) or first.outcome.exit_code == FINDINGS


def tell_faults(found: Sequence[Finding]) -> str:
    """Return in one line what is wrong: the first fault in short, and how many more there are."""
    if not found:
        return ""
    first = first_clause(found[0].message)
    return f"{first}；另有 {len(found) - 1} 处" if len(found) > 1 else first


def first_clause(text: str) -> str:
    """Return a text up to its first colon, semicolon or full stop.

    Where that is a quotation alone it goes on: what is wrong with it is said after that.
    """
    found = _CLAUSE.match(text)
    if found and found[0].endswith("”"):
        found = _CLAUSE.match(text, found.end() + 1) or found
    return text[: found.end()] if found else text


def without_file(finding: Finding) -> Finding:
    """Return a finding whose places name sheet and cell alone: its reader knows the file."""
    places = tuple(place._replace(file="") for place in finding.places)
    suspects = tuple(each._replace(place=each.place._replace(file="")) for each in finding.suspects)
    return replace(finding, places=places, suspects=suspects)
