"""Commands about forms: new, schema, explain, template check."""

import contextlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.named_form import FormKey, named_form, use_form
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
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            readable=False,
            metavar="文件夹",
            help="写到哪里；不写则为 inputs，照名单的为“发放”",
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster", readable=False, metavar="名单", help="照名单给每个机关一套，另写填报通知"
        ),
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            readable=False,
            metavar="上年文件夹",
            help="照名单时：装着各机关去年所报的文件夹，什么格式都行",
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="日期", help="通知里写：哪一天之前交，如 2026-01-15"
        ),
    ] = None,
    contact: Annotated[
        str, typer.Option(metavar="谁", help="通知里写：有不清楚的问谁，如“王五 0990-8880000”")
    ] = "",
    send_to: Annotated[
        str, typer.Option("--send-to", metavar="哪里", help="通知里写：填好了交到哪里")
    ] = "",
) -> None:
    """生成一套空表来填，或照名单给每个机关一套：数一律空着，不填 0。"""
    named = named_form(form) if form else None
    if roster:
        from docgen.cli.blanks import ForNotice, give_out

        if body or source:
            what = "照名单（--roster）时，机关名称在名单里，上年的报告用 --previous"
            raise UsageStop(USAGE.at(what=what, cure="去掉 --body 和 --from。"))
        asked = ForNotice(until.date() if until else None, contact, send_to)
        folder = output or Path("发放")
        give_out(year, roster, previous, named, folder, asked, workbook=xlsx)

    if previous or until or contact or send_to:
        what = "--previous、--until、--contact、--send-to 要和 --roster 一起用"
        raise UsageStop(USAGE.at(what=what, cure="加上 --roster 名单；只做一套的，用 --from。"))

    _new_for_one(year, body, source, named, output or Path("inputs"), workbook=xlsx)


def _new_for_one(
    year: int, body: str, source: Path | None, named: Form | None, output: Path, *, workbook: bool
) -> None:
    """Write the blank of one body, with what last year's report says of it."""
    from docgen.blank import blank_report, form_for, write_blank

    last = read_report(source) if source else None
    if not body and not (last and last.report.body.name):
        raise UsageStop(USAGE.at(what="还要写明机关：--body 名称，或 --from 上年的输入"))
    if last and last.report.body.level is None:  # a published report does not say it
        from docgen.importing import with_level

        last = replace(last, report=with_level(last.report))

    chosen = form_for(year, named, last)
    report = blank_report(chosen, year, body, last)
    kin = last if last and last.form.is_kin(chosen) else None
    for path in write_blank(chosen, report, output, workbook=workbook, last=kin):
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
