"""The application that commands register with, and how it starts and ends."""

import os
import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from docgen import __version__, files
from docgen.check.outcome import FAULT
from docgen.cli import console
from docgen.cli.usage import USAGE, CommandGroup, usage_fault
from docgen.errors import INTERRUPTED, InputStop, OutputStop, Stop, UsageStop
from docgen.files import streams
from docgen.finding import Finding, Rule
from docgen.forms.loader import use_folders

NO_FOLDER = Rule(
    code="X321",
    name="当前文件夹没有了",
    severity="error",
    message="运行 docgen 的这个文件夹已经被删掉或移走了",
    why="命令里的文件名都从当前文件夹找起；它没有了，就不知道去哪里找。",
    example="在 U 盘的文件夹里运行，U 盘已经拔掉。",
    cure="用 cd 换到一个还在的文件夹，再运行一次。",
    since="0.2.0",
)
RESULT_LOST = Rule(
    code="X509",
    name="结果没有全说出来",
    severity="error",
    message="结果没有全写到标准输出：{why}",
    why="结果转存到别处时，那里写不进去了；该写的文件不受影响，写好的都在。",
    example="docgen check 2024.json --json 的结果转存到满了的 U 盘。",
    cure="腾出空间或换个地方转存，再运行一次；写好的文件不会重做。",
    since="0.2.0",
)
STOPPED = Rule(
    code="X703",
    name="已中断",
    severity="error",
    message="已按要求停下，没有写完的都没有留下",
    why="按了 Ctrl-C，或系统要 docgen 停下。",
    example="出很多份校样时按了 Ctrl-C。",
    cure="再运行一次即可。",
)

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=CommandGroup,
    help="把报告的数据填进公文模板：先核对，再出文件，读回无误才签发。",
)


@app.callback(invoke_without_command=True)
def _root_command(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="版本")] = False,
    show_traceback: Annotated[
        bool, typer.Option("--traceback", help="docgen 自己出错时显示细节")
    ] = False,
) -> None:
    context.obj = show_traceback
    if version:
        console.result(f"docgen {__version__}")
        raise typer.Exit

    try:
        os.getcwd()  # noqa: PTH109
    except FileNotFoundError:
        raise InputStop(NO_FOLDER.at()) from None


def fault(show_traceback: bool, error: Exception) -> Finding:
    """docgen's own fault as a finding; the traceback only when asked for."""
    if show_traceback:
        import traceback

        console.show_trace("".join(traceback.format_exception(error)))

    return FAULT.at(what=f"{type(error).__name__}：{error}")


def _show_usage(error: typer.TyperException) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":
        for line in error.message.splitlines():
            console.say(line)
    else:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "docgen"
        what = usage_fault(error, sys.argv[1:])
        console.show_findings([USAGE.at(what=what, cure=f"运行 {path} --help 看用法。")])


def _own_fault(error: Exception) -> int:
    console.show_findings([fault("--traceback" in sys.argv, error)])
    return Stop.exit_code


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the command and exit with its code; nothing a user does shows a traceback."""
    streams.guard()
    signal.signal(signal.SIGTERM, _interrupt)
    files.look_again()
    use_folders()

    try:
        code = app(standalone_mode=False) or 0
    except Stop as error:
        console.show_findings(error.findings)
        code = error.exit_code
    except typer.TyperException as error:
        _show_usage(error)
        code = UsageStop.exit_code
    except KeyboardInterrupt:
        code = INTERRUPTED
    except typer.Abort as error:
        # Nobody stopped where Typer made one of an end of file: a compiled module is cut short.
        cut = error.__cause__
        code = _own_fault(cut) if isinstance(cut, EOFError) else INTERRUPTED
    except Exception as error:
        code = _own_fault(error)

    if code == INTERRUPTED:  # Typer turns Ctrl-C into this code by itself
        console.show_findings([STOPPED.at()])
    if lost := streams.lost_result():
        console.show_findings([RESULT_LOST.at(why=files.reason(lost))])
        code = max(code, OutputStop.exit_code)

    sys.exit(code)
