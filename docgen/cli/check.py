"""Command about inputs: check."""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from docgen import files
from docgen.check.outcome import Outcome
from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.inputs import carry_out, names_of_others, refuse_many
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.options import Inputs, Jobs, Kept, LinePerInput, Previous, Roster
from docgen.cli.outputs import refuse_issued
from docgen.cli.teller import OutcomeTeller
from docgen.cli.usage import USAGE, Command
from docgen.errors import UsageStop
from docgen.files.inputs import find_inputs
from docgen.pipeline import check, check_many
from docgen.read.neighbour import folders_of

#: The kinds of report that would be taken for inputs in a folder of inputs.
_READ_AGAIN = (".json", ".xlsx")


@app.command("check", cls=Command)
def check_command(
    context: typer.Context,
    inputs: Inputs,
    previous: Previous = None,
    kept: Kept = 50,
    reports: Annotated[
        list[Path] | None,
        typer.Option(
            "--report",
            readable=False,
            metavar="文件",
            help="把结果写成文件：.html 打印，.xlsx 在表上标出，.json 给程序用；可写几个",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的结果文件")] = False,
    roster: Roster = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against",
            readable=False,
            metavar="收件",
            help="这一份是各机关的数加成的：逐格和收来的报告之和比",
        ),
    ] = None,
    jobs: Jobs = None,
    form: FormPlace = "",
    as_json: LinePerInput = False,
) -> None:
    """只核对，不出文件；要留结果，用 --report。"""
    use_form(form)
    paths = find_inputs(inputs)
    refuse_many(paths, previous)
    targets = reports or []
    if against and len(paths) != 1:
        raise UsageStop(USAGE.at(what="--against 一次只核对一份全县的报告"))

    for target in targets:
        _refuse_target(target, [*inputs, *paths], previous, force=force)

    if len(paths) > 1 and any(target.suffix.lower() == ".xlsx" for target in targets):
        what = "--report 写 .xlsx 一次只能核对一份输入"
        cure = "一份一份地核对；几份合在一起看，用 --report 结果.html。"
        raise UsageStop(USAGE.at(what=what, cure=cure))

    told: list[Outcome] = []
    outcomes: Iterable[Outcome]
    share, others, folders = kept / 100, names_of_others(paths, roster), folders_of(paths)
    if against:
        from docgen.cli.total import compare_with

        checked = check(paths[0], previous, share, others)
        outcomes = _noted_in(compare_with(checked, against, roster, jobs), told)
    elif targets:
        outcomes = _noted_in(
            (check(path, previous, share, others, folders) for path in paths), told
        )
    else:
        work = partial(
            check_many, previous=previous, kept_share=share, others=others, folders=folders
        )
        outcomes = carry_out(work, paths, jobs)

    owing = None if against else roster  # the county owes no one the reports of its bodies
    teller = OutcomeTeller(
        paths, owing, as_json=as_json, outputs=False, traceback=bool(context.obj)
    )
    code = teller.tell_all(outcomes)
    if targets:
        _write_reports(targets, told)
        if not as_json:
            console.result(*map(str, targets))

    raise typer.Exit(code)


def _noted_in(outcomes: Iterable[Outcome], told: list[Outcome]) -> Iterator[Outcome]:
    """Yield the same outcomes, kept for the report of them: with what was read of each."""
    for outcome in outcomes:
        told.append(outcome)
        yield outcome


def _refuse_target(target: Path, inputs: list[Path], previous: Path | None, *, force: bool) -> None:
    """Raise Stop if no report can be written there, or something that must stay stands there."""
    from docgen.messages.review import KINDS

    kind, real = target.suffix.lower(), os.path.realpath(target)
    folders = [os.path.realpath(path) for path in inputs if os.path.isdir(path)]  # noqa: PTH112
    why = ""
    if kind not in KINDS:
        why = f"不是 {'、'.join(KINDS)} 文件"
    elif real in {os.path.realpath(path) for path in inputs}:
        why = "就是一份输入，写在那里，里面的数据就没有了"
    elif previous and real == os.path.realpath(previous):
        why = "就是上年的输入，写在那里，里面的数据就没有了"
    elif kind in _READ_AGAIN and any(Path(real).is_relative_to(folder) for folder in folders):
        why = "在要核对的文件夹里，下次会被当成一份报告"

    if why:
        cure = "给结果另取一个名字，放在别处，如 --report 结果.html。"
        raise UsageStop(USAGE.at(what=f"--report 写的“{target}”{why}", cure=cure))

    refuse_issued(target, force=force)


def _write_reports(targets: list[Path], outcomes: list[Outcome]) -> None:
    """All reports together, or none. Raise OutputStop."""
    from docgen.messages.review import write_report

    files.write_together({path: write_report(path.suffix.lower(), outcomes) for path in targets})
