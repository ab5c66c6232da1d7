"""Commands about forms: new, schema, explain, template check."""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.named_form import FormKey, named_form, use_form
from docgen.cli.options import OutputFolder
from docgen.cli.usage import USAGE, Command, CommandGroup
from docgen.codes import ALIASES
from docgen.errors import InputStop, UsageStop
from docgen.finding import Rule, has_errors
from docgen.forms.form import Form
from docgen.forms.loader import find_form, form_keys, own_keys
from docgen.read import read_report
from docgen.registry import EVERY_CODE, find_rule, nearest_code

NO_SUCH_CODE = Rule(
    code="X204",
    name="没有这个编号",
    severity="error",
    message="没有编号“{code}”{nearest}",
    why="编号由一个字母和三个数字组成。",
    example="docgen explain E999",
    cure="运行 docgen explain（不带编号）看全部编号。",
)

template_app = typer.Typer(
    help="检查模板", no_args_is_help=True, rich_markup_mode=None, cls=CommandGroup
)
app.add_typer(template_app, name="template")


@app.command("new", cls=Command)
def new_command(
    year: Annotated[int, typer.Argument(metavar="年度", help="如 2025")],
    body: Annotated[str, typer.Option(metavar="名称", help="机关名称")] = "",
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            readable=False,
            metavar="输入",
            help="上年的输入，或公布过的上年的报告：沿用机关的各项",
        ),
    ] = None,
    form: FormKey = "",
    xlsx: Annotated[bool, typer.Option("--xlsx", help="写成一个工作簿，不写 CSV")] = False,
    output: OutputFolder = Path("inputs"),
) -> None:
    """生成一套空表来填：数一律空着，不填 0。"""
    from docgen.blank import blank_report, form_for, write_blank

    named = named_form(form) if form else None
    last = read_report(source) if source else None
    if not body and not (last and last.report.body.name):
        raise UsageStop(USAGE.at(what="还要写明机关：--body 名称，或 --from 上年的输入"))
    if last and last.report.body.level is None:  # a published report does not say it
        from docgen.importing import with_level

        last = replace(last, report=with_level(last.report))

    chosen = form_for(year, named, last)
    report = blank_report(chosen, year, body, last)
    for path in write_blank(chosen, report, output, workbook=xlsx):
        console.result(str(path))


@app.command("schema", cls=Command)
def schema_command(form: FormKey = "") -> None:
    """打印 JSON 输入的 JSON Schema。"""
    from docgen.blank.schema import json_schema

    console.result_json(json_schema(named_form(form)), indent=2)


@app.command("explain", cls=Command)
def explain_command(
    code: Annotated[str, typer.Argument(metavar="编号", help="如 E301；不写则列出全部")] = "",
    form: FormKey = "",
) -> None:
    """解释一个编号：什么意思，为什么，例子，怎么改。"""
    forms = _forms_to_explain(form)
    if not code:
        docgens = {code: declared.name for code, declared in EVERY_CODE.items()}
        own = {code: rule.name for one in forms for code, rule in one.rules.items()}
        console.result(*(f"{code}  {name}" for code, name in {**docgens, **own}.items()))
        return

    joined = ALIASES.get(code.upper(), ())
    own_rules = {one: one.rules[code.upper()] for one in forms if code.upper() in one.rules}
    for one, rule in own_rules.items():  # several forms of an office may have one code
        console.explain(rule, where=f"{one.name}（{one.key}）")
    if own_rules:
        return

    found = (find_rule(one) for one in joined or (code.upper(),))
    rules = [rule for rule in found if rule]
    if not rules:
        raise UsageStop(NO_SUCH_CODE.at(code=code, nearest=nearest_code(code, forms)))

    if joined:
        console.result(f"{code.upper()} 已并入 {'、'.join(joined)}，不再单独使用")
    for rule in rules:
        console.explain(rule)


@template_app.command("check", cls=Command)
def template_check(
    file: Annotated[Path, typer.Argument(readable=False, metavar="模板", help="一个 DOCX 文件")],
    form: FormKey = "",
) -> None:
    """检查模板的标签：不认识的、写坏的、不成对的、会吞掉文字的、漏掉的，一次说全。"""
    from docgen import merge

    declared = named_form(form)
    found = merge.check_template(merge.load_template(declared, file), declared)
    console.show_findings(found)
    console.say(f"{file}：{f'有 {len(found)} 处要改' if found else '可以用'}")
    raise typer.Exit(4 if has_errors(found) else 0)


def _forms_to_explain(given: str) -> list[Form]:
    """Return the forms whose rules are explained first: the one named, else those of the office.

    One of the office's that is faulty is left out: it has a command of its own.
    """
    named = use_form(given)
    if named:
        return [named]

    forms: list[Form] = []
    for key in form_keys():
        if key not in own_keys():
            with contextlib.suppress(InputStop):
                forms += [form] if (form := find_form(key)) else []
    return forms
