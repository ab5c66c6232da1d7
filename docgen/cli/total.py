"""Command about a county: sum."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.inputs import carry_out, names_of_others
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.options import Jobs, Previous, Roster
from docgen.cli.usage import USAGE, Command
from docgen.errors import FINDINGS, SOUND, OutputStop, UsageStop
from docgen.files.inputs import find_inputs, is_archive
from docgen.files.visible import visible
from docgen.finding import has_errors

if TYPE_CHECKING:  # read where something is summed up
    from docgen.check.outcome import Outcome
    from docgen.county.counted import Standing
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
_MOST_ROWS = 100  # of those left out that the screen shows; the trace has all
_MOST_WORDS = 60  # of why one is left out


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
    previous: Previous = None,
    form: FormPlace = "",
    jobs: Jobs = None,
    cluster: Cluster = "",
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一行 JSON")] = False,
) -> None:
    """把各机关的数加成全县的：一份填好数的输入，和每个数的来源。"""
    from docgen.county.county_input import county_report, write_county
    from docgen.county.summand import keep_summands
    from docgen.county.total import add_up
    from docgen.forms.loader import find_form

    named = use_form(form)
    _refuse_target(output)
    last, for_bodies = _last_year(previous)
    units = _read_units(roster)
    body = body or _body_of(units, last)

    with keep_summands() as kept:
        read_all(returns, kept, roster, for_bodies, jobs, cluster)
        standing = find_standing(returns, kept, units, year, named)
        declared = find_form(standing.form)
        assert declared is not None  # its reports were read
        total = add_up(declared, standing, kept)
        report = county_report(total, standing, body, last)
        written = write_county(output, total, report, standing, kept)

    _tell(standing, total.findings, written, as_json=as_json)
    raise typer.Exit(FINDINGS if standing.lacking else SOUND)


def compare_with(
    outcome: "Outcome", returns: Sequence[Path], roster: Path | None, jobs: int | None
) -> "Iterator[Outcome]":
    """Yield the outcome of the county's own report with what differs from the sum of these."""
    from docgen.county.against import compare_county
    from docgen.county.summand import keep_summands
    from docgen.county.total import add_up

    reading, units = outcome.reading, _read_units(roster)
    if reading is None:
        yield outcome
        return

    own = os.path.realpath(outcome.input)
    form = reading.form.declared or reading.form
    with keep_summands() as kept:
        read_all(returns, kept, roster, None, jobs, but=own)
        standing = find_standing(returns, kept, units, reading.report.year, form)
        total = add_up(form, standing, kept)
        found = compare_county(outcome.input, reading, total, standing, kept)

    findings = (*outcome.findings, *found)
    if has_errors(found):
        outcome = replace(outcome, verdict="refused", exit_code=FINDINGS)
    yield replace(outcome, findings=findings)


def read_all(
    returns: Sequence[Path],
    kept: "Summands",
    roster: Path | None,
    previous: Path | None,
    jobs: int | None,
    cluster: str = "",
    but: str = "",
) -> None:
    """Read and check all that came, here or on a cluster, and keep what each adds.

    What lies at `but` is no body's: it is the sum.
    """
    from docgen.county.summand import read_summands
    from docgen.pipeline import Settings

    paths = [path for path in find_inputs(returns) if os.path.realpath(path) != but]
    others = names_of_others(paths, roster)
    settings = Settings(folder=Path(), previous=previous, others=others, figures_only=True)
    outcomes: Iterator[Outcome]
    if cluster:
        from docgen.county.cluster import run_on_cluster

        outcomes = run_on_cluster(cluster, paths, settings)
    else:
        outcomes = carry_out(partial(read_summands, settings=settings), paths, jobs)
    kept.take(outcomes, {path: number for number, path in enumerate(paths)})


def find_standing(
    returns: Sequence[Path],
    kept: "Summands",
    units: "Sequence[Unit]",
    year: int | None,
    form: "Form | None",
) -> "Standing":
    """Return which of all that came counts. Raise Stop where nothing can."""
    from docgen.county.counted import find_counted

    folder = "、".join(path.name or str(path) for path in returns[:3])
    return find_counted(kept.came, folder, units, year, form.key if form else "")


def _refuse_target(output: Path) -> None:
    """Raise Stop if the county's input cannot be written there, or one stands there already."""
    from docgen.blank import ALREADY_THERE
    from docgen.county.trace import trace_paths

    if output.suffix.lower() != ".xlsx":
        cure = "写成 -o inputs/全县2025.xlsx 的样子。"
        raise UsageStop(USAGE.at(what=f"-o 写的“{output}”不是 .xlsx 文件", cure=cure))
    for path in (output, *trace_paths(output)):
        if os.path.lexists(path):
            raise OutputStop(ALREADY_THERE.at(name=str(path), whose=""))


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
    standing: "Standing", findings: "Sequence[Finding]", written: Sequence[Path], *, as_json: bool
) -> None:
    """Tell who counts and who does not, and what was written."""
    if as_json:
        console.result_json(
            {
                "year": standing.year,
                "form": standing.form,
                "counted": [one.name for one in standing.counted],
                "left_out": [
                    {"name": o.name, "why": o.why, "input": str(o.came.path) if o.came else ""}
                    for o in standing.left_out
                ],
                "findings": [finding.as_json() for finding in findings],
                "outputs": [str(path) for path in written],
            }
        )
        return

    for line in console.in_columns(_left_out_rows(standing)):
        console.say(line)
    console.show_findings(findings)
    counted, out = len(standing.counted), len(standing.lacking)
    console.say(f"{standing.year} 年度：计入 {counted} 份，没有计入 {out} 份")
    console.result(*map(str, written))


def _left_out_rows(standing: "Standing") -> list[tuple[str, str, str]]:
    """Return who is left out, why and whom to ask, as rows for the screen."""
    rows = [
        (visible(one.name), visible(one.why)[:_MOST_WORDS], visible(one.contact))
        for one in standing.left_out[:_MOST_ROWS]
    ]
    if (rest := len(standing.left_out) - _MOST_ROWS) > 0:
        rows.append((f"…… 还有 {rest} 个，见来源", "", ""))
    return [("没有计入", "为什么", "联系人"), *rows] if rows else []
