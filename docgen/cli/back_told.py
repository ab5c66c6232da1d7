"""What the command `back` tells: what was changed, what that would come to, what was written."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docgen.back.words import listed_words, shorten, shorten_change
from docgen.check.outcome import Outcome
from docgen.cli import console
from docgen.finding import has_errors
from docgen.messages import phrases

if TYPE_CHECKING:
    from docgen.back.apply import Applied
    from docgen.back.plan import Plan
    from docgen.word.revisions import RevisionSpot

#: More places that look otherwise than this were made so by a program.
_MOST_MARKED = 20


def show_plan(plan: "Plan") -> None:
    """The changes, what was tracked and commented, and what cannot be taken over."""
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
    more += f"，{len(plan.left)} 处照你说的不写回" if plan.left else ""
    console.say(f"{plan.path}：和“{plan.target.document}”比，改了 {count} 处{more}")
    if plan.returned.revisions:
        console.say("修订还没有接受的，都按接受算")


def show_tried(tried: Outcome, *, is_draft: bool) -> None:
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
    for one in plan.marked[:_MOST_MARKED]:
        place = "" if plan.returned.revisions else str(plan.place_at(one.spot))
        console.say(f"{place + ': ' if place else ''}“{shorten(one.text)}”{one.way}")
    if len(plan.marked) > _MOST_MARKED:
        console.say(f"这样只改了样子的一共 {len(plan.marked)} 处")
    if plan.marked:
        console.say("样子改了的不写回；多半是提醒这里再看看，请问一下改的人")


def _revision_lines(plan: "Plan") -> Iterator[str]:
    for one in plan.returned.revisions:
        place = plan.place_at(one.spot)
        where = f"{place}: " if place.file else ""
        yield f"修订  {where}{one.author} {one.kind}“{shorten(one.text)}”"


def _comment_lines(plan: "Plan") -> Iterator[str]:
    for one in plan.returned.comments:
        place = plan.place_at(one.spot)
        where = f"{place}: " if place.file else ""
        about = f"对“{shorten(one.about)}”" if one.about else ""
        yield f"批注  {where}{one.author}{about}说：{shorten(one.text)}"


def show_applied(plan: "Plan", applied: "Applied") -> None:
    """What was written and kept, what came of it, and where the words still differ."""
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
    elif plan.based.stale or plan.left:
        which = ["照新的留着的"] * bool(plan.based.stale) + ["不写回的"] * bool(plan.left)
        console.say(f"重新出的文件，除了{'、'.join(which)}那几处，和改过的逐字相同")
    else:
        console.say("重新出的文件和改过的逐字相同")


def as_record(plan: "Plan", applied: "Applied | None", tried: Outcome | None) -> dict[str, object]:
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
                "left": one.is_left,
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
