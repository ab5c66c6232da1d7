"""Commands about reports: render, check."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from docgen import console
from docgen.catalogue import stop
from docgen.cli.app import app, fault
from docgen.cli.usage import Command
from docgen.errors import Stop, UsageStop
from docgen.outputs import Beside
from docgen.pipeline import Outcome, Settings, check, issue, refuse_same_output

Inputs = Annotated[
    list[Path], typer.Argument(metavar="输入", help="JSON、XLSX 文件，或装着 CSV 的文件夹")
]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", metavar="上年", help="与上年的输入核对；不写则用旁边名为上一年的"),
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
    pdf: Annotated[bool, typer.Option("--pdf", help="另出校样（PDF），并留出用印的位置")] = False,
    png: Annotated[bool, typer.Option("--png", help="另出校样和每页的图片")] = False,
    seal_guide: Annotated[
        bool, typer.Option("--seal-guide", help="另出校样，用虚线圈出用印位置（只在校样上）")
    ] = False,
    seal: Annotated[float, typer.Option(metavar="毫米", min=20, max=80, help="印章直径")] = 42,
    html: Annotated[bool, typer.Option("--html", help="另出网页，供门户网站发布")] = False,
    data: Annotated[bool, typer.Option("--data", help="另出开放数据（CSV 和 JSON）")] = False,
    previous: Previous = None,
    as_json: Json = False,
) -> None:
    """核对并出文件：通过的写成 outputs/名称.docx 和签发记录。"""
    beside = Beside(pdf, png, seal_guide, seal, html, data)
    settings = Settings(output, template, draft, force, beside, previous)
    _refuse_many(inputs, previous)
    refuse_same_output(inputs, settings)
    code = _each(context, inputs, lambda path: issue(path, settings), as_json, outputs=True)
    raise typer.Exit(code)


@app.command("check", cls=Command)
def check_command(
    context: typer.Context, inputs: Inputs, previous: Previous = None, as_json: Json = False
) -> None:
    """只核对，不写任何文件。"""
    _refuse_many(inputs, previous)
    code = _each(context, inputs, lambda path: check(path, previous), as_json, outputs=False)
    raise typer.Exit(code)


def _refuse_many(inputs: list[Path], previous: Path | None) -> None:
    """Raises UsageStop if one last year is given for several inputs."""
    if previous and len(inputs) > 1:
        raise UsageStop(stop.USAGE.at(what="--previous 只能用于一份输入"))


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
            for written in outcome.outputs:
                if not written.name.endswith(".package.json"):
                    console.result(str(written))
        codes.append(outcome.exit_code)
    return max(codes)
