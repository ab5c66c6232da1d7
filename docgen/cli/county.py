"""Command of the county's office: county."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docgen.cli import console
from docgen.cli.app import app
from docgen.cli.inputs import carry_out, refuse_many
from docgen.cli.named_form import FormPlace, use_form
from docgen.cli.options import Jobs
from docgen.cli.usage import USAGE, Command
from docgen.errors import FINDINGS, SOUND, UsageStop
from docgen.finding import Place
from docgen.issuing.outputs import Beside

if TYPE_CHECKING:  # read where a county is taken in: so much is not waited for elsewhere
    from docgen.check.outcome import Outcome
    from docgen.county.board import Board
    from docgen.county.processes import Work


@app.command("county", cls=Command)
def county_command(
    received: Annotated[
        Path,
        typer.Argument(
            readable=False, metavar="收件", help="装着收到的所有文件的文件夹，什么都可以有"
        ),
    ],
    roster: Annotated[
        Path,
        typer.Option("--roster", readable=False, metavar="名单", help="该交的机关（CSV 或 XLSX）"),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", readable=False, metavar="文件夹", help="结果写到哪里")
    ] = Path("结果"),
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous", readable=False, metavar="上年", help="装着各机关上一年的报告的文件夹"
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year", metavar="年度", min=2008, max=2199, help="收哪一年度的；不写则照多数"
        ),
    ] = None,
    choose: Annotated[
        list[str] | None,
        typer.Option("--choose", metavar="文件", help="交了几份的用这一份；可以写几次，会记住"),
    ] = None,
    newest: Annotated[bool, typer.Option("--newest", help="交了几份的都用最新的")] = False,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until",
            metavar="日期",
            formats=["%Y-%m-%d"],
            help="催办里写的期限，会记住；不写照法定的",
        ),
    ] = None,
    jobs: Jobs = None,
    form: FormPlace = "",
    pdf: Annotated[bool, typer.Option("--pdf", help="另出校样（PDF）")] = False,
    html: Annotated[
        bool, typer.Option("--html", help="另出各机关的网页、粘贴用的网页和总目录")
    ] = False,
    data: Annotated[
        bool, typer.Option("--data", help="另出各机关的开放数据（CSV 和 JSON）和全县的一个 CSV")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：每个机关一行 JSON")] = False,
) -> None:
    """收齐一个县的报告：什么都读，好的签发，说出谁要改、谁没交、谁交重了。"""
    from docgen.county.asked import Asked
    from docgen.county.board_screen import board_json
    from docgen.county.collect import collect
    from docgen.county.results import write_results

    _refuse_inside(received, roster, output)
    if previous:
        refuse_many([received, roster], previous)
    asked = Asked(
        received,
        roster,
        output,
        previous,
        year,
        tuple(choose or ()),
        newest,
        use_form(form),
        Beside(pdf=pdf, html=html, data=data),
        until.date() if until else None,
    )

    def work_on(work: "Work", paths: Sequence[Path], together: bool) -> "Iterable[Outcome]":
        outcomes = carry_out(work, paths, jobs, together=together)
        return _with_progress(outcomes, len(paths))

    board, written = collect(asked, work_on, console.say, write_results)
    if as_json:
        for record in board_json(board):
            console.result_json(record)
    else:
        _show_board(board, written)
    raise typer.Exit(SOUND if len(board.of("issued")) == len(board.rows) else FINDINGS)


def _refuse_inside(received: Path, roster: Path, output: Path) -> None:
    """Raise UsageStop where something would be written into the folder of what came in."""
    top = received.resolve()
    for path, what in ((output, "结果"), (roster, "名单")):
        real = path.resolve()
        if real == top or top in real.parents:
            cure = f"把{what}放到收件文件夹外面：收到的东西 docgen 一样也不动。"
            raise UsageStop(USAGE.at(what=f"{what}“{path}”在收件文件夹“{received}”里", cure=cure))


def _with_progress(outcomes: "Iterable[Outcome]", count: int) -> "Iterable[Outcome]":
    if count < 2 or not sys.stderr.isatty():
        return outcomes
    from docgen.cli.progress import show_progress

    return show_progress(outcomes, count)


def _show_board(board: "Board", written: Sequence[Path]) -> None:
    """Tell people what is to be said of files, and then how every body stands, failures first."""
    from docgen.county.board_screen import board_lines

    console.show_findings(board.findings)
    for one in (one for row in board.rows for one in row.returns):
        # files of many bodies have one name: it says in which folder
        unread = one.outcome.findings if one.outcome.verdict == "unreadable" else ()
        placed = (replace(found, places=(Place(sheet=one.where),)) for found in unread)
        console.show_findings((*one.remarks, *placed))
    for line in board_lines(replace(board, findings=())):
        console.say(line)
    console.result(*map(str, written))
