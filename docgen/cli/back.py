"""Command about documents that come back changed: back."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen.check.outcome import Outcome, run_guarded
from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.options import IssuedInput
from docgen.cli.usage import Command
from docgen.errors import FINDINGS, SOUND
from docgen.finding import has_errors
from docgen.messages import phrases

if TYPE_CHECKING:  # read where a document has come back
    from docgen.back.apply import Applied
    from docgen.back.plan import Plan
    from docgen.word.revisions import RevisionSpot


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
    yes: Annotated[bool, typer.Option("--yes", help="不问，直接写回输入并重新出文件")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一行 JSON")] = False,
) -> None:
    """领导在 Word 里改过的文件收回来：说出改了哪里，写回输入，重新出文件。"""
    from docgen.back.plan import make_plan

    use_form(form)
    plan = run_guarded(returned, partial(make_plan, returned, against, given))
    if isinstance(plan, Outcome):
        _stop(plan, show_traceback=bool(context.obj), as_json=as_json)
        raise typer.Exit(plan.exit_code)

    if not as_json:
        _show_plan(plan)
    changed = bool(plan.proposals)
    tried = _try_check(plan) if plan.files and not yes else None
    if tried and not as_json:
        _show_tried(tried, is_draft=not plan.record.issued)
    applied = None
    if plan.files and (yes or (not as_json and _is_confirmed())):
        from docgen.back.apply import apply_plan

        applied = apply_plan(plan)

    if as_json:
        console.result_json(_as_record(plan, applied, tried))
    elif applied:
        _show_applied(plan, applied)
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


def _show_plan(plan: "Plan") -> None:
    """The changes, what was tracked and commented, and what cannot be taken over."""
    from docgen.back.words import listed_words

    console.result(*listed_words(plan.proposals))
    console.result(*_revision_lines(plan), *_comment_lines(plan))
    console.show_findings(plan.findings)
    _show_stale(plan)
    _show_marked(plan)

    count, refused = len(plan.proposals), len(plan.refused)
    if not count and plan.based.stale:
        console.say(f"{plan.path}：除了这些，文字和数字没有改动")
        return
    if not count:
        looks = "，只改了上面说的样子" if plan.marked else ""
        console.say(f"{plan.path}：文字和数字没有改动{looks}")
        return
    more = f"，其中 {refused} 处写不回" if refused else ""
    console.say(f"{plan.path}：和“{plan.target.document}”比，改了 {count} 处{more}")
    if plan.returned.revisions:
        console.say("修订还没有接受的，都按接受算")


def _try_check(plan: "Plan") -> Outcome:
    from docgen.back.apply import try_check

    return try_check(plan)


def _show_tried(tried: Outcome, *, is_draft: bool) -> None:
    """What a check would say after the changes, so that a wrong figure is seen before them."""
    found = [finding for finding in tried.findings if finding.severity != "note"]
    if not found:
        console.say("写回以后核对：没有问题")
        return
    console.say("写回以后核对会报：")
    console.show_findings(found)
    if has_errors(found) and not is_draft:
        console.say("这样写回去，文件出不来；先和改的人核对上面这些，或者写回以后照着改输入")


def _show_stale(plan: "Plan") -> None:
    """Tell of a copy of an earlier issue, and where the newer one stands."""
    from docgen.back.words import shorten_change

    if plan.based.document is None:
        return
    console.say(f"这份是照上一次签发的（{plan.based.document}）改的，不是照现在这一份")
    if plan.based.stale:
        console.say("下面这些处后来改过，照新的留着；确实要改回去的，自己在输入里改：")
    for one in plan.based.stale:
        now, old = shorten_change(one.before, one.after)
        place = plan.reading.places.get(one.address) or one.where
        console.say(f"  {place}: 留着“{now or '（没有）'}”，这份里还是“{old or '（没有）'}”")


def _show_marked(plan: "Plan") -> None:
    """Tell what was marked without a word; where tracked changes move places, by its words."""
    from docgen.back.words import shorten

    for one in plan.marked[:_MOST_MARKED]:
        place = "" if plan.returned.revisions else str(plan.place_at(one.spot))
        console.say(f"{place + ': ' if place else ''}“{shorten(one.text)}”{one.way}")
    if len(plan.marked) > _MOST_MARKED:
        console.say(f"这样只改了样子的一共 {len(plan.marked)} 处")
    if plan.marked:
        console.say("样子改了的不写回；多半是提醒这里再看看，请问一下改的人")


#: More places that look otherwise than this were made so by a program.
_MOST_MARKED = 20


def _revision_lines(plan: "Plan") -> Iterator[str]:
    from docgen.back.words import shorten

    for one in plan.returned.revisions:
        place = plan.place_at(one.spot)
        where = f"{place}: " if place.file else ""
        yield f"修订  {where}{one.author} {one.kind}“{shorten(one.text)}”"


def _comment_lines(plan: "Plan") -> Iterator[str]:
    from docgen.back.words import shorten

    for one in plan.returned.comments:
        place = plan.place_at(one.spot)
        where = f"{place}: " if place.file else ""
        about = f"对“{shorten(one.about)}”" if one.about else ""
        yield f"批注  {where}{one.author}{about}说：{shorten(one.text)}"


def _show_applied(plan: "Plan", applied: "Applied") -> None:
    """What was written and kept, what came of it, and where the words still differ."""
    from docgen.back.words import shorten_change

    for path in applied.written:
        console.say(f"写回了 {path}")
    for path in applied.kept:
        console.say(f"改之前的留在 {path}")
    if any(path.suffix == ".xlsx" for path in applied.written):
        console.say("工作簿里有公式的，用 Excel 或 WPS 打开，保存一次，格子里才是新的结果")

    outcome = applied.outcome
    if outcome is None:
        console.say("有写不回的，没有重新出文件；商量好以后运行 docgen render")
        console.say(f"{plan.target.document} 还是旧的，不要用印")
        return
    console.show_outcome(outcome)
    if not outcome.outputs:
        console.say("改动都在输入里了，一处也没有丢；照上面的改法改好，再运行 docgen render")
        if plan.target.document.exists():
            console.say(f"{plan.target.document} 还是旧的，不要用印")
        return

    console.result(str(outcome.outputs[0]))
    for other in applied.others:
        place = plan.reading.places.get(other.address)
        now, wanted = shorten_change(other.before, other.after)
        console.result(f"{place or other.where}: 重新出的是“{now}”，改过的文件里是“{wanted}”")
    if applied.others:
        console.say(f"重新出的文件和改过的还有 {len(applied.others)} 处不同，请看一眼以哪个为准")
    elif plan.based.stale:
        console.say("重新出的文件，除了照新的留着的那几处，和改过的逐字相同")
    else:
        console.say("重新出的文件和改过的逐字相同")


def _as_record(plan: "Plan", applied: "Applied | None", tried: Outcome | None) -> dict[str, object]:
    return {
        "returned": str(plan.path),
        "against": str(plan.target.document),
        "input": str(plan.input),
        "changes": [
            {
                "kind": one.edit.kind,
                "place": str(one.place) or one.edit.where,
                **one.place._asdict(),
                "address": one.place.address or one.edit.address,
                "edited": one.edit.address,
                "before": one.before,
                "after": one.after,
                "recomputed": one.is_recomputed,
                "refused": one.why_not,
            }
            for one in plan.proposals
        ],
        "made_from": str(plan.based.document or plan.target.document),
        "stale": [
            {"address": one.address, "now": one.before, "returned": one.after}
            for one in plan.based.stale
        ],
        "marked": [
            {"text": one.text, "way": one.way, "place": str(plan.place_at(one.spot))}
            for one in plan.marked
        ],
        "revisions": [
            {**one._asdict(), "spot": None, **_as_spot(plan, one.spot)}
            for one in plan.returned.revisions
        ],
        "comments": [
            {**one._asdict(), "spot": None, **_as_spot(plan, one.spot)}
            for one in plan.returned.comments
        ],
        "findings": [finding.as_json() for finding in plan.findings],
        "check": phrases.as_record(tried) if tried else None,
        "written": [str(path) for path in applied.written] if applied else [],
        "kept": [str(path) for path in applied.kept] if applied else [],
        "outcome": phrases.as_record(applied.outcome) if applied and applied.outcome else None,
        "made": [str(p) for p in applied.outcome.outputs] if applied and applied.outcome else [],
        "others": [
            {"where": one.where, "address": one.address, "made": one.before, "returned": one.after}
            for one in (applied.others if applied else ())
        ],
    }


def _as_spot(plan: "Plan", spot: "RevisionSpot") -> dict[str, str]:
    """Return where in the input a place of the returned document stands."""
    place = plan.place_at(spot)
    return {"place": str(place), "address": place.address}
