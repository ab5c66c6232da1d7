"""The county's page of the sum: who counts, the county's own report, whether it still agrees."""

from collections.abc import Callable
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from docgen import files
from docgen.county.board_words import first_clause
from docgen.county.trace import trace_paths
from docgen.desk.county import CountyDesk, county_of, refuse_busy, roster_or_refuse
from docgen.desk.county_files import send_file
from docgen.desk.county_work import ADD_UP, COMPARE, RENEW, CountyState
from docgen.desk.folder import DeskFolder, name_of, named
from docgen.desk.pages import send_page
from docgen.desk.sum_work import SumAsked, add_up_returns, compare_sum, renew_sum
from docgen.desk.task import Task
from docgen.files.visible import visible

_LONGEST_WHY = 40
_HERE = "/county/sum"
#: Where the county's own report of last year is kept: it is none of the bodies'.
_OWN_LAST = "上年全县"


async def show_sum(request: Request) -> Response:
    """Show the sums that were made, and a form for a new one."""
    return await run_in_threadpool(_sum_page, county_of(request))


def _sum_page(county: CountyDesk) -> Response:
    folder, state = county.folder, county.state
    roster = folder.roster
    parents = {unit.parent for unit in state.read_roster(roster).units} if roster else set()
    return send_page(
        "county_sum.html",
        here="sum",
        folder=folder,
        task=county.task_for("sum"),
        has_roster=roster is not None,
        body=parents.pop() if len(parents) == 1 else "",
        sums=[(name_of(path), path.name, _traces_of(path)) for path in _list_sums(county)],
        summed=state.summed,
        compared=state.compared,
        visible=visible,
        in_short=_in_short,
    )


def _in_short(why: str) -> str:
    """Return why one does not count, in a line: what exactly is wrong its own page says."""
    told = visible(why)
    return told if len(told) <= _LONGEST_WHY else first_clause(told)


def _list_sums(county: CountyDesk) -> list[Path]:
    """Return the county's own reports that were added up, the latest first."""
    found = [path for path in county.folder.list_drafts() if _traces_of(path)]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _traces_of(path: Path) -> list[tuple[str, str]]:
    if path.suffix.lower() != ".xlsx":
        return []
    return [(name_of(one), one.name) for one in trace_paths(path) if one.is_file()]


async def begin_adding_up(request: Request) -> Response:
    """Add up what the bodies reported, beside."""
    county = county_of(request)
    roster = roster_or_refuse(county)
    refuse_busy(county)
    async with request.form(max_files=1) as form:
        body = str(form.get("body", "")).strip()
        given = form.get("last")
        upload = given if isinstance(given, UploadFile) and given.filename else None
        name, data = (upload.filename or "", await upload.read()) if upload else ("", b"")

    last = await run_in_threadpool(_keep_last, county, name, data) if name else None
    if not body and last is None:
        raise HTTPException(400, "还要写全县的机关名称；或者交上年全县的报告，名称从那里来。")
    asked = SumAsked(body, last)
    county.tasks.begin(
        ADD_UP, lambda task: add_up_returns(county.folder, county.state, roster, asked, task)
    )
    return RedirectResponse(_HERE, 303)


def _keep_last(county: CountyDesk, name: str, data: bytes) -> Path:
    target = county.folder.free_place(county.folder.root / _OWN_LAST, name, data)
    if not target.exists():
        files.write_together({target: data})
    return target


async def begin_comparing(request: Request) -> Response:
    """Hold the county's report against what came in, beside."""
    return await _begin_over(request, COMPARE, compare_sum)


async def begin_renewing(request: Request) -> Response:
    """Put the sums of now into the county's report, beside."""
    return await _begin_over(request, RENEW, renew_sum)


#: Adds up once more for a report that was: the folder, the state, the roster, the report, the task.
_Again = Callable[[DeskFolder, CountyState, Path, Path, Task], None]


async def _begin_over(request: Request, name: str, work: _Again) -> Response:
    """Begin work on one of the sums. Raise HTTPException if it is not there."""
    county = county_of(request)
    roster = roster_or_refuse(county)
    refuse_busy(county)
    draft = named(request.path_params["name"], await run_in_threadpool(_list_sums, county))
    if draft is None:
        raise HTTPException(404, "这一份不在了，请再看一遍。")
    county.tasks.begin(name, lambda task: work(county.folder, county.state, roster, draft, task))
    return RedirectResponse(_HERE, 303)


async def send_trace(request: Request) -> Response:
    """Send the workbook that says where each figure comes from."""
    county = county_of(request)
    sums = await run_in_threadpool(_list_sums, county)
    traces = [one for path in sums for one in trace_paths(path)]
    return send_file(named(request.path_params["file"], traces))
