"""Command about published reports: import."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen.check.outcome import Outcome, run_guarded
from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.named_form import FormKey, use_form
from docgen.cli.usage import USAGE, Command
from docgen.errors import SOUND, UsageStop
from docgen.files.inputs import PUBLISHED, WORKBOOKS, find_inputs, is_one_report
from docgen.files.visible import visible

if TYPE_CHECKING:  # read once there is a file to import
    from docgen.importing import Imported


@app.command("import", cls=Command)
def import_command(
    context: typer.Context,
    published: Annotated[
        list[Path],
        typer.Argument(
            readable=False,
            metavar="文件",
            help="公布过的报告：Word、网页、PDF 等，或装着它们的文件夹",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            readable=False,
            metavar="输入",
            help="写成哪个 .json 或 .xlsx，或写到哪个文件夹",
        ),
    ] = Path("inputs"),
    blank_is_zero: Annotated[
        bool, typer.Option("--blank-is-zero", help="看过了：表里空着的格子都是 0")
    ] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="写成工作簿，不写 CSV")] = False,
    form: FormKey = "",
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：每份文件一行 JSON")] = False,
) -> None:
    """把公布过的报告读成输入：证得出的写好，证不出的列成待确认。"""
    from docgen.importing import import_report
    from docgen.importing.writing import KINDS

    _refuse_target(output, KINDS)
    named = use_form(form)
    paths = list(_files_among(published))
    if len(paths) > 1 and output.suffix.lower() in KINDS:
        raise UsageStop(USAGE.at(what=f"-o 写了一个文件（{output}），只能导入一份；几份写到文件夹"))

    work = partial(import_report, named=named, blank_is_zero=blank_is_zero)
    read = [run_guarded(path, partial(work, path)) for path in paths]
    bodies = {one.reading.report.body.name for one in read if not isinstance(one, Outcome)}
    code = SOUND
    for path, one in zip(paths, read, strict=True):
        if not isinstance(one, Outcome):
            one = _write_one(path, one, output, workbook=xlsx, alone=len(bodies) == 1)

        code = max(code, one.exit_code)
        _tell_one(path, one, as_json=as_json, traceback=bool(context.obj))

    raise typer.Exit(code)


def _refuse_target(output: Path, kinds: Sequence[str]) -> None:
    """Raise UsageStop for a name that is no input's, and for the folder of another report."""
    suffix = output.suffix.lower()
    if suffix not in kinds and suffix in (*WORKBOOKS, *PUBLISHED, ".csv") and not output.is_dir():
        what = f"-o {output} 写不了：只写 .json、.xlsx，或写到一个文件夹"
        raise UsageStop(USAGE.at(what=what, cure="如 -o inputs/2024.xlsx，或 -o inputs。"))
    if is_one_report(output):
        what = f"-o {output} 里已经是一份报告，不能再写进一份"
        raise UsageStop(USAGE.at(what=what, cure=f"写它上面的文件夹：-o {output.parent}。"))


def _files_among(given: Sequence[Path]) -> Iterator[Path]:
    """Yield the files to import: what is given, and of a folder all that is a published report."""
    for path in given:
        for found in find_inputs([path]):
            if found == path or found.suffix.lower() in PUBLISHED:
                yield found


def _write_one(
    path: Path, imported: "Imported", output: Path, *, workbook: bool, alone: bool
) -> "Imported | Outcome":
    """Write one input; what stopped it, if it was."""
    from docgen.importing.writing import input_target, write_input

    target = input_target(output, imported.reading, workbook=workbook, alone=alone)
    return run_guarded(path, partial(write_input, imported, target))


def _tell_one(path: Path, one: "Imported | Outcome", *, as_json: bool, traceback: bool) -> None:
    """Tell what became of one file."""
    if isinstance(one, Outcome):
        if traceback and one.traceback:
            console.show_trace(one.traceback)
        if as_json:
            console.show_json(replace(one, reading=None), outputs=False)
        else:
            console.show_findings(one.findings)
            what = "读不了" if one.verdict == "unreadable" else "没有写出"
            console.say(f"{path}：{what}")
        return

    if as_json:
        console.result_json(_as_record(path, one))
        return

    from docgen.importing.summary import sum_up

    console.show_findings(one.findings)
    for asked in one.reading.report.unconfirmed:
        console.say(f"待确认  {asked.question}")
    console.result(str(one.target))
    _say_all([f"{path} → {one.target}", *sum_up(one)])


def _say_all(lines: Sequence[str]) -> None:
    for line in lines:
        console.say(line)


def _as_record(path: Path, one: "Imported") -> dict[str, object]:
    """Return what became of a file, for programs."""
    from docgen.importing.summary import sum_up
    from docgen.importing.writing import values_of

    proven = one.proven
    return {
        "input": str(path),
        "verdict": "proved" if one.exit_code == SOUND else "open",
        "written": str(one.target),
        "findings": [finding.as_json() for finding in one.findings],
        "unconfirmed": [asked.question for asked in one.reading.report.unconfirmed],
        "sums_held": proven.held,
        "sums_broken": proven.broken,
        "not_proved": [address for table in proven.tables for address in table.unproved],
        "blank": list(one.blank),
        "unsaid": list(one.unsaid),
        "summary": [visible(line) for line in sum_up(one)],
        "values": list(values_of(one)),
    }
