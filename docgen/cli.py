"""The command line: it alone parses arguments, prints and exits.

Exit codes: 0 sound · 1 findings of severity error · 2 usage · 3 input unreadable · 4 template ·
5 output · 6 verify differs · 70 a fault of docgen · 130 interrupted.
"""

import gc
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from docgen import __version__, console
from docgen.catalogue import RULES, stop
from docgen.errors import INTERRUPTED, VERIFY_DIFFERS, Stop, UsageStop
from docgen.finding import Finding, has_errors
from docgen.forms import FORMS
from docgen.forms.form import Form
from docgen.pipeline import Outcome, Settings, check, issue, refuse_same_output
from docgen.read import read_report
from docgen.usage import Command, Group, usage_fault

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    cls=Group,
    help="把年报的数据填进公文模板：先核对，再出文件，读回无误才签发。",
)
template_app = typer.Typer(help="检查模板", no_args_is_help=True, rich_markup_mode=None, cls=Group)
app.add_typer(template_app, name="template")

Inputs = Annotated[
    list[Path], typer.Argument(metavar="输入", help="JSON、XLSX 文件，或装着 CSV 的文件夹")
]
Json = Annotated[bool, typer.Option("--json", help="给程序用：每份输入一行 JSON")]
FormKey = Annotated[str, typer.Option("--form", metavar="表式", help="、".join(FORMS))]


@app.callback(invoke_without_command=True)
def _root(
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
            outcome = Outcome(path, "refused", (_fault(context.obj, error),), Stop.exit_code)
        if as_json:
            console.result(console.as_json(outcome, outputs=outputs))
        else:
            console.show_outcome(outcome)
            for written in outcome.outputs[:1]:
                console.result(str(written))
        codes.append(outcome.exit_code)
    return max(codes)


@app.command("verify", cls=Command)
def verify_command(
    documents: Annotated[list[Path], typer.Argument(metavar="文件", help="outputs 里的 DOCX")],
) -> None:
    """看文件是不是签发的那一份；不是，就说出改了哪里。"""
    from docgen.package import verify_document

    code = 0
    for path in documents:
        found = verify_document(path)
        console.show_findings(found)
        console.say(f"{path}：{'与签发时不同' if found else '就是签发的那一份'}")
        code = VERIFY_DIFFERS if found else code
    raise typer.Exit(code)


@app.command("new", cls=Command)
def new_command(
    year: Annotated[int, typer.Argument(metavar="年度", help="如 2025")],
    body: Annotated[str, typer.Option(metavar="名称", help="机关名称")] = "",
    source: Annotated[
        Path | None, typer.Option("--from", metavar="输入", help="上年的输入：沿用机关的各项")
    ] = None,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="写成一个工作簿，不写 CSV")] = False,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="文件夹", help="写到哪里")
    ] = Path("inputs"),
) -> None:
    """生成一套空表来填：数一律空着，不填 0。"""
    from docgen.blank import blank_report, write_blank

    last = read_report(source).report if source else None
    if not body and not (last and last.body.name):
        raise UsageStop(stop.USAGE.at(what="还要写明机关：--body 名称，或 --from 上年的输入"))
    for path in write_blank(blank_report(year, body, last), output, workbook=xlsx):
        console.result(str(path))


@app.command("schema", cls=Command)
def schema_command(form: FormKey = "disclosure-2021") -> None:
    """打印 JSON 输入的 JSON Schema。"""
    import json

    from docgen.schema import json_schema

    schema = json_schema(_form(form))
    console.result(json.dumps(schema, ensure_ascii=False, indent=2))


@app.command("explain", cls=Command)
def explain_command(
    code: Annotated[str, typer.Argument(metavar="编号", help="如 E301；不写则列出全部")] = "",
) -> None:
    """解释一个编号：什么意思，为什么，例子，怎么改。"""
    if not code:
        for rule in RULES.values():
            console.result(f"{rule.code}  {rule.name}")
    elif code.upper() in RULES:
        console.result(console.explain(RULES[code.upper()]))
    else:
        from difflib import get_close_matches

        close = get_close_matches(code.upper(), RULES, n=1)
        nearest = f"；最接近的是 {close[0]}" if close else ""
        raise UsageStop(stop.NO_SUCH_CODE.at(code=code, nearest=nearest))


@template_app.command("check", cls=Command)
def template_check(
    file: Annotated[Path, typer.Argument(metavar="模板", help="一个 DOCX 文件")],
    form: FormKey = "disclosure-2021",
) -> None:
    """检查模板的标签：不认识的、写坏的、不成对的、会吞掉文字的、漏掉的，一次说全。"""
    from docgen import merge

    declared = _form(form)
    found = merge.check_template(merge.load_template(declared, file), declared)
    console.show_findings(found)
    console.say(f"{file}：{f'有 {len(found)} 处要改' if found else '可以用'}")
    raise typer.Exit(4 if has_errors(found) else 0)


def _form(key: str) -> Form:
    if key not in FORMS:
        known = "、".join(FORMS)
        raise UsageStop(stop.UNKNOWN_FORM.at(label="--form", value=key, known=known))
    return FORMS[key]


def _fault(show_traceback: bool, error: Exception) -> Finding:
    if show_traceback:
        import traceback

        traceback.print_exc()
    return stop.FAULT.at(what=f"{type(error).__name__}：{error}")


def _show_usage(error: typer.TyperException) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":
        console.say(error.message)
    else:
        console.show_findings([stop.USAGE.at(what=usage_fault(error, sys.argv[1:]))])


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the command and exit with its code; nothing a user does shows a traceback."""
    console.configure_streams()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        code = app(standalone_mode=False) or 0
    except Stop as error:
        console.show_findings(error.findings)
        code = error.exit_code
    except typer.TyperException as error:
        _show_usage(error)
        code = UsageStop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        console.show_findings([stop.INTERRUPTED.at()])
        code = INTERRUPTED
    except Exception as error:
        console.show_findings([_fault("--traceback" in sys.argv, error)])
        code = Stop.exit_code
    gc.freeze()  # the process ends: nothing left to collect
    sys.exit(code)
