"""Command about a county: sum."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.inputs import carry_out, names_of_others
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.options import Jobs, Roster
from docgen.cli.usage import USAGE, Command
from docgen.errors import FINDINGS, SOUND, OutputStop, UsageStop
from docgen.files.inputs import find_inputs, is_archive
from docgen.files.visible import visible
from docgen.finding import has_errors

if TYPE_CHECKING:  # read where something is summed up
    from docgen.check.outcome import Outcome
    from docgen.county.collect import Gathered
    from docgen.county.counted import Tally
    from docgen.county.processes import Work
    from docgen.county.roster import Unit
    from docgen.county.summand import Summands
    from docgen.finding import Finding
    from docgen.forms.form import Form
    from docgen.model import Reading

Returns = Annotated[
    list[Path],
    typer.Argument(readable=False, metavar="收件", help="各机关的报告，或装着它们的文件夹"),
]
Cluster = Annotated[
    str, typer.Option("--cluster", metavar="地址", help="由这个 Dask 集群的电脑读和核对")
]
RESULTS = Path("结果")
_MOST_ROWS = 100  # of those left out that the screen shows; the trace has all
_MOST_WORDS = 17  # of why one is left out


class SumRequest(NamedTuple):
    """What is summed up, and how."""

    returns: Sequence[Path]
    roster: Path | None
    previous: Path | None  # of the bodies
    year: int | None
    form: "Form | None"
    results: Path
    jobs: int | None
    cluster: str = ""
    whole: str = ""  # the body whose the sum is
    but: Path | None = None  # no return: it is the sum


@app.command("sum", cls=Command)
def sum_command(
    returns: Returns,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", readable=False, metavar="文件", help="全县的输入，.xlsx"),
    ],
    roster: Roster = None,
    body: Annotated[str, typer.Option(metavar="名称", help="全县的机关名称")] = "",
    year: Annotated[
        int | None, typer.Option(metavar="年度", help="汇总哪一年；不写则照收来的")
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            readable=False,
            metavar="上年",
            help="上年全县的报告：沿用机关的各项；或装着各机关去年所报的文件夹：核对时用",
        ),
    ] = None,
    results: Annotated[
        Path,
        typer.Option(
            "--results",
            readable=False,
            metavar="文件夹",
            help="docgen county 的结果：从压缩包里取出的、转成表格的放在那里",
        ),
    ] = RESULTS,
    form: FormPlace = "",
    jobs: Jobs = None,
    cluster: Cluster = "",
    update: Annotated[
        bool, typer.Option("--update", help="-o 写的已经在那里：只换里面的数，正文和别的不动")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一行 JSON")] = False,
) -> None:
    """把各机关的数加成全县的：一份填好数的输入，和每个数的来源。"""
    from docgen.county.county_input import county_report, renewed_report, write_county
    from docgen.county.summand import keep_summands
    from docgen.county.total import add_up
    from docgen.forms.loader import find_form

    named = use_form(form)
    _refuse_target(output, returns, update=update)
    before = _read_standing(output) if update and os.path.lexists(output) else None
    last, for_bodies = _last_year(previous)
    units = _read_units(roster)
    if before:
        named, year = named or before.form.declared or before.form, year or before.report.year
        body = body or before.report.body.name or ""
    body = body or _body_of(units, last)

    asked = SumRequest(returns, roster, for_bodies, year, named, results, jobs, cluster, body)
    with keep_summands() as kept:
        tally = tally_returns(asked, kept)
        declared = find_form(tally.form)
        assert declared is not None  # its reports were read
        total = add_up(declared, tally, kept)
        if before:
            _refuse_another(output, before, tally, body)
            report = renewed_report(total, tally, before.report)
        else:
            report = county_report(total, tally, body, last)
        written, told = write_county(output, total, report, tally, kept, last, before)

    _tell(tally, (*total.findings, *told), written, as_json=as_json)
    raise typer.Exit(FINDINGS if tally.lacking else SOUND)


def compare_with(
    outcome: "Outcome", returns: Sequence[Path], roster: Path | None, jobs: int | None
) -> "Iterator[Outcome]":
    """Yield the outcome of the county's own report with what differs from the sum of these."""
    from docgen.county.against import compare_county
    from docgen.county.summand import keep_summands
    from docgen.county.total import add_up

    reading = outcome.reading
    if reading is None:
        yield outcome
        return

    form, year = reading.form.declared or reading.form, reading.report.year
    whole = reading.report.body.name or ""
    asked = SumRequest(
        returns, roster, None, year, form, RESULTS, jobs, whole=whole, but=outcome.input
    )
    with keep_summands() as kept:
        tally = tally_returns(asked, kept)
        total = add_up(form, tally, kept)
        found = compare_county(outcome.input, reading, total, tally, kept)

    findings = (*outcome.findings, *found)
    if has_errors(found):
        outcome = replace(outcome, verdict="refused", exit_code=FINDINGS)
    yield replace(outcome, findings=findings)


