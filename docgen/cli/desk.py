"""Command for people who type no commands: desk."""

import contextlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.usage import USAGE, Command
from docgen.errors import UsageStop


@app.command("desk", cls=Command)
def desk_command(
    folder: Annotated[
        Path,
        typer.Argument(
            readable=False, exists=False, metavar="文件夹", help="在哪个文件夹里做；不写就是这里"
        ),
    ] = Path(),
    port: Annotated[
        int, typer.Option(metavar="端口", min=0, max=65535, help="不写则用一个空着的")
    ] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="不打开浏览器，只写出地址")
    ] = False,
) -> None:
    """打开助手：在浏览器里填报、核对、出文件，不用打命令。"""
    from docgen.desk.serve import serve_desk

    if not folder.is_dir():
        raise UsageStop(USAGE.at(what=f"没有文件夹“{folder}”", cure="先建好它，或换一个文件夹。"))
    try:
        with contextlib.suppress(KeyboardInterrupt):  # how it is stopped where there is a console
            serve_desk(folder.absolute(), port, _tell_address, browser=not no_browser)
    except OSError as error:
        what = f"端口 {port} 用不了（{error.strerror}）"
        raise UsageStop(USAGE.at(what=what, cure="不写 --port，docgen 自己找一个。")) from None


def _tell_address(address: str) -> None:
    """Tell the address at once: whoever started the desk waits for it."""
    console.result(address)
    sys.stdout.flush()
