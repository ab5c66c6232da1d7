"""What is said to the bodies: messages to be pasted into the chat as they are, a body a paragraph.

What was first written on an earlier day, and stands as it did, is not said again: it is listed
below, with its day. So a second run on a day gives the same texts.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple

from docgen.county.board import STATES, Board, BoardRow, Return, State
from docgen.county.board_words import (
    doubts_of,
    faults_of,
    faults_to_mend,
    is_doubtful,
    must_ask,
    must_mend,
    name_row,
    print_day,
    print_moment,
    wants_message,
    without_file,
)
from docgen.county.due import forms_of, tell_due
from docgen.county.owners import OTHER_NAME
from docgen.county.returned import MarkedReturns
from docgen.county.standing import OTHER_YEAR
from docgen.files.inputs import PUBLISHED
from docgen.files.visible import visible
from docgen.finding import Finding, Suspect
from docgen.messages import phrases
from docgen.model import print_date

#: Of what is wrong in a report so many are said; its marked workbook holds all.
_FIRST = 3
#: Of the cells of which one is wrong so many are said.
_MOST_SUSPECTS = 3

_TODAY, _BEFORE = "今天要发的", "以前已发过，没有变化"
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
#: What stands in no clause for a body: what it has not got, and what is said apart.
_NOT_FOR_BODIES = ("docgen", "docs/", "pip ", " --", "怀疑")
_LOOK = "已签发，请看一眼"
_REPORT = "报告"  # what is owed, where that has no name of its own


#: What a body is to send in place of what nobody can read, by the suffix of that.
_INSTEAD = {
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".heic", ".tif", ".tiff"),
        "照片里的字读不出来，请发我们发的那个 Excel 表",
    ),
    ".rar": "请压成 zip 再发，或直接发表",
}
#: After so many days one may well be asked once more.
_AGAIN = datetime.timedelta(days=3)


class Message(NamedTuple):
    """A paragraph under its heading; the day it was first written, if that was an earlier one."""

    text: str
    heading: str = ""
    before: datetime.datetime | None = None


def write_returns(board: Board, returned: MarkedReturns) -> str:
    """Return the messages to all who have to mend their reports, or to look at them."""
    usual = _usual_report(board)
    told = [
        Message(_ask_to_mend(board, row, returned, usual), "", _said_before(board, row))
        for row in filter(must_mend, board.rows)
    ]
    told += (
        Message(_ask_to_look(row, returned, usual), _LOOK, _said_before(board, row))
        for row in filter(is_doubtful, board.rows)
    )
    return _lay_out(board, "退回消息", "“退回”文件夹里标好的表，请一起发出去。", told)


def write_chase(board: Board) -> str:
    """Return the messages to all others who owe something, and their telephones."""
    usual = _usual_report(board)
    asked = [_guess_body(board, row) for row in board.of("unlisted")]  # each has one question
    missing = [row for row in filter(wants_message, board.of("missing")) if row not in asked]
    told = [*_ask_missing(board, missing, usual)]
    for state, ask in _questions().items():
        for row in board.of(state):
            told.append(Message(ask(board, row, usual), STATES[state], _said_before(board, row)))

    text = _lay_out(board, "催办", "", told)
    if phones := list(_list_phones(board)):
        text += "\r\n".join(["", "联系电话（自己打电话用，不用贴）：", *phones, ""])
    return text


def write_message(board: Board, row: BoardRow, returned: MarkedReturns) -> str:
    """Return the message to one body; blank where nothing is wanted of it."""
    usual = _usual_report(board)
    if must_mend(row):
        return _ask_to_mend(board, row, returned, usual)
    if is_doubtful(row):
        return _ask_to_look(row, returned, usual)
    if not wants_message(row):
        return ""
    if row.state == "missing":
        return next(_ask_missing(board, [row], usual)).text

    ask = _questions().get(row.state)
    return ask(board, row, usual) if ask else ""


def _questions() -> dict[State, Callable[[Board, BoardRow, str], str]]:
    """Return how each is asked whose report is neither missing nor to be mended."""
    return {"several": _ask_which, "unreadable": _ask_again, "unlisted": _ask_name}


def _lay_out(board: Board, title: str, how: str, told: Sequence[Message]) -> str:
    """Return the messages as a text file for any editor: those of today, then the earlier ones."""
    new = [each for each in told if not each.before]
    lines = [f"{board.year} 年度报告{title}（{print_date(board.made)}）", *([how] if how else [])]
    lines += ["", f"{_TODAY}：{f'{len(new)} 条，一段一条，可以直接贴' if new else '没有'}"]
    for heading, group in groupby(new, key=lambda each: each.heading):
        lines += ["", *([f"【{heading}】"] if heading else [])]
        for each in group:
            lines += [each.text, ""]

    earlier = [(each, each.before) for each in told if each.before]
    long_ago = board.made.date() - _AGAIN
    for again in (False, True):
        listed = [pair for pair in earlier if (pair[1].date() <= long_ago) is again]
        what = f"已过 {_AGAIN.days} 天，可以再催一次" if again else "不用再发"
        lines += ["", f"{_BEFORE}：{len(listed)} 条，{what}", ""] if listed else []
        for each, before in listed:
            lines += [f"〔{print_day(before, board)}发过〕{each.text}", ""]

    return "\r\n".join([*lines, ""])


def _said_before(board: Board, row: BoardRow) -> datetime.datetime | None:
    """Return when a message about this state was first written, if that was an earlier day."""
    return row.chased if row.chased and row.chased.date() < board.made.date() else None


def _call_body(row: BoardRow) -> str:
    """Return a body and its contact as one is called in a chat."""
    unit = row.unit
    if unit is None:
        return f"@{visible(row.name)}"
    return visible(f"@{unit.short_name or unit.name} {unit.contact}".rstrip())


def _report_of(row: BoardRow, usual: str) -> str:
    return visible(row.report_name or usual)


def _usual_report(board: Board) -> str:
    """Return what the reports are called, where all that came are of one kind."""
    came = {each.outcome.report_name for row in board.rows for each in row.returns} - {""}
    return came.pop() if len(came) == 1 else _REPORT


def _ask_to_mend(board: Board, row: BoardRow, returned: MarkedReturns, usual: str) -> str:
    came, report = row.returns[0], _report_of(row, usual)
    found = faults_to_mend(came)
    told = [visible(finding.message) for finding in found if finding in came.remarks]
    told += (_say_fault(finding) for finding in found if finding not in came.remarks)
    doubts = len(doubts_of(came))

    if must_ask(row):
        return _ask_whose(row, report)
    if row.unit and any(finding.rule is OTHER_YEAR for finding in came.remarks):
        year, where = came.outcome.year, visible(came.where)
        said = f"{_call_body(row)}：收到的 {where} 是 {year} 年度的，这次收的是 {board.year} 年度。"
        return f"{said}请发 {board.year} 年度的{report}：数和话都要是这一年的，不是只改年度。"

    said = f"{_call_body(row)}：{report}有 {len(told)} 处要改：{_list_first(told)}"
    if row.unit is None:
        whose = (
            f"收到一份{report}（{visible(came.where)}），看不出是哪个机关发的，请发的机关说一声。"
        )
        said = f"{whose}有 {len(told)} 处要改：{_list_first(told)}"
    path = returned.path_of(row)
    if len(told) > _FIRST:
        said += f"还有 {len(told) - _FIRST} 处{'，都标在表里' if path else ''}。"
    if doubts and path:
        said += f"另有 {doubts} 处请核对（标黄的格子），没有错的不用改。"
    return f"{said}{_hand_over(came)}请照批注改好重发。" if path else f"{said}请改好重发。"


def _ask_whose(row: BoardRow, report: str) -> str:
    """Return what to ask where a file is called after one body and names another inside."""
    [told, *_] = [one for one in row.returns[0].remarks if one.rule is OTHER_NAME]
    said = f"收到一份{report}，{visible(told.message)}。"
    if row.unit is None:
        return f"{said}请发的机关说一声是谁的。"
    return f"{_call_body(row)}：{said}是不是你们的？是的，请改对名称再发一次；不是的，告诉我一声。"


def _ask_to_look(row: BoardRow, returned: MarkedReturns, usual: str) -> str:
    """Return what to say of a report that was issued though something in it is doubtful."""
    came = row.returns[0]
    told = [_say_fault(finding) for finding in doubts_of(came)]
    said = f"{_call_body(row)}：{_report_of(row, usual)}收到了，有 {len(told)} 处请看一眼，"
    said += f"没有错的不用改：{_list_first(told)}"
    path = returned.path_of(row)
    if len(told) > _FIRST:
        said += f"还有 {len(told) - _FIRST} 处{'，都标在表里' if path else ''}。"
    marks = _hand_over(came) if path else ""
    return f"{said}{marks}确有错的，改好重发。"


def _hand_over(came: Return) -> str:
    """Return that the marked workbook goes with the message, and which it is to whoever sent none.

    Of this computer's folders it says nothing.
    """
    if came.where.lower().endswith(PUBLISHED):
        name = visible(came.where.replace(" › ", "/").rpartition("/")[2])
        return f"标好的表（由你们发的 {name} 转成的表格）一起发给你，就在这张表上改，"
    return "标好的表也发给你，"


def _list_first(told: Sequence[str]) -> str:
    """Return the first few of these, numbered if there are several, a sentence each."""
    numbers = _NUMBERS if len(told) > 1 else " "
    shown = zip(numbers, told[:_FIRST], strict=False)
    return "".join(f"{number.strip()}{each.rstrip('。')}。" for number, each in shown)


def _say_fault(finding: Finding) -> str:
    """Return where something is wrong, what, and what to do."""
    finding = without_file(finding)
    if finding.suspects:
        where, todo = finding.suspects[0].place.sheet, [_say_suspects(finding)]
    else:
        cells = [place for place in finding.places if place.sheet]  # JSON has no sheets
        where, todo = phrases.list_places(cells), list(_say_cure(finding))
    told = "；".join(text.rstrip("。") for text in (finding.message, *todo))
    return visible(f"{where}：{told}" if where else told)


def _say_suspects(finding: Finding) -> str:
    """Return which cells may be the wrong one."""
    first, *others = finding.suspects
    if not others:
        return f"多半应把{_name_cell(first)}由 {first.actual} 改为 {first.expected}"

    shown = "、".join(
        f"{_name_cell(each).strip()}（现为 {each.actual}，应为 {each.expected}）"
        for each in finding.suspects[:_MOST_SUSPECTS]
    )
    more = f"等 {len(finding.suspects)} 格" if len(finding.suspects) > _MOST_SUSPECTS else ""
    return f"多半错在其中一格：{shown}{more}，请对照台账核对"


def _name_cell(suspect: Suspect) -> str:
    """Return the cell, or what it means where the input has no sheets."""
    return f" {suspect.place.cell} " if suspect.place.sheet else f"“{suspect.label}”"


def _say_cure(finding: Finding) -> Iterator[str]:
    """Yield the first thing to do, and what is most likely right."""
    first, *others = [*_cure_clauses(finding)] or ["请对照台账核对"]
    yield first
    yield from (each for each in others if finding.expected and finding.expected in each)


def _cure_clauses(finding: Finding) -> Iterator[str]:
    """Yield what to do, clause by clause, but for what is nothing to the body."""
    for clause in re.split("[；。]", finding.cure):
        if clause and not any(word in clause for word in _NOT_FOR_BODIES):
            yield clause


def _ask_missing(board: Board, missing: Sequence[BoardRow], usual: str) -> Iterator[Message]:
    """Yield a paragraph to all who owe the same report by the same day."""
    forms = forms_of(board) if missing else {}
    groups: dict[tuple[str, str, datetime.date | None], list[BoardRow]] = {}
    for row in missing:
        before = _said_before(board, row)
        key = (
            _report_of(row, usual),
            tell_due(board, row, forms),
            before.date() if before else None,
        )
        groups.setdefault(key, []).append(row)

    for (report, due, _), rows in groups.items():
        called = "、".join(map(_call_body, rows))
        by = f"{due}，" if due else ""
        said = f"还没有收到 {board.year} 年的{report}的有 {len(rows)} 个机关：{called}。"
        ask = f"{by}请尽快报送；已经发过的，请再发一次，或告诉我发在哪里。"
        yield Message(said + ask, STATES["missing"], _said_before(board, rows[0]))


def _ask_which(board: Board, row: BoardRow, usual: str) -> str:
    reports = [each for each in row.returns if each.outcome.family]  # no picture beside them
    moments = {print_moment(each.first_seen) for each in reports}
    days = {each.first_seen.date() for each in reports}
    on_day = len(days) == 1 < len(moments)  # the day alone does not tell them apart
    came = "；".join(
        f"{number} {visible(each.where)}（{print_day(each.first_seen, board)}"
        f"{f' {each.first_seen:%H:%M}' if on_day else ''}收到）"
        for number, each in zip(_number_all(len(reports)), reports, strict=True)
    )
    said = f"{_call_body(row)}：收到你们 {len(reports)} 份{_report_of(row, usual)}：{came}。"
    differs = f"{visible(row.why)}。" if row.why else ""
    return f"{said}{differs}请告诉我哪一份是定稿；定下来以前，哪一份都不用。"


def _number_all(count: int) -> Iterable[str]:
    return (_NUMBERS[n] if n < len(_NUMBERS) else f"（{n + 1}）" for n in range(count))


def _ask_again(_board: Board, row: BoardRow, _usual: str) -> str:
    """Return what to say of a file that cannot be read; whoever sent it may be unknown."""
    files = "、".join(visible(each.where) for each in row.returns)
    found = [(each, finding) for each in row.returns for finding in faults_of(each)]
    faults = dict.fromkeys(_say_unreadable(each, finding) for each, finding in found)
    again = "" if all(map(_send_instead, row.returns)) else "弄好后请再发一次。"
    said = visible(f"{''.join(faults)}{again}")
    if row.unit:
        return f"{_call_body(row)}：收到的 {files} 读不了：{said}"
    return f"收到一份读不了的文件 {files}，看不出是哪个机关发的，请发的机关说一声。{said}"


def _send_instead(came: Return) -> str:
    """Return what a body is to send in place of such a file; blank where it is the file itself."""
    return _INSTEAD.get(PurePath(came.where).suffix.lower(), "")


def _say_unreadable(came: Return, finding: Finding) -> str:
    """Return what is wrong with a file, and what to do about it, as two sentences."""
    cure = _send_instead(came) or "；".join(_cure_clauses(finding)) or "重新做一份"
    return f"{finding.message.rstrip('。')}。{cure}。"


def _ask_name(board: Board, row: BoardRow, usual: str) -> str:
    """Return what to say of a report whose body is not on the roster, if it names one."""
    came = row.returns[0]
    body = visible(came.outcome.body)
    written = f"机关名称写的是“{body}”，名单里没有" if body else "没有写机关名称"
    said = f"收到一份{_report_of(row, usual)}（{visible(came.where)}），{written}。"

    if likely := _guess_body(board, row):
        said = f"{_call_body(likely)}：{said}是不是“{visible(likely.name)}”的？"
        longer = body.endswith(visible(likely.name))  # the roster has it in short
        said += (
            "是的话告诉我一声，名称不用改；不是的，请把你们的发来。"
            if longer
            else "是的话，请照这个全称改好机关名称重发；不是的，请把你们的发来。"
        )
    else:
        said += "请发的机关告诉我全称，并照全称改好机关名称重发。"

    faults = [finding for finding in faults_of(came) if finding not in came.remarks]
    if faults:
        more = f"还有 {len(faults) - _FIRST} 处。" if len(faults) > _FIRST else ""
        first = _list_first([_say_fault(finding) for finding in faults])
        said += f"另外还有 {len(faults)} 处要改：{first}{more}"
    return said


def _guess_body(board: Board, row: BoardRow) -> BoardRow | None:
    """Return the one that owes a report and is called so in short, in the report or its path.

    Of several it is the one whose name is the longest there: 县财政局, not 财政局.
    """
    came = row.returns[0]
    told = f"{came.outcome.body} {came.where}"
    found: dict[int, list[BoardRow]] = {}
    for other in board.of("missing"):
        names = (other.unit.name, other.unit.short_name) if other.unit else ()
        if length := max((len(name) for name in names if name and name in told), default=0):
            found.setdefault(length, []).append(other)

    likely = found[max(found)] if found else []
    return likely[0] if len(likely) == 1 else None


def _list_phones(board: Board) -> Iterator[str]:
    """Yield whom to call of those in the messages."""
    for row in board.of("missing", "several", "unreadable", "unlisted"):
        if row.contact and wants_message(row):
            yield f"{name_row(row)}  {visible(row.contact)}  {STATES[row.state]}"
