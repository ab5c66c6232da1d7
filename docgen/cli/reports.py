"""Commands about reports: render, check."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from docgen import console
from docgen.cli.app import app, fault
from docgen.cli.usage import Command
from docgen.errors import Stop
from docgen.pipeline import Outcome, Settings, check, issue, refuse_same_output

Inputs = Annotated[
    list[Path], typer.Argument(metavar="输入", help="JSON、XLSX 文件，或装着 CSV 的文件夹")
]
Json = Annotated[bool, typer.Option("--json", help="给程序用：每份输入一行 JSON")]


@app.command("render", cls=Command)
def render(
    context: typer.Context,
    inputs: Inputs,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件夹", help="写到哪里")
    ] = Path("outputs"),
    template: Annotated[
        Path | None, typer.Option(metavar="模板", help="用这个 DOCX 模板，不用自带的")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="有错误也出一份，每页标明草稿，不能签发")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
    as_json: Json = False,
) -> None:
    """核对并出文件：通过的写成 outputs/名称.docx 和签发记录。"""
    settings = Settings(output, template, draft, force)
    refuse_same_output(inputs, settings)
    code = _each(context, inputs, lambda path: issue(path, settings), as_json, outputs=True)
    raise typer.Exit(code)


@app.command("check", cls=Command)
def check_command(context: typer.Context, inputs: Inputs, as_json: Json = False) -> None:
    """只核对，不写任何文件。"""
    raise typer.Exit(_each(context, inputs, check, as_json, outputs=False))


def _each(
    context: typer.Context,
    inputs: list[Path],
    work: Callable[[Path], Outcome],
    as_json: bool,
    *,
    outputs: bool,
) -> int:
    """Every input in turn, each told of as it is done; the worst exit code."""
    codes = [0]
    for path in inputs:
        try:
            outcome = work(path)
        except Exception as error:
            outcome = Outcome(path, "refused", (fault(context.obj, error),), Stop.exit_code)
        if as_json:
            console.result(console.as_json(outcome, outputs=outputs))
        else:
            console.show_outcome(outcome)
            for written in outcome.outputs[:1]:
                console.result(str(written))
        codes.append(outcome.exit_code)
    return max(codes)
