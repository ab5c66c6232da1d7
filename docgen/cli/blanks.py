"""What `docgen new --roster` does: a blank for each body of a roster, and a notice to them all."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import typer

from docgen.cli import console
from docgen.cli.progress import show_steps
from docgen.errors import FINDINGS, SOUND, InputStop, OutputStop
from docgen.files import NO_FILE
from docgen.finding import has_errors, list_first
from docgen.forms.form import Form

if TYPE_CHECKING:
    from docgen.county.blanks import MadeBlank

#: Names, and files, that a screen lists.
_MOST_NAMES = 20
_MOST_UNUSED = 20


class ForNotice(NamedTuple):
    """What the notice says that neither form nor roster knows."""

    until: date | None
    contact: str
    send_to: str


def give_out(
    year: int,
    roster: Path,
    previous: Path | None,
    named: Form | None,
    folder: Path,
    asked: ForNotice,
    *,
    workbook: bool,
) -> NoReturn:
    """Write the blanks and the notice, tell of both, and exit."""
    from docgen.blank import form_for
    from docgen.county.blanks import BlankMaker
    from docgen.county.body_names import check_units
    from docgen.county.notice import Notice, write_notice
    from docgen.county.roster import examine_roster

    if previous is not None and not os.path.lexists(previous):
        raise InputStop(NO_FILE.at(name=str(previous)))

    form = form_for(year, named)
    units, told = examine_roster(roster)
    findings = [*check_units(units), *told]
    console.show_findings(findings)

    maker = BlankMaker(form, year, folder, workbook)
    made: list[MadeBlank] = []
    for blank in show_steps(maker.make_all(units, previous), len(units), "个机关"):
        console.show_findings(blank.findings)
        findings += blank.findings
        made.append(blank)
        if blank.state == "made":
            console.result(str(blank.target))

    order = {unit.name: number for number, unit in enumerate(units)}
    made.sort(key=lambda blank: order[blank.unit.name])
    given = tuple((one.unit.name, one.target.name) for one in made if one.state != "refused")
    written, left = write_notice(Notice(form, year, tuple(units), given, *asked), folder)
    console.result(*map(str, written))
    if asked.until and written:
        _remember_until(roster, year, asked.until)

    _tell_blanks(folder, made)
    if previous is not None:
        _tell_last_year(previous, made, maker.unused)
    _tell_notice(written, left, asked)
    raise typer.Exit(FINDINGS if has_errors(findings) else SOUND)


def _remember_until(roster: Path, year: int, day: date) -> None:
    """Note the day for the chase, which says the same as the notice."""
    from docgen.county.ledger import remember_until

    try:
        remember_until(roster, year, day, console.say)
    except OutputStop as error:
        console.show_findings(error.findings)
        console.say("填报期限没有记下；收齐时在 docgen county 后面再写一次 --until")


def _tell_blanks(folder: Path, made: "Sequence[MadeBlank]") -> None:
    """Tell how many blanks were written, and of which bodies none was."""
    counts = {
        "写了": [blank for blank in made if blank.state == "made"],
        "原来就有、没有动": [blank for blank in made if blank.state == "kept"],
        "没有写": [blank for blank in made if blank.state == "refused"],
    }
    told = [f"{what} {len(some)} 个" for what, some in counts.items() if some]
    console.say(f"{folder}：{len(made)} 个机关，{'，'.join(told)}")
    if counts["原来就有、没有动"]:
        console.say("  名单改过，要照现在的名单重写哪一份，先把原来的那一份移走，再运行一次")
    if refused := counts["没有写"]:
        console.say(
            f"  没有写的：{list_first((blank.unit.name for blank in refused), _MOST_NAMES)}"
        )


def _tell_last_year(
    folder: Path, made: "Sequence[MadeBlank]", unused: Sequence[tuple[Path, str]]
) -> None:
    """Tell for which bodies last year's report was found, and which files nobody needed."""
    from docgen.county.blanks import NOT_LISTED

    new = [blank for blank in made if blank.state == "made"]
    found = [blank for blank in new if blank.last is not None]
    lacking = [blank.unit.name for blank in new if blank.last is None]
    if not new:
        console.say(f"上年的报告（{folder}）：表都原来就有，这次没有看")
        return

    among = f"这次写的 {len(new)} 个里，" if len(new) < len(made) else ""
    console.say(f"上年的报告（{folder}）：{among}{len(found)} 个机关的找到了")
    if lacking:
        console.say(f"  没有找到 {len(lacking)} 个：{list_first(lacking, _MOST_NAMES)}")
    if unused:
        console.say(f"  没有用上 {len(unused)} 份：")
    for path, why in unused[:_MOST_UNUSED]:
        console.say(f"    {path}：{why}")
    if len(unused) > _MOST_UNUSED:
        console.say(f"    …… 还有 {len(unused) - _MOST_UNUSED} 份")
    if any(why.endswith(NOT_LISTED) for _, why in unused):
        console.say("    说“不在名单里”的，其实是哪个机关，就在名单里它的“机关简称”或“曾用名”写上")


def _tell_notice(written: Sequence[Path], left: Sequence[Path], asked: ForNotice) -> None:
    """Tell what is still to be written into the notice, or that it was left as it stood."""
    for path in left:
        console.say(f"“{path}”已经在那里，没有动它；要新的，先把它移走")
    if not written:
        return

    options = ("哪天之前交（--until）", "问谁（--contact）", "交到哪里（--send-to）")
    unsaid = [what for what, said in zip(options, asked, strict=True) if not said]
    lacks = f"里没有写{'、'.join(unsaid)}；" if unsaid else ""
    console.say(f"填报通知{lacks or '：'}发之前看一遍，署上发文的机关和日期")