def tally_returns(asked: SumRequest, kept: "Summands") -> "Tally":
    """Read and check all that came, keep what each adds, and return which count.

    With a roster whatever came in is taken in as for the board, and whose it is said alike. Raise
    Stop where nothing counts.
    """
    from docgen.county.counted import tally_all, tally_stands

    folder = "、".join(path.name or str(path) for path in asked.returns[:3])
    key = asked.form.key if asked.form else ""
    if asked.roster:
        return tally_stands(_gather(asked, asked.roster, kept), kept.arrived, folder, key)

    own = os.path.realpath(asked.but) if asked.but else ""
    paths = [path for path in find_inputs(asked.returns) if os.path.realpath(path) != own]
    deque(kept.keep(_summands(asked, paths, names_of_others(paths, None))), maxlen=0)
    return tally_all([kept.arrived[path] for path in paths], folder, key, asked.year, asked.whole)


def _gather(asked: SumRequest, roster: Path, kept: "Summands") -> "Gathered":
    """Return how every body of the roster stands, by the one folder of what came in."""
    from docgen.county.asked import Asked
    from docgen.county.collect import gather
    from docgen.county.last_years import find_last_years
    from docgen.county.work import other_names

    if len(asked.returns) != 1:
        raise UsageStop(USAGE.at(what="有 --roster 时只写一个收件的文件夹"))

    def carry(work: "Work", paths: Sequence[Path], together: bool) -> "Iterable[Outcome]":
        return carry_out(work, paths, asked.jobs, together=together)

    told: Sequence[Finding] = ()
    if asked.previous is None:  # the county's run and the sum are to hold the same to be sound
        previous, told = find_last_years(roster, console.say)
        asked = asked._replace(previous=previous)

    def check(paths: Sequence[Path]) -> "Iterable[Outcome]":
        return kept.keep(_summands(asked, paths, other_names(roster)))

    given = Asked(
        asked.returns[0], roster, asked.results, asked.previous, asked.year, form=asked.form
    )
    gathered = gather(given, carry, console.say, check)
    return replace(gathered, findings=(*gathered.findings, *told))


def _summands(
    asked: SumRequest, paths: Sequence[Path], others: tuple[str, ...]
) -> "Iterable[Outcome]":
    """Return what each input adds, read here or on a cluster."""
    from docgen.county.summand import read_summands
    from docgen.pipeline import Settings

    settings = Settings(folder=Path(), previous=asked.previous, others=others, figures_only=True)
    if asked.cluster:
        from docgen.county.cluster import run_on_cluster

        return run_on_cluster(asked.cluster, paths, settings)
    return carry_out(partial(read_summands, settings=settings), paths, asked.jobs)


def _read_standing(output: Path) -> "Reading":
    """Return the county's input that is to be renewed. Raise InputStop if it cannot be read."""
    from docgen.read import read_report

    return read_report(output)


