"""Command about documents that come back changed: back."""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen.check.outcome import Outcome, run_guarded
from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.options import IssuedInput
from docgen.cli.usage import USAGE, Command
from docgen.errors import FINDINGS, SOUND, UsageStop

if TYPE_CHECKING:  # read where a document has come back
    from docgen.back.apply import Applied
    from docgen.back.plan import Plan


@app.command("back", cls=Command)
def back_command(
    context: typer.Context,
    returned: Annotated[
        Path,
        typer.Argument(
            readable=False, metavar="改过的文件", help="改过送回来的 DOCX，.doc、.wps 也行"
        ),
    ],
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            readable=False,
            metavar="签发的文件",
            help="它是照哪一份改的；不写则照文件名在旁边和 outputs 里找",
        ),
    ] = None,
    given: IssuedInput = None,
    form: FormPlace = "",
    leave: Annotated[
        list[int] | None,
        typer.Option("--leave", metavar="第几处", min=1, help="这一处不写回；可以写几次"),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="不问，直接写回输入并重新出文件")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一行 JSON")] = False,
) -> None:
    """领导在 Word 里改过的文件收回来：说出改了哪里，写回输入，重新出文件。"""
    from docgen.back.plan import make_plan
    from docgen.cli import back_told

    use_form(form)
    plan = run_guarded(returned, partial(make_plan, returned, against, given, leave or ()))
    if isinstance(plan, Outcome):
        _stop(plan, show_traceback=bool(context.obj), as_json=as_json)
        raise typer.Exit(plan.exit_code)

    _refuse_unknown(plan, leave or ())
    if not as_json:
        back_told.show_plan(plan)
    changed = bool(plan.proposals)
    tried = None
    if plan.files and not yes:
        from docgen.back.apply import try_check

        tried = try_check(plan)
    if tried and not as_json:
        back_told.show_tried(tried, is_draft=not plan.record.issued)
    applied = None
    if plan.files and (yes or (not as_json and _is_confirmed())):
        from docgen.back.apply import apply_plan

        applied = apply_plan(plan)

    if as_json:
        console.result_json(back_told.as_record(plan, applied, tried))
    elif applied:
        back_told.show_applied(plan, applied)
    elif plan.files:
        console.say("还没有写回；加 --yes 写回输入并重新出文件")

    if plan.returned.comments and not as_json:
        console.say(f"还有 {len(plan.returned.comments)} 条批注没有办，请自己看")

    raise typer.Exit(_exit_code(applied) if applied else FINDINGS if changed else SOUND)


def _stop(outcome: Outcome, *, show_traceback: bool, as_json: bool) -> None:
    if show_traceback and outcome.traceback:
        console.show_trace(outcome.traceback)
    if as_json:
        console.show_json(outcome, outputs=False)
    else:
        console.show_findings(outcome.findings)


def _refuse_unknown(plan: "Plan", leave: Sequence[int]) -> None:
    """Raise UsageStop if one of the changes that are to be left is none, or cannot be left."""
    known = [number for number, one in enumerate(plan.proposals, start=1) if one.can_be_left]
    for number in leave:
        if number not in known:
            what = f"--leave {number}：没有能写回的第 {number} 处"
            cure = "先不加 --leave 运行一次，看每一处前面的号。"
            raise UsageStop(USAGE.at(what=what, cure=cure))


def _is_confirmed() -> bool:
    """Ask at a terminal; elsewhere nobody can answer."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    asked = "写回输入并重新出文件吗？（写回填“是”，不写回按回车）"
    while True:
        said = typer.prompt(asked, default="", show_default=False, prompt_suffix=" ", err=True)
        answer = said.strip().lower()
        if answer in _YES or answer in _NO:
            return answer in _YES
        console.say(f"“{said.strip()}”看不懂，什么也没有写；写回填“是”，不写回按回车")


_YES = ("是", "是的", "好", "好的", "对", "写回", "y", "yes", "ｙ")
_NO = ("", "否", "不", "不写回", "不是", "n", "no", "ｎ")


def _exit_code(applied: "Applied") -> int:
    if applied.outcome is None or applied.others:
        return max(FINDINGS, applied.outcome.exit_code if applied.outcome else FINDINGS)
    return applied.outcome.exit_code
