"""The county's page before January: the roster, last year's reports, the blanks to send out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docgen.desk.county import (
    CountyDesk,
    county_of,
    refuse_busy,
    roster_or_refuse,
    take_upload,
)
from docgen.desk.county_files import find_group
from docgen.desk.county_work import (
    GIVE_OUT,
    GIVEN,
    LIST_BODIES,
    LISTED,
    NoticeAsked,
    give_out_blanks,
    list_bodies,
)
from docgen.desk.folder import name_of, named
from docgen.desk.home import likely_year
from docgen.desk.intake import keep_files, keep_roster, list_rosters, use_roster
from docgen.desk.pages import send_page
from docgen.desk.task import Task
from docgen.finding import Finding
from docgen.forms.loader import find_form, form_keys

_HERE = "/county/roster"


async def show_roster(request: Request) -> Response:
    """Show the roster and what is wrong in it, last year's reports, the blanks."""
    return await run_in_threadpool(_roster_page, county_of(request))


def _roster_page(
    county: CountyDesk, told: str = "", findings: tuple[Finding, ...] = ()
) -> Response:
    folder, state = county.folder, county.state
    rosters = list_rosters(folder)
    taken, state.taken = state.taken, type(state.taken)()
    last = [path for path in folder.last_year.rglob("*") if path.is_file()]
    listed = folder.root / GIVEN / LISTED
    return send_page(
        "county_roster.html",
        code=400 if told else 200,
        here="roster",
        folder=folder,
        task=county.task_for("roster"),
        told=told,
        findings=findings,
        taken=taken,
        rosters=[(name_of(path), path.name) for path in rosters],
        read=state.read_roster(rosters[0]) if rosters else None,
        last=len(last),
        listed=name_of(listed) if listed.is_file() else "",
        given=state.given,
        has_blanks=find_group(folder, "given") is not None,
        forms=[(form.key, form.name) for key in form_keys() if (form := find_form(key))],
        year=likely_year(),
    )


async def receive_roster(request: Request) -> Response:
    """Use the roster that is handed in, if it is one; the one before is kept beside."""
    county = county_of(request)
    refuse_busy(county)
    async with request.form(max_files=1) as form:
        given = form.get("roster")
        if not isinstance(given, UploadFile) or not given.filename:
            return await run_in_threadpool(_roster_page, county, "没有选文件。先选名单，再按按钮。")
        name, data = given.filename, await given.read()

    read = await run_in_threadpool(keep_roster, county.folder, name, data)
    if not read.is_readable:
        said = "这个文件不能当名单用，没有换。"
        return await run_in_threadpool(_roster_page, county, said, tuple(read.findings))
    return RedirectResponse(_HERE, 303)


async def choose_roster(request: Request) -> Response:
    """Use one of several rosters that lie there."""
    county = county_of(request)
    refuse_busy(county)
    async with request.form() as form:
        path = named(str(form.get("use", "")), list_rosters(county.folder))
    if path is None:
        raise HTTPException(404, "这份名单不在了，请再看一遍。")
    await run_in_threadpool(use_roster, county.folder, path)
    return RedirectResponse(_HERE, 303)


async def send_blank_roster(_request: Request) -> Response:
    """Send a roster to fill in."""
    return await run_in_threadpool(_blank_roster)


def _blank_roster() -> Response:
    from docgen.county.roster_new import write_roster

    return Response(
        write_roster([]),
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": "attachment; filename*=utf-8''%E5%90%8D%E5%8D%95.xlsx"},
    )


async def receive_last_year(request: Request) -> Response:
    """Keep what the bodies published last year."""
    county = county_of(request)
    handed, more = await take_upload(request)
    await run_in_threadpool(keep_files, county.folder.last_year, handed, county.state.taken)
    return Response(status_code=204) if more else RedirectResponse(_HERE, 303)


async def begin_listing(request: Request) -> Response:
    """Write a roster by last year's reports, beside."""
    county = county_of(request)
    if county.folder.previous is None:
        raise HTTPException(400, "先把上年各机关的报告交来，名单照它们列。")
    return _begin(county, LIST_BODIES, lambda task: list_bodies(county.folder, task))


async def begin_giving_out(request: Request) -> Response:
    """Make the blanks of all bodies, beside."""
    county = county_of(request)
    roster = roster_or_refuse(county)
    async with request.form() as form:
        given = {name: str(form.get(name, "")).strip() for name in ("form", "year", "until")}
        contact, send_to = (str(form.get(n, "")).strip() for n in ("contact", "send_to"))

    if not (given["year"].isascii() and given["year"].isdecimal() and len(given["year"]) == 4):
        raise HTTPException(400, "年度要写四位数字，如 2025。")
    key = given["form"] if given["form"] in form_keys() else ""
    asked = NoticeAsked(key, int(given["year"]), _day_of(given["until"]), contact, send_to)
    return _begin(
        county,
        GIVE_OUT,
        lambda task: give_out_blanks(county.folder, county.state, roster, asked, task),
    )


def _day_of(said: str) -> date | None:
    """Return a day; None where nothing is said. Raise HTTPException if it is none."""
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise HTTPException(400, "日期要写成 2026-01-15 的样子。") from None


def _begin(county: CountyDesk, name: str, work: Callable[[Task], object]) -> Response:
    refuse_busy(county)
    county.tasks.begin(name, work)
    return RedirectResponse(_HERE, 303)


async def use_listed(request: Request) -> Response:
    """Use the roster that was made of last year's reports as it is."""
    county = county_of(request)
    refuse_busy(county)
    path = county.folder.root / GIVEN / LISTED
    await run_in_threadpool(_use_listed, county, path)
    return RedirectResponse(_HERE, 303)


def _use_listed(county: CountyDesk, path: Path) -> None:
    from docgen import files

    keep_roster(county.folder, path.name, files.read_bytes(path))
