"""The first page: the reports in the folder, and a new one."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docgen import files
from docgen.blank import blank_report, form_for
from docgen.check.outcome import Outcome
from docgen.desk.draft import Draft, check_draft, why_unreadable
from docgen.desk.folder import DeskFolder, has_issued, is_outdated, name_of
from docgen.desk.handed_in import lay_blank
from docgen.desk.pages import send_page
from docgen.desk.told import sum_up
from docgen.errors import Stop
from docgen.finding import Finding
from docgen.forms.loader import find_form, form_keys
from docgen.model import Reading
from docgen.read import read_report

#: Of more drafts than this none is checked to be listed: the page would wait for them.
_MOST_CHECKED = 12


class DraftRow(NamedTuple):
    """A draft in the list."""

    name: str
    path: str
    body: str
    year: int | None
    state: str
    next_step: str
    issued: str  # what is to be said of the document, if one was issued


async def show_home(request: Request) -> Response:
    """Show the reports in the folder."""
    return await run_in_threadpool(_home_page, request.app.state.folder)


def _home_page(folder: DeskFolder, told: str = "", findings: tuple[Finding, ...] = ()) -> Response:
    return send_page(
        "home.html",
        code=400 if told else 200,
        folder=str(folder.root),
        drafts=list(_list_rows(folder)),
        forms=[(form.key, form.name) for key in form_keys() if (form := find_form(key))],
        year=likely_year(),
        told=told,
        findings=findings,
    )


def likely_year() -> int:
    """Return the year that reports are written of now: last year until summer."""
    today = datetime.date.today()  # noqa: DTZ011  the office's own day
    return today.year - (today.month < 10)


def _list_rows(folder: DeskFolder) -> Iterator[DraftRow]:
    drafts = folder.list_drafts()
    for path in drafts:
        shown = path.relative_to(folder.inputs).as_posix()
        issued = _tell_issued(folder, path)
        if len(drafts) > _MOST_CHECKED:
            yield DraftRow(name_of(path), shown, "", None, "", "打开", issued)
            continue
        outcome = check_draft(path, folder.previous)
        state = sum_up(outcome, outcome.reading) if outcome.reading else "读不了"
        step = _next_step(outcome, is_issued=issued == _ISSUED)
        yield DraftRow(name_of(path), shown, outcome.body, outcome.year, state, step, issued)


_ISSUED = "文件已出"


def _tell_issued(folder: DeskFolder, path: Path) -> str:
    if not has_issued(folder, path):
        return ""
    return "文件已旧：出了以后又改过" if is_outdated(folder, path) else _ISSUED


def _next_step(outcome: Outcome, *, is_issued: bool) -> str:
    """Return what can be done next with a report, in a few words."""
    if outcome.reading is None:
        return "看为什么"
    if not Draft(outcome.input, outcome.reading).is_sheets:
        return "看一看，转成表来填"
    if outcome.verdict != "sound":
        return "接着填"
    return "用印、核验" if is_issued else "出文件"


async def shut_desk(request: Request) -> Response:
    """Stop the desk: all that was typed is in the files already."""
    request.app.state.stop()
    return send_page("shut.html")


async def begin_report(request: Request) -> Response:
    """Begin a report: from last year's file, or from nothing."""
    async with request.form(max_files=4) as given:
        last = given.get("last")
        upload = last if isinstance(last, UploadFile) and last.filename else None
        data = await upload.read() if upload else b""
        asked = _Asked(
            year=str(given.get("year", "")).strip(),
            body=str(given.get("body", "")).strip(),
            form=str(given.get("form", "")),
            last_name=Path(upload.filename or "").name if upload else "",
            last_data=data,
        )

    return await run_in_threadpool(_begin_asked, request.app.state.folder, asked)


class _Asked(NamedTuple):
    """What the page for a new report asks for."""

    year: str
    body: str
    form: str
    last_name: str
    last_data: bytes


def _begin_asked(folder: DeskFolder, asked: _Asked) -> Response:
    if not (asked.year.isascii() and asked.year.isdecimal() and len(asked.year) == 4):
        return _home_page(folder, "年度要写四位数字，如 2025。")
    try:
        last = _keep_last(folder, asked) if asked.last_name else None
        if not asked.body and not (last and last.report.body.name):
            return _home_page(folder, "还要写机关名称；或者交一份上年的报告，名称从那里来。")
        named = find_form(asked.form) if asked.form in form_keys() else None
        form = form_for(int(asked.year), named, last)
        report = blank_report(form, int(asked.year), asked.body, last)
        draft = lay_blank(folder, form, report)
    except Stop as error:
        return _home_page(folder, why_unreadable(error), error.findings)

    return RedirectResponse(f"/draft/{name_of(draft)}", 303)


def _keep_last(folder: DeskFolder, asked: _Asked) -> Reading:
    """Keep last year's file where every check finds it, and read it. Raise Stop."""
    from docgen.importing import with_level

    target = folder.free_place(folder.last_year, asked.last_name, asked.last_data)
    if not target.exists():
        files.write_together({target: asked.last_data})
    reading = read_report(target)
    return replace(reading, report=with_level(reading.report))
