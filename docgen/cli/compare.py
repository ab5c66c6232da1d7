"""Command about several reports at once: compare."""

import os
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from docgen import files
from docgen.cli.app import app, fault
from docgen.cli.usage import Command
from docgen.errors import FINDINGS, SOUND, InputStop, OutputStop, Stop, UsageStop
from docgen.files.inputs import find_inputs
from docgen.files.visible import visible
from docgen.finding import Finding, Rule
from docgen.forms import FORMS
from docgen.issuing.standing import NOT_OURS
from docgen.messages import console
from docgen.model import Report
from docgen.read import read_report

TOO_FEW = Rule(
    code="C101",
    name="至少要两份才能比",
    severity="error",
    message="只找到 {count} 份输入，没有可比的",
    why="比对要两份或更多的年报：两个年度、两个机关，或装着许多年报的文件夹。",
    example="docgen compare inputs/2024.json",
    cure="再写一份输入，或给出装着几份年报的文件夹，如 docgen compare 2024.json 2025.json。",
)
BAD_THRESHOLD = Rule(
    code="C102",
    name="雷同的界线不对",
    severity="error",
    message="--threshold 是“{value}”，应在 0 到 1 之间",
    why="界线是雷同的句子占多少：0.5 就是一半。",
    example="docgen compare 各镇 --threshold 50",
    cure="写 0 到 1 之间的数，如 --threshold 0.5。",
)
PAGE_IS_INPUT = Rule(
    code="C103",
    name="网页会盖掉输入",
    severity="error",
    message="--html 写的“{name}”就是一份输入",
    why="网页写在那里，这份年报的数据就没有了。",
    example="docgen compare 2024.json 2025.json --html 2025.json",
    cure="给网页另取一个名字，如 --html 比对.html。",
)

#: From so many inputs on they are read by several processes: a workbook takes 9 ms.
_MANY = 60
_MOST_PROCESSES = 4


class _Read(NamedTuple):
    """What became of an input, in a shape that passes between processes."""

    path: Path
    form: str = ""
    report: Report | None = None
    errors: int = 0
    findings: tuple[Finding, ...] = ()
    exit_code: int = SOUND


@app.command("compare", cls=Command)
def compare_command(
    context: typer.Context,
    inputs: Annotated[
        list[Path],
        typer.Argument(
            readable=False, metavar="输入", help="两份或更多：年报的输入，或装着它们的文件夹"
        ),
    ],
    threshold: Annotated[
        float, typer.Option("--threshold", metavar="界线", help="雷同的句子超过这个比例就报")
    ] = 0.5,
    page: Annotated[
        Path | None, typer.Option("--html", readable=False, metavar="网页", help="再写成一个网页")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的网页")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="给程序用：一个 JSON")] = False,
) -> None:
    """比两份年报的数据和正文，或查许多份里谁和谁雷同。"""
    if not 0 <= threshold <= 1:
        raise UsageStop(BAD_THRESHOLD.at(value=str(threshold)))
    paths = find_inputs(inputs)
    if page is not None:
        _refuse_page(page, paths, force)
    if len(paths) < 2:
        raise UsageStop(TOO_FEW.at(count=len(paths)))
    read = _read_all(paths, show_traceback=bool(context.obj))
    code = _compare(read, threshold, page, as_json=as_json)
    raise typer.Exit(max(code, *(each.exit_code for each in read)))


def _refuse_page(page: Path, inputs: Iterable[Path], force: bool) -> None:
    """Raises Stop if the page would overwrite something that must stay."""
    from docgen.issuing.verify import is_issued

    target = os.path.realpath(page)
    if any(target == os.path.realpath(path) for path in inputs):
        raise UsageStop(PAGE_IS_INPUT.at(name=str(page)))
    if os.path.lexists(page) and is_issued(page):
        cure = "结果另取一个名字，放在别处。"
        why = "是签发的文件或签发记录，加 --force 也不盖"
        raise OutputStop(NOT_OURS.at(name=str(page), why=why, cure=cure))
    if os.path.lexists(page) and not force:
        raise OutputStop(NOT_OURS.at(name=str(page), why="没有动它"))


def _read_all(paths: list[Path], *, show_traceback: bool) -> list[_Read]:
    """Every input read, in order; one that cannot be read does not stop the rest."""
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    if len(paths) >= _MANY and processes > 1 and not show_traceback:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        try:
            with ProcessPoolExecutor(processes, initializer=_in_background) as pool:
                return list(pool.map(_read, paths, chunksize=8))
        except (OSError, BrokenProcessPool):
            pass  # no processes to be had here: read them one by one
    return [_read(path, show_traceback) for path in paths]


def _in_background() -> None:
    """A process that only reads leaves Ctrl-C to the one that waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _read(path: Path, show_traceback: bool = False) -> _Read:
    try:
        reading = read_report(path)
    except InputStop as error:
        return _Read(path, findings=error.findings, exit_code=error.exit_code)
    except Exception as error:
        found = (fault(show_traceback, error),)
        return _Read(path, findings=found, exit_code=Stop.exit_code)
    errors = sum(finding.severity == "error" for finding in reading.findings)
    return _Read(path, reading.form.key, reading.report, errors)


def _compare(read: list[_Read], threshold: float, page: Path | None, *, as_json: bool) -> int:
    """Compare what could be read and say it; whether a pair is above the threshold."""
    from docgen.compare import Comparison, Source

    sources = [
        Source(visible(str(each.path)), FORMS[each.form], each.report, each.errors)
        for each in read
        if each.report
    ]
    comparison = Comparison(sources, threshold)
    written = page if len(sources) > 1 else None
    if written:
        from docgen.compare.to_html import to_html

        files.write_together({written: to_html(comparison)})
    if as_json:
        from docgen.compare.to_json import to_json

        record = {**to_json(comparison), "unreadable": _unreadable(read), "html": written}
        console.result_json(record)
    else:
        from docgen.compare.to_text import to_text

        for each in read:
            if not each.report:
                console.show_findings(each.findings)
                console.say(f"{each.path}：读不了，没有比")
        if len(sources) > 1:
            console.result(*to_text(comparison))
        else:
            console.say("能读的不足两份，没有可比的")
        if written:
            console.result(str(written))
    return FINDINGS if comparison.pairs else SOUND


def _unreadable(read: list[_Read]) -> list[dict[str, Any]]:
    return [
        {"input": str(each.path), "findings": [found.as_json() for found in each.findings]}
        for each in read
        if not each.report
    ]
