"""The county's report as an input to fill in further, and the files beside it, in one go."""

from collections.abc import Sequence
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
from docgen.finding import Rule
from docgen.importing import with_level
from docgen.model import Question, Reading, Report
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


def _ask_about(left_out: Sequence[LeftOut]) -> str:
    """Return who is left out, and why, as a question."""
    names = [f"{one.name}（{one.why.partition('：')[0]}）" for one in left_out]
    return f"全县的数没有计入 {name_some(names, _MOST_NAMED)}，就这样汇总"


def write_county(
    target: Path,
    total: Total,
    report: Report,
    tally: Tally,
    kept: Summands,
    last: Reading | None = None,
) -> list[Path]:
    """Write the county's input and its trace together. Raise OutputStop if either cannot be."""
    data = write_workbook(total.form, report, last)
    _refuse_other_figures(target.name, data, total)
    contents = {target: data, **trace_files(target, total, report, tally, kept)}
    files.write_together(contents)
    return list(contents)


def _refuse_other_figures(name: str, data: bytes, total: Total) -> None:
    """Raise OutputStop if the workbook, read again, does not hold every sum to the last digit."""
    with scratch.folder("import") as top:
        (top / name).write_bytes(data)
        again = read_report(top / name).report.figures

    wrong = [a for a, number in total.figures.items() if again.get(a) != number]
    if wrong:
        labels = (f"{f.table.short}“{f.label}”" for a in wrong for f in [total.form.figures[a]])
        raise OutputStop(NOT_AS_SUMMED.at(labels=name_some(labels)))
