"""The answers of a report: what a cell holds that is no number, judged by the cell's kind.

What is surely meant is taken and printed in one way (√ is 是, １３８００００ is 1380000), and said;
anything else is asked about, never guessed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from docgen.finding import Finding, Rule
from docgen.forms.form import Figure, Form
from docgen.forms.table import Cell, Kind
from docgen.model import print_date
from docgen.prose.personal import masked
from docgen.read.dates import read_date
from docgen.read.entry import BAD_FACT, Entry, NoResult
from docgen.read.figures import BLANKS
from docgen.read.label import nearest_hint, normal
from docgen.read.text import MOST_NAME, MOST_TEXT, find_formula_error, tidy_line

BLANK_ANSWER = Rule(
    code="R330",
    name="内容没有填",
    severity="error",
    needs=("answers",),
    message="{table}“{label}”{shown}，没有填内容",
    why="这一格必须填：空着就不知道是没有，还是漏了。docgen 不替机关决定。",
    example="“是否开通”一格空着。",
    cure="在这一格填{expected}。",
    since="0.3.0",
)
NOT_CHOICE = Rule(
    code="R331",
    name="不是可选的内容",
    severity="error",
    needs=("answers",),
    message="{table}“{label}”填的是“{value}”，应为{expected}{nearest}",
    why="这一格只能从给定的几项里选；写成别的，就不知道选的是哪一项。",
    example="“是否开通”填“基本是”。",
    cure="从这几项里选，照原样写。",
    since="0.3.0",
)
BAD_ANSWER = Rule(
    code="R332",
    name="内容不像要填的那一种",
    severity="error",
    needs=("answers",),
    message="{table}“{label}”填的是“{value}”，应为{expected}{why}",
    why="内容的种类不对，多半是填错了格子，或少打、多打了字。",
    example="“联系电话”填成了“1380000000”，少一位。",
    cure="改为{expected}。",
    since="0.3.0",
)
REPAIRED_ANSWER = Rule(
    code="R333",
    name="内容的写法作了整理",
    severity="note",
    needs=("answers",),
    message="{label}填的是“{value}”，按“{text}”读",
    why="写法不同，意思没有变。整理过的地方都列在这里，以便核对。",
    example="“√”按“是”读，“讲座,借阅”按“借阅、讲座”读。",
    cure="请看一眼是否读对；无误则不用改。",
    since="0.3.0",
)

YES, NO = "是", "否"
#: What is surely meant for the one or the other; 有 and 无 answer another question.
_MEANT = {
    **dict.fromkeys(("是", "是的", "√", "✓", "✔", "y", "yes", "true"), YES),
    **dict.fromkeys(("否", "不是", "×", "✗", "✘", "x", "n", "no", "false"), NO),
}
#: A box before its label, ticked or empty: ☑是 □否; not 是√.
_TICKED, _EMPTY = "☑☒■√✓✔", "□☐◻"
_BOX = re.compile(f"([{_TICKED}{_EMPTY}])([^{_TICKED}{_EMPTY}]*)")
# 甲、乙, 甲,乙; 甲；乙; not 甲 乙.
_PARTED = re.compile("[、，,;；]")

# fullmatch: 赵明, 欧阳小雨, 阿依古丽·买买提, John Smith; not 赵, 赵明13, 赵明 钱亮, 赵明（签字）.
_NAME = re.compile(
    r"[^\W\d_]{2,12}(?:[·•][^\W\d_]{1,12})*|[A-Za-zÀ-ɏ]+(?:[ .'-]{1,2}[A-Za-zÀ-ɏ]+)+"
)
# fullmatch, without separators: 13800000000, 057788880000, 88880000, 4008001234, 12345, 95598;
# not 1380000000, 57788880000.
_NUMBER = re.compile(
    r"(?:\+?86)?(?:1[3-9][0-9]{9}|0[0-9]{2,3}[0-9]{7,8})|[2-9][0-9]{6,7}|[48]00[0-9]{7}"
    r"|1[0-9]{4}|9[56][0-9]{3,4}"
)
# fullmatch: 88880000-801, 88880000转801; not 0577-88880000.
_EXTENDED = re.compile(r"(.+[0-9)])(?:-|转|x)([0-9]{1,6})")
# fullmatch: lib.example.cn, 图书.政务; not example, -a.cn.
_HOST = re.compile(r"(?:(?!-)[\w-]{1,63}(?<!-)\.)+(?!-)[^\W\d_][\w-]{1,62}")
_ADDRESS = re.compile(r"[!-~\u3400-\u9fff]+")  # no blanks, no full-width punctuation

_MOST_LINE = 1000
_SHOWN = 40


class _Judged(NamedTuple):
    """An answer read: as it is printed, None where it is none; and what is to be said of it."""

    text: str | None
    findings: Sequence[Finding] = ()


class _Wrong(NamedTuple):
    """Why a text is no answer: the rule it breaks, and the tail of its message."""

    rule: Rule
    tail: str = ""


def settle_answers(
    form: Form, entries: Mapping[str, Entry], told: Callable[[str], bool]
) -> tuple[dict[str, str], list[Finding]]:
    """Return the answers in printed order, and what is wrong with the others.

    One of which an error is `told` already is not read; one left blank is not among them.
    """
    answers: dict[str, str] = {}
    findings: list[Finding] = []
    for address, figure in form.answers.items():
        if address not in entries or told(address):
            continue

        judged = _read_answer(entries[address], figure)
        findings += judged.findings
        if judged.text is not None:
            answers[address] = judged.text

    return answers, findings


def expected_of(cell: Cell) -> str:
    """Return what a cell takes, in words."""
    listed = "、".join(f"“{choice}”" for choice in cell.choices)
    return {
        Kind.YES: f"“{YES}”或“{NO}”",
        Kind.CHOICE: f"{listed}之一",
        Kind.CHOICES: f"{listed}中的几项，用顿号隔开",
        Kind.DATE: "日期，写成 2025年1月20日 的样子",
        Kind.PERSON: "人的姓名",
        Kind.PHONE: "电话号码，如 0577-88880000、13800000000",
        Kind.URL: "网址，如 https://www.example.cn",
    }.get(cell.kind, "文字")


def _read_answer(entry: Entry, figure: Figure) -> _Judged:
    """Return what a cell answers."""
    cell = figure.cell
    if _is_left_blank(entry, cell.kind):
        if cell.optional or cell.kind is Kind.CHOICES:
            return _Judged(None, [_note_repaired(entry, figure, "")] if entry.text else [])
        return _Judged(None, [_tell_blank(entry, figure)])

    if failed := find_formula_error(entry, figure.label):
        return _Judged(None, [failed])
    if cell.kind is Kind.DATE:
        date, findings = read_date(entry, figure.label)
        if date is None:
            return _Judged(None, [_tell_wrong(entry, figure, _Wrong(BAD_ANSWER))])
        return _Judged(print_date(date), findings)

    most = {Kind.TEXT: MOST_TEXT, Kind.PERSON: MOST_NAME, Kind.PHONE: MOST_NAME}
    text, findings = tidy_line(
        _as_text(entry, cell.kind), figure.label, most=most.get(cell.kind, _MOST_LINE)
    )
    if text is None or any(finding.severity == "error" for finding in findings):
        return _Judged(None, findings)
    if cell.kind is Kind.TEXT:
        return _judge_text(text, entry, figure, findings)

    reader = _READERS.get(cell.kind)
    read = reader(text) if reader else _read_choices(text, cell)
    if isinstance(read, _Wrong):
        return _Judged(None, [_tell_wrong(entry, figure, read)])
    if read == entry.text:
        return _Judged(read, findings)

    return _Judged(read or None, [_note_repaired(entry, figure, read)])


def _is_left_blank(entry: Entry, kind: Kind) -> bool:
    """Whether nothing is answered; to a text, 无 and / are what the body has to say."""
    if isinstance(entry.value, NoResult):
        return False
    return not entry.text or (kind is not Kind.TEXT and entry.text.upper() in BLANKS)


def _as_text(entry: Entry, kind: Kind) -> Entry:
    """Return the entry with a text for what a program keeps otherwise: a telephone number, TRUE.

    In a JSON file a text is written as one.
    """
    value = entry.value
    if isinstance(value, bool) and kind is Kind.YES:
        return entry._replace(value=YES if value else NO)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return entry._replace(value=str(value)) if type(value) is int else entry


def _judge_text(text: str, entry: Entry, figure: Figure, findings: Sequence[Finding]) -> _Judged:
    """Take any text but a formula that a spreadsheet did not work out."""
    if text.startswith("=") and len(text) > 1:
        fault = BAD_FACT.at(
            entry.place,
            label=figure.label,
            value=masked(text)[:_SHOWN],
            expected="文字，不是公式",
            actual=masked(text)[:_SHOWN],
        )
        return _Judged(None, [fault])

    return _Judged(text, findings)


def _read_choices(text: str, cell: Cell) -> str | _Wrong:
    """Return what is chosen, in the order of the form; of one choice alone, no less, no more."""
    by_name = _MEANT if cell.kind is Kind.YES else {normal(name): name for name in cell.choices}
    ticked = _ticked(text)
    pieces = _PARTED.split(text) if ticked is None else ticked
    pieces = [piece for piece in pieces if piece.strip()]
    longest = max((len(_PARTED.split(name)) for name in cell.choices), default=1)
    chosen: list[str] = []
    while pieces:
        # a choice may hold a 、 itself: the longest run of pieces that is one
        runs = ((count, _key("".join(pieces[:count]))) for count in range(longest, 0, -1))
        found = next(((count, by_name[run]) for count, run in runs if run in by_name), None)
        if found is None:
            return _Wrong(NOT_CHOICE, nearest_hint(pieces[0], cell.choices))

        chosen.append(found[1])
        pieces = pieces[found[0] :]

    if cell.kind is not Kind.CHOICES:
        return chosen[0] if len(set(chosen)) == 1 else _Wrong(NOT_CHOICE)

    return "、".join(choice for choice in cell.choices if choice in chosen)


def _key(text: str) -> str:
    """Return what a choice is known by: its letters and digits, or its one sign."""
    return normal(text) or text.strip()


def _ticked(text: str) -> list[str] | None:
    """Return what is ticked in `☑是 □否`; None where there are no boxes."""
    if len(text) < 2 or not text.startswith(tuple(_TICKED + _EMPTY)):
        return None

    boxes = _BOX.findall(text)
    return [label.strip() for box, label in boxes if box in _TICKED]


def _read_person(text: str) -> str | _Wrong:
    """Return the name of a person, or of several."""
    names = [name.strip() for name in text.split("、")]
    names = ["".join(name.split()) if _is_spaced(name) else name for name in names]
    return "、".join(names) if all(map(_NAME.fullmatch, names)) else _Wrong(BAD_ANSWER)


def _is_spaced(name: str) -> bool:
    """Whether a name is set with a blank to the width of a longer one: 赵　明."""
    return all(len(part) == 1 for part in name.split())


def _read_phone(text: str) -> str | _Wrong:
    """Return a telephone number, or several."""
    text = unicodedata.normalize("NFKC", text)
    for one in re.split("[、,;/]", text):
        extended = _EXTENDED.fullmatch(one.strip())
        if not _is_number(one) and not (extended and _is_number(extended[1])):
            lost = _is_number(f"0{one}") and not one.startswith("0")
            return _Wrong(BAD_ANSWER, "：区号开头的 0 没有了" if lost else "")

    return text


def _is_number(text: str) -> bool:
    """Whether a text is a telephone number, however it is parted."""
    return bool(_NUMBER.fullmatch(re.sub("[ ()-]", "", text)))


def _read_address(text: str) -> str | _Wrong:
    """Return the address of a web page."""
    text = unicodedata.normalize("NFKC", text)
    if not _ADDRESS.fullmatch(text):
        return _Wrong(BAD_ANSWER)

    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:  # a bracket left open, a port that is no number
        return _Wrong(BAD_ANSWER)

    sound = parts.scheme in ("http", "https") and not parts.username and _HOST.fullmatch(host)
    return text if sound else _Wrong(BAD_ANSWER)


_READERS: dict[Kind, Callable[[str], str | _Wrong]] = {
    Kind.PERSON: _read_person,
    Kind.PHONE: _read_phone,
    Kind.URL: _read_address,
}


def _tell_blank(entry: Entry, figure: Figure) -> Finding:
    """Tell of a cell that must be filled."""
    value = entry.text[:_SHOWN]
    return BLANK_ANSWER.at(
        entry.place,
        expected=expected_of(figure.cell),
        actual=value,
        table=figure.table.short,
        label=figure.label,
        shown=f"填的是“{value}”" if value else "空着",
    )


def _tell_wrong(entry: Entry, figure: Figure, wrong: _Wrong) -> Finding:
    """Tell of an answer that is none."""
    value = masked(entry.text)[:_SHOWN]
    return wrong.rule.at(
        entry.place,
        expected=expected_of(figure.cell),
        actual=value,
        table=figure.table.short,
        label=figure.label,
        value=value,
        nearest=wrong.tail,
        why=wrong.tail,
    )


def _note_repaired(entry: Entry, figure: Figure, text: str) -> Finding:
    """Note an answer that was understood, though not written as it is printed."""
    return REPAIRED_ANSWER.at(
        entry.place,
        label=f"{figure.table.short}“{figure.label}”",
        value=masked(entry.text)[:_SHOWN],
        text=masked(text)[:_SHOWN] or "空白",
    )
