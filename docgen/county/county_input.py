"""The county's report as an input to fill in further, and the files beside it, in one go."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from docgen import files
from docgen.blank import blank_report
from docgen.blank.to_xlsx import write_workbook
from docgen.county.counted import LeftOut, Tally
from docgen.county.summand import Summands
from docgen.county.total import Total, name_some
from docgen.county.trace import trace_files
from docgen.errors import OutputStop
from docgen.files import scratch
from docgen.files.inputs import kept_beside
from docgen.finding import Finding, Rule
from docgen.forms.table import Number
from docgen.importing import with_level
from docgen.model import Question, Reading, Report, print_number
from docgen.read import read_report

NOT_AS_SUMMED = Rule(
    code="B149",
    name="全县的数写不进工作簿",
    severity="error",
    message="写好的工作簿读回来，这几格和加出来的不一样：{labels}；没有写出",
    why="电子表格一个数只记 15 位，单位的名称又可能像合计的一行；写出去的和加出来的不同，不能用。",
    example="某个机关的金额多写了十几个 0。",
    cure="核对各机关这几格的数有没有多写了位数、单位名称有没有写成“合计”；改好再汇总。",
    since="0.4.0",
)

RENEWED = Rule(
    code="B159",
    name="全县的数更新了",
    severity="note",
    message="“{name}”里{what}；正文和别的都没有动，原来的留作“{kept}”",
    why="收来的报告换过、补交过，全县的数要跟着换；写好的正文、成文日期不用再写一遍。",
    example="石河乡改好了再交，用 docgen sum … --update 又汇总了一次。",
    cure="看一眼换了哪些；正文里引用这些数的话也要改，docgen check 会指出来。",
    since="0.4.0",
)

_NOT_IN = "全县的数没有计入 "  # begins the question about those left out
_MOST_CHANGES = 12  # cells that the message names
_MOST_NAMED = 20  # bodies that the question about those left out names


def county_report(total: Total, tally: Tally, body: str, last: Reading | None) -> Report:
    """Return the county's report: its facts as last year, its figures the sums, no text yet.

    Who is left out is a question in it, so nobody issues it without having said that it is so.
    """
    form = total.form.declared or total.form
    blank = blank_report(form, tally.year, body, last)
    asked = (Question(question=_ask_about(tally.lacking)),) if tally.lacking else ()
    return with_level(
        blank.model_copy(
            update={
                "figures": total.figures,
                "units": total.units,
                "absent": total.absent,
                "unconfirmed": asked,
            }
        )
    )


def renewed_report(total: Total, tally: Tally, before: Report) -> Report:
    """Return the county's report as it stands with the sums of now.

    What does not add up is as somebody filled it in, but in rows of units that are others now; an
    answer about those left out holds as long as they are the same.
    """
    form = total.form
    others = {key for key, names in total.units.items() if before.units.get(key) != names}

    def stays(address: str) -> bool:
        cell = form.cells.get(address)
        return cell is not None and not cell.adds_up and cell.table.key not in others

    own = {a: number for a, number in before.figures.items() if stays(a)}
    asked = [one for one in before.unconfirmed if not one.question.startswith(_NOT_IN)]
    if tally.lacking:
        question = _ask_about(tally.lacking)
        same = (one for one in before.unconfirmed if one.question == question)
        asked.append(next(same, Question(question=question)))

    return before.model_copy(
        update={
            "figures": {**own, **total.figures},
            "answers": {a: said for a, said in before.answers.items() if stays(a)},
            "units": total.units,
            "absent": total.absent,
            "unconfirmed": tuple(asked),
        }
    )


def _ask_about(left_out: Sequence[LeftOut]) -> str:
    """Return who is left out, and why, as a question."""
    names = [f"{one.name}（{one.why.partition('：')[0]}）" for one in left_out]
    return f"{_NOT_IN}{name_some(names, _MOST_NAMED)}，就这样汇总"


def write_county(
    target: Path,
    total: Total,
    report: Report,
    tally: Tally,
    kept: Summands,
    last: Reading | None = None,
    before: Reading | None = None,
) -> tuple[list[Path], list[Finding]]:
    """Write the county's input and its trace together; return their places and what has changed.

    The one that stood there `before` is kept beside. Raise OutputStop if any cannot be written.
    """
    data = write_workbook(total.form, report, last)
    again = _read_again(target.name, data)
    _refuse_other_figures(again.figures, total)
    contents = {target: data, **trace_files(target, total, report, tally, kept)}
    told = []
    if before:
        _refuse_lost(before.report, again)
        aside = kept_beside(target)
        changes = _list_changes(total, before.report, again)
        what = f"换了 {len(changes)} 格的数：{name_some(changes, _MOST_CHANGES)}"
        told.append(
            RENEWED.at(name=target.name, what=what if changes else "数都没有变", kept=aside.name)
        )
        contents |= {aside: before.inputs[before.name]}

    files.write_together(contents)
    return list(contents), told


def _read_again(name: str, data: bytes) -> Report:
    """Return the report in a workbook as it will be written."""
    with scratch.folder("import") as top:
        (top / name).write_bytes(data)
        return read_report(top / name).report


def _list_changes(total: Total, was: Report, now: Report) -> list[str]:
    """Return the cells whose figures are others now, in words: 甲表 总数 5 → 6."""
    changes = []
    for address, figure in total.form.figures.items():
        old, new = was.figures.get(address), now.figures.get(address)
        if old != new:
            words = ("空" if one is None else print_number(one) for one in (old, new))
            changes.append(f"{figure.table.short} {figure.label} {' → '.join(words)}")
    return changes


def _refuse_lost(was: Report, now: Report) -> None:
    """Raise OutputStop if what is not summed up is not as it stood."""
    summed = {"figures", "answers", "units", "absent", "unconfirmed"}
    lost = [
        f"“{member.title}”"
        for key, member in Report.model_fields.items()
        if key not in summed and getattr(was, key) != getattr(now, key)
    ]
    if lost:
        raise OutputStop(NOT_AS_SUMMED.at(labels="、".join(lost)))


def _refuse_other_figures(again: Mapping[str, Number], total: Total) -> None:
    """Raise OutputStop if a workbook that was read again does not hold every sum exactly."""
    wrong = [a for a, number in total.figures.items() if again.get(a) != number]
    if wrong:
        labels = (f"{f.table.short}“{f.label}”" for a in wrong for f in [total.form.figures[a]])
        raise OutputStop(NOT_AS_SUMMED.at(labels=name_some(labels)))