def _refuse_another(output: Path, before: "Reading", tally: "Tally", body: str) -> None:
    """Raise UsageStop if what is to be renewed is the report of another body, year or form."""
    was = before.report
    if (was.body.name, was.year, was.form) != (body, tally.year, tally.form):
        what = (
            f"“{output}”是“{was.body.name}”{was.year} 年度的，汇总的是“{body}”{tally.year} 年度的"
        )
        raise UsageStop(USAGE.at(what=what, cure="另写一个文件名，不加 --update。"))


def _refuse_target(output: Path, returns: Sequence[Path], *, update: bool) -> None:
    """Raise Stop if the county's input cannot be written there, or one stands there already."""
    from docgen.blank import ALREADY_THERE
    from docgen.county.trace import trace_paths

    real = output.resolve()
    if output.suffix.lower() != ".xlsx":
        cure = "写成 -o inputs/全县2025.xlsx 的样子。"
        raise UsageStop(USAGE.at(what=f"-o 写的“{output}”不是 .xlsx 文件", cure=cure))
    if any(real.is_relative_to(path.resolve()) for path in returns):
        what = f"-o 写的“{output}”在收件的文件夹里，下次会被当成一个机关的报告加进去"
        raise UsageStop(USAGE.at(what=what, cure="写到别处，如 -o inputs/全县2025.xlsx。"))
    for path in () if update else (output, *trace_paths(output)):
        if os.path.lexists(path):
            cure = "换一个文件名（-o）；要在原来的上面只换数，正文不动，加 --update。"
            raise OutputStop(ALREADY_THERE.at(name=str(path), whose="", cure=cure))


def _last_year(previous: Path | None) -> "tuple[Reading | None, Path | None]":
    """Return the county's own report of last year, or the folder of the bodies'.

    Raise InputStop if it cannot be read.
    """
    if previous is None or is_archive(previous):
        return None, previous
    from docgen.read import read_report

    return read_report(previous), None


def _read_units(roster: Path | None) -> "list[Unit]":
    """Return the bodies on the list; none without one. Raise InputStop if it is none."""
    if roster is None:
        return []
    from docgen.county.roster import read_roster

    return read_roster(roster)


def _body_of(units: "Sequence[Unit]", last: "Reading | None") -> str:
    """Return whose the sum is: whose last year's is, or whom all on the list report to.

    Raise UsageStop where neither says it.
    """
    if last and last.report.body.name:
        return last.report.body.name
    parents = {unit.parent for unit in units}
    if len(parents) == 1 and (parent := parents.pop()):
        return parent

    raise UsageStop(
        USAGE.at(what="还要写明全县的机关名称：--body 名称，或 --previous 上年全县的报告")
    )


def _tell(
    tally: "Tally", findings: "Sequence[Finding]", written: Sequence[Path], *, as_json: bool
) -> None:
    """Tell who counts and who does not, and what was written."""
    if as_json:
        console.result_json(
            {
                "year": tally.year,
                "form": tally.form,
                "counted": [one.name for one in tally.counted],
                "left_out": [
                    {"name": o.name, "why": o.why, "input": o.came.where if o.came else ""}
                    for o in tally.left_out
                ],
                "findings": [finding.as_json() for finding in findings],
                "outputs": [str(path) for path in written],
            }
        )
        return

    for line in console.in_columns(_left_out_rows(tally)):
        console.say(line)
    console.show_findings(findings)
    console.say(f"{tally.year} 年度：{tally.count_in_words()}")
    console.result(*map(str, written))


def _left_out_rows(tally: "Tally") -> list[tuple[str, str, str]]:
    """Return who is left out, why in short and whom to ask, as rows for a screen of 80 columns."""
    lacking = tally.lacking
    rows = [
        (visible(one.name), _shorten(visible(one.why)), visible(one.contact))
        for one in lacking[:_MOST_ROWS]
    ]
    if (rest := len(lacking) - _MOST_ROWS) > 0:
        rows.append((f"…… 还有 {rest} 个，见来源", "", ""))
    return [("没有计入", "为什么", "联系人"), *rows] if rows else []


def _shorten(why: str) -> str:
    return why if len(why) <= _MOST_WORDS else f"{why[:_MOST_WORDS]}…"
