"""Command about several reports at once: compare."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen import files
from docgen.check.outcome import Outcome
from docgen.cli import console
from docgen.cli.app import app, fault
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.outputs import refuse_issued
from docgen.cli.usage import Command
from docgen.errors import FINDINGS, SOUND, InputStop, Stop, UsageStop
from docgen.files.inputs import find_inputs
from docgen.files.visible import visible
from docgen.finding import Rule
from docgen.read import read_report

if TYPE_CHECKING:  # read once there is something to compare
    from docgen.compare import Comparison

TOO_FEW = Rule(
    code="C101",
    name="至少要两份才能比",
    severity="error",
    message="只找到 {count} 份输入，没有可比的",
    why="比对要两份或更多的报告：两个年度、两个机关，或装着许多报告的文件夹。",
    example="docgen compare inputs/2024.json",
    cure="再写一份输入，或给出装着几份报告的文件夹，如 docgen compare 2024.json 2025.json。",
)
BAD_THRESHOLD = Rule(
    code="C102",
    name="雷同的界线不对",
    severity="error",
    message="--threshold 是“{value}”，应在 0 到 1 之间",
    why="界线是雷同的句子占多少：0.5 就是一半。",
    example="docgen compare 各镇 --threshold 50",
    cure="写 0 到 1 之间的数，如 --threshold 0.5。",
)
PAGE_IS_INPUT = Rule(
    code="C103",
    name="网页会盖掉输入",
    severity="error",
    message="--html 写的“{name}”就是一份输入",
    why="网页写在那里，这份报告的数据就没有了。",
    example="docgen compare 2024.json 2025.json --html 2025.json",
    cure="给网页另取一个名字，如 --html 比对.html。",
)


@app.command("compare", cls=Command)
def compare_command(
    context: typer.Context,
    inputs: Annotated[
        list[Path],
        typer.Argument(
            readable=False, metavar="输入", help="两份或更多：报告的输入，或装着它们的文件夹"
        ),
    ],
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="界线", help="雷同的句子超过这个比例就报")
    ] = 0.5,
    page: Annotated[
        Path | None, typer.Option("--html", readable=False, metavar="网页", help="再写成一个网页")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的网页")] = False,
    form: FormPlace = "",
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一个 JSON")] = False,
) -> None:
    """比两份报告的数据和正文，或查许多份里谁和谁雷同。"""
    if not 0 <= threshold <= 1:
        raise UsageStop(BAD_THRESHOLD.at(value=str(threshold)))

    use_form(form)
    paths = find_inputs(inputs)
    if page is not None:
        _refuse_page(page, paths, force=force)
    if len(paths) < 2:
        raise UsageStop(TOO_FEW.at(count=len(paths)))

    read = [_read_input(path, show_traceback=bool(context.obj)) for path in paths]
    comparison = _compare_read(read, threshold)
    written = page if len(comparison.sources) > 1 else None
    if written:
        from docgen.compare.to_html import to_html

        files.write_together({written: to_html(comparison)})

    if as_json:
        _show_json(comparison, read, written)
    else:
        _show_text(comparison, read, written)

    code = FINDINGS if comparison.pairs else SOUND
    raise typer.Exit(max(code, *(outcome.exit_code for outcome in read)))


def _refuse_page(page: Path, inputs: Iterable[Path], *, force: bool) -> None:
    """Raise Stop if the page would overwrite something that must stay."""
    target = os.path.realpath(page)
    if any(target == os.path.realpath(path) for path in inputs):
        raise UsageStop(PAGE_IS_INPUT.at(name=str(page)))
    refuse_issued(page, force=force)


def _read_input(path: Path, *, show_traceback: bool) -> Outcome:
    """Return what became of an input: one that cannot be read does not stop the rest."""
    try:
        reading = read_report(path)
    except InputStop as error:
        return Outcome(path, "unreadable", error.findings, error.exit_code)
    except Exception as error:
        return Outcome(path, "unreadable", (fault(show_traceback, error),), Stop.exit_code)

    return Outcome(path, "sound", reading.findings, SOUND, reading=reading)


def _compare_read(read: Sequence[Outcome], threshold: float) -> "Comparison":
    """Compare what could be read."""
    from docgen.compare import ComparedReport, Comparison

    reports = []
    for outcome in read:
        if outcome.reading:
            errors = sum(finding.severity == "error" for finding in outcome.findings)
            form, report = outcome.reading.form, outcome.reading.report
            reports.append(ComparedReport(visible(str(outcome.input)), form, report, errors))

    return Comparison(reports, threshold)


def _show_json(comparison: "Comparison", read: Sequence[Outcome], page: Path | None) -> None:
    from docgen.compare.to_json import to_json

    unreadable = [
        {"input": str(outcome.input), "findings": [one.as_json() for one in outcome.findings]}
        for outcome in read
        if not outcome.reading
    ]
    console.result_json({**to_json(comparison), "unreadable": unreadable, "html": page})


def _show_text(comparison: "Comparison", read: Sequence[Outcome], page: Path | None) -> None:
    from docgen.compare.to_text import to_text

    for outcome in read:
        if not outcome.reading:
            console.show_findings(outcome.findings)
            console.say(f"{outcome.input}：读不了，没有比")

    if len(comparison.sources) > 1:
        console.result(*to_text(comparison))
    else:
        console.say("能读的不足两份，没有可比的")

    if page:
        console.result(str(page))
